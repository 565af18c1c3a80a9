// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/actiontable.h"
#include "app/gui/actions/families.h"
#include "app/gui/commands.h"
#include "app/gui/firstrun/firstproject.h"
#include "app/gui/looks/overlaypanel.h"
#include "app/gui/mainwindow.h"
#include "app/gui/poseactions.h"
#include "app/gui/projectactions.h"
#include "app/gui/smoothdialog.h"
#include "app/gui/spanactions.h"
#include "app/gui/workbench.h"
#include <QCoreApplication>
#include <vector>

namespace telltale {
namespace {

using W = Workbench;
using A = ActionSpec;

constexpr const char* kFile = QT_TRANSLATE_NOOP("Actions", "&File");
constexpr const char* kPose = QT_TRANSLATE_NOOP("Actions", "P&ose");
constexpr const char* kModels = QT_TRANSLATE_NOOP("Actions", "&Models");
constexpr const char* kWhole = QT_TRANSLATE_NOOP("Actions", "Pro&ject");
constexpr const char* kView = QT_TRANSLATE_NOOP("Actions", "&View");
constexpr const char* kHelp = QT_TRANSLATE_NOOP("Actions", "&Help");

constexpr Needs kNone;
const Needs kProject = Need::Project;
const Needs kVideo = Need::Video;
const Needs kSpan = Need::Span;

const ActionSpec kFileTable[] = {
    {"new-videos", kFile, QT_TRANSLATE_NOOP("Actions", "&New project from videos..."), "new", "Ctrl+N", kNone,
        [](W& w) { newProjectFromVideos(w); }, A::Toolbar},
    {"new", kFile, QT_TRANSLATE_NOOP("Actions", "New empt&y project..."), "", "Ctrl+Alt+N", kNone,
        [](W& w) { w.commands.newProject(); }},
    {"open", kFile, QT_TRANSLATE_NOOP("Actions", "&Open project..."), "open", "Ctrl+O", kNone,
        [](W& w) { w.commands.chooseProject(); }, A::Toolbar},
    {"open-team", kFile, QT_TRANSLATE_NOOP("Actions", "Open &team project..."), "team", "Ctrl+Shift+O", kNone,
        [](W& w) { openTeamProject(w); }},
    {"demo", kFile, QT_TRANSLATE_NOOP("Actions", "Open &demo project"), "demo", "", kNone,
        [](W& w) { w.commands.openDemo(); }},
    {"add-videos", kFile, QT_TRANSLATE_NOOP("Actions", "&Add videos..."), "add-video", "Ctrl+Shift+A",
        kProject, [](W& w) { w.commands.addVideos(); }, A::Separator},
    {"import", kFile, QT_TRANSLATE_NOOP("Actions", "&Import..."), "import", "Ctrl+I", kProject,
        [](W& w) { w.commands.importFiles(); }, A::Toolbar},
    {"export", kFile, QT_TRANSLATE_NOOP("Actions", "&Export..."), "export", "Ctrl+E", kProject,
        [](W& w) { w.commands.exportFiles(); }, A::Toolbar},
    {"report", kFile, QT_TRANSLATE_NOOP("Actions", "&Report of the analysis..."), "statistics", "", kProject,
        [](W& w) { w.commands.writeReport(); }},
    {"close", kFile, QT_TRANSLATE_NOOP("Actions", "&Close project"), "close", "Ctrl+W", kProject,
        [](W& w) { closeProject(w); }, A::Separator},
    {"quit", kFile, QT_TRANSLATE_NOOP("Actions", "&Quit"), "", "Ctrl+Q", kNone,
        [](W& w) { w.window.close(); }},
};

const ActionSpec kOtherTable[] = {
    {"correct-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Correct points"), "skeleton-edit", "E",
        Need::Poses, [](W& w) { togglePointEditing(w); }, A::Checkable},
    {"copy-points", kPose, QT_TRANSLATE_NOOP("Actions", "Copy points from the frame &before"), "", "D",
        Need::Poses, [](W& w) { w.poses.copyFromPrevious(); }},
    {"interpolate-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Interpolate between corrected frames"), "",
        "Shift+D", Need::Poses, [](W& w) { w.poses.interpolate(); }},
    {"uncorrect-points", kPose, QT_TRANSLATE_NOOP("Actions", "&Take back corrections of this frame"), "",
        "Ctrl+D", Need::Poses, [](W& w) { w.poses.takeBack(); }},
    {"next-corrected", kPose, QT_TRANSLATE_NOOP("Actions", "Next corrected &frame"), "", "Ctrl+PgDown",
        Need::Poses, [](W& w) { w.poses.toCorrected(1); }},
    {"previous-corrected", kPose, QT_TRANSLATE_NOOP("Actions", "Previous corrected frame"), "", "Ctrl+PgUp",
        Need::Poses, [](W& w) { w.poses.toCorrected(-1); }},
    {"next-person", kPose, QT_TRANSLATE_NOOP("Actions", "Choose the &next person"), "", "Y", Need::Persons,
        [](W& w) {
            w.poses.nextPerson();
            w.review.setNewPerson(w.poses.person()); // who is chosen is annotated next, too
        },
        A::Separator},
    {"swap-persons", kPose, QT_TRANSLATE_NOOP("Actions", "&Swap persons from here on"), "", "", Need::Persons,
        [](W& w) { swapPersons(w); }},
    {"split-person", kPose, QT_TRANSLATE_NOOP("Actions", "From here on somebody &else"), "", "", Need::Poses,
        [](W& w) { putPersonsApart(w); }},
    {"join-persons", kPose, QT_TRANSLATE_NOOP("Actions", "&Join persons..."), "", "", Need::Persons,
        [](W& w) { joinPersons(w); }},
    {"remove-person", kPose, QT_TRANSLATE_NOOP("Actions", "&Remove person..."), "", "", Need::Poses,
        [](W& w) { removePerson(w); }},
    {"smooth-poses", kPose, QT_TRANSLATE_NOOP("Actions", "Fill &gaps and smooth..."), "", "", Need::Poses,
        [](W& w) { smoothPoses(w); }, A::Separator},
    {"correct-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Correct cro&ps"), "crop", "Shift+E", Need::Crops,
        [](W& w) { toggleCropEditing(w); }, A::Checkable | A::Separator},
    {"uncorrect-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Take back corrected crops of this frame"), "",
        "", Need::Crops, [](W& w) { w.crops.takeBack(); }},
    {"find-crops", kPose, QT_TRANSLATE_NOOP("Actions", "Find crops in this &video"), "", "", Need::Poses,
        [](W& w) { w.crops.find(); }},

    {"analyze", kModels, QT_TRANSLATE_NOOP("Actions", "&Analyze videos..."), "analyze", "Ctrl+Shift+R",
        kProject | Need::Idle, [](W& w) { w.commands.analyzeVideos(); }, A::Toolbar},
    {"retrain", kModels, QT_TRANSLATE_NOOP("Actions", "&Retrain now"), "retrain", "Ctrl+R",
        kProject | Need::Idle, [](W& w) { w.commands.retrain(); }, A::Toolbar},
    {"adapt", kModels, QT_TRANSLATE_NOOP("Actions", "Ada&pt by pseudo-labels"), "adapt", "Ctrl+Shift+L",
        kProject | Need::System | Need::Idle, [](W& w) { w.adaptation.start(); }},
    {"pseudo-labels", kModels, QT_TRANSLATE_NOOP("Actions", "Rounds of pseudo-&labels"), "", "Ctrl+Shift+D",
        kProject, [](W& w) { w.window.showPanel("pseudo-labels"); }},
    {"cancel", kModels, QT_TRANSLATE_NOOP("Actions", "&Stop the running job"), "", "Ctrl+.", Need::Busy,
        [](W& w) { w.commands.cancelJobs(); }},

    {"subjects", kWhole, QT_TRANSLATE_NOOP("Actions", "S&ubjects..."), "", "", kProject,
        [](W& w) { editSubjects(w); }},
    {"scheme", kWhole, QT_TRANSLATE_NOOP("Actions", "&Label scheme..."), "label", "", kProject,
        [](W& w) { editScheme(w); }},
    {"history", kWhole, QT_TRANSLATE_NOOP("Actions", "&History"), "history", "Ctrl+Shift+H", kProject,
        [](W& w) { w.window.showPanel("history"); }},
    {"find-missing", kWhole, QT_TRANSLATE_NOOP("Actions", "Find &missing videos..."), "find-video", "",
        kProject, [](W& w) { findMissingVideos(w); }},
    {"snapshots", kWhole, QT_TRANSLATE_NOOP("Actions", "&Snapshots..."), "snapshot", "", Need::OwnFile,
        [](W& w) { showSnapshots(w); }},
    {"team", kWhole, QT_TRANSLATE_NOOP("Actions", "&Team..."), "team", "", kProject,
        [](W& w) { editTeam(w); }, A::Separator},
    {"adjudicate", kWhole, QT_TRANSLATE_NOOP("Actions", "Settle &disagreements..."), "", "", kProject,
        [](W& w) { settleDisagreements(w); }},
    {"conflicts", kWhole, QT_TRANSLATE_NOOP("Actions", "&Conflicts..."), "conflict", "", Need::Conflicts,
        [](W& w) { showConflicts(w); }},

    {"skeleton", kView, QT_TRANSLATE_NOOP("Actions", "Show &skeleton"), "skeleton", "P", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::skeleton); }, A::Checkable},
    {"heatmap", kView, QT_TRANSLATE_NOOP("Actions", "Show &heatmap"), "heatmap", "H", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::heatmap); }, A::Checkable},
    {"labels", kView, QT_TRANSLATE_NOOP("Actions", "Show &labels"), "label", "T", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::labels); }, A::Checkable},
    {"crops", kView, QT_TRANSLATE_NOOP("Actions", "Show c&rops"), "crop", "V", kNone,
        [](W& w) { w.window.toggleOverlay(&OverlayOptions::crop); }, A::Checkable},
    {"picture", kView, QT_TRANSLATE_NOOP("Actions", "Hide the &person's picture"), "identity", "Ctrl+H",
        kNone, [](W& w) { w.window.toggleOverlay(&OverlayOptions::picture); }, A::Checkable},
    {"round-changes", kView, QT_TRANSLATE_NOOP("Actions", "Show changed pse&udo-labels on the timeline"), "",
        "Ctrl+Shift+U", kProject, [](W& w) { w.rounds.setMarked(!w.rounds.marked()); }, A::Checkable},
    {"overlays", kView, QT_TRANSLATE_NOOP("Actions", "Video &overlays..."), "overlays", "Shift+V", kNone,
        [](W& w) { showOverlayPanel(w); }},
    {"fit-span", kView, QT_TRANSLATE_NOOP("Actions", "Zoom to the selected sp&an"), "fit", "Z", kSpan,
        [](W& w) { w.window.fitTimeline(true); }, A::Separator},
    {"fit-all", kView, QT_TRANSLATE_NOOP("Actions", "Zoom to the &whole video"), "", "Shift+Z", kVideo,
        [](W& w) { w.window.fitTimeline(false); }},
    {"next-panel", kView, QT_TRANSLATE_NOOP("Actions", "Ne&xt panel"), "", "F6", kNone,
        [](W& w) { w.window.focusNextPanel(); }},
    {"full-screen", kView, QT_TRANSLATE_NOOP("Actions", "&Full screen"), "", "F11", kNone,
        [](W& w) { w.window.toggleFullScreen(); }, A::Checkable},

    {"shortcuts", kHelp, QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), "keyboard", "? F1", kNone,
        [](W& w) { w.commands.showShortcuts(); }},
    {"about", kHelp, QT_TRANSLATE_NOOP("Actions", "&About Telltale"), "info", "", kNone,
        [](W& w) { w.commands.showAbout(); }},
};

} // namespace

