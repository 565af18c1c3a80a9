// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/trainloop.h"
#include "base/files.h"
#include "eval/longtail.h"
#include "learn/train/history.h"
#include <algorithm>
#include <cmath>
#include <torch/optim.h>
#include <torch/utils.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using torch::Tensor;

constexpr const char* kBest = "best.safetensors";
constexpr const char* kLast = "last.safetensors";
constexpr const char* kHistory = "history.json";
constexpr int kProducersForCard = 8;

double secondsSince(Clock::time_point since)
{
    return std::chrono::duration<double>(Clock::now() - since).count();
}

/// Passes the wish to stop on, shows nothing.
class Silent : public ProgressSink {
public:
    explicit Silent(const ProgressSink& progress) : m_progress(progress) { }
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    const ProgressSink& m_progress;
};

std::vector<int64_t> countsOf(const std::vector<int>& labels, int64_t classes)
{
    std::vector<int64_t> counts(static_cast<size_t>(classes));
    for (const int label : labels) {
        if (label >= 0)
            ++counts[static_cast<size_t>(label)];
    }
    return counts;
}

std::vector<double> classWeights(const TrainRecipe& recipe, const std::vector<int64_t>& counts)
{
    if (recipe.classWeights == "square-root")
        return squareRootWeights(counts, recipe.weightSmoothing, recipe.weightCap);
    if (recipe.classWeights == "effective-number")
        return effectiveNumberWeights(counts, recipe.weightBeta);
    return {};
}

/// Of what a training learns from, beside the inputs themselves.
std::string dataDigest(const BatchSource& train, const BatchSource* validation)
{
    std::string content;
    for (const BatchSource* source : {&train, validation}) {
        for (int64_t i = 0; source != nullptr && i < source->size(); ++i) {
            const double values[] = {static_cast<double>(source->label(i)), source->weight(i)};
            content.append(reinterpret_cast<const char*>(values), sizeof values);
        }
        content.append("/");
    }
    return contentDigest(content);
}

TensorMap weightsOf(const torch::nn::Module& module)
{
    TensorMap tensors = storedTensors(module);
    std::erase_if(tensors, [](const auto& item) { return item.first.rfind("semantic.", 0) == 0; });
    return tensors;
}

std::vector<Tensor> listOf(const TensorMap& tensors)
{
    std::vector<Tensor> list;
    list.reserve(tensors.size());
    for (const auto& item : tensors)
        list.push_back(item.second);
    return list;
}

/// Everything that a checkpoint holds, in the memory where it is used.
TensorMap everything(const StreamModel& model, const StreamOptimizer& optimizer, const TensorMap& mean)
{
    TensorMap tensors = storedTensors(model.module(), "model.");
    tensors.merge(optimizer.state());
    for (const auto& [name, tensor] : mean)
        tensors["mean." + name] = tensor;
    return tensors;
}

} // namespace

TrainLoop::TrainLoop(StreamModel& model, const TrainRecipe& recipe, const BatchSource& train,
    const BatchSource* validation, const TrainOptions& options, std::vector<int> labels)
    : m_model(model)
    , m_recipe(recipe)
    , m_train(train)
    , m_validation(validation)
    , m_options(options)
    , m_plan(recipe, std::move(labels), static_cast<int>(model.classes()))
    , m_schedule(scheduleOf(recipe, m_plan.stepsPerEpoch()))
    , m_identity{model.spec(), recipe, dataDigest(train, validation)}
    , m_optimizer(model.module(), recipe)
    , m_own(weightsOf(model.module()))
    , m_best(cloned(m_own))
{
    const auto weights = classWeights(recipe, countsOf(m_plan.labels(), model.classes()));
    if (!weights.empty())
        m_weights.classes = torch::tensor(weights, torch::kDouble).to(model.device(), torch::kFloat);
    std::vector<double> own;
    own.reserve(m_plan.labels().size());
    for (int64_t i = 0; i < train.size(); ++i)
        own.push_back(train.weight(i));
    if (std::any_of(own.begin(), own.end(), [](double weight) { return weight != 1; }))
        m_sampleWeights = std::move(own);
    m_lossOptions = {classLossKind(recipe.loss).value(), recipe.labelSmoothing, recipe.focalGamma};
    for (int64_t i = 0; validation != nullptr && i < validation->size(); ++i) {
        if (validation->label(i) < 0)
            continue;
        m_validationSamples.push_back(i);
        m_validationLabels.push_back(validation->label(i));
    }
    if (recipe.ema > 0)
        m_mean = cloned(m_own);
    m_state.scale = LossScale::forPrecision(model.device(), recipe.precision);
}

