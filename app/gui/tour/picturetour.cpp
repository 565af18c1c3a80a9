// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/tour/picturetour.h"
#include "app/gui/actionset.h"
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/augmentationpage.h"
#include "app/gui/analysis/augmentationpanel.h"
#include "app/gui/firstrun/firstproject.h"
#include "app/gui/firstrun/newprojectwizard.h"
#include "app/gui/inspector/classpage.h"
#include "app/gui/inspector/historypanel.h"
#include "app/gui/inspector/inspectorpanel.h"
#include "app/gui/inspector/spanhistorypage.h"
#include "app/gui/messagebar.h"
#include "app/gui/reviewpanel.h"
#include "app/gui/smoothdialog.h"
#include "app/gui/sprint/sprintdialog.h"
#include "app/gui/theme.h"
#include "app/gui/tour/tourcamera.h"
#include "base/files.h"
#include "pipeline/demo.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <array>
#include <cstdio>

namespace telltale {
namespace {

/// Actions that open a dialog though their text does not end in dots.
constexpr std::array kPlainDialogs{"shortcuts", "about"};
/// Actions in dots whose dialog is the platform's.
constexpr std::array kForeignDialogs{"open", "new-videos"};

template <size_t N> bool contains(const std::array<const char*, N>& names, const char* name)
{
    return std::any_of(
        names.begin(), names.end(), [name](const char* each) { return qstrcmp(each, name) == 0; });
}

class PictureTour {
public:
    PictureTour(MainWindow& window, QString folder)
        : m_window(window)
        , m_camera(window, std::move(folder)) { }

    bool run(const QString& project)
    {
        m_window.show();
        if (!m_camera.takeWindow(QStringLiteral("welcome")) || !visitWizard(project))
            return false;
        bench().retraining.setApply(false);
        m_window.commands().openProject(project);
        if (!bench().session.document())
            return m_camera.fail(m_window.messages().text());
        return m_camera.settle() && visitVideo() && visitCorrections() && retrain() && visitPanels()
            && visitDialogs();
    }
    const QString& problem() const { return m_camera.problem(); }

private:
    Workbench& bench() { return m_window.bench(); }
    bool takeWindow(const char* name) { return m_camera.takeWindow(QString::fromLatin1(name)); }

    /// Every page on the way from videos to a project, which is not made; one video can be read, one cannot.
    bool visitWizard(const QString& project)
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("anna_1.mp4"));
        const auto document = Document::open(toPath(project));
        if (!document || (*document)->videos().empty()
            || !QFile::copy(toQString((*document)->absolute((*document)->videos().front().path)), file))
            return true;
        return m_camera.inEveryLook([this, &file](const QString& look) {
            auto* wizard = qobject_cast<NewProjectWizard*>(newProjectFromVideos(
                bench(), {file, QFileInfo(file).dir().filePath(QStringLiteral("gone.mp4"))}));
            bool saved = m_camera.waitUntil(
                [wizard] { return !wizard->videos().busy(); }, QStringLiteral("a video"));
            for (int page = 1; saved && page <= wizard->pageIds().size(); ++page) {
                saved = m_camera.save(*wizard, QStringLiteral("dialog_new-videos_%1_").arg(page) + look);
                wizard->next();
            }
            wizard->close();
            QCoreApplication::sendPostedEvents(wizard, QEvent::DeferredDelete);
            return saved;
        });
    }

    void seekToMiddle()
    {
        if (const Annotation* span = bench().review.selectedSpan())
            bench().player.seek((span->span.first + span->span.last) / 2);
    }

    bool visitVideo()
    {
        m_window.showPanel("inspector");
        seekToMiddle();
        m_window.fitTimeline(false);
        if (!takeWindow("main"))
            return false;
        OverlayOptions overlays;
        overlays.heatmap = true;
        m_window.setOverlays(overlays);
        if (!takeWindow("main_heatmap"))
            return false;
        overlays.picture = false;
        m_window.setOverlays(overlays);
        if (!takeWindow("main_identity_free"))
            return false;
        m_window.setOverlays({});
        bench().review.step(1);
        seekToMiddle();
        m_window.fitTimeline(true);
        const bool taken = takeWindow("review_item");
        m_window.fitTimeline(false);
        return taken;
    }

    bool visitCorrections()
    {
        if (!bench().poses.available())
            return true;
        constexpr int kLeftWrist = 9;
        bench().poses.setOn(true);
        bench().poses.tool()->setPoint(kLeftWrist);
        bool taken = takeWindow("correct_points");
        bench().poses.setOn(false);
        if (!bench().crops.available())
            return taken;
        OverlayOptions overlays;
        overlays.crop = true;
        m_window.setOverlays(overlays);
        bench().crops.setOn(true);
        bench().crops.tool()->select(0);
        taken = taken && takeWindow("correct_crops");
        bench().crops.setOn(false);
        m_window.setOverlays({});
        return taken;
    }

