// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/adjudicationdialog.h"
#include "app/gui/analysis/agreementpage.h"
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/messagebar.h"
#include "app/gui/teamdialog.h"
#include "app/report/agreementfigures.h"
#include "widgets/plot/agreementplot.h"
#include "widgets/plot/spanrowsview.h"
#include "windowtest.h"
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QUndoStack>

namespace telltale {

/// How far annotators agree, and how what they disagree about is settled.
class TestAgreementViews : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void cleanup() { close(); }

    void withOneAnnotatorThePageSaysHowToGetAnother()
    {
        makeCoded({"anna"});
        AgreementPage& page = shownPage();
        QVERIFY(page.message().contains(QStringLiteral("one annotator alone")));
        QVERIFY(page.tables().empty());
        QVERIFY(page.figures().front()->isEmpty());
    }

    void withoutSpansThePageSaysThatNobodyHasDecided()
    {
        makeProject();
        openWindow();
        QVERIFY(shownPage().message().contains(QStringLiteral("Nobody has decided")));
    }

    void figuresComeFirstAndTheirIntervalsAfterwards()
    {
        makeCoded({"anna", "bert"});
        AgreementPage& page = shownPage();
        QVERIFY(page.message().isEmpty());
        QVERIFY(page.analysis());
        const PairAgreement& pair = page.analysis()->report.pairs.at(0);
        QCOMPARE(pair.all.counts.spansA, int64_t{6});
        QCOMPARE(pair.all.counts.spansB, int64_t{4});
        QVERIFY(pair.all.figures.frameKappa.interval.has_value());
        QCOMPARE(page.overall().item(0, 1)->text(), agreementFigureText(pair.all.figures.frameKappa));
        QVERIFY(page.overall().item(0, 1)->text().contains(QLatin1Char('[')));
        QVERIFY(!page.figures().front()->isEmpty());
        QCOMPARE(page.plot().rows().front().name, AgreementPlot::tr("All classes"));
        QVERIFY(page.tables().size() >= 3);
    }

    void aFigureThatIsNotDefinedSaysWhy()
    {
        makeCoded({"anna", "bert"}, true);
        AgreementPage& page = shownPage();
        QCOMPARE(page.overall().item(1, 2)->text(), QStringLiteral("\u2013"));
        QVERIFY(page.overall().item(1, 2)->toolTip().contains(QStringLiteral("same label")));
    }

    void aRowOfThePlotLeadsToItsPairsAndAPairToItsPlace()
    {
        makeCoded({"anna", "bert"});
        AgreementPage& page = shownPage();
        page.tabs().setCurrentIndex(1);
        QTest::mouseClick(&page.plot(), Qt::LeftButton, {}, page.plot().rowRect(1).center());
        QCOMPARE(page.tabs().currentIndex(), 2);
        QCOMPARE(page.list().model()->rowCount(), 2); // of each video the one with two names
        page.list().setCurrentIndex(page.list().model()->index(0, 0));
        QTest::keyClick(&page.list(), Qt::Key_Return);
        const auto* model = qobject_cast<DisagreementModel*>(page.list().model());
        QCOMPARE(session().videoId(), model->item(0).videoId);
        QTRY_COMPARE(m_window->bench().player.frame(), model->item(0).hull().first);
    }

