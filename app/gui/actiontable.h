// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QFlags>
#include <QKeySequence>
#include <QList>
#include <QString>
#include <span>

namespace telltale {

struct Workbench;

/// What must be there for an action to make sense.
enum class Need {
    Project = 1,
    Video = 2, ///< a video is shown
    Span = 4, ///< a span is selected
    Candidates = 8, ///< the models offer classes for it
    Draft = 16, ///< in and out are marked
    Undo = 32,
    Redo = 64,
    Idle = 128, ///< no job runs in the background
    Busy = 256,
    Spans = 512, ///< the review list has something
    Cameras = 1024, ///< the video was recorded together with others
    SlowSeek = 2048, ///< jumping in the video takes long, and it has no proxy
    Poses = 16384, ///< the shown video has a skeleton
    Persons = 32768, ///< of more than one person
    Crops = 65536, ///< and crops
    OwnFile = 8192, ///< the project is a file on this computer
    System = 1 << 24, ///< a trained Track 1 system is in use that can be adapted
    Conflicts = 4096, ///< edits that met those of somebody else wait for a choice
};
Q_DECLARE_FLAGS(Needs, Need)
Q_DECLARE_OPERATORS_FOR_FLAGS(Needs)

/// One row of the table that menus, toolbar, shortcuts, enabling and the shortcut sheet are made from.
struct ActionSpec {
    const char* id;
    const char* menu; ///< untranslated menu title; "File", ...
    const char* text; ///< untranslated, with a mnemonic
    const char* icon; ///< name in resources/icons, or ""
    const char* keys; ///< default shortcuts, portable, separated by spaces
    Needs needs;
    void (*run)(Workbench&);
    enum Flag { None = 0, Toolbar = 1, Checkable = 2, Separator = 4 /* before it */ };
    int flags = None;
};

std::span<const ActionSpec> actionTable();
const ActionSpec& actionSpec(const char* id); ///< of a known id
QList<QKeySequence> defaultKeys(const ActionSpec& spec);
QString menuText(const char* menu); ///< translated, with mnemonic
QString menuPlainText(const char* menu); ///< without mnemonic
QString actionText(const ActionSpec& spec); ///< translated, with mnemonic
QString actionPlainText(const ActionSpec& spec); ///< without mnemonic and dots

} // namespace telltale
