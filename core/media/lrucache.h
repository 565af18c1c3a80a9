// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

namespace telltale {

/// Keeps the values that were used last, bounded by bytes; the newest one stays even if it is bigger than the
/// bound. Not synchronised.
template <typename T> class LruCache {
public:
    explicit LruCache(int64_t maximumBytes) : m_maximum(maximumBytes) { }

    /// Null if it is not kept.
    std::shared_ptr<const T> find(int64_t key)
    {
        const auto at = m_places.find(key);
        if (at == m_places.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, at->second);
        return at->second->value;
    }
    bool contains(int64_t key) const { return m_places.count(key) > 0; }
    void insert(int64_t key, std::shared_ptr<const T> value, int64_t bytes)
    {
        if (const auto at = m_places.find(key); at != m_places.end()) {
            m_bytes -= at->second->bytes;
            m_entries.erase(at->second);
        }
        m_entries.push_front({key, bytes, std::move(value)});
        m_places[key] = m_entries.begin();
        m_bytes += bytes;
        while (m_bytes > m_maximum && m_entries.size() > 1) {
            m_bytes -= m_entries.back().bytes;
            m_places.erase(m_entries.back().key);
            m_entries.pop_back();
        }
    }
    void clear()
    {
        m_entries.clear();
        m_places.clear();
        m_bytes = 0;
    }
    int64_t bytes() const { return m_bytes; }
    int64_t maximumBytes() const { return m_maximum; }

private:
    struct Entry {
        int64_t key;
        int64_t bytes;
        std::shared_ptr<const T> value;
    };
    int64_t m_maximum;
    int64_t m_bytes = 0;
    std::list<Entry> m_entries; ///< most recently used first
    std::unordered_map<int64_t, typename std::list<Entry>::iterator> m_places;
};

} // namespace telltale
