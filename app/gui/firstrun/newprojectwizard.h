// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/firstrun/posepage.h"
#include "app/gui/firstrun/videocheck.h"
#include "jobs/latestjob.h"
#include "pipeline/newproject.h"
#include <QWizard>

namespace telltale {

class LabelsPage;
class PlacePage;
class SubjectsPage;

/// From videos to a project: which videos, whom they show, which labels, where skeletons come from, and where
/// it goes. It is made in the background; accepted() comes when it is there. Cancelled, nothing of it is
/// left.
class NewProjectWizard : public QWizard {
    Q_OBJECT
public:
    NewProjectWizard(QThreadPool& pool, const QString& startFolder, const QString& poseModel,
        const QStringList& paths, QWidget* parent = nullptr);

    VideoCheck& videos() { return m_videos; }
    PlacePage& place() { return *m_place; }
    QString folder() const; ///< absolute
    PosePage::Source poseSource() const { return m_pose->source(); }
    QString poseModel() const { return m_pose->poseModel(); }
    bool making() const { return m_job.running(); }

    void accept() override; ///< begins to make the project
    void reject() override; ///< stops making it; once nothing is being made, closes

protected:
    void initializePage(int id) override;

private:
    void finish(const Status& status);

    VideoCheck m_videos;
    SubjectsPage* m_subjects;
    LabelsPage* m_labels;
    PosePage* m_pose;
    PlacePage* m_place;
    LatestJob<void> m_job;
};

} // namespace telltale
