// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace telltale {

/// Appends plain values in this machine's byte order: for cache files, which never travel.
class ByteWriter {
public:
    template <typename T> void value(const T& plain)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        m_bytes.append(reinterpret_cast<const char*>(&plain), sizeof plain);
    }
    void text(std::string_view content)
    {
        value(static_cast<uint64_t>(content.size()));
        m_bytes.append(content);
    }
    template <typename T> void list(const std::vector<T>& plain)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        value(static_cast<uint64_t>(plain.size()));
        if (!plain.empty())
            m_bytes.append(reinterpret_cast<const char*>(plain.data()), plain.size() * sizeof(T));
    }
    const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what a ByteWriter wrote. Reading past the end gives zeros and makes ok() false for good.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_left(bytes) { }

    template <typename T> T value()
    {
        static_assert(std::is_trivially_copyable_v<T>);
        T plain{};
        if (const std::string_view part = take(sizeof plain); !part.empty())
            std::memcpy(&plain, part.data(), sizeof plain);
        return plain;
    }
    std::string text() { return std::string(view()); }
    /// A text that lives as long as what is read from.
    std::string_view view() { return take(value<uint64_t>()); }
    template <typename T> std::vector<T> list()
    {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto count = value<uint64_t>();
        std::vector<T> plain;
        if (count > m_left.size() / sizeof(T)) {
            m_ok = false;
            return plain;
        }
        plain.resize(count);
        if (const std::string_view part = take(count * sizeof(T)); !part.empty())
            std::memcpy(plain.data(), part.data(), part.size());
        return plain;
    }
    void fail() { m_ok = false; }
    bool ok() const { return m_ok; }
    bool atEnd() const { return m_left.empty(); }

private:
    std::string_view take(uint64_t bytes)
    {
        if (!m_ok || bytes > m_left.size()) {
            m_ok = false;
            return {};
        }
        const std::string_view part = m_left.substr(0, bytes);
        m_left.remove_prefix(bytes);
        return part;
    }

    std::string_view m_left;
    bool m_ok = true;
};

} // namespace telltale
