// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QKeySequenceEdit>

namespace telltale {

/// Takes one key with its modifiers. Tab goes on to the next field, so that nobody is caught in it; Backspace
/// alone takes the key away. GUI thread.
class KeyEdit : public QKeySequenceEdit {
    Q_OBJECT
public:
    explicit KeyEdit(const QString& name, QWidget* parent = nullptr);
    void showKey(const QKeySequence& key); ///< without telling

signals:
    void taken(const QKeySequence& key); ///< empty: none

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace telltale
