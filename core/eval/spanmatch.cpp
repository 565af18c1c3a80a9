// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spanmatch.h"
#include "eval/averageprecision.h"
#include "eval/spanpairs.h"
#include <algorithm>
#include <limits>

namespace telltale {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

} // namespace

SpanMatcher::SpanMatcher(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted)
    : m_truths(truth.size())
    , m_ranking(rankedByScore(predicted))
    , m_starter(truth.size(), -std::numeric_limits<double>::infinity())
{
    // Spans that do not overlap have no hull overlap above 0, whatever lies between them.
    const std::vector<SpanPair> overlapping = overlappingSpans(predicted, truth);
    m_first.reserve(predicted.size() + 1);
    m_first.push_back(0);
    auto next = overlapping.begin();
    for (size_t i = 0; i < predicted.size(); ++i) {
        const size_t first = m_pairs.size();
        for (; next != overlapping.end() && next->first == i; ++next) {
            const ScoredSpan& other = truth[next->second];
            if (other.classId != predicted[i].classId)
                continue;
            double& starter = m_starter[next->second];
            starter = std::max(starter, starterOverlap(predicted[i], other));
            m_pairs.push_back({next->second, next->overlap});
        }
        // Of equal overlaps the later truth comes first, so that ties come out as in the reference.
        std::sort(m_pairs.begin() + static_cast<std::ptrdiff_t>(first), m_pairs.end(),
            [](const Pair& a, const Pair& b) {
                return a.overlap != b.overlap ? a.overlap > b.overlap : a.truth > b.truth;
            });
        m_first.push_back(m_pairs.size());
    }
}

std::vector<int64_t> SpanMatcher::strict(double tiou) const
{
    std::vector<int64_t> owned(m_ranking.size(), -1);
    std::vector<bool> taken(m_truths, false);
    for (const size_t index : m_ranking)
        for (size_t i = m_first[index]; i < m_first[index + 1] && m_pairs[i].overlap >= tiou; ++i)
            if (!taken[m_pairs[i].truth]) {
                taken[m_pairs[i].truth] = true;
                owned[index] = static_cast<int64_t>(m_pairs[i].truth);
                break;
            }
    return owned;
}

std::vector<bool> SpanMatcher::starter(double tiou) const
{
    std::vector<bool> found(m_truths, false);
    for (size_t i = 0; i < m_truths; ++i)
        found[i] = m_starter[i] > tiou;
    return found;
}

void fillScores(ClassScore& score, double smoothing)
{
    score.precision = ratio(static_cast<double>(score.correct), static_cast<double>(score.predicted));
    score.recall = ratio(static_cast<double>(score.correct), static_cast<double>(score.truth));
    const double sum = score.precision + score.recall;
    score.f1 = sum > 0 ? 2 * score.precision * score.recall / (sum + smoothing) : 0;
}

SpanReport spanReport(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const SpanMatcher& matcher, double tiou, SpanMatch match)
{
    SpanReport report;
    for (const ScoredSpan& span : truth)
        ++report.perClass[span.classId].truth;
    const std::vector<int64_t> owned = matcher.strict(tiou);
    std::map<int, std::vector<bool>> hits;
    for (const size_t index : matcher.ranking()) {
        ClassScore& score = report.perClass[predicted[index].classId];
        ++score.predicted;
        score.correct += match == SpanMatch::Strict && owned[index] >= 0 ? 1 : 0;
        hits[predicted[index].classId].push_back(owned[index] >= 0);
    }
    if (match == SpanMatch::Starter) {
        const std::vector<bool> found = matcher.starter(tiou);
        for (size_t i = 0; i < truth.size(); ++i)
            report.perClass[truth[i].classId].correct += found[i] ? 1 : 0;
    }

    const double smoothing = match == SpanMatch::Starter ? kStarterSmoothing : 0;
    ClassScore all;
    double precisionSum = 0;
    for (auto& [classId, score] : report.perClass) {
        fillScores(score, smoothing);
        all.truth += score.truth;
        all.predicted += score.predicted;
        all.correct += score.correct;
        if (score.truth > 0) {
            const double precision = averagePrecision(hits[classId], {}, score.truth);
            report.averagePrecision[classId] = precision;
            precisionSum += precision;
        }
    }
    fillScores(all, smoothing);
    report.precision = all.precision;
    report.recall = all.recall;
    report.f1 = all.f1;
    report.meanAp = ratio(precisionSum, static_cast<double>(report.averagePrecision.size()));
    return report;
}

SpanReport spanReport(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    double tiou, SpanMatch match)
{
    return spanReport(truth, predicted, SpanMatcher(truth, predicted), tiou, match);
}

} // namespace telltale
