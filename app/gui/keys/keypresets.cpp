// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/keypresets.h"

namespace telltale {
namespace {

/// ELAN's annotation mode (its manual): Ctrl with Space and the arrows plays and steps, Alt with the arrows
/// walks along annotations, Ctrl with Up and Down changes the tier. What Telltale has on such a key moves
/// aside.
constexpr PresetKeys kElan[] = {
    {"play", "Ctrl+Space Space"},
    {"play-once", "Shift+Space"},
    {"frame-back", "Ctrl+Left Left"},
    {"frame-forward", "Ctrl+Right Right"},
    {"ten-back", "Alt+PgUp"},
    {"ten-forward", "Alt+PgDown"},
    {"to-start", "Ctrl+B Home"},
    {"to-end", "Ctrl+E End"},
    {"export", "Ctrl+Shift+E"},
    {"loop", "Ctrl+K Ctrl+L"},
    {"previous-on-lane", "Alt+Left ,"},
    {"next-on-lane", "Alt+Right ."},
    {"camera-earlier", "Alt+,"},
    {"camera-later", "Alt+."},
    {"lane-up", "Ctrl+Up Up"},
    {"lane-down", "Ctrl+Down Down"},
    {"louder", "Ctrl+Shift+Up"},
    {"quieter", "Ctrl+Shift+Down"},
    {"create", "Return Alt+N Enter"},
    {"delete", "Alt+D Del"},
    {"clear-marks", "Alt+Shift+C Escape"},
};

/// Premiere Pro's default layout for Windows (its help): edit points on Up and Down, several frames with
/// Shift, add edit on Ctrl+K, go to in and out on Shift+I and Shift+O, the whole sequence on the backslash.
constexpr PresetKeys kPremiere[] = {
    {"ten-back", "Shift+Left"},
    {"ten-forward", "Shift+Right"},
    {"second-back", "Ctrl+Left"},
    {"second-forward", "Ctrl+Right"},
    {"previous-on-lane", "Up ,"},
    {"next-on-lane", "Down ."},
    {"lane-up", "Shift+Up"},
    {"lane-down", "Shift+Down"},
    {"to-span-start", "Shift+I ;"},
    {"to-span-end", "Shift+O '"},
    {"play-once", "Ctrl+Shift+Space Shift+Space"},
    {"split", "Ctrl+K B"},
    {"clear-marks", "Ctrl+Shift+X Escape"},
    {"fit-all", "\\ Shift+Z"},
    {"keys", "Ctrl+Alt+K Shift+F1"},
};

/// BORIS (its player's keys): Up and Down jump, Home and End play faster and slower.
constexpr PresetKeys kBoris[] = {
    {"second-forward", "Up Shift+Right"},
    {"second-back", "Down Shift+Left"},
    {"lane-up", "Shift+Up"},
    {"lane-down", "Shift+Down"},
    {"shuttle-forward", "L Home"},
    {"slow-forward", "Shift+L End"},
    {"to-start", "Ctrl+Home"},
    {"to-end", "Ctrl+End"},
};

constexpr KeyPreset kPresets[] = {
    {"", "Telltale", {}},
    {"elan", "ELAN", kElan},
    {"premiere", "Premiere Pro", kPremiere},
    {"boris", "BORIS", kBoris},
};

} // namespace

std::span<const KeyPreset> keyPresets() { return kPresets; }

} // namespace telltale
