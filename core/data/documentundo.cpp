// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Undo and redo are edits; the steps of earlier sessions are read back from the log.
#include "data/documentprivate.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

struct CommandText {
    const char* command;
    const char* text;
};
constexpr std::array<CommandText, 43> kTexts{{
    {"add_video", QT_TRANSLATE_NOOP("telltale::Document", "Add video")},
    {"find_video", QT_TRANSLATE_NOOP("telltale::Document", "Find video")},
    {"relocate_videos", QT_TRANSLATE_NOOP("telltale::Document", "Move videos")},
    {"set_track", QT_TRANSLATE_NOOP("telltale::Document", "Set pose track")},
    {"set_subject_role", QT_TRANSLATE_NOOP("telltale::Document", "Change split")},
    {"rename_subject", QT_TRANSLATE_NOOP("telltale::Document", "Rename subject")},
    {"set_person", QT_TRANSLATE_NOOP("telltale::Document", "Name person")},
    {"add_annotation", QT_TRANSLATE_NOOP("telltale::Document", "Add span")},
    {"import", QT_TRANSLATE_NOOP("telltale::Document", "Import")},
    {"remove_annotation", QT_TRANSLATE_NOOP("telltale::Document", "Remove span")},
    {"set_span", QT_TRANSLATE_NOOP("telltale::Document", "Move boundary")},
    {"relabel", QT_TRANSLATE_NOOP("telltale::Document", "Name span")},
    {"set_state", QT_TRANSLATE_NOOP("telltale::Document", "Decide")},
    {"decide_proposals", QT_TRANSLATE_NOOP("telltale::Document", "Decide proposals")},
    {"accept_above", QT_TRANSLATE_NOOP("telltale::Document", "Accept above threshold")},
    {"split", QT_TRANSLATE_NOOP("telltale::Document", "Split span")},
    {"merge", QT_TRANSLATE_NOOP("telltale::Document", "Merge spans")},
    {"mark_reviewed", QT_TRANSLATE_NOOP("telltale::Document", "Mark as reviewed")},
    {"unmark_reviewed", QT_TRANSLATE_NOOP("telltale::Document", "Mark as not reviewed")},
    {"add_note", QT_TRANSLATE_NOOP("telltale::Document", "Add note")},
    {"set_note", QT_TRANSLATE_NOOP("telltale::Document", "Change note")},
    {"import_run", QT_TRANSLATE_NOOP("telltale::Document", "Add proposals")},
    {"add_model", QT_TRANSLATE_NOOP("telltale::Document", "Use retrained heads")},
    {"add_candidate", QT_TRANSLATE_NOOP("telltale::Document", "Keep retrained heads for comparison")},
    {"use_model", QT_TRANSLATE_NOOP("telltale::Document", "Use other heads")},
    {"remove_model", QT_TRANSLATE_NOOP("telltale::Document", "Discard retrained heads")},
    {"add_classes", QT_TRANSLATE_NOOP("telltale::Document", "Add classes")},
    {"set_scheme", QT_TRANSLATE_NOOP("telltale::Document", "Change label scheme")},
    {"synchronize", QT_TRANSLATE_NOOP("telltale::Document", "Synchronise cameras")},
    {"set_camera_offset", QT_TRANSLATE_NOOP("telltale::Document", "Move camera in time")},
    {"unsynchronize", QT_TRANSLATE_NOOP("telltale::Document", "Take camera out of its session")},
    {"set_team", QT_TRANSLATE_NOOP("telltale::Document", "Change team")},
    {"adjudicate", QT_TRANSLATE_NOOP("telltale::Document", "Adjudicate")},
    {"swap_persons", QT_TRANSLATE_NOOP("telltale::Document", "Swap persons")},
    {"split_person", QT_TRANSLATE_NOOP("telltale::Document", "Split person")},
    {"join_persons", QT_TRANSLATE_NOOP("telltale::Document", "Join persons")},
    {"remove_person", QT_TRANSLATE_NOOP("telltale::Document", "Remove person")},
    {"correct_pose", QT_TRANSLATE_NOOP("telltale::Document", "Correct points")},
    {"uncorrect_pose", QT_TRANSLATE_NOOP("telltale::Document", "Take back corrected points")},
    {"set_crops", QT_TRANSLATE_NOOP("telltale::Document", "Set crops")},
    {"correct_crop", QT_TRANSLATE_NOOP("telltale::Document", "Move crop")},
    {"uncorrect_crop", QT_TRANSLATE_NOOP("telltale::Document", "Take back moved crop")},
    {"resolve_conflict", QT_TRANSLATE_NOOP("telltale::Document", "Settle conflict")},
}};

const CommandText* known(const std::string& command)
{
    const auto at
        = std::ranges::find_if(kTexts, [&](const CommandText& one) { return command == one.command; });
    return at != kTexts.end() ? &*at : nullptr;
}

std::shared_ptr<SequenceCell> cellAt(int64_t sequence)
{
    auto cell = std::make_shared<SequenceCell>();
    cell->sequence = sequence;
    return cell;
}

