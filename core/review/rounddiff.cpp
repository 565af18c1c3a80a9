// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/rounddiff.h"
#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

/// Two spans that may be the same one.
struct Pair {
    double overlap = 0;
    bool sameClass = false;
    int before = -1;
    int after = -1;
};

auto placeOf(const RoundSpan& one) { return std::tuple(one.video, one.person, one.span.first); }

auto orderOf(const RoundSpan& one)
{
    return std::tuple(one.video, one.person, one.span.first, one.span.last, one.classId);
}

std::vector<int> sorted(std::span<const RoundSpan> spans)
{
    std::vector<int> order(spans.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::ranges::stable_sort(order, [&](int a, int b) {
        return orderOf(spans[static_cast<size_t>(a)]) < orderOf(spans[static_cast<size_t>(b)]);
    });
    return order;
}

class Pairing {
public:
    Pairing(std::span<const RoundSpan> before, std::span<const RoundSpan> after)
        : m_before(before)
        , m_after(after)
        , m_ofBefore(before.size(), -1)
        , m_ofAfter(after.size(), -1)
    {
    }

    RoundDiff run()
    {
        std::vector<Pair> pairs = overlapping();
        // Same frames are tIoU 1, so these go first by themselves.
        std::ranges::stable_sort(pairs, [this](const Pair& a, const Pair& b) {
            return std::tuple(-a.overlap, !a.sameClass, placeOf(at(m_before, a.before)),
                       placeOf(at(m_after, a.after)))
                < std::tuple(
                    -b.overlap, !b.sameClass, placeOf(at(m_before, b.before)), placeOf(at(m_after, b.after)));
        });
        for (const Pair& pair : pairs) {
            int& ofBefore = m_ofBefore[static_cast<size_t>(pair.before)];
            int& ofAfter = m_ofAfter[static_cast<size_t>(pair.after)];
            if (ofBefore < 0 && ofAfter < 0) {
                ofBefore = pair.after;
                ofAfter = pair.before;
            }
        }
        return result();
    }

private:
    static const RoundSpan& at(std::span<const RoundSpan> spans, int index)
    {
        return spans[static_cast<size_t>(index)];
    }

    bool mayPair(const Pair& pair) const
    {
        return pair.overlap > 0 && (pair.sameClass || pair.overlap >= kSamePlace);
    }

    /// A sweep over both lists by start: what began before and has not ended is compared with what begins.
    std::vector<Pair> overlapping() const
    {
        std::vector<Pair> pairs;
        const std::vector<int> first = sorted(m_before);
        const std::vector<int> second = sorted(m_after);
        std::vector<int> openFirst;
        std::vector<int> openSecond;
        const auto meet = [&](int before, int after) {
            const RoundSpan& a = at(m_before, before);
            const RoundSpan& b = at(m_after, after);
            const Pair pair{temporalIou(a.span, b.span), a.classId == b.classId, before, after};
            if (mayPair(pair))
                pairs.push_back(pair);
        };
        const auto close = [](std::vector<int>& open, std::span<const RoundSpan> spans,
                               const RoundSpan& now) {
            std::erase_if(open, [&](int index) {
                const RoundSpan& one = at(spans, index);
                return one.video != now.video || one.person != now.person || one.span.last <= now.span.first;
            });
        };
        size_t i = 0;
        size_t j = 0;
        while (i < first.size() || j < second.size()) {
            const bool takeFirst = j == second.size()
                || (i < first.size() && placeOf(at(m_before, first[i])) <= placeOf(at(m_after, second[j])));
            const RoundSpan& now = takeFirst ? at(m_before, first[i]) : at(m_after, second[j]);
            close(openFirst, m_before, now);
            close(openSecond, m_after, now);
            if (takeFirst) {
                for (const int open : openSecond)
                    meet(first[i], open);
                openFirst.push_back(first[i++]);
            } else {
                for (const int open : openFirst)
                    meet(open, second[j]);
                openSecond.push_back(second[j++]);
            }
        }
        return pairs;
    }

    SpanFate fateOf(int before, int after) const
    {
        const RoundSpan& a = at(m_before, before);
        const RoundSpan& b = at(m_after, after);
        if (a.classId != b.classId)
            return SpanFate::Relabelled;
        return a.span == b.span ? SpanFate::Kept : SpanFate::Moved;
    }

    RoundDiff result() const
    {
        RoundDiff diff;
        for (size_t i = 0; i < m_before.size(); ++i) {
            const int after = m_ofBefore[i];
            const int before = static_cast<int>(i);
            diff.changes.push_back({after < 0 ? SpanFate::Dropped : fateOf(before, after), before, after});
        }
        for (size_t i = 0; i < m_after.size(); ++i)
            if (m_ofAfter[i] < 0)
                diff.changes.push_back({SpanFate::New, -1, static_cast<int>(i)});
        std::ranges::stable_sort(diff.changes, [this](const SpanChange& a, const SpanChange& b) {
            return orderOf(shown(a)) < orderOf(shown(b));
        });
        for (const SpanChange& change : diff.changes)
            ++diff.counts.at(static_cast<size_t>(change.fate));
        return diff;
    }
    const RoundSpan& shown(const SpanChange& change) const
    {
        return change.after >= 0 ? at(m_after, change.after) : at(m_before, change.before);
    }

    std::span<const RoundSpan> m_before;
    std::span<const RoundSpan> m_after;
    std::vector<int> m_ofBefore; ///< partner of each span, -1: none
    std::vector<int> m_ofAfter;
};

} // namespace

RoundDiff diffRounds(std::span<const RoundSpan> before, std::span<const RoundSpan> after)
{
    return Pairing(before, after).run();
}

} // namespace telltale
