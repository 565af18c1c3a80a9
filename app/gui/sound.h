// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cameras.h"
#include "media/soundclock.h"
#include <QThread>
#include <filesystem>
#include <memory>

namespace telltale {

class AudioFeed;
class SoundDevice;

/// The sound of what is played: of the shown video, or of the first of its other cameras that has any. While
/// it is heard the player's clock is led by the sound device; without a device, or with nothing to hear, the
/// machine's clock goes on alone. GUI thread; devices and files are handled on threads of their own.
class Sound : public QObject {
    Q_OBJECT
public:
    Sound(Session& session, Player& player, Cameras& cameras, SoundClock& clock);
    ~Sound() override;

    int volume() const { return m_volume; } ///< percent
    bool muted() const { return m_muted; }
    void setVolume(int percent);
    void setMuted(bool muted);
    /// Why nothing can be heard, a sentence; empty if nothing stands against it.
    QString obstacle() const;

signals:
    void changed(); ///< volume, muted or obstacle
    void noticed(const QString& sentence); ///< that there is no sound device; once
    void failed(const QString& sentence); ///< of a damaged sound track

private:
    struct Source {
        std::filesystem::path file;
        MediaTime offset{}; ///< of its time 0 on the player's clock
        bool operator==(const Source&) const = default;
    };
    Source wantedSource() const;
    void follow();
    void restart();
    void openDevice();
    void openFeed();
    void silence();
    void deviceGone(const QString& sentence);

    Session& m_session;
    Player& m_player;
    Cameras& m_cameras;
    SoundClock& m_clock;
    QThread m_thread; ///< the device's
    SoundDevice* m_device; ///< lives on m_thread
    enum class Device { Unknown, Opening, Open, Missing } m_state = Device::Unknown;
    QString m_deviceFailure;
    bool m_told = false;
    int m_rate = 0; ///< of the device
    int m_channels = 0;
    Source m_source;
    std::shared_ptr<AudioFeed> m_feed; ///< of m_source; ends on the device's thread
    int m_volume = 100;
    bool m_muted = false;
};

} // namespace telltale
