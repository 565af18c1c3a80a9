// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/missingvideosdialog.h"
#include "app/gui/pathedit.h"
#include "data/document.h"
#include "widgets/models/texts.h"
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

enum Column { kName, kWas, kFound };

void setFound(QTreeWidgetItem& item, const QString& file)
{
    item.setText(kFound, file);
    item.setToolTip(kFound, file);
    item.setFlags(item.flags() | Qt::ItemIsUserCheckable);
    item.setCheckState(kName, Qt::Checked);
}

} // namespace

MissingVideosDialog::MissingVideosDialog(
    const Document& document, QThreadPool& pool, const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_missing(missingVideos(document))
    , m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Folder to search")))
    , m_search(new QPushButton(tr("&Search")))
    , m_choose(new QPushButton(tr("&Choose file...")))
    , m_list(new QTreeWidget)
    , m_progress(new QProgressBar)
    , m_hint(new QLabel)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
    , m_job(pool)
{
    setWindowTitle(tr("Find missing videos"));
    auto* rows = new QVBoxLayout(this);
    auto* head = new QLabel(m_missing.empty()
            ? tr("Every video of the project is where it was.")
            : tr("The files of %n video(s) are missing. Choose a folder: it is searched, with all folders in "
                 "it, "
                 "for the same content under any name, and for the names of videos that were never here.",
                nullptr, static_cast<int>(m_missing.size())));
    head->setWordWrap(true);
    rows->addWidget(head);
    auto* row = new QHBoxLayout;
    m_folder->setStartFolder(startFolder);
    row->addWidget(m_folder, 1);
    row->addWidget(m_search);
    rows->addLayout(row);
    m_list->setAccessibleName(tr("Missing videos"));
    m_list->setHeaderLabels({tr("Video"), tr("Was at"), tr("Found at")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(kName, QHeaderView::ResizeToContents);
    rows->addWidget(m_list, 1);
    m_progress->setRange(0, 0);
    m_progress->setAccessibleName(tr("The folder is being searched"));
    m_progress->hide();
    rows->addWidget(m_progress);
    auto* byHand = new QHBoxLayout;
    m_choose->setToolTip(tr("Say yourself which file the marked video is"));
    byHand->addWidget(m_choose);
    byHand->addStretch(1);
    rows->addLayout(byHand);
    m_hint->setMinimumHeight(m_hint->fontMetrics().height() + 4);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addWidget(m_hint);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Use the new places"));
    rows->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_folder, &PathEdit::changed, this, &MissingVideosDialog::check);
    connect(m_list, &QTreeWidget::itemChanged, this, &MissingVideosDialog::check);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &MissingVideosDialog::check);
    connect(m_choose, &QPushButton::clicked, this, &MissingVideosDialog::chooseFile);
    connect(m_search, &QPushButton::clicked, this, [this] { m_job.running() ? stop() : search(); });
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 24);
    fill();
    check();
}

QString MissingVideosDialog::folder() const { return m_folder->path(); }
void MissingVideosDialog::setFolder(const QString& folder) { m_folder->setPath(folder); }

void MissingVideosDialog::fill()
{
    for (const MissingVideo& video : m_missing) {
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(kName, QString::fromStdString(video.name));
        item->setText(kWas, video.waiting ? tr("never here, named by an import") : toQString(video.file));
        item->setToolTip(kWas, item->text(kWas));
        item->setData(kName, Qt::UserRole, static_cast<qlonglong>(video.id));
    }
}

void MissingVideosDialog::search()
{
    if (m_missing.empty())
        return;
    m_job.start([missing = m_missing, folder = toPath(folder())](
                    ProgressSink& sink) { return searchVideos(missing, {folder}, sink); },
        [this](const Result<VideoSearch>& found) { show(found); },
        [this](int, const QString& what) {
            m_hint->setText(m_hint->fontMetrics().elidedText(what, Qt::ElideMiddle, m_hint->width()));
        });
    m_progress->show();
    m_search->setText(tr("&Stop"));
    check();
}

void MissingVideosDialog::stop()
{
    m_job.cancel();
    m_progress->hide();
    m_search->setText(tr("&Search"));
    m_hint->setText(tr("Stopped."));
    check();
}

void MissingVideosDialog::show(const Result<VideoSearch>& search)
{
    m_progress->hide();
    m_search->setText(tr("&Search"));
    if (!search) {
        m_hint->setText(QString::fromStdString(search.error().message));
        check();
        return;
    }
    {
        const QSignalBlocker blocker(m_list);
        for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
            QTreeWidgetItem* item = m_list->topLevelItem(row);
            const qlonglong id = item->data(kName, Qt::UserRole).toLongLong();
            const auto place = std::ranges::find(search->found, id, &FoundVideo::id);
            if (place == search->found.end())
                continue; // what an earlier search found stays
            setFound(*item, toQString(place->file));
        }
    }
    QString hint = tr("%1 of %2 found among %n file(s).", nullptr, static_cast<int>(search->files))
                       .arg(search->found.size())
                       .arg(m_missing.size());
    if (search->unreadable > 0)
        hint += QLatin1Char(' ')
            + tr("%n file(s) could not be read.", nullptr, static_cast<int>(search->unreadable));
    m_hint->setText(hint);
    check();
}

void MissingVideosDialog::setPlace(int row, const QString& file)
{
    if (QTreeWidgetItem* item = m_list->topLevelItem(row); item && !file.isEmpty())
        setFound(*item, file);
    check();
}

void MissingVideosDialog::chooseFile()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row < 0)
        return;
    auto* chooser = new QFileDialog(this, tr("File of %1").arg(m_list->currentItem()->text(kName)), folder());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(
        chooser, &QFileDialog::fileSelected, this, [this, row](const QString& file) { setPlace(row, file); });
    chooser->open();
}

std::map<int64_t, std::filesystem::path> MissingVideosDialog::places() const
{
    std::map<int64_t, std::filesystem::path> places;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem* item = m_list->topLevelItem(row);
        if (!item->text(kFound).isEmpty() && item->checkState(kName) == Qt::Checked)
            places[item->data(kName, Qt::UserRole).toLongLong()] = toPath(item->text(kFound));
    }
    return places;
}

void MissingVideosDialog::check()
{
    const bool ready = !m_missing.empty() && QFileInfo(folder()).isDir();
    m_search->setEnabled(m_job.running() || ready);
    m_folder->setEnabled(!m_missing.empty() && !m_job.running());
    // What was here once is known by its content, which a file chosen by hand need not have.
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_choose->setEnabled(row >= 0 && m_missing[static_cast<size_t>(row)].waiting && !m_job.running());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_job.running() && !places().empty());
}

} // namespace telltale
