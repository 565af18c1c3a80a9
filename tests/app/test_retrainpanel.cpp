// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../pipeline/sampleheads.h"
#include "app/gui/messagebar.h"
#include "app/gui/retrain/classtrenddelegate.h"
#include "app/gui/retrain/classtrendview.h"
#include "app/gui/retrain/forgettingnotice.h"
#include "app/gui/retrain/headscores.h"
#include "app/gui/retrain/retrainpanel.h"
#include "app/gui/retrain/whatifview.h"
#include "base/files.h"
#include "pipeline/demo.h"
#include "pipeline/headmodels.h"
#include "widgets/models/texts.h"
#include "windowtest.h"
#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTranslator>
#include <QTreeView>
#include <QUndoStack>

namespace telltale {

/// Every word half as long again, as German has it.
class LongWords : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* text, const char*, int) const override
    {
        QString longer;
        for (const QString& word : QString::fromUtf8(text).split(QLatin1Char(' '))) {
            const bool place = word.contains(QLatin1Char('%'));
            longer += (longer.isEmpty() ? QString() : QStringLiteral(" ")) + word
                + (place ? QString() : QString((word.size() + 1) / 2, QLatin1Char('n')));
        }
        return longer;
    }
};

/// The retrain panel, alone and in the real window on a tiny demo with the shipped weights.
class TestRetrainPanel : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepare();
        QLocale::setDefault(QLocale::c());
        if (!std::filesystem::exists(dataFolder() / "models" / "demo" / "joint.safetensors"))
            QSKIP("models/demo holds no weights");
        ProgressSink sink;
        const Status made = makeDemo(toPath(m_made.filePath(QStringLiteral("demo"))), "tiny", 1, sink);
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
    }

    void cleanup() { close(); }

    void classesAreSortedByWorryOrBySizeAndSayInWordsWhatTheyShow()
    {
        const auto scheme = loadLabelScheme("smg");
        ClassTrendModel model;
        const QAbstractItemModelTester tester(&model);
        model.reset(*scheme);
        QCOMPARE(model.rowCount(), 0);
        model.addEpoch(epoch("joint", {{2, 0.80, 0.71, 12}, {5, 0.50, 0.90, 3}, {7, 0.60, 0.60, 20}}));
        QCOMPARE(classes(model), (QList<int>{2, 7, 5}));
        const auto words
            = [&](int row) { return model.data(model.index(row), Qt::AccessibleTextRole).toString(); };
        const auto name = [&](int id) { return classText(*scheme, id); };
        QCOMPARE(words(0), name(2) + QStringLiteral(": 0.71, in use 0.80, falls by 0.09"));
        QCOMPARE(words(1), name(7) + QStringLiteral(": 0.60, as in use"));
        QCOMPARE(words(2), name(5) + QStringLiteral(": 0.90, in use 0.50, rises by 0.40"));
        const QPersistentModelIndex followed(model.index(0));
        model.setOrder(ClassTrendModel::Order::MostExamples);
        QCOMPARE(classes(model), (QList<int>{7, 2, 5}));
        QCOMPARE(followed.row(), 1);
        model.setForgotten({{2, 0.80, 0.71, 12}});
        QVERIFY(words(1).endsWith(QStringLiteral("(forgotten)")));
        QVERIFY(ClassTrendDelegate::figures(model.trend(1)).startsWith(QChar(0x26a0)));
        QCOMPARE(ClassTrendDelegate::figures(model.trend(0)), QStringLiteral("0.60 \u2192 0.60"));
    }

    void eachHeadThatLearnsHasItsOwnCurveAndItsOwnMark()
    {
        const auto scheme = loadLabelScheme("smg");
        ClassTrendModel model;
        model.reset(*scheme);
        model.addEpoch(epoch("joint", {{2, 0.8, 0.1, 9}}));
        model.addEpoch(epoch("joint", {{2, 0.8, 0.5, 9}}));
        model.addEpoch(epoch("rgb", {{2, 0.4, 0.6, 9}}));
        const ClassTrend& trend = model.trend(0);
        QCOMPARE(trend.parts.size(), size_t{2});
        QVERIFY((trend.parts[0].values == std::vector<double>{0.1, 0.5}));
        QCOMPARE(trend.parts[0].now, 0.8);
        QVERIFY((trend.parts[1].values == std::vector<double>{0.6}));
        QCOMPARE(trend.parts[1].now, 0.4);
        model.setFigures({0, 0, 0.7}, {0, 0, 0.9}, {0, 0, 9});
        QCOMPARE(model.trend(model.rowCount() - 1).next, 0.9);
        QCOMPARE(model.trend(model.rowCount() - 1).parts.size(), size_t{2});
    }

    void longNamesTakeMoreLinesInANarrowDockAndRowsAreReachedByKeyboard()
    {
        auto scheme = *loadLabelScheme("smg");
        const QString longName
            = QStringLiteral("Beruehren oder Bedecken der Drosselgrube mit der linken Hand waehrenddessen");
        scheme.classes[3].name = longName.toStdString();
        scheme.classes[3].shortName = longName.toStdString();
        ClassTrendView view;
        view.trends().reset(scheme);
        view.trends().addEpoch(epoch("joint", {{3, 0.9, 0.2, 8}, {4, 0.5, 0.5, 7}, {5, 0.5, 0.6, 6}}));
        view.resize(330, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto* list = view.findChild<QListView*>();
        QCOMPARE(list->horizontalScrollBar()->maximum(), 0);
        const QRect first = list->visualRect(list->model()->index(0, 0));
        const QRect second = list->visualRect(list->model()->index(1, 0));
        QVERIFY(first.height() >= second.height() + view.fontMetrics().height() / 2);
        QVERIFY(first.width() <= list->viewport()->width());
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Home);
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 1);
        auto* order = view.findChild<QComboBox*>();
        QTest::keyClick(order, Qt::Key_Down);
        QCOMPARE(view.trends().trend(0).examples, 8);
        savePicture(view, QStringLiteral("classes"));
    }

    void theAlarmNamesTheClassesAndWhatItRestsOnAndGoesWithTheCandidate()
    {
        openDemo();
        RetrainPanel* panel = shownPanel();
        auto* notice = panel->findChild<ForgettingNotice*>();
        auto* promote = buttonOf(panel, QStringLiteral("Promote"));
        QVERIFY(notice->isHidden());
        ModelEntry entry;
        entry.kind = "heads";
        entry.file = "models/" + headsOfOneClass().filename().string();
        entry.metrics = R"({"before": {"macro_f1": 0.5, "class_f1": [0.8, 0.9]},
            "after": {"macro_f1": 0.6, "class_f1": [0.6, 0.2]}, "class_examples": [12, 20],
            "forgotten": {"margin": 0.15, "fewest_examples": 5, "classes": [
                {"class": 1, "from": 0.9, "to": 0.2, "examples": 20},
                {"class": 0, "from": 0.8, "to": 0.6, "examples": 12}]}})";
        QVERIFY(document()->addCandidate(entry));
        QVERIFY(!notice->isHidden());
        const LabelScheme& scheme = document()->scheme();
        QVERIFY(notice->text().contains(
            classText(scheme, 1) + QStringLiteral(": F1 from 0.90 to 0.20, on 20 examples")));
        QVERIFY(notice->text().contains(
            classText(scheme, 0) + QStringLiteral(": F1 from 0.80 to 0.60, on 12 examples")));
        QVERIFY(!promote->icon().isNull());
        QVERIFY(promote->accessibleDescription().contains(classText(scheme, 1)));
        QVERIFY(promote->isEnabled());
        pictures(*panel, QStringLiteral("alarm"));
        document()->undoStack()->undo();
        QVERIFY(notice->isHidden());
        QVERIFY(promote->icon().isNull());
    }

    void aStartWaitsForNothingAndRestsOnTheEditsBeforeIt()
    {
        openDemo();
        Retraining& retraining = m_window->bench().retraining;
        QSignalSpy finished(&retraining, &Retraining::finished);
        QSignalSpy failed(&retraining, &Retraining::failed);
        QVERIFY(document()->flush());
        const int64_t before = document()->sequence();
        const Annotation open = openSpans().front();
        QVERIFY(document()->setState(open.id, SpanState::Accepted));
        QVERIFY(document()->health().pending > 0);
        retraining.start();
        QVERIFY(retraining.running());
        QVERIFY2(document()->health().pending > 0, "the edit is still on its way: nobody waited for it");
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 120000);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.front().front().toString()));
        QVERIFY(candidateHeads(*document()));
        QCOMPARE(candidateHeads(*document())->basedOn, before + 1);
        RetrainPanel* panel = shownPanel();
        panel->findChild<QTabWidget*>()->setCurrentIndex(1);
        auto* list = panel->findChild<ClassTrendView*>()->findChild<QListView*>();
        QVERIFY(list->model()->rowCount() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(retraining.whatIf().state(), WhatIfScoring::State::Ready, 60000);
        pictures(*panel, QStringLiteral("result"));
    }

    void aStartThatIsStoppedWhileItWaitsChangesNothing()
    {
        openDemo();
        Retraining& retraining = m_window->bench().retraining;
        QSignalSpy finished(&retraining, &Retraining::finished);
        QVERIFY(document()->setState(openSpans().front().id, SpanState::Accepted));
        retraining.start();
        retraining.cancel();
        QVERIFY(!retraining.running());
        QVERIFY(document()->flush());
        QCoreApplication::processEvents();
        session().models().waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!retraining.running());
        QCOMPARE(finished.count(), 0);
        QVERIFY(!candidateHeads(*document()));
    }

    void whatIfLeadsToTheSpansAndFollowsWhatIsDecidedMeanwhile()
    {
        openDemo();
        WhatIfScoring& scoring = m_window->bench().retraining.whatIf();
        QCOMPARE(scoring.state(), WhatIfScoring::State::None);
        addCandidate();
        QTRY_COMPARE_WITH_TIMEOUT(scoring.state(), WhatIfScoring::State::Ready, 60000);
        QVERIFY(scoring.changes().changes.size() >= 2);
        for (const ProposalChange& change : scoring.changes().changes)
            QCOMPARE(document()->annotation(change.spanId)->state, SpanState::Proposed);

        RetrainPanel* panel = shownPanel();
        panel->findChild<QTabWidget*>()->setCurrentIndex(2);
        auto* tree = panel->findChild<QTreeView*>();
        const QAbstractItemModelTester tester(tree->model());
        const QModelIndex flow = tree->model()->index(0, 0);
        tree->expand(flow);
        const QModelIndex span = tree->model()->index(0, 0, flow);
        const int64_t id = scoring.changes().changes.front().spanId;
        pictures(*panel, QStringLiteral("whatif"));
        tree->setFocus();
        tree->setCurrentIndex(span);
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(review().selected(), id);
        review().select(0, false);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(span).center());
        QCOMPARE(review().selected(), id);

        const size_t count = scoring.changes().changes.size();
        QVERIFY(document()->setState(id, SpanState::Rejected));
        QCOMPARE(scoring.changes().changes.size(), count - 1);
        for (const ProposalChange& change : scoring.changes().changes)
            QVERIFY(change.spanId != id);
        QCOMPARE(tree->currentIndex().row(), 0);
        QVERIFY2(tree->currentIndex().parent().isValid(), "on the span that took its place");
        document()->undoStack()->undo();
        QCOMPARE(scoring.changes().changes.size(), count);

        scoring.restart();
        QCOMPARE(scoring.state(), WhatIfScoring::State::Scoring);
        auto* stop = buttonOf(panel, QStringLiteral("Stop"));
        QVERIFY(stop->isVisible());
        stop->click();
        QCOMPARE(scoring.state(), WhatIfScoring::State::Stopped);
        QCOMPARE(tree->model()->rowCount(), 0);
        buttonOf(panel, QStringLiteral("Compare"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(scoring.state(), WhatIfScoring::State::Ready, 60000);
        QCOMPARE(scoring.changes().changes.size(), count);
    }

    void whatIsDecidedWhileProposalsAreComparedIsNotInTheList()
    {
        openDemo();
        WhatIfScoring& scoring = m_window->bench().retraining.whatIf();
        addCandidate();
        QCOMPARE(scoring.state(), WhatIfScoring::State::Scoring);
        std::vector<int64_t> decided;
        for (const Annotation& span : openSpans())
            decided.push_back(span.id);
        decided.pop_back();
        QVERIFY(document()->setStates(decided, SpanState::Rejected));
        QTRY_COMPARE_WITH_TIMEOUT(scoring.state(), WhatIfScoring::State::Ready, 60000);
        for (const ProposalChange& change : scoring.changes().changes)
            QVERIFY(std::ranges::find(decided, change.spanId) == decided.end());
    }

    void openProposalsAreNamedByTheHeadsInUseAlsoAfterUndoAndWhenTheProjectIsOpenedAgain()
    {
        openDemo();
        const int64_t id = openSpans().front().id;
        const auto named = [&] { return review().spans().candidates(id).front().classId; };
        // The demo has heads of its own in use: they name the proposals anew some time after these came.
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<HeadScores*>()->working(), 60000);
        const int before = named();
        QVERIFY(before != kNamed);
        addCandidate();
        QCOMPARE(named(), before); // a candidate names nothing
        m_window->bench().retraining.promote();
        QTRY_COMPARE_WITH_TIMEOUT(named(), kNamed, 60000);
        document()->undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(named(), before, 60000);
        document()->undoStack()->redo();
        QTRY_COMPARE_WITH_TIMEOUT(named(), kNamed, 60000);
        m_window.reset();
        openWindow();
        QTRY_COMPARE_WITH_TIMEOUT(named(), kNamed, 60000);
        m_window->bench().retraining.rollBack();
        QTRY_VERIFY_WITH_TIMEOUT(named() != kNamed, 60000);
    }

    void thePanelFitsADockOf360PixelsAlsoWithLongWords()
    {
        LongWords words;
        QCoreApplication::installTranslator(&words);
        openDemo();
        QAction start(tr("Retrain now"));
        start.setIcon(themedIcon(QStringLiteral("retrain")));
        QAction stop(tr("Stop the running job"));
        RetrainPanel panel(m_window->bench(), &start, &stop);
        panel.resize(360, 900);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY2(panel.minimumSizeHint().width() <= 360,
            qPrintable(QString::number(panel.minimumSizeHint().width())));
        auto* tabs = panel.findChild<QTabWidget*>();
        addCandidate();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QCoreApplication::processEvents();
            for (const QPushButton* button : panel.findChildren<QPushButton*>())
                if (button->isVisible())
                    QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            for (const QAbstractScrollArea* area : panel.findChildren<QAbstractScrollArea*>())
                if (area->isVisible())
                    QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
            savePicture(panel, QStringLiteral("long%1").arg(tab));
        }
        QCoreApplication::removeTranslator(&words);
    }

