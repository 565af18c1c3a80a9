// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/heads/headtrainer.h"
#include "base/random.h"
#include "learn/heads/headproblem.h"
#include "learn/heads/lbfgs.h"
#include "learn/heads/projection.h"
#include "nn/threadcount.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {

namespace {

using Vector = std::vector<double>;

constexpr double kLeastSquaresRidge = 1e-3; // of the closed-form start (ours); rows weigh 1 together
constexpr double kMlpStart = 0.1; // deviation of the second layer, times that of He's rule (ours)

constexpr double kLeastLength = 1e-12; // of a label vector

const Error kCancelled = {ErrorCode::Cancelled, "Retraining was cancelled; the heads stay as they were."};

Error refused(const std::string& why) { return {ErrorCode::InvalidArgument, why}; }

Status checkLabels(const std::vector<int>& labels, int64_t rows, int classes, const std::string& which)
{
    if (static_cast<int64_t>(labels.size()) != rows)
        return refused("There are " + std::to_string(rows) + " " + which + " rows of features and "
            + std::to_string(labels.size()) + " labels for them.");
    const auto bad = std::find_if(
        labels.begin(), labels.end(), [&](int label) { return label < 0 || label >= classes; });
    if (bad != labels.end())
        return refused("Clip " + std::to_string(bad - labels.begin() + 1) + " of the " + which
            + " set has the class " + std::to_string(*bad) + ", which the label scheme lacks.");
    return {};
}

bool allWeights(const Vector& values)
{
    return std::all_of(
        values.begin(), values.end(), [](double value) { return std::isfinite(value) && value >= 0; });
}

Status checkLabelVectors(const HeadTargets& targets)
{
    const LabelVectors& vectors = targets.labelVectors;
    if (vectors.classes == 0 && vectors.values.empty())
        return {};
    if (vectors.classes != targets.classes || vectors.dimension < 1
        || vectors.values.size()
            != static_cast<size_t>(vectors.classes) * static_cast<size_t>(vectors.dimension))
        return refused("There are label vectors for " + std::to_string(vectors.classes) + " classes, wanted "
            + std::to_string(targets.classes) + ".");
    if (!std::all_of(vectors.values.begin(), vectors.values.end(), [](double v) { return std::isfinite(v); }))
        return refused("The label vectors are not of finite numbers.");
    return {};
}

Status checkTargets(const HeadTargets& targets, int64_t rows)
{
    if (targets.classes < 2)
        return refused("The label scheme has fewer than two classes; add classes first.");
    if (Status status = checkLabels(targets.labels, rows, targets.classes, "training"); !status)
        return status;
    if ((!targets.weights.empty() && targets.weights.size() != targets.labels.size())
        || (!targets.classWeights.empty()
            && targets.classWeights.size() != static_cast<size_t>(targets.classes))
        || !allWeights(targets.weights) || !allWeights(targets.classWeights))
        return refused("The weights of clips and classes have to be numbers from 0 up, one for each.");
    std::set<int> seen;
    for (size_t i = 0; i < targets.labels.size(); ++i)
        if (targets.weights.empty() || targets.weights[i] > 0)
            seen.insert(targets.labels[i]);
    if (seen.size() < 2)
        return refused("Retraining needs decided clips of at least two classes; there are "
            + std::string(seen.empty() ? "none" : "clips of only one") + " outside the held-out ones.");
    return checkLabelVectors(targets);
}

Vector rowWeights(const HeadTargets& targets)
{
    Vector weights = targets.weights;
    weights.resize(targets.labels.size(), 1);
    double sum = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
        if (!targets.classWeights.empty())
            weights[i] *= targets.classWeights[static_cast<size_t>(targets.labels[i])];
        sum += weights[i];
    }
    for (double& weight : weights)
        weight /= sum > 0 ? sum : 1;
    return weights;
}

template <typename T>
at::Tensor copied(const std::vector<T>& values, at::IntArrayRef shape, at::ScalarType type)
{
    return at::from_blob(const_cast<T*>(values.data()), shape, c10::CppTypeToScalarType<T>::value)
        .to(type, false, true);
}

