// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "pipeline/analysis/calibrationanalysis.h"
#include <memory>

class QComboBox;
class QLabel;

namespace telltale {

class ReliabilityView;

/// Whether the confidences that people are shown say how often the models are right: a reliability diagram
/// for each modality and for the vote, before and after calibration, from audit items alone. A bin leads to
/// its spans in the review list. Intervals come a moment after the figures.
class CalibrationPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit CalibrationPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override { return m_job.running(); }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;
    const CalibrationAnalysis& analysis() const { return *m_analysis; }
    ReliabilityView& view() { return *m_view; }
    QString summary() const;

private:
    CalibrationSettings settings() const;
    void followProject();
    void begin();
    void addIntervalsToo();
    void take(std::shared_ptr<const CalibrationAnalysis> analysis);
    void fillVoters();
    void show();
    void openBin(int panel, int line, int bin);
    int chosenVoter() const; ///< -1: all

    QComboBox* m_voters;
    QLabel* m_summary;
    ReliabilityView* m_view;
    /// Never null; shared with the thread that goes on with it.
    std::shared_ptr<const CalibrationAnalysis> m_analysis;
    LabelScheme m_scheme; ///< that the analysis is of
    std::shared_ptr<AnswerBook> m_book; ///< of the open project
    const Document* m_document = nullptr;
    LatestJob<std::shared_ptr<const CalibrationAnalysis>> m_job;
};

} // namespace telltale
