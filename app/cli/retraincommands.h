// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/cli.h"

namespace telltale {

CliCommand retrainCommand(); ///< retrain

} // namespace telltale