    /// A real one, for show only: what comes out is not entered into the project.
    bool retrain()
    {
        Retraining& retraining = bench().retraining;
        bool ended = false;
        QString problem;
        QObject guard;
        QObject::connect(&retraining, &Retraining::finished, &guard, [&ended] { ended = true; });
        QObject::connect(&retraining, &Retraining::failed, &guard, [&](const QString& sentence) {
            ended = true;
            problem = sentence;
        });
        retraining.start();
        const WhatIfScoring& scoring = retraining.whatIf();
        if (!m_camera.waitUntil([&ended] { return ended; }, QStringLiteral("the retraining"))
            || !m_camera.waitUntil([&scoring] { return scoring.state() != WhatIfScoring::State::Scoring; },
                QStringLiteral("the comparison")))
            return false;
        m_window.messages().hide();
        if (!problem.isEmpty()) { // too little is decided: the sentence in the panel is the view
            std::fprintf(stderr, "telltale: %s\n", qPrintable(problem));
            return true;
        }
        std::error_code ignored;
        std::filesystem::remove(retraining.result()->file, ignored);
        return true;
    }

    /// Some of what the docks show comes in the background.
    bool waitForPanels()
    {
        HistoryPanel& history = m_window.history();
        const PseudoRounds& rounds = bench().rounds;
        m_window.showPanel("pseudo-labels");
        const bool read = m_camera.settle()
            && m_camera.waitUntil([&] { return !rounds.reading(); }, QStringLiteral("the rounds"));
        m_window.showPanel("history");
        history.showTab(1);
        const bool there = read
            && m_camera.waitUntil(
                [&] { return history.log().rowCount() > 0; }, QStringLiteral("the history"));
        history.showTab(0);
        return there;
    }

    /// Pages of the inspector and the analysis read, count and decode when they come to sight.
    bool waitForPages()
    {
        auto& inspector = *m_window.findChild<InspectorPanel*>();
        const AnalysisPanel& analysis = m_window.analysisPanel();
        return m_camera.settle()
            && m_camera.waitUntil(
                [&] {
                    return !inspector.classPage().working() && !inspector.history().reading()
                        && !analysis.current()->busy();
                },
                QStringLiteral("the pages"));
    }

    /// Every dock, and every tab in it.
    bool visitPanels()
    {
        if (!waitForPanels())
            return false;
        const auto docks = m_window.findChildren<QDockWidget*>();
        for (QDockWidget* dock : docks) {
            m_window.showPanel(qPrintable(dock->objectName()));
            const auto tabs = dock->widget()->findChildren<QTabWidget*>();
            const QString name = QStringLiteral("panel_") + dock->objectName();
            if (tabs.isEmpty() && !m_camera.takeWindow(name))
                return false;
            for (QTabWidget* each : tabs) {
                const int before = each->currentIndex();
                for (int i = 0; i < each->count(); ++i) {
                    if (!each->isTabVisible(i))
                        continue;
                    each->setCurrentIndex(i);
                    if (!waitForPages() || !m_camera.takeWindow(name + u'_' + QString::number(i + 1)))
                        return false;
                }
                each->setCurrentIndex(before);
            }
        }
        return visitAugmentation();
    }

    /// With the rarest and the most frequent class chosen.
    bool visitAugmentation()
    {
        AugmentationPanel& panel = m_window.analysisPanel().page<AugmentationPage>()->panel();
        QTableWidget& table = panel.table();
        if (table.rowCount() < 2)
            return true;
        m_window.showPanel("statistics");
        m_window.analysisPanel().showPage(m_window.analysisPanel().page<AugmentationPage>());
        table.selectRow(0);
        table.selectRow(table.rowCount() - 1);
        const bool taken = takeWindow("augmentation_classes");
        table.clearSelection();
        return taken;
    }

    QDialog* opened() const
    {
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
                return dialog;
        return nullptr;
    }

    /// The dialog of an action; null where the action makes no sense in this project.
    QDialog* open(const char* id)
    {
        QAction* const action = m_window.actions().action(id);
        if (!action->isEnabled())
            return nullptr;
        action->trigger();
        QDialog* const dialog = opened();
        if (auto* smooth = qobject_cast<SmoothDialog*>(dialog)) // what it would change takes a moment
            m_camera.waitUntil(
                [smooth] { return smooth->result() != nullptr; }, QStringLiteral("the smoothing"));
        if (auto* sprint = qobject_cast<SprintDialog*>(dialog)) {
            m_camera.waitUntil([sprint] { return !sprint->loops().working(); }, QStringLiteral("the loops"));
            sprint->mark(0, SprintMark::Accept);
            sprint->mark(2, SprintMark::Reject);
        }
        return dialog;
    }

    bool visitDialogs()
    {
        for (const ActionSpec& spec : actionTable()) {
            const bool opens = QString::fromLatin1(spec.text).endsWith(QLatin1String("..."))
                || contains(kPlainDialogs, spec.id);
            if (opens && !contains(kForeignDialogs, spec.id)
                && !m_camera.takeDialog(
                    QStringLiteral("dialog_") + QLatin1String(spec.id), [&] { return open(spec.id); }))
                return false;
        }
        ReviewPanel& review = *m_window.findChild<ReviewPanel*>();
        return m_camera.takeDialog(
                   QStringLiteral("dialog_queue-weights"), [&review] { return review.openWeights(); })
            && m_camera.takeDialog(
                QStringLiteral("dialog_stop"), [&review] { return review.openEstimates(); });
    }

    MainWindow& m_window;
    TourCamera m_camera;
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
