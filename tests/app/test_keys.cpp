// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classpicker.h"
#include "app/gui/keys/commandpalette.h"
#include "app/gui/keys/painting.h"
#include "app/gui/messagebar.h"
#include "app/gui/shortcutsheet.h"
#include "keysproject.h"
#include "widgets/timeline/timelineview.h"
#include "windowtest.h"
#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QTableView>
#include <QTreeWidget>
#include <QUndoStack>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <random>

namespace telltale {

using sample::Deed;

/// The review by keys alone: how many it takes, and that each key does what its row says. The real window, a
/// real project, real key events.
class TestKeys : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void cleanup() { close(); }

    void aMixedSetTakesFewKeys();
    void everyRowOfTheKeyMap_data();
    void everyRowOfTheKeyMap();
    void marksWhilePlayingAreTakenBackByTheLag();
    void theKeyOfAClassEndsASpanThatIsUnderWay();
    void undoComesBackToTheSpanThatItIsAbout();
    void decisionsGoOnInEveryModeOfTheList();
    void snappingGoesThroughItsPlacesAndBack();
    void aHeldDigitPaintsOnlyInPaintMode();
    void escapeAndTextLeavePaintingOut();
    void paintingHasOneUndoStepAndGrowsOnTheTimeline();
    void anActiveClassIsNotUsedWhereMarksWereSetInPeace();
    void listsKeepTheirArrowKeys();
    void thePaletteDoesByNameWhatKeysDo();
    void thePaletteSaysWhyNot();

private:
    void open(const std::vector<Deed>& deeds)
    {
        makeFolder();
        const Status made = sample::makeKeysProject(m_project, deeds);
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
        openWindow();
        QTRY_COMPARE(session().curves().count("detector"), size_t(1));
        QTRY_COMPARE(session().times()->frameCount(),
            static_cast<int64_t>(sample::kSpacing * static_cast<int>(deeds.size() + 2)));
        QTRY_VERIFY(session().shownFrame() >= 0);
    }
    Player& player() { return m_window->bench().player; }
    Painting& painting() { return m_window->painting(); }
    std::vector<Annotation> spans() { return document()->annotations(session().videoId()); }
    Annotation spanAt(size_t i) { return document()->allAnnotations().at(i); }
    int steps() { return document()->undoStack()->count(); }

    /// A key of the person, counted: alone, and with the modifiers that were held for it.
    void key(int code, Qt::KeyboardModifiers modifiers = {})
    {
        ++m_keys;
        ++m_presses;
        for (const Qt::KeyboardModifier each : {Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier})
            m_presses += modifiers.testFlag(each) ? 1 : 0;
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(code), modifiers);
    }
    void type(QWidget* field, const QString& text)
    {
        m_keys += static_cast<int>(text.size());
        m_presses += static_cast<int>(text.size());
        QTest::keyClicks(field, text);
    }
    /// What keys() has grown by while `act` ran.
    template <typename Act> int keysOf(const Act& act)
    {
        const int before = m_keys;
        act();
        return m_keys - before;
    }
    /// What a window manager does when a dialog has closed.
    void comeBack()
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void decide(Deed deed);
    void chooseClassByName(const QString& part);
    /// A new span while the video plays: I and O, and the key of its class if it is not the active one.
    void markWhilePlaying(bool classKey);
    template <typename Dialog> Dialog* opened()
    {
        const auto all = m_window->findChildren<Dialog*>();
        for (Dialog* each : all)
            if (each->isVisible())
                return each;
        return nullptr;
    }

    int m_keys = 0;
    int m_presses = 0;
};

void TestKeys::chooseClassByName(const QString& part)
{
    key(Qt::Key_C);
    ClassPicker* picker = nullptr;
    QTRY_VERIFY((picker = opened<ClassPicker>()));
    auto* edit = picker->findChild<QLineEdit*>();
    type(edit, part);
    ++m_keys;
    ++m_presses;
    QTest::keyClick(edit, Qt::Key_Return);
    comeBack();
}

