// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/sequence.h"
#include "pose/layout.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr double kStep = 1.0 / kSequenceRate;
constexpr int64_t kLongestGap = 4; ///< rows, about 0.3 s
constexpr int64_t kScaleReach = 56; ///< rows on each side for the body scale, 4 s
constexpr size_t kEnergyChannel = 34; ///< first of the eight body parts
constexpr float kFarthest = 6; ///< body units; beyond lie outliers
constexpr int kNose = 0;
constexpr int kLeftShoulder = 5;
constexpr int kRightShoulder = 6;
constexpr int kLeftWrist = 9;
constexpr int kRightWrist = 10;
constexpr int kHeadTop = 17;
constexpr int kNeck = 18;

struct Point {
    float x = 0;
    float y = 0;
    bool present = false;
};

Point pointAt(const NdArray& points, int64_t row, int index)
{
    const float* p = points.values.data() + (row * kPointCount + index) * 3;
    return {p[0], p[1], p[2] > 0};
}

float length(float x, float y) { return std::sqrt(x * x + y * y); }

float distance(const Point& a, const Point& b) { return length(a.x - b.x, a.y - b.y); }

Point neckAt(const NdArray& points, int64_t row)
{
    const Point neck = pointAt(points, row, kNeck);
    if (neck.present)
        return neck;
    const Point left = pointAt(points, row, kLeftShoulder);
    const Point right = pointAt(points, row, kRightShoulder);
    return {(left.x + right.x) / 2, (left.y + right.y) / 2, left.present && right.present};
}

/// Mean of the present points of a hand, at least five of them.
Point handCentre(const NdArray& points, int64_t row, int start)
{
    Point centre;
    int count = 0;
    for (int i = 0; i < 21; ++i) {
        const Point p = pointAt(points, row, start + i);
        if (!p.present)
            continue;
        centre.x += p.x;
        centre.y += p.y;
        ++count;
    }
    if (count < 5)
        return {};
    return {centre.x / static_cast<float>(count), centre.y / static_cast<float>(count), true};
}

/// Mean distance of the finger tips from the hand's centre: how open the hand is.
float handOpenness(const NdArray& points, int64_t row, int start, const Point& centre)
{
    float sum = 0;
    int count = 0;
    for (const int tip : {4, 8, 12, 16, 20}) {
        const Point p = pointAt(points, row, start + tip);
        if (!p.present)
            continue;
        sum += distance(p, centre);
        ++count;
    }
    return count > 0 ? sum / static_cast<float>(count) : 0;
}

/// Body scale per row: median shoulder width (or what stands for it) over some seconds, so that a turn of the
/// body does not blow up everything, and a camera cut is forgotten.
std::vector<float> bodyScales(const NdArray& points)
{
    const int64_t rows = points.shape[0];
    std::vector<float> raw(static_cast<size_t>(rows));
    for (int64_t r = 0; r < rows; ++r) {
        const Point left = pointAt(points, r, kLeftShoulder);
        const Point right = pointAt(points, r, kRightShoulder);
        if (left.present && right.present)
            raw[static_cast<size_t>(r)] = distance(left, right);
    }
    std::vector<float> scales(raw.size());
    std::vector<float> window;
    for (int64_t r = 0; r < rows; ++r) {
        window.clear();
        for (int64_t i = std::max<int64_t>(0, r - kScaleReach); i < std::min(rows, r + kScaleReach + 1); ++i)
            if (raw[static_cast<size_t>(i)] > 1)
                window.push_back(raw[static_cast<size_t>(i)]);
        if (window.empty())
            continue;
        const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
        std::nth_element(window.begin(), middle, window.end());
        scales[static_cast<size_t>(r)] = *middle;
    }
    return scales;
}

/// Values of the row's two neighbours: velocity in body units a second, absent where either is missing.
struct Velocity {
    float x = 0;
    float y = 0;
    bool present = false;
    float speed() const { return length(x, y); }
};

