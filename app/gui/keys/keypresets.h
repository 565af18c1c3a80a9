// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <span>

namespace telltale {

/// The keys of one action under a preset; actions that a preset does not name keep Telltale's own.
struct PresetKeys {
    const char* action;
    const char* keys; ///< portable, separated by spaces; "": none
};

/// Keys as people know them from another program.
struct KeyPreset {
    const char* id; ///< in the settings; "" is Telltale's own
    const char* name; ///< a program's name, not translated
    std::span<const PresetKeys> keys;
};

/// Telltale's own first.
std::span<const KeyPreset> keyPresets();

} // namespace telltale
