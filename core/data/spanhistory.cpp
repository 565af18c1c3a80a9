// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/spanhistory.h"
#include "data/rows.h"
#include "data/store/database.h"
#include <algorithm>

namespace telltale {
namespace {

std::optional<Annotation> spanOf(int64_t id, const nlohmann::json& row)
{
    return row.is_null() ? std::nullopt : std::optional(valueOf<Annotation>(id, row));
}

class Reader {
public:
    explicit Reader(int64_t id) : m_id(id) { }

    void read(const EditRecord& record)
    {
        if (m_failure)
            return;
        const auto changes = parseNamedChanges(record);
        if (!changes) {
            m_failure = changes.error();
            return;
        }
        SpanEdit edit{record.sequence, record.time, record.annotator, record.kind, record.command, {}, {}, 0};
        bool mine = false;
        for (const NamedChange& change : *changes) {
            if (change.table != infoOf(Table::Annotations).name)
                continue;
            if (change.id != m_id) {
                ++edit.others;
                continue;
            }
            mine = true;
            edit.before = spanOf(m_id, change.before);
            edit.after = spanOf(m_id, change.after);
        }
        if (mine)
            add(std::move(edit), record.step);
    }

    Result<std::vector<SpanEdit>> take()
    {
        if (m_failure)
            return *m_failure;
        std::ranges::reverse(m_edits);
        return std::move(m_edits);
    }

private:
    void add(SpanEdit edit, const std::string& step)
    {
        const bool goesOn = !step.empty() && step == m_step && edit.kind == "do" && !m_edits.empty()
            && m_edits.back().kind == "do";
        m_step = step;
        if (!goesOn) {
            m_edits.push_back(std::move(edit));
            return;
        }
        edit.before = m_edits.back().before;
        m_edits.back() = std::move(edit);
    }

    int64_t m_id;
    std::string m_step; ///< of the last entry
    std::vector<SpanEdit> m_edits;
    std::optional<Error> m_failure;
};

} // namespace

Result<std::vector<SpanEdit>> readSpanHistory(Database& database, int64_t annotationId)
{
    Reader reader(annotationId);
    if (const Status read
        = database.forEachEditOf(annotationId, [&reader](const EditRecord& record) { reader.read(record); });
        !read)
        return read.error();
    return reader.take();
}

} // namespace telltale
