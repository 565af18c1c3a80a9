// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/pairagreement.h"
#include "eval/agreement/pairtallies.h"
#include "eval/agreement/resampling.h"
#include <algorithm>
#include <cmath>
#include <iterator>

namespace telltale {
namespace {

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
void appendEndFigures(
    const EndDistances& ends, const std::vector<int>& drawn, std::vector<AgreementFigure>& out)
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

class Filler {
public:
    Filler(const CodedSet& set, const AgreementOptions& options, PairAgreement& pair)
        : m_labels(static_cast<size_t>(set.labels))
        , m_thresholds(options.tious.size())
        , m_pair(pair)
        , m_tallies(set, options)
        , m_sums(m_tallies.empty)
    {
    }
    PairTallies& tallies() { return m_tallies; }

    void fillValues()
    {
        const std::vector<int> once(m_tallies.groups.size(), 1);
        addUp(m_tallies.groups, once);
        m_pair.all = made(m_sums, m_tallies.ends, once);
        m_pair.all.counts = countsOf(m_sums);
        for (size_t label = 0; label < m_labels; ++label) {
            LabelAgreement one = empty();
            m_values.clear();
            appendTableFigures(m_sums, m_thresholds, label, m_values);
            assign(tableFigures(one.figures), m_values);
            m_values.clear();
            appendEndFigures(m_tallies.labelEnds[label], once, m_values);
            assign(endFigures(one.figures), m_values);
            one.counts = countsOf(m_sums, label);
            m_pair.labels.push_back(std::move(one));
        }
        for (size_t hint = 0; hint < kHints; ++hint) {
            addUp(m_tallies.hinted[hint], once);
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
    LabelAgreement made(const PairSums& sums, const EndDistances& ends, const std::vector<int>& once)
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
                addUp(m_tallies.groups, times);
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
                appendEndFigures(m_tallies.ends, times, values);
                for (const EndDistances& one : m_tallies.labelEnds)
                    appendEndFigures(one, times, values);
            });
    }
    bool fillHints(const std::vector<std::vector<int>>& drawn, double level, ProgressSink& progress)
    {
        for (size_t hint = 0; hint < kHints; ++hint)
            if (!addIntervals(tableFigures(m_pair.byHint[hint].figures), drawn, level, progress,
                    [&](const std::vector<int>& times, std::vector<AgreementFigure>& values) {
                        addUp(m_tallies.hinted[hint], times);
                        appendTableFigures(m_sums, m_thresholds, values);
                    }))
                return false;
        return true;
    }

    size_t m_labels;
    size_t m_thresholds;
    PairAgreement& m_pair;
    PairTallies m_tallies;
    PairSums m_sums;
    std::vector<AgreementFigure> m_values;
};

} // namespace

bool fillPairAgreement(const CodedSet& set, const AgreementOptions& options,
    const std::vector<std::vector<int>>& drawn, ProgressSink& progress, PairAgreement& pair)
{
    Filler filler(set, options, pair);
    if (!tallyPair(set, options, progress, pair, filler.tallies()))
        return false;
    filler.fillValues();
    return filler.fillIntervals(drawn, options.bootstrap.level, progress);
}

} // namespace telltale