private:
    static constexpr int kNamed = 20;

    struct Figure {
        int classId;
        double now;
        double next;
        int64_t examples;
    };

    static RetrainProgress epoch(const std::string& modality, const std::vector<Figure>& figures)
    {
        RetrainProgress progress;
        progress.modality = modality;
        progress.held.perClass.resize(17);
        progress.current.perClass.resize(17);
        for (const Figure& one : figures) {
            ClassScore& next = progress.held.perClass.at(static_cast<size_t>(one.classId));
            ClassScore& now = progress.current.perClass.at(static_cast<size_t>(one.classId));
            next.truth = now.truth = one.examples;
            next.f1 = one.next;
            now.f1 = one.now;
        }
        return progress;
    }

    static QList<int> classes(const ClassTrendModel& model)
    {
        QList<int> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.trend(row).classId);
        return ids;
    }

    void openDemo()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = toPath(m_folder->filePath(QStringLiteral("project")));
        std::filesystem::copy(toPath(m_made.filePath(QStringLiteral("demo"))), m_project,
            std::filesystem::copy_options::recursive);
        openWindow();
        QVERIFY(sample::addProposals(*document(), 20));
    }

    RetrainPanel* shownPanel()
    {
        m_window->showPanel("retrain");
        return m_window->findChild<RetrainPanel*>();
    }

    static QPushButton* buttonOf(QWidget* in, const QString& text)
    {
        for (QPushButton* button : in->findChildren<QPushButton*>())
            if (button->text().remove(QLatin1Char('&')) == text)
                return button;
        qFatal("no such button");
    }

    std::vector<Annotation> openSpans()
    {
        std::vector<Annotation> spans = document()->allAnnotations();
        std::erase_if(spans, [](const Annotation& one) { return one.state != SpanState::Proposed; });
        return spans;
    }

    std::filesystem::path headsOfOneClass()
    {
        const auto file = sample::headsOfOneClass(*document(), kNamed);
        if (!file)
            qFatal("heads could not be written");
        return *file;
    }

    void addCandidate()
    {
        ModelEntry entry;
        entry.kind = "heads";
        entry.file = "models/" + headsOfOneClass().filename().string();
        entry.metrics = R"({"before": {"macro_f1": 0.5, "class_f1": [0.8, 0.9, 0.4]},
            "after": {"macro_f1": 0.6, "class_f1": [0.6, 0.95, 0.4]}, "class_examples": [12, 20, 4],
            "forgotten": {"margin": 0.15, "fewest_examples": 5, "classes": [
                {"class": 0, "from": 0.8, "to": 0.6, "examples": 12}]}})";
        QVERIFY(document()->addCandidate(entry));
    }

    static void pictures(QWidget& widget, const QString& name)
    {
        savePictures(widget, name, [] { QCoreApplication::processEvents(); });
    }

    QTemporaryDir m_made;
};

} // namespace telltale

QTEST_MAIN(telltale::TestRetrainPanel)
#include "test_retrainpanel.moc"
