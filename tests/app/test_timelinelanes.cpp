// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Which lanes the timeline has for a video, and how they follow edits.
#include "app/gui/lanes/lanechoices.h"
#include "app/gui/lanes/modelcurves.h"
#include "app/gui/lanes/otherlayers.h"
#include "app/gui/lanes/personlanes.h"
#include "app/gui/messagebar.h"
#include "app/gui/reviewmarks.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>
#include <algorithm>

namespace telltale {

namespace {

TimelineSpan plain(const Annotation& span)
{
    TimelineSpan shown;
    shown.id = span.id;
    shown.span = span.span;
    return shown;
}

QStringList titlesOf(const std::vector<TimelineLane>& lanes)
{
    QStringList titles;
    for (const TimelineLane& lane : lanes)
        titles.append(lane.title);
    return titles;
}

Annotation spanOf(int64_t video, int person, const FrameSpan& span)
{
    Annotation made;
    made.videoId = video;
    made.person = person;
    made.span = span;
    made.classId = 3;
    return made;
}

} // namespace

class TestTimelineLanes : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { makeProject(); }
    void cleanup() { close(); }

    void onePersonHasTheTwoLanesWithoutAName()
    {
        auto document = Document::open(m_project);
        QVERIFY(document);
        const int64_t video = (*document)->videos().front().id;
        const auto lanes = personLanes(**document, video, plain);
        QCOMPARE(titlesOf(lanes), QStringList({QStringLiteral("Annotations"), QStringLiteral("Proposals")}));
        QVERIFY(lanes[0].spans.empty() && !lanes[0].note.isEmpty());
        QCOMPARE(lanes[1].spans.size(), size_t(4));
        QVERIFY(otherLayerLanes(**document, video, plain).empty());
    }

    void twoPersonsHaveLanesOfTheirOwnUnderTheirNames()
    {
        auto opened = Document::open(m_project);
        QVERIFY(opened);
        Document& document = **opened;
        const int64_t video = document.videos().front().id;
        QVERIFY(document.addAnnotation(spanOf(video, 1, {5, 9})));
        Person anna;
        anna.videoId = video;
        anna.number = 1;
        anna.name = "Anna";
        QVERIFY(document.setPerson(anna).ok());
        auto lanes = personLanes(document, video, plain);
        QCOMPARE(titlesOf(lanes),
            QStringList({QStringLiteral("Person 1: annotations"), QStringLiteral("Person 1: proposals"),
                QStringLiteral("Anna: annotations")}));
        QCOMPARE(lanes[2].spans.size(), size_t(1));
        QCOMPARE(lanes[2].key, upperLaneKey(1));
        QCOMPARE(lanes[1].spans.size(), size_t(4));
        for (const Annotation& span : document.annotations(video))
            if (span.person == 1)
                QVERIFY(document.removeAnnotation(span.id).ok());
        lanes = personLanes(document, video, plain);
        QCOMPARE(lanes.size(), size_t(2)); // a person with a name but without a span has no lane
    }

    void otherCodersLayersAreLanesToLookAt()
    {
        auto opened = Document::open(m_project);
        QVERIFY(opened);
        Document& document = **opened;
        const int64_t video = document.videos().front().id;
        std::vector<Annotation> spans;
        for (const char* layer : {"bert", "carla", "carla"}) {
            spans.push_back(spanOf(video, 0, {10 + 5 * static_cast<int64_t>(spans.size()), 13}));
            spans.back().span.last = spans.back().span.first + 3;
            spans.back().layer = layer;
            spans.back().annotator = layer;
        }
        QVERIFY(document.addAnnotations(spans, QStringLiteral("test")).ok());
        const auto lanes = otherLayerLanes(document, video, plain);
        QCOMPARE(titlesOf(lanes), QStringList({QStringLiteral("bert"), QStringLiteral("carla")}));
        QCOMPARE(lanes[0].spans.size(), size_t(1));
        QCOMPARE(lanes[1].spans.size(), size_t(2));
        QVERIFY(!lanes[0].editable && !lanes[1].editable);
        QCOMPARE(personLanes(document, video, plain)[0].spans.size(), size_t(0)); // not among one's own
    }

