// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"

namespace telltale {

/// The long tail: sizes, subjects, splits, F1 by size, weights, and what to label next. Cancelled.
Result<SectionMaker> tailSection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
