// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/player.h"
#include <algorithm>
#include <chrono>
#include <cmath>

namespace telltale {
namespace {

constexpr int kTickMs = 8;
constexpr double kFastest = 8;

int64_t machineClock()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

} // namespace

Player::Player(QObject* parent, std::function<int64_t()> clock)
    : QObject(parent)
    , m_clock(clock ? std::move(clock) : machineClock)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kTickMs);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
}

void Player::setTimes(std::shared_ptr<const FrameTimes> times)
{
    m_times = std::move(times);
    if (frameCount() == 0)
        stop();
    moveTo(m_frame);
    anchor();
}

void Player::setLoop(std::optional<FrameSpan> span)
{
    m_loop = span;
    if (playing() && m_loop && !m_loop->contains(m_frame))
        seek(m_loop->first);
    emit stateChanged();
}

FrameSpan Player::range() const
{
    const FrameSpan all{0, frameCount()};
    if (!m_loop)
        return all;
    const FrameSpan span = clampSpan(*m_loop, frameCount());
    return span.empty() ? all : span;
}

void Player::moveTo(int64_t frame)
{
    frame = std::clamp<int64_t>(frame, 0, std::max<int64_t>(0, frameCount() - 1));
    if (frame == m_frame)
        return;
    m_frame = frame;
    emit frameChanged(frame);
}

void Player::anchor()
{
    m_anchorClock = m_clock();
    m_anchorTime = m_times ? m_times->timeOf(m_frame) : MediaTime{};
}

void Player::seek(int64_t frame)
{
    moveTo(frame);
    anchor();
}

void Player::step(int64_t frames)
{
    stop();
    seek(m_frame + frames);
}

void Player::stepSeconds(double seconds)
{
    stop();
    if (!m_times || frameCount() == 0)
        return;
    const auto delta = MediaTime(static_cast<int64_t>(std::llround(seconds * 1e6)));
    seek(m_times->frameAt(m_times->timeOf(m_frame) + delta));
}

void Player::play(double speed)
{
    if (frameCount() == 0)
        return;
    const FrameSpan span = range();
    if (!span.contains(m_frame) || (speed > 0 && m_frame + 1 >= span.last))
        moveTo(speed > 0 ? span.first : span.last - 1);
    m_speed = speed;
    anchor();
    m_timer.start();
    emit stateChanged();
}

void Player::stop()
{
    if (!playing())
        return;
    m_timer.stop();
    emit stateChanged();
}

void Player::toggle()
{
    if (playing())
        stop();
    else
        play(1);
}

void Player::shuttle(int direction)
{
    const bool again = playing() && m_speed * direction > 0;
    play(again ? std::clamp(m_speed * 2, -kFastest, kFastest) : direction);
}

void Player::tick()
{
    if (!m_times || frameCount() == 0)
        return;
    const double passed = static_cast<double>(m_clock() - m_anchorClock) * m_speed;
    const MediaTime now = m_anchorTime + MediaTime(static_cast<int64_t>(std::llround(passed)));
    const FrameSpan span = range();
    const bool beyond = m_speed > 0 ? now >= m_times->timeOf(span.last) : now < m_times->timeOf(span.first);
    if (beyond && m_loop) {
        seek(m_speed > 0 ? span.first : span.last - 1);
        return;
    }
    moveTo(std::clamp(m_times->frameAt(std::max(now, MediaTime{})), span.first, span.last - 1));
    if (beyond)
        stop();
}

} // namespace telltale
