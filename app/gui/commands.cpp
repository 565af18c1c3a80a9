// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/commands.h"
#include "app/gui/analysis/reportdialog.h"
#include "app/gui/camerasdialog.h"
#include "app/gui/classpicker.h"
#include "app/gui/exchange/exportdialog.h"
#include "app/gui/exchange/importdialog.h"
#include "app/gui/keys/commandpalette.h"
#include "app/gui/keys/keydialog.h"
#include "app/gui/projectactions.h"
#include "app/gui/projectdialogs.h"
#include "app/gui/shortcutsheet.h"
#include "base/files.h"
#include "data/projectlocation.h"
#include "pipeline/demo.h"
#include "pipeline/project.h"
#include "widgets/models/texts.h"
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QIcon>
#include <QInputDialog>
#include <QMessageBox>
#include <QStandardPaths>

namespace telltale {
namespace {

QString projectFolder(const QString& chosen)
{
    const QFileInfo path(QFileInfo(chosen).absoluteFilePath());
    return path.fileName() == QLatin1String("project.db") ? path.absolutePath() : path.filePath();
}

} // namespace

Commands::Commands(Workbench& bench, Settings& settings, QWidget& window)
    : m_bench(bench)
    , m_settings(settings)
    , m_window(window)
    , m_probe(bench.session.workers())
    , m_demo(bench.session.models())
{
    connect(&bench.review, &Review::classWanted, this, &Commands::pickClass);
}

QDialog* Commands::show(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

QString Commands::startFolder() const
{
    return m_settings.folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::HomeLocation)
                                       : m_settings.folder;
}

QString Commands::poseModel() const { return m_settings.poseModel; }

void Commands::rememberPoseModel(const QString& file) { m_settings.poseModel = file; }

void Commands::forgetRecent(const QString& project)
{
    m_settings.forgetRecent(project);
    emit recentChanged();
}

void Commands::rememberFolder(const QString& path)
{
    if (!path.isEmpty())
        m_settings.folder = QFileInfo(path).absolutePath();
}

QDialog* Commands::newProject()
{
    auto* dialog = new NewProjectDialog(startFolder(), &m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        rememberFolder(dialog->folder());
        createProject(dialog->folder(), dialog->scheme());
    });
    return show(dialog);
}

void Commands::createProject(const QString& folder, const QString& scheme)
{
    const auto labels = loadLabelScheme(scheme.toStdString());
    if (!labels) {
        emit failed(QString::fromStdString(labels.error().message));
        return;
    }
    const auto create = [path = toPath(folder), scheme = *labels] {
        return Document::create(path, scheme, Session::documentOptions());
    };
    m_bench.session.startOpening(QFileInfo(folder).fileName(), create, [this, folder](const Status& status) {
        projectOpened(QFileInfo(folder).absoluteFilePath(), status);
        if (status)
            addVideos();
    });
}

void Commands::chooseProject()
{
    const QString folder = QFileDialog::getExistingDirectory(&m_window, tr("Open project"), startFolder());
    if (!folder.isEmpty())
        startOpening(folder);
}

void Commands::openProject(const QString& folder)
{
    const QString path = projectFolder(folder);
    projectOpened(path, m_bench.session.openProject(toPath(path)));
}

void Commands::startOpening(const QString& folder)
{
    if (!mayClose(m_bench, [this, folder] { startOpening(folder); }))
        return;
    const auto location = ProjectLocation::parse(folder.toStdString());
    if (location && location->isTeam()) {
        m_bench.session.startOpening(
            QString::fromStdString(location->project),
            [url = folder.toStdString()] { return Document::open(url, Session::documentOptions()); },
            [this](const Status& status) {
                const Document* document = m_bench.session.document();
                projectOpened(status ? toQString(document->folder()) : QString(), status);
            });
        return;
    }
    const QString path = projectFolder(folder);
    m_bench.session.startOpening(
        QFileInfo(path).fileName(),
        [project = toPath(path)] { return Document::open(project, Session::documentOptions()); },
        [this, path](const Status& status) { projectOpened(path, status); });
}

