// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/detectortraining.h"
#include "base/files.h"
#include "learn/spans/detectionlosses.h"
#include "learn/spans/spandecision.h"
#include "learn/track2/detectorcheckpoint.h"
#include "learn/track2/detectorsystem.h"
#include "learn/train/optimizer.h"
#include "learn/train/precision.h"
#include "learn/train/schedule.h"
#include "nn/threadcount.h"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <torch/utils.h>

namespace telltale {

namespace {

using Clock = std::chrono::steady_clock;
using torch::Tensor;

constexpr int kStandardWindows = 32; // that the inputs' mean and deviation are taken from (ours)
constexpr uint64_t kWindowStream = 1;
constexpr uint64_t kNetworkStream = 2;
constexpr uint64_t kStandardStream = 3;

std::vector<Segment> segmentsOf(const std::vector<GridTruth>& truth)
{
    std::vector<Segment> segments;
    segments.reserve(truth.size());
    for (const GridTruth& span : truth)
        segments.push_back({static_cast<float>(span.start), static_cast<float>(span.end), 1, span.label});
    return segments;
}

std::vector<int64_t> countsOf(const UntrimmedSet& set, const std::vector<size_t>& videos)
{
    std::vector<int64_t> counts(static_cast<size_t>(set.classCount()));
    for (const size_t video : videos)
        for (const TruthSpan& truth : set.videos()[video].truth)
            ++counts[static_cast<size_t>(truth.label)];
    return counts;
}

DetectionLossOptions lossOptions(const DetectionLossPlan& plan)
{
    DetectionLossOptions options;
    options.alpha = plan.focalAlpha;
    options.gamma = plan.focalGamma;
    options.smoothing = plan.labelSmoothing;
    options.offsetWeight = plan.regression;
    options.firstNormaliser = plan.normaliser;
    options.momentum = plan.momentum;
    return options;
}

/// Levels one after the other, [N, points, ...].
Tensor joined(const std::vector<DetectorLevel>& levels, Tensor DetectorLevel::*part)
{
    std::vector<Tensor> parts;
    parts.reserve(levels.size());
    for (const DetectorLevel& level : levels)
        parts.push_back(level.*part);
    return torch::cat(parts, 1);
}

/// Points of all levels whose rows count: a level has every second row of the one before it.
Tensor countedPoints(const std::vector<DetectorLevel>& levels, const Tensor& rows)
{
    Tensor mask = joined(levels, &DetectorLevel::mask);
    if (!rows.defined())
        return mask;
    std::vector<Tensor> parts;
    for (size_t level = 0; level < levels.size(); ++level) {
        const int64_t stride = ActionFormerOptions::stride(static_cast<int64_t>(level));
        parts.push_back(rows.slice(1, 0, levels[level].mask.size(1) * stride, stride));
    }
    return mask.logical_and(torch::cat(parts, 1));
}

/// One training from its first or resumed epoch on. One thread; everything in here may throw c10::Error.
class DetectorTraining {
public:
    DetectorTraining(DetectorNetwork& network, const Track2Recipe& recipe,
        const std::shared_ptr<const UntrimmedSet>& set, const std::vector<size_t>& train,
        const std::vector<size_t>& validation, const DetectorTrainOptions& options)
        : m_network(network)
        , m_recipe(recipe)
        , m_set(set)
        , m_train(train)
        , m_validation(validation)
        , m_options(options)
        , m_random(recipe.training.seed)
        , m_device(network.parameters().front().device())
        , m_augmenter(set, recipe.input, recipe.grid, train)
        , m_stepsPerEpoch(stepsIn(windowsOf(0).size()))
        , m_schedule(scheduleOf(recipe.training, m_stepsPerEpoch))
        , m_points(pyramidPoints(recipe.grid.rows, defaultReach(recipe.detector.levels())))
        , m_optimizer(network, recipe.training, false, isDecayed)
        , m_loss(lossOptions(recipe.loss))
        , m_classes(countsOf(*set, train), recipe.asba)
        , m_own(learnedTensors(network))
        , m_best(cloned(m_own))
    {
        if (recipe.training.ema > 0)
            m_mean = cloned(m_own);
    }

