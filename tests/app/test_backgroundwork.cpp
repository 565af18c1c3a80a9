// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/backgroundwork.h"
#include "base/files.h"
#include "pipeline/demo.h"
#include "pipeline/headmodels.h"
#include "widgets/models/texts.h"
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

namespace telltale {

/// Retraining and analysis behind the window, with the shipped weights on a tiny demo.
class TestBackgroundWork : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        if (!std::filesystem::exists(dataFolder() / "models" / "demo" / "joint.safetensors"))
            QSKIP("models/demo holds no weights");
        m_project = toPath(m_folder.filePath(QStringLiteral("demo")));
        ProgressSink sink;
        const Status made = makeDemo(m_project, "tiny", 1, sink);
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
    }

    void retrainingTellsItsEpochsAndEntersTheModelAsOneUndoStep()
    {
        Session session;
        Retraining retraining(session);
        const Status opened = session.openProject(m_project);
        QVERIFY2(opened.ok(), opened ? "" : opened.error().message.c_str());
        QSignalSpy epochs(&retraining, &Retraining::epochDone);
        QSignalSpy finished(&retraining, &Retraining::finished);
        QSignalSpy failed(&retraining, &Retraining::failed);
        const size_t models = session.document()->models().size();
        const int steps = session.document()->undoStack()->count();
        const std::vector<Annotation> spans = session.document()->allAnnotations();
        retraining.start();
        QVERIFY(retraining.running());
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 120000);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.front().front().toString()));
        QVERIFY(epochs.count() > 3);
        QCOMPARE(session.document()->models().size(), models + 1);
        QCOMPARE(session.document()->undoStack()->count(), steps + 1);
        QVERIFY(session.document()->allAnnotations() == spans);
        QVERIFY(!session.document()->models().back().active);
        session.document()->undoStack()->undo();
        QCOMPARE(session.document()->models().size(), models);
    }

    void newHeadsArePromotedRolledBackAndDiscardedEachInOneStep()
    {
        Session session;
        Retraining retraining(session);
        QVERIFY(session.openProject(m_project).ok());
        QSignalSpy finished(&retraining, &Retraining::finished);
        QSignalSpy failed(&retraining, &Retraining::failed);
        retraining.start();
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 120000);
        QVERIFY(failed.isEmpty());
        const Document& document = *session.document();
        const auto active = [&] {
            const ModelEntry* heads = activeHeads(document);
            return heads ? heads->id : 0;
        };
        const int64_t before = active();
        const ModelEntry* waiting = candidateHeads(document);
        QVERIFY(waiting);
        const int64_t candidate = waiting->id;
        const int steps = session.document()->undoStack()->count();
        retraining.promote();
        QCOMPARE(active(), candidate);
        QVERIFY(!candidateHeads(document));
        retraining.rollBack();
        QCOMPARE(active(), before);
        QCOMPARE(session.document()->undoStack()->count(), steps + 2);
        retraining.discard();
        QVERIFY(!candidateHeads(document) || candidateHeads(document)->id != candidate);
        session.document()->undoStack()->undo();
        QCOMPARE(candidateHeads(document)->id, candidate);
        QVERIFY(failed.isEmpty());
    }

    void aCancelledRetrainingChangesNothing()
    {
        Session session;
        Retraining retraining(session);
        QVERIFY(session.openProject(m_project).ok());
        QSignalSpy finished(&retraining, &Retraining::finished);
        QSignalSpy cancelled(&retraining, &Retraining::cancelled);
        const int64_t edits = session.document()->summary().edits;
        retraining.start();
        retraining.cancel();
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(!retraining.running());
        session.models().waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(finished.count(), 0);
        QCOMPARE(session.document()->summary().edits, edits);
    }

    void analysisEntersARunAndKeepsWhatWasDecided()
    {
        Session session;
        Analysis analysis(session);
        QVERIFY(session.openProject(m_project).ok());
        const int64_t video = session.document()->videos().front().id;
        std::map<int64_t, SpanState> decided;
        for (const Annotation& span : session.document()->allAnnotations()) {
            if (span.state != SpanState::Proposed)
                decided[span.id] = span.state;
        }
        QVERIFY(!decided.empty());
        const size_t runs = session.document()->runs(video).size();
        QSignalSpy finished(&analysis, &Analysis::finished);
        QSignalSpy failed(&analysis, &Analysis::failed);
        analysis.start({video}, {});
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 120000);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.front().front().toString()));
        QCOMPARE(session.document()->runs(video).size(), runs + 1);
        for (const auto& [id, state] : decided) {
            const Annotation* span = session.document()->annotation(id);
            QVERIFY(span && span->state == state);
        }
    }

    void aMissingPoseModelIsASentenceAndChangesNothing()
    {
        Session session;
        Analysis analysis(session);
        QVERIFY(session.openProject(m_project).ok());
        const int64_t edits = session.document()->summary().edits;
        QSignalSpy failed(&analysis, &Analysis::failed);
        analysis.start({session.document()->videos().front().id}, "/nowhere/pose.onnx");
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 60000);
        QVERIFY(failed.front().front().toString().contains(QStringLiteral("/nowhere/pose.onnx")));
        QVERIFY(!analysis.running());
        QCOMPARE(session.document()->summary().edits, edits);
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_project;
};

} // namespace telltale

QTEST_MAIN(telltale::TestBackgroundWork)
#include "test_backgroundwork.moc"
