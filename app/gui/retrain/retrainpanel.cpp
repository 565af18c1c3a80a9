// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/retrainpanel.h"
#include "app/gui/mainwindow.h"
#include "app/gui/retrain/classtrendview.h"
#include "app/gui/retrain/forgettingnotice.h"
#include "app/gui/retrain/whatifview.h"
#include "app/gui/theme.h"
#include "pipeline/headmodels.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include "widgets/timeline/timelineview.h"
#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr double kNotMeasured = ClassTrend::kNotMeasured;
constexpr int kNarrow = 340; ///< pixels that a narrow dock has for its content

ScoreGrid::Scores scoresOf(const ClipReport& report, const LongTailF1& groups)
{
    return {report.accuracy, report.macroF1, report.weightedF1, groups.head, groups.medium, groups.tail};
}

ScoreGrid::Scores storedScores(const QJsonObject& stored)
{
    ScoreGrid::Scores scores{};
    for (size_t i = 0; i < scores.size(); ++i)
        scores.at(i) = stored[QLatin1String(ScoreGrid::key(static_cast<int>(i)))].toDouble(kNotMeasured);
    return scores;
}

std::vector<double> storedClasses(const QJsonObject& stored)
{
    std::vector<double> scores;
    for (const QJsonValue& value : stored[QLatin1String("class_f1")].toArray())
        scores.push_back(value.toDouble(kNotMeasured));
    return scores;
}

std::vector<int64_t> storedExamples(const QJsonObject& metrics)
{
    std::vector<int64_t> counts;
    for (const QJsonValue& value : metrics[QLatin1String("class_examples")].toArray())
        counts.push_back(value.toInteger());
    return counts;
}

std::vector<ForgottenClass> storedForgotten(const QJsonObject& stored)
{
    std::vector<ForgottenClass> forgotten;
    for (const QJsonValue& value : stored[QLatin1String("classes")].toArray()) {
        const QJsonObject one = value.toObject();
        forgotten.push_back({one[QLatin1String("class")].toInt(-1), one[QLatin1String("from")].toDouble(),
            one[QLatin1String("to")].toDouble(), one[QLatin1String("examples")].toInteger()});
    }
    return forgotten;
}

QJsonObject parsed(const std::string& json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

QToolButton* buttonFor(QAction* action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(action->toolTip());
    return button;
}

} // namespace

