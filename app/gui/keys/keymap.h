// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/actiontable.h"
#include "app/gui/settings.h"
#include "data/labelscheme.h"
#include <QObject>
#include <vector>

namespace telltale {

/// Two things want the same key.
struct KeyConflict {
    enum class Kind { Action, View, Class, Text };
    QKeySequence key;
    const ActionSpec* action = nullptr;
    const ActionSpec* other = nullptr; ///< Kind::Action: the one that has it as well
    Kind kind = Kind::Action;
    QString sentence; ///< what clashes and what to do
};

/// The keys in force: Telltale's own, changed by a preset, changed by the user. GUI thread.
class KeyMap : public QObject {
    Q_OBJECT
public:
    explicit KeyMap(KeyChoice choice = {}, QObject* parent = nullptr);

    QList<QKeySequence> keys(const ActionSpec& spec) const;
    QList<QKeySequence> presetKeys(const ActionSpec& spec) const; ///< without the user's own changes
    bool isChanged(const ActionSpec& spec) const; ///< by the user
    /// For people: all keys of an action; empty if it has none.
    QString text(const ActionSpec& spec) const;
    QString text(const char* id) const; ///< of a known action

    void setKeys(const ActionSpec& spec, const QList<QKeySequence>& keys);
    void reset(const ActionSpec& spec);
    void resetAll(); ///< the preset stays
    /// The user's own changes stay. An unknown id is Telltale's own.
    void setPreset(const QString& id);
    const KeyChoice& choice() const { return m_choice; }
    void setChoice(KeyChoice choice);

    /// Every clash between actions, with keys that views use themselves, with keys that text fields need, and
    /// with keys of classes (`scheme` may be null).
    std::vector<KeyConflict> conflicts(const LabelScheme* scheme) const;

signals:
    void changed();

private:
    KeyChoice m_choice;
};

/// The key of a class; empty if it has none, or what is written is no key.
QKeySequence classKey(const LabelClass& label);
/// Keys that views use without an action.
bool isViewKey(const QKeySequence& key);

} // namespace telltale
