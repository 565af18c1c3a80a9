// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/longtail.h"
#include "learn/calibration.h"
#include "learn/heads/headtrainer.h"
#include "learn/training.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace telltale {

namespace {

constexpr size_t kFewestHeldRows = 20; // fewer say nothing about calibration (ours)
constexpr double kPullClips = 100; // the pull weighs like this many clips times HeadTraining::pull (ours)

const Error kCancelled = {ErrorCode::Cancelled, "Retraining was cancelled; the heads stay as they were."};

/// Rows of one modality, one after the other.
struct Rows {
    std::vector<float> values;
    std::vector<int> labels;
    std::vector<double> weights;
};

/// Numbers per embedding: of the starting head, else of the first row.
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

Status checkEmbedding(const HeadSet& start, const std::string& modality, const std::vector<float>& values,
    size_t wanted, const std::string& clip)
{
    if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
        return Error{ErrorCode::InvalidArgument,
            clip + "has " + modality + " features that are not numbers; analyse its video again."};
    if (values.size() != wanted)
        return Error{ErrorCode::InvalidArgument,
            clip + "has " + std::to_string(values.size()) + " " + modality + " features, "
                + (start.heads.contains(modality) ? "the head to start from takes " : "the first clip ")
                + std::to_string(wanted) + "; analyse its video again with the present networks."};
    return {};
}

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
    std::map<std::string, size_t> lengths;
    for (size_t i = 0; i < rows.size(); ++i) {
        const std::string clip = "Clip " + std::to_string(i + 1) + " of the training set ";
        if (rows[i].label < 0 || rows[i].label >= classes)
            return Error{ErrorCode::InvalidArgument,
                clip + "has the class " + std::to_string(rows[i].label) + ", which the label scheme lacks."};
        for (const auto& [modality, values] : rows[i].embeddings) {
            const auto [length, added] = lengths.try_emplace(modality);
            if (added)
                length->second = inputsOf(start, rows, modality);
            if (values.empty())
                continue;
            if (Status status = checkEmbedding(start, modality, values, length->second, clip); !status)
                return status;
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

Rows rowsOf(const std::vector<HeadSampleRow>& all, const std::string& modality, bool held)
{
    Rows rows;
    for (const HeadSampleRow& row : all) {
        const auto found = row.embeddings.find(modality);
        if (row.held != held || found == row.embeddings.end() || found->second.empty()
            || (!held && row.weight <= 0))
            continue;
        rows.values.insert(rows.values.end(), found->second.begin(), found->second.end());
        rows.labels.push_back(row.label);
        rows.weights.push_back(row.weight);
    }
    return rows;
}

std::vector<double> classWeights(const std::vector<int>& labels, int classes, const HeadTraining& options)
{
    std::vector<int64_t> counts(static_cast<size_t>(classes));
    for (const int label : labels)
        ++counts[static_cast<size_t>(label)];
    return options.effectiveNumber ? effectiveNumberWeights(counts, options.beta)
                                   : squareRootWeights(counts, options.weightSmoothing, options.weightCap);
}

HeadOptions headOptions(const HeadTraining& training, size_t inputs, size_t rows)
{
    HeadOptions options;
    options.kind = training.kind;
    options.hidden = training.hidden;
    options.steps = training.epochs;
    options.tolerance = 0;
    options.pull = static_cast<int64_t>(inputs) < options.fewestInputs
        ? training.pull * kPullClips / static_cast<double>(rows)
        : training.projectedPull;
    options.semanticWeight = training.semanticWeight;
    options.semanticScale = training.semanticScale;
    options.seed = training.seed;
    return options;
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
    head.weight.resize(static_cast<size_t>(classes) * static_cast<size_t>(head.width()));
    head.bias.resize(static_cast<size_t>(classes));
    return head;
}

bool oneClassOnly(const Rows& rows)
{
    return std::all_of(
        rows.labels.begin(), rows.labels.end(), [&](int label) { return label == rows.labels.front(); });
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

HeadEpoch epochOf(const HeadStep& step, const std::string& modality)
{
    HeadEpoch epoch;
    epoch.epoch = step.step;
    epoch.epochs = step.steps;
    epoch.modality = modality;
    epoch.loss = step.loss;
    const bool measured = !step.held.perClass.empty();
    epoch.heldAccuracy = measured ? step.held.accuracy : std::numeric_limits<double>::quiet_NaN();
    epoch.heldMacroF1 = measured ? step.held.macroF1 : std::numeric_limits<double>::quiet_NaN();
    epoch.held = step.held;
    return epoch;
}

} // namespace

Result<HeadSet> trainHeads(const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows,
    const HeadTraining& options, ProgressSink& progress, const std::function<void(const HeadEpoch&)>& onEpoch)
{
    if (const Status status = checkRows(start, classes, rows); !status)
        return status.error();
    const auto modalities = modalitiesOf(start, rows);
    HeadSet result;
    result.classes = classes;
    int64_t done = 0;
    for (const std::string& modality : modalities) {
        const auto begin = start.heads.find(modality);
        const HeadSet::Head* from = begin == start.heads.end() ? nullptr : &begin->second;
        const auto inputs = static_cast<int64_t>(inputsOf(start, rows, modality));
        const Rows train = rowsOf(rows, modality, false);
        if (train.labels.empty() || oneClassOnly(train)) { // of which nothing can be learnt
            if (from != nullptr)
                result.heads[modality] = grown(*from, classes);
            continue;
        }
        const Rows held = rowsOf(rows, modality, true);
        HeadTrainer trainer(headOptions(options, static_cast<size_t>(inputs), train.labels.size()));
        if (Status status = trainer.setFeatures({train.values, inputs}, progress); !status)
            return status.error().code == ErrorCode::Cancelled ? kCancelled : status.error();
        const auto onStep = [&](const HeadStep& step) {
            progress.report(done * options.epochs + step.step,
                static_cast<int64_t>(modalities.size()) * options.epochs,
                "retraining the " + modality + " head");
            if (onEpoch)
                onEpoch(epochOf(step, modality));
        };
        const HeadTargets targets{classes, train.labels, train.weights,
            classWeights(train.labels, classes, options), options.labelVectors};
        Result<HeadFit> fit
            = trainer.train(targets, from, false, {{held.values, inputs}, held.labels}, progress, onStep);
        if (!fit)
            return fit.error();
        result.heads[modality] = std::move(fit->head);
        ++done;
    }
    if (progress.cancelled())
        return kCancelled;
    recalibrate(result, rows);
    return result;
}

} // namespace telltale
