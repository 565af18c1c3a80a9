// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafdocument.h"
#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace telltale {

/// The part of its parent that a reference takes: the `index`-th of `count`; no part yet where that is 0.
struct EafDocument::Share {
    int index = 0;
    int count = 1;
};

/// Tiers that are parents of themselves, over however many steps, come as they stand.
std::vector<int> EafDocument::tiersParentsFirst() const
{
    std::vector<std::vector<int>> children(m_tiers.size());
    std::vector<int> order;
    std::vector<bool> taken(m_tiers.size());
    const auto take = [&](size_t index) {
        taken[index] = true;
        order.push_back(static_cast<int>(index));
    };
    for (size_t i = 0; i < m_tiers.size(); ++i)
        if (m_tiers[i].parent < 0)
            take(i);
        else
            children[static_cast<size_t>(m_tiers[i].parent)].push_back(static_cast<int>(i));
    for (size_t done = 0; done < order.size(); ++done)
        for (const int child : children[static_cast<size_t>(order[done])])
            take(static_cast<size_t>(child));
    for (size_t i = 0; i < m_tiers.size(); ++i)
        if (!taken[i])
            take(i);
    return order;
}

void EafDocument::interpolateSlots()
{
    for (const int index : tiersParentsFirst())
        if (const EafTier& tier = m_tiers[static_cast<size_t>(index)]; tier.parent >= 0)
            interpolateChains(tier);
    interpolateTimeOrder();
}

/// Annotations that share slots make chains; in each the slots without a value lie evenly between those that
/// have one.
void EafDocument::interpolateChains(const EafTier& tier)
{
    const auto known = [this](int slot) { return m_slots[static_cast<size_t>(slot)].seconds.has_value(); };
    std::unordered_map<int, int> starting; // annotation by its first slot
    std::unordered_set<int> ends;
    bool complete = true;
    for (const int index : tier.annotations) {
        const EafAnnotation& one = m_annotations[static_cast<size_t>(index)];
        if (one.reference || one.first < 0 || one.last < 0)
            continue;
        starting.emplace(one.first, index);
        ends.insert(one.last);
        complete = complete && known(one.first) && known(one.last);
    }
    if (complete)
        return;
    for (const int index : tier.annotations) {
        const EafAnnotation& head = m_annotations[static_cast<size_t>(index)];
        if (head.reference || head.first < 0 || head.last < 0 || ends.contains(head.first))
            continue;
        std::vector<int> chain{head.first};
        for (auto next = starting.find(head.first); next != starting.end();
             next = starting.find(chain.back())) {
            chain.push_back(m_annotations[static_cast<size_t>(next->second)].last);
            starting.erase(next);
        }
        divideBetween(chain);
    }
}

void EafDocument::divideBetween(const std::vector<int>& chain)
{
    std::optional<size_t> before;
    for (size_t i = 0; i < chain.size(); ++i) {
        const auto& here = m_slots[static_cast<size_t>(chain[i])].seconds;
        if (!here)
            continue;
        for (size_t j = before ? *before + 1 : i; j < i; ++j) {
            EafSlot& slot = m_slots[static_cast<size_t>(chain[j])];
            const double from = *m_slots[static_cast<size_t>(chain[*before])].seconds;
            const double share = static_cast<double>(j - *before) / static_cast<double>(i - *before);
            if (!slot.bad && !slot.seconds)
                slot.seconds = from + (*here - from) * share;
        }
        before = i;
    }
}

/// What no chain has placed lies evenly between the values before and after it in TIME_ORDER.
void EafDocument::interpolateTimeOrder()
{
    double before = 0;
    for (size_t i = 0; i < m_slots.size();) {
        if (m_slots[i].aligned) {
            before = *m_slots[i++].seconds;
            continue;
        }
        size_t next = i;
        while (next < m_slots.size() && !m_slots[next].aligned)
            ++next;
        const double after = next < m_slots.size() ? *m_slots[next].seconds : before;
        for (size_t j = i; j < next; ++j)
            if (!m_slots[j].seconds && !m_slots[j].bad) {
                m_slots[j].byOrder = true;
                m_slots[j].seconds = before
                    + (after - before) * static_cast<double>(j - i + 1) / static_cast<double>(next - i + 1);
            }
        i = next;
    }
}

void EafDocument::alignAnnotations(const EafProblem& problem)
{
    for (EafAnnotation& one : m_annotations) {
        if (one.reference || !one.good)
            continue;
        const auto& start = m_slots[static_cast<size_t>(one.first)].seconds;
        const auto& end = m_slots[static_cast<size_t>(one.last)].seconds;
        one.good = start && end;
        if (!one.good) {
            problem(one.node, "one of its time slots has no valid time");
            continue;
        }
        one.start = *start + m_origin;
        one.end = *end + m_origin;
    }
}

