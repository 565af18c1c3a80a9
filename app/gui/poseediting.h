// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/player.h"
#include "app/gui/session.h"
#include "pose/tracks/pointcorrection.h"
#include "widgets/video/pointtool.h"
#include <QObject>
#include <QPointer>

class QMenu;

namespace telltale {

/// Corrects the points of persons in the shown picture, and who is who: each change is an edit of the
/// document and one undo step. GUI thread.
class PoseEditing : public QObject {
    Q_OBJECT
public:
    PoseEditing(Session& session, Player& player, QObject* parent = nullptr);
    /// The view that is edited in; it outlives its use here.
    void attach(VideoView& view);

    bool available() const; ///< the shown video has a skeleton
    bool on() const; ///< the view has handles
    void setOn(bool on);
    PointTool* tool() const { return m_tool; }
    int person() const; ///< that actions are about
    void setPerson(int person);
    int persons() const { return m_session.poses().persons(); }
    void nextPerson();

    /// Puts `points` (all if empty) of the person where they are in the row before this frame.
    void copyFromPrevious(const std::vector<int>& points = {});
    /// From the last corrected frame before this one to it, or to the next one behind it.
    void interpolate();
    void takeBack(); ///< this frame of the person is as the model found it
    void toCorrected(int direction); ///< seeks to the next frame that was corrected
    /// "swap", "split", "join" or "remove" in `frames`; an open end is -1.
    void changePersons(const char* operation, int other, FrameSpan frames);
    /// Writes a track into the project and makes it the video's active one: one undo step.
    void replaceTrack(std::shared_ptr<const PoseTrack> track, const std::string& model);

signals:
    void changed(); ///< on or off, another person, or a skeleton came or went
    void personChanged();
    void failed(const QString& sentence);
    void noticed(const QString& sentence); ///< worth a line in the status bar

private:
    void refresh();
    void move(int person, int point, const QPointF& at, int serial, bool finished);
    void correct(int64_t frame, int person, std::vector<CorrectedPoint> points, int serial = 0);
    void commit(const std::vector<PoseCorrection>& corrections, int serial = 0);
    std::vector<EditablePerson> editable(const std::vector<PosePoint>& points, int64_t frame) const;
    void showMenu(const QPoint& globalPosition, const QPointF& at, int point);
    void addMissing(QMenu& menu, const QPointF& at);
    QString notice() const;
    /// A track of one row per frame that has only the person.
    PoseTrack excerpt(int person, const std::vector<int64_t>& frames) const;
    std::vector<PoseCorrection> ofPerson(std::vector<PointCorrection> points) const;
    std::vector<int64_t> correctedFrames(int person) const;

    Session& m_session;
    Player& m_player;
    VideoView* m_view = nullptr;
    PointTool* m_tool = nullptr;
    LatestJob<TrackEntry> m_writing;
};

} // namespace telltale