void TestKeys::decide(Deed deed)
{
    switch (deed) {
    case Deed::Accept:
        return key(Qt::Key_A);
    case Deed::Reject:
        return key(Qt::Key_X);
    case Deed::TakeSecond:
        return key(Qt::Key_2);
    case Deed::TakeThird:
        return key(Qt::Key_3);
    case Deed::OtherClass:
        return chooseClassByName(QStringLiteral("je")); // "Playing with jewelry", the last but one
    case Deed::FixStart:
        key(Qt::Key_Q, Qt::ShiftModifier);
        return key(Qt::Key_A); // it is right now: on to the next
    case Deed::FixEnd:
        key(Qt::Key_W, Qt::ShiftModifier);
        return key(Qt::Key_A);
    }
}

void TestKeys::markWhilePlaying(bool classKey)
{
    const size_t before = spans().size();
    const int64_t from = player().frame();
    constexpr int64_t kLag = 5; // frames of 40 ms
    QTRY_VERIFY(player().frame() >= from + kLag + 3);
    player().tick();
    const int64_t begun = player().frame();
    key(Qt::Key_I);
    player().tick();
    const int64_t pressed = player().frame(); // the press was somewhere between the two
    QTRY_VERIFY(player().frame() >= pressed + 6);
    key(Qt::Key_O);
    QCOMPARE(spans().size(), before + 1);
    if (classKey)
        key(Qt::Key_G);
    QCOMPARE(review().selectedSpan()->origin, SpanOrigin::Human);
    QCOMPARE(review().selectedSpan()->state, SpanState::Accepted);
    if (classKey)
        QCOMPARE(review().selectedSpan()->classId, sample::kClassKeyed);
    QVERIFY(review().selectedSpan()->span.first >= begun - kLag);
    QVERIFY(review().selectedSpan()->span.first <= pressed - kLag);
    QVERIFY(review().selectedSpan()->span.length() >= 5);
}

