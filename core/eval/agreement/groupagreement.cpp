// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/groupagreement.h"
#include "eval/agreement/resampling.h"
#include "eval/agreement/sums.h"
#include <algorithm>

namespace telltale {
namespace {

/// Sums over all frames and over those without background.
struct BothSums {
    explicit BothSums(size_t labels)
        : all(static_cast<size_t>(GroupPart::Count), labels)
        , gestures(static_cast<size_t>(GroupPart::Count), labels)
    {
    }
    GroupSums all;
    GroupSums gestures;
};

class Counter {
public:
    Counter(const CodedSet& set, const std::vector<int>& coders)
        : m_background(set.labels)
        , m_coders(coders)
        , m_given(static_cast<size_t>(set.labels) + 1, 0)
    {
    }

    void count(const CodedUnit& unit, BothSums& sums)
    {
        for (const LabelRun& run : labelRuns(unit, m_coders, m_background))
            countRun(run, sums);
    }

private:
    void countRun(const LabelRun& run, BothSums& sums)
    {
        m_used.clear();
        int values = 0;
        for (const int label : run.labels) {
            if (label == kNotCoded)
                continue;
            ++values;
            if (m_given[static_cast<size_t>(label)]++ == 0)
                m_used.push_back(label);
        }
        if (values >= 2) {
            add(run, values, sums.all);
            if (m_given[static_cast<size_t>(m_background)] == 0)
                add(run, values, sums.gestures);
        }
        for (const int label : m_used)
            m_given[static_cast<size_t>(label)] = 0;
    }
    void add(const LabelRun& run, int values, GroupSums& sums)
    {
        const auto frames = static_cast<double>(run.frames);
        const bool complete = values == static_cast<int>(run.labels.size());
        if (complete)
            sums.at(GroupPart::FleissItems, 0) += frames;
        for (const int label : m_used) {
            const auto place = static_cast<size_t>(label);
            const double given = m_given[place];
            if (complete) {
                sums.at(GroupPart::FleissGiven, place) += frames * given;
                sums.at(GroupPart::FleissSquares, place) += frames * given * given;
            }
            sums.at(GroupPart::AlphaGiven, place) += frames * given;
            sums.at(GroupPart::AlphaBoth, place) += frames * given * (given - 1) / (values - 1);
        }
    }

    int m_background;
    const std::vector<int>& m_coders;
    std::vector<int> m_given; ///< by label, of one run
    std::vector<int> m_used;
};

FleissSums fleissOf(const GroupSums& sums, int raters)
{
    return {raters, sums.part(GroupPart::FleissItems)[0], sums.part(GroupPart::FleissGiven),
        sums.part(GroupPart::FleissSquares)};
}

CoincidenceSums coincidencesOf(const GroupSums& sums)
{
    return {sums.part(GroupPart::AlphaGiven), sums.part(GroupPart::AlphaBoth)};
}

GroupFigures figuresOf(const BothSums& sums, int raters)
{
    return {fleissKappa(fleissOf(sums.all, raters)), fleissKappa(fleissOf(sums.gestures, raters)),
        krippendorffAlpha(coincidencesOf(sums.all)), krippendorffAlpha(coincidencesOf(sums.gestures))};
}

GroupFigures figuresOf(const BothSums& sums, int raters, size_t label)
{
    return {fleissKappa(fleissOf(sums.all, raters), label),
        fleissKappa(fleissOf(sums.gestures, raters), label),
        krippendorffAlpha(coincidencesOf(sums.all), label),
        krippendorffAlpha(coincidencesOf(sums.gestures), label)};
}

template <typename Figures, typename Visit> void forEach(Figures&& figures, const Visit& visit)
{
    visit(figures.fleiss);
    visit(figures.fleissGestures);
    visit(figures.alpha);
    visit(figures.alphaGestures);
}

} // namespace

bool addGroupAgreement(const CodedSet& set, const AgreementOptions& options,
    const std::vector<std::vector<int>>& drawn, ProgressSink& progress, AgreementReport& report)
{
    const size_t labels = static_cast<size_t>(set.labels) + 1;
    const int raters = static_cast<int>(report.group.size());
    std::vector<BothSums> groups(static_cast<size_t>(set.groups), BothSums(labels));
    Counter counter(set, report.group);
    for (const CodedUnit& unit : set.units) {
        if (progress.cancelled())
            return false;
        counter.count(unit, groups[static_cast<size_t>(unit.group)]);
    }
    BothSums sums(labels);
    const auto addUp = [&](const auto& times) {
        sums.all.clear();
        sums.gestures.clear();
        for (size_t i = 0; i < groups.size(); ++i) {
            if (times(i) == 0)
                continue;
            sums.all.addTimes(groups[i].all, times(i));
            sums.gestures.addTimes(groups[i].gestures, times(i));
        }
    };
    addUp([](size_t) { return 1; });
    report.all = figuresOf(sums, raters);
    for (size_t label = 0; label + 1 < labels; ++label)
        report.labels.push_back(figuresOf(sums, raters, label));

    std::vector<AgreementFigure*> figures;
    const auto note = [&figures](AgreementFigure& figure) { figures.push_back(&figure); };
    forEach(report.all, note);
    for (GroupFigures& one : report.labels)
        forEach(one, note);
    return addIntervals(figures, drawn, options.bootstrap.level, progress,
        [&](const std::vector<int>& times, std::vector<AgreementFigure>& values) {
            addUp([&times](size_t i) { return times[i]; });
            const auto append = [&values](const AgreementFigure& figure) { values.push_back(figure); };
            forEach(figuresOf(sums, raters), append);
            for (size_t label = 0; label + 1 < labels; ++label)
                forEach(figuresOf(sums, raters, label), append);
        });
}

} // namespace telltale
