// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/audiofeed.h"
#include "media/audiosource.h"
#include "media/timestretch.h"
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace telltale {
namespace {

constexpr double kAheadSeconds = 0.5; ///< that wait for the device
constexpr double kChunkSeconds = 0.02;

int64_t samplesIn(MediaTime time, int rate)
{
    return std::llround(static_cast<double>(time.count()) * rate * 1e-6);
}

} // namespace

class AudioFeed::Impl {
public:
    Impl(std::filesystem::path file, const AudioFormat& format, Callbacks callbacks)
        : m_file(std::move(file))
        , m_format(format)
        , m_callbacks(std::move(callbacks))
        , m_stretch(format.rate, format.channels, [this](std::span<float> out) { readLooped(out); })
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    void order(std::optional<PlayOrder> wanted);
    int64_t pull(int64_t first, std::span<float> out);

private:
    void run(const std::stop_token& stop);
    bool open();
    void start(const PlayOrder& order);
    /// The source from where it is, round and round the loop if there is one.
    void readLooped(std::span<float> out);
    void report(const Status& status);

    const std::filesystem::path m_file;
    const AudioFormat m_format;
    const Callbacks m_callbacks;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<PlayOrder> m_order; ///< not begun
    bool m_playing = false;
    std::deque<float> m_ready;
    int64_t m_first = 0; ///< output number of the first of m_ready
    // Up to here guarded by m_mutex; from here only on the decode thread.
    std::unique_ptr<AudioSource> m_source;
    TimeStretch m_stretch;
    PlayOrder m_current;
    int64_t m_passes = 0; ///< of the loop
    int64_t m_passEnd = INT64_MAX; ///< sample of the source at which this pass ends
    bool m_reported = false;

    std::jthread m_thread; ///< last, so that it ends before what it uses
};

void AudioFeed::Impl::order(std::optional<PlayOrder> wanted)
{
    {
        const std::lock_guard lock(m_mutex);
        m_playing = wanted.has_value();
        m_order = std::move(wanted);
        m_ready.clear();
        m_first = 0;
    }
    m_changed.notify_one();
}

int64_t AudioFeed::Impl::pull(int64_t first, std::span<float> out)
{
    const auto channels = static_cast<size_t>(m_format.channels);
    std::ranges::fill(out, 0.0F);
    int64_t found = 0;
    {
        const std::lock_guard lock(m_mutex);
        const int64_t late = std::min(first - m_first, static_cast<int64_t>(m_ready.size() / channels));
        if (late > 0) {
            m_ready.erase(m_ready.begin(), m_ready.begin() + late * m_format.channels);
            m_first += late;
        }
        // Behind the device: what is made next has been due already and is dropped by the next pull.
        if (m_first == first) {
            const size_t count = std::min(out.size(), m_ready.size());
            std::copy_n(m_ready.begin(), count, out.begin());
            m_ready.erase(m_ready.begin(), m_ready.begin() + static_cast<std::ptrdiff_t>(count));
            found = static_cast<int64_t>(count / channels);
            m_first += found;
        }
    }
    m_changed.notify_one();
    return found;
}

void AudioFeed::Impl::report(const Status& status)
{
    if (status || std::exchange(m_reported, true) || !m_callbacks.failed)
        return;
    m_callbacks.failed(status.error());
}

bool AudioFeed::Impl::open()
{
    AudioOptions options;
    options.rate = m_format.rate;
    options.channels = m_format.channels;
    auto source = AudioSource::open(m_file, options);
    std::error_code ignored;
    const bool silent = !source && source.error().code == ErrorCode::NotFound
        && std::filesystem::exists(m_file, ignored); // else it is the file that was not found
    if (!source && !silent) {
        report(source.error());
        return false;
    }
    if (source)
        m_source = std::move(*source);
    if (m_callbacks.opened)
        m_callbacks.opened(m_source != nullptr);
    return m_source != nullptr;
}

void AudioFeed::Impl::start(const PlayOrder& order)
{
    m_current = order;
    m_passes = 0;
    m_passEnd = INT64_MAX;
    if (order.loop && order.loop->second > order.loop->first)
        m_passEnd = samplesIn(order.loop->second, m_format.rate);
    else
        m_current.loop.reset();
    m_source->seek(samplesIn(order.from, m_format.rate));
    m_stretch.restart(order.speed);
}

void AudioFeed::Impl::readLooped(std::span<float> out)
{
    const auto channels = static_cast<size_t>(m_format.channels);
    while (!out.empty()) {
        const auto left = static_cast<size_t>(std::max<int64_t>(0, m_passEnd - m_source->position()));
        const size_t count = std::min(out.size(), left > out.size() ? out.size() : left * channels);
        report(m_source->read(out.first(count)));
        out = out.subspan(count);
        if (m_source->position() < m_passEnd)
            continue;
        // Counted from the first pass, so that rounding to samples does not add up.
        const auto [begin, end] = *m_current.loop;
        ++m_passes;
        const int64_t unrolled = samplesIn(end + m_passes * (end - begin), m_format.rate)
            - samplesIn(end + (m_passes - 1) * (end - begin), m_format.rate);
        const int64_t first = samplesIn(begin, m_format.rate);
        m_source->seek(first);
        m_passEnd = first + std::max<int64_t>(1, unrolled);
    }
}

void AudioFeed::Impl::run(const std::stop_token& stop)
{
    if (!open())
        return;
    const auto channels = static_cast<size_t>(m_format.channels);
    const auto ahead = static_cast<size_t>(kAheadSeconds * m_format.rate) * channels;
    std::vector<float> chunk(static_cast<size_t>(kChunkSeconds * m_format.rate) * channels);
    while (!stop.stop_requested()) {
        std::optional<PlayOrder> begun;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(
                lock, stop, [&] { return m_order.has_value() || (m_playing && m_ready.size() < ahead); });
            if (stop.stop_requested())
                return;
            begun = std::exchange(m_order, std::nullopt);
        }
        if (begun)
            start(*begun);
        m_stretch.read(chunk);
        const std::lock_guard lock(m_mutex);
        if (m_playing && !m_order) // nothing else was ordered meanwhile
            m_ready.insert(m_ready.end(), chunk.begin(), chunk.end());
    }
}

AudioFeed::AudioFeed(const std::filesystem::path& file, const AudioFormat& format, Callbacks callbacks)
    : m_impl(std::make_unique<Impl>(file, format, std::move(callbacks)))
{
}

AudioFeed::~AudioFeed() = default;

void AudioFeed::play(const PlayOrder& order) { m_impl->order(order); }
void AudioFeed::stop() { m_impl->order(std::nullopt); }
int64_t AudioFeed::pull(int64_t first, std::span<float> out) { return m_impl->pull(first, out); }

} // namespace telltale
