// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "learn/spans/decoding.h"
#include "learn/spans/slidingwindows.h"
#include "learn/spans/windowmerge.h"
#include "tests/learn/spanfixtures.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <numeric>

namespace telltale {
namespace {

using Json = nlohmann::ordered_json;

std::vector<float> flat(const Json& rows)
{
    std::vector<float> values;
    for (const auto& row : rows)
        for (const auto& value : row)
            values.push_back(value.get<float>());
    return values;
}

/// As the reference prints its results.
std::vector<Segment> listed(const Json& entries, const std::vector<std::string>& names)
{
    std::vector<Segment> segments;
    for (const auto& entry : entries) {
        const auto found = std::find(names.begin(), names.end(), entry["label"].get<std::string>());
        segments.push_back({entry["segment"][0].get<float>(), entry["segment"][1].get<float>(),
            entry["score"].get<float>(), static_cast<int>(found - names.begin())});
    }
    return segments;
}

void expectNear(
    const std::vector<Segment>& found, const std::vector<Segment>& wanted, double ofTime, double ofScore)
{
    ASSERT_EQ(found.size(), wanted.size());
    for (size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i].start, wanted[i].start, ofTime) << i;
        EXPECT_NEAR(found[i].end, wanted[i].end, ofTime) << i;
        EXPECT_NEAR(found[i].score, wanted[i].score, ofScore) << i;
        EXPECT_EQ(found[i].label, wanted[i].label) << i;
    }
}

/// In any order of equal scores, which the reference's sort does not define: best first, every one wanted is
/// there. Of those that score as the last one does others may have been cut off.
void expectSame(std::vector<Segment> found, const std::vector<Segment>& wanted, double ofTime, double ofScore)
{
    ASSERT_EQ(found.size(), wanted.size());
    EXPECT_TRUE(std::is_sorted(
        found.begin(), found.end(), [](const Segment& a, const Segment& b) { return a.score > b.score; }));
    for (const Segment& one : wanted) {
        const auto same = std::find_if(found.begin(), found.end(), [&](const Segment& other) {
            return other.label == one.label && std::abs(other.start - one.start) <= ofTime
                && std::abs(other.end - one.end) <= ofTime && std::abs(other.score - one.score) <= ofScore;
        });
        if (same != found.end())
            found.erase(same);
        else
            EXPECT_NEAR(one.score, wanted.back().score, ofScore) << one.start << " to " << one.end;
    }
}

struct PostCase {
    std::vector<std::string> names;
    std::vector<std::vector<Segment>> chosen; ///< of each window, in positions of the grid
    std::vector<GridTime> times;
    std::vector<double> starts;
    SuppressionOptions options;
};

PostCase postCase(const Json& fixture)
{
    PostCase one;
    one.names = fixture["class_names"].get<std::vector<std::string>>();
    DecodingOptions decoding;
    decoding.threshold = fixture["post"]["pre_nms_thresh"].get<float>();
    decoding.most = fixture["post"]["pre_nms_topk"].get<int64_t>();
    for (size_t i = 0; i < fixture["metas"].size(); ++i) {
        const auto& meta = fixture["metas"][i];
        one.times.push_back({meta["snippet_stride"].get<double>(), meta["offset_frames"].get<double>(),
            meta["fps"].get<double>(), meta["duration"].get<double>()});
        one.starts.push_back(meta.value("window_start_frame", 0.0));
        one.chosen.push_back(bestSegments(flat(fixture["proposals"][i]), flat(fixture["scores"][i]),
            static_cast<int>(one.names.size()), decoding));
    }
    const auto& nms = fixture["post"]["nms"];
    one.options.method
        = nms.value("use_soft_nms", true) ? SuppressionMethod::Gaussian : SuppressionMethod::Hard;
    one.options.perClass = nms.value("multiclass", true);
    one.options.sigma = nms.value("sigma", 0.5F);
    one.options.overlap = nms.value("iou_threshold", 0.F);
    one.options.minimumScore = nms.value("min_score", 0.F);
    one.options.most = nms.value("max_seg_num", int64_t{100});
    one.options.votingOverlap = nms.value("voting_thresh", 0.F);
    one.options.voting = SegmentVoting::Score;
    return one;
}

constexpr double kTime = 0.011; ///< what the fixture's rounding allows
constexpr double kScore = 1.1e-4;

} // namespace