/// The shares are those of a review of proposals that a detector made at its working point: most are right,
/// some are no gesture, most wrong names are among the best three, a few have a wrong boundary, and a few
/// gestures were missed. SMG's best published detectors are worse, but what they miss is found in one pass
/// over the video, not in the list.
void TestKeys::aMixedSetTakesFewKeys()
{
    std::vector<Deed> deeds;
    const auto add
        = [&deeds](Deed deed, int count) { deeds.insert(deeds.end(), static_cast<size_t>(count), deed); };
    add(Deed::Accept, 55);
    add(Deed::Reject, 15);
    add(Deed::TakeSecond, 8);
    add(Deed::TakeThird, 4);
    add(Deed::OtherClass, 5);
    add(Deed::FixStart, 4);
    add(Deed::FixEnd, 4);
    std::shuffle(deeds.begin(), deeds.end(), std::mt19937(7)); // NOLINT: the same set every time
    constexpr int kNew = 5;
    open(deeds);
    const std::map<Deed, int> most{{Deed::Accept, 1}, {Deed::Reject, 1}, {Deed::TakeSecond, 1},
        {Deed::TakeThird, 1}, {Deed::OtherClass, 4}, {Deed::FixStart, 2}, {Deed::FixEnd, 2}};
    int made = 0;
    const int every = static_cast<int>(deeds.size()) / kNew;
    for (size_t i = 0; i < deeds.size(); ++i) {
        QCOMPARE(review().selectedSpan()->span, sample::proposedSpan(static_cast<int>(i), deeds[i]));
        if (static_cast<int>(i) % every == every / 2 && made < kNew) {
            const int64_t here = review().selected();
            key(Qt::Key_Space);
            const bool classKey = made % 2 == 1;
            QVERIFY(keysOf([&] { markWhilePlaying(classKey); }) <= (classKey ? 3 : 2));
            key(Qt::Key_Tab); // back to where the review was
            QCOMPARE(review().selected(), here);
            ++made;
        }
        const int taken = keysOf([&] { decide(deeds[i]); });
        QVERIFY2(taken <= most.at(deeds[i]), qPrintable(QString::number(taken)));
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(made, kNew);
    const int reviewed = static_cast<int>(deeds.size()) + kNew;
    QCOMPARE(reviewed, 100);
    const double mean = static_cast<double>(m_presses) / reviewed;
    std::printf(
        "mean keys per span: %.2f (chords as one key: %.2f)\n", mean, static_cast<double>(m_keys) / reviewed);
    QVERIFY(mean <= 2.0);

    m_window.reset();
    const auto stored = Document::open(m_project);
    QVERIFY(stored.ok());
    int human = 0;
    size_t i = 0;
    for (const Annotation& span : (*stored)->annotations((*stored)->videos().front().id)) {
        if (span.origin == SpanOrigin::Human) {
            ++human;
            continue;
        }
        const Deed deed = deeds.at(i);
        const int best = sample::predictedClass(static_cast<int>(i));
        const int named = deed == Deed::TakeSecond ? best + 1
            : deed == Deed::TakeThird              ? best + 2
            : deed == Deed::OtherClass             ? 15
                                                   : best;
        const SpanState state = deed == Deed::Accept ? SpanState::Accepted
            : deed == Deed::Reject                   ? SpanState::Rejected
                                                     : SpanState::Corrected;
        QCOMPARE(span.classId, named);
        QCOMPARE(span.state, state);
        QCOMPARE(span.span, sample::trueSpan(static_cast<int>(i)));
        ++i;
    }
    QCOMPARE(human, kNew);
    QCOMPARE(i, deeds.size());
}

void TestKeys::everyRowOfTheKeyMap_data()
{
    QTest::addColumn<QString>("row");
    for (const char* row : {"play", "shuttle", "slow shuttle", "one frame", "second and ten", "on lane",
             "queue", "edges of span", "in out create", "paint", "once and loop", "decisions", "candidates",
             "any class", "nudge", "set to playhead", "snap", "split merge delete", "undo redo",
             "zoom timeline", "zoom video", "overlays", "lane", "go to", "palette and sheet"})
        QTest::addRow("%s", row) << QString::fromLatin1(row);
}

void TestKeys::everyRowOfTheKeyMap()
{
    QFETCH(QString, row);
    // The first span begins three frames late, the second ends three late.
    open({Deed::FixStart, Deed::FixEnd, Deed::Accept, Deed::Accept});
    const int64_t first = spanAt(0).id;
    QCOMPARE(review().selected(), first);
    QCOMPARE(player().frame(), 8);
    const auto span = [&] { return document()->annotation(first)->span; };
    TimelineView& timeline = m_window->timeline();

    if (row == QLatin1String("play")) {
        key(Qt::Key_Space);
        QVERIFY(player().playing());
        key(Qt::Key_Space);
        QVERIFY(!player().playing());
    } else if (row == QLatin1String("shuttle")) {
        key(Qt::Key_L);
        key(Qt::Key_L);
        QCOMPARE(player().speed(), 2.0);
        key(Qt::Key_K);
        QVERIFY(!player().playing());
        key(Qt::Key_L);
        QCOMPARE(player().speed(), 1.0);
        key(Qt::Key_J);
        QCOMPARE(player().speed(), -1.0);
    } else if (row == QLatin1String("slow shuttle")) {
        key(Qt::Key_L, Qt::ShiftModifier);
        QCOMPARE(player().speed(), 0.5);
        key(Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(player().speed(), -0.5);
    } else if (row == QLatin1String("one frame")) {
        key(Qt::Key_Right);
        QCOMPARE(player().frame(), 9);
        key(Qt::Key_Left);
        key(Qt::Key_Left);
        QCOMPARE(player().frame(), 7);
        QTest::keyPress(m_window.get(), Qt::Key_K);
        key(Qt::Key_L);
        QCOMPARE(player().frame(), 8);
        key(Qt::Key_J);
        QCOMPARE(player().frame(), 7);
        QVERIFY(!player().playing());
        QTest::keyRelease(m_window.get(), Qt::Key_K);
    } else if (row == QLatin1String("second and ten")) {
        key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(player().frame(), 33);
        key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(player().frame(), 23);
    } else if (row == QLatin1String("on lane")) {
        key(Qt::Key_Period);
        QCOMPARE(review().selected(), spanAt(1).id);
        key(Qt::Key_Period);
        QCOMPARE(review().selected(), spanAt(2).id);
        key(Qt::Key_Comma);
        key(Qt::Key_Comma);
        key(Qt::Key_Comma); // nothing lies before
        QCOMPARE(review().selected(), first);
    } else if (row == QLatin1String("queue")) {
        key(Qt::Key_Tab);
        QCOMPARE(review().selected(), spanAt(1).id);
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(review().selected(), first);
    } else if (row == QLatin1String("edges of span")) {
        key(Qt::Key_Apostrophe);
        QCOMPARE(player().frame(), 14);
        key(Qt::Key_Semicolon);
        QCOMPARE(player().frame(), 8);
    } else if (row == QLatin1String("in out create")) {
        player().seek(86);
        key(Qt::Key_I);
        player().seek(89);
        key(Qt::Key_O);
        QCOMPARE(*review().draft(), (FrameSpan{86, 90}));
        key(Qt::Key_Return); // no class was used yet: it is asked for
        ClassPicker* picker = nullptr;
        QTRY_VERIFY((picker = opened<ClassPicker>()));
        QTest::keyClick(picker->findChild<QLineEdit*>(), Qt::Key_Return);
        QCOMPARE(review().selectedSpan()->span, (FrameSpan{86, 90}));
        const int classId = review().selectedSpan()->classId;
        player().seek(92);
        key(Qt::Key_I);
        player().seek(94);
        key(Qt::Key_O);
        key(Qt::Key_Return); // now there is one
        QCOMPARE(review().selectedSpan()->span, (FrameSpan{92, 95}));
        QCOMPARE(review().selectedSpan()->classId, classId);
    } else if (row == QLatin1String("paint")) {
        key(Qt::Key_P, Qt::ShiftModifier);
        QVERIFY(painting().on());
        key(Qt::Key_Space);
        QTest::keyPress(m_window.get(), Qt::Key_2);
        const int64_t from = player().frame();
        QTRY_VERIFY(player().frame() >= from + 4);
        QTest::keyRelease(m_window.get(), Qt::Key_2);
        QCOMPARE(review().selectedSpan()->classId, 1);
        QCOMPARE(review().selectedSpan()->origin, SpanOrigin::Human);
    } else if (row == QLatin1String("once and loop")) {
        player().seek(70);
        key(Qt::Key_Space, Qt::ShiftModifier);
        QVERIFY(player().playing());
        QVERIFY(player().frame() < 15);
        QTRY_VERIFY(!player().playing());
        QCOMPARE(player().frame(), 14);
        key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(player().loop()->first, 0); // half a second more on both sides
        QVERIFY(player().loop()->last == 27 || player().loop()->last == 28);
        key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!player().loop());
    } else if (row == QLatin1String("decisions")) {
        key(Qt::Key_A);
        key(Qt::Key_X);
        key(Qt::Key_S);
        key(Qt::Key_F);
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
        QCOMPARE(spanAt(1).state, SpanState::Rejected);
        QCOMPARE(spanAt(2).state, SpanState::Skipped);
        QCOMPARE(spanAt(3).state, SpanState::Flagged);
    } else if (row == QLatin1String("candidates")) {
        key(Qt::Key_1);
        key(Qt::Key_2);
        key(Qt::Key_3);
        QCOMPARE(spanAt(0).classId, sample::predictedClass(0));
        QCOMPARE(spanAt(1).classId, sample::predictedClass(1) + 1);
        QCOMPARE(spanAt(2).classId, sample::predictedClass(2) + 2);
        QCOMPARE(review().selected(), spanAt(3).id);
    } else if (row == QLatin1String("any class")) {
        chooseClassByName(QStringLiteral("akimbo"));
        QCOMPARE(spanAt(0).classId, 8);
        key(Qt::Key_Slash);
        QTRY_VERIFY(opened<ClassPicker>());
    } else if (row == QLatin1String("nudge")) {
        const auto moves = [&](int code, Qt::KeyboardModifiers with, int64_t start, int64_t end) {
            const FrameSpan before = span();
            key(code, with);
            return span() == FrameSpan{before.first + start, before.last + end};
        };
        QVERIFY(moves(Qt::Key_BracketLeft, {}, -1, 0));
        QVERIFY(moves(Qt::Key_BracketRight, {}, 1, 0));
        QVERIFY(moves(Qt::Key_BracketLeft, Qt::AltModifier, 0, -1));
        QVERIFY(moves(Qt::Key_BracketRight, Qt::AltModifier, 0, 1));
        QVERIFY(moves(Qt::Key_BraceLeft, {}, -5, 0));
        QVERIFY(moves(Qt::Key_BraceRight, {}, 5, 0));
        QVERIFY(moves(Qt::Key_BraceRight, Qt::AltModifier, 0, 5));
        QVERIFY(moves(Qt::Key_BraceLeft, Qt::AltModifier, 0, -5));
        const Qt::KeyboardModifiers controlShift = Qt::ControlModifier | Qt::ShiftModifier;
        const Qt::KeyboardModifiers altShift = Qt::AltModifier | Qt::ShiftModifier;
        QVERIFY(moves(Qt::Key_Left, controlShift, -1, 0));
        QVERIFY(moves(Qt::Key_Right, controlShift, 1, 0));
        QVERIFY(moves(Qt::Key_Right, altShift, 0, 1));
        QVERIFY(moves(Qt::Key_Left, altShift, 0, -1));
    } else if (row == QLatin1String("set to playhead")) {
        player().seek(6);
        key(Qt::Key_Q);
        player().seek(12);
        key(Qt::Key_W);
        QCOMPARE(span(), (FrameSpan{6, 13}));
    } else if (row == QLatin1String("snap")) {
        key(Qt::Key_Q, Qt::ShiftModifier);
        QCOMPARE(span(), sample::trueSpan(0));
        key(Qt::Key_Tab);
        key(Qt::Key_W, Qt::ShiftModifier);
        QCOMPARE(spanAt(1).span, sample::trueSpan(1));
    } else if (row == QLatin1String("split merge delete")) {
        player().seek(12);
        key(Qt::Key_B);
        QCOMPARE(span(), (FrameSpan{8, 12}));
        QCOMPARE(spans().size(), size_t(5));
        key(Qt::Key_M);
        QCOMPARE(span(), (FrameSpan{8, 15}));
        key(Qt::Key_Delete);
        QCOMPARE(spans().size(), size_t(3));
        QVERIFY(!document()->annotation(first));
    } else if (row == QLatin1String("undo redo")) {
        key(Qt::Key_X);
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(spanAt(0).state, SpanState::Proposed);
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(spanAt(0).state, SpanState::Rejected);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(spanAt(0).state, SpanState::Rejected);
    } else if (row == QLatin1String("zoom timeline")) {
        key(Qt::Key_Z, Qt::ShiftModifier);
        QCOMPARE(timeline.visibleFrames(), (FrameSpan{0, 120}));
        key(Qt::Key_Z);
        const FrameSpan fitted = timeline.visibleFrames();
        QVERIFY(fitted.length() < 40 && fitted.contains(8) && fitted.contains(14));
        const auto wheel = [&](Qt::KeyboardModifiers with, int notches) {
            const QPointF at(timeline.xOf(11), timeline.laneRect(timeline.spanLane()).center().y());
            QWheelEvent event(at, timeline.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, with,
                Qt::NoScrollPhase, false);
            QApplication::sendEvent(&timeline, &event);
        };
        wheel(Qt::ControlModifier, -2);
        QVERIFY(timeline.visibleFrames().length() > fitted.length());
        key(Qt::Key_Z);
        wheel(Qt::ShiftModifier, -2);
        QVERIFY(timeline.visibleFrames().first > fitted.first);
    } else if (row == QLatin1String("zoom video")) {
        VideoView& view = m_window->videoView();
        const double before = view.zoom();
        const QPointF at = QRectF(view.rect()).center();
        QWheelEvent event(at, view.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
        QVERIFY(view.zoom() > before);
    } else if (row == QLatin1String("overlays")) {
        const OverlayOptions before = m_window->videoView().overlays();
        key(Qt::Key_P);
        key(Qt::Key_H);
        key(Qt::Key_T);
        const OverlayOptions after = m_window->videoView().overlays();
        QVERIFY(before.skeleton != after.skeleton && before.heatmap != after.heatmap);
        QVERIFY(before.labels != after.labels);
    } else if (row == QLatin1String("lane")) {
        QVERIFY(document()->setState(spanAt(3).id, SpanState::Accepted).ok());
        review().select(first, true);
        const int proposals = timeline.spanLane();
        key(Qt::Key_Up);
        QVERIFY(timeline.spanLane() < proposals);
        key(Qt::Key_Period); // the only one up there
        QCOMPARE(review().selected(), spanAt(3).id);
        key(Qt::Key_Down);
        QCOMPARE(timeline.spanLane(), proposals);
        key(Qt::Key_Comma);
        QCOMPARE(review().selected(), spanAt(2).id);
    } else if (row == QLatin1String("go to")) {
        key(Qt::Key_G, Qt::ControlModifier);
        QInputDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = opened<QInputDialog>()));
        dialog->setTextValue(QStringLiteral("2s"));
        dialog->accept();
        QCOMPARE(player().frame(), 50);
    } else if (row == QLatin1String("palette and sheet")) {
        key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        CommandPalette* palette = nullptr;
        QTRY_VERIFY((palette = opened<CommandPalette>()));
        palette->reject();
        comeBack();
        key(Qt::Key_Question);
        ShortcutSheet* sheet = nullptr;
        QTRY_VERIFY((sheet = opened<ShortcutSheet>()));
        sheet->reject();
        comeBack();
        key(Qt::Key_F1);
        QTRY_VERIFY(opened<ShortcutSheet>());
    } else {
        QFAIL("a row without a check");
    }
}

