// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/shuttlekeys.h"
#include "app/gui/player.h"
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

namespace telltale {
namespace {

constexpr double kSlow = 0.25;

bool plainKeyOf(const QAction* action, int key)
{
    const QList<QKeySequence> keys = action->shortcuts();
    return std::any_of(keys.begin(), keys.end(), [key](const QKeySequence& sequence) {
        return sequence.count() == 1 && sequence[0] == QKeyCombination(Qt::Key(key));
    });
}

} // namespace

ShuttleKeys::ShuttleKeys(Player& player, QWidget* window, QAction* back, QAction* stop, QAction* forward)
    : QObject(window)
    , m_player(player)
    , m_window(window)
    , m_back(back)
    , m_stop(stop)
    , m_forward(forward)
{
    for (QAction* action : {back, stop, forward})
        action->setAutoRepeat(false); // a held key is not eight times the speed
    connect(stop, &QAction::triggered, this, [this] { m_held = m_pressed != 0; });
    QApplication::instance()->installEventFilter(this);
}

int ShuttleKeys::directionOf(int key) const
{
    return plainKeyOf(m_forward, key) ? 1 : plainKeyOf(m_back, key) ? -1 : 0;
}

void ShuttleKeys::release()
{
    m_pressed = 0;
    m_held = false;
    if (std::exchange(m_slow, 0) != 0)
        m_player.stop();
}

bool ShuttleKeys::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::ApplicationDeactivate || (type == QEvent::WindowDeactivate && watched == m_window)) {
        release();
        return false;
    }
    const bool override = type == QEvent::ShortcutOverride;
    if (!override && type != QEvent::KeyPress && type != QEvent::KeyRelease)
        return false;
    const auto* widget = qobject_cast<const QWidget*>(watched);
    if (!widget || widget->window() != m_window)
        return false;
    auto* key = static_cast<QKeyEvent*>(event);
    if (override && plainKeyOf(m_stop, key->key()) && key->modifiers() == Qt::NoModifier)
        m_pressed = key->key();
    if (type == QEvent::KeyRelease && !key->isAutoRepeat()) {
        if (key->key() == m_pressed)
            release();
        else if (m_slow != 0 && key->key() == m_slow && std::exchange(m_slow, 0) != 0)
            m_player.stop();
        return false;
    }
    const int direction = directionOf(key->key());
    if (!m_held || direction == 0 || type == QEvent::KeyRelease)
        return false;
    event->accept(); // no shortcut, but a key press that comes here again
    if (override)
        return true;
    if (!key->isAutoRepeat()) {
        m_player.step(direction);
    } else if (m_slow == 0) {
        m_slow = key->key();
        m_player.play(direction * kSlow);
    }
    return true;
}

} // namespace telltale
