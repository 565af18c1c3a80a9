// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/pairagreement.h"
#include "eval/agreement/boundaries.h"
#include "eval/agreement/resampling.h"
#include "eval/agreement/spanpairs.h"
#include "eval/agreement/sums.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace telltale {
namespace {

constexpr size_t kBoundaries = 4; ///< start and end, each in frames and ms

/// Distances of both ends of pairs.
using Ends = std::vector<GroupedValues>;

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

SpanTable spansOf(const PairSums& sums)
{
    return {{sums.part(PairPart::PairsA), sums.part(PairPart::PairsB), sums.part(PairPart::PairsBoth)},
        sums.part(PairPart::SpansA), sums.part(PairPart::SpansB)};
}

LabelTable framesOf(const PairSums& sums)
{
    return {sums.part(PairPart::FramesA), sums.part(PairPart::FramesB), sums.part(PairPart::FramesBoth)};
}

LabelTable gesturesOf(const PairSums& sums)
{
    return {
        sums.part(PairPart::GesturesA), sums.part(PairPart::GesturesB), sums.part(PairPart::GesturesBoth)};
}

double sum(std::span<const double> values)
{
    double all = 0;
    for (const double value : values)
        all += value;
    return all;
}

/// Kappas and F1, in the order in which tableFigures() points to them.
void appendTableFigures(const PairSums& sums, size_t thresholds, std::vector<AgreementFigure>& out)
{
    const AgreementFigure pairs = cohenKappa(spansOf(sums).pairs);
    out.push_back(cohenKappa(framesOf(sums)));
    out.push_back(cohenKappa(gesturesOf(sums)));
    out.push_back(pairs.missing == NoFigure::NothingCompared ? undefined(NoFigure::NoPairs) : pairs);
    out.push_back(unmatchedKappa(spansOf(sums)));
    const double a = sum(sums.part(PairPart::SpansA));
    const double b = sum(sums.part(PairPart::SpansB));
    for (size_t i = 0; i < thresholds; ++i)
        out.push_back(a + b > 0 ? spanF1(sum(sums.part(PairPart::Agreed, i)), a, b)
                                : undefined(NoFigure::NothingCompared));
}

void appendTableFigures(
    const PairSums& sums, size_t thresholds, size_t label, std::vector<AgreementFigure>& out)
{
    const SpanTable spans = spansOf(sums);
    out.push_back(cohenKappa(framesOf(sums), label));
    out.push_back(cohenKappa(gesturesOf(sums), label));
    const AgreementFigure pairs = cohenKappa(spans.pairs, label);
    out.push_back(pairs.missing == NoFigure::NothingCompared ? undefined(NoFigure::NoPairs) : pairs);
    out.push_back(unmatchedKappa(spans, label));
    for (size_t i = 0; i < thresholds; ++i)
        out.push_back(
            spanF1(sums.part(PairPart::Agreed, i)[label], spans.spansA[label], spans.spansB[label]));
}

std::vector<AgreementFigure*> tableFigures(PairFigures& figures)
{
    std::vector<AgreementFigure*> all{
        &figures.frameKappa, &figures.gestureKappa, &figures.spanKappa, &figures.unmatchedKappa};
    for (AgreementFigure& one : figures.f1)
        all.push_back(&one);
    return all;
}

std::vector<AgreementFigure*> endFigures(PairFigures& figures)
{
    std::vector<AgreementFigure*> all;
    for (BoundaryFigures* one : {&figures.start, &figures.end})
        for (AgreementFigure* figure : {&one->meanFrames, &one->medianFrames, &one->meanMs, &one->medianMs})
            all.push_back(figure);
    return all;
}

/// In the order of endFigures().
void appendEndFigures(const Ends& ends, const std::vector<int>& drawn, std::vector<AgreementFigure>& out)
{
    for (const GroupedValues& values : ends) {
        out.push_back(values.mean(drawn));
        out.push_back(values.median(drawn));
    }
}

void assign(const std::vector<AgreementFigure*>& places, const std::vector<AgreementFigure>& values)
{
    for (size_t i = 0; i < places.size(); ++i)
        *places[i] = values[i];
}

int64_t whole(double value) { return std::llround(value); }

PairCounts countsOf(const PairSums& sums)
{
    const size_t background = sums.labels() - 1;
    const LabelTable frames = framesOf(sums);
    return {whole(sum(sums.part(PairPart::SpansA))), whole(sum(sums.part(PairPart::SpansB))),
        whole(sum(sums.part(PairPart::PairsA))), whole(sum(sums.part(PairPart::PairsB))),
        whole(sum(sums.part(PairPart::PairsBoth))), whole(sum(frames.a) - frames.a[background]),
        whole(sum(frames.b) - frames.b[background]), whole(sum(sums.part(PairPart::GesturesA)))};
}

PairCounts countsOf(const PairSums& sums, size_t label)
{
    const auto at = [&](PairPart part) { return whole(sums.part(part)[label]); };
    return {at(PairPart::SpansA), at(PairPart::SpansB), at(PairPart::PairsA), at(PairPart::PairsB),
        at(PairPart::PairsBoth), at(PairPart::FramesA), at(PairPart::FramesB), at(PairPart::FramesBoth)};
}

/// Counts everything about two coders, group by group.
class PairCounter {
public:
    PairCounter(const CodedSet& set, const AgreementOptions& options, PairAgreement& pair)
        : m_set(set)
        , m_options(options)
        , m_pair(pair)
        , m_labels(static_cast<size_t>(set.labels) + 1)
        , m_empty(static_cast<size_t>(PairPart::Agreed) + options.tious.size(), m_labels)
        , groups(static_cast<size_t>(set.groups), m_empty)
        , ends(kBoundaries, GroupedValues(set.groups))
        , labelEnds(static_cast<size_t>(set.labels), ends)
    {
        for (auto& one : hinted)
            one.assign(groups.size(), m_empty);
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
    void finish()
    {
        const auto sortAll = [](Ends& all) {
            for (GroupedValues& values : all)
                values.sort();
        };
        sortAll(ends);
        for (Ends& one : labelEnds)
            sortAll(one);
    }
    const PairSums& empty() const { return m_empty; }

private:
    const CodedSet& m_set;
    const AgreementOptions& m_options;
    PairAgreement& m_pair;
    size_t m_labels;
    PairSums m_empty;

public:
    std::vector<PairSums> groups;
    std::array<std::vector<PairSums>, kHints> hinted;
    Ends ends;
    std::vector<Ends> labelEnds;

private:
    int64_t addFrames(const CodedUnit& unit, PairSums& sums, const std::vector<FrameSpan>* within)
    {
        const size_t background = m_labels - 1;
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
        m_pair.framesCompared += addFrames(unit, groups[group], nullptr);
        if (hints.shown.empty() && hints.withheld.empty()) { // the usual case need not be gone through twice
            m_pair.framesByHint[static_cast<size_t>(Hint::NotProposed)]
                += addFrames(unit, hinted[static_cast<size_t>(Hint::NotProposed)][group], nullptr);
            return;
        }
        const std::vector<FrameSpan> rest = without({{0, unit.frames}}, joined(hints.shown, hints.withheld));
        const std::array<const std::vector<FrameSpan>*, kHints> parts{&hints.shown, &hints.withheld, &rest};
        for (size_t i = 0; i < kHints; ++i)
            m_pair.framesByHint[i] += addFrames(unit, hinted[i][group], parts[i]);
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
        for (PairSums* sums : {&groups[group], &hinted[static_cast<size_t>(hint)][group]}) {
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
            ends[i].add(unit.group, apart[i]);
            if (one.label == other.label)
                labelEnds[static_cast<size_t>(one.label)][i].add(unit.group, apart[i]);
        }
    }
    void countSide(size_t unitIndex, const CodedUnit& unit, const Side& side, PairPart part)
    {
        const auto group = static_cast<size_t>(unit.group);
        for (size_t i = 0; i < side.spans.size(); ++i) {
            const auto label = static_cast<size_t>(side.spans[i].label);
            ++groups[group].at(part, label);
            ++hinted[static_cast<size_t>(side.hints[i])][group].at(part, label);
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
            groups[group].at(PairPart::Agreed, label, threshold) += 1;
            for (const Hint hint : {a.hints[pair.a], b.hints[pair.b]})
                hinted[static_cast<size_t>(hint)][group].at(PairPart::Agreed, label, threshold) += 0.5;
        }
    }
};

class Filler {
public:
    Filler(const CodedSet& set, const AgreementOptions& options, PairAgreement& pair)
        : m_labels(static_cast<size_t>(set.labels))
        , m_thresholds(options.tious.size())
        , m_pair(pair)
        , m_counter(set, options, pair)
        , m_sums(m_counter.empty())
    {
    }
    PairCounter& counter() { return m_counter; }