/// With a clock that only the test moves: at the same press, the faster playback is, the more is taken back.
void TestKeys::marksWhilePlayingAreTakenBackByTheLag()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept, Deed::Accept});
    int64_t now = 0;
    Player own(nullptr, [&now] { return now; });
    Review review(session(), own);
    review.setReactionLag(std::chrono::milliseconds(200));
    // 20 frames of 20 ms, then 20 of 100 ms.
    std::vector<MediaTime> starts;
    for (int i = 0; i < 40; ++i)
        starts.emplace_back(1000 * (i <= 20 ? 20 * i : 400 + 100 * (i - 20)));
    own.setTimes(std::make_shared<const FrameTimes>(starts, MediaTime(2400000)));
    QCOMPARE(review.pressedFrame(), 0);
    own.play(1);
    now = 390000; // in frame 19
    own.tick();
    QCOMPARE(own.frame(), 19);
    QCOMPARE(review.pressedFrame(), 9); // 190 ms
    now = 900000; // frame 25, as frame 20 begins at 400 ms
    own.tick();
    QCOMPARE(own.frame(), 25);
    QCOMPARE(review.pressedFrame(), 23); // 700 ms
    review.markIn();
    QCOMPARE(*review.draft(), (FrameSpan{23, 24}));
    own.play(2);
    now = 1400000; // half a second at twice the speed: 1900 ms of the video
    own.tick();
    QCOMPARE(own.frame(), 35);
    QCOMPARE(review.pressedFrame(), 31); // 1500 ms
    review.markOut();
    QCOMPARE(*review.draft(), (FrameSpan{23, 32})); // no class was used yet, so it waits for one
    own.stop();
    QCOMPARE(review.pressedFrame(), 35); // what stands is marked where it is
    review.setReactionLag(std::chrono::milliseconds(0));
    own.play(1);
    QCOMPARE(review.pressedFrame(), 35);
}

