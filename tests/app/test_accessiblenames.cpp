// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Everything that takes the keyboard says its name: in the window with every panel open, and in every dialog
// that an action opens.
#include "app/gui/actiontable.h"
#include "app/gui/messagebar.h"
#include "app/gui/reviewpanel.h"
#include "sampletrack.h"
#include "windowtest.h"
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTest>
#include <QWizard>

namespace telltale {
namespace {

/// Not there for the keyboard: put away until it is needed, empty, or speaking through another widget.
bool isSilent(const QWidget& widget)
{
    const auto* label = qobject_cast<const QLabel*>(&widget);
    return widget.focusProxy() || (label && label->text().isEmpty())
        || (widget.isHidden() && widget.testAttribute(Qt::WA_WState_ExplicitShowHide));
}

/// Parts of Qt's own controls, which speak through the control.
bool isInside(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    if (parent && (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent)))
        return true;
    for (; parent; parent = parent->parentWidget())
        if (parent->inherits("QComboBoxPrivateContainer"))
            return true;
    return false;
}

bool isNamed(QWidget& widget)
{
    if (const auto* tabs = qobject_cast<QTabBar*>(&widget)) {
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i).isEmpty())
                return false;
        return true;
    }
    if (const auto* label = qobject_cast<QLabel*>(&widget); label && !label->text().trimmed().isEmpty())
        return true;
    const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&widget);
    return spoken && !spoken->text(QAccessible::Name).trimmed().isEmpty();
}

QStringList namelessIn(QWidget& root)
{
    QStringList found;
    QList<QWidget*> all = root.findChildren<QWidget*>();
    for (QWidget* widget : all) {
        if (widget->focusPolicy() == Qt::NoFocus || isSilent(*widget) || isInside(*widget) || isNamed(*widget)
            || (widget->isWindow() && widget != &root))
            continue;
        QString path;
        for (const QWidget* each = widget; each && each != &root; each = each->parentWidget())
            path.prepend(QLatin1Char('/') + QLatin1String(each->metaObject()->className())
                + (each->objectName().isEmpty() ? QString()
                                                : QString(QLatin1Char('#') + each->objectName())));
        found.append(QLatin1String(root.metaObject()->className()) + path);
    }
    return found;
}

/// True if there are none; otherwise each is told.
bool saysSo(const QStringList& nameless)
{
    for (const QString& each : nameless)
        qWarning("has no name: %s", qPrintable(each));
    return nameless.isEmpty();
}

PoseTrack twoPersons()
{
    return sample::poseTrack(sample::kFrames, 2, [](int64_t, int person, int point) {
        const int i = person * kPointCount + point;
        return PosePoint{static_cast<float>(20 + i % 9 * 5), static_cast<float>(15 + i % 80), 0.75F};
    });
}

QList<QDialog*> openDialogs()
{
    QList<QDialog*> dialogs;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
            dialogs.append(dialog);
    return dialogs;
}

} // namespace

class TestAccessibleNames : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        makeProject();
        qputenv("TELLTALE_SNAPSHOTS", m_folder->filePath(QStringLiteral("snapshots")).toUtf8());
        std::filesystem::create_directories(m_project / "tracks");
        QVERIFY(writeTrack(m_project / "tracks" / "t.npz", twoPersons()));
        {
            auto document = Document::open(m_project);
            QVERIFY(document);
            QVERIFY((*document)->setTrack(1, "tracks/t.npz"));
        }
        openWindow();
        QTRY_VERIFY(session().track());
    }

    void cleanup()
    {
        for (QDialog* dialog : openDialogs())
            dialog->close();
        close();
    }

    void aControlWithoutANameIsFound()
    {
        QWidget root;
        auto* edit = new QLineEdit(&root);
        QCOMPARE(namelessIn(root).size(), 1);
        QLabel label(QStringLiteral("&Name:"), &root);
        label.setBuddy(edit);
        QVERIFY(namelessIn(root).isEmpty());
    }

    void everyControlOfTheFirstPageHasAName()
    {
        Settings settings;
        settings.addRecent(QStringLiteral("/not/there"));
        settings.addRecent(toQString(m_project));
        MainWindow window(settings, false);
        window.show();
        QVERIFY(saysSo(namelessIn(window)));
    }

    void everyControlOfTheWindowHasAName()
    {
        int docks = 0;
        for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) {
            dock->show();
            dock->raise();
            QCoreApplication::processEvents();
            ++docks;
        }
        QVERIFY(docks >= 7);
        QVERIFY(saysSo(namelessIn(*m_window)));
    }

    void everyControlOfEveryDialogHasAName()
    {
        QStringList nameless;
        QStringList opened;
        for (const ActionSpec& spec : actionTable()) {
            QAction* action = m_window->actions().action(spec.id);
            // Only these open dialogs; "open" is the platform's own, which waits for an answer.
            const bool asks = action->text().endsWith(QLatin1String("..."))
                || qstrcmp(spec.id, "shortcuts") == 0 || qstrcmp(spec.id, "about") == 0
                || qstrcmp(spec.id, "command-palette") == 0;
            if (!asks || qstrcmp(spec.id, "open") == 0 || !action->isEnabled())
                continue;
            action->trigger();
            check(QString::fromLatin1(spec.id), opened, nameless);
        }
        auto* panel = m_window->findChild<ReviewPanel*>();
        QVERIFY(panel);
        panel->openWeights();
        check(QStringLiteral("weights"), opened, nameless);
        panel->openEstimates();
        check(QStringLiteral("estimates"), opened, nameless);
        m_window->commands().editKeys();
        check(QStringLiteral("keys"), opened, nameless);
        QVERIFY(saysSo(nameless));
        qInfo("%d dialogs: %s", static_cast<int>(opened.size()), qPrintable(opened.join(QLatin1Char(' '))));
        QVERIFY(opened.size() >= 28);
    }

private:
    void check(const QString& name, QStringList& opened, QStringList& nameless)
    {
        QCoreApplication::processEvents();
        for (QDialog* dialog : openDialogs()) {
            opened.append(name);
            for (const QString& each : namelessIn(*dialog))
                nameless.append(name + QLatin1String(": ") + each);
            dialog->close();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestAccessibleNames)
#include "test_accessiblenames.moc"
