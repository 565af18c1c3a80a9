// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/mainwindow.h"
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/cameragrid.h"
#include "app/gui/classshortcuts.h"
#include "app/gui/cmpl/cmplpanel.h"
#include "app/gui/cmpl/followadaptation.h"
#include "app/gui/effort/effortmeter.h"
#include "app/gui/firstrun/firstproject.h"
#include "app/gui/inspector/historypanel.h"
#include "app/gui/inspector/inspectorpanel.h"
#include "app/gui/jobstatus.h"
#include "app/gui/keys/keyhints.h"
#include "app/gui/keys/painting.h"
#include "app/gui/messagebar.h"
#include "app/gui/projectactions.h"
#include "app/gui/retrain/retrainpanel.h"
#include "app/gui/reviewpanel.h"
#include "app/gui/shuttlekeys.h"
#include "app/gui/storestatus.h"
#include "app/gui/theme.h"
#include "app/gui/timelinepresenter.h"
#include "app/gui/transportbar.h"
#include "app/gui/videopresenter.h"
#include "app/gui/videospanel.h"
#include "app/gui/viewmenus.h"
#include "app/gui/welcomepage.h"
#include "widgets/models/texts.h"
#include "widgets/timeline/timelineview.h"
#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QUndoStack>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr int kLayoutVersion = 2;
constexpr int kNoticeMs = 8000;
constexpr int kOpeningPatienceMs = 200; ///< most projects are open sooner

} // namespace

MainWindow::MainWindow(Settings settings, bool remember, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(std::move(settings))
    , m_remember(remember)
    , m_keys(m_settings.keys)
    , m_player(nullptr, [this] { return m_clock.at(machineMicroseconds()); })
    , m_cameras(m_session, m_player)
    , m_sound(m_session, m_player, m_cameras, m_clock)
    , m_review(m_session, m_player)
    , m_poses(m_session, m_player)
    , m_crops(m_session, m_player)
    , m_retraining(m_session)
    , m_headScores(m_session, this)
    , m_analysis(m_session)
    , m_proxies(m_session)
    , m_adaptation(m_session)
    , m_rounds(m_session, [this] { return m_review.spans().auditShare(); })
    , m_bench{m_session, m_player, m_cameras, m_sound, m_review, m_poses, m_crops, m_retraining, m_analysis,
          m_proxies, m_commands, *this, m_keys, m_adaptation, m_rounds}
    , m_commands(m_bench, m_settings, *this)
    , m_spanKeys(m_bench)
{
    setObjectName(QStringLiteral("MainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/telltale.svg")));
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    for (const Qt::DockWidgetArea side : {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea})
        setTabPosition(side, QTabWidget::North);
    m_actions = new ActionSet(m_bench, *this);
    m_painting = new Painting(m_bench, *this);
    m_effort = new EffortMeter(m_bench, this);
    m_pages = new QStackedWidget;
    m_welcome = new WelcomePage(
        m_actions->action("demo"), m_actions->action("new-videos"), m_actions->action("open"));
    m_welcome->setRecent(m_settings.recent);
    m_messages = new MessageBar;
    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    setCentralWidget(central);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(makeWorkPage());
    makeDocks();
    m_actions->buildMenus();
    m_actions->menu("&Help")->insertAction(m_actions->action("about"), m_actions->action("keys"));
    addViewMenus(*m_actions->menu("&View"), *this, m_docks, m_settings);
    auto* bar = addToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setIconSize(QSize(20, 20));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_actions->fillToolBar(*bar);
    m_status = new QLabel;
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(new KeyMode(m_bench, *m_painting));
    statusBar()->addPermanentWidget(new JobStatus(m_bench, m_actions->action("cancel")));
    m_store = new StoreStatus(m_session);
    statusBar()->addPermanentWidget(m_store);
    m_lanes = new TimelinePresenter(m_bench, *m_timeline);
    m_lanes->choices().set(m_settings.hiddenLanes, m_settings.collapsedLanes);
    connect(&m_lanes->choices(), &LaneChoices::changed, this, [this] {
        m_settings.hiddenLanes = m_lanes->choices().hidden();
        m_settings.collapsedLanes = m_lanes->choices().collapsed();
    });
    m_lanes->extendMenu(*findChild<QMenu*>(QStringLiteral("timelineMenu")));
    showTimelineLanes();
    new VideoPresenter(m_bench, *m_video);
    makeContextMenu();
    connectParts();
    followPlayback();
    followKeys();
    followJobs();
    followPoses();
    followStore();
    telltale::setClassLooks(m_settings.classLooks);
    setOverlays(m_settings.overlays);
    // No larger than the screen, unless that is smaller than the window can be.
    resize(QSize(1600, 1000).boundedTo(screen()->availableSize().expandedTo({1280, 760})));
    m_defaultLayout = saveState(kLayoutVersion);
    m_layout = m_settings.docks.isEmpty() ? m_defaultLayout : m_settings.docks;
    if (!m_settings.geometry.isEmpty())
        restoreGeometry(m_settings.geometry);
    followProject();
}