    void standardise()
    {
        std::vector<DetectorBatch> batches;
        auto windows = epochWindows(m_set->videos(), m_train, m_recipe.grid, m_random.fork(kStandardStream));
        windows.resize(std::min<size_t>(windows.size(), kStandardWindows));
        for (const GridWindow& window : windows) {
            std::vector<GridSample> samples;
            samples.push_back(gridSample(*m_set, m_recipe.input, m_recipe.grid, window));
            batches.push_back(batchOf(std::move(samples), m_recipe.grid, m_device));
        }
        m_network.standardise(batches);
    }

    Status resume()
    {
        auto state = readDetectorCheckpoint(checkpointFile(), everything(), identity());
        if (!state)
            return state.error();
        m_state = *std::move(state);
        m_optimizer.setSteps(m_state.optimizerSteps);
        m_loss.setNormaliser(m_state.normaliser);
        return m_classes.restore(m_state.classLosses);
    }

    Status run(ProgressSink& progress, const std::function<void(const DetectorEpoch&)>& onEpoch)
    {
        while (m_state.epoch < m_recipe.training.epochs && !patienceLost()) {
            const auto report = epoch(progress);
            if (!report)
                return report.error();
            if (onEpoch)
                onEpoch(*report);
        }
        return {};
    }

    /// Puts the best weights into the network.
    DetectorOutcome finish()
    {
        copyInto(m_best, m_own);
        m_network.eval();
        return {m_state.history, m_state.bestEpoch};
    }

    std::filesystem::path checkpointFile() const { return m_options.checkpoints / "last.safetensors"; }

private:
    int64_t stepsIn(size_t windows) const
    {
        const int64_t batch = m_recipe.training.batch;
        return std::max<int64_t>(1, (static_cast<int64_t>(windows) + batch - 1) / batch);
    }
    std::vector<GridWindow> windowsOf(int epoch) const
    {
        return epochWindows(m_set->videos(), m_train, m_recipe.grid,
            m_random.fork(kWindowStream).fork(static_cast<uint64_t>(epoch)));
    }
    DetectorIdentity identity() const
    {
        return {
            m_recipe.digest, m_set->digest(), trainRecipeDigest(m_recipe.training), m_train, m_validation};
    }
    TensorMap everything() const
    {
        TensorMap tensors;
        for (const auto& [name, tensor] : m_own)
            tensors["model." + name] = tensor;
        tensors.merge(m_optimizer.state());
        for (const auto& [name, tensor] : m_mean)
            tensors["mean." + name] = tensor;
        for (const auto& [name, tensor] : m_best)
            tensors["best." + name] = tensor;
        return tensors;
    }
    bool patienceLost() const
    {
        return m_recipe.training.patience > 0 && !m_validation.empty() && m_state.bestEpoch > 0
            && m_state.epoch - m_state.bestEpoch >= m_recipe.training.patience;
    }

    Result<DetectorEpoch> epoch(ProgressSink& progress)
    {
        const auto since = Clock::now();
        DetectorEpoch report;
        report.epoch = m_state.epoch + 1;
        report.epochs = m_recipe.training.epochs;
        const std::vector<GridWindow> windows = windowsOf(m_state.epoch);
        m_network.train();
        for (int64_t step = 0; step < m_stepsPerEpoch; ++step) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "The training was stopped."};
            const size_t from
                = windows.size() * static_cast<size_t>(step) / static_cast<size_t>(m_stepsPerEpoch);
            const size_t to
                = windows.size() * static_cast<size_t>(step + 1) / static_cast<size_t>(m_stepsPerEpoch);
            if (Status status = this->step(windows, from, to, step, report); !status)
                return status.error();
            progress.report(m_state.epoch * m_stepsPerEpoch + step + 1,
                m_recipe.training.epochs * m_stepsPerEpoch,
                m_options.what + ": epoch " + std::to_string(report.epoch) + " of "
                    + std::to_string(report.epochs));
        }
        report.classLoss /= static_cast<double>(m_stepsPerEpoch);
        report.offsetLoss /= static_cast<double>(m_stepsPerEpoch);
        m_classes.closeEpoch();
        report.rarity = m_classes.rarity();
        report.difficulty = m_classes.difficulty();
        report.intensity = m_classes.intensity();
        ++m_state.epoch;
        if (Status status = close(report, progress); !status)
            return status.error();
        report.seconds = std::chrono::duration<double>(Clock::now() - since).count();
        m_state.history.push_back(report);
        if (Status status = save(); !status)
            return status.error();
        return report;
    }

