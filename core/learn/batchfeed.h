// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/training.h"
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace telltale {

/// Clips of one step, stacked per modality.
struct Batch {
    struct Inputs {
        std::vector<float> values; ///< [rows, shape of the modality]
        std::vector<int64_t> clips; ///< which clip of the batch each row is
    };
    std::map<std::string, Inputs> inputs;
    std::vector<int> labels;
    std::vector<std::string> schemes;
};

/// Makes batches ahead of several consumers that each see all of them in order. The content depends on the
/// seed alone, not on threads. Safe from any thread.
class BatchFeed {
public:
    BatchFeed(const ClipDataset& dataset, const EnsembleRecipe& recipe, int consumers, int producers);
    ~BatchFeed();
    BatchFeed(const BatchFeed&) = delete;
    BatchFeed& operator=(const BatchFeed&) = delete;

    int64_t stepsPerEpoch() const { return m_stepsPerEpoch; }
    int64_t steps() const { return m_stepsPerEpoch * m_epochs; }
    /// Blocks until batch `step` is there; every consumer takes each step once. Null after stop() or a
    /// failure.
    std::shared_ptr<const Batch> take(int64_t step);
    void stop();
    /// Why take() gave null, if not stopped.
    std::optional<Error> error() const;

private:
    struct Slot {
        std::shared_ptr<const Batch> batch;
        int taken = 0;
    };

    void produce();
    Result<std::shared_ptr<const Batch>> make(int64_t step) const;
    void shuffle();

    const ClipDataset& m_dataset;
    const Random m_random;
    const std::map<std::string, int> m_classes;
    const int m_consumers;
    const int64_t m_batch;
    const int64_t m_stepsPerEpoch;
    const int64_t m_epochs;
    std::vector<std::vector<int64_t>> m_order; ///< by epoch
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<int64_t, Slot> m_slots; ///< made or being made, not yet taken by all
    int64_t m_next = 0;
    bool m_stopped = false;
    std::optional<Error> m_error;
    std::vector<std::jthread> m_producers;
};

/// Adds the clip's modalities to the batch. InvalidArgument names clip and modality where the shape is wrong,
/// a value is no number, or the label is outside the scheme.
Status addClip(
    Batch& batch, const ClipSample& sample, int64_t index, const std::map<std::string, int>& classes);

} // namespace telltale
