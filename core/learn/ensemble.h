// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// Torch-free face of the models for the pipeline. Class scores are logits until calibrated.

inline constexpr const char* kModalities[] = {"joint", "heatmap", "rgb"};

/// Inputs of one clip; a modality that is missing stays empty.
struct ClipInput {
    NdArray joint; ///< [9, 32, 68] (features/jointFeatures)
    NdArray heatmap; ///< [68, 16, 32, 32]
    NdArray rgb; ///< [3, 8, 64, 64], 0..1
};

struct ClipOutput {
    std::map<std::string, std::vector<float>> embedding; ///< per modality, fixed length
    std::map<std::string, std::vector<float>> logits; ///< per modality, classes of the scheme; empty: no head
};

/// Heads per modality with their temperatures and fusion weights: the part that retrains interactively. A
/// head is linear, or has one hidden layer with ReLU.
struct HeadSet {
    int classes = 0;
    struct Head {
        int inputs = 0;
        int hidden = 0; ///< units of the hidden layer; 0: linear
        std::vector<float> hiddenWeight; ///< [hidden, inputs]
        std::vector<float> hiddenBias; ///< [hidden]
        std::vector<float> weight; ///< [classes, width()]
        std::vector<float> bias; ///< [classes]
        double temperature = 1;
        double fusionWeight = 1;

        int width() const { return hidden > 0 ? hidden : inputs; } ///< numbers that the classifier sees
    };
    std::map<std::string, Head> heads; ///< by modality
    std::vector<float> logits(const std::string& modality, const std::vector<float>& embedding) const;
    std::vector<float> probabilities(const std::string& modality, const std::vector<float>& embedding) const;
};

Result<HeadSet> readHeads(const std::filesystem::path& file);
Status writeHeads(const std::filesystem::path& file, const HeadSet& heads, const std::string& metadataJson);

/// The three small networks of the demo weights. One instance per thread.
class Ensemble {
public:
    virtual ~Ensemble() = default;
    virtual std::string digest() const = 0;
    /// Heads for "smg" or "imigue"; null for schemes the weights do not know.
    virtual const HeadSet* heads(const std::string& scheme) const = 0;
    /// A modality that is empty, of another shape or not finite is left out.
    virtual std::map<std::string, std::vector<float>> embed(const ClipInput& clip) = 0;
    /// Per-row gesture probability from skeleton features [C, rows] sampled at about 14 Hz; empty if C is not
    /// sequenceChannels().
    virtual std::vector<float> actionness(const NdArray& sequence) = 0;
    virtual int sequenceChannels() const = 0;
};

/// NotFound / BadFormat name the file. `folder` holds joint / heatmap / rgb / detector .safetensors and
/// demo.json.
Result<std::unique_ptr<Ensemble>> loadEnsemble(const std::filesystem::path& folder);

} // namespace telltale
