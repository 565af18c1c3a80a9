// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include "report/table.h"
#include <QWidget>
#include <vector>

namespace telltale {

class PlotView;

/// One view of the analysis: what it shows as figures and as tables. GUI thread.
class AnalysisPage : public QWidget {
    Q_OBJECT
public:
    AnalysisPage(Workbench& bench, const QString& name, QWidget* parent = nullptr);
    /// As people choose it.
    QString name() const { return m_name; }
    /// Follows the project as it is now, or that there is none. Called while the page is seen, after every
    /// edit; returns at once: what takes longer than some milliseconds runs in the background.
    virtual void refresh() = 0;
    /// Whether something in the background is still to be shown.
    virtual bool busy() const { return false; }
    /// What is shown, with all digits; none while there is nothing to show.
    virtual std::vector<Table> tables() const { return {}; }
    virtual std::vector<PlotView*> figures() const { return {}; }

signals:
    void shown(); ///< figures, or a sentence that says what is missing

protected:
    Workbench& m_bench;

private:
    QString m_name;
};

} // namespace telltale
