// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QDialog>

namespace telltale {

class KeyMap;

/// Every action with the keys in force, made from the action table.
class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(const KeyMap& keys, QWidget* parent = nullptr);

signals:
    void changeWanted(); ///< of keys
};

} // namespace telltale
