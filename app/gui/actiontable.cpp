// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actiontable.h"
#include "app/gui/commands.h"
#include "app/gui/mainwindow.h"
#include "app/gui/poseactions.h"
#include "app/gui/projectactions.h"
#include "app/gui/smoothdialog.h"
#include "app/gui/spanactions.h"
#include "app/gui/workbench.h"
#include <QCoreApplication>
#include <QUndoStack>

namespace telltale {
namespace {

using W = Workbench;
using A = ActionSpec;

constexpr const char* kFile = QT_TRANSLATE_NOOP("Actions", "&File");
constexpr const char* kEdit = QT_TRANSLATE_NOOP("Actions", "&Edit");
constexpr const char* kPlay = QT_TRANSLATE_NOOP("Actions", "&Playback");
constexpr const char* kReview = QT_TRANSLATE_NOOP("Actions", "&Review");
constexpr const char* kPose = QT_TRANSLATE_NOOP("Actions", "P&ose");
constexpr const char* kModels = QT_TRANSLATE_NOOP("Actions", "&Models");
constexpr const char* kWhole = QT_TRANSLATE_NOOP("Actions", "Pro&ject");
constexpr const char* kView = QT_TRANSLATE_NOOP("Actions", "&View");
constexpr const char* kHelp = QT_TRANSLATE_NOOP("Actions", "&Help");

constexpr Needs kNone;
const Needs kProject = Need::Project;
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;
const Needs kCameras = Need::Cameras;

const ActionSpec kTable[] = {
    {"new", kFile, QT_TRANSLATE_NOOP("Actions", "&New project..."), "new", "Ctrl+N", kNone,
        [](W& w) { w.commands.newProject(); }, A::Toolbar},
    {"open", kFile, QT_TRANSLATE_NOOP("Actions", "&Open project..."), "open", "Ctrl+O", kNone,
        [](W& w) { w.commands.chooseProject(); }, A::Toolbar},
    {"open-team", kFile, QT_TRANSLATE_NOOP("Actions", "Open &team project..."), "team", "Ctrl+Shift+O", kNone,
        [](W& w) { openTeamProject(w); }},
    {"demo", kFile, QT_TRANSLATE_NOOP("Actions", "Open &demo project"), "demo", "", kNone,
        [](W& w) { w.commands.openDemo(); }},
    {"add-videos", kFile, QT_TRANSLATE_NOOP("Actions", "&Add videos..."), "add-video", "Ctrl+Shift+A",
        kProject, [](W& w) { w.commands.addVideos(); }, A::Separator},
    {"import", kFile, QT_TRANSLATE_NOOP("Actions", "&Import..."), "import", "Ctrl+I", kProject,
        [](W& w) { w.commands.importFiles(); }, A::Toolbar},
    {"export", kFile, QT_TRANSLATE_NOOP("Actions", "&Export..."), "export", "Ctrl+E", kProject,
        [](W& w) { w.commands.exportFiles(); }, A::Toolbar},
    {"close", kFile, QT_TRANSLATE_NOOP("Actions", "&Close project"), "close", "Ctrl+W", kProject,
        [](W& w) { closeProject(w); }, A::Separator},
    {"quit", kFile, QT_TRANSLATE_NOOP("Actions", "&Quit"), "", "Ctrl+Q", kNone,
        [](W& w) { w.window.close(); }},

    {"undo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo", "Ctrl+Z", Need::Undo,
        [](W& w) { w.session.document()->undoStack()->undo(); }, A::Toolbar},
    {"redo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo", "Ctrl+Shift+Z Ctrl+Y", Need::Redo,
        [](W& w) { w.session.document()->undoStack()->redo(); }, A::Toolbar},
    {"mark-in", kEdit, QT_TRANSLATE_NOOP("Actions", "Mark &in"), "mark-in", "I", kVideo,
        [](W& w) { w.review.markIn(); }, A::Separator},
    {"mark-out", kEdit, QT_TRANSLATE_NOOP("Actions", "Mark &out"), "mark-out", "O", kVideo,
        [](W& w) { w.review.markOut(); }},
    {"create", kEdit, QT_TRANSLATE_NOOP("Actions", "&Create span from marks"), "", "Return Enter",
        Need::Draft, [](W& w) { w.commands.createSpan(); }},
    {"clear-marks", kEdit, QT_TRANSLATE_NOOP("Actions", "Clear &marks"), "", "Escape", Need::Draft,
        [](W& w) { w.review.clearDraft(); }},
    {"start-here", kEdit, QT_TRANSLATE_NOOP("Actions", "&Start at playhead"), "", "Q", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(true); }, A::Separator},
    {"end-here", kEdit, QT_TRANSLATE_NOOP("Actions", "E&nd at playhead"), "", "W", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(false); }},
    {"start-earlier", kEdit, QT_TRANSLATE_NOOP("Actions", "Start one frame earlier"), "", "[", kSpan,
        [](W& w) { w.review.nudge(true, -1); }},
    {"start-later", kEdit, QT_TRANSLATE_NOOP("Actions", "Start one frame later"), "", "]", kSpan,
        [](W& w) { w.review.nudge(true, 1); }},
    {"end-earlier", kEdit, QT_TRANSLATE_NOOP("Actions", "End one frame earlier"), "", "{", kSpan,
        [](W& w) { w.review.nudge(false, -1); }},
    {"end-later", kEdit, QT_TRANSLATE_NOOP("Actions", "End one frame later"), "", "}", kSpan,
        [](W& w) { w.review.nudge(false, 1); }},
    {"snap-motion", kEdit, QT_TRANSLATE_NOOP("Actions", "Snap span to mo&tion"), "", "Shift+G", kSpan,
        [](W& w) { snapToMotion(w); }},
    {"split", kEdit, QT_TRANSLATE_NOOP("Actions", "S&plit span at playhead"), "", "B", kSpan,
        [](W& w) { splitAtPlayhead(w); }},
    {"merge", kEdit, QT_TRANSLATE_NOOP("Actions", "Mer&ge with next span"), "", "M", kSpan,
        [](W& w) { mergeWithNext(w); }},
    {"delete", kEdit, QT_TRANSLATE_NOOP("Actions", "&Delete span"), "", "Del", kSpan,
        [](W& w) { w.review.remove(); }, A::Separator},

