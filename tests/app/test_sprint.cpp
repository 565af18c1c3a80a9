// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/messagebar.h"
#include "app/gui/sprint/sprintclasses.h"
#include "app/gui/sprint/sprintdialog.h"
#include "app/gui/timelinepresenter.h"
#include "windowtest.h"
#include <QComboBox>
#include <QPushButton>
#include <QStatusBar>
#include <QUndoStack>

namespace telltale {
namespace {

constexpr int kRare = 3;
constexpr int kFrequent = 7;
constexpr int kRareOnes = 12;
constexpr int kSpacing = 20;

} // namespace

/// Deciding nine proposals of a rare class at a time, and going from peak to peak of disagreement, in the
/// real window.
class TestSprint : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    /// Twelve proposals of a rare class, surest last, and five of one of which three are accepted.
    void init()
    {
        auto made = makeEmptyProject();
        QVERIFY(made);
        const int frames = kSpacing * (kRareOnes + 6);
        const auto video = sample::addVideo(**made, m_project, "long", frames, 64, 48);
        QVERIFY(video);
        std::vector<Prediction> found;
        for (int i = 0; i < kRareOnes; ++i)
            found.push_back(sample::prediction(*video, place(i), kRare, 0.6F + 0.01F * static_cast<float>(i),
                (*made)->scheme().classCount()));
        for (int i = kRareOnes; i < kRareOnes + 5; ++i)
            found.push_back(
                sample::prediction(*video, place(i), kFrequent, 0.8F, (*made)->scheme().classCount()));
        // The modalities are apart in two places alone.
        for (const int i : {2, 9})
            found[static_cast<size_t>(i)].modalities["rgb"].probabilities = {1, 0, 0, 0, 0};
        QVERIFY(sample::importPredictions(
            **made, m_project, *video, std::vector<float>(static_cast<size_t>(frames), 0.5F), found)
                    .ok());
        std::vector<int64_t> frequent;
        for (const Annotation& span : (*made)->annotations(*video))
            if (span.classId == kFrequent)
                frequent.push_back(span.id);
        frequent.resize(3);
        QVERIFY((*made)->setStates(frequent, SpanState::Accepted).ok());
        made->reset();
        openWindow();
    }
    void cleanup() { close(); }

    void theRarestClassWithWaitingProposalsComesFirst()
    {
        const std::vector<SprintClass> classes = sprintClasses(review().spans());
        QCOMPARE(classes.size(), size_t(2));
        QCOMPARE(classes[0], (SprintClass{kRare, 0, kRareOnes}));
        QCOMPARE(classes[1], (SprintClass{kFrequent, 3, 2}));
        open();
        QCOMPARE(dialog().classId(), kRare);
        QCOMPARE(dialog().pages().page().size(), size_t(9));
        QCOMPARE(dialog().pages().page().front(), spanAt(kRareOnes - 1)); // the surest
        QVERIFY2(dialog().standing().contains(QStringLiteral("3 more")), qPrintable(dialog().standing()));
    }

    void digitsMarkAndEnterDecidesThePageInOneStep()
    {
        open();
        const std::vector<int64_t> page = dialog().pages().page();
        key(Qt::Key_1);
        key(Qt::Key_2);
        key(Qt::Key_2); // taken back
        key(Qt::Key_9);
        key(Qt::Key_3, Qt::ShiftModifier);
        QCOMPARE(dialog().tiles()[0]->mark(), LoopTile::Mark::Accept);
        QCOMPARE(dialog().tiles()[1]->mark(), LoopTile::Mark::None);
        QCOMPARE(dialog().tiles()[2]->mark(), LoopTile::Mark::Reject);
        QVERIFY(dialog().standing().contains(QStringLiteral("Accept 2, reject 1, leave 6")));
        const int steps = document()->undoStack()->count();
        key(Qt::Key_Return);
        QCOMPARE(document()->undoStack()->count(), steps + 1);
        QCOMPARE(state(page[0]), SpanState::Accepted);
        QCOMPARE(state(page[1]), SpanState::Proposed);
        QCOMPARE(state(page[2]), SpanState::Rejected);
        QCOMPARE(state(page[8]), SpanState::Accepted);
        QCOMPARE(dialog().pages().page().size(), size_t(3));
        QCOMPARE(dialog().tiles()[0]->mark(), LoopTile::Mark::None);
        document()->undoStack()->undo();
        for (const int64_t id : page)
            QCOMPARE(state(id), SpanState::Proposed);
    }

