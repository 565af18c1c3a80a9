// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What the window shows of the project as a whole: opening, durability, conflicts, history, snapshots, team.
#include "app/gui/closingdialog.h"
#include "app/gui/conflictdialog.h"
#include "app/gui/inspector/historypanel.h"
#include "app/gui/messagebar.h"
#include "app/gui/missingvideosdialog.h"
#include "app/gui/projectactions.h"
#include "app/gui/snapshotsdialog.h"
#include "app/gui/storestatus.h"
#include "app/gui/teamdialog.h"
#include "app/gui/teamprojectdialog.h"
#include "base/files.h"
#include "data/safety/snapshots.h"
#include "pipeline/project.h"
#include "widgets/models/texts.h"
#include "windowtest.h"
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTreeWidget>
#include <QUndoStack>
#include <QUndoView>
#include <sqlite3.h>

namespace telltale {
namespace {

constexpr int kPatienceMs = 60000;

/// Another program that is writing to the project and does not come to an end.
class WriteLock {
public:
    explicit WriteLock(const std::filesystem::path& folder)
    {
        sqlite3_open((folder / "project.db").c_str(), &m_database);
        m_held = sqlite3_exec(m_database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    ~WriteLock() { release(); }
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;
    bool held() const { return m_held; }
    void release()
    {
        sqlite3_close(std::exchange(m_database, nullptr));
        m_held = false;
    }

private:
    sqlite3* m_database = nullptr;
    bool m_held = false;
};

} // namespace

class TestProjectWindow : public WindowTest {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }

    void init()
    {
        makeProject();
        qputenv("TELLTALE_SNAPSHOTS", m_folder->filePath(QStringLiteral("snapshots")).toUtf8());
        openWindow();
    }

    void cleanup() { close(); }

    void projectsAreOpenedBehindTheWindow()
    {
        const Document* before = document();
        QSemaphore permission;
        bool done = false;
        session().startOpening(
            QStringLiteral("slow"),
            [&permission, folder = m_project] {
                permission.acquire();
                return Document::open(folder, Session::documentOptions());
            },
            [&done](const Status& status) { done = status.ok(); });
        QCOMPARE(session().opening(), QStringLiteral("slow"));
        QTRY_VERIFY(m_window->messages().text().contains(QStringLiteral("Opening slow")));
        QCOMPARE(document(), before); // what is open stays open meanwhile
        permission.release();
        QTRY_VERIFY_WITH_TIMEOUT(done, kPatienceMs);
        QVERIFY(document() != before);
        QVERIFY(session().opening().isEmpty());
        QVERIFY(!m_window->messages().isVisible());
        QCOMPARE(document()->thread(), thread());
    }

    void anOpeningThatFailsLeavesWhatIsOpen()
    {
        const Document* before = document();
        m_window->commands().startOpening(m_folder->filePath(QStringLiteral("nothing")));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->messages().text().contains(QStringLiteral("nothing")), kPatienceMs);
        QVERIFY(session().opening().isEmpty());
        QCOMPARE(document(), before);
    }

    void anOpeningThatIsCancelledChangesNothingAndNothingIsLeftOpen()
    {
        const Document* before = document();
        QSemaphore permission;
        bool done = false;
        session().startOpening(
            QStringLiteral("slow"),
            [&permission, folder = m_project] {
                permission.acquire();
                return Document::open(folder, Session::documentOptions());
            },
            [&done](const Status&) { done = true; });
        session().cancelOpening();
        QVERIFY(session().opening().isEmpty());
        permission.release();
        m_window->close();
        m_window.reset(); // waits for the opening
        QVERIFY(!done);
        Q_UNUSED(before);
        const auto alone = Document::open(m_project);
        QVERIFY(alone.ok());
    }