template <typename At> Velocity velocityOf(const At& at, int64_t row, int64_t rows, float scale)
{
    const int64_t before = std::max<int64_t>(0, row - 1);
    const int64_t after = std::min(rows - 1, row + 1);
    const Point a = at(before);
    const Point b = at(after);
    if (after == before || !a.present || !b.present || scale <= 0)
        return {};
    const float factor = static_cast<float>(kSequenceRate) / static_cast<float>(after - before) / scale;
    const auto bounded = [](float v) { return std::clamp(v, -12.0f, 12.0f); };
    return {bounded((b.x - a.x) * factor), bounded((b.y - a.y) * factor), true};
}

/// Fills one row of the feature matrix from top to bottom.
class ChannelWriter {
public:
    ChannelWriter(NdArray& out, int64_t row) : m_out(out), m_row(row) { }
    void put(float value)
    {
        m_out.values[static_cast<size_t>(m_channel * m_out.shape[1] + m_row)] = value;
        ++m_channel;
    }
    void putPosition(const Point& p, const Point& origin, float scale)
    {
        const bool known = p.present && origin.present && scale > 0;
        put(known ? std::clamp((p.x - origin.x) / scale, -kFarthest, kFarthest) : 0);
        put(known ? std::clamp((p.y - origin.y) / scale, -kFarthest, kFarthest) : 0);
    }
    void putVelocity(const Velocity& v)
    {
        put(v.present ? v.x / 2 : 0);
        put(v.present ? v.y / 2 : 0);
    }
    void putDistance(const Point& a, const Point& b, float scale)
    {
        put(a.present && b.present && scale > 0 ? std::min(distance(a, b) / scale, kFarthest) : 0);
    }

private:
    NdArray& m_out;
    int64_t m_row;
    int64_t m_channel = 0;
};

/// log(1 + 4 v): micro-gestures live at the small end.
float compressed(float speed) { return std::log1p(4 * speed); }

struct PartEnergy {
    float sum = 0;
    int count = 0;
    float value() const { return count > 0 ? compressed(sum / static_cast<float>(count)) : 0; }
};

void writeRow(const NdArray& points, int64_t row, float scale, NdArray& out)
{
    static const std::array<int, 10> kPlaces{kNose, kHeadTop, 5, 6, 7, 8, kLeftWrist, kRightWrist, 13, 14};
    static const std::array<int, 4> kMovers{kNose, kHeadTop, kLeftWrist, kRightWrist};
    const int64_t rows = points.shape[0];
    const Point neck = neckAt(points, row);
    const std::array<Point, 2> hands{
        handCentre(points, row, kLeftHandStart), handCentre(points, row, kRightHandStart)};
    ChannelWriter writer(out, row);
    for (const int place : kPlaces)
        writer.putPosition(pointAt(points, row, place), neck, scale);
    for (const Point& hand : hands)
        writer.putPosition(hand, neck, scale);

    for (const int mover : kMovers)
        writer.putVelocity(
            velocityOf([&](int64_t r) { return pointAt(points, r, mover); }, row, rows, scale));
    writer.putVelocity(velocityOf([&](int64_t r) { return neckAt(points, r); }, row, rows, scale));

    std::array<PartEnergy, 8> energy{};
    std::array<PartEnergy, 2> fingers{};
    const auto& parts = poseLayouts().front().parts;
    for (int i = 0; i < kPointCount; ++i) {
        const Velocity v = velocityOf([&](int64_t r) { return pointAt(points, r, i); }, row, rows, scale);
        if (!v.present)
            continue;
        PartEnergy& part = energy[static_cast<size_t>(parts[static_cast<size_t>(i)])];
        part.sum += v.speed();
        ++part.count;
    }
    for (size_t side = 0; side < 2; ++side) {
        const int start = side == 0 ? kLeftHandStart : kRightHandStart;
        for (const int tip : {4, 8, 12, 16, 20}) {
            const auto relative = [&](int64_t r) {
                const Point p = pointAt(points, r, start + tip);
                const Point wrist = pointAt(points, r, start);
                return Point{p.x - wrist.x, p.y - wrist.y, p.present && wrist.present};
            };
            const Velocity v = velocityOf(relative, row, rows, scale);
            if (!v.present)
                continue;
            fingers[side].sum += v.speed();
            ++fingers[side].count;
        }
    }
    for (const PartEnergy& part : energy)
        writer.put(part.value());
    for (const PartEnergy& finger : fingers)
        writer.put(finger.value());

    for (size_t side = 0; side < 2; ++side)
        writer.put(hands[side].present && scale > 0
                ? handOpenness(points, row, side == 0 ? kLeftHandStart : kRightHandStart, hands[side]) / scale
                : 0);
    const Point leftWrist = pointAt(points, row, kLeftWrist);
    const Point rightWrist = pointAt(points, row, kRightWrist);
    const Point nose = pointAt(points, row, kNose);
    const Point head = nose.present ? nose : pointAt(points, row, kHeadTop);
    writer.putDistance(leftWrist, rightWrist, scale);
    writer.putDistance(leftWrist, head, scale);
    writer.putDistance(rightWrist, head, scale);

    writer.put(neck.present && scale > 0 ? 1 : 0);
    writer.put(nose.present ? 1 : 0);
    writer.put(leftWrist.present ? 1 : 0);
    writer.put(rightWrist.present ? 1 : 0);
    writer.put(hands[0].present ? 1 : 0);
    writer.put(hands[1].present ? 1 : 0);
    writer.put(pointAt(points, row, 13).present || pointAt(points, row, 14).present ? 1 : 0);
}