/// Follows the log of one annotator: which steps there are, and how many of them are done.
class StepReader {
public:
    explicit StepReader(EditTarget& target) : m_target(target) { }

    void read(const EditRecord& title)
    {
        if (title.command == "migrate") { // the rows of older entries have other columns
            m_steps.clear();
            m_done = 0;
        }
        if (title.kind == nameOf(EditKind::Undo))
            return turn(title, -1);
        if (title.kind == nameOf(EditKind::Redo))
            return turn(title, +1);
        if (!known(title.command))
            return; // making a project, migrating it, keeping a conflict: nothing to undo
        m_steps.resize(m_done);
        const bool goes = !title.step.empty() && !m_steps.empty() && m_steps.back().step == title.step;
        if (goes) {
            m_steps.back().command->append(cellAt(title.sequence));
            return;
        }
        auto command = std::make_unique<EditCommand>(m_target, commandText(title.command), title.command,
            nullptr, cellAt(title.sequence), EditCommand::Merge{});
        m_steps.push_back({std::move(command), title.step});
        m_done = m_steps.size();
    }

    void fill(QUndoStack& stack)
    {
        for (Step& step : m_steps)
            stack.push(step.command.release());
        stack.setIndex(static_cast<int>(m_done));
    }

private:
    struct Step {
        std::unique_ptr<EditCommand> command;
        std::string step;
    };

    void turn(const EditRecord& title, int direction)
    {
        const size_t at = direction < 0 ? m_done - 1 : m_done;
        if (at >= m_steps.size())
            return;
        EditCommand& command = *m_steps[at].command;
        if (command.last()->sequence != title.undoOf)
            return;
        command.turned(cellAt(title.sequence));
        m_steps[at].step.clear();
        m_done = direction < 0 ? at : at + 1;
    }

    EditTarget& m_target;
    std::vector<Step> m_steps;
    size_t m_done = 0;
};

} // namespace

QString commandText(const std::string& command)
{
    const CommandText* text = known(command);
    return text ? Document::tr(text->text) : QString::fromStdString(command);
}

void Document::Private::readTitles()
{
    (void)flush();
    auto read = worker->ask([](Database& database) -> Result<std::vector<EditRecord>> {
        std::vector<EditRecord> all;
        const Status status
            = database.forEachEditTitle([&all](EditRecord one) { all.push_back(std::move(one)); });
        return status ? Result<std::vector<EditRecord>>(std::move(all))
                      : Result<std::vector<EditRecord>>(status.error());
    });
    titles = read ? std::move(*read) : std::vector<EditRecord>();
}

void Document::Private::fillStack()
{
    isFilling = true;
    const QSignalBlocker quiet(&stack);
    stack.clear();
    StepReader reader(*this);
    for (const EditRecord& title : titles)
        if (title.annotator == annotator || title.command == "migrate")
            reader.read(title);
    reader.fill(stack);
    titles = {};
    isFilling = false;
}

Result<RowChanges> Document::Private::changesOf(const EditCommand& command)
{
    if (command.changes())
        return *command.changes();
    if (const Status written = flush(); !written)
        return written.error();
    return worker->ask([entries = command.entries()](Database& database) -> Result<RowChanges> {
        RowChanges all;
        for (const auto& entry : entries) {
            const auto record = database.edit(entry->sequence);
            if (!record)
                return record.error();
            auto changes = parseChanges(*record);
            if (!changes)
                return Error{ErrorCode::Unsupported,
                    "this step was made by an older version of Telltale and cannot be undone"};
            all = composed(all, *changes);
        }
        return all;
    });
}

void Document::Private::refuseTurn(const std::string& sentence)
{
    // QUndoStack moves its index after this call whatever happens; put it back as soon as it has.
    indexToRestore = stack.index();
    emit q->editFailed(QString::fromStdString(sentence));
}

std::shared_ptr<SequenceCell> Document::Private::turn(EditKind kind, const EditCommand& command)
{
    auto changes = changesOf(command);
    if (!changes) {
        refuseTurn(changes.error().message);
        return nullptr;
    }
    if (kind == EditKind::Undo)
        *changes = inverseOf(*changes);
    for (const RowChange& change : *changes) {
        if (change.table == Table::PseudoLabels || state.row(change.table, change.id) == change.before)
            continue;
        refuseTurn(Document::tr(
            "\"%1\" cannot be taken back or made again: somebody has changed the same thing since.")
                       .arg(command.text())
                       .toStdString());
        return nullptr;
    }
    if (changes->empty())
        return command.last();
    const auto submitted = submit(kind, command.command(), std::move(*changes), command.last(), {});
    if (!submitted) {
        refuseTurn(submitted.error().message);
        return nullptr;
    }
    announce((*submitted)->changes);
    return (*submitted)->cell;
}

void Document::Private::putStackBack()
{
    const int index = std::exchange(indexToRestore, -1);
    if (index < 0)
        return;
    isFilling = true;
    stack.setIndex(index);
    isFilling = false;
}

} // namespace telltale
