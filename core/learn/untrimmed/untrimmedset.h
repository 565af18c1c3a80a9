// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/clips/clipset.h"

namespace telltale {

/// A gesture in an untrimmed video.
struct TruthSpan {
    FrameSpan span; ///< inside the video
    int label = 0;
    double weight = 1; ///< more where a person accepted or corrected it
    bool operator==(const TruthSpan&) const = default;
};

/// One whole video of one subject.
struct UntrimmedVideo {
    std::string id; ///< unique in the set
    std::string subject;
    ClipRole role = ClipRole::Train; ///< Unlabelled: nobody has looked for gestures, `truth` is empty
    int64_t frames = 0;
    double rate = 25; ///< frames a second, for what is told in seconds
    std::vector<TruthSpan> truth; ///< by start; may overlap
    /// Where somebody has looked, by start: elsewhere no span does not mean no gesture. Empty: everywhere.
    std::vector<FrameSpan> reviewed = {};
    int person = 0;
    bool operator==(const UntrimmedVideo&) const = default;
};

/// Numbers that were computed before and travel with the set, e.g. of a large network on a graphics card.
struct FeatureKind {
    std::string name; ///< "videomaev2_g", ...
    int64_t size = 0; ///< numbers in a row
    double step = 1; ///< frames from one row to the next; row i stands for the frames around (i + 0.5) * step
    bool operator==(const FeatureKind&) const = default;
};

/// What all videos of a set have in common.
struct UntrimmedSetInfo {
    std::string scheme; ///< "smg", "imigue", ...
    std::vector<std::string> classes;
    ClipSkeleton skeleton;
    int channels = 3; ///< of a point: x, y in pixels of the picture, score; or x, y, z, score
    int pictureSide = 0; ///< pixels; 0: the set has no pictures
    int pictureStep = 1; ///< frames from one picture to the next; picture i shows frame i * pictureStep
    std::vector<FeatureKind> features;
    std::string origin; ///< where it came from, a sentence
    std::string recipe; ///< JSON of how it was made
};

/// Untrimmed videos with subjects, labelled spans, points, pictures and features in one .safetensors file,
/// which may travel to a machine that has LibTorch alone. The file is mapped: only what is asked for is read,
/// so an hour of video costs no memory. Immutable; any thread.
class UntrimmedSet {
public:
    /// NotFound; BadFormat names what does not fit.
    static Result<std::shared_ptr<const UntrimmedSet>> open(const std::filesystem::path& file);
    virtual ~UntrimmedSet() = default;

    virtual const UntrimmedSetInfo& info() const = 0;
    virtual const std::vector<UntrimmedVideo>& videos() const = 0;
    /// [frames, points, channels]; empty without a skeleton. Missing points have score 0.
    virtual std::span<const float> points(size_t video) const = 0;
    /// [(frames + pictureStep - 1) / pictureStep, pictureSide, pictureSide, 3], red first; empty without.
    virtual std::span<const uint8_t> pictures(size_t video) const = 0;
    /// [rows, FeatureKind::size] of info().features[kind]; empty where the video has none.
    virtual std::span<const float> features(size_t video, size_t kind) const = 0;
    /// Of the content, 16 hex digits.
    virtual std::string digest() const = 0;

    int classCount() const { return static_cast<int>(info().classes.size()); }
};

/// Writes a set video by video; nothing is at `file` before finish(). What is given waits on the disk, so
/// that memory stays as it is however long the videos are. One thread.
class UntrimmedSetWriter {
public:
    /// Io where the folder cannot be written; InvalidArgument for an info that makes no sense.
    static Result<std::unique_ptr<UntrimmedSetWriter>> create(
        const std::filesystem::path& file, UntrimmedSetInfo info);
    virtual ~UntrimmedSetWriter() = default;
    /// Arrays as UntrimmedSet gives them, or empty; `features` one entry a kind, or none. Truth is sorted.
    /// InvalidArgument names the video and leaves the set as it was: wrong length, a number that is none, an
    /// id that was there before, a label outside the classes, a span of no length or outside the video, truth
    /// of an unlabelled video. A video has as many rows of a feature as steps fit into it, one more for the
    /// rest of its frames or not.
    virtual Status add(UntrimmedVideo video, std::span<const float> points, std::span<const uint8_t> pictures,
        const std::vector<std::span<const float>>& features = {})
        = 0;
    /// The same in pieces of any size, in turns as they come. What is wrong with the pieces ends the writer:
    /// everything after it, finish() too, returns that error.
    virtual Status begin(UntrimmedVideo video) = 0;
    virtual Status addPoints(std::span<const float> points) = 0;
    virtual Status addPictures(std::span<const uint8_t> pictures) = 0;
    virtual Status addFeatures(size_t kind, std::span<const float> rows) = 0;
    virtual Status end() = 0;
    /// Io; Cancelled. Either way nothing is at `file` then.
    virtual Status finish(const ProgressSink& progress = {}) = 0;
};

/// As checkSplits() of clips: a subject that stands on two sides is named with both.
Status checkSplits(const std::vector<UntrimmedVideo>& videos);

} // namespace telltale
