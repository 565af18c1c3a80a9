// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QObject>
#include <QTimer>
#include <array>

namespace telltale {

/// The class of each digit key, 1 to 9 and then 0; -1: none. A class whose own key in the label scheme is a
/// digit has that one; the others follow in the order of the scheme, so that digits stay where they are.
std::array<int, 10> classesOfDigits(const LabelScheme& scheme);

/// Paint mode: while it is on, a digit that is held while the video plays paints a span of the digit's class,
/// from the press to the release, each a reaction lag earlier. Esc leaves the span out. Digits choose
/// candidates again as soon as it is off. GUI thread.
class Painting : public QObject {
    Q_OBJECT
public:
    /// Watches all keys of `window`'s application that reach the window.
    Painting(Workbench& bench, QWidget& window);

    bool on() const { return m_on; }
    void setOn(bool on);
    bool painting() const { return m_digit >= 0; }
    int digit() const { return m_digit; } ///< that is held; -1: none
    int classOf(int digit) const; ///< -1: none

signals:
    void changed(); ///< on or off, or a digit went down or up
    void noticed(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void begin(int digit);
    void end();
    void cancel();
    FrameSpan painted() const;

    Workbench& m_bench;
    QWidget& m_window;
    QTimer m_grow;
    bool m_on = false;
    int m_digit = -1; ///< that is held
    int m_key = 0;
    quint32 m_code = 0; ///< of the key on the keyboard, as Shift may go up before it; 0: not known
    int64_t m_from = 0;
    bool m_forwards = true;
};

} // namespace telltale
