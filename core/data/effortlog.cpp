// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/effortlog.h"
#include "data/projectlocation.h"
#include "data/store/database.h"
#include "data/tables.h"

namespace telltale {

EffortLog::EffortLog(std::unique_ptr<Database> database) : m_database(std::move(database)) { }

EffortLog::~EffortLog() = default;

Result<std::unique_ptr<EffortLog>> EffortLog::open(const std::filesystem::path& project)
{
    const auto location = locate(project.string());
    if (!location)
        return location.error();
    auto database = location->isTeam()
        ? Database::open(*location, Database::Access::Read)
        : Database::open(location->folder / "project.db", Database::Access::Read);
    if (!database)
        return database.error();
    return std::unique_ptr<EffortLog>(new EffortLog(std::move(*database)));
}

Result<std::vector<EffortEntry>> EffortLog::entries(int64_t sequence, int64_t most) const
{
    const auto records = effortRecords(*m_database, sequence, most);
    return records ? effortEntries(*records) : Result<std::vector<EffortEntry>>(records.error());
}

Result<std::vector<EditRecord>> effortRecords(Database& database, int64_t sequence, int64_t most)
{
    std::vector<EditRecord> records;
    const Status read = database.forEachEffort(
        sequence, most, [&records](EditRecord one) { records.push_back(std::move(one)); });
    return read ? Result<std::vector<EditRecord>>(std::move(records))
                : Result<std::vector<EditRecord>>(read.error());
}

} // namespace telltale
