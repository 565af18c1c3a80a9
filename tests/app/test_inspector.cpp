// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/candidatebutton.h"
#include "app/gui/inspector/birthpage.h"
#include "app/gui/inspector/classcard.h"
#include "app/gui/inspector/classpage.h"
#include "app/gui/inspector/inspectorpanel.h"
#include "app/gui/inspector/spanedittext.h"
#include "app/gui/inspector/spanhistorypage.h"
#include "app/gui/messagebar.h"
#include "app/gui/schemedialog.h"
#include "sampletrack.h"
#include "windowtest.h"
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QUndoStack>

namespace telltale {
namespace {

constexpr int kNeck = 5;
constexpr const char* kBirth
    = R"({"method":"leave-one-out consensus","recipe":"usual","model":"demo 01234567",
 "digest":"0123456789abcdef","accepted":true,"label":5,"score":0.7,"round":2,"adapted":"transductive",
 "votes":{"joint":{"class":5,"probability":0.9},"heatmap":{"class":5,"probability":0.75},
 "rgb":{"class":1,"probability":0.5}},"weights":{"joint":0.6,"heatmap":0.25,"rgb":0.15},
 "thresholds":{"probability":0.6,"agreeing":2},"raw":{"joint":{"class":5,"logit":4.5}}})";

/// Somebody who stands still.
PoseTrack standing(int frames)
{
    return sample::poseTrack(frames, 1, [](int64_t, int, int point) {
        return PosePoint{
            60.0F + static_cast<float>(point % 8) * 4, 40.0F + static_cast<float>(point) / 2, 0.9F};
    });
}

} // namespace

