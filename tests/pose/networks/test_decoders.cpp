// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/decoders.h"
#include <array>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Array {
    Array(std::vector<int64_t> dims, float value = 0) : shape(std::move(dims))
    {
        int64_t count = 1;
        for (const int64_t size : shape)
            count *= size;
        values.assign(static_cast<size_t>(count), value);
    }
    OutputView view(const std::string& name = "out") const { return {name, shape, values.data()}; }
    std::vector<int64_t> shape;
    std::vector<float> values;
};

/// A Gaussian around (x, y) in the cells of one map.
void addPeak(Array& maps, int64_t map, double x, double y, double height = 1)
{
    for (int64_t row = 0; row < maps.shape[1]; ++row)
        for (int64_t column = 0; column < maps.shape[2]; ++column) {
            const double distance
                = std::pow(static_cast<double>(column) - x, 2) + std::pow(static_cast<double>(row) - y, 2);
            float& value
                = maps.values[static_cast<size_t>((map * maps.shape[1] + row) * maps.shape[2] + column)];
            value = std::max(value, static_cast<float>(height * std::exp(-distance / 4)));
        }
}

PosePeople decode(const std::string& name, const std::vector<OutputView>& outputs, const DecoderInput& input)
{
    const PoseDecoder* decoder = findPoseDecoder(name);
    EXPECT_NE(decoder, nullptr) << name;
    EXPECT_EQ(decoder->mismatch(outputs, input), "");
    return decoder->decode(outputs, input);
}

std::string mismatch(
    const std::string& name, const std::vector<OutputView>& outputs, const DecoderInput& input)
{
    return findPoseDecoder(name)->mismatch(outputs, input);
}

// Directions of the 18-point networks, as published: (from, to) and the first of the two maps after the 19
// maps of points.
const std::vector<std::array<int, 3>> kLimbs = {{1, 2, 12}, {1, 5, 20}, {2, 3, 14}, {3, 4, 16}, {5, 6, 22},
    {6, 7, 24}, {1, 8, 0}, {8, 9, 2}, {9, 10, 4}, {1, 11, 6}, {11, 12, 8}, {12, 13, 10}, {1, 0, 28},
    {0, 14, 30}, {14, 16, 34}, {0, 15, 32}, {15, 17, 36}, {2, 16, 18}, {5, 17, 26}};

using Skeleton = std::map<int, std::pair<double, double>>; ///< cells

/// What a perfect network would say about these people.
Array fieldsOf(const std::vector<Skeleton>& people, int64_t rows = 46, int64_t columns = 54)
{
    Array maps({57, rows, columns});
    for (const Skeleton& person : people) {
        for (const auto& [point, place] : person)
            addPeak(maps, point, place.first, place.second);
        for (const auto& [from, to, field] : kLimbs) {
            if (!person.contains(from) || !person.contains(to))
                continue;
            const auto [ax, ay] = person.at(from);
            const auto [bx, by] = person.at(to);
            const double length = std::hypot(bx - ax, by - ay);
            for (int64_t row = 0; row < rows; ++row)
                for (int64_t column = 0; column < columns; ++column) {
                    const double x = static_cast<double>(column) - ax;
                    const double y = static_cast<double>(row) - ay;
                    const double along = (x * (bx - ax) + y * (by - ay)) / length;
                    const double beside = std::abs(x * (by - ay) - y * (bx - ax)) / length;
                    if (along < -0.5 || along > length + 0.5 || beside > 1)
                        continue;
                    const auto at = static_cast<size_t>(row * columns + column);
                    const auto area = static_cast<size_t>(rows * columns);
                    maps.values[static_cast<size_t>(19 + field) * area + at]
                        += static_cast<float>((bx - ax) / length);
                    maps.values[static_cast<size_t>(20 + field) * area + at]
                        += static_cast<float>((by - ay) / length);
                }
        }
    }
    return maps;
}

