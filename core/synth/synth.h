// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// Synthetic subjects: because the real sets are by request. Deterministic by seed, on any thread.

enum class SynthScheme { Smg, Imigue };

struct SynthOptions {
    SynthScheme scheme = SynthScheme::Smg;
    int subject = 1; ///< 1-based; the same subject has the same body, habits, room and camera
    double minutes = 1;
    uint64_t seed = 1;
    int width = 640;
    int height = 480;
    double fps = 28;
    /// Gestures a minute; the classes follow the published long tail unless `balanced`.
    double gesturesPerMinute = 8;
    bool balanced = false; ///< every class alike: for training the demo weights' tail
    /// How far the person stands outside the range of all others, 0 to 1: other proportions, smaller and
    /// faster or slower movement, a camera more to the side and above, less light, a worse view of the
    /// points.
    double shift = 0;
};

struct SynthSpan {
    int classId = -1; ///< 0-based id in the scheme
    FrameSpan span;
};

/// A finished session: exact points, what an estimator would see, and the truth. Pictures are drawn on
/// demand.
class SynthSession {
public:
    virtual ~SynthSession() = default;
    virtual int64_t frameCount() const = 0;
    virtual const std::vector<SynthSpan>& spans() const = 0;
    virtual const PoseTrack& exactTrack() const = 0; ///< telltale68, score 1 (occluded lower)
    virtual const PoseTrack& observedTrack() const = 0; ///< noise, dropouts, scores
    /// Draws picture `frame` into `bgra` (width * height * 4). Safe from several threads at once.
    virtual void draw(int64_t frame, uint8_t* bgra) const = 0;
};

std::unique_ptr<SynthSession> makeSession(const SynthOptions& options);

/// The same session frame after frame, to the bit, for videos of any length: memory stays as it is.
class SynthStream {
public:
    virtual ~SynthStream() = default;
    virtual int64_t frameCount() const = 0;
    virtual const std::vector<SynthSpan>& spans() const = 0;
    /// Observed points of the frames that follow, at most `most`; no rows behind the last one. One thread.
    virtual PoseTrack next(int64_t most) = 0;
    /// As SynthSession::draw(), of any frame.
    virtual void draw(int64_t frame, uint8_t* bgra) const = 0;
};

std::unique_ptr<SynthStream> streamSession(const SynthOptions& options);

/// Encodes the session's pictures at its rate with libx264, drawing on all cores.
Status renderSession(const SynthSession& session, const SynthOptions& options,
    const std::filesystem::path& video, ProgressSink& progress);

/// A data set on disk in the real set's folder layout (SMG: SampleNNNN/..., iMiGUE: imigue_*_train/NNNN/...).
/// Each subject appears whole or not at all, also after a cancellation. Conflict if a subject is there
/// already.
Status writeDataset(const std::filesystem::path& folder, SynthScheme scheme, int subjects, double minutes,
    uint64_t seed, ProgressSink& progress);
/// The same with every option; `options.subject` is ignored.
Status writeDataset(
    const std::filesystem::path& folder, const SynthOptions& options, int subjects, ProgressSink& progress);

} // namespace telltale
