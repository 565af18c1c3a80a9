// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QDialog>

class QLabel;
class QTableWidget;
class QTableWidgetItem;

namespace telltale {

/// The people of the project: their names and what their videos are for. Every change is one edit at once.
class SubjectsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SubjectsDialog(Document& document, QWidget* parent = nullptr);

private:
    void fill();
    void addRole(int row, const Subject& subject);
    void rename(const QTableWidgetItem* item);
    void tell(const Status& status, const QString& done);

    Document& m_document;
    QTableWidget* m_table;
    QLabel* m_hint;
};

} // namespace telltale
