// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/tables.h"
#include "data/store/digest.h"
#include <algorithm>
#include <array>
#include <map>

namespace telltale {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> kKinds{"do", "undo", "redo"};

std::vector<TableInfo> describeTables()
{
    using enum ColumnType;
    const Column video{"video_id", Integer, "videos"};
    return {
        // Every version of the scheme is a row; the last one counts.
        {Table::Schemes, "schemes", {{"body", Text}}},
        {Table::Subjects, "subjects", {{"name", Text, nullptr, true}, {"role", Text}}},
        {Table::Videos, "videos",
            {{"path", Text}, {"name", Text, nullptr, true}, {"subject_id", Integer, "subjects"},
                {"fingerprint", Text}, {"bytes", Integer}, {"frame_count", Integer}, {"duration_us", Integer},
                {"fps", Real}, {"width", Integer}, {"height", Integer}, {"offline", Integer}}},
        {Table::Persons, "persons",
            {video, {"number", Integer}, {"name", Text}, {"subject_id", Integer, "subjects"}},
            "UNIQUE(video_id, number)"},
        {Table::Models, "models",
            {{"time", Text}, {"file", Text}, {"kind", Text}, {"recipe", Text}, {"metrics", Text},
                {"active", Integer}, {"digest", Text}, {"based_on", Integer}}},
        {Table::Tracks, "tracks",
            {video, {"file", Text}, {"layout", Text}, {"model", Text}, {"time", Text}, {"active", Integer},
                {"digest", Text}}},
        {Table::Runs, "runs",
            {video, {"time", Text}, {"model", Text}, {"recipe", Text}, {"seed", Text}, {"curves", Text},
                {"based_on", Integer}, {"first_prediction", Integer}, {"predictions", Integer}}},
        {Table::Blocks, "blocks",
            {{"run_id", Integer, "runs"}, {"digest", Text}, {"file", Text}, {"byte_offset", Integer},
                {"bytes", Integer}}},
        {Table::PseudoLabels, "pseudo_labels",
            {{"run_id", Integer, "runs"}, video, {"prediction_id", Integer}, {"class_id", Integer},
                {"round", Integer}, {"voters", Text}, {"scores", Text}, {"thresholds", Text},
                {"models", Text}, {"recipe", Text}}},
        {Table::Annotations, "annotations",
            {video, {"person", Integer}, {"first", Integer}, {"last", Integer}, {"class_id", Integer},
                {"state", Text}, {"origin", Text}, {"annotator", Text}, {"layer", Text},
                {"prediction_id", Integer}, {"start_us", Integer}, {"end_us", Integer}},
            "CHECK(first >= 0 AND last > first)"},
        {Table::Reviewed, "reviewed",
            {video, {"first", Integer}, {"last", Integer}, {"annotator", Text}, {"layer", Text}},
            "CHECK(first >= 0 AND last > first)"},
        {Table::Notes, "notes",
            {video, {"annotation_id", Integer, "annotations"}, {"frame", Integer}, {"author", Text},
                {"time", Text}, {"text", Text}}},
        {Table::Syncs, "syncs", {video, {"session", Integer}, {"offset_us", Integer}}, "UNIQUE(video_id)"},
        {Table::Members, "members", {{"name", Text, nullptr, true}, {"role", Text}}},
        {Table::Assignments, "assignments", {video, {"annotator", Text}, {"finished", Integer}},
            "UNIQUE(video_id, annotator)"},
        {Table::Conflicts, "conflicts",
            {{"time", Text}, {"annotator", Text}, {"other", Text}, {"command", Text}, video, {"base", Text},
                {"mine", Text}, {"theirs", Text}, {"open", Integer}}},
        {Table::TrackEdits, "track_edits",
            {video, {"track", Text}, {"position", Integer}, {"operation", Text}, {"person", Integer},
                {"other", Integer}, {"first", Integer}, {"last", Integer}, {"annotator", Text}},
            nullptr, 4},
        {Table::PoseCorrections, "pose_corrections",
            {video, {"track", Text}, {"person", Integer}, {"frame", Integer}, {"points", Text},
                {"annotator", Text}},
            nullptr, 4},
        {Table::Crops, "crops",
            {video, {"person", Integer}, {"kind", Text}, {"recipe", Text}, {"keys", Text}}, nullptr, 4},
        {Table::CropCorrections, "crop_corrections",
            {video, {"person", Integer}, {"kind", Text}, {"frame", Integer}, {"x", Real}, {"y", Real},
                {"width", Real}, {"height", Real}, {"annotator", Text}},
            nullptr, 4},
        {Table::Withholdings, "withholdings", {video, {"annotator", Text}, {"percent", Integer}},
            "UNIQUE(video_id, annotator)", 5},
    };
}

Error damagedLog(const EditRecord& record, const std::string& why)
{
    return {ErrorCode::BadFormat,
        "entry " + std::to_string(record.sequence) + " of the edit log is damaged: " + why};
}

} // namespace

