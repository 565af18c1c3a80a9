// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/newprojectwizard.h"
#include "app/gui/firstrun/labelspage.h"
#include "app/gui/firstrun/placepage.h"
#include "app/gui/firstrun/subjectspage.h"
#include "app/gui/firstrun/videospage.h"
#include "widgets/models/texts.h"
#include <QAbstractButton>
#include <QFileInfo>
#include <QSet>

namespace telltale {

NewProjectWizard::NewProjectWizard(QThreadPool& pool, const QString& startFolder, const QString& poseModel,
    const QStringList& paths, QWidget* parent)
    : QWizard(parent)
    , m_videos(pool)
    , m_subjects(new SubjectsPage(m_videos))
    , m_labels(new LabelsPage(startFolder))
    , m_pose(new PosePage(poseModel))
    , m_place(new PlacePage(startFolder))
    , m_job(pool)
{
    setWindowTitle(tr("New project from videos"));
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setButtonText(QWizard::FinishButton, tr("&Create project"));
    addPage(new VideosPage(m_videos, startFolder));
    for (QWizardPage* page : {static_cast<QWizardPage*>(m_subjects), static_cast<QWizardPage*>(m_labels),
             static_cast<QWizardPage*>(m_pose), static_cast<QWizardPage*>(m_place)})
        addPage(page);
    resize(fontMetrics().averageCharWidth() * 112, fontMetrics().height() * 32);
    if (!paths.isEmpty())
        m_videos.add(paths);
}

QString NewProjectWizard::folder() const { return QFileInfo(m_place->folder()).absoluteFilePath(); }

void NewProjectWizard::initializePage(int id)
{
    QWizard::initializePage(id);
    if (page(id) != m_place)
        return;
    const QStringList subjects = m_subjects->subjects();
    const auto scheme = m_labels->scheme();
    const QString poses[] = {tr("Skeletons: %1 finds them, and gestures are proposed, in the background.")
                                 .arg(QFileInfo(poseModel()).fileName()),
        tr("Skeletons: you import them later."), tr("Skeletons: none.")};
    m_place->setSummary(QStringList{tr("%n video(s)", nullptr, m_videos.count(VideoCheck::State::Good)),
        tr("%n subject(s)", nullptr,
            static_cast<int>(QSet<QString>(subjects.begin(), subjects.end()).size())),
        tr("%n class(es)", nullptr, scheme ? scheme->classCount() : 0),
        poses[static_cast<size_t>(poseSource())]}
                            .join(QLatin1Char('\n')));
}

void NewProjectWizard::accept()
{
    const auto scheme = m_labels->scheme();
    const auto videos = m_videos.goodVideos();
    const QStringList subjects = m_subjects->subjects();
    if (making() || !scheme || videos.empty() || static_cast<size_t>(subjects.size()) != videos.size())
        return;
    NewProjectRequest request;
    request.folder = toPath(folder());
    request.scheme = *scheme;
    for (size_t i = 0; i < videos.size(); ++i)
        request.videos.push_back({*videos[i], subjects[static_cast<qsizetype>(i)].toStdString()});
    m_place->showProgress(0, tr("Making the project"));
    button(QWizard::BackButton)->setEnabled(false); // comes back when nothing is being made any more
    m_job.start([request](ProgressSink& progress) { return makeProject(request, progress); },
        [this](const Status& status) { finish(status); },
        [this](int permille, const QString& what) { m_place->showProgress(permille, what); });
}

void NewProjectWizard::finish(const Status& status)
{
    m_place->hideProgress(status ? QString() : QString::fromStdString(status.error().message));
    if (status)
        QWizard::accept();
}

void NewProjectWizard::reject()
{
    if (!making())
        return QWizard::reject();
    m_job.cancel();
    m_place->hideProgress(
        tr("Stopped: nothing of the project is left. Create it again, or close this window."));
}

} // namespace telltale
