// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/batchfeed.h"
#include "nn/networks.h"
#include <atomic>
#include <mutex>

namespace telltale {

/// What the threads of one training share: progress, the wish to stop, the first failure.
class TrainingMonitor {
public:
    TrainingMonitor(ProgressSink& progress, int64_t steps) : m_progress(progress), m_steps(steps) { }

    bool stopped() const { return m_failed || m_progress.cancelled(); }
    /// After each step of `network`; `loss` is shown beside its name.
    void step(const std::string& network, double loss);
    void fail(Error error);
    std::optional<Error> error() const;
    /// Mean loss of the last steps by network.
    std::map<std::string, double> losses() const;

private:
    ProgressSink& m_progress;
    const int64_t m_steps;
    mutable std::mutex m_mutex;
    int64_t m_done = 0;
    std::map<std::string, double> m_losses;
    std::atomic<bool> m_failed = false;
    std::optional<Error> m_error;
};

/// A network with a linear head per scheme.
struct HeadedNetwork {
    std::string modality;
    std::shared_ptr<ClipNetwork> network;
    std::map<std::string, torch::nn::Linear> heads; ///< by scheme
};

HeadedNetwork makeHeadedNetwork(const std::string& modality, const EnsembleRecipe& recipe);

/// Trains on every batch of the feed with class-weighted cross-entropy, AdamW, warm-up and cosine.
/// Single-threaded, so that equal batches give equal weights. `classWeights` by scheme.
Status trainNetwork(HeadedNetwork& network, BatchFeed& feed, const EnsembleRecipe& recipe,
    const std::map<std::string, std::vector<double>>& classWeights, TrainingMonitor& monitor);

int64_t detectorSteps(const std::vector<SequenceSample>& sequences, const EnsembleRecipe& recipe);
/// Trains on random cuts with binary cross-entropy. Single-threaded like trainNetwork.
Status trainDetector(ActionDetector& detector, const std::vector<SequenceSample>& sequences,
    const EnsembleRecipe& recipe, TrainingMonitor& monitor);

} // namespace telltale
