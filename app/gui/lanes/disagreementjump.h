// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"

namespace telltale {

/// Goes to the next (1) or previous (-1) place of the shown video where the modalities are furthest apart,
/// whoever's, and selects the open span there, if there is one. The status bar says how far they are, or
/// that there is none.
void jumpToDisagreement(Workbench& bench, int step);

} // namespace telltale
