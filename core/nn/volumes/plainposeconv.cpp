// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/plainposeconv.h"
#include "base/random.h"
#include "nn/threadcount.h"
#include "nn/volumes/slowonly.h"
#include "nn/weights.h"
#include <torch/nn.h>
#include <torch/optim/sgd.h>

namespace telltale {

namespace {

constexpr int64_t kClasses = 32;

/// Scales around 1, shifts and means around 0, as training leaves them.
void drawNorms(torch::nn::Module& module, uint64_t seed)
{
    const torch::NoGradGuard guard;
    Random random(seed);
    for (const auto& part : module.modules(false)) {
        auto* norm = part->as<torch::nn::BatchNorm3dImpl>();
        if (!norm)
            continue;
        const auto fill = [&](torch::Tensor& tensor, double middle) {
            for (int64_t i = 0; i < tensor.numel(); ++i)
                tensor[i] = middle + random.uniform(-0.3, 0.3);
        };
        fill(norm->weight, 0.9);
        fill(norm->bias, 0.1);
        fill(norm->running_mean, 0);
        fill(norm->running_var, 1);
    }
}

} // namespace

struct PlainPoseConv::Parts {
    SlowOnly network;
    torch::nn::Linear classifier;
    torch::Tensor volume{};
    std::unique_ptr<torch::optim::SGD> optimizer{};
};

PlainPoseConv::PlainPoseConv(const SlowOnlyOptions& options, uint64_t seed)
    : m_parts(std::make_unique<Parts>(
        Parts{SlowOnly(options), torch::nn::Linear(options.features(), kClasses), {}, {}}))
{
    m_parts->network.drawWeights(seed);
    drawNorms(m_parts->network, seed + 1);
    auto parameters = m_parts->network.parameters();
    const auto last = m_parts->classifier->parameters();
    parameters.insert(parameters.end(), last.begin(), last.end());
    m_parts->optimizer = std::make_unique<torch::optim::SGD>(
        parameters, torch::optim::SGDOptions(0.01).momentum(0.9).weight_decay(3e-4));
}

PlainPoseConv::~PlainPoseConv() = default;

TensorFile PlainPoseConv::weights() const { return saveWeights(m_parts->network); }

void PlainPoseConv::setVolume(const NdArray& volume)
{
    m_parts->volume = torch::tensor(volume.values).view(volume.shape).unsqueeze(0);
}

NdArray PlainPoseConv::embed(int threads)
{
    const ThreadCount count(threads);
    const torch::NoGradGuard guard;
    m_parts->network.eval();
    const torch::Tensor features = m_parts->network.embed(m_parts->volume).contiguous();
    NdArray array({features.size(1)});
    std::copy_n(features.data_ptr<float>(), array.values.size(), array.values.begin());
    return array;
}

double PlainPoseConv::trainingStep(int64_t batch, int threads)
{
    const ThreadCount count(threads);
    m_parts->network.train();
    auto shape = m_parts->volume.sizes().vec();
    shape.front() = batch;
    const auto clips = m_parts->volume.expand(shape).contiguous();
    const auto labels = torch::arange(batch).remainder(kClasses);
    m_parts->optimizer->zero_grad();
    const auto loss
        = torch::nn::functional::cross_entropy(m_parts->classifier(m_parts->network.embed(clips)), labels);
    loss.backward();
    m_parts->optimizer->step();
    return loss.item<double>();
}

} // namespace telltale