    void fillValues()
    {
        m_counter.finish();
        const std::vector<int> once(m_counter.groups.size(), 1);
        addUp(m_counter.groups, once);
        m_pair.all = made(m_sums, m_counter.ends, once);
        m_pair.all.counts = countsOf(m_sums);
        for (size_t label = 0; label < m_labels; ++label) {
            LabelAgreement one = empty();
            m_values.clear();
            appendTableFigures(m_sums, m_thresholds, label, m_values);
            assign(tableFigures(one.figures), m_values);
            m_values.clear();
            appendEndFigures(m_counter.labelEnds[label], once, m_values);
            assign(endFigures(one.figures), m_values);
            one.counts = countsOf(m_sums, label);
            m_pair.labels.push_back(std::move(one));
        }
        for (size_t hint = 0; hint < kHints; ++hint) {
            addUp(m_counter.hinted[hint], once);
            LabelAgreement one = empty();
            m_values.clear();
            appendTableFigures(m_sums, m_thresholds, m_values);
            assign(tableFigures(one.figures), m_values);
            one.counts = countsOf(m_sums);
            m_pair.byHint[hint] = std::move(one);
        }
    }

    bool fillIntervals(const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress)
    {
        return fillTables(drawn, level, progress) && fillEnds(drawn, level, progress)
            && fillHints(drawn, level, progress);
    }

private:
    LabelAgreement empty() const
    {
        LabelAgreement one;
        one.figures.f1.resize(m_thresholds);
        return one;
    }
    LabelAgreement made(const PairSums& sums, const Ends& ends, const std::vector<int>& once)
    {
        LabelAgreement one = empty();
        m_values.clear();
        appendTableFigures(sums, m_thresholds, m_values);
        assign(tableFigures(one.figures), m_values);
        m_values.clear();
        appendEndFigures(ends, once, m_values);
        assign(endFigures(one.figures), m_values);
        return one;
    }
    void addUp(const std::vector<PairSums>& groups, const std::vector<int>& times)
    {
        m_sums.clear();
        for (size_t i = 0; i < groups.size(); ++i)
            if (times[i] != 0)
                m_sums.addTimes(groups[i], times[i]);
    }
    bool fillTables(const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress)
    {
        std::vector<AgreementFigure*> figures = tableFigures(m_pair.all.figures);
        for (LabelAgreement& one : m_pair.labels)
            std::ranges::copy(tableFigures(one.figures), std::back_inserter(figures));
        return addIntervals(figures, drawn, level, progress,
            [&](const std::vector<int>& times, std::vector<AgreementFigure>& values) {
                addUp(m_counter.groups, times);
                appendTableFigures(m_sums, m_thresholds, values);
                for (size_t label = 0; label < m_labels; ++label)
                    appendTableFigures(m_sums, m_thresholds, label, values);
            });
    }
    bool fillEnds(const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress)
    {
        std::vector<AgreementFigure*> figures = endFigures(m_pair.all.figures);
        for (LabelAgreement& one : m_pair.labels)
            std::ranges::copy(endFigures(one.figures), std::back_inserter(figures));
        return addIntervals(figures, drawn, level, progress,
            [&](const std::vector<int>& times, std::vector<AgreementFigure>& values) {
                appendEndFigures(m_counter.ends, times, values);
                for (const Ends& one : m_counter.labelEnds)
                    appendEndFigures(one, times, values);
            });
    }
    bool fillHints(const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress)
    {
        for (size_t hint = 0; hint < kHints; ++hint)
            if (!addIntervals(tableFigures(m_pair.byHint[hint].figures), drawn, level, progress,
                    [&](const std::vector<int>& times, std::vector<AgreementFigure>& values) {
                        addUp(m_counter.hinted[hint], times);
                        appendTableFigures(m_sums, m_thresholds, values);
                    }))
                return false;
        return true;
    }

    size_t m_labels;
    size_t m_thresholds;
    PairAgreement& m_pair;
    PairCounter m_counter;
    PairSums m_sums;
    std::vector<AgreementFigure> m_values;
};

} // namespace

bool fillPairAgreement(const CodedSet& set, const AgreementOptions& options,
    const std::vector<std::vector<int>>& drawn, ProgressSink& progress, PairAgreement& pair)
{
    Filler filler(set, options, pair);
    for (size_t i = 0; i < set.units.size(); ++i) {
        if (progress.cancelled())
            return false;
        filler.counter().count(i);
    }
    filler.fillValues();
    return filler.fillIntervals(drawn, options.bootstrap.level, progress);
}

} // namespace telltale
