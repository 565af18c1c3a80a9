// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <functional>

namespace telltale {

struct Workbench;

/// What the window does when an adaptation begins or ends, and when the marks of changed pseudo-labels are
/// switched: its panel, a line of text, and `updateActions`.
void followAdaptation(Workbench& bench, const std::function<void()>& updateActions);

} // namespace telltale
