// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/logrebuild.h"
#include "data/times.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

using nlohmann::json;

constexpr const char* kRepairer = "repair";

struct Change {
    std::pair<std::string, int64_t> row;
    json before;
    json after;
};

class Rebuilder {
public:
    Rebuilder(const ProvenLog& log, const StateRows& present)
        : m_log(log)
        , m_present(present)
        , m_lost(log.lost.begin(), log.lost.end())
    {
    }

    RebuiltLog run()
    {
        const int64_t end = std::max(
            m_log.entries.empty() ? 0 : m_log.entries.rbegin()->first, m_lost.empty() ? 0 : *m_lost.rbegin());
        for (int64_t sequence = 1; sequence <= end; ++sequence) {
            const auto entry = m_log.entries.find(sequence);
            if (entry == m_log.entries.end()) {
                bridge(sequence);
                continue;
            }
            EditRecord record = entry->second;
            for (const Change& change : changesOf(record)) {
                if (m_result.misfit == 0 && current(change.row) != change.before)
                    m_result.misfit = sequence;
                put(change);
            }
            append(std::move(record));
        }
        return std::move(m_result);
    }

private:
    static std::vector<Change> changesOf(const EditRecord& record)
    {
        std::vector<Change> changes;
        auto named = parseNamedChanges(record);
        if (!named)
            return changes;
        changes.reserve(named->size());
        for (NamedChange& one : *named)
            changes.push_back({{one.table, one.id}, std::move(one.before), std::move(one.after)});
        return changes;
    }

    json current(const std::pair<std::string, int64_t>& row) const
    {
        const auto known = m_result.rows.find(row);
        return known != m_result.rows.end() ? known->second : json(nullptr);
    }

    void put(const Change& change)
    {
        int64_t& next = m_result.nextIds[change.row.first];
        next = std::max({next, change.row.second + 1, int64_t{1}});
        if (change.row.first == "runs" && change.after.is_object())
            countPredictions(change.after);
        if (change.after.is_null())
            m_result.rows.erase(change.row);
        else
            m_result.rows[change.row] = change.after;
    }

    void countPredictions(const json& run)
    {
        const auto first = run.find("first_prediction");
        const auto count = run.find("predictions");
        if (first == run.end() || count == run.end())
            return;
        int64_t& next = m_result.nextIds["predictions"];
        next = std::max(next, first->get<int64_t>() + count->get<int64_t>());
    }

    void append(EditRecord record)
    {
        record.hash = hashOf(record, m_result.entries.empty() ? std::string() : m_result.entries.back().hash);
        m_result.entries.push_back(std::move(record));
    }

    void bridge(int64_t sequence)
    {
        std::vector<Change> changes;
        if (!m_lost.contains(sequence - 1))
            changes = changesInGap(sequence);
        json before = json::array();
        json after = json::array();
        for (const Change& change : changes) {
            const json place{{"table", change.row.first}, {"id", change.row.second}};
            before.push_back(place);
            before.back()["row"] = change.before;
            after.push_back(place);
            after.back()["row"] = change.after;
            put(change);
        }
        EditRecord record;
        record.sequence = sequence;
        record.time = timeNow();
        record.annotator = kRepairer;
        record.kind = nameOf(EditKind::Do);
        record.command = "repair";
        record.before = before.dump(-1, ' ', false, json::error_handler_t::replace);
        record.after = after.dump(-1, ' ', false, json::error_handler_t::replace);
        record.token = "repair-" + std::to_string(sequence) + "-" + record.time;
        append(std::move(record));
    }

    /// What must have happened between the entries before and behind it.
    std::vector<Change> changesInGap(int64_t sequence)
    {
        std::vector<Change> changes;
        std::set<std::pair<std::string, int64_t>> touched;
        auto entry = m_log.entries.upper_bound(sequence);
        for (int64_t next = 0; entry != m_log.entries.end() && (next == 0 || entry->first == next);
             next = entry->first + 1, ++entry)
            for (const Change& one : changesOf(entry->second))
                if (touched.insert(one.row).second && one.before != current(one.row))
                    changes.push_back({one.row, current(one.row), one.before});
        if (entry != m_log.entries.end() || *m_lost.rbegin() > lastOfGapBefore(sequence))
            return changes; // a later gap follows: what it hides comes there
        addPresent(changes, touched);
        addPlaceholders(changes);
        return changes;
    }

    int64_t lastOfGapBefore(int64_t sequence) const
    {
        while (m_lost.contains(sequence + 1))
            ++sequence;
        return sequence;
    }

    void addPresent(
        std::vector<Change>& changes, const std::set<std::pair<std::string, int64_t>>& touched) const
    {
        std::set<std::string> tables;
        for (const auto& [row, value] : m_present) {
            tables.insert(row.first);
            if (!touched.contains(row) && current(row) != value)
                changes.push_back({row, current(row), value});
        }
        for (const auto& [row, value] : m_result.rows)
            if (tables.contains(row.first) && !touched.contains(row) && !m_present.contains(row))
                changes.push_back({row, value, nullptr});
    }

    /// Rows that rows of the final state point to.
    void addPlaceholders(std::vector<Change>& changes) const
    {
        StateRows last = m_result.rows;
        const auto apply = [&last](const Change& change) {
            if (change.after.is_null())
                last.erase(change.row);
            else
                last[change.row] = change.after;
        };
        for (const Change& change : changes)
            apply(change);
        const int64_t gapEnd = changes.empty() && m_lost.empty() ? 0 : *m_lost.rbegin();
        for (auto entry = m_log.entries.upper_bound(gapEnd); entry != m_log.entries.end(); ++entry)
            for (const Change& change : changesOf(entry->second))
                apply(change);
        std::set<std::pair<std::string, int64_t>> missing;
        for (const auto& [row, value] : last)
            if (const TableInfo* info = infoNamed(row.first))
                for (const Column& column : info->columns)
                    if (column.references && value.contains(column.name) && value[column.name].is_number())
                        if (const std::pair<std::string, int64_t> target{
                                column.references, value[column.name].get<int64_t>()};
                            !last.contains(target))
                            missing.insert(target);
        for (const auto& row : missing)
            changes.push_back({row, nullptr, placeholder(row)});
    }

    static json placeholder(const std::pair<std::string, int64_t>& row)
    {
        json value = json::object();
        for (const Column& column : infoNamed(row.first)->columns) {
            json& cell = value[column.name];
            if (column.references)
                cell = nullptr;
            else if (column.type == ColumnType::Text)
                cell = column.unique ? "lost " + std::to_string(row.second) : std::string();
            else if (column.type == ColumnType::Real)
                cell = 0.0;
            else // a range must not be empty, a file that nobody knows is not there
                cell = std::string_view(column.name) == "last" || std::string_view(column.name) == "offline"
                    ? 1
                    : 0;
        }
        return value;
    }

    const ProvenLog& m_log;
    const StateRows& m_present;
    std::set<int64_t> m_lost;
    RebuiltLog m_result;
};

} // namespace

RebuiltLog rebuildLog(const ProvenLog& log, const StateRows& present)
{
    return Rebuilder(log, present).run();
}

} // namespace telltale
