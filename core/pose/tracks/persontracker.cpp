// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/persontracker.h"
#include "pose/tracks/assignment.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

constexpr size_t kMostPeople = 64; ///< of one picture. Ours.
constexpr size_t kMostRemembered = 128; ///< persons, seen or not. Ours.
constexpr double kRememberedSeconds = 3.0; ///< how long somebody may be away. Ours.
constexpr double kCoastSeconds = 0.6; ///< how long an unseen person is taken to keep moving. Ours.
/// Reach of a person per frame beyond where the motion leads, as a share of the own size. Ours.
constexpr double kStepShare = 0.25;
constexpr double kMostSteps = 4; ///< frames after which the reach grows no more. Ours.
/// Standard deviation of a point around where it is expected, as a share of the size: the middle of COCO's
/// key point constants (0.05 to 0.2 of the root of the area). Ours.
constexpr double kPointSpread = 0.1;
constexpr double kMostSizeRatio = 1.6; ///< of the same points in two pictures. Ours.
constexpr double kMostBoxRatio = 3.0; ///< where no points are shared. Ours.
constexpr double kSamePose = 0.6; ///< similarity of points that carries a number over a cut. Ours.
constexpr double kVelocityWeight = 0.5; ///< of the newest step in the velocity. Ours.
constexpr double kPointsShare = 0.5; ///< shares of a pair's worth. Ours.
constexpr double kOverlapShare = 0.3;
constexpr double kNearShare = 1 - kPointsShare - kOverlapShare;
/// Worth more of somebody known for kOldFrames frames: halves of a person that an estimator finds for a
/// moment do not inherit the number. Ours.
constexpr double kAgeShare = 0.1;
constexpr int kOldFrames = 25;
constexpr int kShared = 3; ///< points that say how large somebody is. Ours.

struct Figure {
    std::vector<PosePoint> points;
    double left = INFINITY;
    double top = INFINITY;
    double right = -INFINITY;
    double bottom = -INFINITY;

    bool present() const { return right >= left; }
    double size() const { return std::max(std::hypot(right - left, bottom - top), 1.0); }
};

Figure figureOf(std::vector<PosePoint> points)
{
    Figure figure;
    figure.points = std::move(points);
    for (PosePoint& p : figure.points) {
        if (!(p.score > 0) || !std::isfinite(p.x) || !std::isfinite(p.y)) {
            p = {};
            continue;
        }
        figure.left = std::min<double>(figure.left, p.x);
        figure.right = std::max<double>(figure.right, p.x);
        figure.top = std::min<double>(figure.top, p.y);
        figure.bottom = std::max<double>(figure.bottom, p.y);
    }
    return figure;
}

double overlap(const Figure& a, const Figure& b, double dx, double dy)
{
    const double width = std::min(a.right + dx, b.right) - std::max(a.left + dx, b.left);
    const double height = std::min(a.bottom + dy, b.bottom) - std::max(a.top + dy, b.top);
    if (!(width > 0) || !(height > 0))
        return 0;
    const auto area = [](const Figure& f) { return (f.right - f.left) * (f.bottom - f.top); };
    return width * height / (area(a) + area(b) - width * height);
}

/// What two figures have in common: the mean shift of the points that both have, and their sizes in both.
struct Shared {
    int points = 0;
    double dx = 0;
    double dy = 0;
    double sizeBefore = 0;
    double sizeNow = 0;
};

Shared sharedOf(const Figure& before, const Figure& now)
{
    Shared shared;
    std::vector<PosePoint> a;
    std::vector<PosePoint> b;
    for (size_t i = 0; i < std::min(before.points.size(), now.points.size()); ++i) {
        if (!(before.points[i].score > 0) || !(now.points[i].score > 0))
            continue;
        a.push_back(before.points[i]);
        b.push_back(now.points[i]);
        shared.dx += static_cast<double>(now.points[i].x) - before.points[i].x;
        shared.dy += static_cast<double>(now.points[i].y) - before.points[i].y;
    }
    shared.points = static_cast<int>(a.size());
    if (a.empty()) {
        shared.dx = (now.left + now.right - before.left - before.right) / 2;
        shared.dy = (now.top + now.bottom - before.top - before.bottom) / 2;
        shared.sizeBefore = before.size();
        shared.sizeNow = now.size();
        return shared;
    }
    shared.dx /= shared.points;
    shared.dy /= shared.points;
    shared.sizeBefore = figureOf(std::move(a)).size();
    shared.sizeNow = figureOf(std::move(b)).size();
    return shared;
}

