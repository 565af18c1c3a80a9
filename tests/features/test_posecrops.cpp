// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "features/crops/boxsmoothing.h"
#include "features/crops/posecrops.h"
#include "pose/layout.h"
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace telltale;

namespace {

constexpr double kFps = 25;
constexpr int kWidth = 1280;
constexpr int kHeight = 720;
constexpr int kLeftWrist = 9;

using Points = std::vector<PosePoint>;

void place(Points& points, int index, float x, float y) { points[static_cast<size_t>(index)] = {x, y, 0.9f}; }

/// A person of about 600 pixels from the waist up, facing the camera, shoulders around (x, y): no hand
/// points.
Points seatedAt(float x, float y)
{
    Points p(kPointCount);
    place(p, 0, x, y - 60); // nose
    place(p, 1, x + 10, y - 75);
    place(p, 2, x - 10, y - 75);
    place(p, 3, x + 27, y - 68);
    place(p, 4, x - 27, y - 68);
    place(p, 5, x + 75, y); // shoulders
    place(p, 6, x - 75, y);
    place(p, 7, x + 85, y + 110); // elbows
    place(p, 8, x - 85, y + 110);
    place(p, 9, x + 85, y + 195); // wrists
    place(p, 10, x - 85, y + 195);
    place(p, 17, x, y - 110); // top of the head
    place(p, 18, x, y); // neck
    return p;
}

PoseTrack trackOf(int64_t rows, const std::function<Points(int64_t)>& at, int64_t step = 1)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    std::vector<PosePoint> all;
    for (int64_t row = 0; row < rows; ++row) {
        track.frames.push_back(row * step);
        const Points points = at(row);
        all.insert(all.end(), points.begin(), points.end());
    }
    track.points = std::move(all);
    return track;
}

CropBox boxOf(const std::vector<CropPath>& paths, CropKind kind, int64_t frame, int person = 0)
{
    const CropPath* const path = findCropPath(paths, person, kind);
    return path ? boxAt(*path, frame) : CropBox{};
}

std::vector<CropPath> cropsOf(const PoseTrack& track) { return makeCropPaths(track, kWidth, kHeight, {}); }

float centreX(const CropBox& box) { return box.x + box.width / 2; }
float centreY(const CropBox& box) { return box.y + box.height / 2; }

bool holds(const CropBox& box, float x, float y)
{
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

void expectSane(const std::vector<CropPath>& paths)
{
    for (const CropPath& path : paths) {
        ASSERT_FALSE(path.keys.empty());
        for (size_t i = 0; i < path.keys.size(); ++i) {
            const CropBox& box = path.keys[i].box;
            EXPECT_TRUE(box == CropBox{} || !isEmptyBox(box)) << i;
            if (i > 0) {
                EXPECT_LT(path.keys[i - 1].frame, path.keys[i].frame);
            }
        }
    }
}

} // namespace

TEST(PoseCrops, ShowPersonHandsAndFaceOfSomebodyWhoSits)
{
    const auto paths = cropsOf(trackOf(50, [](int64_t) { return seatedAt(640, 300); }));
    ASSERT_EQ(paths.size(), 4u);
    for (const int64_t frame : {0, 25, 49, 500}) {
        const CropBox person = boxOf(paths, CropKind::Person, frame);
        EXPECT_TRUE(holds(person, 640, 185)) << "the top of the head";
        EXPECT_TRUE(holds(person, 725, 495)) << "a wrist";
        const CropBox face = boxOf(paths, CropKind::Face, frame);
        EXPECT_TRUE(holds(face, 640, 195) && holds(face, 640, 265)) << "forehead and chin";
        EXPECT_FALSE(holds(face, 640, 300)) << "the neck";
        // The left hand hangs on below the wrist; hand and forearm of a person of 580 pixels are 63 and 85
        // long.
        const CropBox hand = boxOf(paths, CropKind::LeftHand, frame);
        EXPECT_TRUE(holds(hand, 725, 495) && holds(hand, 725, 495 + 63));
        EXPECT_NEAR(centreX(hand), 725, 2);
        EXPECT_NEAR(centreY(hand), 495 + 31, 4);
        EXPECT_NEAR(centreX(boxOf(paths, CropKind::RightHand, frame)), 555, 2);
        for (const CropKind kind : {CropKind::Person, CropKind::LeftHand, CropKind::Face}) {
            const CropBox box = boxOf(paths, kind, frame);
            EXPECT_FLOAT_EQ(box.width, box.height);
        }
    }
}

