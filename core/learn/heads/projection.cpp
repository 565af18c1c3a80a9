// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/heads/projection.h"
#include "base/random.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int64_t kBlockRows = 2048; // some 10 ms of work between two looks at the cancel flag
constexpr int64_t kSampleRows
    = 3072; // that a projection is made of (ours): more change it less than its rank
constexpr int64_t kRowsPerDimension = 8; // fewer say too little of one direction (ours)
constexpr int64_t kOversampling = 16; // columns beyond the rank; Halko et al. name 5 to 10 as enough
constexpr double kLeastSpread = 0.1; // of the mean spread: dead units must not be blown up (ours)

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

at::Tensor rowsAt(const FeatureRows& features, int64_t first, int64_t count)
{
    // The tensor is only read.
    auto* values = const_cast<float*>(features.values.data() + first * features.inputs);
    return at::from_blob(values, {count, features.inputs}, at::kFloat);
}

Status checkFinite(const at::Tensor& block, int64_t first)
{
    if (std::isfinite(block.sum().item<double>()))
        return {};
    const at::Tensor bad = at::isfinite(block).all(1).logical_not().nonzero();
    if (bad.numel() == 0) // only their sum is too large
        return {};
    const int64_t row = first + 1 + bad.view(-1)[0].item<int64_t>();
    return Error{ErrorCode::InvalidArgument,
        "Row " + std::to_string(row) + " of the features is not of finite numbers; compute it again."};
}

at::Tensor evenRows(const FeatureRows& features, int64_t count)
{
    at::Tensor sample = at::empty({count, features.inputs}, at::kFloat);
    for (int64_t i = 0; i < count; ++i) {
        const float* row = features.values.data() + i * features.rows() / count * features.inputs;
        std::copy_n(row, features.inputs, sample.data_ptr<float>() + i * features.inputs);
    }
    return sample;
}

at::Tensor randomSigns(int64_t rows, int64_t columns, uint64_t seed)
{
    at::Tensor signs = at::empty({rows, columns}, at::kFloat);
    Random random(seed);
    float* to = signs.data_ptr<float>();
    uint64_t bits = 0;
    for (int64_t i = 0; i < signs.numel(); ++i, bits >>= 1) {
        if (i % 64 == 0)
            bits = random.next();
        to[i] = (bits & 1) != 0 ? 1.F : -1.F;
    }
    return signs;
}

at::Tensor spreadOf(const at::Tensor& variance)
{
    const at::Tensor spread = variance.clamp_min(0).sqrt();
    const double mean = spread.mean().item<double>();
    return mean > 0 ? spread.clamp_min(kLeastSpread * mean) : at::ones_like(spread);
}

} // namespace

/// A sample of rows around their mean.
struct Projection::CentredRows {
    at::Tensor mean;
    at::Tensor values;
    double variance; ///< of all numbers together

    explicit CentredRows(const at::Tensor& sample)
        : mean(sample.mean(0))
        , values(sample - mean)
        , variance(values.view(-1).dot(values.view(-1)).item<double>() / static_cast<double>(sample.size(0)))
    {
    }
};

Result<Projection> Projection::fit(
    const FeatureRows& features, const HeadOptions& options, const ProgressSink& progress)
{
    Projection projection;
    if (features.inputs < options.fewestInputs) {
        if (Status status = projection.scaleOnly(features, progress); !status)
            return status.error();
        return projection;
    }
    const at::Tensor sample = evenRows(features, std::min(features.rows(), kSampleRows));
    if (Status status = checkFinite(sample, 0); !status) {
        // The sample's row is not the features': look for it there.
        for (int64_t first = 0; first < features.rows(); first += kBlockRows)
            if (Status found
                = checkFinite(rowsAt(features, first, std::min(kBlockRows, features.rows() - first)), first);
                !found)
                return found.error();
        return status.error();
    }
    const CentredRows rows(sample);
    const int64_t mostByRows = std::max<int64_t>(1, features.rows() / kRowsPerDimension);
    for (int64_t rank = std::min({options.rank, mostByRows, features.inputs});; rank *= 2) {
        if (Status status = projection.reduce(rows, rank, options.seed, progress); !status)
            return status.error();
        if (projection.m_retained >= options.retained
            || rank * 2 > std::min({options.largestRank, mostByRows, features.inputs}))
            return projection;
    }
}

