// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classpicker.h"
#include "app/gui/lanes/personlanes.h"
#include "app/gui/messagebar.h"
#include "keysproject.h"
#include "sampletrack.h"
#include "windowtest.h"
#include <QLineEdit>
#include <QStatusBar>
#include <QUndoStack>
#include <cstdlib>

namespace telltale {
namespace {

constexpr FrameSpan kMoving{29, 41}; ///< when the hand moves

/// A person who sits still, but for a wrist that goes aside for half a second.
PoseTrack movingHand(int frames)
{
    constexpr int kWrist = 9;
    constexpr float kStep = 6; // pixels a frame; the shoulders are 5 apart
    return sample::poseTrack(frames, 1, [](int64_t frame, int, int point) {
        const auto moved = static_cast<float>(std::clamp(frame, kMoving.first, kMoving.last) - kMoving.first);
        const auto x = static_cast<float>(20 + (point % 9) * 5) + (point == kWrist ? moved * kStep : 0);
        return PosePoint{x, static_cast<float>(15 + (point / 9) * 11), 0.75F};
    });
}

} // namespace

/// Boundaries that snap to the movement of a person, one key each.
class TestSpanKeys : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        makeFolder();
        const std::vector<sample::Deed> deeds(3, sample::Deed::Accept);
        QVERIFY(sample::makeKeysProject(m_project, deeds).ok());
        std::filesystem::create_directories(m_project / "tracks");
        QVERIFY(writeTrack(m_project / "tracks" / "t.npz", movingHand(sample::kSpacing * 5)));
        {
            auto document = Document::open(m_project);
            QVERIFY(document);
            QVERIFY((*document)->setTrack(1, "tracks/t.npz"));
        }
        openWindow();
        QTRY_VERIFY(session().track());
        press(Qt::Key_Tab);
        m_span = review().selected();
        QCOMPARE(span(), sample::trueSpan(1));
    }
    void aMarkedSpanTakesTheKeysBeforeTheSelectedOne()
    {
        const Annotation before = *review().selectedSpan();
        const auto unchanged = [this, &before] { return *document()->annotation(before.id) == before; };
        const FrameSpan place{66, 69};
        review().setDraft(place);
        for (const Qt::Key each : {Qt::Key_1, Qt::Key_2, Qt::Key_X, Qt::Key_S, Qt::Key_F}) {
            press(each);
            QVERIFY(unchanged());
            QCOMPARE(*review().draft(), place);
            QVERIFY(m_window->messages().isVisible());
            m_window->messages().hide();
        }
        press(Qt::Key_C);
        auto* picker = m_window->findChild<ClassPicker*>();
        QVERIFY(picker && picker->isVisible());
        auto* edit = picker->findChild<QLineEdit*>();
        QTest::keyClicks(edit, QStringLiteral("je")); // "Playing with jewelry", the last but one
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(unchanged());
        QVERIFY(!review().draft());
        QCOMPARE(review().selectedSpan()->span, place);
        QCOMPARE(review().selectedSpan()->classId, 15);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        review().setDraft({70, 73});
        press(Qt::Key_A); // of the class that was used last
        QVERIFY(unchanged());
        QCOMPARE(review().selectedSpan()->span, (FrameSpan{70, 73}));
        QCOMPARE(review().selectedSpan()->classId, 15);
    }

    void newSpansAreOfThePersonWhoseLaneIsChosen()
    {
        Annotation other;
        other.videoId = session().videoId();
        other.person = 1;
        other.span = {0, 3};
        other.state = SpanState::Accepted;
        other.origin = SpanOrigin::Human;
        QVERIFY(document()->addAnnotation(other));
        const auto personOfNew = [this](const FrameSpan& place) {
            review().setDraft(place);
            review().createSpan(2);
            return review().selectedSpan()->person;
        };
        QCOMPARE(personOfNew({40, 44}), 0); // as the span that was selected
        for (int i = 0; i < 2; ++i)
            press(Qt::Key_Down); // over the proposals to the second person's lane
        QCOMPARE(personOfNew({46, 50}), 1);
        QCOMPARE(personOfNew({52, 56}), 1); // as the one before
        for (int i = 0; i < 2; ++i)
            press(Qt::Key_Up);
        QCOMPARE(personOfNew({60, 64}), 0);
    }

    void whoseSpanIsSelectedGetsTheOneThatIsBeingMarked()
    {
        Annotation other;
        other.videoId = session().videoId();
        other.person = 1;
        other.span = {0, 3};
        const auto id = document()->addAnnotation(other);
        QVERIFY(id);
        const auto laneOfDraft = [this] {
            for (const TimelineLane& lane : m_window->timeline().lanes())
                for (const TimelineSpan& span : lane.spans)
                    if (span.text == QLatin1String("new span"))
                        return lane.key;
            return QString();
        };
        review().setDraft({66, 69});
        QCOMPARE(laneOfDraft(), upperLaneKey(0));
        review().select(*id, false);
        QCOMPARE(laneOfDraft(), upperLaneKey(1));
        review().select(m_span, false);
        QCOMPARE(laneOfDraft(), upperLaneKey(0));
    }

    void cleanup() { close(); }

    void theEndGoesWhereTheHandComesToRest()
    {
        const int before = document()->undoStack()->count();
        press(Qt::Key_W, Qt::ShiftModifier);
        QCOMPARE(span().first, sample::trueSpan(1).first); // the other boundary stays
        QVERIFY2(std::abs(span().last - kMoving.last) <= 2, qPrintable(QString::number(span().last)));
        QCOMPARE(document()->undoStack()->count(), before + 1);
        QCOMPARE(m_window->bench().player.frame(), span().last - 1); // and is looked at
    }

    void theStartGoesWhereTheHandBeginsToMove()
    {
        press(Qt::Key_Q, Qt::ShiftModifier);
        QVERIFY2(std::abs(span().first - kMoving.first) <= 2, qPrintable(QString::number(span().first)));
        QCOMPARE(span().last, sample::trueSpan(1).last);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(span(), sample::trueSpan(1));
    }

    void whereNothingHappensItIsSaidAndNothingChanges()
    {
        review().select(document()->allAnnotations().at(2).id, true);
        QVERIFY(document()->setSpan(review().selected(), {75, 90}).ok());
        const int before = document()->undoStack()->count();
        press(Qt::Key_W, Qt::ShiftModifier);
        QCOMPARE(document()->undoStack()->count(), before);
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("nothing ceases to move")),
            qPrintable(m_window->statusBar()->currentMessage()));
    }

private:
    FrameSpan span() { return document()->annotation(m_span)->span; }
    int64_t m_span = 0;
};

} // namespace telltale

QTEST_MAIN(telltale::TestSpanKeys)
#include "test_spankeys.moc"