MainWindow::~MainWindow()
{
    // Views look at the document through the session: nothing may be open when they go.
    m_session.closeProject();
}

QWidget* MainWindow::makeWorkPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_video = new VideoView;
    m_video->setAccessibleName(tr("Picture"));
    m_grid = new CameraGrid(m_cameras, m_video);
    layout->addWidget(m_grid, 1);
    layout->addWidget(new PaintHints(m_bench, *m_painting));
    layout->addWidget(new TransportBar(m_bench, *m_actions));
    return page;
}

QDockWidget* MainWindow::addDock(
    const char* name, const QString& title, QWidget* content, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setWidget(content);
    for (auto* scrolled : content->findChildren<QScrollArea*>()) // they take the keyboard to scroll
        if (scrolled->accessibleName().isEmpty())
            scrolled->setAccessibleName(title);
    addDockWidget(area, dock);
    m_docks.append(dock);
    return dock;
}

void MainWindow::makeDocks()
{
    QAction* const cancel = m_actions->action("cancel");
    m_timeline = new TimelineView;
    m_timeline->setAccessibleName(tr("Timeline"));
    m_analysisPanel = new AnalysisPanel(m_bench);
    auto* videos = addDock("videos", tr("Videos"), new VideosPanel(m_bench, m_actions->action("add-videos")),
        Qt::LeftDockWidgetArea);
    auto* timeline = addDock("timeline", tr("Timeline"), m_timeline, Qt::BottomDockWidgetArea);
    auto* review = addDock("review", tr("Review"), new ReviewPanel(m_bench, *m_actions, m_settings.queue),
        Qt::RightDockWidgetArea);
    auto* inspector
        = addDock("inspector", tr("Inspector"), new InspectorPanel(m_bench), Qt::RightDockWidgetArea);
    auto* retrain = addDock("retrain", tr("Retrain"),
        new RetrainPanel(m_bench, m_actions->action("retrain"), cancel), Qt::RightDockWidgetArea);
    auto* rounds = addDock(
        "pseudo-labels", tr("Pseudo-labels"), new CmplPanel(m_bench, *m_actions), Qt::RightDockWidgetArea);
    auto* statistics = addDock("statistics", tr("Analysis"), m_analysisPanel, Qt::RightDockWidgetArea);
    m_history = new HistoryPanel(m_bench);
    auto* history = addDock("history", tr("History"), m_history, Qt::LeftDockWidgetArea);
    splitDockWidget(review, inspector, Qt::Vertical);
    tabifyDockWidget(inspector, retrain);
    tabifyDockWidget(retrain, rounds);
    tabifyDockWidget(rounds, statistics);
    tabifyDockWidget(videos, history);
    videos->raise();
    inspector->raise();
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({videos, review}, {letter * 50, letter * 62}, Qt::Horizontal);
    resizeDocks({timeline}, {fontMetrics().height() * 20}, Qt::Vertical);
    resizeDocks(
        {review, inspector}, {fontMetrics().height() * 29, fontMetrics().height() * 26}, Qt::Vertical);
}

void MainWindow::makeContextMenu()
{
    connect(m_timeline, &TimelineView::contextMenuRequestedFor, this, [this](qint64 id, QPoint position) {
        if (id <= 0)
            return;
        m_review.select(id, false);
        QMenu menu;
        for (const char* each : {"accept", "reject", "skip", "flag", "relabel", "start-here", "end-here",
                 "split", "merge", "note-span", "fit-span", "delete"})
            menu.addAction(m_actions->action(each));
        menu.exec(position);
    });
}

