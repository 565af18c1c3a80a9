// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/densestem.h"
#include "nn/threadcount.h"
#include <torch/torch.h>

namespace telltale {

struct DenseStem::Tensors {
    torch::Tensor kernel;
    torch::Tensor bias;
    torch::Tensor volume;
    torch::Tensor result;
};

DenseStem::DenseStem(const StemWeights& weights, bool doublePrecision)
    : m_tensors(std::make_unique<Tensors>())
{
    const auto type = doublePrecision ? torch::kFloat64 : torch::kFloat32;
    m_tensors->kernel = torch::tensor(weights.kernel)
                            .view({weights.outputs, weights.inputs, 1, kStemKernel, kStemKernel})
                            .to(type);
    if (!weights.bias.empty())
        m_tensors->bias = torch::tensor(weights.bias).to(type);
}

DenseStem::~DenseStem() = default;

void DenseStem::setVolume(const NdArray& volume)
{
    m_tensors->volume
        = torch::tensor(volume.values).view(volume.shape).unsqueeze(0).to(m_tensors->kernel.scalar_type());
}

void DenseStem::run(const StemOptions& options)
{
    const ThreadCount threads(options.threads);
    const torch::InferenceMode guard;
    torch::Tensor x = torch::conv3d(
        m_tensors->volume, m_tensors->kernel, m_tensors->bias, 1, {0, kStemPadding, kStemPadding});
    if (options.relu)
        x = torch::relu_(x);
    if (options.pool) // over pictures: LibTorch's pooling of volumes is several times slower
        x = torch::max_pool2d(x.squeeze(0), 3, 1, 1).unsqueeze(0);
    m_tensors->result = x;
}

NdArray DenseStem::result() const
{
    const torch::Tensor flat = m_tensors->result.squeeze(0).to(torch::kFloat32).contiguous();
    NdArray array(flat.sizes().vec());
    std::copy_n(flat.data_ptr<float>(), array.values.size(), array.values.data());
    return array;
}

} // namespace telltale
