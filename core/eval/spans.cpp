// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace telltale {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

double overlap(const ScoredSpan& a, const ScoredSpan& b)
{
    const double shared = std::min(a.end, b.end) - std::max(a.start, b.start);
    if (shared <= 0)
        return 0;
    return shared / ((a.end - a.start) + (b.end - b.start) - shared);
}

/// The organisers' measure: union as the hull of both, negative if they are apart.
double starterOverlap(const ScoredSpan& a, const ScoredSpan& b)
{
    const double hull = std::max(a.end, b.end) - std::min(a.start, b.start);
    return hull > 0 ? (std::min(a.end, b.end) - std::max(a.start, b.start)) / hull : 0;
}

struct Key {
    std::string_view video;
    int classId;
    auto operator<=>(const Key&) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads it
};
/// Indices of the spans of each class in each video, in the order of the list.
using Groups = std::map<Key, std::vector<size_t>>;

Groups grouped(const std::vector<ScoredSpan>& spans)
{
    Groups groups;
    for (size_t i = 0; i < spans.size(); ++i)
        groups[{spans[i].video, spans[i].classId}].push_back(i);
    return groups;
}

const std::vector<size_t>& groupOf(const Groups& groups, const ScoredSpan& span)
{
    static const std::vector<size_t> kNone;
    const auto found = groups.find({span.video, span.classId});
    return found != groups.end() ? found->second : kNone;
}

std::vector<size_t> byScore(const std::vector<ScoredSpan>& spans)
{
    std::vector<size_t> order(spans.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    // Of equal scores the later row comes first, as a reversed ascending sort has it.
    std::ranges::sort(order, [&](size_t a, size_t b) {
        return spans[a].score != spans[b].score ? spans[a].score > spans[b].score : a > b;
    });
    return order;
}

/// For each prediction, in order of score: whether it found a truth of its own.
std::vector<bool> strictHits(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const std::vector<size_t>& order, double tiou)
{
    const Groups groups = grouped(truth);
    std::vector<bool> taken(truth.size(), false);
    std::vector<bool> hits;
    hits.reserve(order.size());
    for (const size_t index : order) {
        double best = 0;
        size_t match = truth.size();
        for (const size_t candidate : groupOf(groups, predicted[index])) {
            const double value = overlap(truth[candidate], predicted[index]);
            // Of equal overlaps the later truth is taken, so that ties come out as in the reference.
            if (!taken[candidate] && value >= tiou && value > 0 && value >= best) {
                best = value;
                match = candidate;
            }
        }
        hits.push_back(match < truth.size());
        if (match < truth.size())
            taken[match] = true;
    }
    return hits;
}

/// Correct truths by class, as the starter kit counts.
std::map<int, int64_t> starterCorrect(
    const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted, double tiou)
{
    const Groups groups = grouped(predicted);
    std::map<int, int64_t> correct;
    for (const ScoredSpan& span : truth)
        if (std::ranges::any_of(groupOf(groups, span),
                [&](size_t index) { return starterOverlap(predicted[index], span) > tiou; }))
            ++correct[span.classId];
    return correct;
}

/// Area under the precision curve made monotone from the right; `hits` in order of score.
double averagePrecision(const std::vector<bool>& hits, int64_t positives)
{
    std::vector<double> precision;
    double correct = 0;
    for (size_t i = 0; i < hits.size(); ++i) {
        correct += hits[i] ? 1 : 0;
        precision.push_back(correct / static_cast<double>(i + 1));
    }
    double area = 0;
    double highest = 0;
    for (size_t i = hits.size(); i-- > 0;) {
        highest = std::max(highest, precision[i]);
        if (hits[i])
            area += highest / static_cast<double>(positives);
    }
    return area;
}

void fillScores(ClassScore& score)
{
    score.precision = ratio(static_cast<double>(score.correct), static_cast<double>(score.predicted));
    score.recall = ratio(static_cast<double>(score.correct), static_cast<double>(score.truth));
    score.f1 = ratio(2 * score.precision * score.recall, score.precision + score.recall);
}

} // namespace

std::vector<ScoredSpan> withoutDuplicates(const std::vector<ScoredSpan>& spans)
{
    constexpr double kSame = 1e-3;
    std::vector<ScoredSpan> kept;
    std::map<Key, std::vector<size_t>> seen; // views into `spans`, which outlives them
    for (size_t i = 0; i < spans.size(); ++i) {
        const ScoredSpan& span = spans[i];
        std::vector<size_t>& others = seen[{span.video, span.classId}];
        const bool repeated = std::ranges::any_of(others, [&](size_t other) {
            return std::abs(spans[other].start - span.start) <= kSame
                && std::abs(spans[other].end - span.end) <= kSame;
        });
        if (repeated || span.end <= span.start)
            continue;
        others.push_back(i);
        kept.push_back(span);
    }
    return kept;
}

SpanReport spanReport(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    double tiou, SpanMatch match)
{
    SpanReport report;
    for (const ScoredSpan& span : truth)
        ++report.perClass[span.classId].truth;
    for (const ScoredSpan& span : predicted)
        ++report.perClass[span.classId].predicted;

    const std::vector<size_t> order = byScore(predicted);
    const std::vector<bool> hits = strictHits(truth, predicted, order, tiou);
    std::map<int, std::vector<bool>> hitsOfClass;
    for (size_t i = 0; i < order.size(); ++i)
        hitsOfClass[predicted[order[i]].classId].push_back(hits[i]);
    const auto starter
        = match == SpanMatch::Starter ? starterCorrect(truth, predicted, tiou) : std::map<int, int64_t>();

    ClassScore all;
    double precisionSum = 0;
    int classes = 0;
    for (auto& [classId, score] : report.perClass) {
        const std::vector<bool>& own = hitsOfClass[classId];
        const auto counted = starter.find(classId);
        score.correct = match == SpanMatch::Strict ? std::ranges::count(own, true)
            : counted != starter.end()             ? counted->second
                                                   : 0;
        fillScores(score);
        all.truth += score.truth;
        all.predicted += score.predicted;
        all.correct += score.correct;
        if (score.truth > 0) {
            precisionSum += averagePrecision(own, score.truth);
            ++classes;
        }
    }
    fillScores(all);
    report.precision = all.precision;
    report.recall = all.recall;
    report.f1 = all.f1;
    report.meanAp = ratio(precisionSum, classes);
    return report;
}

} // namespace telltale
