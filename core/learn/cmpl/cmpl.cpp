// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/cmpl.h"
#include "learn/cmpl/topclass.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

Error refused(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

bool usable(const std::vector<double>& row)
{
    return !row.empty() && std::all_of(row.begin(), row.end(), [](double p) { return std::isfinite(p); });
}

bool hasStream(const CmplClip& clip, size_t stream)
{
    return stream < clip.probabilities.size() && usable(clip.probabilities[stream]);
}

Status checkClip(const CmplPool& pool, const CmplClip& clip)
{
    const size_t classes = pool.trainingCounts.size();
    if (clip.probabilities.size() != pool.streams.size())
        return refused("The clip " + clip.id + " has scores of " + std::to_string(clip.probabilities.size())
            + " streams, but the pool has " + std::to_string(pool.streams.size()) + ".");
    for (size_t m = 0; m < pool.streams.size(); ++m) {
        const size_t found = clip.probabilities[m].size();
        if (found != 0 && found != classes)
            return refused("The clip " + clip.id + " has " + std::to_string(found)
                + " probabilities of the stream " + pool.streams[m] + ", but there are "
                + std::to_string(classes) + " classes.");
    }
    if (clip.decision && clip.decision->label >= static_cast<int>(classes))
        return refused("The clip " + clip.id + " was decided to be of class "
            + std::to_string(clip.decision->label) + ", but there are " + std::to_string(classes)
            + " classes.");
    return {};
}

Status checkPool(const CmplPool& pool, const CmplOptions& options)
{
    const size_t streams = pool.streams.size();
    if (streams < 2)
        return refused("Pseudo-labels need at least two streams, because no stream may teach itself.");
    if (pool.weights.size() != streams)
        return refused("There are " + std::to_string(pool.weights.size()) + " weights of the vote for "
            + std::to_string(streams) + " streams.");
    if (pool.trainingCounts.empty())
        return refused("Pseudo-labels need the number of training clips of each class.");
    if (options.agreeing < 1 || options.agreeing > static_cast<int>(streams) - 1)
        return refused(std::to_string(options.agreeing) + " teachers cannot agree: with "
            + std::to_string(streams) + " streams each has " + std::to_string(streams - 1)
            + ". Set \"agreeing\" to 1 or more, at most to that.");
    if (options.threshold.empty())
        return refused("Pseudo-labels need a threshold for at least one round.");
    std::set<std::string> ids;
    for (const CmplClip& clip : pool.clips) {
        if (const auto status = checkClip(pool, clip); !status)
            return status.error();
        if (!ids.insert(clip.id).second)
            return refused("The clip " + clip.id + " is in the pool twice.");
    }
    return {};
}

/// What the teachers of one student say of one clip, before any threshold.
struct Opinion {
    PseudoClip clip;
    bool firm = false; ///< margin and votes suffice
};

Opinion opinionOf(const CmplPool& pool, const CmplOptions& options, size_t index, size_t student)
{
    const CmplClip& clip = pool.clips[index];
    Opinion opinion;
    opinion.clip.clip = index;
    const auto teacher = teacherOf(pool, index, student);
    if (teacher.empty())
        return opinion;
    const int label = topOf(teacher);
    double second = 0;
    for (size_t c = 0; c < teacher.size(); ++c)
        if (static_cast<int>(c) != label)
            second = std::max(second, teacher[c]);
    opinion.clip.label = label;
    opinion.clip.probability = teacher[static_cast<size_t>(label)];
    opinion.clip.margin = opinion.clip.probability - second;
    for (size_t m = 0; m < pool.streams.size(); ++m) {
        if (m == student || !hasStream(clip, m))
            continue;
        ++opinion.clip.teachers;
        opinion.clip.votes += topOf(clip.probabilities[m]) == label ? 1 : 0;
    }
    opinion.firm = opinion.clip.margin >= options.margin && opinion.clip.votes >= options.agreeing;
    return opinion;
}

double tauOf(const CmplOptions& options, int round)
{
    const auto at = std::min(options.threshold.size(), static_cast<size_t>(std::max(1, round))) - 1;
    return options.threshold[at];
}

/// tau_c by class from how many clips of each class passed before; empty `passed`: u = 1 for all.
std::vector<double> thresholdsOf(
    const CmplOptions& options, int round, const std::vector<int64_t>& passed, size_t classes)
{
    const int64_t most = passed.empty() ? 0 : *std::max_element(passed.begin(), passed.end());
    std::vector<double> thresholds;
    thresholds.reserve(classes);
    for (size_t c = 0; c < classes; ++c) {
        const double learnt
            = most > 0 && c < passed.size() ? static_cast<double>(passed[c]) / static_cast<double>(most) : 1;
        thresholds.push_back(
            tauOf(options, round) * (options.thresholdFloor + options.thresholdSlope * learnt));
    }
    return thresholds;
}

bool passes(const Opinion& opinion, const std::vector<double>& thresholds)
{
    return opinion.firm && opinion.clip.probability >= thresholds[static_cast<size_t>(opinion.clip.label)];
}

std::vector<int64_t> countPassed(const std::vector<Opinion>& opinions, const std::vector<double>& thresholds)
{
    std::vector<int64_t> passed(thresholds.size(), 0);
    for (const Opinion& opinion : opinions)
        if (passes(opinion, thresholds))
            ++passed[static_cast<size_t>(opinion.clip.label)];
    return passed;
}

int64_t capOf(const CmplOptions& options, int64_t trainingClips)
{
    const double share = options.capShare * static_cast<double>(std::max<int64_t>(0, trainingClips));
    return std::max<int64_t>(std::max(0, options.capLeast), static_cast<int64_t>(share));
}

/// The clips that pass, of each class the surest within its cap.
void fillAccepted(const CmplPool& pool, const CmplOptions& options, const std::vector<Opinion>& opinions,
    StudentSelection& selection)
{
    std::vector<PseudoClip> passing;
    for (const Opinion& opinion : opinions)
        if (passes(opinion, selection.thresholds))
            passing.push_back(opinion.clip);
    std::sort(passing.begin(), passing.end(), [&](const PseudoClip& a, const PseudoClip& b) {
        if (a.probability != b.probability)
            return a.probability > b.probability;
        return pool.clips[a.clip].id < pool.clips[b.clip].id;
    });
    for (PseudoClip& clip : passing) {
        const auto label = static_cast<size_t>(clip.label);
        if (selection.kept[label] >= capOf(options, pool.trainingCounts[label]))
            continue;
        ++selection.kept[label];
        clip.threshold = selection.thresholds[label];
        clip.weight = options.unlabelledWeight * clip.probability;
        selection.accepted.push_back(clip);
    }
}

StudentSelection selectFor(const CmplPool& pool, const CmplOptions& options, int round, size_t student,
    const StudentSelection* previous)
{
    const size_t classes = pool.trainingCounts.size();
    StudentSelection selection;
    selection.stream = pool.streams[student];
    selection.kept.assign(classes, 0);
    std::vector<Opinion> opinions;
    for (size_t i = 0; i < pool.clips.size(); ++i) {
        const CmplClip& clip = pool.clips[i];
        if (!hasStream(clip, student))
            continue;
        ++selection.offered;
        Opinion opinion = opinionOf(pool, options, i, student);
        if (!clip.decision) {
            opinions.push_back(opinion);
        } else if (clip.decision->label >= 0) {
            // The teachers' opinion stays in the record, the label is the person's.
            const int label = clip.decision->label;
            const auto teacher = teacherOf(pool, i, student);
            opinion.clip.probability = teacher.empty() ? 0 : teacher[static_cast<size_t>(label)];
            opinion.clip.votes = 0;
            for (size_t m = 0; m < pool.streams.size(); ++m)
                opinion.clip.votes
                    += m != student && hasStream(clip, m) && topOf(clip.probabilities[m]) == label ? 1 : 0;
            opinion.clip.label = label;
            opinion.clip.decided = true;
            opinion.clip.weight = clip.decision->weight;
            selection.accepted.push_back(opinion.clip);
        }
    }
    const auto before
        = previous ? previous->passed : countPassed(opinions, thresholdsOf(options, round, {}, classes));
    selection.thresholds = thresholdsOf(options, round, before, classes);
    selection.passed = countPassed(opinions, selection.thresholds);
    fillAccepted(pool, options, opinions, selection);
    std::sort(selection.accepted.begin(), selection.accepted.end(),
        [](const PseudoClip& a, const PseudoClip& b) { return a.clip < b.clip; });
    return selection;
}

} // namespace