void MainWindow::connectParts()
{
    const auto fail = [this](const QString& sentence) { m_messages->showError(sentence); };
    connect(&m_session, &Session::failed, this, fail);
    connect(&m_review, &Review::failed, this, fail);
    connect(&m_commands, &Commands::failed, this, fail);
    connect(&m_retraining, &Retraining::failed, this, fail);
    connect(&m_analysis, &Analysis::failed, this, fail);
    connect(&m_adaptation, &Adaptation::failed, this, fail);
    connect(&m_proxies, &Proxies::failed, this, fail);
    connect(&m_session, &Session::projectChanged, this, &MainWindow::followProject);
    connect(&m_session, &Session::edited, this, &MainWindow::updateActions);
    connect(&m_session, &Session::videoChanged, this, &MainWindow::updateActions);
    connect(&m_session, &Session::timesChanged, this, &MainWindow::updateStatus);
    connect(&m_review, &Review::selectionChanged, this, &MainWindow::updateActions);
    connect(&m_review, &Review::draftChanged, this, &MainWindow::updateActions);
    connect(&m_player, &Player::stateChanged, this, [this] {
        m_actions->setIcon("play", m_player.playing() ? QStringLiteral("pause") : QStringLiteral("play"));
        m_actions->action("loop")->setChecked(m_player.loop().has_value());
    });
    connect(&m_review, &Review::selectionChanged, this, [this] {
        const Annotation* span = m_review.selectedSpan();
        if (m_player.loop() && span)
            m_player.setLoop(m_review.loopOf(span->span));
    });
    connect(m_video, &VideoView::fileDropped, this, &MainWindow::dropped);
    connect(m_welcome, &WelcomePage::projectChosen, &m_commands, &Commands::startOpening);
    connect(m_welcome, &WelcomePage::forgetWanted, &m_commands, &Commands::forgetRecent);
    connect(m_welcome, &WelcomePage::dropped, this, &MainWindow::droppedFirst);
    connect(m_welcome, &WelcomePage::cancelled, &m_commands, &Commands::cancelDemo);
    connect(&m_commands, &Commands::demoProgressed, m_welcome, &WelcomePage::showProgress);
    connect(&m_commands, &Commands::demoEnded, m_welcome, &WelcomePage::hideProgress);
    connect(&m_commands, &Commands::recentChanged, this, [this] { m_welcome->setRecent(m_settings.recent); });
}

void MainWindow::followPlayback()
{
    fitPictures(m_session.feed(), *m_video);
    connect(&m_session, &Session::frameReady, this, [this](const std::shared_ptr<const VideoFrame>& frame) {
        if (!frame->pending)
            m_player.pictureShown(frame->wanted >= 0 ? frame->wanted : frame->index);
    });
    connect(&m_cameras, &Cameras::changed, this, &MainWindow::updateActions);
    connect(&m_cameras, &Cameras::failed, this,
        [this](const QString& sentence) { m_messages->showError(sentence); });
    m_sound.setVolume(m_settings.volume);
    m_sound.setMuted(m_settings.muted);
    connect(&m_sound, &Sound::changed, this, [this] {
        m_settings.volume = m_sound.volume();
        m_settings.muted = m_sound.muted();
        m_actions->action("mute")->setChecked(m_sound.muted());
        m_actions->setIcon("mute", m_sound.muted() ? QStringLiteral("muted") : QStringLiteral("sound"));
    });
    connect(&m_sound, &Sound::noticed, this,
        [this](const QString& sentence) { statusBar()->showMessage(sentence, kNoticeMs); });
    connect(
        &m_sound, &Sound::failed, this, [this](const QString& sentence) { m_messages->showError(sentence); });
    emit m_sound.changed();
}

void MainWindow::followKeys()
{
    new ClassShortcuts(m_bench, *this);
    new ShuttleKeys(m_player, this, m_actions->action("shuttle-back"), m_actions->action("stop"),
        m_actions->action("shuttle-forward"));
    new FieldKeys(*this);
    m_review.setReactionLag(std::chrono::milliseconds(m_settings.reactionLagMs));
    connect(&m_keys, &KeyMap::changed, this, [this] {
        m_settings.keys = m_keys.choice();
        if (m_remember)
            m_settings.save();
    });
    connect(m_effort, &EffortMeter::changed, this, [this] {
        m_settings.recordEffort = m_effort->on();
        m_actions->action("record-effort")->setChecked(m_effort->on());
    });
    m_effort->setOn(m_settings.recordEffort);
    connect(m_painting, &Painting::changed, this,
        [this] { m_actions->action("paint-mode")->setChecked(m_painting->on()); });
    connect(m_painting, &Painting::noticed, this,
        [this](const QString& sentence) { statusBar()->showMessage(sentence, kNoticeMs); });
}

