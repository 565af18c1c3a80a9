// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Everything that decides how a stream is trained, beside its data and its network. The values are those of
/// a small run; recipes on disk (models/recipes) give each with its provenance.
struct TrainRecipe {
    int epochs = 20;
    int batch = 16; ///< of an epoch's last step too: batches of an epoch differ by one clip at most
    std::string optimizer = "adamw"; ///< "adamw", "sgd"
    double learningRate = 1e-3;
    double backboneRate = 1; ///< factor on the learning rate of everything before the classifier
    double weightDecay = 0.01; ///< of kernels and matrices; biases, norms and single numbers never decay
    double momentum = 0.9; ///< sgd
    bool nesterov = true; ///< sgd
    double beta1 = 0.9; ///< adamw
    double beta2 = 0.999; ///< adamw
    double warmUpEpochs = 1;
    double floorRate = 0; ///< what the cosine ends at, as a share of the learning rate
    double gradientClip = 5; ///< largest norm of all gradients together; 0: no limit
    std::string loss = "cross-entropy"; ///< as classLossKind() in losses.h
    double focalGamma = 2;
    double labelSmoothing = 0;
    double dropout = 0.5; ///< of the features before the classifier
    double ema = 0; ///< decay of the running mean of the weights that is scored and kept; 0: none
    std::string sampler = "natural"; ///< "natural", "balanced", "square-root"
    std::string classWeights = "none"; ///< "none", "square-root", "effective-number"
    double weightSmoothing = 0; ///< square-root: added to each count
    double weightCap = 0; ///< square-root: largest weight; 0: no limit
    double weightBeta = 0.999; ///< effective-number
    std::string semantic = "none"; ///< "none", "mse", "ose", "opl", "proto" as in losses.h
    double semanticLambda = 0.5;
    double semanticMu = 0.5;
    int semanticDimension = 300;
    std::string selectBy = "macro-f1"; ///< "macro-f1", "accuracy", "loss", "last": which epoch is kept
    int patience = 0; ///< epochs without a better one before training ends; 0: never
    std::string precision = "float32"; ///< "float32", "bfloat16", "float16"; halves on CUDA alone
    int views = 1; ///< versions of a clip that are averaged when scoring, as far as the source has them
    int threads = 0; ///< of tensor operations; 0: as many as the process uses anyway
    uint64_t seed = 1;
    bool operator==(const TrainRecipe&) const = default;
};

/// Reads a recipe from tables of {"value": v, "provenance": text} in a JSON file. `tables` are names, dotted
/// where they lie within others ("streams.joint.training"); later ones override earlier ones, all but the
/// first may be missing. BadFormat names file and key: unknown, out of range, of another kind, without a
/// provenance.
Result<TrainRecipe> readTrainRecipe(
    const std::filesystem::path& file, const std::vector<std::string>& tables = {"training"});
/// The same from the text of a file; `name` is used in messages.
Result<TrainRecipe> parseTrainRecipe(
    std::string_view json, const std::string& name, const std::vector<std::string>& tables = {"training"});
/// InvalidArgument names the first value that is out of range or that goes with no other.
Status checkTrainRecipe(const TrainRecipe& recipe);
/// {"epochs": 20, ...}: every value, in one fixed order; equal recipes give equal texts.
std::string trainRecipeText(const TrainRecipe& recipe);
/// Of the text but for `threads`, 32 hex digits.
std::string trainRecipeDigest(const TrainRecipe& recipe);
/// What differs between two texts of trainRecipeText(), "epochs 20 instead of 30, ..."; empty if nothing but
/// `threads`.
std::string trainRecipeDifference(std::string_view found, std::string_view wanted);

} // namespace telltale