TEST(PoseCrops, OfAPersonShowTheWholeHeadAlsoWithoutItsTop)
{
    const auto paths = cropsOf(trackOf(50, [](int64_t) {
        Points p = seatedAt(640, 300);
        p[17] = {};
        return p;
    }));
    EXPECT_TRUE(holds(boxOf(paths, CropKind::Person, 10), 640, 160));
}

TEST(PoseCrops, AHandIsWhereItsPointsAre)
{
    const auto paths = cropsOf(trackOf(50, [](int64_t) {
        Points p = seatedAt(640, 300);
        for (int i = 0; i < 21; ++i) // pointing up, against the forearm
            place(
                p, kLeftHandStart + i, 725 + static_cast<float>(i % 5) * 8, 495 - static_cast<float>(i) * 3);
        return p;
    }));
    const CropBox hand = boxOf(paths, CropKind::LeftHand, 20);
    EXPECT_NEAR(centreX(hand), 741, 1);
    EXPECT_NEAR(centreY(hand), 465, 1);
    EXPECT_TRUE(holds(hand, 725, 495) && holds(hand, 757, 435));
}

TEST(PoseCrops, AFaceWithoutPointsIsBetweenHeadAndNeck)
{
    const PoseTrack whole = trackOf(50, [](int64_t) { return seatedAt(640, 300); });
    const PoseTrack faceless = trackOf(50, [](int64_t) {
        Points p = seatedAt(640, 300);
        for (const size_t i : {0, 1, 2, 3, 4})
            p[i] = {};
        return p;
    });
    const CropBox wanted = boxOf(cropsOf(whole), CropKind::Face, 10);
    const CropBox got = boxOf(cropsOf(faceless), CropKind::Face, 10);
    EXPECT_LT(boxDistance(wanted, got), 0.25f * wanted.width);
}

TEST(PoseCrops, AHandWithoutBodyHasACropAndNothingElseHas)
{
    const PoseTrack track = trackOf(30, [](int64_t) {
        Points p(kPointCount);
        for (int i = 0; i < 21; ++i)
            place(p, kRightHandStart + i, 300 + static_cast<float>(i) * 5,
                200 + static_cast<float>(i % 4) * 20);
        return p;
    });
    const auto paths = cropsOf(track);
    const CropBox hand = boxOf(paths, CropKind::RightHand, 15);
    EXPECT_TRUE(holds(hand, 300, 200) && holds(hand, 400, 260));
    EXPECT_LT(hand.width, 160);
    EXPECT_EQ(findCropPath(paths, 0, CropKind::LeftHand), nullptr);
    EXPECT_EQ(findCropPath(paths, 0, CropKind::Face), nullptr);
}

TEST(PoseCrops, DoNotLagBehindSteadyMotionNotEvenAtTheEnds)
{
    const PoseTrack track
        = trackOf(100, [](int64_t row) { return seatedAt(300 + 5 * static_cast<float>(row), 300); });
    const auto paths = cropsOf(track);
    for (int64_t frame = 0; frame < 100; ++frame) {
        const float x = 300 + 5 * static_cast<float>(frame);
        EXPECT_NEAR(centreX(boxOf(paths, CropKind::LeftHand, frame)), x + 85, 3) << frame;
        EXPECT_NEAR(centreX(boxOf(paths, CropKind::Face, frame)), x, 3) << frame;
    }
    EXPECT_LT(findCropPath(paths, 0, CropKind::Face)->keys.size(), 8u) << "a straight line needs few keys";
}