Status TrainLoop::resume()
{
    const fs::path last = m_options.checkpoints / kLast;
    std::error_code ec;
    if (!fs::exists(last, ec))
        return {};
    auto state = readCheckpoint(last, everything(m_model, m_optimizer, m_mean), m_identity);
    if (!state)
        return state.error();
    if (state->step < 0 || state->step > m_plan.steps())
        return Error{ErrorCode::BadFormat,
            last.string() + ": its step lies outside the training. Start without resuming."};
    if (state->bestEpoch > 0) {
        const auto best = readTensors(m_options.checkpoints / kBest);
        if (!best)
            return best.error();
        const Status copied = copyTensors(best->tensors, m_best, (m_options.checkpoints / kBest).string());
        if (!copied)
            return copied;
    }
    m_state = *std::move(state);
    m_optimizer.setSteps(m_state.optimizerSteps);
    return {};
}

Status TrainLoop::run(ProgressSink& progress, const std::function<void(const EpochReport&)>& onEpoch)
{
    const bool card = m_model.device().is_cuda();
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    const int producers = m_options.producers > 0 ? m_options.producers
        : card                                    ? std::clamp(cores - 1, 1, kProducersForCard)
                                                  : 1;
    if (m_state.step == m_plan.steps() || m_state.stoppedEarly)
        return {};
    BatchQueue queue(m_train, m_plan, m_state.step, producers, card);
    m_since = m_saved = Clock::now();
    m_model.module().train();
    while (m_state.step < m_plan.steps() && !m_state.stoppedEarly) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "The training was stopped."};
        if (const Status status = step(queue, progress); !status)
            return status;
        const bool ends = m_state.step % m_plan.stepsPerEpoch() == 0;
        if (ends) {
            const auto report = closeEpoch(progress);
            if (!report)
                return report.error();
            if (onEpoch)
                onEpoch(*report);
            m_model.module().train();
        } else if (secondsSince(m_saved) > m_options.checkpointSeconds) {
            if (const Status status = save(); !status)
                return status;
        }
    }
    return {};
}

Tensor TrainLoop::dropped(const Tensor& features, uint64_t seed) const
{
    if (m_recipe.dropout <= 0)
        return features;
    // A generator of our own: the process's is shared by everything in it.
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const double keep = 1 - m_recipe.dropout;
    const auto mask = torch::empty(features.sizes(), torch::kFloat).bernoulli_(keep, generator).div_(keep);
    return features * mask.to(features.options());
}

TrainLoop::StepLoss TrainLoop::lossOf(const std::vector<int64_t>& samples, const Tensor& inputs)
{
    std::vector<int64_t> labels;
    std::vector<double> counts;
    labels.reserve(samples.size());
    counts.reserve(samples.size());
    for (const int64_t sample : samples) {
        labels.push_back(m_plan.labels()[static_cast<size_t>(sample)]);
        if (!m_sampleWeights.empty())
            counts.push_back(m_sampleWeights[static_cast<size_t>(sample)]);
    }
    const auto targets = torch::tensor(labels, torch::kLong).to(m_model.device());
    LossWeights weights = m_weights;
    if (!counts.empty())
        weights.samples = torch::tensor(counts, torch::kDouble).to(m_model.device(), torch::kFloat);
    const uint64_t seed = m_plan.networkSeed(m_state.step);
    torch::manual_seed(seed);
    const Tensor seen = m_train.onDevice(inputs);
    Tensor features;
    Tensor logits;
    {
        const HalfScope halves(m_model.device(), m_recipe.precision);
        features = m_model.backbone().embed(seen);
        logits = m_model.classifier()->forward(dropped(features, seed));
    }
    StepLoss loss;
    loss.total = classLoss(logits, targets, weights, m_lossOptions);
    if (m_model.semantic()) {
        loss.semantic = m_model.semantic()->loss(features, targets, weights);
        loss.total = loss.total + loss.semantic;
    }
    return loss;
}

