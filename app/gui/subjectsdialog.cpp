// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/subjectsdialog.h"
#include "widgets/models/texts.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

enum Column { NameColumn, RoleColumn, VideosColumn, ColumnCount };

constexpr std::array kRoles{
    SubjectRole::Train, SubjectRole::Validation, SubjectRole::Test, SubjectRole::Unlabelled};

} // namespace

SubjectsDialog::SubjectsDialog(Document& document, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_table(new QTableWidget)
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Subjects"));
    auto* layout = new QVBoxLayout(this);
    auto* about = new QLabel(tr("Training and testing are kept apart by person: one subject has one role, "
                                "in all of his or her videos."));
    about->setWordWrap(true);
    layout->addWidget(about);
    m_table->setAccessibleName(tr("Subjects"));
    m_table->setColumnCount(ColumnCount);
    m_table->setHorizontalHeaderLabels({tr("Subject"), tr("Role"), tr("Videos")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 14);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    layout->addWidget(m_table, 1);
    m_hint->setWordWrap(true);
    layout->addWidget(m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableWidget::itemChanged, this, &SubjectsDialog::rename);
    // Later: an edit from within a cell would take the cell's editor away.
    connect(
        &document, &Document::changed, this,
        [this](ChangeKinds kinds) {
            if (kinds.testFlag(ChangeKind::Videos))
                fill();
        },
        Qt::QueuedConnection);
    resize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 20);
    fill();
    m_hint->setText(m_document.subjects().empty()
            ? tr("Nobody yet: subjects come with the videos that are added.")
            : tr("Double-click a name to change it. Every change can be undone."));
}

void SubjectsDialog::fill()
{
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(static_cast<int>(m_document.subjects().size()));
    int row = 0;
    for (const Subject& subject : m_document.subjects()) {
        const auto videos = std::ranges::count(m_document.videos(), subject.id, &VideoEntry::subjectId);
        auto* name = new QTableWidgetItem(QString::fromStdString(subject.name));
        name->setData(Qt::UserRole, name->text());
        m_table->setItem(row, NameColumn, name);
        auto* count = new QTableWidgetItem(QString::number(videos));
        count->setFlags(Qt::ItemIsEnabled);
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, VideosColumn, count);
        addRole(row, subject);
        ++row;
    }
}

void SubjectsDialog::addRole(int row, const Subject& subject)
{
    auto* roles = new QComboBox;
    for (const SubjectRole each : kRoles)
        roles->addItem(roleText(each), static_cast<int>(each));
    roles->setCurrentIndex(roles->findData(static_cast<int>(subject.role)));
    roles->setAccessibleName(tr("Role of %1").arg(QString::fromStdString(subject.name)));
    m_table->setCellWidget(row, RoleColumn, roles);
    connect(roles, &QComboBox::activated, this, [this, roles, name = subject.name] {
        const auto role = static_cast<SubjectRole>(roles->currentData().toInt());
        tell(m_document.setSubjectRole(name, role),
            tr("The videos of %1 are for %2 now.").arg(QString::fromStdString(name), roleText(role)));
    });
}

void SubjectsDialog::rename(const QTableWidgetItem* item)
{
    const QString before = item->data(Qt::UserRole).toString();
    const QString wanted = item->text().trimmed();
    if (item->column() != NameColumn || wanted == before)
        return;
    tell(m_document.renameSubject(before.toStdString(), wanted.toStdString()),
        tr("%1 is called %2 now.").arg(before, wanted));
}

void SubjectsDialog::tell(const Status& status, const QString& done)
{
    m_hint->setText(status ? done : QString::fromStdString(status.error().message));
    if (!status)
        QMetaObject::invokeMethod(this, &SubjectsDialog::fill, Qt::QueuedConnection);
}

} // namespace telltale
