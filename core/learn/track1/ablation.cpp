// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/ablation.h"
#include "base/files.h"
#include "learn/track1/adapting.h"
#include "learn/track1/sidebyside.h"
#include <algorithm>
#include <array>
#include <mutex>

namespace telltale {

namespace {

namespace fs = std::filesystem;

/// How a step trains the streams.
struct Step {
    const char* name;
    const char* key; ///< of its folder
    bool weights;
    bool semantic;
};

constexpr std::array kSteps{
    Step{"plain", "plain", false, false},
    Step{"+ weights", "weights", true, false},
    Step{"+ OSE", "ose", true, true},
};

/// How a trained system learns on.
struct Further {
    const char* name;
    AdaptationProtocol protocol;
    bool labelledOnly;
};

constexpr std::array kFurther{
    Further{"+ CMPL", AdaptationProtocol::Transductive, false},
    Further{"+ CMPL", AdaptationProtocol::Inductive, false},
    Further{"+ control", AdaptationProtocol::Transductive, true},
};

TrainRecipe trainingOf(const TrainRecipe& whole, const Step& step, uint64_t seed, int threads)
{
    TrainRecipe recipe = whole;
    if (!step.weights)
        recipe.classWeights = "none";
    if (!step.semantic)
        recipe.semantic = "none";
    recipe.seed = whole.seed + seed - 1;
    recipe.threads = threads;
    return recipe;
}

/// One run of the table: a seed and a step.
struct Run {
    uint64_t seed = 1;
    const Step* step = nullptr;
    SystemState state;
};

class Ablation {
public:
    Ablation(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe, const AblationOptions& options,
        const ClipSides& sides, ProgressSink& progress)
        : m_set(std::move(set))
        , m_recipe(recipe)
        , m_options(options)
        , m_sides(sides)
        , m_progress(progress)
    {
    }

    Result<AblationTable> run()
    {
        makeRuns();
        if (Status status = trainAll(); !status)
            return status.error();
        for (Run& run : m_runs)
            if (Status status = measure(run); !status)
                return status.error();
        if (Status status = adaptAll(); !status)
            return status.error();
        // Whichever job ended first: equal runs give equal tables.
        std::stable_sort(m_table.rows.begin(), m_table.rows.end(),
            [](const AblationRow& a, const AblationRow& b) { return a.seed < b.seed; });
        std::sort(m_table.notes.begin(), m_table.notes.end());
        return std::move(m_table);
    }

private:
    void makeRuns()
    {
        for (int i = 0; i < m_options.seeds; ++i)
            for (const Step& step : kSteps) {
                Run run;
                run.seed = m_options.firstSeed + static_cast<uint64_t>(i);
                run.step = &step;
                run.state.facts.recipe = m_recipe;
                run.state.facts.seed = run.seed;
                run.state.facts.trainingCounts = classCounts(*m_set, m_sides.train);
                m_runs.push_back(std::move(run));
            }
    }

    Status trainAll()
    {
        std::vector<SideJob> jobs;
        const size_t count = m_runs.size() * m_recipe.streams.size();
        for (Run& run : m_runs)
            for (const StreamPlan& plan : m_recipe.streams)
                jobs.push_back({"seed " + std::to_string(run.seed) + ", " + run.step->name + ", " + plan.name,
                    [this, &run, &plan, count](
                        ProgressSink& sink) { return train(run, plan, count, sink); }});
        return runSideBySide(jobs, m_options.workers, m_progress);
    }

