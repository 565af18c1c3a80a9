// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/raster.h"

namespace telltale::synth {

/// What a camera does to the drawn picture: softens the outlines of what was drawn in front of the room and
/// adds sensor noise, which depends on `frame` alone.
void photograph(const Canvas& canvas, const std::vector<float>& roomDepth, const Look& look, int64_t frame);

} // namespace telltale::synth
