// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/shortcutsheet.h"
#include "app/gui/actiontable.h"
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr int kColumns = 3;

QString keysText(const ActionSpec& spec)
{
    QStringList keys;
    for (const QKeySequence& key : defaultKeys(spec))
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral("  "));
}

QString plainMenu(const char* menu)
{
    QString title = menuText(menu);
    const qsizetype bracket = title.indexOf(QLatin1String("(&"));
    if (bracket > 0)
        title.remove(bracket, 4);
    return title.remove(QLatin1Char('&'));
}

} // namespace

ShortcutSheet::ShortcutSheet(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* rows = new QVBoxLayout(this);
    auto* columns = new QHBoxLayout;
    QVBoxLayout* stacks[kColumns];
    int lengths[kColumns] = {};
    for (QVBoxLayout*& stack : stacks) {
        stack = new QVBoxLayout;
        columns->addLayout(stack, 1);
    }
    QGridLayout* grid = nullptr;
    const char* menu = nullptr;
    int column = 0;
    for (const ActionSpec& spec : actionTable()) {
        if (defaultKeys(spec).isEmpty())
            continue;
        if (menu != spec.menu) {
            menu = spec.menu;
            column = static_cast<int>(std::min_element(lengths, lengths + kColumns) - lengths);
            auto* group = new QGroupBox(plainMenu(menu));
            grid = new QGridLayout(group);
            grid->setVerticalSpacing(2);
            grid->setColumnStretch(0, 1);
            stacks[column]->addWidget(group);
            lengths[column] += 3;
        }
        ++lengths[column];
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(actionPlainText(spec)), row, 0);
        auto* keys = new QLabel(keysText(spec));
        QFont bold = keys->font();
        bold.setBold(true);
        keys->setFont(bold);
        grid->addWidget(keys, row, 1, Qt::AlignRight);
    }
    for (QVBoxLayout* stack : stacks)
        stack->addStretch(1);
    rows->addLayout(columns);
    auto* mouse = new QLabel(
        tr("Timeline: Ctrl+wheel zooms, wheel and Shift+wheel pan, drag a span or its edge to move it "
           "(Esc cancels). Picture: wheel zooms, double click fits.")
        + QLatin1Char(' ')
        + tr(
            "While points or crops are corrected: drag them; Tab goes to the next one, arrow keys move it by "
            "a pixel (with Shift ten), Delete removes a point or takes a crop back, Esc ends."));
    mouse->setWordWrap(true);
    rows->addWidget(mouse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    rows->addWidget(buttons);
}

} // namespace telltale