    {"play", kPlay, QT_TRANSLATE_NOOP("Actions", "&Play or pause"), "play", "Space", kVideo,
        [](W& w) { w.player.toggle(); }},
    {"shuttle-back", kPlay, QT_TRANSLATE_NOOP("Actions", "Play &backwards, faster"), "", "J", kVideo,
        [](W& w) { w.player.shuttle(-1); }},
    {"stop", kPlay, QT_TRANSLATE_NOOP("Actions", "&Stop"), "", "K", kVideo, [](W& w) { w.player.stop(); }},
    {"shuttle-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "Play &forwards, faster"), "", "L", kVideo,
        [](W& w) { w.player.shuttle(1); }},
    {"slow-back", kPlay, QT_TRANSLATE_NOOP("Actions", "Play backwards, slower"), "", "Shift+J", kVideo,
        [](W& w) { w.player.shuttleSlowly(-1); }},
    {"slow-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "Play forwards, slower"), "", "Shift+L", kVideo,
        [](W& w) { w.player.shuttleSlowly(1); }},
    {"loop", kPlay, QT_TRANSLATE_NOOP("Actions", "&Loop the selected span"), "loop", "Ctrl+L", kVideo,
        [](W& w) { w.window.toggleLoop(); }, A::Checkable},
    {"frame-back", kPlay, QT_TRANSLATE_NOOP("Actions", "One frame back"), "step-back", "Left ,", kVideo,
        [](W& w) { w.player.step(-1); }, A::Separator},
    {"frame-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "One frame forward"), "step-forward", "Right .",
        kVideo, [](W& w) { w.player.step(1); }},
    {"ten-back", kPlay, QT_TRANSLATE_NOOP("Actions", "Ten frames back"), "", "Ctrl+Left", kVideo,
        [](W& w) { w.player.step(-10); }},
    {"ten-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "Ten frames forward"), "", "Ctrl+Right", kVideo,
        [](W& w) { w.player.step(10); }},
    {"second-back", kPlay, QT_TRANSLATE_NOOP("Actions", "One second back"), "", "Shift+Left", kVideo,
        [](W& w) { w.player.stepSeconds(-1); }},
    {"second-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "One second forward"), "", "Shift+Right", kVideo,
        [](W& w) { w.player.stepSeconds(1); }},
    {"to-start", kPlay, QT_TRANSLATE_NOOP("Actions", "To the first frame"), "to-start", "Home", kVideo,
        [](W& w) { w.player.seek(0); }},
    {"to-end", kPlay, QT_TRANSLATE_NOOP("Actions", "To the last frame"), "to-end", "End", kVideo,
        [](W& w) { w.player.seek(w.player.frameCount() - 1); }},
    {"go-to", kPlay, QT_TRANSLATE_NOOP("Actions", "&Go to..."), "", "Ctrl+G", kVideo,
        [](W& w) { w.commands.goTo(); }},
    {"make-proxy", kPlay, QT_TRANSLATE_NOOP("Actions", "Make proxy for &quick seeking"), "", "",
        Need::SlowSeek | Need::Idle, [](W& w) { w.proxies.make(); }},
    {"mute", kPlay, QT_TRANSLATE_NOOP("Actions", "&Mute"), "sound", "Shift+M", kNone,
        [](W& w) { w.sound.setMuted(!w.sound.muted()); }, A::Checkable | A::Separator},
    {"louder", kPlay, QT_TRANSLATE_NOOP("Actions", "Louder"), "", "Ctrl+Up", kNone,
        [](W& w) { w.sound.setVolume(w.sound.volume() + 5); }},
    {"quieter", kPlay, QT_TRANSLATE_NOOP("Actions", "Quieter"), "", "Ctrl+Down", kNone,
        [](W& w) { w.sound.setVolume(w.sound.volume() - 5); }},
    {"synchronise", kPlay, QT_TRANSLATE_NOOP("Actions", "&Cameras of this session..."), "cameras",
        "Ctrl+Shift+K", kVideo, [](W& w) { w.commands.chooseCameras(); }, A::Separator},
    {"camera-later", kPlay, QT_TRANSLATE_NOOP("Actions", "Camera one picture later"), "", "Alt+Right",
        kCameras, [](W& w) { w.cameras.nudge(w.cameras.current(), 1); }},
    {"camera-earlier", kPlay, QT_TRANSLATE_NOOP("Actions", "Camera one picture earlier"), "", "Alt+Left",
        kCameras, [](W& w) { w.cameras.nudge(w.cameras.current(), -1); }},
    {"next-camera", kPlay, QT_TRANSLATE_NOOP("Actions", "Next camera"), "", "Alt+Down", kCameras,
        [](W& w) { w.cameras.setCurrent((w.cameras.current() + 1) % w.cameras.count()); }},
    {"main-camera", kPlay, QT_TRANSLATE_NOOP("Actions", "Make that camera the main one"), "", "Alt+Up",
        kCameras, [](W& w) { w.cameras.makeMain(w.cameras.current()); }},

