// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/effort.h"
#include "data/frozenproject.h"
#include "data/labelscheme.h"
#include "eval/effort.h"
#include "report/table.h"
#include <string>
#include <unordered_map>
#include <vector>

namespace telltale {

class Document;

/// What the log says of effort, as far as it was read; goes on from there, so that a decision costs one
/// entry. A value.
class EffortLedger {
public:
    /// Entries in the order of the log, each once.
    void add(const EffortEntry& entry);
    int64_t sequence() const { return m_sequence; } ///< last entry that was added

    const SpanEfforts& efforts() const { return m_efforts; }
    /// The class that the span had when it was touched last; -1: none.
    int classOf(int64_t span) const;
    const Effort& elsewhere() const { return m_elsewhere; }
    int64_t unrecorded() const { return m_unrecorded; }
    const std::string& since() const { return m_since; }

private:
    void turn(const EffortEntry& entry, const EffortStep& step);
    void decide(const EffortEntry& entry, const EffortStep& step);

    SpanEfforts m_efforts;
    std::unordered_map<int64_t, size_t> m_decisions; ///< by entry
    std::unordered_map<int64_t, int> m_classes; ///< by span
    Effort m_elsewhere; ///< edits that were not about spans
    std::string m_step; ///< of the entry before
    size_t m_lastDecision = 0;
    int64_t m_sequence = 0;
    int64_t m_unrecorded = 0;
    std::string m_since;
};

/// Adds what the log has after the ledger's last entry, in portions, so that the store is never kept for
/// long. From a worker thread; the document has to outlive the call. Cancelled; else as
/// Document::effortLog(): the ledger has what came before the error.
Status readEffort(const Document& document, EffortLedger& ledger, ProgressSink& progress);

/// The same up to FrozenProject::sequence(), in a connection of its own: for a report. Any thread.
Status readEffort(const FrozenProject& project, EffortLedger& ledger, ProgressSink& progress);

enum class EffortMissing {
    Nothing,
    Decisions, ///< nobody has decided on a span yet
    Recording, ///< there are decisions, all without effort
};

/// The spans of one class, those that were worked on in one mode, or all.
struct EffortRow {
    int id = -1; ///< class or EffortMode; -1: all, or no name
    Spread seconds; ///< by span, since it was chosen
    Spread presses; ///< keys and clicks, likewise
    double keys = 0; ///< means by span
    double clicks = 0;
    double searchSeconds = 0; ///< mean by span: before it was chosen
    double searchPresses = 0;
    ModeEffort work; ///< of a mode, and of all; nothing for a class
    std::vector<SpanEffort>
        costliest; ///< kCostliestSpans at most, most seconds in all first; only those still there
};

inline constexpr size_t kCostliestSpans = 20;

/// What spans cost, for the window and the report.
struct EffortAnalysis {
    EffortMissing missing = EffortMissing::Decisions;
    EffortRow all;
    std::vector<EffortRow> classes; ///< most spans first
    std::vector<EffortRow> modes; ///< most spans first
    double elsewhere = 0; ///< seconds that went into edits that are not about spans
    int64_t unrecorded = 0; ///< decisions without effort
    std::string since; ///< ISO 8601, UTC: first edit with effort; empty: none
    int64_t sequence = 0; ///< of the log
};

/// A span counts for the class that it has now in the working layers, one that is gone for its last. Any
/// thread.
EffortAnalysis analyzeEffort(const EffortLedger& ledger, const FrozenProject& project);

/// "queue by expected gain", ...: English; translated in the context telltale::EffortFigures.
const char* effortModeTitle(EffortMode mode);

/// "effort_modes" with all on top, and "effort_classes"; none while something is missing.
std::vector<Table> tables(const EffortAnalysis& analysis, const LabelScheme& scheme);
/// A sentence for the report: what is missing and what to do; empty if nothing is.
std::string missingText(const EffortAnalysis& analysis);

} // namespace telltale
