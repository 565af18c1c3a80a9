// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <QWizardPage>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace telltale {

/// Which gestures are told apart: a scheme that is known, or classes of one's own.
class LabelsPage : public QWizardPage {
    Q_OBJECT
public:
    explicit LabelsPage(const QString& startFolder, QWidget* parent = nullptr);
    bool isComplete() const override;
    Result<LabelScheme> scheme() const;

private:
    void load();
    void tell();

    QString m_folder;
    QRadioButton* m_smg;
    QRadioButton* m_imigue;
    QRadioButton* m_own;
    QPlainTextEdit* m_names;
    QPushButton* m_load;
    QLabel* m_hint;
    std::optional<LabelScheme> m_loaded; ///< from a label file, until the list is changed by hand
};

} // namespace telltale
