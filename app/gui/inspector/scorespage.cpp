// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/scorespage.h"
#include "app/gui/bardelegate.h"
#include "app/gui/inspector/quiettable.h"
#include "widgets/models/bestclasses.h"
#include "widgets/models/texts.h"
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

constexpr int kShareRole = Qt::UserRole + 1;
constexpr size_t kClassesShown = 5;

} // namespace

ScoresPage::ScoresPage(QWidget* parent)
    : QWidget(parent)
    , m_none(new QLabel(tr("No model has said anything of this span.")))
    , m_scores(new QTableWidget)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    m_none->setWordWrap(true);
    layout->addWidget(m_none);
    layout->addWidget(makeVerdicts());
    makeScores();
    layout->addWidget(m_scores);
    layout->addStretch(1);
}

void ScoresPage::makeScores()
{
    m_scores->setAccessibleName(tr("Probabilities by class and modality"));
    makeQuietTable(*m_scores);
    m_scores->setItemDelegate(new BarDelegate(kShareRole, this));
}

void ScoresPage::present(
    const Prediction* prediction, const LabelScheme& scheme, const std::vector<Candidate>& now)
{
    m_none->setVisible(!prediction);
    showVerdicts(prediction, scheme);
    showNow(prediction, scheme, now);
    m_scores->setVisible(prediction && !prediction->fused.empty());
    if (prediction && !prediction->fused.empty())
        showScores(*prediction, scheme);
}

QWidget* ScoresPage::makeVerdicts()
{
    m_verdicts = new QWidget;
    m_verdicts->setObjectName(QStringLiteral("verdicts"));
    auto* grid = new QGridLayout(m_verdicts);
    grid->setContentsMargins(0, 2, 0, 2);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    const std::tuple<Verdict*, QString, QString> lines[]{
        {&m_detector, tr("Detector"), tr("What found the span: is it a gesture?")},
        {&m_ensemble, tr("Ensemble"), tr("What named it: the vote of all that looked at the clip.")},
        {&m_together, tr("Together"), tr("The product of both scores.")},
        {&m_now, tr("Now"),
            tr("What the heads that were retrained since say of it. The list goes by that.")}};
    for (int row = 0; row < 4; ++row) {
        const auto& [verdict, title, tip] = lines[row];
        *verdict = {new QLabel(title), new QLabel, new QLabel};
        verdict->name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        verdict->share->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        int column = 0;
        for (QLabel* label : {verdict->title, verdict->name, verdict->share}) {
            label->setToolTip(tip);
            label->setTextFormat(Qt::PlainText);
            grid->addWidget(label, row, column++);
        }
    }
    QFont bold = font();
    bold.setBold(true);
    m_together.name->setFont(bold);
    m_together.share->setFont(bold);
    m_disagreement = new QLabel;
    m_disagreement->setFont(bold);
    m_disagreement->setObjectName(QStringLiteral("disagreement"));
    m_disagreement->setWordWrap(true);
    m_disagreement->setTextFormat(Qt::PlainText);
    grid->addWidget(m_disagreement, 4, 0, 1, 3);
    return m_verdicts;
}

void ScoresPage::showVerdict(
    const Verdict& verdict, const LabelScheme& scheme, int classId, double share, const QString& nameless)
{
    verdict.name->setText(classId < 0 ? nameless : classText(scheme, classId));
    verdict.share->setText(share < 0 ? QString() : percentText(share));
    const QString spoken
        = QStringLiteral("%1: %2 %3").arg(verdict.title->text(), verdict.name->text(), verdict.share->text());
    verdict.name->setAccessibleName(spoken);
}

void ScoresPage::showVerdicts(const Prediction* prediction, const LabelScheme& scheme)
{
    m_verdicts->setVisible(prediction);
    if (!prediction)
        return;
    const SpanScores scores = spanScores(*prediction);
    showVerdict(m_detector, scheme, scores.detectorClass, scores.detector, tr("a gesture"));
    showVerdict(m_ensemble, scheme, scores.ensembleClass, scores.ensemble, tr("has not named it"));
    showVerdict(m_together, scheme, scores.ensembleClass, scores.together, QString());
    for (QLabel* label : {m_together.title, m_together.name, m_together.share})
        label->setVisible(scores.together >= 0);
    m_disagreement->setText(
        QStringLiteral("\u26a0 %1").arg(tr("Detector and ensemble name different classes.")));
    m_disagreement->setVisible(scores.disagree());
}

void ScoresPage::showNow(
    const Prediction* prediction, const LabelScheme& scheme, const std::vector<Candidate>& now)
{
    std::vector<Candidate> then
        = prediction ? bestClasses(prediction->fused, kClassesShown) : std::vector<Candidate>();
    dropRetired(then, scheme); // as it was from `now`
    const bool changed = !then.empty() && !now.empty()
        && (now.front().classId != then.front().classId
            || percentText(now.front().probability) != percentText(then.front().probability));
    if (changed)
        showVerdict(m_now, scheme, now.front().classId, now.front().probability, QString());
    for (QLabel* label : {m_now.title, m_now.name, m_now.share})
        label->setVisible(changed);
}

void ScoresPage::showScores(const Prediction& prediction, const LabelScheme& scheme)
{
    QStringList titles{tr("Class"), modalityText("fused")};
    for (const auto& [name, scores] : prediction.modalities)
        titles.append(modalityText(name));
    std::vector<int> classes;
    for (const Candidate& one : bestClasses(prediction.fused, kClassesShown))
        classes.push_back(one.classId);
    // What the detector would name it stands there too, however little the others think of it.
    const int detected = spanScores(prediction).detectorClass;
    if (detected >= 0 && std::ranges::find(classes, detected) == classes.end())
        classes.back() = detected;
    m_scores->clear();
    m_scores->setColumnCount(static_cast<int>(titles.size()));
    m_scores->setRowCount(static_cast<int>(classes.size()));
    m_scores->setHorizontalHeaderLabels(titles);
    const auto put = [this](int row, int column, const std::vector<float>& shares, int id) {
        const double share = static_cast<size_t>(id) < shares.size() ? shares[static_cast<size_t>(id)] : -1;
        auto* item = new QTableWidgetItem(share < 0 ? QString() : percentText(share));
        item->setData(kShareRole, share);
        m_scores->setItem(row, column, item);
    };
    for (int row = 0; row < static_cast<int>(classes.size()); ++row) {
        const int id = classes[static_cast<size_t>(row)];
        auto* name = new QTableWidgetItem(classText(scheme, id));
        name->setData(Qt::DecorationRole, classDecoration(scheme, id));
        name->setToolTip(classLongText(scheme, id));
        m_scores->setItem(row, 0, name);
        put(row, 1, prediction.fused, id);
        int column = 2;
        for (const auto& [modality, scores] : prediction.modalities)
            put(row, column++, scores.probabilities, id);
    }
    QHeaderView* header = m_scores->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    // As narrow as the titles allow: the names of the classes need the room.
    const int least = fontMetrics().horizontalAdvance(percentText(1)) + 10;
    for (int column = 1; column < titles.size(); ++column)
        m_scores->setColumnWidth(column,
            std::max(least, fontMetrics().horizontalAdvance(titles[column]) + fontMetrics().height() / 2));
    fitHeight(*m_scores);
}

} // namespace telltale
