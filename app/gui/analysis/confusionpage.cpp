// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/confusionpage.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/gui/ordercell.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <array>

namespace telltale {
namespace {

enum PairColumn { ClassesColumn, CountColumn, ShareColumn, SuggestionColumn, PairColumns };
constexpr int kPairRole = Qt::UserRole + 1; ///< place in ConfusionAnalysis::pairs, or kind of error
constexpr std::array kOverlaps{0.1, 0.3, 0.5};

std::vector<int64_t> at(const ConfusedSpans& spans, int truth, int predicted)
{
    const auto found = spans.find({truth, predicted});
    return found == spans.end() ? std::vector<int64_t>() : found->second;
}

QString intervalText(const PrecisionEstimate& share)
{
    const QLocale locale;
    return ConfusionPage::tr("%1 % (%2\u2013%3 %)")
        .arg(locale.toString(share.precision * 100, 'f', 0), locale.toString(share.low * 100, 'f', 0),
            locale.toString(share.high * 100, 'f', 0));
}

} // namespace

ConfusionPage::ConfusionPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Confusion"), parent)
    , m_summary(new QLabel)
    , m_parts(new QSplitter(Qt::Vertical))
    , m_view(new ConfusionView)
    , m_lists(new QTabWidget)
    , m_memory(std::make_shared<AnswerMemory>())
    , m_job(bench.session.workers())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeChoices());
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_summary);
    m_parts->setChildrenCollapsible(false);
    m_parts->addWidget(m_view);
    m_lists->setDocumentMode(true);
    m_pairs = makeList(tr("Most confused pairs"), {tr("Pair"), tr("Count"), tr("Share"), tr("Suggestion")});
    m_errors = makeList(tr("Kinds of error"), {tr("Kind"), tr("Count")});
    m_lists->addTab(m_pairs, tr("Most confused"));
    m_lists->addTab(m_errors, tr("Kinds of error"));
    m_parts->addWidget(m_lists);
    m_parts->setStretchFactor(0, 3);
    m_parts->setStretchFactor(1, 1);
    layout->addWidget(m_parts, 1);
    m_view->setMinimumHeight(fontMetrics().height() * 12);
    m_view->setToolTip(tr("Arrow keys walk over the cells, Enter lists their spans for review"));
    m_lists->setMinimumHeight(fontMetrics().height() * 5);
    connect(m_view, &ConfusionView::cellActivated, this, &ConfusionPage::openCell);
    const auto openOn = [this](QTableWidget* list, void (ConfusionPage::*open)(int)) {
        connect(list, &QTableWidget::cellClicked, this, [this, open](int row) { (this->*open)(row); });
        list->installEventFilter(this);
    };
    openOn(m_pairs, &ConfusionPage::openPair);
    openOn(m_errors, &ConfusionPage::openError);
    fillSources();
    showAnalysis();
}

QComboBox* ConfusionPage::makeChoice(const QString& name, const QStringList& texts)
{
    auto* combo = new QComboBox;
    combo->setToolTip(name);
    combo->setAccessibleName(name);
    combo->setFocusPolicy(Qt::StrongFocus);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    combo->addItems(texts);
    return combo;
}

QWidget* ConfusionPage::makeChoices()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    m_task = makeChoice(tr("Whether names of decided spans are compared, or what was found in whole videos"),
        {tr("Names of spans"), tr("Spans that were found")});
    m_overlap = makeChoice(tr("From which overlap (tIoU) on a detection is the span"), {});
    for (const double tiou : kOverlaps)
        m_overlap->addItem(tr("tIoU %1").arg(QLocale().toString(tiou, 'f', 1)), tiou);
    m_overlap->setCurrentIndex(static_cast<int>(kOverlaps.size()) - 1);
    m_first = makeChoice(tr("Whose answers are held against the decisions"), {});
    m_second = makeChoice(tr("Other answers beside them"), {});
    m_scale = makeChoice(tr("What the cells say"),
        {tr("Counts"), tr("Shares of rows (recall)"), tr("Shares of columns (precision)")});
    m_order = makeChoice(tr("Order of the classes"),
        {tr("As in the label scheme"), tr("Most frequent first"), tr("By body part"), tr("By clustering")});
    m_order->setCurrentIndex(static_cast<int>(ConfusionOrder::Frequency));
    m_difference = new QCheckBox(tr("&Difference"));
    m_difference->setToolTip(tr("The second minus the first, in one matrix"));
    grid->addWidget(m_task, 0, 0);
    grid->addWidget(m_overlap, 0, 1);
    grid->addWidget(m_first, 1, 0);
    grid->addWidget(m_second, 1, 1);
    grid->addWidget(m_difference, 1, 2);
    grid->addWidget(m_scale, 2, 0);
    grid->addWidget(m_order, 2, 1, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    connect(m_task, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_request.task = static_cast<ConfusionTask>(index);
        begin();
    });
    connect(m_overlap, &QComboBox::currentIndexChanged, this, [this] {
        m_request.tiou = m_overlap->currentData().toDouble();
        begin();
    });
    connect(m_first, &QComboBox::activated, this, [this](int index) {
        m_request.first = m_analysis.offered[static_cast<size_t>(index)].source;
        begin();
    });
    connect(m_second, &QComboBox::activated, this, [this](int index) {
        m_request.second.reset();
        if (index > 0)
            m_request.second = m_analysis.offered[static_cast<size_t>(index - 1)].source;
        begin();
    });
    for (QComboBox* const choice : {m_scale, m_order})
        connect(choice, &QComboBox::currentIndexChanged, this, &ConfusionPage::showAnalysis);
    connect(m_difference, &QCheckBox::toggled, this, &ConfusionPage::showAnalysis);
    return box;
}

