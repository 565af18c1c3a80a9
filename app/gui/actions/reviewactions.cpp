// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actions/families.h"
#include "app/gui/commands.h"
#include "app/gui/inspector/inspectorpanel.h"
#include "app/gui/keys/painting.h"
#include "app/gui/keys/spankeys.h"
#include "app/gui/lanes/disagreementjump.h"
#include "app/gui/mainwindow.h"
#include "app/gui/spanactions.h"
#include "app/gui/sprint/sprintdialog.h"
#include "app/gui/workbench.h"

namespace telltale {
namespace {

using W = Workbench;
using A = ActionSpec;

constexpr const char* kReview = QT_TRANSLATE_NOOP("Actions", "&Review");
const Needs kProject = Need::Project;
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;

const ActionSpec kTable[] = {
    {"next", kReview, QT_TRANSLATE_NOOP("Actions", "&Next in the list"), "", "Tab", Need::Spans,
        [](W& w) { w.review.step(1); }},
    {"previous", kReview, QT_TRANSLATE_NOOP("Actions", "&Previous in the list"), "", "Shift+Tab", Need::Spans,
        [](W& w) { w.review.step(-1); }},
    {"previous-on-lane", kReview, QT_TRANSLATE_NOOP("Actions", "Previous span on the lane"), "", ",", kVideo,
        [](W& w) { w.window.spanKeys().stepOnLane(-1); }},
    {"next-on-lane", kReview, QT_TRANSLATE_NOOP("Actions", "Next span on the lane"), "", ".", kVideo,
        [](W& w) { w.window.spanKeys().stepOnLane(1); }},
    {"lane-up", kReview, QT_TRANSLATE_NOOP("Actions", "Lane above"), "", "Up", kVideo,
        [](W& w) { w.window.spanKeys().stepLane(-1); }},
    {"lane-down", kReview, QT_TRANSLATE_NOOP("Actions", "Lane below"), "", "Down", kVideo,
        [](W& w) { w.window.spanKeys().stepLane(1); }},
    {"next-peak", kReview, QT_TRANSLATE_NOOP("Actions", "Next p&eak of disagreement"), "", "Shift+PgDown",
        kVideo, [](W& w) { jumpToDisagreement(w, 1); }},
    {"previous-peak", kReview, QT_TRANSLATE_NOOP("Actions", "Previous pea&k of disagreement"), "",
        "Shift+PgUp", kVideo, [](W& w) { jumpToDisagreement(w, -1); }},
    {"class-card", kReview, QT_TRANSLATE_NOOP("Actions", "&Definition and examples of the class"), "",
        "Shift+C", kSpan, [](W& w) { showClassCard(w); }},
    {"accept", kReview, QT_TRANSLATE_NOOP("Actions", "&Accept"), "accept", "A", kSpan,
        [](W& w) { w.review.accept(); }, A::Separator},
    {"reject", kReview, QT_TRANSLATE_NOOP("Actions", "Re&ject"), "reject", "X", kSpan,
        [](W& w) { w.review.decide(SpanState::Rejected); }},
    {"skip", kReview, QT_TRANSLATE_NOOP("Actions", "&Skip"), "skip", "S", kSpan,
        [](W& w) { w.review.decide(SpanState::Skipped); }},
    {"flag", kReview, QT_TRANSLATE_NOOP("Actions", "&Flag for later"), "flag", "F", kSpan,
        [](W& w) { w.review.decide(SpanState::Flagged); }},
    {"candidate-1", kReview, QT_TRANSLATE_NOOP("Actions", "Take candidate &1"), "", "1", Need::Candidates,
        [](W& w) { w.review.takeCandidate(0); }, A::Separator},
    {"candidate-2", kReview, QT_TRANSLATE_NOOP("Actions", "Take candidate &2"), "", "2", Need::Candidates,
        [](W& w) { w.review.takeCandidate(1); }},
    {"candidate-3", kReview, QT_TRANSLATE_NOOP("Actions", "Take candidate &3"), "", "3", Need::Candidates,
        [](W& w) { w.review.takeCandidate(2); }},
    {"relabel", kReview, QT_TRANSLATE_NOOP("Actions", "Other &class..."), "label", "C /", kSpan,
        [](W& w) { w.commands.pickClass(); }},
    {"paint-mode", kReview, QT_TRANSLATE_NOOP("Actions", "Pain&t mode: hold a digit"), "", "Shift+P", kVideo,
        [](W& w) { w.window.painting().setOn(!w.window.painting().on()); }, A::Checkable},
    {"accept-above", kReview, QT_TRANSLATE_NOOP("Actions", "Accept above a &threshold..."), "", "Shift+A",
        kProject, [](W& w) { acceptAbove(w); }},
    {"tail-sprint", kReview, QT_TRANSLATE_NOOP("Actions", "Ta&il sprint..."), "", "Ctrl+T", kProject,
        [](W& w) { openSprint(w); }},
    {"mark-reviewed", kReview, QT_TRANSLATE_NOOP("Actions", "&Mark as reviewed"), "", "R", kVideo,
        [](W& w) { setReviewed(w, true); }, A::Separator},
    {"not-reviewed", kReview, QT_TRANSLATE_NOOP("Actions", "N&ot reviewed"), "", "Shift+R", kVideo,
        [](W& w) { setReviewed(w, false); }},
    {"note-span", kReview, QT_TRANSLATE_NOOP("Actions", "Add a note on the sp&an..."), "", "N", kSpan,
        [](W& w) { addNote(w, NotePlace::Span); }, A::Separator},
    {"note-frame", kReview, QT_TRANSLATE_NOOP("Actions", "Add a note on this f&rame..."), "", "Shift+N",
        kVideo, [](W& w) { addNote(w, NotePlace::Frame); }},
    {"note-video", kReview, QT_TRANSLATE_NOOP("Actions", "Add a note on the &video..."), "", "Ctrl+Shift+N",
        kVideo, [](W& w) { addNote(w, NotePlace::Video); }},
};

} // namespace

std::span<const ActionSpec> reviewActions() { return kTable; }

} // namespace telltale
