// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QTimer>
#include <QWidget>

class QTabWidget;

namespace telltale {

class AugmentationPanel;
class ClassCountView;
class ConfusionView;

/// Where the models err, how the spans spread over the classes, and how rare and hard ones were augmented.
/// Counts only while it is seen.
class StatisticsPanel : public QWidget {
    Q_OBJECT
public:
    explicit StatisticsPanel(Workbench& bench, QWidget* parent = nullptr);
    enum Tab { ConfusionTab, CountsTab, AugmentationTab };
    void showTab(int index);
    void refreshNow();
    AugmentationPanel& augmentation() { return *m_augmentation; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refreshSoon();
    void showCounts(const Document& document);

    Workbench& m_bench;
    QTabWidget* m_tabs;
    ConfusionView* m_confusion;
    ClassCountView* m_counts;
    AugmentationPanel* m_augmentation;
    QTimer m_delay;
    bool m_stale = true;
};

} // namespace telltale
