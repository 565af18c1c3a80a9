// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/agreement.h"

namespace telltale {

/// Fills everything about pair.a and pair.b. `drawn`: as resampledSubjects() gives it, may be empty. False if
/// it was cancelled.
bool fillPairAgreement(const CodedSet& set, const AgreementOptions& options,
    const std::vector<std::vector<int>>& drawn, ProgressSink& progress, PairAgreement& pair);

} // namespace telltale
