// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/adaptation.h"
#include "learn/track1/adapting.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

using Json = nlohmann::json;

std::string roundsText(const std::vector<RoundSummary>& rounds)
{
    Json list = Json::array();
    for (const RoundSummary& round : rounds)
        list.push_back(Json::parse(toJson(round)));
    return list.dump();
}

std::vector<AcceptedClip> acceptedOf(const AdaptingOutcome& outcome, const SystemState& state,
    const AdaptationSplit& split, const std::map<std::string, std::string>& models)
{
    std::vector<AcceptedClip> accepted;
    for (const auto& [student, place] : surestAcceptances(outcome.last)) {
        const StudentSelection& selection = outcome.last.students[student];
        const PseudoClip& clip = selection.accepted[place];
        accepted.push_back({split.pool[clip.clip],
            birthOf(outcome.pool, state.facts.recipe.cmpl, outcome.last, selection, clip, models)});
    }
    return accepted;
}

RecordedRun recordedRun(const SystemFacts& facts, std::vector<RecordedRound> rounds)
{
    RecordedRun run;
    run.protocol = facts.adapted ? nameOf(*facts.adapted) : "";
    run.base = facts.base;
    run.scheme = facts.scheme;
    run.classes = facts.classes;
    run.trainingCounts = facts.trainingCounts;
    run.rounds = std::move(rounds);
    return run;
}

/// The clips of people whom nobody evaluates, where there are no others.
Result<AdaptationSplit> splitFor(
    const ClipSet& set, const Track1Recipe& recipe, const AdaptationOptions& options)
{
    const auto has = [&](ClipRole role) {
        return std::any_of(set.clips().begin(), set.clips().end(),
            [role](const ClipInfo& clip) { return clip.role == role; });
    };
    if (has(ClipRole::Test) || !has(ClipRole::Unlabelled))
        return adaptationSplit(set.clips(), options.protocol, recipe.adaptation.poolShare, options.seed);
    AdaptationSplit split;
    for (size_t i = 0; i < set.clips().size(); ++i)
        if (set.clips()[i].role == ClipRole::Unlabelled)
            split.pool.push_back(i);
    return split;
}

/// Read when the selection is over.
std::map<std::string, PrecisionEstimate> precisionOf(
    const AdaptingOutcome& outcome, const ClipSet& set, const AdaptationSplit& split)
{
    std::map<size_t, int> known;
    for (size_t place = 0; place < split.pool.size(); ++place)
        if (const int label = set.clips()[split.pool[place]].label; label >= 0)
            known[place] = label;
    std::map<std::string, PrecisionEstimate> precision;
    for (const StudentSelection& student : outcome.last.students)
        precision[student.stream] = estimatePrecision(student, known);
    return precision;
}

} // namespace

Result<AdaptationResult> adaptSystem(std::shared_ptr<const ClipSet> set, const std::filesystem::path& folder,
    const std::filesystem::path& out, const AdaptationOptions& options, ProgressSink& progress)
{
    Result<SystemState> state = readSystem(folder, options.device);
    if (!state)
        return state.error();
    if (state->facts.adapted)
        return Error{ErrorCode::Conflict,
            folder.string() + " is adapted already (" + std::string(nameOf(*state->facts.adapted))
                + "); adapt the system that it was made from, so that the unadapted figures stand beside."};
    const Result<ClipSides> sides = clipSides(*set, state->facts.recipe.heldShare, state->facts.seed);
    if (!sides)
        return sides.error();
    AdaptationResult result;
    Result<AdaptationSplit> split = splitFor(*set, state->facts.recipe, options);
    if (!split)
        return split.error();
    result.split = std::move(*split);
    const auto figures = [&]() -> Result<std::map<std::string, ClipFigures>> {
        const auto scores
            = scoreAll(*state, set, result.split.evaluation, options.device, options.workers, progress);
        if (!scores)
            return scores.error();
        return figuresOf(*set, *scores, state->facts.calibration, state->facts.trainingCounts);
    };
    auto before = figures();
    if (!before)
        return before.error();
    const std::map<std::string, std::string> models = state->facts.streamDigests;
    const std::string base = digestOf(state->facts);
    Result<AdaptingOutcome> outcome = adaptState(*state, set, *sides, result.split, options, progress);
    if (!outcome)
        return outcome.error();
    auto after = figures();
    if (!after)
        return after.error();
    state->facts.base = base;
    state->facts.roundsText = roundsText(outcome->rounds);
    state->rounds = toJson(recordedRun(state->facts, std::move(outcome->records)));
    state->facts.figures
        = Json({{"protocol", nameOf(options.protocol)}, {"unadapted", Json::parse(figuresText(*before))},
                   {"adapted", Json::parse(figuresText(*after))}})
              .dump();
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    if (Status status = writeSystem(*state, out); !status)
        return status.error();
    result.before = std::move(*before);
    result.after = std::move(*after);
    result.rounds = std::move(outcome->rounds);
    result.accepted = acceptedOf(*outcome, *state, result.split, models);
    result.precision = precisionOf(*outcome, *set, result.split);
    result.facts = std::move(state->facts);
    return result;
}

} // namespace telltale
