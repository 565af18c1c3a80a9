// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include "widgets/video/videoview.h"
#include "widgets/video/viewtransform.h"

namespace telltale {

/// Bones and points of one person (68 points) into `picture` (Format_RGB32), whose first pixel lies at
/// `origin` of the view: the left side orange, the right one blue, the middle white, hands finer; the surer a
/// point, the more opaque, all as far as `look` says so. A bone is drawn where both of its ends are.
void blendSkeleton(QImage& picture, const PosePoint* points, const ViewTransform& transform,
    const QPoint& origin, double pixelRatio, const SkeletonLook& look = {});

/// Chips from the top left of `area` on, in as many lines as fit in a third of it. Logical pixels.
void drawLabels(QPainter& painter, const QRectF& area, const QList<OverlayLabel>& labels);

/// `box` at `place` with its name on a tab that stays inside `area`: dashed, visible on light and on dark.
/// Logical pixels.
void drawBox(QPainter& painter, const QRectF& place, const QRectF& area, const OverlayBox& box);

/// The colour in which points of a body part are drawn.
QColor partColor(BodyPart part);

} // namespace telltale
