// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/detectionlosses.h"
#include <algorithm>
#include <torch/types.h>

namespace telltale {
namespace {

using torch::Tensor;

constexpr double kOffsetEps = 1e-8; ///< ActionFormer's
constexpr double kDiouEps = 1e-7; ///< OpenTAD's, as the next two
constexpr double kGiouEps = 1e-6;
constexpr double kHullEps = 1e-7;
constexpr double kLeastOffsetLoss = 0.01; ///< ActionFormer's, where the weight follows the losses

/// What two segments share, hold together and lie in, and how far apart their centres are.
struct PairShape {
    Tensor shared;
    Tensor together;
    Tensor hull;
    Tensor distance;
};

PairShape offsetPairs(const Tensor& offsets, const Tensor& target)
{
    const Tensor left = offsets.to(torch::kFloat32).select(-1, 0);
    const Tensor right = offsets.to(torch::kFloat32).select(-1, 1);
    const Tensor trueLeft = target.to(torch::kFloat32).select(-1, 0);
    const Tensor trueRight = target.to(torch::kFloat32).select(-1, 1);
    PairShape pair;
    pair.shared = torch::min(left, trueLeft) + torch::min(right, trueRight);
    pair.together = (left + right) + (trueLeft + trueRight) - pair.shared;
    pair.hull = torch::max(left, trueLeft) + torch::max(right, trueRight);
    pair.distance = 0.5 * (right - left - trueRight + trueLeft);
    return pair;
}

PairShape segmentPairs(const Tensor& segments, const Tensor& target)
{
    const Tensor start = segments.to(torch::kFloat32).select(-1, 0);
    const Tensor end = segments.to(torch::kFloat32).select(-1, 1);
    const Tensor trueStart = target.to(torch::kFloat32).select(-1, 0);
    const Tensor trueEnd = target.to(torch::kFloat32).select(-1, 1);
    PairShape pair;
    pair.shared = (torch::min(end, trueEnd) - torch::max(start, trueStart)).clamp_min(0);
    pair.together = (end - start) + (trueEnd - trueStart) - pair.shared;
    pair.hull = torch::max(end, trueEnd) - torch::min(start, trueStart);
    pair.distance = (start + end) / 2 - (trueStart + trueEnd) / 2;
    return pair;
}

Tensor sumOf(const Tensor& values, const Tensor& weights)
{
    return weights.defined() ? (values * weights).sum() : values.sum();
}

} // namespace

Tensor focalLoss(const Tensor& logits, const Tensor& targets, double alpha, double gamma)
{
    const Tensor x = logits.to(torch::kFloat32);
    const Tensor y = targets.to(x.device(), torch::kFloat32);
    const Tensor probability = torch::sigmoid(x);
    const Tensor crossEntropy = torch::binary_cross_entropy_with_logits(x, y, {}, {}, at::Reduction::None);
    const Tensor right = probability * y + (1 - probability) * (1 - y);
    const Tensor loss = crossEntropy * torch::pow(1 - right, gamma);
    return alpha < 0 ? loss : (alpha * y + (1 - alpha) * (1 - y)) * loss;
}

Tensor diouLoss(const Tensor& offsets, const Tensor& target)
{
    const PairShape pair = offsetPairs(offsets, target);
    return 1 - pair.shared / pair.together.clamp_min(kOffsetEps)
        + torch::square(pair.distance / pair.hull.clamp_min(kOffsetEps));
}

Tensor segmentDiouLoss(const Tensor& segments, const Tensor& target)
{
    const PairShape pair = segmentPairs(segments, target);
    return 1 - pair.shared / pair.together.clamp_min(kDiouEps)
        + torch::square(pair.distance) / torch::square(pair.hull).clamp_min(kDiouEps);
}

Tensor giouLoss(const Tensor& offsets, const Tensor& target)
{
    const PairShape pair = offsetPairs(offsets, target);
    return 1 - pair.shared / pair.together.clamp_min(kOffsetEps)
        + (pair.hull - pair.together) / pair.hull.clamp_min(kOffsetEps);
}

Tensor segmentGiouLoss(const Tensor& segments, const Tensor& target)
{
    const PairShape pair = segmentPairs(segments, target);
    const Tensor hull = pair.hull.clamp_min(kHullEps);
    return 1 - pair.shared / pair.together.clamp_min(kGiouEps) + (hull - pair.together) / (hull + kGiouEps);
}

DetectionLoss::DetectionLoss(const DetectionLossOptions& options)
    : m_options(options)
    , m_normaliser(options.firstNormaliser)
{
}

DetectionLossValue DetectionLoss::operator()(const Tensor& logits, const Tensor& offsets, const Tensor& mask,
    const DetectionTargets& targets, const Tensor& weights, bool moving)
{
    const Tensor valid = mask.to(torch::kBool);
    const Tensor positive = targets.positive.to(logits.device()).logical_and(valid);
    DetectionLossValue value;
    value.positives = positive.sum().item<int64_t>();
    const auto found = static_cast<double>(std::max<int64_t>(1, value.positives));
    if (moving)
        m_normaliser = m_options.momentum * m_normaliser + (1 - m_options.momentum) * found;
    const double normaliser = moving ? m_normaliser : found;

    const auto classes = static_cast<double>(logits.size(-1));
    const Tensor wanted = targets.classes.to(logits.device()).index({valid}) * (1 - m_options.smoothing)
        + m_options.smoothing / (classes + 1);
    const Tensor focal = focalLoss(logits.index({valid}), wanted, m_options.alpha, m_options.gamma);
    const auto weightsAt = [&](const Tensor& where) {
        return weights.defined() ? weights.to(logits.device(), torch::kFloat32).index({where}) : Tensor();
    };
    const Tensor ofPoints = weightsAt(valid);
    value.classes = sumOf(focal, ofPoints.defined() ? ofPoints.unsqueeze(-1) : ofPoints) / normaliser;
    // Without a positive point the sum of nothing is 0 and still has a gradient.
    const Tensor diou
        = diouLoss(offsets.index({positive}), targets.offsets.to(offsets.device()).index({positive}));
    value.offsets = sumOf(diou, weightsAt(positive)) / normaliser;
    if (m_options.offsetWeight > 0)
        value.total = value.classes + m_options.offsetWeight * value.offsets;
    else
        value.total = value.classes
            + value.classes.detach() / value.offsets.detach().clamp_min(kLeastOffsetLoss) * value.offsets;
    return value;
}

} // namespace telltale
