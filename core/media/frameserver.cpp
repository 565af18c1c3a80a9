// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/frameserver.h"
#include "media/firstpicture.h"
#include "media/pictureconvert.h"
#include "media/readahead.h"
#include "media/storagepool.h"
#include "media/videosource.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// The exact picture is so near that a stand-in would only flicker.
constexpr int64_t kNoStandIn = 6;
constexpr auto kIndexStep = 10ms;
constexpr auto kGrowthPoll = 1s;

class StopSink final : public ProgressSink {
public:
    explicit StopSink(std::stop_token token) : m_token(std::move(token)) { }
    bool cancelled() const override { return m_token.stop_requested(); }

private:
    std::stop_token m_token;
};

/// What the owner's thread wants of the frame thread.
struct Inbox {
    std::optional<int64_t> request;
    std::optional<PictureView> view;
    std::optional<std::vector<int64_t>> hints;
    std::optional<fs::path> proxy;
    bool empty() const { return !request && !view && !hints && !proxy; }
};

uintmax_t sizeOf(const fs::path& file)
{
    std::error_code error;
    const uintmax_t size = fs::file_size(file, error);
    return error ? 0 : size;
}

} // namespace

class FrameServer::Impl {
public:
    Impl(fs::path file, Callbacks callbacks, OpenOptions options)
        : m_file(std::move(file))
        , m_callbacks(std::move(callbacks))
        , m_options(std::move(options))
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    template <typename T, typename Value> void post(std::optional<T> Inbox::*place, Value&& value)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_inbox.*place = std::forward<Value>(value);
            m_hasMail = true;
        }
        m_changed.notify_one();
    }

private:
    void run(const std::stop_token& stop);
    /// `progress` is used as long as the source.
    Status open(const std::stop_token& stop, ProgressSink& progress);
    /// Serves until the source fails or the server stops.
    Status serve(const std::stop_token& stop);
    void takeMail();
    void useProxy(const fs::path& file);
    /// Waits for mail; gives up after kGrowthPoll.
    void waitForMail(const std::stop_token& stop);
    bool overtaken();
    Status workOnIndex();
    void tellOpened();
    void serveTarget();
    void giveStandIn(int64_t index);
    void giveProxyPicture(int64_t index);
    /// While nothing is known of a video's pictures but that they are there.
    void giveFirstPicture();
    void giveNearest(int64_t index, const Error& error);
    /// Converts and delivers picture `index`, which is kept.
    void deliver(int64_t index, bool exact, bool pending);
    void deliver(Result<VideoFrame> frame, bool exact, bool pending);
    /// False if there is nothing worth it.
    bool readAhead();

    const fs::path m_file;
    const Callbacks m_callbacks;
    const OpenOptions m_options;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Inbox m_inbox; ///< guarded by m_mutex
    std::atomic<bool> m_hasMail = false; ///< whether m_inbox is not empty; asked while decoding

    // Only on the frame thread.
    std::unique_ptr<VideoSource> m_source;
    std::unique_ptr<VideoSource> m_proxy;
    ReadAhead m_ahead;
    PictureView m_view;
    std::shared_ptr<StoragePool> m_storage = std::make_shared<StoragePool>();
    std::optional<int64_t> m_target; ///< asked for and not delivered yet
    bool m_triedFirst = false; ///< giveFirstPicture()
    bool m_hasStandIn = false; ///< for m_target
    int64_t m_shown = -1; ///< index delivered last
    int64_t m_wanted = -1; ///< asked for when that was delivered
    bool m_aheadFailed = false;

    std::jthread m_thread; ///< last, so that it ends before what it uses
};

void FrameServer::Impl::run(const std::stop_token& stop)
{
    StopSink progress(stop);
    std::string said;
    while (!stop.stop_requested()) {
        const uintmax_t size = sizeOf(m_file);
        Status status = open(stop, progress);
        if (status)
            status = serve(stop);
        if (stop.stop_requested())
            break;
        if (m_callbacks.failed && status.error().message != said)
            m_callbacks.failed(status.error());
        said = status.error().message;
        m_source.reset();
        while (!stop.stop_requested() && sizeOf(m_file) == size) {
            waitForMail(stop);
            takeMail();
        }
    }
    m_source.reset();
}

Status FrameServer::Impl::open(const std::stop_token& stop, ProgressSink& progress)
{
    auto opened = VideoSource::open(m_file, m_options, &progress);
    if (!opened)
        return opened.error();
    m_source = *std::move(opened);
    m_source->setInterrupt([this, stop] { return m_hasMail.load() || stop.stop_requested(); });
    if (m_source->isReady())
        tellOpened();
    return {};
}