TEST(PoseCrops, SingleWrongPointsDoNotMoveThem)
{
    const auto still = cropsOf(trackOf(100, [](int64_t) { return seatedAt(640, 300); }));
    const auto paths = cropsOf(trackOf(100, [](int64_t row) {
        Points p = seatedAt(640, 300);
        if (row % 17 == 5 || row == 99)
            place(p, kLeftWrist, 100, 100);
        if (row % 13 == 4)
            place(p, 0, 1200, 700);
        return p;
    }));
    for (const CropKind kind : {CropKind::Person, CropKind::LeftHand, CropKind::Face})
        for (int64_t frame = 0; frame < 100; ++frame) {
            const CropBox wanted = boxOf(still, kind, frame);
            EXPECT_LT(boxDistance(boxOf(paths, kind, frame), wanted), 0.03f * wanted.width)
                << cropKindName(kind) << " in frame " << frame;
        }
}

TEST(PoseCrops, TrembleLessThanTheirPoints)
{
    std::mt19937 random(7);
    std::normal_distribution<float> noise(0, 4);
    const auto paths = cropsOf(trackOf(200, [&](int64_t) {
        Points p = seatedAt(640, 300);
        for (PosePoint& point : p)
            if (point.score > 0) {
                point.x += noise(random);
                point.y += noise(random);
            }
        return p;
    }));
    double step = 0;
    for (int64_t frame = 1; frame < 200; ++frame)
        step += std::abs(centreX(boxOf(paths, CropKind::RightHand, frame))
            - centreX(boxOf(paths, CropKind::RightHand, frame - 1)));
    EXPECT_LT(step / 199, 0.8) << "the points move by 4.5 pixels from frame to frame on the average";
}

TEST(PoseCrops, JumpAtACutWithoutLookingAcross)
{
    const auto first = [](int64_t row) { return seatedAt(300 + static_cast<float>(row), 300); };
    const auto second = [](int64_t) { return seatedAt(900, 350); };
    const auto paths
        = cropsOf(trackOf(100, [&](int64_t row) { return row < 60 ? first(row) : second(row); }));
    EXPECT_EQ(cutsOfTrack(trackOf(100, [&](int64_t row) { return row < 60 ? first(row) : second(row); }), 0),
        std::vector<int64_t>{60});
    for (const CropKind kind : {CropKind::Person, CropKind::LeftHand, CropKind::Face}) {
        const CropBox before = boxOf(cropsOf(trackOf(60, first)), kind, 59);
        const CropBox after = boxOf(cropsOf(trackOf(40, second)), kind, 0);
        EXPECT_LT(boxDistance(boxOf(paths, kind, 59), before), 0.02f * before.width) << cropKindName(kind);
        EXPECT_LT(boxDistance(boxOf(paths, kind, 60), after), 0.02f * after.width) << cropKindName(kind);
    }
}

TEST(PoseCrops, FastMotionAndSingleJumpsAreNoCuts)
{
    const PoseTrack fast
        = trackOf(40, [](int64_t row) { return seatedAt(100 + 25 * static_cast<float>(row), 300); });
    EXPECT_TRUE(cutsOfTrack(fast, 0).empty());
    const PoseTrack jumping
        = trackOf(60, [](int64_t row) { return seatedAt(row == 30 ? 900.0f : 400.0f, 300); });
    EXPECT_TRUE(cutsOfTrack(jumping, 0).empty());
    EXPECT_TRUE(cutsOfTrack(jumping, 5).empty()) << "nobody";
}

TEST(PoseCrops, KnownCutsAreKept)
{
    const auto shift = [](int64_t row) { return seatedAt(row < 50 ? 400.0f : 430.0f, 300); };
    CropOptions options;
    options.cuts = {50};
    const auto paths = makeCropPaths(trackOf(100, shift), kWidth, kHeight, options);
    EXPECT_NEAR(centreX(boxOf(paths, CropKind::Face, 49)), 400, 0.5);
    EXPECT_NEAR(centreX(boxOf(paths, CropKind::Face, 50)), 430, 0.5);
}

