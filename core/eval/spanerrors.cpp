// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spanerrors.h"
#include "eval/spanpairs.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr std::array<const char*, kSpanErrorKinds> kNames{"correct", "double_detection", "wrong_label",
    "bad_localisation", "wrong_label_and_localisation", "background"};

using Flags = std::vector<bool>;

/// Which truths are right, and which ones errors are about.
struct TruthStates {
    Flags matched;
    std::array<Flags, kSpanErrorKinds> about; ///< by kind of error; only of the two that can be mended

    bool isMissed(size_t i) const
    {
        return !matched[i] && std::ranges::none_of(about, [i](const Flags& flags) { return flags[i]; });
    }
    /// Free truths that an error of this kind is about.
    int64_t mendable(size_t kind) const
    {
        int64_t count = 0;
        for (size_t i = 0; i < matched.size(); ++i)
            count += about[kind][i] && !matched[i] ? 1 : 0;
        return count;
    }
};

double f1Of(int64_t correct, int64_t truth, int64_t predicted)
{
    return truth + predicted > 0 ? 2.0 * static_cast<double>(correct) / static_cast<double>(truth + predicted)
                                 : 0.0;
}

void fillMended(SpanErrors& errors, const TruthStates& states, int64_t predicted)
{
    const auto truths = static_cast<int64_t>(states.matched.size());
    const int64_t correct = errors.all[SpanErrorKind::Correct];
    errors.f1Without[0] = f1Of(correct, truths, predicted);
    for (size_t kind = 1; kind < kSpanErrorKinds; ++kind) {
        const int64_t mended = states.mendable(kind);
        errors.f1Without[kind] = f1Of(correct + mended, truths, predicted - errors.all.of[kind] + mended);
    }
    const int64_t missed = errors.all.missed;
    errors.f1WithoutMissed = f1Of(correct + missed, truths, predicted + missed);
}

} // namespace

const char* nameOf(SpanErrorKind kind) { return kNames[static_cast<size_t>(kind)]; }

void SpanErrorFinder::Nearest::take(double value, size_t index)
{
    if (value > overlap || (value > 0 && value == overlap && index < truth)) {
        overlap = value;
        truth = index;
    }
}

SpanErrorFinder::SpanErrorFinder(const std::vector<ScoredSpan>& truth,
    const std::vector<ScoredSpan>& predicted, const SpanMatcher& matcher)
    : m_truth(&truth)
    , m_predicted(&predicted)
    , m_matcher(&matcher)
    , m_neighbours(predicted.size())
{
    for (const SpanPair& pair : overlappingSpans(predicted, truth)) {
        const bool own = truth[pair.second].classId == predicted[pair.first].classId;
        Nearest& nearest = own ? m_neighbours[pair.first].own : m_neighbours[pair.first].other;
        nearest.take(pair.overlap, pair.second);
    }
}

SpanErrorFinder::Judged SpanErrorFinder::judge(const Neighbours& neighbours, double tiou, double background)
{
    const auto& [own, other] = neighbours;
    if (own.reaches(tiou))
        return {SpanErrorKind::DoubleDetection, own.truth};
    if (other.reaches(tiou))
        return {SpanErrorKind::WrongLabel, other.truth};
    if (own.reaches(background))
        return {SpanErrorKind::BadLocalisation, own.truth};
    if (other.reaches(background))
        return {SpanErrorKind::WrongLabelAndLocalisation, other.truth};
    return {};
}

SpanErrors SpanErrorFinder::at(double tiou, double background) const
{
    TruthStates states{Flags(m_truth->size(), false), {}};
    states.about.fill(states.matched);
    const std::vector<int64_t> owned = m_matcher->strict(tiou);
    for (const int64_t index : owned)
        if (index >= 0)
            states.matched[static_cast<size_t>(index)] = true;

    SpanErrors errors;
    for (size_t i = 0; i < m_predicted->size(); ++i) {
        const Judged judged
            = owned[i] >= 0 ? Judged{SpanErrorKind::Correct, 0} : judge(m_neighbours[i], tiou, background);
        if (judged.kind == SpanErrorKind::WrongLabel || judged.kind == SpanErrorKind::BadLocalisation)
            states.about[static_cast<size_t>(judged.kind)][judged.truth] = true;
        errors.kinds.push_back(judged.kind);
        ++errors.all[judged.kind];
        ++errors.perClass[(*m_predicted)[i].classId][judged.kind];
    }
    for (size_t i = 0; i < m_truth->size(); ++i)
        for (SpanErrorCounts* counts : {&errors.all, &errors.perClass[(*m_truth)[i].classId]}) {
            counts->unmatched += states.matched[i] ? 0 : 1;
            counts->missed += states.isMissed(i) ? 1 : 0;
        }
    fillMended(errors, states, static_cast<int64_t>(m_predicted->size()));
    return errors;
}

} // namespace telltale
