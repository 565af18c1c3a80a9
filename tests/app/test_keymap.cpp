// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/candidatebutton.h"
#include "app/gui/keys/keydialog.h"
#include "app/gui/keys/keyedit.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/keys/keypresets.h"
#include "app/gui/keys/painting.h"
#include "app/gui/messagebar.h"
#include "app/gui/shortcutsheet.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTableWidget>

namespace telltale {

namespace {

QList<QKeySequence> keysOf(const char* text)
{
    QList<QKeySequence> keys;
    for (const QString& each : QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(each, QKeySequence::PortableText));
    return keys;
}

} // namespace

/// Which keys are in force, how they are changed, and that they are remembered.
class TestKeyMap : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void cleanup() { close(); }

    void noPresetHasAClashOrLeavesAnActionWithoutItsKey()
    {
        for (const KeyPreset& preset : keyPresets()) {
            for (const PresetKeys& row : preset.keys)
                QVERIFY2(!keysOf(row.keys).contains(QKeySequence()) && actionSpec(row.action).id, row.action);
            KeyMap keys;
            keys.setPreset(QString::fromLatin1(preset.id));
            QCOMPARE(keys.choice().preset, QString::fromLatin1(preset.id));
            const auto clashes = keys.conflicts(nullptr);
            QVERIFY2(clashes.empty(), clashes.empty() ? "" : qPrintable(clashes.front().sentence));
            for (const ActionSpec& each : actionTable())
                QVERIFY2(defaultKeys(each).isEmpty() || !keys.keys(each).isEmpty(), each.id);
        }
    }

    void presetsAreTheKeysOfThosePrograms()
    {
        KeyMap keys;
        keys.setPreset(QStringLiteral("elan"));
        QVERIFY(keys.keys(actionSpec("play")).contains(QKeySequence(QStringLiteral("Ctrl+Space"))));
        QVERIFY(keys.keys(actionSpec("frame-forward")).contains(QKeySequence(QStringLiteral("Ctrl+Right"))));
        keys.setPreset(QStringLiteral("premiere"));
        QVERIFY(keys.keys(actionSpec("split")).contains(QKeySequence(QStringLiteral("Ctrl+K"))));
        QVERIFY(keys.keys(actionSpec("next-on-lane")).contains(QKeySequence(QStringLiteral("Down"))));
        keys.setPreset(QStringLiteral("boris"));
        QVERIFY(keys.keys(actionSpec("second-forward")).contains(QKeySequence(QStringLiteral("Up"))));
        keys.setPreset(QStringLiteral("no such program"));
        QCOMPARE(keys.keys(actionSpec("play")), keysOf("Space"));
    }

    void clashesAreNamedWithWhatToDo()
    {
        KeyMap keys;
        keys.setKeys(actionSpec("split"), keysOf("A"));
        auto clashes = keys.conflicts(nullptr);
        QCOMPARE(clashes.size(), size_t(1));
        QCOMPARE(static_cast<int>(clashes[0].kind), static_cast<int>(KeyConflict::Kind::Action));
        QVERIFY(clashes[0].sentence.contains(QStringLiteral("Accept")));
        QVERIFY(clashes[0].sentence.contains(QStringLiteral("Split span at playhead")));
        keys.setKeys(actionSpec("split"), keysOf("+"));
        clashes = keys.conflicts(nullptr);
        QCOMPARE(clashes.size(), size_t(1));
        QCOMPARE(static_cast<int>(clashes[0].kind), static_cast<int>(KeyConflict::Kind::View));
        keys.setKeys(actionSpec("split"), keysOf("Ctrl+C"));
        clashes = keys.conflicts(nullptr);
        QCOMPARE(clashes.size(), size_t(1));
        QCOMPARE(static_cast<int>(clashes[0].kind), static_cast<int>(KeyConflict::Kind::Text));
        keys.setKeys(actionSpec("split"), keysOf("Alt+F")); // opens the File menu
        QCOMPARE(keys.conflicts(nullptr).size(), size_t(1));
        LabelScheme scheme;
        scheme.classes.resize(2);
        scheme.classes[1].name = "Arms akimbo";
        scheme.classes[1].shortcut = "U";
        keys.setKeys(actionSpec("split"), keysOf("U"));
        QVERIFY(keys.conflicts(nullptr).empty());
        clashes = keys.conflicts(&scheme);
        QCOMPARE(clashes.size(), size_t(1));
        QVERIFY(clashes[0].sentence.contains(QStringLiteral("Arms akimbo")));
        scheme.classes[1].retired = true;
        QVERIFY(keys.conflicts(&scheme).empty());
        keys.resetAll();
        QCOMPARE(keys.keys(actionSpec("split")), keysOf("B"));
        QVERIFY(keys.choice().changed.isEmpty());
    }