void TrainLoop::average()
{
    if (m_mean.empty())
        return;
    // Short at first, so that the beginning is forgotten (TensorFlow's ramp).
    const auto t = static_cast<double>(m_optimizer.steps());
    const double decay = std::min(m_recipe.ema, (1 + t) / (10 + t));
    const torch::NoGradGuard guard;
    auto mean = listOf(m_mean);
    at::_foreach_mul_(mean, decay);
    at::_foreach_add_(mean, listOf(m_own), 1 - decay);
}

Status TrainLoop::step(BatchQueue& queue, ProgressSink& progress)
{
    auto inputs = queue.take(m_state.step, progress);
    if (!inputs)
        return inputs.error();
    const StepLoss loss
        = lossOf(m_plan.samples(m_state.step), inputs->to(m_model.device(), /*non_blocking=*/true));
    m_optimizer.clear();
    LossScale& scale = m_state.scale;
    (scale.active ? loss.total * scale.factor : loss.total).backward();
    const Tensor norm = m_optimizer.gradientNorm().to(m_model.device(), torch::kDouble);
    const Tensor semantic = loss.semantic.defined() ? loss.semantic.detach() : torch::zeros_like(loss.total);
    // One journey from the card for all three.
    const Tensor figures
        = torch::stack({loss.total.detach().to(torch::kDouble), semantic.to(torch::kDouble), norm}).cpu();
    const double* figure = figures.data_ptr<double>();
    const double length = figure[2] / scale.factor;
    const double used = scale.factor;
    if (scale.accept(std::isfinite(figure[0]) && std::isfinite(length))) {
        const bool clipped = m_recipe.gradientClip > 0 && length > m_recipe.gradientClip;
        const double shrink = clipped ? m_recipe.gradientClip / (length + 1e-6) : 1; // PyTorch's guard
        m_optimizer.step(m_schedule.at(m_state.step), shrink / used);
        average();
        m_state.lossSum += figure[0];
        m_state.semanticSum += figure[1];
    } else if (!scale.active || scale.exhausted()) {
        return Error{ErrorCode::Internal,
            std::string(std::isfinite(figure[0]) ? "The gradients" : "The loss") + " of the stream \""
                + m_model.spec().stream + "\" became infinite or no number in epoch "
                + std::to_string(epoch()) + ", step " + std::to_string(stepOfEpoch())
                + "; lower the recipe's learningRate or gradientClip, or lengthen warmUpEpochs."};
    }
    ++m_state.step;
    progress.report(m_state.step, m_plan.steps(),
        (m_options.what.empty() ? m_model.spec().stream : m_options.what) + ": epoch "
            + std::to_string((m_state.step - 1) / m_plan.stepsPerEpoch() + 1) + " of "
            + std::to_string(m_recipe.epochs) + ", loss " + std::to_string(figure[0]).substr(0, 6));
    return {};
}

Result<EpochReport> TrainLoop::closeEpoch(ProgressSink& progress)
{
    EpochReport report;
    const auto steps = static_cast<double>(m_plan.stepsPerEpoch());
    report.epoch = static_cast<int>(m_state.step / m_plan.stepsPerEpoch());
    report.epochs = m_recipe.epochs;
    report.trainLoss = m_state.lossSum / steps;
    report.semanticLoss = m_state.semanticSum / steps;
    report.learningRate = m_schedule.at(m_state.step - 1);
    const TensorMap raw = m_mean.empty() ? TensorMap() : cloned(m_own);
    if (!m_mean.empty())
        copyInto(m_mean, m_own);
    Status status = validate(report, progress);
    report.seconds = m_state.seconds + secondsSince(m_since);
    if (status)
        status = keepIfBest(report);
    if (!m_mean.empty())
        copyInto(raw, m_own);
    if (!status)
        return status.error();
    m_state.history.push_back(report);
    m_state.stoppedEarly = patienceLost() && report.epoch < report.epochs;
    m_state.lossSum = m_state.semanticSum = m_state.seconds = 0;
    m_since = Clock::now();
    if (status = save(); !status)
        return status.error();
    return report;
}

