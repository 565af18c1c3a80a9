// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

class QDialog;

namespace telltale {

struct Workbench;

inline constexpr int kLongestReactionMs = 2000; ///< nobody reacts later

/// Asks how long after a movement the person presses a key. Window-modal; returned.
QDialog* askReactionTime(Workbench& bench);

} // namespace telltale
