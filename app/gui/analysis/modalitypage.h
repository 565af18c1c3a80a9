// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "pipeline/analysis/modalityanalysis.h"
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace telltale {

class ChangeView;
class GroupedBarsView;
class PairMatrixView;

/// How each modality and their vote name what people decided, how alike they are, and what adapting has
/// changed by class and by person. A bar, a cell or a row leads to its spans in the review list. Intervals
/// come a moment after the figures.
class ModalityPage : public AnalysisPage {
    Q_OBJECT
public:
    enum class Look { Classes, Agreement, GainByClass, GainBySubject };

    explicit ModalityPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override { return m_job.running(); }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;
    const ModalityAnalysis& analysis() const { return *m_analysis; }
    void showLook(Look look);
    QString summary() const;

private:
    QWidget* scrolled(QWidget* view);
    void makeChoices();
    void followProject();
    void begin();
    void addIntervalsToo();
    void take(std::shared_ptr<const ModalityAnalysis> analysis);
    void fillChoices();
    void show();
    void showSummary();
    void showGains();
    void openClass(int classId, int voter);
    void openPair(int row, int column);
    void openGain(const std::function<bool(const AnsweredSpan&)>& wanted, const QString& why);
    size_t chosenVoter() const; ///< of the gain

    QComboBox* m_look;
    QComboBox* m_systems;
    QComboBox* m_voter;
    QCheckBox* m_heldOut;
    QLabel* m_summary;
    QStackedWidget* m_views;
    GroupedBarsView* m_classes;
    PairMatrixView* m_pairs;
    ChangeView* m_byClass;
    ChangeView* m_bySubject;
    ModalitySettings m_settings;
    /// Never null; shared with the thread that goes on with it.
    std::shared_ptr<const ModalityAnalysis> m_analysis;
    LabelScheme m_scheme; ///< that the analysis is of
    std::shared_ptr<AnswerBook> m_book; ///< of the open project
    const Document* m_document = nullptr;
    LatestJob<std::shared_ptr<const ModalityAnalysis>> m_job;
};

} // namespace telltale
