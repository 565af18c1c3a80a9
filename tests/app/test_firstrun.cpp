// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// From nothing to a project: the rules behind the wizard, the wizard itself by keyboard, and the first page.
#include "app/gui/firstrun/classlist.h"
#include "app/gui/firstrun/firstproject.h"
#include "app/gui/firstrun/newprojectwizard.h"
#include "app/gui/firstrun/placepage.h"
#include "app/gui/firstrun/subjectrule.h"
#include "app/gui/messagebar.h"
#include "app/gui/welcomepage.h"
#include "pipeline/newproject.h"
#include "windowtest.h"
#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QUrl>

namespace telltale {
namespace {

constexpr int kPatienceMs = 60000;

QString ruleText(int rule) { return QString::fromLatin1(subjectRules()[static_cast<size_t>(rule)].pattern); }

QStringList subjectsOf(const QStringList& files)
{
    QStringList subjects;
    for (const QString& file : files)
        subjects.append(subjectOf(file, ruleText(guessSubjectRule(files))));
    return subjects;
}

/// Asks to be stopped when the n-th video is reached.
class StopAt : public ProgressSink {
public:
    explicit StopAt(int64_t video) : m_video(video) { }
    bool cancelled() const override { return m_reached; }
    void report(int64_t done, int64_t, std::string_view) override { m_reached = done >= m_video; }

private:
    int64_t m_video;
    bool m_reached = false;
};

} // namespace

class TestFirstRun : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const char* name : {"anna_1.mp4", "anna_2.mp4", "ben_1.mp4"})
            QVERIFY(
                sample::writeVideo(toPath(at(QStringLiteral("videos/") + QLatin1String(name))), 10, 64, 48));
        QFile broken(at(QStringLiteral("videos/broken.mp4")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is no video");
    }

    void cleanup() { close(); }

    void subjectsAreGuessedFromFoldersThenFromNames()
    {
        using L = QStringList;
        const auto s = [](const char* text) { return QString::fromLatin1(text); };
        QCOMPARE(subjectsOf({s("/d/anna/1.mp4"), s("/d/anna/2.mp4"), s("/d/ben/1.mp4")}),
            (L{s("anna"), s("anna"), s("ben")}));
        QCOMPARE(subjectsOf({s("/d/S01_a.mp4"), s("/d/S01_b.mp4"), s("/d/S02-a.avi")}),
            (L{s("S01"), s("S01"), s("S02")}));
        // All begin alike: the number tells them apart.
        QCOMPARE(subjectsOf({s("/d/subject 7 a.mp4"), s("/d/subject 7 b.mp4"), s("/d/subject 12 a.mp4")}),
            (L{s("7"), s("7"), s("12")}));
        QCOMPARE(subjectsOf({s("/d/x.mp4")}), (L{s("x")}));
        QCOMPARE(subjectsOf({s("/d/a.mp4"), s("/d/b.mp4")}), (L{s("a"), s("b")}));
        QVERIFY(subjectOf(s("/d/a.mp4"), s("(")).isEmpty());
        QCOMPARE(subjectOf(s("/d/a7.mp4"), s("[0-9]")), s("7"));
    }

    void aPastedListBecomesClasses()
    {
        const ClassList list = readClassList(QStringLiteral(
            "# mine\n1. Touching neck\r\n2,\"Rubbing hands\"\n\n  Moving legs  \ntouching NECK\n"));
        QCOMPARE(list.scheme.classCount(), 3);
        QCOMPARE(list.scheme.classes[0].name, std::string("Touching neck"));
        QCOMPARE(list.scheme.classes[1].name, std::string("Rubbing hands"));
        QCOMPARE(list.scheme.classes[2].name, std::string("Moving legs"));
        QCOMPARE(list.scheme.classes[2].color, defaultClassColor(2));
        QVERIFY(!list.scheme.fixed);
        QCOMPARE(list.problems.size(), 1);
        QVERIFY(list.problems.front().contains(QStringLiteral("6")));
        QCOMPARE(readClassList({}).scheme.classCount(), 0);
    }

    void aVideoThatCannotBeReadSaysWhyAndTheOthersGoOn()
    {
        QThreadPool pool;
        VideoCheck videos(pool);
        videos.add({at(QStringLiteral("videos"))}); // the folder
        videos.add({at(QStringLiteral("videos/ben_1.mp4")), at(QStringLiteral("videos/gone.mp4"))});
        QTRY_VERIFY_WITH_TIMEOUT(!videos.busy(), kPatienceMs);
        QCOMPARE(videos.rowCount(), 5);
        QCOMPARE(videos.count(VideoCheck::State::Good), 3);
        QCOMPARE(videos.count(VideoCheck::State::Bad), 2);
        const QStringList names{QStringLiteral("anna_1.mp4"), QStringLiteral("anna_2.mp4"),
            QStringLiteral("ben_1.mp4"), QStringLiteral("broken.mp4"), QStringLiteral("gone.mp4")};
        QStringList shown;
        for (int row = 0; row < 5; ++row)
            shown.append(videos.index(row, VideoCheck::FileColumn).data().toString());
        shown.sort();
        QCOMPARE(shown, names);
        for (int row = 0; row < 5; ++row)
            if (videos.state(row) == VideoCheck::State::Bad)
                QVERIFY(videos.index(row, VideoCheck::StateColumn).data().toString().size() > 20);
        QCOMPARE(videos.goodVideos().front()->entry.frameCount, int64_t{10});
        videos.remove({videos.index(0, 0), videos.index(2, 0)});
        QCOMPARE(videos.rowCount(), 3);
    }

    void aProjectIsThereAsAWholeOrNotAtAll()
    {
        NewProjectRequest request = smallRequest();
        StopAt stopped(1);
        const Status cancelled = telltale::makeProject(request, stopped);
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
        QCOMPARE(entries(), QStringList(QStringLiteral("videos")));
        // A folder that holds something is somebody's.
        request.folder = toPath(at(QStringLiteral("videos")));
        ProgressSink quiet;
        const Status taken = telltale::makeProject(request, quiet);
        QVERIFY(!taken && taken.error().code == ErrorCode::Conflict);
        QCOMPARE(entries(), QStringList(QStringLiteral("videos")));
        request = smallRequest();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("p"))); // an empty one is taken
        const Status made = telltale::makeProject(request, quiet);
        QVERIFY2(made.ok(), made ? "" : made.error().message.c_str());
        QCOMPARE(entries(), (QStringList{QStringLiteral("p"), QStringLiteral("videos")}));
        const auto document = Document::open(request.folder);
        QVERIFY(document);
        QCOMPARE((*document)->videos().size(), size_t{3});
        QCOMPARE((*document)->subjects().size(), size_t{2});
        for (const VideoEntry& video : (*document)->videos()) {
            QVERIFY(std::filesystem::path(video.path).is_relative());
            QVERIFY(std::filesystem::exists((*document)->absolute(video.path)));
        }
    }

    void fromVideosToAnOpenProjectByKeyboardAlone()
    {
        openEmptyWindow();
        m_window->actions().action("new-videos")->trigger();
        auto* wizard = m_window->findChild<NewProjectWizard*>();
        QVERIFY(wizard && wizard->isVisible());
        QAbstractButton* next = wizard->button(QWizard::NextButton);
        QVERIFY(!next->isEnabled());
        wizard->videos().add({at(QStringLiteral("videos"))});
        QTRY_VERIFY_WITH_TIMEOUT(next->isEnabled(), kPatienceMs);
        QTest::keyClick(wizard, Qt::Key_Return);
        // Subjects: ben is really carl.
        auto* table = visible<QTableWidget>(*wizard);
        QVERIFY(table);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("anna"));
        QCOMPARE(table->item(2, 0)->text(), QStringLiteral("ben"));
        table->setFocus();
        table->setCurrentCell(2, 0);
        QTest::keyClick(table, Qt::Key_F2);
        QVERIFY(table->findChild<QLineEdit*>());
        QTest::keyClicks(table->findChild<QLineEdit*>(), QStringLiteral("carl"));
        QTest::keyClick(table->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_COMPARE(table->item(2, 0)->text(), QStringLiteral("carl"));
        QTest::keyClick(wizard, Qt::Key_Return);
        // Labels: two of one's own.
        for (auto* radio : wizard->currentPage()->findChildren<QRadioButton*>())
            if (radio->text().contains(QStringLiteral("own")))
                QTest::keyClick(radio, Qt::Key_Space);
        auto* names = visible<QPlainTextEdit>(*wizard);
        QTest::keyClicks(names, QStringLiteral("Neck"));
        QTest::keyClick(names, Qt::Key_Return);
        QTest::keyClicks(names, QStringLiteral("Legs"));
        QTest::keyClick(next, Qt::Key_Space);
        for (auto* radio : wizard->currentPage()->findChildren<QRadioButton*>())
            if (radio->text().contains(QStringLiteral("Without")))
                QTest::keyClick(radio, Qt::Key_Space);
        QCOMPARE(wizard->poseSource(), PosePage::Source::None);
        QTest::keyClick(wizard, Qt::Key_Return);
        wizard->place().setFolder(at(QStringLiteral("mine")));
        QTest::keyClick(wizard->button(QWizard::FinishButton), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(session().document(), kPatienceMs);
        QCOMPARE(document()->videos().size(), size_t{3});
        QCOMPARE(document()->scheme().classCount(), 2);
        QCOMPARE(document()->scheme().classes[1].name, std::string("Legs"));
        QStringList subjects;
        for (const VideoEntry& video : document()->videos())
            subjects.append(QString::fromStdString(video.subject));
        QCOMPARE(
            subjects, (QStringList{QStringLiteral("anna"), QStringLiteral("anna"), QStringLiteral("carl")}));
        QVERIFY(m_window->messages().text().contains(QStringLiteral("The project is there")));
        QTRY_VERIFY(!m_window->findChild<NewProjectWizard*>());
    }

    void cancellingTheWizardWhileItMakesTheProjectLeavesNothing()
    {
        openEmptyWindow();
        auto* wizard = qobject_cast<NewProjectWizard*>(
            newProjectFromVideos(m_window->bench(), {at(QStringLiteral("videos"))}));
        QTRY_VERIFY_WITH_TIMEOUT(!wizard->videos().busy(), kPatienceMs);
        for (int page = 0; page < 4; ++page)
            wizard->next();
        wizard->place().setFolder(at(QStringLiteral("stopped")));
        wizard->accept();
        QVERIFY(wizard->making());
        QVERIFY(!wizard->button(QWizard::BackButton)->isEnabled());
        QTest::keyClick(wizard, Qt::Key_Escape);
        QVERIFY(!wizard->making());
        QVERIFY(wizard->isVisible());
        session().workers().waitForDone();
        QCOMPARE(entries(), QStringList(QStringLiteral("videos")));
        QVERIFY(!session().document());
        // And it can be made all the same.
        QVERIFY(wizard->button(QWizard::FinishButton)->isEnabled());
        wizard->accept();
        QTRY_VERIFY_WITH_TIMEOUT(session().document(), kPatienceMs);
        QVERIFY(entries().contains(QStringLiteral("stopped")));
    }

    void recentProjectsThatAreGoneAreGreyAndCanBeTakenOffTheList()
    {
        QVERIFY(sample::makeProject(toPath(at(QStringLiteral("there")))));
        Settings settings;
        settings.addRecent(at(QStringLiteral("there")));
        settings.addRecent(at(QStringLiteral("gone")));
        m_window = std::make_unique<MainWindow>(settings, false);
        m_window->show();
        auto* page = m_window->findChild<WelcomePage*>();
        const auto button = [page](const QString& name) {
            for (auto* each : page->findChildren<QToolButton*>())
                if (each->accessibleName() == name)
                    return each;
            return static_cast<QToolButton*>(nullptr);
        };
        const QString gone = at(QStringLiteral("gone"));
        QVERIFY(button(QStringLiteral("Open ") + at(QStringLiteral("there")))->isEnabled());
        QVERIFY(!button(QStringLiteral("Open ") + gone)->isEnabled());
        QToolButton* forget = button(QStringLiteral("Take ") + gone + QStringLiteral(" off the list"));
        QVERIFY(forget && forget->isEnabled());
        forget->setFocus();
        QTest::keyClick(forget, Qt::Key_Space);
        QTRY_VERIFY(!button(QStringLiteral("Open ") + gone));
        QVERIFY(button(QStringLiteral("Open ") + at(QStringLiteral("there"))));
    }

    void videosDroppedOnTheFirstPageBeginAProject()
    {
        openEmptyWindow();
        auto* page = m_window->findChild<WelcomePage*>();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(at(QStringLiteral("videos/anna_1.mp4")))});
        // A drop reaches only what has taken the drag before.
        QDragEnterEvent drag(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page, &drag);
        QVERIFY(drag.isAccepted());
        QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page, &drop);
        auto* wizard = m_window->findChild<NewProjectWizard*>();
        QVERIFY(wizard);
        QTRY_COMPARE_WITH_TIMEOUT(wizard->videos().count(VideoCheck::State::Good), 1, kPatienceMs);
        wizard->reject();
        QVERIFY(!wizard->isVisible());
    }

private:
    QString at(const QString& name)
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        return path;
    }

    QStringList entries() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    template <typename T> T* visible(QWizard& wizard)
    {
        const auto all = wizard.currentPage()->findChildren<T*>();
        return all.isEmpty() ? nullptr : all.front();
    }

    void openEmptyWindow()
    {
        m_window = std::make_unique<MainWindow>(Settings(), false);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    NewProjectRequest smallRequest()
    {
        NewProjectRequest request;
        request.folder = toPath(at(QStringLiteral("p")));
        request.scheme = readClassList(QStringLiteral("Neck")).scheme;
        ProgressSink quiet;
        for (const char* name : {"anna_1", "anna_2", "ben_1"}) {
            const auto probed
                = probeVideoFile(toPath(at(QStringLiteral("videos/%1.mp4").arg(QLatin1String(name)))), quiet);
            if (probed)
                request.videos.push_back({*probed, std::string(name).substr(0, std::string(name).find('_'))});
        }
        return request;
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestFirstRun)
#include "test_firstrun.moc"