void MainWindow::followJobs()
{
    connect(&m_retraining, &Retraining::started, this, [this] {
        showPanel("retrain");
        updateActions();
    });
    connect(&m_retraining, &Retraining::finished, this, [this] {
        m_messages->showInfo(
            tr("Retrained. Compare the new heads with those in use, and promote them if they "
               "are better."));
        updateActions();
    });
    // What is shown of open proposals is what the heads in use say, not what a candidate would.
    connect(&m_headScores, &HeadScores::found, this, [this] { m_review.setRescored(m_headScores.fused()); });
    connect(&m_retraining.whatIf(), &WhatIfScoring::changed, this, &MainWindow::updateActions);
    connect(&m_retraining, &Retraining::cancelled, this, &MainWindow::updateActions);
    connect(&m_retraining, &Retraining::failed, this, &MainWindow::updateActions);
    followAdaptation(m_bench, [this] { updateActions(); });
    connect(&m_analysis, &Analysis::started, this, &MainWindow::updateActions);
    connect(&m_analysis, &Analysis::finished, this, [this](const QStringList& notes) {
        m_messages->showInfo(tr("Analyzed. %1").arg(notes.join(QLatin1Char(' '))));
        updateActions();
    });
    connect(&m_analysis, &Analysis::cancelled, this, [this] {
        if (m_analysis.findsPoses())
            m_messages->showInfo(
                tr("Stopped. The skeletons found so far are kept: analyze again with the same "
                   "pose model, and it goes on where it was."),
                tr("Analyze..."), [this] { m_commands.analyzeVideos(); });
        updateActions();
    });
    connect(&m_analysis, &Analysis::failed, this, &MainWindow::updateActions);
    connect(&m_proxies, &Proxies::finished, this, [this](const QString& sentence) {
        m_messages->showInfo(sentence);
        updateActions();
    });
    for (const auto signal : {&Proxies::changed, &Proxies::started, &Proxies::cancelled})
        connect(&m_proxies, signal, this, &MainWindow::updateActions);
    connect(&m_proxies, &Proxies::failed, this, &MainWindow::updateActions);
}

void MainWindow::followPoses()
{
    m_poses.attach(*m_video);
    m_crops.attach(*m_video);
    const auto fail = [this](const QString& sentence) { m_messages->showError(sentence); };
    const auto notice = [this](const QString& sentence) { statusBar()->showMessage(sentence, kNoticeMs); };
    connect(&m_poses, &PoseEditing::failed, this, fail);
    connect(&m_poses, &PoseEditing::noticed, this, notice);
    connect(&m_poses, &PoseEditing::changed, this, &MainWindow::updateActions);
    connect(&m_crops, &CropEditing::failed, this, fail);
    connect(&m_crops, &CropEditing::noticed, this, notice);
    connect(&m_crops, &CropEditing::changed, this, &MainWindow::updateActions);
}

