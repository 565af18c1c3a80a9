// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/snapshotsdialog.h"
#include "widgets/models/texts.h"
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace telltale {
namespace {

QString timeText(const SnapshotInfo& snapshot)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(snapshot.time.time_since_epoch().count());
    return QLocale().toString(time, QLocale::ShortFormat);
}

} // namespace

SnapshotsDialog::SnapshotsDialog(
    const std::filesystem::path& projectFolder, std::vector<SnapshotInfo> snapshots, QWidget* parent)
    : QDialog(parent)
    , m_snapshots(std::move(snapshots))
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Snapshots"));
    auto* rows = new QVBoxLayout(this);
    auto* head = new QLabel(m_snapshots.empty()
            ? tr("There are no snapshots of this project yet. One is taken when it is opened, every ten "
                 "minutes while "
                 "it is edited, and when it is closed.")
            : tr("Snapshots are verified copies of the project's database. One is taken when it is opened, "
                 "every ten "
                 "minutes while it is edited, and when it is closed; older ones are thinned out."));
    head->setWordWrap(true);
    rows->addWidget(head);
    m_list->setAccessibleName(tr("Snapshots of the project"));
    m_list->setHeaderLabels({tr("Taken"), tr("Edits"), tr("Size")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    for (const SnapshotInfo& snapshot : m_snapshots) {
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(0, timeText(snapshot));
        item->setText(1, QLocale().toString(static_cast<qlonglong>(snapshot.sequence)));
        item->setText(2, QLocale().formattedDataSize(snapshot.bytes));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(0, toQString(snapshot.file));
    }
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    rows->addWidget(m_list, 1);
    auto* place = new QLabel(tr("They lie in %1, away from the project %2.")
                                 .arg(toQString(m_snapshots.empty() ? defaultSnapshotFolder(projectFolder)
                                                                    : m_snapshots.front().file.parent_path()),
                                     toQString(projectFolder)));
    place->setWordWrap(true);
    place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addWidget(place);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_restore = buttons->addButton(tr("&Restore..."), QDialogButtonBox::ActionRole);
    rows->addWidget(buttons);
    const auto check = [this] { m_restore->setEnabled(m_list->currentItem() != nullptr); };
    connect(m_list, &QTreeWidget::currentItemChanged, this, check);
    connect(m_restore, &QPushButton::clicked, this, &SnapshotsDialog::askToRestore);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (!m_snapshots.empty())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    check();
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 24);
}

QDialog* SnapshotsDialog::askToRestore()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row < 0)
        return nullptr;
    const SnapshotInfo& snapshot = m_snapshots[static_cast<size_t>(row)];
    auto* box = new QMessageBox(QMessageBox::Question, tr("Restore snapshot"),
        tr("Put the project back to how it was at %1?").arg(timeText(snapshot)), QMessageBox::Cancel, this);
    box->setInformativeText(
        tr("Nothing is lost: the present database is kept beside it in the project's folder, as "
           "project.db.before-restore with the time. The project is closed and opened again."));
    auto* restore = box->addButton(tr("&Restore"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QString file = toQString(snapshot.file);
    connect(restore, &QPushButton::clicked, this, [this, file] {
        accept();
        emit restoreWanted(file);
    });
    box->open();
    return box;
}

} // namespace telltale
