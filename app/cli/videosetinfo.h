// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/cli.h"

namespace telltale {

/// videos info: what lies in a set of untrimmed videos, by role, class and subject.
Status videosInfo(const CliArguments& arguments, CliConsole& console);

} // namespace telltale