void MainWindow::followProject()
{
    const Document* document = m_session.document();
    const bool wasOpen = m_pages->currentIndex() == 1;
    if (wasOpen && !document)
        m_layout = saveState(kLayoutVersion);
    m_pages->setCurrentIndex(document ? 1 : 0);
    if (document && !wasOpen) {
        restoreState(m_layout, kLayoutVersion);
        m_timeline->setFocus(Qt::OtherFocusReason); // so that its keys work at once
    } else if (!document) {
        for (QDockWidget* dock : m_docks)
            dock->hide();
    }
    m_messages->hide();
    if (!m_store->trouble().isEmpty())
        showTrouble(m_store->trouble());
    setWindowTitle(
        document ? tr("%1 - Telltale").arg(toQString(document->folder().filename())) : tr("Telltale"));
    if (document) {
        connect(document->undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
        connect(document, &Document::conflictFound, this, &MainWindow::showConflict);
        if (m_review.queue().rowCount() > 0)
            m_review.step(1);
        else if (!document->videos().empty())
            m_session.openVideo(document->videos().front().id);
    }
    updateActions();
}

void MainWindow::followStore()
{
    m_session.setSnapshots(m_remember);
    const auto over = [this] {
        if (!m_notice.isEmpty() && m_messages->text() == m_notice)
            m_messages->hide();
        m_notice.clear();
    };
    connect(m_store, &StoreStatus::troubleBegan, this, &MainWindow::showTrouble);
    connect(m_store, &StoreStatus::troubleEnded, this, over);
    m_openingPatience.setSingleShot(true);
    m_openingPatience.setInterval(kOpeningPatienceMs);
    connect(&m_openingPatience, &QTimer::timeout, this, [this] {
        m_notice = tr("Opening %1...").arg(m_session.opening());
        m_messages->showInfo(m_notice, tr("Cancel"), [this] { m_session.cancelOpening(); });
    });
    connect(&m_session, &Session::openingChanged, this, [this, over] {
        over();
        m_openingPatience.stop();
        if (!m_session.opening().isEmpty())
            m_openingPatience.start();
    });
}

void MainWindow::showTrouble(const QString& sentence)
{
    m_notice = tr("%1 You can go on: edits are kept and written as soon as that is possible.").arg(sentence);
    m_messages->showError(m_notice);
}

void MainWindow::showConflict(qint64 id)
{
    const int count = static_cast<int>(m_session.document()->conflicts().size());
    m_messages->showInfo(tr("Somebody else had changed what you were changing: both versions are kept. %n "
                            "conflict(s) are open.",
                             nullptr, count),
        tr("Show"), [this, id] { showConflicts(m_bench, id); });
}

void MainWindow::updateActions()
{
    const Document* document = m_session.document();
    const bool comparing = m_retraining.whatIf().state() == WhatIfScoring::State::Scoring;
    const bool busy
        = m_retraining.running() || m_analysis.running() || m_proxies.running() || m_adaptation.running();
    const QUndoStack* stack = document ? document->undoStack() : nullptr;
    Needs present;
    present.setFlag(Need::Project, document != nullptr);
    present.setFlag(Need::Video, m_session.videoId() != 0);
    present.setFlag(Need::Span, m_review.selectedSpan() != nullptr);
    present.setFlag(Need::Candidates, !m_review.candidates().empty());
    present.setFlag(Need::Draft, m_review.draft().has_value());
    present.setFlag(Need::Undo, stack && stack->canUndo());
    present.setFlag(Need::Redo, stack && stack->canRedo());
    present.setFlag(Need::Idle, !busy);
    present.setFlag(Need::System, m_adaptation.obstacle() == AdaptationObstacle::None);
    present.setFlag(Need::Busy, busy || comparing);
    present.setFlag(Need::Spans, m_review.queue().rowCount() > 0);
    present.setFlag(Need::Cameras, m_cameras.count() > 0);
    present.setFlag(Need::SlowSeek, m_proxies.isWanted());
    present.setFlag(Need::OwnFile, document && !document->isTeamProject());
    present.setFlag(Need::Poses, m_poses.available());
    present.setFlag(Need::Persons, m_poses.available() && m_poses.persons() > 1);
    present.setFlag(Need::Crops, m_crops.available());
    const int conflicts = document ? static_cast<int>(document->conflicts().size()) : 0;
    present.setFlag(Need::Conflicts, conflicts > 0);
    m_actions->update(present);
    m_actions->action("conflicts")
        ->setText(conflicts > 0 ? tr("&Conflicts (%1)...").arg(conflicts) : tr("&Conflicts..."));
    m_actions->action("correct-points")->setChecked(m_poses.on());
    m_actions->action("correct-crops")->setChecked(m_crops.on());
    const auto name = [this](const char* id, const QString& plain, const QString& what) {
        m_actions->action(id)->setText(what.isEmpty() ? plain : tr("%1: %2").arg(plain, what));
    };
    name("undo", tr("&Undo"), stack ? stack->undoText() : QString());
    name("redo", tr("&Redo"), stack ? stack->redoText() : QString());
    updateStatus();
}

void MainWindow::updateStatus()
{
    const VideoEntry* video = m_session.video();
    if (!video) {
        m_status->clear();
        return;
    }
    QStringList parts{QString::fromStdString(video->name)};
    parts.append(tr("%1 x %2").arg(video->width).arg(video->height));
    const auto times = m_session.times();
    const auto info = m_session.info();
    parts.append(tr("%1 frames a second")
                     .arg(times && times->frameCount() > 0 ? times->meanFps() : video->fps, 0, 'f', 2));
    if (info && info->variableRate)
        parts.append(tr("variable rate"));
    if (info && !info->codec.empty())
        parts.append(QString::fromStdString(info->codec));
    if (video->track.empty())
        parts.append(tr("no skeleton yet: analyze the video"));
    m_status->setText(parts.join(QStringLiteral("  \u00b7  ")));
}

void MainWindow::dropped(const QString& path)
{
    if (QFileInfo(path).isDir())
        m_commands.startOpening(path);
    else if (m_session.document())
        m_commands.addVideos({path});
}

/// On the first page: a project is opened, anything else may become one.
void MainWindow::droppedFirst(const QStringList& paths)
{
    const QDir folder(paths.front());
    if (paths.size() == 1
        && (folder.exists(QStringLiteral("project.db")) || folder.exists(QStringLiteral("team.json"))))
        m_commands.startOpening(paths.front());
    else
        newProjectFromVideos(m_bench, paths);
}

void MainWindow::setTheme(ThemeChoice choice)
{
    m_settings.theme = choice;
    applyTheme(choice);
    m_actions->refreshIcons();
}

void MainWindow::setTimelineLanes(bool pictures, bool sound)
{
    m_settings.timelinePictures = pictures;
    m_settings.timelineSound = sound;
    showTimelineLanes();
}

void MainWindow::showTimelineLanes()
{
    m_lanes->setMediaLanes(m_settings.timelinePictures, m_settings.timelineSound);
    m_lanes->setPoseLanes(m_settings.timelineMotion, m_settings.timelineQuality);
}

void MainWindow::showPanel(const char* name)
{
    for (QDockWidget* dock : m_docks) {
        if (dock->objectName() == QLatin1String(name)) {
            dock->show();
            dock->raise();
        }
    }
}

void MainWindow::resetLayout() { restoreState(m_defaultLayout, kLayoutVersion); }

void MainWindow::toggleOverlay(bool OverlayOptions::*option)
{
    OverlayOptions options = m_video->overlays();
    options.*option = !(options.*option);
    setOverlays(options);
    if (option == &OverlayOptions::crop && options.crop && m_session.videoId() && !m_crops.available())
        m_messages->showInfo(tr("This video has no crops yet: where the models look at each person."),
            tr("Find crops"), [this] { m_crops.find(); });
}

void MainWindow::setClassLooks(const ClassLooks& looks)
{
    m_settings.classLooks = looks;
    telltale::setClassLooks(looks);
    if (m_session.document()) // everything that shows classes reads their colours again
        emit m_session.edited(ChangeKind::Scheme, 0);
}

void MainWindow::setOverlays(const OverlayOptions& options)
{
    m_settings.overlays = options;
    m_video->setOverlays(options);
    m_grid->setOverlays(options);
    m_actions->action("skeleton")->setChecked(options.skeleton);
    m_actions->action("heatmap")->setChecked(options.heatmap);
    m_actions->action("labels")->setChecked(options.labels);
    m_actions->action("crops")->setChecked(options.crop);
    m_actions->action("picture")->setChecked(!options.picture);
}

void MainWindow::toggleLoop()
{
    const Annotation* span = m_review.selectedSpan();
    if (m_player.loop())
        m_player.setLoop(std::nullopt);
    else
        m_player.setLoop(span ? m_review.loopOf(span->span) : FrameSpan{0, m_player.frameCount()});
}

void MainWindow::fitTimeline(bool span)
{
    const Annotation* selected = m_review.selectedSpan();
    if (span && selected)
        m_timeline->fitSpan(selected->span);
    else
        m_timeline->fitAll();
}

void MainWindow::focusNextPanel()
{
    QList<QWidget*> panels{m_video};
    int current = 0;
    for (QDockWidget* dock : m_docks) {
        if (dock->visibleRegion().isEmpty())
            continue;
        panels.append(dock->widget());
        if (dock->widget()->isAncestorOf(focusWidget()) || dock->widget() == focusWidget())
            current = static_cast<int>(panels.size()) - 1;
    }
    QWidget* next = panels[(current + 1) % panels.size()];
    QWidget* target = next;
    for (QWidget* child : next->findChildren<QWidget*>()) {
        if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
            target = child;
            break;
        }
    }
    target->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::toggleFullScreen() { setWindowState(windowState() ^ Qt::WindowFullScreen); }

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayClose(m_bench, [this] { close(); })) {
        event->ignore();
        return;
    }
    if (m_remember) {
        m_settings.geometry = saveGeometry();
        m_settings.reactionLagMs = static_cast<int>(m_review.reactionLag().count());
        m_settings.docks = m_session.document() ? saveState(kLayoutVersion) : m_layout;
        m_settings.save();
    }
    event->accept();
}

} // namespace telltale
