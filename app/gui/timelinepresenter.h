// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/lanes/lanechoices.h"
#include "app/gui/lanes/modelcurves.h"
#include "app/gui/lanes/personlanes.h"
#include "app/gui/posecurves.h"
#include "app/gui/timelinemedia.h"
#include "app/gui/workbench.h"
#include "widgets/timeline/timelineview.h"
#include <QObject>

class QMenu;

namespace telltale {

/// Shows the open video's spans and curves on a timeline and turns what is done there into edits and seeks.
/// An edit changes the spans that it is about and nothing else, however many there are.
class TimelinePresenter : public QObject {
    Q_OBJECT
public:
    TimelinePresenter(Workbench& bench, TimelineView& view);
    /// Lanes of the video itself: small pictures, and the waveform of its sound.
    void setMediaLanes(bool pictures, bool sound) { m_media.setShown(pictures, sound); }
    /// Lanes of the skeleton: how body parts move, and how sure they are.
    void setPoseLanes(bool motion, bool quality) { m_poses.setShown(motion, quality); }
    /// Which of the lanes are hidden or collapsed.
    LaneChoices& choices() { return m_choices; }
    const ModelCurves& modelCurves() const { return m_curves; }
    /// Gives a menu a submenu of the lanes there are.
    void extendMenu(QMenu& menu);

private:
    void showTimes();
    void showLanes();
    void showMedia();
    void showDraft();
    void showNotes();
    void showOthers();
    void showLaneMenu(int lane, const QPoint& position);
    /// Rows of the list of spans have changed or came.
    void followRows(int first, int last);
    void followRowsThatGo(int first, int last);
    void followEdit(ChangeKinds kinds, qint64 videoId);
    TimelineSpan shown(const Annotation& span) const;
    bool isShown(const Annotation& span) const;
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
    ModelCurves m_curves;
    LaneChoices m_choices;
    int64_t m_shownVideo = 0;
};

} // namespace telltale
