// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWidget>

class QAbstractButton;
class QAction;
class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace telltale {

/// What is seen while no project is open: the ways to begin. Videos and folders can be dropped on it.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    WelcomePage(QAction* demo, QAction* create, QAction* open, QWidget* parent = nullptr);
    void setRecent(const QStringList& projects);
    void showProgress(int permille, const QString& what);
    void hideProgress();

signals:
    void projectChosen(const QString& folder);
    void cancelled();
    void forgetWanted(const QString& folder); ///< off the list of recent projects
    void dropped(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeRecent(const QString& project);

    QList<QAbstractButton*> m_buttons;
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
    QWidget* m_working;
    QProgressBar* m_progress;
    QLabel* m_what;
};

} // namespace telltale
