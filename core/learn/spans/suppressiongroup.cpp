// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/suppressiongroup.h"
#include "learn/spans/keyorder.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

/// Max-heap of segments by a key that may have fallen since they were entered.
class CandidateHeap {
public:
    struct Candidate {
        uint64_t key;
        uint32_t slot;
    };
    bool empty() const { return m_heap.empty(); }
    const Candidate& top() const { return m_heap.front(); }
    void assign(std::vector<Candidate> candidates)
    {
        m_heap = std::move(candidates);
        for (size_t i = m_heap.size() / 2; i-- > 0;)
            sink(i);
    }
    void push(Candidate candidate)
    {
        size_t at = m_heap.size();
        m_heap.push_back(candidate);
        for (; at > 0 && m_heap[(at - 1) / 2].key < candidate.key; at = (at - 1) / 2)
            m_heap[at] = m_heap[(at - 1) / 2];
        m_heap[at] = candidate;
    }
    void pop()
    {
        m_heap.front() = m_heap.back();
        m_heap.pop_back();
        if (!m_heap.empty())
            sink(0);
    }
    void lowerTop(uint64_t key)
    {
        m_heap.front().key = key;
        sink(0);
    }

private:
    void sink(size_t at)
    {
        const Candidate candidate = m_heap[at];
        for (size_t child = 2 * at + 1; child < m_heap.size(); child = 2 * at + 1) {
            if (child + 1 < m_heap.size() && m_heap[child].key < m_heap[child + 1].key)
                ++child;
            if (m_heap[child].key <= candidate.key)
                break;
            m_heap[at] = m_heap[child];
            at = child;
        }
        m_heap[at] = candidate;
    }
    std::vector<Candidate> m_heap;
};

/// Segments have a place in a list, as in the reference, because the places decide between equal scores: the
/// best changes places with the first that was not chosen yet, and the last comes to the place of one that
/// goes.
class SoftGroup : public SuppressionGroup {
public:
    SoftGroup(const std::vector<Segment>& segments, std::span<const uint32_t> members,
        const SuppressionOptions& options)
        : m_options(options)
        , m_members(members)
        , m_index(segments, members)
        , m_scores(members.size())
        , m_places(members.size())
        , m_memberOf(members.size())
        , m_slotAt(m_index.slots())
    {
        for (uint32_t place = 0; place < members.size(); ++place) {
            const uint32_t slot = m_slotAt[place];
            m_scores[slot] = segments[members[place]].score;
            m_places[slot] = place;
            m_memberOf[slot] = place;
        }
        m_left = static_cast<uint32_t>(members.size());
    }

    std::optional<Survivor> next() override
    {
        if (m_turn >= m_left || (m_options.most > 0 && m_turn >= m_options.most))
            return std::nullopt;
        const uint32_t best = m_turn == 0 ? firstBest() : nextBest();
        const Survivor chosen{m_members[m_memberOf[best]], m_scores[best]};
        exchange(best, m_turn);
        suppressFor(best, m_turn);
        ++m_turn;
        return chosen;
    }

private:
    uint64_t keyOf(uint32_t slot) const
    {
        return uint64_t{ascendingKey(m_scores[slot])} << 32 | static_cast<uint32_t>(~m_places[slot]);
    }
    uint32_t firstBest() const
    {
        return *std::max_element(m_slotAt.begin(), m_slotAt.end(),
            [&](uint32_t a, uint32_t b) { return m_scores[a] < m_scores[b]; });
    }
    uint32_t nextBest()
    {
        for (;;) {
            const auto [key, slot] = m_heap.top();
            if (m_index.removed(slot)) {
                m_heap.pop();
                continue;
            }
            const uint64_t now = keyOf(slot);
            if (now == key) {
                m_heap.pop();
                return slot;
            }
            m_heap.lowerTop(now);
        }
    }
    void exchange(uint32_t best, uint32_t turn)
    {
        const uint32_t place = m_places[best];
        const uint32_t other = m_slotAt[turn];
        m_slotAt[place] = other;
        m_places[other] = place;
        m_slotAt[turn] = best;
        m_places[best] = turn;
    }

    /// What is left of a score beside a better segment of length `better`.
    float weight(float overlap, float better) const
    {
        switch (m_options.method) {
        case SuppressionMethod::Hard:
        case SuppressionMethod::SoftHard:
            return overlap >= m_options.overlap ? 0.F : 1.F;
        case SuppressionMethod::Linear:
            return overlap >= m_options.overlap ? 1 - overlap : 1.F;
        case SuppressionMethod::ImprovedGaussian:
            if (!(overlap >= m_options.overlapBase + m_options.overlapSlope * better))
                return 1;
            [[fallthrough]];
        case SuppressionMethod::Gaussian:
            return std::exp(-(overlap * overlap) / m_options.sigma);
        }
        return 1;
    }

