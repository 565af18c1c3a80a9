// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "eval/metrics.h"
#include "learn/ensemble.h"
#include "learn/heads/headoptions.h"
#include "learn/labels/labelvectors.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace telltale {

/// Features of one modality, [rows, inputs] float32, rows one after the other. Not owned: memory or a mapped
/// file, which must live as long as the call that takes it.
struct FeatureRows {
    std::span<const float> values;
    int64_t inputs = 0;

    int64_t rows() const { return inputs > 0 ? static_cast<int64_t>(values.size()) / inputs : 0; }
};

/// What the head shall say of the training rows.
struct HeadTargets {
    int classes = 0;
    std::vector<int> labels; ///< per row, in [0, classes)
    std::vector<double> weights; ///< per row: a person's decision 1 or more, pseudo-labels less; empty: all 1
    std::vector<double> classWeights; ///< per class (eval/metrics.h); empty: all 1
    LabelVectors labelVectors; ///< without classes: no semantic part
};

/// Rows that are only measured, of subjects that are not trained on.
struct HeldRows {
    FeatureRows features;
    std::vector<int> labels; ///< per row, in [0, classes)
};

/// After each step of the optimiser, on the calling thread.
struct HeadStep {
    int step = 0;
    int steps = 0; ///< at most
    double loss = 0; ///< weighted mean over the training rows, with the pull
    ClipReport held; ///< empty (no classes) while nothing is held out
};

struct HeadFit {
    HeadSet::Head head; ///< takes features as they are: the projection is multiplied into it
    double loss = 0;
    int steps = 0;
    int evaluations = 0; ///< of loss and gradient over all rows
};

/// Trains one modality's head again and again while labels change and rows are added: randomised PCA and
/// whitening once per feature set, then L-BFGS on the closed-form gradient of the weighted multinomial loss
/// (measured design). Takes memory for the projected rows, a tenth and less of the features; time linear in
/// rows. The same seed and number of threads give the same head to the bit. One thread at a time.
class HeadTrainer {
public:
    explicit HeadTrainer(const HeadOptions& options);
    ~HeadTrainer();
    HeadTrainer(const HeadTrainer&) = delete;
    HeadTrainer& operator=(const HeadTrainer&) = delete;

    /// Takes the training rows. Rows that it knows already must come first, unchanged: then only the new
    /// ones are projected, until there are more than HeadOptions::rowGrowth more than the projection was
    /// made of. InvalidArgument names the row that is not of numbers; Cancelled. Both leave the former rows.
    Status setFeatures(const FeatureRows& features, const ProgressSink& progress);
    int64_t rows() const;
    /// Numbers per row after the projection; the features' own where there is none.
    int64_t rank() const;
    /// Share of the features' variance that the projection keeps.
    double retained() const;

    /// A head for the rows. It starts from `start` if there is one: then its weights also are what the pull
    /// leads to, and classes that no row has stay as they are to the bit; else from zero, or warm from what
    /// this trainer found last (`warm`), pulled to zero. InvalidArgument for labels of fewer than two classes
    /// or lists of another length; Cancelled. The features must still be there for `held` only.
    Result<HeadFit> train(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
        const HeldRows& held, const ProgressSink& progress,
        const std::function<void(const HeadStep&)>& onStep);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