std::span<const ActionSpec> actionTable()
{
    static const std::vector<ActionSpec> all = [] {
        std::vector<ActionSpec> rows;
        for (const std::span<const ActionSpec> family : {std::span<const ActionSpec>(kFileTable),
                 editActions(), playActions(), reviewActions(), std::span<const ActionSpec>(kOtherTable)})
            rows.insert(rows.end(), family.begin(), family.end());
        return rows;
    }();
    return all;
}

const ActionSpec& actionSpec(const char* id)
{
    for (const ActionSpec& spec : actionTable())
        if (qstrcmp(spec.id, id) == 0)
            return spec;
    qFatal("no action is called %s", id);
}

QList<QKeySequence> defaultKeys(const ActionSpec& spec)
{
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(spec.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    return keys;
}

QString menuText(const char* menu) { return QCoreApplication::translate("Actions", menu); }

QString menuPlainText(const char* menu)
{
    QString title = menuText(menu);
    // Chinese menus carry their mnemonic in brackets at the end: "(&F)".
    const qsizetype bracket = title.indexOf(QLatin1String("(&"));
    if (bracket > 0)
        title.remove(bracket, 4);
    return title.remove(QLatin1Char('&'));
}

QString actionText(const ActionSpec& spec) { return QCoreApplication::translate("Actions", spec.text); }

QString actionPlainText(const ActionSpec& spec)
{
    QString text = actionText(spec);
    const qsizetype bracket = text.indexOf(QLatin1String("(&"));
    if (bracket > 0)
        text.remove(bracket, 4);
    text.remove(QLatin1Char('&'));
    text.remove(QLatin1String("..."));
    return text;
}

} // namespace telltale
