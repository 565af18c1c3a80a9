// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/confusionpage.h"
#include "windowtest.h"
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTableWidget>
#include <QToolButton>

namespace telltale {

/// What models take for what, in the real window: from a matrix to the spans behind a cell and back.
class TestConfusionPage : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        makeProject();
        openWindow();
        m_window->showPanel("statistics");
        m_window->analysisPanel().showPage(&page());
        settle();
    }

    void cleanup() { close(); }

    void saysWhatIsMissingWhileNobodyHasDecided()
    {
        QVERIFY(page().view().isEmpty());
        QVERIFY(shows(QStringLiteral("Nobody has decided anything yet")));
        QVERIFY(page().tables().empty());
        decide(0, SpanState::Accepted);
        QVERIFY(shows(QStringLiteral("of one class")));
    }

    void followsEachDecisionAndACellLeadsToItsSpans()
    {
        decide(0, SpanState::Accepted); // 2 is 2
        rename(1, 2); // said 5
        rename(2, 2); // said 7
        QCOMPARE(page().analysis().sides.front().matrix.at(2, 5), 1);
        const std::vector<int64_t> ids = idsByStart();
        QSignalSpy opened(&review(), &Review::onlyChanged);
        QTest::mouseClick(under(2, 5), Qt::LeftButton, {}, m_at);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(review().queue().rowCount(), 1);
        QCOMPARE(review().queue().idAt(0), ids[1]);
        QCOMPARE(review().selected(), ids[1]);
        QTRY_VERIFY(chip().isVisible());
        QVERIFY(chip().toolTip().contains(review().onlyBecause()));
        chip().click();
        QVERIFY(!chip().isVisible());
        QVERIFY(review().queue().rowCount() >= 1); // the open one, and what is selected
        QVERIFY(!review().queue().hasOnly());
    }

    void theKeyboardOpensACell()
    {
        decide(0, SpanState::Accepted);
        rename(1, 2);
        rename(2, 2);
        page().view().setFocus();
        QTRY_VERIFY(page().view().hasFocus());
        const int64_t frame = m_window->bench().player.frame();
        // Rows and columns: class 2 with its three spans first, then what was said of two of them.
        QTest::keyClick(&page().view(), Qt::Key_Right);
        QTest::keyClick(&page().view(), Qt::Key_Return);
        QCOMPARE(m_window->bench().player.frame(), review().selectedSpan()->span.first);
        QVERIFY(review().queue().hasOnly());
        QCOMPARE(review().queue().rowCount(), 1);
        QVERIFY(frame != review().selectedSpan()->span.first);
    }

    void whatIsListedAloneStaysListedWhenItIsDecidedAnew()
    {
        decide(0, SpanState::Accepted);
        rename(1, 2);
        rename(2, 2);
        const std::vector<int64_t> ids = idsByStart();
        review().showOnly({ids[1], ids[2]}, QStringLiteral("why"));
        QCOMPARE(review().queue().rowCount(), 2);
        QCOMPARE(review().selected(), review().queue().idAt(0));
        const int64_t next = review().queue().idAt(1);
        review().relabel(5);
        QCOMPARE(review().queue().rowCount(), 2); // although only open spans would be listed otherwise
        QCOMPARE(review().selected(), next);
        QVERIFY(document()->removeAnnotation(ids[1]).ok());
        QTRY_COMPARE(review().queue().rowCount(), 1);
        review().showOnly({}, {});
        QVERIFY(!review().queue().hasOnly());
    }

    void aPairListsBothDirectionsAndWhatPeopleNamedBothWays()
    {
        rename(0, 5); // said 2
        rename(1, 2); // said 5
        auto* pairs = list(QStringLiteral("Most confused pairs"));
        QCOMPARE(pairs->rowCount(), 1);
        QCOMPARE(pairs->item(0, 1)->text(), QStringLiteral("2"));
        pairs->setFocus();
        pairs->selectRow(0);
        pairs->setCurrentCell(0, 0);
        QTest::keyClick(pairs, Qt::Key_Return);
        QVERIFY(review().queue().hasOnly());
        QCOMPARE(review().queue().rowCount(), 2);
    }

    void spansThatWereFoundHaveABackgroundAndKindsOfError()
    {
        decide(0, SpanState::Accepted);
        decide(1, SpanState::Rejected);
        rename(2, 2);
        choose(QStringLiteral("Spans that were found"));
        const ConfusionMatrix& matrix = page().analysis().sides.front().matrix;
        QCOMPARE(matrix.at(matrix.classes, 5), 1);
        QVERIFY(page().view().shownClasses().endsWith(QStringLiteral("nothing")));
        auto* errors = list(QStringLiteral("Kinds of error"));
        QCOMPARE(errors->rowCount(), 7);
        QTest::mouseClick(under(matrix.classes, 5), Qt::LeftButton, {}, m_at);
        QCOMPARE(review().queue().idAt(0), idsByStart()[1]);
        QVERIFY(shows(QStringLiteral("No stretch is marked as looked through")));
    }

    void twoSourcesStandSideBySideOrAsADifference()
    {
        decide(0, SpanState::Accepted);
        rename(1, 2);
        rename(2, 2);
        QComboBox* second = combo(QStringLiteral("Other answers beside them"));
        QVERIFY(second && second->count() > 2);
        choose(second->itemText(1)); // the same answers again
        QCOMPARE(page().analysis().sides.size(), 2U);
        QVERIFY(!page().view().cellRect(1, 2, 2).isEmpty());
        auto* difference = page().findChild<QCheckBox*>();
        QVERIFY(difference->isEnabled());
        difference->click();
        QVERIFY(page().view().cellRect(1, 2, 2).isEmpty());
        QVERIFY(!page().view().cellRect(0, 2, 2).isEmpty());
        for (const char* order : {"As in the label scheme", "By body part", "By clustering"}) {
            choose(QString::fromUtf8(order));
            QCOMPARE(page().view().shownClasses().size(), 3);
        }
        QVERIFY(!page().tables().empty());
    }

    void picturesInLightAndDark()
    {
        decide(0, SpanState::Accepted);
        rename(1, 2);
        rename(2, 5);
        rename(3, 5);
        savePictures(page(), QStringLiteral("confusion"), [] { QTest::qWait(1); });
        savePictures(*m_window, QStringLiteral("confusion-window"), [] { QTest::qWait(1); });
        QVERIFY(!page().grab().isNull());
    }