void TestKeys::theKeyOfAClassEndsASpanThatIsUnderWay()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    key(Qt::Key_Space);
    QTRY_VERIFY(player().frame() >= 14);
    key(Qt::Key_I);
    const int64_t begun = player().frame();
    QTRY_VERIFY(player().frame() >= begun + 6);
    key(Qt::Key_G);
    QVERIFY(!review().draft());
    QCOMPARE(spans().size(), size_t(4));
    QCOMPARE(review().selectedSpan()->classId, sample::kClassKeyed);
    QVERIFY(review().selectedSpan()->span.length() >= 5);
}

void TestKeys::undoComesBackToTheSpanThatItIsAbout()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept, Deed::Accept});
    key(Qt::Key_A);
    key(Qt::Key_X);
    QCOMPARE(review().selected(), spanAt(2).id);
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(review().selected(), spanAt(1).id);
    QCOMPARE(player().frame(), sample::trueSpan(1).first);
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(review().selected(), spanAt(0).id);
    const int64_t gone = spanAt(0).id;
    key(Qt::Key_Delete);
    QVERIFY(review().selected() != gone);
    QVERIFY(review().selectedSpan()); // and the next one is up
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(review().selected(), gone);
    for (int i = 0; i < 300; ++i) // there is no limit
        key(Qt::Key_BracketLeft + (i % 2 ? Qt::Key_BracketRight - Qt::Key_BracketLeft : 0));
    QCOMPARE(spanAt(0).state, SpanState::Corrected);
    for (int i = 0; i < 300; ++i)
        key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(spanAt(0).state, SpanState::Proposed);
    QCOMPARE(spanAt(0).span, sample::trueSpan(0));
}

