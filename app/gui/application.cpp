// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/application.h"
#include "app/gui/mainwindow.h"
#include "app/gui/theme.h"
#include "app/gui/tour/picturetour.h"
#include "base/files.h"
#include "base/numbers.h"
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>
#include <cstdio>

namespace telltale {

bool setUpApplication(QApplication& application, const QString& language)
{
    QApplication::setApplicationDisplayName(QStringLiteral("Telltale"));
    QApplication::setApplicationVersion(QString::fromStdString(versionText()));
    QApplication::setDesktopFileName(QStringLiteral("org.telltale.Telltale"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/telltale.svg")));
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    if (!language.isEmpty())
        QLocale::setDefault(locale);
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
    auto* plurals
        = new QTranslator(&application); // English has no other text than the source's, but plural forms
    if (plurals->load(QStringLiteral(":/i18n/telltale_en.qm")))
        QApplication::installTranslator(plurals);
    auto* own = new QTranslator(&application);
    if (own->load(locale, QStringLiteral("telltale"), QStringLiteral("_"), QStringLiteral(":/i18n"))) {
        QApplication::installTranslator(own);
        return true;
    }
    return language.isEmpty() || locale.language() == QLocale::English;
}

int runApplication(QApplication& application)
{
    numbersHavePoints();
    QApplication::setOrganizationName(QStringLiteral("telltale"));
    QApplication::setApplicationName(QStringLiteral("telltale"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "A desktop studio for micro-gestures: see, decide, correct, retrain.\n"
        "Without a display, QT_QPA_PLATFORM=offscreen telltale PROJECT --picture-tour DIR saves "
        "pictures of every view."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tourOption(QStringLiteral("picture-tour"),
        QStringLiteral(
            "Visit every view, save a picture of each to DIR, and end. The project stays as it is; without "
            "one a small demo is made for the purpose."),
        QStringLiteral("DIR"));
    const QCommandLineOption languageOption(QStringLiteral("language"),
        QStringLiteral("Language of the window: en or zh_CN."), QStringLiteral("CODE"));
    parser.addOptions({tourOption, languageOption});
    parser.addPositionalArgument(QStringLiteral("PROJECT"),
        QStringLiteral("Folder of a project, or postgresql:// address of a team's project."),
        QStringLiteral("[PROJECT]"));
    QApplication::setApplicationVersion(QString::fromStdString(versionText()));
    parser.process(application);
    const QStringList projects = parser.positionalArguments();
    if (projects.size() > 1) {
        std::fprintf(
            stderr, "telltale: give one project folder, not %d\n", static_cast<int>(projects.size()));
        return 2;
    }
    const QString project = projects.value(0);
    const bool tour = parser.isSet(tourOption);
    const Settings settings = tour ? Settings() : Settings::load(); // pictures do not depend on habits
    const QString language = parser.isSet(languageOption) ? parser.value(languageOption) : settings.language;
    if (!setUpApplication(application, language)) {
        std::fprintf(
            stderr, "telltale: no translation for \"%s\"; known are en and zh_CN\n", qPrintable(language));
        return 2;
    }
    rememberSystemPalette();
    if (tour)
        return runPictureTour(project, parser.value(tourOption));
    applyTheme(settings.theme);
    MainWindow window(settings, true);
    window.show();
    if (!project.isEmpty()) // after the first paint
        QTimer::singleShot(0, &window, [&window, project] { window.commands().startOpening(project); });
    return QApplication::exec();
}

} // namespace telltale
