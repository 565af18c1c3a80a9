// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/painting.h"
#include "widgets/models/texts.h"
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kGrowMs = 80; ///< between two looks at the growing span

/// 0 to 9 for a digit, on the number pad and on keyboards that want Shift for digits too; else -1.
int digitOf(const QKeyEvent& event)
{
    const bool plain = (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0;
    return plain && event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9 ? event.key() - Qt::Key_0 : -1;
}

bool takesText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QTextEdit*>(widget)
        || qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
}

size_t placeOf(int digit) { return digit == 0 ? 9 : static_cast<size_t>(digit - 1); }

} // namespace

std::array<int, 10> classesOfDigits(const LabelScheme& scheme)
{
    std::array<int, 10> classes;
    classes.fill(-1);
    std::vector<int> others;
    for (int id = 0; id < scheme.classCount(); ++id) {
        const LabelClass& label = scheme.classes[static_cast<size_t>(id)];
        if (label.retired)
            continue;
        const std::string& key = label.shortcut;
        const bool digit = key.size() == 1 && key[0] >= '0' && key[0] <= '9';
        if (digit && classes[placeOf(key[0] - '0')] < 0)
            classes[placeOf(key[0] - '0')] = id;
        else
            others.push_back(id);
    }
    auto next = others.begin();
    for (int& place : classes)
        if (place < 0 && next != others.end())
            place = *next++;
    return classes;
}

Painting::Painting(Workbench& bench, QWidget& window) : QObject(&window), m_bench(bench), m_window(window)
{
    m_grow.setInterval(kGrowMs);
    connect(&m_grow, &QTimer::timeout, this, [this] { m_bench.review.setDraft(painted()); });
    connect(&bench.session, &Session::videoChanged, this, &Painting::cancel);
    connect(&bench.session, &Session::projectAboutToClose, this, &Painting::cancel);
    QApplication::instance()->installEventFilter(this);
}

int Painting::classOf(int digit) const
{
    const Document* document = m_bench.session.document();
    return document && digit >= 0 && digit <= 9 ? classesOfDigits(document->scheme())[placeOf(digit)] : -1;
}

void Painting::setOn(bool on)
{
    if (on == m_on)
        return;
    if (!on)
        cancel();
    m_on = on;
    emit changed();
}

FrameSpan Painting::painted() const
{
    const Player& player = m_bench.player;
    const int64_t now = m_bench.review.pressedFrame();
    if (m_forwards && now < m_from) // a loop has begun again, or the lag reaches behind the press
        return {m_from, player.loop() ? player.range().last : m_from + 1};
    return {std::min(m_from, now), std::max(m_from, now) + 1};
}

void Painting::begin(int digit)
{
    const int id = classOf(digit);
    if (id < 0 || !m_bench.session.videoId()) {
        emit noticed(tr("No class is at %1.").arg(digit));
        return;
    }
    m_digit = digit;
    m_from = m_bench.review.pressedFrame();
    m_forwards = m_bench.player.playing() && m_bench.player.speed() > 0;
    m_bench.review.setDraft({m_from, m_from + 1});
    m_grow.start();
    emit changed();
}

void Painting::end()
{
    const FrameSpan span = painted();
    const int id = classOf(m_digit);
    const bool stood = !m_bench.player.playing() && span.length() <= 1;
    m_digit = -1;
    m_grow.stop();
    if (stood) {
        m_bench.review.clearDraft();
        emit noticed(tr("Hold the digit while the video plays, or while you step through it."));
    } else {
        m_bench.review.setDraft(span);
        m_bench.review.createSpan(id);
    }
    emit changed();
}

void Painting::cancel()
{
    if (m_digit < 0)
        return;
    m_digit = -1;
    m_grow.stop();
    m_bench.review.clearDraft();
    emit changed();
}

bool Painting::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::ApplicationDeactivate || (type == QEvent::WindowDeactivate && watched == &m_window)) {
        cancel(); // the release goes elsewhere
        return false;
    }
    const bool override = type == QEvent::ShortcutOverride;
    if (!override && type != QEvent::KeyPress && type != QEvent::KeyRelease)
        return false;
    const auto* widget = qobject_cast<const QWidget*>(watched);
    if (!m_on || !widget || widget->window() != &m_window)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (painting() && key->key() == Qt::Key_Escape) {
        event->accept();
        if (type == QEvent::KeyPress)
            cancel();
        return true;
    }
    if (painting() && type == QEvent::KeyRelease && !key->isAutoRepeat()) {
        const bool same = m_code != 0 ? key->nativeScanCode() == m_code : key->key() == m_key;
        if (same)
            end();
        return same;
    }
    const int digit = digitOf(*key);
    if (digit < 0 || type == QEvent::KeyRelease || takesText(widget))
        return false;
    event->accept(); // no shortcut, but a key press that comes here again
    if (!override && !key->isAutoRepeat() && !painting()) {
        m_key = key->key();
        m_code = key->nativeScanCode();
        begin(digit);
    }
    return true;
}

} // namespace telltale
