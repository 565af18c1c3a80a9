// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectornetwork.h"

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kLeastDeviation = 1e-4; // of body units: what never moves is left as it is (ours)

} // namespace

DetectorNetwork::DetectorNetwork(int64_t channels, std::shared_ptr<AdaptedTransformer> backbone,
    ActionFormerOptions detector, uint64_t seed)
    : m_backbone(std::move(backbone))
{
    detector.inputs = channels + (m_backbone ? m_backbone->width() : 0);
    m_detector = std::make_shared<ActionFormer>(detector, seed);
    m_mean = register_buffer("mean", torch::zeros({detector.inputs, 1}));
    m_scale = register_buffer("scale", torch::ones({detector.inputs, 1}));
    if (m_backbone)
        register_module("backbone", m_backbone);
    register_module("detector", m_detector);
}

Tensor DetectorNetwork::raw(const DetectorBatch& batch)
{
    std::vector<Tensor> parts;
    if (batch.features.defined())
        parts.push_back(batch.features);
    if (m_backbone)
        parts.push_back(m_backbone->forward(batch.pictures, batch.mask.size(1)));
    return parts.size() == 1 ? parts.front() : torch::cat(parts, 1);
}

Tensor DetectorNetwork::inputs(const DetectorBatch& batch)
{
    return (raw(batch) - m_mean) * m_scale * batch.mask.unsqueeze(1);
}

std::vector<DetectorLevel> DetectorNetwork::forward(const DetectorBatch& batch)
{
    return m_detector->forward(inputs(batch), batch.mask);
}

void DetectorNetwork::standardise(const std::vector<DetectorBatch>& batches)
{
    const torch::NoGradGuard guard;
    Tensor sum = torch::zeros_like(m_mean, torch::kDouble);
    Tensor squares = torch::zeros_like(sum);
    Tensor rows = torch::zeros({}, sum.options());
    for (const DetectorBatch& batch : batches) {
        const Tensor seen = raw(batch).to(torch::kDouble) * batch.mask.unsqueeze(1);
        sum += seen.sum(at::IntArrayRef{0, 2}).unsqueeze(1);
        squares += seen.square().sum(at::IntArrayRef{0, 2}).unsqueeze(1);
        rows += batch.mask.sum();
    }
    rows.clamp_min_(1);
    const Tensor mean = sum / rows;
    const Tensor deviation = (squares / rows - mean.square()).clamp_min(0).sqrt();
    m_mean.copy_(mean);
    m_scale.copy_(torch::where(deviation > kLeastDeviation, 1 / deviation, torch::ones_like(deviation)));
}

} // namespace telltale
