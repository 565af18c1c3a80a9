// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/analysis/analysispage.h"
#include <QTimer>

class QComboBox;
class QPushButton;
class QTabWidget;

namespace telltale {

class AugmentationPage;

/// The views of the analysis, one at a time: chosen from a list, because their names never fit beside each
/// other. Only what is seen is counted.
class AnalysisPanel : public QWidget {
    Q_OBJECT
public:
    explicit AnalysisPanel(Workbench& bench, QWidget* parent = nullptr);
    const std::vector<AnalysisPage*>& pages() const { return m_pages; }
    /// Of a class, to be shown or looked at; null if there is none.
    template <typename Page> Page* page() const
    {
        for (AnalysisPage* const one : m_pages)
            if (auto* const found = qobject_cast<Page*>(one))
                return found;
        return nullptr;
    }
    void showPage(AnalysisPage* page);
    AnalysisPage* current() const;
    /// What waits for the next turn of the event loop now.
    void refreshNow();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addPage(AnalysisPage* page);
    void makeBar();
    void refreshSoon();
    void offerFigures();
    void copyTables(std::string (*format)(const Table&));
    void saveTables();

    Workbench& m_bench;
    QComboBox* m_choice;
    QPushButton* m_numbers;
    QPushButton* m_figure;
    QTabWidget* m_tabs; ///< its bar is hidden
    std::vector<AnalysisPage*> m_pages; ///< by tab; owned by m_tabs
    std::vector<bool> m_stale; ///< of each page
    QTimer m_delay; ///< edits come in bunches
};

} // namespace telltale
