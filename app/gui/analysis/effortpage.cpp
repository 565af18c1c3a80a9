// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/effortpage.h"
#include "app/gui/effort/effortmeter.h"
#include "app/gui/mainwindow.h"
#include "app/report/effortfigures.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>
#include <cmath>
#include <utility>

namespace telltale {
namespace {

enum Column { GestureColumn, WhereColumn, SecondsColumn, PressesColumn, ColumnCount };
constexpr int kMeasures = 2;
constexpr int kListRows = 7; ///< of the list that are seen at once

QLabel* makeLine(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

void showLine(QLabel& label, const QString& text)
{
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

} // namespace

/// Ends the reading when the project closes.
class EffortPage::Stop final : public ProgressSink {
public:
    bool cancelled() const override { return m_stopped; }
    void stop() { m_stopped = true; }

private:
    std::atomic<bool> m_stopped = false;
};

EffortPage::EffortPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Effort"), parent)
    , m_record(new QCheckBox(tr("&Record effort")))
    , m_groups(new QComboBox)
    , m_measure(new QComboBox)
    , m_summary(makeLine(this))
    , m_stack(new QStackedWidget)
    , m_since(makeLine(this))
    , m_which(makeLine(this))
    , m_spans(new QTableWidget)
    , m_ledger(std::make_shared<EffortLedger>())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(makeHead());
    layout->addWidget(m_summary);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_since);
    layout->addWidget(m_which);
    layout->addWidget(m_spans);
    for (SpreadView*& view : m_views) {
        view = new SpreadView;
        m_stack->addWidget(view);
        connect(view, &SpreadView::rowChosen, this, [this](int id) {
            m_row = id;
            m_chosen = true;
            showSpans();
        });
    }
    makeSpans();
    showChoice();
    showAnalysis({});
    connect(&bench.window.effort(), &EffortMeter::changed, this, [this] { showAnalysis(m_analysis); });
    connect(&bench.session, &Session::projectAboutToClose, this, [this] {
        letGo();
        showAnalysis({});
    });
    connect(&m_reading, &QFutureWatcherBase::finished, this, &EffortPage::take);
}

EffortPage::~EffortPage() { letGo(); }

QLayout* EffortPage::makeHead()
{
    m_record->setAccessibleName(tr("Record effort"));
    m_record->setToolTip(
        tr("Write into the project what decisions cost: active seconds, how many keys and mouse "
           "buttons were pressed, and the way of working. Never which keys. Also in the Edit menu."));
    connect(m_record, &QCheckBox::clicked, this, [this](bool on) { m_bench.window.effort().setOn(on); });
    m_groups->addItems({tr("By way of working"), tr("By class")});
    m_groups->setAccessibleName(tr("Groups of spans"));
    m_groups->setToolTip(tr("How spans are grouped"));
    m_measure->addItems({tr("Seconds"), tr("Presses")});
    m_measure->setAccessibleName(tr("What is measured"));
    m_measure->setToolTip(tr("Seconds, or key presses and clicks"));
    for (QComboBox* const choice : {m_groups, m_measure})
        connect(choice, &QComboBox::currentIndexChanged, this, &EffortPage::showChoice);
    auto* choices = new QHBoxLayout;
    choices->addWidget(m_groups, 1);
    choices->addWidget(m_measure, 1);
    auto* head = new QVBoxLayout;
    head->addWidget(m_record);
    head->addLayout(choices);
    return head;
}

void EffortPage::makeSpans()
{
    m_spans->setAccessibleName(tr("Spans that cost most"));
    m_spans->setToolTip(tr("Enter or a double click goes to the span"));
    m_spans->setColumnCount(ColumnCount);
    m_spans->setHorizontalHeaderLabels({tr("Gesture"), tr("Where"), tr("Seconds"), tr("Presses")});
    m_spans->setShowGrid(false);
    m_spans->setAlternatingRowColors(true);
    m_spans->setTabKeyNavigation(false);
    m_spans->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_spans->setSelectionMode(QAbstractItemView::SingleSelection);
    m_spans->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_spans->verticalHeader()->hide();
    m_spans->horizontalHeader()->setHighlightSections(false);
    m_spans->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_spans->horizontalHeader()->setSectionResizeMode(WhereColumn, QHeaderView::Stretch);
    m_spans->setMaximumHeight(fontMetrics().height() * 2 * kListRows);
    connect(m_spans, &QTableWidget::cellActivated, this, [this](int row) {
        m_bench.review.select(m_spans->item(row, GestureColumn)->data(Qt::UserRole).toLongLong(), true);
    });
}

void EffortPage::choose(int groups, int measure)
{
    m_groups->setCurrentIndex(groups);
    m_measure->setCurrentIndex(measure);
}

SpreadView* EffortPage::view() const { return qobject_cast<SpreadView*>(m_stack->currentWidget()); }

void EffortPage::showChoice()
{
    m_stack->setCurrentIndex(m_groups->currentIndex() * kMeasures + m_measure->currentIndex());
    m_chosen = false;
    showSpans();
}

void EffortPage::refresh()
{
    const Document* document = m_bench.session.document();
    if (!document) {
        showAnalysis({});
        return;
    }
    if (m_reading.isRunning()) {
        m_again = true;
        return;
    }
    m_again = false;
    m_stop = std::make_shared<Stop>();
    // The document stays until this is over: letGo() waits.
    m_reading.setFuture(QtConcurrent::run(&m_bench.session.workers(),
        [document, ledger = m_ledger, project = document->freeze(), stop = m_stop]() -> Read {
            if (const Status read = readEffort(*document, *ledger, *stop); !read)
                return read.error();
            return analyzeEffort(*ledger, project);
        }));
}

void EffortPage::take()
{
    if (m_reading.future().resultCount() == 0 || !m_bench.session.document())
        return;
    const Read read = m_reading.result();
    if (read)
        showAnalysis(*read);
    else
        showLine(*m_since, QString::fromStdString(read.error().message));
    if (m_again)
        refresh();
}

void EffortPage::letGo()
{
    m_again = false;
    if (m_stop)
        m_stop->stop();
    m_reading.waitForFinished();
    m_reading.setFuture({});
    m_ledger = std::make_shared<EffortLedger>();
    m_chosen = false;
}

void EffortPage::showAnalysis(const EffortAnalysis& analysis)
{
    m_analysis = analysis;
    const bool recording = m_bench.window.effort().on();
    const Document* document = m_bench.session.document();
    const LabelScheme none;
    m_record->setChecked(recording);
    for (size_t i = 0; i < m_views.size(); ++i) {
        m_views[i]->setEmptyText(effortMissing(m_analysis, recording));
        showEffort(*m_views[i], m_analysis, document ? document->scheme() : none,
            static_cast<EffortGroups>(i / kMeasures), static_cast<EffortMeasure>(i % kMeasures));
    }
    const bool known = m_analysis.missing == EffortMissing::Nothing;
    m_groups->setEnabled(known);
    m_measure->setEnabled(known);
    showLine(*m_summary, effortSummary(m_analysis));
    showLine(*m_since, effortSince(m_analysis));
    showSpans();
    emit shown();
}

const EffortRow& EffortPage::chosenRow() const
{
    const auto& rows = m_groups->currentIndex() == 0 ? m_analysis.modes : m_analysis.classes;
    const auto row = std::ranges::find(rows, m_row, &EffortRow::id);
    return m_chosen && row != rows.end() ? *row : m_analysis.all;
}

void EffortPage::showSpans()
{
    const Document* document = m_bench.session.document();
    const EffortRow& row = chosenRow();
    const bool any = document && m_analysis.missing == EffortMissing::Nothing && !row.costliest.empty();
    m_spans->setVisible(any);
    m_spans->setRowCount(0);
    showLine(*m_which, QString());
    if (!any)
        return;
    const QString which = m_groups->currentIndex() == 0
        ? effortModeText(static_cast<EffortMode>(row.id < 0 ? 0 : row.id))
        : classText(document->scheme(), row.id);
    showLine(*m_which,
        &row == &m_analysis.all ? tr("Spans that cost most:") : tr("Spans that cost most, %1:").arg(which));
    const QLocale locale;
    for (const SpanEffort& one : row.costliest) {
        const Annotation* span = document->annotation(one.span);
        const VideoEntry* video = span ? document->video(span->videoId) : nullptr;
        if (!video)
            continue;
        const int at = m_spans->rowCount();
        m_spans->insertRow(at);
        const double presses = one.onSpan.presses() + one.search.presses();
        const QString cells[ColumnCount]{classText(document->scheme(), span->classId),
            tr("%1, frame %2").arg(QString::fromStdString(video->name)).arg(span->span.first),
            locale.toString(one.onSpan.seconds + one.search.seconds, 'f', 1),
            locale.toString(presses, 'f', presses == std::floor(presses) ? 0 : 1)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            item->setData(Qt::UserRole, static_cast<qlonglong>(one.span));
            item->setTextAlignment(
                (column < SecondsColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            m_spans->setItem(at, column, item);
        }
    }
}

std::vector<Table> EffortPage::tables() const
{
    const Document* document = m_bench.session.document();
    return document ? telltale::tables(m_analysis, document->scheme()) : std::vector<Table>();
}

std::vector<PlotView*> EffortPage::figures() const { return {m_views.begin(), m_views.end()}; }

} // namespace telltale
