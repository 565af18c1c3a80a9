// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/viewmenus.h"
#include "app/gui/looks/overlaymenu.h"
#include "app/gui/looks/uiscale.h"
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
constexpr const char* kThemes[]
    = {QT_TRANSLATE_NOOP("ViewMenus", "&System"), QT_TRANSLATE_NOOP("ViewMenus", "&Light"),
        QT_TRANSLATE_NOOP("ViewMenus", "&Dark"), QT_TRANSLATE_NOOP("ViewMenus", "&High contrast")};

/// In the order of ClassPalette.
constexpr const char* kClassPalettes[] = {QT_TRANSLATE_NOOP("ViewMenus", "Of the &label scheme"),
    QT_TRANSLATE_NOOP("ViewMenus", "Safe for &colour-blind eyes"),
    QT_TRANSLATE_NOOP("ViewMenus", "By &body part")};

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

void addScales(QMenu& view, MainWindow& window, Settings& settings)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "Si&ze of everything")));
    auto* group = new QActionGroup(&window);
    for (const int percent : kScales) {
        const QString text = translated(QT_TRANSLATE_NOOP("ViewMenus", "%1 %")).arg(percent);
        QAction* action = addChoice(*menu, *group, text, settings.scale == percent);
        QObject::connect(action, &QAction::triggered, &window, [&window, &settings, percent] {
            settings.scale = percent;
            window.messages().showInfo(translated(
                QT_TRANSLATE_NOOP("ViewMenus", "The size changes when Telltale starts the next time.")));
        });
    }
}

void addClassLooks(QMenu& view, MainWindow& window, const Settings& settings)
{
    QMenu* menu = view.addMenu(translated(QT_TRANSLATE_NOOP("ViewMenus", "&Class colours")));
    menu->setObjectName(QStringLiteral("classColoursMenu"));
    auto* group = new QActionGroup(&window);
    for (int i = 0; i < static_cast<int>(std::size(kClassPalettes)); ++i) {
        const auto palette = static_cast<ClassPalette>(i);
        QAction* action
            = addChoice(*menu, *group, translated(kClassPalettes[i]), settings.classLooks.palette == palette);
        QObject::connect(action, &QAction::triggered, &window, [&window, palette] {
            window.setClassLooks({palette, classLooks().symbols});
        });
    }
    menu->addSeparator();
    QAction* symbols = menu->addAction(translated(QT_TRANSLATE_NOOP("ViewMenus", "A &sign for each class")));
    symbols->setCheckable(true);
    symbols->setChecked(settings.classLooks.symbols);
    QObject::connect(symbols, &QAction::toggled, &window, [&window](bool on) {
        window.setClassLooks({classLooks().palette, on});
    });
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
    addOverlayMenu(view, window);
    addTimelineLanes(view, window, settings);
    addThemes(view, window, settings);
    addClassLooks(view, window, settings);
    addScales(view, window, settings);
    addLanguages(view, window, settings);
}

} // namespace telltale
