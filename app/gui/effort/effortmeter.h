// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/effort/effortcounter.h"
#include "app/gui/workbench.h"
#include <QObject>

class QKeyEvent;
class QMouseEvent;

namespace telltale {

/// Tells the open project with each edit what it cost: active time, how many keys and mouse buttons were
/// pressed, and the way of working. Which keys these were is forgotten as soon as they are let go. Looks at
/// the events of the whole application while it is on, and at none while it is off. GUI thread.
class EffortMeter : public QObject {
    Q_OBJECT
public:
    explicit EffortMeter(Workbench& bench, QObject* parent = nullptr);
    ~EffortMeter() override;

    bool on() const { return m_on; }
    void setOn(bool on);

signals:
    void changed(); ///< on or off

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static EffortCounter::Time now();
    void follow();
    void keyDown(const QKeyEvent& event);
    void buttonDown(const QMouseEvent& event);
    void letGo();
    EffortMode modeOf(std::string_view command) const;
    std::string take(const std::string& command);

    Workbench& m_bench;
    EffortCounter m_counter;
    bool m_on = false;
    int m_key = 0; ///< that is down: an event comes to several objects in turn
    quint64 m_pressed = 0; ///< time stamp of its press
    Qt::MouseButtons m_buttons; ///< that are down
    int64_t m_selected = 0;
    bool m_went = false; ///< the review went to the span that will be selected
    bool m_fromQueue = false; ///< it went to the one that is
};

} // namespace telltale
