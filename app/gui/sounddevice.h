// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/audiofeed.h"
#include "media/soundclock.h"
#include <QAudioFormat>
#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

class QAudioSink;
class QIODevice;
class QMediaDevices;

namespace telltale {

/// The default sound device of the machine. Lives on a thread with an event loop of its own, so that neither
/// a busy window starves the sound nor a slow sound server blocks the window; call its functions there.
class SoundDevice : public QObject {
    Q_OBJECT
public:
    explicit SoundDevice(SoundClock& clock);
    ~SoundDevice() override;

    void openDefault(); ///< answers with `ready` or `gone`
    void setVolume(double linear); ///< 0 to 1
    /// Plays `feed`; its output sample 0 is due when the clock says `due`. Sound that is late joins in at the
    /// right place.
    void start(const std::shared_ptr<AudioFeed>& feed, int64_t due);
    void stop();

signals:
    void ready(int rate, int channels);
    void gone(const QString& reason);
    void appeared(); ///< after `gone`: it is worth trying again

private:
    void begin();
    void feed(); ///< gives the device what it has room for
    void write(int64_t samples);
    int64_t dueNow() const; ///< output sample that should be heard now
    void observe();
    void lose(const QString& reason);

    SoundClock& m_clock;
    QAudioFormat m_format;
    std::unique_ptr<QAudioSink> m_sink;
    std::unique_ptr<QMediaDevices> m_devices;
    QIODevice* m_out = nullptr; ///< the sink's, while it plays
    QTimer m_feeder;
    double m_volume = 1;
    std::shared_ptr<AudioFeed> m_feed;
    int64_t m_due = 0;
    int64_t m_next = 0; ///< output sample that the device takes next
    bool m_joined = false; ///< something was played since the start
    int m_refusals = 0; ///< times in a row that it had no room
    std::vector<float> m_samples;
    std::vector<char> m_bytes;
};

} // namespace telltale