/// Upper body whose right arm (2, 3, 4) hangs to the left of the picture, as of somebody who looks at us.
Skeleton upperBody(double x, double y)
{
    return {{0, {x, y}}, {1, {x, y + 6}}, {2, {x - 5, y + 6}}, {3, {x - 6, y + 12}}, {4, {x - 6, y + 18}},
        {5, {x + 5, y + 6}}, {6, {x + 6, y + 12}}, {7, {x + 6, y + 18}}, {14, {x - 1.5, y - 2}},
        {15, {x + 1.5, y - 2}}};
}

} // namespace

TEST(HeatmapDecoder, PeaksAreFoundBelowThePixel)
{
    Array maps({3, 24, 32});
    addPeak(maps, 0, 10.3, 7.8, 0.9);
    addPeak(maps, 1, 20.0, 15.0, 0.05); // too weak
    DecoderOptions options;
    const auto people = decode("heatmap", {maps.view()}, {options, 3, 128, 96});
    ASSERT_EQ(people.size(), 1U);
    EXPECT_NEAR(people[0].points[0].x, (10.3 + 0.5) * 4, 0.4);
    EXPECT_NEAR(people[0].points[0].y, (7.8 + 0.5) * 4, 0.4);
    EXPECT_NEAR(people[0].points[0].score, 0.88, 0.03);
    EXPECT_EQ(people[0].points[1].score, 0);
    EXPECT_EQ(people[0].points[2].score, 0);
}

TEST(HeatmapDecoder, WhatIsNoNumberIsMissing)
{
    DecoderOptions options;
    for (const float value : {kNan, kInfinity, -kInfinity, 0.0f, -1.0f}) {
        const Array maps({2, 8, 8}, value);
        for (const PosePerson& person : decode("heatmap", {maps.view()}, {options, 2, 64, 64}))
            for (const PosePoint& point : person.points) {
                EXPECT_EQ(point.score, 0) << value;
                EXPECT_EQ(point.x, 0) << value;
            }
    }
    Array maps({2, 8, 8});
    addPeak(maps, 0, 4, 4);
    maps.values[4 * 8 + 3] = kNan; // beside the peak
    const auto people = decode("heatmap", {maps.view()}, {options, 2, 64, 64});
    EXPECT_NEAR(people[0].points[0].x, 36, 0.01);
}

TEST(HeatmapDecoder, ABackgroundMapIsAllowedAndOtherNumbersAreNot)
{
    DecoderOptions options;
    EXPECT_EQ(mismatch("heatmap", {Array({15, 8, 8}).view()}, {options, 14, 64, 64}), "");
    EXPECT_THAT(
        mismatch("heatmap", {Array({17, 8, 8}).view()}, {options, 14, 64, 64}), HasSubstr("17 x 8 x 8"));
    EXPECT_THAT(mismatch("heatmap", {Array({17, 8, 8}).view()}, {options, 14, 64, 64}), HasSubstr("14 maps"));
    EXPECT_THAT(mismatch("heatmap", {}, {options, 14, 64, 64}), HasSubstr("0 outputs"));
    const Array maps({14, 8, 8});
    EXPECT_THAT(
        mismatch("heatmap", {maps.view(), maps.view()}, {options, 14, 64, 64}), HasSubstr("2 outputs"));
}

TEST(FieldDecoder, TwoPeopleSideBySideKeepTheirPoints)
{
    const std::vector<Skeleton> people = {upperBody(14, 8), upperBody(38, 10)};
    const Array maps = fieldsOf(people);
    DecoderOptions options;
    options.minPoints = 4;
    auto found = decode("heatmap_paf", {maps.view()}, {options, 18, 432, 368});
    ASSERT_EQ(found.size(), 2U);
    if (found[0].points[0].x > found[1].points[0].x)
        std::swap(found[0], found[1]);
    for (size_t i = 0; i < 2; ++i) {
        for (const auto& [point, place] : people[i]) {
            const PosePoint& p = found[i].points[static_cast<size_t>(point)];
            EXPECT_GT(p.score, 0.5f) << point;
            EXPECT_NEAR(p.x, (place.first + 0.5) * 8, 3) << point;
            EXPECT_NEAR(p.y, (place.second + 0.5) * 8, 3) << point;
        }
        EXPECT_LT(found[i].points[4].x, found[i].points[7].x) << "the right wrist is on the left here";
        EXPECT_EQ(found[i].points[10].score, 0);
    }
}

