// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/reviewpanel.h"
#include "app/gui/actionset.h"
#include "app/gui/bardelegate.h"
#include "app/gui/candidatebutton.h"
#include "app/gui/inspector/classcard.h"
#include "app/gui/review/queuefacts.h"
#include "app/gui/review/queueweights.h"
#include "app/gui/review/stopview.h"
#include "app/gui/theme.h"
#include "widgets/models/texts.h"
#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPoint>
#include <QProgressBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <functional>

namespace telltale {
namespace {

using Order = SpanListFilter::Order;

constexpr int kPairDelayMs = 200; ///< so that counting waits for the last of several edits

/// The one score that has room in the list is the one that it is sorted by; the tool tip has all.
struct OrderChoice {
    Order order;
    const char* text;
    int column;
};
constexpr std::array kOrders{
    OrderChoice{Order::Gain, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "By expected gain"),
        SpanListModel::ScoreColumn},
    OrderChoice{Order::TailHunt, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Tail hunt: rarest classes"),
        SpanListModel::ScoreColumn},
    OrderChoice{Order::BoundaryFix, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Boundary fix: doubtful ends"),
        SpanListModel::ScoreColumn},
    OrderChoice{Order::ConfusionPair, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Confusion pair"),
        SpanListModel::ScoreColumn},
    OrderChoice{
        Order::Audit, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Random audit"), SpanListModel::ScoreColumn},
    OrderChoice{Order::MostCertain, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Most certain first"),
        SpanListModel::ScoreColumn},
    OrderChoice{Order::LeastCertain, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "Most uncertain first"),
        SpanListModel::ScoreColumn},
    OrderChoice{
        Order::Time, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "By time"), SpanListModel::ScoreColumn},
    OrderChoice{Order::Detector, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "By detector score"),
        SpanListModel::DetectorColumn},
    OrderChoice{Order::Ensemble, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "By ensemble score"),
        SpanListModel::ScoreColumn},
    OrderChoice{Order::Together, QT_TRANSLATE_NOOP("telltale::ReviewPanel", "By both together"),
        SpanListModel::TogetherColumn},
};
/// Columns with a bar behind their number, and the share that it shows.
constexpr std::array kScoreColumns{std::pair{SpanListModel::ScoreColumn, SpanListModel::ScoreRole},
    std::pair{SpanListModel::DetectorColumn, SpanListModel::DetectorRole},
    std::pair{SpanListModel::TogetherColumn, SpanListModel::TogetherRole}};

} // namespace

ReviewPanel::ReviewPanel(Workbench& bench, const ActionSet& actions, QueueSettings& settings, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_settings(settings)
{
    SpanListModel& spans = bench.review.spans();
    SpanListFilter& queue = bench.review.queue();
    spans.setAuditShare(settings.auditShare);
    queue.setWeights(settings.weights);
    queue.setOrder(settings.order);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    layout->addWidget(makeFilters());
    m_only = new QToolButton;
    m_only->setObjectName(QStringLiteral("onlyChip"));
    m_only->setFocusPolicy(Qt::StrongFocus);
    m_only->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_only->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_only->hide();
    layout->addWidget(m_only);
    layout->addWidget(makeTable(), 1);
    layout->addWidget(makeStanding());
    layout->addWidget(makeDecision(actions));
    new QueueFacts(bench.session, spans, this);
    connect(m_only, &QToolButton::clicked, &bench.review, &Review::showAll);
    connect(&bench.review, &Review::onlyChanged, this, &ReviewPanel::showOnly);
    connect(&bench.review, &Review::selectionChanged, this, &ReviewPanel::showSelection);
    connect(&bench.session, &Session::projectChanged, this, &ReviewPanel::fillClasses);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Scheme))
            fillClasses();
    });
    connect(&spans, &SpanListModel::settled, this, &ReviewPanel::showProgress);
    m_pairDelay.setSingleShot(true);
    m_pairDelay.setInterval(kPairDelayMs);
    connect(&spans, &SpanListModel::settled, &m_pairDelay, qOverload<>(&QTimer::start));
    connect(&m_pairDelay, &QTimer::timeout, this, &ReviewPanel::fillPairs);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&queue, signal, this, &ReviewPanel::showProgress);
    connect(&queue, &QAbstractItemModel::layoutChanged, this, &ReviewPanel::showSelection);
    connect(&queue, &QAbstractItemModel::modelReset, this, [this] {
        showSelection();
        showProgress();
    });
    chooseOrder(m_order->currentIndex());
    fillClasses();
    showSelection();
    showProgress();
}

void ReviewPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_tune->setIcon(themedIcon(QStringLiteral("tune")));
        m_only->setIcon(themedIcon(QStringLiteral("close")));
    }
}

QComboBox* ReviewPanel::makeChoice(const QString& name, int letters)
{
    auto* combo = new QComboBox;
    combo->setToolTip(name);
    combo->setAccessibleName(name);
    combo->setFocusPolicy(Qt::StrongFocus);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(letters);
    return combo;
}

QWidget* ReviewPanel::makeFilters()
{
    auto* box = new QWidget;
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_show = makeChoice(tr("Which spans are listed"), 7);
    m_show->addItems({tr("Open"), tr("Decided"), tr("All")});
    m_order = makeChoice(tr("Order of the list"), 14);
    for (const OrderChoice& choice : kOrders)
        m_order->addItem(tr(choice.text));
    const auto order = std::ranges::find(kOrders, m_settings.order, &OrderChoice::order);
    m_order->setCurrentIndex(static_cast<int>(order - kOrders.begin()));
    m_class = makeChoice(tr("Only spans of this class"), 10);
    m_pair = makeChoice(tr("Which two classes are taken for each other, and how often"), 14);
    m_tune = new QToolButton;
    m_tune->setIcon(themedIcon(QStringLiteral("tune")));
    m_tune->setToolTip(tr("Weights of the expected gain, and the audit share"));
    m_tune->setAccessibleName(m_tune->toolTip());
    m_tune->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_order, 0, 0, 1, 2);
    layout->addWidget(m_tune, 0, 2);
    layout->addWidget(m_pair, 1, 0, 1, 3);
    layout->addWidget(m_show, 2, 0);
    layout->addWidget(m_class, 2, 1, 1, 2);
    layout->setColumnStretch(1, 1);
    SpanListFilter& queue = m_bench.review.queue();
    connect(m_show, &QComboBox::currentIndexChanged, this, [this, &queue](int index) {
        queue.setShow(static_cast<SpanListFilter::Show>(index));
        m_table->setColumnHidden(SpanListModel::StateColumn, queue.shown() == SpanListFilter::Show::Open);
        showSelection();
        showProgress();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, &ReviewPanel::chooseOrder);
    connect(m_pair, &QComboBox::activated, this, &ReviewPanel::choosePair);
    connect(m_tune, &QToolButton::clicked, this, &ReviewPanel::openWeights);
    connect(m_class, &QComboBox::currentIndexChanged, this, [this, &queue] {
        const int classId = m_class->currentData().toInt();
        queue.setClass(classId);
        m_stop->setClass(classId);
        showSelection();
        showProgress();
    });
    return box;
}

QWidget* ReviewPanel::makeStanding()
{
    auto* box = new QWidget;
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Decided spans"));
    m_stop = new StopView(m_bench.review.spans());
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_stop, 1);
    return box;
}

void ReviewPanel::chooseOrder(int index)
{
    const OrderChoice& choice = kOrders.at(static_cast<size_t>(index));
    m_settings.order = choice.order;
    m_bench.review.queue().setOrder(choice.order);
    for (const auto& [column, role] : kScoreColumns)
        m_table->setColumnHidden(column, column != choice.column);
    m_pair->setVisible(choice.order == Order::ConfusionPair);
    if (choice.order == Order::ConfusionPair)
        fillPairs();
    showSelection();
    showProgress();
}

