// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/timelineview.h"
#include <QObject>
#include <QSet>
#include <QStringList>
#include <vector>

class QMenu;

namespace telltale {

/// Which lanes of the timeline people have hidden or collapsed, by their keys, and the menu for it. GUI
/// thread.
class LaneChoices : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    QStringList hidden() const;
    QStringList collapsed() const;
    void set(const QStringList& hidden, const QStringList& collapsed);
    void setHidden(const QString& key, bool on);
    void setCollapsed(const QString& key, bool on);
    void showAll();

    /// Takes out what is hidden and marks what is collapsed; remembers them all for the menu.
    void apply(std::vector<TimelineLane>& lanes);
    /// A tick for each lane that could be shown; of `key`, if it is one, also collapsing and hiding.
    void fill(QMenu& menu, const QString& key = {});

signals:
    void changed();

private:
    struct Known {
        QString key;
        QString title;
    };
    QSet<QString> m_hidden;
    QSet<QString> m_collapsed;
    std::vector<Known> m_known;
};

} // namespace telltale
