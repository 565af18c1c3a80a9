// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/adapting.h"
#include "learn/track1/sidebyside.h"
#include <cmath>

namespace telltale {

namespace {

/// The pool as the selection sees it: probabilities and people's decisions, no labels of the set.
CmplPool poolOf(
    const SystemState& state, const ClipSet& set, const AdaptationSplit& split, const ClipScores& scores)
{
    CmplPool pool;
    pool.trainingCounts = state.facts.trainingCounts;
    for (const StreamPlan& plan : state.facts.recipe.streams) {
        pool.streams.push_back(plan.name);
        const auto found = state.facts.calibration.streams.find(plan.name);
        pool.weights.push_back(found == state.facts.calibration.streams.end() ? 1.0 : found->second.weight);
    }
    const auto decisions = poolDecisions(set.clips(), split);
    for (size_t place = 0; place < split.pool.size(); ++place) {
        CmplClip clip;
        clip.id = set.clips()[split.pool[place]].id;
        const auto logits = scores.logitsAt(place);
        const StreamProbabilities rows = state.facts.calibration.probabilities(logits);
        for (const std::string& stream : pool.streams) {
            const auto row = rows.find(stream);
            const auto raw = logits.find(stream);
            clip.probabilities.push_back(row == rows.end() ? std::vector<double>() : row->second);
            clip.logits.push_back(raw == logits.end() ? std::vector<float>() : raw->second);
        }
        clip.decision = decisions[place];
        pool.clips.push_back(std::move(clip));
    }
    return pool;
}

/// How a stream learns on from what it knows.
TrainRecipe fineTuning(const TrainRecipe& training, const AdaptationPlan& plan, uint64_t seed, int threads)
{
    TrainRecipe recipe = training;
    recipe.epochs = std::max(1, static_cast<int>(std::lround(training.epochs * plan.epochShare)));
    recipe.learningRate *= plan.rateFactor;
    recipe.warmUpEpochs = 0;
    recipe.patience = 0;
    recipe.selectBy = "last"; // validation subjects are not whom it adapts to
    recipe.seed = seed;
    recipe.threads = threads;
    return recipe;
}

Status fineTune(StreamModel& model, const StreamWork& work, const ClipSides& sides,
    const AdaptationSplit& split, const StudentSelection& student, ProgressSink& progress)
{
    std::vector<StreamClip> clips = streamClips(work, sides.train);
    for (const PseudoClip& pseudo : student.accepted)
        if (pseudo.label >= 0)
            clips.push_back({split.pool[pseudo.clip], pseudo.label, pseudo.weight});
    const Result<TrainOutcome> outcome
        = trainOn(model, work, std::move(clips), streamClips(work, sides.validation), {}, false, progress);
    return outcome ? Status() : Status(outcome.error());
}

Status fineTuneAll(SystemState& state, const std::shared_ptr<const ClipSet>& set, const ClipSides& sides,
    const AdaptationSplit& split, const CmplRound& round, const AdaptationOptions& options,
    ProgressSink& progress)
{
    const Track1Recipe& recipe = state.facts.recipe;
    std::vector<SideJob> jobs;
    for (const StudentSelection& student : round.students) {
        const auto plan = std::find_if(recipe.streams.begin(), recipe.streams.end(),
            [&](const StreamPlan& candidate) { return candidate.name == student.stream; });
        jobs.push_back(
            {student.stream, [&, plan](ProgressSink& sink) -> Status {
                 StreamWork work = workOf(set, *plan, options.device);
                 const uint64_t seed
                     = plan->training.seed + state.facts.seed * 1000 + static_cast<uint64_t>(round.round);
                 work.plan.training = fineTuning(plan->training, recipe.adaptation, seed,
                     threadsPerJob(options.workers, round.students.size()));
                 Result<NdArray> targets = semanticTargets(set->info(), recipe.labels, plan->training);
                 if (!targets)
                     return targets.error();
                 work.labelVectors = std::move(*targets);
                 return fineTune(state.models.at(student.stream), work, sides, split, student, sink);
             }});
    }
    return runSideBySide(jobs, options.workers, progress);
}

} // namespace

Result<AdaptingOutcome> adaptState(SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const ClipSides& sides, const AdaptationSplit& split, const AdaptationOptions& options,
    ProgressSink& progress)
{
    AdaptingOutcome outcome;
    const int rounds = options.rounds > 0 ? options.rounds : state.facts.recipe.cmpl.rounds;
    for (int number = 1; number <= rounds; ++number) {
        const auto scores = scoreAll(state, set, split.pool, options.device, options.workers, progress);
        if (!scores)
            return scores.error();
        CmplPool pool = poolOf(state, *set, split, *scores);
        const CmplRound* const previous = number > 1 ? &outcome.last : nullptr;
        Result<CmplRound> round = selectPseudoClips(pool, state.facts.recipe.cmpl, number, previous);
        if (!round)
            return round.error();
        if (options.labelledOnly)
            for (StudentSelection& student : round->students)
                student.accepted.clear();
        outcome.rounds.push_back(summarise(pool, *round, previous));
        outcome.records.push_back(recordOf(pool, *round, outcome.rounds.back(), set->clips(), split.pool));
        if (Status status = fineTuneAll(state, set, sides, split, *round, options, progress); !status)
            return status.error();
        const auto calibration
            = calibrateOn(state, set, sides.validation, options.device, options.workers, progress);
        if (!calibration)
            return calibration.error();
        state.facts.calibration = *calibration;
        outcome.pool = std::move(pool);
        outcome.last = std::move(*round);
    }
    state.facts.adapted = options.protocol;
    state.facts.rounds = rounds;
    return outcome;
}

} // namespace telltale