    Status step(
        const std::vector<GridWindow>& windows, size_t from, size_t to, int64_t step, DetectorEpoch& report)
    {
        std::vector<GridSample> samples;
        for (size_t i = from; i < to; ++i)
            samples.push_back(m_augmenter.sample(windows[i], m_classes));
        const DetectorBatch batch = batchOf(std::move(samples), m_recipe.grid, m_device);
        const int64_t done = m_state.epoch * m_stepsPerEpoch + step;
        torch::manual_seed(m_random.fork(kNetworkStream).fork(static_cast<uint64_t>(done)).next());
        std::vector<DetectorLevel> levels;
        {
            const HalfScope halves(m_device, m_recipe.training.precision);
            levels = m_network.forward(batch);
        }
        std::vector<DetectionTargets> targets;
        TargetOptions how;
        how.centreRadius = m_recipe.loss.centreRadius;
        for (const auto& truth : batch.truth)
            targets.push_back(targetsOf(m_points, segmentsOf(truth), m_set->classCount(), how));
        DetectionTargets wanted = stackedTargets(targets);
        for (Tensor* tensor : {&wanted.classes, &wanted.offsets, &wanted.positive, &wanted.segment})
            *tensor = tensor->to(m_device);
        const Tensor logits = joined(levels, &DetectorLevel::logits);
        const Tensor mask = countedPoints(levels, batch.counted);
        const DetectionLossValue loss = m_loss(logits, joined(levels, &DetectorLevel::offsets), mask, wanted);
        m_optimizer.clear();
        loss.total.backward();
        const double length = m_optimizer.gradientNorm().item<double>();
        const double value = loss.total.item<double>();
        if (!std::isfinite(value) || !std::isfinite(length))
            return Error{ErrorCode::Internal,
                std::string(std::isfinite(value) ? "The gradients" : "The loss")
                    + " of the detector became infinite or no number in epoch " + std::to_string(report.epoch)
                    + ", step " + std::to_string(step + 1)
                    + "; lower the recipe's learningRate or gradientClip, or lengthen warmUpEpochs."};
        const double clip = m_recipe.training.gradientClip;
        const double shrink = clip > 0 && length > clip ? clip / (length + 1e-6) : 1; // PyTorch's guard
        report.learningRate = m_schedule.at(done);
        m_optimizer.step(report.learningRate, shrink);
        average();
        report.classLoss += loss.classes.item<double>();
        report.offsetLoss += loss.offsets.item<double>();
        noteLosses(logits.detach(), wanted, mask);
        return {};
    }

    /// For ASBA: the classification loss of the true classes at positive points.
    void noteLosses(const Tensor& logits, const DetectionTargets& wanted, const Tensor& mask)
    {
        const torch::NoGradGuard guard;
        const Tensor positive = wanted.positive.logical_and(mask);
        const Tensor truth = wanted.classes.index({positive}); // [positives, classes]
        const Tensor own = -torch::log_sigmoid(logits.index({positive}).to(torch::kFloat)) * truth;
        const Tensor sums = own.sum(0, false, torch::kDouble).cpu();
        const Tensor points = truth.sum(0, false, torch::kDouble).cpu();
        for (int64_t c = 0; c < sums.size(0); ++c)
            m_classes.addLoss(static_cast<int>(c), sums[c].item<double>(), points[c].item<double>());
    }

    void average()
    {
        const torch::NoGradGuard guard;
        const auto t = static_cast<double>(m_optimizer.steps());
        const double decay = std::min(m_recipe.training.ema, (1 + t) / (10 + t)); // TensorFlow's ramp
        for (const auto& [name, mean] : m_mean)
            Tensor(mean).mul_(decay).add_(m_own.at(name), 1 - decay);
    }

