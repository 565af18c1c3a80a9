// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What a person does in front of the video, through the frame thread, in wall time.
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "app/cli/benchvideos.h"
#include "base/random.h"
#include "media/frameserver.h"
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace telltale {
namespace {

constexpr double kOnePictureMs = 1000.0 / 60;
constexpr int64_t kCacheBytes = int64_t{550} << 20;

struct Action {
    int64_t index;
    std::chrono::milliseconds thinking; ///< before it
    std::vector<int64_t> nextSpans; ///< two that a review list would offer then
};

/// 40 % one forward, 32 % one back, 12 % ten either way, 11 % to the next of 60 spans, 5 % a click anywhere.
std::vector<Action> scriptedSession(int64_t frames, int count)
{
    Random random(300);
    std::vector<int64_t> spans(60);
    std::generate(spans.begin(), spans.end(), [&] { return random.below(frames); });
    std::sort(spans.begin(), spans.end());
    std::vector<Action> actions(static_cast<size_t>(count));
    int64_t at = frames / 2;
    for (Action& action : actions) {
        const double kind = random.uniform();
        const auto next = std::upper_bound(spans.begin(), spans.end(), at);
        const int64_t span = next == spans.end() ? spans.front() : *next;
        const int64_t click = random.below(frames);
        const int64_t leap = random.chance(0.5) ? 10 : -10;
        at = kind < 0.40  ? at + 1
            : kind < 0.72 ? at - 1
            : kind < 0.84 ? at + leap
            : kind < 0.95 ? span
                          : click;
        at = std::clamp<int64_t>(at, 0, frames - 1);
        action = {at, std::chrono::milliseconds(150 + random.below(151)), {}};
        const auto after = std::upper_bound(spans.begin(), spans.end(), at);
        for (auto it = after; it != spans.end() && it - after < 2; ++it)
            action.nextSpans.push_back(*it);
    }
    return actions;
}

/// Waits for the exact picture that was asked for.
class Viewer {
public:
    explicit Viewer(const std::filesystem::path& file) : m_server(file, callbacks(), kCacheBytes) { }

    /// Io where the engine failed.
    Result<Cost> show(int64_t index)
    {
        const Cost cost = costOf([&] {
            std::unique_lock lock(m_mutex);
            m_shown = -1;
            m_wanted = index;
            m_server.request(index);
            m_changed.wait(lock, [&] { return m_shown == index || m_failure; });
        });
        const std::lock_guard lock(m_mutex);
        if (m_failure)
            return *m_failure;
        return cost;
    }

    void expect(const std::vector<int64_t>& indices) { m_server.setHints(indices); }

private:
    FrameServer::Callbacks callbacks()
    {
        FrameServer::Callbacks callbacks;
        callbacks.frame = [this](const std::shared_ptr<const VideoFrame>& frame) {
            const std::lock_guard lock(m_mutex);
            if (frame->exact && frame->index == m_wanted)
                m_shown = m_wanted;
            m_changed.notify_all();
        };
        callbacks.failed = [this](const Error& error) {
            const std::lock_guard lock(m_mutex);
            m_failure = error;
            m_changed.notify_all();
        };
        return callbacks;
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    int64_t m_wanted = -1;
    int64_t m_shown = -1;
    std::optional<Error> m_failure;
    FrameServer m_server; ///< last, so that it ends before what its callbacks use
};

void addSessionRows(const BenchSettings& settings, const std::vector<double>& ours,
    const std::vector<double>& theirs, const std::string& missing)
{
    const auto slow = [](const std::vector<double>& values) {
        return 100.0 * static_cast<double>(std::count_if(values.begin(), values.end(), [](double ms) {
            return ms > kOnePictureMs;
        })) / static_cast<double>(values.size());
    };
    BenchRow share{"session: actions above 16.7 ms, wall", "%", "all", slow(ours), 100};
    share.ratio = share.ours / 100;
    share.goal = 0.05;
    settings.row(share);
    BenchRow tail{"session: 95th percentile, wall", "ms", "ffms2"};
    tail.missing = missing;
    if (missing.empty()) {
        tail.ours = quantile(ours, 0.95);
        tail.theirs = quantile(theirs, 0.95);
        tail.ratio = tail.ours / tail.theirs;
        tail.goal = 0.02;
        char note[64];
        std::snprintf(note, sizeof note, "ffms2 has %.0f %% above 16.7 ms", slow(theirs));
        tail.note = note;
    }
    settings.row(tail);
}

} // namespace

Status benchSession(const BenchSettings& settings)
{
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    const int64_t frames = benchVideoFrames(BenchVideo::TenMinutes);
    const std::vector<Action> actions = scriptedSession(frames, settings.actions);
    std::vector<double> ours;
    {
        Viewer viewer(*file);
        if (const auto opened = viewer.show(frames / 2); !opened)
            return opened.error();
        for (const Action& action : actions) {
            if (settings.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            std::this_thread::sleep_for(action.thinking);
            const auto cost = viewer.show(action.index);
            if (!cost)
                return cost.error();
            ours.push_back(cost->wall);
            viewer.expect(action.nextSpans);
            settings.progress->report(
                static_cast<int64_t>(ours.size()), settings.actions, "scripted session");
        }
    }
    // The peer does nothing while a person thinks, so it need not wait.
    std::vector<double> theirs;
    std::string missing;
    auto peer = BenchPeer::start("ffms2");
    if (!peer)
        missing = peer.error().message;
    else if (const auto opened = (*peer)->open(*file); !opened)
        missing = opened.error().message;
    for (const Action& action : actions) {
        if (!missing.empty() || settings.cancelled())
            break;
        const auto cost = (*peer)->frame(action.index);
        if (cost)
            theirs.push_back(cost->wall);
        else
            missing = cost.error().message;
    }
    addSessionRows(settings, ours, theirs, missing);
    return {};
}

Status benchHeldKey(const BenchSettings& settings)
{
    constexpr int64_t kSteps = 500;
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    for (const int64_t direction : {1, -1}) {
        Viewer viewer(*file);
        int64_t at = benchVideoFrames(BenchVideo::TenMinutes) / 2;
        if (const auto opened = viewer.show(at); !opened)
            return opened.error();
        Status status;
        const Cost cost = costOf([&] {
            for (int64_t step = 0; step < kSteps && status; ++step)
                if (const auto shown = viewer.show(at += direction); !shown)
                    status = shown.error();
        });
        if (!status)
            return status;
        BenchRow row{
            direction > 0 ? "key held forwards, 720p, wall" : "key held backwards, 720p, wall", "1/s", "60"};
        row.ours = kSteps * 1e3 / cost.wall;
        row.theirs = 60;
        row.ratio = row.ours / 60;
        row.goal = 1;
        row.atLeast = true;
        char note[64];
        std::snprintf(note, sizeof note, "%.0f per CPU second", kSteps * 1e3 / cost.cpu);
        row.note = note;
        settings.row(row);
    }
    return {};
}

} // namespace telltale
