// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <QDialog>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace telltale {

struct ProjectLocation;

/// Asks for the server of a team's project. The password is handed on and kept nowhere.
class TeamProjectDialog : public QDialog {
    Q_OBJECT
public:
    explicit TeamProjectDialog(QWidget* parent = nullptr);
    /// What is known of a project that was open before.
    void setLocation(const ProjectLocation& location);
    /// The URL with the password, as Document::open() takes it. InvalidArgument with a sentence.
    Result<std::string> url() const;
    QString projectName() const;
    /// While a connection is being made nothing can be typed.
    void setBusy(bool busy);
    bool isBusy() const { return m_busy; }
    void showError(const QString& sentence);
    QString error() const;

signals:
    void openWanted();

private:
    void check();

    bool m_busy = false;
    QLineEdit* m_server;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QLineEdit* m_project;
    QProgressBar* m_progress;
    QLabel* m_hint;
    QPushButton* m_open;
};

} // namespace telltale
