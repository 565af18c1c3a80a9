// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/actiontable.h"
#include <QHash>
#include <QObject>

class QAction;
class QMainWindow;
class QMenu;
class QToolBar;

namespace telltale {

/// The live actions of a window, made from the action table.
class ActionSet : public QObject {
    Q_OBJECT
public:
    ActionSet(Workbench& bench, QMainWindow& window);

    /// Fills the window's menu bar; menus stay available under their untranslated titles.
    void buildMenus();
    void fillToolBar(QToolBar& bar);
    QAction* action(const char* id) const; ///< of a known id
    QMenu* menu(const char* title) const;
    /// Enables what is possible now.
    void update(Needs present);
    Needs present() const { return m_present; } ///< what was there at the last update
    void refreshIcons(); ///< after a change of palette
    void setIcon(const char* id, const QString& icon);

private:
    /// Gives every action the keys in force, and says them in its tool tip.
    void followKeys();

    struct Entry {
        const ActionSpec* spec;
        QAction* action;
        QString icon;
    };
    Workbench& m_bench;
    QMainWindow& m_window;
    QList<Entry> m_entries;
    QHash<QByteArray, QMenu*> m_menus;
    Needs m_present;
};

} // namespace telltale
