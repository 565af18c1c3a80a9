// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/losses.h"
#include "base/random.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <torch/nn/functional.h>
#include <torch/types.h>

namespace telltale {

namespace {

namespace functional = torch::nn::functional;

constexpr double kShortest = 1e-6; // below this length a vector has no direction
constexpr double kLeastWeight = 1e-12;
constexpr double kLeastLog = -100; // PyTorch's bound of logarithms in binary cross-entropy
constexpr double kNearlyOne = 1 - 6e-8; // the float32 below 1

torch::Tensor full(const torch::Tensor& any) { return any.to(torch::kFloat); }

torch::Tensor besides(const torch::Tensor& weights, int64_t count, const torch::Tensor& values)
{
    if (!weights.defined())
        return torch::ones({count}, values.options());
    return weights.to(values.options());
}

/// Weighted mean; 0 where nothing weighs anything.
torch::Tensor share(const torch::Tensor& sum, const torch::Tensor& weight)
{
    return torch::where(weight > 0, sum / weight.clamp_min(kLeastWeight), torch::zeros_like(sum));
}

torch::Tensor directions(const torch::Tensor& rows)
{
    return functional::normalize(rows, functional::NormalizeFuncOptions().dim(1).eps(kShortest));
}

/// What everything in here starts from: targets and weights beside the values they are compared with.
struct Weighed {
    torch::Tensor shares; ///< [N, C]
    torch::Tensor classes; ///< [C]
    torch::Tensor samples; ///< [N]
};

Weighed weigh(
    const torch::Tensor& values, const torch::Tensor& targets, int64_t classes, const LossWeights& weights)
{
    return {targetShares(targets, classes).to(values.device()), besides(weights.classes, classes, values),
        besides(weights.samples, values.size(0), values)};
}

template <typename T> struct Named {
    std::string_view name;
    T value;
};

template <typename T, size_t n>
Result<T> findNamed(const std::array<Named<T>, n>& table, std::string_view name, const std::string& what)
{
    std::string names;
    for (const Named<T>& entry : table) {
        if (entry.name == name)
            return entry.value;
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
    }
    return Error{ErrorCode::InvalidArgument,
        "there is no " + what + " \"" + std::string(name) + "\"; choose one of " + names};
}

constexpr std::array kClassLosses = {
    Named<ClassLossKind>{"cross-entropy", ClassLossKind::CrossEntropy},
    Named<ClassLossKind>{"focal", ClassLossKind::BalancedFocal},
    Named<ClassLossKind>{"balanced-softmax", ClassLossKind::BalancedSoftmax},
};

// Mse: 20 is the 2023 winner's. Ose (lambda and mu), Opl, Proto: ours.
constexpr std::array kSemantics = {
    Named<SemanticOptions>{"none", {SemanticKind::None, 0, 0}},
    Named<SemanticOptions>{"mse", {SemanticKind::Mse, 20, 0}},
    Named<SemanticOptions>{"ose", {SemanticKind::Ose, 0.5, 0.5}},
    Named<SemanticOptions>{"opl", {SemanticKind::Opl, 0.5, 0}},
    Named<SemanticOptions>{"proto", {SemanticKind::Proto, 0.5, 0.5}},
};

bool wantsLabels(SemanticKind kind) { return kind == SemanticKind::Mse || kind == SemanticKind::Ose; }

/// Random rows, orthogonal as far as there are dimensions for them (Gram-Schmidt in double precision).
NdArray randomPrototypes(int64_t classes, int64_t dimension, uint64_t seed)
{
    Random random(seed);
    auto rows = torch::empty({classes, dimension}, torch::kDouble);
    for (int64_t i = 0; i < rows.numel(); ++i)
        rows.data_ptr<double>()[i] = random.normal();
    for (int64_t i = 0; i < classes; ++i) {
        auto row = rows[i];
        for (int64_t k = 0; k < std::min(i, dimension - 1); ++k)
            row -= rows[k] * (row * rows[k]).sum();
        row /= row.norm().clamp_min(kShortest);
    }
    NdArray drawn({classes, dimension});
    std::copy_n(rows.data_ptr<double>(), rows.numel(), drawn.values.begin());
    return drawn;
}

} // namespace

torch::Tensor targetShares(const torch::Tensor& targets, int64_t classes)
{
    if (targets.dim() == 2)
        return full(targets);
    return full(torch::one_hot(targets.to(torch::kLong), classes));
}

torch::Tensor crossEntropy(
    const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights, double smoothing)
{
    const auto logs = torch::log_softmax(full(logits), 1);
    const int64_t classes = logs.size(1);
    const auto [shares, byClass, bySample] = weigh(logs, targets, classes, weights);
    const auto spread = shares * (1 - smoothing) + smoothing / static_cast<double>(classes);
    const auto losses = -(spread * byClass * logs).sum(1);
    const auto used = (shares * byClass).sum(1) * bySample;
    return share((losses * bySample).sum(), used.sum());
}

torch::Tensor balancedFocal(
    const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights, double gamma)
{
    const auto scores = full(logits);
    const auto [shares, byClass, bySample] = weigh(scores, targets, scores.size(1), weights);
    const auto binary = torch::softplus(scores) - scores * shares;
    const auto easy = torch::exp(-gamma * (shares * scores + torch::softplus(-scores)));
    const auto losses = (easy * binary).sum(1) * (shares * byClass).sum(1);
    return share((losses * bySample).sum(), (shares.sum(1) * bySample).sum());
}

torch::Tensor balancedSoftmax(
    const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights)
{
    const auto logs = torch::log_softmax(full(logits), 1);
    const auto [shares, byClass, bySample] = weigh(logs, targets, logs.size(1), weights);
    const auto others = torch::log1p(-logs.exp().clamp_max(kNearlyOne));
    const auto binary = -(shares * logs.clamp_min(kLeastLog) + (1 - shares) * others);
    const auto losses = binary.mean(1) * (shares * byClass).sum(1);
    return share((losses * bySample).sum(), bySample.sum());
}

Result<ClassLossKind> classLossKind(std::string_view name)
{
    return findNamed(kClassLosses, name, "class loss");
}

torch::Tensor classLoss(const torch::Tensor& logits, const torch::Tensor& targets, const LossWeights& weights,
    const ClassLossOptions& options)
{
    if (options.kind == ClassLossKind::BalancedFocal)
        return balancedFocal(logits, targets, weights, options.gamma);
    if (options.kind == ClassLossKind::BalancedSoftmax)
        return balancedSoftmax(logits, targets, weights);
    return crossEntropy(logits, targets, weights, options.smoothing);
}

Result<SemanticOptions> semanticOptions(std::string_view name)
{
    return findNamed(kSemantics, name, "semantic loss");
}

SemanticHead::SemanticHead(
    const SemanticOptions& options, int64_t features, const torch::Tensor& vectors, uint64_t seed)
    : m_options(options)
{
    if (!vectors.defined())
        return;
    m_options.dimension = vectors.size(1);
    m_project = register_module("project", torch::nn::Linear(features, m_options.dimension));
    const torch::NoGradGuard guard;
    Random random(seed);
    const double deviation = 1 / std::sqrt(static_cast<double>(std::max<int64_t>(features, 1)));
    for (int64_t i = 0; i < m_project->weight.numel(); ++i)
        m_project->weight.data_ptr<float>()[i] = static_cast<float>(deviation * random.normal());
    m_project->bias.zero_();
    if (options.kind == SemanticKind::Proto)
        m_vectors = register_parameter("prototypes", vectors);
    else
        m_vectors = register_buffer("vectors", vectors);
}

torch::Tensor SemanticHead::embed(const torch::Tensor& features)
{
    if (!m_project)
        return directions(full(features));
    const auto placed = full(m_project(features));
    return m_options.kind == SemanticKind::Mse ? placed : directions(placed);
}

torch::Tensor SemanticHead::loss(
    const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights)
{
    using Term
        = torch::Tensor (SemanticHead::*)(const torch::Tensor&, const torch::Tensor&, const LossWeights&);
    static constexpr std::array<Term, 5> kTerms = {nullptr, &SemanticHead::distance, &SemanticHead::alignment,
        &SemanticHead::batchProjection, &SemanticHead::alignment};
    const Term term = kTerms.at(static_cast<size_t>(m_options.kind));
    if (!term || features.size(0) == 0)
        return full(features).sum() * 0;
    return m_options.lambda * (this->*term)(features, targets, weights);
}

/// mean_i of sum_c share_c (mean over the dimensions of (z - g_c)^2); classes weigh alike, as in the code of
/// 2023.
torch::Tensor SemanticHead::distance(
    const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights)
{
    const auto placed = embed(features);
    const auto vectors = full(m_vectors);
    const auto [shares, byClass, bySample] = weigh(placed, targets, vectors.size(0), {{}, weights.samples});
    // sum_c s_c |z - g_c|^2 = |z - m|^2 + sum_c s_c |g_c|^2 - |m|^2 with the mixed vector m = sum_c s_c g_c.
    const auto mixed = full(shares.matmul(vectors));
    auto squares = (placed - mixed).square().mean(1);
    if (targets.dim() == 2)
        squares = squares + shares.matmul(vectors.square().mean(1)) - mixed.square().mean(1);
    return share((squares * bySample).sum(), bySample.sum());
}

/// mean_i w_{y_i} [(1 - z_i . g_{y_i}) + mu mean_{k != y_i} (z_i . g_k)^2] with unit g; for learned
/// prototypes the second term is ||P P^T - I||^2 instead.
torch::Tensor SemanticHead::alignment(
    const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights)
{
    const auto placed = embed(features);
    const auto vectors = directions(full(m_vectors));
    const int64_t classes = vectors.size(0);
    const double others = static_cast<double>(std::max<int64_t>(classes - 1, 1));
    const auto [shares, byClass, bySample] = weigh(placed, targets, classes, weights);
    const auto cosines = full(placed.matmul(vectors.t()));
    auto terms = 1 - cosines;
    if (m_options.kind == SemanticKind::Ose) {
        const auto squares = cosines.square();
        terms = terms + m_options.mu / others * (squares.sum(1, true) - squares);
    }
    const auto losses = (shares * byClass * terms).sum(1);
    const auto mean = share((losses * bySample).sum(), bySample.sum());
    if (m_options.kind == SemanticKind::Ose)
        return mean;
    const auto gram = full(vectors.matmul(vectors.t()));
    const auto overlap = (gram - torch::eye(classes, gram.options())).square().sum();
    return mean + m_options.mu * overlap;
}

/// (1 - s) + |d|: mean cosine of pairs of one class and of two classes; a kind of pair that the batch lacks
/// adds nothing. Mixed clips count as their largest class.
torch::Tensor SemanticHead::batchProjection(
    const torch::Tensor& features, const torch::Tensor& targets, const LossWeights& weights)
{
    const auto unit = embed(features);
    const auto labels = (targets.dim() == 2 ? targets.argmax(1) : targets).to(unit.device());
    const auto bySample = besides(weights.samples, unit.size(0), unit);
    const auto cosines = full(unit.matmul(unit.t()));
    const auto pairs
        = bySample.unsqueeze(0) * bySample.unsqueeze(1) * (1 - torch::eye(unit.size(0), unit.options()));
    const auto same = full(labels.unsqueeze(0) == labels.unsqueeze(1)) * pairs;
    const auto other = pairs - same;
    return share(((1 - cosines) * same).sum(), same.sum())
        + share((cosines * other).sum(), other.sum()).abs();
}

Result<std::shared_ptr<SemanticHead>> makeSemanticHead(
    const SemanticOptions& options, int64_t features, int64_t classes, const NdArray& labels, uint64_t seed)
{
    const auto refuse = [](const std::string& what) {
        return Error{ErrorCode::InvalidArgument, "The semantic loss cannot be used: " + what + "."};
    };
    if (features < 1 || classes < 1 || options.dimension < 1)
        return refuse("features, classes and dimensions must be 1 or more");
    if (!std::isfinite(options.lambda) || !std::isfinite(options.mu) || options.lambda < 0 || options.mu < 0)
        return refuse("its weights lambda and mu must be numbers from 0 up");
    const bool projects = wantsLabels(options.kind) || options.kind == SemanticKind::Proto;
    if (!projects)
        return std::make_shared<SemanticHead>(options, features, torch::Tensor(), seed);
    if (labels.empty() && wantsLabels(options.kind))
        return refuse("it needs a vector for each class and none were given");
    if (!labels.empty() && (labels.shape.size() != 2 || labels.shape[0] != classes))
        return refuse("there are " + std::to_string(classes) + " classes and the label vectors have "
            + std::to_string(labels.shape[0]) + " rows");
    if (!std::all_of(labels.values.begin(), labels.values.end(), [](float v) { return std::isfinite(v); }))
        return refuse("a label vector has a number that is not finite");
    const NdArray start = labels.empty() ? randomPrototypes(classes, options.dimension, seed) : labels;
    const auto vectors = torch::tensor(start.values).view(start.shape);
    return std::make_shared<SemanticHead>(options, features, vectors, seed);
}

} // namespace telltale
