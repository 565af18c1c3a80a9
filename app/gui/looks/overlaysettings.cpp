// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/looks/overlaysettings.h"
#include <QSettings>
#include <algorithm>

namespace telltale {
namespace {

struct Switch {
    const char* key;
    bool OverlayOptions::*value;
};
constexpr Switch kSwitches[] = {{"skeleton", &OverlayOptions::skeleton},
    {"heatmap", &OverlayOptions::heatmap}, {"labels", &OverlayOptions::labels},
    {"crops", &OverlayOptions::crop}, {"picture", &OverlayOptions::picture}};

struct LookSwitch {
    const char* key;
    bool SkeletonLook::*value;
};
constexpr LookSwitch kLooks[]
    = {{"sideColors", &SkeletonLook::sideColors}, {"scoreOpacity", &SkeletonLook::scoreOpacity}};

constexpr uint32_t kAllParts = (1U << (static_cast<unsigned>(BodyPart::RightLeg) + 1)) - 1;

/// A value of an enumeration whose last one is `last`.
template <typename Enum> Enum choice(const QSettings& stored, const char* key, Enum last)
{
    return static_cast<Enum>(
        std::clamp(stored.value(QLatin1String(key), 0).toInt(), 0, static_cast<int>(last)));
}

} // namespace

OverlayOptions loadOverlays(QSettings& stored)
{
    OverlayOptions options;
    stored.beginGroup(QStringLiteral("overlays"));
    for (const Switch& each : kSwitches)
        options.*each.value = stored.value(QLatin1String(each.key), options.*each.value).toBool();
    for (const LookSwitch& each : kLooks)
        options.look.*each.value = stored.value(QLatin1String(each.key), options.look.*each.value).toBool();
    options.look.hiddenParts = stored.value(QStringLiteral("hiddenParts"), 0U).toUInt() & kAllParts;
    options.heatGroup = choice(stored, "heatGroup", HeatGroup::Body);
    options.heatColors = choice(stored, "heatColors", HeatColors::White);
    options.heatmapOpacity = std::clamp(
        stored.value(QStringLiteral("heatmapOpacity"), options.heatmapOpacity).toDouble(), 0.1, 1.0);
    stored.endGroup();
    return options;
}

void saveOverlays(QSettings& stored, const OverlayOptions& options)
{
    stored.beginGroup(QStringLiteral("overlays"));
    for (const Switch& each : kSwitches)
        stored.setValue(QLatin1String(each.key), options.*each.value);
    for (const LookSwitch& each : kLooks)
        stored.setValue(QLatin1String(each.key), options.look.*each.value);
    stored.setValue(QStringLiteral("hiddenParts"), options.look.hiddenParts);
    stored.setValue(QStringLiteral("heatGroup"), static_cast<int>(options.heatGroup));
    stored.setValue(QStringLiteral("heatColors"), static_cast<int>(options.heatColors));
    stored.setValue(QStringLiteral("heatmapOpacity"), options.heatmapOpacity);
    stored.endGroup();
}

} // namespace telltale
