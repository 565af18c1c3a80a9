// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/picturetour.h"
#include "app/gui/augmentationpanel.h"
#include "app/gui/classpicker.h"
#include "app/gui/historypanel.h"
#include "app/gui/mainwindow.h"
#include "app/gui/messagebar.h"
#include "app/gui/projectactions.h"
#include "app/gui/reviewpanel.h"
#include "app/gui/smoothdialog.h"
#include "app/gui/statisticspanel.h"
#include "app/gui/theme.h"
#include "base/files.h"
#include "pipeline/demo.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPixmap>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>
#include <functional>

namespace telltale {
namespace {

constexpr int kPatienceMs = 300000; ///< only a job that hangs takes this long
constexpr QSize kLarge(1600, 1000);
constexpr QSize kSmall(1280, 800);

class PictureTour {
public:
    PictureTour(MainWindow& window, QString folder) : m_window(window), m_folder(std::move(folder)) { }

    bool run(const QString& project)
    {
        m_window.resize(kLarge);
        m_window.show();
        if (!inBothThemes([this] { return saveWindow("welcome"); }))
            return false;
        m_window.bench().retraining.setApply(false);
        m_window.commands().openProject(project);
        if (!m_window.bench().session.document())
            return fail(m_window.messages().text());
        return waitForPicture() && settle() && visitViews() && visitRetraining() && visitDialogs()
            && visitSmall();
    }
    const QString& problem() const { return m_problem; }

private:
    bool fail(const QString& sentence)
    {
        m_problem = sentence;
        return false;
    }

    /// Sleeps in the event loop until `done`: every change comes as an event.
    bool waitUntil(const std::function<bool()>& done, const QString& what)
    {
        bool late = false;
        QTimer patience;
        patience.setSingleShot(true);
        QObject::connect(&patience, &QTimer::timeout, &patience, [&late] { late = true; });
        patience.start(kPatienceMs);
        while (!done()) {
            if (late)
                return fail(QCoreApplication::translate("PictureTour", "Waited in vain for %1.").arg(what));
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        return true;
    }

    bool waitForPicture()
    {
        const Workbench& bench = m_window.bench();
        if (!bench.session.hasPicture())
            return true;
        return waitUntil([&bench] { return bench.session.shownFrame() == bench.player.frame(); },
            QStringLiteral("the picture"));
    }

    /// Curves and track are there, and everything that was posted is done.
    bool settle()
    {
        const Session& session = m_window.bench().session;
        if (!waitUntil([&session] { return !session.loading(); }, QStringLiteral("the curves")))
            return false;
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return waitForPicture();
    }

    bool save(QWidget& widget, const QString& name)
    {
        const QString file = QDir(m_folder).filePath(
            name + (m_dark ? QStringLiteral("_dark.png") : QStringLiteral("_light.png")));
        if (!widget.grab().save(file))
            return fail(QCoreApplication::translate("PictureTour", "%1 could not be written.").arg(file));
        return true;
    }

    bool saveWindow(const char* name) { return settle() && save(m_window, QString::fromLatin1(name)); }

    bool inBothThemes(const std::function<bool()>& take)
    {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_dark = theme == ThemeChoice::Dark;
            m_window.setTheme(theme);
            if (!settle() || !take())
                return false;
        }
        return true;
    }

    bool visitViews()
    {
        Workbench& bench = m_window.bench();
        m_window.showPanel("inspector");
        seekToMiddle();
        m_window.fitTimeline(false);
        if (!settle() || !inBothThemes([this] { return saveWindow("main"); }))
            return false;
        OverlayOptions overlays;
        overlays.heatmap = true;
        m_window.setOverlays(overlays);
        if (!inBothThemes([this] { return saveWindow("main_heatmap"); }))
            return false;
        overlays.picture = false;
        m_window.setOverlays(overlays);
        if (!inBothThemes([this] { return saveWindow("main_identity_free"); }))
            return false;
        m_window.setOverlays({});
        if (!visitCorrections())
            return false;
        bench.review.step(1);
        seekToMiddle();
        if (!inBothThemes([this] { return saveWindow("review_item"); }))
            return false;
        m_window.showPanel("statistics");
        m_window.statistics().refreshNow();
        m_window.statistics().showTab(StatisticsPanel::CountsTab);
        if (!inBothThemes([this] { return saveWindow("class_counts"); }))
            return false;
        if (!visitAugmentation())
            return false;
        m_window.statistics().showTab(StatisticsPanel::ConfusionTab);
        return inBothThemes([this] { return saveWindow("confusion"); }) && visitHistory();
    }

    /// As it comes, and with the rarest and the most frequent class chosen.
    bool visitAugmentation()
    {
        AugmentationPanel& panel = m_window.statistics().augmentation();
        m_window.statistics().showTab(StatisticsPanel::AugmentationTab);
        if (!waitUntil([&panel] { return !panel.reading(); }, QStringLiteral("the detector's history"))
            || !inBothThemes([this] { return saveWindow("augmentation"); }))
            return false;
        QTableWidget& table = panel.table();
        if (table.rowCount() < 2)
            return true;
        table.selectRow(0);
        table.selectRow(table.rowCount() - 1);
        const bool saved = inBothThemes([this] { return saveWindow("augmentation_classes"); });
        table.clearSelection();
        return saved;
    }

    bool visitCorrections()
    {
        Workbench& bench = m_window.bench();
        if (!bench.poses.available())
            return true;
        constexpr int kLeftWrist = 9;
        bench.poses.setOn(true);
        bench.poses.tool()->setPoint(kLeftWrist);
        bool saved = inBothThemes([this] { return saveWindow("correct_points"); });
        bench.poses.setOn(false);
        if (!bench.crops.available())
            return saved;
        OverlayOptions overlays;
        overlays.crop = true;
        m_window.setOverlays(overlays);
        bench.crops.setOn(true);
        bench.crops.tool()->select(0);
        saved = saved && inBothThemes([this] { return saveWindow("correct_crops"); });
        bench.crops.setOn(false);
        m_window.setOverlays({});
        return saved;
    }

