// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/pairtallies.h"
#include "eval/agreement/spanpairs.h"
#include <algorithm>
#include <cstdlib>

namespace telltale {
namespace {

constexpr size_t kBoundaries = 4; ///< start and end, each in frames and ms

/// What the model said in a unit, as both coders saw it.
struct Hints {
    std::vector<FrameSpan> shown;
    std::vector<FrameSpan> withheld;

    Hint of(const FrameSpan& span) const
    {
        if (touches(shown, span))
            return Hint::Shown;
        return touches(withheld, span) ? Hint::Withheld : Hint::NotProposed;
    }
};

std::vector<FrameSpan> joined(const std::vector<FrameSpan>& a, const std::vector<FrameSpan>& b)
{
    std::vector<FrameSpan> all = a;
    all.insert(all.end(), b.begin(), b.end());
    return unionOf(std::move(all));
}

Hints hintsOf(const Coding& a, const Coding& b)
{
    Hints hints;
    hints.shown = joined(a.shown, b.shown);
    hints.withheld = without(common(unionOf(a.withheld), unionOf(b.withheld)), hints.shown);
    return hints;
}

/// Counts everything about two coders, group by group.
class PairCounter {
public:
    PairCounter(
        const CodedSet& set, const AgreementOptions& options, PairAgreement& pair, PairTallies& tallies)
        : m_set(set)
        , m_options(options)
        , m_pair(pair)
        , m_tallies(tallies)
    {
    }

    void count(size_t unitIndex)
    {
        const CodedUnit& unit = m_set.units[unitIndex];
        const auto& a = unit.codings[static_cast<size_t>(m_pair.a)];
        const auto& b = unit.codings[static_cast<size_t>(m_pair.b)];
        if (!a || !b)
            return;
        ++m_pair.units;
        const Hints hints = hintsOf(*a, *b);
        countFrames(unit, hints);
        countSpans(unitIndex, *a, *b, hints);
    }

private:
    int64_t addFrames(const CodedUnit& unit, PairSums& sums, const std::vector<FrameSpan>* within)
    {
        const auto background = static_cast<size_t>(m_set.labels);
        int64_t compared = 0;
        for (const LabelRun& run : labelRuns(unit, {m_pair.a, m_pair.b}, m_set.labels, within)) {
            if (run.labels[0] == kNotCoded || run.labels[1] == kNotCoded)
                continue;
            const auto a = static_cast<size_t>(run.labels[0]);
            const auto b = static_cast<size_t>(run.labels[1]);
            const auto frames = static_cast<double>(run.frames);
            compared += run.frames;
            sums.at(PairPart::FramesA, a) += frames;
            sums.at(PairPart::FramesB, b) += frames;
            if (a == b)
                sums.at(PairPart::FramesBoth, a) += frames;
            if (a == background || b == background)
                continue;
            sums.at(PairPart::GesturesA, a) += frames;
            sums.at(PairPart::GesturesB, b) += frames;
            if (a == b)
                sums.at(PairPart::GesturesBoth, a) += frames;
        }
        return compared;
    }
    void countFrames(const CodedUnit& unit, const Hints& hints)
    {
        const auto group = static_cast<size_t>(unit.group);
        m_pair.framesCompared += addFrames(unit, m_tallies.groups[group], nullptr);
        if (hints.shown.empty() && hints.withheld.empty()) { // the usual case need not be gone through twice
            m_pair.framesByHint[static_cast<size_t>(Hint::NotProposed)]
                += addFrames(unit, m_tallies.hinted[static_cast<size_t>(Hint::NotProposed)][group], nullptr);
            return;
        }
        const std::vector<FrameSpan> rest = without({{0, unit.frames}}, joined(hints.shown, hints.withheld));
        const std::array<const std::vector<FrameSpan>*, kHints> parts{&hints.shown, &hints.withheld, &rest};
        for (size_t i = 0; i < kHints; ++i)
            m_pair.framesByHint[i] += addFrames(unit, m_tallies.hinted[i][group], parts[i]);
    }