void TestKeys::decisionsGoOnInEveryModeOfTheList()
{
    for (const SpanListFilter::Show mode :
        {SpanListFilter::Show::Open, SpanListFilter::Show::Decided, SpanListFilter::Show::All}) {
        open({Deed::Accept, Deed::Accept, Deed::Accept, Deed::Accept});
        if (mode == SpanListFilter::Show::Decided)
            for (size_t i = 0; i < 4; ++i)
                QVERIFY(document()->setState(spanAt(i).id, SpanState::Skipped).ok());
        review().queue().setShow(mode);
        review().select(spanAt(0).id, true);
        key(Qt::Key_A);
        QCOMPARE(review().selected(), spanAt(1).id);
        key(Qt::Key_X);
        QCOMPARE(review().selected(), spanAt(2).id);
        key(Qt::Key_F);
        QCOMPARE(review().selected(), spanAt(3).id);
        key(Qt::Key_A);
        QCOMPARE(spanAt(3).state, SpanState::Accepted);
        QCOMPARE(spanAt(0).state, SpanState::Accepted);
        close();
    }
}

void TestKeys::snappingGoesThroughItsPlacesAndBack()
{
    open({Deed::Accept, Deed::FixEnd, Deed::Accept});
    key(Qt::Key_Tab);
    const int before = steps();
    key(Qt::Key_W, Qt::ShiftModifier);
    QCOMPARE(spanAt(1).span, sample::trueSpan(1)); // ends at 35; from 38 the next fall at 55 is 17 away
    QCOMPARE(steps(), before + 1);
    key(Qt::Key_W, Qt::ShiftModifier);
    QCOMPARE(spanAt(1).span.last, 55);
    key(Qt::Key_W, Qt::ShiftModifier);
    QCOMPARE(spanAt(1).span.last, 38); // as it was
    key(Qt::Key_W, Qt::ShiftModifier);
    QCOMPARE(spanAt(1).span.last, 35);
    QCOMPARE(steps(), before + 4);
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(spanAt(1).span.last, 38);
}

