// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Themes, size, class colours and what is drawn over the picture: chosen in the real window, seen,
// remembered.
#include "app/gui/looks/focusring.h"
#include "app/gui/looks/overlaypanel.h"
#include "app/gui/looks/uiscale.h"
#include "app/gui/messagebar.h"
#include "widgets/colors.h"
#include "widgets/models/spanlistmodel.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

namespace telltale {
namespace {

QAction* actionIn(QWidget& root, const QString& text)
{
    for (QAction* action : root.findChildren<QAction*>())
        if (action->text().remove(QLatin1Char('&')) == text)
            return action;
    return nullptr;
}

/// A widget's picture as it lies in its window.
QImage seen(QWidget& widget) { return widget.grab().toImage().convertToFormat(QImage::Format_RGB32); }

int differing(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    return count;
}

} // namespace

class TestLooks : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepare();
        // Also what the program itself would remember goes into a folder of the test.
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName(QStringLiteral("telltale-test"));
        QCoreApplication::setApplicationName(QStringLiteral("looks"));
    }
    void init() { QSettings().clear(); }
    void cleanup()
    {
        close();
        setClassLooks({});
        applyTheme(ThemeChoice::Light);
        QSettings().clear();
    }

    void theKeyboardIsSeenInEveryThemeOnEveryKindOfControl_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << int(ThemeChoice::Light);
        QTest::newRow("dark") << int(ThemeChoice::Dark);
        QTest::newRow("high contrast") << int(ThemeChoice::HighContrast);
    }
    void theKeyboardIsSeenInEveryThemeOnEveryKindOfControl()
    {
        QFETCH(int, theme);
        applyTheme(static_cast<ThemeChoice>(theme));
        QWidget window;
        auto* rows = new QVBoxLayout(&window);
        auto* first = new QPushButton(QStringLiteral("first"));
        rows->addWidget(first);
        const QList<QWidget*> others{new QPushButton(QStringLiteral("button")),
            new QCheckBox(QStringLiteral("check")), new QComboBox, new QSlider(Qt::Horizontal),
            new QListWidget, new QTreeView, new TimelineView, new VideoView};
        for (QWidget* each : others)
            rows->addWidget(each);
        window.resize(500, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (QWidget* each : others) {
            first->setFocus(Qt::TabFocusReason);
            const QImage without = seen(*each);
            each->setFocus(Qt::TabFocusReason);
            QCOMPARE(QApplication::focusWidget(), each);
            const QImage with = seen(*each);
            const int width = FocusRing::width(*each);
            // All around, in a colour that stands out from what lies around it.
            const QColor ring = with.pixelColor(with.width() / 2, width / 2);
            QCOMPARE(with.pixelColor(with.width() / 2, with.height() - 1).name(), ring.name());
            QCOMPARE(with.pixelColor(0, with.height() / 2).name(), ring.name());
            QVERIFY(contrast(ring, QApplication::palette().color(QPalette::Window)) > 3);
            QVERIFY2(
                differing(with, without) > with.width() + with.height(), each->metaObject()->className());
        }
    }

    void aClickNeedsNoRingButInHighContrast()
    {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::HighContrast}) {
            applyTheme(theme);
            QWidget window;
            auto* rows = new QVBoxLayout(&window);
            auto* list = new QListWidget;
            rows->addWidget(new QPushButton(QStringLiteral("first")));
            rows->addWidget(list);
            window.show();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            QTest::mouseClick(list->viewport(), Qt::LeftButton);
            QCOMPARE(QApplication::focusWidget(), list);
            QCOMPARE(FocusRing::instance()->ring() != nullptr, theme == ThemeChoice::HighContrast);
        }
    }

    void highContrastIsChosenInTheMenuAndKept()
    {
        open(Settings());
        QAction* action = actionIn(*m_window, QStringLiteral("High contrast"));
        QVERIFY(action);
        action->trigger();
        QVERIFY(isHighContrast(QApplication::palette()));
        m_window->close();
        QCOMPARE(Settings::load().theme, ThemeChoice::HighContrast);
    }

    void overlaysAreAsTheyWereLeft()
    {
        open(Settings());
        trigger("skeleton");
        trigger("heatmap");
        trigger("picture");
        actionIn(*m_window, QStringLiteral("Left hand"))->trigger();
        actionIn(*m_window, QStringLiteral("Cividis: for colour-blind eyes"))->trigger();
        actionIn(*m_window, QStringLiteral("80 % opaque"))->trigger();
        const OverlayOptions left = m_window->videoView().overlays();
        QVERIFY(!left.skeleton && left.heatmap && !left.picture);
        QVERIFY(!left.look.shows(BodyPart::LeftHand) && left.look.shows(BodyPart::RightHand));
        QCOMPARE(left.heatColors, HeatColors::Cividis);
        QCOMPARE(left.heatmapOpacity, 0.8);
        m_window->close();
        open(Settings::load());
        QCOMPARE(m_window->videoView().overlays(), left);
        QVERIFY(!m_window->actions().action("skeleton")->isChecked());
        QVERIFY(m_window->actions().action("heatmap")->isChecked());
        QVERIFY(m_window->actions().action("picture")->isChecked());
    }

    void thePanelOfOverlaysWorksByKeyboardAlone()
    {
        open(Settings());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        press(Qt::Key_V, Qt::ShiftModifier);
        const QPointer<OverlayPanel> panel = m_window->findChild<OverlayPanel*>();
        QVERIFY(panel && panel->isVisible());
        const auto space = [panel](const QString& text) {
            for (auto* box : panel->findChildren<QCheckBox*>())
                if (box->text().remove(QLatin1Char('&')) == text) {
                    box->setFocus(Qt::TabFocusReason);
                    QTest::keyClick(box, Qt::Key_Space);
                    return true;
                }
            return false;
        };
        const auto options = [this] { return m_window->videoView().overlays(); };
        QVERIFY(space(QStringLiteral("Right arm")));
        QVERIFY(!options().look.shows(BodyPart::RightArm));
        QVERIFY(space(QStringLiteral("Colours by side")));
        QVERIFY(!options().look.sideColors);
        QVERIFY(space(QStringLiteral("Show labels")));
        QVERIFY(!options().labels);
        QVERIFY(!m_window->actions().action("labels")->isChecked());
        QVERIFY(space(QStringLiteral("Hide the person's picture")));
        QVERIFY(!options().picture);
        auto* opacity = panel->findChild<QSlider*>();
        QTest::keyClick(opacity, Qt::Key_Home);
        QCOMPARE(options().heatmapOpacity, 0.1);
        QVERIFY(options().heatmap); // who sets its strength wants to see it
        auto* group = panel->findChildren<QComboBox*>().front();
        QTest::keyClick(group, Qt::Key_Down);
        QCOMPARE(options().heatGroup, HeatGroup::Head);
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(!panel || !panel->isVisible());
    }

    void theSizeIsTakenBeforeTheProgramStarts()
    {
        const auto scaleWith = [](std::vector<const char*> arguments) {
            prepareScale(static_cast<int>(arguments.size()), arguments.data());
            return qEnvironmentVariable("QT_SCALE_FACTOR");
        };
        const QString before = qEnvironmentVariable("QT_SCALE_FACTOR");
        qunsetenv("QT_SCALE_FACTOR");
        QSettings stored(QStringLiteral("telltale"), QStringLiteral("telltale")); // of the program itself
        stored.setValue(QStringLiteral("scale"), 100);
        stored.sync();
        QCOMPARE(scaleWith({"telltale"}), QString());
        stored.setValue(QStringLiteral("scale"), 175);
        stored.sync();
        QCOMPARE(scaleWith({"telltale", "--picture-tour", "x"}), QString());
        QCOMPARE(scaleWith({"telltale", "project"}), QStringLiteral("1.75"));
        qputenv("QT_SCALE_FACTOR", "3");
        QCOMPARE(scaleWith({"telltale"}), QStringLiteral("3"));
        stored.remove(QStringLiteral("scale"));
        before.isEmpty() ? qunsetenv("QT_SCALE_FACTOR") : qputenv("QT_SCALE_FACTOR", before.toUtf8());
    }

    void anotherSizeIsKeptAndASentenceSaysWhenItComes()
    {
        open(Settings());
        actionIn(*m_window, QStringLiteral("150 %"))->trigger();
        QVERIFY(m_window->messages().text().contains(QStringLiteral("next time")));
        m_window->close();
        QCOMPARE(Settings::load().scale, 150);
    }

    void signsAndColoursOfClassesChangeEverywhereAtOnceAndAreKept()
    {
        makeProject();
        open(Settings());
        m_window->commands().openProject(toQString(m_project));
        const QModelIndex cell = review().spans().index(0, SpanListModel::ClassColumn);
        QCOMPARE(cell.data(Qt::DecorationRole).userType(), int(QMetaType::QColor));
        QSignalSpy told(&review().spans(), &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&review().spans(), &QAbstractItemModel::modelReset);
        actionIn(*m_window, QStringLiteral("A sign for each class"))->trigger();
        QVERIFY(told.count() + reset.count() > 0);
        const QModelIndex after = review().spans().index(0, SpanListModel::ClassColumn);
        QCOMPARE(after.data(Qt::DecorationRole).userType(), int(QMetaType::QPixmap));
        actionIn(*m_window, QStringLiteral("By body part"))->trigger();
        QCOMPARE(classLooks(), (ClassLooks{ClassPalette::BodyPart, true}));
        m_window->close();
        QCOMPARE(Settings::load().classLooks, (ClassLooks{ClassPalette::BodyPart, true}));
    }

private:
    QTemporaryDir m_settings;

    void open(const Settings& settings)
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(settings, true);
        m_window->show();
    }
    void trigger(const char* id) { m_window->actions().action(id)->trigger(); }
};

} // namespace telltale

QTEST_MAIN(telltale::TestLooks)
#include "test_looks.moc"
