// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QString>
#include <cstdint>
#include <vector>

namespace telltale {

/// Brings the spans behind a figure to the review list, which then shows these alone; `why` says what they
/// have in common. Nothing happens without any.
void listSpans(Workbench& bench, const std::vector<int64_t>& spans, const QString& why);

} // namespace telltale
