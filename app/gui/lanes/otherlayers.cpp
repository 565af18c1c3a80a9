// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/lanes/otherlayers.h"
#include <QCoreApplication>

namespace telltale {
namespace {

constexpr int kHeight = 18;

QString text(const char* source) { return QCoreApplication::translate("OtherLayers", source); }

QString titleOf(const std::string& layer)
{
    if (layer.empty())
        return text(QT_TRANSLATE_NOOP("OtherLayers", "Shared spans"));
    if (layer == kAdjudicatedLayer)
        return text(QT_TRANSLATE_NOOP("OtherLayers", "Settled"));
    return QString::fromStdString(layer);
}

} // namespace

std::vector<TimelineLane> otherLayerLanes(const Document& document, int64_t videoId, const SpanShower& show)
{
    std::vector<TimelineLane> lanes;
    const std::string mine = document.layer(videoId);
    for (const std::string& layer : document.layers(videoId)) {
        if (layer == mine)
            continue;
        TimelineLane lane;
        for (const Annotation& span : document.annotations(videoId, layer))
            lane.spans.push_back(show(span));
        if (lane.spans.empty())
            continue;
        lane.key = QStringLiteral("layer:%1").arg(QString::fromStdString(layer));
        lane.title = titleOf(layer);
        lane.height = kHeight;
        lane.explanation = text(
            QT_TRANSLATE_NOOP("OtherLayers", "Spans of another layer (%1): to look at, not to change."))
                               .arg(lane.title);
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

} // namespace telltale