/// Mean of exp(-d^2 / 2 s^2) over the points that both have.
double pointSimilarity(const Figure& before, const Figure& now, double dx, double dy, double spread)
{
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < std::min(before.points.size(), now.points.size()); ++i) {
        const PosePoint& a = before.points[i];
        const PosePoint& b = now.points[i];
        if (!(a.score > 0) || !(b.score > 0))
            continue;
        const double x = b.x - a.x - dx;
        const double y = b.y - a.y - dy;
        sum += std::exp(-(x * x + y * y) / (2 * spread * spread));
        ++count;
    }
    return count > 0 ? sum / count : 0;
}

struct Known {
    int number = 0;
    Figure last; ///< with points that are missing since a moment where they would be by now
    int64_t frame = 0;
    std::vector<int64_t> seenAt; ///< frame in which each point was really seen
    int times = 1; ///< frames in which this person was seen
    double vx = 0; ///< pixels per frame
    double vy = 0;
    bool moving = false; ///< the velocity is known
    bool beforeCut = false;
};

/// Worth of taking `now` for `known` if that person went by (dx, dy) since last seen; negative if out of
/// reach.
double worthAt(const Known& known, const Figure& now, const Shared& shared, double dx, double dy, double away)
{
    const double size = known.last.size();
    const double reach = kStepShare * size * std::min(away + 1, kMostSteps);
    const double distance = std::hypot(shared.dx - dx, shared.dy - dy);
    if (distance > reach)
        return -1;
    const double spread = kPointSpread * size * std::sqrt(std::min(away, kMostSteps));
    return kPointsShare * pointSimilarity(known.last, now, dx, dy, spread)
        + kOverlapShare * overlap(known.last, now, dx, dy) + kNearShare * (1 - distance / reach);
}

double worthOf(const Known& known, const Figure& now, int64_t frame, double coast)
{
    const Shared shared = sharedOf(known.last, now);
    const double ratio = std::max(shared.sizeBefore / shared.sizeNow, shared.sizeNow / shared.sizeBefore);
    if (ratio > (shared.points >= kShared ? kMostSizeRatio : kMostBoxRatio))
        return -1;
    if (known.beforeCut
        && pointSimilarity(known.last, now, 0, 0, kPointSpread * known.last.size()) < kSamePose)
        return -1;
    const auto away = static_cast<double>(std::max<int64_t>(frame - known.frame, 1));
    const double steps = std::min(away, coast);
    double worth = worthAt(known, now, shared, known.vx * steps, known.vy * steps, away);
    if (away > 1) // who was away for a while may also have stopped
        worth = std::max(worth, worthAt(known, now, shared, 0, 0, away));
    return worth < 0 ? worth : worth + kAgeShare * std::min(known.times, kOldFrames) / kOldFrames;
}

} // namespace

struct PersonTracker::State {
    double remembered = 0; ///< frames
    double coast = 0; ///< frames
    int numbers = 0;
    std::vector<Known> known;

    void forget(int64_t frame);
    void see(Known& person, const Figure& figure, int64_t frame) const;
    std::vector<int> assign(const std::vector<Figure>& figures, int64_t frame) const;
};

void PersonTracker::State::forget(int64_t frame)
{
    std::erase_if(
        known, [&](const Known& one) { return static_cast<double>(frame - one.frame) > remembered; });
    while (known.size() > kMostRemembered)
        known.erase(std::ranges::min_element(known, {}, &Known::frame));
}