    Status close(DetectorEpoch& report, ProgressSink& progress)
    {
        const TensorMap raw = m_mean.empty() ? TensorMap() : cloned(m_own);
        if (!m_mean.empty())
            copyInto(m_mean, m_own);
        Status status = validate(report, progress);
        const double metric = report.validated ? report.meanAp : report.epoch;
        report.best = m_state.bestEpoch == 0 || metric > m_state.bestMetric;
        if (status && report.best) {
            m_state.bestMetric = metric;
            m_state.bestEpoch = report.epoch;
            copyInto(m_own, m_best);
        }
        if (!m_mean.empty())
            copyInto(raw, m_own);
        return status;
    }

    Status validate(DetectorEpoch& report, ProgressSink& progress)
    {
        if (m_validation.empty())
            return {};
        m_network.eval();
        auto spans = detectVideos(m_network, m_recipe, *m_set, m_validation, progress);
        if (!spans)
            return spans.error();
        *spans = judged(*m_set, m_validation, std::move(*spans));
        const std::vector<ScoredSpan> truth = truthOf(*m_set, m_validation);
        DecisionOptions options;
        options.tiou = m_recipe.detection.decisionOverlap;
        const auto decision = chooseDecision(truth, *spans, options);
        if (!decision)
            return decision.error();
        report.validated = true;
        report.f1 = decision->f1;
        report.threshold = decision->threshold;
        report.meanAp = spanReport(truth, *spans, options.tiou, SpanMatch::Strict).meanAp;
        return {};
    }

    Status save()
    {
        if (m_options.checkpoints.empty())
            return {};
        m_state.optimizerSteps = m_optimizer.steps();
        m_state.normaliser = m_loss.normaliser();
        m_state.classLosses = m_classes.losses();
        return writeDetectorCheckpoint(checkpointFile(), everything(), m_state, identity());
    }

    DetectorNetwork& m_network;
    const Track2Recipe& m_recipe;
    const std::shared_ptr<const UntrimmedSet> m_set;
    const std::vector<size_t>& m_train;
    const std::vector<size_t>& m_validation;
    const DetectorTrainOptions& m_options;
    const Random m_random;
    const torch::Device m_device;
    const GridAugmenter m_augmenter;
    const int64_t m_stepsPerEpoch;
    const RateSchedule m_schedule;
    const std::vector<PyramidPoint> m_points;
    StreamOptimizer m_optimizer;
    DetectionLoss m_loss;
    ClassIntensities m_classes;
    TensorMap m_own; ///< what learns and the standardisation, the network's memory
    TensorMap m_mean; ///< running mean; empty without
    TensorMap m_best;
    DetectorState m_state;
};

} // namespace

Result<DetectorOutcome> trainDetector(DetectorNetwork& network, const Track2Recipe& recipe,
    const std::shared_ptr<const UntrimmedSet>& set, const std::vector<size_t>& train,
    const std::vector<size_t>& validation, const DetectorTrainOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch)
{
    if (truthOf(*set, train).empty())
        return Error{ErrorCode::InvalidArgument,
            "No training video has a labelled gesture; label some, or give subjects the role train."};
    if (Status status = checkGridInput(recipe.input, set->info()); !status)
        return status.error();
    if (!options.checkpoints.empty())
        if (Status status = ensureWritableFolder(options.checkpoints); !status)
            return status.error();
    try {
        std::optional<ThreadCount> threads;
        if (recipe.training.threads > 0)
            threads.emplace(recipe.training.threads);
        DetectorTraining training(network, recipe, set, train, validation, options);
        std::error_code ec;
        if (options.resume && std::filesystem::exists(training.checkpointFile(), ec)) {
            if (Status status = training.resume(); !status)
                return status.error();
        } else {
            training.standardise();
        }
        const Status status = training.run(progress, onEpoch);
        DetectorOutcome outcome = training.finish();
        return status ? Result<DetectorOutcome>(std::move(outcome)) : Result<DetectorOutcome>(status.error());
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The detector could not be trained: " + std::string(error.what_without_backtrace())};
    }
}

} // namespace telltale
