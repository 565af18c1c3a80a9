// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/trunktraining.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorfiles.h"
#include "learn/train/optimizer.h"
#include "learn/train/precision.h"
#include "learn/train/schedule.h"
#include "learn/train/streammodel.h"
#include "learn/train/tensormap.h"
#include "nn/threadcount.h"
#include "nn/vit/visiontransformer.h"
#include "nn/volumes/kernels.h"
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <torch/nn/functional.h>
#include <torch/nn/modules/linear.h>
#include <torch/utils.h>

namespace telltale {

namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

constexpr uint64_t kWindowStream = 1;
constexpr uint64_t kChangeStream = 2;
constexpr int kStandardBatches = 16; // that the targets' mean and deviation are taken from (ours)
constexpr size_t kHeldWindows = 512; // of validation subjects that an epoch is judged by (ours)
constexpr size_t kStillWindows = 64; // that a video's mean is taken from (ours)
constexpr double kLeastDeviation = 1e-4; // body units: what never moves cannot be told (ours)
constexpr double kPixels = 255;

/// The transformer with a linear reader of its tokens; the reader is thrown away.
class SkeletonReader : public torch::nn::Module {
public:
    SkeletonReader(std::shared_ptr<VisionTransformer> trunk, int64_t targets)
        : m_trunk(std::move(trunk))
        , m_norm(torch::nn::LayerNormOptions({m_trunk->features()}))
        , m_reader(m_trunk->features(), targets)
    {
        register_module("backbone", m_trunk);
        register_module("norm", m_norm);
        register_module("reader", m_reader);
    }

    /// Pictures [N, 3, T, side, side] in 0..1 to [N, targets, rows].
    Tensor forward(const Tensor& pictures, int64_t rows)
    {
        namespace F = torch::nn::functional;
        const int64_t steps = pictures.size(2) / m_trunk->options().tubelet;
        const Tensor tokens = m_trunk->tokens(normalized(pictures, m_trunk->options().colours));
        const Tensor seen = tokens.view({tokens.size(0), steps, -1, tokens.size(2)}).mean(2);
        const Tensor told = m_reader(m_norm(seen)).transpose(1, 2);
        if (steps == rows)
            return told;
        return F::interpolate(told,
            F::InterpolateFuncOptions()
                .size(std::vector<int64_t>{rows})
                .mode(torch::kLinear)
                .align_corners(false));
    }

    VisionTransformer& trunk() { return *m_trunk; }

private:
    std::shared_ptr<VisionTransformer> m_trunk;
    torch::nn::LayerNorm m_norm;
    torch::nn::Linear m_reader;
};

/// Those with both pictures and points.
std::vector<size_t> seenVideos(const UntrimmedSet& set, ClipRole role)
{
    std::vector<size_t> videos = videosOf(set, role);
    std::erase_if(
        videos, [&](size_t video) { return set.pictures(video).empty() || set.points(video).empty(); });
    return videos;
}

class TrunkTraining {
public:
    TrunkTraining(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
        std::shared_ptr<VisionTransformer> trunk, const torch::Device& device, uint64_t seed)
        : m_set(std::move(set))
        , m_recipe(recipe)
        , m_grid(chunkGrid(recipe, *m_set))
        , m_device(device)
        , m_random(seed)
        , m_train(seenVideos(*m_set, ClipRole::Train))
        , m_held(heldWindows())
    {
        m_input.skeleton = {"position", "displacement"};
        m_input.pictures = true;
        m_input.still = recipe.input.still;
        torch::manual_seed(seed);
        m_reader = std::make_shared<SkeletonReader>(std::move(trunk), gridChannels(m_input, m_set->info()));
        m_reader->to(device);
        m_optimizer.emplace(*m_reader, recipe.training);
    }

    Result<TrunkEpoch> run(ProgressSink& progress, const std::function<void(const TrunkEpoch&)>& onEpoch)
    {
        findStill();
        standardise();
        TrunkEpoch last;
        for (int epoch = 0; epoch < m_recipe.training.epochs; ++epoch) {
            const auto done = this->epoch(epoch, progress);
            if (!done)
                return done;
            last = *done;
            if (onEpoch)
                onEpoch(last);
        }
        return last;
    }

    TensorMap weights() const { return storedTensors(m_reader->trunk()); }

private:
    /// A window is one chunk.
    static TimeGrid chunkGrid(const Track2Recipe& recipe, const UntrimmedSet& set)
    {
        TimeGrid grid = recipe.grid;
        const auto size = trunkOptions(recipe.pictures);
        const int64_t pictures = size ? size->clip[0] : recipe.pictures.clip;
        grid.rows = static_cast<int>(std::max<int64_t>(1, pictures * set.info().pictureStep / grid.step));
        return grid;
    }

