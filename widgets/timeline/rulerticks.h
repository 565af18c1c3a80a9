// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include "widgets/timeline/timelinemapping.h"
#include <QString>
#include <vector>

namespace telltale {

/// A mark of the ruler; only labelled ones carry text.
struct RulerTick {
    int64_t frame = 0;
    bool labelled = false;
    QString time;
};

/// Marks for the view: round times while a label covers a second or more, round frame numbers below that.
/// `labelPixels`: room that one label needs.
std::vector<RulerTick> rulerTicks(
    const TimelineMapping& mapping, const FrameTimes& times, double labelPixels);

/// "1:02.500", "0:04", "1:00:00.040".
QString clockText(MediaTime time, bool milliseconds);

} // namespace telltale
