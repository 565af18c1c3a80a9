// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/spanhistorypage.h"
#include "app/gui/inspector/spanedittext.h"
#include "app/gui/localtime.h"
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kDelayMs = 250; ///< people walk through spans, and edits come in quick succession
enum Column { WhenColumn, WhoColumn, WhatColumn, ColumnCount };

} // namespace

SpanHistoryPage::SpanHistoryPage(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_hint(new QLabel)
    , m_list(new QTableWidget)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    m_hint->setWordWrap(true);
    m_list->setAccessibleName(tr("History of the span, newest first"));
    m_list->setColumnCount(ColumnCount);
    m_list->setHorizontalHeaderLabels({tr("When"), tr("Who"), tr("What")});
    m_list->setWordWrap(true);
    m_list->setShowGrid(false);
    m_list->setAlternatingRowColors(true);
    m_list->setTabKeyNavigation(false);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->horizontalHeader()->setSectionResizeMode(WhatColumn, QHeaderView::Stretch);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &SpanHistoryPage::read);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &SpanHistoryPage::take);
    connect(&bench.session, &Session::projectAboutToClose, this, &SpanHistoryPage::letGo);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Annotations))
            readSoon();
    });
}

SpanHistoryPage::~SpanHistoryPage() { letGo(); }

void SpanHistoryPage::setSpan(int64_t annotationId)
{
    if (annotationId == m_id)
        return;
    m_id = annotationId;
    m_list->setRowCount(0);
    m_hint->clear();
    readSoon();
}

void SpanHistoryPage::readSoon()
{
    m_stale = true;
    if (isVisible() && m_id)
        m_delay.start();
}

void SpanHistoryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        readSoon();
}

void SpanHistoryPage::read()
{
    const Document* document = m_bench.session.document();
    if (!document || !m_id)
        return;
    if (m_reading.isRunning()) {
        m_delay.start();
        return;
    }
    if (m_list->rowCount() == 0)
        m_hint->setText(tr("Reading..."));
    m_asked = m_id;
    m_stale = false;
    m_early = document->health().pending > 0;
    // The document stays until this is over: letGo() waits.
    m_reading.setFuture(QtConcurrent::run(
        &m_bench.session.workers(), [document, id = m_id] { return document->spanHistory(id); }));
}

void SpanHistoryPage::take()
{
    const Document* document = m_bench.session.document();
    if (m_reading.future().resultCount() == 0 || m_asked != m_id || !document)
        return;
    if (m_early && document->health().trouble.empty())
        m_delay.start(); // the last edits were still on their way
    const Edits edits = m_reading.result();
    m_list->setRowCount(0);
    if (!edits) {
        m_hint->setText(QString::fromStdString(edits.error().message));
        return;
    }
    m_list->setRowCount(static_cast<int>(edits->size()));
    int row = 0;
    for (const SpanEdit& edit : *edits)
        showRow(row++, edit, document->scheme());
    m_hint->setText(edits->empty()
            ? tr("The log does not know the span: it is still being written, or came with a copy.")
            : QString());
}

void SpanHistoryPage::showRow(int row, const SpanEdit& edit, const LabelScheme& scheme)
{
    const QDateTime when = localTimeOf(edit.time);
    const QString what = spanEditText(edit, scheme);
    const QString cells[ColumnCount]{
        when.isValid() ? when.toString(QStringLiteral("MM-dd HH:mm")) : QString::fromStdString(edit.time),
        QString::fromStdString(edit.annotator), what};
    const QString tip = tr("%1\n%2, entry %3 of the log")
                            .arg(what, QLocale().toString(when, QLocale::LongFormat))
                            .arg(edit.sequence);
    for (int column = 0; column < ColumnCount; ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        item->setToolTip(tip);
        item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_list->setItem(row, column, item);
    }
}

void SpanHistoryPage::letGo()
{
    m_delay.stop();
    m_reading.waitForFinished();
    m_reading.setFuture({});
    m_list->setRowCount(0);
    m_id = 0;
    m_stale = true;
}

} // namespace telltale
