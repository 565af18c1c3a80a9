// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "learn/spans/suppression.h"
#include "tests/learn/plainsuppression.h"
#include "tests/learn/spanfixtures.h"
#include <gtest/gtest.h>
#include <limits>

namespace telltale {
namespace {

SuppressionMethod methodOf(int number)
{
    constexpr std::array kMethods{SuppressionMethod::SoftHard, SuppressionMethod::Linear,
        SuppressionMethod::Gaussian, SuppressionMethod::ImprovedGaussian};
    return kMethods.at(static_cast<size_t>(number));
}

/// As the reference functions' arguments name them.
SuppressionOptions optionsOf(const nlohmann::ordered_json& arguments, SegmentVoting voting)
{
    SuppressionOptions options;
    options.method = arguments.value("use_soft_nms", true) ? methodOf(arguments.value("method", 2))
                                                           : SuppressionMethod::Hard;
    options.perClass = arguments.value("multiclass", true);
    options.sigma = arguments.value("sigma", 0.5F);
    options.overlap = arguments.value("iou_threshold", 0.F);
    options.minimumScore = arguments.value("min_score", 0.F);
    options.most = arguments.value("max_seg_num", int64_t{0});
    options.overlapBase = arguments.value("t1", 0.F);
    options.overlapSlope = arguments.value("t2", 0.F);
    options.votingOverlap = arguments.value("voting_thresh", 0.F);
    options.voting = options.votingOverlap > 0 ? voting : SegmentVoting::None;
    return options;
}

void expectClose(const std::vector<Segment>& found, const std::vector<Segment>& wanted, double relative)
{
    ASSERT_EQ(found.size(), wanted.size());
    for (size_t i = 0; i < found.size(); ++i) {
        const auto near
            = [&](float a, float b) { EXPECT_NEAR(a, b, relative * std::max(1.F, std::abs(b))) << i; };
        near(found[i].start, wanted[i].start);
        near(found[i].end, wanted[i].end);
        EXPECT_NEAR(found[i].score, wanted[i].score, relative * wanted[i].score) << i;
        EXPECT_EQ(found[i].label, wanted[i].label) << i;
    }
}

void compareCases(const nlohmann::ordered_json& input, const nlohmann::ordered_json& cases)
{
    const auto segments = segmentsOf(input["segs"], input["scores"], input["labels"]);
    for (const auto& one : cases["cases"]) {
        SCOPED_TRACE(one["name"].get<std::string>());
        const SegmentVoting voting
            = one["lib"] == "opentad" ? SegmentVoting::Score : SegmentVoting::ScoreTimesOverlap;
        const auto& out = one["out"];
        expectClose(suppressed(segments, optionsOf(one["args"], voting)),
            segmentsOf(out["segs"], out["scores"], out["labels"]), 1e-5);
    }
}

enum class Kind { Scattered, Grid, Ties };

/// Segments of a few classes; of a grid many have the same ends, and with ties the same scores too.
std::vector<Segment> drawn(Random& draw, size_t count, Kind kind, double extent)
{
    std::vector<Segment> segments(count);
    for (Segment& segment : segments) {
        const double length = std::exp(draw.uniform(-3, 4));
        segment.start = static_cast<float>(draw.uniform(-1, extent));
        segment.end = segment.start + static_cast<float>(length);
        segment.score = static_cast<float>(draw.uniform());
        segment.label = static_cast<int>(draw.below(4)) - 1;
        if (kind != Kind::Scattered) {
            segment.start = std::round(segment.start);
            segment.end = segment.start + std::round(static_cast<float>(std::min(length, 12.0)));
        }
        if (kind == Kind::Ties)
            segment.score = std::round(segment.score * 8) / 8;
    }
    return segments;
}

std::vector<SuppressionOptions> manyOptions()
{
    std::vector<SuppressionOptions> all;
    for (const auto method : {SuppressionMethod::Hard, SuppressionMethod::SoftHard, SuppressionMethod::Linear,
             SuppressionMethod::Gaussian, SuppressionMethod::ImprovedGaussian})
        for (const bool perClass : {true, false})
            for (const float minimum : {0.F, 0.001F, 0.2F})
                for (const int most : {0, 7, 60}) {
                    SuppressionOptions options;
                    options.method = method;
                    options.perClass = perClass;
                    options.minimumScore = minimum;
                    options.most = most;
                    options.overlap = most == 7 ? 0.5F : 0.25F;
                    options.overlapBase = 0.1F;
                    options.overlapSlope = 0.01F;
                    all.push_back(options);
                }
    return all;
}

} // namespace

TEST(parity, SuppressionAndVotingOfActionFormer)
{
    TELLTALE_SPAN_FIXTURE(input, "c_nms_input.json");
    TELLTALE_SPAN_FIXTURE(cases, "c_nms_actionformer.json");
    ASSERT_FALSE((*cases)["cases"].empty());
    compareCases(*input, *cases);
}

TEST(parity, SuppressionAndVotingOfOpenTad)
{
    TELLTALE_SPAN_FIXTURE(input, "c_nms_input.json");
    TELLTALE_SPAN_FIXTURE(cases, "c_nms_opentad.json");
    ASSERT_FALSE((*cases)["cases"].empty());
    compareCases(*input, *cases);
}

TEST(parity, SuppressionOfTiesDuplicatesAndSegmentsWithoutLength)
{
    TELLTALE_SPAN_FIXTURE(fixture, "c_nms_raw_ties.json");
    const auto segments = segmentsOf((*fixture)["segs"], (*fixture)["scores"], {});
    for (const auto& one : (*fixture)["softnms"]) {
        SuppressionOptions options = optionsOf(one, SegmentVoting::None);
        options.perClass = false;
        const auto left = survivors(segments, options);
        ASSERT_EQ(left.size(), one["inds"].size()) << one;
        for (size_t i = 0; i < left.size(); ++i) {
            EXPECT_EQ(left[i].index, one["inds"][i].get<size_t>()) << one;
            EXPECT_NEAR(left[i].score, one["dets"][i][2].get<float>(), 1e-6) << one;
            EXPECT_EQ(segments[left[i].index].start, one["dets"][i][0].get<float>());
        }
    }
    for (const auto& one : (*fixture)["nms"]) {
        SuppressionOptions options = optionsOf(one, SegmentVoting::None);
        options.method = SuppressionMethod::Hard;
        options.perClass = false;
        std::vector<size_t> indices;
        for (const Survivor& survivor : survivors(segments, options))
            indices.push_back(survivor.index);
        EXPECT_EQ(indices, one["inds"].get<std::vector<size_t>>()) << one;
    }
}

TEST(Suppression, EqualsTheQuadraticAlgorithmToTheBit)
{
    const Random seed(20);
    uint64_t run = 0;
    for (const SuppressionOptions& options : manyOptions())
        for (const Kind kind : {Kind::Scattered, Kind::Grid, Kind::Ties})
            for (const size_t count : {size_t{1}, size_t{40}, size_t{600}}) {
                Random draw = seed.fork(++run);
                const auto segments = drawn(draw, count, kind, count == 600 ? 200 : 25);
                const auto found = survivors(segments, options);
                const auto wanted = plainSuppressed(segments, options);
                ASSERT_EQ(found.size(), wanted.size()) << "run " << run;
                for (size_t i = 0; i < found.size(); ++i) {
                    ASSERT_EQ(found[i].index, wanted[i].index) << "run " << run << ", place " << i;
                    ASSERT_EQ(found[i].score, wanted[i].segment.score) << "run " << run << ", place " << i;
                }
            }
}

TEST(Suppression, OrderOfEqualScoresSurvivesThatSeveralGoAtOnce)
{
    const Random seed(21);
    for (uint64_t run = 0; run < 400; ++run) {
        Random draw = seed.fork(run);
        auto segments = drawn(draw, 80, Kind::Ties, 30);
        for (Segment& segment : segments) {
            segment.score = draw.chance(0.5) ? 0.25F : 0.5F;
            segment.label = 0;
        }
        SuppressionOptions options;
        options.method = SuppressionMethod::SoftHard;
        options.overlap = 0.3F;
        options.most = 0;
        const auto found = survivors(segments, options);
        const auto wanted = plainSuppressed(segments, options);
        ASSERT_EQ(found.size(), wanted.size());
        for (size_t i = 0; i < found.size(); ++i)
            ASSERT_EQ(found[i].index, wanted[i].index) << "run " << run << ", place " << i;
    }
}

TEST(Suppression, AThresholdOfNothingLeavesOneSegmentThatAllOthersOverlap)
{
    Random draw(3);
    const auto segments = drawn(draw, 200, Kind::Ties, 1000);
    for (const auto method : {SuppressionMethod::Hard, SuppressionMethod::SoftHard}) {
        SuppressionOptions options;
        options.method = method;
        options.overlap = 0;
        options.minimumScore = 0.01F;
        const auto left = survivors(segments, options);
        EXPECT_EQ(left.size(), 4U) << "one a class";
        const auto plain = plainSuppressed(segments, options);
        ASSERT_EQ(plain.size(), left.size());
        for (size_t i = 0; i < left.size(); ++i)
            EXPECT_EQ(left[i].index, plain[i].index);
    }
}

TEST(Suppression, LengthsFromMicrosecondsToDaysAreOverlappedAlike)
{
    Random draw(4);
    std::vector<Segment> segments(400);
    for (Segment& segment : segments) {
        segment.start
            = static_cast<float>(draw.chance(0.5) ? draw.uniform(0, 1e-3) : draw.uniform(-1e6, 1e6));
        segment.end = segment.start + static_cast<float>(std::pow(10, draw.uniform(-6, 7)));
        segment.score = static_cast<float>(draw.uniform());
    }
    SuppressionOptions options;
    options.most = 0;
    const auto found = survivors(segments, options);
    const auto wanted = plainSuppressed(segments, options);
    ASSERT_EQ(found.size(), wanted.size());
    for (size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].index, wanted[i].index);
        EXPECT_EQ(found[i].score, wanted[i].segment.score);
    }
}

