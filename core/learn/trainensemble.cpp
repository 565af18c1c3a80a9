// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "eval/metrics.h"
#include "learn/calibration.h"
#include "learn/detectorscore.h"
#include "learn/networktrainer.h"
#include "nn/threadcount.h"
#include "nn/weights.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using HeldRows = std::map<std::string, std::vector<CalibrationRow>>; // by scheme

const Error kCancelled = {ErrorCode::Cancelled, "Training was cancelled; the weights stay as they were."};

/// A folder beside the target that goes away with this object.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& target)
        : m_path(
            target.parent_path() / ("." + target.filename().string() + ".partial" + std::to_string(getpid())))
    {
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

Status checkSequences(const std::vector<SequenceSample>& sequences, const std::vector<SequenceSample>& held)
{
    if (sequences.empty())
        return Error{ErrorCode::InvalidArgument, "There is no sequence to train the detector on."};
    const auto check = [&](const SequenceSample& sample) {
        const auto& shape = sample.features.shape;
        return shape.size() == 2 && shape[0] == sequences.front().features.shape.front() && shape[0] > 0
            && shape[1] > 0 && static_cast<int64_t>(sample.gesture.size()) == shape[1]
            && static_cast<int64_t>(sample.features.values.size()) == sample.features.count()
            && std::all_of(sample.features.values.begin(), sample.features.values.end(),
                [](float v) { return std::isfinite(v); });
    };
    for (const auto* samples : {&sequences, &held}) {
        for (size_t i = 0; i < samples->size(); ++i) {
            if (!check((*samples)[i]))
                return Error{ErrorCode::InvalidArgument,
                    "Sequence " + std::to_string(i)
                        + " of the detector's set is not [channels, rows] numbers with a "
                          "target per row, or its channels differ from the first one's."};
        }
    }
    return {};
}

Result<std::map<std::string, std::vector<double>>> classWeights(
    const EnsembleRecipe& recipe, const ClipDataset& dataset)
{
    std::map<std::string, std::vector<int64_t>> counts;
    for (const auto& [scheme, classes] : recipe.classes)
        counts[scheme].resize(static_cast<size_t>(classes));
    for (int64_t i = 0; i < dataset.size(); ++i) {
        const auto found = counts.find(dataset.scheme(i));
        const auto label = static_cast<size_t>(dataset.label(i));
        if (found == counts.end() || label >= found->second.size())
            return Error{ErrorCode::InvalidArgument,
                "Training clip " + std::to_string(i) + " has the class " + std::to_string(dataset.label(i))
                    + " of \"" + dataset.scheme(i) + "\", which the recipe does not know."};
        ++found->second[label];
    }
    std::map<std::string, std::vector<double>> weights;
    for (const auto& [scheme, numbers] : counts)
        weights[scheme] = squareRootWeights(numbers, recipe.weightSmoothing, recipe.weightCap);
    return weights;
}

/// Runs all trainings side by side, one thread each, and waits.
Status trainAll(std::vector<HeadedNetwork>& networks, ActionDetector& detector, BatchFeed& feed,
    const std::vector<SequenceSample>& sequences, const EnsembleRecipe& recipe,
    const std::map<std::string, std::vector<double>>& weights, TrainingMonitor& monitor)
{
    const auto guarded = [&](const std::function<Status()>& work) {
        try {
            if (Status status = work(); !status)
                monitor.fail(status.error());
        } catch (const std::exception& error) {
            monitor.fail({ErrorCode::Internal, std::string("Training failed: ") + error.what() + "."});
        }
        if (monitor.stopped())
            feed.stop();
    };
    const int threads = at::get_num_threads();
    {
        std::vector<std::jthread> workers;
        for (HeadedNetwork& network : networks)
            workers.emplace_back(
                [&] { guarded([&] { return trainNetwork(network, feed, recipe, weights, monitor); }); });
        workers.emplace_back(
            [&] { guarded([&] { return trainDetector(detector, sequences, recipe, monitor); }); });
    }
    setThreadCount(threads);
    if (const auto error = feed.error())
        return *error;
    if (const auto error = monitor.error())
        return *error;
    return {};
}

HeadSet::Head toHead(const torch::nn::Linear& linear)
{
    HeadSet::Head head;
    head.inputs = static_cast<int>(linear->weight.size(1));
    const auto weight = linear->weight.detach().contiguous();
    const auto bias = linear->bias.detach().contiguous();
    head.weight.assign(weight.data_ptr<float>(), weight.data_ptr<float>() + weight.numel());
    head.bias.assign(bias.data_ptr<float>(), bias.data_ptr<float>() + bias.numel());
    return head;
}

std::map<std::string, HeadSet> headSets(
    const std::vector<HeadedNetwork>& networks, const EnsembleRecipe& recipe)
{
    std::map<std::string, HeadSet> sets;
    for (const HeadedNetwork& network : networks) {
        for (const auto& [scheme, linear] : network.heads) {
            sets[scheme].classes = recipe.classes.at(scheme);
            sets[scheme].heads[network.modality] = toHead(linear);
        }
    }
    return sets;
}

Json numberTable(const std::map<std::string, double>& values)
{
    Json json = Json::object();
    for (const auto& [name, value] : values)
        json[name] = std::round(value * 1e4) / 1e4;
    return json;
}

Json recipeJson(const EnsembleRecipe& recipe)
{
    Json json = Json::parse(recipe.text, nullptr, false);
    return json.is_discarded() ? Json(nullptr) : json;
}

/// Writes the heads and demo.json with the digests of all files.
Status writeManifest(
    const fs::path& folder, const std::map<std::string, HeadSet>& heads, const Json& description)
{
    Json manifest = description;
    manifest["format"] = "telltale-ensemble/1";
    manifest["schemes"] = Json::array();
    for (const auto& [scheme, set] : heads) {
        const Json info = {{"scheme", scheme}, {"origin", "demo weights"}};
        if (Status status = writeHeads(folder / ("heads_" + scheme + ".safetensors"), set, info.dump());
            !status)
            return status;
        manifest["schemes"].push_back(scheme);
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".safetensors")
            continue;
        const auto bytes = readFile(entry.path());
        if (!bytes)
            return bytes.error();
        manifest["files"][entry.path().filename().string()] = contentDigest(*bytes);
    }
    return writeFileAtomically(folder / "demo.json", manifest.dump(2) + "\n");
}

