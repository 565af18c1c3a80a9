// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace telltale {

/// Rows by id, in chunks that copies share until one of them changes: a copy of 100,000 rows costs
/// microseconds, and the first change in a chunk after it a copy of that chunk. Copies are independent values
/// and may be read on other threads while the original changes on its own. Ids are positive.
template <typename Value> class SharedRows {
public:
    size_t size() const { return m_size; }
    /// Null if there is none; valid until the next change.
    const Value* find(int64_t id) const
    {
        const auto at = m_chunks.find(id / kChunk);
        if (at == m_chunks.end())
            return nullptr;
        const std::optional<Value>& place = at->second->at(static_cast<size_t>(id % kChunk));
        return place ? &*place : nullptr;
    }
    void put(int64_t id, Value value)
    {
        std::optional<Value>& place = own(id / kChunk).at(static_cast<size_t>(id % kChunk));
        m_size += place ? 0 : 1;
        place = std::move(value);
    }
    void remove(int64_t id)
    {
        if (!find(id))
            return;
        own(id / kChunk).at(static_cast<size_t>(id % kChunk)).reset();
        --m_size;
    }
    /// All rows, in no order.
    template <typename Visit> void forEach(const Visit& visit) const
    {
        for (const auto& [number, chunk] : m_chunks)
            for (const std::optional<Value>& place : *chunk)
                if (place)
                    visit(*place);
    }

private:
    static constexpr int64_t kChunk = 128; ///< large enough to share cheaply, small enough to copy on an edit
    using Chunk = std::array<std::optional<Value>, kChunk>;

    /// The chunk, for this value alone.
    Chunk& own(int64_t number)
    {
        std::shared_ptr<Chunk>& chunk = m_chunks[number];
        if (!chunk)
            chunk = std::make_shared<Chunk>();
        else if (chunk.use_count() > 1)
            chunk = std::make_shared<Chunk>(*chunk);
        else // another thread may have let go of it just now: what it read was read before this
            std::atomic_thread_fence(std::memory_order_acquire);
        return *chunk;
    }

    std::unordered_map<int64_t, std::shared_ptr<Chunk>> m_chunks;
    size_t m_size = 0;
};

} // namespace telltale
