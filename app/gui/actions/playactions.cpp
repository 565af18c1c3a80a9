// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actions/families.h"
#include "app/gui/commands.h"
#include "app/gui/keys/reactiontime.h"
#include "app/gui/keys/spankeys.h"
#include "app/gui/mainwindow.h"
#include "app/gui/spanactions.h"
#include "app/gui/workbench.h"

namespace telltale {
namespace {

using W = Workbench;
using A = ActionSpec;

constexpr const char* kPlay = QT_TRANSLATE_NOOP("Actions", "&Playback");
constexpr Needs kNone;
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;
const Needs kCameras = Need::Cameras;

const ActionSpec kTable[] = {
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
    {"play-once", kPlay, QT_TRANSLATE_NOOP("Actions", "Play the selected span &once"), "", "Shift+Space",
        kSpan, [](W& w) { w.window.spanKeys().playOnce(); }},
    {"frame-back", kPlay, QT_TRANSLATE_NOOP("Actions", "One frame back"), "step-back", "Left", kVideo,
        [](W& w) { w.player.step(-1); }, A::Separator},
    {"frame-forward", kPlay, QT_TRANSLATE_NOOP("Actions", "One frame forward"), "step-forward", "Right",
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
    {"to-span-start", kPlay, QT_TRANSLATE_NOOP("Actions", "To the first frame of the span"), "", ";", kSpan,
        [](W& w) { w.window.spanKeys().toEdge(true); }},
    {"to-span-end", kPlay, QT_TRANSLATE_NOOP("Actions", "To the last frame of the span"), "", "'", kSpan,
        [](W& w) { w.window.spanKeys().toEdge(false); }},
    {"go-to", kPlay, QT_TRANSLATE_NOOP("Actions", "&Go to..."), "", "Ctrl+G", kVideo,
        [](W& w) { w.commands.goTo(); }},
    {"make-proxy", kPlay, QT_TRANSLATE_NOOP("Actions", "Make proxy for &quick seeking"), "", "",
        Need::SlowSeek | Need::Idle, [](W& w) { w.proxies.make(); }},
    {"reaction-time", kPlay, QT_TRANSLATE_NOOP("Actions", "&Reaction time..."), "", "", kNone,
        [](W& w) { askReactionTime(w); }},
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
};

} // namespace

std::span<const ActionSpec> playActions() { return kTable; }

} // namespace telltale
