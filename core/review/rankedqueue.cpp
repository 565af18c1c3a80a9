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
    for (auto& [id, group] : m_groups) {
        group.entries.clear();
        group.changed = true;
    }
    m_places.clear();
    m_places.reserve(items.size());
    for (const Item& item : items) {
        const RankKey key = numbers(item.key);
        m_groups[item.group].entries.push_back({key, item.id});
        m_places[item.id] = {item.group, key};
    }
    for (auto& [id, group] : m_groups) {
        std::ranges::sort(group.entries, within);
        group.changed = true;
    }
}

void RankedQueue::put(const Item& item)
{
    remove(item.id);
    const RankKey key = numbers(item.key);
    Group& group = m_groups[item.group];
    const Entry entry{key, item.id};
    group.entries.insert(std::ranges::upper_bound(group.entries, entry, within), entry);
    group.changed = true;
    m_places[item.id] = {item.group, key};
}

void RankedQueue::remove(int64_t id)
{
    const auto known = m_places.find(id);
    if (known == m_places.end())
        return;
    Group& group = m_groups[known->second.group];
    group.entries.erase(std::ranges::lower_bound(group.entries, Entry{known->second.key, id}, within));
    group.changed = true;
    m_places.erase(known);
}

void RankedQueue::setStanding(int group, const RankStanding& standing)
{
    Group& known = m_groups[group];
    known.changed = known.changed || !(known.standing == standing);
    known.standing = standing;
}

bool RankedQueue::ahead(const Ranked& a, const Ranked& b)
{
    if (a.priority != b.priority)
        return a.priority > b.priority;
    if (a.entry.key.value != b.entry.key.value)
        return a.entry.key.value > b.entry.key.value;
    return within(a.entry, b.entry);
}

std::vector<RankedQueue::Ranked> RankedQueue::changedOnes() const
{
    std::vector<Ranked> fresh;
    std::vector<ptrdiff_t> ends{0};
    for (const auto& [number, group] : m_groups) {
        if (!group.changed || group.entries.empty())
            continue;
        for (Entry entry : group.entries) {
            entry.key.value *= group.standing.scale;
            fresh.push_back({group.standing.priority, entry, number});
        }
        ends.push_back(std::ssize(fresh));
    }
    // Neighbours are merged until one run is left.
    while (ends.size() > 2) {
        std::vector<ptrdiff_t> fewer{0};
        for (size_t i = 2; i < ends.size(); i += 2) {
            std::inplace_merge(
                fresh.begin() + ends[i - 2], fresh.begin() + ends[i - 1], fresh.begin() + ends[i], ahead);
            fewer.push_back(ends[i]);
        }
        if (fewer.back() != ends.back())
            fewer.push_back(ends.back());
        ends = std::move(fewer);
    }
    return fresh;
}

std::vector<int64_t> RankedQueue::order()
{
    std::vector<int> changed;
    for (const auto& [number, group] : m_groups)
        if (group.changed)
            changed.push_back(number);
    if (!changed.empty()) {
        if (changed.size() == m_groups.size())
            m_order.clear();
        std::erase_if(m_order,
            [&changed](const Ranked& one) { return std::ranges::find(changed, one.group) != changed.end(); });
        const std::vector<Ranked> fresh = changedOnes();
        std::vector<Ranked> merged(m_order.size() + fresh.size());
        std::ranges::merge(m_order, fresh, merged.begin(), ahead);
        m_order = std::move(merged);
        for (auto& [number, group] : m_groups)
            group.changed = false;
    }
    std::vector<int64_t> ids;
    ids.reserve(m_order.size());
    for (const Ranked& one : m_order)
        ids.push_back(one.entry.id);
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
