// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/reviewpanel.h"
#include "app/gui/actionset.h"
#include "app/gui/bardelegate.h"
#include "app/gui/candidatebutton.h"
#include "widgets/models/texts.h"
#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

namespace telltale {
namespace {

using Order = SpanListFilter::Order;

/// The one score that has room in the list is the one that it is sorted by; the tool tip has all.
struct OrderChoice {
    Order order;
    const char* text;
    int column;
};
constexpr std::array kOrders{
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

ReviewPanel::ReviewPanel(Workbench& bench, const ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(makeFilters());
    layout->addWidget(makeTable(), 1);
    layout->addWidget(makeDecision(actions));
    connect(&bench.review, &Review::selectionChanged, this, &ReviewPanel::showSelection);
    connect(&bench.session, &Session::projectChanged, this, &ReviewPanel::fillClasses);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Scheme))
            fillClasses();
    });
    SpanListModel& spans = bench.review.spans();
    connect(&spans, &QAbstractItemModel::dataChanged, this, &ReviewPanel::showProgress);
    connect(&spans, &QAbstractItemModel::modelReset, this, &ReviewPanel::showProgress);
    connect(&bench.review.queue(), &QAbstractItemModel::rowsInserted, this, &ReviewPanel::showProgress);
    connect(&bench.review.queue(), &QAbstractItemModel::rowsRemoved, this, &ReviewPanel::showProgress);
    connect(&bench.review.queue(), &QAbstractItemModel::layoutChanged, this, &ReviewPanel::showSelection);
    fillClasses();
    showSelection();
    showProgress();
}

QWidget* ReviewPanel::makeFilters()
{
    auto* box = new QWidget;
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_show = new QComboBox;
    m_show->addItems({tr("Open"), tr("Decided"), tr("All")});
    m_show->setToolTip(tr("Which spans are listed"));
    m_order = new QComboBox;
    for (const OrderChoice& choice : kOrders)
        m_order->addItem(tr(choice.text));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_order->setMinimumContentsLength(14);
    m_order->setToolTip(tr("Order of the list"));
    m_class = new QComboBox;
    m_class->setToolTip(tr("Only spans of this class"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_class->setMinimumContentsLength(10);
    for (QComboBox* combo : {m_show, m_order, m_class}) {
        combo->setAccessibleName(combo->toolTip());
        combo->setFocusPolicy(Qt::StrongFocus);
    }
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Decided spans"));
    layout->addWidget(m_show, 0, 0);
    layout->addWidget(m_class, 0, 1);
    layout->addWidget(m_order, 1, 0);
    layout->addWidget(m_progress, 1, 1);
    layout->setColumnStretch(1, 1);
    SpanListFilter& queue = m_bench.review.queue();
    connect(m_show, &QComboBox::currentIndexChanged, this, [this, &queue](int index) {
        queue.setShow(static_cast<SpanListFilter::Show>(index));
        m_table->setColumnHidden(SpanListModel::StateColumn, queue.shown() == SpanListFilter::Show::Open);
        showSelection();
        showProgress();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this, &queue](int index) {
        const OrderChoice& choice = kOrders.at(static_cast<size_t>(index));
        queue.setOrder(choice.order);
        for (const auto& [column, role] : kScoreColumns)
            m_table->setColumnHidden(column, column != choice.column);
        showSelection();
    });
    connect(m_class, &QComboBox::currentIndexChanged, this, [this, &queue] {
        queue.setClass(m_class->currentData().toInt());
        showSelection();
        showProgress();
    });
    return box;
}

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
            QPixmap swatch(12, 12);
            swatch.fill(classColor(document->scheme(), id));
            m_class->addItem(swatch, classText(document->scheme(), id), id);
        }
    }
    m_bench.review.queue().setClass(SpanListFilter::kAnyClass);
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
            ? tr("%1 - %2").arg(classText(document->scheme(), span->classId), stateText(span->state))
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
    }
}

void ReviewPanel::showProgress()
{
    const SpanListModel& spans = m_bench.review.spans();
    int open = 0;
    for (int row = 0; row < spans.rowCount(); ++row)
        open += spans.annotationAt(row)->state == SpanState::Proposed ? 1 : 0;
    const int all = spans.rowCount();
    m_progress->setMaximum(std::max(1, all));
    m_progress->setValue(all - open);
    m_progress->setFormat(tr("%1 of %2 decided").arg(all - open).arg(all));
    const bool nothing = m_bench.review.queue().rowCount() == 0;
    m_empty->setVisible(nothing);
    if (all == 0)
        m_empty->setText(tr("Nothing to review yet.\nAnalyze a video, or mark a span with I, O and Enter."));
    else if (open == 0 && m_bench.review.queue().shown() == SpanListFilter::Show::Open)
        m_empty->setText(tr("Everything is decided.\nRetrain to let the models learn from it."));
    else
        m_empty->setText(tr("No span fits these filters."));
}

} // namespace telltale
