// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "widgets/video/overlayoptions.h"
#include <QImage>
#include <QRect>

namespace telltale {

/// Blends a coarse map [H, W] of values in [0, 1] over `picture` (Format_RGB32) in `colors`, bilinear between
/// the map's values. `whole`: where the map's full extent lies in pixels of `picture`; value (i, j) lies at
/// the shares i / H and j / W of it, as heatmapOverlay draws. Low values are transparent; `opacity` is that
/// of the highest. Empty rows and cells cost next to nothing.
void blendHeat(QImage& picture, const QRect& whole, const NdArray& map, double opacity,
    HeatColors colors = HeatColors::Inferno);

/// The opaque colour of `value` in [0, 1].
QRgb heatColor(HeatColors colors, double value);

} // namespace telltale
