// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videowriter.h"
#include "synth/synth.h"
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>

namespace telltale {
namespace {

/// Draws frames ahead on several threads and hands them out in order.
class FramePump {
public:
    FramePump(const SynthSession& session, size_t bytes, unsigned threads)
        : m_session(session)
        , m_slots(threads * 3)
        , m_total(session.frameCount())
    {
        for (Slot& slot : m_slots)
            slot.pixels.resize(bytes);
        for (unsigned i = 0; i < threads; ++i)
            m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }

    ~FramePump()
    {
        {
            const std::lock_guard lock(m_mutex); // a thread between its look and its wait must not miss this
            for (std::jthread& thread : m_threads)
                thread.request_stop();
        }
        m_changed.notify_all();
    }

    FramePump(const FramePump&) = delete;
    FramePump& operator=(const FramePump&) = delete;

    /// Waits for frame `index`; the pixels stay until release(index).
    const std::vector<uint8_t>& wait(int64_t index)
    {
        std::unique_lock lock(m_mutex);
        Slot& slot = slotOf(index);
        m_changed.wait(lock, [&] { return slot.ready == index; });
        return slot.pixels;
    }

    void release(int64_t index)
    {
        {
            const std::lock_guard lock(m_mutex);
            slotOf(index).ready = -1;
            m_released = index + 1;
        }
        m_changed.notify_all();
    }

private:
    struct Slot {
        std::vector<uint8_t> pixels;
        int64_t ready = -1; ///< the frame that is in it
    };

    Slot& slotOf(int64_t index) { return m_slots[static_cast<size_t>(index) % m_slots.size()]; }

    void work(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock, [&] {
                return stop.stop_requested() || m_next >= m_total
                    || m_next < m_released + static_cast<int64_t>(m_slots.size());
            });
            if (stop.stop_requested() || m_next >= m_total)
                return;
            const int64_t index = m_next++;
            Slot& slot = slotOf(index);
            lock.unlock();
            m_session.draw(index, slot.pixels.data());
            lock.lock();
            slot.ready = index;
            m_changed.notify_all();
        }
    }

    const SynthSession& m_session;
    std::vector<Slot> m_slots;
    int64_t m_total;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int64_t m_next = 0; ///< to be drawn; guarded by m_mutex
    int64_t m_released = 0; ///< frames before this one are written; guarded by m_mutex
    std::vector<std::jthread> m_threads; ///< last: they use all of the above
};

} // namespace

Status renderSession(const SynthSession& session, const SynthOptions& options,
    const std::filesystem::path& video, ProgressSink& progress)
{
    VideoWriterOptions encoding;
    encoding.width = options.width;
    encoding.height = options.height;
    const long rate = std::lround(options.fps * 1000);
    const long common = std::gcd(rate, 1000L);
    encoding.fpsNum = static_cast<int>(rate / common);
    encoding.fpsDen = static_cast<int>(1000 / common);
    encoding.preset = "superfast";
    auto writer = createVideo(video, encoding);
    if (!writer)
        return writer.error();
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 2U, 8U);
    FramePump pump(
        session, static_cast<size_t>(options.width) * static_cast<size_t>(options.height) * 4, threads);
    const std::string stage = "rendering " + video.filename().string();
    for (int64_t i = 0; i < session.frameCount(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "rendering was cancelled"};
        Status written = (*writer)->writeBgra(pump.wait(i));
        if (!written)
            return written;
        pump.release(i);
        progress.report(i + 1, session.frameCount(), stage);
    }
    return (*writer)->finish();
}

} // namespace telltale
