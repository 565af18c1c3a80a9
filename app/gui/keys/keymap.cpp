// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/keymap.h"
#include "app/gui/keys/keypresets.h"
#include <algorithm>
#include <array>
#include <map>

namespace telltale {
namespace {

/// Keys that the timeline and the picture take while they have the focus, and no action may.
constexpr std::array kViewKeys{"+", "=", "-"};
/// Keys of lists and fields. An action may have them: while a list or field has the focus, they are its own.
constexpr std::array kListKeys{"Up", "Down", "PgUp", "PgDown", "Home", "End"};
/// What fields for text need beside letters.
constexpr std::array kTextKeys{"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Backspace", "Ctrl+Backspace"};

QList<QKeySequence> fromTexts(const QStringList& texts)
{
    QList<QKeySequence> keys;
    for (const QString& text : texts) {
        const QKeySequence key(text, QKeySequence::PortableText);
        if (!key.isEmpty())
            keys.append(key);
    }
    return keys;
}

const PresetKeys* rowOf(const QString& preset, const char* action)
{
    for (const KeyPreset& each : keyPresets())
        if (preset == QLatin1String(each.id))
            for (const PresetKeys& row : each.keys)
                if (qstrcmp(row.action, action) == 0)
                    return &row;
    return nullptr;
}

template <typename List> bool holds(const List& list, const QKeySequence& key)
{
    const QString text = key.toString(QKeySequence::PortableText);
    return std::ranges::any_of(list, [&](const char* each) { return text == QLatin1String(each); });
}

} // namespace

KeyMap::KeyMap(KeyChoice choice, QObject* parent) : QObject(parent), m_choice(std::move(choice)) { }

QList<QKeySequence> KeyMap::presetKeys(const ActionSpec& spec) const
{
    if (const PresetKeys* row = rowOf(m_choice.preset, spec.id))
        return fromTexts(QString::fromLatin1(row->keys).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    return defaultKeys(spec);
}

bool KeyMap::isChanged(const ActionSpec& spec) const
{
    return m_choice.changed.contains(QLatin1String(spec.id));
}

QList<QKeySequence> KeyMap::keys(const ActionSpec& spec) const
{
    const auto own = m_choice.changed.find(QLatin1String(spec.id));
    return own != m_choice.changed.end() ? fromTexts(*own) : presetKeys(spec);
}

QString KeyMap::text(const ActionSpec& spec) const
{
    QStringList texts;
    for (const QKeySequence& key : keys(spec))
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral("  "));
}

QString KeyMap::text(const char* id) const { return text(actionSpec(id)); }

void KeyMap::setKeys(const ActionSpec& spec, const QList<QKeySequence>& keys)
{
    KeyChoice choice = m_choice;
    if (keys == presetKeys(spec)) {
        choice.changed.remove(QLatin1String(spec.id));
    } else {
        QStringList texts;
        for (const QKeySequence& key : keys)
            if (!key.isEmpty())
                texts.append(key.toString(QKeySequence::PortableText));
        choice.changed.insert(QLatin1String(spec.id), texts);
    }
    setChoice(std::move(choice));
}

void KeyMap::reset(const ActionSpec& spec)
{
    KeyChoice choice = m_choice;
    choice.changed.remove(QLatin1String(spec.id));
    setChoice(std::move(choice));
}

void KeyMap::resetAll() { setChoice({m_choice.preset, {}}); }

void KeyMap::setPreset(const QString& id)
{
    KeyChoice choice = m_choice;
    const auto presets = keyPresets();
    const bool known = std::ranges::any_of(
        presets, [&id](const KeyPreset& preset) { return id == QLatin1String(preset.id); });
    choice.preset = known ? id : QString();
    setChoice(std::move(choice));
}

void KeyMap::setChoice(KeyChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = std::move(choice);
    emit changed();
}

std::vector<KeyConflict> KeyMap::conflicts(const LabelScheme* scheme) const
{
    std::vector<KeyConflict> found;
    std::map<QString, const ActionSpec*> taken;
    std::map<QString, QString> menus; // Alt with a letter
    for (const ActionSpec& spec : actionTable())
        menus.emplace(QKeySequence::mnemonic(menuText(spec.menu)).toString(QKeySequence::PortableText),
            menuPlainText(spec.menu));
    for (const ActionSpec& spec : actionTable()) {
        const QString name = actionPlainText(spec);
        for (const QKeySequence& key : keys(spec)) {
            const QString shown = key.toString(QKeySequence::NativeText);
            const auto [other, fresh] = taken.emplace(key.toString(QKeySequence::PortableText), &spec);
            if (!fresh && other->second != &spec)
                found.push_back({key, &spec, other->second, KeyConflict::Kind::Action,
                    tr("%1 is the key of \"%2\" and of \"%3\", so it does neither: give one of them another "
                       "key.")
                        .arg(shown, name, actionPlainText(*other->second))});
            if (holds(kViewKeys, key))
                found.push_back({key, &spec, nullptr, KeyConflict::Kind::View,
                    tr("%1 zooms the timeline and the picture, and could not any more: give \"%2\" another "
                       "key.")
                        .arg(shown, name)});
            if (const auto menu = menus.find(key.toString(QKeySequence::PortableText)); menu != menus.end())
                found.push_back({key, &spec, nullptr, KeyConflict::Kind::View,
                    tr("%1 opens the menu \"%2\", so it does neither: give \"%3\" another key.")
                        .arg(shown, menu->second, name)});
            if (holds(kTextKeys, key) && !defaultKeys(spec).contains(key) && !presetKeys(spec).contains(key))
                found.push_back({key, &spec, nullptr, KeyConflict::Kind::Text,
                    tr("%1 edits text while a text field has the focus: there \"%2\" is not reached by it. "
                       "Choose another key if you need it there.")
                        .arg(shown, name)});
        }
    }
    for (int id = 0; scheme && id < scheme->classCount(); ++id) {
        const LabelClass& label = scheme->classes[static_cast<size_t>(id)];
        const QKeySequence key = label.retired ? QKeySequence() : classKey(label);
        const auto other = taken.find(key.toString(QKeySequence::PortableText));
        if (!key.isEmpty() && other != taken.end())
            found.push_back({key, other->second, nullptr, KeyConflict::Kind::Class,
                tr("%1 is also the key of class \"%2\", which it does not name any more: give \"%3\" another "
                   "key, or the class in Project, Label scheme.")
                    .arg(key.toString(QKeySequence::NativeText), QString::fromStdString(label.name),
                        actionPlainText(*other->second))});
    }
    return found;
}

QKeySequence classKey(const LabelClass& label)
{
    const auto key
        = QKeySequence::fromString(QString::fromStdString(label.shortcut), QKeySequence::PortableText);
    const bool whole = key.count() == 1 && key[0].key() != Qt::Key_unknown;
    return whole ? key : QKeySequence();
}

bool isViewKey(const QKeySequence& key) { return holds(kViewKeys, key) || holds(kListKeys, key); }

} // namespace telltale
