// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/player.h"
#include "app/gui/session.h"
#include <memory>
#include <vector>

namespace telltale {

/// One more camera of the shown video's session.
struct Camera {
    int64_t videoId = 0;
    QString name;
    MediaTime offset{}; ///< when its time 0 is on the clock of the shown video
    std::unique_ptr<VideoFeed> feed;
    QString failure; ///< why there is no picture; empty: there is one or it is still opening
};

/// The other cameras that recorded with the shown one. Each has its own frame thread and its own time stamps;
/// all follow the player's clock, and one that is late, damaged or gone holds up no other. GUI thread.
class Cameras : public QObject {
    Q_OBJECT
public:
    Cameras(Session& session, Player& player);

    int count() const { return static_cast<int>(m_cameras.size()); }
    const Camera& at(int index) const { return *m_cameras.at(static_cast<size_t>(index)); }
    /// The frame of that camera that belongs to the player's time: -1 before it began, its number of frames
    /// once it is over, and -1 while its time stamps are not known.
    int64_t frameOf(int index) const;
    /// The camera that keys move; -1 if there are none.
    int current() const { return m_current; }
    void setCurrent(int index);

    /// Moves a camera in time, at once on the screen and as one undo step for each `dragSerial` > 0.
    void setOffset(int index, MediaTime offset, int dragSerial = 0);
    /// By so many of its own pictures: positive is later.
    void nudge(int index, int64_t frames);
    /// The length of the picture it shows.
    MediaTime frameLength(int index) const;
    /// Shows that camera in place of the shown video, at the same moment.
    void makeMain(int index);

signals:
    void changed(); ///< other cameras than before
    void offsetsChanged();
    void currentChanged();
    void pictureChanged(int index); ///< whether there is one, and which
    void failed(const QString& sentence);

private:
    void follow();
    void rebuild();
    void readOffsets();
    void show(int index);
    void showAll();

    Session& m_session;
    Player& m_player;
    std::vector<std::unique_ptr<Camera>> m_cameras;
    int m_current = -1;
    int m_serial = 0; ///< of nudges that belong together
    std::optional<MediaTime> m_arrive; ///< where playback goes on once the new main video is opened
};

} // namespace telltale