QTableWidget* ConfusionPage::makeList(const QString& name, const QStringList& titles)
{
    auto* list = new QTableWidget(0, static_cast<int>(titles.size()));
    list->setAccessibleName(name);
    list->setToolTip(tr("Click, or press Enter, to list the spans for review"));
    list->setHorizontalHeaderLabels(titles);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setSelectionBehavior(QAbstractItemView::SelectRows);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setShowGrid(false);
    list->setWordWrap(false);
    list->setTabKeyNavigation(false);
    list->verticalHeader()->hide();
    list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    QHeaderView* header = list->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setStretchLastSection(true); // in a narrow dock names come first, the rest is scrolled to
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 6);
    return list;
}

void ConfusionPage::refresh()
{
    followProject();
    begin();
}

void ConfusionPage::followProject()
{
    const Document* document = m_bench.session.document();
    if (document == m_document)
        return;
    m_document = document;
    m_job.cancel();
    m_memory = std::make_shared<AnswerMemory>();
    m_request.first = {};
    m_request.second.reset();
    m_analysis = {};
    fillSources();
    showAnalysis();
}

void ConfusionPage::begin()
{
    Document* document = m_bench.session.document();
    if (!document) {
        m_job.cancel();
        m_analysis = {};
        showAnalysis();
        return;
    }
    m_scheme = document->scheme();
    m_job.start([project = document->freeze(), request = m_request, memory = m_memory](
                    ProgressSink& progress) { return analyzeConfusion(project, request, *memory, progress); },
        [this](const Result<ConfusionAnalysis>& analysis) {
            if (!m_bench.session.document())
                return;
            if (analysis)
                m_analysis = *analysis;
            else
                m_bench.window.messages().showError(QString::fromStdString(analysis.error().message));
            fillSources();
            showAnalysis();
        });
}

void ConfusionPage::fillSources()
{
    const auto& offered = m_analysis.offered;
    const auto fill = [&](QComboBox& combo, const QString& none, const std::optional<AnswerSource>& wanted) {
        const QSignalBlocker quiet(&combo);
        combo.clear();
        if (!none.isEmpty())
            combo.addItem(none);
        for (const OfferedAnswer& one : offered) {
            combo.addItem(answerName(one.source, offered));
            combo.setItemData(combo.count() - 1, combo.itemText(combo.count() - 1), Qt::ToolTipRole);
            if (wanted == one.source)
                combo.setCurrentIndex(combo.count() - 1);
        }
        combo.setEnabled(!offered.empty());
    };
    fill(*m_first, {}, m_request.first);
    fill(*m_second, tr("nothing beside them"), m_request.second);
    m_overlap->setEnabled(m_request.task == ConfusionTask::Spans);
    m_difference->setEnabled(m_request.second.has_value());
}

ConfusionLook ConfusionPage::look() const
{
    return {static_cast<ConfusionScale>(m_scale->currentIndex()),
        static_cast<ConfusionOrder>(m_order->currentIndex()),
        m_difference->isEnabled() && m_difference->isChecked()};
}

void ConfusionPage::showAnalysis()
{
    const bool any = !m_analysis.sides.empty();
    const bool open = m_bench.session.document() != nullptr;
    m_view->setEmptyText(any ? confusionGapText(m_analysis.sides.front(), m_analysis.request.task)
            : open           ? tr("Reading what the models said...")
                             : tr("Open a project to see where its models err."));
    m_view->setContent(any ? confusionContent(m_analysis, m_scheme, look()) : ConfusionContent());
    m_lists->setVisible(any && m_analysis.gap() == ConfusionGap::None);
    m_lists->setTabVisible(1, m_analysis.request.task == ConfusionTask::Spans);
    showSummary();
    fillPairs();
    fillErrors();
    emit shown();
}

