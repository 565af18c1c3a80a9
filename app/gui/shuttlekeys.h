// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QObject>

class QAction;

namespace telltale {

class Player;

/// While the key of "stop" (K) is held, those of the shuttle (J, L) step one frame when they are tapped and
/// play slowly while they are held, as video editors have it. Follows the keys that the actions have.
class ShuttleKeys : public QObject {
    Q_OBJECT
public:
    /// Watches all keys of `window`'s application that reach the window.
    ShuttleKeys(Player& player, QWidget* window, QAction* back, QAction* stop, QAction* forward);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int directionOf(int key) const; ///< 0: neither
    void release();

    Player& m_player;
    QWidget* m_window;
    QAction* m_back;
    QAction* m_stop;
    QAction* m_forward;
    int m_pressed = 0; ///< key of "stop" that is down
    bool m_held = false; ///< and has stopped playback, so that it is not being typed
    int m_slow = 0; ///< key that plays slowly while it is down
};

} // namespace telltale
