// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/systemanswers.h"
#include "eval/spanmatch.h"
#include <algorithm>
#include <limits>

namespace telltale {
namespace {

constexpr double kSameSpan
    = 0.5; ///< tIoU from which an answer speaks of a person's span, as in the confusion
constexpr int64_t kReportEvery = 1024;

} // namespace

SystemAnswers::SystemAnswers(const FrozenProject& project, const std::string& system, AnswerBook& book,
    PredictionReader& predictions, ProgressSink& progress)
{
    std::map<int64_t, const PredictionRun*> newest; // by video
    int64_t total = 0;
    for (const PredictionRun& run : project.runs())
        if (run.model == system && run.predictions > 0)
            newest[run.videoId] = &run;
    for (const auto& [video, run] : newest)
        total += run->predictions;
    int64_t done = 0;
    for (const auto& [video, run] : newest)
        for (int64_t i = 0; i < run->predictions; ++i, ++done) {
            if (done % kReportEvery == 0) {
                if (progress.cancelled())
                    return;
                progress.report(done, total, "answers");
            }
            const SpanAnswer* answer = book.answer(predictions, run->firstPrediction + i);
            // What it could not score it took over from another system.
            if (!answer || book.systems()[static_cast<size_t>(answer->system)].name != system)
                continue;
            m_byPrediction.emplace(answer->prediction, answer);
            m_answers[{video, answer->person}].push_back(answer);
        }
    for (auto& [place, answers] : m_answers)
        std::ranges::sort(answers, {}, [](const SpanAnswer* one) { return one->span.first; });
}

const SpanAnswer* SystemAnswers::of(const Annotation& span) const
{
    if (const auto own = m_byPrediction.find(span.predictionId); own != m_byPrediction.end())
        return own->second;
    const auto answers = m_answers.find({span.videoId, span.person});
    if (answers == m_answers.end())
        return nullptr;
    // What overlaps by half is at most twice as long, so it starts at most that much earlier.
    const int64_t earliest = span.span.first - 2 * span.span.length();
    auto one = std::ranges::lower_bound(
        answers->second, earliest, {}, [](const SpanAnswer* answer) { return answer->span.first; });
    const SpanAnswer* best = nullptr;
    double overlap = kSameSpan;
    for (; one != answers->second.end() && (*one)->span.first < span.span.last; ++one)
        if (const double iou = temporalIou(span.span, (*one)->span); iou >= overlap) {
            best = *one;
            overlap = iou;
        }
    return best;
}

std::vector<AnsweringSystem> answeringSystems(const FrozenProject& project)
{
    std::vector<AnsweringSystem> systems;
    const auto& runs = project.runs();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (run->predictions > 0
            && std::ranges::find(systems, run->model, &AnsweringSystem::name) == systems.end())
            systems.push_back(describedSystem(run->model));
    return systems;
}

PeopleInVideos::Known PeopleInVideos::of(int64_t videoId)
{
    const auto [place, fresh] = m_known.try_emplace(videoId);
    const VideoEntry* video = fresh ? m_project.video(videoId) : nullptr;
    if (video) {
        const auto known = std::ranges::find(m_names, video->subject);
        place->second = {static_cast<size_t>(known - m_names.begin()), video->role};
        if (known == m_names.end())
            m_names.push_back(video->subject);
    }
    return place->second;
}

AnsweredSpan answeredSpan(
    const Annotation& span, const SpanAnswer& answer, const AnswerBook& book, PeopleInVideos& people)
{
    const PeopleInVideos::Known person = people.of(span.videoId);
    AnsweredSpan answered{span.id, span.classId, person.subject,
        acquaintanceOf(book.systems()[static_cast<size_t>(answer.system)].kind, person.role,
            span.predictionId == answer.prediction),
        {}};
    answered.answers.reserve(book.voters().size());
    for (size_t voter = 0; voter < book.voters().size(); ++voter)
        answered.answers.push_back(answer.top(voter).classId);
    return answered;
}

void keepColumns(std::vector<AnsweredSpan>& spans, const std::vector<size_t>& voters)
{
    std::vector<int> kept(voters.size());
    for (AnsweredSpan& span : spans) {
        for (size_t i = 0; i < voters.size(); ++i)
            kept[i] = span.answers[voters[i]];
        span.answers.assign(kept.begin(), kept.end());
    }
}

void fillF1(std::vector<ClassScore>& classes)
{
    for (ClassScore& score : classes)
        fillScores(score);
}

double macroF1(const std::vector<ClassScore>& classes)
{
    double sum = 0;
    int64_t occurring = 0;
    for (const ClassScore& score : classes)
        if (score.truth + score.predicted > 0) {
            sum += 2.0 * static_cast<double>(score.correct)
                / static_cast<double>(score.truth + score.predicted);
            ++occurring;
        }
    return occurring > 0 ? sum / static_cast<double>(occurring) : std::numeric_limits<double>::quiet_NaN();
}

VoterReport reportOf(const std::vector<AnsweredSpan>& spans, size_t voter, int classes)
{
    VoterReport report;
    report.classes.resize(static_cast<size_t>(classes));
    int64_t right = 0;
    for (const AnsweredSpan& span : spans) {
        const int answer = voter < span.answers.size() ? span.answers[voter] : kNoAnswer;
        if (answer < 0 || answer >= classes)
            continue;
        ++report.spans;
        ++report.classes[static_cast<size_t>(span.truth)].truth;
        ++report.classes[static_cast<size_t>(answer)].predicted;
        if (answer == span.truth) {
            ++report.classes[static_cast<size_t>(answer)].correct;
            ++right;
        }
    }
    fillF1(report.classes);
    report.macroF1 = macroF1(report.classes);
    report.accuracy = report.spans > 0 ? static_cast<double>(right) / static_cast<double>(report.spans)
                                       : std::numeric_limits<double>::quiet_NaN();
    return report;
}

} // namespace telltale