TEST(FieldDecoder, CrossedArmsStayWithTheirPeople)
{
    // The left arm of the one reaches over the right arm of the other: both wrists are nearer to the wrong
    // body.
    Skeleton left = upperBody(16, 8);
    Skeleton right = upperBody(36, 8);
    left[6] = {26, 17};
    left[7] = {33, 22};
    right[3] = {26, 13};
    right[4] = {19, 22};
    const Array maps = fieldsOf({left, right});
    DecoderOptions options;
    options.minPoints = 4;
    auto found = decode("heatmap_paf", {maps.view()}, {options, 18, 432, 368});
    ASSERT_EQ(found.size(), 2U);
    if (found[0].points[1].x > found[1].points[1].x)
        std::swap(found[0], found[1]);
    EXPECT_NEAR(found[0].points[7].x, 33.5 * 8, 4);
    EXPECT_NEAR(found[1].points[4].x, 19.5 * 8, 4);
}

TEST(FieldDecoder, EmptyAndBrokenPicturesHaveNobody)
{
    DecoderOptions options;
    options.minPoints = 4;
    for (const float value : {0.0f, 0.5f, kNan, kInfinity, -kInfinity}) {
        const Array maps({57, 46, 54}, value);
        EXPECT_TRUE(decode("heatmap_paf", {maps.view()}, {options, 18, 432, 368}).empty()) << value;
    }
    Array alone({57, 46, 54}); // a point without limbs is nobody
    addPeak(alone, 4, 20, 20);
    EXPECT_TRUE(decode("heatmap_paf", {alone.view()}, {options, 18, 432, 368}).empty());
    // Broken directions leave the points of both wrists unjoined, but take nobody else along.
    Array maps = fieldsOf({upperBody(20, 10)});
    std::fill_n(maps.values.begin() + (19 + 16) * 46 * 54, 2 * 46 * 54, kNan);
    const auto found = decode("heatmap_paf", {maps.view()}, {options, 18, 432, 368});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].points[4].score, 0);
    EXPECT_GT(found[0].points[7].score, 0);
}

TEST(FieldDecoder, OtherNumbersOfMapsAreRefused)
{
    DecoderOptions options;
    EXPECT_THAT(
        mismatch("heatmap_paf", {Array({19, 46, 54}).view()}, {options, 18, 432, 368}), HasSubstr("57"));
    options.limbs = {{0, 1, 0, 1}};
    EXPECT_EQ(mismatch("heatmap_paf", {Array({5, 8, 8}).view()}, {options, 2, 64, 64}), "");
    options.limbs = {{0, 1, 0, 9}};
    EXPECT_THAT(mismatch("heatmap_paf", {Array({5, 8, 8}).view()}, {options, 2, 64, 64}), HasSubstr("limbs"));
}

TEST(SimccDecoder, BinsBecomePixelsOfTheInput)
{
    Array x({2, 384});
    Array y({2, 512});
    x.values[100] = 0.8f;
    y.values[333] = 0.6f;
    x.values[384 + 383] = 0.9f; // the second point, at the rim
    y.values[512 + 0] = 0.05f; // and not sure of its height
    DecoderOptions options;
    for (const bool turned : {false, true}) {
        const std::vector<OutputView> outputs
            = turned ? std::vector{y.view("simcc_y"), x.view("simcc_x")} : std::vector{x.view(), y.view()};
        const auto people = decode("simcc", outputs, {options, 2, 192, 256});
        ASSERT_EQ(people.size(), 1U);
        EXPECT_FLOAT_EQ(people[0].points[0].x, 50);
        EXPECT_FLOAT_EQ(people[0].points[0].y, 166.5f);
        EXPECT_FLOAT_EQ(people[0].points[0].score, 0.6f);
        EXPECT_EQ(people[0].points[1].score, 0);
    }
}

