// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detections.h"
#include "learn/spans/decoding.h"
#include "learn/spans/spandecision.h"
#include "learn/spans/windowmerge.h"
#include <torch/utils.h>

namespace telltale {

namespace {

using torch::Tensor;

/// One window of a network's levels on the CPU.
struct WindowLevels {
    std::vector<Tensor> kept; ///< what the spans below point to
    std::vector<LevelOutput> levels;
};

WindowLevels levelsOf(const std::vector<DetectorLevel>& levels, int64_t window)
{
    WindowLevels found;
    for (size_t l = 0; l < levels.size(); ++l) {
        const auto keep = [&](const Tensor& tensor, torch::ScalarType type) {
            return found.kept.emplace_back(tensor[window].to(torch::kCPU, type).contiguous());
        };
        const Tensor logits = keep(levels[l].logits, torch::kFloat);
        const Tensor offsets = keep(levels[l].offsets, torch::kFloat);
        const Tensor mask = keep(levels[l].mask, torch::kByte);
        const auto size = [](const Tensor& tensor) { return static_cast<size_t>(tensor.numel()); };
        found.levels.push_back({{logits.data_ptr<float>(), size(logits)},
            {offsets.data_ptr<float>(), size(offsets)}, {mask.data_ptr<uint8_t>(), size(mask)},
            static_cast<double>(ActionFormerOptions::stride(static_cast<int64_t>(l)))});
    }
    return found;
}

} // namespace

DetectorBatch batchOf(std::vector<GridSample> samples, const TimeGrid& grid, const torch::Device& device)
{
    DetectorBatch batch;
    std::vector<Tensor> features;
    std::vector<Tensor> pictures;
    Tensor mask = torch::zeros({static_cast<int64_t>(samples.size()), grid.rows}, torch::kBool);
    Tensor counted = torch::ones_like(mask);
    bool partly = false;
    for (size_t i = 0; i < samples.size(); ++i) {
        if (samples[i].features.defined())
            features.push_back(samples[i].features);
        if (samples[i].pictures.defined())
            pictures.push_back(samples[i].pictures);
        mask[static_cast<int64_t>(i)].narrow(0, 0, samples[i].rows).fill_(true);
        for (size_t row = 0; row < samples[i].counted.size(); ++row)
            if (samples[i].counted[row] == 0) {
                counted[static_cast<int64_t>(i)][static_cast<int64_t>(row)] = false;
                partly = true;
            }
        batch.truth.push_back(std::move(samples[i].truth));
    }
    if (!features.empty())
        batch.features = torch::stack(features).to(device);
    if (!pictures.empty())
        batch.pictures = torch::stack(pictures).to(device);
    batch.mask = mask.to(device);
    if (partly)
        batch.counted = counted.to(device);
    return batch;
}

std::vector<Segment> detectWindow(DetectorNetwork& network, const Track2Recipe& recipe, GridSample sample,
    int classes, int64_t first, int64_t frames)
{
    const torch::NoGradGuard guard;
    DecodingOptions decoding = openTadDecoding();
    decoding.threshold = static_cast<float>(recipe.detection.leastScore);
    decoding.most = recipe.detection.most;
    GridTime time;
    time.step = recipe.grid.step;
    time.offset = 0.5 * recipe.grid.step; // a row stands for its middle
    time.duration = static_cast<double>(frames);
    std::vector<GridSample> samples;
    samples.push_back(std::move(sample));
    const torch::Device device = network.parameters().front().device();
    const auto levels = network.forward(batchOf(std::move(samples), recipe.grid, device));
    const WindowLevels own = levelsOf(levels, 0);
    return inTime(decoded(own.levels, classes, decoding), time, static_cast<double>(first));
}

std::vector<Segment> withoutDoubles(
    const std::vector<std::vector<Segment>>& windows, const Track2Recipe& recipe)
{
    SuppressionOptions suppression;
    suppression.sigma = static_cast<float>(recipe.detection.sigma);
    suppression.minimumScore = static_cast<float>(recipe.detection.leastScore);
    suppression.most = recipe.detection.mostOfVideo;
    return mergedWindows(windows, suppression);
}

Result<std::vector<Segment>> detectVideo(DetectorNetwork& network, const Track2Recipe& recipe,
    const UntrimmedSet& set, size_t video, ProgressSink& progress)
{
    const int64_t frames = set.videos()[video].frames;
    std::vector<std::vector<Segment>> found;
    for (const GridWindow& window : detectionWindows(video, frames, recipe.grid)) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "The detection was stopped."};
        found.push_back(detectWindow(network, recipe, gridSample(set, recipe.input, recipe.grid, window),
            set.classCount(), window.first, frames));
    }
    return withoutDoubles(found, recipe);
}

Result<std::vector<ScoredSpan>> detectVideos(DetectorNetwork& network, const Track2Recipe& recipe,
    const UntrimmedSet& set, const std::vector<size_t>& videos, ProgressSink& progress)
{
    std::vector<ScoredSpan> spans;
    for (const size_t video : videos) {
        try {
            const auto segments = detectVideo(network, recipe, set, video, progress);
            if (!segments)
                return segments.error();
            const auto own = spansOf(set.videos()[video].id, *segments);
            spans.insert(spans.end(), own.begin(), own.end());
        } catch (const c10::Error& error) {
            return Error{ErrorCode::Internal,
                "The detector could not be run: " + std::string(error.what_without_backtrace())};
        }
    }
    return spans;
}

std::vector<ScoredSpan> truthOf(const UntrimmedSet& set, const std::vector<size_t>& videos)
{
    std::vector<ScoredSpan> spans;
    for (const size_t video : videos)
        for (const TruthSpan& truth : set.videos()[video].truth)
            spans.push_back({set.videos()[video].id, truth.label, static_cast<double>(truth.span.first),
                static_cast<double>(truth.span.last)});
    return withoutDuplicates(spans);
}

std::vector<size_t> videosOf(const UntrimmedSet& set, ClipRole role)
{
    std::vector<size_t> videos;
    for (size_t i = 0; i < set.videos().size(); ++i)
        if (set.videos()[i].role == role)
            videos.push_back(i);
    return videos;
}

} // namespace telltale
