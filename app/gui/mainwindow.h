// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/actionset.h"
#include "app/gui/commands.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/keys/spankeys.h"
#include "app/gui/retrain/headscores.h"
#include "app/gui/settings.h"
#include "app/gui/workbench.h"
#include <QMainWindow>
#include <QTimer>

class QDockWidget;
class QLabel;
class QStackedWidget;

namespace telltale {

class CameraGrid;
class EffortMeter;
class HistoryPanel;
class MessageBar;
class Painting;
class AnalysisPanel;
class StoreStatus;
class TimelinePresenter;
class TimelineView;
class WelcomePage;

/// Docks, menus from the action table, and nothing else: the work is done by the workbench's parts.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `remember`: settings are saved when the window closes.
    MainWindow(Settings settings, bool remember, QWidget* parent = nullptr);
    ~MainWindow() override;

    Workbench& bench() { return m_bench; }
    Commands& commands() { return m_commands; }
    const ActionSet& actions() const { return *m_actions; }
    TimelineView& timeline() { return *m_timeline; }
    VideoView& videoView() { return *m_video; }
    CameraGrid& cameraGrid() { return *m_grid; }
    MessageBar& messages() { return *m_messages; }
    AnalysisPanel& analysisPanel() { return *m_analysisPanel; }
    HistoryPanel& history() { return *m_history; }
    StoreStatus& storeStatus() { return *m_store; }
    TimelinePresenter& lanes() { return *m_lanes; }
    SpanKeys& spanKeys() { return m_spanKeys; }
    Painting& painting() { return *m_painting; }
    EffortMeter& effort() { return *m_effort; }
    void setTheme(ThemeChoice choice);
    /// Which lanes of the video itself and of its skeleton the timeline has, as the settings say.
    void showTimelineLanes();
    void setTimelineLanes(bool pictures, bool sound);
    /// Brings a dock to the front: "review", "inspector", "retrain", "pseudo-labels", "statistics",
    /// "history", "videos", "timeline".
    void showPanel(const char* name);
    void resetLayout();

    void setClassLooks(const ClassLooks& looks);
    void toggleOverlay(bool OverlayOptions::*option);
    void setOverlays(const OverlayOptions& options);
    void toggleLoop();
    void fitTimeline(bool span);
    void focusNextPanel();
    void toggleFullScreen();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* makeWorkPage();
    void makeDocks();
    QDockWidget* addDock(const char* name, const QString& title, QWidget* content, Qt::DockWidgetArea area);
    void makeContextMenu();
    void connectParts();
    void followPlayback();
    void followKeys();
    void followJobs();
    void followPoses();
    void followProject();
    void followStore();
    void showTrouble(const QString& sentence);
    void showConflict(qint64 id);
    void updateActions();
    void updateStatus();
    void dropped(const QString& path);
    void droppedFirst(const QStringList& paths);

    Settings m_settings;
    bool m_remember;
    KeyMap m_keys;
    Session m_session;
    SoundClock m_clock;
    Player m_player;
    Cameras m_cameras;
    Sound m_sound;
    Review m_review;
    PoseEditing m_poses;
    CropEditing m_crops;
    Retraining m_retraining;
    HeadScores m_headScores;
    Analysis m_analysis;
    Proxies m_proxies;
    Adaptation m_adaptation;
    PseudoRounds m_rounds;
    Workbench m_bench;
    Commands m_commands;
    SpanKeys m_spanKeys;
    ActionSet* m_actions = nullptr;
    QStackedWidget* m_pages = nullptr;
    WelcomePage* m_welcome = nullptr;
    VideoView* m_video = nullptr;
    CameraGrid* m_grid = nullptr;
    TimelineView* m_timeline = nullptr;
    TimelinePresenter* m_lanes = nullptr;
    MessageBar* m_messages = nullptr;
    Painting* m_painting = nullptr;
    EffortMeter* m_effort = nullptr;
    AnalysisPanel* m_analysisPanel = nullptr;
    HistoryPanel* m_history = nullptr;
    QLabel* m_status = nullptr;
    StoreStatus* m_store = nullptr;
    QTimer m_openingPatience;
    QString m_notice; ///< about opening or the store, while it is shown
    QList<QDockWidget*> m_docks;
    QByteArray m_defaultLayout;
    QByteArray m_layout; ///< of the docks while a project is open
};

} // namespace telltale
