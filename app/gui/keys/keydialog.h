// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/keys/keymap.h"
#include <QDialog>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QTableWidgetItem;

namespace telltale {

class KeyEdit;

/// Every action with its keys, to be changed: a preset, two keys for each action, what clashes and how to
/// mend it. Changes are in force at once; Cancel takes all of them back. GUI thread.
class KeyDialog : public QDialog {
    Q_OBJECT
public:
    /// `scheme`: its classes have keys too.
    KeyDialog(KeyMap& keys, std::optional<LabelScheme> scheme, QWidget* parent = nullptr);

    void setLag(int milliseconds); ///< what Cancel goes back to
    void choose(const char* action); ///< selects its row
    const ActionSpec* chosen() const; ///< null: no row
    QTableWidget& table() { return *m_table; }
    KeyEdit& edit(int which) { return *m_edits[which]; } ///< 0 or 1
    QString trouble() const; ///< sentence about the chosen action, or about all
    void reject() override;

    enum Column { ActionColumn, MenuColumn, KeysColumn, ColumnCount };

signals:
    void lagChanged(int milliseconds);

private:
    QWidget* makeTop();
    QWidget* makeDetails();
    QWidget* makeBottom();
    void fill();
    void filter();
    void showKeys(); ///< in all rows
    void showChosen();
    void takeKey(int which, const QKeySequence& key);
    void takeAway();

    KeyMap& m_keys;
    std::optional<LabelScheme> m_scheme;
    KeyChoice m_before;
    int m_lagBefore = 0;
    std::vector<KeyConflict> m_conflicts;
    QComboBox* m_preset;
    QLineEdit* m_search;
    QTableWidget* m_table;
    QLabel* m_name;
    KeyEdit* m_edits[2];
    QPushButton* m_reset;
    QPushButton* m_resetAll = nullptr;
    QPushButton* m_take; ///< from the other action
    QLabel* m_trouble;
    QSpinBox* m_lag;
};

} // namespace telltale
