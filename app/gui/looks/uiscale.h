// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <array>

namespace telltale {

/// Sizes of everything in the window, in percent of what the screen asks for.
inline constexpr std::array<int, 5> kScales{100, 125, 150, 175, 200};
int knownScale(int percent); ///< the nearest of them

/// Takes the size that was chosen; call before the QApplication is made, because Qt reads it only then. A
/// size from the environment (QT_SCALE_FACTOR) wins, and pictures of a tour do not depend on habits.
void prepareScale(int argc, const char* const* argv);

} // namespace telltale