private:
    ConfusionPage& page() { return *m_window->analysisPanel().page<ConfusionPage>(); }
    void settle()
    {
        QCoreApplication::processEvents();
        m_window->analysisPanel().refreshNow();
        QTRY_VERIFY(!page().busy());
    }
    std::vector<int64_t> idsByStart()
    {
        std::vector<int64_t> ids;
        for (const Annotation& span : document()->annotations(document()->videos().front().id))
            ids.push_back(span.id);
        return ids;
    }
    void decide(size_t place, SpanState state)
    {
        QVERIFY(document()->setState(idsByStart()[place], state).ok());
        settle();
    }
    void rename(size_t place, int classId)
    {
        QVERIFY(document()->relabel(idsByStart()[place], classId).ok());
        settle();
    }
    /// The widget under the middle of a cell, which is m_at in it.
    QWidget* under(int truth, int predicted)
    {
        ConfusionView& view = page().view();
        const QPoint middle = view.cellRect(0, truth, predicted).center();
        QWidget* widget = view.childAt(middle);
        m_at = widget->mapFrom(&view, middle);
        return widget;
    }
    QToolButton& chip() { return *m_window->findChild<QToolButton*>(QStringLiteral("onlyChip")); }
    bool shows(const QString& part)
    {
        for (const QLabel* label : page().findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    }
    QTableWidget* list(const QString& name)
    {
        for (QTableWidget* one : page().findChildren<QTableWidget*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    QComboBox* combo(const QString& name)
    {
        for (QComboBox* one : page().findChildren<QComboBox*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    /// By the first list that offers the text, as a person does it.
    void choose(const QString& text)
    {
        for (QComboBox* one : page().findChildren<QComboBox*>())
            if (const int index = one->findText(text); index >= 0
                && (one->accessibleName()
                    != QStringLiteral("Whose answers are held against the decisions"))) {
                one->setCurrentIndex(index);
                emit one->activated(index);
                break;
            }
        settle();
    }
    QPoint m_at;
};

} // namespace telltale

QTEST_MAIN(telltale::TestConfusionPage)
#include "test_confusionpage.moc"