const std::vector<TableInfo>& tableInfos()
{
    static const std::vector<TableInfo> infos = describeTables();
    return infos;
}

const TableInfo& infoOf(Table table) { return tableInfos().at(static_cast<size_t>(table)); }

const TableInfo* infoNamed(const std::string& name)
{
    const auto at
        = std::ranges::find_if(tableInfos(), [&](const TableInfo& one) { return name == one.name; });
    return at != tableInfos().end() ? &*at : nullptr;
}

RowChanges inverseOf(const RowChanges& changes)
{
    RowChanges inverse(changes.rbegin(), changes.rend());
    for (RowChange& change : inverse)
        std::swap(change.before, change.after);
    return inverse;
}

RowChanges composed(const RowChanges& first, const RowChanges& second)
{
    RowChanges all = first;
    std::map<std::pair<Table, int64_t>, size_t> places;
    for (size_t i = 0; i < all.size(); ++i)
        places[{all[i].table, all[i].id}] = i;
    for (const RowChange& change : second) {
        const auto known = places.find({change.table, change.id});
        if (known == places.end())
            all.push_back(change);
        else
            all[known->second].after = change.after;
    }
    std::erase_if(all, [](const RowChange& change) { return change.before == change.after; });
    return all;
}

int64_t videoOfChanges(const RowChanges& changes)
{
    int64_t video = 0;
    for (const RowChange& change : changes) {
        const json& row = change.after.is_null() ? change.before : change.after;
        const auto column = row.find("video_id");
        int64_t id = 0;
        if (change.table == Table::Videos)
            id = change.id;
        else if (column != row.end() && column->is_number())
            id = column->get<int64_t>();
        if (id == 0 || (video != 0 && id != video))
            return 0;
        video = id;
    }
    return video;
}

std::string_view nameOf(EditKind kind) { return kKinds.at(static_cast<size_t>(kind)); }

std::string hashOf(const EditRecord& record, const std::string& previousHash)
{
    Sha256Stream stream;
    // Each text with its length, so that no two entries give the same bytes.
    const auto add = [&stream](std::string_view text) {
        stream.add(std::to_string(text.size()));
        stream.add(":");
        stream.add(text);
    };
    add(previousHash);
    add(std::to_string(record.sequence));
    for (const std::string* text :
        {&record.time, &record.annotator, &record.kind, &record.command, &record.before, &record.after})
        add(*text);
    add(std::to_string(record.undoOf));
    add(record.token);
    add(record.step);
    // Entries without one have the hash that they had before there were any.
    if (!record.effort.empty())
        add(record.effort);
    return hexOf(stream.finish());
}

namespace {

/// One element of the lists of a record, as a library would write the object: its keys in order.
void appendRow(std::string& list, const RowChange& change, const json& row)
{
    list.append(list.size() > 1 ? "," : "");
    list.append("{\"id\":").append(std::to_string(change.id));
    list.append(",\"row\":").append(row.dump());
    list.append(",\"table\":\"").append(infoOf(change.table).name).append("\"}");
}

} // namespace

Status formatChanges(const RowChanges& changes, EditRecord& record)
{
    try {
        // Row by row: an import of a hundred thousand spans is as long as a book, and a tree of it a library.
        std::string before = "[";
        std::string after = "[";
        for (const RowChange& change : changes) {
            appendRow(before, change, change.before);
            appendRow(after, change, change.after);
        }
        record.before = std::move(before.append("]"));
        record.after = std::move(after.append("]"));
        return {};
    } catch (const json::exception&) {
        return Error{
            ErrorCode::InvalidArgument, "a name or path holds characters that are not UTF-8, rename it"};
    }
}

Result<std::vector<NamedChange>> parseNamedChanges(const EditRecord& record)
{
    try {
        const json before = json::parse(record.before);
        const json after = json::parse(record.after);
        if (!before.is_array() || before.size() != after.size())
            return damagedLog(record, "before and after do not fit together");
        std::vector<NamedChange> changes;
        changes.reserve(before.size());
        for (size_t i = 0; i < before.size(); ++i) {
            NamedChange change{before[i].at("table").get<std::string>(), before[i].at("id").get<int64_t>(),
                before[i].at("row"), after[i].at("row")};
            if (after[i].at("table") != change.table || after[i].at("id") != change.id)
                return damagedLog(record, "before and after do not fit together");
            changes.push_back(std::move(change));
        }
        return changes;
    } catch (const json::exception& exception) {
        return damagedLog(record, exception.what());
    }
}

Result<RowChanges> parseChanges(const EditRecord& record)
{
    auto named = parseNamedChanges(record);
    if (!named)
        return named.error();
    RowChanges changes;
    changes.reserve(named->size());
    for (NamedChange& change : *named) {
        const TableInfo* info = infoNamed(change.table);
        if (!info)
            return damagedLog(record, "it names an unknown table '" + change.table + "'");
        changes.push_back({info->table, change.id, std::move(change.before), std::move(change.after)});
    }
    return changes;
}

} // namespace telltale