    void onlyDifferencesAreKept()
    {
        KeyMap keys;
        keys.setKeys(actionSpec("accept"), keysOf("U"));
        keys.setKeys(actionSpec("reject"), keysOf("X")); // as it is
        QCOMPARE(keys.choice().changed.keys(), QStringList{QStringLiteral("accept")});
        keys.setKeys(actionSpec("accept"), keysOf("A"));
        QVERIFY(keys.choice().changed.isEmpty());
        keys.setKeys(actionSpec("accept"), {});
        QVERIFY(keys.keys(actionSpec("accept")).isEmpty());
        keys.setPreset(QStringLiteral("elan")); // one's own changes stay
        QVERIFY(keys.keys(actionSpec("accept")).isEmpty());
        keys.reset(actionSpec("accept"));
        QCOMPARE(keys.keys(actionSpec("accept")), keysOf("A"));
    }

    void digitsAreThoseOfTheSchemeThenInItsOrder()
    {
        LabelScheme scheme;
        scheme.classes.resize(4);
        scheme.classes[1].retired = true;
        scheme.classes[2].shortcut = "1";
        scheme.classes[3].shortcut = "0";
        const auto digits = classesOfDigits(scheme);
        QCOMPARE(digits[0], 2);
        QCOMPARE(digits[1], 0);
        QCOMPARE(digits[2], -1);
        QCOMPARE(digits[9], 3);
    }