Status TrainLoop::validate(EpochReport& report, ProgressSink& progress)
{
    if (m_validationSamples.empty())
        return {};
    Silent silent(progress);
    const auto scores = m_model.scores(
        *m_validation, m_validationSamples, {m_recipe.views, m_recipe.batch, false, {}}, silent);
    if (!scores)
        return scores.error();
    const auto classes = static_cast<size_t>(m_model.classes());
    std::vector<std::vector<double>> rows;
    std::vector<int> predicted;
    rows.reserve(m_validationSamples.size());
    predicted.reserve(m_validationSamples.size());
    for (size_t i = 0; i < m_validationSamples.size(); ++i) {
        auto& row = rows.emplace_back(classes);
        for (size_t c = 0; c < classes; ++c)
            row[c] = std::exp(static_cast<double>(scores->logits.values[i * classes + c]));
        predicted.push_back(static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
    }
    report.validated = true;
    report.validation = clipReport(m_validationLabels, predicted, rows, static_cast<int>(m_model.classes()));
    report.validationLoss = negativeLogLikelihood(rows, m_validationLabels);
    report.calibrationError = expectedCalibrationError(rows, m_validationLabels);
    return {};
}

double TrainLoop::metricOf(const EpochReport& report) const
{
    if (!report.validated || m_recipe.selectBy == "last")
        return report.epoch;
    if (m_recipe.selectBy == "loss")
        return -report.validationLoss;
    return m_recipe.selectBy == "accuracy" ? report.validation.accuracy : report.validation.macroF1;
}

Status TrainLoop::keepIfBest(EpochReport& report)
{
    const double metric = metricOf(report);
    report.best = m_state.bestEpoch == 0 || metric > m_state.bestMetric;
    if (!report.best)
        return {};
    if (!m_options.checkpoints.empty()) {
        const Status saved = m_model.save(m_options.checkpoints / kBest,
            {{"recipe", trainRecipeText(m_recipe)}, {"recipe digest", trainRecipeDigest(m_recipe)},
                {"epoch", std::to_string(report.epoch)}});
        if (!saved)
            return failedToSave(saved.error());
    }
    m_state.bestMetric = metric;
    m_state.bestEpoch = report.epoch;
    copyInto(m_own, m_best);
    return {};
}

bool TrainLoop::patienceLost() const
{
    return m_recipe.patience > 0 && !m_validationSamples.empty()
        && m_state.history.back().epoch - m_state.bestEpoch >= m_recipe.patience;
}

Status TrainLoop::failedToSave(const Error& error) const
{
    return Error{error.code,
        error.message + ". The checkpoints before stay as they are: make room and resume the training."};
}

Status TrainLoop::save()
{
    if (m_options.checkpoints.empty())
        return {};
    m_state.optimizerSteps = m_optimizer.steps();
    if (m_state.step % m_plan.stepsPerEpoch() != 0)
        m_state.seconds += secondsSince(m_since);
    m_saved = m_since = Clock::now();
    Status status = writeCheckpoint(
        m_options.checkpoints / kLast, everything(m_model, m_optimizer, m_mean), m_state, m_identity);
    if (status)
        status = writeFileAtomically(m_options.checkpoints / kHistory, historyText(m_state.history) + "\n");
    return status ? status : failedToSave(status.error());
}

void TrainLoop::finish()
{
    copyInto(m_best, m_own);
    m_model.module().eval();
}

} // namespace telltale
