// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/types.h"
#include <optional>
#include <string>
#include <vector>

namespace telltale {

class Database;

/// One step of the log that touched a span.
struct SpanEdit {
    int64_t sequence = 0; ///< of the entry; of the last one where several are one step (a drag)
    std::string time; ///< ISO 8601, UTC
    std::string annotator;
    std::string kind; ///< "do", "undo", "redo"
    std::string command;
    std::optional<Annotation> before; ///< nothing: the span was not there
    std::optional<Annotation> after; ///< nothing: it went
    int64_t others = 0; ///< further spans that the same step touched
};

/// Steps that touched the span, newest first. On the store's thread. Io; BadFormat if an entry is damaged.
Result<std::vector<SpanEdit>> readSpanHistory(Database& database, int64_t annotationId);

} // namespace telltale
