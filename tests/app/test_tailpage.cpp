// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/tailpage.h"
#include "app/gui/reviewpanel.h"
#include "app/gui/sprint/sprintdialog.h"
#include "widgets/plot/classpointsview.h"
#include "widgets/plot/classrowsview.h"
#include "windowtest.h"
#include <QAction>
#include <QMenu>

using namespace telltale;

/// The page of the long tail in the real window.
class TestTailPage : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        makeProject();
        openWindow();
        m_window->showPanel("statistics");
        m_window->analysisPanel().showPage(page());
        m_window->analysisPanel().refreshNow();
        QTRY_VERIFY(!page()->busy());
    }
    void cleanup() { m_window.reset(); }

    void proposalsAreCountedBeforeAnybodyDecides()
    {
        QCOMPARE(page()->analysis().proposed, int64_t{4});
        QVERIFY(page()->advice().contains(QStringLiteral("No span is decided yet")));
        page()->showView(TailPage::Counts);
        QCOMPARE(counts()->shownClasses().size(), 4);
        QVERIFY(zipf()->isEmpty());
        QVERIFY(!zipf()->message().isEmpty());
        QVERIFY(!page()->tables().empty());
    }
    void aDecisionShows()
    {
        Document* document = m_window->bench().session.document();
        const int64_t id = document->allAnnotations().front().id;
        QVERIFY(document->setState(id, SpanState::Accepted).ok());
        QTRY_COMPARE(page()->analysis().decided, int64_t{1});
        QTRY_VERIFY(!page()->busy());
        QTRY_VERIFY(page()->advice().contains(QStringLiteral("one class")));
        QVERIFY(page()->advice().contains(QStringLiteral("one subject")));
        QCOMPARE(zipf()->shownPoints(), 1);
    }
    void aClassLeadsToItsProposals()
    {
        const int classId = m_window->bench().session.document()->allAnnotations().front().classId;
        QMenu* menu = page()->offerClass(classId);
        QVERIFY(menu);
        action(*menu, QStringLiteral("Review"))->trigger();
        delete menu;
        SpanListFilter& queue = m_window->bench().review.queue();
        QCOMPARE(queue.rowCount(), 1);
        QCOMPARE(queue.order(), QueueOrder::TailHunt);
        menu = page()->offerClass(classId);
        QVERIFY(!action(*menu, QStringLiteral("decided"))->isEnabled());
        action(*menu, QStringLiteral("Hunt"))->trigger();
        delete menu;
        QCOMPARE(queue.rowCount(), 4);
        QVERIFY(!page()->offerClass(999));
    }
    void aClassLeadsToASprint()
    {
        const int classId = m_window->bench().session.document()->allAnnotations().back().classId;
        QMenu* menu = page()->offerClass(classId);
        action(*menu, QStringLiteral("sprint"))->trigger();
        delete menu;
        auto* dialog = m_window->findChild<SprintDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->classId(), classId);
        dialog->reject();
    }
    void aClosedProjectLeavesNothingBehind()
    {
        m_window->bench().session.closeProject();
        m_window->analysisPanel().refreshNow();
        QTRY_VERIFY(page()->analysis().classes.empty());
        QVERIFY(page()->tables().empty());
        QVERIFY(zipf()->isEmpty());
        QVERIFY(zipf()->message().contains(QStringLiteral("no video")));
    }

private:
    TailPage* page() { return m_window->analysisPanel().page<TailPage>(); }
    template <typename View> View* view(const char* key)
    {
        for (View* one : page()->findChildren<View*>())
            if (one->key() == QLatin1String(key))
                return one;
        qFatal("no such view");
    }
    ClassBarsView* counts() { return view<ClassBarsView>("class_counts"); }
    ClassPointsView* zipf() { return view<ClassPointsView>("zipf"); }
    static QAction* action(const QMenu& menu, const QString& part)
    {
        for (QAction* one : menu.actions())
            if (!one->isSeparator() && QString(one->text()).remove(QLatin1Char('&')).contains(part))
                return one;
        return nullptr;
    }
};

QTEST_MAIN(TestTailPage)
#include "test_tailpage.moc"
