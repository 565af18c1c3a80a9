// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "base/timebase.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// Of some stretch of sound, all channels together, in [-1, 1].
struct WaveformPeak {
    float low = 0;
    float high = 0;
    float rms = 0;
    bool operator==(const WaveformPeak&) const = default;
};

/// Lowest and highest value and loudness of a sound track, in levels from fine to coarse, so that a lane is
/// drawn in the time of its columns at any zoom. Times are those of FrameTimes: the sound that is heard
/// with a picture is found at the picture's time. Immutable; use from any thread.
class Waveform {
public:
    /// Samples of the finest bucket; each further level takes four buckets of the one before together.
    static constexpr int kFinestSamples = 256;
    static constexpr int kLevelFactor = 4;

    int rate() const { return m_rate; } ///< samples a second
    MediaTime start() const; ///< of the first sample; may lie before or after the first picture
    MediaTime end() const; ///< of the last sample
    /// Loudest sample of all, in [0, 1].
    float loudest() const;
    /// One peak for each of `columns` equal stretches of [from, to); zeros where there is no sound. Reads 4
    /// to 17 buckets a column, whatever the zoom; they reach at most a quarter of a column over its edges.
    std::vector<WaveformPeak> peaks(MediaTime from, MediaTime to, int columns) const;

private:
    friend class WaveformBuilder;
    struct Bucket {
        int16_t low = 0;
        int16_t high = 0;
        uint16_t rms = 0;
    };
    WaveformPeak over(size_t level, double first, double last) const;

    int m_rate = 0;
    int64_t m_firstSample = 0; ///< its number counted from the start of the pictures
    int64_t m_samples = 0;
    std::vector<std::vector<Bucket>> m_levels; ///< finest first
};

/// The waveform of a video's sound: read from `cacheFolder`/waveform if it is kept there under the file's
/// fingerprint, else made by decoding all sound and kept there (empty folder: not kept). Blocks.
/// NotFound where the video has no sound; Io, BadFormat, Unsupported, Cancelled.
Result<std::shared_ptr<const Waveform>> loadWaveform(const std::filesystem::path& video,
    const std::filesystem::path& cacheFolder, ProgressSink* progress = nullptr);
/// Only what is kept already; NotFound otherwise. Reads a few megabytes, decodes nothing.
Result<std::shared_ptr<const Waveform>> keptWaveform(
    const std::filesystem::path& video, const std::filesystem::path& cacheFolder);

} // namespace telltale
