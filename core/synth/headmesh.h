// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/raster.h"

namespace telltale::synth {

/// Surface of an adult head in the head frame (origin at the skull base), texture as from the front.
Grid headGrid(const Look& look);
/// The same with puffed cheeks.
Grid puffedHeadGrid(const Look& look);
/// Hair or cap as a shell around the head that dips below the skin where there is none; empty if bald.
Grid hairGrid(const Look& look);

/// How the face looks in one moment; each has its own texture.
enum class Mouth { Closed, Open, Wide, Pressed };
inline constexpr int kMouths = 4;
/// Index 2 * mouth + (1 if the eyes are closed).
std::vector<Texture> faceTextures(const Look& look, uint32_t seed);

} // namespace telltale::synth
