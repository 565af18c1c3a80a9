// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale {

/// A file system in memory with room for a few bytes, which goes away with the object. Needs the right to
/// mount; without it the running test is run again in a name space where it has that right, if the system has
/// them:
///
///     const SmallDisk disk(1 << 20);
///     if (disk.ranElsewhere())
///         return;
///     if (!disk.ok())
///         GTEST_SKIP() << disk.reason();
class SmallDisk {
public:
    explicit SmallDisk(int64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool ok() const { return m_mounted; }
    /// The test has run in a name space; its failures were passed on.
    bool ranElsewhere() const { return m_ranElsewhere; }
    const std::string& reason() const { return m_reason; }
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

    /// Fills it up to the last byte, except for `leave` bytes.
    void fill(int64_t leave = 0) const;
    void makeRoom() const; ///< takes back what fill() did
    bool setReadOnly(bool readOnly) const; ///< false if the system refuses

private:
    void runElsewhere();
    std::filesystem::path m_path;
    int64_t m_bytes;
    bool m_mounted = false;
    bool m_ranElsewhere = false;
    std::string m_reason;
};

} // namespace telltale
