// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include "learn/calibration.h"
#include "learn/softmaxregression.h"
#include "learn/training.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace telltale {

namespace {

constexpr size_t kFewestHeldRows = 20; // fewer say nothing about calibration (ours)
constexpr double kPullClips = 100; // the pull weighs like this many clips times HeadTraining::pull (ours)
constexpr double kLeastSpread = 0.1; // of the mean spread: dead units must not be blown up

const Error kCancelled = {ErrorCode::Cancelled, "Retraining was cancelled; the heads stay as they were."};

struct Rows {
    std::vector<const std::vector<float>*> embeddings;
    std::vector<int> labels;
    std::vector<double> weights;
};

/// Per input: x = (embedding - mean) / spread.
struct Standard {
    std::vector<double> mean;
    std::vector<double> spread;
};

Status checkRows(const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows)
{
    if (classes < 2)
        return Error{
            ErrorCode::InvalidArgument, "The label scheme has fewer than two classes; add classes first."};
    if (start.classes > classes)
        return Error{ErrorCode::InvalidArgument,
            "The heads to start from know " + std::to_string(start.classes)
                + " classes and the label scheme only " + std::to_string(classes)
                + "; start from heads of this scheme."};
    std::set<int> seen;
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto refuse = [i](const std::string& why) {
            return Error{
                ErrorCode::InvalidArgument, "Clip " + std::to_string(i + 1) + " of the training set " + why};
        };
        if (rows[i].label < 0 || rows[i].label >= classes)
            return refuse(
                "has the class " + std::to_string(rows[i].label) + ", which the label scheme lacks.");
        for (const auto& [modality, values] : rows[i].embeddings) {
            if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
                return refuse("has " + modality + " features that are not numbers; analyse its video again.");
        }
        if (!rows[i].held && rows[i].weight > 0)
            seen.insert(rows[i].label);
    }
    if (seen.size() < 2)
        return Error{ErrorCode::InvalidArgument,
            "Retraining needs decided clips of at least two classes; there are "
                + std::string(seen.empty() ? "none" : "clips of only one") + " outside the held-out ones."};
    return {};
}

/// Rows of one modality whose embedding has the modality's length (that of the starting head, else of the
/// first).
Rows rowsOf(const std::vector<HeadSampleRow>& all, const std::string& modality, size_t inputs, bool held)
{
    Rows rows;
    for (const HeadSampleRow& row : all) {
        const auto found = row.embeddings.find(modality);
        if (row.held != held || found == row.embeddings.end() || found->second.size() != inputs
            || (!held && row.weight <= 0))
            continue;
        rows.embeddings.push_back(&found->second);
        rows.labels.push_back(row.label);
        rows.weights.push_back(row.weight);
    }
    return rows;
}

size_t inputsOf(const HeadSet& start, const std::vector<HeadSampleRow>& rows, const std::string& modality)
{
    const auto head = start.heads.find(modality);
    if (head != start.heads.end())
        return static_cast<size_t>(head->second.inputs);
    for (const HeadSampleRow& row : rows) {
        const auto found = row.embeddings.find(modality);
        if (found != row.embeddings.end() && !found->second.empty())
            return found->second.size();
    }
    return 0;
}

Standard standardOf(const Rows& rows, size_t inputs)
{
    Standard standard{std::vector<double>(inputs), std::vector<double>(inputs)};
    const auto count = static_cast<double>(rows.labels.size());
    for (const auto* embedding : rows.embeddings) {
        for (size_t j = 0; j < inputs; ++j)
            standard.mean[j] += (*embedding)[j] / count;
    }
    double total = 0;
    for (size_t j = 0; j < inputs; ++j) {
        double square = 0;
        for (const auto* embedding : rows.embeddings)
            square += std::pow((*embedding)[j] - standard.mean[j], 2) / count;
        standard.spread[j] = std::sqrt(square);
        total += standard.spread[j] / static_cast<double>(inputs);
    }
    for (double& spread : standard.spread)
        spread = total > 0 ? std::max(spread, kLeastSpread * total) : 1;
    return standard;
}