TEST(SimccDecoder, LogitsGoThroughASoftmax)
{
    Array x({1, 8}, -3);
    Array y({1, 8}, -3);
    x.values[5] = 4;
    y.values[2] = 5;
    DecoderOptions options;
    options.softmax = true;
    options.split = 1;
    const auto people = decode("simcc", {x.view(), y.view()}, {options, 1, 8, 8});
    EXPECT_FLOAT_EQ(people[0].points[0].x, 5);
    EXPECT_FLOAT_EQ(people[0].points[0].y, 2);
    EXPECT_NEAR(people[0].points[0].score, 1 / (1 + 7 * std::exp(-7.0)), 1e-6);
}

TEST(SimccDecoder, WhatIsNoNumberIsMissing)
{
    DecoderOptions options;
    for (const bool softmax : {false, true}) {
        options.softmax = softmax;
        const Array x({1, 16}, kNan);
        Array y({1, 24});
        y.values[3] = 1;
        const auto people = decode("simcc", {x.view(), y.view()}, {options, 1, 8, 12});
        EXPECT_EQ(people[0].points[0].score, 0);
    }
    EXPECT_THAT(mismatch("simcc", {Array({1, 16}).view()}, {options, 1, 8, 12}), HasSubstr("1 outputs"));
    EXPECT_THAT(mismatch("simcc", {Array({1, 16}).view(), Array({1, 16}).view()}, {options, 1, 8, 12}),
        HasSubstr("1 x 24"));
    EXPECT_THAT(mismatch("simcc", {Array({2, 16}).view(), Array({2, 24}).view()}, {options, 1, 8, 12}),
        HasSubstr("2 x 16"));
}

TEST(RegressionDecoder, SinglePoseOfMoveNet)
{
    Array numbers({1, 17, 3});
    numbers.values[9 * 3 + 0] = 0.25f; // y of the left wrist comes first
    numbers.values[9 * 3 + 1] = 0.75f;
    numbers.values[9 * 3 + 2] = 0.9f;
    DecoderOptions options;
    const auto people = decode("regression", {numbers.view()}, {options, 17, 192, 256});
    ASSERT_EQ(people.size(), 1U);
    EXPECT_FLOAT_EQ(people[0].points[9].x, 144);
    EXPECT_FLOAT_EQ(people[0].points[9].y, 64);
    EXPECT_FLOAT_EQ(people[0].points[9].score, 0.9f);
    EXPECT_EQ(people[0].points[10].score, 0);
}

TEST(RegressionDecoder, SeveralPeopleOfMoveNet)
{
    Array numbers({6, 56});
    const std::array<float, 6> trust = {0.3f, 0.9f, 0.05f, 0, 0, 0};
    for (size_t person = 0; person < 6; ++person) {
        float* row = numbers.values.data() + person * 56;
        row[0] = 0.5f;
        row[1] = 0.1f * static_cast<float>(person + 1);
        row[2] = 0.8f;
        row[51] = 0.2f; // ymin
        row[52] = 0.1f;
        row[53] = 0.6f;
        row[54] = 0.5f; // xmax
        row[55] = trust[person];
    }
    DecoderOptions options;
    options.tail = {"ymin", "xmin", "ymax", "xmax", "score"};
    const auto people = decode("regression", {numbers.view()}, {options, 17, 100, 200});
    ASSERT_EQ(people.size(), 2U) << "the third is not sure enough";
    EXPECT_FLOAT_EQ(people[0].score, 0.9f);
    EXPECT_FLOAT_EQ(people[0].points[0].x, 20);
    EXPECT_FLOAT_EQ(people[1].points[0].x, 10);
    EXPECT_FLOAT_EQ(people[0].box.x, 10);
    EXPECT_FLOAT_EQ(people[0].box.y, 40);
    EXPECT_FLOAT_EQ(people[0].box.width, 40);
    EXPECT_FLOAT_EQ(people[0].box.height, 80);
}

