// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track1/crossvalidation.h"
#include "base/random.h"
#include "learn/clips/clipview.h"
#include "learn/track1/systemstate.h"
#include <algorithm>

namespace telltale {

namespace {

/// Subjects with labelled clips, dealt to the folds in an order that the seed decides.
std::vector<std::vector<std::string>> foldsOf(const ClipSet& set, int folds, uint64_t seed)
{
    std::vector<std::string> subjects;
    for (const ClipInfo& clip : set.clips())
        if (clip.label >= 0 && std::find(subjects.begin(), subjects.end(), clip.subject) == subjects.end())
            subjects.push_back(clip.subject);
    std::sort(subjects.begin(), subjects.end());
    std::vector<std::vector<std::string>> dealt(folds > 0 ? static_cast<size_t>(folds) : subjects.size());
    if (folds > 0) {
        Random random(seed);
        for (size_t i = subjects.size(); i > 1; --i)
            std::swap(subjects[i - 1], subjects[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    }
    for (size_t i = 0; i < subjects.size(); ++i)
        dealt[i % dealt.size()].push_back(subjects[i]);
    return dealt;
}

std::map<std::string, ClipRole> rolesOf(const std::vector<std::vector<std::string>>& folds, size_t tested)
{
    std::map<std::string, ClipRole> roles;
    for (size_t i = 0; i < folds.size(); ++i)
        for (const std::string& subject : folds[i])
            roles[subject] = i == tested                               ? ClipRole::Test
                : folds.size() > 2 && i == (tested + 1) % folds.size() ? ClipRole::Validation
                                                                       : ClipRole::Train;
    return roles;
}

/// The progress of one fold as part of that of all.
class FoldSink : public ProgressSink {
public:
    FoldSink(ProgressSink& whole, int64_t fold, int64_t folds) : m_whole(whole), m_fold(fold), m_folds(folds)
    {
    }
    bool cancelled() const override { return m_whole.cancelled(); }
    void report(int64_t done, int64_t total, std::string_view what) override
    {
        const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
        m_whole.report(static_cast<int64_t>((static_cast<double>(m_fold) + share) * 1000), m_folds * 1000,
            "fold " + std::to_string(m_fold + 1) + ", " + std::string(what));
    }

private:
    ProgressSink& m_whole;
    int64_t m_fold;
    int64_t m_folds;
};

Result<std::vector<AnsweredClip>> runFold(const std::shared_ptr<const ClipSet>& set,
    const Track1Recipe& recipe, const SystemOptions& options, ProgressSink& progress)
{
    const Result<ClipSides> sides = clipSides(*set, recipe.heldShare, options.seed);
    if (!sides)
        return sides.error();
    SystemState state;
    state.facts.recipe = recipe;
    if (Status status = trainStreams(state, set, *sides, {}, options, progress, {}); !status)
        return status.error();
    const auto calibration
        = calibrateOn(state, set, sides->validation, options.device, options.workers, progress);
    if (!calibration)
        return calibration.error();
    const auto scores = scoreAll(state, set, sides->test, options.device, options.workers, progress);
    if (!scores)
        return scores.error();
    return answersOf(*set, *scores, *calibration);
}

} // namespace

Result<CrossValidation> crossValidate(std::shared_ptr<const ClipSet> set, const Track1Recipe& recipe,
    const CrossValidationOptions& options, ProgressSink& progress)
{
    const auto folds = foldsOf(*set, options.folds, options.system.seed);
    if (folds.size() < 2
        || std::any_of(folds.begin(), folds.end(), [](const auto& fold) { return fold.empty(); }))
        return Error{ErrorCode::InvalidArgument,
            "Cross-validation needs at least two groups of subjects with labelled clips: one to learn from "
            "and "
            "one that is measured on (with a third, that one calibrates)."};
    std::vector<size_t> labelled;
    for (size_t i = 0; i < set->clips().size(); ++i)
        if (set->clips()[i].label >= 0)
            labelled.push_back(i);
    const std::vector<int64_t> counts = classCounts(*set, labelled);
    CrossValidation result;
    if (folds.size() == 2)
        result.notes.emplace_back(
            "There are two groups of subjects only, so no third one calibrates: clips of "
            "those who are learned from are held out instead.");
    result.folds = static_cast<int64_t>(folds.size());
    std::vector<AnsweredClip> all;
    for (size_t i = 0; i < folds.size(); ++i) {
        FoldSink sink(progress, static_cast<int64_t>(i), result.folds);
        const auto answers = runFold(withRoles(set, rolesOf(folds, i)), recipe, options.system, sink);
        if (!answers)
            return answers.error();
        std::string name;
        for (const std::string& subject : folds[i])
            name += (name.empty() ? "" : ", ") + subject;
        result.folded[name] = figuresOf(*answers, counts);
        all.insert(all.end(), answers->begin(), answers->end());
    }
    result.pooled = figuresOf(all, counts);
    return result;
}

} // namespace telltale
