// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/descriptor.h"
#include "pose/tracks/trackwriter.h"
#include <string_view>

namespace telltale {

/// The file in which a TrackWriter collects rows: a header with the identity, then one record a row, each
/// with its checksum. Locked for this program as long as it is open. One thread.
class RowSpool {
public:
    using Visitor = std::function<void(int64_t frame, std::span<const PersonRow> people)>;

    /// Conflict if somebody else has it open; Io.
    static Result<RowSpool> open(const std::filesystem::path& file);
    RowSpool(RowSpool&&) noexcept;
    RowSpool& operator=(RowSpool&&) noexcept;
    ~RowSpool();

    /// Visits the complete rows of this identity and cuts off what is behind them; begins anew if the file is
    /// of another one.
    Status takeUp(const TrackIdentity& identity, const Visitor& visit);
    Status visit(const Visitor& visit) const;
    Status append(int64_t frame, std::span<const PersonRow> people);
    void remove();

private:
    explicit RowSpool(std::filesystem::path file);
    /// Place behind the last complete row.
    Result<uint64_t> scan(const Visitor& visit, uint64_t end) const;
    Error failed(const char* what) const;

    Descriptor m_descriptor;
    std::filesystem::path m_file;
    int m_pointCount = 0;
    uint64_t m_start = 0; ///< behind the header
    uint64_t m_end = 0;
};

} // namespace telltale
