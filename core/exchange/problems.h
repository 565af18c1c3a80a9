// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// Where something stands in a file of another tool. Copies share the file's name.
struct ImportPlace {
    std::shared_ptr<const std::string> file;
    int64_t line = 0; ///< 1-based; 0: does not say
    std::string element; ///< e.g. "/database/clip/annotations/3"; empty: does not say

    /// "FILE, line 12, element X"
    std::string text() const;
};

/// Something in a file that cannot be imported.
struct ImportProblem {
    ImportPlace place;
    std::string what; ///< what is wrong, without the place
    std::string remedy; ///< what to do about it; where it is empty, the list says what always helps
    ErrorCode code = ErrorCode::BadFormat;

    /// "PLACE: what; remedy"
    std::string sentence() const;
};

/// The problems of one import. A damaged file may have a hundred thousand: the first are kept, all are
/// counted. One thread.
class ImportProblems {
public:
    void add(ImportProblem problem);
    bool empty() const { return m_count == 0; }
    int64_t count() const { return m_count; }
    const std::vector<ImportProblem>& kept() const { return m_kept; }
    /// Why nothing is imported: the only problem, or a list with one a line.
    Error refusal() const;

private:
    std::vector<ImportProblem> m_kept;
    int64_t m_count = 0;
};

} // namespace telltale
