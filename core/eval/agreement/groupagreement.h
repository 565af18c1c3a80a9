// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/agreement.h"

namespace telltale {

/// Fills `report.all` and `report.labels` for `report.group`. `drawn`: as resampledSubjects() gives it, may
/// be empty. False if it was cancelled.
bool addGroupAgreement(const CodedSet& set, const AgreementOptions& options,
    const std::vector<std::vector<int>>& drawn, ProgressSink& progress, AgreementReport& report);

} // namespace telltale
