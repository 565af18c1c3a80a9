// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/keyedit.h"
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>

namespace telltale {
namespace {

/// As a shortcut is written: what Shift has turned into another sign is that sign.
QKeySequence keyOf(const QKeyEvent& event)
{
    const int key = event.key();
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool sign
        = key > Qt::Key_Space && key < 0x100 && !QChar(static_cast<char16_t>(key)).isLetterOrNumber();
    if (sign)
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
}

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta
        || key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_unknown
        || key == 0;
}

} // namespace

KeyEdit::KeyEdit(const QString& name, QWidget* parent) : QKeySequenceEdit(parent)
{
    setAccessibleName(name);
    setToolTip(tr("Click here or come here with Tab, then press the key. Backspace takes it away."));
    if (auto* line = findChild<QLineEdit*>()) {
        line->setAccessibleName(name);
        line->setToolTip(toolTip());
    }
}

void KeyEdit::showKey(const QKeySequence& key)
{
    const QSignalBlocker blocker(this);
    setKeySequence(key);
}

/// Not the base's way: it waits for three more keys.
void KeyEdit::keyPressEvent(QKeyEvent* event)
{
    event->accept();
    if (isModifier(event->key()) || event->isAutoRepeat())
        return;
    const bool none = event->key() == Qt::Key_Backspace && event->modifiers() == Qt::NoModifier;
    const QKeySequence key = none ? QKeySequence() : keyOf(*event);
    showKey(key);
    emit taken(key);
}

} // namespace telltale