/// What the inspector tells of a span, in the real window.
class TestInspector : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    /// Three people in a video each; in each a span of the neck class, and one of another in the first.
    void init()
    {
        auto made = makeEmptyProject();
        QVERIFY(made);
        const int classes = (*made)->scheme().classCount();
        int number = 0;
        for (const char* subject : {"anna", "bert", "carl"}) {
            const auto video = sample::addVideo(
                **made, m_project, std::string("v-") + subject, sample::kFrames, 160, 120, subject);
            QVERIFY(video);
            const std::string track = std::string("tracks/") + subject + ".npz";
            std::filesystem::create_directories(m_project / "tracks");
            QVERIFY(writeTrack(m_project / track, standing(sample::kFrames)));
            QVERIFY((*made)->setTrack(*video, track).ok());
            std::vector<Prediction> found{sample::prediction(*video, {20, 60}, kNeck, 0.9F, classes),
                sample::prediction(*video, {80, 100}, 2, 0.8F, classes)};
            // Against anna's (1, 0): bert's cosine is 0, carl's 0.8.
            const std::vector<std::vector<float>> seen{{1, 0}, {0, 1}, {4, 3}};
            for (Prediction& one : found)
                for (auto& [modality, scores] : one.modalities)
                    scores.embedding = seen[static_cast<size_t>(number)];
            found[0].birth = kBirth;
            found[0].pseudoLabel = true;
            QVERIFY(sample::importPredictions(
                **made, m_project, *video, std::vector<float>(sample::kFrames, 0.5F), found)
                        .ok());
            ++number;
        }
        made->reset();
        openWindow();
        selectAt("v-anna", 20);
    }
    void cleanup() { close(); }

    void theBirthIsToldInWordsAndASmallTable()
    {
        panel().showTab(InspectorPanel::Birth);
        const QString words = panel().findChild<QLabel*>(QStringLiteral("birth"))->text();
        QVERIFY2(words.contains(QStringLiteral("round 2")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("Heatmap, Skeleton (2 of 3)")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("Transductive")), qPrintable(words));
        auto* votes = panel().findChild<QTableWidget*>(QStringLiteral("votes"));
        QCOMPARE(votes->rowCount(), 3); // heatmap, joint, rgb
        QCOMPARE(votes->item(1, 0)->text(), QStringLiteral("Skeleton"));
        QCOMPARE(votes->item(1, 1)->text(), classText(document()->scheme(), kNeck));
        QCOMPARE(votes->item(1, 2)->text(), QLocale().toString(4.5, 'f', 2));
        QCOMPARE(votes->item(1, 3)->text(), percentText(0.9));
        QVERIFY(votes->item(0, 2)->text().isEmpty()); // no raw number was kept
        QVERIFY(votes->item(1, 4)->text() != votes->item(2, 4)->text());
        const QString text = panel().birth().asText();
        QVERIFY2(text.contains(QStringLiteral("demo 0123456789ab\n")), qPrintable(text)); // once, and short
        QVERIFY(!text.contains(QStringLiteral("0123456789abc")));
        QVERIFY2(!text.contains(QLatin1Char('{')), qPrintable(text));
        panel().birth().copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    void changesByPeopleStandBesideTheBirth()
    {
        panel().showTab(InspectorPanel::Birth);
        QVERIFY(document()->relabel(review().selected(), 1).ok());
        QVERIFY(document()->setSpan(review().selected(), {22, 60}).ok());
        const QString words = panel().findChild<QLabel*>(QStringLiteral("birth"))->text();
        QVERIFY2(words.contains(QStringLiteral("renamed")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("frames 20 to 59 when it was proposed, 22 to 59")),
            qPrintable(words));
    }

    void aSpanByHandHasNoModelBehindIt()
    {
        Annotation span;
        span.videoId = session().videoId();
        span.span = {5, 15};
        span.classId = 3;
        const auto id = document()->addAnnotation(span);
        QVERIFY(id);
        review().select(*id, false);
        panel().showTab(InspectorPanel::Birth);
        const QString words = panel().findChild<QLabel*>(QStringLiteral("birth"))->text();
        QVERIFY2(words.contains(QStringLiteral("Made by hand")), qPrintable(words));
        QVERIFY(!panel().findChild<QTableWidget*>(QStringLiteral("votes"))->isVisible());
    }

    void importsAreToldApart()
    {
        Annotation span;
        span.origin = SpanOrigin::Import;
        const LabelScheme& scheme = document()->scheme();
        QVERIFY(birthText(span, nullptr, nullptr, scheme)
                    .sentences.join(QString())
                    .contains(QStringLiteral("Imported")));
        Prediction foreign;
        foreign.birth = R"({"source":"import","file":"their.json","score":0.5})";
        span.origin = SpanOrigin::Model;
        const BirthText told = birthText(span, &foreign, nullptr, scheme);
        QVERIFY(told.sentences.join(QString()).contains(QStringLiteral("their.json")));
        foreign.birth = "[";
        QVERIFY(birthText(span, &foreign, nullptr, scheme)
                    .sentences.join(QString())
                    .contains(QStringLiteral("no record")));
    }

    void theHistoryOfTheSpanIsReadNewestFirstAndAClickDoesNothing()
    {
        const int64_t id = review().selected();
        QVERIFY(document()->relabel(id, 7).ok());
        QVERIFY(document()->setSpan(id, {18, 63}).ok());
        QVERIFY(document()->setState(id, SpanState::Flagged).ok());
        panel().showTab(InspectorPanel::History);
        QTableWidget& list = panel().history().list();
        QTRY_COMPARE(list.rowCount(), 4);
        QCOMPARE(list.item(0, 2)->text(), QStringLiteral("Flagged"));
        QCOMPARE(list.item(1, 2)->text(),
            QStringLiteral("Start moved 2 frame(s) earlier; end moved 3 frame(s) later"));
        QVERIFY(list.item(2, 2)->text().contains(classText(document()->scheme(), 7)));
        QVERIFY(list.item(3, 2)->text().startsWith(QStringLiteral("Proposed by a model")));
        QCOMPARE(list.item(0, 1)->text(), QString::fromStdString(document()->annotator()));
        const int steps = document()->undoStack()->index();
        const QRect row = list.visualItemRect(list.item(1, 2));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, row.center());
        QTest::mouseDClick(list.viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(document()->undoStack()->index(), steps);
        QCOMPARE(document()->annotation(id)->span, (FrameSpan{18, 63}));
        document()->undoStack()->undo();
        QTRY_COMPARE(list.rowCount(), 5);
        QVERIFY(list.item(0, 2)->text().startsWith(QStringLiteral("Undone")));
    }

    /// Candidates leave a retired class out; nobody's opinion has changed by that.
    void aRetiredClassIsNoNewWordOfTheModels()
    {
        panel().showTab(InspectorPanel::Scores);
        const auto saysNow = [this] {
            const auto labels = panel().findChildren<QLabel*>();
            return std::ranges::any_of(labels, [](const QLabel* label) {
                return label->text() == QLatin1String("Now") && label->isVisible();
            });
        };
        QVERIFY(!saysNow());
        LabelScheme scheme = document()->scheme();
        scheme.classes[kNeck].retired = true;
        QVERIFY(document()->setScheme(scheme).ok());
        QVERIFY(!saysNow());
    }

    void stepsHaveSentences()
    {
        const LabelScheme& scheme = document()->scheme();
        SpanEdit edit;
        edit.kind = "do";
        edit.command = "merge";
        edit.others = 2;
        Annotation span;
        span.classId = 1;
        span.span = {10, 20};
        edit.before = span;
        span.span.last = 40;
        edit.after = span;
        QCOMPARE(
            spanEditText(edit, scheme), QStringLiteral("Merged with 2 span(s); end moved 20 frame(s) later"));
        edit.after.reset();
        QCOMPARE(spanEditText(edit, scheme), QStringLiteral("Merged into another span"));
        edit.command = "remove_annotation";
        QCOMPARE(spanEditText(edit, scheme), QStringLiteral("Removed"));
        std::swap(edit.before, edit.after);
        edit.kind = "undo";
        QCOMPARE(spanEditText(edit, scheme), QStringLiteral("Undone: The span is there again"));
        edit.kind = "do";
        edit.command = "split";
        QVERIFY(spanEditText(edit, scheme).startsWith(QStringLiteral("Split off")));
    }

    void theCardTellsWhatTheClassIsAndWhenItStartsAndEnds()
    {
        press(Qt::Key_C, Qt::ShiftModifier);
        QCOMPARE(panel().tab(), InspectorPanel::Class);
        const LabelClass& neck = document()->scheme().classes[kNeck];
        const QString card = panel().classPage().card();
        for (const std::string& told : {neck.name, neck.description, neck.starts, neck.ends})
            QVERIFY2(card.contains(QString::fromStdString(told).toHtmlEscaped()), qPrintable(card));
        QVERIFY(card.contains(QStringLiteral("Body and hand")));
        press(Qt::Key_C, Qt::ShiftModifier); // the first candidate is the class itself
        press(Qt::Key_C, Qt::ShiftModifier);
        QCOMPARE(panel().classPage().classId(), kNeck + 1);
        QVERIFY(panel().classPage().card().contains(classLongText(document()->scheme(), kNeck + 1)));
        press(Qt::Key_C, Qt::ShiftModifier);
        press(Qt::Key_C, Qt::ShiftModifier);
        QCOMPARE(panel().classPage().classId(), kNeck);
    }

    void candidatesTellTheirDefinitionsToThePointer()
    {
        const auto buttons = m_window->findChildren<CandidateButton*>();
        QCOMPARE(buttons.size(), 3);
        const LabelClass& second = document()->scheme().classes[kNeck + 1];
        QVERIFY(buttons[1]->toolTip().contains(QString::fromStdString(second.description)));
        QVERIFY(buttons[1]->toolTip().contains(QString::fromStdString(second.starts)));
    }

    void aSchemeWithoutRulesSaysWhereToWriteThem()
    {
        LabelScheme scheme = document()->scheme();
        scheme.classes[kNeck].starts.clear();
        scheme.classes[kNeck].ends.clear();
        scheme.classes[kNeck].name = "a < b & c";
        const QString card = classCard(scheme, kNeck);
        QVERIFY(card.contains(QStringLiteral("Label scheme")));
        QVERIFY(card.contains(QStringLiteral("a &lt; b &amp; c")));
        QVERIFY(classCard(scheme, -1).isEmpty());
        QCOMPARE(familyText("tail"), QStringLiteral("tail"));
    }

    void theSchemesRulesAreWrittenInItsDialog()
    {
        m_window->actions().action("scheme")->trigger();
        auto* dialog = m_window->findChild<SchemeDialog*>();
        QVERIFY(dialog);
        dialog->table().setCurrentCell(3, 0);
        for (QPlainTextEdit* edit : dialog->findChildren<QPlainTextEdit*>()) {
            if (edit->accessibleName() == QLatin1String("When it starts"))
                edit->setPlainText(QStringLiteral("At once."));
            if (edit->accessibleName() == QLatin1String("When it ends")) {
                QCOMPARE(edit->toPlainText().toStdString(), document()->scheme().classes[3].ends);
                edit->clear();
            }
        }
        dialog->accept();
        QCOMPARE(document()->scheme().classes[3].starts, std::string("At once."));
        QCOMPARE(document()->scheme().classes[3].ends, std::string());
    }

    void withoutConfirmedExamplesItSaysWhy()
    {
        showClassPage();
        QTRY_VERIFY(panel().classPage().explanation().contains(QStringLiteral("Nobody has confirmed")));
        Annotation span = *review().selectedSpan();
        Annotation own;
        own.videoId = span.videoId;
        own.span = {100, 110};
        own.classId = kNeck;
        QVERIFY(document()->addAnnotation(own));
        QTRY_VERIFY(panel().classPage().explanation().contains(QStringLiteral("same person")));
        QVERIFY(!panel().classPage().tiles().front()->isVisible());
    }

    void confirmedExamplesOfOthersPlayInStepNearestFirst()
    {
        confirm("v-bert");
        confirm("v-carl");
        showClassPage();
        ClassPage& page = panel().classPage();
        QTRY_COMPARE(page.finder().examples().size(), size_t(2));
        QVERIFY2(page.explanation().contains(QStringLiteral("embeddings")), qPrintable(page.explanation()));
        QCOMPARE(page.finder().examples()[0].id, spanAt("v-carl", 20));
        QVERIFY(std::abs(page.finder().examples()[0].similarity - 0.8) < 1e-6);
        QTRY_VERIFY(page.tiles()[0]->loop() && page.tiles()[1]->loop() && page.tiles()[2]->loop());
        QVERIFY(page.tiles()[1]->accessibleName().contains(QStringLiteral("carl")));
        QVERIFY(!page.tiles()[3]->isVisible());
        for (int i = 0; i < 3; ++i) {
            const Loop& loop = *page.tiles()[static_cast<size_t>(i)]->loop();
            QCOMPARE(static_cast<int>(loop.pictures.size()), kMostLoopPictures);
            QVERIFY(loop.hasPicture && loop.hasSkeleton);
            QCOMPARE(loop.length.count(), 1600); // 40 frames at 25 a second
        }
        QCOMPARE(page.loops().bytes(), int64_t{3} * kMostLoopPictures * 200 * 150 * 4);
        // While the span plays, every tile is where it is: half through.
        m_window->bench().player.seek(40);
        m_window->bench().player.play(1);
        QTRY_VERIFY(page.tiles()[0]->shownPicture() >= kMostLoopPictures / 2);
        m_window->bench().player.stop();
        QCOMPARE(page.tiles()[1]->shownPicture(), page.tiles()[0]->shownPicture());
        QCOMPARE(page.tiles()[2]->shownPicture(), page.tiles()[0]->shownPicture());
    }

    void withThePersonsPictureHiddenOnlySkeletonsPlay()
    {
        confirm("v-carl");
        showClassPage();
        ClassPage& page = panel().classPage();
        QTRY_VERIFY(page.tiles()[1]->loop());
        QVERIFY(page.tiles()[1]->loop()->hasPicture);
        m_window->toggleOverlay(&OverlayOptions::picture);
        QTRY_VERIFY(page.tiles()[1]->loop() && !page.tiles()[1]->loop()->hasPicture);
        const Loop& loop = *page.tiles()[1]->loop();
        QVERIFY(loop.hasSkeleton);
        // The first pixel is the ground: nothing of the video (grey all over) is left.
        QCOMPARE(loop.pictures.front().pixel(0, 0), qRgb(0x16, 0x18, 0x1c));
    }

    void whatNobodySeesTakesNoMemory()
    {
        confirm("v-carl");
        showClassPage();
        QTRY_VERIFY(panel().classPage().loops().bytes() > 0);
        panel().showTab(InspectorPanel::Scores);
        QCOMPARE(panel().classPage().loops().bytes(), 0);
    }

    void withoutEmbeddingsItSaysHowItCompared()
    {
        Annotation first;
        first.videoId = document()->videoByName("v-carl")->id;
        first.span = {100, 118};
        first.classId = 3;
        QVERIFY(document()->addAnnotation(first));
        first.videoId = document()->videoByName("v-anna")->id;
        const auto mine = document()->addAnnotation(first);
        QVERIFY(mine);
        review().select(*mine, true);
        showClassPage();
        QTRY_COMPARE(panel().classPage().finder().examples().size(), size_t(1));
        QVERIFY(panel().classPage().explanation().contains(QStringLiteral("length")));
    }

    void aLoopIsMadeAnewWhenItsPosesAreCorrected()
    {
        const int64_t id = review().selected();
        LoopFeed feed(session());
        feed.load({id}, {160, 120}, false);
        QTRY_VERIFY(feed.loop(id));
        const QImage before = feed.loop(id)->pictures.front();
        PoseCorrection moved;
        for (moved.frame = 20; moved.frame < 60; ++moved.frame) {
            moved.points = {{0, 20, 20, 1}};
            QVERIFY(document()->correctPoses(session().videoId(), {moved}).ok());
        }
        QTRY_VERIFY(feed.loop(id) && feed.loop(id)->pictures.front() != before);
        QTRY_VERIFY(!feed.working());
    }

    void aLoopShowsTheMiddlesOfEqualParts()
    {
        QCOMPARE(loopFrames({10, 20}, 2), (std::vector<int64_t>{12, 17}));
        QCOMPARE(loopFrames({10, 13}, 16), (std::vector<int64_t>{10, 11, 12}));
        QVERIFY(loopFrames({10, 10}, 16).empty());
        QCOMPARE(loopFrames({0, 1000000}, 16).size(), size_t(16));
    }

    void aLoopShowsThePersonInsideThePicture()
    {
        std::vector<PosePoint> person(kPointCount);
        person[0] = {300, 200, 1};
        person[1] = {400, 300, 1};
        const QSize picture(1280, 720);
        const QSize shape(160, 90);
        const QRect region = loopRegion({person, {}}, picture, shape);
        QVERIFY(QRect(QPoint(), picture).contains(region));
        QVERIFY(region.contains(QRect(300, 200, 100, 100)));
        QVERIFY(region.width() < 640);
        QVERIFY(std::abs(region.width() / double(region.height()) - 16 / 9.0) < 0.05);
        person[1] = {400, 2000, 1}; // taller than the picture: the upper part
        QCOMPARE(loopRegion({person}, {640, 480}, shape).top(), 0);
        const QRect nobody = loopRegion({{}}, picture, shape);
        QCOMPARE(nobody, QRect(QPoint(), picture));
        person[0] = {-50, -40, 1}; // outside: the region stays inside
        QVERIFY(QRect(QPoint(), picture).contains(loopRegion({person}, picture, shape)));
        QVERIFY(QRect(0, 0, 90, 160).contains(loopRegion({person}, {90, 160}, shape)));
    }

private:
    InspectorPanel& panel() { return *m_window->findChild<InspectorPanel*>(); }
    int64_t spanAt(const char* video, int64_t first)
    {
        for (const Annotation& span : document()->annotations(document()->videoByName(video)->id))
            if (span.span.first == first)
                return span.id;
        return 0;
    }
    void selectAt(const char* video, int64_t first)
    {
        m_window->showPanel("inspector");
        review().select(spanAt(video, first), true);
        QVERIFY(review().selectedSpan());
    }
    void confirm(const char* video)
    {
        QVERIFY(document()->setState(spanAt(video, 20), SpanState::Accepted).ok());
    }
    void showClassPage() { panel().showTab(InspectorPanel::Class); }
};

} // namespace telltale

QTEST_MAIN(telltale::TestInspector)
#include "test_inspector.moc"
