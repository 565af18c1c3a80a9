// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/shortcutsheet.h"
#include "app/gui/actiontable.h"
#include "app/gui/keys/keymap.h"
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr int kColumns = 3;

} // namespace

ShortcutSheet::ShortcutSheet(const KeyMap& keys, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* rows = new QVBoxLayout(this);
    auto* page = new QWidget;
    auto* columns = new QHBoxLayout(page);
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
        if (keys.keys(spec).isEmpty())
            continue;
        if (menu != spec.menu) {
            menu = spec.menu;
            column = static_cast<int>(std::min_element(lengths, lengths + kColumns) - lengths);
            auto* group = new QGroupBox(menuPlainText(menu));
            grid = new QGridLayout(group);
            grid->setVerticalSpacing(2);
            grid->setColumnStretch(0, 1);
            stacks[column]->addWidget(group);
            lengths[column] += 3;
        }
        ++lengths[column];
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(actionPlainText(spec)), row, 0);
        auto* own = new QLabel(keys.text(spec));
        own->setTextFormat(Qt::PlainText);
        QFont bold = own->font();
        bold.setBold(true);
        own->setFont(bold);
        grid->addWidget(own, row, 1, Qt::AlignRight);
    }
    for (QVBoxLayout* stack : stacks)
        stack->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Keyboard shortcuts"));
    rows->addWidget(scroll, 1);
    auto* mouse = new QLabel(
        tr("Timeline: Ctrl+wheel zooms, wheel and Shift+wheel pan, drag a span or its edge to move it "
           "(Esc cancels). Picture: wheel zooms, double click fits.")
        + QLatin1Char(' ')
        + tr(
            "While points or crops are corrected: drag them; Tab goes to the next one, arrow keys move it by "
            "a pixel (with Shift ten), Delete removes a point or takes a crop back, Esc ends."));
    mouse->setText(tr("Digits take candidates in review mode; in paint mode (%1) a digit that is held while "
                      "the video plays "
                      "paints a span of its class.")
                       .arg(keys.text("paint-mode"))
        + QLatin1Char(' ') + mouse->text());
    mouse->setWordWrap(true);
    rows->addWidget(mouse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* change = buttons->addButton(tr("Change &keys..."), QDialogButtonBox::ActionRole);
    change->setToolTip(tr("Other keys for actions, and presets of other programs"));
    connect(change, &QPushButton::clicked, this, [this] {
        accept();
        emit changeWanted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    rows->addWidget(buttons);
    const QSize screen = parent ? parent->window()->size() : page->sizeHint();
    resize(page->sizeHint().width() + 60,
        std::min(page->sizeHint().height() + mouse->sizeHint().height() * 4 + 80, screen.height()));
}

} // namespace telltale