    void suppressFor(uint32_t best, uint32_t turn)
    {
        const float start = m_index.start(best);
        const float end = m_index.end(best);
        const float length = end - start + kLengthMargin;
        m_index.remove(best);
        m_gone.clear();
        const auto lower = [&](uint32_t slot, float shared) {
            const float other = m_index.end(slot) - m_index.start(slot) + kLengthMargin;
            const float before = m_scores[slot];
            const float score = before * weight(shared / (length + other - shared), length);
            m_scores[slot] = score;
            if (score < m_options.minimumScore)
                m_gone.push_back(m_places[slot]);
            else if (score > before && turn > 0) // below 0 only
                m_heap.push({keyOf(slot), slot});
        };
        if (m_options.method == SuppressionMethod::SoftHard && m_options.overlap <= 0) {
            for (uint32_t place = turn + 1; place < m_left; ++place)
                lower(m_slotAt[place], 0);
        } else {
            m_index.overlapping(start, end, [&](uint32_t slot) {
                lower(slot, std::min(end, m_index.end(slot)) - std::max(start, m_index.start(slot)));
            });
        }
        if (turn == 0)
            removeLow();
        else
            removeGone(m_gone.size() > 1);
        if (turn == 0)
            enterAll();
    }
    /// The first time all are looked at, later only those whose score changed can be too low.
    void removeLow()
    {
        m_gone.clear();
        for (uint32_t place = 1; place < m_left; ++place)
            if (m_scores[m_slotAt[place]] < m_options.minimumScore)
                m_gone.push_back(place);
        removeGone(false);
    }
    void removeGone(bool unordered)
    {
        if (unordered)
            std::sort(m_gone.begin(), m_gone.end());
        for (const uint32_t place : m_gone)
            m_index.remove(m_slotAt[place]);
        for (const uint32_t place : m_gone) {
            while (m_left > place && m_index.removed(m_slotAt[m_left - 1]))
                --m_left;
            if (place >= m_left)
                break;
            const uint32_t moved = m_slotAt[--m_left];
            m_slotAt[place] = moved;
            m_places[moved] = place;
            if (m_entered)
                m_heap.push({keyOf(moved), moved});
        }
    }
    void enterAll()
    {
        std::vector<CandidateHeap::Candidate> candidates;
        candidates.reserve(m_left);
        for (uint32_t place = 1; place < m_left; ++place)
            candidates.push_back({keyOf(m_slotAt[place]), m_slotAt[place]});
        m_heap.assign(std::move(candidates));
        m_entered = true;
    }

    const SuppressionOptions& m_options;
    std::span<const uint32_t> m_members;
    OverlapIndex m_index;
    std::vector<float> m_scores; ///< by slot, as the next three
    std::vector<uint32_t> m_places; ///< in the list
    std::vector<uint32_t> m_memberOf;
    std::vector<uint32_t> m_slotAt; ///< by place in the list
    uint32_t m_left = 0; ///< length of the list
    uint32_t m_turn = 0; ///< how many of it are chosen
    std::vector<uint32_t> m_gone; ///< places
    CandidateHeap m_heap;
    bool m_entered = false;
};

class HardGroup : public SuppressionGroup {
public:
    HardGroup(const std::vector<Segment>& segments, std::span<const uint32_t> members,
        const SuppressionOptions& options)
        : m_segments(segments)
        , m_options(options)
        , m_members(counted(segments, members, options))
        , m_index(segments, m_members)
    {
        std::vector<uint32_t> keys(m_members.size());
        for (size_t i = 0; i < m_members.size(); ++i)
            keys[i] = descendingKey(segments[m_members[i]].score);
        m_order = orderByKey(keys);
    }

    std::optional<Survivor> next() override
    {
        if (m_chosen > 0 && (m_chosen == m_options.most || m_options.overlap <= 0))
            return std::nullopt;
        while (m_at < m_order.size() && m_index.removed(m_index.slots()[m_order[m_at]]))
            ++m_at;
        if (m_at == m_order.size())
            return std::nullopt;
        const uint32_t member = m_members[m_order[m_at]];
        suppressFor(m_index.slots()[m_order[m_at]]);
        ++m_chosen;
        return Survivor{member, m_segments[member].score};
    }

private:
    static std::vector<uint32_t> counted(const std::vector<Segment>& segments,
        std::span<const uint32_t> members, const SuppressionOptions& options)
    {
        std::vector<uint32_t> list;
        list.reserve(members.size());
        for (const uint32_t member : members)
            if (options.minimumScore <= 0 || segments[member].score > options.minimumScore)
                list.push_back(member);
        return list;
    }
    void suppressFor(uint32_t best)
    {
        const float start = m_index.start(best);
        const float end = m_index.end(best);
        const float length = end - start + kLengthMargin;
        m_index.remove(best);
        m_index.overlapping(start, end, [&](uint32_t slot) {
            const float shared = std::min(end, m_index.end(slot)) - std::max(start, m_index.start(slot));
            const float other = m_index.end(slot) - m_index.start(slot) + kLengthMargin;
            if (shared / (length + other - shared) >= m_options.overlap)
                m_index.remove(slot);
        });
    }

    const std::vector<Segment>& m_segments;
    const SuppressionOptions& m_options;
    std::vector<uint32_t> m_members;
    OverlapIndex m_index;
    std::vector<uint32_t> m_order; ///< of m_members, best first
    size_t m_at = 0;
    int64_t m_chosen = 0;
};

} // namespace

std::unique_ptr<SuppressionGroup> makeGroup(const std::vector<Segment>& segments,
    std::span<const uint32_t> members, const SuppressionOptions& options)
{
    if (options.method == SuppressionMethod::Hard)
        return std::make_unique<HardGroup>(segments, members, options);
    return std::make_unique<SoftGroup>(segments, members, options);
}

} // namespace telltale