void ReviewPanel::fillPairs()
{
    const SpanListFilter& queue = m_bench.review.queue();
    const Document* document = m_bench.session.document();
    m_pair->clear();
    if (!document || queue.order() != Order::ConfusionPair)
        return;
    auto counts = queue.pairs();
    if (queue.pair())
        counts.try_emplace(*queue.pair(), 0); // stays in sight when its last span is decided
    std::vector<std::pair<ClassPair, int>> pairs(counts.begin(), counts.end());
    std::ranges::stable_sort(pairs, std::greater<>(), [](const auto& one) { return one.second; });
    for (const auto& [pair, count] : pairs) {
        m_pair->addItem(
            tr("%1 or %2 (%3)")
                .arg(classText(document->scheme(), pair.first), classText(document->scheme(), pair.second))
                .arg(count),
            QVariant::fromValue(QPoint(pair.first, pair.second)));
        if (pair == queue.pair())
            m_pair->setCurrentIndex(m_pair->count() - 1);
    }
}

void ReviewPanel::choosePair()
{
    const QPoint pair = m_pair->currentData().toPoint();
    m_bench.review.queue().setPair(ClassPair(pair.x(), pair.y()));
    showSelection();
    showProgress();
}

QDialog* ReviewPanel::openWeights()
{
    if (!m_weights) {
        m_weights = new QueueWeights(m_settings, this);
        m_weights->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_weights, &QueueWeights::changed, this, [this] {
            m_settings.weights = m_weights->weights();
            m_settings.auditShare = m_weights->auditShare();
            m_bench.review.queue().setWeights(m_settings.weights);
            m_bench.review.spans().setAuditShare(m_settings.auditShare);
        });
    }
    m_weights->show();
    m_weights->raise();
    return m_weights;
}

void ReviewPanel::list(SpanListFilter::Show show, QueueOrder order, int classId)
{
    m_show->setCurrentIndex(static_cast<int>(show));
    const auto choice = std::ranges::find(kOrders, order, &OrderChoice::order);
    m_order->setCurrentIndex(static_cast<int>(choice - kOrders.begin()));
    if (const int index = m_class->findData(classId); index >= 0)
        m_class->setCurrentIndex(index);
}

QDialog* ReviewPanel::openEstimates() { return m_stop->openTable(); }

QWidget* ReviewPanel::makeTable()
{
    auto* box = new QWidget;
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("queue"));
    m_table->setModel(&m_bench.review.queue());
    m_table->setAccessibleName(tr("Spans to review"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(fontMetrics().height() * 5);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(SpanListModel::ClassColumn, QHeaderView::Stretch);
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(SpanListModel::StateColumn, letter * 12);
    m_table->setColumnWidth(SpanListModel::VideoColumn, letter * 13);
    m_table->setColumnWidth(SpanListModel::TimeColumn, letter * 12);
    m_table->setColumnHidden(SpanListModel::StateColumn, true);
    for (const auto& [column, role] : kScoreColumns) {
        m_table->setColumnWidth(column, letter * (column == SpanListModel::ScoreColumn ? 9 : 11));
        m_table->setItemDelegateForColumn(column, new BarDelegate(role, this));
        m_table->setColumnHidden(column, column != SpanListModel::ScoreColumn);
    }
    m_empty = new QLabel;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(16);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    layout->addWidget(m_table, 0, 0);
    layout->addWidget(m_empty, 0, 0);
    // Later, because the view also moves its current row while the queue is about to lose one: then the
    // review has the last word, and selecting from within that signal would change the queue under the view's
    // feet.
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this] {
            const int64_t id = m_table->currentIndex().data(SpanListModel::IdRole).toLongLong();
            if (id && id != m_bench.review.selected())
                m_bench.review.select(id, true);
        },
        Qt::QueuedConnection);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        m_bench.review.select(index.data(SpanListModel::IdRole).toLongLong(), true);
    });
    return box;
}

QWidget* ReviewPanel::makeDecision(const ActionSet& actions)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_current = new QLabel;
    m_current->setTextFormat(Qt::PlainText);
    m_current->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_current);
    for (int rank = 0; rank < 3; ++rank) {
        auto* button = new CandidateButton(QString::number(rank + 1));
        connect(button, &QAbstractButton::clicked, this,
            [this, rank] { m_bench.review.takeCandidate(static_cast<size_t>(rank)); });
        m_candidates.append(button);
        layout->addWidget(button);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (const char* id : {"accept", "reject", "skip", "flag", "relabel"}) {
        QAction* action = actions.action(id);
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setAccessibleName(action->toolTip());
        row->addWidget(button);
    }
    layout->addLayout(row);
    return box;
}

