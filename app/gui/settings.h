// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/review/queuesettings.h"
#include "review/reactionlag.h"
#include "widgets/models/classlooks.h"
#include "widgets/video/overlayoptions.h"
#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace telltale {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Which keys somebody wants: differences from what the program comes with.
struct KeyChoice {
    QString preset; ///< "elan", "premiere", "boris"; empty: Telltale's own
    QMap<QString, QStringList> changed; ///< action id to its keys, portable; an empty list: none
    bool operator==(const KeyChoice&) const = default;
};

/// What the program remembers between starts. A plain value, given to whoever needs it.
struct Settings {
    ThemeChoice theme = ThemeChoice::System;
    int scale = 100; ///< percent, of everything in the window; from the next start on
    ClassLooks classLooks;
    OverlayOptions overlays;
    QString language; ///< "en", "zh_CN"; empty: the system's
    QByteArray geometry;
    QByteArray docks;
    QStringList recent; ///< project folders, latest first
    QString folder; ///< where file dialogs begin
    QString poseModel;
    bool timelinePictures = true;
    bool timelineSound = true;
    bool timelineMotion = false; ///< of body parts
    bool timelineQuality = false; ///< of poses
    QStringList hiddenLanes; ///< of the timeline, by their keys
    QStringList collapsedLanes;
    int volume = 100; ///< percent
    bool muted = false;
    QueueSettings queue; ///< order of the review
    KeyChoice keys;
    bool recordEffort = true; ///< what edits cost goes into the project
    int reactionLagMs = static_cast<int>(kReactionLag.count()); ///< taken off marks made while playing

    static Settings load();
    void save() const;
    void addRecent(const QString& project);
    void forgetRecent(const QString& project) { recent.removeAll(project); }
};

} // namespace telltale