void bridgeGaps(NdArray& points)
{
    const int64_t rows = points.shape[0];
    const auto cell = [&](int64_t row, int i) { return points.values.data() + (row * kPointCount + i) * 3; };
    for (int i = 0; i < kPointCount; ++i) {
        int64_t last = -1;
        for (int64_t row = 0; row < rows; ++row) {
            if (cell(row, i)[2] <= 0)
                continue;
            const int64_t gap = row - last - 1;
            if (last >= 0 && gap > 0 && gap <= kLongestGap) {
                for (int64_t r = last + 1; r < row; ++r) {
                    const float t = static_cast<float>(r - last) / static_cast<float>(row - last);
                    for (int k = 0; k < 3; ++k)
                        cell(r, i)[k] = cell(last, i)[k] * (1 - t) + cell(row, i)[k] * t;
                }
            }
            last = row;
        }
    }
}

} // namespace

int64_t sequenceRows(const FrameTimes& times)
{
    if (times.frameCount() == 0)
        return 0;
    const double seconds = std::chrono::duration<double>(times.duration() - times.timeOf(0)).count();
    return std::max<int64_t>(1, static_cast<int64_t>(std::ceil(seconds * kSequenceRate - 1e-6)));
}

MediaTime rowStart(const FrameTimes& times, int64_t row)
{
    return times.timeOf(0) + MediaTime(std::llround(static_cast<double>(row) * kStep * 1e6));
}

FrameSpan framesOfRows(const FrameTimes& times, int64_t firstRow, int64_t lastRow)
{
    return clampSpan(
        {times.nearestBoundary(rowStart(times, firstRow)), times.nearestBoundary(rowStart(times, lastRow))},
        times.frameCount());
}

NdArray resampleTrack(const PoseTrack& track68, int person, const FrameTimes& times)
{
    const int64_t rows = sequenceRows(times);
    NdArray out({rows, kPointCount, 3});
    const auto secondsOf
        = [&](int64_t trackRow) { return times.seconds(track68.frames[static_cast<size_t>(trackRow)]); };
    int64_t begin = 0;
    for (int64_t r = 0; r < rows; ++r) {
        const double middle = std::chrono::duration<double>(rowStart(times, r)).count() + kStep / 2;
        while (begin < track68.rows() && secondsOf(begin) <= middle - kStep)
            ++begin;
        std::array<float, kPointCount> weights{};
        float* row = out.values.data() + r * kPointCount * 3;
        for (int64_t k = begin; k < track68.rows() && secondsOf(k) < middle + kStep; ++k) {
            const auto weight = static_cast<float>(1 - std::abs(secondsOf(k) - middle) / kStep);
            const PosePoint* points = track68.at(k, person);
            for (int i = 0; i < kPointCount; ++i) {
                if (points[i].score <= 0)
                    continue;
                weights[static_cast<size_t>(i)] += weight;
                row[i * 3] += weight * points[i].x;
                row[i * 3 + 1] += weight * points[i].y;
                row[i * 3 + 2] += weight * points[i].score;
            }
        }
        for (int i = 0; i < kPointCount; ++i)
            for (int k = 0; k < 3 && weights[static_cast<size_t>(i)] > 0; ++k)
                row[i * 3 + k] /= weights[static_cast<size_t>(i)];
    }
    bridgeGaps(out);
    return out;
}

