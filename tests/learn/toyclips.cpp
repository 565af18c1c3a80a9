// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "tests/learn/toyclips.h"
#include "base/random.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace telltale::toy {

namespace {

constexpr int kSide = 16;
constexpr int kFrames = 4;

struct Person {
    std::string name;
    ClipRole role;
    double size;
    double left;
    double speed;
};

std::vector<float> pointsOf(const Person& person, int label, int rows, double noise, Random& random)
{
    constexpr std::array<std::array<double, 2>, kPoints> kRest{
        {{0, 0}, {-1, 0}, {1, 0}, {-1, 1.5}, {1, 1.5}}};
    std::vector<float> points;
    const double phase = random.uniform(0, 1);
    for (int t = 0; t < rows; ++t)
        for (int v = 0; v < kPoints; ++v) {
            const double swing
                = std::sin(2 * std::numbers::pi * (person.speed * t / 12.0 + phase)) * person.size * 0.8;
            double x = person.left + person.size * kRest[static_cast<size_t>(v)][0];
            double y = 50 + person.size * kRest[static_cast<size_t>(v)][1];
            if (v >= 3 && label == 0)
                y += swing;
            if (v >= 3 && label == 1)
                x += swing;
            if (v == 0 && label == 2)
                y += swing;
            points.push_back(static_cast<float>(x + noise * random.normal()));
            points.push_back(static_cast<float>(y + noise * random.normal()));
            points.push_back(random.chance(0.03) ? 0.0f : 0.9f);
        }
    return points;
}

std::vector<uint8_t> picturesOf(int label, Random& random)
{
    std::vector<uint8_t> pictures;
    for (int t = 0; t < kFrames; ++t)
        for (int y = 0; y < kSide; ++y)
            for (int x = 0; x < kSide; ++x)
                for (int c = 0; c < 3; ++c) {
                    const bool lit = label == 2 ? y / 4 == t : (label == 1 ? x / 4 == t : (x + y) / 8 == t);
                    pictures.push_back(static_cast<uint8_t>((lit ? 180 : 60) + random.below(40)));
                }
    return pictures;
}

} // namespace

std::shared_ptr<const ClipSet> toyClips(const std::filesystem::path& file, const ToyOptions& options)
{
    ClipSetInfo info;
    info.scheme = "toy";
    info.classes = {"both hands up", "both hands apart", "nodding"};
    info.skeleton.layout = "toy5";
    info.skeleton.graph = {kPoints, {{1, 0}, {2, 0}, {3, 1}, {4, 2}}, 0};
    info.skeleton.flipPairs = {{1, 2}, {3, 4}};
    info.skeleton.origin = 0;
    info.skeleton.unitFrom = 1;
    info.skeleton.unitTo = 2;
    info.rgbFrames = kFrames;
    info.rgbSide = kSide;
    auto writer = ClipSetWriter::create(file, info);
    EXPECT_TRUE(writer.ok());
    Random random(options.seed);
    const int people = options.trainSubjects + options.validationSubjects + options.testSubjects;
    for (int p = 0; p < people; ++p) {
        const ClipRole role = p < options.trainSubjects              ? ClipRole::Train
            : p < options.trainSubjects + options.validationSubjects ? ClipRole::Validation
                                                                     : ClipRole::Test;
        const Person person{"p" + std::to_string(p), role, random.uniform(10, 20), random.uniform(40, 120),
            random.uniform(0.8, 1.3)};
        for (int label = 0; label < kClasses; ++label)
            for (int i = 0; i < (label == 2 ? std::max(1, options.clipsPerClass / 3) : options.clipsPerClass);
                 ++i) {
                ClipInfo clip;
                clip.id = person.name + "-" + std::to_string(label) + "-" + std::to_string(i);
                clip.video = person.name;
                clip.subject = person.name;
                clip.role = role;
                clip.label = label;
                const auto rows = static_cast<int>(8 + random.below(20));
                clip.span = {(label * 100 + i) * 100, (label * 100 + i) * 100 + rows};
                const auto points = pointsOf(person, label, rows, options.noise, random);
                EXPECT_TRUE((*writer)->add(clip, points, picturesOf(label, random)).ok());
            }
    }
    EXPECT_TRUE((*writer)->finish().ok());
    auto set = ClipSet::open(file);
    EXPECT_TRUE(set.ok()) << (set.ok() ? "" : set.error().message);
    return set.ok() ? *set : nullptr;
}

} // namespace telltale::toy
