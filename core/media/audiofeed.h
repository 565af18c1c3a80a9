// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "base/timebase.h"
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace telltale {

/// What a sound device takes: float samples, channels interleaved.
struct AudioFormat {
    int rate = 48000;
    int channels = 2;
    bool operator==(const AudioFormat&) const = default;
};

/// What is to be heard, from output sample 0 on.
struct PlayOrder {
    MediaTime from{}; ///< on the clock of the pictures (FrameTimes); before 0 and behind the end is silence
    double speed = 1; ///< of slowestHeard to fastestHeard
    /// Begin and end of a loop that holds `from`; the end is played on with the begin, sample by sample.
    std::optional<std::pair<MediaTime, MediaTime>> loop;
};

/// Speeds outside of these, and backwards, are played without sound: speech cannot be followed there.
inline constexpr double kSlowestHeard = 0.25;
inline constexpr double kFastestHeard = 4;
constexpr bool isHeard(double speed) { return speed >= kSlowestHeard && speed <= kFastestHeard; }

/// The sound of one video, decoded, resampled and stretched on a thread of its own a little ahead of the
/// device. Output sample n is heard n / rate after the start of the order, whatever happens: what comes too
/// late is left out, so that sound never falls behind. All functions return at once. play() and stop() belong
/// to one thread, pull() to another (the device's); callbacks run on the decode thread.
class AudioFeed {
public:
    struct Callbacks {
        std::function<void(bool hasSound)> opened; ///< once, unless it failed
        std::function<void(Error)> failed; ///< the sound is silent from there on
    };
    AudioFeed(const std::filesystem::path& file, const AudioFormat& format, Callbacks callbacks);
    /// Stops and joins the thread; no callback runs afterwards.
    ~AudioFeed();
    AudioFeed(const AudioFeed&) = delete;
    AudioFeed& operator=(const AudioFeed&) = delete;

    void play(const PlayOrder& order);
    void stop();
    /// Fills `out` with the output samples from number `first` on; zeros where they are not ready or there
    /// are none. Returns how many (of one channel) were ready. `first` never goes back within an order.
    int64_t pull(int64_t first, std::span<float> out);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace telltale
