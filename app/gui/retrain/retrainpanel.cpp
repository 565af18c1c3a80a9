// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrainpanel.h"
#include "app/gui/classscorebars.h"
#include "pipeline/headmodels.h"
#include "widgets/models/texts.h"
#include "widgets/plot/statisticsviews.h"
#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

struct ScoreRow {
    const char* name;
    const char* key; ///< in the stored metrics
};

constexpr ScoreRow kRows[RetrainPanel::kScores] = {
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Accuracy"), "accuracy"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Macro F1"), "macro_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "Weighted F1"), "weighted_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of frequent classes"), "head_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of medium classes"), "medium_f1"},
    {QT_TRANSLATE_NOOP("telltale::RetrainPanel", "F1 of rare classes"), "tail_f1"},
};

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

RetrainPanel::Scores scoresOf(const ClipReport& report, const LongTailF1& groups)
{
    if (report.perClass.empty())
        return {kNotMeasured, kNotMeasured, kNotMeasured, kNotMeasured, kNotMeasured, kNotMeasured};
    return {report.accuracy, report.macroF1, report.weightedF1, groups.head, groups.medium, groups.tail};
}

RetrainPanel::Scores storedScores(const QJsonObject& stored)
{
    RetrainPanel::Scores scores{};
    for (size_t i = 0; i < scores.size(); ++i)
        scores[i] = stored[QLatin1String(kRows[i].key)].toDouble(kNotMeasured);
    return scores;
}

/// F1 per class; not a number where a class occurs neither in the truth nor in the answers.
std::vector<double> classesOf(const ClipReport& report)
{
    std::vector<double> scores;
    scores.reserve(report.perClass.size());
    for (const ClassScore& score : report.perClass)
        scores.push_back(score.truth + score.predicted > 0 ? score.f1 : kNotMeasured);
    return scores;
}

std::vector<double> storedClasses(const QJsonObject& stored)
{
    std::vector<double> scores;
    for (const QJsonValue& value : stored[QLatin1String("class_f1")].toArray())
        scores.push_back(value.toDouble(kNotMeasured));
    return scores;
}

QString scoreText(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', 3) : QStringLiteral("–");
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
    , m_classes(new ClassScoreBars)
    , m_scores(new QTableWidget(kScores, 3))
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
    auto* row = new QHBoxLayout;
    row->addWidget(buttonFor(start));
    row->addWidget(m_progress, 1);
    row->addWidget(buttonFor(cancel));
    layout->addLayout(row);
    m_progress->setAccessibleName(tr("Progress of the retraining"));
    m_progress->setMaximum(1000);
    m_progress->setTextVisible(false);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    m_plot->setMinimumHeight(fontMetrics().height() * 9);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_classes);
    scroll->setAccessibleName(tr("F1 per class"));
    m_tabs->addTab(m_plot, tr("Curves"));
    m_tabs->addTab(scroll, tr("Classes"));
    m_tabs->setTabToolTip(1, tr("Bars: the new heads. Marks: the heads in use."));
    m_tabs->setDocumentMode(true);
    layout->addWidget(m_tabs, 1);
    m_tabs->setMinimumHeight(fontMetrics().height() * 14);
    addTable();
    layout->addWidget(m_scores);
    layout->addLayout(buttons());
    // Scrolled downwards, never sideways: the dock is as wide as what is in it.
    whole->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    whole->setMinimumWidth(
        content->minimumSizeHint().width() + whole->verticalScrollBar()->sizeHint().width());
    followRetraining();
    showState();
}

void RetrainPanel::addTable()
{
    m_scores->setAccessibleName(tr("Scores of the heads in use and of the new ones"));
    m_scores->setHorizontalHeaderLabels({tr("In use"), tr("New"), tr("Change")});
    m_scores->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_scores->setSelectionMode(QAbstractItemView::NoSelection);
    m_scores->setFocusPolicy(Qt::NoFocus);
    m_scores->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_scores->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_scores->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QStringList names;
    for (const ScoreRow& score : kRows)
        names.append(tr(score.name));
    m_scores->setVerticalHeaderLabels(names);
    m_scores->setFixedHeight(m_scores->horizontalHeader()->sizeHint().height()
        + m_scores->rowCount() * m_scores->verticalHeader()->defaultSectionSize() + 4);
    for (int i = 0; i < kScores * 3; ++i) {
        auto* item = new QTableWidgetItem;
        item->setTextAlignment(Qt::AlignCenter);
        m_scores->setItem(i / 3, i % 3, item);
    }
}

