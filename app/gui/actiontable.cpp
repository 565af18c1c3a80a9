// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actiontable.h"
#include "app/gui/commands.h"
#include "app/gui/mainwindow.h"
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
constexpr const char* kModels = QT_TRANSLATE_NOOP("Actions", "&Models");
constexpr const char* kView = QT_TRANSLATE_NOOP("Actions", "&View");
constexpr const char* kHelp = QT_TRANSLATE_NOOP("Actions", "&Help");

constexpr Needs kNone;
const Needs kProject = Need::Project;
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;

#define T(text) QT_TRANSLATE_NOOP("Actions", text)

const ActionSpec kTable[] = {
    {"new", kFile, T("&New project..."), "new", "Ctrl+N", kNone, [](W& w) { w.commands.newProject(); },
        A::Toolbar},
    {"open", kFile, T("&Open project..."), "open", "Ctrl+O", kNone, [](W& w) { w.commands.chooseProject(); },
        A::Toolbar},
    {"demo", kFile, T("Open &demo project"), "demo", "", kNone, [](W& w) { w.commands.openDemo(); }},
    {"add-videos", kFile, T("&Add videos..."), "add-video", "Ctrl+Shift+A", kProject,
        [](W& w) { w.commands.addVideos(); }, A::Separator},
    {"import", kFile, T("&Import..."), "import", "Ctrl+I", kProject, [](W& w) { w.commands.importFiles(); },
        A::Toolbar},
    {"export", kFile, T("&Export..."), "export", "Ctrl+E", kProject, [](W& w) { w.commands.exportFiles(); },
        A::Toolbar},
    {"close", kFile, T("&Close project"), "close", "Ctrl+W", kProject, [](W& w) { w.session.closeProject(); },
        A::Separator},
    {"quit", kFile, T("&Quit"), "", "Ctrl+Q", kNone, [](W& w) { w.window.close(); }},

    {"undo", kEdit, T("&Undo"), "undo", "Ctrl+Z", Need::Undo,
        [](W& w) { w.session.document()->undoStack()->undo(); }, A::Toolbar},
    {"redo", kEdit, T("&Redo"), "redo", "Ctrl+Shift+Z Ctrl+Y", Need::Redo,
        [](W& w) { w.session.document()->undoStack()->redo(); }, A::Toolbar},
    {"mark-in", kEdit, T("Mark &in"), "mark-in", "I", kVideo, [](W& w) { w.review.markIn(); }, A::Separator},
    {"mark-out", kEdit, T("Mark &out"), "mark-out", "O", kVideo, [](W& w) { w.review.markOut(); }},
    {"create", kEdit, T("&Create span from marks"), "", "Return Enter", Need::Draft,
        [](W& w) { w.commands.createSpan(); }},
    {"clear-marks", kEdit, T("Clear &marks"), "", "Escape", Need::Draft, [](W& w) { w.review.clearDraft(); }},
    {"start-here", kEdit, T("&Start at playhead"), "", "Q", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(true); }, A::Separator},
    {"end-here", kEdit, T("E&nd at playhead"), "", "W", kSpan,
        [](W& w) { w.review.setEdgeToPlayhead(false); }},
    {"start-earlier", kEdit, T("Start one frame earlier"), "", "[", kSpan,
        [](W& w) { w.review.nudge(true, -1); }},
    {"start-later", kEdit, T("Start one frame later"), "", "]", kSpan, [](W& w) { w.review.nudge(true, 1); }},
    {"end-earlier", kEdit, T("End one frame earlier"), "", "{", kSpan,
        [](W& w) { w.review.nudge(false, -1); }},
    {"end-later", kEdit, T("End one frame later"), "", "}", kSpan, [](W& w) { w.review.nudge(false, 1); }},
    {"delete", kEdit, T("&Delete span"), "", "Del", kSpan, [](W& w) { w.review.remove(); }, A::Separator},

    {"play", kPlay, T("&Play or pause"), "play", "Space", kVideo, [](W& w) { w.player.toggle(); }},
    {"shuttle-back", kPlay, T("Play &backwards, faster"), "", "J", kVideo,
        [](W& w) { w.player.shuttle(-1); }},
    {"stop", kPlay, T("&Stop"), "", "K", kVideo, [](W& w) { w.player.stop(); }},
    {"shuttle-forward", kPlay, T("Play &forwards, faster"), "", "L", kVideo,
        [](W& w) { w.player.shuttle(1); }},
    {"slow-back", kPlay, T("Slowly backwards"), "", "Shift+J", kVideo, [](W& w) { w.player.play(-0.25); }},
    {"slow-forward", kPlay, T("Slowly forwards"), "", "Shift+L", kVideo, [](W& w) { w.player.play(0.25); }},
    {"loop", kPlay, T("&Loop the selected span"), "loop", "Ctrl+L", kVideo,
        [](W& w) { w.window.toggleLoop(); }, A::Checkable},
    {"frame-back", kPlay, T("One frame back"), "step-back", "Left", kVideo, [](W& w) { w.player.step(-1); },
        A::Separator},
    {"frame-forward", kPlay, T("One frame forward"), "step-forward", "Right", kVideo,
        [](W& w) { w.player.step(1); }},
    {"ten-back", kPlay, T("Ten frames back"), "", "Ctrl+Left", kVideo, [](W& w) { w.player.step(-10); }},
    {"ten-forward", kPlay, T("Ten frames forward"), "", "Ctrl+Right", kVideo,
        [](W& w) { w.player.step(10); }},
    {"second-back", kPlay, T("One second back"), "", "Shift+Left", kVideo,
        [](W& w) { w.player.stepSeconds(-1); }},
    {"second-forward", kPlay, T("One second forward"), "", "Shift+Right", kVideo,
        [](W& w) { w.player.stepSeconds(1); }},
    {"to-start", kPlay, T("To the first frame"), "to-start", "Home", kVideo, [](W& w) { w.player.seek(0); }},
    {"to-end", kPlay, T("To the last frame"), "to-end", "End", kVideo,
        [](W& w) { w.player.seek(w.player.frameCount() - 1); }},
    {"go-to", kPlay, T("&Go to..."), "", "Ctrl+G", kVideo, [](W& w) { w.commands.goTo(); }},

    {"next", kReview, T("&Next in the list"), "", "Tab", Need::Spans, [](W& w) { w.review.step(1); }},
    {"previous", kReview, T("&Previous in the list"), "", "Shift+Tab", Need::Spans,
        [](W& w) { w.review.step(-1); }},
    {"accept", kReview, T("&Accept"), "accept", "A", kSpan, [](W& w) { w.review.accept(); }, A::Separator},
    {"reject", kReview, T("Re&ject"), "reject", "X", kSpan,
        [](W& w) { w.review.decide(SpanState::Rejected); }},
    {"skip", kReview, T("&Skip"), "skip", "S", kSpan, [](W& w) { w.review.decide(SpanState::Skipped); }},
    {"flag", kReview, T("&Flag for later"), "flag", "F", kSpan,
        [](W& w) { w.review.decide(SpanState::Flagged); }},
    {"candidate-1", kReview, T("Take candidate &1"), "", "1", Need::Candidates,
        [](W& w) { w.review.takeCandidate(0); }, A::Separator},
    {"candidate-2", kReview, T("Take candidate &2"), "", "2", Need::Candidates,
        [](W& w) { w.review.takeCandidate(1); }},
    {"candidate-3", kReview, T("Take candidate &3"), "", "3", Need::Candidates,
        [](W& w) { w.review.takeCandidate(2); }},
    {"relabel", kReview, T("Other &class..."), "label", "C /", kSpan, [](W& w) { w.commands.pickClass(); }},

    {"analyze", kModels, T("&Analyze videos..."), "analyze", "Ctrl+Shift+R", kProject | Need::Idle,
        [](W& w) { w.commands.analyzeVideos(); }, A::Toolbar},
    {"retrain", kModels, T("&Retrain now"), "retrain", "Ctrl+R", kProject | Need::Idle,
        [](W& w) { w.commands.retrain(); }, A::Toolbar},
    {"cancel", kModels, T("&Stop the running job"), "", "Ctrl+.", Need::Busy,
        [](W& w) { w.commands.cancelJobs(); }},

    {"skeleton", kView, T("Show &skeleton"), "skeleton", "P", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::skeleton); }, A::Checkable},
    {"heatmap", kView, T("Show &heatmap"), "heatmap", "H", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::heatmap); }, A::Checkable},
    {"labels", kView, T("Show &labels"), "label", "T", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::labels); }, A::Checkable},
    {"picture", kView, T("Hide the &person's picture"), "identity", "Ctrl+H", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::picture); }, A::Checkable},
    {"fit-span", kView, T("Zoom to the selected sp&an"), "fit", "Z", kSpan,
        [](W& w) { w.window.fitTimeline(true); }, A::Separator},
    {"fit-all", kView, T("Zoom to the &whole video"), "", "Shift+Z", kVideo,
        [](W& w) { w.window.fitTimeline(false); }},
    {"next-panel", kView, T("Ne&xt panel"), "", "F6", kNone, [](W& w) { w.window.focusNextPanel(); }},
    {"full-screen", kView, T("&Full screen"), "", "F11", kNone, [](W& w) { w.window.toggleFullScreen(); },
        A::Checkable},

    {"shortcuts", kHelp, T("&Keyboard shortcuts"), "keyboard", "? F1", kNone,
        [](W& w) { w.commands.showShortcuts(); }},
    {"about", kHelp, T("&About Telltale"), "info", "", kNone, [](W& w) { w.commands.showAbout(); }},
};
#undef T

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
