// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanranking.h"
#include "data/confirmed.h"
#include "review/audit.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

constexpr double kCloseMargin = 0.5;

bool isExample(const Annotation& span) { return isConfirmed(span.state) && span.classId >= 0; }

double gainOf(const RankedSpan& about, const GainWeights& weights)
{
    GainInput input;
    input.uncertainty = about.digest ? about.digest->uncertainty : 0;
    input.disagreement = about.digest ? about.digest->disagreement : 0;
    input.novelty = about.novelty;
    input.seconds = reviewSeconds(about.seconds);
    return about.digest ? itemGain(input, weights) : 0; // a person has made it: nothing to be learned of it
}

/// By a number, greatest first, then by place in the project.
RankKey byScore(double score, const Annotation& span)
{
    return {score, -static_cast<double>(span.videoId), -static_cast<double>(span.span.first)};
}

} // namespace

std::optional<ClassPair> confusedPair(const SpanDigest& digest)
{
    if (digest.best.size() < 2 || digest.margin() >= kCloseMargin)
        return std::nullopt;
    return std::minmax(digest.best[0].classId, digest.best[1].classId);
}

RankKey SpanRanking::keyOf(const RankedSpan& about) const
{
    static const SpanDigest none;
    const SpanDigest& digest = about.digest ? *about.digest : none;
    const Annotation& span = *about.span;
    const double consensus = digest.consensus ? 1 : 0;
    switch (m_order) {
    case QueueOrder::MostCertain: // what the consensus named, then by the margin of the two best classes
        return {consensus, digest.margin()};
    case QueueOrder::LeastCertain:
        return {-consensus, -digest.margin()};
    case QueueOrder::Time:
        return {-static_cast<double>(span.videoId), -static_cast<double>(span.span.first)};
    case QueueOrder::Detector:
        return byScore(digest.scores.detector, span);
    case QueueOrder::Ensemble:
        return byScore(digest.scores.ensemble, span);
    case QueueOrder::Together:
        return byScore(digest.scores.together, span);
    case QueueOrder::BoundaryFix:
        return {about.digest ? (1 - digest.uncertainty) * about.boundaryDoubt : -1};
    case QueueOrder::ConfusionPair:
        return {-digest.margin()};
    case QueueOrder::Audit:
        return {-about.auditPlace};
    default:
        return {gainOf(about, m_weights)};
    }
}

RankedQueue::Item SpanRanking::itemOf(const RankedSpan& about) const
{
    return {about.span->id, goesByClass() ? about.span->classId : 0, keyOf(about)};
}

bool SpanRanking::isStreamed(const RankedSpan& about) const
{
    return m_order == QueueOrder::Gain && about.audited && about.span->state == SpanState::Proposed;
}

void SpanRanking::clear()
{
    m_ranked = {};
    m_audits = {};
    m_counted.clear();
    m_examples.clear();
    m_allExamples = m_decided = m_decidedAudits = 0;
}

void SpanRanking::assign(const std::vector<std::pair<RankedSpan, bool>>& spans)
{
    clear();
    std::vector<RankedQueue::Item> ranked;
    std::vector<RankedQueue::Item> audits;
    std::set<int> classes{-1};
    m_counted.reserve(spans.size());
    for (const auto& [span, shown] : spans) {
        count(span);
        classes.insert(span.span->classId);
        if (shown && isStreamed(span))
            audits.push_back({span.span->id, 0, {-span.auditPlace}});
        else if (shown)
            ranked.push_back(itemOf(span));
    }
    for (const int classId : classes)
        setStanding(classId);
    m_ranked.assign(std::move(ranked));
    m_audits.assign(std::move(audits));
}

void SpanRanking::put(const RankedSpan& span, bool shown)
{
    remove(span.span->id);
    const int exampleOf = count(span);
    if (exampleOf != kNoClass)
        setStanding(-1);
    setStanding(span.span->classId);
    if (shown && isStreamed(span))
        m_audits.put({span.span->id, 0, {-span.auditPlace}});
    else if (shown)
        m_ranked.put(itemOf(span));
}

void SpanRanking::remove(int64_t id)
{
    if (const auto known = m_counted.find(id); known != m_counted.end()) {
        const Counted counted = known->second;
        m_counted.erase(known);
        add(counted, -1);
        if (counted.exampleOf != kNoClass) {
            setStanding(counted.exampleOf);
            setStanding(-1);
        }
    }
    m_ranked.remove(id);
    m_audits.remove(id);
}

int SpanRanking::count(const RankedSpan& about)
{
    const Annotation& span = *about.span;
    Counted counted;
    counted.exampleOf = isExample(span) ? span.classId : kNoClass;
    counted.decided = about.proposal && span.state != SpanState::Proposed;
    counted.audited = about.audited;
    m_counted[span.id] = counted;
    add(counted, 1);
    return counted.exampleOf;
}

void SpanRanking::add(const Counted& counted, int by)
{
    m_decided += counted.decided ? by : 0;
    m_decidedAudits += counted.decided && counted.audited ? by : 0;
    if (counted.exampleOf == kNoClass)
        return;
    m_examples[counted.exampleOf] += by;
    m_allExamples += by;
}

int64_t SpanRanking::examples(int classId) const
{
    const auto known = m_examples.find(classId);
    if (classId >= 0 || m_examples.empty())
        return known == m_examples.end() ? 0 : known->second;
    // A gesture without a name is as rare as the classes that have examples are on average.
    const auto classes = std::ranges::count_if(m_examples, [](const auto& one) { return one.second > 0; });
    return classes > 0 ? m_allExamples / classes : 0;
}

void SpanRanking::setStanding(int classId)
{
    if (!goesByClass())
        return;
    const int64_t count = examples(classId);
    m_ranked.setStanding(classId,
        m_order == QueueOrder::TailHunt ? RankStanding{-static_cast<double>(count), 1}
                                        : RankStanding{0, rarityFactor(count, m_weights)});
}

std::vector<int64_t> SpanRanking::ids()
{
    return interleave(m_ranked.order(), m_audits.order(), m_auditShare, m_decided, m_decidedAudits);
}

} // namespace telltale
