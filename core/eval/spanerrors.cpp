// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spanerrors.h"
#include <algorithm>
#include <array>
#include <string_view>

namespace telltale {
namespace {

constexpr std::array<const char*, kSpanErrorKinds> kNames{"correct", "double_detection", "wrong_label",
    "bad_localisation", "wrong_label_and_localisation", "background"};

/// The truth that a prediction overlaps most, of its class and of the others.
struct Nearest {
    double overlap = 0;
    size_t truth = 0;
    void take(double value, size_t index)
    {
        if (value > overlap) {
            overlap = value;
            truth = index;
        }
    }
};

struct Judged {
    SpanErrorKind kind = SpanErrorKind::Background;
    size_t truth = 0; ///< what a wrong label or bad localisation is about
};

Judged judge(const Nearest& own, const Nearest& other, double tiou, double background)
{
    const auto reaches = [](const Nearest& nearest, double limit) {
        return nearest.overlap > 0 && nearest.overlap >= limit;
    };
    if (reaches(own, tiou))
        return {SpanErrorKind::DoubleDetection, own.truth};
    if (reaches(other, tiou))
        return {SpanErrorKind::WrongLabel, other.truth};
    if (reaches(own, background))
        return {SpanErrorKind::BadLocalisation, own.truth};
    if (reaches(other, background))
        return {SpanErrorKind::WrongLabelAndLocalisation, other.truth};
    return {};
}

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

SpanErrors spanErrors(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const SpanMatcher& matcher, double tiou, double background)
{
    std::map<std::string_view, std::vector<size_t>> truthsOf;
    for (size_t i = 0; i < truth.size(); ++i)
        truthsOf[truth[i].video].push_back(i);

    TruthStates states{Flags(truth.size(), false), {}};
    states.about.fill(states.matched);
    const std::vector<int64_t> owned = matcher.strict(tiou);
    for (const int64_t index : owned)
        if (index >= 0)
            states.matched[static_cast<size_t>(index)] = true;

    SpanErrors errors;
    for (size_t i = 0; i < predicted.size(); ++i) {
        Judged judged{SpanErrorKind::Correct, 0};
        if (owned[i] < 0) {
            Nearest own;
            Nearest other;
            if (const auto group = truthsOf.find(predicted[i].video); group != truthsOf.end())
                for (const size_t index : group->second)
                    (truth[index].classId == predicted[i].classId ? own : other)
                        .take(temporalOverlap(truth[index], predicted[i]), index);
            judged = judge(own, other, tiou, background);
        }
        if (judged.kind == SpanErrorKind::WrongLabel || judged.kind == SpanErrorKind::BadLocalisation)
            states.about[static_cast<size_t>(judged.kind)][judged.truth] = true;
        ++errors.all[judged.kind];
        ++errors.perClass[predicted[i].classId][judged.kind];
    }
    for (size_t i = 0; i < truth.size(); ++i)
        for (SpanErrorCounts* counts : {&errors.all, &errors.perClass[truth[i].classId]}) {
            counts->unmatched += states.matched[i] ? 0 : 1;
            counts->missed += states.isMissed(i) ? 1 : 0;
        }
    fillMended(errors, states, static_cast<int64_t>(predicted.size()));
    return errors;
}

} // namespace telltale
