// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/networktrainer.h"
#include "learn/shapes.h"
#include "nn/threadcount.h"
#include <cmath>
#include <numbers>
#include <torch/nn.h>
#include <torch/optim/adamw.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr uint64_t kDropoutStream = 3;
constexpr uint64_t kDetectorStream = 4;
constexpr double kLossMemory = 0.98;
constexpr double kFinalRate = 0.01; // of the cosine, relative to the highest

/// AdamW over several modules: kernels decay, biases and normalisation do not.
class Optimizer {
public:
    Optimizer(const std::vector<torch::nn::Module*>& modules, const EnsembleRecipe& recipe, int64_t steps)
        : m_recipe(recipe)
        , m_steps(steps)
        , m_adam(groups(modules, recipe))
    {
        for (auto* module : modules) {
            const auto own = module->parameters();
            m_parameters.insert(m_parameters.end(), own.begin(), own.end());
        }
    }

    void step(const Tensor& loss, int64_t step)
    {
        const double rate = m_recipe.learningRate * factor(step);
        for (auto& group : m_adam.param_groups())
            static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
        m_adam.zero_grad();
        loss.backward();
        torch::nn::utils::clip_grad_norm_(m_parameters, m_recipe.gradientClip);
        m_adam.step();
    }

private:
    static std::vector<torch::optim::OptimizerParamGroup> groups(
        const std::vector<torch::nn::Module*>& modules, const EnsembleRecipe& recipe)
    {
        std::vector<Tensor> kernels;
        std::vector<Tensor> others;
        for (const auto* module : modules) {
            for (const auto& parameter : module->parameters())
                (parameter.dim() >= 2 ? kernels : others).push_back(parameter);
        }
        const auto options = [&](double decay) {
            return std::make_unique<torch::optim::AdamWOptions>(
                torch::optim::AdamWOptions(recipe.learningRate).weight_decay(decay));
        };
        std::vector<torch::optim::OptimizerParamGroup> result;
        result.emplace_back(kernels, options(recipe.weightDecay));
        result.emplace_back(others, options(0));
        return result;
    }

    /// Linear warm-up, then half a cosine.
    double factor(int64_t step) const
    {
        const double warm = std::max(1.0, m_recipe.warmUp * static_cast<double>(m_steps));
        const auto at = static_cast<double>(step);
        if (at < warm)
            return (at + 1) / warm;
        const double along = (at - warm) / std::max(1.0, static_cast<double>(m_steps) - warm);
        return kFinalRate + (1 - kFinalRate) * 0.5 * (1 + std::cos(std::numbers::pi * along));
    }

    const EnsembleRecipe& m_recipe;
    int64_t m_steps;
    torch::optim::AdamW m_adam;
    std::vector<Tensor> m_parameters;
};

/// Zeroes a share of the embedding by our own generator: torch's is shared by all threads.
Tensor dropped(const Tensor& embedding, double share, Random& random)
{
    if (share <= 0)
        return embedding;
    auto mask = torch::empty_like(embedding, torch::TensorOptions().requires_grad(false));
    auto* values = mask.data_ptr<float>();
    for (int64_t i = 0; i < mask.numel(); ++i)
        values[i] = random.chance(share) ? 0.f : static_cast<float>(1 / (1 - share));
    return embedding * mask;
}

Tensor stacked(const Batch::Inputs& inputs, const std::string& modality)
{
    std::vector<int64_t> shape = {static_cast<int64_t>(inputs.clips.size())};
    for (const ModalityShape& known : kModalityShapes) {
        if (known.name == modality)
            shape.insert(shape.end(), known.shape.begin(), known.shape.begin() + known.dimensions);
    }
    return torch::from_blob(const_cast<float*>(inputs.values.data()), shape, torch::kFloat);
}

struct SchemeLoss {
    torch::nn::Linear head;
    torch::nn::CrossEntropyLoss loss;
};

std::map<std::string, SchemeLoss> makeLosses(HeadedNetwork& network, const EnsembleRecipe& recipe,
    const std::map<std::string, std::vector<double>>& classWeights)
{
    std::map<std::string, SchemeLoss> losses;
    for (auto& [scheme, head] : network.heads) {
        const auto weights = torch::tensor(classWeights.at(scheme), torch::kFloat);
        losses.emplace(scheme,
            SchemeLoss{head,
                torch::nn::CrossEntropyLoss(
                    torch::nn::CrossEntropyLossOptions().weight(weights).label_smoothing(
                        recipe.labelSmoothing))});
    }
    return losses;
}

/// Mean over the clips of the batch; each scheme's clips go through its own head.
Tensor batchLoss(const Batch& batch, const Batch::Inputs& inputs, const Tensor& embedding,
    std::map<std::string, SchemeLoss>& losses)
{
    Tensor total = torch::zeros({});
    for (auto& [scheme, parts] : losses) {
        std::vector<int64_t> rows;
        std::vector<int64_t> labels;
        for (size_t i = 0; i < inputs.clips.size(); ++i) {
            const auto clip = static_cast<size_t>(inputs.clips[i]);
            if (batch.schemes[clip] != scheme)
                continue;
            rows.push_back(static_cast<int64_t>(i));
            labels.push_back(batch.labels[clip]);
        }
        if (rows.empty())
            continue;
        const auto logits = parts.head(embedding.index_select(0, torch::tensor(rows)));
        const double share = static_cast<double>(rows.size()) / static_cast<double>(inputs.clips.size());
        total = total + share * parts.loss(logits, torch::tensor(labels));
    }
    return total;
}

/// Cuts of equal length; what lies outside a sequence has weight 0.
struct Cuts {
    Tensor features;
    Tensor gesture;
    Tensor weight;
};