void ReviewPanel::fillClasses()
{
    const QSignalBlocker blocker(m_class);
    m_class->clear();
    m_class->addItem(tr("All classes"), SpanListFilter::kAnyClass);
    if (const Document* document = m_bench.session.document()) {
        for (int id = 0; id < document->scheme().classCount(); ++id) {
            m_class->addItem(classSwatch(document->scheme(), id, 12), classText(document->scheme(), id), id);
        }
    }
    m_bench.review.queue().setClass(SpanListFilter::kAnyClass);
    m_stop->setClass(SpanListModel::kAllClasses);
    m_bench.review.queue().setPair(std::nullopt);
    m_pairDelay.start();
    showProgress();
}

void ReviewPanel::showSelection()
{
    const Review& review = m_bench.review;
    const int row = m_bench.review.queue().rowOfId(review.selected());
    if (row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_bench.review.queue().index(row, 0));
    } else {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    }
    const Document* document = m_bench.session.document();
    const Annotation* span = review.selectedSpan();
    m_current->setText(span && document
            ? tr(m_bench.review.spans().isAudited(*span) ? QT_TR_NOOP("%1 - %2 - audit item")
                                                         : QT_TR_NOOP("%1 - %2"))
                  .arg(classText(document->scheme(), span->classId), stateText(span->state))
            : tr("No span is selected"));
    m_current->setToolTip(span && document ? classLongText(document->scheme(), span->classId) : QString());
    const std::vector<Candidate> offered = review.candidates();
    for (size_t rank = 0; rank < 3; ++rank) {
        CandidateButton* button = m_candidates[static_cast<qsizetype>(rank)];
        if (!document || rank >= offered.size()) {
            button->offer({}, {}, {}, -1);
            continue;
        }
        const int id = offered[rank].classId;
        button->offer(classText(document->scheme(), id), classLongText(document->scheme(), id),
            classColor(document->scheme(), id), offered[rank].probability);
        button->setToolTip(QStringLiteral("%1<hr>%2")
                               .arg(button->toolTip().toHtmlEscaped(), classCard(document->scheme(), id)));
    }
}

void ReviewPanel::showOnly()
{
    const SpanListFilter& queue = m_bench.review.queue();
    const QString why = m_bench.review.onlyBecause();
    m_only->setVisible(queue.hasOnly());
    m_only->setIcon(themedIcon(QStringLiteral("close")));
    m_only->setText(m_only->fontMetrics().elidedText(why, Qt::ElideMiddle, std::max(120, width() - 60)));
    m_only->setToolTip(tr("Listed alone: %1. Click to list all spans again.").arg(why));
    m_only->setAccessibleName(m_only->toolTip());
    for (QComboBox* const filter : {m_show, m_class})
        filter->setEnabled(!queue.hasOnly());
    m_table->setColumnHidden(SpanListModel::StateColumn, queue.shown() == SpanListFilter::Show::Open);
    showSelection();
    showProgress();
}

void ReviewPanel::showProgress()
{
    const SpanListFilter& queue = m_bench.review.queue();
    const int all = m_bench.review.spans().rowCount();
    const int open = m_bench.review.spans().openCount();
    m_progress->setMaximum(std::max(1, all));
    m_progress->setValue(all - open);
    m_progress->setFormat(tr("%1 of %2 decided").arg(all - open).arg(all));
    m_empty->setVisible(queue.rowCount() == 0);
    if (all == 0)
        m_empty->setText(tr("Nothing to review yet.\nAnalyze a video, or mark a span with I, O and Enter."));
    else if (open == 0 && queue.shown() == SpanListFilter::Show::Open)
        m_empty->setText(tr("Everything is decided.\nRetrain to let the models learn from it."));
    else if (queue.order() == Order::Audit && queue.shown() == SpanListFilter::Show::Open)
        m_empty->setText(tr("No audit item is open.\nThe estimate below says what is left."));
    else if (queue.order() == Order::ConfusionPair && queue.shown() == SpanListFilter::Show::Open)
        m_empty->setText(tr("No open span is torn between these classes."));
    else
        m_empty->setText(tr("No span fits these filters."));
}

} // namespace telltale
