// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/agreementpage.h"
#include "app/gui/projectactions.h"
#include "app/report/agreementfigures.h"
#include "widgets/models/texts.h"
#include "widgets/plot/agreementplot.h"
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>
#include <array>
#include <utility>

namespace telltale {
namespace {

constexpr std::array kOverlaps{0.1, 0.3, 0.5};
constexpr int kUsualOverlap = 1; ///< what the challenge counts
constexpr int kResamples = 1000;

QTableWidgetItem* cell(const QString& text, const QString& tip = {})
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(tip.isEmpty() ? text : tip);
    return item;
}

QTableWidgetItem* cell(const AgreementFigure* figure, int digits = 2)
{
    if (!figure)
        return cell(QString());
    auto* item = cell(agreementFigureText(*figure, digits), agreementReasonText(figure->missing));
    if (!figure->defined())
        item->setData(Qt::AccessibleTextRole, agreementReasonText(figure->missing));
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

} // namespace

AgreementPage::AgreementPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Agreement"), parent)
    , m_pages(new QStackedLayout(this))
    , m_message(new QLabel)
    , m_team(new QPushButton(tr("&Team...")))
    , m_askModel(new QPushButton(tr("Compare with the &model")))
    , m_pair(new QComboBox)
    , m_overlap(new QComboBox)
    , m_model(new QCheckBox(tr("With the &model")))
    , m_settle(new QPushButton(tr("&Settle disagreements...")))
    , m_summary(new QLabel)
    , m_tabs(new QTabBar)
    , m_parts(new QStackedWidget)
    , m_overall(new QTableWidget)
    , m_view(new QComboBox)
    , m_plot(new AgreementPlot)
    , m_show(new QComboBox)
    , m_class(new QComboBox)
    , m_list(new QTableView)
    , m_pairsModel(new DisagreementModel(this))
    , m_quick(bench.session.workers())
    , m_whole(bench.session.workers())
{
    m_pages->setContentsMargins(0, 0, 0, 0);
    auto* empty = new QWidget;
    auto* rows = new QVBoxLayout(empty);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_team->setToolTip(tr("Who codes which video independently"));
    m_askModel->setToolTip(tr("Counts the newest predictions as one more annotator"));
    rows->addStretch(1);
    rows->addWidget(m_message);
    rows->addWidget(m_team, 0, Qt::AlignHCenter);
    rows->addWidget(m_askModel, 0, Qt::AlignHCenter);
    rows->addStretch(1);
    m_pages->addWidget(empty);
    m_pages->addWidget(makeContent());
    connect(m_team, &QPushButton::clicked, this, [this] { editTeam(m_bench); });
    connect(m_askModel, &QPushButton::clicked, m_model, &QCheckBox::click);
    connect(m_model, &QCheckBox::toggled, this, &AgreementPage::refresh);
    connect(m_overlap, &QComboBox::currentIndexChanged, this, &AgreementPage::refresh);
    connect(m_pair, &QComboBox::currentIndexChanged, this, &AgreementPage::present);
    connect(m_view, &QComboBox::currentIndexChanged, this, &AgreementPage::showPlot);
    connect(m_settle, &QPushButton::clicked, this, [this] { settleDisagreements(m_bench); });
    const auto choose = [this] {
        m_pairsModel->setShow(static_cast<DisagreementModel::Show>(m_show->currentIndex()), false,
            m_class->currentData().toInt());
    };
    connect(m_show, &QComboBox::currentIndexChanged, this, choose);
    connect(m_class, &QComboBox::currentIndexChanged, this, choose);
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex& index) { goTo(index.row()); });
    connect(m_plot, &AgreementPlot::rowClicked, this, [this](int row) {
        m_class->setCurrentIndex(std::max(0, m_class->findData(m_rowLabels[static_cast<size_t>(row)])));
        m_tabs->setCurrentIndex(2);
    });
}