    void theStatusBarSaysThatEditsAreSavedAndDoesNotFlicker()
    {
        QSignalSpy began(&m_window->storeStatus(), &StoreStatus::troubleBegan);
        QCOMPARE(m_window->storeStatus().text(), QStringLiteral("Saved"));
        QVERIFY(m_window->storeStatus().isVisible());
        QVERIFY(document()->setState(spanAt(0), SpanState::Accepted).ok());
        QCOMPARE(m_window->storeStatus().text(), QStringLiteral("Saved"));
        QVERIFY(document()->flush().ok());
        QCoreApplication::processEvents();
        QCOMPARE(m_window->storeStatus().text(), QStringLiteral("Saved"));
        QCOMPARE(began.count(), 0);
    }

    void editsThatCannotBeWrittenAreToldAboutUntilTheyAre()
    {
        WriteLock lock(m_project);
        QVERIFY(lock.held());
        QVERIFY(document()->setState(spanAt(0), SpanState::Accepted).ok());
        StoreStatus& status = m_window->storeStatus();
        QTRY_VERIFY_WITH_TIMEOUT(status.text().startsWith(QStringLiteral("Saving 1 edit")), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!status.trouble().isEmpty(), kPatienceMs);
        QVERIFY(status.text().startsWith(QStringLiteral("1 edit(s) wait: ")));
        QCOMPARE(status.accessibleName(), status.text());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY(m_window->messages().text().startsWith(status.trouble()));
        lock.release();
        QTRY_COMPARE_WITH_TIMEOUT(status.text(), QStringLiteral("Saved"), kPatienceMs);
        QVERIFY(!m_window->messages().isVisible());
    }

