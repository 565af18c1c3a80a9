// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "learn/heads/headoptions.h"
#include "learn/heads/headtrainer.h"
#include <ATen/ATen.h>

namespace telltale {

/// An affine map of features to uncorrelated numbers of deviation 1, z = (x - mean) * toRank, and back as far
/// as it keeps them, x ~ mean + z * fromRank. Short features are only scaled, number by number, in double
/// precision. Only for core/learn; c10 exceptions pass.
class Projection {
public:
    /// From at most some thousand rows, evenly over all: randomised range finder with half a power iteration,
    /// then the eigenvectors of the small covariance (Halko, Martinsson and Tropp 2011, algorithms 4.4 and
    /// 5.1). InvalidArgument names a row (from 1) that is not finite; Cancelled.
    static Result<Projection> fit(
        const FeatureRows& features, const HeadOptions& options, const ProgressSink& progress);

    /// Rows [first, rows) as [rows - first, rank()], block by block. InvalidArgument names the first row
    /// (from 1) that is not finite; Cancelled.
    Result<at::Tensor> apply(const FeatureRows& features, int64_t first, const ProgressSink& progress) const;

    bool defined() const { return m_mean.defined(); }
    int64_t rank() const { return m_toRank.defined() ? m_toRank.size(1) : m_mean.numel(); }
    int64_t inputs() const { return m_mean.numel(); }
    double retained() const { return m_retained; }
    at::ScalarType type() const { return m_toRank.defined() ? at::kFloat : at::kDouble; }

    /// First layer [inputs + 1, units], bias last, in double: from features to the projected ones and back.
    at::Tensor inwards(const at::Tensor& layer) const;
    at::Tensor outwards(const at::Tensor& layer) const;

private:
    Status scaleOnly(const FeatureRows& features, const ProgressSink& progress);
    struct CentredRows;
    Status reduce(const CentredRows& rows, int64_t rank, uint64_t seed, const ProgressSink& progress);

    at::Tensor m_mean; ///< [inputs], double
    at::Tensor m_scale; ///< [inputs], double; where there is no m_toRank
    at::Tensor m_toRank; ///< [inputs, rank], float
    at::Tensor m_fromRank; ///< [rank, inputs], float
    double m_retained = 1;
};

} // namespace telltale
