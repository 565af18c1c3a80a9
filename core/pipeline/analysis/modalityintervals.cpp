// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// How far the figures of modalities depend on who happened to be filmed.
#include "pipeline/analysis/modalityanalysis.h"
#include "pipeline/analysis/systemanswers.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

/// Counts of one voter by subject, so that a resample adds subjects and not spans.
class SubjectCounts {
public:
    SubjectCounts(const std::vector<AnsweredSpan>& spans, size_t voter, size_t subjects, int classes)
        : m_classes(static_cast<size_t>(classes))
        , m_counts(subjects, std::vector<ClassScore>(m_classes))
    {
        for (const AnsweredSpan& span : spans) {
            const int answer = span.answers[voter];
            if (answer < 0 || answer >= classes)
                continue;
            std::vector<ClassScore>& own = m_counts[span.subject];
            ++own[static_cast<size_t>(span.truth)].truth;
            ++own[static_cast<size_t>(answer)].predicted;
            own[static_cast<size_t>(answer)].correct += answer == span.truth ? 1 : 0;
        }
    }

    /// The sums over the subjects as they were drawn; F1 is filled in.
    std::vector<ClassScore> drawn(const std::vector<int>& times) const
    {
        std::vector<ClassScore> sums(m_classes);
        for (size_t subject = 0; subject < times.size(); ++subject)
            for (size_t k = 0; k < m_classes && times[subject] > 0; ++k) {
                const ClassScore& own = m_counts[subject][k];
                sums[k].truth += times[subject] * own.truth;
                sums[k].predicted += times[subject] * own.predicted;
                sums[k].correct += times[subject] * own.correct;
            }
        fillF1(sums);
        return sums;
    }

private:
    size_t m_classes;
    std::vector<std::vector<ClassScore>> m_counts;
};

double accuracyOf(const std::vector<ClassScore>& classes)
{
    int64_t right = 0;
    int64_t all = 0;
    for (const ClassScore& score : classes) {
        right += score.correct;
        all += score.truth;
    }
    return all > 0 ? static_cast<double>(right) / static_cast<double>(all) : std::nan("");
}

/// How many subjects have spans.
size_t peopleIn(const std::vector<AnsweredSpan>& spans, size_t subjects)
{
    std::vector<bool> seen(subjects);
    for (const AnsweredSpan& span : spans)
        seen[span.subject] = true;
    return static_cast<size_t>(std::ranges::count(seen, true));
}

void addTo(VoterReport& report, const SubjectCounts& counts, const std::vector<std::vector<int>>& draws,
    double level)
{
    std::vector<double> accuracy;
    std::vector<double> macro;
    std::map<int, std::vector<double>> classes;
    for (const std::vector<int>& times : draws) {
        const std::vector<ClassScore> sums = counts.drawn(times);
        accuracy.push_back(accuracyOf(sums));
        macro.push_back(macroF1(sums));
        for (size_t k = 0; k < sums.size(); ++k)
            if (sums[k].truth > 0)
                classes[static_cast<int>(k)].push_back(sums[k].f1);
    }
    report.accuracyInterval = percentileInterval(accuracy, level);
    report.macroF1Interval = percentileInterval(macro, level);
    for (auto& [label, values] : classes)
        report.classIntervals[label] = percentileInterval(values, level);
}

void addClassChanges(VoterGain& gain, const SubjectCounts& before, const SubjectCounts& after,
    const std::vector<std::vector<int>>& draws, double level)
{
    std::vector<double> macro;
    std::map<int, std::vector<double>> classes;
    for (const std::vector<int>& times : draws) {
        const std::vector<ClassScore> was = before.drawn(times);
        const std::vector<ClassScore> is = after.drawn(times);
        macro.push_back(macroF1(is) - macroF1(was));
        for (size_t k = 0; k < was.size(); ++k)
            if (was[k].truth > 0)
                classes[static_cast<int>(k)].push_back(is[k].f1 - was[k].f1);
    }
    gain.change = percentileInterval(macro, level);
    for (GainRow& row : gain.classes)
        row.change = percentileInterval(classes[row.classId], level);
}

/// Over the spans of one person.
void addSubjectChange(GainRow& row, const AdaptationGain& gain, size_t voter, const BootstrapOptions& options)
{
    std::vector<int> changes; // of each span: right now and not before, or the other way round
    for (size_t i = 0; i < gain.before.size(); ++i) {
        const AnsweredSpan& was = gain.before[i];
        if (gain.subjects[was.subject] != row.subject || was.answers[voter] < 0
            || gain.after[i].answers[voter] < 0)
            continue;
        changes.push_back(
            (gain.after[i].answers[voter] == was.truth ? 1 : 0) - (was.answers[voter] == was.truth ? 1 : 0));
    }
    if (changes.size() < 2)
        return;
    std::vector<double> values;
    for (const std::vector<int>& times : resampledSubjects(static_cast<int>(changes.size()), options)) {
        int64_t sum = 0;
        for (size_t i = 0; i < changes.size(); ++i)
            sum += times[i] * changes[i];
        values.push_back(static_cast<double>(sum) / static_cast<double>(changes.size()));
    }
    row.change = percentileInterval(std::move(values), options.level);
}

/// Spans that the voter answered on both sides.
std::vector<AnsweredSpan> commonSpans(const AdaptationGain& gain, bool after, size_t voter)
{
    std::vector<AnsweredSpan> spans;
    for (size_t i = 0; i < gain.before.size(); ++i)
        if (gain.before[i].answers[voter] >= 0 && gain.after[i].answers[voter] >= 0)
            spans.push_back(after ? gain.after[i] : gain.before[i]);
    return spans;
}

} // namespace

Status addIntervals(ModalityAnalysis& analysis, const ModalitySettings& settings, ProgressSink& progress)
{
    const BootstrapOptions& options = settings.bootstrap;
    if (peopleIn(analysis.spans, analysis.subjects.size()) >= 2) {
        const int classes
            = analysis.reports.empty() ? 0 : static_cast<int>(analysis.reports.front().classes.size());
        const auto draws = resampledSubjects(static_cast<int>(analysis.subjects.size()), options);
        for (size_t voter = 0; voter < analysis.reports.size(); ++voter) {
            if (progress.cancelled())
                return kCancelled;
            addTo(analysis.reports[voter],
                SubjectCounts(analysis.spans, voter, analysis.subjects.size(), classes), draws,
                options.level);
        }
    }
    AdaptationGain& gain = analysis.gain;
    const bool people = peopleIn(gain.before, gain.subjects.size()) >= 2;
    const auto draws = resampledSubjects(static_cast<int>(gain.subjects.size()), options);
    for (size_t voter = 0; voter < gain.voters.size(); ++voter) {
        if (progress.cancelled())
            return kCancelled;
        if (people)
            addClassChanges(gain.voters[voter],
                SubjectCounts(commonSpans(gain, false, voter), voter, gain.subjects.size(), gain.classes),
                SubjectCounts(commonSpans(gain, true, voter), voter, gain.subjects.size(), gain.classes),
                draws, options.level);
        for (GainRow& row : gain.voters[voter].subjects)
            addSubjectChange(row, gain, voter, options);
    }
    return {};
}

} // namespace telltale
