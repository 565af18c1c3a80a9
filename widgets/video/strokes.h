// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QImage>
#include <QPointF>

namespace telltale {

/// A line with round ends, or a disc where both ends are one point. In pixels; the middle of the first pixel
/// is (0.5, 0.5).
struct Stroke {
    QPointF from;
    QPointF to;
    double radius = 1;
};

/// Blends `stroke` over `picture` (Format_RGB32) with smooth edges. Costs as much as the pixels it covers;
/// many times less than a wide line of QPainter.
void blendStroke(QImage& picture, const Stroke& stroke, QRgb color, double opacity);

} // namespace telltale
