// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/networks.h"

namespace telltale {

namespace {

constexpr int64_t kWidth = 48;
constexpr int64_t kDilations[] = {1, 2, 4, 8, 16};

torch::nn::Conv1d convolution(int64_t in, int64_t size, int64_t dilation)
{
    return torch::nn::Conv1d(torch::nn::Conv1dOptions(in, kWidth, size)
                                 .padding(dilation * (size / 2))
                                 .dilation(dilation)
                                 .bias(false));
}

} // namespace

ActionDetector::ActionDetector(int64_t channels)
    : m_channels(channels)
    , m_norm(channels)
    , m_stem(convolution(channels, 1, 1), torch::nn::BatchNorm1d(kWidth), torch::nn::ReLU())
    , m_out(torch::nn::Conv1dOptions(kWidth, 1, 1))
{
    register_module("norm", m_norm);
    register_module("stem", m_stem);
    for (const int64_t dilation : kDilations)
        m_blocks->push_back(
            torch::nn::Sequential(convolution(kWidth, 3, dilation), torch::nn::BatchNorm1d(kWidth),
                torch::nn::ReLU(), convolution(kWidth, 1, 1), torch::nn::BatchNorm1d(kWidth)));
    register_module("blocks", m_blocks);
    register_module("out", m_out);
}

torch::Tensor ActionDetector::forward(const torch::Tensor& rows)
{
    auto x = m_stem->forward(m_norm(rows));
    for (const auto& block : *m_blocks)
        x = torch::relu(x + block->as<torch::nn::Sequential>()->forward(x));
    return m_out(x).squeeze(1);
}

} // namespace telltale
