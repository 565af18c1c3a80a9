// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/sound.h"
#include "app/gui/sounddevice.h"
#include "media/audiofeed.h"
#include <QAudio>
#include <algorithm>

namespace telltale {

Sound::Sound(Session& session, Player& player, Cameras& cameras, SoundClock& clock)
    : m_session(session)
    , m_player(player)
    , m_cameras(cameras)
    , m_clock(clock)
    , m_device(new SoundDevice(clock))
{
    m_thread.setObjectName(QStringLiteral("sound"));
    m_device->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_device, &QObject::deleteLater);
    connect(m_device, &SoundDevice::ready, this, [this](int rate, int channels) {
        m_state = Device::Open;
        m_rate = rate;
        m_channels = channels;
        restart();
        emit changed();
    });
    connect(m_device, &SoundDevice::gone, this, &Sound::deviceGone);
    connect(m_device, &SoundDevice::appeared, this, [this] {
        if (m_state == Device::Missing)
            openDevice();
    });
    connect(&player, &Player::restarted, this, &Sound::restart);
    connect(&session, &Session::videoChanged, this, &Sound::follow);
    connect(&session, &Session::timesChanged, this, &Sound::follow);
    connect(&cameras, &Cameras::changed, this, &Sound::follow);
    connect(&cameras, &Cameras::offsetsChanged, this, &Sound::follow);
    connect(&cameras, &Cameras::pictureChanged, this, [this] {
        if (m_source.file.empty())
            follow(); // a camera that has opened may have sound
    });
}

Sound::~Sound()
{
    m_feed.reset();
    if (m_thread.isRunning()) // what was posted before this comes first
        QMetaObject::invokeMethod(
            m_device, [device = m_device] { device->stop(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
    if (m_state == Device::Unknown)
        delete m_device; // its thread never ran
}

Sound::Source Sound::wantedSource() const
{
    if (const auto info = m_session.info(); info && info->hasAudio)
        return {info->file, {}};
    for (int i = 0; i < m_cameras.count(); ++i) {
        const Camera& camera = m_cameras.at(i);
        if (const auto info = camera.feed->info(); info && info->hasAudio)
            return {info->file, camera.offset};
    }
    return {};
}

void Sound::follow()
{
    const Source wanted = wantedSource();
    if (wanted == m_source)
        return;
    if (wanted.file != m_source.file) {
        silence();
        m_feed.reset();
    }
    m_source = wanted;
    restart();
    emit changed();
}

void Sound::silence()
{
    if (m_state != Device::Open)
        return;
    if (m_feed)
        m_feed->stop();
    QMetaObject::invokeMethod(m_device, [device = m_device] { device->stop(); });
}

void Sound::openDevice()
{
    m_state = Device::Opening;
    m_thread.start();
    QMetaObject::invokeMethod(m_device, [device = m_device] { device->openDefault(); });
    setVolume(m_volume);
}

void Sound::openFeed()
{
    AudioFeed::Callbacks callbacks;
    callbacks.failed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromStdString(error.message)] { emit failed(text); },
            Qt::QueuedConnection);
    };
    // The last holder ends its thread; that may take a moment, so it is the device's thread that lets go
    // last.
    m_feed = std::shared_ptr<AudioFeed>(
        new AudioFeed(m_source.file, {m_rate, m_channels}, std::move(callbacks)),
        [device = m_device](AudioFeed* feed) { QMetaObject::invokeMethod(device, [feed] { delete feed; }); });
}

void Sound::restart()
{
    const bool wanted = m_player.playing() && !m_muted && isHeard(m_player.speed()) && !m_source.file.empty();
    if (!wanted)
        return silence();
    if (m_state == Device::Unknown)
        return openDevice();
    if (m_state != Device::Open)
        return;
    if (!m_feed)
        openFeed();
    const int64_t due = m_clock.at(machineMicroseconds());
    PlayOrder order;
    order.from = m_player.time() - m_source.offset;
    order.speed = m_player.speed();
    if (const auto loop = m_player.loopTimes())
        order.loop = std::pair(loop->first - m_source.offset, loop->second - m_source.offset);
    m_feed->play(order);
    QMetaObject::invokeMethod(
        m_device, [device = m_device, feed = m_feed, due] { device->start(feed, due); });
}

void Sound::deviceGone(const QString& sentence)
{
    m_state = Device::Missing;
    m_deviceFailure
        = sentence.isEmpty() ? tr("No sound device was found, so videos play silently.") : sentence;
    if (!std::exchange(m_told, true))
        emit noticed(m_deviceFailure);
    emit changed();
}

QString Sound::obstacle() const
{
    if (m_session.info() && m_source.file.empty())
        return tr("This video has no sound.");
    return m_state == Device::Missing ? m_deviceFailure : QString();
}

void Sound::setVolume(int percent)
{
    m_volume = std::clamp(percent, 0, 100);
    const double linear
        = QAudio::convertVolume(m_volume / 100.0, QAudio::LogarithmicVolumeScale, QAudio::LinearVolumeScale);
    if (m_state != Device::Unknown)
        QMetaObject::invokeMethod(m_device, [device = m_device, linear] { device->setVolume(linear); });
    emit changed();
}

void Sound::setMuted(bool muted)
{
    if (muted == m_muted)
        return;
    m_muted = muted;
    restart();
    emit changed();
}

} // namespace telltale