at::Tensor labelsOf(const std::vector<int>& labels)
{
    return copied(labels, {static_cast<int64_t>(labels.size())}, at::kLong);
}

/// Products of the label vectors, each of length 1.
at::Tensor metricOf(const LabelVectors& vectors, at::ScalarType type)
{
    const at::Tensor rows = copied(vectors.values, {vectors.classes, vectors.dimension}, at::kDouble);
    const at::Tensor normal = rows / rows.norm(2, 1, true).clamp_min(kLeastLength);
    return normal.mm(normal.t()).to(type);
}

/// A layer [units, inputs] and its bias as [inputs + 1, units], in double; and back.
at::Tensor layerOf(const std::vector<float>& weight, const std::vector<float>& bias)
{
    const auto units = static_cast<int64_t>(bias.size());
    const auto inputs = static_cast<int64_t>(weight.size()) / units;
    return at::cat({copied(weight, {units, inputs}, at::kDouble).t(), copied(bias, {1, units}, at::kDouble)});
}

void storeLayer(const at::Tensor& layer, std::vector<float>& weight, std::vector<float>& bias)
{
    const int64_t inputs = layer.size(0) - 1;
    const at::Tensor values = layer.narrow(0, 0, inputs).t().to(at::kFloat).contiguous();
    const at::Tensor last = layer[inputs].to(at::kFloat).contiguous();
    weight.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    bias.assign(last.data_ptr<float>(), last.data_ptr<float>() + last.numel());
}

Vector toVector(const at::Tensor& values)
{
    const at::Tensor flat = values.to(at::kDouble).contiguous().view(-1);
    return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

/// Adds zero classes to a starting head that knows fewer.
at::Tensor widened(const at::Tensor& layer, int64_t classes)
{
    return layer.size(1) == classes
        ? layer
        : at::cat({layer, at::zeros({layer.size(0), classes - layer.size(1)}, layer.options())}, 1);
}

Vector randomStart(const HeadProblem& problem, uint64_t seed)
{
    Vector start(static_cast<size_t>(problem.parameters()));
    Random random(seed);
    const auto first = static_cast<size_t>(problem.inputs() * problem.hidden);
    const auto second = static_cast<size_t>((problem.inputs() + 1) * problem.hidden);
    const auto end = second + static_cast<size_t>(problem.hidden * problem.classes);
    for (size_t i = 0; i < first; ++i)
        start[i] = std::sqrt(2.0 / static_cast<double>(problem.inputs())) * random.normal();
    for (size_t i = second; i < end; ++i)
        start[i] = kMlpStart * std::sqrt(2.0 / static_cast<double>(problem.hidden)) * random.normal();
    return start;
}

} // namespace

struct HeadTrainer::Private {
    HeadOptions options;
    Projection projection;
    at::Tensor rows; ///< projected
    int64_t projectedFrom = 0; ///< rows there were when the projection was made
    Vector last; ///< what the last training found
    int lastClasses = 0;

    HeadProblem problemOf(const HeadTargets& targets) const;
    bool fits(const HeadSet::Head& head) const;
    Result<Vector> begin(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
        HeadProblem& problem, const ProgressSink& progress) const;
    HeadSet::Head headOf(const Vector& found, const HeadProblem& problem, const HeadSet::Head* start) const;
    Result<HeadFit> train(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
        const HeldRows& held, const ProgressSink& progress,
        const std::function<void(const HeadStep&)>& onStep);
};

HeadProblem HeadTrainer::Private::problemOf(const HeadTargets& targets) const
{
    HeadProblem problem;
    const at::ScalarType type = projection.type();
    problem.features = rows;
    problem.labels = labelsOf(targets.labels);
    problem.weights = copied(rowWeights(targets), {rows.size(0)}, type);
    problem.classes = targets.classes;
    problem.hidden = options.kind == HeadKind::Mlp ? options.hidden : 0;
    problem.pull = options.pull;
    problem.semanticScale = options.semanticScale;
    if (options.semanticWeight > 0 && targets.labelVectors.classes > 0) {
        problem.semanticWeight = options.semanticWeight;
        problem.metric = metricOf(targets.labelVectors, type);
    }
    return problem;
}

