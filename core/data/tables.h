// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace telltale {

/// Version of the tables; a project of a later one is refused.
inline constexpr int kSchemaVersion = 5;
/// Later versions than this one only added tables and columns of the log, so such projects can be read as
/// they are.
inline constexpr int kOldestReadableSchema = 3;
/// The one whose log has a column for effort.
inline constexpr int kSchemaOfEffort = 5;

/// The tables whose rows are the state of a project, in an order that foreign keys allow.
enum class Table {
    Schemes,
    Subjects,
    Videos,
    Persons,
    Models,
    Tracks,
    Runs,
    Blocks,
    PseudoLabels,
    Annotations,
    Reviewed,
    Notes,
    Syncs,
    Members,
    Assignments,
    Conflicts,
    TrackEdits,
    PoseCorrections,
    Crops,
    CropCorrections,
    Withholdings,
};

enum class ColumnType { Integer, Real, Text };
struct Column {
    const char* name;
    ColumnType type;
    const char* references = nullptr; ///< table whose id it holds; such a column may be null
    bool unique = false;
};
/// The columns of a table besides its id.
struct TableInfo {
    Table table;
    const char* name;
    std::vector<Column> columns;
    const char* constraint = nullptr; ///< of the whole table, in SQL
    int since = kOldestReadableSchema; ///< the schema that brought it
};
const std::vector<TableInfo>& tableInfos(); ///< by enumerator
const TableInfo& infoOf(Table table);
const TableInfo* infoNamed(const std::string& name); ///< null if unknown

/// One row before and after an edit; null means that it is not there. A row is a JSON object of column names
/// without the id.
struct RowChange {
    Table table = Table::Annotations;
    int64_t id = 0;
    nlohmann::json before;
    nlohmann::json after;
};
using RowChanges = std::vector<RowChange>;

/// The same changes in the other direction, last first.
RowChanges inverseOf(const RowChanges& changes);
/// One change a row: from what it was before `first` to what it is after `second`.
RowChanges composed(const RowChanges& first, const RowChanges& second);
/// The one video that the changes are about, 0 if there are several or none.
int64_t videoOfChanges(const RowChanges& changes);

enum class EditKind { Do, Undo, Redo };
std::string_view nameOf(EditKind kind); ///< "do", ...

/// One entry of the append-only log.
struct EditRecord {
    int64_t sequence = 0; ///< 1, 2, 3 ... in the order in which they were committed
    std::string time; ///< ISO 8601, UTC
    std::string annotator;
    std::string kind; ///< "do", "undo", "redo"
    std::string command;
    std::string before; ///< JSON list of {table, id, row}; row null: it was not there
    std::string after; ///< the same rows in the same order
    int64_t undoOf = 0; ///< entry that an undo or redo turns round, 0 for none
    std::string token; ///< names the edit before it has a sequence; unique
    std::string step; ///< entries with the same step are one undo step, e.g. of a drag; empty: alone
    std::string
        hash; ///< SHA-256 over the previous entry's hash and all of the others, effort only if there is one
    std::string effort = {}; ///< what it cost the person, as formatEffort() writes it; empty: not measured
};

/// What EditRecord::hash has to be.
std::string hashOf(const EditRecord& record, const std::string& previousHash);

/// Fills before and after; InvalidArgument if a text is not UTF-8.
Status formatChanges(const RowChanges& changes, EditRecord& record);
/// A change of a table that perhaps only an earlier schema had.
struct NamedChange {
    std::string table;
    int64_t id = 0;
    nlohmann::json before;
    nlohmann::json after;
};
/// BadFormat if they cannot be read.
Result<std::vector<NamedChange>> parseNamedChanges(const EditRecord& record);
/// The same for entries of this schema; BadFormat also if they name another table.
Result<RowChanges> parseChanges(const EditRecord& record);

} // namespace telltale
