// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/trainer.h"
#include "base/files.h"
#include "learn/train/trainloop.h"
#include "nn/threadcount.h"
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <optional>

namespace telltale {

namespace {

constexpr uint64_t kSemanticStream = 4;

/// What the process computes with while a training runs, and again afterwards what it was before.
class ComputeScope {
public:
    explicit ComputeScope(int threads)
        : m_threads(threads > 0 ? threads : at::get_num_threads())
        , m_deterministic(at::globalContext().deterministicCuDNN())
        , m_benchmark(at::globalContext().benchmarkCuDNN())
    {
        at::globalContext().setDeterministicCuDNN(true);
        at::globalContext().setBenchmarkCuDNN(false);
    }
    ~ComputeScope()
    {
        at::globalContext().setDeterministicCuDNN(m_deterministic);
        at::globalContext().setBenchmarkCuDNN(m_benchmark);
    }
    ComputeScope(const ComputeScope&) = delete;
    ComputeScope& operator=(const ComputeScope&) = delete;

private:
    const ThreadCount m_threads;
    const bool m_deterministic;
    const bool m_benchmark;
};

/// The labels of all samples, or which of them names a class that is not there.
Result<std::vector<int>> labelsOf(const BatchSource& source, const StreamModel& model, const char* what)
{
    std::vector<int> labels;
    labels.reserve(static_cast<size_t>(source.size()));
    for (int64_t i = 0; i < source.size(); ++i) {
        const int label = source.label(i);
        if (label < -1 || label >= model.classes())
            return Error{ErrorCode::InvalidArgument,
                std::string(what) + " clip " + std::to_string(i) + " has the class " + std::to_string(label)
                    + ", but \"" + model.spec().scheme + "\" has the classes 0 to "
                    + std::to_string(model.classes() - 1) + "."};
        if (const double weight = source.weight(i); !(weight >= 0 && weight < 1e9))
            return Error{ErrorCode::InvalidArgument,
                std::string(what) + " clip " + std::to_string(i) + " has the weight " + std::to_string(weight)
                    + "; a number from 0 up is wanted."};
        labels.push_back(label);
    }
    return labels;
}

std::string namesOf(const StreamModel& model, const std::vector<int>& labels, int64_t count)
{
    std::string names;
    for (int64_t c = 0; c < model.classes(); ++c) {
        if (std::count(labels.begin(), labels.end(), static_cast<int>(c)) == count)
            names += (names.empty() ? "\"" : ", \"") + model.spec().classes[static_cast<size_t>(c)] + "\"";
    }
    return names;
}

std::vector<std::string> notesOf(const StreamModel& model, const TrainRecipe& recipe,
    const std::vector<int>& labels, const std::vector<int>& validationLabels)
{
    std::vector<std::string> notes;
    if (const std::string names = namesOf(model, labels, 0); !names.empty())
        notes.push_back("Without a training clip, and so never predicted: " + names + ".");
    if (const std::string names = namesOf(model, labels, 1); !names.empty())
        notes.push_back("With a single training clip, and so hardly learned: " + names + ".");
    if (const auto unknown = std::count(labels.begin(), labels.end(), -1); unknown > 0)
        notes.push_back(std::to_string(unknown) + " clips without a label were left aside.");
    if (recipe.precision != "float32" && !model.device().is_cuda())
        notes.push_back("The recipe's precision " + recipe.precision
            + " is for cards; on this device the training computes in float32.");
    const bool validated
        = std::any_of(validationLabels.begin(), validationLabels.end(), [](int label) { return label >= 0; });
    if (!validated && (recipe.patience > 0 || recipe.selectBy != "last"))
        notes.push_back("There are no validation clips: every epoch is run, and the last one is kept.");
    return notes;
}

/// The semantic branch that the recipe asks for; one that the model has already goes on.
Status prepareSemantic(StreamModel& model, const TrainRecipe& recipe, const NdArray& labelVectors)
{
    if (recipe.semantic == "none") {
        model.setSemantic(nullptr);
        return {};
    }
    auto options = semanticOptions(recipe.semantic);
    if (!options)
        return options.error();
    if (model.semantic() && model.semantic()->options().kind == options->kind)
        return {};
    options->lambda = recipe.semanticLambda;
    options->mu = recipe.semanticMu;
    options->dimension = recipe.semanticDimension;
    auto head = makeSemanticHead(*options, model.features(), model.classes(), labelVectors,
        Random(recipe.seed).fork(kSemanticStream).next());
    if (!head)
        return head.error();
    model.setSemantic(*std::move(head));
    return {};
}

Error failed(const std::string& stream, const std::string& said)
{
    const std::string reason = said.substr(0, said.find('\n')); // a stack may follow
    const bool memory = reason.find("out of memory") != std::string::npos
        || reason.find("can't allocate memory") != std::string::npos
        || reason.find("bad_alloc") != std::string::npos;
    return {ErrorCode::Internal,
        "The training of the stream \"" + stream + "\" failed"
            + (memory ? " for lack of memory; lower the recipe's batch (" : " (") + reason + ")."};
}

struct Prepared {
    std::vector<int> labels;
    std::vector<int> validationLabels;
};

Result<Prepared> prepare(StreamModel& model, const TrainRecipe& recipe, const BatchSource& train,
    const BatchSource* validation, const TrainOptions& options)
{
    if (const Status status = checkTrainRecipe(recipe); !status)
        return status.error();
    Prepared prepared;
    auto labels = labelsOf(train, model, "Training");
    if (!labels)
        return labels.error();
    prepared.labels = *std::move(labels);
    if (validation != nullptr) {
        auto others = labelsOf(*validation, model, "Validation");
        if (!others)
            return others.error();
        prepared.validationLabels = *std::move(others);
    }
    const auto known
        = std::count_if(prepared.labels.begin(), prepared.labels.end(), [](int label) { return label >= 0; });
    if (known < 2)
        return Error{ErrorCode::InvalidArgument,
            "The stream \"" + model.spec().stream + "\" has " + std::to_string(known)
                + " labelled training clips; two are needed at least."};
    if (!options.checkpoints.empty()) {
        if (const Status status = ensureWritableFolder(options.checkpoints); !status)
            return status.error();
    }
    const auto device = deviceNamed(options.device);
    if (!device)
        return device.error();
    model.to(*device);
    if (const Status status = prepareSemantic(model, recipe, options.labelVectors); !status)
        return status.error();
    return prepared;
}

} // namespace

Result<TrainOutcome> trainStream(StreamModel& model, const TrainRecipe& recipe, const BatchSource& train,
    const BatchSource* validation, const TrainOptions& options, ProgressSink& progress,
    const std::function<void(const EpochReport&)>& onEpoch)
{
    std::optional<TrainLoop> loop;
    try {
        const ComputeScope scope(recipe.threads);
        auto prepared = prepare(model, recipe, train, validation, options);
        if (!prepared)
            return prepared.error();
        TrainOutcome outcome;
        outcome.notes = notesOf(model, recipe, prepared->labels, prepared->validationLabels);
        loop.emplace(model, recipe, train, validation, options, std::move(prepared->labels));
        Status status = options.resume && !options.checkpoints.empty() ? loop->resume() : Status();
        if (status)
            status = loop->run(progress, onEpoch);
        loop->finish();
        if (!status)
            return status.error();
        outcome.history = loop->state().history;
        outcome.bestEpoch = loop->state().bestEpoch;
        outcome.stoppedEarly = loop->state().stoppedEarly;
        return outcome;
    } catch (const c10::Error& error) {
        if (loop)
            loop->finish();
        return failed(model.spec().stream, error.what_without_backtrace());
    } catch (const std::exception& error) {
        if (loop)
            loop->finish();
        return failed(model.spec().stream, error.what());
    }
}

} // namespace telltale
