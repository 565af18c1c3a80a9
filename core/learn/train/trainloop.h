// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/train/batchqueue.h"
#include "learn/train/checkpoint.h"
#include "learn/train/optimizer.h"
#include "learn/train/schedule.h"
#include "learn/train/trainer.h"
#include <chrono>

namespace telltale {

/// One training from its first or resumed step to its end. One thread; everything in here may throw
/// c10::Error.
class TrainLoop {
public:
    TrainLoop(StreamModel& model, const TrainRecipe& recipe, const BatchSource& train,
        const BatchSource* validation, const TrainOptions& options, std::vector<int> labels);

    /// From the checkpoint, if there is one.
    Status resume();
    Status run(ProgressSink& progress, const std::function<void(const EpochReport&)>& onEpoch);
    /// Puts the best weights so far into the model.
    void finish();
    const TrainState& state() const { return m_state; }
    int epoch() const { return static_cast<int>(m_state.step / m_plan.stepsPerEpoch()) + 1; }
    int64_t stepOfEpoch() const { return m_state.step % m_plan.stepsPerEpoch() + 1; }

private:
    struct StepLoss {
        torch::Tensor total;
        torch::Tensor semantic;
    };

    Status step(BatchQueue& queue, ProgressSink& progress);
    StepLoss lossOf(const std::vector<int64_t>& samples, const torch::Tensor& inputs);
    torch::Tensor dropped(const torch::Tensor& features, uint64_t seed) const;
    void average();
    Result<EpochReport> closeEpoch(ProgressSink& progress);
    Status validate(EpochReport& report, ProgressSink& progress);
    double metricOf(const EpochReport& report) const;
    Status keepIfBest(EpochReport& report);
    Status save();
    Status failedToSave(const Error& error) const;
    bool patienceLost() const;

    StreamModel& m_model;
    const TrainRecipe m_recipe;
    const BatchSource& m_train;
    const BatchSource* m_validation;
    const TrainOptions m_options;
    const TrainPlan m_plan;
    const RateSchedule m_schedule;
    TrainIdentity m_identity;
    StreamOptimizer m_optimizer;
    ClassLossOptions m_lossOptions;
    LossWeights m_weights;
    std::vector<double> m_sampleWeights; ///< empty: all count alike
    std::vector<int64_t> m_validationSamples;
    std::vector<int> m_validationLabels;
    TensorMap m_own; ///< the model's weights, its memory
    TensorMap m_mean; ///< their running mean; empty without
    TensorMap m_best;
    TrainState m_state;
    std::chrono::steady_clock::time_point m_since; ///< of the epoch, or of the resume within it
    std::chrono::steady_clock::time_point m_saved;
};

} // namespace telltale
