// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/projectactions.h"
#include "app/gui/analysis/adjudicationdialog.h"
#include "app/gui/closingdialog.h"
#include "app/gui/commands.h"
#include "app/gui/conflictdialog.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/gui/missingvideosdialog.h"
#include "app/gui/snapshotsdialog.h"
#include "app/gui/teamdialog.h"
#include "app/gui/teamprojectdialog.h"
#include "data/projectlocation.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QPointer>

namespace telltale {
namespace {

void tell(Workbench& bench, const QString& sentence) { bench.window.messages().showError(sentence); }

QDialog* open(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void connectToTeam(Workbench& bench, TeamProjectDialog* dialog)
{
    const auto url = dialog->url();
    if (!url)
        return dialog->showError(QString::fromStdString(url.error().message));
    dialog->setBusy(true);
    bench.session.startOpening(
        dialog->projectName(), [url = *url] { return Document::open(url, Session::documentOptions()); },
        [&bench, dialog = QPointer<TeamProjectDialog>(dialog)](const Status& status) {
            if (!status && dialog)
                return dialog->showError(QString::fromStdString(status.error().message));
            const Document* document = bench.session.document();
            bench.commands.projectOpened(status ? toQString(document->folder()) : QString(), status);
            if (dialog)
                dialog->accept();
        });
}

void restore(Workbench& bench, const std::filesystem::path& project, const std::filesystem::path& snapshot)
{
    bench.session.abandonSnapshots();
    bench.session.closeProject();
    auto former = std::make_shared<std::filesystem::path>();
    const auto opener = [project, snapshot, former]() -> Result<std::unique_ptr<Document>> {
        ProgressSink quiet;
        const auto restored = restoreSnapshot(snapshot, project, quiet);
        if (!restored)
            return restored.error();
        *former = restored->former;
        return Document::open(project, Session::documentOptions());
    };
    const QString name = toQString(project.filename());
    bench.session.startOpening(name, opener, [&bench, project, former](const Status& status) {
        if (status)
            return bench.window.messages().showInfo(QCoreApplication::translate(
                "ProjectActions", "The snapshot is restored. What was there before is %1.")
                                                        .arg(toQString(*former)));
        const QString why = QString::fromStdString(status.error().message);
        const auto reopen = [project] { return Document::open(project, Session::documentOptions()); };
        bench.session.startOpening(
            toQString(project.filename()), reopen, [&bench, why](const Status&) { tell(bench, why); });
    });
}

} // namespace

bool mayClose(Workbench& bench, const std::function<void()>& then)
{
    const Document* document = bench.session.document();
    if (!document || document->health().pending == 0)
        return true;
    if (bench.window.findChild<ClosingDialog*>())
        return false; // it is being asked already
    auto* dialog = new ClosingDialog(*document, &bench.window);
    QObject::connect(dialog, &QDialog::accepted, &bench.window, [&bench, then] {
        bench.session.closeProject();
        then();
    });
    QObject::connect(dialog, &QDialog::finished, dialog, &QObject::deleteLater);
    dialog->openSoon();
    return false;
}

void closeProject(Workbench& bench)
{
    if (mayClose(bench, [] {}))
        bench.session.closeProject();
}

QDialog* showConflicts(Workbench& bench, int64_t conflictId)
{
    auto* dialog = bench.window.findChild<ConflictDialog*>();
    if (!dialog) {
        dialog = new ConflictDialog(bench, &bench.window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &ConflictDialog::failed, dialog,
            [&bench](const QString& sentence) { tell(bench, sentence); });
    }
    if (conflictId != 0)
        dialog->select(conflictId);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    return dialog;
}

QDialog* findMissingVideos(Workbench& bench)
{
    auto* dialog = new MissingVideosDialog(
        *bench.session.document(), bench.session.workers(), bench.commands.startFolder(), &bench.window);
    QObject::connect(dialog, &QDialog::accepted, &bench.window, [&bench, dialog] {
        Document& document = *bench.session.document();
        const auto [moved, waiting] = splitPlaces(document, dialog->places());
        bench.commands.findFiles(waiting);
        if (moved.empty())
            return;
        if (const Status status = document.relocateVideos(moved); !status)
            return tell(bench, QString::fromStdString(status.error().message));
        if (const int64_t shown = bench.session.videoId(); moved.contains(shown)) {
            bench.session.openVideo(0); // its file is there now
            bench.session.openVideo(shown);
        }
    });
    return open(dialog);
}

QDialog* openTeamProject(Workbench& bench, const QString& known, const QString& error)
{
    auto* dialog = new TeamProjectDialog(&bench.window);
    if (!known.isEmpty())
        if (const auto location = readTeamFile(toPath(known)))
            dialog->setLocation(*location);
    if (!error.isEmpty())
        dialog->showError(error);
    QObject::connect(dialog, &TeamProjectDialog::openWanted, dialog, [&bench, dialog] {
        const QPointer<TeamProjectDialog> there = dialog;
        if (mayClose(bench, [&bench, there] {
                if (there)
                    connectToTeam(bench, there);
            }))
            connectToTeam(bench, dialog);
    });
    QObject::connect(dialog, &QDialog::rejected, &bench.window, [&bench, dialog] {
        if (dialog->isBusy())
            bench.session.cancelOpening();
    });
    return open(dialog);
}

QDialog* showSnapshots(Workbench& bench)
{
    const std::filesystem::path project = bench.session.document()->folder();
    auto* dialog = new SnapshotsDialog(project, listSnapshots(defaultSnapshotFolder(project)), &bench.window);
    QObject::connect(
        dialog, &SnapshotsDialog::restoreWanted, &bench.window, [&bench, project](const QString& file) {
            const auto go = [&bench, project, snapshot = toPath(file)] { restore(bench, project, snapshot); };
            if (mayClose(bench, go))
                go();
        });
    return open(dialog);
}

QDialog* settleDisagreements(Workbench& bench)
{
    auto* dialog = bench.window.findChild<AdjudicationDialog*>();
    if (!dialog) {
        dialog = new AdjudicationDialog(bench, &bench.window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &AdjudicationDialog::failed, dialog,
            [&bench](const QString& sentence) { tell(bench, sentence); });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    return dialog;
}

QDialog* editTeam(Workbench& bench) { return open(new TeamDialog(*bench.session.document(), &bench.window)); }

} // namespace telltale