TEST(parity, DecodingOfAPyramidLevelByLevel)
{
    TELLTALE_SPAN_FIXTURE(fixture, "f_points_targets.json");
    const auto& wanted = (*fixture)["decode_af"];
    const auto sample = wanted["sample"].get<size_t>();
    const auto& loss = (*fixture)["loss"];
    const auto logits = flat(loss["cls_logits"][sample]);
    const auto offsets = flat(loss["offsets"][sample]);
    const auto mask = loss["masks"][sample].get<std::vector<uint8_t>>();
    const size_t classes = loss["cls_logits"][sample][0].size();
    std::vector<LevelOutput> levels;
    size_t first = 0;
    for (const auto& stride : (*fixture)["strides"]) {
        const size_t count
            = ((*fixture)["T"].get<size_t>() + stride.get<size_t>() - 1) / stride.get<size_t>();
        levels.push_back({std::span(logits).subspan(first * classes, count * classes),
            std::span(offsets).subspan(first * 2, count * 2), std::span(mask).subspan(first, count),
            stride.get<double>()});
        first += count;
    }
    DecodingOptions options = actionFormerDecoding();
    options.threshold = wanted["pre_nms_thresh"].get<float>();
    options.most = wanted["pre_nms_topk_per_level"].get<int64_t>();
    options.shortest = wanted["duration_thresh"].get<float>();
    expectNear(decoded(levels, static_cast<int>(classes), options),
        segmentsOf(wanted["segments"], wanted["scores"], wanted["labels"]), 1e-5, 1e-6);
}

TEST(parity, WindowsOfAVideoBecomeItsSegments)
{
    TELLTALE_SPAN_FIXTURE(fixture, "u_post_processing.json");
    const PostCase one = postCase(*fixture);
    std::map<std::string, std::vector<std::vector<Segment>>> videos;
    for (size_t i = 0; i < one.chosen.size(); ++i)
        videos[(*fixture)["metas"][i]["video_name"].get<std::string>()].push_back(
            inTime(one.chosen[i], one.times[i], one.starts[i]));
    for (const auto& [video, windows] : videos) {
        std::vector<Segment> before;
        for (const auto& window : windows)
            for (const Segment& segment : rounded(window))
                before.push_back(segment);
        expectNear(before, listed((*fixture)["per_window_before_nms"][video], one.names), kTime, kScore);
        expectSame(mergedWindowsRounded(windows, one.options),
            listed((*fixture)["sliding_window_final"][video], one.names), kTime, kScore);
    }
}

TEST(parity, VideosOfOneWindowAreSuppressedBeforeTheyAreTimed)
{
    TELLTALE_SPAN_FIXTURE(fixture, "u_post_processing.json");
    const PostCase one = postCase(*fixture);
    size_t i = 0;
    for (const auto& [video, entries] : (*fixture)["non_sliding"].items()) {
        ASSERT_LT(i, one.chosen.size());
        const auto left = inTime(suppressed(one.chosen[i], one.options), one.times[i], one.starts[i]);
        expectSame(rounded(left), listed(entries, one.names), kTime, kScore);
        ++i;
    }
    EXPECT_EQ(i, one.chosen.size());
}

TEST(parity, SlidingWindowsAndTheirFramesByTheReferencesRule)
{
    TELLTALE_SPAN_FIXTURE(fixture, "s_sliding_windows.json");
    for (const auto& one : (*fixture)["cases"]) {
        const auto frames = one["frames"].get<int64_t>();
        const auto stride = one["snippet_stride"].get<int64_t>();
        const auto window = one["window_size"].get<int64_t>();
        const auto places
            = referenceWindows((frames + stride - 1) / stride, window, one["overlap"].get<double>());
        ASSERT_EQ(places.size(), one["windows"].size()) << one["frames"];
        for (size_t i = 0; i < places.size(); ++i) {
            const auto& wanted = one["windows"][i];
            EXPECT_EQ(places[i].first * stride, wanted["window_start_frame"].get<int64_t>());
            EXPECT_EQ((places[i].last - 1) * stride, wanted["window_end_frame"].get<int64_t>());
            EXPECT_EQ(places[i].last - places[i].first, wanted["n_snippets"].get<int64_t>());
            const WindowFrames read
                = referenceFrames(places[i], frames, stride, window, one["scale_factor"].get<int64_t>());
            ASSERT_EQ(read.frames.size(), wanted["n_frames"].get<size_t>());
            EXPECT_EQ(std::accumulate(read.frames.begin(), read.frames.end(), int64_t{0}),
                wanted["frame_sum"].get<int64_t>());
            EXPECT_EQ(
                std::count(read.valid.begin(), read.valid.end(), true), wanted["mask_sum"].get<int64_t>());
            const auto first = wanted["first"].get<std::vector<int64_t>>();
            const auto last = wanted["last"].get<std::vector<int64_t>>();
            EXPECT_TRUE(std::equal(first.begin(), first.end(), read.frames.begin()));
            EXPECT_TRUE(std::equal(last.rbegin(), last.rend(), read.frames.rbegin()));
        }
    }
}

