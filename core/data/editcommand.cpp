// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/editcommand.h"

namespace telltale {

EditCommand::EditCommand(EditTarget& target, const QString& text, std::string command,
    std::vector<RowChange> changes, int64_t sequence, Merge merge)
    : QUndoCommand(text)
    , m_target(target)
    , m_command(std::move(command))
    , m_changes(std::move(changes))
    , m_sequence(sequence)
    , m_merge(merge)
{
}

void EditCommand::redo()
{
    if (m_applied)
        return;
    const int64_t sequence = m_target.turn("redo", m_sequence, m_command, m_changes);
    if (sequence == 0)
        return;
    m_sequence = sequence;
    m_applied = true;
}

void EditCommand::undo()
{
    if (!m_applied)
        return;
    std::vector<RowChange> inverse(m_changes.rbegin(), m_changes.rend());
    for (RowChange& change : inverse)
        std::swap(change.before, change.after);
    const int64_t sequence = m_target.turn("undo", m_sequence, m_command, inverse);
    if (sequence == 0)
        return;
    m_sequence = sequence;
    m_applied = false;
}

int EditCommand::id() const { return m_merge.drag > 0 ? m_merge.drag : -1; }

bool EditCommand::mergeWith(const QUndoCommand* other)
{
    const auto* next = dynamic_cast<const EditCommand*>(other);
    if (!next || m_merge.drag == 0 || next->m_merge.drag != m_merge.drag || next->m_merge.row != m_merge.row
        || next->m_command != m_command)
        return false;
    m_changes.front().after = next->m_changes.front().after;
    m_sequence = next->m_sequence;
    return true;
}

} // namespace telltale
