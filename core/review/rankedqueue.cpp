// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/rankedqueue.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace telltale {
namespace {

double number(double value) { return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value; }

RankKey numbers(const RankKey& key) { return {number(key.value), number(key.second), number(key.third)}; }

} // namespace

bool RankedQueue::before(const Entry& a, const RankStanding& of, const Entry& b, const RankStanding& than)
{
    if (of.priority != than.priority)
        return of.priority > than.priority;
    return std::tuple(-of.scale * a.key.value, -a.key.second, -a.key.third, a.id)
        < std::tuple(-than.scale * b.key.value, -b.key.second, -b.key.third, b.id);
}

bool RankedQueue::within(const Entry& a, const Entry& b) { return before(a, {}, b, {}); }

void RankedQueue::assign(std::vector<Item> items)
{
    for (auto& [id, group] : m_groups)
        group.entries.clear();
    m_places.clear();
    m_places.reserve(items.size());
    for (const Item& item : items) {
        const RankKey key = numbers(item.key);
        m_groups[item.group].entries.push_back({key, item.id});
        m_places[item.id] = {item.group, key};
    }
    for (auto& [id, group] : m_groups)
        std::ranges::sort(group.entries, within);
}

void RankedQueue::put(const Item& item)
{
    remove(item.id);
    const RankKey key = numbers(item.key);
    std::vector<Entry>& entries = m_groups[item.group].entries;
    const Entry entry{key, item.id};
    entries.insert(std::ranges::upper_bound(entries, entry, within), entry);
    m_places[item.id] = {item.group, key};
}

void RankedQueue::remove(int64_t id)
{
    const auto known = m_places.find(id);
    if (known == m_places.end())
        return;
    std::vector<Entry>& entries = m_groups[known->second.group].entries;
    entries.erase(std::ranges::lower_bound(entries, Entry{known->second.key, id}, within));
    m_places.erase(known);
}

void RankedQueue::setStanding(int group, const RankStanding& standing)
{
    m_groups[group].standing = standing;
}

std::vector<int64_t> RankedQueue::order() const
{
    struct Head {
        const Entry* next;
        const Entry* end;
        const RankStanding* standing;
    };
    std::vector<Head> heads;
    for (const auto& [id, group] : m_groups)
        if (!group.entries.empty())
            heads.push_back(
                {group.entries.data(), group.entries.data() + group.entries.size(), &group.standing});
    const auto later
        = [](const Head& a, const Head& b) { return before(*b.next, *b.standing, *a.next, *a.standing); };
    std::ranges::make_heap(heads, later);
    std::vector<int64_t> ids;
    ids.reserve(m_places.size());
    while (!heads.empty()) {
        std::ranges::pop_heap(heads, later);
        Head& first = heads.back();
        // As long as it stays first, a group is read on without looking at the others.
        const Head* rival = heads.size() > 1 ? &heads.front() : nullptr;
        do
            ids.push_back((first.next++)->id);
        while (first.next != first.end && (!rival || !later(first, *rival)));
        if (first.next == first.end)
            heads.pop_back();
        else
            std::ranges::push_heap(heads, later);
    }
    return ids;
}

int64_t RankedQueue::rank(int64_t id) const
{
    const auto known = m_places.find(id);
    if (known == m_places.end())
        return -1;
    const Entry self{known->second.key, id};
    const RankStanding& own = m_groups.at(known->second.group).standing;
    int64_t rank = 0;
    for (const auto& [number, group] : m_groups) {
        const auto ahead = [&](const Entry& one) { return before(one, group.standing, self, own); };
        rank += std::ranges::partition_point(group.entries, ahead) - group.entries.begin();
    }
    return rank;
}

} // namespace telltale
