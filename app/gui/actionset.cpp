// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actionset.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/theme.h"
#include "app/gui/workbench.h"
#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace telltale {

ActionSet::ActionSet(Workbench& bench, QMainWindow& window)
    : QObject(&window)
    , m_bench(bench)
    , m_window(window)
{
    for (const ActionSpec& spec : actionTable()) {
        auto* action = new QAction(actionText(spec), this);
        action->setObjectName(QString::fromLatin1(spec.id));
        action->setCheckable((spec.flags & ActionSpec::Checkable) != 0);
        action->setIconText(actionPlainText(spec));
        connect(action, &QAction::triggered, this, [this, &spec] { spec.run(m_bench); });
        m_window.addAction(action); // shortcuts work while a menu or toolbar is hidden
        m_entries.append({&spec, action, QString::fromLatin1(spec.icon)});
    }
    refreshIcons();
    followKeys();
    connect(&bench.keys, &KeyMap::changed, this, &ActionSet::followKeys);
}

void ActionSet::followKeys()
{
    for (const Entry& entry : m_entries) {
        const QList<QKeySequence> keys = m_bench.keys.keys(*entry.spec);
        entry.action->setShortcuts(keys);
        const QString key = keys.value(0).toString(QKeySequence::NativeText);
        const QString plain = actionPlainText(*entry.spec);
        entry.action->setToolTip(key.isEmpty() ? plain : tr("%1 (%2)").arg(plain, key));
        for (QObject* shown : entry.action->associatedObjects())
            if (auto* button = qobject_cast<QToolButton*>(shown))
                button->setAccessibleName(entry.action->toolTip());
    }
}

void ActionSet::buildMenus()
{
    for (const Entry& entry : m_entries) {
        QMenu*& menu = m_menus[entry.spec->menu];
        if (!menu)
            menu = m_window.menuBar()->addMenu(menuText(entry.spec->menu));
        if (entry.spec->flags & ActionSpec::Separator)
            menu->addSeparator();
        menu->addAction(entry.action);
    }
}

void ActionSet::fillToolBar(QToolBar& bar)
{
    const char* lastMenu = nullptr;
    for (const Entry& entry : m_entries) {
        if (!(entry.spec->flags & ActionSpec::Toolbar))
            continue;
        if (lastMenu && lastMenu != entry.spec->menu)
            bar.addSeparator();
        lastMenu = entry.spec->menu;
        bar.addAction(entry.action);
    }
}

QAction* ActionSet::action(const char* id) const
{
    for (const Entry& entry : m_entries) {
        if (qstrcmp(entry.spec->id, id) == 0)
            return entry.action;
    }
    qFatal("no action is called %s", id);
}

QMenu* ActionSet::menu(const char* title) const { return m_menus.value(title); }

void ActionSet::update(Needs present)
{
    m_present = present;
    for (const Entry& entry : m_entries)
        entry.action->setEnabled((entry.spec->needs & ~present) == Needs());
}

void ActionSet::refreshIcons()
{
    for (const Entry& entry : m_entries)
        entry.action->setIcon(themedIcon(entry.icon));
}

void ActionSet::setIcon(const char* id, const QString& icon)
{
    for (Entry& entry : m_entries) {
        if (qstrcmp(entry.spec->id, id) == 0 && entry.icon != icon) {
            entry.icon = icon;
            entry.action->setIcon(themedIcon(icon));
        }
    }
}

} // namespace telltale
