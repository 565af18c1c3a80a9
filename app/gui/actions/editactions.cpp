// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actions/families.h"
#include "app/gui/commands.h"
#include "app/gui/effort/effortmeter.h"
#include "app/gui/keys/spankeys.h"
#include "app/gui/mainwindow.h"
#include "app/gui/spanactions.h"
#include "app/gui/workbench.h"

namespace telltale {
namespace {

using W = Workbench;
using A = ActionSpec;

constexpr const char* kEdit = QT_TRANSLATE_NOOP("Actions", "&Edit");
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;

const ActionSpec kTable[] = {
    {"undo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo", "Ctrl+Z", Need::Undo,
        [](W& w) { w.review.undo(); }, A::Toolbar},
    {"redo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo", "Ctrl+Shift+Z Ctrl+Y", Need::Redo,
        [](W& w) { w.review.redo(); }, A::Toolbar},
    {"mark-in", kEdit, QT_TRANSLATE_NOOP("Actions", "Mark &in"), "mark-in", "I", kVideo,
        [](W& w) { w.review.markIn(); }, A::Separator},
    {"mark-out", kEdit, QT_TRANSLATE_NOOP("Actions", "Mark &out"), "mark-out", "O", kVideo,
        [](W& w) { w.review.markOut(); }},
    {"create", kEdit, QT_TRANSLATE_NOOP("Actions", "&Create span from marks"), "", "Return Enter",
        Need::Draft, [](W& w) { w.commands.createSpan(); }},
    {"create-as", kEdit, QT_TRANSLATE_NOOP("Actions", "Create span of a c&lass..."), "",
        "Shift+Return Shift+Enter", Need::Draft, [](W& w) { w.commands.createSpan(true); }},
    {"clear-marks", kEdit, QT_TRANSLATE_NOOP("Actions", "Clear &marks"), "", "Escape", Need::Draft,
        [](W& w) { w.review.clearDraft(); }},
    {"start-here", kEdit, QT_TRANSLATE_NOOP("Actions", "&Start at playhead"), "", "Q", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(true); }, A::Separator},
    {"end-here", kEdit, QT_TRANSLATE_NOOP("Actions", "E&nd at playhead"), "", "W", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(false); }},
    // Brackets move the start and, with Alt, the end; braces, which are brackets with Shift on an American
    // keyboard and keys of their own on European ones, move by five. Where a bracket needs AltGr, the arrows
    // are nearer.
    {"start-earlier", kEdit, QT_TRANSLATE_NOOP("Actions", "Start one frame earlier"), "", "[ Ctrl+Shift+Left",
        kSpan, [](W& w) { w.review.nudge(true, -1); }},
    {"start-later", kEdit, QT_TRANSLATE_NOOP("Actions", "Start one frame later"), "", "] Ctrl+Shift+Right",
        kSpan, [](W& w) { w.review.nudge(true, 1); }},
    {"end-earlier", kEdit, QT_TRANSLATE_NOOP("Actions", "End one frame earlier"), "", "Alt+[ Alt+Shift+Left",
        kSpan, [](W& w) { w.review.nudge(false, -1); }},
    {"end-later", kEdit, QT_TRANSLATE_NOOP("Actions", "End one frame later"), "", "Alt+] Alt+Shift+Right",
        kSpan, [](W& w) { w.review.nudge(false, 1); }},
    {"start-earlier-5", kEdit, QT_TRANSLATE_NOOP("Actions", "Start five frames earlier"), "", "{", kSpan,
        [](W& w) { w.review.nudge(true, -5); }},
    {"start-later-5", kEdit, QT_TRANSLATE_NOOP("Actions", "Start five frames later"), "", "}", kSpan,
        [](W& w) { w.review.nudge(true, 5); }},
    {"end-earlier-5", kEdit, QT_TRANSLATE_NOOP("Actions", "End five frames earlier"), "", "Alt+{", kSpan,
        [](W& w) { w.review.nudge(false, -5); }},
    {"end-later-5", kEdit, QT_TRANSLATE_NOOP("Actions", "End five frames later"), "", "Alt+}", kSpan,
        [](W& w) { w.review.nudge(false, 5); }},
    {"snap-start", kEdit, QT_TRANSLATE_NOOP("Actions", "Snap start to motion"), "", "Shift+Q", kSpan,
        [](W& w) { w.window.spanKeys().snap(true); }},
    {"snap-end", kEdit, QT_TRANSLATE_NOOP("Actions", "Snap end to motion"), "", "Shift+W", kSpan,
        [](W& w) { w.window.spanKeys().snap(false); }},
    {"snap-motion", kEdit, QT_TRANSLATE_NOOP("Actions", "Snap span to mo&tion"), "", "Shift+G", kSpan,
        [](W& w) { snapToMotion(w); }},
    {"split", kEdit, QT_TRANSLATE_NOOP("Actions", "S&plit span at playhead"), "", "B", kSpan,
        [](W& w) { splitAtPlayhead(w); }},
    {"merge", kEdit, QT_TRANSLATE_NOOP("Actions", "Mer&ge with next span"), "", "M", kSpan,
        [](W& w) { mergeWithNext(w); }},
    {"delete", kEdit, QT_TRANSLATE_NOOP("Actions", "&Delete span"), "", "Del", kSpan,
        [](W& w) { w.review.remove(); }, A::Separator},
    {"palette", kEdit, QT_TRANSLATE_NOOP("Actions", "Command &palette..."), "", "Ctrl+Shift+P", Needs(),
        [](W& w) { w.commands.showPalette(); }, A::Separator},
    {"keys", kEdit, QT_TRANSLATE_NOOP("Actions", "Change &keys..."), "keyboard", "Shift+F1", Needs(),
        [](W& w) { w.commands.editKeys(); }},
    {"record-effort", kEdit, QT_TRANSLATE_NOOP("Actions", "Record e&ffort"), "", "", Needs(),
        [](W& w) { w.window.effort().setOn(!w.window.effort().on()); }, A::Checkable},
};

} // namespace

std::span<const ActionSpec> editActions() { return kTable; }

} // namespace telltale
