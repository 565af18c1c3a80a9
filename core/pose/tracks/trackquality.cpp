// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/trackquality.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr double kBoneSpread = 0.35; ///< of the logarithm of a bone's length. Ours.
constexpr double kMostSpeed = 8; ///< box diagonals per second. Ours.
constexpr double kLongestStep = 0.2; ///< seconds over which a speed is measured. Ours.
constexpr double kUnknownStep = 1.0 / 25;

double medianOf(std::vector<double>& values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double distance(const PosePoint& a, const PosePoint& b)
{
    return std::hypot(static_cast<double>(a.x) - b.x, static_cast<double>(a.y) - b.y);
}

/// A sum and how many went into it.
struct Mean {
    double sum = 0;
    int count = 0;

    void add(double value)
    {
        sum += value;
        ++count;
    }
    double orElse(double other) const { return count > 0 ? sum / count : other; }
};

/// What is usual for one person.
class Person {
public:
    Person(const PoseTrack& track, int person, const PoseLayout& layout)
        : m_track(track)
        , m_person(person)
        , m_layout(layout)
        , m_points(layout.points.size())
    {
        std::vector<double> diagonals;
        diagonals.reserve(static_cast<size_t>(track.rows()));
        std::vector<std::vector<double>> lengths(layout.edges.size());
        for (int64_t row = 0; row < track.rows(); ++row) {
            measureBox(row, diagonals);
            for (size_t i = 0; i < layout.edges.size(); ++i)
                if (const double length = boneLength(row, i); length > 0)
                    lengths[i].push_back(length);
        }
        m_size = medianOf(diagonals);
        m_bones.reserve(lengths.size());
        for (auto& bone : lengths)
            m_bones.push_back(medianOf(bone));
    }

    void rate(int64_t row, const std::vector<double>& times, float* out) const
    {
        std::array<Mean, kBodyParts> presence;
        std::array<Mean, kBodyParts> score;
        std::array<Mean, kBodyParts> motion;
        std::array<Mean, kBodyParts> bones;
        const PosePoint* points = m_track.at(row, m_person);
        for (size_t i = 0; i < m_points.size(); ++i) {
            const auto part = static_cast<size_t>(m_layout.parts[i]);
            if (m_points[i])
                presence[part].add(points[i].score > 0 ? 1 : 0);
            if (points[i].score > 0) {
                score[part].add(std::min<double>(points[i].score, 1));
                motion[part].add(motionOf(row, i, times));
            }
        }
        for (size_t i = 0; i < m_bones.size(); ++i) {
            const double length = boneLength(row, i);
            if (!(length > 0) || !(m_bones[i] > 0))
                continue;
            const double change = std::log(length / m_bones[i]) / kBoneSpread;
            bones[static_cast<size_t>(m_layout.parts[childOf(i)])].add(std::exp(-change * change / 2));
        }
        for (size_t part = 0; part < kBodyParts; ++part)
            out[part] = static_cast<float>(presence[part].orElse(0) * score[part].orElse(0)
                * bones[part].orElse(1) * motion[part].orElse(1));
    }

private:
    size_t childOf(size_t edge) const { return static_cast<size_t>(m_layout.edges[edge].first); }
    void measureBox(int64_t row, std::vector<double>& diagonals)
    {
        constexpr float kFar = std::numeric_limits<float>::infinity();
        PosePoint low{kFar, kFar};
        PosePoint high{-kFar, -kFar};
        const PosePoint* points = m_track.at(row, m_person);
        for (size_t i = 0; i < m_points.size(); ++i) {
            if (!(points[i].score > 0))
                continue;
            m_points[i] = true;
            low = {std::min(low.x, points[i].x), std::min(low.y, points[i].y)};
            high = {std::max(high.x, points[i].x), std::max(high.y, points[i].y)};
        }
        if (high.x >= low.x)
            diagonals.push_back(distance(low, high));
    }
    /// 0 if an end is missing.
    double boneLength(int64_t row, size_t edge) const
    {
        const PosePoint* points = m_track.at(row, m_person);
        const auto [child, parent] = m_layout.edges[edge];
        const bool seen = points[child].score > 0 && points[parent].score > 0;
        return seen ? distance(points[child], points[parent]) : 0;
    }
    double motionOf(int64_t row, size_t point, const std::vector<double>& times) const
    {
        double slower = std::numeric_limits<double>::infinity();
        const PosePoint& now = m_track.at(row, m_person)[point];
        for (const int64_t other : {row - 1, row + 1}) {
            if (other < 0 || other >= m_track.rows())
                continue;
            const PosePoint& there = m_track.at(other, m_person)[point];
            const double step = std::abs(times[static_cast<size_t>(other)] - times[static_cast<size_t>(row)]);
            if (there.score > 0 && step > 0 && step <= kLongestStep)
                slower = std::min(slower, distance(now, there) / step);
        }
        const double most = kMostSpeed * m_size;
        return std::isfinite(slower) && slower > most ? most / slower : 1;
    }

    const PoseTrack& m_track;
    int m_person;
    const PoseLayout& m_layout;
    std::vector<bool> m_points; ///< seen at least once
    std::vector<double> m_bones; ///< median lengths; 0 if never seen
    double m_size = 0; ///< median diagonal of the box
};

} // namespace

Result<TrackQuality> qualityOf(const PoseTrack& track, const FrameTimes& times)
{
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return layout.error();
    if (track.pointCount != static_cast<int>((*layout)->points.size())
        || track.points.size() != static_cast<size_t>(track.rows() * track.persons * track.pointCount))
        return Error{ErrorCode::BadFormat,
            "the track has " + std::to_string(track.pointCount) + " points a person, but layout "
                + track.layout + " has " + std::to_string((*layout)->points.size())};
    std::vector<double> seconds;
    seconds.reserve(track.frames.size());
    for (const int64_t frame : track.frames) {
        const int64_t behind = std::max<int64_t>(frame - times.frameCount(), 0);
        seconds.push_back(
            (times.frameCount() > 0 ? times.seconds(frame) : 0) + kUnknownStep * static_cast<double>(behind));
    }
    TrackQuality quality{track.persons, {}};
    quality.values.resize(static_cast<size_t>(track.rows() * track.persons * kBodyParts));
    for (int person = 0; person < track.persons; ++person) {
        const Person one(track, person, **layout);
        for (int64_t row = 0; row < track.rows(); ++row)
            one.rate(row, seconds, quality.values.data() + (row * track.persons + person) * kBodyParts);
    }
    return quality;
}

std::array<PartSummary, kBodyParts> summaryOf(const TrackQuality& quality, int person)
{
    std::array<PartSummary, kBodyParts> result{};
    const auto perRow = static_cast<size_t>(quality.persons) * kBodyParts;
    const size_t rows = perRow > 0 ? quality.values.size() / perRow : 0;
    for (size_t part = 0; part < kBodyParts; ++part) {
        Mean seen;
        for (size_t row = 0; row < rows; ++row)
            if (const float value
                = quality.values[row * perRow + static_cast<size_t>(person) * kBodyParts + part];
                value > 0)
                seen.add(value);
        result[part] = {rows > 0 ? seen.count / static_cast<double>(rows) : 0, seen.orElse(0)};
    }
    return result;
}

} // namespace telltale
