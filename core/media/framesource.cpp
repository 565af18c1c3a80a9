// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/framesource.h"
#include "media/decoder.h"
#include "media/lrucache.h"
#include "media/nativesource.h"
#include "media/pictureconvert.h"
#include "media/videodescription.h"
#include <algorithm>
#include <set>
extern "C" {
#include <libavutil/imgutils.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// A decoder may deliver a picture this much later than its place when a file lies about its reordering.
constexpr int kLateDelivery = 17;
/// Decoding this many pictures onwards costs less than a jump.
constexpr int64_t kShortWay = 32;

class LibavFrameSource final : public NativeSource {
public:
    explicit LibavFrameSource(const OpenOptions& options) : m_options(options), m_kept(options.cacheBytes) { }
    Status open(const fs::path& file, ProgressSink* progress);
    const VideoInfo& info() const override { return m_info; }
    const FrameTimes& times() const override { return m_times; }
    Result<VideoFrame> read(int64_t index) override;
    Result<FrameDigest> digest(int64_t index) override;
    Result<std::shared_ptr<const AVFrame>> native(int64_t index) override { return picture(index); }
    const PacketIndex& packetIndex() const override { return m_index; }
    void setInterrupt(const std::function<bool()>& wanted) override { m_interrupt = wanted; }
    void setView(const PictureView& view) override { m_view = view; }

private:
    Status buildIndex(ProgressSink* progress);
    Result<std::shared_ptr<const AVFrame>> picture(int64_t index);
    /// Decodes on until picture `index`; null if this run cannot deliver it. Cancelled.
    Result<std::shared_ptr<const AVFrame>> decodeUntil(int64_t index);
    Status startRun(int64_t packet);
    std::optional<int64_t> identify(const DecodedPicture& decoded);
    bool canContinueTo(int64_t index) const;
    /// Whether the run, which begins by delivering `decoded`, shows exactly what decoding from the file's
    /// start shows.
    bool provesRun(const DecodedPicture& decoded);
    /// Where decoding may begin for picture `index`, nearest first.
    std::vector<int64_t> startsFor(int64_t index) const;

    const OpenOptions m_options;
    std::unique_ptr<Demuxer> m_demuxer;
    std::unique_ptr<Decoder> m_decoder;
    PacketIndex m_index;
    VideoInfo m_info;
    FrameTimes m_times;
    PictureView m_view;
    bool m_complete = true;
    LruCache<AVFrame> m_kept; ///< so that stepping back inside a group of pictures is a look-up
    std::function<bool()> m_interrupt;
    std::set<int64_t> m_unfit; ///< key packets that are no clean start
    std::set<int64_t> m_missing; ///< pictures that no run could deliver
    // The run of decoding in progress.
    bool m_running = false;
    bool m_proven = false; ///< see provesRun()
    int64_t m_runStart = 0; ///< packet it began with
    int64_t m_delivered = 0; ///< pictures since the start of the file, for PictureIdentity::Count
    int64_t m_last = -1; ///< presentation index delivered last
};

Status LibavFrameSource::open(const fs::path& file, ProgressSink* progress)
{
    av::silenceLog();
    auto demuxer = Demuxer::open(file, progress, m_options.stream);
    if (!demuxer)
        return demuxer.error();
    m_demuxer = std::move(*demuxer);
    Status status = buildIndex(progress);
    m_demuxer->setProgress(nullptr);
    if (!status)
        return status;
    VideoDescription description = describeVideo(*m_demuxer, m_index, m_complete);
    m_info = std::move(description.info);
    m_times = std::move(description.times);
    return {};
}

Status LibavFrameSource::buildIndex(ProgressSink* progress)
{
    const std::string file = m_demuxer->file().string();
    auto complete = m_demuxer->scan(m_index);
    if (!complete)
        return complete.error();
    m_complete = *complete;
    auto decoder = Decoder::open(*m_demuxer);
    if (!decoder)
        return decoder.error();
    m_decoder = std::move(*decoder);
    if (m_index.packets().empty())
        return Error{ErrorCode::BadFormat,
            file + ": the video is cut short, no picture is left in it; copy it again from its source"};
    if (m_index.orderByTimeStamps(*m_demuxer->stream()->codecpar))
        return {};
    if (Status status = orderByDecoding(*m_demuxer, *m_decoder, m_index, progress); !status)
        return status;
    if (m_index.frameCount() == 0)
        return Error{ErrorCode::BadFormat,
            file + ": none of its " + std::to_string(m_index.packets().size())
                + " coded pictures can be decoded; copy it again from its source"};
    return {};
}

std::optional<int64_t> LibavFrameSource::identify(const DecodedPicture& decoded)
{
    const int64_t ordinal = m_delivered++;
    std::optional<int64_t> index;
    switch (m_index.identity()) {
    case PictureIdentity::Pts:
        index = m_index.findShown(decoded.frame->pts);
        break;
    case PictureIdentity::Packet:
        index = m_index.findShown(decoded.packet);
        break;
    case PictureIdentity::Count:
        index = ordinal;
        break;
    }
    if (!index || *index >= m_index.frameCount())
        return std::nullopt;
    const ShownPicture& picture = m_index.shown()[static_cast<size_t>(*index)];
    // After a jump, pictures shown before the key picture may have been predicted from what was not decoded.
    const PacketInfo& start = m_index.packets()[static_cast<size_t>(m_runStart)];
    if (m_runStart > 0 && picture.pts < start.pts)
        return std::nullopt;
    // In a damaged file a picture can differ from what decoding in sequence shows: then it is not that
    // picture.
    if (m_index.madeByDecoding() && m_runStart > 0 && planesHash(*decoded.frame) != picture.hash)
        return std::nullopt;
    return index;
}

Result<std::shared_ptr<const AVFrame>> LibavFrameSource::decodeUntil(int64_t index)
{
    const std::shared_ptr<const AVFrame> nothing;
    for (int late = 0; late < kLateDelivery;) {
        if (m_interrupt && m_interrupt())
            return Error{ErrorCode::Cancelled, m_info.file.string() + ": reading was cancelled"};
        const DecodedPicture decoded = m_decoder->next(m_index);
        if (!decoded.frame) {
            m_running = false;
            return nothing;
        }
        const std::optional<int64_t> found = identify(decoded);
        if (!found)
            continue;
        if (!m_proven && !provesRun(decoded)) {
            m_unfit.insert(m_runStart);
            m_running = false;
            return nothing;
        }
        m_last = *found;
        const int bytes = av_image_get_buffer_size(static_cast<AVPixelFormat>(decoded.frame->format),
            decoded.frame->width, decoded.frame->height, 32);
        m_kept.insert(*found, decoded.frame, std::max(bytes, 0));
        if (*found == index)
            return decoded.frame;
        late += *found > index ? 1 : 0;
    }
    return nothing;
}

bool LibavFrameSource::provesRun(const DecodedPicture& decoded)
{
    // With gradual refresh a "key" packet is only the beginning of a clean picture: the decoder then holds
    // back its own picture, and what it delivers later need not be exact.
    m_proven = m_runStart == 0 || decoded.packet == m_runStart || m_index.identity() != PictureIdentity::Pts
        || m_index.packets()[static_cast<size_t>(m_runStart)].hidden
        || decoded.frame->pts == m_index.packets()[static_cast<size_t>(m_runStart)].pts;
    return m_proven;
}

std::vector<int64_t> LibavFrameSource::startsFor(int64_t index) const
{
    std::vector<int64_t> starts = m_index.startsFor(index);
    std::erase_if(starts, [&](int64_t start) { return m_unfit.count(start) > 0; });
    return starts;
}

bool LibavFrameSource::canContinueTo(int64_t index) const
{
    if (!m_running || index <= m_last)
        return false;
    // A key picture between here and there is a shorter way.
    return index - m_last <= kShortWay || startsFor(index).front() < m_demuxer->position();
}

Status LibavFrameSource::startRun(int64_t packet)
{
    m_running = false;
    if (Status status = m_decoder->start(m_index, packet); !status)
        return status;
    m_running = true;
    m_proven = false;
    m_runStart = packet;
    m_delivered = 0;
    m_last = -1;
    return {};
}

Result<std::shared_ptr<const AVFrame>> LibavFrameSource::picture(int64_t index)
{
    const std::string file = m_info.file.string();
    if (index < 0 || index >= m_index.frameCount())
        return Error{ErrorCode::InvalidArgument,
            file + ": there is no picture " + std::to_string(index) + "; the video has pictures 0 to "
                + std::to_string(m_index.frameCount() - 1)};
    if (auto kept = m_kept.find(index))
        return kept;
    if (canContinueTo(index))
        if (auto frame = decodeUntil(index); !frame || *frame)
            return frame;
    for (const int64_t start : startsFor(index)) {
        if (m_missing.count(index) > 0)
            break;
        if (Status status = startRun(start); !status)
            return status.error();
        if (auto frame = decodeUntil(index); !frame || *frame)
            return frame;
    }
    m_missing.insert(index);
    return Error{ErrorCode::BadFormat,
        file + ": picture " + std::to_string(index) + " at " + std::to_string(m_times.seconds(index))
            + " s is damaged and cannot be decoded; go to another one, or copy the file again from its "
              "source"};
}

Result<VideoFrame> LibavFrameSource::read(int64_t index)
{
    auto frame = picture(index);
    if (!frame)
        return frame.error();
    auto converted = toPicture(**frame, m_info.rotation);
    if (!converted)
        return Error{converted.error().code, m_info.file.string() + ": " + converted.error().message};
    VideoFrame result{
        index, m_times.timeOf(index), std::move(*converted), {0, 0, m_info.width, m_info.height}};
    // A stream may change its size on the way; the video keeps the size it began with.
    if (result.picture.width != m_info.width || result.picture.height != m_info.height)
        result.picture = scaled(result.picture, m_info.width, m_info.height);
    result.region = clipped(m_view.region, m_info.width, m_info.height);
    result.picture = cropped(std::move(result.picture), result.region);
    if (m_view.outputWidth > 0 && m_view.outputHeight > 0)
        result.picture = scaled(result.picture, m_view.outputWidth, m_view.outputHeight);
    return result;
}

Result<FrameDigest> LibavFrameSource::digest(int64_t index)
{
    auto frame = picture(index);
    if (!frame)
        return frame.error();
    return FrameDigest{
        index, m_index.shown()[static_cast<size_t>(index)].pts, m_times.timeOf(index), planesMd5(**frame)};
}

} // namespace

Result<std::unique_ptr<NativeSource>> openNativeSource(
    const fs::path& file, const OpenOptions& options, ProgressSink* progress)
{
    auto source = std::make_unique<LibavFrameSource>(options);
    if (Status status = source->open(file, progress); !status)
        return status.error();
    return std::unique_ptr<NativeSource>(std::move(source));
}

Result<std::unique_ptr<FrameSource>> openVideo(
    const fs::path& file, const OpenOptions& options, ProgressSink* progress)
{
    auto source = openNativeSource(file, options, progress);
    if (!source)
        return source.error();
    return std::unique_ptr<FrameSource>(*std::move(source));
}

Result<std::unique_ptr<FrameSource>> openVideo(const fs::path& file, ProgressSink* progress, int stream)
{
    OpenOptions options;
    options.stream = stream;
    return openVideo(file, options, progress);
}

} // namespace telltale
