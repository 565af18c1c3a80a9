// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "pose/tracks/assignment.h"
#include "pose/tracks/peopleframes.h"
#include "pose/tracks/persontracker.h"
#include "posefiles.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

using namespace telltale;

namespace {

using People = std::vector<std::vector<PosePoint>>;

/// Somebody of 100 x 200 pixels around (x, y) with 14 points in a grid that `who` bends a little.
std::vector<PosePoint> personAt(double x, double y, int who = 0, double size = 1)
{
    std::vector<PosePoint> points;
    for (int i = 0; i < 14; ++i)
        points.push_back({static_cast<float>(x + size * (-50 + 100.0 * (i % 2) + 7 * who)),
            static_cast<float>(y + size * (-100 + 200.0 * (i / 2) / 6 + 5 * who * (i % 3))), 0.8F});
    return points;
}

double totalOf(const std::vector<double>& costs, const std::vector<int>& columns, size_t width)
{
    double sum = 0;
    for (size_t row = 0; row < columns.size(); ++row)
        if (columns[row] >= 0)
            sum += costs[row * width + static_cast<size_t>(columns[row])];
    return sum;
}

/// The least sum by trying every way.
double leastOf(const std::vector<double>& costs, size_t rows, size_t columns)
{
    std::vector<size_t> order(std::max(rows, columns));
    std::iota(order.begin(), order.end(), size_t{0});
    double least = INFINITY;
    do {
        double sum = 0;
        for (size_t row = 0; row < rows; ++row)
            if (order[row] < columns)
                sum += costs[row * columns + order[row]];
        least = std::min(least, sum);
    } while (std::ranges::next_permutation(order).found);
    return least;
}

} // namespace

TEST(Assignment, IsAsCheapAsTheBestOfAllWays)
{
    Random random(11);
    for (int rows = 0; rows <= 5; ++rows)
        for (int columns = 0; columns <= 5; ++columns)
            for (int repeat = 0; repeat < 10; ++repeat) {
                std::vector<double> costs(static_cast<size_t>(rows * columns));
                for (double& cost : costs)
                    cost = std::floor(random.uniform(-5, 20));
                const std::vector<int> found = cheapestAssignment(costs, rows, columns);
                ASSERT_EQ(found.size(), static_cast<size_t>(rows));
                EXPECT_EQ(
                    std::ranges::count_if(found, [](int c) { return c >= 0; }), std::min(rows, columns));
                std::vector<int> used = found;
                std::erase(used, -1);
                std::ranges::sort(used);
                EXPECT_EQ(std::ranges::adjacent_find(used), used.end());
                const auto width = static_cast<size_t>(columns);
                EXPECT_EQ(totalOf(costs, found, width), leastOf(costs, static_cast<size_t>(rows), width))
                    << rows << " x " << columns;
            }
}

TEST(PersonTracker, TwoWhoCrossKeepTheirNumbers)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 80; ++frame) {
        const double a = 200 + 10.0 * static_cast<double>(frame);
        const double b = 1000 - 10.0 * static_cast<double>(frame);
        // Whoever estimates poses names people in any order.
        const bool flip = frame % 3 == 1;
        const People people
            = flip ? People{personAt(b, 310), personAt(a, 300)} : People{personAt(a, 300), personAt(b, 310)};
        const std::vector<int> numbers = tracker.update(frame, people);
        EXPECT_EQ(numbers, flip ? (std::vector{1, 0}) : (std::vector{0, 1})) << "frame " << frame;
    }
    EXPECT_EQ(tracker.known(), 2);
}

TEST(PersonTracker, WhoIsHiddenWhileCrossingComesOutOnTheOtherSide)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 80; ++frame) {
        const double a = 200 + 10.0 * static_cast<double>(frame);
        const double b = 1000 - 10.0 * static_cast<double>(frame);
        const bool hidden = std::abs(a - b) < 100; // nine frames
        People people{personAt(a, 300)};
        if (!hidden)
            people.push_back(personAt(b, 310));
        const std::vector<int> numbers = tracker.update(frame, people);
        EXPECT_EQ(numbers[0], 0) << "frame " << frame;
        if (!hidden) {
            EXPECT_EQ(numbers[1], 1) << "frame " << frame;
        }
    }
}

