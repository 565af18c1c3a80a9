// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/skeleton/streams.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr int64_t kValues = 3; // x, y, score

bool isStream(const NdArray& array)
{
    return array.shape.size() == 4 && array.shape[3] == kValues
        && array.count() == static_cast<int64_t>(array.values.size());
}

/// a - b with the mean of the scores.
void difference(const float* a, const float* b, float* out)
{
    out[0] = a[0] - b[0];
    out[1] = a[1] - b[1];
    out[2] = (a[2] + b[2]) / 2;
}

} // namespace

NdArray normalizeToPicture(const NdArray& points, int height, int width, float threshold)
{
    if (!isStream(points) || height < 1 || width < 1)
        return {};
    NdArray out = points;
    const float halfWidth = static_cast<float>(width) / 2;
    const float halfHeight = static_cast<float>(height) / 2;
    for (size_t i = 0; i < out.values.size(); i += kValues) {
        float* const p = out.values.data() + i;
        const bool seen = p[2] > threshold;
        p[0] = seen ? (p[0] - halfWidth) / halfWidth : 0;
        p[1] = seen ? (p[1] - halfHeight) / halfHeight : 0;
    }
    return out;
}

NdArray boneStream(const NdArray& points, std::span<const std::pair<int, int>> pairs)
{
    if (!isStream(points))
        return {};
    NdArray out(points.shape);
    const int64_t count = points.shape[2];
    for (int64_t row = 0; row < points.shape[0] * points.shape[1]; ++row) {
        const float* const in = points.values.data() + row * count * kValues;
        for (const auto& [first, second] : pairs)
            if (std::min(first, second) >= 0 && std::max(first, second) < count)
                difference(in + first * kValues, in + second * kValues,
                    out.values.data() + (row * count + first) * kValues);
    }
    return out;
}

NdArray motionStream(const NdArray& stream)
{
    if (!isStream(stream))
        return {};
    NdArray out(stream.shape);
    const int64_t frames = stream.shape[1];
    const int64_t row = stream.shape[2] * kValues;
    for (int64_t person = 0; person < stream.shape[0]; ++person)
        for (int64_t t = 0; t + 1 < frames; ++t) {
            const float* const now = stream.values.data() + (person * frames + t) * row;
            for (int64_t i = 0; i < row; i += kValues)
                difference(now + row + i, now + i, out.values.data() + (person * frames + t) * row + i);
        }
    return out;
}

} // namespace telltale