std::vector<double> rowWeights(const Rows& rows, int classes, const HeadTraining& options)
{
    std::vector<int64_t> counts(static_cast<size_t>(classes));
    for (const int label : rows.labels)
        ++counts[static_cast<size_t>(label)];
    const auto classWeights = squareRootWeights(counts, options.weightSmoothing, options.weightCap);
    std::vector<double> weights = rows.weights;
    double sum = 0;
    for (size_t i = 0; i < weights.size(); ++i)
        sum += weights[i] *= classWeights[static_cast<size_t>(rows.labels[i])];
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

RegressionProblem makeProblem(const Rows& rows, const Standard& standard, const HeadSet::Head* start,
    int startClasses, int classes, const HeadTraining& options)
{
    RegressionProblem problem;
    problem.inputs = standard.mean.size();
    problem.classes = static_cast<size_t>(classes);
    problem.labels = rows.labels;
    problem.weights = rowWeights(rows, classes, options);
    problem.pull = options.pull * kPullClips / static_cast<double>(rows.labels.size());
    problem.features.reserve(rows.labels.size() * problem.inputs);
    for (const auto* embedding : rows.embeddings) {
        for (size_t j = 0; j < problem.inputs; ++j)
            problem.features.push_back(((*embedding)[j] - standard.mean[j]) / standard.spread[j]);
    }
    problem.start.assign((problem.inputs + 1) * problem.classes, 0);
    problem.frozen.assign(problem.classes, false);
    if (start == nullptr)
        return problem;
    for (size_t c = 0; c < static_cast<size_t>(startClasses); ++c) {
        double bias = start->bias[c];
        for (size_t j = 0; j < problem.inputs; ++j) {
            const double weight = start->weight[c * problem.inputs + j];
            problem.start[j * problem.classes + c] = weight * standard.spread[j];
            bias += weight * standard.mean[j];
        }
        problem.start[problem.inputs * problem.classes + c] = bias;
        problem.frozen[c]
            = std::find(rows.labels.begin(), rows.labels.end(), static_cast<int>(c)) == rows.labels.end();
    }
    return problem;
}

/// Undoes the standardisation. Frozen classes are copied, so that they stay the same to the last bit.
HeadSet::Head toHead(const RegressionProblem& problem, const Standard& standard,
    const std::vector<double>& parameters, const HeadSet::Head* start)
{
    HeadSet::Head head;
    if (start != nullptr) {
        head.temperature = start->temperature;
        head.fusionWeight = start->fusionWeight;
    }
    head.inputs = static_cast<int>(problem.inputs);
    head.weight.resize(problem.classes * problem.inputs);
    head.bias.resize(problem.classes);
    for (size_t c = 0; c < problem.classes; ++c) {
        double bias = parameters[problem.inputs * problem.classes + c];
        for (size_t j = 0; j < problem.inputs; ++j) {
            const double weight = parameters[j * problem.classes + c] / standard.spread[j];
            head.weight[c * problem.inputs + j]
                = problem.frozen[c] ? start->weight[c * problem.inputs + j] : static_cast<float>(weight);
            bias -= weight * standard.mean[j];
        }
        head.bias[c] = problem.frozen[c] ? start->bias[c] : static_cast<float>(bias);
    }
    return head;
}

void measureHeld(
    const HeadSet::Head& head, const std::string& modality, const Rows& held, int classes, HeadEpoch& epoch)
{
    epoch.heldAccuracy = epoch.heldMacroF1 = std::numeric_limits<double>::quiet_NaN();
    if (held.labels.empty())
        return;
    HeadSet set;
    set.classes = classes;
    set.heads[modality] = head;
    std::vector<int> predicted;
    for (const auto* embedding : held.embeddings) {
        const auto logits = set.logits(modality, *embedding);
        predicted.push_back(
            static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
    }
    const ClipReport report = clipReport(held.labels, predicted, {}, classes);
    epoch.heldAccuracy = report.accuracy;
    epoch.heldMacroF1 = report.macroF1;
}

std::set<std::string> modalitiesOf(const HeadSet& start, const std::vector<HeadSampleRow>& rows)
{
    std::set<std::string> names;
    for (const auto& entry : start.heads)
        names.insert(entry.first);
    for (const HeadSampleRow& row : rows) {
        for (const auto& entry : row.embeddings)
            names.insert(entry.first);
    }
    return names;
}

/// A head for more classes: what it lacks scores 0.
HeadSet::Head grown(HeadSet::Head head, int classes)
{
    head.weight.resize(static_cast<size_t>(classes) * static_cast<size_t>(head.inputs));
    head.bias.resize(static_cast<size_t>(classes));
    return head;
}

void recalibrate(HeadSet& heads, const std::vector<HeadSampleRow>& rows)
{
    std::vector<CalibrationRow> held;
    for (const HeadSampleRow& row : rows) {
        if (!row.held)
            continue;
        CalibrationRow& calibration = held.emplace_back();
        calibration.label = row.label;
        for (const auto& [modality, embedding] : row.embeddings) {
            auto logits = heads.logits(modality, embedding);
            if (!logits.empty())
                calibration.logits[modality] = std::move(logits);
        }
    }
    if (held.size() >= kFewestHeldRows)
        fitCalibration(held).applyTo(heads);
}

} // namespace

Result<HeadSet> trainHeads(const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows,
    const HeadTraining& options, ProgressSink& progress, const std::function<void(const HeadEpoch&)>& onEpoch)
{
    if (const Status status = checkRows(start, classes, rows); !status)
        return status.error();
    const auto cancelled = [&] { return progress.cancelled(); };
    const auto modalities = modalitiesOf(start, rows);
    HeadSet result;
    result.classes = classes;
    int64_t done = 0;
    for (const std::string& modality : modalities) {
        const auto begin = start.heads.find(modality);
        const HeadSet::Head* from = begin == start.heads.end() ? nullptr : &begin->second;
        const size_t inputs = inputsOf(start, rows, modality);
        const Rows train = rowsOf(rows, modality, inputs, false);
        if (train.labels.empty()) {
            if (from != nullptr)
                result.heads[modality] = grown(*from, classes);
            continue;
        }
        const Rows held = rowsOf(rows, modality, inputs, true);
        const Standard standard = standardOf(train, inputs);
        const RegressionProblem problem = makeProblem(train, standard, from, start.classes, classes, options);
        const auto onStep = [&](int step, double loss, const std::vector<double>& parameters) {
            HeadEpoch epoch{step, options.epochs, modality, loss};
            measureHeld(toHead(problem, standard, parameters, from), modality, held, classes, epoch);
            progress.report(done * options.epochs + step,
                static_cast<int64_t>(modalities.size()) * options.epochs,
                "retraining the " + modality + " head");
            if (onEpoch)
                onEpoch(epoch);
        };
        const auto parameters = solveRegression(problem, options.epochs, onStep, cancelled);
        if (parameters.empty())
            return kCancelled;
        result.heads[modality] = toHead(problem, standard, parameters, from);
        ++done;
    }
    if (cancelled())
        return kCancelled;
    recalibrate(result, rows);
    return result;
}

} // namespace telltale