/// Which part of its parent each annotation takes; only those of symbolic subdivisions take less than all.
std::vector<EafDocument::Share> EafDocument::sharesOfSubdivisions(const EafProblem& problem)
{
    std::vector<Share> shares(m_annotations.size());
    std::vector<std::tuple<int, int, int>> members; // tier, parent, annotation
    for (size_t i = 0; i < m_annotations.size(); ++i) {
        const EafAnnotation& one = m_annotations[i];
        if (one.reference && one.parent >= 0
            && m_tiers[static_cast<size_t>(one.tier)].constraint == EafConstraint::SymbolicSubdivision)
            members.emplace_back(one.tier, one.parent, static_cast<int>(i));
    }
    for (const auto& member : members)
        shares[static_cast<size_t>(std::get<2>(member))].count = 0;
    std::ranges::sort(members);
    std::vector<int> following(m_annotations.size(), -1);
    for (size_t begin = 0; begin < members.size();) {
        size_t end = begin;
        const auto& [tier, parent, unused] = members[begin];
        while (
            end < members.size() && std::get<0>(members[end]) == tier && std::get<1>(members[end]) == parent)
            ++end;
        std::vector<int> heads;
        for (size_t i = begin; i < end; ++i) {
            const int index = std::get<2>(members[i]);
            const int previous = m_annotations[static_cast<size_t>(index)].previous;
            const bool inside = previous >= 0 && m_annotations[static_cast<size_t>(previous)].tier == tier
                && m_annotations[static_cast<size_t>(previous)].parent == parent;
            if (inside && following[static_cast<size_t>(previous)] < 0)
                following[static_cast<size_t>(previous)] = index;
            else
                heads.push_back(index);
        }
        const auto count = static_cast<int>(end - begin);
        int place = 0;
        for (const int head : heads)
            for (int at = head; at >= 0; at = following[static_cast<size_t>(at)])
                shares[static_cast<size_t>(at)] = {place++, count};
        for (size_t i = begin; i < end && place < count; ++i) {
            // Whoever got no place stands in a circle.
            const auto index = static_cast<size_t>(std::get<2>(members[i]));
            if (shares[index].count > 0 || !m_annotations[index].good)
                continue;
            m_annotations[index].good = false;
            problem(m_annotations[index].node, "PREVIOUS_ANNOTATION leads back to itself");
        }
        begin = end;
    }
    return shares;
}

void EafDocument::resolveReferences(const EafProblem& problem)
{
    const std::vector<Share> shares = sharesOfSubdivisions(problem);
    enum class State : char { Open, Underway, Done };
    std::vector<State> states(m_annotations.size(), State::Open);
    std::vector<int> path;
    for (size_t i = 0; i < m_annotations.size(); ++i) {
        // Up to what is known, then back down: the way may be long, so it is no recursion.
        int at = static_cast<int>(i);
        while (at >= 0 && states[static_cast<size_t>(at)] == State::Open) {
            states[static_cast<size_t>(at)] = State::Underway;
            path.push_back(at);
            at = m_annotations[static_cast<size_t>(at)].parent;
        }
        if (at >= 0 && states[static_cast<size_t>(at)] == State::Underway)
            for (const int one : path) {
                EafAnnotation& member = m_annotations[static_cast<size_t>(one)];
                if (std::exchange(member.good, false))
                    problem(member.node, "ANNOTATION_REF leads back to itself");
            }
        for (; !path.empty(); path.pop_back()) {
            placeReference(path.back(), shares, problem);
            states[static_cast<size_t>(path.back())] = State::Done;
        }
    }
}

void EafDocument::placeReference(int index, const std::vector<Share>& shares, const EafProblem& problem)
{
    EafAnnotation& one = m_annotations[static_cast<size_t>(index)];
    if (!one.reference || !one.good)
        return;
    const EafAnnotation& parent = m_annotations[static_cast<size_t>(one.parent)];
    if (!parent.good) {
        one.good = false;
        return problem(one.node, "the annotation that it refers to cannot be read");
    }
    const auto [place, count] = shares[static_cast<size_t>(index)];
    const double length = parent.end - parent.start;
    one.start = parent.start + length * place / count;
    one.end = place + 1 == count ? parent.end : parent.start + length * (place + 1) / count;
}

} // namespace telltale
