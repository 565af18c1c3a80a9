// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/settings.h"
#include <QSettings>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kRecentProjects = 8;

} // namespace

Settings Settings::load()
{
    const QSettings stored;
    Settings settings;
    settings.theme
        = static_cast<ThemeChoice>(std::clamp(stored.value(QStringLiteral("theme"), 0).toInt(), 0, 2));
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
    settings.volume = std::clamp(stored.value(QStringLiteral("volume"), 100).toInt(), 0, 100);
    settings.muted = stored.value(QStringLiteral("muted"), false).toBool();
    settings.queue = QueueSettings::load(stored);
    return settings;
}

void Settings::save() const
{
    QSettings stored;
    stored.setValue(QStringLiteral("theme"), static_cast<int>(theme));
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
    stored.setValue(QStringLiteral("volume"), volume);
    stored.setValue(QStringLiteral("muted"), muted);
    queue.save(stored);
}

void Settings::addRecent(const QString& project)
{
    recent.removeAll(project);
    recent.prepend(project);
    recent = recent.mid(0, kRecentProjects);
}

} // namespace telltale
