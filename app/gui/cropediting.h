// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/player.h"
#include "app/gui/session.h"
#include "features/crops/croppath.h"
#include "jobs/latestjob.h"
#include "widgets/video/boxtool.h"
#include <QObject>

namespace telltale {

/// Shows where the models look at each person, corrects it, and finds crops where there are none. GUI thread.
class CropEditing : public QObject {
    Q_OBJECT
public:
    CropEditing(Session& session, Player& player, QObject* parent = nullptr);
    /// The view that they are shown and edited in; it outlives its use here.
    void attach(VideoView& view);

    bool available() const { return !m_paths.empty(); }
    bool on() const;
    void setOn(bool on);
    BoxTool* tool() const { return m_tool; }
    /// From the track, in the background; takes the place of those that were found before.
    void find();
    bool finding() const { return m_job.running(); }
    void takeBack(); ///< all corrections of this frame

signals:
    void changed(); ///< on or off, or crops came or went
    void failed(const QString& sentence);
    void noticed(const QString& sentence);

private:
    void rebuild();
    void refresh();
    QList<OverlayBox> boxesAt(int64_t frame) const;
    void change(int person, const QString& kind, const QRectF& rect, int serial, bool finished);
    void reset(int person, const QString& kind);
    QString notice() const;

    Session& m_session;
    Player& m_player;
    VideoView* m_view = nullptr;
    BoxTool* m_tool = nullptr;
    std::vector<CropPath> m_paths; ///< of the shown video, as corrected
    std::vector<CropCorrection> m_corrections;
    LatestJob<std::vector<SavedCrop>> m_job;
};

} // namespace telltale