NdArray sequenceFeatures(const NdArray& rowPoints)
{
    const int64_t rows = rowPoints.shape[0];
    NdArray out({kSequenceChannels, rows});
    const std::vector<float> scales = bodyScales(rowPoints);
    for (int64_t r = 0; r < rows; ++r)
        writeRow(rowPoints, r, scales[static_cast<size_t>(r)], out);
    return out;
}

std::vector<float> skeletonMotion(const NdArray& features)
{
    const auto rows = static_cast<size_t>(features.shape[1]);
    std::vector<float> motion(rows);
    for (size_t part = 0; part < 8; ++part)
        for (size_t r = 0; r < rows; ++r)
            motion[r] = std::max(motion[r], features.values[(kEnergyChannel + part) * rows + r]);
    std::vector<float> sorted = motion;
    std::sort(sorted.begin(), sorted.end());
    const float strongest = sorted.empty() ? 0 : sorted[sorted.size() * 98 / 100];
    for (float& value : motion)
        value = strongest > 0 ? std::min(1.0f, value / strongest) : 0;
    return motion;
}

std::vector<float> bodyPresence(const NdArray& rowPoints)
{
    const int64_t rows = rowPoints.shape[0];
    std::vector<float> present(static_cast<size_t>(rows));
    for (int64_t r = 0; r < rows; ++r) {
        const Point left = pointAt(rowPoints, r, kLeftShoulder);
        const Point right = pointAt(rowPoints, r, kRightShoulder);
        const Point nose = pointAt(rowPoints, r, kNose);
        const Point head = nose.present ? nose : pointAt(rowPoints, r, kHeadTop);
        if (!left.present || !right.present || !head.present)
            continue;
        const Point middle{(left.x + right.x) / 2, (left.y + right.y) / 2, true};
        const float width = distance(left, right);
        const float up = middle.y - head.y;
        present[static_cast<size_t>(r)] = width > 4 && up > 0.1f * width && up < 4 * width ? 1.0f : 0.0f;
    }
    return present;
}

std::vector<float> gestureRows(const std::vector<FrameSpan>& spans, const FrameTimes& times)
{
    std::vector<float> target(static_cast<size_t>(sequenceRows(times)));
    const auto half = MediaTime(std::llround(kStep * 5e5));
    for (const FrameSpan& span : spans) {
        const MediaTime start = times.timeOf(span.first);
        const MediaTime end = times.timeOf(span.last);
        for (size_t r = 0; r < target.size(); ++r) {
            const MediaTime middle = rowStart(times, static_cast<int64_t>(r)) + half;
            if (middle >= start && middle < end)
                target[r] = 1;
        }
    }
    return target;
}

std::vector<float> rowsToFrames(const std::vector<float>& rows, const FrameTimes& times)
{
    std::vector<float> out(static_cast<size_t>(times.frameCount()));
    if (rows.empty())
        return out;
    const double origin = times.seconds(0);
    for (size_t f = 0; f < out.size(); ++f) {
        const double at = std::clamp((times.seconds(static_cast<int64_t>(f)) - origin) * kSequenceRate - 0.5,
            0.0, static_cast<double>(rows.size() - 1));
        const auto low = static_cast<size_t>(at);
        const size_t high = std::min(low + 1, rows.size() - 1);
        const auto t = static_cast<float>(at - static_cast<double>(low));
        out[f] = rows[low] * (1 - t) + rows[high] * t;
    }
    return out;
}

} // namespace telltale
