// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/actiontable.h"

namespace telltale {

/// The rows of the action table that live in files of their own.
std::span<const ActionSpec> editActions();
std::span<const ActionSpec> playActions();
std::span<const ActionSpec> reviewActions();

} // namespace telltale
