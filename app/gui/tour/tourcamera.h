// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/mainwindow.h"
#include <QString>
#include <functional>

namespace telltale {

/// Takes the pictures of a tour: of the window in every size and look, of dialogs in every look. Waits on
/// events until what is to be seen is there. GUI thread.
class TourCamera {
public:
    TourCamera(MainWindow& window, QString folder) : m_window(window), m_folder(std::move(folder)) { }

    /// The window in 1280x800 and 1920x1080, each light, dark and in high contrast:
    /// NAME_1280x800_light.png, ... False:
    /// problem().
    bool takeWindow(const QString& name);
    /// Opens the dialog in every look, takes and closes it: NAME_light.png, ... A dialog
    /// that is larger than the smaller of the windows is a problem. `open` may give null: nothing to see.
    bool takeDialog(const QString& name, const std::function<QDialog*()>& open);

    /// A picture of the widget as it is: NAME.png.
    bool save(QWidget& widget, const QString& name);
    bool inEveryLook(const std::function<bool(const QString& look)>& take);

    /// Sleeps in the event loop until `done`: every change comes as an event.
    bool waitUntil(const std::function<bool()>& done, const QString& what);
    /// Curves, track and picture are there, and everything that was posted is done.
    bool settle();
    bool fail(const QString& sentence);
    const QString& problem() const { return m_problem; }

private:
    bool waitForPicture();
    MainWindow& m_window;
    QString m_folder;
    QString m_problem;
};

} // namespace telltale