    void whatAPersonDecidesMeanwhileStaysAsItIs()
    {
        open();
        const std::vector<int64_t> page = dialog().pages().page();
        key(Qt::Key_1);
        key(Qt::Key_2);
        QVERIFY(document()->relabel(page[0], 9).ok());
        QVERIFY(!dialog().tiles()[0]->isEnabled());
        QVERIFY(dialog().tiles()[0]->accessibleName().contains(QStringLiteral("decided meanwhile")));
        key(Qt::Key_1, Qt::ShiftModifier); // no use
        key(Qt::Key_Return);
        QCOMPARE(state(page[0]), SpanState::Corrected);
        QCOMPARE(document()->annotation(page[0])->classId, 9);
        QCOMPARE(state(page[1]), SpanState::Accepted);
    }

    void arrowsMoveTheFocusAndAAndXMarkThere()
    {
        open();
        const std::vector<LoopTile*>& tiles = dialog().tiles();
        QTRY_VERIFY(tiles[0]->hasFocus());
        key(Qt::Key_Right);
        key(Qt::Key_Down);
        QVERIFY(tiles[4]->hasFocus());
        key(Qt::Key_X);
        QCOMPARE(tiles[4]->mark(), LoopTile::Mark::Reject);
        key(Qt::Key_A);
        QCOMPARE(tiles[4]->mark(), LoopTile::Mark::Accept);
        QTest::keyClick(tiles[4], Qt::Key_Space);
        QCOMPARE(tiles[4]->mark(), LoopTile::Mark::None);
        for (int i = 0; i < 5; ++i)
            key(Qt::Key_Up);
        QVERIFY(tiles[1]->hasFocus());
    }

    void theMouseMarksToo()
    {
        open();
        LoopTile& tile = *dialog().tiles()[3];
        QTest::mouseClick(&tile, Qt::LeftButton);
        QCOMPARE(tile.mark(), LoopTile::Mark::Accept);
        QTest::mouseClick(&tile, Qt::RightButton);
        QCOMPARE(tile.mark(), LoopTile::Mark::Reject);
        QTest::mouseClick(&tile, Qt::LeftButton, Qt::ShiftModifier);
        QCOMPARE(tile.mark(), LoopTile::Mark::None);
    }

    void escapeLeavesWithoutDeciding()
    {
        open();
        key(Qt::Key_1);
        const int steps = document()->undoStack()->count();
        key(Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<SprintDialog*>());
        QCOMPARE(document()->undoStack()->count(), steps);
        QCOMPARE(document()->summary().proposals, kRareOnes + 2);
    }

    void aPageIsTakenBackAndShownAgain()
    {
        open();
        const std::vector<int64_t> page = dialog().pages().page();
        key(Qt::Key_1);
        key(Qt::Key_Return);
        QCOMPARE(state(page[0]), SpanState::Accepted);
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(state(page[0]), SpanState::Proposed);
        QCOMPARE(dialog().pages().page(), page);
        QCOMPARE(dialog().tiles()[0]->mark(), LoopTile::Mark::Accept);
        key(Qt::Key_Z, Qt::ControlModifier); // earlier steps are none of the sprint's
        QCOMPARE(document()->summary().byState["accepted"], 3);
    }

    void aPageThatIsTakenBackCountsForWhatItHadDecided()
    {
        open();
        key(Qt::Key_1);
        key(Qt::Key_Return);
        const std::vector<int64_t> page = dialog().pages().page();
        key(Qt::Key_1);
        key(Qt::Key_2);
        QVERIFY(document()->relabel(page[0], 9).ok()); // somebody else was quicker
        key(Qt::Key_Return);
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(dialog().pages().page(), page);
        key(Qt::Key_2); // open after all
        key(Qt::Key_Return);
        QVERIFY2(
            dialog().standing().contains(QStringLiteral("gone through, 1")), qPrintable(dialog().standing()));
    }

