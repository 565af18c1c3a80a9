// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/settings.h"
#include "app/gui/workbench.h"
#include "jobs/latestjob.h"
#include "pipeline/project.h"
#include <QObject>
#include <QPointer>
#include <QWidget>
#include <deque>
#include <filesystem>
#include <map>

class QDialog;

namespace telltale {

/// What the menus do beyond one call: dialogs, and the jobs they start. Dialogs are window-modal and never
/// block. Functions that open a dialog return it.
class Commands : public QObject {
    Q_OBJECT
public:
    Commands(Workbench& bench, Settings& settings, QWidget& window);

    QDialog* newProject();
    void chooseProject();
    /// Opens while the caller waits.
    void openProject(const QString& folder);
    /// What the window does: opens in the background, and asks first where edits of the open project wait.
    void startOpening(const QString& folder);
    void openDemo();
    void cancelDemo();
    /// Takes note of a project that was opened, or tells why it was not.
    void projectOpened(const QString& path, const Status& status);
    QString startFolder() const; ///< where file dialogs begin
    QString poseModel() const; ///< the file that was used last, or empty
    void rememberPoseModel(const QString& file);
    void forgetRecent(const QString& project);
    QDialog* addVideos(const QStringList& files = {});
    QDialog* importFiles();
    QDialog* exportFiles();
    QDialog* writeReport();
    QDialog* analyzeVideos();
    void retrain();
    void cancelJobs();
    /// Files of videos that wait for them, by id: indexed on the pool, one after the other.
    void findFiles(const std::map<int64_t, std::filesystem::path>& files);
    QDialog* pickClass(); ///< for the span that is marked and waits for a name, or else the selected one
    QDialog* chooseCameras(); ///< that recorded together with the shown video
    /// From the marks: of the active class, or of one that is asked for if there is none or `ask` is set.
    void createSpan(bool ask = false);
    QDialog* goTo();
    QDialog* showShortcuts();
    QDialog* editKeys();
    QDialog* showPalette();
    void showAbout();

signals:
    void failed(const QString& sentence);
    void demoProgressed(int permille, const QString& what);
    void demoEnded();
    void recentChanged();

private:
    struct NewFile {
        QString file;
        QString subject;
        SubjectRole role = SubjectRole::Train;
        int64_t waiting = 0; ///< the offline entry that it is; 0: a new one, or the one of its name
    };

    QDialog* show(QDialog* dialog);
    QDialog* askForNewClass();
    void createProject(const QString& folder, const QString& scheme);
    void addFiles(const QStringList& files, const QString& subject, SubjectRole role);
    Result<int64_t> enter(const NewFile& file, const Result<ProbedVideo>& probed);
    void addNextFile(); ///< indexes it on the pool: opening a long video takes a while
    void rememberFolder(const QString& path);
    static QString demoFolder();

    Workbench& m_bench;
    Settings& m_settings;
    QWidget& m_window;
    std::deque<NewFile> m_newFiles;
    LatestJob<ProbedVideo> m_probe;
    LatestJob<void> m_demo;
};

} // namespace telltale