TEST(PersonTracker, WhoLeavesAndComesBackSoonIsTheSameAndLaterSomebodyNew)
{
    PersonTracker tracker(25);
    int64_t frame = 0;
    for (; frame < 20; ++frame)
        EXPECT_EQ(
            tracker.update(frame, People{personAt(300, 300), personAt(900, 300, 1)}), (std::vector{0, 1}));
    for (; frame < 70; ++frame) // two seconds
        EXPECT_EQ(tracker.update(frame, People{personAt(300, 300)}), std::vector{0});
    EXPECT_EQ(
        tracker.update(frame++, People{personAt(300, 300), personAt(905, 302, 1)}), (std::vector{0, 1}));
    for (; frame < 200; ++frame) // five seconds
        EXPECT_EQ(tracker.update(frame, People{personAt(300, 300)}), std::vector{0});
    EXPECT_EQ(tracker.update(frame, People{personAt(300, 300), personAt(905, 302, 1)}), (std::vector{0, 2}));
}

TEST(PersonTracker, NobodyIsNobody)
{
    PersonTracker tracker;
    EXPECT_TRUE(tracker.update(0, People{}).empty());
    EXPECT_EQ(tracker.update(1, People{std::vector<PosePoint>(14)}), std::vector{-1});
    EXPECT_EQ(tracker.update(2, People{{}}), std::vector{-1});
    std::vector<PosePoint> odd(14, PosePoint{NAN, INFINITY, 1});
    EXPECT_EQ(tracker.update(3, People{odd, personAt(5, 5)}), (std::vector{-1, 0}));
}

TEST(PersonTracker, ACutMakesEverybodyNewUnlessThePictureComesBack)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 10; ++frame)
        EXPECT_EQ(tracker.update(frame, People{personAt(600, 400)}), std::vector{0});
    // The other camera: the same place, but another size and pose; without being told, too.
    EXPECT_EQ(tracker.update(10, People{personAt(600, 400, 0, 1.8)}), std::vector{1});
    // Told: nearly the same box, but a pose of somebody else.
    EXPECT_EQ(tracker.update(11, People{personAt(620, 440, 6, 1.8)}, true), std::vector{2});
    // Back to the first camera, where the first person still sits.
    EXPECT_EQ(tracker.update(12, People{personAt(602, 401)}, true), std::vector{0});
}

TEST(PersonTracker, ManyMoreThanFitIntoAPictureAreBounded)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 3; ++frame) {
        People people;
        for (int i = 0; i < 300; ++i)
            people.push_back(personAt(i * 400, 300));
        const std::vector<int> numbers = tracker.update(frame * 1000, people);
        EXPECT_EQ(std::ranges::count_if(numbers, [](int n) { return n >= 0; }), 64);
    }
}

TEST(PersonTracker, PartsOfSomebodyAreStillThatPerson)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 30; ++frame) {
        std::vector<PosePoint> points = personAt(400 + 3.0 * static_cast<double>(frame), 300);
        for (int i = 4; i < 14 && frame % 4 == 2; ++i) // legs and arms are not found
            points[static_cast<size_t>(i)] = {};
        EXPECT_EQ(tracker.update(frame, People{points}), std::vector{0}) << "frame " << frame;
    }
}

TEST(PersonTracker, APersonWhoFallsIntoTwoHalvesForAMomentStaysTheSame)
{
    PersonTracker tracker;
    for (int64_t frame = 0; frame < 40; ++frame) {
        const std::vector<PosePoint> whole = personAt(400, 300);
        const bool halves = frame == 20 || frame == 21;
        People people{whole};
        if (halves)
            people = {whole, whole};
        for (size_t i = 0; i < 14 && halves; ++i)
            people[i < 7 ? 0 : 1][i] = {};
        const std::vector<int> numbers = tracker.update(frame, people);
        EXPECT_EQ(std::ranges::count(numbers, 0), 1) << "frame " << frame;
    }
}