    void aKeyIsTakenInTheDialogAndIsInForceAtOnce()
    {
        makeProject();
        openWindow();
        KeyDialog* dialog = openDialog();
        dialog->choose("accept");
        QTest::keyClick(&dialog->edit(0), Qt::Key_U);
        QCOMPARE(m_window->bench().keys.keys(actionSpec("accept")), keysOf("U"));
        QCOMPARE(m_window->actions().action("accept")->shortcut(), QKeySequence(QStringLiteral("U")));
        QVERIFY(m_window->actions().action("accept")->toolTip().contains(QStringLiteral("(U)")));
        dialog->choose("split");
        QTest::keyClick(&dialog->edit(1), Qt::Key_Question, Qt::ShiftModifier); // the sign, not Shift with it
        QVERIFY2(
            dialog->trouble().contains(QStringLiteral("Keyboard shortcuts")), qPrintable(dialog->trouble()));
        QPushButton* take = nullptr;
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("Take it from")))
                take = button;
        QVERIFY(take && take->isVisible());
        take->click();
        QVERIFY(dialog->trouble().isEmpty());
        QCOMPARE(m_window->bench().keys.keys(actionSpec("shortcuts")), keysOf("F1"));
        QCOMPARE(m_window->bench().keys.keys(actionSpec("split")), keysOf("B ?"));
        QTest::keyClick(&dialog->edit(1), Qt::Key_Backspace);
        QCOMPARE(m_window->bench().keys.keys(actionSpec("split")), keysOf("B"));
        dialog->accept();
        press(Qt::Key_A);
        QCOMPARE(document()->allAnnotations().at(0).state, SpanState::Proposed);
        press(Qt::Key_U);
        QCOMPARE(document()->allAnnotations().at(0).state, SpanState::Accepted);
    }

    void cancelTakesEverythingBack()
    {
        makeProject();
        openWindow();
        KeyDialog* dialog = openDialog();
        dialog->choose("accept");
        QTest::keyClick(&dialog->edit(0), Qt::Key_U);
        auto* preset = dialog->findChild<QComboBox*>();
        preset->setCurrentIndex(preset->findData(QStringLiteral("premiere")));
        emit preset->activated(preset->currentIndex());
        QCOMPARE(m_window->actions().action("split")->shortcut(), QKeySequence(QStringLiteral("Ctrl+K")));
        dialog->findChild<QSpinBox*>()->setValue(350);
        QCOMPARE(review().reactionLag(), std::chrono::milliseconds(350));
        dialog->reject();
        QCOMPARE(m_window->bench().keys.choice(), KeyChoice());
        QCOMPARE(m_window->actions().action("split")->shortcut(), QKeySequence(QStringLiteral("B")));
        QCOMPARE(review().reactionLag(), kReactionLag);
    }

    void searchingFindsActionsByNameAndByKey()
    {
        makeProject();
        openWindow();
        KeyDialog* dialog = openDialog();
        auto* search = dialog->findChildren<QLineEdit*>().first();
        for (auto* each : dialog->findChildren<QLineEdit*>())
            if (each->placeholderText().contains(QStringLiteral("Find")))
                search = each;
        const auto shown = [&] {
            int rows = 0;
            for (int row = 0; row < dialog->table().rowCount(); ++row)
                rows += dialog->table().isRowHidden(row) ? 0 : 1;
            return rows;
        };
        QCOMPARE(shown(), static_cast<int>(actionTable().size()));
        search->setText(QStringLiteral("merge"));
        QCOMPARE(shown(), 1);
        QCOMPARE(dialog->chosen()->id, "merge");
        search->setText(QStringLiteral("Ctrl+Shift+P"));
        QCOMPARE(shown(), 1);
        QCOMPARE(dialog->chosen()->id, "palette");
        search->setText(QStringLiteral("nothing is called so"));
        QCOMPARE(shown(), 0);
        QVERIFY(!dialog->chosen());
    }

    void theSheetShowsTheKeysInForce()
    {
        makeProject();
        openWindow();
        m_window->bench().keys.setKeys(actionSpec("merge"), keysOf("Ctrl+Alt+M"));
        auto* sheet = qobject_cast<ShortcutSheet*>(m_window->commands().showShortcuts());
        QStringList texts;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            texts.append(label->text());
        QVERIFY(
            texts.contains(QKeySequence(QStringLiteral("Ctrl+Alt+M")).toString(QKeySequence::NativeText)));
        QVERIFY(!texts.contains(QStringLiteral("M")));
    }

    void buttonsSayTheKeysInForceAndNoneInPaintMode()
    {
        makeProject();
        openWindow();
        m_window->bench().keys.setKeys(actionSpec("candidate-2"), keysOf("Alt+2"));
        const auto buttons = m_window->findChildren<CandidateButton*>();
        QCOMPARE(buttons.size(), 3);
        QVERIFY(buttons[0]->toolTip().contains(QStringLiteral("key 1")));
        QVERIFY2(
            buttons[1]->toolTip().contains(QStringLiteral("key Alt+2")), qPrintable(buttons[1]->toolTip()));
        m_window->painting().setOn(true);
        QVERIFY(buttons[0]->toolTip().contains(QStringLiteral("key none")));
        m_window->painting().setOn(false);
        QVERIFY(buttons[0]->toolTip().contains(QStringLiteral("key 1")));
    }

    void changesOutliveTheProgram()
    {
        const QTemporaryDir folder;
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("telltale-test"));
        QCoreApplication::setApplicationName(QStringLiteral("keys"));
        makeProject();
        m_window = std::make_unique<MainWindow>(Settings::load(), true);
        m_window->show();
        m_window->bench().keys.setKeys(actionSpec("accept"), keysOf("U Ctrl+U"));
        m_window->bench().keys.setKeys(actionSpec("merge"), {});
        m_window->bench().keys.setPreset(QStringLiteral("premiere"));
        QVERIFY(m_window->close());
        m_window.reset();
        const QSettings stored;
        QVERIFY(QFile::exists(stored.fileName()) && stored.fileName().startsWith(folder.path()));
        int kept = 0;
        for (const QString& key : stored.allKeys())
            kept += key.startsWith(QStringLiteral("keys/changed/")) ? 1 : 0;
        QCOMPARE(kept, 2); // and not the hundred others

        m_window = std::make_unique<MainWindow>(Settings::load(), true);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->commands().openProject(toQString(m_project));
        QVERIFY(document());
        QCOMPARE(m_window->bench().keys.keys(actionSpec("accept")), keysOf("U Ctrl+U"));
        QVERIFY(m_window->bench().keys.keys(actionSpec("merge")).isEmpty());
        QCOMPARE(m_window->bench().keys.keys(actionSpec("split")), keysOf("Ctrl+K B"));
        const int64_t shown = m_window->timeline().selected();
        QVERIFY(document()->annotation(shown));
        press(Qt::Key_U, Qt::ControlModifier);
        QCOMPARE(document()->annotation(shown)->state, SpanState::Accepted);
        m_window->bench().keys.setChoice({});
        QVERIFY(document()->flush().ok());
        QVERIFY(m_window->close());
        QVERIFY(Settings::load().keys == KeyChoice());
    }

private:
    KeyDialog* openDialog()
    {
        auto* dialog = qobject_cast<KeyDialog*>(m_window->commands().editKeys());
        [&] { QVERIFY(dialog); }();
        return dialog;
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestKeyMap)
#include "test_keymap.moc"