std::vector<double> teacherOf(const CmplPool& pool, size_t clip, size_t student)
{
    std::vector<double> sum(pool.trainingCounts.size(), 0.0);
    std::vector<double> even(sum.size(), 0.0);
    double total = 0;
    int teachers = 0;
    for (size_t m = 0; m < pool.streams.size(); ++m) {
        if (m == student || !hasStream(pool.clips[clip], m))
            continue;
        const double weight = m < pool.weights.size() ? std::max(0.0, pool.weights[m]) : 0;
        const auto& row = pool.clips[clip].probabilities[m];
        for (size_t c = 0; c < std::min(sum.size(), row.size()); ++c) {
            sum[c] += weight * row[c];
            even[c] += row[c];
        }
        total += weight;
        ++teachers;
    }
    if (teachers == 0)
        return {};
    for (size_t c = 0; c < sum.size(); ++c)
        sum[c] = total > 0 ? sum[c] / total : even[c] / teachers;
    return sum;
}

Result<CmplRound> selectPseudoClips(
    const CmplPool& pool, const CmplOptions& options, int round, const CmplRound* previous)
{
    if (const auto status = checkPool(pool, options); !status)
        return status.error();
    if (round < 1)
        return refused("Rounds count from 1.");
    if (previous && previous->students.size() != pool.streams.size())
        return refused("The round before had " + std::to_string(previous->students.size())
            + " streams, but there are " + std::to_string(pool.streams.size()) + ".");
    CmplRound result;
    result.round = round;
    result.students.reserve(pool.streams.size());
    for (size_t m = 0; m < pool.streams.size(); ++m)
        result.students.push_back(
            selectFor(pool, options, round, m, previous ? &previous->students[m] : nullptr));
    return result;
}

} // namespace telltale