void FrameServer::Impl::tellOpened()
{
    const VideoInfo& info = m_source->info();
    m_ahead.setFrameCount(info.frameCount);
    m_source->pictures().setProtected([this](int64_t index) { return m_ahead.isWorthKeeping(index); });
    m_source->pictures().setFirstDelivered([this](int64_t index) { giveStandIn(index); });
    m_aheadFailed = false;
    if (m_callbacks.opened)
        m_callbacks.opened(
            std::make_shared<const VideoInfo>(info), std::make_shared<const FrameTimes>(m_source->times()));
}

Status FrameServer::Impl::serve(const std::stop_token& stop)
{
    auto polled = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        takeMail();
        const bool ready = m_source->isReady();
        const bool known
            = ready && m_target && (m_source->isIndexed() || *m_target < m_source->info().frameCount);
        if (known) {
            serveTarget();
            continue;
        }
        const bool indexed = m_source->isIndexed();
        if (!indexed)
            if (Status status = workOnIndex(); !status)
                return status;
        if (!m_source->isReady())
            continue;
        const auto now = std::chrono::steady_clock::now();
        if (indexed && now - polled >= kGrowthPoll) {
            polled = now;
            if (auto grown = m_source->pollGrowth(); grown && *grown)
                continue;
        }
        if (!readAhead() && indexed)
            waitForMail(stop);
    }
    return Error{ErrorCode::Cancelled, m_file.string() + ": closed"};
}

void FrameServer::Impl::waitForMail(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, stop, kGrowthPoll, [this] { return !m_inbox.empty(); });
}

void FrameServer::Impl::takeMail()
{
    if (!m_hasMail)
        return;
    Inbox mail;
    {
        const std::lock_guard lock(m_mutex);
        mail = std::exchange(m_inbox, {});
        m_hasMail = false;
    }
    if (mail.hints)
        m_ahead.setHints(*std::move(mail.hints));
    if (mail.proxy)
        useProxy(*mail.proxy);
    if (mail.view) {
        m_view = *mail.view;
        m_hasStandIn = false;
        if (!m_target && m_wanted >= 0)
            m_target = m_wanted;
    }
    if (mail.request && mail.request != m_target) {
        m_target = std::max<int64_t>(0, *mail.request);
        m_hasStandIn = false;
        m_aheadFailed = false;
    }
}

void FrameServer::Impl::useProxy(const fs::path& file)
{
    m_proxy.reset();
    if (file.empty())
        return;
    OpenOptions options;
    options.cacheFolder = m_options.cacheFolder;
    options.cacheBytes = 0;
    auto proxy = VideoSource::open(file, options, nullptr);
    if (proxy && (*proxy)->finishIndex())
        m_proxy = *std::move(proxy);
}

bool FrameServer::Impl::overtaken()
{
    if (!m_hasMail)
        return false;
    const std::lock_guard lock(m_mutex);
    return m_inbox.request || m_inbox.view;
}

Status FrameServer::Impl::workOnIndex()
{
    auto changed = m_source->advanceIndex(kIndexStep);
    if (!changed)
        return changed.error();
    if (*changed)
        tellOpened();
    if (m_source->takeRenumbered() && !m_target && m_wanted >= 0)
        m_target = m_wanted;
    if (m_target && !m_source->isReady() && !m_triedFirst)
        giveFirstPicture();
    return {};
}

void FrameServer::Impl::serveTarget()
{
    const int64_t index = std::min(*m_target, m_source->info().frameCount - 1);
    m_target = index;
    m_ahead.moveTo(index);
    PictureSeeker& pictures = m_source->pictures();
    if (!pictures.isKept(index)) {
        if (!m_hasStandIn && m_proxy)
            giveProxyPicture(index);
        const auto neighbour = pictures.nearestKept(index);
        if (neighbour && std::abs(*neighbour - index) <= index - pictures.keyOf(index))
            giveStandIn(*neighbour);
        const Status status = m_source->prepare(index, m_ahead.fromForCursor());
        if (!status && status.error().code == ErrorCode::Cancelled)
            return;
        if (!status) {
            giveNearest(index, status.error());
            m_target.reset();
            return;
        }
    }
    if (overtaken())
        return;
    deliver(index, true, false);
    m_target.reset();
    m_ahead.setRoom(m_options.cacheBytes / m_source->pictureBytes());
}