void TestKeys::aHeldDigitPaintsOnlyInPaintMode()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    key(Qt::Key_Space);
    key(Qt::Key_2);
    QCOMPARE(spans().size(), size_t(3));
    QCOMPARE(spanAt(0).classId, sample::predictedClass(0) + 1); // it took a candidate
    key(Qt::Key_P, Qt::ShiftModifier);
    const int64_t next = review().selected();
    key(Qt::Key_2); // nothing moves: no span, and no candidate either
    QCOMPARE(spans().size(), size_t(3));
    QCOMPARE(document()->annotation(next)->state, SpanState::Proposed);
    QTest::keyPress(m_window.get(), Qt::Key_3);
    player().step(4); // but stepping does
    QTest::keyRelease(m_window.get(), Qt::Key_3);
    QCOMPARE(review().selectedSpan()->span.length(), 5);
    QCOMPARE(review().selectedSpan()->classId, 2);
    key(Qt::Key_P, Qt::ShiftModifier);
    QVERIFY(!painting().on());
}

void TestKeys::escapeAndTextLeavePaintingOut()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    key(Qt::Key_P, Qt::ShiftModifier);
    key(Qt::Key_Space);
    QTest::keyPress(m_window.get(), Qt::Key_1);
    QVERIFY(painting().painting());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!painting().painting());
    QTest::keyRelease(m_window.get(), Qt::Key_1);
    QCOMPARE(spans().size(), size_t(3));
    QVERIFY(!review().draft());
    QLineEdit field(m_window.get());
    field.show();
    QTest::keyClicks(&field, QStringLiteral("12"));
    QCOMPARE(field.text(), QStringLiteral("12"));
    QVERIFY(!painting().painting());
}