    void disagreementsAreSettledByKeysAlone()
    {
        makeCoded({"anna", "bert"});
        AdjudicationDialog& dialog = shownDialog();
        DisagreementModel& model = dialog.model();
        QCOMPARE(model.rowCount(), 4); // of each video one with two names and one that only anna has
        const Disagreement first = model.item(0);
        QCOMPARE(first.kind, Disagreement::Kind::Names);
        QCOMPARE(dialog.rows().rows().size(), 4U);
        const int steps = document()->undoStack()->index();

        QTest::keyClick(&dialog, Qt::Key_1);
        QCOMPARE(settled(first.videoId).size(), 1U);
        QCOMPARE(settled(first.videoId).front().span, first.a->span);
        QCOMPARE(settled(first.videoId).front().classId, first.a->label);
        QCOMPARE(document()->undoStack()->index(), steps + 1);
        QVERIFY(model.settled(0));
        QCOMPARE(dialog.current(), 1);
        QTRY_COMPARE(m_window->bench().player.frame(), model.item(1).hull().first);

        QTest::keyClick(&dialog, Qt::Key_2); // bert has nothing there
        QCOMPARE(settled(first.videoId).size(), 2U);
        QCOMPARE(settled(first.videoId).back().state, SpanState::Rejected);
        QCOMPARE(dialog.current(), 2);

        QTest::keyClick(&dialog, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(settled(first.videoId).size(), 1U);
        QVERIFY(!model.settled(1));

        dialog.select(0); // another mind: what was settled makes place
        QTest::keyClick(&dialog, Qt::Key_2);
        QCOMPARE(settled(first.videoId).size(), 1U);
        QCOMPARE(settled(first.videoId).front().span, first.b->span);
        QCOMPARE(document()->undoStack()->index(), steps + 2);
    }

    void anOwnClassGoesBetweenTheEndsOfBoth()
    {
        makeCoded({"anna", "bert"});
        AdjudicationDialog& dialog = shownDialog();
        const Disagreement first = dialog.model().item(0);
        QTest::keyClick(&dialog, Qt::Key_C);
        auto* const edit = dialog.findChild<QLineEdit*>();
        QVERIFY(edit);
        edit->setText(classText(document()->scheme(), 9));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(settled(first.videoId).size(), 1U);
        QCOMPARE(settled(first.videoId).front().classId, 9);
        QCOMPARE(settled(first.videoId).front().span, meanSpan(first));
    }

    void whatBothAgreeAboutIsTakenOverInOneStep()
    {
        makeCoded({"anna", "bert"});
        AdjudicationDialog& dialog = shownDialog();
        const int64_t video = dialog.model().item(0).videoId;
        const int steps = document()->undoStack()->index();
        QTest::keyClick(&dialog, Qt::Key_G);
        QCOMPARE(settled(video).size(), 1U);
        QCOMPARE(settled(video).front().span, (FrameSpan{11, 29})); // {10, 28} and {12, 30}
        QCOMPARE(document()->undoStack()->index(), steps + 1);
        QTest::keyClick(&dialog, Qt::Key_G); // nothing is left
        QCOMPARE(document()->undoStack()->index(), steps + 1);
    }

    void withoutTwoCodersTheDialogSaysWhatIsMissing()
    {
        makeCoded({"anna"});
        AdjudicationDialog& dialog = shownDialog();
        QVERIFY(dialog.standing().contains(QStringLiteral("one annotator alone")));
        QTest::keyClick(&dialog, Qt::Key_1); // nothing to take
        QVERIFY(settled(1).empty());
    }

    void theTeamDialogWithholdsProposalsFromNewCoders()
    {
        makeProject();
        openWindow();
        TeamDialog dialog(*document());
        dialog.addMember(QString::fromStdString(document()->annotator()), MemberRole::Owner);
        dialog.addMember(QStringLiteral("anna"), MemberRole::Annotator);
        dialog.withheld().setValue(100);
        for (int column = 0; column < dialog.coders().columnCount(); ++column)
            if (dialog.coders().horizontalHeaderItem(column)->text() == QLatin1String("anna"))
                dialog.coders().item(0, column)->setCheckState(Qt::Checked);
        dialog.accept();
        QCOMPARE(document()->withholdings(1).size(), 1U);
        QCOMPARE(document()->withholdings(1).front().percent, 100);
        QVERIFY(document()->annotations(1, "anna").empty());
    }

    void everyPartIsPaintedInLightAndDark()
    {
        makeCoded({"anna", "bert"});
        AgreementPage& page = shownPage();
        m_window->analysisPanel().resize(560, 760);
        AdjudicationDialog& dialog = shownDialog();
        QTest::keyClick(&dialog, Qt::Key_1);
        QTest::keyClick(&dialog, Qt::Key_2);
        dialog.select(0);
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            applyTheme(theme);
            const QString name
                = theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
            QTRY_VERIFY(!dialog.busy());
            takePicture(dialog, QStringLiteral("adjudication_") + name);
            for (int tab = 0; tab < page.tabs().count(); ++tab) {
                page.tabs().setCurrentIndex(tab);
                takePicture(page, QStringLiteral("agreement_%1_%2").arg(tab + 1).arg(name));
            }
        }
        applyTheme(ThemeChoice::Light);
        close();
        makeCoded({"anna"});
        takePicture(shownPage(), QStringLiteral("agreement_empty_light"));
    }

private:
    /// Saved where $TELLTALE_PICTURES says, to be looked at.
    static void takePicture(QWidget& widget, const QString& name)
    {
        QCoreApplication::processEvents();
        const QImage image = widget.grab().toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 2)
            for (int x = 0; x < image.width(); x += 2)
                colors.insert(image.pixel(x, y));
        QVERIFY2(colors.size() > 8, qPrintable(name)); // letters and marks, not an empty sheet
        if (const QString folder = qEnvironmentVariable("TELLTALE_PICTURES"); !folder.isEmpty())
            QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
    /// Two videos of a subject each. In both anna has a span that bert has too, one that he names otherwise
    /// and one that he lacks. `same`: one class and equal ends, and nobody alone.
    void makeCoded(const std::vector<std::string>& coders, bool same = false)
    {
        auto made = makeEmptyProject();
        QVERIFY(made.ok());
        Document& project = **made;
        for (const char* name : {"one", "two"}) {
            const auto id = sample::addVideo(project, m_project, name, sample::kFrames, 160, 120, name);
            QVERIFY(id.ok());
            QVERIFY(project.assign(*id, coders).ok());
            for (const std::string& coder : coders) {
                project.setAnnotator(coder);
                const bool anna = coder == "anna";
                addSpan(project, *id, anna || same ? FrameSpan{10, 28} : FrameSpan{12, 30}, 2);
                addSpan(
                    project, *id, anna || same ? FrameSpan{40, 60} : FrameSpan{44, 62}, anna || same ? 2 : 5);
                if (anna && !same)
                    addSpan(project, *id, {90, 110}, 7);
            }
        }
        made->reset();
        openWindow();
    }
    static void addSpan(Document& project, int64_t video, const FrameSpan& span, int classId)
    {
        Annotation one;
        one.videoId = video;
        one.span = span;
        one.classId = classId;
        QVERIFY(project.addAnnotation(one).ok());
    }
    AgreementPage& shownPage()
    {
        m_window->showPanel("statistics");
        AnalysisPanel& panel = m_window->analysisPanel();
        auto* const page = panel.page<AgreementPage>();
        panel.showPage(page);
        panel.refreshNow();
        [&] { QTRY_VERIFY(!page->busy()); }();
        return *page;
    }
    AdjudicationDialog& shownDialog()
    {
        m_window->actions().action("adjudicate")->trigger();
        auto* const dialog = m_window->findChild<AdjudicationDialog*>();
        [&] {
            QTRY_VERIFY(!dialog->busy());
            QVERIFY(QTest::qWaitForWindowActive(dialog));
        }();
        return *dialog;
    }
    std::vector<Annotation> settled(int64_t video)
    {
        auto spans = document()->annotations(video, std::string(kAdjudicatedLayer));
        std::ranges::sort(spans, {}, &Annotation::id);
        return spans;
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestAgreementViews)
#include "test_agreementviews.moc"
