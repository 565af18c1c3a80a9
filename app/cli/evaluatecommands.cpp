// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"

namespace telltale {

std::vector<CliCommand> evaluateCommands() { return {}; }

} // namespace telltale
