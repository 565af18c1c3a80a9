// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "learn/training.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// How many synthetic subjects the demo weights see; the "data" part of the recipe.
struct SynthDataOptions {
    int subjects = 24; ///< per scheme
    int heldSubjects = 6; ///< per scheme, other people
    double minutes = 2; ///< each
    double gesturesPerMinute = 12;
    double balancedShare = 0.75; ///< of the subjects; the others follow the published long tail
    int sparseSubjects
        = 20; ///< per scheme, further people for the detector alone: long stretches without a gesture
    double sparseGesturesPerMinute = 5;
    int sequenceVersions = 3; ///< augmented copies of each session for the detector
    uint64_t seed = 1;
};

/// Which points the skeleton inputs of a measurement have.
enum class PointSet { All68, Mobile14 };

/// Clips of synthetic sessions: points are gathered and augmented on demand, RGB crops are drawn once and
/// kept small.
class SynthClipDataset : public ClipDataset {
public:
    /// sample() without augmentation, with fewer points.
    virtual ClipInput inputWith(int64_t index, PointSet points) const = 0;
};

/// One held-out session for measuring the detector with its decoding.
struct HeldSession {
    NdArray features; ///< [channels, rows]
    NdArray mobileFeatures; ///< the same, seen by a 14-point model
    std::vector<float> gesture; ///< per row
    struct Truth {
        double start = 0; ///< rows
        double end = 0;
    };
    std::vector<Truth> truth;
};

struct SynthData {
    std::unique_ptr<SynthClipDataset> train;
    std::unique_ptr<SynthClipDataset> held;
    std::vector<SequenceSample> sequences;
    std::vector<SequenceSample> heldSequences;
    std::vector<HeldSession> heldSessions;
};

/// Makes the sessions on all cores. Deterministic by seed. Cancelled.
Result<SynthData> makeSynthData(const SynthDataOptions& options, ProgressSink& progress);

} // namespace telltale
