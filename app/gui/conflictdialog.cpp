// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/conflictdialog.h"
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

ConflictDialog::ConflictDialog(Workbench& bench, QWidget* parent)
    : QDialog(parent)
    , m_bench(bench)
    , m_head(new QLabel)
    , m_list(new QListWidget)
    , m_what(new QLabel)
    , m_table(new QTableWidget(0, 3))
{
    setWindowTitle(tr("Conflicts"));
    auto* rows = new QVBoxLayout(this);
    m_head->setWordWrap(true);
    rows->addWidget(m_head);
    auto* splitter = new QSplitter;
    m_list->setAccessibleName(tr("Open conflicts"));
    m_list->setWordWrap(true);
    splitter->addWidget(m_list);
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    m_what->setWordWrap(true);
    column->addWidget(m_what);
    m_table->setAccessibleName(tr("Both versions"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_table->setTabKeyNavigation(false);
    column->addWidget(m_table, 1);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({fontMetrics().averageCharWidth() * 36, fontMetrics().averageCharWidth() * 80});
    rows->addWidget(splitter, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_show = buttons->addButton(tr("&Show the span"), QDialogButtonBox::ActionRole);
    m_mine = buttons->addButton(tr("Use &mine"), QDialogButtonBox::ActionRole);
    m_theirs = buttons->addButton(tr("&Keep theirs"), QDialogButtonBox::ActionRole);
    m_mine->setObjectName(QStringLiteral("use-mine"));
    m_theirs->setObjectName(QStringLiteral("keep-theirs"));
    rows->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_show, &QPushButton::clicked, this, &ConflictDialog::goThere);
    connect(m_mine, &QPushButton::clicked, this, [this] { resolve(true); });
    connect(m_theirs, &QPushButton::clicked, this, [this] { resolve(false); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ConflictDialog::showCurrent);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Team))
            refresh();
    });
    connect(&bench.session, &Session::projectAboutToClose, this, &QDialog::reject);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 26);
    refresh();
}

void ConflictDialog::refresh()
{
    const Document* document = m_bench.session.document();
    if (!document)
        return;
    const int64_t chosen = current();
    const int row = m_list->currentRow();
    const std::vector<EditConflict> conflicts = document->conflicts();
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const EditConflict& conflict : conflicts) {
            const ConflictText text = describeConflict(*document, conflict);
            auto* item = new QListWidgetItem(tr("%1\n%2").arg(text.title, text.summary), m_list);
            item->setData(Qt::UserRole, static_cast<qlonglong>(conflict.id));
        }
    }
    m_head->setText(conflicts.empty()
            ? tr("There are no conflicts: everything that anybody did is in the project.")
            : tr("Somebody else had changed the same thing before these edits reached the project. Both "
                 "versions are "
                 "kept until you choose."));
    select(chosen);
    if (current() != chosen || chosen == 0)
        m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
    showCurrent();
}

void ConflictDialog::select(int64_t conflictId)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toLongLong() == conflictId)
            m_list->setCurrentRow(row);
}

int64_t ConflictDialog::current() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toLongLong() : 0;
}

void ConflictDialog::showCurrent()
{
    const Document* document = m_bench.session.document();
    const int64_t id = current();
    m_text = {};
    if (document)
        for (const EditConflict& conflict : document->conflicts())
            if (conflict.id == id)
                m_text = describeConflict(*document, conflict);
    m_what->setText(m_text.summary);
    m_mine->setText(m_text.own || id == 0 ? tr("Use &mine") : tr("Use the &refused version"));
    fillTable();
    m_show->setEnabled(m_text.videoId > 0);
    m_mine->setEnabled(id != 0);
    m_theirs->setEnabled(id != 0);
}

void ConflictDialog::fillTable()
{
    m_table->setHorizontalHeaderLabels({tr("What"), m_text.mine, m_text.theirs});
    m_table->setRowCount(static_cast<int>(m_text.lines.size()));
    int row = 0;
    for (const ConflictLine& line : m_text.lines) {
        // The mark does not rely on the weight of the letters alone.
        const QString what = line.differs ? tr("\u2260 %1").arg(line.what) : line.what;
        int columnNumber = 0;
        for (const QString& text : {what, line.mine, line.theirs}) {
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(text);
            QFont font = item->font();
            font.setBold(line.differs);
            item->setFont(font);
            if (line.differs)
                item->setData(Qt::AccessibleDescriptionRole, tr("differs"));
            m_table->setItem(row, columnNumber++, item);
        }
        ++row;
    }
}

void ConflictDialog::resolve(bool mine)
{
    Document* document = m_bench.session.document();
    const int64_t id = current();
    if (!document || id == 0)
        return;
    const Status status = document->resolveConflict(id, mine ? Document::Side::Mine : Document::Side::Theirs);
    if (!status)
        emit failed(QString::fromStdString(status.error().message));
}

void ConflictDialog::goThere()
{
    if (m_text.annotationId > 0) {
        m_bench.review.select(m_text.annotationId, true);
        return;
    }
    m_bench.session.openVideo(m_text.videoId);
    m_bench.player.seek(m_text.span.first);
}

} // namespace telltale
