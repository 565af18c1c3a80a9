// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/roundlane.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>

namespace telltale {
namespace {

constexpr int64_t kFirstId = -1000; ///< and downwards: numbers that no span of a project has

QString text(const char* source) { return QCoreApplication::translate("RoundLane", source); }

} // namespace

void addRoundLane(
    const PseudoRounds& rounds, const Document& document, int64_t videoId, std::vector<TimelineLane>& lanes)
{
    const std::vector<RoundChangeItem> items = rounds.withoutSpan(videoId);
    if (items.empty() || document.withheldPercent(videoId) > 0)
        return;
    TimelineLane lane;
    lane.title = text(QT_TRANSLATE_NOOP("RoundLane", "Former proposals"));
    lane.key = QStringLiteral("round-changes");
    lane.explanation = text(QT_TRANSLATE_NOOP("RoundLane",
        "<p>Pseudo-labels of the two compared rounds where the project has no span any more.</p>"));
    for (const RoundChangeItem& item : items) {
        const bool dropped = item.change == RoundChange::Dropped;
        const int classId = dropped ? item.classBefore : item.classAfter;
        TimelineSpan span;
        span.id = kFirstId - static_cast<int64_t>(lane.spans.size());
        span.span = item.span;
        span.text = classMarkedText(document.scheme(), classId);
        span.color = classColor(document.scheme(), classId);
        span.state = dropped ? SpanState::Skipped : SpanState::Proposed;
        span.origin = TimelineOrigin::PseudoLabel;
        span.change = item.change;
        lane.spans.push_back(std::move(span));
    }
    lanes.push_back(std::move(lane));
}

} // namespace telltale