/// Embeds every held clip, several at a time with an ensemble each; rows come back in the order of the clips.
Result<HeldRows> scoreHeld(const fs::path& folder, const ClipDataset& held, uint64_t seed,
    const std::map<std::string, HeadSet>& heads, ProgressSink& progress)
{
    std::vector<CalibrationRow> rows(static_cast<size_t>(held.size()));
    std::vector<std::string> schemes(rows.size());
    std::atomic<int64_t> next = 0;
    TrainingMonitor failures(progress, 0);
    const auto work = [&] {
        auto ensemble = loadEnsemble(folder);
        if (!ensemble)
            return failures.fail(ensemble.error());
        setThreadCount(1);
        for (int64_t i = next++; i < held.size() && !failures.stopped(); i = next++) {
            const ClipSample sample = held.sample(i, Random(seed).fork(static_cast<uint64_t>(i)), false);
            const auto set = heads.find(sample.scheme);
            if (set == heads.end() || sample.label < 0 || sample.label >= set->second.classes)
                return failures.fail({ErrorCode::InvalidArgument,
                    "Held-out clip " + std::to_string(i) + " has a class that the recipe does not know."});
            CalibrationRow& row = rows[static_cast<size_t>(i)];
            row.label = sample.label;
            row.subject = sample.subject;
            for (const auto& [modality, embedding] : (*ensemble)->embed(sample.input))
                row.logits[modality] = set->second.logits(modality, embedding);
            schemes[static_cast<size_t>(i)] = sample.scheme;
            progress.report(i + 1, held.size(), "measuring on held-out subjects");
        }
    };
    {
        std::vector<std::jthread> workers;
        const auto guarded = [&] {
            try {
                work();
            } catch (const std::exception& error) {
                failures.fail({ErrorCode::Internal, std::string("Measuring failed: ") + error.what() + "."});
            }
        };
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
            workers.emplace_back(guarded);
    }
    if (const auto error = failures.error())
        return *error;
    if (progress.cancelled())
        return kCancelled;
    HeldRows result;
    for (size_t i = 0; i < rows.size(); ++i)
        result[schemes[i]].push_back(std::move(rows[i]));
    return result;
}

Json scoresJson(const std::vector<CalibrationRow>& rows, int classes)
{
    Json json = Json::object();
    for (const auto& [name, score] : crossFittedScores(rows, classes)) {
        json[name] = numberTable(
            {{"accuracy", score.accuracy}, {"macro_f1", score.macroF1}, {"ece", score.calibrationError}});
        json[name]["clips"] = score.clips;
    }
    return json;
}

