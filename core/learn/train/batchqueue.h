// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/random.h"
#include "base/result.h"
#include "learn/train/batchsource.h"
#include "learn/train/trainrecipe.h"
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace telltale {

/// Which samples each step of a training sees, and how each random choice of a step is seeded: by seed, epoch
/// and step alone. Any thread.
class TrainPlan {
public:
    TrainPlan(const TrainRecipe& recipe, std::vector<int> labels, int classes);

    int64_t stepsPerEpoch() const { return static_cast<int64_t>(m_bounds.size()) - 1; }
    int64_t steps() const { return stepsPerEpoch() * m_epochs; }
    const std::vector<int>& labels() const { return m_labels; } ///< -1: left aside
    std::vector<int64_t> samples(int64_t step) const;
    uint64_t augmentSeed(int64_t step) const;
    uint64_t networkSeed(int64_t step) const; ///< of dropout

private:
    std::shared_ptr<const std::vector<int64_t>> order(int64_t epoch) const;

    const std::vector<int> m_labels;
    const int m_classes;
    const std::string m_sampler;
    const int64_t m_epochs;
    const Random m_random;
    const std::vector<int64_t> m_bounds;
    mutable std::mutex m_mutex;
    mutable std::map<int64_t, std::shared_ptr<const std::vector<int64_t>>> m_orders; ///< of few epochs
};

/// Makes the inputs of the steps ahead of the one that trains, in order, from `first` on. What they are does
/// not depend on threads.
class BatchQueue {
public:
    /// `pinned`: in memory that a card can fetch by itself.
    BatchQueue(const BatchSource& source, const TrainPlan& plan, int64_t first, int producers, bool pinned);
    ~BatchQueue();
    BatchQueue(const BatchQueue&) = delete;
    BatchQueue& operator=(const BatchQueue&) = delete;

    /// Waits for the inputs of a step, each of which is taken once. Cancelled, or why it could not be made.
    Result<torch::Tensor> take(int64_t step, const ProgressSink& progress);

private:
    void produce();
    Result<torch::Tensor> make(int64_t step) const;

    const BatchSource& m_source;
    const TrainPlan& m_plan;
    const bool m_pinned;
    const size_t m_ahead;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<int64_t, std::optional<torch::Tensor>> m_made; ///< made or being made
    int64_t m_next;
    bool m_stopped = false;
    std::optional<Error> m_error;
    std::vector<std::jthread> m_producers;
};

} // namespace telltale
