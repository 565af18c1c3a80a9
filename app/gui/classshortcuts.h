// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QObject>
#include <QShortcut>
#include <vector>

namespace telltale {

class KeyMap;

/// A sentence on the first class whose key cannot be used: no key at all, taken by an action or by another
/// class. Empty if all are fine.
QString shortcutTrouble(const LabelScheme& scheme, const KeyMap& keys);

/// The keys that the label scheme gives its classes. A key names what is marked with in and out, else the
/// selected span, else the class of the next new span. Keys that are taken elsewhere are left out.
class ClassShortcuts : public QObject {
    Q_OBJECT
public:
    ClassShortcuts(Workbench& bench, QWidget& window);

private:
    void refresh();
    void take(int classId);

    Workbench& m_bench;
    QWidget& m_window;
    std::vector<std::unique_ptr<QShortcut>> m_shortcuts;
};

} // namespace telltale
