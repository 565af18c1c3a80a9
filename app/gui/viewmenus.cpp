// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/viewmenus.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include <QActionGroup>
#include <QCoreApplication>
#include <QDockWidget>
#include <QMenu>

namespace telltale {
namespace {

struct Language {
    const char* code;
    const char* name;
};

/// In the order of ThemeChoice.
constexpr const char* kThemes[] = {QT_TRANSLATE_NOOP("ViewMenus", "&System"),
    QT_TRANSLATE_NOOP("ViewMenus", "&Light"), QT_TRANSLATE_NOOP("ViewMenus", "&Dark")};

/// Languages are named in themselves and never translated.
constexpr Language kLanguages[] = {{"en", "English"}, {"zh_CN", "\u7b80\u4f53\u4e2d\u6587"}};

QString translated(const char* text) { return QCoreApplication::translate("ViewMenus", text); }

QAction* addChoice(QMenu& menu, QActionGroup& group, const QString& text, bool chosen)
{
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(chosen);
    group.addAction(action);
    return action;
}

void addTimelineLanes(QMenu& view, MainWindow& window, Settings& settings)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "Timel&ine")));
    menu->setObjectName(QStringLiteral("timelineMenu"));
    const auto add = [&](const char* text, bool Settings::*which) {
        QAction* action = menu->addAction(translated(text));
        action->setCheckable(true);
        action->setChecked(settings.*which);
        QObject::connect(action, &QAction::toggled, &window, [&window, &settings, which](bool on) {
            settings.*which = on;
            window.showTimelineLanes();
        });
    };
    add(QT_TRANSLATE_NOOP("ViewMenus", "Show &pictures"), &Settings::timelinePictures);
    add(QT_TRANSLATE_NOOP("ViewMenus", "Show &sound"), &Settings::timelineSound);
    add(QT_TRANSLATE_NOOP("ViewMenus", "Show how body parts &move"), &Settings::timelineMotion);
    add(QT_TRANSLATE_NOOP("ViewMenus", "Show pose &quality"), &Settings::timelineQuality);
}

/// In the order of HeatGroup.
constexpr const char* kHeatGroups[] = {QT_TRANSLATE_NOOP("ViewMenus", "&All points"),
    QT_TRANSLATE_NOOP("ViewMenus", "&Head"), QT_TRANSLATE_NOOP("ViewMenus", "A&rms"),
    QT_TRANSLATE_NOOP("ViewMenus", "Ha&nds"), QT_TRANSLATE_NOOP("ViewMenus", "&Body without hands")};

void addHeatGroups(QMenu& view, MainWindow& window)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "Heat&map of")));
    auto* choices = new QActionGroup(&window);
    for (int i = 0; i < static_cast<int>(std::size(kHeatGroups)); ++i) {
        const auto group = static_cast<HeatGroup>(i);
        QAction* action = addChoice(*menu, *choices, translated(kHeatGroups[i]), group == HeatGroup::All);
        QObject::connect(
            action, &QAction::triggered, &window, [&window, group] { window.setHeatGroup(group); });
    }
}

void addThemes(QMenu& view, MainWindow& window, const Settings& settings)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "&Theme")));
    auto* group = new QActionGroup(&window);
    for (int i = 0; i < static_cast<int>(std::size(kThemes)); ++i) {
        const auto theme = static_cast<ThemeChoice>(i);
        QAction* action = addChoice(*menu, *group, translated(kThemes[i]), settings.theme == theme);
        QObject::connect(action, &QAction::triggered, &window, [&window, theme] { window.setTheme(theme); });
    }
}

void addLanguages(QMenu& view, MainWindow& window, Settings& settings)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "Lan&guage")));
    auto* group = new QActionGroup(&window);
    const auto add = [&](const QString& text, const QString& code) {
        QAction* action = addChoice(*menu, *group, text, settings.language == code);
        QObject::connect(action, &QAction::triggered, &window, [&window, &settings, code] {
            settings.language = code;
            window.messages().showInfo(translated(
                QT_TRANSLATE_NOOP("ViewMenus", "The language changes when Telltale starts the next time.")));
        });
    };
    add(translated(kThemes[0]), {});
    for (const Language& language : kLanguages)
        add(QString::fromUtf8(language.name), QString::fromLatin1(language.code));
}

} // namespace

void addViewMenus(QMenu& view, MainWindow& window, const QList<QDockWidget*>& docks, Settings& settings)
{
    view.addSeparator();
    QMenu* panels = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "&Panels")));
    for (QDockWidget* dock : docks)
        panels->addAction(dock->toggleViewAction());
    panels->addSeparator();
    QAction* reset = panels->addAction(translated(QT_TRANSLATE_NOOP("ViewMenus", "&Default arrangement")));
    QObject::connect(reset, &QAction::triggered, &window, &MainWindow::resetLayout);
    addHeatGroups(view, window);
    addTimelineLanes(view, window, settings);
    addThemes(view, window, settings);
    addLanguages(view, window, settings);
}

} // namespace telltale
