// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/live/livestream.h"
#include "base/quietprogress.h"
#include "media/growingvideo.h"
#include <thread>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{100}; // between two looks at a file or a camera (ours)

/// Says when a file counts as finished.
class Patience {
public:
    Patience(fs::path file, double seconds)
        : m_file(std::move(file))
        , m_seconds(seconds)
        , m_since(Clock::now())
    {
    }
    void grown() { m_since = Clock::now(); }
    /// Nobody writes it any more, or it has stayed as it is for too long.
    bool isOver()
    {
        const bool written = isBeingWritten(m_file).value_or(false);
        const bool closed = m_written && !written;
        m_written = m_written || written;
        return closed || std::chrono::duration<double>(Clock::now() - m_since).count() >= m_seconds;
    }

private:
    fs::path m_file;
    double m_seconds;
    Clock::time_point m_since;
    bool m_written = false; ///< somebody was seen writing it
};

class FileStream final : public LiveStream {
public:
    FileStream(
        std::unique_ptr<QuietProgress> progress, std::unique_ptr<GrowingVideo> video, Patience patience)
        : m_progress(std::move(progress))
        , m_video(std::move(video))
        , m_patience(std::move(patience))
    {
    }
    bool isCamera() const override { return false; }
    const VideoInfo& info() const override { return m_video->info(); }
    void setView(const PictureView& view) override { m_video->setView(view); }
    int64_t lost() const override { return 0; }
    int64_t damaged() const override { return m_video->damaged(); }
    Result<State> next(VideoFrame& frame) override;

private:
    std::unique_ptr<QuietProgress> m_progress; ///< that the video asks
    std::unique_ptr<GrowingVideo> m_video;
    Patience m_patience;
};

Result<LiveStream::State> FileStream::next(VideoFrame& frame)
{
    auto picture = m_video->next();
    if (!picture)
        return picture.error();
    if (*picture) {
        frame = **std::move(picture);
        return State::Picture;
    }
    if (m_video->atEnd())
        return State::Ended;
    const bool over = m_patience.isOver(); // asked before the last look at the file
    const auto grown = m_video->poll();
    if (!grown)
        return grown.error();
    if (*grown)
        m_patience.grown();
    else if (over)
        m_video->endsHere();
    else
        std::this_thread::sleep_for(kPause);
    return State::Waiting;
}

class CameraStream final : public LiveStream {
public:
    explicit CameraStream(std::unique_ptr<Camera> camera) : m_camera(std::move(camera)) { }
    bool isCamera() const override { return true; }
    const VideoInfo& info() const override { return m_camera->info(); }
    void setView(const PictureView& view) override { m_camera->setView(view); }
    int64_t lost() const override { return m_camera->lost(); }
    int64_t damaged() const override { return 0; }
    Result<State> next(VideoFrame& frame) override
    {
        auto picture = m_camera->next(kPause);
        if (!picture)
            return picture.error();
        if (!*picture)
            return m_camera->atEnd() ? State::Ended : State::Waiting;
        frame = **std::move(picture);
        return State::Picture;
    }

private:
    std::unique_ptr<Camera> m_camera;
};

Result<std::unique_ptr<LiveStream>> openFile(const fs::path& file, double waitSeconds, ProgressSink& progress)
{
    auto quiet = std::make_unique<QuietProgress>(progress);
    Patience patience(file, waitSeconds);
    std::error_code error;
    for (uintmax_t size = fs::file_size(file, error);;) {
        const bool over = patience.isOver();
        auto video = GrowingVideo::open(file, quiet.get());
        if (video) {
            patience.grown();
            return std::unique_ptr<LiveStream>(
                std::make_unique<FileStream>(std::move(quiet), *std::move(video), std::move(patience)));
        }
        if (video.error().code != ErrorCode::BadFormat || over)
            return video.error();
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, file.string() + ": waiting for it was stopped"};
        if (const uintmax_t now = fs::file_size(file, error); now != size) {
            size = now;
            patience.grown();
        }
        std::this_thread::sleep_for(kPause);
    }
}

} // namespace

Result<std::unique_ptr<LiveStream>> LiveStream::open(
    const std::string& source, const LiveStreamOptions& options, ProgressSink& progress)
{
    if (!isCameraName(source))
        return openFile(source, options.waitSeconds, progress);
    auto camera = Camera::open(source, options.camera, progress);
    if (!camera)
        return camera.error();
    return std::unique_ptr<LiveStream>(std::make_unique<CameraStream>(*std::move(camera)));
}

} // namespace telltale