TEST(RegressionDecoder, BlazePoseHasPixelsAndTwoLogits)
{
    Array numbers({195}, 0); // 39 points, of which 33 are the body's
    numbers.values[15 * 5 + 0] = 120; // left wrist
    numbers.values[15 * 5 + 1] = 60;
    numbers.values[15 * 5 + 3] = 4; // visible
    numbers.values[15 * 5 + 4] = 2; // and in the picture
    numbers.values[16 * 5 + 3] = -6;
    numbers.values[16 * 5 + 4] = 6;
    DecoderOptions options;
    options.fields = {"x", "y", "z", "visibility", "presence"};
    options.normalised = false;
    options.sigmoid = true;
    const auto people = decode("regression", {numbers.view()}, {options, 33, 256, 256});
    ASSERT_EQ(people.size(), 1U);
    ASSERT_EQ(people[0].points.size(), 33U);
    EXPECT_FLOAT_EQ(people[0].points[15].x, 120);
    EXPECT_FLOAT_EQ(people[0].points[15].y, 60);
    EXPECT_NEAR(people[0].points[15].score, 1 / (1 + std::exp(-2.0)), 1e-6);
    EXPECT_EQ(people[0].points[16].score, 0);
}

TEST(RegressionDecoder, WhatIsNoNumberIsMissing)
{
    DecoderOptions options;
    for (const float value : {kNan, kInfinity, -kInfinity}) {
        const Array numbers({1, 17, 3}, value);
        const auto people = decode("regression", {numbers.view()}, {options, 17, 192, 192});
        for (const PosePoint& point : people[0].points)
            EXPECT_EQ(point.score, 0) << value;
        options.tail = {"score"};
        const Array many({2, 52}, kNan);
        EXPECT_TRUE(decode("regression", {many.view()}, {options, 17, 192, 192}).empty());
        options.tail.clear();
    }
    EXPECT_THAT(
        mismatch("regression", {Array({1, 13, 3}).view()}, {options, 17, 192, 192}), HasSubstr("1 x 13 x 3"));
    EXPECT_THAT(
        mismatch("regression", {Array({1, 52}).view()}, {options, 17, 192, 192}), HasSubstr("17 points"));
    EXPECT_THAT(mismatch("regression", {}, {options, 17, 192, 192}), HasSubstr("no outputs"));
}

TEST(BoxDecoder, PersonsAboveTheThresholdBestFirst)
{
    Array boxes({3, 5});
    boxes.values = {10, 20, 30, 60, 0.5f, 0, 0, 5, 5, 0.9f, 1, 1, 9, 9, 0.1f};
    Array classes({3});
    DecoderOptions options;
    options.normalised = false;
    auto people = decode("boxes", {boxes.view(), classes.view()}, {options, 0, 320, 320});
    ASSERT_EQ(people.size(), 2U);
    EXPECT_FLOAT_EQ(people[0].score, 0.9f);
    EXPECT_FLOAT_EQ(people[1].box.width, 20);
    EXPECT_FLOAT_EQ(people[1].box.height, 40);
    classes.values[1] = 2; // a cat
    people = decode("boxes", {boxes.view(), classes.view()}, {options, 0, 320, 320});
    ASSERT_EQ(people.size(), 1U);
    EXPECT_FLOAT_EQ(people[0].box.x, 10);
}

TEST(BoxDecoder, DetectionRowsAndBrokenOnes)
{
    Array rows({1, 2, 7});
    rows.values = {0, 15, 0.8f, 0.1f, 0.2f, 0.5f, 0.6f, 0, 15, kNan, 0, 0, 1, 1};
    DecoderOptions options;
    options.personClass = 15;
    const auto people = decode("boxes", {rows.view()}, {options, 0, 300, 200});
    ASSERT_EQ(people.size(), 1U);
    EXPECT_NEAR(people[0].box.x, 30, 1e-3);
    EXPECT_NEAR(people[0].box.height, 80, 1e-3);
    EXPECT_THAT(mismatch("boxes", {Array({4, 6}).view()}, {options, 0, 300, 200}), HasSubstr("boxes x 5"));
    EXPECT_THAT(mismatch("boxes", {Array({4, 5}).view(), Array({3}).view()}, {options, 0, 300, 200}),
        HasSubstr("one class a box"));
    EXPECT_TRUE(decode("boxes", {Array({0, 5}).view()}, {options, 0, 300, 200}).empty());
}