    struct Side {
        const std::vector<CodedSpan>& spans;
        std::vector<Hint> hints; ///< of a span with a partner that of both
        std::vector<bool> paired;
    };
    static Side sideOf(const Coding& coding, const Hints& hints)
    {
        Side side{coding.spans, {}, std::vector<bool>(coding.spans.size())};
        for (const CodedSpan& one : coding.spans)
            side.hints.push_back(hints.of(one.span));
        return side;
    }
    void countSpans(size_t unitIndex, const Coding& codingA, const Coding& codingB, const Hints& hints)
    {
        const CodedUnit& unit = m_set.units[unitIndex];
        Side a = sideOf(codingA, hints);
        Side b = sideOf(codingB, hints);
        std::vector<SpanMatchPair> overlaps = overlappingPairs(a.spans, b.spans);
        const auto pairs = bestPairs(overlaps, a.spans.size(), b.spans.size(), m_options.pairOverlap);
        const size_t firstPair = m_pair.pairs.size();
        for (const SpanMatchPair& pair : pairs)
            countPair(unitIndex, unit, a, b, pair);
        countSide(unitIndex, unit, a, PairPart::SpansA);
        countSide(unitIndex, unit, b, PairPart::SpansB);
        std::ranges::sort(m_pair.pairs.begin() + static_cast<std::ptrdiff_t>(firstPair), m_pair.pairs.end(),
            {}, [&](const AgreementPair& one) {
                return one.a >= 0 ? a.spans[static_cast<size_t>(one.a)].span.first
                                  : b.spans[static_cast<size_t>(one.b)].span.first;
            });
        std::erase_if(
            overlaps, [&](const SpanMatchPair& one) { return a.spans[one.a].label != b.spans[one.b].label; });
        for (size_t i = 0; i < m_options.tious.size(); ++i)
            countAgreed(
                unit, a, b, bestPairs(overlaps, a.spans.size(), b.spans.size(), m_options.tious[i]), i);
    }
    void countPair(size_t unitIndex, const CodedUnit& unit, Side& a, Side& b, const SpanMatchPair& pair)
    {
        const CodedSpan& one = a.spans[pair.a];
        const CodedSpan& other = b.spans[pair.b];
        a.paired[pair.a] = b.paired[pair.b] = true;
        const Hint hint = std::min(a.hints[pair.a], b.hints[pair.b]);
        a.hints[pair.a] = b.hints[pair.b] = hint;
        const auto group = static_cast<size_t>(unit.group);
        for (PairSums* sums :
            {&m_tallies.groups[group], &m_tallies.hinted[static_cast<size_t>(hint)][group]}) {
            ++sums->at(PairPart::PairsA, static_cast<size_t>(one.label));
            ++sums->at(PairPart::PairsB, static_cast<size_t>(other.label));
            if (one.label == other.label)
                ++sums->at(PairPart::PairsBoth, static_cast<size_t>(one.label));
        }
        m_pair.pairs.push_back(
            {unitIndex, static_cast<int64_t>(pair.a), static_cast<int64_t>(pair.b), pair.overlap});
        const auto start = static_cast<double>(std::abs(one.span.first - other.span.first));
        const auto end = static_cast<double>(std::abs(one.span.last - other.span.last));
        const std::array<double, kBoundaries> apart{
            start, start * unit.msPerFrame, end, end * unit.msPerFrame};
        for (size_t i = 0; i < kBoundaries; ++i) {
            m_tallies.ends[i].add(unit.group, apart[i]);
            if (one.label == other.label)
                m_tallies.labelEnds[static_cast<size_t>(one.label)][i].add(unit.group, apart[i]);
        }
    }
    void countSide(size_t unitIndex, const CodedUnit& unit, const Side& side, PairPart part)
    {
        const auto group = static_cast<size_t>(unit.group);
        for (size_t i = 0; i < side.spans.size(); ++i) {
            const auto label = static_cast<size_t>(side.spans[i].label);
            ++m_tallies.groups[group].at(part, label);
            ++m_tallies.hinted[static_cast<size_t>(side.hints[i])][group].at(part, label);
            if (side.paired[i])
                continue;
            const auto row = static_cast<int64_t>(i);
            m_pair.pairs.push_back(part == PairPart::SpansA ? AgreementPair{unitIndex, row, -1, 0}
                                                            : AgreementPair{unitIndex, -1, row, 0});
        }
    }
    /// Half for each side, because the model may have been seen at one of them alone.
    void countAgreed(const CodedUnit& unit, const Side& a, const Side& b,
        const std::vector<SpanMatchPair>& pairs, size_t threshold)
    {
        const auto group = static_cast<size_t>(unit.group);
        for (const SpanMatchPair& pair : pairs) {
            const auto label = static_cast<size_t>(a.spans[pair.a].label);
            m_tallies.groups[group].at(PairPart::Agreed, label, threshold) += 1;
            for (const Hint hint : {a.hints[pair.a], b.hints[pair.b]})
                m_tallies.hinted[static_cast<size_t>(hint)][group].at(PairPart::Agreed, label, threshold)
                    += 0.5;
        }
    }

    const CodedSet& m_set;
    const AgreementOptions& m_options;
    PairAgreement& m_pair;
    PairTallies& m_tallies;
};

} // namespace

PairTallies::PairTallies(const CodedSet& set, const AgreementOptions& options)
    : empty(static_cast<size_t>(PairPart::Agreed) + options.tious.size(), static_cast<size_t>(set.labels) + 1)
    , groups(static_cast<size_t>(set.groups), empty)
    , ends(kBoundaries, GroupedValues(set.groups))
    , labelEnds(static_cast<size_t>(set.labels), ends)
{
    hinted.fill(groups);
}

bool tallyPair(const CodedSet& set, const AgreementOptions& options, ProgressSink& progress,
    PairAgreement& pair, PairTallies& tallies)
{
    PairCounter counter(set, options, pair, tallies);
    for (size_t i = 0; i < set.units.size(); ++i) {
        if (progress.cancelled())
            return false;
        counter.count(i);
    }
    const auto sortAll = [](EndDistances& all) {
        for (GroupedValues& values : all)
            values.sort();
    };
    sortAll(tallies.ends);
    for (EndDistances& one : tallies.labelEnds)
        sortAll(one);
    return true;
}

} // namespace telltale
