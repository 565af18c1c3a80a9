// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/calibrationpage.h"
#include "app/gui/analysis/listspans.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/report/calibrationfigures.h"
#include "app/report/modalityfigures.h"
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace telltale {

CalibrationPage::CalibrationPage(Workbench& bench, QWidget* parent)
    : AnalysisPage(bench, tr("Calibration"), parent)
    , m_voters(new QComboBox)
    , m_summary(new QLabel)
    , m_view(new ReliabilityView)
    , m_analysis(std::make_shared<const CalibrationAnalysis>())
    , m_book(std::make_shared<AnswerBook>())
    , m_job(bench.session.workers())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* choices = new QFormLayout;
    m_voters->setAccessibleName(tr("Modality"));
    m_voters->setToolTip(tr("Whose confidences to look at"));
    choices->addRow(tr("&Modality:"), m_voters);
    layout->addLayout(choices);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_summary);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_view);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(scroll, 1);
    m_view->setFigure(QStringLiteral("reliability"), tr("Reliability by modality"));
    m_view->setToolTip(tr("Arrow keys walk over the bins, Enter lists their spans for review"));
    connect(m_voters, &QComboBox::currentIndexChanged, this, &CalibrationPage::show);
    connect(m_view, &ReliabilityView::binChosen, this, &CalibrationPage::openBin);
    fillVoters();
    show();
}

CalibrationSettings CalibrationPage::settings() const
{
    CalibrationSettings settings;
    settings.auditShare = m_bench.review.spans().auditShare();
    return settings;
}

void CalibrationPage::refresh()
{
    followProject();
    begin();
}

void CalibrationPage::followProject()
{
    const Document* document = m_bench.session.document();
    if (document == m_document)
        return;
    m_document = document;
    m_job.cancel();
    m_book = std::make_shared<AnswerBook>();
    m_analysis = std::make_shared<const CalibrationAnalysis>();
    fillVoters();
    show();
}

void CalibrationPage::begin()
{
    const Document* document = m_bench.session.document();
    if (!document) {
        m_job.cancel();
        m_analysis = std::make_shared<const CalibrationAnalysis>();
        show();
        return;
    }
    m_scheme = document->scheme();
    m_job.start(
        [project = document->freeze(), settings = settings(), book = m_book](
            ProgressSink& progress) -> Result<std::shared_ptr<const CalibrationAnalysis>> {
            auto analysis = analyzeCalibration(project, settings, *book, progress);
            if (!analysis)
                return analysis.error();
            return std::make_shared<const CalibrationAnalysis>(*std::move(analysis));
        },
        [this](const Result<std::shared_ptr<const CalibrationAnalysis>>& analysis) {
            if (!analysis) {
                m_bench.window.messages().showError(QString::fromStdString(analysis.error().message));
                return;
            }
            take(*analysis);
            if (m_analysis->missing == CalibrationMissing::Nothing)
                addIntervalsToo();
        });
}

/// The slow part, once the rest is on the screen.
void CalibrationPage::addIntervalsToo()
{
    m_job.start(
        [counted = m_analysis, settings = settings()](
            ProgressSink& progress) -> Result<std::shared_ptr<const CalibrationAnalysis>> {
            auto analysis = std::make_shared<CalibrationAnalysis>(*counted);
            if (Status status = addIntervals(*analysis, settings, progress); !status)
                return status.error();
            return std::shared_ptr<const CalibrationAnalysis>(std::move(analysis));
        },
        [this](const Result<std::shared_ptr<const CalibrationAnalysis>>& analysis) {
            if (analysis)
                take(*analysis);
        });
}

void CalibrationPage::take(std::shared_ptr<const CalibrationAnalysis> analysis)
{
    m_analysis = std::move(analysis);
    fillVoters();
    show();
}

void CalibrationPage::fillVoters()
{
    const QSignalBlocker quiet(m_voters);
    const QString chosen = m_voters->currentText();
    m_voters->clear();
    m_voters->addItem(tr("All beside each other"));
    for (const CalibratedVoter& voter : m_analysis->voters)
        m_voters->addItem(voterText(voter.name));
    m_voters->setCurrentIndex(std::max(0, m_voters->findText(chosen)));
    m_voters->setEnabled(!m_analysis->voters.empty());
}

int CalibrationPage::chosenVoter() const { return m_voters->currentIndex() - 1; }

QString CalibrationPage::summary() const { return m_summary->text(); }

void CalibrationPage::show()
{
    const bool open = m_bench.session.document() != nullptr;
    m_view->setEmptyText(open ? missingText(*m_analysis)
                              : tr("Open a project to see how far its models' confidences can be trusted."));
    m_view->setPanels(reliabilityPanels(*m_analysis, chosenVoter()));
    QString text;
    if (m_analysis->missing == CalibrationMissing::Nothing) {
        text = basisText(*m_analysis);
        const auto& voters = m_analysis->voters;
        if (std::ranges::any_of(voters, [](const CalibratedVoter& one) { return one.before.has_value(); }))
            text += QLatin1Char(' ')
                + tr("Filled: confidences as they are shown; hollow: before the temperature was applied.");
        const double chance = m_analysis->voters.front().after.figures.chanceError;
        if (!std::isnan(chance))
            text += QLatin1Char(' ')
                + tr("With so few items even perfect confidences would have an ECE of %1.")
                      .arg(locale().toString(chance, 'f', 3));
    }
    m_summary->setText(text);
    m_summary->setVisible(!text.isEmpty());
    emit shown();
}

void CalibrationPage::openBin(int panel, int line, int bin)
{
    const int voter = chosenVoter() < 0 ? panel : chosenVoter();
    if (voter < 0 || voter >= static_cast<int>(m_analysis->voters.size()))
        return;
    const CalibratedVoter& one = m_analysis->voters[static_cast<size_t>(voter)];
    const CalibrationCurve& curve = one.before && line == 0 ? *one.before : one.after;
    listSpans(m_bench, m_analysis->spansIn(curve, static_cast<size_t>(bin)),
        tr("%1: audit items with this confidence").arg(voterText(one.name)));
}

std::vector<Table> CalibrationPage::tables() const { return telltale::tables(*m_analysis, m_scheme); }

std::vector<PlotView*> CalibrationPage::figures() const { return {m_view}; }

} // namespace telltale
