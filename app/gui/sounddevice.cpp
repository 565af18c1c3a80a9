// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/sounddevice.h"
#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

constexpr int kBufferMs = 120;
constexpr int kFeedMs = 10;
/// A device that takes nothing for so many times has stalled; starting it again helps.
constexpr int kMostRefusals = 40;
/// Sound that is further behind the clock jumps: the device was asleep or the machine was.
constexpr int64_t kMostLagUs = 150000;

/// What of `preferred` the feed can give: one or two channels of floats or 16-bit samples.
QAudioFormat usableFormat(const QAudioDevice& device)
{
    QAudioFormat format = device.preferredFormat();
    format.setChannelCount(std::clamp(format.channelCount(), 1, 2));
    if (format.sampleRate() <= 0)
        format.setSampleRate(48000);
    format.setSampleFormat(QAudioFormat::Float);
    if (!device.isFormatSupported(format))
        format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

} // namespace

SoundDevice::SoundDevice(SoundClock& clock) : m_clock(clock), m_feeder(this)
{
    m_feeder.setTimerType(Qt::PreciseTimer);
    m_feeder.setInterval(kFeedMs);
    connect(&m_feeder, &QTimer::timeout, this, &SoundDevice::feed);
}

SoundDevice::~SoundDevice() = default;

void SoundDevice::openDefault()
{
    if (!m_devices) {
        m_devices = std::make_unique<QMediaDevices>();
        connect(m_devices.get(), &QMediaDevices::audioOutputsChanged, this, [this] {
            if (!m_sink)
                emit appeared();
        });
    }
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) {
        emit gone({});
        return;
    }
    m_format = usableFormat(device);
    m_sink = std::make_unique<QAudioSink>(device, m_format);
    m_sink->setVolume(m_volume);
    emit ready(m_format.sampleRate(), m_format.channelCount());
}

void SoundDevice::setVolume(double linear)
{
    m_volume = linear;
    if (m_sink)
        m_sink->setVolume(linear);
}

void SoundDevice::start(const std::shared_ptr<AudioFeed>& feed, int64_t due)
{
    m_feed = feed;
    m_due = due;
    begin();
}

void SoundDevice::begin()
{
    if (!m_sink)
        return;
    m_sink->reset(); // what the device still holds belongs to another time
    m_sink->setBufferSize(m_format.bytesForDuration(qint64{kBufferMs} * 1000));
    m_out = m_sink->start();
    if (!m_out || m_sink->error() == QAudio::OpenError || m_sink->error() == QAudio::FatalError)
        return lose(tr("The sound device cannot be opened."));
    m_joined = false;
    m_refusals = 0;
    m_feeder.start();
}

void SoundDevice::stop()
{
    m_feeder.stop();
    m_out = nullptr;
    if (m_sink)
        m_sink->reset();
    m_feed.reset();
}

void SoundDevice::lose(const QString& reason)
{
    stop();
    m_sink.reset();
    emit gone(reason);
}

void SoundDevice::feed()
{
    if (!m_sink || !m_feed || !m_out)
        return;
    if (m_sink->error() == QAudio::IOError || m_sink->error() == QAudio::FatalError)
        return lose(tr("The sound device has gone."));
    const int64_t room = m_sink->bytesFree() / std::max(1, m_format.bytesPerFrame());
    m_refusals = room > 0 ? 0 : m_refusals + 1;
    if (m_refusals > kMostRefusals)
        return begin();
    if (room == 0)
        return observe();
    if (!m_joined)
        m_next = dueNow();
    m_samples.resize(static_cast<size_t>(room * m_format.channelCount()));
    const int64_t ready = m_feed->pull(m_next, m_samples);
    m_joined = m_joined || ready > 0;
    if (ready > 0)
        write(ready);
    if (m_joined)
        observe();
}

int64_t SoundDevice::dueNow() const
{
    return m_format.framesForDuration(std::max<int64_t>(0, m_clock.at(machineMicroseconds()) - m_due));
}

void SoundDevice::write(int64_t samples)
{
    const auto values = static_cast<size_t>(samples * m_format.channelCount());
    m_bytes.resize(static_cast<size_t>(samples * m_format.bytesPerFrame()));
    if (m_format.sampleFormat() == QAudioFormat::Float) {
        std::memcpy(m_bytes.data(), m_samples.data(), m_bytes.size());
    } else {
        auto* out = reinterpret_cast<int16_t*>(m_bytes.data());
        std::transform(
            m_samples.begin(), m_samples.begin() + static_cast<std::ptrdiff_t>(values), out, [](float value) {
                return static_cast<int16_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * 32767));
            });
    }
    const qint64 taken = m_out->write(m_bytes.data(), static_cast<qint64>(m_bytes.size()));
    m_next += std::max<qint64>(0, taken) / m_format.bytesPerFrame();
}

void SoundDevice::observe()
{
    const qint64 queued = std::max<qint64>(0, m_sink->bufferSize() - m_sink->bytesFree());
    const int64_t heard = m_next - queued / m_format.bytesPerFrame();
    const int64_t machine = machineMicroseconds();
    const int64_t time = m_due + heard * 1000000 / m_format.sampleRate();
    const int64_t behind = m_clock.at(machine) - time;
    if (behind > kMostLagUs)
        m_next += m_format.framesForDuration(behind);
    else
        m_clock.observe(machine, time);
}

} // namespace telltale
