// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

class QLabel;
class QTableWidget;

namespace telltale {

/// Every step of the selected span, newest first, read from the log off the GUI thread and only while it is
/// seen. To read: a click does nothing.
class SpanHistoryPage : public QWidget {
    Q_OBJECT
public:
    explicit SpanHistoryPage(Workbench& bench, QWidget* parent = nullptr);
    ~SpanHistoryPage() override;

    void setSpan(int64_t annotationId); ///< 0: none
    QTableWidget& list() { return *m_list; }
    bool reading() const { return m_delay.isActive() || m_reading.isRunning(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    using Edits = Result<std::vector<SpanEdit>>;
    void readSoon();
    void read();
    void take();
    void letGo();
    void showRow(int row, const SpanEdit& edit, const LabelScheme& scheme);

    Workbench& m_bench;
    int64_t m_id = 0;
    int64_t m_asked = 0; ///< span that is being read
    bool m_early = false; ///< edits were on their way when it was read
    bool m_stale = true; ///< what is shown is not what the log says
    QLabel* m_hint;
    QTableWidget* m_list;
    QTimer m_delay;
    QFutureWatcher<Edits> m_reading;
};

} // namespace telltale
