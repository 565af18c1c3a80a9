// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QHash>
#include <QWizardPage>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QTableWidget;

namespace telltale {

class VideoCheck;

/// Whom the videos show: guessed from their paths by a rule that can be seen and changed; each can be written
/// by hand as well.
class SubjectsPage : public QWizardPage {
    Q_OBJECT
public:
    explicit SubjectsPage(const VideoCheck& videos, QWidget* parent = nullptr);
    void initializePage() override;
    bool isComplete() const override;
    QStringList subjects() const; ///< in the order of VideoCheck::goodVideos()

private:
    void chooseRule(int rule);
    void apply();
    void take(int row);
    void tell();

    const VideoCheck& m_videos;
    QStringList m_files;
    QHash<QString, QString> m_byHand; ///< file to subject
    QComboBox* m_rule;
    QLineEdit* m_pattern;
    QCheckBox* m_same;
    QLineEdit* m_sameName;
    QTableWidget* m_table;
    QLabel* m_hint;
};

} // namespace telltale
