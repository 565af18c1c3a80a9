// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/cli.h"
#include <vector>

namespace telltale {

/// `evaluate --task spans`; docs/evaluation.md says what every figure means.
Status evaluateSpanFiles(const CliArguments& arguments, CliConsole& console);
/// The options that only this task has.
std::vector<CliOption> spanEvaluationOptions();

} // namespace telltale
