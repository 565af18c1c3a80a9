// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/rounds.h"
#include "base/random.h"
#include "learn/cmpl/topclass.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

const StudentSelection* studentOf(const CmplRound* round, const std::string& stream)
{
    if (!round)
        return nullptr;
    const auto found = std::find_if(round->students.begin(), round->students.end(),
        [&](const StudentSelection& student) { return student.stream == stream; });
    return found == round->students.end() ? nullptr : &*found;
}

StudentSummary summaryOf(const StudentSelection& student, const StudentSelection* before, size_t classes)
{
    StudentSummary summary;
    summary.stream = student.stream;
    summary.offered = student.offered;
    summary.accepted = static_cast<int64_t>(student.accepted.size());
    summary.perClass.assign(classes, 0);
    double sum = 0;
    for (const PseudoClip& clip : student.accepted) {
        ++summary.perClass[static_cast<size_t>(clip.label)];
        summary.decided += clip.decided ? 1 : 0;
        sum += clip.decided ? 0 : clip.probability;
    }
    const int64_t own = summary.accepted - summary.decided;
    summary.meanProbability = own > 0 ? sum / static_cast<double>(own) : 0;
    summary.change = compareSelections(before ? *before : StudentSelection(), student);
    return summary;
}

/// -1 also where a number is missing.
int namedBy(const CmplClip& clip, size_t stream)
{
    if (stream >= clip.probabilities.size())
        return -1;
    const std::vector<double>& row = clip.probabilities[stream];
    const bool whole = std::all_of(row.begin(), row.end(), [](double p) { return std::isfinite(p); });
    return whole ? topOf(row) : -1;
}

std::vector<std::vector<double>> agreementOf(const CmplPool& pool)
{
    const size_t streams = pool.streams.size();
    std::vector<std::vector<double>> agreement(
        streams, std::vector<double>(streams, std::numeric_limits<double>::quiet_NaN()));
    for (size_t a = 0; a < streams; ++a) {
        for (size_t b = 0; b < streams; ++b) {
            int64_t both = 0;
            int64_t same = 0;
            for (const CmplClip& clip : pool.clips) {
                const int first = namedBy(clip, a);
                const int second = namedBy(clip, b);
                both += first >= 0 && second >= 0 ? 1 : 0;
                same += first >= 0 && first == second ? 1 : 0;
            }
            if (both > 0)
                agreement[a][b] = static_cast<double>(same) / static_cast<double>(both);
        }
    }
    return agreement;
}

} // namespace

SelectionDiff compareSelections(const StudentSelection& before, const StudentSelection& after)
{
    std::map<size_t, int> labels;
    for (const PseudoClip& clip : before.accepted)
        labels[clip.clip] = clip.label;
    SelectionDiff diff;
    for (const PseudoClip& clip : after.accepted) {
        const auto found = labels.find(clip.clip);
        if (found == labels.end()) {
            ++diff.added;
            continue;
        }
        ++(found->second == clip.label ? diff.kept : diff.relabelled);
        labels.erase(found);
    }
    diff.dropped = static_cast<int64_t>(labels.size());
    return diff;
}

RoundSummary summarise(const CmplPool& pool, const CmplRound& round, const CmplRound* previous)
{
    RoundSummary summary;
    summary.round = round.round;
    summary.students.reserve(round.students.size());
    for (const StudentSelection& student : round.students)
        summary.students.push_back(
            summaryOf(student, studentOf(previous, student.stream), pool.trainingCounts.size()));
    summary.agreement = agreementOf(pool);
    return summary;
}

std::string toJson(const RoundSummary& summary)
{
    json students = json::array();
    for (const StudentSummary& student : summary.students)
        students.push_back({{"stream", student.stream}, {"offered", student.offered},
            {"accepted", student.accepted}, {"decided", student.decided},
            {"meanProbability", student.meanProbability}, {"perClass", student.perClass},
            {"kept", student.change.kept}, {"added", student.change.added},
            {"dropped", student.change.dropped}, {"relabelled", student.change.relabelled}});
    return json{{"round", summary.round}, {"students", students}, {"agreement", summary.agreement}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::vector<size_t> auditSample(const StudentSelection& student, size_t size, uint64_t seed)
{
    std::vector<size_t> clips;
    clips.reserve(student.accepted.size());
    for (const PseudoClip& clip : student.accepted)
        if (!clip.decided)
            clips.push_back(clip.clip);
    Random random(seed);
    const size_t wanted = std::min(size, clips.size());
    for (size_t i = 0; i < wanted; ++i)
        std::swap(
            clips[i], clips[i + static_cast<size_t>(random.below(static_cast<int64_t>(clips.size() - i)))]);
    clips.resize(wanted);
    std::sort(clips.begin(), clips.end());
    return clips;
}

PrecisionEstimate estimatePrecision(const StudentSelection& student, const std::map<size_t, int>& known)
{
    int64_t clips = 0;
    int64_t correct = 0;
    for (const PseudoClip& clip : student.accepted) {
        const auto found = known.find(clip.clip);
        if (clip.decided || found == known.end())
            continue;
        ++clips;
        correct += found->second == clip.label ? 1 : 0;
    }
    return wilsonInterval(correct, clips);
}

} // namespace telltale
