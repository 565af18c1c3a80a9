// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/cmplpanel.h"
#include "app/gui/messagebar.h"
#include "pipeline/projectsystem.h"
#include "sampletrack.h"
#include "windowtest.h"
#include <QAction>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

namespace telltale {
namespace {

QJsonObject value(const QJsonValue& is) { return {{"value", is}, {"provenance", "ours"}}; }

/// Two quick streams, which take everything that the other one names.
Track1Recipe quickRecipe()
{
    const QJsonObject joint{{"input", QJsonObject{{"kind", value("skeleton")}, {"frames", value(8)}}},
        {"network",
            QJsonObject{
                {"kind", value("decoupled")}, {"widths", value(QJsonArray{16, 16})}, {"groups", value(4)}}},
        {"training", QJsonObject()}};
    const QJsonObject rgb{
        {"input", QJsonObject{{"kind", value("rgb")}, {"frames", value(4)}, {"side", value(16)}}},
        {"network", QJsonObject{{"kind", value("small_rgb")}}}, {"training", QJsonObject()}};
    const QJsonObject recipe{{"name", "quick"}, {"streams", QJsonObject{{"joint", joint}, {"rgb", rgb}}},
        {"training", QJsonObject{{"epochs", value(2)}, {"batch", value(4)}, {"views", value(1)}}},
        {"cmpl",
            QJsonObject{
                {"threshold", value(QJsonArray{0.01})}, {"margin", value(0)}, {"agreeing", value(1)}}}};
    return *parseTrack1Recipe(QJsonDocument(recipe).toJson().toStdString(), "quick.json");
}

constexpr int kShort = 40; ///< frames

int64_t addPerson(
    Document& document, const std::filesystem::path& folder, const std::string& name, SubjectRole role)
{
    const auto id = sample::addVideo(
        document, folder, name, kShort, 160, 120, std::string("subject ").append(name), role);
    const PoseTrack track = sample::poseTrack(kShort, 1, [](int64_t frame, int, int point) {
        return PosePoint{60 + static_cast<float>(point % 8), 40 + static_cast<float>(frame), 0.5F};
    });
    const std::string file = name + ".npz";
    return id && writeTrack(folder / file, track) && document.setTrack(*id, file) ? *id : 0;
}

/// Three labelled people, one whom nobody labelled, with an open proposal, and a system trained on the three.
bool makeTrainedProject(const std::filesystem::path& folder)
{
    auto document = Document::create(folder, *loadLabelScheme("smg"));
    if (!document)
        return false;
    for (const char* name : {"a", "b", "c"}) {
        const int64_t video = addPerson(
            **document, folder, name, name[0] == 'c' ? SubjectRole::Validation : SubjectRole::Train);
        for (int i = 0; i < 3; ++i) {
            Annotation span;
            span.videoId = video;
            span.span = {i * 12, i * 12 + 10};
            span.classId = i % 2;
            if (!(*document)->addAnnotation(span))
                return false;
        }
    }
    const int64_t open = addPerson(**document, folder, "d", SubjectRole::Unlabelled);
    if (!sample::importPredictions(**document, folder, open, std::vector<float>(40, 0.5F),
            {sample::prediction(open, {5, 25}, 2, 0.6F, 17)}))
        return false;
    ProgressSink quiet;
    return trainOnProject(**document, quickRecipe(), {}, quiet, {}).ok();
}

} // namespace

/// A real adaptation of a small system in the window.
class TestAdaptationJob : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepare();
        m_trained = toPath(m_once.filePath(QStringLiteral("trained")));
        QVERIFY(makeTrainedProject(m_trained));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = toPath(m_folder->filePath(QStringLiteral("project")));
        std::filesystem::copy(m_trained, m_project, std::filesystem::copy_options::recursive);
        openWindow();
        QCOMPARE(document()->models().size(), size_t{1});
    }
    void cleanup() { close(); }

    void aKeyAdaptsInTheBackgroundAndTheRoundsAppear()
    {
        QSignalSpy ended(&adaptation(), &Adaptation::finished);
        QSignalSpy progress(&adaptation(), &Adaptation::progressed);
        const auto before = decided();
        QElapsedTimer sinceBeat;
        qint64 longest = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] { longest = std::max(longest, sinceBeat.restart()); });
        heart.start(1);
        sinceBeat.start();
        press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(adaptation().running());
        QVERIFY(panel().isVisible());
        QVERIFY(!action("adapt").isEnabled());
        QVERIFY(!action("retrain").isEnabled());
        QVERIFY(action("cancel").isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 120000);
        heart.stop();
        qInfo("longest time that the event loop was blocked during an adaptation: %lld ms", longest);
        QVERIFY(!progress.isEmpty());
        QVERIFY(action("adapt").isEnabled());
        QCOMPARE(document()->models().size(), size_t{2});
        QVERIFY(document()->models().front().active);
        QVERIFY(!document()->models().back().active);
        QCOMPARE(decided(), before);
        QTRY_VERIFY2(label("roundPool").contains(QStringLiteral("1 of 1 spans accepted")),
            qPrintable(label("roundPool")));
        QVERIFY(label("roundPool").contains(QStringLiteral("inductive")));
        QTRY_VERIFY(scratch().isEmpty());
        // Each step can be taken back.
        document()->undoStack()->undo();
        QCOMPARE(document()->models().size(), size_t{1});
        QTRY_VERIFY(panel().findChild<QLabel*>(QStringLiteral("roundsEmpty"))->isVisible());
    }

    void stoppedItLeavesNothingBehind()
    {
        const int64_t sequence = document()->sequence();
        action("adapt").trigger();
        QTRY_VERIFY(!scratchOrClips().isEmpty()); // it has begun to write
        press(Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(!adaptation().running());
        QVERIFY2(label("adaptationState").contains(QStringLiteral("nothing was changed")),
            qPrintable(label("adaptationState")));
        QVERIFY(session().models().waitForDone(120000));
        QVERIFY(scratch().isEmpty());
        QCOMPARE(document()->models().size(), size_t{1});
        QCOMPARE(document()->sequence(), sequence);
        QVERIFY(!std::filesystem::exists(m_project / "models" / "track1-2"));
        QVERIFY(action("adapt").isEnabled());
    }

    void aProjectThatIsClosedEndsItsAdaptation()
    {
        action("adapt").trigger();
        QVERIFY(adaptation().running());
        session().closeProject();
        QVERIFY(!adaptation().running());
        QVERIFY(session().models().waitForDone(120000));
        QCoreApplication::processEvents();
        QVERIFY(scratch().isEmpty());
        QVERIFY(!std::filesystem::exists(m_project / "models" / "track1-2"));
    }

private:
    Adaptation& adaptation() { return m_window->bench().adaptation; }
    CmplPanel& panel() { return *m_window->findChild<CmplPanel*>(); }
    QAction& action(const char* id) { return *m_window->actions().action(id); }
    QString label(const char* name) { return panel().findChild<QLabel*>(QString::fromLatin1(name))->text(); }
    /// What people decided.
    std::vector<Annotation> decided()
    {
        std::vector<Annotation> all = document()->allAnnotations();
        std::erase_if(all, [](const Annotation& span) { return span.state == SpanState::Proposed; });
        return all;
    }
    QStringList scratch()
    {
        return QDir(toQString(m_project / "cache"))
            .entryList({QStringLiteral("adapting-*")}, QDir::AllEntries);
    }
    QStringList scratchOrClips()
    {
        return scratch()
            + QDir(toQString(m_project / "cache" / "clips"))
                  .entryList({QStringLiteral("all.safetensors*")}, QDir::Files | QDir::Hidden);
    }

    QTemporaryDir m_once;
    std::filesystem::path m_trained;
};

} // namespace telltale

QTEST_MAIN(telltale::TestAdaptationJob)
#include "test_adaptationjob.moc"
