// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "app/gui/analysis/disagreementmodel.h"
#include "jobs/latestjob.h"
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;
class QTableWidget;
class QStackedWidget;
class QTabBar;

namespace telltale {

class AgreementPlot;

/// How far annotators agree: all figures of two of them and of all, class by class, and the pairs of spans
/// behind them. Figures come at once, their intervals a moment later. GUI thread; counts off it.
class AgreementPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit AgreementPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override { return m_quick.running() || m_whole.running(); }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;

    const AgreementAnalysis* analysis() const { return m_analysis.get(); }
    QString message() const; ///< what is missing; empty while there are figures
    QComboBox& pairs() { return *m_pair; }
    QTabBar& tabs() { return *m_tabs; } ///< figures, classes, pairs
    QTableWidget& overall() { return *m_overall; }
    QTableView& list() { return *m_list; }
    AgreementPlot& plot() { return *m_plot; }
    void goTo(int row); ///< of the list

private:
    using Shared = std::shared_ptr<AgreementAnalysis>;
    QWidget* makeContent();
    QWidget* makeHead();
    QWidget* makeClasses();
    QWidget* makePairs();
    AgreementRequest request(int resamples) const;
    void take(const Result<Shared>& found);
    void present();
    void showOverall();
    void showPlot();
    void showPairs();
    size_t pairIndex() const;

    QStackedLayout* m_pages;
    QLabel* m_message;
    QPushButton* m_team;
    QPushButton* m_askModel;
    QComboBox* m_pair;
    QComboBox* m_overlap;
    QCheckBox* m_model;
    QPushButton* m_settle;
    QLabel* m_summary;
    QTabBar* m_tabs;
    QStackedWidget* m_parts;
    QTableWidget* m_overall;
    QComboBox* m_view;
    AgreementPlot* m_plot;
    QComboBox* m_show;
    QComboBox* m_class;
    QTableView* m_list;
    DisagreementModel* m_pairsModel;
    std::vector<int> m_rowLabels; ///< of the plot
    Shared m_analysis;
    LatestJob<Shared> m_quick;
    LatestJob<Shared> m_whole;
};

} // namespace telltale
