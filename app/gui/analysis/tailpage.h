// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "pipeline/analysis/tailanalysis.h"
#include <filesystem>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTextBrowser;

namespace telltale {

class ClassBarsView;
class ClassCellsView;
class ClassPointsView;

/// How the spans spread over the classes, in whom and in which split; how F1 follows; what to label next.
/// A class leads to its proposals. Counts come at once, what needs predictions a moment later.
class TailPage : public AnalysisPage {
    Q_OBJECT
public:
    enum View { Zipf, Counts, Subjects, Coverage, Scores, Weights, ViewCount };

    explicit TailPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override { return m_counting.running() || m_scoring.running(); }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;

    void showView(View view);
    const TailAnalysis& analysis() const { return m_tail; }
    QString advice() const; ///< as it is read
    /// What can be done about a class; null if the project has no such class. The page owns it.
    QMenu* offerClass(int classId);

private:
    QWidget* makeOptions();
    QWidget* makeViews();
    void count();
    void score();
    void take(TailAnalysis tail);
    void fillSets();
    void fill();
    void showOptions();
    TailOptions options() const;
    void listClass(int classId, bool decided);
    void sprint(int classId);

    LatestJob<TailAnalysis> m_counting;
    LatestJob<TailAnalysis> m_scoring;
    std::shared_ptr<PredictedClasses> m_predicted;
    std::filesystem::path m_folder; ///< of the project that is shown
    TailAnalysis m_tail;
    QTextBrowser* m_advice = nullptr;
    QSplitter* m_parts = nullptr;
    QComboBox* m_view = nullptr;
    QCheckBox* m_logarithmic = nullptr;
    QComboBox* m_basis = nullptr;
    QComboBox* m_set = nullptr; ///< of weights
    QLabel* m_targetName = nullptr;
    QDoubleSpinBox* m_target = nullptr;
    QStackedWidget* m_views = nullptr;
    ClassPointsView* m_zipf = nullptr;
    ClassBarsView* m_counts = nullptr;
    ClassBarsView* m_subjects = nullptr;
    ClassCellsView* m_coverage = nullptr;
    ClassPointsView* m_scores = nullptr;
    ClassBarsView* m_weights = nullptr;
};

} // namespace telltale
