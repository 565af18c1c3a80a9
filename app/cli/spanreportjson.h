// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/spanlists.h"
#include "eval/spanevaluation.h"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace telltale {

/// What an evaluation of spans was asked for, and what came of it.
struct SpanEvaluationResult {
    SpanEvaluationOptions options;
    std::vector<std::string> thresholds; ///< as they were written, because they become keys
    SpanLists lists;
    SpanEvaluation evaluation;
};

/// The document of `evaluate --task spans --json`.
nlohmann::json spanReportJson(const SpanEvaluationResult& result);
/// The same for a person, line by line.
std::vector<std::string> spanReportText(const SpanEvaluationResult& result);

} // namespace telltale