QWidget* AgreementPage::makeHead()
{
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* first = new QHBoxLayout;
    auto* pairName = new QLabel(tr("Bet&ween:"));
    pairName->setBuddy(m_pair);
    m_pair->setAccessibleName(tr("Annotators that are compared"));
    m_pair->setToolTip(tr("Which two annotators the figures are about"));
    m_pair->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    first->addWidget(pairName);
    first->addWidget(m_pair, 1);
    first->addWidget(m_model);
    rows->addLayout(first);
    auto* second = new QHBoxLayout;
    auto* overlapName = new QLabel(tr("&Overlap:"));
    overlapName->setBuddy(m_overlap);
    for (const double overlap : kOverlaps)
        m_overlap->addItem(locale().toString(overlap, 'f', 1));
    m_overlap->setCurrentIndex(kUsualOverlap);
    m_overlap->setAccessibleName(tr("Least overlap of two spans that stand for one gesture"));
    m_overlap->setToolTip(tr("Two spans stand for one gesture if the frames that both have are at least this "
                             "share of those that any of them has"));
    m_model->setToolTip(tr("Counts the newest predictions as one more annotator"));
    m_settle->setToolTip(tr("Go through the disagreements one by one and decide what holds"));
    second->addWidget(overlapName);
    second->addWidget(m_overlap);
    second->addStretch(1);
    second->addWidget(m_settle);
    rows->addLayout(second);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addWidget(m_summary);
    return head;
}

QWidget* AgreementPage::makeClasses()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 4, 0, 0);
    m_view->addItems(agreementViewNames());
    m_view->setAccessibleName(tr("Figure that is shown by class"));
    m_view->setToolTip(tr("Which figure is shown for each class"));
    rows->addWidget(m_view);
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Agreement by class"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_plot);
    rows->addWidget(scroll, 1);
    return page;
}

