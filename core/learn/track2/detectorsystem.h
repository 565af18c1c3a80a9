// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "eval/spans.h"
#include "learn/spans/spandecision.h"
#include "learn/track2/detectorepoch.h"
#include "learn/track2/track2recipe.h"
#include <functional>
#include <memory>

namespace telltale {

/// The Track 2 system after arXiv 2606.07355: finds gestures in untrimmed video. It lies in a folder:
/// track2.json, detector.safetensors and, where it sees pictures, trunk.safetensors.

/// What track2.json says.
struct DetectorFacts {
    Track2Recipe recipe;
    std::string scheme;
    std::vector<std::string> classes;
    UntrimmedSetInfo set; ///< shapes of what it learned from: points, channels, pictures, features
    SpanDecision decision; ///< chosen on held-out subjects
    std::vector<int64_t> trainingCounts; ///< gestures by class
    std::string setDigest; ///< of what it learned from
    uint64_t seed = 1;
    std::string detectorDigest;
    std::string trunkDigest; ///< empty without pictures
    std::string figures; ///< JSON: by side ("validation", "test"), measured here
    std::string history; ///< JSON: epochs with ASBA's intensities
    std::vector<std::string> notes;
};

/// What the folder's track2.json says; the networks beside it are not touched. NotFound, BadFormat.
Result<DetectorFacts> readDetectorFacts(const std::filesystem::path& folder);

/// A trained detector. One thread at a time.
class Track2System {
public:
    /// NotFound, BadFormat: names the file and what does not fit. `device` as deviceNamed() in learn/train.
    static Result<std::unique_ptr<Track2System>> load(
        const std::filesystem::path& folder, const std::string& device = "auto");
    virtual ~Track2System() = default;

    virtual const DetectorFacts& facts() const = 0;
    virtual std::string digest() const = 0; ///< 16 hex digits
    /// All spans with their scores, in frames, best first; decided() with facts().decision leaves those that
    /// count. InvalidArgument if the set has other classes or another skeleton, or lacks what the detector
    /// sees. Cancelled.
    virtual Result<std::vector<ScoredSpan>> spans(
        const UntrimmedSet& set, const std::vector<size_t>& videos, ProgressSink& progress) const = 0;
};

struct DetectorSystemOptions {
    uint64_t seed = 1;
    std::string device = "auto";
    bool resume = false; ///< go on with what a stopped run left beside `folder`
};

/// Which videos of a set do what. Indices ascend.
struct VideoSides {
    std::vector<size_t> train;
    std::vector<size_t> validation; ///< of subjects that select epochs and choose the threshold
    std::vector<size_t> test;
    std::vector<std::string> notes; ///< sentences for a person
};

/// Sides by role; where no subject has the role validation, training subjects that have about `heldShare` of
/// the gestures are held out, drawn by `seed`. InvalidArgument: a subject on two sides, no gesture to train
/// on.
Result<VideoSides> videoSides(const UntrimmedSet& set, double heldShare, uint64_t seed);

/// Trains on the training subjects, selects epochs and chooses the threshold on the validation subjects,
/// measures on both and on the test subjects. What lies in `folder` is replaced when all is done and
/// measured; until then, and after any failure, it stays as it was.
Result<DetectorFacts> trainTrack2(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const std::filesystem::path& folder, const DetectorSystemOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch = {});

/// Without spans that touch no gesture and of which less than half lies where somebody has looked
/// (UntrimmedVideo::reviewed): nobody knows whether they are right. As `evaluate` does.
std::vector<ScoredSpan> judged(
    const UntrimmedSet& set, const std::vector<size_t>& videos, std::vector<ScoredSpan> spans);

/// Figures of what was found in some videos.
struct DetectionFigures {
    std::vector<double> overlaps; ///< tIoU
    std::vector<double> f1; ///< strict, of the spans that the decision leaves
    std::vector<double> starterF1; ///< by the organisers' rule, of the same
    std::vector<double> precision; ///< strict
    std::vector<double> recall; ///< strict
    std::vector<double> meanAp; ///< of all spans
    double tailF1 = 0; ///< mean strict F1 at the decision's tIoU over the tail classes with truth
    double tailAp = 0; ///< mean average precision of the same at the same tIoU, of all spans: no threshold
    int64_t truths = 0;
    int64_t found = 0; ///< spans that the decision leaves
};
DetectionFigures detectionFigures(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& spans,
    const SpanDecision& decision, const std::vector<double>& overlaps,
    const std::vector<int64_t>& trainingCounts);
std::string detectionFiguresText(const DetectionFigures& figures); ///< JSON

} // namespace telltale
