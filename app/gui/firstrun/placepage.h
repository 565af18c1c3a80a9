// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWizardPage>

class QLabel;
class QProgressBar;

namespace telltale {

class PathEdit;

/// Where the project goes; while it is made, how far that is.
class PlacePage : public QWizardPage {
    Q_OBJECT
public:
    explicit PlacePage(const QString& startFolder, QWidget* parent = nullptr);
    bool isComplete() const override;
    QString folder() const;
    void setFolder(const QString& folder);
    void setSummary(const QString& text);
    void showProgress(int permille, const QString& what);
    /// Nothing is being made any more; `sentence` says why not, if it did not work.
    void hideProgress(const QString& sentence);

private:
    void check();

    PathEdit* m_folder;
    QLabel* m_summary;
    QProgressBar* m_progress;
    QLabel* m_hint;
    bool m_making = false;
};

} // namespace telltale
