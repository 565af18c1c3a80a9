// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/tailpage.h"
#include "app/gui/mainwindow.h"
#include "app/gui/reviewpanel.h"
#include "app/gui/sprint/sprintdialog.h"
#include "app/report/tailfigures.h"
#include "pipeline/analysis/tailtables.h"
#include "widgets/models/texts.h"
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace telltale {

TailPage::TailPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Long tail"), parent)
    , m_counting(bench.session.workers())
    , m_scoring(bench.session.workers())
    , m_predicted(std::make_shared<PredictedClasses>())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_parts = new QSplitter(Qt::Vertical);
    m_parts->setChildrenCollapsible(false);
    m_advice = new QTextBrowser;
    m_advice->setAccessibleName(tr("What to label next"));
    m_advice->setToolTip(tr("What to know and to do; Tab walks through the classes, Enter chooses one"));
    m_advice->setOpenLinks(false);
    m_advice->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    m_advice->setFrameShape(QFrame::NoFrame);
    m_advice->setMinimumHeight(fontMetrics().height() * 4);
    connect(m_advice, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (QMenu* const menu = offerClass(link.path().toInt()))
            menu->popup(QCursor::pos());
    });
    m_parts->addWidget(m_advice);
    auto* lower = new QWidget;
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(0, 0, 0, 0);
    below->addWidget(makeOptions());
    below->addWidget(makeViews(), 1);
    m_parts->addWidget(lower);
    m_parts->setStretchFactor(1, 1);
    m_parts->setSizes({fontMetrics().height() * 7, fontMetrics().height() * 22});
    layout->addWidget(m_parts);
    showOptions();
    fill();
    connect(&bench.session, &Session::projectAboutToClose, this, [this] { // also while it is not seen
        m_counting.cancel();
        m_scoring.cancel();
        m_folder.clear();
        m_tail = {};
    });
}

QWidget* TailPage::makeOptions()
{
    auto* box = new QWidget;
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto makeChoice = [](const QString& name) {
        auto* combo = new QComboBox;
        combo->setAccessibleName(name);
        combo->setToolTip(name);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(8);
        return combo;
    };
    m_view = makeChoice(tr("What to show of the long tail"));
    m_view->addItems({tr("Rank and size"), tr("Class counts"), tr("Subjects per class"), tr("Splits"),
        tr("F1 by size"), tr("Class weights")});
    m_logarithmic = new QCheckBox(tr("&Logarithmic"));
    m_logarithmic->setToolTip(tr("Logarithmic axes: a power law is a straight line there"));
    m_logarithmic->setChecked(true);
    m_basis = makeChoice(tr("What F1 is measured on"));
    for (const TailBasis basis : {TailBasis::Heads, TailBasis::Audits, TailBasis::Decisions})
        m_basis->addItem(TailFigures::nameOf(basis));
    m_set = makeChoice(tr("Whose class weights"));
    m_targetName = new QLabel(tr("&Target:"));
    m_target = new QDoubleSpinBox;
    m_targetName->setBuddy(m_target);
    m_target->setAccessibleName(tr("F1 that every class should reach"));
    m_target->setToolTip(m_target->accessibleName());
    m_target->setRange(0.1, 0.99);
    m_target->setSingleStep(0.05);
    m_target->setValue(TailOptions().target);
    m_target->setKeyboardTracking(false);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_basis, 1);
    layout->addWidget(m_set, 1);
    layout->addWidget(m_logarithmic);
    layout->addWidget(m_targetName);
    layout->addWidget(m_target);
    connect(m_view, &QComboBox::currentIndexChanged, this, &TailPage::showOptions);
    connect(m_logarithmic, &QCheckBox::toggled, this, &TailPage::fill);
    connect(m_basis, &QComboBox::currentIndexChanged, this, &TailPage::fill);
    connect(m_set, &QComboBox::currentIndexChanged, this, &TailPage::fill);
    connect(m_target, &QDoubleSpinBox::valueChanged, this, &TailPage::score);
    return box;
}

QWidget* TailPage::makeViews()
{
    m_views = new QStackedWidget;
    m_zipf = new ClassPointsView;
    m_counts = new ClassBarsView;
    m_subjects = new ClassBarsView;
    m_coverage = new ClassCellsView;
    m_scores = new ClassPointsView;
    m_weights = new ClassBarsView;
    const auto add = [this](auto* view) {
        m_views->addWidget(view); // in the order of View
        connect(view, &std::remove_pointer_t<decltype(view)>::classClicked, this, [this, view](int classId) {
            if (QMenu* const menu = offerClass(classId))
                menu->popup(view->underMouse() ? QCursor::pos() : view->mapToGlobal(view->rect().center()));
        });
    };
    add(m_zipf);
    add(m_counts);
    add(m_subjects);
    add(m_coverage);
    add(m_scores);
    add(m_weights);
    return m_views;
}

void TailPage::showView(View view) { m_view->setCurrentIndex(view); }

void TailPage::showOptions()
{
    const int view = m_view->currentIndex();
    m_views->setCurrentIndex(view);
    m_logarithmic->setVisible(view == Zipf || view == Scores);
    m_basis->setVisible(view == Scores);
    m_set->setVisible(view == Weights && m_set->count() > 1);
    m_targetName->setVisible(view == Scores);
    m_target->setVisible(view == Scores);
}

