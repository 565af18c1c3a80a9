// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include "app/report/confusionfigures.h"
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QSplitter;
class QTabWidget;
class QTableWidget;

namespace telltale {

/// Where the models err: what is taken for what, of spans that were named and of spans that were found, of
/// one source or of two, and which pairs of classes that is about. A cell, a pair or a kind of error leads to
/// its spans in the review list.
class ConfusionPage : public AnalysisPage {
    Q_OBJECT
public:
    explicit ConfusionPage(Workbench& bench, QWidget* parent = nullptr);
    void refresh() override;
    bool busy() const override { return m_job.running(); }
    std::vector<Table> tables() const override;
    std::vector<PlotView*> figures() const override;
    const ConfusionAnalysis& analysis() const { return m_analysis; }
    ConfusionView& view() { return *m_view; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeChoices();
    QComboBox* makeChoice(const QString& name, const QStringList& texts);
    QTableWidget* makeList(const QString& name, const QStringList& titles);
    void followProject();
    void fillSources();
    void begin();
    void showAnalysis();
    void showSummary();
    void fillPairs();
    void fillErrors();
    ConfusionLook look() const;
    void openCell(int panel, int truth, int predicted);
    void openPair(int row);
    void openError(int row);
    void openSpans(const std::vector<int64_t>& spans, const QString& why, int64_t elsewhere = 0);
    QString nameOf(int place) const; ///< of a class, or of the background

    QComboBox* m_task;
    QComboBox* m_first;
    QComboBox* m_second;
    QComboBox* m_scale;
    QComboBox* m_order;
    QComboBox* m_overlap;
    QCheckBox* m_difference;
    QLabel* m_summary;
    QSplitter* m_parts;
    ConfusionView* m_view;
    QTabWidget* m_lists;
    QTableWidget* m_pairs;
    QTableWidget* m_errors;
    ConfusionRequest m_request;
    ConfusionAnalysis m_analysis;
    LabelScheme m_scheme; ///< that the analysis is of
    std::shared_ptr<AnswerMemory> m_memory; ///< of the open project
    const Document* m_document = nullptr;
    LatestJob<ConfusionAnalysis> m_job;
};

} // namespace telltale