    void curvesAreTheHighestOfTheSpansOfAPerson()
    {
        Prediction one;
        one.person = 1;
        one.span = {2, 5};
        one.fused = {0.25F, 0.5F};
        one.modalities["joint"].probabilities = {1, 0};
        one.modalities["rgb"].probabilities = {0, 1};
        one.modalities["heatmap"] = {}; // it did not vote
        Prediction other = one;
        other.person = 0;
        other.span = {4, 30};
        other.modalities["rgb"].probabilities = {1, 0};
        const auto curves = curvesOf({voteOf(one), voteOf(other)}, 8);
        QCOMPARE(curves.size(), size_t(2));
        QCOMPARE(curves.at(1).at("fused"), (std::vector<float>{0, 0, 0.5F, 0.5F, 0.5F, 0, 0, 0}));
        QCOMPARE(curves.at(0).at("joint"), (std::vector<float>{0, 0, 0, 0, 1, 1, 1, 1}));
        QCOMPARE(curves.at(1).at("disagreement")[3], 1.0F); // each sure of another class
        QCOMPARE(curves.at(0).at("disagreement")[5], 0.0F);
        QVERIFY(!curves.at(0).contains("heatmap"));
    }

    void theModelsLanesAreReadFromThePredictions()
    {
        openWindow();
        QTRY_VERIFY(timeline().laneOf(QStringLiteral("curve:fused")) >= 0);
        QVERIFY(timeline().laneOf(QStringLiteral("curve:joint")) >= 0);
        QVERIFY(timeline().laneOf(QStringLiteral("curve:rgb")) >= 0);
        QTRY_VERIFY(timeline().laneOf(QStringLiteral("curve:detector")) >= 0); // from the run's file
        QCOMPARE(
            timeline().laneOf(QStringLiteral("curve:disagreement")), -1); // all say the same: nothing in it
        QCOMPARE(timeline().laneOf(QStringLiteral("curve:motion")), -1);
        const TimelineSpan& proposal = timeline().lanes()[1].spans[0];
        QCOMPARE(proposal.origin, TimelineOrigin::Model);
        // The detector says 0.5 everywhere: ten frames to the start of the video, half of the span at the
        // end.
        QCOMPARE(proposal.startSpread, 5.0);
        QCOMPARE(proposal.endSpread, 10.0);
    }

    void editsMoveSingleSpansAndTheResultIsThatOfMakingAllAnew()
    {
        openWindow();
        m_window->setTimelineLanes(false, false); // pictures come when they are ready
        settle();
        const auto check = [this] {
            const QImage followed = timeline().grab().toImage();
            const std::vector<TimelineLane> lanes = timeline().lanes();
            for (const char* key : {"annotations:0", "proposals:0"}) {
                const int lane = timeline().laneOf(QLatin1String(key));
                QVERIFY(lane >= 0);
                std::vector<int64_t> shown;
                for (const TimelineSpan& span : lanes[static_cast<size_t>(lane)].spans)
                    shown.push_back(span.id);
                std::vector<int64_t> wanted;
                for (const Annotation& span : document()->annotations(video()))
                    if (laneKeyOf(span) == QLatin1String(key))
                        wanted.push_back(span.id);
                std::sort(shown.begin(), shown.end());
                std::sort(wanted.begin(), wanted.end());
                QCOMPARE(shown, wanted);
            }
            emit session().curvesChanged(); // makes all lanes anew
            const QImage anew = timeline().grab().toImage();
            QVERIFY(anew == followed);
        };
        const std::vector<Annotation> spans = document()->annotations(video());
        QVERIFY(document()->setState(spans[0].id, SpanState::Accepted).ok());
        check();
        QVERIFY(document()->relabel(spans[1].id, 11).ok());
        check();
        QVERIFY(document()->setSpan(spans[2].id, {61, 83}).ok());
        check();
        QVERIFY(document()->addAnnotation(spanOf(video(), 0, {70, 75})));
        check();
        QVERIFY(document()->removeAnnotation(spans[3].id).ok());
        check();
        QVERIFY(document()->markReviewed(video(), {0, 50}).ok());
        check();
        document()->undoStack()->undo();
        document()->undoStack()->undo();
        document()->undoStack()->undo();
        check();
        review().markIn();
        QCOMPARE(timeline().lanes()[0].spans.size(), size_t(4)); // three were decided on
        review().clearDraft();
        check();
    }

    void aSecondPersonBringsLanesAndTheLastSpanTakesThemAway()
    {
        openWindow();
        settle();
        QVERIFY(document()->addAnnotation(spanOf(video(), 1, {70, 75})));
        const int lane = timeline().laneOf(upperLaneKey(1));
        QVERIFY(lane > 0);
        QCOMPARE(
            timeline().lanes()[static_cast<size_t>(lane)].title, QStringLiteral("Person 2: annotations"));
        Person bea;
        bea.videoId = video();
        bea.number = 1;
        bea.name = "Bea";
        QVERIFY(document()->setPerson(bea).ok());
        QCOMPARE(timeline().lanes()[static_cast<size_t>(lane)].title, QStringLiteral("Bea: annotations"));
        const int64_t id = timeline().lanes()[static_cast<size_t>(lane)].spans[0].id;
        QVERIFY(document()->removeAnnotation(id).ok());
        QCOMPARE(timeline().laneOf(upperLaneKey(1)), -1);
        QCOMPARE(timeline().lanes()[0].title, QStringLiteral("Annotations"));
    }

