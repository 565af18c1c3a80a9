// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/modalityanalysis.h"
#include "data/confirmed.h"
#include "pipeline/analysis/systemanswers.h"
#include "pipeline/clipsets/clipscores.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};
constexpr size_t kReportEvery = 1024;

/// Spans with a class of the scheme that a person gave or confirmed.
std::vector<Annotation> decidedSpans(const FrozenProject& project)
{
    std::vector<Annotation> decided;
    for (Annotation& span : project.annotations())
        if (isConfirmed(span.state) && span.classId >= 0 && span.classId < project.scheme().classCount())
            decided.push_back(std::move(span));
    return decided;
}

/// One answer by span, null where there is none; empty if it was cancelled.
using Answers = std::vector<const SpanAnswer*>;

Answers asProposed(const std::vector<Annotation>& decided, AnswerBook& book, PredictionReader& predictions,
    ProgressSink& progress)
{
    Answers answers;
    for (size_t i = 0; i < decided.size(); ++i) {
        if (i % kReportEvery == 0) {
            if (progress.cancelled())
                return {};
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(decided.size()), "answers");
        }
        const int64_t prediction = decided[i].predictionId;
        answers.push_back(prediction > 0 ? book.answer(predictions, prediction) : nullptr);
    }
    return answers;
}

Answers bySystem(const FrozenProject& project, const std::vector<Annotation>& decided,
    const std::string& system, AnswerBook& book, PredictionReader& predictions, ProgressSink& progress)
{
    const SystemAnswers said(project, system, book, predictions, progress);
    Answers answers;
    for (const Annotation& span : decided)
        answers.push_back(said.of(span));
    return progress.cancelled() ? Answers() : answers;
}

bool anyAnswer(const Answers& answers)
{
    return std::ranges::any_of(
        answers, [](const SpanAnswer* one) { return one && one->top(0).classId >= 0; });
}

/// The voters that answered any span, the vote of all first; columns that nobody filled are taken out.
void keepVoters(ModalityAnalysis& analysis, const AnswerBook& book)
{
    std::vector<size_t> kept;
    for (size_t voter = 0; voter < book.voters().size(); ++voter) {
        const bool answered = std::ranges::any_of(
            analysis.spans, [voter](const AnsweredSpan& span) { return span.answers[voter] >= 0; });
        if (answered && book.voters()[voter] != kDetectorModality)
            kept.push_back(voter);
    }
    std::sort(kept.begin(), kept.end(), [&](size_t a, size_t b) {
        return std::pair(a != 0, book.voters()[a]) < std::pair(b != 0, book.voters()[b]);
    });
    for (const size_t voter : kept)
        analysis.voters.push_back(book.voters()[voter]);
    keepColumns(analysis.spans, kept);
}

/// The answers of one voter, by span.
std::vector<int> column(const std::vector<AnsweredSpan>& spans, size_t voter)
{
    std::vector<int> answers;
    answers.reserve(spans.size());
    for (const AnsweredSpan& span : spans)
        answers.push_back(span.answers[voter]);
    return answers;
}

void compareVoters(ModalityAnalysis& analysis, int classes)
{
    std::vector<int> truth;
    for (const AnsweredSpan& span : analysis.spans)
        truth.push_back(span.truth);
    std::vector<std::vector<int>> answers;
    for (size_t voter = 0; voter < analysis.voters.size(); ++voter)
        answers.push_back(column(analysis.spans, voter));
    analysis.pairs.resize(answers.size());
    for (size_t a = 0; a < answers.size(); ++a)
        for (const std::vector<int>& other : answers)
            analysis.pairs[a].push_back(voterPair(answers[a], other, truth, classes));
    if (answers.size() > 1)
        analysis.oracle = voterOracle(std::span(answers).subspan(1), truth);
}

void countEvidence(ModalityAnalysis& analysis)
{
    std::map<uint64_t, Evidence> found; // a bit a voter
    for (const AnsweredSpan& span : analysis.spans) {
        uint64_t spoke = 0;
        for (size_t voter = 1; voter < analysis.voters.size(); ++voter)
            spoke |= span.answers[voter] >= 0 ? uint64_t{1} << voter : 0;
        Evidence& evidence = found[spoke];
        ++evidence.spans;
        evidence.right += span.answers[0] == span.truth ? 1 : 0;
    }
    for (auto& [spoke, evidence] : found) {
        for (size_t voter = 1; voter < analysis.voters.size(); ++voter)
            if ((spoke >> voter & 1) != 0)
                evidence.modalities.push_back(analysis.voters[voter]);
        analysis.evidence.push_back(std::move(evidence));
    }
    std::ranges::stable_sort(analysis.evidence, std::greater<>(), &Evidence::spans);
}