    /// With what it would change, which takes a moment to find out.
    QDialog* trySmoothing()
    {
        auto* dialog = qobject_cast<SmoothDialog*>(smoothPoses(m_window.bench()));
        if (!waitUntil([dialog] { return dialog->result() != nullptr; }, QStringLiteral("the smoothing"))) {
            dialog->close();
            return nullptr;
        }
        return dialog;
    }

    bool visitHistory()
    {
        HistoryPanel& history = m_window.history();
        m_window.showPanel("history");
        if (!inBothThemes([this] { return saveWindow("history_steps"); }))
            return false;
        history.showTab(1);
        if (!waitUntil([&history] { return history.log().rowCount() > 0; }, QStringLiteral("the history")))
            return false;
        const bool saved = inBothThemes([this] { return saveWindow("history"); });
        history.showTab(0);
        return saved;
    }

    void seekToMiddle()
    {
        Workbench& bench = m_window.bench();
        if (const Annotation* span = bench.review.selectedSpan())
            bench.player.seek((span->span.first + span->span.last) / 2);
    }

    bool visitRetraining()
    {
        Retraining& retraining = m_window.bench().retraining;
        m_window.showPanel("retrain");
        bool ended = false;
        QString problem;
        QObject guard;
        QObject::connect(&retraining, &Retraining::finished, &guard, [&ended] { ended = true; });
        QObject::connect(&retraining, &Retraining::failed, &guard, [&](const QString& sentence) {
            ended = true;
            problem = sentence;
        });
        retraining.start();
        if (!retraining.running()) { // too little is decided: the sentence in the window is the view
            std::fprintf(stderr, "telltale: %s\n", qPrintable(problem));
            return inBothThemes([this] { return saveWindow("retrain"); });
        }
        if (!waitUntil([&ended] { return ended; }, QStringLiteral("the retraining")))
            return false;
        // A project with too few decisions has nothing to learn from; the picture then shows what the panel
        // says.
        if (!inBothThemes([this] { return saveWindow("retrain"); }))
            return false;
        if (problem.isEmpty()) {
            // It was for show only.
            std::error_code ignored;
            std::filesystem::remove(retraining.result()->file, ignored);
        }
        m_window.messages().hide();
        m_window.bench().review.setRescored({});
        m_window.showPanel("inspector");
        return true;
    }

    bool visitDialog(const char* name, const std::function<QDialog*()>& open)
    {
        return inBothThemes([this, name, &open] {
            QDialog* dialog = open();
            if (!dialog)
                return true;
            const bool saved = settle() && save(*dialog, QString::fromLatin1(name));
            dialog->close();
            QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
            return saved;
        });
    }

    ReviewPanel& reviewPanel() { return *m_window.findChild<ReviewPanel*>(); }

    bool visitDialogs()
    {
        Commands& commands = m_window.commands();
        return visitDialog("dialog_import", [&] { return commands.importFiles(); })
            && visitDialog("dialog_export", [&] { return commands.exportFiles(); })
            && visitDialog("dialog_new_project", [&] { return commands.newProject(); })
            && visitDialog("dialog_add_videos", [&] { return commands.addVideos(); })
            && (!m_window.bench().poses.available()
                || visitDialog("dialog_smooth", [&] { return trySmoothing(); }))
            && visitDialog("dialog_analyze", [&] { return commands.analyzeVideos(); })
            && visitDialog("dialog_class", [&] { return commands.pickClass(); })
            && visitDialog("dialog_queue_weights", [&] { return reviewPanel().openWeights(); })
            && visitDialog("dialog_stop", [&] { return reviewPanel().openEstimates(); })
            && visitDialog("dialog_team_project", [&] { return openTeamProject(m_window.bench()); })
            && visitDialog("dialog_missing_videos", [&] { return findMissingVideos(m_window.bench()); })
            && visitDialog("dialog_snapshots", [&] { return showSnapshots(m_window.bench()); })
            && visitDialog("dialog_team", [&] { return editTeam(m_window.bench()); })
            && visitDialog("dialog_conflicts", [&] { return showConflicts(m_window.bench()); })
            && visitDialog("dialog_keys", [&] { return commands.editKeys(); })
            && visitDialog("dialog_palette", [&] { return commands.showPalette(); })
            && visitDialog("shortcuts", [&] { return commands.showShortcuts(); });
    }

    bool visitSmall()
    {
        m_window.resize(kSmall);
        return inBothThemes([this] { return saveWindow("main_1280x800"); });
    }

    MainWindow& m_window;
    QString m_folder;
    QString m_problem;
    bool m_dark = false;
};

} // namespace

int runPictureTour(const QString& project, const QString& folder)
{
    const auto complain = [](const std::string& sentence) {
        std::fprintf(stderr, "telltale: %s\n", sentence.c_str());
        return 1;
    };
    if (const Status status = ensureWritableFolder(toPath(folder)); !status)
        return complain(status.error().message);
    const QTemporaryDir temporary;
    QString opened = project;
    if (opened.isEmpty()) {
        opened = temporary.filePath(QStringLiteral("demo"));
        ProgressSink sink;
        if (const Status status = makeDemo(toPath(opened), "tiny", 1, sink); !status)
            return complain(status.error().message);
    }
    applyTheme(ThemeChoice::Light);
    MainWindow window({}, false);
    PictureTour tour(window, folder);
    return tour.run(opened) ? 0 : complain(tour.problem().toStdString());
}

} // namespace telltale
