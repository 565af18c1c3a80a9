// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/database.h"
#include <QUndoCommand>

namespace telltale {

/// Where an undo step writes.
class EditTarget {
public:
    virtual ~EditTarget() = default;
    /// Commits `changes` as undo or redo of the log entry `of`; returns the new entry, or 0 if it could not
    /// be written (the target has told the user and puts the stack's index back).
    virtual int64_t turn(
        const char* kind, int64_t of, const std::string& command, const std::vector<RowChange>& changes)
        = 0;
};

/// One edit on the undo stack. It is pushed after it has been committed, so the first redo() has nothing to
/// do and an edit that fails never gets near the stack.
class EditCommand : public QUndoCommand {
public:
    struct Merge {
        int64_t row = 0; ///< span or video that is dragged
        int drag = 0; ///< 0: merges with nothing
    };
    EditCommand(EditTarget& target, const QString& text, std::string command, std::vector<RowChange> changes,
        int64_t sequence, Merge merge);
    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    EditTarget& m_target;
    std::string m_command;
    std::vector<RowChange> m_changes;
    int64_t m_sequence;
    Merge m_merge;
    bool m_applied = true;
};

} // namespace telltale
