// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/spandecision.h"
#include "eval/spanmatch.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr double kNever = std::numeric_limits<double>::max();

double lifted(const ScoredSpan& span, const SpanDecision& decision)
{
    return span.score * decision.liftOf(span.classId);
}

/// Places of the spans that no better one suppresses, ascending.
std::vector<size_t> unsuppressed(const std::vector<ScoredSpan>& detected, const SpanDecision& decision)
{
    std::map<std::string_view, std::vector<size_t>> videos;
    for (size_t i = 0; i < detected.size(); ++i)
        if (std::isfinite(detected[i].score))
            videos[detected[i].video].push_back(i);
    std::vector<size_t> kept;
    for (auto& [video, places] : videos) {
        for (const bool perClass : {true, false}) {
            SuppressionOptions options;
            options.method = SuppressionMethod::Hard;
            options.perClass = perClass;
            options.overlap
                = static_cast<float>(perClass ? decision.sameClassOverlap : decision.otherClassOverlap);
            options.minimumScore = 0;
            options.most = 0;
            std::vector<Segment> segments;
            segments.reserve(places.size());
            for (const size_t place : places)
                segments.push_back(
                    {static_cast<float>(detected[place].start), static_cast<float>(detected[place].end),
                        static_cast<float>(lifted(detected[place], decision)), detected[place].classId});
            std::vector<size_t> left;
            for (const Survivor& survivor : survivors(segments, options))
                left.push_back(places[survivor.index]);
            std::sort(left.begin(), left.end());
            places = std::move(left);
        }
        kept.insert(kept.end(), places.begin(), places.end());
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

/// What counts at a threshold.
struct SweepPoint {
    double threshold = kNever;
    double worst = kNever; ///< score that counts
    int64_t spans = 0;
    int64_t right = 0;
};

/// Every threshold that makes a difference, highest first; the first lets nothing through.
class Sweep {
public:
    void add(double score, bool right)
    {
        if (m_points.size() > 1 && score == m_points.back().worst) {
            m_points.back().spans += 1;
            m_points.back().right += right ? 1 : 0;
            return;
        }
        if (m_points.size() > 1) {
            const double worst = m_points.back().worst;
            const double halfway = score + (worst - score) / 2;
            m_points.back().threshold = halfway > score ? halfway : worst;
        }
        const SweepPoint before = m_points.back();
        m_points.push_back({score, score, before.spans + 1, before.right + (right ? 1 : 0)});
    }
    /// The point with the highest 2 * right - price * spans; of equal ones the fewest spans.
    SweepPoint best(double price) const
    {
        const auto worth = [&](const SweepPoint& point) {
            return 2 * static_cast<double>(point.right) - price * static_cast<double>(point.spans);
        };
        return *std::max_element(m_points.begin(), m_points.end(),
            [&](const SweepPoint& a, const SweepPoint& b) { return worth(a) < worth(b); });
    }
    const std::vector<SweepPoint>& points() const { return m_points; }
    SweepPoint at(double threshold) const
    {
        const auto beyond = std::partition_point(m_points.begin(), m_points.end(),
            [&](const SweepPoint& point) { return point.worst >= threshold; });
        return beyond == m_points.begin() ? m_points.front() : *std::prev(beyond);
    }

private:
    std::vector<SweepPoint> m_points = std::vector<SweepPoint>(1);
};

double f1Of(int64_t right, int64_t spans, size_t truths)
{
    const double all = static_cast<double>(spans) + static_cast<double>(truths);
    return all > 0 ? 2 * static_cast<double>(right) / all : 0;
}

/// Detections that were matched, best first.
struct Matched {
    Sweep all;
    std::map<int, Sweep> classes;
};

Matched matched(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& detected, double tiou)
{
    const SpanMatcher matcher(truth, detected);
    const std::vector<int64_t> owned = matcher.strict(tiou);
    Matched sweeps;
    for (const size_t index : matcher.ranking()) {
        sweeps.all.add(detected[index].score, owned[index] >= 0);
        sweeps.classes[detected[index].classId].add(detected[index].score, owned[index] >= 0);
    }
    return sweeps;
}

/// Thresholds of their own for the classes with enough truths. F1 is a quotient of sums over classes, so that
/// for a given price of a span each class can be optimised by itself, and the price that the optimum
/// is worth is found in a few rounds (Dinkelbach 1967).
void choosePerClass(
    const Matched& sweeps, const std::vector<ScoredSpan>& truth, int64_t enough, SpanDecision& decision)
{
    std::map<int, int64_t> truths;
    for (const ScoredSpan& span : truth)
        ++truths[span.classId];
    const auto isOwn = [&](int label) {
        const auto found = truths.find(label);
        return found != truths.end() && found->second >= enough;
    };
    for (;;) {
        int64_t right = 0;
        int64_t spans = 0;
        std::map<int, double> thresholds;
        for (const auto& [label, sweep] : sweeps.classes) {
            const bool own = isOwn(label);
            const SweepPoint point = own ? sweep.best(decision.f1) : sweep.at(decision.threshold);
            right += point.right;
            spans += point.spans;
            if (own)
                thresholds[label] = point.threshold;
        }
        const double f1 = f1Of(right, spans, truth.size());
        if (!(f1 > decision.f1))
            break;
        decision.f1 = f1;
        decision.perClass = std::move(thresholds);
    }
}

std::vector<double> liftsOf(const std::vector<int64_t>& trainingCounts, double exponent)
{
    const auto most = static_cast<double>(std::ranges::max(trainingCounts));
    std::vector<double> lifts;
    for (const int64_t count : trainingCounts)
        lifts.push_back(
            std::pow(std::max(most, 1.0) / static_cast<double>(std::max<int64_t>(count, 1)), exponent));
    return lifts;
}

/// The best thresholds for these lifts.
SpanDecision decisionAt(std::vector<double> lift, const std::vector<ScoredSpan>& truth,
    const std::vector<ScoredSpan>& detected, const DecisionOptions& options)
{
    SpanDecision decision;
    decision.threshold = kNever;
    decision.lift = std::move(lift);
    decision.sameClassOverlap = options.sameClassOverlap;
    decision.otherClassOverlap = options.otherClassOverlap;
    decision.tiou = options.tiou;
    std::vector<ScoredSpan> left;
    for (const size_t place : unsuppressed(detected, decision)) {
        left.push_back(detected[place]);
        left.back().score = lifted(detected[place], decision);
    }
    const Matched sweeps = matched(truth, left, options.tiou);
    for (const SweepPoint& point : sweeps.all.points())
        if (const double f1 = f1Of(point.right, point.spans, truth.size()); f1 > decision.f1) {
            decision.f1 = f1;
            decision.threshold = point.threshold;
        }
    if (options.perClass)
        choosePerClass(sweeps, truth, options.enough, decision);
    return decision;
}

} // namespace

double SpanDecision::liftOf(int label) const
{
    const auto index = static_cast<size_t>(label);
    return label >= 0 && index < lift.size() ? lift[index] : 1;
}

double SpanDecision::thresholdOf(int label) const
{
    const auto found = perClass.find(label);
    return (found == perClass.end() ? threshold : found->second) / liftOf(label);
}

Result<SpanDecision> chooseDecision(const std::vector<ScoredSpan>& truth,
    const std::vector<ScoredSpan>& detected, const DecisionOptions& options)
{
    if (!(options.tiou > 0 && options.tiou <= 1))
        return Error{ErrorCode::InvalidArgument,
            "the overlap that a decision threshold is chosen for must lie above 0 and at most at 1, not "
                + std::to_string(options.tiou)};
    SpanDecision best = decisionAt({}, truth, detected, options);
    std::vector<SpanDecision> lifts;
    if (!options.trainingCounts.empty())
        for (const double exponent : options.liftExponents)
            lifts.push_back(decisionAt(liftsOf(options.trainingCounts, exponent), truth, detected, options));
    double highest = best.f1;
    for (const SpanDecision& decision : lifts)
        highest = std::max(highest, decision.f1);
    for (SpanDecision& decision : lifts)
        if (decision.f1 > 0 && decision.f1 >= highest - options.liftCost)
            best = std::move(decision);
    return best;
}

std::vector<ScoredSpan> decided(const std::vector<ScoredSpan>& detected, const SpanDecision& decision)
{
    std::vector<ScoredSpan> left;
    for (const size_t place : unsuppressed(detected, decision))
        if (decision.counts(detected[place]))
            left.push_back(detected[place]);
    return left;
}

std::vector<ScoredSpan> spansOf(const std::string& video, const std::vector<Segment>& segments)
{
    std::vector<ScoredSpan> spans;
    spans.reserve(segments.size());
    for (const Segment& segment : segments)
        spans.push_back({video, segment.label, segment.start, segment.end, segment.score});
    return spans;
}

} // namespace telltale
