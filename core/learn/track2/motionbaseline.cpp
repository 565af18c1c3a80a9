// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/motionbaseline.h"
#include "learn/spans/spandecision.h"
#include "learn/track2/detections.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <torch/utils.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr std::array<double, 8> kThresholds{0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4}; // deviations
constexpr std::array<int64_t, 4> kShortest{1, 2, 4, 6}; // rows
constexpr std::array<int64_t, 4> kGaps{0, 1, 2, 4}; // rows
constexpr double kRidge = 1e-2; // of the classifier, rows weigh 1 together
constexpr int64_t kSmooth = 3; // rows that the energy is a mean over

/// A video on the whole grid, in rows.
struct Rows {
    Tensor features; ///< [channels, rows]
    Tensor energy; ///< [rows]
};

/// Change from picture to picture in each row.
Tensor pictureEnergy(const Tensor& pictures, int64_t rows)
{
    const Tensor values = pictures.to(torch::kFloat);
    const int64_t count = values.size(1);
    Tensor change = torch::zeros({count});
    change.narrow(0, 1, count - 1)
        .copy_((values.narrow(1, 1, count - 1) - values.narrow(1, 0, count - 1))
                   .abs()
                   .mean(at::IntArrayRef{0, 2, 3}));
    return change.reshape({rows, -1}).mean(1);
}

Result<Rows> rowsOf(const UntrimmedSet& set, const Track2Recipe& recipe, size_t video, ProgressSink& progress)
{
    GridInput input;
    input.interpolateBelow = recipe.input.interpolateBelow;
    input.skeleton = {"position", "displacement", "speed"};
    input.features = recipe.input.features;
    if (set.info().skeleton.graph.points < 1)
        input.skeleton.clear();
    input.pictures = input.skeleton.empty() && set.info().pictureSide > 0;
    TimeGrid grid = recipe.grid;
    grid.overlap = 0;
    std::vector<Tensor> features;
    std::vector<Tensor> energy;
    const UntrimmedVideo& entry = set.videos()[video];
    for (int64_t first = 0; first < entry.frames; first += grid.frames()) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "The detection was stopped."};
        GridWindow window;
        window.video = video;
        window.first = first;
        const GridSample sample = gridSample(set, input, grid, window);
        if (input.pictures) {
            energy.push_back(pictureEnergy(sample.pictures, grid.rows).narrow(0, 0, sample.rows));
            features.push_back(energy.back().unsqueeze(0));
            continue;
        }
        const int64_t points = set.info().skeleton.graph.points;
        const int64_t place = 2 * points * (set.info().channels - 1);
        energy.push_back(sample.features.narrow(0, place, points).mean(0).narrow(0, 0, sample.rows));
        features.push_back(sample.features.narrow(1, 0, sample.rows));
    }
    if (features.empty())
        return Rows{torch::zeros({1, 0}), torch::zeros({0})};
    Rows rows{torch::cat(features, 1), torch::cat(energy, 0)};
    rows.energy = torch::avg_pool1d(rows.energy.view({1, 1, -1}), {kSmooth}, {1}, {kSmooth / 2}, false, false)
                      .view(-1);
    const Tensor above = rows.energy - rows.energy.median();
    rows.energy = above / rows.energy.std(false).clamp_min(1e-9);
    return rows;
}

/// Stretches [first, last) of rows above the threshold.
std::vector<std::pair<int64_t, int64_t>> stretches(const Tensor& energy, const MotionBaseline& rule)
{
    std::vector<std::pair<int64_t, int64_t>> found;
    const float* const values = energy.data_ptr<float>();
    for (int64_t row = 0; row < energy.size(0); ++row) {
        if (!(values[row] >= rule.threshold))
            continue;
        if (!found.empty() && row - found.back().second <= rule.gap)
            found.back().second = row + 1;
        else
            found.emplace_back(row, row + 1);
    }
    std::erase_if(found, [&](const auto& stretch) { return stretch.second - stretch.first < rule.shortest; });
    return found;
}

/// Mean of the rows, and 1 behind it.
Tensor describe(const Rows& rows, int64_t first, int64_t last)
{
    const int64_t from = std::clamp<int64_t>(first, 0, rows.features.size(1) - 1);
    const int64_t to = std::clamp<int64_t>(last, from + 1, rows.features.size(1));
    return torch::cat({rows.features.narrow(1, from, to - from).mean(1), torch::ones({1})});
}

