// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/historypanel.h"
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTabWidget>
#include <QTableView>
#include <QUndoView>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace telltale {
namespace {

constexpr int kDelayMs = 800; ///< edits come in quick succession; the log is read again when they pause

} // namespace

HistoryPanel::HistoryPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_tabs(new QTabWidget)
    , m_steps(new QUndoView)
    , m_table(new QTableView)
    , m_hint(new QLabel)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(4, 4, 4, 4);
    rows->addWidget(m_tabs);
    m_tabs->setDocumentMode(true);
    m_steps->setEmptyLabel(tr("As it was at the beginning"));
    m_steps->setUniformItemSizes(true);
    m_steps->setAccessibleName(tr("My steps"));
    m_steps->setToolTip(tr("Choose a step to undo everything after it, or to redo up to it"));
    m_tabs->addTab(m_steps, tr("My steps"));
    auto* log = new QWidget;
    auto* column = new QVBoxLayout(log);
    column->setContentsMargins(0, 0, 0, 0);
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Edits of everybody"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    const int letter = fontMetrics().averageCharWidth();
    const auto width = [this, letter](const char* text) {
        return fontMetrics().horizontalAdvance(QString::fromLatin1(text)) + letter * 2;
    };
    m_table->setColumnWidth(HistoryModel::Number, width("100000"));
    m_table->setColumnWidth(HistoryModel::Time, width("2000-00-00 00:00"));
    m_table->setColumnWidth(HistoryModel::Person, letter * 11);
    column->addWidget(m_table, 1);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    m_tabs->addTab(log, tr("All edits"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &HistoryPanel::read);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &HistoryPanel::take);
    connect(m_tabs, &QTabWidget::currentChanged, this, &HistoryPanel::refresh);
    connect(&bench.session, &Session::projectAboutToClose, this, &HistoryPanel::letGo);
    connect(&bench.session, &Session::projectChanged, this, &HistoryPanel::refresh);
    connect(&bench.session, &Session::edited, this, &HistoryPanel::readSoon);
}

HistoryPanel::~HistoryPanel() { letGo(); }

void HistoryPanel::showTab(int index) { m_tabs->setCurrentIndex(index); }

void HistoryPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void HistoryPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_steps->setStack(nullptr); // a list that nobody sees must not follow every edit
}

void HistoryPanel::refresh()
{
    const Document* document = m_bench.session.document();
    const bool steps = isVisible() && m_tabs->currentIndex() == 0;
    m_steps->setStack(steps && document ? document->undoStack() : nullptr);
    if (isVisible() && !steps)
        read();
}

void HistoryPanel::readSoon()
{
    if (isVisible() && m_tabs->currentIndex() == 1)
        m_delay.start();
}

void HistoryPanel::read()
{
    const Document* document = m_bench.session.document();
    if (!document) {
        m_model.setEntries({});
        return;
    }
    if (m_reading.isRunning()) {
        m_delay.start();
        return;
    }
    if (m_model.rowCount() == 0)
        m_hint->setText(tr("Reading..."));
    // The document stays until this is over: letGo() waits.
    m_reading.setFuture(
        QtConcurrent::run(&m_bench.session.workers(), [document] { return document->history(); }));
}

void HistoryPanel::take()
{
    if (m_reading.future().resultCount() == 0)
        return;
    Entries entries = m_reading.result();
    if (!entries) {
        m_hint->setText(QString::fromStdString(entries.error().message));
        return;
    }
    const int count = static_cast<int>(entries->size());
    m_model.setEntries(std::move(*entries));
    m_hint->setText(tr("%n edit(s), newest first. Nothing is ever taken out of this list.", nullptr, count));
}

void HistoryPanel::letGo()
{
    m_delay.stop();
    m_steps->setStack(nullptr);
    m_reading.waitForFinished();
    m_reading.setFuture({});
    m_model.setEntries({});
    m_hint->clear();
}

} // namespace telltale