QWidget* AgreementPage::makePairs()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 4, 0, 0);
    auto* bar = new QHBoxLayout;
    m_show->addItems(
        {tr("Names and spans that stand alone"), tr("Ends that are far apart, too"), tr("All pairs")});
    m_show->setAccessibleName(tr("Which pairs are listed"));
    m_show->setToolTip(tr("Which pairs of spans are listed"));
    m_class->setAccessibleName(tr("Class of the listed pairs"));
    m_class->setToolTip(tr("Only pairs in which one of the two has this class"));
    bar->addWidget(m_show, 1);
    bar->addWidget(m_class, 1);
    rows->addLayout(bar);
    m_list->setModel(m_pairsModel);
    m_list->setAccessibleName(tr("Pairs of spans"));
    m_list->setToolTip(tr("Enter or a double click goes to the place in the video"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_list->horizontalHeader()->setHighlightSections(false);
    rows->addWidget(m_list, 1);
    return page;
}

QWidget* AgreementPage::makeContent()
{
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(4, 4, 4, 4);
    rows->addWidget(makeHead());
    m_overall->setAccessibleName(tr("Figures of agreement"));
    m_overall->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_overall->setTabKeyNavigation(false);
    m_overall->setShowGrid(false);
    m_overall->setWordWrap(false);
    m_overall->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_overall->verticalHeader()->hide();
    m_overall->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_overall->setColumnCount(3);
    m_overall->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_overall->horizontalHeader()->setHighlightSections(false);
    const auto addPart = [this](QWidget* part, const QString& name) {
        m_parts->addWidget(part);
        m_tabs->addTab(name);
    };
    addPart(m_overall, tr("Figures"));
    addPart(makeClasses(), tr("Classes"));
    addPart(makePairs(), tr("Pairs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Parts of the agreement"));
    connect(m_tabs, &QTabBar::currentChanged, m_parts, &QStackedWidget::setCurrentIndex);
    rows->addWidget(m_tabs);
    rows->addWidget(m_parts, 1);
    return content;
}

AgreementRequest AgreementPage::request(int resamples) const
{
    return {kOverlaps[static_cast<size_t>(m_overlap->currentIndex())], m_model->isChecked(), true, resamples};
}

void AgreementPage::refresh()
{
    m_whole.cancel();
    const Document* document = m_bench.session.document();
    if (!document) {
        m_quick.cancel();
        m_pairsModel->setItems(nullptr, nullptr, 0);
        m_analysis.reset();
        m_message->setText(tr("Open a project to see how far its annotators agree."));
        m_team->hide();
        m_askModel->hide();
        m_pages->setCurrentIndex(0);
        emit shown();
        return;
    }
    const auto count = [project = document->freeze()](const AgreementRequest& wanted) {
        return [project, wanted](ProgressSink& sink) -> Result<Shared> {
            auto found = analyzeAgreement(project, wanted, &sink);
            if (!found)
                return found.error();
            return std::make_shared<AgreementAnalysis>(std::move(*found));
        };
    };
    // The figures themselves at once; what has to be drawn a thousand times follows.
    m_quick.start(count(request(0)), [this, whole = count(request(kResamples))](const Result<Shared>& found) {
        take(found);
        if (found && (*found)->gap == AgreementGap::None && (*found)->set.groups > 1)
            m_whole.start(whole, [this](const Result<Shared>& better) { take(better); });
    });
}

void AgreementPage::take(const Result<Shared>& found)
{
    if (!found) {
        if (found.error().code != ErrorCode::Cancelled) {
            m_message->setText(QString::fromStdString(found.error().message));
            m_pages->setCurrentIndex(0);
        }
        return;
    }
    const Shared former = std::exchange(m_analysis, *found); // rows of the list point to it until they change
    const QString chosen = m_pair->currentText();
    {
        const QSignalBlocker blocker(m_pair);
        m_pair->clear();
        for (const PairAgreement& pair : m_analysis->report.pairs)
            m_pair->addItem(tr("%1 \u2013 %2")
                                .arg(agreementCoderText(m_analysis->coders[static_cast<size_t>(pair.a)]),
                                    agreementCoderText(m_analysis->coders[static_cast<size_t>(pair.b)])));
        m_pair->setCurrentIndex(std::max(0, m_pair->findText(chosen)));
    }
    present();
}

size_t AgreementPage::pairIndex() const { return static_cast<size_t>(std::max(0, m_pair->currentIndex())); }

QString AgreementPage::message() const
{
    return m_pages->currentIndex() == 0 ? m_message->text() : QString();
}

void AgreementPage::present()
{
    if (!m_analysis)
        return;
    const AgreementGap gap = m_analysis->gap;
    const bool there = gap == AgreementGap::None;
    m_message->setText(agreementGapMessage(gap));
    const bool helps = gap == AgreementGap::OneCoder || gap == AgreementGap::NothingShared;
    m_team->setVisible(helps || gap == AgreementGap::NoSpans);
    m_askModel->setVisible(helps && !m_model->isChecked());
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (there) {
        showOverall();
        showPlot();
        showPairs();
    } else {
        m_plot->setRows({}, {}, {}, {});
        m_pairsModel->setItems(nullptr, nullptr, 0);
    }
    emit shown();
}

void AgreementPage::showOverall()
{
    const PairAgreement& pair = m_analysis->report.pairs[pairIndex()];
    const PairCounts& counts = pair.all.counts;
    const QLocale numbers;
    const auto number = [&numbers](int64_t value) { return numbers.toString(static_cast<qlonglong>(value)); };
    QString text = tr("%1 spans and %2 spans, %3 pairs, %4 of them with the same name; alone: %5 and %6. "
                      "Compared frames: %7.")
                       .arg(number(counts.spansA), number(counts.spansB), number(counts.pairedA),
                           number(counts.named), number(counts.spansA - counts.pairedA),
                           number(counts.spansB - counts.pairedB), number(pair.framesCompared));
    text += QLatin1Char(' ')
        + (m_analysis->set.groups < 2 ? tr("No intervals: there is one video alone.")
                : m_analysis->bySubject
                ? tr("In brackets: 95 % intervals over %n subject(s).", nullptr, m_analysis->set.groups)
                : tr("In brackets: 95 % intervals over %n video(s), because there is one subject.", nullptr,
                    m_analysis->set.groups));
    m_summary->setText(text);
    m_overall->setHorizontalHeaderLabels({tr("Figure"), tr("With background, unmatched"), tr("Without")});
    m_overall->setRowCount(0);
    const auto add = [this](const QString& name, QTableWidgetItem* with, QTableWidgetItem* without) {
        const int row = m_overall->rowCount();
        m_overall->insertRow(row);
        m_overall->setItem(row, 0, cell(name));
        m_overall->setItem(row, 1, with);
        m_overall->setItem(row, 2, without);
    };
    const auto none = [] { return cell(static_cast<const AgreementFigure*>(nullptr)); };
    const PairFigures& figures = pair.all.figures;
    add(tr("Cohen's kappa, frames"), cell(&figures.frameKappa), cell(&figures.gestureKappa));
    add(tr("Kappa, spans"), cell(&figures.unmatchedKappa), cell(&figures.spanKappa));
    for (size_t i = 0; i < figures.f1.size(); ++i)
        add(tr("Span F1 at overlap %1").arg(numbers.toString(kOverlaps[i], 'f', 1)), cell(&figures.f1[i]),
            none());
    const auto addEnds = [&](const QString& mean, const QString& median, const BoundaryFigures& ends) {
        add(mean, cell(&ends.meanFrames, 1), cell(&ends.meanMs, 0));
        add(median, cell(&ends.medianFrames, 1), cell(&ends.medianMs, 0));
    };
    addEnds(tr("Starts apart, mean (frames | ms)"), tr("Starts apart, median (frames | ms)"), figures.start);
    addEnds(tr("Ends apart, mean (frames | ms)"), tr("Ends apart, median (frames | ms)"), figures.end);
    const GroupFigures& group = m_analysis->report.all;
    const auto people = static_cast<int>(m_analysis->report.group.size());
    add(tr("Fleiss' kappa of %n annotator(s), frames", nullptr, people), cell(&group.fleiss),
        cell(&group.fleissGestures));
    add(tr("Krippendorff's alpha of %n annotator(s), frames", nullptr, people), cell(&group.alpha),
        cell(&group.alphaGestures));
    if (!m_analysis->hints)
        return;
    const std::array names{tr("where a proposal was shown"), tr("where a proposal was withheld"),
        tr("where the model had nothing")};
    for (size_t hint = 0; hint < kHints; ++hint) {
        const PairFigures& part = pair.byHint[hint].figures;
        add(tr("Cohen's kappa, frames, %1").arg(names[hint]), cell(&part.frameKappa),
            cell(&part.gestureKappa));
        add(tr("Kappa, spans, %1").arg(names[hint]), cell(&part.unmatchedKappa), cell(&part.spanKappa));
        add(tr("Span F1 at 0.3, %1").arg(names[hint]), cell(&part.f1[1]), none());
    }
}

void AgreementPage::showPlot()
{
    const Document* document = m_bench.session.document();
    if (m_analysis && document && m_analysis->gap == AgreementGap::None)
        m_rowLabels = fillAgreementPlot(*m_plot, *m_analysis, pairIndex(),
            static_cast<AgreementView>(m_view->currentIndex()), document->scheme());
}

void AgreementPage::showPairs()
{
    const Document* document = m_bench.session.document();
    m_pairsModel->setItems(document, m_analysis.get(), pairIndex());
    if (!document)
        return;
    const QSignalBlocker blocker(m_class);
    const QVariant chosen = m_class->currentData();
    m_class->clear();
    m_class->addItem(tr("All classes"), -1);
    for (int label = 0; label <= m_analysis->unnamed; ++label) {
        const PairCounts& counts
            = m_analysis->report.pairs[pairIndex()].labels[static_cast<size_t>(label)].counts;
        if (counts.spansA + counts.spansB > 0)
            m_class->addItem(agreementLabelText(*m_analysis, document->scheme(), label), label);
    }
    m_class->setCurrentIndex(std::max(0, m_class->findData(chosen)));
}

void AgreementPage::goTo(int row)
{
    const Disagreement& item = m_pairsModel->item(row);
    m_bench.session.openVideo(item.videoId);
    m_bench.player.seek(item.hull().first);
}

std::vector<Table> AgreementPage::tables() const
{
    const Document* document = m_bench.session.document();
    if (!document || !m_analysis)
        return {};
    return telltale::tables(*m_analysis, document->scheme());
}

std::vector<PlotView*> AgreementPage::figures() const { return {m_plot}; }

} // namespace telltale
