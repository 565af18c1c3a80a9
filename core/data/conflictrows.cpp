// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/conflictrows.h"
#include "data/rows.h"
#include "data/tables.h"

namespace telltale {
namespace {

using nlohmann::json;

std::string textOf(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::optional<Annotation> spanOf(int64_t id, const json& row)
{
    return row.is_null() ? std::nullopt : std::optional(valueOf<Annotation>(id, row));
}

/// Theirs is the side before, mine the side after.
ConflictRow rowOfChange(const RowChange& change)
{
    ConflictRow row;
    row.table = infoOf(change.table).name;
    row.id = change.id;
    row.mineThere = !change.after.is_null();
    row.theirsThere = !change.before.is_null();
    const json& known = row.theirsThere ? change.before : change.after;
    if (known.is_object() && known.contains("name"))
        row.name = textOf(known["name"]);
    if (change.table == Table::Annotations) {
        row.mine = spanOf(change.id, change.after);
        row.theirs = spanOf(change.id, change.before);
        return row;
    }
    if (!row.mineThere || !row.theirsThere || change.table == Table::Schemes)
        return row;
    for (const auto& [column, value] : change.after.items())
        if (const json other = change.before.value(column, json()); value != other)
            row.columns.push_back({column, textOf(value), textOf(other)});
    return row;
}

} // namespace

Result<std::vector<ConflictRow>> rowsOfConflict(const EditConflict& conflict)
{
    EditRecord record;
    record.before = conflict.theirs;
    record.after = conflict.mine;
    const auto changes = parseChanges(record);
    if (!changes)
        return changes.error();
    std::vector<ConflictRow> rows;
    rows.reserve(changes->size());
    for (const RowChange& change : *changes)
        rows.push_back(rowOfChange(change));
    return rows;
}

} // namespace telltale
