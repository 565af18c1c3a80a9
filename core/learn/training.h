// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "eval/metrics.h"
#include "learn/ensemble.h"
#include "learn/heads/headoptions.h"
#include "learn/labels/labelvectors.h"
#include <functional>
#include <string>
#include <vector>

namespace telltale {

/// One labelled clip for training the networks. Produced on demand; torch-free.
struct ClipSample {
    ClipInput input;
    std::string scheme; ///< "smg", "imigue": which head it trains
    int label = 0;
    int subject = 0;
};

/// Index -> clip. sample() is called from several threads at once and must be a pure function of its
/// arguments; `random` decides the augmentation (none while measuring, when `augment` is false).
class ClipDataset {
public:
    virtual ~ClipDataset() = default;
    virtual int64_t size() const = 0;
    virtual int label(int64_t index) const = 0;
    virtual std::string scheme(int64_t index) const = 0;
    virtual ClipSample sample(int64_t index, Random random, bool augment) const = 0;
};

/// One untrimmed sequence for the detector: features [C, rows] at about 14 Hz, target 0 or 1 per row.
struct SequenceSample {
    NdArray features;
    std::vector<float> gesture;
};

/// Constants of the demo networks, read from models/recipes/demo.json; every value has a provenance there.
struct EnsembleRecipe {
    std::map<std::string, int> classes; ///< by scheme
    int epochs = 12;
    int batch = 32;
    double learningRate = 2e-3;
    double weightDecay = 1e-2;
    double weightSmoothing = 10; ///< of the square-root class weights
    double weightCap = 5;
    int detectorEpochs = 8;
    uint64_t seed = 1;
    double labelSmoothing = 0.1;
    double dropout = 0.2; ///< of the embedding, while training
    double warmUp = 0.05; ///< share of the steps
    double gradientClip = 5; ///< largest norm
    int detectorBatch = 16;
    int detectorRows = 224; ///< length of the cut that the detector trains on
    std::string text; ///< the file itself, with its provenance; travels into demo.json
};
/// Reads the table "training" of a recipe, whose entries are {"value": v, "provenance": text}; other tables
/// belong to others. Every key must be there. BadFormat names the file and the key that is missing, unknown
/// or no such number.
Result<EnsembleRecipe> readEnsembleRecipe(const std::filesystem::path& file);

/// Trains the three networks (one after the other, all schemes share a backbone and have a head each) and the
/// detector; fits temperatures and fusion weights on `held` (other subjects). Writes the folder that
/// loadEnsemble reads, with recipe, seed and measured scores in demo.json. Cancelled leaves `out` as it was.
Status trainEnsemble(const EnsembleRecipe& recipe, const ClipDataset& train, const ClipDataset& held,
    const std::vector<SequenceSample>& sequences, const std::vector<SequenceSample>& heldSequences,
    const std::filesystem::path& out, ProgressSink& progress);

/// One clip for the heads.
struct HeadSampleRow {
    std::map<std::string, std::vector<float>> embeddings;
    int label = 0;
    double weight = 1;
    bool held = false;
};

struct HeadTraining {
    HeadKind kind = HeadKind::Linear;
    int hidden = 64; ///< units of an Mlp
    int epochs = 40;
    double pull
        = 1e-2; ///< pull towards the starting heads, as strong as against 100 clips: fades with more (ours)
    double projectedPull = 1e-2; ///< of embeddings that are long enough to be projected (HeadOptions::pull)
    bool effectiveNumber = false; ///< class weights by the effective number instead of the square root
    double weightSmoothing = 1;
    double weightCap = 10;
    double beta = 0.999; ///< of the effective number
    double semanticWeight = 0; ///< HeadOptions::semanticWeight
    double semanticScale = 8; ///< HeadOptions::semanticScale
    LabelVectors labelVectors; ///< without classes: no semantic part
    uint64_t seed = 1;
};

struct HeadEpoch {
    int epoch = 0;
    int epochs = 0;
    std::string modality;
    double loss = 0;
    double heldAccuracy = 0;
    double heldMacroF1 = 0;
    ClipReport held; ///< per class; without classes while nothing is held out
};

/// Retrains a head per modality from `start` (may be empty: then from zero) with class weights, then re-fits
/// temperatures and fusion weights on the held-out rows where there are at least 20 (else keeps the start's).
/// Embeddings of less than 256 numbers are standardised, longer ones projected (heads/headtrainer.h).
/// Deterministic. Calls `onEpoch` on the calling thread. InvalidArgument names the clip: a label that the
/// scheme lacks, embeddings that are not numbers or of another length than the rest or the starting head.
/// Cancelled within a second.
Result<HeadSet> trainHeads(const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows,
    const HeadTraining& options, ProgressSink& progress,
    const std::function<void(const HeadEpoch&)>& onEpoch);

} // namespace telltale