TEST(PoseCrops, BridgeShortAbsencesAndEndInLongOnes)
{
    const auto paths = cropsOf(trackOf(200, [](int64_t row) {
        const bool away = (row >= 40 && row < 48) || (row >= 100 && row < 160);
        return away ? Points(kPointCount) : seatedAt(640, 300);
    }));
    for (const CropKind kind : {CropKind::Person, CropKind::LeftHand, CropKind::Face}) {
        for (const int64_t frame : {0, 44, 102, 158, 199})
            EXPECT_FALSE(isEmptyBox(boxOf(paths, kind, frame))) << cropKindName(kind) << " " << frame;
        for (const int64_t frame : {115, 130, 145})
            EXPECT_TRUE(isEmptyBox(boxOf(paths, kind, frame))) << cropKindName(kind) << " " << frame;
    }
}

TEST(PoseCrops, CoverEveryFrameOfATrackOfEveryNth)
{
    const auto at = [](int64_t row) { return seatedAt(300 + 10 * static_cast<float>(row), 300); };
    const auto paths = cropsOf(trackOf(20, at, 30)); // less than one row a second
    for (int64_t frame = 0; frame < 20 * 30; ++frame) {
        const CropBox face = boxOf(paths, CropKind::Face, frame);
        ASSERT_FALSE(isEmptyBox(face)) << frame;
        if (frame < 19 * 30) {
            EXPECT_NEAR(centreX(face), 300 + static_cast<float>(frame) / 3, 4) << frame;
        }
    }
}

TEST(PoseCrops, KeepPersonsApart)
{
    PoseTrack track;
    track.persons = 3;
    track.pointCount = kPointCount;
    std::vector<PosePoint> all;
    for (int64_t row = 0; row < 30; ++row) {
        track.frames.push_back(row);
        for (const Points& points : {seatedAt(200, 300), Points(kPointCount), seatedAt(1000, 300)})
            all.insert(all.end(), points.begin(), points.end());
    }
    track.points = std::move(all);
    const auto paths = cropsOf(track);
    EXPECT_EQ(paths.size(), 8u);
    EXPECT_NEAR(centreX(boxOf(paths, CropKind::Face, 10, 0)), 200, 2);
    EXPECT_EQ(findCropPath(paths, 1, CropKind::Person), nullptr);
    EXPECT_NEAR(centreX(boxOf(paths, CropKind::Face, 10, 2)), 1000, 2);
}

TEST(PoseCrops, OfOneRowHoldForEver)
{
    const auto paths = cropsOf(trackOf(1, [](int64_t) { return seatedAt(640, 300); }));
    ASSERT_EQ(paths.size(), 4u);
    EXPECT_EQ(boxOf(paths, CropKind::Face, 0), boxOf(paths, CropKind::Face, 9999));
}

TEST(PoseCrops, OfNothingAreNothing)
{
    EXPECT_TRUE(cropsOf({}).empty());
    EXPECT_TRUE(cropsOf(trackOf(20, [](int64_t) { return Points(kPointCount); })).empty());
    PoseTrack other = trackOf(5, [](int64_t) { return seatedAt(640, 300); });
    other.pointCount = 17; // another layout
    EXPECT_TRUE(cropsOf(other).empty());
    // A track in shares of the picture instead of pixels shows nobody.
    EXPECT_TRUE(boxOf(cropsOf(trackOf(20,
                          [](int64_t) {
                              Points p = seatedAt(640, 300);
                              for (PosePoint& point : p) {
                                  point.x /= 1280;
                                  point.y /= 720;
                              }
                              return p;
                          })),
                    CropKind::Person, 10)
        == CropBox{});
}

