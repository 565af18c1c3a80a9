// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/features.h"
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace telltale {
namespace {

/// Frame differences up to this many grey levels are sensor noise. Ours.
constexpr float kNoiseLevel = 6.0f;
/// Half side of the box in standard deviations of the energy, and its least side as a share of the region.
/// Ours.
constexpr double kSpread = 2.0;
constexpr double kLeastShare = 0.35;
/// Mean energy per pixel and step below which nothing moves.
constexpr double kLeastEnergy = 0.02;

CropBox squareAround(double centreX, double centreY, double side)
{
    return {static_cast<float>(centreX - side / 2), static_cast<float>(centreY - side / 2),
        static_cast<float>(side), static_cast<float>(side)};
}

CropBox squared(const CropBox& box)
{
    return squareAround(box.x + box.width / 2, box.y + box.height / 2, std::max(box.width, box.height));
}

/// Whole-pixel part of `box` that lies inside a width x height picture; may be empty.
cv::Rect insideOf(const CropBox& box, int width, int height)
{
    const auto edge = [](float value, int size) {
        return static_cast<int>(std::lround(std::clamp(value, 0.0f, static_cast<float>(size))));
    };
    const int left = edge(box.x, width);
    const int top = edge(box.y, height);
    return {left, top, edge(box.x + box.width, width) - left, edge(box.y + box.height, height) - top};
}

/// Summed frame difference over noise and over what the whole region does (camera shake, flicker).
cv::Mat energyMap(const NdArray& gray, const cv::Rect& region)
{
    const auto height = static_cast<int>(gray.shape[1]);
    const auto width = static_cast<int>(gray.shape[2]);
    const auto pixels = static_cast<size_t>(height) * width;
    cv::Mat energy = cv::Mat::zeros(region.size(), CV_32F);
    auto* values
        = const_cast<float*>(gray.values.data()); // cv::Mat has no read-only view; nothing writes to it
    for (int64_t t = 1; t < gray.shape[0]; ++t) {
        const cv::Mat now(height, width, CV_32F, values + t * pixels);
        const cv::Mat before(height, width, CV_32F, values + (t - 1) * pixels);
        cv::Mat difference;
        cv::absdiff(now(region), before(region), difference);
        const double common = std::max(cv::mean(difference)[0], 0.0) + kNoiseLevel;
        cv::subtract(difference, cv::Scalar(common), difference);
        cv::max(difference, 0.0, difference);
        energy += difference;
    }
    const int blur = std::max(3, std::min(region.width, region.height) / 24 * 2 + 1);
    cv::blur(energy, energy, cv::Size(blur, blur));
    return energy;
}

struct Mass {
    double total = 0;
    double x = 0;
    double y = 0;
    double spread = 0; ///< larger standard deviation of the two axes
};

Mass massOf(const cv::Mat& energy)
{
    const cv::Moments m = cv::moments(energy);
    if (!(m.m00 > 0))
        return {};
    const double variance = std::max(m.mu20, m.mu02) / m.m00;
    return {m.m00, m.m10 / m.m00, m.m01 / m.m00, std::sqrt(std::max(variance, 0.0))};
}

} // namespace

CropBox poseBox(const NdArray& points, float padding)
{
    float left = INFINITY;
    float top = INFINITY;
    float right = -INFINITY;
    float bottom = -INFINITY;
    for (size_t i = 0; i + 2 < points.values.size(); i += 3) {
        const float* v = points.values.data() + i;
        if (!(v[2] > 0) || !std::isfinite(v[0]) || !std::isfinite(v[1]))
            continue;
        left = std::min(left, v[0]);
        right = std::max(right, v[0]);
        top = std::min(top, v[1]);
        bottom = std::max(bottom, v[1]);
    }
    if (!(right >= left))
        return {};
    const float side = std::max({right - left, bottom - top, 1.0f}) * (1 + padding);
    return squareAround((left + right) / 2, (top + bottom) / 2, side);
}

CropBox motionSaliency(const NdArray& gray, const CropBox& region)
{
    if (gray.shape.size() != 3 || gray.shape[1] < 1 || gray.shape[2] < 1)
        return {};
    const auto height = static_cast<int>(gray.shape[1]);
    const auto width = static_cast<int>(gray.shape[2]);
    const CropBox everything{0, 0, static_cast<float>(width), static_cast<float>(height)};
    const CropBox base = isEmptyBox(region) ? everything : region;
    const CropBox fallback = squared(base);
    const cv::Rect inside = insideOf(base, width, height);
    if (inside.width < 4 || inside.height < 4 || gray.shape[0] < 2)
        return fallback;
    try {
        const Mass mass = massOf(energyMap(gray, inside));
        const double steps = static_cast<double>(gray.shape[0] - 1) * inside.area();
        if (mass.total / steps < kLeastEnergy)
            return fallback;
        const double whole = fallback.width;
        const double side = std::clamp(2 * kSpread * mass.spread, kLeastShare * whole, whole);
        const auto kept = [&](double centre, double low) {
            return std::clamp(centre, low + side / 2, low + whole - side / 2);
        };
        return squareAround(kept(inside.x + mass.x, fallback.x), kept(inside.y + mass.y, fallback.y), side);
    } catch (const cv::Exception&) {
        return fallback;
    }
}

void cropRgb(
    std::span<const uint8_t> bgra, int width, int height, const CropBox& box, int64_t t, NdArray& out)
{
    if (out.shape.size() != 4 || out.shape[0] != 3 || t < 0 || t >= out.shape[1]
        || out.shape[2] != out.shape[3] || width < 1 || height < 1
        || bgra.size() < static_cast<size_t>(width) * height * 4)
        return;
    const auto size = static_cast<int>(out.shape[2]);
    const CropBox wanted
        = isEmptyBox(box) ? CropBox{0, 0, static_cast<float>(width), static_cast<float>(height)} : box;
    cv::Rect source = insideOf(wanted, width, height);
    // A box beside the picture shows the nearest edge.
    source.x = std::min(source.x, width - 1);
    source.y = std::min(source.y, height - 1);
    source.width = std::max(source.width, 1);
    source.height = std::max(source.height, 1);
    const auto target = [size](float at, float low, float extent) {
        return static_cast<int>(
            std::lround(std::clamp((at - low) / extent, 0.0f, 1.0f) * static_cast<float>(size)));
    };
    const int left = std::min(target(static_cast<float>(source.x), wanted.x, wanted.width), size - 1);
    const int top = std::min(target(static_cast<float>(source.y), wanted.y, wanted.height), size - 1);
    const int right = std::max(target(static_cast<float>(source.br().x), wanted.x, wanted.width), left + 1);
    const int bottom = std::max(target(static_cast<float>(source.br().y), wanted.y, wanted.height), top + 1);
    try {
        const cv::Mat picture(height, width, CV_8UC4, const_cast<uint8_t*>(bgra.data()));
        cv::Mat small;
        const bool shrinks = source.width > right - left || source.height > bottom - top;
        cv::resize(picture(source), small, cv::Size(right - left, bottom - top), 0, 0,
            shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
        cv::Mat square;
        cv::copyMakeBorder(small, square, top, size - bottom, left, size - right, cv::BORDER_REPLICATE);
        const int64_t plane = out.shape[1] * size * size;
        float* target0 = out.values.data() + t * size * size;
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const uchar* pixel = square.ptr(y, x);
                for (int c = 0; c < 3; ++c)
                    target0[c * plane + y * size + x] = static_cast<float>(pixel[2 - c]) / 255.0f;
            }
    } catch (const cv::Exception&) {
        return; // cannot happen with the sizes checked above; leaves zeros
    }
}

} // namespace telltale