    std::vector<GridWindow> heldWindows() const
    {
        std::vector<GridWindow> all;
        TimeGrid apart = m_grid;
        apart.overlap = 0;
        for (const size_t video : seenVideos(*m_set, ClipRole::Validation))
            for (const GridWindow& window : detectionWindows(video, m_set->videos()[video].frames, apart))
                all.push_back(window);
        std::vector<GridWindow> chosen;
        const size_t every = std::max<size_t>(1, all.size() / kHeldWindows);
        for (size_t i = 0; i < all.size(); i += every)
            chosen.push_back(all[i]);
        return chosen;
    }

    DetectorBatch batchAt(const std::vector<GridWindow>& windows, size_t from, size_t to) const
    {
        std::vector<GridSample> samples;
        for (size_t i = from; i < to; ++i) {
            samples.push_back(gridSample(*m_set, m_input, m_grid, windows[i]));
            samples.back().features -= m_still.at(windows[i].video);
        }
        return batchOf(std::move(samples), m_grid, m_device);
    }

    /// [N, targets, rows] in deviations from the mean.
    Tensor wanted(const DetectorBatch& batch) const { return (batch.features - m_mean) * m_scale; }

    /// How somebody looks when nothing is going on is no posture: each video's mean is taken off.
    void findStill()
    {
        TimeGrid apart = m_grid;
        apart.overlap = 0;
        GridInput points = m_input;
        points.pictures = false;
        for (const ClipRole role : {ClipRole::Train, ClipRole::Validation})
            for (const size_t video : seenVideos(*m_set, role)) {
                const auto windows = detectionWindows(video, m_set->videos()[video].frames, apart);
                const size_t every = std::max<size_t>(1, windows.size() / kStillWindows);
                std::vector<Tensor> means;
                for (size_t i = 0; i < windows.size(); i += every)
                    means.push_back(gridSample(*m_set, points, m_grid, windows[i]).features.mean(1));
                m_still[video] = torch::stack(means).mean(0).unsqueeze(1);
            }
    }

    void standardise()
    {
        const auto windows = epochWindows(m_set->videos(), m_train, m_grid, m_random.fork(kWindowStream));
        const size_t count = std::min(windows.size(), batchSize() * kStandardBatches);
        const Tensor seen = batchAt(windows, 0, count).features.transpose(0, 1).flatten(1);
        const Tensor deviation = seen.std(1, false);
        m_mean = seen.mean(1).unsqueeze(1);
        m_scale = torch::where(deviation > kLeastDeviation, 1 / deviation, torch::zeros_like(deviation))
                      .unsqueeze(1);
    }

    size_t batchSize() const { return static_cast<size_t>(m_recipe.training.batch); }

    /// Light and contrast of each chunk, in 0..1.
    Tensor varied(const Tensor& pictures, Random random) const
    {
        const Tensor values = pictures.to(torch::kFloat).div(kPixels);
        const int64_t count = values.size(0);
        Tensor light = torch::empty({count, 1, 1, 1, 1});
        Tensor contrast = torch::empty({count, 1, 1, 1, 1});
        const double range = m_recipe.input.brightness;
        for (int64_t i = 0; i < count; ++i) {
            light[i].fill_(random.uniform(-range, range));
            contrast[i].fill_(1 + random.uniform(-range, range));
        }
        return ((values - 0.5) * contrast.to(m_device) + 0.5 + light.to(m_device)).clamp_(0, 1);
    }

