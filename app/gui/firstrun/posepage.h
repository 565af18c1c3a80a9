// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QWizardPage>
#include <array>

class QComboBox;
class QRadioButton;

namespace telltale {

class PathEdit;

/// Where skeletons will come from.
class PosePage : public QWizardPage {
    Q_OBJECT
public:
    enum class Source { Model, Import, None };
    /// `poseModel`: the file that was used last, or empty.
    explicit PosePage(const QString& poseModel, QWidget* parent = nullptr);
    void initializePage() override;
    bool isComplete() const override;
    Source source() const;
    QString poseModel() const; ///< a file; empty for other sources

private:
    void follow();

    std::array<QRadioButton*, 3> m_sources; ///< in the order of Source
    QComboBox* m_known; ///< models by name; the last one is a file of the user's choice
    PathEdit* m_file;
};

} // namespace telltale
