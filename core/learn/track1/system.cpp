// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/system.h"
#include "base/files.h"
#include "learn/track1/clipsides.h"
#include "learn/track1/sidebyside.h"
#include "learn/track1/systemstate.h"
#include <mutex>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Why a system cannot be asked about a set; empty if it can.
std::string misfit(const SystemFacts& facts, const SystemState& state, const ClipSetInfo& set)
{
    if (facts.classes != set.classes)
        return "The system names the classes of " + facts.scheme + " (" + std::to_string(facts.classes.size())
            + "), the clips have those of " + set.scheme + " (" + std::to_string(set.classes.size()) + ").";
    for (const StreamPlan& plan : facts.recipe.streams) {
        const NetworkInput& learned = state.models.at(plan.name).spec().input;
        const NetworkInput wanted = networkInputOf(plan.input, set);
        if (plan.input.kind != "rgb"
            && (learned.graph.points != wanted.graph.points || learned.channels != wanted.channels))
            return "The stream " + plan.name + " learned from " + std::to_string(learned.graph.points)
                + " points, the clips have " + std::to_string(wanted.graph.points) + " (layout "
                + set.skeleton.layout + ").";
    }
    return {};
}

class LoadedSystem : public Track1System {
public:
    LoadedSystem(SystemState state, std::string device)
        : m_state(std::move(state))
        , m_device(std::move(device))
        , m_digest(digestOf(m_state.facts))
    {
    }
    const SystemFacts& facts() const override { return m_state.facts; }
    std::string digest() const override { return m_digest; }
    Result<ClipScores> scores(std::shared_ptr<const ClipSet> set, const std::vector<size_t>& clips,
        ProgressSink& progress) const override
    {
        if (const std::string why = misfit(m_state.facts, m_state, set->info()); !why.empty())
            return Error{ErrorCode::InvalidArgument, why + " Use a system that was trained for them."};
        return scoreAll(m_state, set, clips, m_device, 0, progress);
    }

private:
    SystemState m_state;
    std::string m_device;
    std::string m_digest;
};

} // namespace

Status trainStreams(SystemState& state, const std::shared_ptr<const ClipSet>& set, const ClipSides& sides,
    const fs::path& scratch, const SystemOptions& options, ProgressSink& progress, const StreamEpoch& onEpoch)
{
    std::mutex guard;
    std::vector<SideJob> jobs;
    const auto& streams = state.facts.recipe.streams;
    for (const StreamPlan& plan : streams) {
        jobs.push_back({plan.name, [&](ProgressSink& sink) -> Status {
                            StreamWork work = workOf(set, plan, options.device);
                            work.plan.training.seed += options.seed - 1;
                            work.plan.training.threads = threadsPerJob(options.workers, streams.size());
                            const auto tell = [&](const EpochReport& epoch) {
                                if (onEpoch)
                                    onEpoch(plan.name, epoch);
                            };
                            Result<StreamModel> model = trainedModel(work, state.facts.recipe.labels, sides,
                                scratch.empty() ? fs::path() : scratch / plan.name, options.resume, sink,
                                tell);
                            if (!model)
                                return model.error();
                            const std::lock_guard lock(guard);
                            state.models.emplace(plan.name, std::move(*model));
                            return {};
                        }});
    }
    return runSideBySide(jobs, options.workers, progress);
}

namespace {

/// Calibrates on the validation clips and measures on both sides.
Status calibrateAndMeasure(SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const ClipSides& sides, const SystemOptions& options, ProgressSink& progress)
{
    Json figures = Json::object();
    const auto held = scoreAll(state, set, sides.validation, options.device, options.workers, progress);
    if (!held)
        return held.error();
    state.facts.calibration
        = fitSystemCalibration(calibrationRows(*set, *held), state.facts.recipe.calibration);
    const auto measured = [&](const ClipScores& scores) {
        return Json::parse(
            figuresText(figuresOf(*set, scores, state.facts.calibration, state.facts.trainingCounts)));
    };
    figures["validation"] = measured(*held);
    if (!sides.test.empty()) {
        const auto test = scoreAll(state, set, sides.test, options.device, options.workers, progress);
        if (!test)
            return test.error();
        figures["test"] = measured(*test);
    }
    state.facts.figures = figures.dump();
    return {};
}

} // namespace

Result<std::unique_ptr<Track1System>> Track1System::load(const fs::path& folder, const std::string& device)
{
    Result<SystemState> state = readSystem(folder, device);
    if (!state)
        return state.error();
    return std::unique_ptr<Track1System>(new LoadedSystem(std::move(*state), device));
}

Result<SystemFacts> trainSystem(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const fs::path& folder, const SystemOptions& options, ProgressSink& progress, const StreamEpoch& onEpoch)
{
    const Result<ClipSides> sides = clipSides(*set, recipe.heldShare, options.seed);
    if (!sides)
        return sides.error();
    SystemState state;
    state.facts.recipe = recipe;
    state.facts.scheme = set->info().scheme;
    state.facts.classes = set->info().classes;
    state.facts.trainingCounts = classCounts(*set, sides->train);
    state.facts.set = set->digest();
    state.facts.seed = options.seed;
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path scratch = whole.parent_path() / (whole.filename().string() + ".training");
    std::error_code error;
    if (!options.resume)
        fs::remove_all(scratch, error);
    if (Status status = trainStreams(state, set, *sides, scratch, options, progress, onEpoch); !status)
        return status.error();
    if (Status status = calibrateAndMeasure(state, set, *sides, options, progress); !status)
        return status.error();
    if (Status status = writeSystem(state, whole); !status)
        return status.error();
    fs::remove_all(scratch, error);
    return state.facts;
}

} // namespace telltale
