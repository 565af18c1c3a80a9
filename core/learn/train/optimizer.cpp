// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/optimizer.h"
#include <ATen/Parallel.h>
#include <cmath>
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kEpsilon = 1e-8; // PyTorch's
constexpr int64_t kPiece = 16384; // 64 KB of weights, and as much of each of the others

size_t index(int64_t value) { return static_cast<size_t>(value); }

} // namespace

StreamOptimizer::StreamOptimizer(
    const torch::nn::Module& module, const TrainRecipe& recipe, bool joint, DecayRule decays)
    : m_recipe(recipe)
    , m_adamw(recipe.optimizer == "adamw")
    , m_joint(joint)
{
    const torch::NoGradGuard guard;
    for (const auto& item : module.named_parameters()) {
        if (!item.value().requires_grad())
            continue;
        Parameter parameter{item.key(), item.value(), {}, {}, 0, 1};
        const bool decayed = decays ? decays(item.key(), item.value()) : item.value().dim() >= 2;
        parameter.decay = decayed ? recipe.weightDecay : 0;
        parameter.rate = item.key().rfind("backbone.", 0) == 0 ? recipe.backboneRate : 1;
        if (m_adamw || recipe.momentum > 0)
            parameter.first = torch::zeros_like(item.value());
        if (m_adamw)
            parameter.second = torch::zeros_like(item.value());
        for (int64_t at = 0; at < item.value().numel(); at += kPiece)
            m_pieces.push_back(
                {m_parameters.size(), at, std::min<int64_t>(kPiece, item.value().numel() - at)});
        m_joint = m_joint || !item.value().is_cpu();
        m_parameters.push_back(std::move(parameter));
    }
}

void StreamOptimizer::clear()
{
    for (auto& parameter : m_parameters)
        parameter.weights.mutable_grad() = Tensor();
}

Tensor StreamOptimizer::gradientOf(const Parameter& parameter)
{
    const Tensor& gradient = parameter.weights.grad();
    if (!gradient.defined() || gradient.strides() == parameter.weights.strides())
        return gradient;
    return torch::empty_like(parameter.weights).copy_(gradient);
}

Tensor StreamOptimizer::gradientNorm() const
{
    const torch::NoGradGuard guard;
    std::vector<Tensor> gradients;
    gradients.reserve(m_parameters.size());
    for (const auto& parameter : m_parameters)
        gradients.push_back(gradientOf(parameter));
    if (m_joint) {
        std::erase_if(gradients, [](const Tensor& gradient) { return !gradient.defined(); });
        return gradients.empty() ? torch::zeros({}) : torch::stack(at::_foreach_norm(gradients, 2)).norm();
    }
    std::vector<double> sums(m_pieces.size());
    at::parallel_for(0, static_cast<int64_t>(m_pieces.size()), 1, [&](int64_t begin, int64_t end) {
        for (size_t i = index(begin); i < index(end); ++i) {
            const Piece& piece = m_pieces[i];
            const Tensor& gradient = gradients[piece.parameter];
            if (gradient.defined())
                sums[i] = sumOfSquares(gradient.data_ptr<float>() + piece.first, index(piece.count));
        }
    });
    double sum = 0;
    for (const double part : sums)
        sum += part;
    return torch::tensor(std::sqrt(sum), torch::kDouble);
}

AdamWStep StreamOptimizer::adamwStep(const Parameter& parameter, double rate, double gradientScale) const
{
    const auto t = static_cast<double>(m_steps);
    const double own = rate * parameter.rate;
    AdamWStep step;
    step.gradientScale = static_cast<float>(gradientScale);
    step.keep = static_cast<float>(1 - own * parameter.decay);
    step.beta1 = static_cast<float>(m_recipe.beta1);
    step.beta2 = static_cast<float>(m_recipe.beta2);
    step.size = static_cast<float>(own / (1 - std::pow(m_recipe.beta1, t)));
    step.rootCorrection = static_cast<float>(std::sqrt(1 - std::pow(m_recipe.beta2, t)));
    step.epsilon = static_cast<float>(kEpsilon);
    return step;
}