void ConfusionPage::showSummary()
{
    QStringList lines;
    const bool spans = m_analysis.request.task == ConfusionTask::Spans;
    for (const ConfusionSide& side : m_analysis.sides) {
        if (m_analysis.gap() != ConfusionGap::None)
            break;
        const QString name = answerName(side.source, m_analysis.offered);
        if (side.gap != ConfusionGap::None && side.gap != ConfusionGap::OneClass) {
            lines.append(tr("%1: %2").arg(
                name, confusionGapText(side, m_analysis.request.task).section(QStringLiteral("\n\n"), 0, 0)));
            continue;
        }
        QString line = tr("%1: %n decided span(s)", nullptr, static_cast<int>(side.compared)).arg(name);
        if (side.silent > 0)
            line += tr("; %n without an answer left out", nullptr, static_cast<int>(side.silent));
        if (side.unjudged > 0)
            line += tr("; %n detection(s) that nobody has judged left out", nullptr,
                static_cast<int>(side.unjudged));
        if (side.trained)
            line += tr("; these heads have learned from these very decisions");
        lines.append(line);
    }
    if (spans && !lines.isEmpty() && !m_analysis.looked)
        lines.append(tr("No stretch is marked as looked through (R): misses and false detections are known "
                        "only where spans were decided."));
    m_summary->setText(lines.join(QLatin1Char('\n')));
    m_summary->setVisible(!lines.isEmpty());
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, quietText(palette()));
    m_summary->setPalette(quiet);
}

void ConfusionPage::fillPairs()
{
    m_pairs->setSortingEnabled(false);
    m_pairs->setRowCount(0);
    if (m_analysis.gap() != ConfusionGap::None)
        return;
    m_pairs->setRowCount(static_cast<int>(m_analysis.pairs.size()));
    for (int row = 0; row < m_pairs->rowCount(); ++row) {
        const ConfusedPair& pair = m_analysis.pairs[static_cast<size_t>(row)];
        const QString first = nameOf(pair.there.truth);
        const QString second = nameOf(pair.there.predicted);
        const QLocale locale;
        QStringList tip{tr("%1 taken for %2: %3 of %4, %5")
                            .arg(first, second, locale.toString(static_cast<qlonglong>(pair.there.count)),
                                locale.toString(static_cast<qlonglong>(pair.there.support)),
                                intervalText(pair.there.share)),
            tr("%1 taken for %2: %3 of %4, %5")
                .arg(second, first, locale.toString(static_cast<qlonglong>(pair.back.count)),
                    locale.toString(static_cast<qlonglong>(pair.back.support)),
                    intervalText(pair.back.share))};
        if (pair.doubted > 0)
            tip.append(
                tr("named both ways by people: %n gesture(s)", nullptr, static_cast<int>(pair.doubted)));
        if (const QString sentence = suggestionSentence(pair, m_scheme); !sentence.isEmpty())
            tip.append(sentence);
        auto* names = new OrderCell(tr("%1 \u2194 %2").arg(first, second));
        names->setData(kPairRole, row);
        auto* count = new OrderCell(locale.toString(static_cast<qlonglong>(pair.count())));
        count->setData(OrderCell::kOrderRole, static_cast<double>(pair.count()));
        auto* share = new OrderCell(intervalText(pair.both));
        share->setData(OrderCell::kOrderRole, pair.both.clips > 0 ? pair.both.precision : 0.0);
        for (OrderCell* const number : {count, share})
            number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const std::array<OrderCell*, PairColumns> cells{
            names, count, share, new OrderCell(suggestionWord(pair.suggestion))};
        for (int column = 0; column < PairColumns; ++column) {
            cells[static_cast<size_t>(column)]->setToolTip(tip.join(QLatin1Char('\n')));
            m_pairs->setItem(row, column, cells[static_cast<size_t>(column)]);
        }
    }
    m_pairs->horizontalHeader()->setSortIndicator(
        -1, Qt::AscendingOrder); // most confused first, as they come
    m_pairs->setSortingEnabled(true);
}

void ConfusionPage::fillErrors()
{
    m_errors->setRowCount(0);
    if (m_analysis.gap() != ConfusionGap::None || m_analysis.request.task != ConfusionTask::Spans)
        return;
    const ConfusionSide& side = m_analysis.sides.front();
    m_errors->setRowCount(static_cast<int>(kSpanErrorKinds) + 1);
    for (int row = 0; row < m_errors->rowCount(); ++row) {
        const auto kind = static_cast<size_t>(row);
        const bool missed = kind == kSpanErrorKinds;
        const int64_t count = missed ? static_cast<int64_t>(side.missed.size()) : side.errors.of[kind];
        m_errors->setItem(row, 0,
            new QTableWidgetItem(missed ? tr("missed") : errorKindText(static_cast<SpanErrorKind>(kind))));
        auto* number = new QTableWidgetItem(QLocale().toString(static_cast<qlonglong>(count)));
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_errors->setItem(row, 1, number);
    }
}