    void atTheEndItSaysSoAndAnotherClassGoesOn()
    {
        open();
        key(Qt::Key_1);
        key(Qt::Key_Return);
        key(Qt::Key_Return);
        QVERIFY2(
            dialog().standing().contains(QStringLiteral("gone through, 1")), qPrintable(dialog().standing()));
        key(Qt::Key_Return);
        dialog().chooseClass(kFrequent);
        QCOMPARE(dialog().pages().page().size(), size_t(2));
        QCOMPARE(dialog().classId(), kFrequent);
    }

    void withoutProposalsItSaysSo()
    {
        std::vector<int64_t> all;
        for (const Annotation& span : document()->allAnnotations())
            all.push_back(span.id);
        QVERIFY(document()->setStates(all, SpanState::Accepted).ok());
        open();
        QVERIFY(dialog().standing().contains(QStringLiteral("No proposal waits")));
        key(Qt::Key_Return);
        key(Qt::Key_1);
    }

    void loopsAreMadeInTheBackgroundAndBounded()
    {
        open();
        QTRY_VERIFY(std::ranges::all_of(
            dialog().tiles(), [](const LoopTile* tile) { return tile->loop() != nullptr; }));
        QTRY_VERIFY(!dialog().loops().working());
        QVERIFY(dialog().loops().bytes() <= int64_t{12} * kMostLoopPictures * 224 * 168 * 4);
        for (const LoopTile* tile : dialog().tiles())
            QVERIFY(tile->loop()->pictures.size() <= size_t(kMostLoopPictures));
        LoopTile& tile = *dialog().tiles()[0];
        const int shown = tile.shownPicture();
        QTRY_VERIFY(tile.shownPicture() != shown);
        key(Qt::Key_Return);
        QTRY_VERIFY(!dialog().loops().working());
        QVERIFY(dialog().loops().bytes() <= int64_t{3} * kMostLoopPictures * 224 * 168 * 4);
    }

    void theProjectClosesTheSprint()
    {
        open();
        session().closeProject();
        QTRY_VERIFY(!m_window->findChild<SprintDialog*>());
    }

    void digitsAreFoundWithAndWithoutShift()
    {
        const QKeyEvent plain(QEvent::KeyPress, Qt::Key_7, Qt::NoModifier);
        const QKeyEvent shifted(QEvent::KeyPress, Qt::Key_Dollar, Qt::ShiftModifier);
        const QKeyEvent zero(QEvent::KeyPress, Qt::Key_0, Qt::NoModifier);
        QCOMPARE(digitOf(plain), 7);
        QCOMPARE(digitOf(shifted), 4);
        QCOMPARE(digitOf(zero), 0);
    }

    void oneKeyGoesFromPeakToPeakOfDisagreement()
    {
        QTRY_VERIFY(!m_window->lanes().modelCurves().byPerson().empty());
        m_window->bench().player.seek(0);
        press(Qt::Key_PageDown, Qt::ShiftModifier);
        QCOMPARE(m_window->bench().player.frame(), middle(2));
        QCOMPARE(review().selected(), spanAt(2));
        QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("peak 1 of 2")));
        press(Qt::Key_PageDown, Qt::ShiftModifier);
        QCOMPARE(m_window->bench().player.frame(), middle(9));
        press(Qt::Key_PageDown, Qt::ShiftModifier);
        QCOMPARE(m_window->bench().player.frame(), middle(9));
        QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("No further peak")));
        press(Qt::Key_PageUp, Qt::ShiftModifier);
        QCOMPARE(m_window->bench().player.frame(), middle(2));
    }

private:
    static FrameSpan place(int i) { return {kSpacing * i + 4, kSpacing * i + 15}; }
    static int64_t middle(int i) { return (place(i).first + place(i).last - 1) / 2; }
    int64_t spanAt(int i)
    {
        for (const Annotation& span : document()->allAnnotations())
            if (span.span == place(i))
                return span.id;
        return 0;
    }
    SpanState state(int64_t id) { return document()->annotation(id)->state; }
    void open()
    {
        press(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(m_window->findChild<SprintDialog*>());
        QVERIFY(QTest::qWaitForWindowActive(&dialog()));
    }
    SprintDialog& dialog() { return *m_window->findChild<SprintDialog*>(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget* focused = dialog().focusWidget();
        QTest::keyClick(focused ? focused : &dialog(), key, modifiers);
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestSprint)
#include "test_sprint.moc"
