// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/cmpl/protocol.h"
#include "learn/track1/clipscores.h"
#include "learn/track1/track1recipe.h"
#include "learn/train/trainoutcome.h"
#include <functional>
#include <memory>
#include <optional>

namespace telltale {

/// The Track 1 system after arXiv 2606.13030: streams that name a cut clip, calibrated and voting softly. It
/// lies in a folder: track1.json and one .safetensors a stream.

/// What track1.json says.
struct SystemFacts {
    Track1Recipe recipe;
    std::string scheme;
    std::vector<std::string> classes;
    std::map<std::string, std::string> streamDigests;
    SystemCalibration calibration;
    std::vector<int64_t> trainingCounts; ///< labelled training clips by class
    std::string set; ///< digest of the clip set it learned from
    uint64_t seed = 1;
    /// How it was adapted on unlabelled clips; empty: it was not. Figures of an adapted system are marked.
    std::optional<AdaptationProtocol> adapted;
    int rounds = 0; ///< of the adaptation
    std::string base; ///< digest of the system that was adapted
    std::string figures; ///< JSON: by side ("validation", "test") and stream, measured here
    std::string roundsText; ///< JSON list of what each round accepted
};

/// What the folder's track1.json says; the networks beside it are not touched. NotFound, BadFormat.
Result<SystemFacts> readSystemFacts(const std::filesystem::path& folder);

/// A trained system. One thread at a time.
class Track1System {
public:
    /// NotFound, BadFormat: names the file and what does not fit (a stream's file that was changed, another
    /// scheme). `device` as deviceNamed() in learn/train.
    static Result<std::unique_ptr<Track1System>> load(
        const std::filesystem::path& folder, const std::string& device = "auto");
    virtual ~Track1System() = default;

    virtual const SystemFacts& facts() const = 0;
    virtual std::string digest() const = 0; ///< over all streams and the calibration, 16 hex digits
    /// Logits and features of clips. InvalidArgument if the set has other classes or another skeleton than
    /// the one that was learned from. Cancelled.
    virtual Result<ClipScores> scores(std::shared_ptr<const ClipSet> set, const std::vector<size_t>& clips,
        ProgressSink& progress) const = 0;
};

struct SystemOptions {
    uint64_t seed = 1;
    std::string device = "auto";
    bool resume = false; ///< go on with what a stopped run left beside `folder`
    int workers = 0; ///< streams that are trained side by side; 0: as many as the processor has cores
};

/// Told after each epoch of a stream, from the thread that trains it.
using StreamEpoch = std::function<void(const std::string& stream, const EpochReport&)>;

/// Trains every stream on the training subjects, selects epochs, calibrates and weighs on the validation
/// subjects, and measures on both and on the test subjects. What lies in `folder` is replaced when all is
/// done and measured; until then, and after any failure, it stays as it was. A run that was stopped leaves
/// its checkpoints beside the folder for SystemOptions::resume.
Result<SystemFacts> trainSystem(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const std::filesystem::path& folder, const SystemOptions& options, ProgressSink& progress,
    const StreamEpoch& onEpoch = {});

} // namespace telltale
