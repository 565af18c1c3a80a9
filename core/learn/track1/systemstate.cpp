// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/systemstate.h"
#include "base/files.h"
#include "learn/cmpl/roundrecord.h"
#include "learn/track1/sidebyside.h"
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFormat = "telltale-track1/1";
constexpr const char* kManifest = "track1.json";

Json parsedOrNull(const std::string& text)
{
    Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json(nullptr) : json;
}

Json manifestOf(const SystemFacts& facts)
{
    return {{"format", kFormat}, {"program", versionText()}, {"recipe", facts.recipe.text},
        {"scheme", facts.scheme}, {"classes", facts.classes}, {"streams", facts.streamDigests},
        {"calibration", toJson(facts.calibration)}, {"training_counts", facts.trainingCounts},
        {"set", facts.set}, {"seed", facts.seed},
        {"adapted", facts.adapted ? Json(nameOf(*facts.adapted)) : Json(nullptr)}, {"rounds", facts.rounds},
        {"base", facts.base}, {"figures", parsedOrNull(facts.figures)},
        {"accepted", parsedOrNull(facts.roundsText)}};
}

template <typename T> T valueOf(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(*result);
}

SystemFacts factsOf(const Json& json, const std::string& name)
{
    if (json.at("format") != kFormat)
        throw std::runtime_error("it is not marked as " + std::string(kFormat));
    SystemFacts facts;
    facts.recipe = valueOf(parseTrack1Recipe(json.at("recipe"), name));
    facts.scheme = json.at("scheme");
    facts.classes = json.at("classes").get<std::vector<std::string>>();
    facts.streamDigests = json.at("streams");
    facts.calibration = valueOf(systemCalibrationFromJson(json.at("calibration").get<std::string>(), name));
    facts.trainingCounts = json.at("training_counts").get<std::vector<int64_t>>();
    facts.set = json.at("set");
    facts.seed = json.at("seed");
    if (json.at("adapted").is_string())
        facts.adapted = adaptationProtocolFromName(json.at("adapted").get<std::string>());
    facts.rounds = json.at("rounds");
    facts.base = json.at("base");
    facts.figures = json.at("figures").dump();
    facts.roundsText = json.at("accepted").dump();
    return facts;
}

Result<SystemFacts> readManifest(const fs::path& file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    try {
        return factsOf(Json::parse(*text), file.string());
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            file.string() + ": " + error.what()
                + ". Train the system again, or take its folder from a copy."};
    }
}

fs::path streamFile(const fs::path& folder, const std::string& stream)
{
    return folder / (stream + ".safetensors");
}

Status writeInto(SystemState& state, const fs::path& folder)
{
    for (const auto& [stream, model] : state.models) {
        const fs::path file = streamFile(folder, stream);
        if (Status status = model.save(file, {{"recipe", state.facts.recipe.name}}); !status)
            return status;
        const Result<std::string> bytes = readFile(file);
        if (!bytes)
            return bytes.error();
        state.facts.streamDigests[stream] = contentDigest(*bytes);
    }
    if (!state.rounds.empty())
        if (Status status = writeFileAtomically(folder / kRoundsFile, state.rounds + "\n"); !status)
            return status;
    return writeFileAtomically(folder / kManifest, manifestOf(state.facts).dump(1) + "\n");
}

} // namespace

StreamWork workOf(
    const std::shared_ptr<const ClipSet>& set, const StreamPlan& plan, const std::string& device)
{
    StreamWork work;
    work.set = set;
    work.plan = plan;
    work.device = device;
    work.what = plan.name;
    return work;
}

Result<ClipScores> scoreAll(const SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const std::vector<size_t>& clips, const std::string& device, int workers, ProgressSink& progress)
{
    ClipScores scores;
    scores.clips = clips;
    std::vector<SideJob> jobs;
    for (const StreamPlan& plan : state.facts.recipe.streams) {
        ScoredClips& own = scores.streams[plan.name];
        const StreamModel& model = state.models.at(plan.name);
        jobs.push_back({plan.name, [&, plan](ProgressSink& sink) -> Status {
                            StreamWork work = workOf(set, plan, device);
                            work.plan.training.threads
                                = threadsPerJob(workers, state.facts.recipe.streams.size());
                            Result<ScoredClips> scored = scoreOn(model, work, clips, sink);
                            if (!scored)
                                return scored.error();
                            own = std::move(*scored);
                            return {};
                        }});
    }
    if (Status status = runSideBySide(jobs, workers, progress); !status)
        return status.error();
    return scores;
}

Result<SystemCalibration> calibrateOn(const SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const std::vector<size_t>& validation, const std::string& device, int workers, ProgressSink& progress)
{
    const Result<ClipScores> scores = scoreAll(state, set, validation, device, workers, progress);
    if (!scores)
        return scores.error();
    return fitSystemCalibration(calibrationRows(*set, *scores), state.facts.recipe.calibration);
}

std::string digestOf(const SystemFacts& facts)
{
    std::string all = toJson(facts.calibration);
    for (const auto& [stream, digest] : facts.streamDigests)
        all += stream + digest;
    return contentDigest(all).substr(0, 16);
}

Status writeSystem(SystemState& state, const fs::path& folder)
{
    return replaceFolder(folder, [&](const fs::path& made) { return writeInto(state, made); });
}

Result<SystemFacts> readSystemFacts(const fs::path& folder)
{
    if (!fs::is_directory(folder))
        return Error{ErrorCode::NotFound, folder.string() + " is no folder of a trained system."};
    return readManifest(folder / kManifest);
}

Result<SystemState> readSystem(const fs::path& folder, const std::string& device)
{
    SystemState state;
    Result<SystemFacts> facts = readSystemFacts(folder);
    if (!facts)
        return facts.error();
    state.facts = std::move(*facts);
    const Result<torch::Device> place = deviceNamed(device);
    if (!place)
        return place.error();
    for (const StreamPlan& plan : state.facts.recipe.streams) {
        const fs::path file = streamFile(folder, plan.name);
        const Result<std::string> bytes = readFile(file);
        if (!bytes)
            return bytes.error();
        if (contentDigest(*bytes) != state.facts.streamDigests[plan.name])
            return Error{ErrorCode::BadFormat,
                file.string() + " is not the file that " + kManifest
                    + " beside it was written with; take the whole folder from a copy."};
        Result<StreamModel> model = StreamModel::load(file);
        if (!model)
            return model.error();
        if (model->spec().classes != state.facts.classes)
            return Error{
                ErrorCode::BadFormat, file.string() + " knows other classes than " + kManifest + "."};
        model->to(*place);
        state.models.emplace(plan.name, std::move(*model));
    }
    return state;
}

} // namespace telltale
