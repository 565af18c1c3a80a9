// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QTreeWidget;

namespace telltale {

/// Something that the palette can do.
struct PaletteEntry {
    QString title; ///< as people read it
    QString alias; ///< further words that find it: the English name
    QString kind; ///< "Edit", "Class", "Video"
    QString keys;
    QString obstacle; ///< why it cannot be done now; empty: it can
    QColor color = {}; ///< of a class
    std::function<void()> run;
};

/// Every action, every class for the selected span, every video. `bench` outlives them.
std::vector<PaletteEntry> paletteEntries(Workbench& bench);
/// Places of the entries that hold all words of `text`, the best first: what can be done, what begins with
/// the text, what has a word that does, and then as they come.
std::vector<size_t> paletteMatches(const std::vector<PaletteEntry>& entries, const QString& text);

/// Finds by typing what can be done, and does it: Up and Down choose, Enter takes, Esc leaves. GUI thread.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent = nullptr);
    QTreeWidget& list() { return *m_list; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void filter(const QString& text);
    void move(int by);
    void take();

    std::vector<PaletteEntry> m_entries;
    QLineEdit* m_edit;
    QTreeWidget* m_list;
};

} // namespace telltale
