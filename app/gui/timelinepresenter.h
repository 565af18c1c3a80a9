// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/posecurves.h"
#include "app/gui/timelinemedia.h"
#include "app/gui/workbench.h"
#include "widgets/timeline/timelineview.h"
#include <QObject>

namespace telltale {

/// People's spans and what they confirmed lie on the upper lane; the models' open and refused ones below.
bool isOnUpperLane(const Annotation& span);

/// Shows the open video's spans and curves on a timeline and turns what is done there into edits and seeks.
class TimelinePresenter : public QObject {
    Q_OBJECT
public:
    TimelinePresenter(Workbench& bench, TimelineView& view);
    /// Lanes of the video itself: small pictures, and the waveform of its sound.
    void setMediaLanes(bool pictures, bool sound) { m_media.setShown(pictures, sound); }
    /// Lanes of the skeleton: how body parts move, and how sure they are.
    void setPoseLanes(bool motion, bool quality) { m_poses.setShown(motion, quality); }

private:
    void showTimes();
    void showLanes();
    void showDamage();
    void addMediaLanes(std::vector<TimelineLane>& lanes) const;
    void showSelection();
    /// Dragged boundaries of the selected span snap to where its person begins or ceases to move.
    void showMotion();
    void fit(const FrameSpan& span);

    Workbench& m_bench;
    TimelineView& m_view;
    TimelineMedia m_media;
    PoseCurves m_poses;
    int64_t m_shownVideo = 0;
};

} // namespace telltale