TEST(JoinPeople, PutsEachPersonIntoOneColumn)
{
    std::vector<PeopleFrame> frames;
    for (int64_t frame = 0; frame < 60; ++frame) {
        const double at = 10.0 * static_cast<double>(frame);
        PeopleFrame one{frame, {personAt(900 - at, 300, 1)}};
        if (frame >= 10)
            one.people.insert(one.people.begin(), personAt(300 + at, 300));
        frames.push_back(one);
    }
    const JoinedPeople joined = joinPeople(frames, "mobile14", 14);
    EXPECT_EQ(joined.people, 2U);
    const PoseTrack& track = joined.track;
    ASSERT_EQ(track.persons, 2);
    for (int64_t row = 0; row < 60; ++row) {
        const auto at = static_cast<float>(10 * row);
        EXPECT_EQ(track.at(row, 0)[0].x, 900 - at - 50 + 7) << "row " << row;
        EXPECT_EQ(track.at(row, 1)[0].x, row >= 10 ? 300 + at - 50 : 0) << "row " << row;
    }
}

TEST(JoinPeople, SaysThatSomebodyHasNoPlace)
{
    // 18 people with numbers; the first two are seen once, everybody else in both frames.
    std::vector<PeopleFrame> frames(2);
    std::vector<std::vector<int64_t>> numbers(2);
    for (int64_t frame = 0; frame < 2; ++frame) {
        frames[static_cast<size_t>(frame)].frame = frame;
        for (int64_t number = 2 * frame; number < 18; ++number) {
            const PosePoint point{static_cast<float>(number), 1, 1};
            frames[static_cast<size_t>(frame)].people.emplace_back(14, point);
            numbers[static_cast<size_t>(frame)].push_back(number);
        }
    }
    JoinedPeople joined = joinNumbered(frames, numbers, "mobile14", 14);
    EXPECT_EQ(joined.people, 18U);
    ASSERT_EQ(joined.track.persons, 16);
    for (int64_t row = 0; row < 2; ++row)
        for (int person = 0; person < 16; ++person)
            EXPECT_EQ(joined.track.at(row, person)[13].x, static_cast<float>(person + 2));
    SkeletonFile file;
    takeJoined(std::move(joined), "crowd.json", file);
    ASSERT_EQ(file.notes.size(), 1U);
    EXPECT_EQ(file.notes.front().find("crowd.json: shows 18 people, of whom a track has the 16"), 0U);
    EXPECT_EQ(file.track.persons, 16);
}

TEST(JoinPeople, DoesNotFillTheMemoryForPeopleWhoAreSeenOnce)
{
    constexpr int kPoints = 1000;
    std::vector<PeopleFrame> frames(1000);
    for (size_t i = 0; i < frames.size(); ++i)
        frames[i].frame = static_cast<int64_t>(i);
    std::vector<std::vector<int64_t>> numbers(frames.size());
    for (int64_t number = 0; number < 16; ++number) {
        frames[7].people.emplace_back(kPoints, PosePoint{1, 1, 1});
        numbers[7].push_back(number);
    }
    const JoinedPeople once = joinNumbered(frames, numbers, "mobile14", kPoints);
    EXPECT_EQ(once.people, 16U);
    EXPECT_EQ(once.track.persons, 4); // the limit is 4 x 1024 x 1024 points
    for (size_t i = 0; i < frames.size(); ++i)
        if (i != 7) {
            frames[i].people.emplace_back(kPoints, PosePoint{1, 1, 1});
            numbers[i].push_back(15);
        }
    EXPECT_EQ(joinNumbered(frames, numbers, "mobile14", kPoints).track.persons, 16);
}