void PersonTracker::State::see(Known& person, const Figure& figure, int64_t frame) const
{
    const auto away = static_cast<double>(std::max<int64_t>(frame - person.frame, 1));
    const Shared shared = sharedOf(person.last, figure);
    const double weight = person.beforeCut ? 0 : person.moving ? kVelocityWeight : 1;
    person.vx = (1 - weight) * person.vx + weight * shared.dx / away;
    person.vy = (1 - weight) * person.vy + weight * shared.dy / away;
    person.seenAt.resize(figure.points.size(), person.frame);
    std::vector<PosePoint> points = figure.points;
    for (size_t i = 0; i < points.size(); ++i) {
        if (points[i].score > 0)
            person.seenAt[i] = frame;
        else if (!person.beforeCut && i < person.last.points.size() && person.last.points[i].score > 0
            && static_cast<double>(frame - person.seenAt[i]) <= coast) {
            points[i] = person.last.points[i];
            points[i].x += static_cast<float>(shared.dx);
            points[i].y += static_cast<float>(shared.dy);
        }
    }
    person.moving = !person.beforeCut;
    person.beforeCut = false;
    person.last = figureOf(std::move(points));
    person.frame = frame;
    ++person.times;
}

/// For each figure the index of the known person it is; -1 for somebody new.
std::vector<int> PersonTracker::State::assign(const std::vector<Figure>& figures, int64_t frame) const
{
    // A pair that is out of reach costs as much as two strangers, so that the sum of worths is greatest.
    std::vector<double> costs;
    costs.reserve(figures.size() * known.size());
    for (const Figure& figure : figures)
        for (const Known& one : known)
            costs.push_back(1 - std::max(worthOf(one, figure, frame, coast), 0.0));
    std::vector<int> persons
        = cheapestAssignment(costs, static_cast<int>(figures.size()), static_cast<int>(known.size()));
    for (size_t i = 0; i < persons.size(); ++i)
        if (persons[i] >= 0 && worthOf(known[static_cast<size_t>(persons[i])], figures[i], frame, coast) < 0)
            persons[i] = -1;
    return persons;
}

PersonTracker::PersonTracker(double fps) : m_state(std::make_unique<State>())
{
    const double rate = std::isfinite(fps) && fps > 0 ? fps : 25;
    m_state->remembered = kRememberedSeconds * rate;
    m_state->coast = kCoastSeconds * rate;
}

PersonTracker::~PersonTracker() = default;
PersonTracker::PersonTracker(PersonTracker&&) noexcept = default;
PersonTracker& PersonTracker::operator=(PersonTracker&&) noexcept = default;

int PersonTracker::known() const { return m_state->numbers; }

std::vector<int> PersonTracker::update(
    int64_t frame, std::span<const std::span<const PosePoint>> people, bool cut)
{
    std::vector<int> numbers(people.size(), -1);
    std::vector<size_t> present;
    std::vector<Figure> figures;
    figures.reserve(people.size());
    for (size_t i = 0; i < people.size(); ++i) {
        figures.push_back(figureOf({people[i].begin(), people[i].end()}));
        if (figures.back().present())
            present.push_back(i);
    }
    if (present.size() > kMostPeople) {
        std::ranges::stable_sort(present, std::greater<>(), [&](size_t i) { return figures[i].size(); });
        present.resize(kMostPeople);
        std::ranges::sort(present);
    }
    m_state->forget(frame);
    if (cut)
        for (Known& one : m_state->known) {
            one.beforeCut = true;
            one.vx = one.vy = 0;
        }
    std::vector<Figure> seen;
    seen.reserve(present.size());
    for (const size_t i : present)
        seen.push_back(std::move(figures[i]));
    const std::vector<int> persons = m_state->assign(seen, frame);
    for (size_t i = 0; i < seen.size(); ++i) {
        if (persons[i] >= 0) {
            Known& person = m_state->known[static_cast<size_t>(persons[i])];
            m_state->see(person, seen[i], frame);
            numbers[present[i]] = person.number;
        } else {
            numbers[present[i]] = m_state->numbers;
            std::vector<int64_t> seenAt(seen[i].points.size(), frame);
            m_state->known.push_back({m_state->numbers++, std::move(seen[i]), frame, std::move(seenAt)});
        }
    }
    return numbers;
}

std::vector<int> PersonTracker::update(
    int64_t frame, const std::vector<std::vector<PosePoint>>& people, bool cut)
{
    const std::vector<std::span<const PosePoint>> spans(people.begin(), people.end());
    return update(frame, spans, cut);
}

} // namespace telltale
