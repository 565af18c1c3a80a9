// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/streamwork.h"
#include "nn/threadcount.h"
#include "nn/weightfiles/weightfile.h"
#include "nn/weights.h"
#include <algorithm>
#include <numeric>
#include <torch/utils.h>

namespace telltale {

namespace {

constexpr const char* kWeights = "weights"; // of a recipe's network: a file that somebody else trained

void copyTensors(const torch::nn::Module& from, torch::nn::Module& to)
{
    const torch::NoGradGuard noGradients;
    const auto parameters = from.named_parameters();
    for (auto& parameter : to.named_parameters())
        parameter.value().copy_(parameters[parameter.key()]);
    const auto buffers = from.named_buffers();
    for (auto& buffer : to.named_buffers())
        buffer.value().copy_(buffers[buffer.key()]);
}

std::vector<std::vector<float>> rowsOf(const NdArray& table)
{
    const auto width = static_cast<size_t>(table.shape.size() == 2 ? table.shape[1] : 0);
    std::vector<std::vector<float>> rows;
    for (size_t at = 0; width > 0 && at < table.values.size(); at += width)
        rows.emplace_back(table.values.begin() + static_cast<std::ptrdiff_t>(at),
            table.values.begin() + static_cast<std::ptrdiff_t>(at + width));
    return rows;
}

} // namespace

std::vector<StreamClip> streamClips(const StreamWork& work, const std::vector<size_t>& clips)
{
    std::vector<StreamClip> chosen;
    for (const size_t clip : clips)
        if (hasInput(*work.set, clip, work.plan.input))
            chosen.push_back({clip, work.set->clips()[clip].label, work.set->clips()[clip].weight});
    return chosen;
}

Result<NdArray> semanticTargets(
    const ClipSetInfo& set, const LabelVectorOptions& options, const TrainRecipe& training)
{
    if (training.semantic == "none" || training.semantic == "opl")
        return NdArray();
    LabelVectorOptions own = options;
    own.orthogonal = own.orthogonal && training.semantic != "mse";
    const Result<LabelVectors> vectors = labelVectors(set.scheme, set.classes, own);
    if (!vectors)
        return vectors.error();
    NdArray targets({vectors->classes, vectors->dimension});
    std::transform(vectors->values.begin(), vectors->values.end(), targets.values.begin(),
        [](double value) { return static_cast<float>(value); });
    return targets;
}

Result<StreamModel> newModel(const StreamWork& work, uint64_t seed)
{
    const ClipSetInfo& info = work.set->info();
    StreamSpec spec;
    spec.stream = work.plan.name;
    spec.network = work.plan.network;
    spec.input = networkInputOf(work.plan.input, info);
    spec.scheme = info.scheme;
    spec.classes = info.classes;
    const auto released = spec.network.texts.find(kWeights);
    if (released == spec.network.texts.end())
        return StreamModel::create(std::move(spec), seed);
    const std::string file = released->second;
    spec.network.texts.erase(released); // the model is the same wherever its first weights came from
    Result<StreamModel> model = StreamModel::create(std::move(spec), seed);
    if (!model)
        return model;
    Result<TensorFile> content = readWeightFile(file);
    if (!content)
        return content.error();
    const auto loaded = loadReleased(model->backbone(), model->classifier().get(), std::move(*content), file);
    if (!loaded)
        return loaded.error();
    return model;
}

Result<StreamModel> copyOf(const StreamModel& model)
{
    Result<StreamModel> copy = StreamModel::create(model.spec(), 0);
    if (!copy)
        return copy;
    copyTensors(model.backbone(), copy->backbone());
    copyTensors(*model.classifier(), *copy->classifier());
    return copy;
}

Result<TrainOutcome> trainOn(StreamModel& model, const StreamWork& work, std::vector<StreamClip> train,
    std::vector<StreamClip> validation, const std::filesystem::path& checkpoints, bool resume,
    ProgressSink& progress, const std::function<void(const EpochReport&)>& onEpoch)
{
    const auto batches = makeClipBatches(work.set, work.plan.input, std::move(train));
    if (!batches)
        return batches.error();
    const auto held = makeClipBatches(work.set, work.plan.input, std::move(validation));
    if (!held)
        return held.error();
    TrainOptions options;
    options.checkpoints = checkpoints;
    options.resume = resume;
    options.device = work.device;
    options.labelVectors = work.labelVectors;
    options.what = work.what;
    return trainStream(model, work.plan.training, **batches, held->get(), options, progress, onEpoch);
}

Result<StreamModel> trainedModel(StreamWork work, const LabelVectorOptions& labels, const ClipSides& sides,
    const std::filesystem::path& checkpoints, bool resume, ProgressSink& progress,
    const std::function<void(const EpochReport&)>& onEpoch)
{
    Result<NdArray> targets = semanticTargets(work.set->info(), labels, work.plan.training);
    if (!targets)
        return targets.error();
    work.labelVectors = std::move(*targets);
    Result<StreamModel> model = newModel(work, work.plan.training.seed);
    if (!model)
        return model;
    const Result<TrainOutcome> outcome = trainOn(*model, work, streamClips(work, sides.train),
        streamClips(work, sides.validation), checkpoints, resume, progress, onEpoch);
    if (!outcome)
        return outcome.error();
    return model;
}

Result<ScoredClips> scoreOn(const StreamModel& model, const StreamWork& work,
    const std::vector<size_t>& clips, ProgressSink& progress)
{
    const std::vector<StreamClip> own = streamClips(work, clips);
    ScoredClips result;
    result.logits.resize(clips.size());
    result.features.resize(clips.size());
    const auto batches = makeClipBatches(work.set, work.plan.input, own);
    if (!batches)
        return batches.error();
    std::vector<int64_t> all(own.size());
    std::iota(all.begin(), all.end(), int64_t{0});
    ScoreOptions options;
    options.views = std::min(work.plan.training.views, (*batches)->views());
    options.what = work.what;
    const ThreadCount threads(work.plan.training.threads);
    const Result<StreamScores> scores = model.scores(**batches, all, options, progress);
    if (!scores)
        return scores.error();
    auto logits = rowsOf(scores->logits);
    auto features = rowsOf(scores->features);
    size_t next = 0;
    for (size_t i = 0; i < clips.size() && next < own.size(); ++i) {
        if (own[next].clip != clips[i])
            continue;
        result.logits[i] = std::move(logits[next]);
        result.features[i] = std::move(features[next]);
        ++next;
    }
    return result;
}

} // namespace telltale