void Commands::projectOpened(const QString& path, const Status& status)
{
    if (!status) {
        const QString sentence = QString::fromStdString(status.error().message);
        // Mostly the password is missing.
        if (QFileInfo::exists(QDir(path).filePath(QStringLiteral("team.json"))))
            openTeamProject(m_bench, path, sentence);
        else
            emit failed(sentence);
        return;
    }
    rememberFolder(path);
    m_settings.addRecent(path);
    emit recentChanged();
}

QString Commands::demoFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("demo"));
}

void Commands::openDemo()
{
    const QString folder = demoFolder();
    if (QFileInfo::exists(QDir(folder).filePath(QStringLiteral("project.db")))) {
        startOpening(folder);
        return;
    }
    if (m_demo.running())
        return;
    // Made under another name and moved when it is whole, so that half a demo is never opened.
    const QString part = folder + QStringLiteral(".part");
    emit demoProgressed(0, tr("Making the demo project"));
    m_demo.start(
        [target = toPath(folder), unfinished = toPath(part)](ProgressSink& sink) -> Status {
            std::error_code error;
            std::filesystem::remove_all(unfinished, error);
            if (Status status = makeDemo(unfinished, "small", 1, sink); !status)
                return status;
            std::filesystem::rename(unfinished, target, error);
            if (error)
                return Error{ErrorCode::Io, target.string() + ": " + error.message()};
            return {};
        },
        [this, folder](const Status& status) {
            emit demoEnded();
            if (status)
                startOpening(folder);
            else
                emit failed(QString::fromStdString(status.error().message));
        },
        [this](int permille, const QString& what) { emit demoProgressed(permille, what); });
}

void Commands::cancelDemo()
{
    m_demo.cancel();
    emit demoEnded();
}

QDialog* Commands::addVideos(const QStringList& files)
{
    auto* dialog = new AddVideosDialog(*m_bench.session.document(), startFolder(), files, &m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (!dialog->files().isEmpty())
            rememberFolder(dialog->files().front());
        addFiles(dialog->files(), dialog->subject(), dialog->role());
    });
    return show(dialog);
}

void Commands::addFiles(const QStringList& files, const QString& subject, SubjectRole role)
{
    for (const QString& file : files)
        m_newFiles.push_back({file, subject, role, 0});
    if (!m_probe.running())
        addNextFile();
}

void Commands::findFiles(const std::map<int64_t, std::filesystem::path>& files)
{
    for (const auto& [id, file] : files)
        m_newFiles.push_back({toQString(file), {}, SubjectRole::Train, id});
    if (!m_probe.running())
        addNextFile();
}

Result<int64_t> Commands::enter(const NewFile& file, const Result<ProbedVideo>& probed)
{
    if (!probed)
        return probed.error();
    Document& document = *m_bench.session.document();
    if (file.waiting == 0)
        return addProbedVideo(document, *probed, file.subject.toStdString(), file.role);
    const Status found = findProbedVideo(document, file.waiting, *probed);
    return found ? Result<int64_t>(file.waiting) : Result<int64_t>(found.error());
}

void Commands::addNextFile()
{
    Document* document = m_bench.session.document();
    if (m_newFiles.empty() || !document) {
        m_newFiles.clear();
        return;
    }
    const NewFile next = m_newFiles.front();
    m_newFiles.pop_front();
    m_probe.start([path = toPath(next.file)](ProgressSink& sink) { return probeVideoFile(path, sink); },
        [this, next, document](const Result<ProbedVideo>& probed) {
            if (m_bench.session.document() != document) // another project was opened meanwhile
                return m_newFiles.clear();
            const auto id = enter(next, probed);
            if (!id)
                emit failed(QString::fromStdString(id.error().message));
            else if (m_bench.session.videoId() == 0)
                m_bench.session.openVideo(*id);
            addNextFile();
        });
}

QDialog* Commands::importFiles()
{
    auto* dialog
        = new ImportDialog(*m_bench.session.document(), m_bench.session.workers(), startFolder(), &m_window);
    connect(dialog, &QDialog::finished, this, [this, dialog] { rememberFolder(dialog->path()); });
    return show(dialog);
}

QDialog* Commands::exportFiles()
{
    auto* dialog
        = new ExportDialog(*m_bench.session.document(), m_bench.session.workers(), startFolder(), &m_window);
    connect(dialog, &QDialog::finished, this, [this, dialog] { rememberFolder(dialog->path()); });
    return show(dialog);
}

