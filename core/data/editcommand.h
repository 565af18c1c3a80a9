// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/store/pendingedit.h"
#include <QUndoCommand>

namespace telltale {

class EditCommand;

/// Where an undo step writes.
class EditTarget {
public:
    virtual ~EditTarget() = default;
    /// Makes the undo or redo of a step an edit of its own; returns where its sequence will stand, or null if
    /// it cannot be made (the target has told the user and puts the stack's index back).
    virtual std::shared_ptr<SequenceCell> turn(EditKind kind, const EditCommand& command) = 0;
    /// The stack is being filled: what it does are no edits.
    virtual bool filling() const = 0;
};

/// One step on the undo stack. It is pushed after its edit has been made, so the first redo() has nothing to
/// do and an edit that is refused never gets near the stack.
class EditCommand : public QUndoCommand {
public:
    struct Merge {
        int64_t row = 0; ///< span or video that is dragged
        int drag = 0; ///< 0: merges with nothing
    };
    /// `changes` null: they are read from the log when they are needed (old or large steps).
    EditCommand(EditTarget& target, const QString& text, std::string command,
        std::shared_ptr<const RowChanges> changes, std::shared_ptr<SequenceCell> cell, Merge merge);
    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;
    /// A further entry of the log that belongs to the step.
    void append(std::shared_ptr<SequenceCell> cell);
    /// An entry of the log undid or redid the step.
    void turned(std::shared_ptr<SequenceCell> cell) { m_last = std::move(cell); }

    const std::string& command() const { return m_command; }
    const std::shared_ptr<const RowChanges>& changes() const { return m_changes; }
    /// The entries that made the step, in order.
    const std::vector<std::shared_ptr<SequenceCell>>& entries() const { return m_entries; }
    /// The entry that an undo or redo turns round: the last one that touched the step.
    const std::shared_ptr<SequenceCell>& last() const { return m_last; }

private:
    EditTarget& m_target;
    std::string m_command;
    std::shared_ptr<const RowChanges> m_changes;
    std::vector<std::shared_ptr<SequenceCell>> m_entries;
    std::shared_ptr<SequenceCell> m_last;
    Merge m_merge;
    bool m_applied = true;
};

} // namespace telltale
