// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "pipeline/analysis/effortanalysis.h"
#include <QFutureWatcher>
#include <array>
#include <atomic>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTableWidget;

namespace telltale {

class SpreadView;

/// What a span costs in seconds and presses, by way of working and by class, and which spans cost most. The
/// log is read in the background, and only what is new in it.
class EffortPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit EffortPage(Workbench& bench, QWidget* parent = nullptr);
    ~EffortPage() override;

    void refresh() override;
    bool busy() const override { return m_reading.isRunning() || m_again; }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;

    const EffortAnalysis& analysis() const { return m_analysis; }
    SpreadView* view() const; ///< that is seen
    void choose(int groups, int measure); ///< by way of working or by class; seconds or presses
    QTableWidget* spans() const { return m_spans; }

private:
    using Read = Result<EffortAnalysis>;
    class Stop;

    QLayout* makeHead();
    void makeSpans();
    void letGo();
    void take();
    void showAnalysis(const EffortAnalysis& analysis);
    void showChoice();
    void showSpans();
    const EffortRow& chosenRow() const;

    QCheckBox* m_record;
    QComboBox* m_groups;
    QComboBox* m_measure;
    QLabel* m_summary;
    QStackedWidget* m_stack;
    std::array<SpreadView*, 4> m_views{}; ///< by groups, in each by measure
    QLabel* m_since;
    QLabel* m_which; ///< whose costliest spans are listed
    QTableWidget* m_spans;
    EffortAnalysis m_analysis;
    int m_row = -1; ///< class or mode that was chosen
    bool m_chosen = false;
    QFutureWatcher<Read> m_reading;
    std::shared_ptr<EffortLedger> m_ledger; ///< of the job while it runs
    std::shared_ptr<Stop> m_stop;
    bool m_again = false; ///< something was edited while it was read
};

} // namespace telltale