Status Projection::scaleOnly(const FeatureRows& features, const ProgressSink& progress)
{
    const auto count = static_cast<double>(features.rows());
    m_mean = at::zeros({features.inputs}, at::kDouble);
    at::Tensor squares = at::zeros({features.inputs}, at::kDouble);
    for (const bool mean : {true, false}) {
        for (int64_t first = 0; first < features.rows(); first += kBlockRows) {
            if (progress.cancelled())
                return kCancelled;
            const at::Tensor block
                = rowsAt(features, first, std::min(kBlockRows, features.rows() - first)).to(at::kDouble);
            if (Status status = mean ? checkFinite(block, first) : Status(); !status)
                return status;
            if (mean)
                m_mean += block.sum(0) / count;
            else
                squares += (block - m_mean).square().sum(0) / count;
        }
    }
    m_scale = spreadOf(squares);
    return {};
}

Status Projection::reduce(const CentredRows& rows, int64_t rank, uint64_t seed, const ProgressSink& progress)
{
    const at::Tensor& centred = rows.values;
    const auto count = static_cast<double>(centred.size(0));
    const int64_t wide = std::min({rank + kOversampling, centred.size(0), centred.size(1)});
    const at::Tensor sketch = centred.mm(randomSigns(centred.size(1), wide, seed));
    if (progress.cancelled())
        return kCancelled;
    const at::Tensor range = std::get<0>(at::linalg_qr(centred.t().mm(sketch)));
    if (progress.cancelled())
        return kCancelled;
    const at::Tensor within = centred.mm(range); // [sample, wide]
    const auto [values, vectors] = at::linalg_eigh(within.t().mm(within).to(at::kDouble) / count);
    rank = std::min(rank, wide);
    const at::Tensor variance = values.narrow(0, wide - rank, rank).flip(0);
    const at::Tensor axes = range.to(at::kDouble).mm(vectors.narrow(1, wide - rank, rank).flip(1));
    const at::Tensor spread = spreadOf(variance);
    m_retained = rows.variance > 0 ? std::min(1.0, variance.sum().item<double>() / rows.variance) : 1;
    m_mean = rows.mean.to(at::kDouble);
    m_toRank = (axes / spread).to(at::kFloat).contiguous();
    m_fromRank = (axes * spread).t().to(at::kFloat).contiguous();
    return {};
}

Result<at::Tensor> Projection::apply(
    const FeatureRows& features, int64_t first, const ProgressSink& progress) const
{
    const int64_t rows = features.rows() - first;
    at::Tensor projected = at::empty({rows, rank()}, type());
    const at::Tensor shift = m_toRank.defined() ? -m_mean.to(at::kFloat).unsqueeze(0).mm(m_toRank) : m_mean;
    for (int64_t at = 0; at < rows; at += kBlockRows) {
        if (progress.cancelled())
            return kCancelled;
        const int64_t count = std::min(kBlockRows, rows - at);
        const at::Tensor block = rowsAt(features, first + at, count);
        at::Tensor to = projected.narrow(0, at, count);
        if (m_toRank.defined())
            at::addmm_out(to, shift, block, m_toRank);
        else
            to.copy_((block.to(at::kDouble) - m_mean) / m_scale);
        if (Status status = checkFinite(to, first + at); !status)
            return status.error();
    }
    return projected;
}

at::Tensor Projection::inwards(const at::Tensor& layer) const
{
    const at::Tensor weight = layer.narrow(0, 0, inputs());
    const at::Tensor bias = layer.narrow(0, inputs(), 1) + m_mean.unsqueeze(0).mm(weight);
    const at::Tensor inner
        = m_toRank.defined() ? m_fromRank.to(at::kDouble).mm(weight) : weight * m_scale.unsqueeze(1);
    return at::cat({inner, bias}, 0);
}

at::Tensor Projection::outwards(const at::Tensor& layer) const
{
    const at::Tensor inner = layer.narrow(0, 0, rank());
    const at::Tensor weight
        = m_toRank.defined() ? m_toRank.to(at::kDouble).mm(inner) : inner / m_scale.unsqueeze(1);
    const at::Tensor bias = layer.narrow(0, rank(), 1) - m_mean.unsqueeze(0).mm(weight);
    return at::cat({weight, bias}, 0);
}

} // namespace telltale