    {"next", kReview, QT_TRANSLATE_NOOP("Actions", "&Next in the list"), "", "Tab", Need::Spans,
        [](W& w) { w.review.step(1); }},
    {"previous", kReview, QT_TRANSLATE_NOOP("Actions", "&Previous in the list"), "", "Shift+Tab", Need::Spans,
        [](W& w) { w.review.step(-1); }},
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
    {"accept-above", kReview, QT_TRANSLATE_NOOP("Actions", "Accept above a &threshold..."), "", "Shift+A",
        kProject, [](W& w) { acceptAbove(w); }},
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

    {"correct-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Correct points"), "skeleton-edit", "E",
        Need::Poses, [](W& w) { togglePointEditing(w); }, A::Checkable},
    {"copy-points", kPose, QT_TRANSLATE_NOOP("Actions", "Copy points from the frame &before"), "", "D",
        Need::Poses, [](W& w) { w.poses.copyFromPrevious(); }},
    {"interpolate-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Interpolate between corrected frames"), "",
        "Shift+D", Need::Poses, [](W& w) { w.poses.interpolate(); }},
    {"uncorrect-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Take back corrections of this frame"), "",
        "Ctrl+D", Need::Poses, [](W& w) { w.poses.takeBack(); }},
    {"next-corrected", kPose, QT_TRANSLATE_NOOP("Actions", "Next corrected &frame"), "", "Ctrl+PgDown",
        Need::Poses, [](W& w) { w.poses.toCorrected(1); }},
    {"previous-corrected", kPose, QT_TRANSLATE_NOOP("Actions", "Previous corrected frame"), "", "Ctrl+PgUp",
        Need::Poses, [](W& w) { w.poses.toCorrected(-1); }},
    {"next-person", kPose, QT_TRANSLATE_NOOP("Actions", "Choose the &next person"), "", "Y", Need::Persons,
        [](W& w) { w.poses.nextPerson(); }, A::Separator},
    {"swap-persons", kPose, QT_TRANSLATE_NOOP("Actions", "&Swap persons from here on"), "", "", Need::Persons,
        [](W& w) { swapPersons(w); }},
    {"split-person", kPose, QT_TRANSLATE_NOOP("Actions", "From here on somebody &else"), "", "", Need::Poses,
        [](W& w) { putPersonsApart(w); }},
    {"join-persons", kPose, QT_TRANSLATE_NOOP("Actions", "&Join persons..."), "", "", Need::Persons,
        [](W& w) { joinPersons(w); }},
    {"remove-person", kPose, QT_TRANSLATE_NOOP("Actions", "&Remove person..."), "", "", Need::Poses,
        [](W& w) { removePerson(w); }},
    {"smooth-poses", kPose, QT_TRANSLATE_NOOP("Actions", "Fill &gaps and smooth..."), "", "", Need::Poses,
        [](W& w) { smoothPoses(w); }, A::Separator},
    {"correct-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Correct cro&ps"), "crop", "Shift+E", Need::Crops,
        [](W& w) { toggleCropEditing(w); }, A::Checkable | A::Separator},
    {"uncorrect-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Take back corrected crops of this frame"), "",
        "", Need::Crops, [](W& w) { w.crops.takeBack(); }},
    {"find-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Find crops in this &video"), "", "", Need::Poses,
        [](W& w) { w.crops.find(); }},

    {"analyze", kModels, QT_TRANSLATE_NOOP("Actions", "&Analyze videos..."), "analyze", "Ctrl+Shift+R",
        kProject | Need::Idle, [](W& w) { w.commands.analyzeVideos(); }, A::Toolbar},
    {"retrain", kModels, QT_TRANSLATE_NOOP("Actions", "&Retrain now"), "retrain", "Ctrl+R",
        kProject | Need::Idle, [](W& w) { w.commands.retrain(); }, A::Toolbar},
    {"cancel", kModels, QT_TRANSLATE_NOOP("Actions", "&Stop the running job"), "", "Ctrl+.", Need::Busy,
        [](W& w) { w.commands.cancelJobs(); }},

    {"subjects", kWhole, QT_TRANSLATE_NOOP("Actions", "S&ubjects..."), "", "", kProject,
        [](W& w) { editSubjects(w); }},
    {"scheme", kWhole, QT_TRANSLATE_NOOP("Actions", "&Label scheme..."), "label", "", kProject,
        [](W& w) { editScheme(w); }},
    {"history", kWhole, QT_TRANSLATE_NOOP("Actions", "&History"), "history", "Ctrl+Shift+H", kProject,
        [](W& w) { w.window.showPanel("history"); }},
    {"find-missing", kWhole, QT_TRANSLATE_NOOP("Actions", "Find &missing videos..."), "find-video", "",
        kProject, [](W& w) { findMissingVideos(w); }},
    {"snapshots", kWhole, QT_TRANSLATE_NOOP("Actions", "&Snapshots..."), "snapshot", "", Need::OwnFile,
        [](W& w) { showSnapshots(w); }},
    {"team", kWhole, QT_TRANSLATE_NOOP("Actions", "&Team..."), "team", "", kProject,
        [](W& w) { editTeam(w); }, A::Separator},
    {"conflicts", kWhole, QT_TRANSLATE_NOOP("Actions", "&Conflicts..."), "conflict", "", Need::Conflicts,
        [](W& w) { showConflicts(w); }},

    {"skeleton", kView, QT_TRANSLATE_NOOP("Actions", "Show &skeleton"), "skeleton", "P", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::skeleton); }, A::Checkable},
    {"heatmap", kView, QT_TRANSLATE_NOOP("Actions", "Show &heatmap"), "heatmap", "H", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::heatmap); }, A::Checkable},
    {"labels", kView, QT_TRANSLATE_NOOP("Actions", "Show &labels"), "label", "T", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::labels); }, A::Checkable},
    {"crops", kView, QT_TRANSLATE_NOOP("Actions", "Show c&rops"), "crop", "V", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::crop); }, A::Checkable},
    {"picture", kView, QT_TRANSLATE_NOOP("Actions", "Hide the &person's picture"), "identity", "Ctrl+H",
        kNone, [](W& w) { w.window.toggleOverlay(&OverlayOptions::picture); }, A::Checkable},
    {"fit-span", kView, QT_TRANSLATE_NOOP("Actions", "Zoom to the selected sp&an"), "fit", "Z", kSpan,
        [](W& w) { w.window.fitTimeline(true); }, A::Separator},
    {"fit-all", kView, QT_TRANSLATE_NOOP("Actions", "Zoom to the &whole video"), "", "Shift+Z", kVideo,
        [](W& w) { w.window.fitTimeline(false); }},
    {"next-panel", kView, QT_TRANSLATE_NOOP("Actions", "Ne&xt panel"), "", "F6", kNone,
        [](W& w) { w.window.focusNextPanel(); }},
    {"full-screen", kView, QT_TRANSLATE_NOOP("Actions", "&Full screen"), "", "F11", kNone,
        [](W& w) { w.window.toggleFullScreen(); }, A::Checkable},

    {"shortcuts", kHelp, QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), "keyboard", "? F1", kNone,
        [](W& w) { w.commands.showShortcuts(); }},
    {"about", kHelp, QT_TRANSLATE_NOOP("Actions", "&About Telltale"), "info", "", kNone,
        [](W& w) { w.commands.showAbout(); }},
};

} // namespace

std::span<const ActionSpec> actionTable() { return kTable; }

QList<QKeySequence> defaultKeys(const ActionSpec& spec)
{
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(spec.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    return keys;
}

QString menuText(const char* menu) { return QCoreApplication::translate("Actions", menu); }

QString actionText(const ActionSpec& spec) { return QCoreApplication::translate("Actions", spec.text); }

QString actionPlainText(const ActionSpec& spec)
{
    QString text = actionText(spec);
    // Chinese menus carry their mnemonic in brackets at the end: "(&F)".
    const qsizetype bracket = text.indexOf(QLatin1String("(&"));
    if (bracket > 0)
        text.remove(bracket, 4);
    text.remove(QLatin1Char('&'));
    text.remove(QLatin1String("..."));
    return text;
}

} // namespace telltale