QDialog* Commands::writeReport()
{
    auto* dialog
        = new ReportDialog(*m_bench.session.document(), m_bench.session.workers(), startFolder(), &m_window);
    connect(dialog, &QDialog::finished, this, [this, dialog] { rememberFolder(dialog->path()); });
    return show(dialog);
}

QDialog* Commands::analyzeVideos()
{
    auto* dialog = new AnalyzeDialog(
        *m_bench.session.document(), m_bench.session.videoId(), m_settings.poseModel, &m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (!dialog->poseModel().isEmpty())
            m_settings.poseModel = dialog->poseModel();
        m_bench.analysis.start(dialog->videos(), toPath(dialog->poseModel()));
    });
    return show(dialog);
}

void Commands::retrain() { m_bench.retraining.start(); }

void Commands::cancelJobs()
{
    m_bench.retraining.cancel();
    m_bench.analysis.cancel();
    m_bench.proxies.cancel();
    m_bench.adaptation.cancel();
}

QDialog* Commands::pickClass()
{
    if (m_bench.review.draft())
        return askForNewClass();
    const Annotation* span = m_bench.review.selectedSpan();
    if (!span)
        return nullptr;
    auto* picker = new ClassPicker(m_bench.session.document()->scheme(), span->classId, &m_window);
    connect(picker, &ClassPicker::picked, &m_bench.review, &Review::relabel);
    return show(picker);
}

void Commands::createSpan(bool ask)
{
    if (!ask && m_bench.review.hasActiveClass()) {
        m_bench.review.createSpan(m_bench.review.lastClass());
        return;
    }
    askForNewClass();
}

QDialog* Commands::askForNewClass()
{
    auto* picker
        = new ClassPicker(m_bench.session.document()->scheme(), m_bench.review.lastClass(), &m_window);
    connect(picker, &ClassPicker::picked, &m_bench.review, &Review::createSpan);
    return show(picker);
}

QDialog* Commands::goTo()
{
    auto* dialog = new QInputDialog(&m_window);
    dialog->setWindowTitle(tr("Go to"));
    dialog->setLabelText(tr("A frame (123), seconds (4.5s) or a time (1:02.3):"));
    dialog->setTextValue(QString::number(m_bench.player.frame()));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        const auto times = m_bench.session.times();
        const auto frame = times ? parsePosition(text, *times) : std::nullopt;
        if (frame) {
            m_bench.player.stop();
            m_bench.player.seek(*frame);
        } else {
            emit failed(tr("\"%1\" is no position: write a frame (123), seconds (4.5s) or a time (1:02.3).")
                            .arg(text));
        }
    });
    return show(dialog);
}

QDialog* Commands::chooseCameras()
{
    auto* dialog = new CamerasDialog(*m_bench.session.document(), m_bench.session.videoId(), &m_window);
    connect(dialog, &CamerasDialog::failed, this, &Commands::failed);
    return show(dialog);
}

QDialog* Commands::showShortcuts()
{
    auto* sheet = new ShortcutSheet(m_bench.keys, &m_window);
    connect(sheet, &ShortcutSheet::changeWanted, this, &Commands::editKeys);
    return show(sheet);
}

QDialog* Commands::editKeys()
{
    const Document* document = m_bench.session.document();
    auto* dialog
        = new KeyDialog(m_bench.keys, document ? std::optional(document->scheme()) : std::nullopt, &m_window);
    dialog->setLag(static_cast<int>(m_bench.review.reactionLag().count()));
    connect(dialog, &KeyDialog::lagChanged, &m_bench.review,
        [this](int milliseconds) { m_bench.review.setReactionLag(std::chrono::milliseconds(milliseconds)); });
    return show(dialog);
}

QDialog* Commands::showPalette() { return show(new CommandPalette(paletteEntries(m_bench), &m_window)); }

void Commands::showAbout()
{
    auto* box = new QMessageBox(&m_window);
    box->setIconPixmap(QIcon(QStringLiteral(":/telltale.svg")).pixmap(64, 64));
    box->setWindowTitle(tr("About Telltale"));
    box->setText(tr("<b>Telltale %1</b><p>A desktop studio for micro-gestures.</p>"
                    "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                     .arg(QString::fromStdString(versionText())));
    show(box);
}

} // namespace telltale
