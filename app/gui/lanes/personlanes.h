// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "widgets/timeline/timelineview.h"
#include <functional>
#include <map>
#include <optional>

namespace telltale {

/// How the timeline shows one span.
using SpanShower = std::function<TimelineSpan(const Annotation&)>;

/// People's spans and what they confirmed lie on the upper lane; the models' open and refused ones below.
bool isOnUpperLane(const Annotation& span);

/// Names of the lanes of a person's spans (TimelineLane::key).
QString upperLaneKey(int person);
QString proposalsLaneKey(int person);
QString laneKeyOf(const Annotation& span);
std::optional<int> personOfLane(const QString& key); ///< nothing for a lane of something else

/// Everybody who has a span in the working layer of the video, by number, with the name that the project
/// gives; person 0 always.
std::map<int, QString> personsWithSpans(const Document& document, int64_t videoId);

/// Two lanes where there is one person, with hints while they are empty; two for each of several, named after
/// them, without those that have nothing in them.
std::vector<TimelineLane> personLanes(const Document& document, int64_t videoId, const SpanShower& show);

} // namespace telltale