/// Whether a head can be started from: an Mlp only from one like it.
bool HeadTrainer::Private::fits(const HeadSet::Head& head) const
{
    return head.inputs == projection.inputs()
        && head.hidden == (options.kind == HeadKind::Mlp ? options.hidden : 0);
}

/// Where the training starts; enters the pull's centre and what must not move into the problem.
Result<Vector> HeadTrainer::Private::begin(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
    HeadProblem& problem, const ProgressSink& progress) const
{
    const bool known
        = warm && lastClasses == targets.classes && static_cast<int64_t>(last.size()) == problem.parameters();
    if (start == nullptr) {
        if (known)
            return last;
        if (problem.hidden > 0)
            return randomStart(problem, options.seed);
        Vector found = problem.leastSquares(kLeastSquaresRidge, progress);
        return found.empty() ? Result<Vector>(kCancelled) : Result<Vector>(std::move(found));
    }
    const at::Tensor layer = widened(layerOf(start->weight, start->bias), targets.classes);
    const at::Tensor first = start->hidden > 0
        ? projection.inwards(layerOf(start->hiddenWeight, start->hiddenBias))
        : projection.inwards(layer);
    problem.centre = start->hidden > 0 ? at::cat({first.reshape(-1), layer.reshape(-1)}) : first.reshape(-1);
    Vector free(static_cast<size_t>(targets.classes));
    std::fill(free.begin() + static_cast<ptrdiff_t>(start->bias.size()), free.end(), 1);
    for (size_t i = 0; i < targets.labels.size(); ++i)
        if (targets.weights.empty() || targets.weights[i] > 0)
            free[static_cast<size_t>(targets.labels[i])] = 1;
    const int64_t before = start->hidden > 0 ? first.numel() : 0;
    problem.movable = at::cat({at::ones({before}, at::kDouble),
        copied(free, {targets.classes}, at::kDouble)
            .repeat({(problem.parameters() - before) / targets.classes})});
    return known ? last : toVector(problem.centre);
}

HeadSet::Head HeadTrainer::Private::headOf(
    const Vector& found, const HeadProblem& problem, const HeadSet::Head* start) const
{
    HeadSet::Head head;
    if (start != nullptr) {
        head.temperature = start->temperature;
        head.fusionWeight = start->fusionWeight;
    }
    head.inputs = static_cast<int>(projection.inputs());
    head.hidden = static_cast<int>(problem.hidden);
    const at::Tensor all = copied(found, {static_cast<int64_t>(found.size())}, at::kDouble);
    const int64_t units = problem.hidden > 0 ? problem.hidden : problem.classes;
    const int64_t inner = (problem.inputs() + 1) * units;
    const at::Tensor first = projection.outwards(all.narrow(0, 0, inner).view({-1, units}));
    if (problem.hidden > 0) {
        storeLayer(first, head.hiddenWeight, head.hiddenBias);
        storeLayer(
            all.narrow(0, inner, all.numel() - inner).view({-1, problem.classes}), head.weight, head.bias);
    } else {
        storeLayer(first, head.weight, head.bias);
    }
    if (start == nullptr || !problem.movable.defined())
        return head;
    const at::Tensor movable = problem.movable.narrow(0, all.numel() - problem.classes, problem.classes);
    const auto width = static_cast<ptrdiff_t>(head.width());
    for (ptrdiff_t c = 0; c < static_cast<ptrdiff_t>(start->bias.size()); ++c) {
        if (movable[c].item<double>() != 0)
            continue; // to the bit, without the way through the projection and back
        std::copy_n(start->weight.begin() + c * width, width, head.weight.begin() + c * width);
        head.bias[static_cast<size_t>(c)] = start->bias[static_cast<size_t>(c)];
    }
    return head;
}

