// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/spanhistory.h"
#include <QString>

namespace telltale {

/// What a step did to the span, as a sentence without a full stop: "Relabelled: A -> B; start moved 3 frames
/// later".
QString spanEditText(const SpanEdit& edit, const LabelScheme& scheme);

} // namespace telltale
