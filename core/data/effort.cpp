// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/effort.h"
#include "data/tables.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, kEffortModes> kModes{"gain", "tail-hunt", "boundary-fix",
    "confusion-pair", "audit", "list", "sprint", "timeline", "paint", "adjudication", "bulk", "other"};

/// What jobs and imports enter when they are done, and what the program enters by itself.
constexpr std::array<std::string_view, 10> kNotByHand{"create", "migrate", "repair", "conflict", "import",
    "import_run", "add_model", "add_candidate", "set_track", "set_crops"};

constexpr std::array<std::string_view, 10> kOnSpans{"add_annotation", "remove_annotation", "set_span",
    "relabel", "set_state", "decide_proposals", "accept_above", "split", "merge", "adjudicate"};

struct PartNames {
    EffortPart EditEffort::*part;
    const char* milliseconds;
    const char* keys;
    const char* clicks;
};
constexpr PartNames kSpanPart{&EditEffort::span, "ms", "keys", "clicks"};
constexpr PartNames kSearchPart{&EditEffort::search, "search_ms", "search_keys", "search_clicks"};

int64_t numberIn(const json& object, const char* name)
{
    const auto at = object.find(name);
    return at != object.end() && at->is_number() ? std::max<int64_t>(at->get<int64_t>(), 0) : 0;
}

int classOf(const json& row)
{
    const auto at = row.find("class_id");
    return at != row.end() && at->is_number() ? at->get<int>() : -1;
}

std::vector<EffortEntry::Span> spansIn(const std::vector<NamedChange>& changes)
{
    std::vector<EffortEntry::Span> spans;
    for (const NamedChange& change : changes)
        if (change.table == infoOf(Table::Annotations).name)
            spans.push_back({change.id, classOf(change.after.is_object() ? change.after : change.before)});
    return spans;
}

} // namespace

std::string_view nameOf(EffortMode mode) { return kModes.at(static_cast<size_t>(mode)); }

std::string formatEffort(const EditEffort& effort)
{
    if (effort.span.isNothing() && effort.search.isNothing())
        return {};
    json object{{"mode", nameOf(effort.mode)}};
    for (const PartNames& names : {kSpanPart, kSearchPart}) {
        const EffortPart& part = effort.*names.part;
        if (names.part == kSearchPart.part && part.isNothing())
            continue;
        object[names.milliseconds] = part.milliseconds;
        object[names.keys] = part.keys;
        object[names.clicks] = part.clicks;
    }
    return object.dump();
}

std::optional<EditEffort> parseEffort(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object())
        return std::nullopt;
    EditEffort effort;
    for (const PartNames& names : {kSpanPart, kSearchPart})
        effort.*names.part = {numberIn(object, names.milliseconds), numberIn(object, names.keys),
            numberIn(object, names.clicks)};
    const auto mode = object.find("mode");
    const auto known = mode != object.end() && mode->is_string()
        ? std::ranges::find(kModes, mode->get_ref<const std::string&>())
        : kModes.end();
    if (known != kModes.end())
        effort.mode = static_cast<EffortMode>(known - kModes.begin());
    return effort;
}

bool isHandwork(std::string_view command)
{
    return std::ranges::find(kNotByHand, command) == kNotByHand.end();
}

bool worksOnSpans(std::string_view command) { return std::ranges::find(kOnSpans, command) != kOnSpans.end(); }

Result<std::vector<EffortEntry>> effortEntries(const std::vector<EditRecord>& records)
{
    std::vector<EffortEntry> entries;
    entries.reserve(records.size());
    for (const EditRecord& record : records) {
        EffortEntry entry{record.sequence, record.time, record.kind, record.command, record.undoOf,
            record.step, parseEffort(record.effort), {}};
        if (entry.effort) {
            const auto changes = parseNamedChanges(record);
            if (!changes)
                return changes.error();
            entry.spans = spansIn(*changes);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace telltale
