// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/updatekernels.h"
#include "base/processor.h"
#include <array>
#include <cmath>

namespace telltale {

namespace {

TELLTALE_BODY void adamwBody(const AdamWStep& step, float* __restrict weights,
    const float* __restrict gradients, float* __restrict first, float* __restrict second, size_t count)
{
    const AdamWStep s = step;
    for (size_t i = 0; i < count; ++i) {
        const float gradient = gradients[i] * s.gradientScale;
        const float m = first[i] * s.beta1 + gradient * (1 - s.beta1);
        const float v = second[i] * s.beta2 + gradient * gradient * (1 - s.beta2);
        first[i] = m;
        second[i] = v;
        const float divisor = std::sqrt(v) / s.rootCorrection + s.epsilon;
        weights[i] = weights[i] * s.keep - s.size * (m / divisor);
    }
}

TELLTALE_BODY void sgdBody(const SgdStep& step, float* __restrict weights, const float* __restrict gradients,
    float* __restrict velocity, size_t count)
{
    const SgdStep s = step;
    if (s.momentum == 0) {
        for (size_t i = 0; i < count; ++i)
            weights[i] -= s.rate * (gradients[i] * s.gradientScale + s.decay * weights[i]);
        return;
    }
    const float ahead = s.nesterov ? s.momentum : 1.f;
    const float own = s.nesterov ? 1.f : 0.f;
    for (size_t i = 0; i < count; ++i) {
        const float gradient = gradients[i] * s.gradientScale + s.decay * weights[i];
        const float v = velocity[i] * s.momentum + gradient;
        velocity[i] = v;
        weights[i] -= s.rate * (own * gradient + ahead * v);
    }
}

TELLTALE_BODY double squaresBody(const float* values, size_t count)
{
    constexpr size_t kLanes = 8;
    std::array<double, kLanes> sums{};
    size_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        for (size_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += static_cast<double>(values[i + lane]) * static_cast<double>(values[i + lane]);
    for (; i < count; ++i)
        sums[0] += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    double sum = 0;
    for (const double lane : sums)
        sum += lane;
    return sum;
}

#if defined(TELLTALE_FOR_AVX2)
TELLTALE_FOR_AVX2 void adamwAvx2(
    const AdamWStep& step, float* weights, const float* gradients, float* first, float* second, size_t count)
{
    adamwBody(step, weights, gradients, first, second, count);
}

TELLTALE_FOR_AVX2 void sgdAvx2(
    const SgdStep& step, float* weights, const float* gradients, float* velocity, size_t count)
{
    sgdBody(step, weights, gradients, velocity, count);
}

TELLTALE_FOR_AVX2 double squaresAvx2(const float* values, size_t count) { return squaresBody(values, count); }
#endif

} // namespace

void adamwUpdate(
    const AdamWStep& step, float* weights, const float* gradients, float* first, float* second, size_t count)
{
#if defined(TELLTALE_FOR_AVX2)
    if (processor() != Processor::Any)
        return adamwAvx2(step, weights, gradients, first, second, count);
#endif
    adamwBody(step, weights, gradients, first, second, count);
}

void sgdUpdate(const SgdStep& step, float* weights, const float* gradients, float* velocity, size_t count)
{
#if defined(TELLTALE_FOR_AVX2)
    if (processor() != Processor::Any)
        return sgdAvx2(step, weights, gradients, velocity, count);
#endif
    sgdBody(step, weights, gradients, velocity, count);
}

double sumOfSquares(const float* values, size_t count)
{
#if defined(TELLTALE_FOR_AVX2)
    if (processor() != Processor::Any)
        return squaresAvx2(values, count);
#endif
    return squaresBody(values, count);
}

} // namespace telltale