TailOptions TailPage::options() const
{
    TailOptions options;
    options.target = m_target->value();
    options.auditShare = m_bench.review.spans().auditShare();
    options.predicted = m_predicted;
    return options;
}

void TailPage::refresh()
{
    const Document* document = m_bench.session.document();
    if (!document || document->folder() != m_folder) {
        m_predicted = std::make_shared<PredictedClasses>(); // another project has other numbers
        m_folder = document ? document->folder() : std::filesystem::path();
        m_tail = {};
        fill();
    }
    if (document)
        count();
    else
        emit shown();
}

void TailPage::count()
{
    m_counting.start([project = m_bench.session.document()->freeze(), options = options()](
                         ProgressSink&) -> Result<TailAnalysis> { return tailCounts(project, options); },
        [this](const Result<TailAnalysis>& counted) {
            if (!counted || !m_bench.session.document())
                return;
            TailAnalysis tail = *counted;
            if (m_tail.complete) { // what was known of F1 stays until it is known anew
                tail.scores = std::move(m_tail.scores);
                tail.rounds = std::move(m_tail.rounds);
                tail.advice = std::move(m_tail.advice);
                tail.complete = true;
            }
            take(std::move(tail));
            score();
        });
}

void TailPage::score()
{
    if (!m_bench.session.document())
        return;
    m_scoring.start([project = m_bench.session.document()->freeze(), options = options()](
                        ProgressSink& progress) { return tailAnalysis(project, options, progress); },
        [this](const Result<TailAnalysis>& analysed) {
            if (analysed && m_bench.session.document())
                take(*analysed);
        });
}

void TailPage::take(TailAnalysis tail)
{
    m_tail = std::move(tail);
    fillSets();
    fill();
    emit shown();
}

void TailPage::fillSets()
{
    const QSignalBlocker quiet(m_set);
    const int before = m_set->currentIndex();
    const LabelScheme& scheme = m_bench.session.document()->scheme();
    m_set->clear();
    for (const ClassWeights& weights : m_tail.weights)
        m_set->addItem(TailFigures(m_tail, scheme).nameOf(weights));
    m_set->setCurrentIndex(std::clamp(before, 0, std::max(0, m_set->count() - 1)));
    showOptions();
}

void TailPage::fill()
{
    const Document* document = m_bench.session.document();
    const LabelScheme scheme = document ? document->scheme() : LabelScheme();
    const TailFigures figures(m_tail, scheme);
    figures.showZipf(*m_zipf, m_logarithmic->isChecked());
    figures.showCounts(*m_counts);
    figures.showSubjects(*m_subjects);
    figures.showCoverage(*m_coverage);
    figures.showScores(
        *m_scores, static_cast<TailBasis>(m_basis->currentIndex()), m_logarithmic->isChecked());
    figures.showWeights(*m_weights, static_cast<size_t>(std::max(0, m_set->currentIndex())));
    const QStringList sentences = figures.sentences(true);
    m_advice->setVisible(!sentences.isEmpty());
    const QString html = sentences.isEmpty()
        ? QString()
        : QStringLiteral("<p>%1</p>").arg(sentences.join(QStringLiteral("</p><p>")));
    if (html != m_advice->property("shown").toString()) { // keeps its place otherwise
        m_advice->setProperty("shown", html);
        m_advice->setHtml(html);
    }
}

std::vector<Table> TailPage::tables() const
{
    const Document* document = m_bench.session.document();
    return document ? telltale::tables(m_tail, document->scheme()) : std::vector<Table>();
}

std::vector<PlotView*> TailPage::figures() const
{
    return {m_zipf, m_counts, m_subjects, m_coverage, m_scores, m_weights};
}

QString TailPage::advice() const { return m_advice->toPlainText(); }

QMenu* TailPage::offerClass(int classId)
{
    const TailClass* one = m_tail.find(classId);
    const Document* document = m_bench.session.document();
    if (!one || !document)
        return nullptr;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(classText(document->scheme(), classId));
    menu->addAction(tr("&Review its proposals (%1)").arg(one->proposed), this,
            [this, classId] { listClass(classId, false); })
        ->setEnabled(one->proposed > 0);
    menu->addAction(tr("Tail &sprint through them"), this, [this, classId] { sprint(classId); })
        ->setEnabled(one->proposed > 0);
    menu->addAction(tr("Look at its &decided spans (%1)").arg(one->decided), this,
            [this, classId] { listClass(classId, true); })
        ->setEnabled(one->decided > 0);
    menu->addAction(tr("&Hunt the whole tail: rarest classes first"), this,
        [this] { listClass(SpanListFilter::kAnyClass, false); });
    return menu;
}

void TailPage::listClass(int classId, bool decided)
{
    auto* panel = m_bench.window.findChild<ReviewPanel*>();
    if (!panel)
        return;
    panel->list(decided ? SpanListFilter::Show::Decided : SpanListFilter::Show::Open,
        decided ? QueueOrder::Time : QueueOrder::TailHunt, classId);
    m_bench.window.showPanel("review");
}

void TailPage::sprint(int classId)
{
    if (auto* dialog = qobject_cast<SprintDialog*>(openSprint(m_bench)))
        dialog->chooseClass(classId);
}

} // namespace telltale
