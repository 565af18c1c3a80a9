// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/frameserver.h"
#include "media/lrucache.h"
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace telltale {
namespace {

/// Pictures decoded ahead in the direction of travel while nobody asks for anything.
constexpr int64_t kReadAhead = 8;

class StopSink final : public ProgressSink {
public:
    explicit StopSink(std::stop_token token) : m_token(std::move(token)) { }
    bool cancelled() const override { return m_token.stop_requested(); }

private:
    std::stop_token m_token;
};

} // namespace

class FrameServer::Impl {
public:
    Impl(std::filesystem::path file, Callbacks callbacks, int64_t cacheBytes)
        : m_file(std::move(file))
        , m_callbacks(std::move(callbacks))
        , m_cache(cacheBytes)
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    void request(int64_t index)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_request = index;
        }
        m_changed.notify_one();
    }

    void setView(const PictureView& view)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_newView = view;
        }
        m_changed.notify_one();
    }

private:
    void run(const std::stop_token& stop);
    /// Waits for a request; without one while there is something to read ahead. Nothing on stop or for
    /// read-ahead.
    std::optional<int64_t> takeRequest(const std::stop_token& stop, bool busy);
    bool overtaken(const std::stop_token& stop);
    void serve(const std::stop_token& stop, int64_t index);
    Result<std::shared_ptr<const VideoFrame>> load(int64_t index);
    /// The next picture worth decoding in advance.
    std::optional<int64_t> nextAhead() const;

    const std::filesystem::path m_file;
    const Callbacks m_callbacks;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<int64_t> m_request; ///< guarded by m_mutex
    std::optional<PictureView> m_newView; ///< guarded by m_mutex

    // Only on the frame thread.
    std::unique_ptr<FrameSource> m_source;
    LruCache<VideoFrame> m_cache;
    int64_t m_current = -1;
    int64_t m_direction = 1;
    bool m_aheadFailed = false;

    std::jthread m_thread; ///< last, so that it ends before what it uses
};

void FrameServer::Impl::run(const std::stop_token& stop)
{
    StopSink progress(stop);
    auto opened = openVideo(m_file, &progress);
    if (stop.stop_requested())
        return;
    if (!opened) {
        if (m_callbacks.failed)
            m_callbacks.failed(opened.error());
        return;
    }
    m_source = std::move(*opened);
    m_source->setInterrupt([&stop] { return stop.stop_requested(); });
    if (m_callbacks.opened)
        m_callbacks.opened(std::make_shared<const VideoInfo>(m_source->info()),
            std::make_shared<const FrameTimes>(m_source->times()));
    while (!stop.stop_requested()) {
        const std::optional<int64_t> ahead = nextAhead();
        if (const auto index = takeRequest(stop, ahead.has_value()))
            serve(stop, std::clamp<int64_t>(*index, 0, m_source->info().frameCount - 1));
        else if (ahead && !stop.stop_requested())
            m_aheadFailed = !load(*ahead);
    }
}

std::optional<int64_t> FrameServer::Impl::takeRequest(const std::stop_token& stop, bool busy)
{
    std::unique_lock lock(m_mutex);
    if (!busy)
        m_changed.wait(lock, stop, [this] { return m_request.has_value() || m_newView.has_value(); });
    if (const auto view = std::exchange(m_newView, std::nullopt)) {
        m_source->setView(*view);
        m_cache.clear();
        if (m_current >= 0 && !m_request)
            m_request = m_current;
    }
    return std::exchange(m_request, std::nullopt);
}

bool FrameServer::Impl::overtaken(const std::stop_token& stop)
{
    const std::lock_guard lock(m_mutex);
    return m_request.has_value() || stop.stop_requested();
}

void FrameServer::Impl::serve(const std::stop_token& stop, int64_t index)
{
    if (index != m_current)
        m_direction = index < m_current ? -1 : 1;
    m_current = index;
    m_aheadFailed = false;
    auto frame = load(index);
    if (overtaken(stop))
        return;
    if (frame && m_callbacks.frame)
        m_callbacks.frame(*frame);
    if (!frame && m_callbacks.failed)
        m_callbacks.failed(frame.error());
}

Result<std::shared_ptr<const VideoFrame>> FrameServer::Impl::load(int64_t index)
{
    if (auto cached = m_cache.find(index))
        return cached;
    auto frame = m_source->read(index);
    if (!frame)
        return frame.error();
    const auto bytes = static_cast<int64_t>(frame->picture.bgra.size());
    auto kept = std::make_shared<const VideoFrame>(*std::move(frame));
    m_cache.insert(index, kept, bytes);
    return std::shared_ptr<const VideoFrame>(std::move(kept));
}

std::optional<int64_t> FrameServer::Impl::nextAhead() const
{
    if (m_current < 0 || m_aheadFailed)
        return std::nullopt;
    const VideoInfo& info = m_source->info();
    const int64_t bytes = int64_t{4} * info.width * info.height;
    const int64_t room = std::min(kReadAhead, m_cache.maximumBytes() / std::max<int64_t>(1, bytes) - 1);
    for (int64_t step = 1; step <= room; ++step) {
        const int64_t index = m_current + step * m_direction;
        if (index < 0 || index >= info.frameCount)
            return std::nullopt;
        if (!m_cache.contains(index))
            return index;
    }
    return std::nullopt;
}

FrameServer::FrameServer(std::filesystem::path file, Callbacks callbacks, int64_t cacheBytes)
    : m_impl(std::make_unique<Impl>(std::move(file), std::move(callbacks), cacheBytes))
{
}

FrameServer::~FrameServer() = default;

void FrameServer::request(int64_t index) { m_impl->request(index); }

void FrameServer::setView(const PictureView& view) { m_impl->setView(view); }

} // namespace telltale