SgdStep StreamOptimizer::sgdStep(const Parameter& parameter, double rate, double gradientScale) const
{
    SgdStep step;
    step.gradientScale = static_cast<float>(gradientScale);
    step.decay = static_cast<float>(parameter.decay);
    step.momentum = static_cast<float>(m_recipe.momentum);
    step.nesterov = m_recipe.nesterov;
    step.rate = static_cast<float>(rate * parameter.rate);
    return step;
}

void StreamOptimizer::step(double rate, double gradientScale)
{
    const torch::NoGradGuard guard;
    ++m_steps;
    if (m_joint)
        stepTogether(rate, gradientScale);
    else
        stepPieces(rate, gradientScale);
}

void StreamOptimizer::stepPieces(double rate, double gradientScale)
{
    std::vector<Tensor> gradients;
    gradients.reserve(m_parameters.size());
    for (const auto& parameter : m_parameters)
        gradients.push_back(gradientOf(parameter));
    at::parallel_for(0, static_cast<int64_t>(m_pieces.size()), 1, [&](int64_t begin, int64_t end) {
        for (size_t i = index(begin); i < index(end); ++i) {
            const Piece& piece = m_pieces[i];
            const Parameter& parameter = m_parameters[piece.parameter];
            const Tensor& gradient = gradients[piece.parameter];
            if (!gradient.defined())
                continue;
            const auto from = [&](const Tensor& tensor) {
                return tensor.defined() ? tensor.data_ptr<float>() + piece.first : nullptr;
            };
            if (m_adamw)
                adamwUpdate(adamwStep(parameter, rate, gradientScale), from(parameter.weights),
                    from(gradient), from(parameter.first), from(parameter.second), index(piece.count));
            else
                sgdUpdate(sgdStep(parameter, rate, gradientScale), from(parameter.weights), from(gradient),
                    from(parameter.first), index(piece.count));
        }
    });
    for (auto& parameter : m_parameters)
        parameter.weights.unsafeGetTensorImpl()->bump_version();
}

void StreamOptimizer::stepTogether(double rate, double gradientScale)
{
    // Parameters that share decay and rate, in one set of joint operations.
    std::map<std::pair<double, double>, std::vector<const Parameter*>> groups;
    for (const auto& parameter : m_parameters) {
        if (parameter.weights.grad().defined())
            groups[{parameter.decay, parameter.rate}].push_back(&parameter);
    }
    for (const auto& [key, members] : groups) {
        std::vector<Tensor> weights;
        std::vector<Tensor> gradients;
        std::vector<Tensor> first;
        std::vector<Tensor> second;
        for (const Parameter* member : members) {
            weights.push_back(member->weights);
            gradients.push_back(member->weights.grad());
            first.push_back(member->first);
            second.push_back(member->second);
        }
        at::_foreach_mul_(gradients, gradientScale);
        if (m_adamw) {
            const AdamWStep s = adamwStep(*members.front(), rate, gradientScale);
            at::_foreach_mul_(weights, s.keep);
            at::_foreach_mul_(first, m_recipe.beta1);
            at::_foreach_add_(first, gradients, 1 - m_recipe.beta1);
            at::_foreach_mul_(second, m_recipe.beta2);
            at::_foreach_addcmul_(second, gradients, gradients, 1 - m_recipe.beta2);
            auto divisors = at::_foreach_sqrt(second);
            at::_foreach_div_(divisors, s.rootCorrection);
            at::_foreach_add_(divisors, kEpsilon);
            at::_foreach_addcdiv_(weights, first, divisors, -s.size);
            continue;
        }
        const SgdStep s = sgdStep(*members.front(), rate, gradientScale);
        if (s.decay != 0)
            at::_foreach_add_(gradients, weights, s.decay);
        if (s.momentum != 0) {
            at::_foreach_mul_(first, m_recipe.momentum);
            at::_foreach_add_(first, gradients, 1);
        }
        if (s.momentum != 0 && s.nesterov)
            at::_foreach_add_(gradients, first, m_recipe.momentum);
        at::_foreach_add_(weights, s.momentum != 0 && !s.nesterov ? first : gradients, -s.rate);
    }
}

TensorMap StreamOptimizer::state() const
{
    TensorMap tensors;
    for (const auto& parameter : m_parameters) {
        if (parameter.first.defined())
            tensors["optimizer.first." + parameter.name] = parameter.first;
        if (parameter.second.defined())
            tensors["optimizer.second." + parameter.name] = parameter.second;
    }
    return tensors;
}

} // namespace telltale
