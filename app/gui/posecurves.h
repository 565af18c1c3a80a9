// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/poseediting.h"
#include "app/gui/session.h"
#include "jobs/latestjob.h"
#include "widgets/timeline/timelineview.h"
#include <QObject>
#include <vector>

namespace telltale {

/// Lanes of the timeline that are made from the track: how much each body part of the chosen person moves,
/// and how far it can be trusted. Computed in the background, only while somebody wants to see them. GUI
/// thread.
class PoseCurves : public QObject {
    Q_OBJECT
public:
    PoseCurves(Session& session, PoseEditing& poses, QObject* parent = nullptr);
    void setShown(bool motion, bool quality);
    /// In the order in which they are to be shown.
    std::vector<TimelineLane> lanes() const;

signals:
    void changed();

private:
    struct PartCurves {
        std::vector<std::vector<float>> motion; ///< by BodyPart, one value per frame; empty: not there
        std::vector<std::vector<float>> quality;
    };
    static Result<PartCurves> compute(const PoseTrack& track, int person, const FrameTimes& times);
    void refresh();
    void add(
        std::vector<TimelineLane>& lanes, const std::vector<std::vector<float>>& curves, bool motion) const;

    Session& m_session;
    PoseEditing& m_poses;
    bool m_motion = false;
    bool m_quality = false;
    PartCurves m_curves;
    LatestJob<PartCurves> m_job;
};

} // namespace telltale
