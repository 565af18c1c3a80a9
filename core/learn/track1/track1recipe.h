// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/cmpl/cmpl.h"
#include "learn/labels/labelvectors.h"
#include "learn/streams/streaminput.h"
#include "learn/systemcalibration.h"
#include "learn/train/trainrecipe.h"
#include "nn/networkspec.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// One stream of the system: what it sees, its network, how that is trained.
struct StreamPlan {
    std::string name; ///< "joint", "heatmap", "rgb", ...
    StreamInput input;
    NetworkSpec network;
    TrainRecipe training;
};

/// How streams are fine-tuned on pseudo-labels.
struct AdaptationPlan {
    double epochShare = 0.3; ///< of the stream's epochs, per round
    double rateFactor = 0.1; ///< on the stream's learning rate
    double poolShare = 0.5; ///< inductive: of an evaluated subject's clips that are adapted on
};

/// The Track 1 system (arXiv 2606.13030) as a recipe file describes it (models/recipes/track1*.json).
struct Track1Recipe {
    std::string name; ///< "track1 1"
    std::vector<StreamPlan> streams;
    LabelVectorOptions labels;
    CalibrationOptions calibration;
    CmplOptions cmpl;
    AdaptationPlan adaptation;
    /// Share of the training subjects that calibrates and selects where the set has no validation subjects.
    double heldShare = 0.15;
    std::string text; ///< the file itself, with its provenance
    std::string digest; ///< of the text
};

/// NotFound, BadFormat naming file, table and key: unknown, out of range, without a provenance.
Result<Track1Recipe> readTrack1Recipe(const std::filesystem::path& file);
Result<Track1Recipe> parseTrack1Recipe(const std::string& text, const std::string& name);

} // namespace telltale