    Status train(Run& run, const StreamPlan& plan, size_t jobs, ProgressSink& progress)
    {
        StreamWork work = workOf(m_set, plan, m_options.device);
        work.plan.training
            = trainingOf(plan.training, *run.step, run.seed, threadsPerJob(m_options.workers, jobs));
        const fs::path file = keptFile(run, work.plan);
        if (!file.empty() && fs::exists(file)) {
            if (Result<StreamModel> kept = StreamModel::load(file); kept)
                return keep(run, plan.name, std::move(*kept));
        }
        Result<StreamModel> model = trainedModel(work, m_recipe.labels, m_sides, {}, false, progress);
        if (!model)
            return model.error();
        if (!file.empty()) {
            if (Status status = ensureWritableFolder(file.parent_path()); !status)
                return status;
            if (Status status = model->save(file); !status)
                return status;
        }
        return keep(run, plan.name, std::move(*model));
    }

    Status keep(Run& run, const std::string& stream, StreamModel model)
    {
        const std::lock_guard lock(m_guard);
        run.state.models.emplace(stream, std::move(model));
        return {};
    }

    /// Named by all that decides its content.
    fs::path keptFile(const Run& run, const StreamPlan& plan) const
    {
        if (m_options.folder.empty())
            return {};
        TrainRecipe training = plan.training;
        training.threads = 0;
        std::string what = m_set->digest() + streamInputText(plan.input) + trainRecipeText(training)
            + plan.network.kind + std::to_string(m_recipe.heldShare);
        for (const auto& [name, numbers] : plan.network.numbers) {
            what += name;
            for (const double number : numbers)
                what.append(" ").append(std::to_string(number));
        }
        return m_options.folder
            / std::string("seed").append(std::to_string(run.seed)).append("-").append(run.step->key)
            / (plan.name + "-" + contentDigest(what).substr(0, 12) + ".safetensors");
    }

    void addRows(const std::string& step, const std::string& protocol, const std::string& clips,
        uint64_t seed, const std::map<std::string, ClipFigures>& figures)
    {
        for (const auto& [stream, own] : figures)
            m_table.rows.push_back({step, protocol, clips, stream, seed, own});
    }

    /// Rows of the networks as they are; of the last step also after calibration.
    Status measure(Run& run)
    {
        const auto test = scores(run.state, m_sides.test);
        if (!test)
            return test.error();
        const auto& counts = run.state.facts.trainingCounts;
        addRows(run.step->name, "", "test", run.seed, figuresOf(*m_set, *test, uncalibrated(*test), counts));
        const auto held = scores(run.state, m_sides.validation);
        if (!held)
            return held.error();
        const auto rows = calibrationRows(*m_set, *held);
        run.state.facts.calibration = fitSystemCalibration(rows, m_recipe.calibration);
        addRows(std::string(run.step->name) + " + fusion", "", "test", run.seed,
            figuresOf(*m_set, *test, run.state.facts.calibration, counts));
        return {};
    }

    Result<ClipScores> scores(const SystemState& state, const std::vector<size_t>& clips)
    {
        return scoreAll(state, m_set, clips, m_options.device, m_options.workers, m_progress);
    }

    Status adaptAll()
    {
        std::vector<SideJob> jobs;
        for (Run& run : m_runs) {
            if (!run.step->semantic)
                continue;
            for (const Further& further : kFurther)
                jobs.push_back({"seed " + std::to_string(run.seed) + ", " + further.name + " "
                        + std::string(nameOf(further.protocol)),
                    [this, &run, &further](ProgressSink& sink) { return adapt(run, further, sink); }});
        }
        return runSideBySide(jobs, m_options.workers, m_progress);
    }

    Result<SystemState> copyOfState(const SystemState& state)
    {
        const std::lock_guard lock(m_guard);
        SystemState copy;
        copy.facts = state.facts;
        for (const auto& [stream, model] : state.models) {
            Result<StreamModel> own = copyOf(model);
            if (!own)
                return own.error();
            copy.models.emplace(stream, std::move(*own));
        }
        return copy;
    }

