// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/sounddevice.h"
#include <QAudioDevice>
#include <QAudioSink>
#include <QMediaDevices>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

constexpr int kBufferMs = 80;
constexpr int kObserveMs = 25;
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

SoundDevice::SoundDevice(SoundClock& clock) : m_clock(clock), m_observer(this)
{
    m_observer.setInterval(kObserveMs);
    connect(&m_observer, &QTimer::timeout, this, &SoundDevice::observe);
    QIODevice::open(QIODevice::ReadOnly | QIODevice::Unbuffered);
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
    m_sink->setBufferSize(m_format.bytesForDuration(qint64{kBufferMs} * 1000));
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
    if (!m_sink)
        return;
    m_feed = feed;
    m_due = due;
    m_next = -1;
    if (m_sink->state() == QAudio::ActiveState || m_sink->state() == QAudio::IdleState)
        m_sink->reset(); // what the device still holds belongs to another time
    m_sink->start(this);
    if (m_sink->error() == QAudio::OpenError || m_sink->error() == QAudio::FatalError) {
        stop();
        m_sink.reset();
        emit gone(tr("The sound device cannot be opened."));
        return;
    }
    m_observer.start();
}

void SoundDevice::stop()
{
    m_observer.stop();
    if (m_sink)
        m_sink->reset();
    m_feed.reset();
}

qint64 SoundDevice::readData(char* data, qint64 bytes)
{
    const int frameBytes = m_format.bytesPerFrame();
    const qint64 frames = frameBytes > 0 ? bytes / frameBytes : 0;
    const auto count = static_cast<size_t>(frames * m_format.channelCount());
    m_samples.assign(count, 0.0F);
    if (m_feed) {
        if (m_next < 0) {
            const int64_t late = std::max<int64_t>(0, m_clock.at(machineMicroseconds()) - m_due);
            m_next = m_format.framesForDuration(late);
        }
        m_feed->pull(m_next, m_samples);
        m_next += frames;
    }
    if (m_format.sampleFormat() == QAudioFormat::Float) {
        std::memcpy(data, m_samples.data(), count * sizeof(float));
    } else {
        auto* out = reinterpret_cast<int16_t*>(data);
        std::ranges::transform(m_samples, out, [](float value) {
            return static_cast<int16_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * 32767));
        });
    }
    return frames * frameBytes;
}

qint64 SoundDevice::writeData(const char*, qint64) { return -1; }

qint64 SoundDevice::bytesAvailable() const { return INT_MAX; }

void SoundDevice::observe()
{
    if (!m_sink || !m_feed)
        return;
    if (m_sink->error() == QAudio::IOError || m_sink->error() == QAudio::FatalError) {
        stop();
        m_sink.reset();
        emit gone(tr("The sound device has gone."));
        return;
    }
    if (m_next < 0)
        return;
    const qint64 queued = std::max<qint64>(0, m_sink->bufferSize() - m_sink->bytesFree());
    const int64_t heard = m_next - queued / std::max(1, m_format.bytesPerFrame());
    const int64_t machine = machineMicroseconds();
    const int64_t time = m_due + heard * 1000000 / m_format.sampleRate();
    const int64_t behind = m_clock.at(machine) - time;
    if (behind > kMostLagUs)
        m_next += m_format.framesForDuration(behind);
    else
        m_clock.observe(machine, time);
}

} // namespace telltale
