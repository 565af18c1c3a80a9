// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/effort/effortmeter.h"
#include "app/gui/keys/painting.h"
#include "app/gui/mainwindow.h"
#include "app/gui/sprint/sprintdialog.h"
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <array>
#include <utility>

namespace telltale {
namespace {

constexpr std::array kModifiers{Qt::Key_Shift, Qt::Key_Control, Qt::Key_Meta, Qt::Key_Alt, Qt::Key_AltGr,
    Qt::Key_CapsLock, Qt::Key_NumLock, Qt::Key_ScrollLock, Qt::Key_Super_L, Qt::Key_Super_R};

struct OrderMode {
    QueueOrder order;
    EffortMode mode;
};
/// Orders that are ways to work; the others are lists.
constexpr std::array kOrders{OrderMode{QueueOrder::Gain, EffortMode::Gain},
    OrderMode{QueueOrder::TailHunt, EffortMode::TailHunt},
    OrderMode{QueueOrder::BoundaryFix, EffortMode::BoundaryFix},
    OrderMode{QueueOrder::ConfusionPair, EffortMode::ConfusionPair},
    OrderMode{QueueOrder::Audit, EffortMode::Audit}};

bool sprintIsOpen()
{
    return std::ranges::any_of(QApplication::topLevelWidgets(), [](const QWidget* widget) {
        return widget->isVisible() && qobject_cast<const SprintDialog*>(widget);
    });
}

} // namespace

EffortMeter::EffortMeter(Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench)
{
    connect(&bench.session, &Session::projectChanged, this, &EffortMeter::follow);
    connect(&bench.review, &Review::fitWanted, this, [this] { m_went = true; });
    connect(&bench.review, &Review::selectionChanged, this, [this](qint64 id) {
        const bool went = std::exchange(m_went, false);
        if (id == m_selected)
            return;
        m_selected = id;
        m_fromQueue = went;
        if (m_on)
            m_counter.choose(now());
    });
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (!m_on)
            return;
        if (state == Qt::ApplicationActive)
            m_counter.come(now());
        else
            letGo();
    });
}

EffortMeter::~EffortMeter() = default;

EffortCounter::Time EffortMeter::now()
{
    return std::chrono::duration_cast<EffortCounter::Time>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void EffortMeter::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    if (on)
        qApp->installEventFilter(this);
    else
        qApp->removeEventFilter(this);
    follow();
    emit changed();
}

void EffortMeter::follow()
{
    m_key = 0;
    m_buttons = {};
    m_counter.begin(now());
    Document* const document = m_bench.session.document();
    if (document && m_on)
        document->setEffortSource([this](const std::string& command) { return take(command); });
    else if (document)
        document->setEffortSource({});
}

void EffortMeter::letGo()
{
    m_counter.leave(now());
    m_key = 0; // what is let go elsewhere is not seen
    m_buttons = {};
}

void EffortMeter::keyDown(const QKeyEvent& event)
{
    const int key = event.key();
    const bool again = key == m_key && event.timestamp() == m_pressed;
    if (event.isAutoRepeat() || again || std::ranges::find(kModifiers, key) != kModifiers.end())
        return;
    m_key = key;
    m_pressed = event.timestamp();
    m_counter.press(now());
}

void EffortMeter::buttonDown(const QMouseEvent& event)
{
    if (m_buttons.testFlag(event.button()))
        return;
    m_buttons.setFlag(event.button());
    m_counter.click(now());
}

bool EffortMeter::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: // comes first, and alone where the key is a shortcut
    case QEvent::KeyPress:
        keyDown(*static_cast<QKeyEvent*>(event));
        break;
    case QEvent::KeyRelease: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->isAutoRepeat() && key->key() == m_key)
            m_key = 0;
        m_counter.touch(now());
        break;
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        buttonDown(*static_cast<QMouseEvent*>(event));
        break;
    case QEvent::MouseButtonRelease:
        m_buttons.setFlag(static_cast<QMouseEvent*>(event)->button(), false);
        m_counter.touch(now());
        break;
    case QEvent::MouseMove:
    case QEvent::Wheel:
        m_counter.touch(now());
        break;
    default:
        break;
    }
    return false;
}

EffortMode EffortMeter::modeOf(std::string_view command) const
{
    if (command == "adjudicate")
        return EffortMode::Adjudication;
    if (command == "accept_above")
        return EffortMode::Bulk;
    if (command == "decide_proposals")
        return sprintIsOpen() ? EffortMode::Sprint : EffortMode::Bulk;
    if (command == "add_annotation")
        return m_bench.window.painting().on() ? EffortMode::Paint : EffortMode::Timeline;
    if (!worksOnSpans(command))
        return EffortMode::Other;
    if (!m_fromQueue)
        return EffortMode::Timeline;
    const auto known = std::ranges::find(kOrders, m_bench.review.queue().order(), &OrderMode::order);
    return known != kOrders.end() ? known->mode : EffortMode::List;
}

std::string EffortMeter::take(const std::string& command)
{
    EditEffort effort = m_counter.take(now());
    effort.mode = modeOf(command);
    return formatEffort(effort);
}

} // namespace telltale
