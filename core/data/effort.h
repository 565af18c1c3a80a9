// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

struct EditRecord;

/// How somebody worked when an edit was made: the order of the review queue, or another way than the queue.
enum class EffortMode {
    Gain,
    TailHunt,
    BoundaryFix,
    ConfusionPair,
    Audit,
    List, ///< the queue in one of its other orders
    Sprint,
    Timeline, ///< spans that were found on the timeline, or marked by hand
    Paint,
    Adjudication,
    Bulk, ///< many spans by a rule
    Other, ///< also what a later version of the program calls it
};
inline constexpr int kEffortModes = 12;
std::string_view nameOf(EffortMode mode); ///< "gain", "tail-hunt", ...

/// Time and presses, without what was pressed. `keys` are key presses, a chord or a key that is held counts
/// once, modifiers alone do not; `clicks` presses of a mouse button.
struct EffortPart {
    int64_t milliseconds = 0; ///< with the window active; of each pause, the idle limit at most
    int64_t keys = 0;
    int64_t clicks = 0;

    bool isNothing() const { return milliseconds == 0 && keys == 0 && clicks == 0; }
    bool operator==(const EffortPart&) const = default;
};

/// What an edit cost the person who made it, since the edit before.
struct EditEffort {
    EffortPart span; ///< since the selected span was chosen
    EffortPart search; ///< before that: finding it
    EffortMode mode = EffortMode::Other;

    bool operator==(const EditEffort&) const = default;
};

/// The text in the log, e.g. {"clicks":0,"keys":1,"mode":"gain","ms":1840}; the search as "search_ms",
/// "search_keys" and "search_clicks" if there was any. Empty if nothing was measured.
std::string formatEffort(const EditEffort& effort);
/// Nothing if it is empty or cannot be read; a negative number counts as 0.
std::optional<EditEffort> parseEffort(std::string_view text);

/// Whether the command is something that a person does: not what runs, imports and the program itself enter,
/// which come whenever they are done.
bool isHandwork(std::string_view command);
/// Whether the command decides on spans, makes, names or moves them, so that its effort belongs to them.
bool worksOnSpans(std::string_view command);

/// An entry of the log as far as effort goes.
struct EffortEntry {
    struct Span {
        int64_t id = 0;
        int classId = -1; ///< afterwards, or before where it went
        bool operator==(const Span&) const = default;
    };
    int64_t sequence = 0;
    std::string time; ///< ISO 8601, UTC
    std::string kind; ///< "do", "undo", "redo"
    std::string command;
    int64_t undoOf = 0; ///< entry that an undo or redo turns round
    std::string step; ///< entries with the same one are one step
    std::optional<EditEffort> effort; ///< nothing: not recorded
    std::vector<Span> spans; ///< that it touched; only where the effort is known
};

/// Takes records apart; BadFormat if one is damaged. Any thread.
Result<std::vector<EffortEntry>> effortEntries(const std::vector<EditRecord>& records);

} // namespace telltale
