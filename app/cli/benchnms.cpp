// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Suppression of overlapping segments beside the quadratic algorithm of the references.
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "base/random.h"
#include "learn/spans/suppression.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace telltale {
namespace {

constexpr int kClasses = 16;
constexpr int kLevels = 6;
constexpr double kGridRate = 7; ///< positions a second: 28 frames, of which each fourth counts
constexpr double kHour = 3600;
constexpr double kGesturesPerHour = 1600;
constexpr size_t kSegments = 200'000;
constexpr size_t kFewSegments = 20'000; ///< that the quadratic algorithm gets
constexpr double kLimitMs = 100;
constexpr int kRounds = 7;

float scoreOf(double logit) { return static_cast<float>(1 / (1 + std::exp(-logit))); }

/// Like a pyramid's output about one long video: at each point and class a segment of about four strides with
/// a score as of background, and good ones around gestures. Of all of them the best.
std::vector<Segment> detectorOutput(double seconds, size_t count)
{
    Random draw(5);
    const auto positions = static_cast<int64_t>(seconds * kGridRate);
    std::vector<Segment> all;
    for (int level = 0; level < kLevels; ++level) {
        const int64_t stride = int64_t{1} << level;
        const size_t first = all.size();
        for (int64_t at = 0; at + stride <= positions; at += stride)
            for (int label = 0; label < kClasses; ++label) {
                const double length = static_cast<double>(stride) * 4 * std::exp(draw.uniform(-0.7, 0.7));
                const double start = static_cast<double>(at) - length * draw.uniform(0.2, 0.8);
                all.push_back({static_cast<float>(start), static_cast<float>(start + length),
                    scoreOf(-6.5 + draw.normal()), label});
            }
        for (int gesture = 0; gesture < static_cast<int>(kGesturesPerHour * seconds / kHour); ++gesture) {
            const double centre = draw.uniform(0, static_cast<double>(positions));
            const double length = static_cast<double>(stride) * 4 * std::exp(draw.uniform(-0.7, 0.7));
            const auto label = static_cast<size_t>(draw.below(kClasses));
            const auto near = static_cast<int64_t>(centre / static_cast<double>(stride));
            for (int64_t point = std::max<int64_t>(0, near - 2); point < near + 2; ++point) {
                const size_t place = first + static_cast<size_t>(point) * kClasses + label;
                if (place < all.size())
                    all[place] = {static_cast<float>(centre - length * (0.5 + 0.08 * draw.normal())),
                        static_cast<float>(centre + length * (0.5 + 0.08 * draw.normal())),
                        scoreOf(-0.5 + 1.2 * draw.normal()), static_cast<int>(label)};
            }
        }
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Segment& a, const Segment& b) { return a.score > b.score; });
    all.resize(std::min(all.size(), count));
    return all;
}

/// Gaussian, class by class, as ActionFormer's and OpenTAD's C++: for each that is chosen all others are
/// looked at, twice.
size_t quadratic(const std::vector<Segment>& segments, const SuppressionOptions& options)
{
    std::map<int, std::vector<Segment>> classes;
    for (const Segment& segment : segments)
        classes[segment.label].push_back(segment);
    size_t left = 0;
    for (auto& [label, list] : classes) {
        size_t count = list.size();
        for (size_t i = 0; i < count; ++i) {
            const auto begin = list.begin() + static_cast<std::ptrdiff_t>(i);
            std::iter_swap(begin,
                std::max_element(begin, list.begin() + static_cast<std::ptrdiff_t>(count),
                    [](const Segment& a, const Segment& b) { return a.score < b.score; }));
            const Segment best = list[i];
            for (size_t k = i + 1; k < count;) {
                Segment& other = list[k];
                const float shared
                    = std::max(0.F, std::min(best.end, other.end) - std::max(best.start, other.start));
                const float overlap = shared / (best.length() + other.length() + 2e-6F - shared);
                other.score *= std::exp(-(overlap * overlap) / options.sigma);
                if (other.score < options.minimumScore)
                    other = list[--count];
                else
                    ++k;
            }
        }
        left += count;
    }
    return left;
}

BenchRow timeRow(const std::string& what, const std::vector<Cost>& costs, size_t left)
{
    BenchRow row{what, "ms", "limit"};
    row.ours = median(figures(costs, &Cost::cpu));
    row.theirs = kLimitMs;
    row.ratio = row.ours / row.theirs;
    row.goal = 1;
    row.note = std::to_string(left) + " are left";
    return row;
}

struct Setting {
    const char* what;
    SuppressionMethod method;
    int64_t most;
    float minimumScore;
    float sigma;
};

/// As the references' recipes for THUMOS-14 have them, and with all that is left.
constexpr std::array kSettings{
    Setting{
        "200,000 segments, 16 classes, 1 h: ActionFormer's", SuppressionMethod::Gaussian, 200, 0.001F, 0.5F},
    Setting{"the same, AdaTAD's", SuppressionMethod::Gaussian, 2000, 0, 0.7F},
    Setting{"the same, hard, 2,000 left", SuppressionMethod::Hard, 2000, 0.001F, 0.5F},
    Setting{"the same, Gaussian, all left", SuppressionMethod::Gaussian, 0, 0.001F, 0.5F},
};

} // namespace

Status benchSuppression(const BenchSettings& settings)
{
    const std::vector<Segment> many = detectorOutput(kHour, kSegments);
    for (const Setting& setting : kSettings) {
        if (settings.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        SuppressionOptions options;
        options.method = setting.method;
        options.most = setting.most;
        options.minimumScore = setting.minimumScore;
        options.sigma = setting.sigma;
        options.overlap = 0.5F;
        size_t left = 0;
        std::vector<Cost> costs(kRounds);
        for (Cost& cost : costs)
            cost = costOf([&] { left = suppressed(many, options).size(); });
        settings.row(timeRow(setting.what, costs, left));
    }

    const std::vector<Segment> few = detectorOutput(kHour / 10, kFewSegments);
    SuppressionOptions options;
    options.most = 0;
    std::vector<Cost> ours;
    std::vector<Cost> theirs;
    size_t left = 0;
    size_t plain = 0;
    for (int round = 0; round < kRounds && !settings.cancelled(); ++round) {
        ours.push_back(costOf([&] { left = suppressed(few, options).size(); }));
        theirs.push_back(costOf([&] { plain = quadratic(few, options); }));
    }
    BenchRow row{"20,000 segments, 6 min, all left", "ms", "plain"};
    row.ours = median(figures(ours, &Cost::cpu));
    row.theirs = median(figures(theirs, &Cost::cpu));
    row.ratio = medianRatio(ours, theirs, &Cost::cpu);
    row.note = std::to_string(left) + " are left, " + std::to_string(plain) + " by the quadratic algorithm";
    settings.row(row);
    return {};
}

} // namespace telltale