    void anotherCodersEditIsSeen()
    {
        openWindow();
        settle();
        Annotation span = spanOf(video(), 0, {20, 30});
        span.layer = "bert";
        span.annotator = "bert";
        QVERIFY(document()->addAnnotations({span}, QStringLiteral("test")).ok());
        QVERIFY(timeline().laneOf(QStringLiteral("layer:bert")) > 0);
        span.span = {40, 50};
        QVERIFY(document()->addAnnotations({span}, QStringLiteral("test")).ok());
        const auto lane = static_cast<size_t>(timeline().laneOf(QStringLiteral("layer:bert")));
        QCOMPARE(timeline().lanes()[lane].spans.size(), size_t(2));
    }

    void proposalsTakeTheOpacityOfNewerHeadsAtOnce()
    {
        openWindow();
        settle();
        const Annotation first = document()->annotations(video())[0];
        QVERIFY(std::abs(spanById(first.id).score - 0.9) < 1e-3);
        std::vector<float> newer(static_cast<size_t>(document()->scheme().classCount()), 0.0F);
        newer[2] = 0.375F;
        review().setRescored({{first.predictionId, newer}});
        QCOMPARE(spanById(first.id).score, 0.375);
        review().setRescored({});
        QVERIFY(std::abs(spanById(first.id).score - 0.9) < 1e-3);
    }

    void lanesAreHiddenAndCollapsedByTheMenu()
    {
        openWindow();
        settle();
        const double full = timeline().laneRect(timeline().laneOf(QStringLiteral("curve:joint"))).height();
        auto* menu = m_window->findChild<QMenu*>(QStringLiteral("timelineMenu"));
        QVERIFY(menu);
        QMenu* lanes = nullptr;
        for (QAction* action : menu->actions())
            if (action->menu())
                lanes = action->menu();
        QVERIFY(lanes);
        const auto action = [lanes](const QString& text) -> QAction* {
            emit lanes->aboutToShow();
            for (QAction* each : lanes->actions())
                if (each->text().remove(QLatin1Char('&')) == text)
                    return each;
            return nullptr;
        };
        QAction* skeleton = action(QStringLiteral("Skeleton"));
        QVERIFY(skeleton && skeleton->isChecked());
        skeleton->trigger();
        QCOMPARE(timeline().laneOf(QStringLiteral("curve:joint")), -1);
        QVERIFY(!action(QStringLiteral("Skeleton"))->isChecked()); // it can be brought back
        action(QStringLiteral("Skeleton"))->trigger();
        const int joint = timeline().laneOf(QStringLiteral("curve:joint"));
        QVERIFY(joint >= 0);
        timeline().selectLane(joint - timeline().spanLane()); // from that of the selected span
        QCOMPARE(timeline().currentLane(), joint);
        QAction* slim = action(QStringLiteral("Collapse \"Skeleton\""));
        QVERIFY(slim);
        slim->trigger();
        QVERIFY(timeline().laneRect(joint).height() < full);
        // An edit in a hidden lane does not bring it back.
        action(QStringLiteral("Proposals"))->trigger();
        QCOMPARE(timeline().laneOf(proposalsLaneKey(0)), -1);
        const Annotation first = document()->annotations(video())[0];
        QVERIFY(document()->setSpan(first.id, {12, 31}).ok()); // corrected: it is on the upper lane now
        QCOMPARE(spanById(first.id).span, (FrameSpan{12, 31}));
        document()->undoStack()->undo();
        QCOMPARE(timeline().laneOf(proposalsLaneKey(0)), -1);
        QCOMPARE(spanById(first.id).id, int64_t{0});
        QAction* all = action(QStringLiteral("Show all lanes in full"));
        QVERIFY(all && all->isEnabled());
        all->trigger();
        QCOMPARE(timeline().laneRect(timeline().laneOf(QStringLiteral("curve:joint"))).height(), full);
        QVERIFY(timeline().laneOf(proposalsLaneKey(0)) >= 0);
        QCOMPARE(spanById(first.id).span, (FrameSpan{10, 30}));
    }

private:
    TimelineView& timeline() { return m_window->timeline(); }
    int64_t video() { return session().videoId(); }
    void settle()
    {
        QTRY_VERIFY(timeline().laneOf(QStringLiteral("curve:fused")) >= 0
            && timeline().laneOf(QStringLiteral("curve:detector")) >= 0);
    }
    TimelineSpan spanById(int64_t id)
    {
        for (const TimelineLane& lane : timeline().lanes())
            for (const TimelineSpan& span : lane.spans)
                if (span.id == id)
                    return span;
        return {};
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestTimelineLanes)
#include "test_timelinelanes.moc"
