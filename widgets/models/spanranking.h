// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include "review/expectedgain.h"
#include "review/rankedqueue.h"
#include "widgets/models/spandigest.h"
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// Orders of the review queue. Those from Gain on are ways to work; Detector, Ensemble and Together go by
/// SpanScores, greatest first, spans without one at the end.
enum class QueueOrder {
    MostCertain,
    LeastCertain,
    Time,
    Detector,
    Ensemble,
    Together,
    Gain, ///< expected gain, with the audit stream between
    TailHunt, ///< classes with the fewest decided examples first, in each by gain
    BoundaryFix, ///< sure of the class, not of the ends
    ConfusionPair, ///< only spans whose two best classes are one pair, closest first
    Audit, ///< only audit items, in the order in which they count
};

/// Two classes that are taken for each other, the smaller id first.
using ClassPair = std::pair<int, int>;
/// The two best classes where they are close (a margin below 0.5; ours), else nothing.
std::optional<ClassPair> confusedPair(const SpanDigest& digest);

/// What an order knows of a span.
struct RankedSpan {
    const Annotation* span = nullptr;
    const SpanDigest* digest = nullptr; ///< null without a prediction
    double novelty = 1;
    double boundaryDoubt = 0;
    double seconds = 0; ///< length
    bool proposal = false; ///< one of those that are audited or might have been
    bool audited = false;
    double auditPlace = 0;
};

/// Keeps spans in one of the orders, and what all of them together say: how many examples a class has, and
/// how far the audits are. A change of one span costs its place. A value.
class SpanRanking {
public:
    void setOrder(QueueOrder order) { m_order = order; } ///< clear() and put() all again afterwards
    QueueOrder order() const { return m_order; }
    void setWeights(const GainWeights& weights) { m_weights = weights; } ///< likewise
    const GainWeights& weights() const { return m_weights; }
    void setAuditShare(double share)
    {
        m_auditShare = share;
    } ///< put() those again that it makes audit items

    void clear();
    /// All at once; faster than one by one. `shown` beside each span.
    void assign(const std::vector<std::pair<RankedSpan, bool>>& spans);
    /// A new span or what has become of one; one that is not shown still counts as an example.
    void put(const RankedSpan& span, bool shown);
    void remove(int64_t id);
    bool shows(int64_t id) const { return m_ranked.contains(id) || m_audits.contains(id); }
    std::vector<int64_t> ids(); ///< of those that are shown, first to last

    int64_t examples(int classId) const; ///< accepted or corrected spans

private:
    /// What a span adds to the counts.
    struct Counted {
        int exampleOf = kNoClass;
        bool decided = false; ///< a proposal
        bool audited = false;
    };
    static constexpr int kNoClass = -2;

    RankedQueue::Item itemOf(const RankedSpan& span) const;
    RankKey keyOf(const RankedSpan& span) const;
    bool isStreamed(const RankedSpan& span) const;
    bool goesByClass() const { return m_order == QueueOrder::Gain || m_order == QueueOrder::TailHunt; }
    int count(const RankedSpan& span); ///< the class that it is an example of, or kNoClass
    void add(const Counted& counted, int by);
    void setStanding(int classId);

    QueueOrder m_order = QueueOrder::MostCertain;
    GainWeights m_weights;
    double m_auditShare = 0;
    RankedQueue m_ranked;
    RankedQueue m_audits; ///< open ones, where the order has them come between
    std::unordered_map<int64_t, Counted> m_counted;
    std::unordered_map<int, int64_t> m_examples; ///< by class
    int64_t m_allExamples = 0;
    int64_t m_decided = 0;
    int64_t m_decidedAudits = 0;
};

} // namespace telltale