TEST(CoveringWindows, HoldEveryFrameAtAnyOverlapAndNoneTwice)
{
    Random draw(11);
    for (int run = 0; run < 5000; ++run) {
        const int64_t frames = 1 + draw.below(3000);
        const int64_t window = 1 + draw.below(1000);
        const double overlap = draw.chance(0.1) ? draw.uniform(-1, 2) : draw.uniform(0, 0.95);
        const auto windows = coveringWindows(frames, window, overlap);
        ASSERT_FALSE(windows.empty());
        EXPECT_EQ(windows.front().first, 0);
        EXPECT_EQ(windows.back().last, frames);
        for (size_t i = 0; i < windows.size(); ++i) {
            ASSERT_EQ(windows[i].length(), std::min(window, frames));
            if (i > 0) {
                ASSERT_GT(windows[i].first, windows[i - 1].first)
                    << frames << " " << window << " " << overlap;
                ASSERT_LE(windows[i].first, windows[i - 1].last) << frames << " " << window << " " << overlap;
            }
        }
    }
}

TEST(CoveringWindows, SeeTheEndThatTheReferenceMisses)
{
    EXPECT_LT(referenceWindows(250, 128, 0.25).back().last, 250);
    EXPECT_EQ(coveringWindows(250, 128, 0.25), (std::vector<FrameSpan>{{0, 128}, {96, 224}, {122, 250}}));
}

TEST(CoveringWindows, OfOddVideosAreDefined)
{
    EXPECT_TRUE(coveringWindows(0, 10, 0.5).empty());
    EXPECT_TRUE(coveringWindows(-4, 10, 0.5).empty());
    EXPECT_EQ(coveringWindows(3, 768, 0.5), (std::vector<FrameSpan>{{0, 3}}));
    EXPECT_EQ(coveringWindows(768, 768, 0.5), (std::vector<FrameSpan>{{0, 768}})) << "not twice";
    EXPECT_EQ(coveringWindows(9, 0, 0.5), (std::vector<FrameSpan>{{0, 9}}));
    EXPECT_EQ(coveringWindows(4, 2, std::nan("")).size(), 2U);
}

TEST(Decoding, KeepsTheBestOfAllLevelsOrOfEach)
{
    const std::vector<float> fine{2, -9, 1, -9, 0, -9};
    const std::vector<float> coarse{-9, 3, -9, -1};
    const std::vector<float> offsets(6, 1.F);
    const std::vector<LevelOutput> levels{
        {fine, offsets, {}, 1}, {coarse, std::span(offsets).first(4), {}, 2}};
    DecodingOptions options;
    options.threshold = 0.1F;
    options.most = 2;
    const auto best = decoded(levels, 2, options);
    ASSERT_EQ(best.size(), 2U);
    EXPECT_EQ(best[0].label, 1);
    EXPECT_EQ(best[0].start, -2.F);
    EXPECT_EQ(best[0].end, 2.F);
    EXPECT_EQ(best[1].label, 0);
    options.perLevel = true;
    EXPECT_EQ(decoded(levels, 2, options).size(), 4U);
    options.shortest = 2;
    EXPECT_EQ(decoded(levels, 2, options).size(), 2U) << "those of two positions are too short";
}

TEST(Decoding, LeavesOutWhatIsMaskedOrNoNumber)
{
    const std::vector<float> logits{1, std::numeric_limits<float>::quiet_NaN(), 1, 1};
    const std::vector<float> offsets{1, 1, 1, 1, 1, std::numeric_limits<float>::infinity(), 1, 1};
    const std::vector<uint8_t> mask{1, 1, 1, 0};
    EXPECT_EQ(decoded({{logits, offsets, mask, 1}}, 1).size(), 1U);
    EXPECT_TRUE(decoded({{logits, offsets, mask, 1}}, 0).empty());
    EXPECT_EQ(decoded({{logits, std::span(offsets).first(3), {}, 1}}, 1).size(), 1U) << "cut to what fits";
    EXPECT_TRUE(decoded({}, 3).empty());
}

TEST(GridTime, HoldsSegmentsInsideTheVideo)
{
    const GridTime time{4, 2, 28, 10};
    const auto segments = inTime({{-20, 7, 1, 0}, {60, 200, 1, 0}}, time, 28);
    EXPECT_EQ(segments[0].start, 0);
    EXPECT_FLOAT_EQ(segments[0].end, (7 * 4 + 28 + 2) / 28.F);
    EXPECT_EQ(segments[1].end, 10.F);
}

} // namespace telltale
