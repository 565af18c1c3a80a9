// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/progress.h"
#include "learn/losses.h"
#include "learn/train/batchsource.h"
#include "learn/train/streamspec.h"
#include "nn/networks.h"
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <torch/nn/modules/linear.h>

namespace telltale {

/// "cpu", "cuda", "cuda:1" or "auto" (the first card where there is one). InvalidArgument for other names,
/// Unsupported where no card can be used.
Result<torch::Device> deviceNamed(const std::string& name);

struct ScoreOptions {
    int views = 1; ///< at most as many as the source has
    int batch = 32; ///< clips per step
    bool features = true; ///< fill StreamScores::features
    std::string what = "scoring"; ///< stage told to the progress sink
};

/// What a model says of samples, in the order in which they were asked for.
struct StreamScores {
    /// [samples, classes]: logarithms of the probabilities, of their mean where there are several views.
    /// Logits as good as the network's own: temperature and softmax apply to them unchanged.
    NdArray logits;
    NdArray features; ///< [samples, features()] before the classifier, mean over the views
};

/// Network, dropout and linear classifier of one stream, with the semantic branch while it trains. One
/// thread at a time; move-only.
class StreamModel {
public:
    /// With weights drawn from `seed`, on the CPU. InvalidArgument: the network cannot be built, or there are
    /// less than two classes.
    static Result<StreamModel> create(StreamSpec spec, uint64_t seed);
    /// As the file says it was. NotFound, BadFormat.
    static Result<StreamModel> load(const std::filesystem::path& file);
    StreamModel(StreamModel&&) = default;
    StreamModel& operator=(StreamModel&&) = default;

    /// Weights of a saved model of the same scheme, classes and network; all or nothing. BadFormat says what
    /// differs.
    Status read(const std::filesystem::path& file);
    /// Never half a file: what lies there stays if it cannot be written (Io). Equal weights give equal bytes.
    /// The semantic branch is left out. `metadata` travels along.
    Status save(
        const std::filesystem::path& file, const std::map<std::string, std::string>& metadata = {}) const;

    /// Deterministic on a CPU with a fixed number of threads. Cancelled between batches; InvalidArgument
    /// names a sample whose input has values that are not numbers.
    Result<StreamScores> scores(const BatchSource& source, std::span<const int64_t> samples,
        const ScoreOptions& options, ProgressSink& progress) const;

    const StreamSpec& spec() const { return m_spec; }
    int64_t classes() const { return static_cast<int64_t>(m_spec.classes.size()); }
    int64_t features() const;
    ClipNetwork& backbone() const { return *m_backbone; }
    torch::nn::Linear classifier() const { return m_classifier; }
    /// All of it: "backbone.*", "classifier.*" and, if set, "semantic.*".
    torch::nn::Module& module() const { return *m_module; }
    const std::shared_ptr<SemanticHead>& semantic() const { return m_semantic; }
    /// The branch that the next training uses; null takes it away.
    void setSemantic(std::shared_ptr<SemanticHead> head);
    /// What it was saved with; empty for a model that was made.
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    torch::Device device() const { return m_device; }
    /// Moves everything. Errors are c10::Error.
    void to(const torch::Device& device);

private:
    StreamModel() = default;

    StreamSpec m_spec;
    std::map<std::string, std::string> m_metadata;
    std::shared_ptr<torch::nn::Module> m_module;
    std::shared_ptr<ClipNetwork> m_backbone;
    torch::nn::Linear m_classifier{nullptr};
    std::shared_ptr<SemanticHead> m_semantic;
    torch::Device m_device{torch::kCPU};
};

} // namespace telltale