TEST(Suppression, LeavesOutWhatIsNoFiniteNumberAndKeepsWhatHasNoLength)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float inf = std::numeric_limits<float>::infinity();
    const std::vector<Segment> segments{{0, 4, 0.9F, 0}, {nan, 4, 0.8F, 0}, {0, inf, 0.8F, 0}, {0, 4, nan, 0},
        {2, 2, 0.7F, 0}, {3, 1, 0.6F, 0}, {-3e38F, 3e38F, 0.5F, 0}};
    for (const auto method : {SuppressionMethod::Hard, SuppressionMethod::Gaussian}) {
        SuppressionOptions options;
        options.method = method;
        std::vector<size_t> indices;
        for (const Survivor& survivor : survivors(segments, options))
            indices.push_back(survivor.index);
        EXPECT_EQ(indices, (std::vector<size_t>{0, 4, 5}));
    }
    EXPECT_TRUE(suppressed({}, {}).empty());
}

TEST(Suppression, VotingLeavesASegmentWhoseNeighboursWeighNothing)
{
    SuppressionOptions options;
    options.perClass = false;
    options.voting = SegmentVoting::Score;
    options.minimumScore = 0;
    const auto left = suppressed({{0, 4, 0, 0}, {10, 14, 0.5F, 1}, {10, 15, 0.25F, 2}}, options);
    ASSERT_EQ(left.size(), 3U);
    EXPECT_EQ(left[0].label, 1);
    EXPECT_NEAR(left[0].end, (14 * 0.5 + 15 * 0.25) / 0.75, 1e-5) << "classes vote together";
    EXPECT_EQ(left[2].end, 4.F);
}

} // namespace telltale