RetrainPanel::RetrainPanel(Workbench& bench, QAction* start, QAction* cancel, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_progress(new QProgressBar)
    , m_text(new QLabel)
    , m_tabs(new QTabWidget)
    , m_plot(new TrainingPlot)
    , m_classes(new ClassTrendView)
    , m_whatIf(new WhatIfView(bench.session, bench.retraining.whatIf()))
    , m_scores(new ScoreGrid)
    , m_notice(new ForgettingNotice)
    , m_promote(new QPushButton(tr("&Promote")))
    , m_discard(new QPushButton(tr("&Discard")))
    , m_rollBack(new QPushButton(tr("Roll &back")))
{
    // All of it at its height, however low the dock is.
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* whole = new QScrollArea;
    whole->setWidgetResizable(true);
    whole->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget;
    whole->setWidget(content);
    outer->addWidget(whole);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    addProgress(*layout, start, cancel);
    addTabs(*layout);
    layout->addWidget(m_scores);
    // What is to be decided stays in sight.
    auto* below = new QVBoxLayout;
    below->setContentsMargins(8, 4, 8, 8);
    below->setSpacing(6);
    outer->addLayout(below);
    below->addWidget(m_notice);
    addButtons(*below);
    // Scrolled downwards, never sideways: the dock is as wide as what is in it.
    whole->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    whole->setMinimumWidth(
        content->minimumSizeHint().width() + whole->verticalScrollBar()->sizeHint().width());
    followRetraining();
    showState();
}

void RetrainPanel::addProgress(QVBoxLayout& layout, QAction* start, QAction* cancel)
{
    auto* row = new QHBoxLayout;
    row->addWidget(buttonFor(start));
    row->addWidget(m_progress, 1);
    cancel->setIconText(tr("Stop")); // its whole text would fill a narrow dock
    row->addWidget(buttonFor(cancel));
    layout.addLayout(row);
    m_progress->setAccessibleName(tr("Progress of the retraining"));
    m_progress->setMaximum(1000);
    m_progress->setTextVisible(false);
    QSizePolicy room = m_progress->sizePolicy(); // it is there while something runs; its place always
    room.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(room);
    m_progress->hide();
    m_progress->setMinimumWidth(fontMetrics().averageCharWidth() * 4);
    m_text->setWordWrap(true);
    layout.addWidget(m_text);
}

void RetrainPanel::addTabs(QVBoxLayout& layout)
{
    m_plot->setMinimumHeight(fontMetrics().height() * 9);
    m_tabs->addTab(m_plot, tr("Curves"));
    m_tabs->addTab(m_classes, tr("Classes"));
    m_tabs->addTab(m_whatIf, tr("What if"));
    m_tabs->setTabToolTip(1, tr("F1 of each class, epoch by epoch, beside that of the heads in use"));
    m_tabs->setTabToolTip(2, tr("Which open proposals the new heads would name otherwise"));
    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumHeight(fontMetrics().height() * 11);
    layout.addWidget(m_tabs, 1);
}

void RetrainPanel::addButtons(QVBoxLayout& layout)
{
    m_discard->setToolTip(tr("Takes the new heads out of the project; the step can be undone"));
    m_rollBack->setToolTip(tr("Uses the heads again that the present ones were trained from"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_promote, 1);
    row->addWidget(m_discard, 1);
    layout.addLayout(row);
    // Where the words are long, the third one has a line of its own.
    const int together = m_promote->sizeHint().width() + m_discard->sizeHint().width()
        + m_rollBack->sizeHint().width() + 3 * m_promote->iconSize().width();
    if (together < kNarrow)
        row->addWidget(m_rollBack, 1);
    else
        layout.addWidget(m_rollBack);
    Retraining& retraining = m_bench.retraining;
    connect(m_promote, &QPushButton::clicked, &retraining, &Retraining::promote);
    connect(m_discard, &QPushButton::clicked, &retraining, &Retraining::discard);
    connect(m_rollBack, &QPushButton::clicked, &retraining, &Retraining::rollBack);
    // Back to the review: the button that was pressed is disabled now, and the next Space would press
    // another.
    for (QPushButton* button : {m_promote, m_discard, m_rollBack})
        connect(button, &QPushButton::clicked, this,
            [this] { m_bench.window.timeline().setFocus(Qt::OtherFocusReason); });
}

void RetrainPanel::followRetraining()
{
    Retraining& retraining = m_bench.retraining;
    connect(&retraining, &Retraining::started, this, &RetrainPanel::begin);
    connect(&retraining, &Retraining::progressed, this, [this](int permille, const QString& what) {
        m_progress->setValue(permille);
        m_text->setText(what);
    });
    connect(&retraining, &Retraining::epochDone, this, &RetrainPanel::showEpoch);
    connect(&retraining, &Retraining::finished, this, &RetrainPanel::showResult);
    connect(&retraining, &Retraining::cancelled, this,
        [this] { showState(tr("Stopped; nothing was changed.")); });
    connect(&retraining, &Retraining::failed, this, [this](const QString& text) { showState(text); });
    connect(m_whatIf, &WhatIfView::spanChosen, this, [this](qint64 id) { m_bench.review.select(id, true); });
    connect(&m_bench.session, &Session::projectChanged, this, [this] {
        m_plot->reset();
        resetClasses();
        showState();
    });
    connect(&m_bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (m_bench.retraining.running())
            return;
        if (!(kinds & (ChangeKind::Models | ChangeKind::Scheme)))
            return;
        if (!showsCourse() || kinds.testFlag(ChangeKind::Scheme))
            resetClasses();
        showState();
    });
}

bool RetrainPanel::showsCourse() const
{
    const Document* document = m_bench.session.document();
    const ModelEntry* candidate = document ? candidateHeads(*document) : nullptr;
    const auto& result = m_bench.retraining.result();
    return candidate && result && candidate->digest == result->digest;
}

void RetrainPanel::resetClasses()
{
    const Document* document = m_bench.session.document();
    m_classes->trends().reset(document ? document->scheme() : LabelScheme());
}

void RetrainPanel::begin()
{
    m_plot->reset();
    resetClasses();
    m_progress->setValue(0);
    m_progress->show();
    m_text->setText(tr("Retraining from a snapshot; you can work on."));
    m_text->setToolTip({});
    m_text->setAccessibleDescription({});
    m_scores->hide();
    m_notice->withdraw();
    updateButtons();
}

void RetrainPanel::showEpoch(const RetrainProgress& progress)
{
    const QString modality = modalityText(progress.modality);
    m_plot->addPoint(modality, progress.epoch, progress.loss, progress.heldMacroF1);
    if (progress.held.perClass.empty())
        return;
    showScores(
        scoresOf(progress.current, progress.currentGroups), scoresOf(progress.held, progress.heldGroups));
    m_classes->trends().addEpoch(progress);
    m_classes->trends().setForgotten(progress.forgotten);
    m_notice->announce(m_bench.session.document()->scheme(), progress.forgotten, modality);
}

void RetrainPanel::showResult()
{
    const RetrainResult& result = *m_bench.retraining.result();
    QStringList lines{result.measuredOnHeldOut ? tr("Done. Measured on held-out spans.")
                                               : tr("Done. Measured on the spans it learned from.")};
    for (const std::string& note : result.notes)
        lines.append(QString::fromStdString(note));
    m_progress->hide();
    // Classes that keep their heads can be many: they would push the figures out of sight.
    m_text->setText(lines.size() > 1
            ? lines.front() + u' ' + tr("The tool tip says which classes keep their heads.")
            : lines.front());
    m_text->setToolTip(lines.join(QLatin1Char('\n')));
    m_text->setAccessibleDescription(lines.mid(1).join(u' '));
    showFigures(parsed(result.metricsJson), true);
    updateButtons();
}

void RetrainPanel::showState(const QString& text)
{
    const Document* document = m_bench.session.document();
    const ModelEntry* candidate = document ? candidateHeads(*document) : nullptr;
    const ModelEntry* active = document ? activeHeads(*document) : nullptr;
    m_progress->hide();
    m_text->setToolTip({});
    m_text->setAccessibleDescription({});
    m_scores->hide();
    m_notice->withdraw();
    if (!text.isEmpty())
        m_text->setText(text);
    else if (candidate)
        m_text->setText(tr("New heads wait beside those in use: promote or discard them."));
    else if (active)
        m_text->setText(tr("Retrained heads are in use. Retrain again when you have decided more."));
    else
        m_text->setText(tr("Teaches the models what you have decided. It runs in the background and leaves "
                           "your spans alone."));
    m_classes->trends().setFigures({}, {}, {});
    if (const ModelEntry* shown = candidate ? candidate : active)
        showFigures(parsed(shown->metrics), shown == candidate);
    updateButtons();
}

void RetrainPanel::showFigures(const QJsonObject& metrics, bool warn)
{
    const QJsonObject before = metrics[QLatin1String("before")].toObject();
    const QJsonObject after = metrics[QLatin1String("after")].toObject();
    if (after.isEmpty())
        return;
    showScores(storedScores(before), storedScores(after));
    const QJsonObject judged = metrics[QLatin1String("forgotten")].toObject();
    const std::vector<ForgottenClass> forgotten
        = warn ? storedForgotten(judged) : std::vector<ForgottenClass>();
    m_classes->trends().setFigures(storedClasses(before), storedClasses(after), storedExamples(metrics));
    m_classes->trends().setForgotten(forgotten);
    m_notice->setRule(
        {judged[QLatin1String("margin")].toDouble(), judged[QLatin1String("fewest_examples")].toInteger()});
    m_notice->announce(m_bench.session.document()->scheme(), forgotten);
}

void RetrainPanel::showScores(const ScoreGrid::Scores& now, const ScoreGrid::Scores& next)
{
    m_scores->setScores(now, next);
    m_scores->show();
}

void RetrainPanel::updateButtons()
{
    const Document* document = m_bench.session.document();
    const bool idle = document && !m_bench.retraining.running();
    const bool candidate = idle && candidateHeads(*document) != nullptr;
    m_promote->setEnabled(candidate);
    m_discard->setEnabled(candidate);
    m_rollBack->setEnabled(idle && formerHeads(*document).has_value());
    // Promoting is one step that can be taken back, so it warns and does not ask.
    const bool risky = candidate && !m_notice->text().isEmpty();
    m_promote->setIcon(risky ? themedIcon(QStringLiteral("warning")) : QIcon());
    m_promote->setAccessibleDescription(risky ? m_notice->text() : QString());
    m_promote->setToolTip(risky ? tr("Uses the new heads from now on, although they forget classes")
                                : tr("Uses the new heads from now on"));
}

} // namespace telltale
