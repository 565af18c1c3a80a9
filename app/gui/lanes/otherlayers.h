// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/lanes/personlanes.h"

namespace telltale {

/// One slim lane for each layer of the video that has spans, that the annotator may see and does not work in:
/// what other coders made of it, what was settled. They can be looked at, not changed.
std::vector<TimelineLane> otherLayerLanes(const Document& document, int64_t videoId, const SpanShower& show);

} // namespace telltale