    Result<TrunkEpoch> epoch(int number, ProgressSink& progress)
    {
        const auto since = Clock::now();
        TrunkEpoch report;
        report.epoch = number + 1;
        report.epochs = m_recipe.training.epochs;
        const auto windows = epochWindows(m_set->videos(), m_train, m_grid,
            m_random.fork(kWindowStream).fork(static_cast<uint64_t>(number) + 1));
        const auto steps = static_cast<int64_t>((windows.size() + batchSize() - 1) / batchSize());
        const RateSchedule schedule = scheduleOf(m_recipe.training, steps);
        m_reader->train();
        for (int64_t i = 0; i < steps; ++i) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "The training was stopped."};
            const int64_t done = number * steps + i;
            const size_t from = static_cast<size_t>(i) * batchSize();
            const DetectorBatch batch = batchAt(windows, from, std::min(windows.size(), from + batchSize()));
            const double loss = step(batch, done, schedule.at(done));
            if (!std::isfinite(loss))
                return Error{ErrorCode::Internal,
                    "The loss of the transformer became infinite or no number in epoch "
                        + std::to_string(report.epoch)
                        + "; lower the recipe's learningRate or lengthen warmUpEpochs."};
            report.loss += loss / static_cast<double>(steps);
            progress.report(done + 1, steps * report.epochs,
                "transformer: epoch " + std::to_string(report.epoch) + " of "
                    + std::to_string(report.epochs));
        }
        report.explained = explained();
        report.seconds = std::chrono::duration<double>(Clock::now() - since).count();
        return report;
    }

    double step(const DetectorBatch& batch, int64_t done, double rate)
    {
        const Tensor seen
            = varied(batch.pictures, m_random.fork(kChangeStream).fork(static_cast<uint64_t>(done)));
        Tensor told;
        {
            const HalfScope halves(m_device, m_recipe.training.precision);
            told = m_reader->forward(seen, m_grid.rows);
        }
        const Tensor mask = batch.mask.unsqueeze(1);
        const Tensor loss
            = ((told - wanted(batch)).square() * mask).sum() / (mask.sum() * told.size(1)).clamp_min(1);
        m_optimizer->clear();
        loss.backward();
        const double length = m_optimizer->gradientNorm().item<double>();
        const double clip = m_recipe.training.gradientClip;
        m_optimizer->step(rate, clip > 0 && length > clip ? clip / (length + 1e-6) : 1);
        return std::isfinite(length) ? loss.item<double>() : std::nan("");
    }

    double explained()
    {
        const torch::NoGradGuard guard;
        m_reader->eval();
        double wrong = 0;
        double all = 0;
        for (size_t from = 0; from < m_held.size(); from += batchSize()) {
            const DetectorBatch batch = batchAt(m_held, from, std::min(m_held.size(), from + batchSize()));
            const Tensor told = m_reader->forward(batch.pictures.to(torch::kFloat).div(kPixels), m_grid.rows);
            const Tensor mask = batch.mask.unsqueeze(1);
            wrong += ((told - wanted(batch)).square() * mask).sum().item<double>();
            all += (wanted(batch).square() * mask).sum().item<double>();
        }
        return all > 0 ? 1 - wrong / all : std::nan("");
    }

    std::shared_ptr<const UntrimmedSet> m_set;
    const Track2Recipe& m_recipe;
    TimeGrid m_grid;
    torch::Device m_device;
    Random m_random;
    std::vector<size_t> m_train;
    std::vector<GridWindow> m_held;
    GridInput m_input;
    std::shared_ptr<SkeletonReader> m_reader;
    std::optional<StreamOptimizer> m_optimizer;
    std::map<size_t, Tensor> m_still; ///< mean of each video, [targets, 1]
    Tensor m_mean; ///< [targets, 1]
    Tensor m_scale; ///< [targets, 1]: 1 / deviation, 0 for what never moves
};

Status checkSet(const UntrimmedSet& set)
{
    const bool any = !seenVideos(set, ClipRole::Train).empty();
    return any ? Status()
               : Status(Error{ErrorCode::InvalidArgument,
                   "No training video of the set has both pictures and points; a transformer learns from "
                   "both (videos export without --no-pictures, after poses were found)."});
}

} // namespace

Result<TrunkEpoch> trainTrunk(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const std::filesystem::path& file, const TrunkOptions& options, ProgressSink& progress,
    const std::function<void(const TrunkEpoch&)>& onEpoch)
{
    if (Status status = checkSet(*set); !status)
        return status.error();
    const auto device = deviceNamed(options.device);
    if (!device)
        return device.error();
    const auto size = trunkOptions(recipe.pictures);
    if (!size)
        return size.error();
    try {
        const ThreadCount threads(recipe.training.threads);
        auto trunk = std::make_shared<VisionTransformer>(*size);
        trunk->drawWeights(options.seed);
        TrunkTraining training(set, recipe, trunk, *device, options.seed);
        const auto last = training.run(progress, onEpoch);
        if (!last)
            return last;
        const std::map<std::string, std::string> facts{
            {"telltale", "video transformer that learned skeletons from pictures"}, {"recipe", recipe.name},
            {"set", set->digest()}, {"seed", std::to_string(options.seed)}};
        if (Status status = writeTensors(file, training.weights(), facts); !status)
            return status.error();
        return last;
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The transformer could not be trained: " + std::string(error.what_without_backtrace())};
    }
}

} // namespace telltale