void TestKeys::paintingHasOneUndoStepAndGrowsOnTheTimeline()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    const int before = steps();
    key(Qt::Key_P, Qt::ShiftModifier);
    key(Qt::Key_Space);
    QTest::keyPress(m_window.get(), Qt::Key_1);
    QTRY_VERIFY(review().draft() && review().draft()->length() >= 3); // seen while it grows
    const FrameSpan seen = *review().draft();
    for (int i = 0; i < 5; ++i) { // what a held key sends
        QKeyEvent repeat(QEvent::KeyPress, Qt::Key_1, {}, QStringLiteral("1"), true);
        QApplication::sendEvent(m_window.get(), &repeat);
    }
    QCOMPARE(steps(), before);
    QTest::keyRelease(m_window.get(), Qt::Key_1);
    QCOMPARE(steps(), before + 1);
    QCOMPARE(review().selectedSpan()->span.first, seen.first);
    QVERIFY(review().selectedSpan()->span.last >= seen.last);
    QVERIFY(player().playing());
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(spans().size(), size_t(3));
}

/// Marks are also what a stretch is said to be reviewed with.
void TestKeys::anActiveClassIsNotUsedWhereMarksWereSetInPeace()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    key(Qt::Key_A);
    QVERIFY(review().hasActiveClass());
    player().seek(60);
    key(Qt::Key_I);
    player().seek(70);
    key(Qt::Key_O);
    QCOMPARE(spans().size(), size_t(3));
    QCOMPARE(*review().draft(), (FrameSpan{60, 71}));
    key(Qt::Key_Return, Qt::ShiftModifier); // another class than the active one
    QTRY_VERIFY(opened<ClassPicker>());
}

void TestKeys::listsKeepTheirArrowKeys()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    auto* table = m_window->findChild<QTableView*>(QStringLiteral("queue"));
    QVERIFY(table);
    table->setFocus();
    const int lane = m_window->timeline().spanLane();
    QTest::keyClick(table, Qt::Key_Up);
    QTest::keyClick(table, Qt::Key_Down);
    QTRY_COMPARE(review().selected(), spanAt(1).id);
    QCOMPARE(m_window->timeline().spanLane(), lane);
}

void TestKeys::thePaletteDoesByNameWhatKeysDo()
{
    open({Deed::Accept, Deed::Accept, Deed::Accept});
    const auto choose = [this](const QString& text, int down = 0) {
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        CommandPalette* palette = nullptr;
        QTRY_VERIFY((palette = opened<CommandPalette>()));
        auto* edit = palette->findChild<QLineEdit*>();
        QTest::keyClicks(edit, text);
        for (int i = 0; i < down; ++i)
            QTest::keyClick(edit, Qt::Key_Down);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(!opened<CommandPalette>());
        comeBack();
    };
    choose(QStringLiteral("reject"));
    QTRY_COMPARE(spanAt(0).state, SpanState::Rejected);
    QCOMPARE(review().selected(), spanAt(1).id);
    choose(QStringLiteral("class jewelry"));
    QTRY_COMPARE(spanAt(1).classId, 15);
    choose(QStringLiteral("frame of the span"), 1); // to the last one, behind the first
    QTRY_COMPARE(player().frame(), sample::trueSpan(2).last - 1);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    CommandPalette* palette = nullptr;
    QTRY_VERIFY((palette = opened<CommandPalette>()));
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Escape);
    QTRY_VERIFY(!opened<CommandPalette>());
    comeBack();
    session().openVideo(0);
    choose(QStringLiteral("video long"));
    QTRY_COMPARE(session().videoId(), document()->videos().front().id);
}

void TestKeys::thePaletteSaysWhyNot()
{
    open({Deed::Accept, Deed::Accept});
    review().select(0, false);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    CommandPalette* palette = nullptr;
    QTRY_VERIFY((palette = opened<CommandPalette>()));
    auto* edit = palette->findChild<QLineEdit*>();
    QTest::keyClicks(edit, QStringLiteral("merge"));
    QVERIFY2(palette->list().topLevelItem(0)->text(0).contains(QStringLiteral("needs a selected span")),
        qPrintable(palette->list().topLevelItem(0)->text(0)));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(palette->isVisible());
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("split"));
    QCOMPARE(palette->list().topLevelItem(0)->text(2), QStringLiteral("B"));
}

} // namespace telltale

QTEST_MAIN(telltale::TestKeys)
#include "test_keys.moc"