    Status adapt(const Run& run, const Further& further, ProgressSink& progress)
    {
        const AdaptationProtocol protocol = further.protocol;
        Result<SystemState> state = copyOfState(run.state);
        if (!state)
            return state.error();
        const auto split = adaptationSplit(m_set->clips(), protocol, m_recipe.adaptation.poolShare, run.seed);
        if (!split)
            return split.error();
        AdaptationOptions options;
        options.protocol = protocol;
        options.device = m_options.device;
        options.workers = 1;
        options.labelledOnly = further.labelledOnly;
        const auto figures
            = [&](const SystemCalibration* calibration) -> Result<std::map<std::string, ClipFigures>> {
            const auto scored
                = scoreAll(*state, m_set, split->evaluation, m_options.device, options.workers, progress);
            if (!scored)
                return scored.error();
            return figuresOf(*m_set, *scored, calibration ? *calibration : uncalibrated(*scored),
                state->facts.trainingCounts);
        };
        const bool half = protocol == AdaptationProtocol::Inductive;
        const std::string clips = half ? "inductive half" : "test";
        if (half) {
            const auto plain = figures(nullptr);
            const auto fused = figures(&state->facts.calibration);
            if (!plain || !fused)
                return plain ? fused.error() : plain.error();
            const std::lock_guard lock(m_guard);
            addRows("+ OSE", "", clips, run.seed, *plain);
            addRows("+ OSE + fusion", "", clips, run.seed, *fused);
        }
        const auto outcome = adaptState(*state, m_set, m_sides, *split, options, progress);
        if (!outcome)
            return outcome.error();
        const auto plain = figures(nullptr);
        const auto fused = figures(&state->facts.calibration);
        if (!plain || !fused)
            return plain ? fused.error() : plain.error();
        const std::lock_guard lock(m_guard);
        const std::string name(further.labelledOnly ? "" : nameOf(protocol));
        addRows(further.name, name, clips, run.seed, *plain);
        addRows(std::string(further.name) + " + fusion", name, clips, run.seed, *fused);
        if (!further.labelledOnly)
            noteRounds(run.seed, name, *outcome, *split);
        return {};
    }

    void noteRounds(uint64_t seed, const std::string& protocol, const AdaptingOutcome& outcome,
        const AdaptationSplit& split)
    {
        std::map<size_t, int> known;
        for (size_t place = 0; place < split.pool.size(); ++place)
            if (const int label = m_set->clips()[split.pool[place]].label; label >= 0)
                known[place] = label;
        std::string sentence = "seed " + std::to_string(seed) + ", " + protocol + ": last round accepted";
        for (const StudentSelection& student : outcome.last.students) {
            const PrecisionEstimate precision = estimatePrecision(student, known);
            sentence += " " + student.stream + " " + std::to_string(student.accepted.size()) + " of "
                + std::to_string(student.offered) + " (" + std::to_string(precision.correct) + " of "
                + std::to_string(precision.clips) + " right);";
        }
        m_table.notes.push_back(std::move(sentence));
    }

    std::shared_ptr<const ClipSet> m_set;
    const Track1Recipe& m_recipe;
    const AblationOptions& m_options;
    const ClipSides& m_sides;
    ProgressSink& m_progress;
    std::mutex m_guard;
    std::vector<Run> m_runs;
    AblationTable m_table;
};

} // namespace

Result<AblationTable> ablateSystem(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const AblationOptions& options, ProgressSink& progress)
{
    if (options.seeds < 1 || options.seeds > 1000)
        return Error{ErrorCode::InvalidArgument, "An ablation takes 1 to 1000 seeds."};
    const Result<ClipSides> sides = clipSides(*set, recipe.heldShare, 1);
    if (!sides)
        return sides.error();
    if (sides->test.empty())
        return Error{ErrorCode::InvalidArgument,
            "No labelled clip belongs to a test subject, so there is nothing to measure on; give some "
            "subjects the role test."};
    Result<AblationTable> table = Ablation(set, recipe, options, *sides, progress).run();
    if (table)
        table->notes.insert(table->notes.begin(), sides->notes.begin(), sides->notes.end());
    return table;
}

} // namespace telltale
