// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "tests/learn/toyvideos.h"
#include "base/random.h"
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace telltale::toy {

namespace {

constexpr int kPoints = 5;

UntrimmedSetInfo infoOf(const ToyVideoOptions& options)
{
    UntrimmedSetInfo info;
    info.scheme = "toy";
    info.classes = {"nod", "wave", "tap"};
    info.skeleton.layout = "toy";
    info.skeleton.graph.points = kPoints;
    info.skeleton.graph.inward = {{1, 0}, {2, 0}, {3, 1}, {4, 2}};
    info.skeleton.flipPairs = {{1, 2}, {3, 4}};
    info.skeleton.origin = 0;
    info.skeleton.unitFrom = 1;
    info.skeleton.unitTo = 2;
    info.pictureSide = options.pictureSide;
    info.pictureStep = 2;
    info.origin = "made for a test";
    info.recipe = "{}";
    return info;
}

std::vector<TruthSpan> gestures(Random& random, int64_t frames)
{
    std::vector<TruthSpan> truth;
    for (int64_t at = 20 + random.below(30); at + 60 < frames; at += 50 + random.below(60)) {
        const int64_t length = 24 + random.below(24);
        // The last class is rare.
        const int label = random.chance(0.2) ? 2 : static_cast<int>(random.below(2));
        truth.push_back({{at, at + length}, label});
        at += length;
    }
    return truth;
}

/// How far the gesture's point is away from its place.
double swing(const TruthSpan& truth, int64_t frame)
{
    if (!truth.span.contains(frame))
        return 0;
    const double period = 8.0 + 4 * truth.label;
    return 14 * std::sin(2 * std::numbers::pi * static_cast<double>(frame - truth.span.first) / period);
}

} // namespace

std::shared_ptr<const UntrimmedSet> toyVideos(
    const std::filesystem::path& file, const ToyVideoOptions& options)
{
    const UntrimmedSetInfo info = infoOf(options);
    auto writer = UntrimmedSetWriter::create(file, info);
    if (!writer) {
        ADD_FAILURE() << writer.error().message;
        return {};
    }
    const int subjects = options.trainSubjects + options.validationSubjects + options.testSubjects;
    for (int subject = 0; subject < subjects; ++subject) {
        Random random = Random(options.seed).fork(static_cast<uint64_t>(subject));
        UntrimmedVideo video;
        video.subject = "s" + std::to_string(subject);
        video.id = video.subject + "_v";
        video.role = subject < options.trainSubjects    ? ClipRole::Train
            : subject < subjects - options.testSubjects ? ClipRole::Validation
                                                        : ClipRole::Test;
        video.frames = options.frames;
        video.truth = gestures(random, options.frames);
        const double size = random.uniform(30, 50);
        const double places[kPoints][2] = {{0, 0}, {-0.5, 0.2}, {0.5, 0.2}, {-0.6, 1}, {0.6, 1}};
        std::vector<float> points;
        std::vector<uint8_t> pictures;
        for (int64_t frame = 0; frame < options.frames; ++frame) {
            double moved[kPoints] = {};
            double colour = 0;
            for (const TruthSpan& truth : video.truth) {
                moved[2 + truth.label] += swing(truth, frame);
                colour += swing(truth, frame);
            }
            for (int p = 0; p < kPoints; ++p) {
                points.push_back(static_cast<float>(160 + places[p][0] * size + 0.3 * random.normal()));
                points.push_back(
                    static_cast<float>(120 + places[p][1] * size + moved[p] + 0.3 * random.normal()));
                points.push_back(0.9F);
            }
            if (options.pictureSide > 0 && frame % info.pictureStep == 0)
                pictures.insert(pictures.end(),
                    static_cast<size_t>(3 * options.pictureSide * options.pictureSide),
                    static_cast<uint8_t>(128 + 6 * colour));
        }
        const Status added = (*writer)->add(video, points, pictures);
        EXPECT_TRUE(added) << (added ? "" : added.error().message);
    }
    EXPECT_TRUE((*writer)->finish());
    auto set = UntrimmedSet::open(file);
    EXPECT_TRUE(set) << (set ? "" : set.error().message);
    return set ? *set : nullptr;
}

} // namespace telltale::toy
