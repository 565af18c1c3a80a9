// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/growingvideo.h"
#include "media/indexbuilder.h"
#include "media/pictureconvert.h"
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace telltale {

namespace {

/// Coded pictures at the end of a file that grows which may not be whole: a demuxer without tables gives what
/// there is of the last one, and the one before may seem to end there.
constexpr int64_t kUncertain = 3;

class FollowedVideo final : public GrowingVideo {
public:
    static Result<std::unique_ptr<GrowingVideo>> open(
        const std::filesystem::path& file, ProgressSink* progress);

    const VideoInfo& info() const override { return m_video->info; }
    void setView(const PictureView& view) override { m_view = view; }
    Result<std::optional<VideoFrame>> next() override;
    Result<bool> poll() override;
    void endsHere() override { m_ends = true; }
    bool atEnd() const override { return m_atEnd; }
    int64_t damaged() const override { return m_decoder->refused(); }

private:
    explicit FollowedVideo(std::unique_ptr<IndexBuilder> builder) : m_builder(std::move(builder)) { }

    std::unique_ptr<IndexBuilder> m_builder;
    std::shared_ptr<const IndexedVideo> m_video;
    std::unique_ptr<Demuxer> m_demuxer;
    std::unique_ptr<Decoder> m_decoder; ///< behind the demuxer that it reads from
    PictureView m_view;
    int64_t m_next = 0;
    bool m_ends = false;
    bool m_atEnd = false;
};

Result<std::unique_ptr<GrowingVideo>> FollowedVideo::open(
    const std::filesystem::path& file, ProgressSink* progress)
{
    OpenOptions options;
    options.verify = false; // decoding finds the damage
    auto builder = IndexBuilder::open(file, options, progress);
    if (!builder)
        return builder.error();
    if (Status status = (*builder)->finish(); !status)
        return status.error();
    std::unique_ptr<FollowedVideo> video(new FollowedVideo(*std::move(builder)));
    video->m_video = video->m_builder->published();
    auto reader = video->m_builder->reader();
    if (!reader)
        return reader.error();
    video->m_demuxer = *std::move(reader);
    auto decoder = Decoder::open(*video->m_demuxer);
    if (!decoder)
        return decoder.error();
    video->m_decoder = *std::move(decoder);
    if (Status status = video->m_decoder->start(video->m_video->packets, 0); !status)
        return status.error();
    // The decoder keeps what it has got so far and goes on when there is more.
    FollowedVideo* const self = video.get();
    video->m_decoder->setInterrupt([self] {
        return !self->m_ends
            && self->m_demuxer->position() >= self->m_video->packets.packetCount() - kUncertain;
    });
    return std::unique_ptr<GrowingVideo>(std::move(video));
}

Result<std::optional<VideoFrame>> FollowedVideo::next()
{
    if (m_atEnd)
        return std::optional<VideoFrame>();
    const DecodedPicture decoded = m_decoder->next(m_video->packets);
    if (!decoded.frame) {
        m_atEnd = !decoded.interrupted;
        return std::optional<VideoFrame>();
    }
    VideoFrame frame;
    frame.index = m_next++;
    frame.wanted = frame.index;
    frame.time = m_video->times.timeOf(frame.index);
    frame.region = clipped(m_view.region, m_video->info.width, m_video->info.height);
    auto picture = toPicture(*decoded.frame, m_video->info, m_view);
    if (!picture)
        return Error{picture.error().code, m_video->info.file.string() + ": " + picture.error().message};
    frame.picture = *std::move(picture);
    return std::optional(std::move(frame));
}

Result<bool> FollowedVideo::poll()
{
    auto grown = m_builder->pollGrowth();
    if (!grown && grown.error().code == ErrorCode::BadFormat)
        return false; // what was written last is not whole yet
    if (!grown || !*grown)
        return grown;
    if (Status status = m_builder->finish(); !status)
        return status.error();
    m_video = m_builder->published();
    // Read on from the same place: what libav saw of the old end is no longer true.
    if (Status status = m_demuxer->seek(m_video->packets, m_demuxer->position()); !status)
        return status.error();
    return true;
}

} // namespace

Result<std::unique_ptr<GrowingVideo>> GrowingVideo::open(
    const std::filesystem::path& file, ProgressSink* progress)
{
    return FollowedVideo::open(file, progress);
}

std::optional<bool> isBeingWritten(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {};
    // A lease on reading is given for a file that nobody has open for writing. Who opens it for writing in
    // that moment has a signal sent to us, whose default would end the program: one that is ignored is asked
    // for.
    ::fcntl(descriptor, F_SETSIG, SIGURG);
    const bool given = ::fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0;
    const bool busy = !given && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (given)
        ::fcntl(descriptor, F_SETLEASE, F_UNLCK);
    ::close(descriptor);
    return given || busy ? std::optional(busy) : std::nullopt;
}

} // namespace telltale
