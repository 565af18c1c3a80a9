// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/editcommand.h"

namespace telltale {

EditCommand::EditCommand(EditTarget& target, const QString& text, std::string command,
    std::shared_ptr<const RowChanges> changes, std::shared_ptr<SequenceCell> cell, Merge merge)
    : QUndoCommand(text)
    , m_target(target)
    , m_command(std::move(command))
    , m_changes(std::move(changes))
    , m_entries{cell}
    , m_last(std::move(cell))
    , m_merge(merge)
{
}

void EditCommand::redo()
{
    if (m_applied)
        return;
    if (!m_target.filling()) {
        auto cell = m_target.turn(EditKind::Redo, *this);
        if (!cell)
            return;
        m_last = std::move(cell);
    }
    m_applied = true;
}

void EditCommand::undo()
{
    if (!m_applied)
        return;
    if (!m_target.filling()) {
        auto cell = m_target.turn(EditKind::Undo, *this);
        if (!cell)
            return;
        m_last = std::move(cell);
    }
    m_applied = false;
}

int EditCommand::id() const { return m_merge.drag > 0 ? m_merge.drag : -1; }

void EditCommand::append(std::shared_ptr<SequenceCell> cell)
{
    m_entries.push_back(cell);
    m_last = std::move(cell);
}

bool EditCommand::mergeWith(const QUndoCommand* other)
{
    const auto* next = dynamic_cast<const EditCommand*>(other);
    if (!next || m_merge.drag == 0 || next->m_merge.drag != m_merge.drag || next->m_merge.row != m_merge.row
        || next->m_command != m_command || !m_changes || !next->m_changes)
        return false;
    m_changes = std::make_shared<const RowChanges>(composed(*m_changes, *next->m_changes));
    for (const auto& cell : next->m_entries)
        append(cell);
    return true;
}

} // namespace telltale
