// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

constexpr size_t kMostPeople = 16;
/// A person who moves further than this share of the own size per frame is somebody else.
constexpr double kStepShare = 0.25;
constexpr int64_t kLongestAbsence = 30;

struct Figure {
    double x = 0;
    double y = 0;
    double size = 0;
    bool present = false;
};

/// Neck or the middle of the shoulders where seen, else the mean of all points.
Figure figureOf(const std::vector<PosePoint>& points, const std::vector<int>& neck)
{
    Figure figure;
    double count = 0;
    double low[2] = {INFINITY, INFINITY};
    double high[2] = {-INFINITY, -INFINITY};
    for (const PosePoint& p : points) {
        if (!(p.score > 0))
            continue;
        figure.x += p.x;
        figure.y += p.y;
        low[0] = std::min<double>(low[0], p.x);
        high[0] = std::max<double>(high[0], p.x);
        low[1] = std::min<double>(low[1], p.y);
        high[1] = std::max<double>(high[1], p.y);
        ++count;
    }
    if (count == 0)
        return figure;
    figure.present = true;
    figure.size = std::max(std::hypot(high[0] - low[0], high[1] - low[1]), 1.0);
    figure.x /= count;
    figure.y /= count;
    const bool neckSeen = !neck.empty() && std::all_of(neck.begin(), neck.end(), [&](int i) {
        return points[static_cast<size_t>(i)].score > 0;
    });
    if (neckSeen) {
        figure.x = figure.y = 0;
        for (const int i : neck) {
            figure.x += points[static_cast<size_t>(i)].x / static_cast<double>(neck.size());
            figure.y += points[static_cast<size_t>(i)].y / static_cast<double>(neck.size());
        }
    }
    return figure;
}

struct Identity {
    Figure last;
    int64_t lastFrame = 0;
    std::vector<std::pair<size_t, size_t>> seen; ///< (row, index among the people of that row)
};

struct Pairing {
    double distance;
    size_t identity;
    size_t person;
};

/// Greedy: the nearest pair first, each identity and each person once.
void assign(std::vector<Identity>& identities, const std::vector<Figure>& figures, int64_t frame, size_t row)
{
    std::vector<Pairing> pairs;
    for (size_t i = 0; i < identities.size(); ++i)
        for (size_t p = 0; p < figures.size(); ++p) {
            const int64_t gap = frame - identities[i].lastFrame;
            const double distance
                = std::hypot(figures[p].x - identities[i].last.x, figures[p].y - identities[i].last.y);
            const double reach
                = kStepShare * identities[i].last.size * static_cast<double>(std::min<int64_t>(gap + 1, 4));
            if (figures[p].present && gap <= kLongestAbsence && distance <= reach)
                pairs.push_back({distance, i, p});
        }
    std::sort(pairs.begin(), pairs.end(),
        [](const Pairing& a, const Pairing& b) { return a.distance < b.distance; });
    std::vector<bool> identityTaken(identities.size());
    std::vector<bool> personTaken(figures.size());
    for (const Pairing& pair : pairs) {
        if (identityTaken[pair.identity] || personTaken[pair.person])
            continue;
        identityTaken[pair.identity] = personTaken[pair.person] = true;
        Identity& identity = identities[pair.identity];
        identity.last = figures[pair.person];
        identity.lastFrame = frame;
        identity.seen.emplace_back(row, pair.person);
    }
    for (size_t p = 0; p < figures.size(); ++p)
        if (figures[p].present && !personTaken[p])
            identities.push_back({figures[p], frame, {{row, p}}});
}

} // namespace

PoseTrack joinPeople(const std::vector<PeopleFrame>& frames, std::string_view layoutName, int pointCount)
{
    std::vector<int> neck;
    if (const auto layout = findPoseLayout(layoutName))
        neck = (*layout)->sources68[18];
    std::vector<Identity> identities;
    for (size_t row = 0; row < frames.size(); ++row) {
        std::vector<Figure> figures;
        for (const auto& points : frames[row].people)
            figures.push_back(figureOf(points, neck));
        assign(identities, figures, frames[row].frame, row);
    }
    std::stable_sort(identities.begin(), identities.end(),
        [](const Identity& a, const Identity& b) { return a.seen.size() > b.seen.size(); });
    identities.resize(std::min(identities.size(), kMostPeople));

    PoseTrack track;
    track.layout = layoutName;
    track.pointCount = pointCount;
    track.persons = static_cast<int>(std::max<size_t>(identities.size(), 1));
    for (const PeopleFrame& frame : frames)
        track.frames.push_back(frame.frame);
    track.points.resize(frames.size() * static_cast<size_t>(track.persons * pointCount));
    for (size_t i = 0; i < identities.size(); ++i)
        for (const auto& [row, person] : identities[i].seen)
            std::copy_n(frames[row].people[person].begin(), pointCount,
                track.at(static_cast<int64_t>(row), static_cast<int>(i)));
    return track;
}

} // namespace telltale