    void closingAsksWhileEditsWaitAndGoesOnWhenTheyAreWritten()
    {
        WriteLock lock(m_project);
        QVERIFY(document()->setState(spanAt(0), SpanState::Accepted).ok());
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->storeStatus().trouble().isEmpty(), kPatienceMs);
        QVERIFY(!m_window->close());
        auto* dialog = m_window->findChild<ClosingDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!m_window->close()); // asks once
        QCOMPARE(m_window->findChildren<ClosingDialog*>().size(), 1);
        lock.release();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), kPatienceMs);
        const auto again = Document::open(m_project);
        QVERIFY(again.ok());
        QCOMPARE((*again)->annotations(1).front().state, SpanState::Accepted);
    }

    void whatIsClosedAnywayIsInTheProjectNextTime()
    {
        WriteLock lock(m_project);
        QVERIFY(document()->setState(spanAt(0), SpanState::Rejected).ok());
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->storeStatus().trouble().isEmpty(), kPatienceMs);
        closeProject(m_window->bench());
        auto* dialog = m_window->findChild<ClosingDialog*>();
        QVERIFY(dialog);
        QVERIFY(document());
        auto* anyway = dialog->findChild<QPushButton*>(QStringLiteral("close-anyway"));
        QVERIFY(anyway->isVisible());
        anyway->click();
        QVERIFY(!document());
        lock.release();
        m_window->commands().openProject(toQString(m_project));
        QVERIFY(document());
        QCOMPARE(document()->annotations(1).front().state, SpanState::Rejected);
    }

    void aConflictShowsBothVersionsInWordsAndTheChoiceIsAnEdit()
    {
        makeConflict();
        QTRY_COMPARE_WITH_TIMEOUT(document()->conflicts().size(), 1U, kPatienceMs);
        QVERIFY(m_window->messages().text().contains(QStringLiteral("1 conflict(s) are open")));
        QAction* action = m_window->actions().action("conflicts");
        QVERIFY(action->isEnabled());
        QVERIFY(action->text().contains(QStringLiteral("(1)")));
        action->trigger();
        auto* dialog = m_window->findChild<ConflictDialog*>();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        QCOMPARE(dialog->list().count(), 1);
        const LabelScheme& scheme = document()->scheme();
        const QTableWidget& table = dialog->table();
        QCOMPARE(table.item(0, 1)->text(), classLongText(scheme, 4));
        QCOMPARE(table.item(0, 2)->text(), classLongText(scheme, 3));
        QVERIFY(table.item(0, 0)->font().bold());
        QVERIFY(table.item(0, 0)->text().startsWith(QChar(0x2260)));
        QVERIFY(!table.item(1, 0)->font().bold()); // the same place
        QVERIFY(table.item(1, 1)->text().contains(QStringLiteral("frames 10 to 29")));
        dialog->findChild<QPushButton*>(QStringLiteral("use-mine"))->click();
        QCOMPARE(document()->annotations(1).front().classId, 4);
        QVERIFY(document()->conflicts().empty());
        QCOMPARE(dialog->list().count(), 0);
        QVERIFY(!action->isEnabled());
        document()->undoStack()->undo();
        QCOMPARE(dialog->list().count(), 1);
        dialog->findChild<QPushButton*>(QStringLiteral("keep-theirs"))->click();
        QCOMPARE(document()->annotations(1).front().classId, 3);
        QVERIFY(document()->conflicts().empty());
    }

    void theHistoryListsEverybodysEditsNewestFirst()
    {
        m_window->actions().action("history")->trigger();
        HistoryPanel& history = m_window->history();
        history.showTab(1);
        QTRY_VERIFY_WITH_TIMEOUT(history.log().rowCount() > 0, kPatienceMs);
        const int before = history.log().rowCount();
        QVERIFY(document()->setState(spanAt(0), SpanState::Accepted).ok());
        document()->undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(history.log().rowCount(), before + 2, kPatienceMs);
        const auto text
            = [&](int row, int column) { return history.log().index(row, column).data().toString(); };
        QCOMPARE(text(0, HistoryModel::What), QStringLiteral("Undo: Decide"));
        QCOMPARE(text(1, HistoryModel::What), QStringLiteral("Decide"));
        QCOMPARE(text(1, HistoryModel::Person), QString::fromStdString(document()->annotator()));
        session().closeProject();
        QCOMPARE(history.log().rowCount(), 0);
    }

    void choosingAStepGoesBackToIt()
    {
        QVERIFY(document()->setState(spanAt(0), SpanState::Accepted).ok());
        QVERIFY(document()->setState(spanAt(1), SpanState::Rejected).ok());
        const int steps = document()->undoStack()->index();
        m_window->showPanel("history");
        auto* view = m_window->history().findChild<QUndoView*>();
        QTRY_VERIFY(view->isVisible());
        QCOMPARE(view->model()->rowCount(), steps + 1);
        view->setCurrentIndex(view->model()->index(steps - 1, 0));
        QCOMPARE(document()->annotations(1)[0].state, SpanState::Accepted);
        QCOMPARE(document()->annotations(1)[1].state, SpanState::Proposed);
    }

    void missingVideosAreFoundUnderAnotherNameAndTakenOverInOneStep()
    {
        addVideoWithFingerprint();
        const int64_t id = document()->videos().back().id;
        QVERIFY(document()->videos().back().bytes > 0);
        const QString elsewhere = m_folder->filePath(QStringLiteral("disk/deep/renamed.mp4"));
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("disk/deep"))));
        QVERIFY(QFile::rename(m_folder->filePath(QStringLiteral("moved.mp4")), elsewhere));
        auto* dialog = qobject_cast<MissingVideosDialog*>(findMissingVideos(m_window->bench()));
        QCOMPARE(dialog->list().topLevelItemCount(), 1);
        dialog->setFolder(m_folder->filePath(QStringLiteral("disk")));
        dialog->search();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->searching(), kPatienceMs);
        QCOMPARE(dialog->places().size(), 1U);
        const int steps = document()->undoStack()->index();
        dialog->accept();
        QCOMPARE(document()->undoStack()->index(), steps + 1);
        QCOMPARE(toQString(session().fileOf(id)), elsewhere);
    }

    void aVideoThatWasNeverHereIsTheFileThatAPersonChooses()
    {
        addVideoWithFingerprint();
        const QString file = toQString(session().fileOf(document()->videos().back().id));
        VideoEntry waiting;
        waiting.name = "session 7";
        waiting.offline = true;
        waiting.frameCount = 5;
        const auto id = document()->addVideo(waiting);
        QVERIFY(id.ok());
        auto* dialog = qobject_cast<MissingVideosDialog*>(findMissingVideos(m_window->bench()));
        QCOMPARE(dialog->list().topLevelItemCount(), 1);
        QVERIFY(dialog->places().empty());
        dialog->setPlace(0, file);
        QCOMPARE(dialog->places().size(), 1U);
        dialog->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!document()->video(*id)->offline, kPatienceMs);
        QCOMPARE(document()->video(*id)->name, std::string("session 7"));
        QCOMPARE(toQString(session().fileOf(*id)), file);
    }

    void videosThatAreNotCheckedStay()
    {
        addVideoWithFingerprint();
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("disk"))));
        QVERIFY(QFile::rename(m_folder->filePath(QStringLiteral("moved.mp4")),
            m_folder->filePath(QStringLiteral("disk/moved.mp4"))));
        MissingVideosDialog dialog(*document(), session().workers(), QString());
        dialog.setFolder(m_folder->filePath(QStringLiteral("disk")));
        dialog.search();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.searching(), kPatienceMs);
        dialog.list().topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        QVERIFY(dialog.places().empty());
    }

    void aSnapshotIsRestoredAndTheFormerFileIsKept()
    {
        ProgressSink quiet;
        const auto folder = defaultSnapshotFolder(m_project);
        QVERIFY(takeSnapshot(m_project / "project.db", folder, quiet).ok());
        QVERIFY(document()->setState(spanAt(0), SpanState::Rejected).ok());
        QVERIFY(document()->flush().ok());
        auto* dialog = qobject_cast<SnapshotsDialog*>(showSnapshots(m_window->bench()));
        QCOMPARE(dialog->list().topLevelItemCount(), 1);
        auto* question = qobject_cast<QMessageBox*>(dialog->askToRestore());
        QVERIFY(question->informativeText().contains(QStringLiteral("before-restore")));
        for (QAbstractButton* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        QTRY_VERIFY_WITH_TIMEOUT(document() && session().opening().isEmpty(), kPatienceMs);
        QCOMPARE(document()->annotations(1).front().state, SpanState::Proposed);
        QVERIFY(m_window->messages().text().contains(QStringLiteral("before-restore")));
        const QStringList kept
            = QDir(toQString(m_project)).entryList({QStringLiteral("project.db.before-restore*")});
        QVERIFY(!kept.isEmpty());
    }

    void openProjectsGetSnapshotsIfTheyAreWanted()
    {
        session().closeProject();
        session().setSnapshots(true);
        m_window->commands().openProject(toQString(m_project));
        const auto folder = defaultSnapshotFolder(m_project);
        QTRY_COMPARE_WITH_TIMEOUT(listSnapshots(folder).size(), 1U, kPatienceMs);
        QVERIFY(document()->setState(spanAt(0), SpanState::Rejected).ok());
        m_window.reset(); // waits for the last one
        QCOMPARE(listSnapshots(folder).size(), 2U);
    }

    void theTeamProjectsAddressIsPutTogetherAndThePasswordIsNotInItsText()
    {
        TeamProjectDialog dialog;
        const QList<QLineEdit*> edits = dialog.findChildren<QLineEdit*>();
        QCOMPARE(edits.size(), 4);
        edits[0]->setText(QStringLiteral("db.example.org:5433/lab"));
        edits[1]->setText(QStringLiteral("anna"));
        edits[2]->setText(QStringLiteral("a@b/c"));
        edits[3]->setText(QStringLiteral("smiles"));
        const auto url = dialog.url();
        QVERIFY2(url.ok(), url ? "" : url.error().message.c_str());
        QCOMPARE(*url, std::string("postgresql://anna:a%40b%2Fc@db.example.org:5433/lab?project=smiles"));
        QCOMPARE(edits[2]->echoMode(), QLineEdit::Password);
        edits[1]->clear();
        QVERIFY(!dialog.url().ok());
        QVERIFY(dialog.error().contains(QStringLiteral("user")));
    }

    void aServerThatIsNotThereIsToldInTheDialog()
    {
        auto* dialog = qobject_cast<TeamProjectDialog*>(openTeamProject(m_window->bench()));
        dialog->findChildren<QLineEdit*>().front()->setText(
            QStringLiteral("postgresql:///lab?host=") + m_folder->path());
        emit dialog->openWanted();
        QVERIFY(dialog->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), kPatienceMs);
        QVERIFY(dialog->isVisible());
        QVERIFY(!dialog->error().isEmpty());
        QVERIFY(document()); // what was open is open
    }

    void membersAndCodersAreSetFromTheTable()
    {
        auto* dialog = qobject_cast<TeamDialog*>(editTeam(m_window->bench()));
        QVERIFY(dialog->hint().contains(QStringLiteral("everybody")));
        dialog->addMember(QStringLiteral("carla"), MemberRole::Annotator);
        QVERIFY(dialog->hint().contains(QStringLiteral("needs an owner")));
        dialog->addMember(QString::fromStdString(document()->annotator()), MemberRole::Owner);
        dialog->addMember(QStringLiteral("dora"), MemberRole::Reviewer);
        QVERIFY(dialog->hint().isEmpty());
        QTableWidget& coders = dialog->coders();
        QCOMPARE(coders.columnCount(), 3);
        for (int column = 0; column < coders.columnCount(); ++column)
            if (coders.horizontalHeaderItem(column)->text() == QStringLiteral("carla"))
                coders.item(0, column)->setCheckState(Qt::Checked);
        dialog->accept();
        QVERIFY2(!dialog->isVisible(), qPrintable(dialog->hint()));
        QCOMPARE(document()->members().size(), 3U);
        QCOMPARE(document()->role(), MemberRole::Owner);
        QCOMPARE(document()->assignments(1).size(), 1U);
        QCOMPARE(document()->assignments(1).front().annotator, std::string("carla"));
    }

    void anOwnerCanLeaveTheTeamLast()
    {
        QVERIFY(document()->setMember(document()->annotator(), MemberRole::Owner).ok());
        QVERIFY(document()->setMember("carla", MemberRole::Annotator).ok());
        auto* dialog = qobject_cast<TeamDialog*>(editTeam(m_window->bench()));
        while (dialog->members().rowCount() > 0)
            dialog->removeMember(0);
        dialog->accept();
        QVERIFY2(!dialog->isVisible(), qPrintable(dialog->hint()));
        QVERIFY(document()->members().empty());
    }

private:
    int64_t spanAt(size_t index) { return document()->annotations(1).at(index).id; }

    /// Somebody else names the first span before the window has heard of it.
    void makeConflict()
    {
        DocumentOptions options;
        options.annotator = "bert";
        const auto bert = Document::open(m_project, options);
        QVERIFY(bert.ok());
        const int64_t span = spanAt(0);
        QVERIFY((*bert)->relabel(span, 3).ok());
        QVERIFY(document()->relabel(span, 4).ok());
    }

    void addVideoWithFingerprint()
    {
        const QString file = m_folder->filePath(QStringLiteral("moved.mp4"));
        QVERIFY(QFile::copy(toQString(m_project / "clip.mp4"), file));
        ProgressSink quiet;
        const auto id = addVideoFile(*document(), toPath(file), "s2", SubjectRole::Train, quiet);
        QVERIFY2(id.ok(), id ? "" : id.error().message.c_str());
    }
};

} // namespace telltale

QTEST_MAIN(telltale::TestProjectWindow)
#include "test_projectwindow.moc"
