// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/track2/asba.h"
#include "learn/track2/gridinput.h"
#include "learn/track2/gridwindows.h"
#include "learn/train/trainrecipe.h"
#include "nn/adapters/adapteroptions.h"
#include "nn/detector/actionformeroptions.h"
#include <filesystem>

namespace telltale {

/// The video transformer that a detector sees pictures through, where GridInput::pictures says that it does.
struct PicturePlan {
    std::string size; ///< "S", "B", "L", "H", "g" (VideoMAEv2); empty: the numbers below
    int width = 96;
    int depth = 4;
    int heads = 3;
    int patch = 16; ///< pixels
    int clip = 8; ///< pictures of a chunk
    int side = 64; ///< pixels that the released position table is made for
    std::string weights; ///< file of released or own weights; empty: drawn (for tests)
    AdapterOptions adapters;
};

/// How a detector learns from points of its pyramid.
struct DetectionLossPlan {
    double centreRadius = 1.5; ///< of centre sampling, strides; 0: everywhere inside
    double focalAlpha = 0.25;
    double focalGamma = 2;
    double normaliser = 100; ///< what the moving number of positive points begins with
    double momentum = 0.9; ///< of it
    double regression = 1; ///< weight of the offsets' loss
    double labelSmoothing = 0;
    bool operator==(const DetectionLossPlan&) const = default;
};

/// How levels become spans.
struct DetectionPlan {
    double leastScore = 0.001;
    int most = 2000; ///< segments of a window
    double sigma = 0.7; ///< of soft suppression
    int mostOfVideo = 2000;
    std::vector<double> overlaps{0.1, 0.3, 0.5}; ///< tIoU that figures are given for
    double decisionOverlap = 0.3; ///< tIoU at which the threshold is chosen
    bool perClass = false; ///< a threshold for each class that has enough held-out truth
    double classSuppression = 0.5; ///< tIoU from which of two spans of a class the better one stays; 1: off
    double crossSuppression = 0.8; ///< the same of different classes
    std::vector<double>
        liftExponents; ///< of rarity, ascending, that are tried (DecisionOptions); empty: none
    double liftCost = 0.01; ///< of the best held-out F1 that a greater lift may cost
    bool operator==(const DetectionPlan&) const = default;
};

/// The Track 2 system (arXiv 2606.07355) as a recipe file describes it (models/recipes/track2*.json).
struct Track2Recipe {
    std::string name; ///< "track2_skeleton 1"
    TimeGrid grid;
    GridInput input;
    PicturePlan pictures;
    ActionFormerOptions detector; ///< without inputs and classes
    DetectionLossPlan loss;
    AsbaOptions asba;
    TrainRecipe training;
    DetectionPlan detection;
    double heldShare = 0.15; ///< of the training subjects, where the set has no validation subjects
    std::string text; ///< the file itself, with its provenance
    std::string digest; ///< of the text
};

/// NotFound, BadFormat naming file, table and key: unknown, out of range, without a provenance.
Result<Track2Recipe> readTrack2Recipe(const std::filesystem::path& file);
Result<Track2Recipe> parseTrack2Recipe(const std::string& text, const std::string& name);
/// The recipe with another PicturePlan::weights. InvalidArgument for a recipe that sees no pictures.
Result<Track2Recipe> withTrunk(const Track2Recipe& recipe, const std::filesystem::path& weights);

} // namespace telltale
