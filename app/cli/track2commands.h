// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/cli.h"

namespace telltale {

/// What train, predict and ablate do with --system track2: the detector that finds gestures in untrimmed
/// video.
Status trainDetectorCommand(const CliArguments& arguments, CliConsole& console);
Status predictSpansCommand(const CliArguments& arguments, CliConsole& console);
Status ablateDetectorCommand(const CliArguments& arguments, CliConsole& console);

} // namespace telltale
