// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classshortcuts.h"
#include "app/gui/actiontable.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/mainwindow.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QShortcut>
#include <QStatusBar>
#include <map>

namespace telltale {
namespace {

constexpr int kNoticeMs = 8000;

QString text(const char* source) { return QCoreApplication::translate("ClassShortcuts", source); }

/// Keys in use, with what uses them.
std::map<QString, QString> takenKeys(const KeyMap& keys)
{
    std::map<QString, QString> taken;
    for (const ActionSpec& spec : actionTable())
        for (const QKeySequence& key : keys.keys(spec))
            taken.emplace(key.toString(QKeySequence::PortableText), actionPlainText(spec));
    return taken;
}

/// Calls `use` with the classes that have a key of their own; returns the first trouble.
template <typename Use> QString eachKey(const LabelScheme& scheme, const KeyMap& keys, const Use& use)
{
    QString trouble;
    std::map<QString, QString> taken = takenKeys(keys);
    for (int id = 0; id < scheme.classCount(); ++id) {
        const LabelClass& label = scheme.classes[static_cast<size_t>(id)];
        if (label.shortcut.empty() || label.retired)
            continue;
        const QString name = QString::fromStdString(label.name);
        const QKeySequence key = classKey(label);
        const QString portable = key.toString(QKeySequence::PortableText);
        const auto other = taken.find(portable);
        const QString by = other != taken.end() ? other->second
            : isViewKey(key)
            ? text(QT_TRANSLATE_NOOP("ClassShortcuts", "moving in lists and on the timeline"))
            : QString();
        QString sentence;
        if (key.isEmpty()) {
            sentence = text(
                QT_TRANSLATE_NOOP("ClassShortcuts",
                    "\"%1\" is no key that class \"%2\" could have: write one key such as G, 4 or Ctrl+4."))
                           .arg(QString::fromStdString(label.shortcut), name);
        } else if (!by.isEmpty()) {
            sentence = text(QT_TRANSLATE_NOOP("ClassShortcuts",
                                "The key %1 of class \"%2\" is taken by \"%3\": choose another key."))
                           .arg(key.toString(QKeySequence::NativeText), name, by);
        } else {
            taken.emplace(portable, name);
            use(id, key);
        }
        if (trouble.isEmpty())
            trouble = sentence;
    }
    return trouble;
}

} // namespace

QString shortcutTrouble(const LabelScheme& scheme, const KeyMap& keys)
{
    return eachKey(scheme, keys, [](int, const QKeySequence&) {});
}

ClassShortcuts::ClassShortcuts(Workbench& bench, QWidget& window)
    : QObject(&window)
    , m_bench(bench)
    , m_window(window)
{
    connect(&bench.session, &Session::projectChanged, this, &ClassShortcuts::refresh);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Scheme))
            refresh();
    });
    connect(&bench.keys, &KeyMap::changed, this, &ClassShortcuts::refresh);
    refresh();
}

void ClassShortcuts::refresh()
{
    m_shortcuts.clear();
    const Document* document = m_bench.session.document();
    if (!document)
        return;
    eachKey(document->scheme(), m_bench.keys, [this](int id, const QKeySequence& key) {
        auto shortcut = std::make_unique<QShortcut>(key, &m_window);
        connect(shortcut.get(), &QShortcut::activated, this, [this, id] { take(id); });
        m_shortcuts.push_back(std::move(shortcut));
    });
}

void ClassShortcuts::take(int classId)
{
    if (m_bench.review.draft()) {
        m_bench.review.createSpan(classId);
    } else if (m_bench.review.selectedSpan()) {
        m_bench.review.relabel(classId);
    } else {
        m_bench.review.setLastClass(classId);
        m_bench.window.statusBar()->showMessage(
            text(QT_TRANSLATE_NOOP("ClassShortcuts", "New spans are \"%1\"."))
                .arg(classLongText(m_bench.session.document()->scheme(), classId)),
            kNoticeMs);
    }
}

} // namespace telltale
