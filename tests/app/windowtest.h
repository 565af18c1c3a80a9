// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/gui/theme.h"
#include "data/document.h"
#include "sampleproject.h"
#include "widgets/models/texts.h"
#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <memory>

namespace telltale {

/// The real window on a real, small project in a folder of its own; nothing in between is replaced. Tests say
/// in their init() what they need of it.
class WindowTest : public QObject {
protected:
    static void prepare()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyTheme(ThemeChoice::Light);
    }

    void makeFolder()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = toPath(m_folder->filePath(QStringLiteral("project")));
    }

    /// A project with the classes of SMG and nothing else, to be filled before the window opens it.
    Result<std::unique_ptr<Document>> makeEmptyProject()
    {
        makeFolder();
        const auto scheme = loadLabelScheme("smg");
        return scheme ? Document::create(m_project, *scheme)
                      : Result<std::unique_ptr<Document>>(scheme.error());
    }

    void makeProject()
    {
        makeFolder();
        const Status made = sample::makeProject(m_project);
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
    }

    void openWindow()
    {
        Settings settings;
        settings.queue.order = QueueOrder::MostCertain; // of the sample the order of time
        m_window = std::make_unique<MainWindow>(settings, false);
        m_window->resize(1600, 1000);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->commands().openProject(toQString(m_project));
        QVERIFY2(m_window->bench().session.document(), qPrintable(m_window->messages().text()));
    }

    void close()
    {
        m_window.reset();
        m_folder.reset();
    }

    /// Where somebody asked for pictures to look at.
    static void savePicture(QWidget& widget, const QString& name)
    {
        if (const QString folder = qEnvironmentVariable("TELLTALE_PICTURES"); !folder.isEmpty())
            widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
    }

    /// In both themes. `settle`: what it takes until the widget shows what it has to.
    template <typename Settle>
    static void savePictures(QWidget& widget, const QString& name, const Settle& settle)
    {
        if (qEnvironmentVariable("TELLTALE_PICTURES").isEmpty())
            return;
        for (const auto& [theme, suffix] :
            {std::pair{ThemeChoice::Dark, "-dark"}, {ThemeChoice::Light, "-light"}}) {
            applyTheme(theme);
            settle();
            savePicture(widget, name + QLatin1String(suffix));
        }
    }

    Session& session() { return m_window->bench().session; }
    Review& review() { return m_window->bench().review; }
    Document* document() { return session().document(); }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), modifiers);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_project;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace telltale
