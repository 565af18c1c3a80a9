// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;

namespace telltale {

class Document;

/// Stands between the wish to close a project and edits that are not in it yet: accepts itself as soon as
/// they are. With trouble it says why they wait and offers to close all the same.
class ClosingDialog : public QDialog {
    Q_OBJECT
public:
    ClosingDialog(const Document& document, QWidget* parent = nullptr);
    /// Opens unless the edits are there within a moment.
    void openSoon();

private:
    void look();

    const Document& m_document;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_close;
    QTimer m_timer;
    int m_looks = 0;
};

} // namespace telltale
