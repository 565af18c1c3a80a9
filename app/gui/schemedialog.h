// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QDialog>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;
class QTableWidgetItem;
class QVBoxLayout;

namespace telltale {

class KeyMap;

/// The classes of the project: names, colours, keys, definitions, and which of them exclude each other. A
/// class keeps its place and is retired instead of deleted, because spans refer to it. Works on a copy;
/// accepting makes a new version of the scheme in one edit, or says what is wrong and stays open.
class SchemeDialog : public QDialog {
    Q_OBJECT
public:
    SchemeDialog(Document& document, const KeyMap& keys, QWidget* parent = nullptr);
    const LabelScheme& scheme() const { return m_scheme; } ///< as it is edited
    QTableWidget& table() { return *m_table; }
    QString hint() const;
    void addClass();
    void accept() override;

private:
    QWidget* makeTable();
    QWidget* makeDetails();
    /// Edits `text` of the class that is chosen; its label is a buddy that names it.
    void addText(QVBoxLayout& layout, QPlainTextEdit& edit, const QString& label, const QString& name,
        std::string LabelClass::*text);
    void fill();
    void fillRow(int row);
    void takeCell(const QTableWidgetItem* item);
    void showDetails();
    void takeExclusion(const QListWidgetItem* item);
    void chooseColor();
    int current() const; ///< class id, -1 for none
    void check();
    LabelClass& at(int id) { return m_scheme.classes[static_cast<size_t>(id)]; }

    Document& m_document;
    const KeyMap& m_keys; ///< which keys classes may not have
    LabelScheme m_before; ///< as it was when the dialog opened
    LabelScheme m_scheme;
    QTableWidget* m_table;
    QPlainTextEdit* m_definition;
    QPlainTextEdit* m_starts;
    QPlainTextEdit* m_ends;
    QListWidget* m_excludes;
    QPushButton* m_color;
    QLabel* m_hint;
    QPushButton* m_ok = nullptr;
};

} // namespace telltale