Cuts makeCuts(const std::vector<SequenceSample>& sequences, const EnsembleRecipe& recipe, Random& random)
{
    const int64_t batch = recipe.detectorBatch;
    const int64_t length = recipe.detectorRows;
    const int64_t channels = sequences.front().features.shape[0];
    int64_t total = 0;
    for (const auto& sequence : sequences)
        total += sequence.features.shape[1];
    Cuts cuts{torch::zeros({batch, channels, length}), torch::zeros({batch, length}),
        torch::zeros({batch, length})};
    for (int64_t b = 0; b < batch; ++b) {
        int64_t at = random.below(total); // long sequences are drawn more often
        size_t index = 0;
        while (at >= sequences[index].features.shape[1])
            at -= sequences[index++].features.shape[1];
        const SequenceSample& sequence = sequences[index];
        const int64_t rows = sequence.features.shape[1];
        const int64_t first = rows > length ? random.below(rows - length + 1) : 0;
        const int64_t used = std::min(length, rows);
        for (int64_t c = 0; c < channels; ++c)
            std::copy_n(sequence.features.values.data() + c * rows + first, used,
                cuts.features.data_ptr<float>() + (b * channels + c) * length);
        std::copy_n(sequence.gesture.data() + first, used, cuts.gesture.data_ptr<float>() + b * length);
        std::fill_n(cuts.weight.data_ptr<float>() + b * length, used, 1.f);
    }
    return cuts;
}

} // namespace

void TrainingMonitor::step(const std::string& network, double loss)
{
    const std::lock_guard lock(m_mutex);
    const auto [found, fresh] = m_losses.try_emplace(network, loss);
    if (!fresh)
        found->second = kLossMemory * found->second + (1 - kLossMemory) * loss;
    std::string text = "training";
    for (const auto& [name, value] : m_losses)
        text += " " + name + " " + std::to_string(value).substr(0, 5);
    m_progress.report(++m_done, m_steps, text);
}

void TrainingMonitor::fail(Error error)
{
    const std::lock_guard lock(m_mutex);
    if (!m_error)
        m_error = std::move(error);
    m_failed = true;
}

std::optional<Error> TrainingMonitor::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

std::map<std::string, double> TrainingMonitor::losses() const
{
    const std::lock_guard lock(m_mutex);
    return m_losses;
}

HeadedNetwork makeHeadedNetwork(const std::string& modality, const EnsembleRecipe& recipe)
{
    HeadedNetwork result;
    result.modality = modality;
    result.network = modality == "joint" ? makeJointNetwork()
        : modality == "heatmap"          ? makeHeatmapNetwork()
                                         : makeRgbNetwork();
    initialize(*result.network, recipe.seed);
    for (const auto& [scheme, classes] : recipe.classes) {
        torch::nn::Linear head(kEmbedding, classes);
        initialize(*head, recipe.seed + 1);
        result.heads.emplace(scheme, head);
    }
    return result;
}

Status trainNetwork(HeadedNetwork& network, BatchFeed& feed, const EnsembleRecipe& recipe,
    const std::map<std::string, std::vector<double>>& classWeights, TrainingMonitor& monitor)
{
    setThreadCount(1);
    std::vector<torch::nn::Module*> modules = {network.network.get()};
    for (auto& [scheme, head] : network.heads)
        modules.push_back(head.get());
    Optimizer optimizer(modules, recipe, feed.steps());
    auto losses = makeLosses(network, recipe, classWeights);
    Random random = Random(recipe.seed).fork(kDropoutStream);
    network.network->train();
    for (int64_t step = 0; step < feed.steps(); ++step) {
        const auto batch = feed.take(step);
        if (batch == nullptr || monitor.stopped())
            return {};
        const auto inputs = batch->inputs.find(network.modality);
        if (inputs == batch->inputs.end() || inputs->second.clips.size() < 2)
            continue; // batch statistics need two clips
        const auto embedding = network.network->embed(stacked(inputs->second, network.modality));
        const auto loss
            = batchLoss(*batch, inputs->second, dropped(embedding, recipe.dropout, random), losses);
        const double value = loss.item<double>();
        if (!std::isfinite(value))
            return Error{ErrorCode::Internal,
                "Training of the " + network.modality + " network diverged in step " + std::to_string(step)
                    + "; lower the recipe's learningRate."};
        optimizer.step(loss, step);
        monitor.step(network.modality, value);
    }
    network.network->eval();
    return {};
}

int64_t detectorSteps(const std::vector<SequenceSample>& sequences, const EnsembleRecipe& recipe)
{
    int64_t rows = 0;
    for (const auto& sequence : sequences)
        rows += sequence.features.shape[1];
    const int64_t perEpoch = rows / (int64_t{recipe.detectorBatch} * recipe.detectorRows);
    return std::max<int64_t>(1, perEpoch) * recipe.detectorEpochs;
}

Status trainDetector(ActionDetector& detector, const std::vector<SequenceSample>& sequences,
    const EnsembleRecipe& recipe, TrainingMonitor& monitor)
{
    setThreadCount(1);
    const int64_t steps = detectorSteps(sequences, recipe);
    initialize(detector, recipe.seed);
    Optimizer optimizer({&detector}, recipe, steps);
    Random random = Random(recipe.seed).fork(kDetectorStream);
    detector.train();
    for (int64_t step = 0; step < steps && !monitor.stopped(); ++step) {
        const Cuts cuts = makeCuts(sequences, recipe, random);
        const auto logits = detector.forward(cuts.features);
        const auto loss = torch::binary_cross_entropy_with_logits(
                              logits, cuts.gesture, cuts.weight, {}, at::Reduction::Sum)
            / cuts.weight.sum();
        optimizer.step(loss, step);
        monitor.step("detector", loss.item<double>());
    }
    detector.eval();
    return {};
}

} // namespace telltale
