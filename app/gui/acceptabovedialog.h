// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace telltale {

/// Accepts all open proposals above a probability, and says before how many these are.
class AcceptAboveDialog : public QDialog {
    Q_OBJECT
public:
    AcceptAboveDialog(Document& document, int64_t currentVideo, QWidget* parent = nullptr);
    int64_t wouldAccept() const;
    void accept() override;

signals:
    void acceptedAbove(qint64 count);
    void failed(const QString& sentence);

private:
    struct Proposal {
        int64_t videoId = 0;
        int classId = -1;
        float score = 0;
    };
    void readProposals();
    void check();
    double threshold() const;
    bool isMeant(const Proposal& proposal) const; ///< by class and video

    Document& m_document;
    std::vector<Proposal> m_proposals; ///< read once: a big project has many
    QDoubleSpinBox* m_threshold;
    QComboBox* m_class;
    QComboBox* m_video;
    QLabel* m_hint;
    QPushButton* m_ok = nullptr;
};

} // namespace telltale
