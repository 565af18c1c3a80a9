// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/motioncrop.h"
#include "base/ndarray.h"
#include "features/features.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace telltale {
namespace {

// All of the constants below are ours.

constexpr double kWindow = 1.0; ///< seconds of motion that one box shows
constexpr double kStep = 0.5; ///< seconds from one box to the next
/// A cut changes pixels by this many grey levels on the average, and this many times as much as pictures of
/// the shot usually differ.
constexpr double kCutLevels = 6;
constexpr double kCutFactor = 6;

constexpr BoxSmoothing kSmoothing{.bridge = 1.5,
    .hold = kWindow / 2 + kStep / 2,
    .median = 0.5,
    .padding = 0.1f,
    .position = 0.5,
    .size = 0.5};

double meanDifference(const GrayPicture& a, const GrayPicture& b)
{
    int64_t sum = 0;
    for (size_t i = 0; i < a.values.size(); ++i)
        sum += std::abs(static_cast<int>(a.values[i]) - static_cast<int>(b.values[i]));
    return static_cast<double>(sum) / static_cast<double>(a.values.size());
}

double medianOf(const std::deque<double>& values)
{
    std::vector<double> sorted(values.begin(), values.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

NdArray stacked(const std::deque<GrayPicture>& pictures)
{
    NdArray stack({static_cast<int64_t>(pictures.size()), pictures.front().height, pictures.front().width});
    float* out = stack.values.data();
    for (const GrayPicture& picture : pictures)
        out = std::transform(picture.values.begin(), picture.values.end(), out,
            [](uint8_t value) { return static_cast<float>(value); });
    return stack;
}

CropBox scaledBox(const CropBox& box, float x, float y)
{
    return {box.x * x, box.y * y, box.width * x, box.height * y};
}

} // namespace

MotionCrop::MotionCrop(int videoWidth, int videoHeight, double fps, const CropPath* person)
    : m_videoWidth(std::max(videoWidth, 1))
    , m_videoHeight(std::max(videoHeight, 1))
    , m_fps(std::isfinite(fps) && fps > 0 ? fps : 25)
    , m_person(person)
{
}

void MotionCrop::add(const GrayPicture& picture)
{
    const bool whole = picture.width > 0 && picture.height > 0
        && picture.values.size() == static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height);
    if (!whole)
        return;
    if (!m_window.empty()) {
        const GrayPicture& before = m_window.back();
        if (picture.frame <= before.frame || picture.width != before.width || picture.height != before.height)
            return;
        const double change = meanDifference(before, picture);
        const double usual = m_changes.empty() ? 0 : medianOf(m_changes);
        const bool cut = !m_changes.empty() && change > kCutLevels && change > kCutFactor * usual;
        const bool pause = static_cast<double>(picture.frame - before.frame) > 2 * kWindow * m_fps;
        if (cut || pause) {
            endShot();
            m_cuts.push_back(picture.frame);
        } else {
            m_changes.push_back(change);
        }
    }
    m_window.push_back(picture);
    const double length = static_cast<double>(picture.frame - m_window.front().frame);
    if (length < kWindow * m_fps)
        return;
    measure();
    // Half of the window is the beginning of the next one.
    const auto keep = static_cast<double>(picture.frame) - (kWindow - kStep) * m_fps;
    while (m_window.size() > 1 && static_cast<double>(m_window[1].frame) <= keep) {
        m_window.pop_front();
        m_changes.pop_front();
    }
}

void MotionCrop::measure()
{
    const GrayPicture& first = m_window.front();
    const GrayPicture& last = m_window.back();
    const float x = static_cast<float>(first.width) / static_cast<float>(m_videoWidth);
    const float y = static_cast<float>(first.height) / static_cast<float>(m_videoHeight);
    BoxSample sample{(first.frame + last.frame) / 2};
    m_measuredAt = last.frame;
    CropBox region;
    if (m_person) {
        region = clipCrop({m_person, 1}, m_person->person, m_person->kind, {first.frame, last.frame + 1});
        if (isEmptyBox(region)) {
            m_samples.push_back(sample);
            return;
        }
    }
    const CropBox box = scaledBox(motionSaliency(stacked(m_window), scaledBox(region, x, y)), 1 / x, 1 / y);
    m_samples.push_back(
        {sample.frame, box.x, box.y, box.x + box.width, box.y + box.height, !isEmptyBox(box)});
}

void MotionCrop::endShot()
{
    if (!m_window.empty() && m_window.back().frame > m_measuredAt)
        measure();
    m_window.clear();
    m_changes.clear();
}

CropPath MotionCrop::finish()
{
    endShot();
    CropPath path{m_person ? m_person->person : 0, CropKind::Motion, {}};
    path.keys = smoothedKeys(m_samples, m_cuts, m_fps, kSmoothing);
    return path;
}

} // namespace telltale
