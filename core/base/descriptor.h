// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// An open file, closed with this value; that also frees the lock that flock() put on it. Movable. A thread
/// at a time.
class Descriptor {
public:
    Descriptor() = default;
    /// `flags` of open(2); children of this program do not get the file.
    Descriptor(const std::filesystem::path& file, int flags, unsigned mode = 0644);
    /// Takes over an open file; -1 for none.
    explicit Descriptor(int fd) : m_fd(fd) { }
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    bool ok() const { return m_fd >= 0; } ///< false: errno says why
    int get() const { return m_fd; }
    int64_t size() const; ///< bytes; 0 if it cannot be told
    /// Waits for the exclusive lock, or not; false if it was not to be had.
    bool lock(bool wait) const;
    /// False if another file, or none, lies at this path by now.
    bool liesAt(const std::filesystem::path& file) const;
    /// All bytes or false, also at the end of the file.
    bool readAt(int64_t offset, void* out, size_t bytes) const;
    /// The parts one after another, in one write if the system can; false if not all of them were written.
    bool writeAt(int64_t offset, const std::vector<std::string_view>& parts) const;

private:
    int m_fd = -1;
};

/// Writes everything at the file's place, after signals and short writes too; false: errno says why.
bool writeAll(int fd, std::string_view content);

/// "FILE: WHAT (reason in errno)"
Error ioError(const std::filesystem::path& file, const std::string& what);

/// The bytes of a plain value.
template <typename T> std::string_view bytesOf(const T& plain)
{
    return {reinterpret_cast<const char*>(&plain), sizeof plain};
}

} // namespace telltale