void FrameServer::Impl::giveStandIn(int64_t index)
{
    if (!m_target || m_hasStandIn || overtaken())
        return;
    // What is on the screen already says nothing new.
    if (std::abs(*m_target - index) <= kNoStandIn || index == m_shown)
        return;
    m_hasStandIn = true;
    deliver(index, false, true);
}

void FrameServer::Impl::giveFirstPicture()
{
    m_triedFirst = true;
    const auto picture = firstPicture(m_file, m_options.stream);
    if (!picture || overtaken())
        return;
    VideoInfo info;
    info.width = picture->width;
    info.height = picture->height;
    auto converted = toPicture(*picture, info, m_view);
    if (!converted)
        return;
    VideoFrame frame;
    frame.index = 0;
    frame.picture = *std::move(converted);
    frame.region = clipped(m_view.region, info.width, info.height);
    m_hasStandIn = true;
    deliver(std::move(frame), false, true);
}

void FrameServer::Impl::giveProxyPicture(int64_t index)
{
    const VideoInfo& info = m_source->info();
    const VideoInfo& small = m_proxy->info();
    if (small.frameCount != info.frameCount || overtaken())
        return;
    const PictureRegion region = clipped(m_view.region, info.width, info.height);
    PictureView view = m_view;
    view.region = {region.x * small.width / info.width, region.y * small.height / info.height,
        std::max(1, region.width * small.width / info.width),
        std::max(1, region.height * small.height / info.height)};
    view.outputWidth = m_view.outputWidth > 0 ? m_view.outputWidth : region.width;
    view.outputHeight = m_view.outputHeight > 0 ? m_view.outputHeight : region.height;
    m_proxy->setView(view);
    auto frame = m_proxy->read(index);
    if (!frame || overtaken())
        return;
    frame->region = region;
    frame->time = m_source->times().timeOf(index);
    m_hasStandIn = true;
    deliver(std::move(frame), false, true);
}

void FrameServer::Impl::giveNearest(int64_t index, const Error& error)
{
    if (overtaken())
        return;
    PictureSeeker& pictures = m_source->pictures();
    const auto neighbour = pictures.nearestKept(index);
    if (neighbour && error.code == ErrorCode::BadFormat)
        deliver(*neighbour, false, false);
    else if (m_callbacks.failed)
        m_callbacks.failed(error);
}

void FrameServer::Impl::deliver(int64_t index, bool exact, bool pending)
{
    m_source->setView(m_view);
    deliver(m_source->show(index, m_storage->take()), exact, pending);
}

void FrameServer::Impl::deliver(Result<VideoFrame> frame, bool exact, bool pending)
{
    if (!frame) {
        if (m_callbacks.failed)
            m_callbacks.failed(frame.error());
        return;
    }
    frame->exact = exact;
    frame->pending = pending;
    frame->wanted = *m_target;
    m_shown = frame->index;
    m_wanted = *m_target;
    if (m_callbacks.frame)
        m_callbacks.frame(StoragePool::lend(m_storage, *std::move(frame)));
}

bool FrameServer::Impl::readAhead()
{
    const auto kept = [this](int64_t index) { return m_source->pictures().isKept(index); };
    const auto goal = m_aheadFailed ? std::nullopt : m_ahead.next(kept);
    if (!goal)
        return false;
    const Status status = m_source->prepare(goal->index, goal->from);
    m_aheadFailed = !status && status.error().code != ErrorCode::Cancelled;
    return true;
}

FrameServer::FrameServer(fs::path file, Callbacks callbacks, const OpenOptions& options)
    : m_impl(std::make_unique<Impl>(std::move(file), std::move(callbacks), options))
{
}

FrameServer::FrameServer(fs::path file, Callbacks callbacks, int64_t cacheBytes)
{
    OpenOptions options;
    options.cacheBytes = cacheBytes;
    m_impl = std::make_unique<Impl>(std::move(file), std::move(callbacks), options);
}

FrameServer::~FrameServer() = default;

void FrameServer::request(int64_t index) { m_impl->post(&Inbox::request, index); }

void FrameServer::setView(const PictureView& view) { m_impl->post(&Inbox::view, view); }

void FrameServer::setHints(std::vector<int64_t> indices) { m_impl->post(&Inbox::hints, std::move(indices)); }

void FrameServer::setProxy(fs::path file) { m_impl->post(&Inbox::proxy, std::move(file)); }

} // namespace telltale
