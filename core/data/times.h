// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>

namespace telltale {

/// Now as ISO 8601 in UTC with milliseconds: the form of every time in a project.
std::string timeNow();

} // namespace telltale
