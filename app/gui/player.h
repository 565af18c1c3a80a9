// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/dropcounter.h"
#include "base/timebase.h"
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace telltale {

/// Playing speeds, one notch faster in a direction (1 forwards, -1 backwards): 1/8 to 8 times in powers of
/// two. What runs the other way, or not at all (0), begins at 1; slower() begins at 1/2.
double fasterSpeed(double speed, int direction);
double slowerSpeed(double speed, int direction);

/// The playhead. While playing, the frame follows from the time that has passed and the video's own time
/// stamps, so playback never drifts: a slow decoder drops pictures instead, and they are counted. A loop goes
/// round without losing time. GUI thread.
class Player : public QObject {
    Q_OBJECT
public:
    /// `clock`: microseconds, never running back; the default is the machine's.
    explicit Player(QObject* parent = nullptr, std::function<int64_t()> clock = {});

    void setTimes(std::shared_ptr<const FrameTimes> times); ///< null: nothing to play
    std::shared_ptr<const FrameTimes> times() const { return m_times; }
    int64_t frame() const { return m_frame; }
    int64_t frameCount() const { return m_times ? m_times->frameCount() : 0; }
    bool playing() const { return m_timer.isActive(); }
    double speed() const { return m_speed; } ///< negative: backwards
    /// Where playback is now, between two pictures too; the start of the frame while it stands.
    MediaTime time() const;
    /// Keeps playback inside a span; empty: the whole video.
    void setLoop(std::optional<FrameSpan> span);
    const std::optional<FrameSpan>& loop() const { return m_loop; }
    /// Plays from the span's first frame to its last and stops there; a loop waits until then. Anything else
    /// that plays or seeks ends it.
    void playOnce(const FrameSpan& span);
    /// Begin and end of the loop that is played; empty without one.
    std::optional<std::pair<MediaTime, MediaTime>> loopTimes() const;

    FrameSpan range() const; ///< what is played: the loop, or all

    void seek(int64_t frame);
    void step(int64_t frames); ///< stops
    void stepSeconds(double seconds); ///< stops
    void play(double speed);
    void stop();
    void toggle();
    /// J and L: plays that way, faster with every repetition.
    void shuttle(int direction);
    /// Shift+J and Shift+L: plays that way, slower with every repetition.
    void shuttleSlowly(int direction);
    void tick(); ///< what the timer does; public for tests with their own clock

    /// The picture came on the screen.
    void pictureShown(int64_t frame);
    /// Pictures that should have been seen since playback began and came too late or never.
    int64_t dropped() const { return m_drops.dropped(); }

signals:
    void frameChanged(qint64 frame);
    void stateChanged();
    void restarted(); ///< playing or not: time() jumped, or runs at another speed from now on
    void ticked(); ///< time() went on
    void droppedChanged();

private:
    void start(double speed);
    void anchor(MediaTime place);
    MediaTime placeOf(int64_t frame) const;
    void moveTo(int64_t frame);
    bool looping() const { return m_loop && !m_once; }
    MediaTime unrolledTime() const; ///< as if there was no loop and no end

    std::function<int64_t()> m_clock;
    std::shared_ptr<const FrameTimes> m_times;
    std::optional<FrameSpan> m_loop;
    std::optional<FrameSpan> m_once; ///< what is played one time
    QTimer m_timer;
    DropCounter m_drops;
    int64_t m_frame = 0;
    int64_t m_onScreen = -1; ///< picture that was shown last
    double m_speed = 1;
    int64_t m_anchorClock = 0;
    MediaTime m_anchorTime{};
    int64_t m_pass = 0; ///< of the loop
};

} // namespace telltale