Result<Json> measure(const fs::path& folder, const ClipDataset& held,
    const std::vector<SequenceSample>& heldSequences, const EnsembleRecipe& recipe,
    std::map<std::string, HeadSet>& heads, ProgressSink& progress)
{
    const auto rows = scoreHeld(folder, held, recipe.seed, heads, progress);
    if (!rows)
        return rows.error();
    Json scores = Json::object();
    for (const auto& [scheme, own] : *rows) {
        fitCalibration(own).applyTo(heads.at(scheme));
        scores[scheme] = scoresJson(own, recipe.classes.at(scheme));
    }
    const auto ensemble = loadEnsemble(folder);
    if (!ensemble)
        return ensemble.error();
    std::vector<float> probability;
    std::vector<float> gesture;
    for (const SequenceSample& sample : heldSequences) {
        const auto own = (*ensemble)->actionness(sample.features);
        probability.insert(probability.end(), own.begin(), own.end());
        gesture.insert(gesture.end(), sample.gesture.begin(), sample.gesture.end());
    }
    const DetectorScore detector = detectorScore(probability, gesture);
    scores["detector"] = numberTable({{"average_precision", detector.averagePrecision},
        {"f1_at_half", detector.f1}, {"precision_at_half", detector.precision},
        {"recall_at_half", detector.recall}, {"gesture_share", detector.gestureShare}});
    scores["detector"]["rows"] = detector.rows;
    return scores;
}

Status moveInto(const fs::path& from, const fs::path& to)
{
    if (Status status = ensureWritableFolder(to); !status)
        return status;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(from))
        files.push_back(entry.path());
    // The description last: until then its digests tell a half-moved set from a whole one.
    std::stable_partition(
        files.begin(), files.end(), [](const fs::path& file) { return file.extension() != ".json"; });
    for (const fs::path& file : files) {
        std::error_code error;
        fs::rename(file, to / file.filename(), error);
        if (error)
            return Error{ErrorCode::Io,
                (to / file.filename()).string() + ": cannot be written: " + error.message() + "."};
    }
    return {};
}

Status train(const EnsembleRecipe& recipe, const ClipDataset& clips, const ClipDataset& held,
    const std::vector<SequenceSample>& sequences, const std::vector<SequenceSample>& heldSequences,
    const fs::path& out, ProgressSink& progress)
{
    if (clips.size() < 2)
        return Error{ErrorCode::InvalidArgument, "There are fewer than two clips to train on."};
    if (Status status = checkSequences(sequences, heldSequences); !status)
        return status;
    const auto weights = classWeights(recipe, clips);
    if (!weights)
        return weights.error();
    const ScratchFolder scratch(fs::absolute(out).lexically_normal());
    if (Status status = ensureWritableFolder(scratch.path()); !status)
        return status;

    std::vector<HeadedNetwork> networks;
    for (const std::string modality : kModalities)
        networks.push_back(makeHeadedNetwork(modality, recipe));
    ActionDetector detector(sequences.front().features.shape[0]);
    const int producers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    BatchFeed feed(clips, recipe, static_cast<int>(networks.size()), producers);
    TrainingMonitor monitor(
        progress, feed.steps() * static_cast<int64_t>(networks.size()) + detectorSteps(sequences, recipe));
    if (Status status = trainAll(networks, detector, feed, sequences, recipe, *weights, monitor); !status)
        return status;
    if (progress.cancelled())
        return kCancelled;

    for (const HeadedNetwork& network : networks) {
        const auto file = scratch.path() / (network.modality + ".safetensors");
        if (Status status = writeSafetensors(file, saveWeights(*network.network), MatrixStorage::F16);
            !status)
            return status;
    }
    const auto detectorFile = scratch.path() / "detector.safetensors";
    if (Status status = writeSafetensors(detectorFile, saveWeights(detector), MatrixStorage::F16); !status)
        return status;
    auto heads = headSets(networks, recipe);
    Json description = {{"program", versionText()}, {"seed", recipe.seed}, {"recipe", recipeJson(recipe)},
        {"training_loss", numberTable(monitor.losses())},
        {"clips", {{"training", clips.size()}, {"held_out", held.size()}}},
        {"sequences", {{"training", sequences.size()}, {"held_out", heldSequences.size()}}}};
    if (Status status = writeManifest(scratch.path(), heads, description); !status)
        return status;
    // Measured with the files as written, so that the scores are those of the rounded weights.
    const auto scores = measure(scratch.path(), held, heldSequences, recipe, heads, progress);
    if (!scores)
        return scores.error();
    description["scores"] = *scores;
    description["scores_note"]
        = "Measured on held-out synthetic subjects; temperatures and fusion weights behind each "
          "score were fitted on the other half of those subjects, the shipped ones on all of them.";
    if (Status status = writeManifest(scratch.path(), heads, description); !status)
        return status;
    return moveInto(scratch.path(), out);
}

} // namespace

Status trainEnsemble(const EnsembleRecipe& recipe, const ClipDataset& clips, const ClipDataset& held,
    const std::vector<SequenceSample>& sequences, const std::vector<SequenceSample>& heldSequences,
    const fs::path& out, ProgressSink& progress)
{
    try {
        return train(recipe, clips, held, sequences, heldSequences, out, progress);
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, std::string("Training failed: ") + error.what() + "."};
    }
}

} // namespace telltale