/// Ridge regression to one of the classes, all classes weighing alike.
Tensor classifier(const std::vector<Tensor>& rows, const std::vector<int>& labels, int classes)
{
    std::vector<double> counts(static_cast<size_t>(classes));
    for (const int label : labels)
        ++counts[static_cast<size_t>(label)];
    Tensor weight = torch::empty({static_cast<int64_t>(labels.size()), 1}, torch::kDouble);
    Tensor wanted = torch::zeros({static_cast<int64_t>(labels.size()), classes}, torch::kDouble);
    for (size_t i = 0; i < labels.size(); ++i) {
        weight[static_cast<int64_t>(i)] = 1 / counts[static_cast<size_t>(labels[i])];
        wanted[static_cast<int64_t>(i)][labels[i]] = 1;
    }
    weight /= weight.sum();
    const Tensor x = torch::stack(rows).to(torch::kDouble);
    const Tensor scale = x.square().mean(0).sqrt().clamp_min(1e-9);
    const Tensor scaled = x / scale;
    const Tensor products
        = (scaled * weight).t().mm(scaled) + kRidge * torch::eye(scaled.size(1), torch::kDouble);
    return torch::linalg_solve(products, (scaled * weight).t().mm(wanted)) / scale.unsqueeze(1);
}

std::vector<ScoredSpan> spansIn(const UntrimmedSet& set, const Track2Recipe& recipe, size_t video,
    const Rows& rows, const MotionBaseline& rule, const Tensor& weights)
{
    std::vector<ScoredSpan> spans;
    for (const auto& [first, last] : stretches(rows.energy, rule)) {
        const Tensor scores
            = torch::softmax(describe(rows, first, last).to(torch::kDouble).unsqueeze(0).mm(weights) * 10, 1);
        const auto [best, label] = scores.max(1);
        const double frames = recipe.grid.step;
        spans.push_back({set.videos()[video].id, static_cast<int>(label.item<int64_t>()),
            static_cast<double>(first) * frames,
            std::min(static_cast<double>(last) * frames, static_cast<double>(set.videos()[video].frames)),
            best.item<double>()});
    }
    return spans;
}

using VideoRows = std::vector<std::pair<size_t, Rows>>;

Result<VideoRows> allRows(const UntrimmedSet& set, const Track2Recipe& recipe,
    const std::vector<size_t>& videos, ProgressSink& progress)
{
    VideoRows all;
    for (const size_t video : videos) {
        auto rows = rowsOf(set, recipe, video, progress);
        if (!rows)
            return rows.error();
        all.emplace_back(video, std::move(*rows));
    }
    return all;
}

std::vector<ScoredSpan> spansOfAll(const UntrimmedSet& set, const Track2Recipe& recipe, const VideoRows& all,
    const MotionBaseline& rule, const Tensor& weights)
{
    std::vector<ScoredSpan> spans;
    for (const auto& [video, rows] : all) {
        const auto own = spansIn(set, recipe, video, rows, rule, weights);
        spans.insert(spans.end(), own.begin(), own.end());
    }
    return spans;
}

} // namespace

Result<std::vector<ScoredSpan>> motionSpans(const UntrimmedSet& set, const Track2Recipe& recipe,
    const std::vector<size_t>& train, const std::vector<size_t>& validation,
    const std::vector<size_t>& videos, ProgressSink& progress, MotionBaseline* chosen)
{
    if (set.info().skeleton.graph.points < 1 && set.info().pictureSide < 1)
        return Error{ErrorCode::InvalidArgument,
            "The set has neither points nor pictures, so nothing says how much moves."};
    const torch::NoGradGuard guard;
    try {
        const auto learned = allRows(set, recipe, train, progress);
        const auto held = learned ? allRows(set, recipe, validation, progress) : learned;
        const auto asked = held ? allRows(set, recipe, videos, progress) : held;
        if (!asked)
            return asked.error();
        std::vector<Tensor> described;
        std::vector<int> labels;
        for (const auto& [video, rows] : *learned)
            for (const TruthSpan& truth : set.videos()[video].truth) {
                described.push_back(
                    describe(rows, truth.span.first / recipe.grid.step, truth.span.last / recipe.grid.step));
                labels.push_back(truth.label);
            }
        if (labels.empty()
            || std::all_of(labels.begin(), labels.end(), [&](int l) { return l == labels[0]; }))
            return Error{ErrorCode::InvalidArgument,
                "The training videos have no gestures of two classes, so none can be told from another."};
        const Tensor weights = classifier(described, labels, set.classCount());
        const auto truth = truthOf(set, validation);
        MotionBaseline best;
        best.f1 = -1;
        for (const double threshold : kThresholds)
            for (const int64_t shortest : kShortest)
                for (const int64_t gap : kGaps) {
                    MotionBaseline rule{threshold, shortest, gap, 0};
                    rule.f1 = spanReport(truth, spansOfAll(set, recipe, *held, rule, weights),
                        recipe.detection.decisionOverlap, SpanMatch::Strict)
                                  .f1;
                    if (rule.f1 > best.f1)
                        best = rule;
                }
        if (chosen != nullptr)
            *chosen = best;
        return spansOfAll(set, recipe, *asked, best, weights);
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The baseline could not be run: " + std::string(error.what_without_backtrace())};
    }
}

} // namespace telltale