QHBoxLayout* RetrainPanel::buttons()
{
    auto* row = new QHBoxLayout;
    m_promote->setToolTip(tr("Uses the new heads from now on"));
    m_discard->setToolTip(tr("Takes the new heads out of the project; the step can be undone"));
    m_rollBack->setToolTip(tr("Uses the heads again that the present ones were trained from"));
    for (QPushButton* button : {m_promote, m_discard, m_rollBack})
        row->addWidget(button);
    row->insertStretch(2);
    Retraining& retraining = m_bench.retraining;
    connect(m_promote, &QPushButton::clicked, &retraining, &Retraining::promote);
    connect(m_discard, &QPushButton::clicked, &retraining, &Retraining::discard);
    connect(m_rollBack, &QPushButton::clicked, &retraining, &Retraining::rollBack);
    return row;
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
    connect(&m_bench.session, &Session::projectChanged, this, [this] {
        m_plot->reset();
        showState();
    });
    connect(&m_bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Models) && !m_bench.retraining.running())
            showState();
    });
}

void RetrainPanel::begin()
{
    m_plot->reset();
    m_progress->setValue(0);
    m_text->setText(tr("Retraining from a snapshot; you can work on."));
    m_scores->hide();
    m_classes->setRows({});
    updateButtons();
}

void RetrainPanel::showEpoch(const RetrainProgress& progress)
{
    m_plot->addPoint(modalityText(progress.modality), progress.epoch, progress.loss, progress.heldMacroF1);
    if (progress.held.perClass.empty())
        return;
    showScores(
        scoresOf(progress.current, progress.currentGroups), scoresOf(progress.held, progress.heldGroups));
    showClasses(classesOf(progress.current), classesOf(progress.held));
}

void RetrainPanel::showResult()
{
    const RetrainResult& result = *m_bench.retraining.result();
    QStringList lines{result.measuredOnHeldOut ? tr("Done. Measured on held-out spans.")
                                               : tr("Done. Measured on the spans it learned from.")};
    for (const std::string& note : result.notes)
        lines.append(QString::fromStdString(note));
    showState(result.measuredOnHeldOut ? lines.join(QLatin1Char(' ')) : lines.front());
    m_progress->setValue(1000);
    m_text->setToolTip(lines.join(QLatin1Char('\n')));
    showScores(scoresOf(result.before, result.beforeGroups), scoresOf(result.after, result.afterGroups));
    showClasses(classesOf(result.before), classesOf(result.after));
}

void RetrainPanel::showState(const QString& text)
{
    const Document* document = m_bench.session.document();
    const ModelEntry* candidate = document ? candidateHeads(*document) : nullptr;
    const ModelEntry* active = document ? activeHeads(*document) : nullptr;
    m_progress->setValue(0);
    m_text->setToolTip({});
    m_scores->hide();
    m_classes->setRows({});
    if (!text.isEmpty())
        m_text->setText(text);
    else if (candidate)
        m_text->setText(tr("New heads wait beside those in use: promote or discard them."));
    else if (active)
        m_text->setText(tr("Retrained heads are in use. Retrain again when you have decided more."));
    else
        m_text->setText(tr("Teaches the models what you have decided. It runs in the background and leaves "
                           "your spans alone."));
    if (const ModelEntry* shown = candidate ? candidate : active)
        showStored(*shown);
    updateButtons();
}

void RetrainPanel::showStored(const ModelEntry& heads)
{
    const QJsonObject metrics = QJsonDocument::fromJson(QByteArray::fromStdString(heads.metrics)).object();
    const QJsonObject before = metrics[QLatin1String("before")].toObject();
    const QJsonObject after = metrics[QLatin1String("after")].toObject();
    if (after.isEmpty())
        return;
    showScores(storedScores(before), storedScores(after));
    showClasses(storedClasses(before), storedClasses(after));
}

void RetrainPanel::showScores(const Scores& now, const Scores& next)
{
    for (int row = 0; row < kScores; ++row) {
        const double before = now[static_cast<size_t>(row)];
        const double after = next[static_cast<size_t>(row)];
        m_scores->item(row, 0)->setText(scoreText(before));
        m_scores->item(row, 1)->setText(scoreText(after));
        m_scores->item(row, 2)->setText(
            (after >= before ? QStringLiteral("+") : QString()) + scoreText(after - before));
    }
    m_scores->show();
}

void RetrainPanel::showClasses(const std::vector<double>& now, const std::vector<double>& next)
{
    const Document* document = m_bench.session.document();
    std::vector<ClassScoreBars::Row> rows;
    for (size_t c = 0; document && c < std::min(now.size(), next.size()); ++c) {
        const int id = static_cast<int>(c);
        if (id >= document->scheme().classCount() || (!std::isfinite(now[c]) && !std::isfinite(next[c])))
            continue;
        const auto shown = [](double value) { return std::isfinite(value) ? value : 0; };
        rows.push_back({classText(document->scheme(), id), classColor(document->scheme(), id), shown(now[c]),
            shown(next[c])});
    }
    m_classes->setRows(std::move(rows));
}

void RetrainPanel::updateButtons()
{
    const Document* document = m_bench.session.document();
    const bool idle = document && !m_bench.retraining.running();
    const bool candidate = idle && candidateHeads(*document) != nullptr;
    m_promote->setEnabled(candidate);
    m_discard->setEnabled(candidate);
    m_rollBack->setEnabled(idle && formerHeads(*document).has_value());
}

} // namespace telltale