void fillFigures(ModalityAnalysis& analysis, const AnswerBook& book, int classes)
{
    keepVoters(analysis, book);
    for (size_t voter = 0; voter < analysis.voters.size(); ++voter) {
        analysis.reports.push_back(reportOf(analysis.spans, voter, classes));
        analysis.reports.back().name = analysis.voters[voter];
    }
    compareVoters(analysis, classes);
    countEvidence(analysis);
}

/// Enters the answers and says what is missing.
void takeAnswers(const FrozenProject& project, const std::vector<Annotation>& decided, const Answers& answers,
    const AnswerBook& book, ModalityAnalysis& analysis)
{
    double disagreements = 0;
    PeopleInVideos people(project, analysis.subjects);
    for (size_t i = 0; i < decided.size(); ++i) {
        if (!answers[i] || answers[i]->top(0).classId < 0)
            continue;
        AnsweredSpan span = answeredSpan(decided[i], *answers[i], book, people);
        ++analysis.acquaintance[span.acquaintance];
        if (analysis.heldOutOnly && span.acquaintance != Acquaintance::HeldOut)
            continue;
        disagreements += static_cast<double>(answers[i]->disagreement);
        const AnsweringSystem& system = book.systems()[static_cast<size_t>(answers[i]->system)];
        analysis.transductive += system.adapted == "transductive" ? 1 : 0;
        analysis.spans.push_back(std::move(span));
    }
    analysis.disagreement
        = analysis.spans.empty() ? std::nan("") : disagreements / static_cast<double>(analysis.spans.size());
    if (analysis.acquaintance.empty())
        analysis.missing = ModalityMissing::NoAnswers;
    else
        analysis.missing = analysis.spans.empty() ? ModalityMissing::NoneHeldOut : ModalityMissing::Nothing;
}

} // namespace

std::vector<int64_t> ModalityAnalysis::wrongSpans(int classId, int voter) const
{
    std::vector<int64_t> found;
    for (const AnsweredSpan& span : spans)
        if (span.truth == classId
            && (voter < 0
                || (span.answers[static_cast<size_t>(voter)] >= 0
                    && span.answers[static_cast<size_t>(voter)] != classId)))
            found.push_back(span.annotation);
    return found;
}

std::vector<int64_t> ModalityAnalysis::differingSpans(size_t first, size_t second) const
{
    std::vector<int64_t> found;
    for (const AnsweredSpan& span : spans)
        if (span.answers[first] >= 0 && span.answers[second] >= 0
            && span.answers[first] != span.answers[second])
            found.push_back(span.annotation);
    return found;
}

Result<ModalityAnalysis> analyzeModalities(
    const FrozenProject& project, const ModalitySettings& settings, AnswerBook& book, ProgressSink& progress)
{
    ModalityAnalysis analysis;
    analysis.heldOutOnly = settings.heldOutOnly;
    if (project.videos().empty())
        return analysis;
    analysis.systems = answeringSystems(project);
    const std::vector<Annotation> decided = decidedSpans(project);
    analysis.decided = static_cast<int64_t>(decided.size());
    analysis.missing
        = analysis.systems.empty() ? ModalityMissing::NoPredictions : ModalityMissing::NothingDecided;
    if (analysis.systems.empty() || decided.empty())
        return analysis;
    const std::lock_guard lock(book.mutex());
    PredictionReader predictions(project);
    analysis.system = settings.system.value_or("");
    Answers answers = analysis.system.empty()
        ? asProposed(decided, book, predictions, progress)
        : bySystem(project, decided, analysis.system, book, predictions, progress);
    if (!settings.system && !progress.cancelled() && !anyAnswer(answers)) {
        analysis.system = analysis.systems.front().name;
        answers = bySystem(project, decided, analysis.system, book, predictions, progress);
    }
    if (progress.cancelled())
        return kCancelled;
    takeAnswers(project, decided, answers, book, analysis);
    fillFigures(analysis, book, project.scheme().classCount());
    auto gain = adaptationGain(project, decided, book, predictions, progress);
    if (!gain)
        return gain.error();
    analysis.gain = std::move(*gain);
    return analysis;
}

} // namespace telltale