QString ConfusionPage::nameOf(int place) const
{
    return place >= m_scheme.classCount() ? tr("nothing") : classText(m_scheme, place);
}

void ConfusionPage::openCell(int panel, int truth, int predicted)
{
    // Panels are the sides that say anything, in their order; of a difference the second leads.
    std::vector<const ConfusionSide*> sides;
    for (const ConfusionSide& side : m_analysis.sides)
        if (side.matrix.total() > 0)
            sides.push_back(&side);
    if (panel < 0 || static_cast<size_t>(panel) >= sides.size())
        return;
    const ConfusionSide& side = *sides[static_cast<size_t>(panel)];
    const int background = side.matrix.classes;
    const QString why = truth == background ? tr("%1 where nothing is").arg(nameOf(predicted))
        : predicted == background           ? tr("%1 that was missed").arg(nameOf(truth))
        : truth == predicted                ? tr("%1 that was recognised").arg(nameOf(truth))
                                            : tr("%1 taken for %2").arg(nameOf(truth), nameOf(predicted));
    openSpans(at(side.spans, truth, predicted), why,
        static_cast<int64_t>(at(side.detections, truth, predicted).size()));
}

void ConfusionPage::openPair(int row)
{
    const QTableWidgetItem* item = m_pairs->item(row, ClassesColumn);
    if (!item)
        return;
    const ConfusedPair& pair = m_analysis.pairs[static_cast<size_t>(item->data(kPairRole).toInt())];
    const ConfusionSide& side = m_analysis.sides.front();
    std::vector<int64_t> spans = at(side.spans, pair.there.truth, pair.there.predicted);
    for (const auto& more : {at(side.spans, pair.back.truth, pair.back.predicted),
             at(m_analysis.doubtedSpans, std::min(pair.there.truth, pair.back.truth),
                 std::max(pair.there.truth, pair.back.truth))})
        spans.insert(spans.end(), more.begin(), more.end());
    openSpans(spans, tr("%1 or %2").arg(nameOf(pair.there.truth), nameOf(pair.there.predicted)));
}

void ConfusionPage::openError(int row)
{
    if (m_analysis.sides.empty() || row < 0 || !m_errors->item(row, 0))
        return;
    const ConfusionSide& side = m_analysis.sides.front();
    const auto kind = static_cast<size_t>(row);
    const bool missed = kind >= kSpanErrorKinds;
    const std::vector<int64_t>& spans = missed ? side.missed : side.errorSpans[kind];
    openSpans(spans, m_errors->item(row, 0)->text(),
        missed ? 0 : side.errors.of[kind] - static_cast<int64_t>(spans.size()));
}

void ConfusionPage::openSpans(const std::vector<int64_t>& spans, const QString& why, int64_t elsewhere)
{
    if (spans.empty()) {
        if (elsewhere > 0)
            m_bench.window.messages().showInfo(tr("%n detection(s) are in the list no more: they were "
                                                  "removed, or a newer run took their place.",
                nullptr, static_cast<int>(elsewhere)));
        return;
    }
    m_bench.window.showPanel("review");
    m_bench.review.showOnly(spans, why);
}

std::vector<Table> ConfusionPage::tables() const
{
    return m_analysis.sides.empty() ? std::vector<Table>() : telltale::tables(m_analysis, m_scheme);
}

std::vector<PlotView*> ConfusionPage::figures() const { return {m_view}; }

void ConfusionPage::changeEvent(QEvent* event)
{
    AnalysisPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSummary();
}

/// Beside each other where there is room.
void ConfusionPage::resizeEvent(QResizeEvent* event)
{
    AnalysisPage::resizeEvent(event);
    const Qt::Orientation wanted = width() * 2 > height() * 3 ? Qt::Horizontal : Qt::Vertical;
    if (m_parts->orientation() == wanted)
        return;
    m_parts->setOrientation(wanted);
    const int room = wanted == Qt::Horizontal ? width() : height();
    m_parts->setSizes(wanted == Qt::Horizontal ? QList<int>{room * 3 / 5, room * 2 / 5}
                                               : QList<int>{room * 3 / 4, room / 4});
}

/// Enter accepts a span everywhere else; in the lists it opens their row.
bool ConfusionPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Up || key == Qt::Key_Down) {
            if (event->type() == QEvent::ShortcutOverride) {
                event->accept();
                return true;
            }
            if (key == Qt::Key_Return || key == Qt::Key_Enter) {
                watched == m_pairs ? openPair(m_pairs->currentRow()) : openError(m_errors->currentRow());
                return true;
            }
        }
    }
    return AnalysisPage::eventFilter(watched, event);
}

} // namespace telltale