TEST(PoseCrops, LeaveOutPointsThatAreNoNumbersOrFarAway)
{
    const auto clean = cropsOf(trackOf(50, [](int64_t) { return seatedAt(640, 300); }));
    const auto paths = cropsOf(trackOf(50, [](int64_t) {
        Points p = seatedAt(640, 300);
        p[13] = {std::numeric_limits<float>::quiet_NaN(), 500, 0.9f};
        p[14] = {500, std::numeric_limits<float>::infinity(), 0.9f};
        p[15] = {-90000, 500, 0.9f};
        p[16] = {500, 500, std::numeric_limits<float>::quiet_NaN()};
        p[20] = {5000, 500, 0.01f};
        return p;
    }));
    EXPECT_EQ(paths, clean);
}

TEST(PoseCrops, StaySaneWhateverTheTrackHolds)
{
    std::mt19937 random(3);
    const std::vector<float> odd{0, -1, 1e30f, -1e30f, std::numeric_limits<float>::quiet_NaN(),
        std::numeric_limits<float>::infinity(), 1e-30f, 640};
    for (int round = 0; round < 60; ++round) {
        PoseTrack track = trackOf(1 + round, [&](int64_t) {
            Points p(kPointCount);
            for (PosePoint& point : p) {
                const auto pick = [&] {
                    return random() % 4 == 0 ? odd[random() % odd.size()]
                                             : static_cast<float>(random() % 1500) - 100;
                };
                point = {pick(), pick(), random() % 3 == 0 ? odd[random() % odd.size()] : 0.5f};
            }
            return p;
        });
        if (round % 3 == 0) // doubled and out of order
            for (int64_t& frame : track.frames)
                frame = static_cast<int64_t>(random() % 50);
        CropOptions options;
        options.fps = round % 5 == 0 ? odd[static_cast<size_t>(round) % odd.size()] : 25;
        options.cuts = {static_cast<int64_t>(random() % 40), -5, 9};
        expectSane(makeCropPaths(track, round % 2 * kWidth, round % 2 * kHeight, options));
    }
}

TEST(BoxSmoothing, LeavesOutOnlyKeysThatALineReplaces)
{
    std::vector<BoxSample> samples;
    for (int64_t frame = 0; frame < 500; ++frame) {
        const auto t = static_cast<float>(frame) / 40;
        const float x = 600 + 300 * std::sin(t);
        const float y = 300 + 100 * std::cos(1.7f * t);
        const float half = 50 + 10 * std::sin(0.3f * t);
        samples.push_back({frame, x - half, y - half, x + half, y + half, true});
    }
    BoxSmoothing exact;
    exact.tolerance = 0;
    const CropPath all{0, CropKind::Person, smoothedKeys(samples, {}, kFps, exact)};
    const CropPath thin{0, CropKind::Person, smoothedKeys(samples, {}, kFps, {})};
    ASSERT_EQ(all.keys.size(), 500u);
    EXPECT_LT(thin.keys.size(), 120u);
    for (const CropKey& key : all.keys)
        EXPECT_LE(
            boxDistance(boxAt(thin, key.frame), key.box), BoxSmoothing{}.tolerance * key.box.width + 1e-3f);
}

TEST(BoxSmoothing, GathersWhatANeighbouringMomentShows)
{
    std::vector<BoxSample> samples;
    for (int64_t frame = 0; frame < 100; ++frame) {
        const float reach = frame >= 45 && frame < 55 ? 200.0f : 100.0f; // an arm goes out
        samples.push_back({frame, 0, 0, reach, 100, true});
    }
    BoxSmoothing gathering;
    gathering.gather = 0.5;
    const CropPath path{0, CropKind::Person, smoothedKeys(samples, {}, kFps, gathering)};
    for (int64_t frame = 45; frame < 55; ++frame)
        EXPECT_GE(boxAt(path, frame).x + boxAt(path, frame).width, 200) << frame;
    EXPECT_LT(boxAt(path, 5).width, 130);
}
