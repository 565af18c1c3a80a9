// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace telltale {

/// The playhead. While playing, the frame follows from the time that has passed and the video's own time
/// stamps, so playback never drifts: a slow decoder drops pictures instead. GUI thread.
class Player : public QObject {
    Q_OBJECT
public:
    /// `clock`: monotonic microseconds; the default is the machine's.
    explicit Player(QObject* parent = nullptr, std::function<int64_t()> clock = {});

    void setTimes(std::shared_ptr<const FrameTimes> times); ///< null: nothing to play
    int64_t frame() const { return m_frame; }
    int64_t frameCount() const { return m_times ? m_times->frameCount() : 0; }
    bool playing() const { return m_timer.isActive(); }
    double speed() const { return m_speed; } ///< negative: backwards
    /// Keeps playback inside a span; empty: the whole video.
    void setLoop(std::optional<FrameSpan> span);
    const std::optional<FrameSpan>& loop() const { return m_loop; }

    void seek(int64_t frame);
    void step(int64_t frames); ///< stops
    void stepSeconds(double seconds); ///< stops
    void play(double speed);
    void stop();
    void toggle();
    /// J and L: plays that way, faster with every repetition.
    void shuttle(int direction);
    void tick(); ///< what the timer does; public for tests with their own clock

signals:
    void frameChanged(qint64 frame);
    void stateChanged();

private:
    void anchor();
    void moveTo(int64_t frame);
    FrameSpan range() const;

    std::function<int64_t()> m_clock;
    std::shared_ptr<const FrameTimes> m_times;
    std::optional<FrameSpan> m_loop;
    QTimer m_timer;
    int64_t m_frame = 0;
    double m_speed = 1;
    int64_t m_anchorClock = 0;
    MediaTime m_anchorTime{};
};

} // namespace telltale
