// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/settings.h"
#include "app/gui/keys/reactiontime.h"
#include "app/gui/looks/overlaysettings.h"
#include "app/gui/looks/uiscale.h"
#include <QSettings>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kRecentProjects = 8;

KeyChoice loadKeys(QSettings& stored)
{
    KeyChoice keys;
    stored.beginGroup(QStringLiteral("keys"));
    keys.preset = stored.value(QStringLiteral("preset")).toString();
    stored.beginGroup(QStringLiteral("changed"));
    const QStringList ids = stored.childKeys();
    for (const QString& id : ids) {
        QStringList written = stored.value(id).toStringList();
        written.removeAll(QString()); // how an empty list comes back
        keys.changed.insert(id, written);
    }
    stored.endGroup();
    stored.endGroup();
    return keys;
}

void saveKeys(QSettings& stored, const KeyChoice& keys)
{
    stored.remove(QStringLiteral("keys"));
    stored.beginGroup(QStringLiteral("keys"));
    if (!keys.preset.isEmpty())
        stored.setValue(QStringLiteral("preset"), keys.preset);
    stored.beginGroup(QStringLiteral("changed"));
    for (auto it = keys.changed.begin(); it != keys.changed.end(); ++it)
        stored.setValue(it.key(), it.value());
    stored.endGroup();
    stored.endGroup();
}

} // namespace

Settings Settings::load()
{
    QSettings stored;
    Settings settings;
    settings.theme
        = static_cast<ThemeChoice>(std::clamp(stored.value(QStringLiteral("theme"), 0).toInt(), 0, 3));
    settings.scale = knownScale(stored.value(QStringLiteral("scale"), 100).toInt());
    settings.classLooks.palette = static_cast<ClassPalette>(
        std::clamp(stored.value(QStringLiteral("classPalette"), 0).toInt(), 0, 2));
    settings.classLooks.symbols = stored.value(QStringLiteral("classSymbols"), false).toBool();
    settings.overlays = loadOverlays(stored);
    settings.language = stored.value(QStringLiteral("language")).toString();
    settings.geometry = stored.value(QStringLiteral("geometry")).toByteArray();
    settings.docks = stored.value(QStringLiteral("docks")).toByteArray();
    settings.recent = stored.value(QStringLiteral("recent")).toStringList();
    settings.folder = stored.value(QStringLiteral("folder")).toString();
    settings.poseModel = stored.value(QStringLiteral("poseModel")).toString();
    settings.timelinePictures = stored.value(QStringLiteral("timelinePictures"), true).toBool();
    settings.timelineSound = stored.value(QStringLiteral("timelineSound"), true).toBool();
    settings.timelineMotion = stored.value(QStringLiteral("timelineMotion"), false).toBool();
    settings.timelineQuality = stored.value(QStringLiteral("timelineQuality"), false).toBool();
    settings.hiddenLanes = stored.value(QStringLiteral("hiddenLanes")).toStringList();
    settings.collapsedLanes = stored.value(QStringLiteral("collapsedLanes")).toStringList();
    settings.volume = std::clamp(stored.value(QStringLiteral("volume"), 100).toInt(), 0, 100);
    settings.muted = stored.value(QStringLiteral("muted"), false).toBool();
    settings.queue = QueueSettings::load(stored);
    settings.keys = loadKeys(stored);
    settings.recordEffort = stored.value(QStringLiteral("recordEffort"), true).toBool();
    settings.reactionLagMs = std::clamp(
        stored.value(QStringLiteral("reactionLagMs"), settings.reactionLagMs).toInt(), 0, kLongestReactionMs);
    return settings;
}

void Settings::save() const
{
    QSettings stored;
    stored.setValue(QStringLiteral("theme"), static_cast<int>(theme));
    stored.setValue(QStringLiteral("scale"), scale);
    stored.setValue(QStringLiteral("classPalette"), static_cast<int>(classLooks.palette));
    stored.setValue(QStringLiteral("classSymbols"), classLooks.symbols);
    saveOverlays(stored, overlays);
    stored.setValue(QStringLiteral("language"), language);
    stored.setValue(QStringLiteral("geometry"), geometry);
    stored.setValue(QStringLiteral("docks"), docks);
    stored.setValue(QStringLiteral("recent"), recent);
    stored.setValue(QStringLiteral("folder"), folder);
    stored.setValue(QStringLiteral("poseModel"), poseModel);
    stored.setValue(QStringLiteral("timelinePictures"), timelinePictures);
    stored.setValue(QStringLiteral("timelineSound"), timelineSound);
    stored.setValue(QStringLiteral("timelineMotion"), timelineMotion);
    stored.setValue(QStringLiteral("timelineQuality"), timelineQuality);
    stored.setValue(QStringLiteral("hiddenLanes"), hiddenLanes);
    stored.setValue(QStringLiteral("collapsedLanes"), collapsedLanes);
    stored.setValue(QStringLiteral("volume"), volume);
    stored.setValue(QStringLiteral("muted"), muted);
    queue.save(stored);
    saveKeys(stored, keys);
    stored.setValue(QStringLiteral("recordEffort"), recordEffort);
    stored.setValue(QStringLiteral("reactionLagMs"), reactionLagMs);
}

void Settings::addRecent(const QString& project)
{
    recent.removeAll(project);
    recent.prepend(project);
    recent = recent.mid(0, kRecentProjects);
}

} // namespace telltale
