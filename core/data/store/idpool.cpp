// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/idpool.h"
#include <QRandomGenerator>
#include <algorithm>
#include <utility>

namespace telltale {
namespace {

// Batches double: a short session leaves small gaps if it dies, a long one asks seldom.
constexpr int64_t kFirstBatch = 16;
constexpr int64_t kLargestBatch = 4096;
/// Where numbers on trust of one among several begin; below 2^51, so that JSON of any kind holds them.
constexpr int64_t kFaraway = int64_t{1} << 48;

} // namespace

void IdPool::start(Ask ask, Order order, std::map<std::string, int64_t> next, bool alone)
{
    m_alone = alone;
    m_ask = std::move(ask);
    m_order = std::move(order);
    m_next = std::move(next);
}

void IdPool::refill(const std::string& name, Pool& pool)
{
    int64_t left = 0;
    for (const Range& range : pool.ranges)
        left += range.end - range.next;
    if (pool.ordered || (pool.batch > 0 && left > pool.batch / 2))
        return;
    pool.batch = std::clamp(pool.batch * 2, kFirstBatch, kLargestBatch);
    pool.ordered = true;
    m_order(name, pool.batch);
}

void IdPool::arrived(const std::string& name, int64_t first, int64_t count)
{
    Pool& pool = m_pools[name];
    pool.ordered = false;
    if (count == 0)
        return;
    pool.lastEnd = first + count;
    m_next[name] = pool.lastEnd;
    if (!pool.ranges.empty() && pool.ranges.back().end == first)
        pool.ranges.back().end = first + count;
    else
        pool.ranges.push_back({first, first + count});
}

int64_t IdPool::takeOnTrust(const std::string& name, int64_t count)
{
    if (!m_alone) {
        const auto chance = static_cast<int64_t>(QRandomGenerator::global()->generate64() >> 14);
        int64_t& next = m_faraway.try_emplace(name, kFaraway + chance).first->second;
        return std::exchange(next, next + count);
    }
    int64_t& next = m_next.try_emplace(name, 1).first->second;
    const int64_t first = next;
    next += count;
    m_claims[name] = next;
    return first;
}

Result<int64_t> IdPool::take(const std::string& name, int64_t count)
{
    Pool& pool = m_pools[name];
    const auto fits = std::ranges::find_if(
        pool.ranges, [count](const Range& range) { return range.end - range.next >= count; });
    if (fits == pool.ranges.end()) {
        // One edit may need very many: each answer that has to be waited for brings more.
        if (count == 1)
            pool.batch = std::clamp(pool.batch * 2, kFirstBatch, kLargestBatch);
        const int64_t wanted = count > 1 ? count : pool.batch;
        const auto first = m_ask(name, wanted);
        if (!first && first.error().code == ErrorCode::Io)
            return takeOnTrust(name, count);
        if (!first)
            return first;
        arrived(name, *first, wanted);
        return take(name, count);
    }
    const int64_t first = fits->next;
    fits->next += count;
    if (fits->next == fits->end)
        pool.ranges.erase(fits);
    if (count == 1)
        refill(name, pool);
    return first;
}

std::map<std::string, std::pair<int64_t, int64_t>> IdPool::unused() const
{
    std::map<std::string, std::pair<int64_t, int64_t>> all;
    for (const auto& [name, pool] : m_pools)
        if (!pool.ranges.empty() && pool.ranges.back().end == pool.lastEnd)
            all[name] = {pool.ranges.back().next, pool.lastEnd};
    return all;
}

} // namespace telltale
