// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/alarmbox.h"
#include "app/gui/cmpl/cmplpanel.h"
#include "app/gui/cmpl/roundchanges.h"
#include "app/gui/cmpl/roundclasses.h"
#include "app/gui/messagebar.h"
#include "review/audit.h"
#include "sampleadaptation.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

namespace telltale {

/// The panel of pseudo-labels on the small project, whose proposals are of the classes 2, 5, 7 and 9.
class TestCmplPanel : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        makeProject();
        openWindow();
        m_window->showPanel("pseudo-labels");
    }
    void cleanup() { close(); }

    void withoutASystemThePanelSaysWhatIsMissingAndHowToGetIt()
    {
        settle();
        QVERIFY(shownText().contains(QStringLiteral("telltale-cli train PROJECT --system track1")));
        QVERIFY(shownText().contains(QStringLiteral("no rounds yet")));
        QVERIFY(!action("adapt").isEnabled());
        picture(*m_window, QStringLiteral("cmpl_empty"));
        QVERIFY(sample::addSystem(*document(), "inductive").ok());
        QVERIFY(!action("adapt").isEnabled());
        QVERIFY2(shownText().contains(QStringLiteral("is an adapted one")), qPrintable(shownText()));
    }

    void withASystemOnlyTheRoundsAreMissing()
    {
        QVERIFY(sample::addSystem(*document()).ok());
        settle();
        QVERIFY(action("adapt").isEnabled());
        QVERIFY2(shownText().contains(QStringLiteral("Adapt the system in use")), qPrintable(shownText()));
        QVERIFY(!shownText().contains(QStringLiteral("telltale-cli")));
        // Nothing that it could learn from was ever decided or cut: the work says so, and nothing is changed.
        action("adapt").trigger();
        QTRY_VERIFY(!m_window->bench().adaptation.running());
        QVERIFY(!m_window->messages().text().isEmpty());
        QCOMPARE(document()->models().size(), size_t{1});
    }

    void theProtocolIsChosenByKeyAndExplained()
    {
        auto& protocol = *panel().findChild<QComboBox*>(QStringLiteral("protocol"));
        QCOMPARE(protocol.currentIndex(), 0);
        QVERIFY(label("protocolMeaning").contains(QStringLiteral("stays unseen")));
        protocol.setFocus();
        QTest::keyClick(&protocol, Qt::Key_Down);
        QTest::keyClick(&protocol, Qt::Key_Return);
        QTRY_VERIFY(m_window->bench().adaptation.transductive());
        QVERIFY(label("protocolMeaning").contains(QStringLiteral("marked as transductive")));
    }

    void aRoundShowsItsFigures()
    {
        addRounds({sample::pseudoRound(1, {at(10, 30, 2), at(40, 55, 5)}, classes()),
            sample::pseudoRound(2, {at(10, 30, 2), at(40, 55, 5), at(60, 80, 7)}, classes())});
        QVERIFY2(label("roundPool").contains(QStringLiteral("3 of 40 spans accepted")),
            qPrintable(label("roundPool")));
        QVERIFY(label("roundPool").contains(percentText(3 / 40.0)));
        QVERIFY(label("roundPool").contains(QStringLiteral("inductive")));
        const QString agreement = label("roundAgreement");
        for (const auto& [a, b, share] :
            {std::tuple{"joint", "heatmap", 0.6}, {"joint", "rgb", 0.7}, {"heatmap", "rgb", 0.8}})
            QVERIFY2(agreement.contains(QStringLiteral("%1 and %2: %3")
                                            .arg(modalityText(a), modalityText(b), percentText(share))),
                qPrintable(agreement));
        QVERIFY(label("roundPeople").contains(QStringLiteral("nobody has decided")));
        QTableWidget& table = panel().classes();
        QCOMPARE(table.rowCount(), 3);
        for (int row = 0; row < 3; ++row) {
            QCOMPARE(table.item(row, RoundClasses::NamedColumn)->text(), QStringLiteral("5"));
            QCOMPARE(table.item(row, RoundClasses::AcceptedColumn)->text(), QStringLiteral("1"));
            QCOMPARE(
                table.item(row, RoundClasses::AcceptedColumn)->data(Qt::UserRole + 1).toDouble(), 1 / 5.0);
        }
        choose("round", QStringLiteral("round 1"));
        QTRY_VERIFY(label("roundPool").contains(QStringLiteral("2 of 40")));
        QCOMPARE(table.rowCount(), 2);
    }

    void decisionsCountAsTheyAreMade()
    {
        addRounds({sample::pseudoRound(1, {at(10, 30, 2), at(40, 55, 5), at(60, 80, 7)}, classes())});
        QVERIFY(document()->setState(idAt(10), SpanState::Accepted).ok());
        QVERIFY(document()->setState(idAt(40), SpanState::Rejected).ok());
        QTRY_VERIFY2(
            label("roundPeople").contains(QStringLiteral("1 accepted, 1 rejected, 0 renamed, 1 open")),
            qPrintable(label("roundPeople")));
        document()->undoStack()->undo();
        QTRY_VERIFY(
            label("roundPeople").contains(QStringLiteral("1 accepted, 0 rejected, 0 renamed, 2 open")));
    }

    void decisionsLeaveOrderAndPlaceAlone()
    {
        addRounds(twoRounds());
        RoundClasses& table = panel().classes();
        QCOMPARE(table.horizontalHeader()->sortIndicatorSection(), int(RoundClasses::AcceptedColumn));
        table.sortByColumn(RoundClasses::ClassColumn, Qt::AscendingOrder);
        panel().showTab(CmplPanel::ChangesTab);
        QTableView& list = panel().changes().list();
        list.setCurrentIndex(list.model()->index(1, 0));
        const QString before = label("roundPeople");
        QVERIFY(document()->setState(idAt(90), SpanState::Accepted).ok());
        QTRY_VERIFY(label("roundPeople") != before);
        QCOMPARE(table.horizontalHeader()->sortIndicatorSection(), int(RoundClasses::ClassColumn));
        QVERIFY(table.item(0, 0)->text() < table.item(1, 0)->text());
        QCOMPARE(list.currentIndex().row(), 1);
    }

    void thePrecisionSaysWhatIsMissingUntilAuditItemsAreDecided()
    {
        // Pseudo-labels on all four spans; the share of audits makes those with the two lowest places audits.
        std::vector<std::pair<double, int64_t>> places;
        for (const Annotation& span : document()->annotations(video()))
            places.emplace_back(auditPlace(span.predictionId), span.id);
        std::ranges::sort(places);
        review().spans().setAuditShare(places[0].first / 2);
        addRounds({allFour(1)});
        QVERIFY2(label("roundPrecision").contains(QStringLiteral("none of them is an audit item")),
            qPrintable(label("roundPrecision")));
        review().spans().setAuditShare((places[1].first + places[2].first) / 2);
        QVERIFY(document()->setState(places[3].second, SpanState::Accepted).ok());
        QTRY_VERIFY2(label("roundPrecision").contains(QStringLiteral("none of its 2 audit item")),
            qPrintable(label("roundPrecision")));
        QVERIFY(document()->setState(places[0].second, SpanState::Accepted).ok());
        QVERIFY(document()->setState(places[1].second, SpanState::Rejected).ok());
        const PrecisionEstimate half = wilsonInterval(1, 2);
        const QString wanted = QStringLiteral("%1 right (%2 to %3), estimated from 2 audit item")
                                   .arg(percentText(0.5), percentText(half.low), percentText(half.high));
        QTRY_VERIFY2(label("roundPrecision").startsWith(wanted), qPrintable(label("roundPrecision")));
    }

    void changesAreCountedListedAndLeadToTheirSpans()
    {
        addRounds(twoRounds());
        panel().showTab(CmplPanel::ChangesTab);
        const auto shownCount = [this](RoundChange change) {
            return panel()
                .findChild<QToolButton*>(QStringLiteral("changes%1").arg(static_cast<int>(change)))
                ->accessibleName();
        };
        QCOMPARE(shownCount(RoundChange::Kept), QStringLiteral("kept: 1"));
        QCOMPARE(shownCount(RoundChange::New), QStringLiteral("new: 1"));
        QCOMPARE(shownCount(RoundChange::Dropped), QStringLiteral("dropped: 2"));
        QCOMPARE(shownCount(RoundChange::Relabelled), QStringLiteral("relabelled: 1"));
        QCOMPARE(shownCount(RoundChange::Moved), QStringLiteral("moved: 1"));
        QTableView& list = panel().changes().list();
        QCOMPARE(list.model()->rowCount(), 5); // what was kept is not listed unless asked for
        QToolButton* kept = panel().findChild<QToolButton*>(
            QStringLiteral("changes%1").arg(static_cast<int>(RoundChange::Kept)));
        kept->setFocus();
        QTest::keyClick(kept, Qt::Key_Space);
        QCOMPARE(list.model()->rowCount(), 6);
        // By time: kept at 10, relabelled at 40, dropped at 60, new at 90, ...
        const LabelScheme& scheme = document()->scheme();
        QCOMPARE(list.model()->index(1, 0).data().toString(),
            QStringLiteral("\u2260 %1 \u2192 %2").arg(classText(scheme, 5), classText(scheme, 6)));
        QCOMPARE(list.model()->index(1, 1).data().toString(), QStringLiteral("clip, 00:01.600"));
        list.setFocus();
        list.setCurrentIndex(list.model()->index(1, 0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(review().selected(), idAt(40));
        const QRect last = list.visualRect(list.model()->index(3, 0));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, last.center());
        QCOMPARE(review().selected(), idAt(90));
        // One without a span leads to its place.
        list.setCurrentIndex(list.model()->index(5, 0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(m_window->bench().player.frame(), int64_t{115});
    }

    void theTimelineMarksWhatChanged()
    {
        addRounds(twoRounds());
        const auto marks = [this] {
            std::map<int64_t, RoundChange> found; // by start
            for (const TimelineLane& lane : m_window->timeline().lanes())
                for (const TimelineSpan& span : lane.spans)
                    found[span.span.first] = span.change;
            return found;
        };
        using Marks = std::map<int64_t, RoundChange>;
        const Marks none{{10, RoundChange::None}, {40, RoundChange::None}, {60, RoundChange::None},
            {90, RoundChange::None}};
        QCOMPARE(marks(), none);
        press(Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(action("round-changes").isChecked());
        const Marks all{{10, RoundChange::Kept}, {40, RoundChange::Relabelled}, {60, RoundChange::Dropped},
            {90, RoundChange::New}, {101, RoundChange::Moved}, {115, RoundChange::Dropped}};
        QTRY_COMPARE(marks(), all);
        QVERIFY(m_window->timeline().laneOf(QStringLiteral("round-changes")) >= 0);
        panel().showTab(CmplPanel::ChangesTab);
        picture(*m_window, QStringLiteral("cmpl_timeline"));
        // Decisions keep their marks, and the lane that is no part of the project cannot be selected from.
        QVERIFY(document()->setState(idAt(90), SpanState::Accepted).ok());
        QTRY_COMPARE(marks(), all);
        press(Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(marks(), none);
        QVERIFY(m_window->timeline().laneOf(QStringLiteral("round-changes")) < 0);
    }

    void anyTwoRoundsCanBeCompared()
    {
        addRounds({allFour(1), sample::pseudoRound(2, {at(10, 30, 2)}, classes())});
        addRounds({sample::pseudoRound(1, {at(10, 30, 2), at(60, 80, 7)}, classes())}, 3);
        panel().showTab(CmplPanel::ChangesTab);
        PseudoRounds& rounds = m_window->bench().rounds;
        QCOMPARE(rounds.count(RoundChange::New), 1); // the newest with the one before it
        choose("formerRound", QStringLiteral("Adaptation 1, round 1"));
        QTRY_COMPARE(rounds.count(RoundChange::Dropped), 2);
        QCOMPARE(rounds.count(RoundChange::Kept), 2);
        choose("round", QStringLiteral("Adaptation 1, round 2"));
        QTRY_COMPARE(rounds.count(RoundChange::Dropped), 3);
        choose("round", QStringLiteral("Adaptation 1, round 1"));
        QTRY_VERIFY(shownText().contains(QStringLiteral("This is the first round")));
        QVERIFY(rounds.changes().empty());
    }

    void theRoundsAreThereAfterARestart()
    {
        addRounds(twoRounds());
        const QString before = label("roundPool");
        m_window.reset();
        openWindow();
        m_window->showPanel("pseudo-labels");
        settle();
        QCOMPARE(label("roundPool"), before);
    }

    void aRuleThatFiresIsToldWithFiguresAndWhatToDo()
    {
        std::vector<RecordedLabel> labels;
        for (int i = 0; i < 30; ++i)
            labels.push_back(at(200 + 20 * i, 210 + 20 * i, 2));
        RecordedRound round = sample::pseudoRound(1, labels, classes());
        round.named[2] = 40;
        round.named[9] = 25; // nothing of these was accepted
        std::vector<int64_t> counts(static_cast<size_t>(classes()), 10);
        counts[2] = 100;
        counts[9] = 1;
        QVERIFY(panel().findChildren<AlarmBox*>().isEmpty());
        addRounds({round}, 2, counts);
        const auto boxes = panel().findChildren<AlarmBox*>();
        QCOMPARE(boxes.size(), 1);
        QString told;
        for (const QLabel* words : boxes[0]->findChildren<QLabel*>())
            told += words->text();
        QVERIFY2(
            told.contains(QStringLiteral("Frequent classes are accepted far more often")), qPrintable(told));
        QVERIFY(told.contains(percentText(0.75)));
        QVERIFY(told.contains(QStringLiteral("25 span")));
        QVERIFY(told.contains(QStringLiteral("Tail hunt")));
        picture(*m_window, QStringLiteral("cmpl_alarm"));
    }

    void whatCannotBeReadIsSaid()
    {
        addRounds(twoRounds());
        std::filesystem::remove(m_project / "models" / "track1-2" / kRoundsFile);
        QVERIFY(document()->setState(idAt(10), SpanState::Accepted).ok());
        QTRY_VERIFY2(shownText().contains(QStringLiteral("left no record")), qPrintable(shownText()));
    }

    void thePanelIsAsNarrowAsADockAndIsRemembered()
    {
        addRounds(twoRounds());
        auto* dock = m_window->findChild<QDockWidget*>(QStringLiteral("pseudo-labels"));
        QVERIFY(dock);
        QVERIFY2(dock->minimumSizeHint().width() <= 360,
            qPrintable(QString::number(dock->minimumSizeHint().width())));
        dock->setFloating(true);
        dock->resize(360, 700);
        settle();
        auto* scroll = panel().findChild<QScrollArea*>();
        QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        picture(*dock, QStringLiteral("cmpl"));
        panel().showTab(CmplPanel::ChangesTab);
        settle();
        QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        picture(*dock, QStringLiteral("cmpl_changes"));
        bool inMenu = false;
        for (const QAction* toggle : m_window->findChildren<QAction*>())
            inMenu = inMenu || toggle == dock->toggleViewAction();
        QVERIFY(inMenu);
        const QByteArray layout = m_window->saveState();
        dock->setFloating(false);
        m_window->restoreState(layout);
        QVERIFY(dock->isFloating());
    }

    void everyControlHasANameAndATip()
    {
        addRounds(twoRounds());
        for (QWidget* control : panel().findChildren<QWidget*>()) {
            const bool takesKeys = (control->focusPolicy() & Qt::TabFocus) && control->isVisible()
                && !qobject_cast<QLabel*>(control) && !qobject_cast<QScrollArea*>(control);
            if (!takesKeys || control->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const QByteArray what
                = control->metaObject()->className() + QByteArray(" ") + control->objectName().toLatin1();
            const bool named = !control->accessibleName().isEmpty() || control->inherits("QTabBar")
                || control->inherits("QHeaderView");
            QVERIFY2(named, what.constData());
            const bool pressed = control->inherits("QAbstractButton") || control->inherits("QComboBox");
            QVERIFY2(!pressed || !control->toolTip().isEmpty(), what.constData());
        }
    }

private:
    int classes() { return document()->scheme().classCount(); }
    int64_t video() { return document()->videos().front().id; }
    int64_t idAt(int64_t start)
    {
        for (const Annotation& span : document()->annotations(video()))
            if (span.span.first == start)
                return span.id;
        return 0;
    }
    static RecordedLabel at(int64_t first, int64_t last, int classId)
    {
        return sample::pseudoLabel({first, last}, classId);
    }
    RecordedRound allFour(int number)
    {
        return sample::pseudoRound(
            number, {at(10, 30, 2), at(40, 55, 5), at(60, 80, 7), at(90, 110, 9)}, classes());
    }
    /// Kept at 10, relabelled at 40, dropped at 60, new at 90; moved and dropped where no span is.
    std::vector<RecordedRound> twoRounds()
    {
        return {
            sample::pseudoRound(1,
                {at(10, 30, 2), at(40, 55, 5), at(60, 80, 7), at(100, 112, 3), at(115, 120, 4)}, classes()),
            sample::pseudoRound(
                2, {at(10, 30, 2), at(40, 55, 6), at(90, 110, 9), at(101, 114, 3)}, classes())};
    }
    void addRounds(std::vector<RecordedRound> rounds, int number = 2, std::vector<int64_t> counts = {})
    {
        if (document()->models().empty())
            QVERIFY(sample::addSystem(*document()).ok());
        const Status added = sample::addAdaptation(*document(), std::move(rounds), std::move(counts), number);
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(!m_window->bench().rounds.reading());
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    CmplPanel& panel() { return *m_window->findChild<CmplPanel*>(); }
    QAction& action(const char* id) { return *m_window->actions().action(id); }
    QString label(const char* name) { return panel().findChild<QLabel*>(QString::fromLatin1(name))->text(); }
    QString shownText()
    {
        QStringList texts;
        for (const QLabel* one : panel().findChildren<QLabel*>())
            if (one->isVisible())
                texts.append(one->text());
        return texts.join(QLatin1Char('\n'));
    }
    /// As a person does: the box is opened at its entry and left with Enter.
    void choose(const char* box, const QString& entry)
    {
        auto* combo = panel().findChild<QComboBox*>(QString::fromLatin1(box));
        const int index = combo->findText(entry, Qt::MatchContains);
        QVERIFY2(index >= 0, qPrintable(entry));
        combo->setCurrentIndex(index);
        emit combo->activated(index);
    }
    void picture(QWidget& widget, const QString& name)
    {
        savePictures(widget, name, [this] { settle(); });
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestCmplPanel)
#include "test_cmplpanel.moc"
