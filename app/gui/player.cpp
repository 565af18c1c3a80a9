// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/player.h"
#include "media/soundclock.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int kTickMs = 8;
constexpr double kFastest = 8;
constexpr double kSlowest = 0.125;

} // namespace

double fasterSpeed(double speed, int direction)
{
    return speed * direction > 0 ? std::clamp(speed * 2, -kFastest, kFastest) : direction;
}

double slowerSpeed(double speed, int direction)
{
    const double forwards = speed * direction;
    return direction * (forwards > 0 && forwards < 1 ? std::max(forwards / 2, kSlowest) : 0.5);
}

Player::Player(QObject* parent, std::function<int64_t()> clock)
    : QObject(parent)
    , m_clock(clock ? std::move(clock) : machineMicroseconds)
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
    anchor(placeOf(m_frame));
}

void Player::setLoop(std::optional<FrameSpan> span)
{
    if (playing()) {
        tick();
        anchor(time()); // what has passed of the old loop does not count in the new one
    }
    m_once.reset();
    m_loop = span;
    if (const FrameSpan inside = range(); playing() && !inside.contains(m_frame))
        seek(m_speed > 0 ? inside.first : inside.last - 1);
    else if (playing())
        emit restarted();
    emit stateChanged();
}

FrameSpan Player::range() const
{
    const FrameSpan all{0, frameCount()};
    const std::optional<FrameSpan>& limit = m_once ? m_once : m_loop;
    if (!limit)
        return all;
    const FrameSpan span = clampSpan(*limit, frameCount());
    return span.empty() ? all : span;
}

std::optional<std::pair<MediaTime, MediaTime>> Player::loopTimes() const
{
    if (!looping() || frameCount() == 0)
        return std::nullopt;
    return std::pair(m_times->timeOf(range().first), m_times->timeOf(range().last));
}

MediaTime Player::unrolledTime() const
{
    const double passed = static_cast<double>(m_clock() - m_anchorClock) * m_speed;
    return m_anchorTime + MediaTime(static_cast<int64_t>(std::llround(passed)));
}

MediaTime Player::time() const
{
    if (frameCount() == 0)
        return {};
    if (!playing())
        return m_times->timeOf(m_frame);
    const MediaTime begin = m_times->timeOf(range().first);
    const MediaTime end = m_times->timeOf(range().last);
    const MediaTime now = unrolledTime();
    if (!looping() || end <= begin)
        return std::clamp(now, begin, end);
    const MediaTime length = end - begin;
    return begin + ((now - begin) % length + length) % length;
}

void Player::moveTo(int64_t frame)
{
    frame = std::clamp<int64_t>(frame, 0, std::max<int64_t>(0, frameCount() - 1));
    if (frame == m_frame)
        return;
    m_frame = frame;
    emit frameChanged(frame);
}

/// Where a frame is entered in the direction of play.
MediaTime Player::placeOf(int64_t frame) const
{
    if (!m_times || frameCount() == 0)
        return {};
    return m_speed > 0 ? m_times->timeOf(frame) : m_times->timeOf(frame + 1) - MediaTime(1);
}

void Player::anchor(MediaTime place)
{
    m_anchorTime = place;
    m_anchorClock = m_clock();
    m_pass = 0;
    if (playing())
        m_drops.goOn(m_frame, m_speed, m_onScreen == m_frame);
    emit restarted();
}

void Player::seek(int64_t frame)
{
    const bool stays = playing() && frame == m_frame;
    m_once.reset();
    moveTo(frame);
    anchor(stays && m_times->frameAt(time()) == frame ? time() : placeOf(m_frame));
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
    m_once.reset();
    start(speed);
}

void Player::playOnce(const FrameSpan& span)
{
    const FrameSpan inside = clampSpan(span, frameCount());
    if (inside.empty())
        return;
    stop();
    seek(inside.first);
    m_once = inside;
    start(1);
}

void Player::start(double speed)
{
    if (frameCount() == 0)
        return;
    if (playing())
        tick(); // the time until now went by at the old speed
    const FrameSpan span = range();
    const bool atEnd = speed > 0 ? m_frame + 1 >= span.last : m_loop && m_frame <= span.first;
    const bool goesOn = playing() && !atEnd;
    const MediaTime now = time();
    m_speed = speed;
    if (!span.contains(m_frame) || atEnd)
        moveTo(speed > 0 ? span.first : span.last - 1);
    if (!playing()) {
        m_drops.begin(m_frame, speed, m_onScreen == m_frame);
        m_timer.start();
        emit droppedChanged();
    }
    anchor(goesOn ? now : placeOf(m_frame));
    emit stateChanged();
}

void Player::stop()
{
    if (!playing())
        return;
    m_timer.stop();
    m_once.reset();
    emit restarted();
    emit stateChanged();
}

void Player::toggle()
{
    if (playing())
        stop();
    else
        play(1);
}

void Player::shuttle(int direction) { play(fasterSpeed(playing() ? m_speed : 0, direction)); }

void Player::shuttleSlowly(int direction) { play(slowerSpeed(playing() ? m_speed : 0, direction)); }

void Player::tick()
{
    if (!m_times || frameCount() == 0)
        return;
    const FrameSpan span = range();
    const MediaTime begin = m_times->timeOf(span.first);
    const MediaTime end = m_times->timeOf(span.last);
    const MediaTime now = unrolledTime();
    const bool beyond = m_speed > 0 ? now >= end : now < begin;
    if (looping() && end > begin) {
        const MediaTime length = end - begin;
        const int64_t rest = ((now - begin) % length).count();
        const int64_t pass = (now - begin) / length - (rest < 0 ? 1 : 0);
        if (pass != m_pass) {
            m_pass = pass;
            m_drops.goOn(m_speed > 0 ? span.first : span.last - 1, m_speed, false);
        }
    }
    const MediaTime place = looping() ? time() : std::clamp(now, begin, end);
    const int64_t frame = std::clamp(m_times->frameAt(place), span.first, span.last - 1);
    m_drops.due(frame);
    moveTo(frame);
    emit ticked();
    if (beyond && !looping())
        stop();
}

void Player::pictureShown(int64_t frame)
{
    m_onScreen = frame;
    if (!playing())
        return;
    const int64_t before = m_drops.dropped();
    m_drops.shown(frame);
    if (m_drops.dropped() != before)
        emit droppedChanged();
}

} // namespace telltale
