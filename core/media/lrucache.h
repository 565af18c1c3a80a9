// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <utility>

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
    /// The kept key that is nearest to `key`; of two the smaller one.
    std::optional<int64_t> nearest(int64_t key) const
    {
        const auto above = m_places.lower_bound(key);
        if (above == m_places.begin())
            return above == m_places.end() ? std::nullopt : std::optional(above->first);
        const int64_t below = std::prev(above)->first;
        return above == m_places.end() || key - below <= above->first - key ? below : above->first;
    }
    void insert(int64_t key, std::shared_ptr<const T> value, int64_t bytes)
    {
        if (const auto at = m_places.find(key); at != m_places.end()) {
            m_bytes -= at->second->bytes;
            m_entries.erase(at->second);
        }
        m_entries.push_front({key, bytes, std::move(value)});
        m_places[key] = m_entries.begin();
        m_bytes += bytes;
        trim();
    }
    /// Keys of which it says true leave only when nothing else is left to go.
    void setProtected(std::function<bool(int64_t)> isProtected) { m_protected = std::move(isProtected); }
    void clear()
    {
        m_entries.clear();
        m_places.clear();
        m_bytes = 0;
    }
    int64_t bytes() const { return m_bytes; }
    int64_t count() const { return static_cast<int64_t>(m_entries.size()); }
    int64_t maximumBytes() const { return m_maximum; }

private:
    struct Entry {
        int64_t key;
        int64_t bytes;
        std::shared_ptr<const T> value;
    };
    using Place = typename std::list<Entry>::iterator;

    void trim()
    {
        while (m_bytes > m_maximum && m_entries.size() > 1) {
            Place oldest = std::prev(m_entries.end());
            if (m_protected) {
                while (oldest != m_entries.begin() && m_protected(oldest->key))
                    --oldest;
                if (oldest == m_entries.begin())
                    oldest = std::prev(m_entries.end());
            }
            m_bytes -= oldest->bytes;
            m_places.erase(oldest->key);
            m_entries.erase(oldest);
        }
    }

    int64_t m_maximum;
    int64_t m_bytes = 0;
    std::list<Entry> m_entries; ///< most recently used first
    std::map<int64_t, Place> m_places;
    std::function<bool(int64_t)> m_protected;
};

} // namespace telltale