Result<HeadFit> HeadTrainer::Private::train(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
    const HeldRows& held, const ProgressSink& progress, const std::function<void(const HeadStep&)>& onStep)
{
    if (Status status = checkTargets(targets, rows.size(0)); !status)
        return status.error();
    if (Status status = checkLabels(held.labels, held.features.rows(), targets.classes, "held-out"); !status)
        return status.error();
    if (held.features.rows() > 0 && held.features.inputs != projection.inputs())
        return refused("The held-out clips have features of " + std::to_string(held.features.inputs)
            + " numbers, the training clips of " + std::to_string(projection.inputs()) + ".");
    if (start != nullptr && !fits(*start))
        start = nullptr;
    if (start != nullptr && start->bias.size() > static_cast<size_t>(targets.classes))
        return refused("The heads to start from know " + std::to_string(start->bias.size())
            + " classes and the label scheme only " + std::to_string(targets.classes)
            + "; start from heads of this scheme.");
    at::Tensor heldRows;
    if (onStep && !held.labels.empty()) {
        Result<at::Tensor> projected = projection.apply(held.features, 0, progress);
        if (!projected)
            return projected.error();
        heldRows = *projected;
    }
    HeadProblem problem = problemOf(targets);
    Result<Vector> from = begin(targets, start, warm, problem, progress);
    if (!from)
        return from.error();
    const auto tell = [&](int step, double loss, const Vector& at) {
        HeadStep now{step, options.steps, loss, {}};
        if (heldRows.defined()) {
            const at::Tensor top = problem.logits(heldRows, at).argmax(1).to(at::kInt).contiguous();
            now.held = clipReport(
                held.labels, {top.data_ptr<int>(), top.data_ptr<int>() + top.numel()}, {}, targets.classes);
        }
        onStep(now);
    };
    const LbfgsResult found = minimize(
        [&](const Vector& at, Vector& gradient) { return problem.evaluate(at, gradient, progress); },
        std::move(*from), {options.steps, options.tolerance},
        onStep ? tell : std::function<void(int, double, const Vector&)>());
    if (found.at.empty() || progress.cancelled())
        return kCancelled;
    last = found.at;
    lastClasses = targets.classes;
    return HeadFit{headOf(found.at, problem, start), found.value, found.steps, found.evaluations};
}

HeadTrainer::HeadTrainer(const HeadOptions& options) : d(std::make_unique<Private>())
{
    d->options = options;
}

HeadTrainer::~HeadTrainer() = default;

Status HeadTrainer::setFeatures(const FeatureRows& features, const ProgressSink& progress)
{
    if (features.inputs < 1 || features.rows() < 1
        || features.rows() * features.inputs != static_cast<int64_t>(features.values.size()))
        return refused("There are no features to train a head on.");
    try {
        const at::NoGradGuard noGrad;
        const ThreadCount threads(d->options.threads);
        const auto known = d->rows.defined() ? d->rows.size(0) : 0;
        const bool keep = d->projection.defined() && features.inputs == d->projection.inputs()
            && features.rows() >= known
            && static_cast<double>(features.rows())
                <= (1 + d->options.rowGrowth) * static_cast<double>(d->projectedFrom);
        Result<Projection> projection
            = keep ? Result<Projection>(d->projection) : Projection::fit(features, d->options, progress);
        if (!projection)
            return projection.error();
        const int64_t first = keep ? known : 0;
        if (first == features.rows())
            return {};
        Result<at::Tensor> rows = projection->apply(features, first, progress);
        if (!rows)
            return rows.error();
        d->rows = keep ? at::cat({d->rows, *rows}) : *rows;
        if (!keep) {
            d->projection = std::move(*projection);
            d->projectedFrom = features.rows();
            d->last.clear();
        }
        return {};
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The features could not be projected: " + std::string(error.what_without_backtrace())};
    }
}

int64_t HeadTrainer::rows() const { return d->rows.defined() ? d->rows.size(0) : 0; }

int64_t HeadTrainer::rank() const { return d->projection.defined() ? d->projection.rank() : 0; }

double HeadTrainer::retained() const { return d->projection.retained(); }

Result<HeadFit> HeadTrainer::train(const HeadTargets& targets, const HeadSet::Head* start, bool warm,
    const HeldRows& held, const ProgressSink& progress, const std::function<void(const HeadStep&)>& onStep)
{
    if (!d->rows.defined())
        return refused("There are no features to train a head on.");
    try {
        const at::NoGradGuard noGrad;
        const ThreadCount threads(d->options.threads);
        return d->train(targets, start, warm, held, progress, onStep);
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The head could not be trained: " + std::string(error.what_without_backtrace())};
    }
}

} // namespace telltale
