// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/firstproject.h"
#include "app/gui/commands.h"
#include "app/gui/firstrun/newprojectwizard.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/gui/projectactions.h"
#include "widgets/models/texts.h"
#include <QCoreApplication>
#include <QFileInfo>

namespace telltale {
namespace {

/// What was decided in the wizard about a project that is there now.
struct Made {
    QString folder;
    PosePage::Source source;
    QString poseModel;
};

void begin(Workbench& bench, const Made& made)
{
    std::vector<int64_t> videos;
    for (const VideoEntry& video : bench.session.document()->videos())
        videos.push_back(video.id);
    if (made.source == PosePage::Source::Model)
        bench.analysis.start(videos, toPath(made.poseModel));
    else if (made.source == PosePage::Source::Import)
        bench.window.messages().showInfo(QCoreApplication::translate("FirstProject",
                                             "The project is there. Import its skeletons when you "
                                             "have them; spans can be marked by hand meanwhile."),
            QCoreApplication::translate("FirstProject", "Import..."),
            [&bench] { bench.commands.importFiles(); });
    else
        bench.window.messages().showInfo(QCoreApplication::translate("FirstProject",
            "The project is there. I and O mark where a gesture begins and ends, Enter makes a span of it."));
}

void open(Workbench& bench, const Made& made)
{
    if (!mayClose(bench, [&bench, made] { open(bench, made); }))
        return;
    bench.session.startOpening(
        QFileInfo(made.folder).fileName(),
        [folder = toPath(made.folder)] { return Document::open(folder, Session::documentOptions()); },
        [&bench, made](const Status& status) {
            bench.commands.projectOpened(made.folder, status);
            if (status)
                begin(bench, made);
        });
}

} // namespace

QDialog* newProjectFromVideos(Workbench& bench, const QStringList& paths)
{
    auto* wizard = new NewProjectWizard(bench.session.workers(), bench.commands.startFolder(),
        bench.commands.poseModel(), paths, &bench.window);
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(wizard, &QDialog::accepted, &bench.window, [&bench, wizard] {
        const Made made{wizard->folder(), wizard->poseSource(), wizard->poseModel()};
        if (!made.poseModel.isEmpty())
            bench.commands.rememberPoseModel(made.poseModel);
        open(bench, made);
    });
    wizard->open();
    return wizard;
}

} // namespace telltale
