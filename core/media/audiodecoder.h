// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the sound of a video as numbered samples.
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace telltale {

struct AudioOptions {
    int rate = 0; ///< samples a second that are wanted; 0: as coded
    int channels = 0; ///< 0: as coded
    int stream = -1; ///< which sound; -1 takes the one that belongs to the pictures
    int videoStream = -1; ///< whose start is time 0; -1: the one that openVideo() shows
};

/// Consecutive samples. Sample s is heard s / rate after the start of the pictures (time 0 of FrameTimes), so
/// that sound which starts before them has negative numbers.
struct AudioBlock {
    int64_t first = 0; ///< number of the first sample; jumps where the file has a gap
    std::vector<float> samples; ///< in [-1, 1], the channels of one sample after the other; empty: the end
};

/// Decodes sound to the sample: encoder delay and padding are left out, and a jump gives the same samples as
/// decoding in sequence (to the rounding of the codec). Belongs to one thread at a time.
class AudioDecoder {
public:
    virtual ~AudioDecoder() = default;
    /// NotFound where the video has no sound; Io, BadFormat, Unsupported.
    static Result<std::unique_ptr<AudioDecoder>> open(
        const std::filesystem::path& file, const AudioOptions& options);

    virtual int rate() const = 0;
    virtual int channels() const = 0;
    virtual const char* codecName() const = 0;
    /// Samples from the start of the pictures to the end of the sound as the container tells it; 0 unknown.
    virtual int64_t lengthEstimate() const = 0;
    /// The next read() begins with this sample, or with the first one after it.
    virtual Status seek(int64_t sample) = 0;
    /// The next samples. Damaged packets are passed over.
    virtual Result<AudioBlock> read() = 0;
};

} // namespace telltale
