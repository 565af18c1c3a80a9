// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/framesource.h"
#include "media/decoder.h"
#include "media/lrucache.h"
#include "media/pictureconvert.h"
#include <algorithm>
#include <cmath>
#include <set>
extern "C" {
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Decoded pictures that are kept, so that stepping back inside a group of pictures is a look-up.
constexpr int64_t kKeptBytes = int64_t{96} << 20;
/// A decoder may deliver a picture this much later than its place when a file lies about its reordering.
constexpr int kLateDelivery = 17;
/// Decoding this many pictures onwards costs less than a jump.
constexpr int64_t kShortWay = 32;

MediaTime microseconds(int64_t ticks, AVRational timeBase)
{
    return MediaTime(av_rescale_q(ticks, timeBase, {1, 1000000}));
}

int rotationOf(const AVStream& stream, std::vector<std::string>& warnings)
{
    size_t bytes = 0;
    const uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
    if (!data || bytes < 9 * sizeof(int32_t))
        return 0;
    const auto* matrix = reinterpret_cast<const int32_t*>(data);
    const double determinant
        = static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
    if (determinant < 0)
        warnings.emplace_back(
            "the file asks to show its pictures mirrored; they are shown as they are stored");
    const double counterClockwise = av_display_rotation_get(matrix);
    if (!(counterClockwise >= -360 && counterClockwise <= 360) || determinant < 0)
        return 0;
    const int quarter = static_cast<int>(std::lround(-counterClockwise / 90.0));
    return ((quarter % 4 + 4) % 4) * 90;
}

/// Start of each picture after the start of the stream, ascending even where the file's stamps are not.
FrameTimes timesOf(const PacketIndex& index, const AVStream& stream, bool& repaired)
{
    const auto& shown = index.shown();
    // Guessed stamps carry the decoder's delay, so they start with the first picture.
    const bool guessed = index.identity() != PictureIdentity::Pts || stream.start_time == AV_NOPTS_VALUE;
    const int64_t origin = guessed ? shown.front().pts : std::min(stream.start_time, shown.front().pts);
    std::vector<MediaTime> starts;
    const int64_t step = index.lastDuration();
    int64_t last = 0;
    repaired = index.repairedStamps();
    for (const ShownPicture& picture : shown) {
        int64_t ticks = picture.pts - origin;
        if (!starts.empty() && ticks <= last) {
            repaired = true;
            ticks = last + step;
        }
        starts.push_back(microseconds(ticks, stream.time_base));
        last = ticks;
    }
    return {std::move(starts), microseconds(last + step, stream.time_base)};
}

/// Constant within the rounding of the time base.
bool hasVariableRate(const std::vector<ShownPicture>& shown)
{
    if (shown.size() < 3)
        return false;
    int64_t shortest = shown[1].pts - shown[0].pts;
    int64_t longest = shortest;
    for (size_t i = 2; i < shown.size(); ++i) {
        const int64_t step = shown[i].pts - shown[i - 1].pts;
        shortest = std::min(shortest, step);
        longest = std::max(longest, step);
    }
    return longest - shortest > 1;
}

void describeStreams(const AVFormatContext& format, VideoInfo& info)
{
    std::string others;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const AVStream& stream = *format.streams[i];
        const AVMediaType type = stream.codecpar->codec_type;
        info.hasAudio = info.hasAudio || type == AVMEDIA_TYPE_AUDIO;
        if (type != AVMEDIA_TYPE_VIDEO || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
            continue;
        info.videoStreams.push_back(static_cast<int>(i));
        if (static_cast<int>(i) != info.streamIndex)
            others += (others.empty() ? "" : ", ") + std::to_string(i);
    }
    if (!others.empty())
        info.warnings.push_back("the file has " + std::to_string(info.videoStreams.size())
            + " video streams; stream " + std::to_string(info.streamIndex)
            + " is shown; also there: " + others);
}

class LibavFrameSource final : public FrameSource {
public:
    Status open(const fs::path& file, ProgressSink* progress, int stream);
    const VideoInfo& info() const override { return m_info; }
    const FrameTimes& times() const override { return m_times; }
    Result<VideoFrame> read(int64_t index) override;
    Result<FrameDigest> digest(int64_t index) override;
    void setInterrupt(const std::function<bool()>& wanted) override { m_interrupt = wanted; }

private:
    Status buildIndex(ProgressSink* progress);
    void describe(bool complete);
    void addIndexWarnings(bool complete);
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

    std::unique_ptr<Demuxer> m_demuxer;
    std::unique_ptr<Decoder> m_decoder;
    PacketIndex m_index;
    VideoInfo m_info;
    FrameTimes m_times;
    bool m_complete = true;
    LruCache<AVFrame> m_kept{kKeptBytes};
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

Status LibavFrameSource::open(const fs::path& file, ProgressSink* progress, int stream)
{
    av::silenceLog();
    auto demuxer = Demuxer::open(file, progress, stream);
    if (!demuxer)
        return demuxer.error();
    m_demuxer = std::move(*demuxer);
    Status status = buildIndex(progress);
    m_demuxer->setProgress(nullptr);
    if (!status)
        return status;
    describe(m_complete);
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

void LibavFrameSource::describe(bool complete)
{
    const AVFormatContext& format = *m_demuxer->format();
    AVStream& stream = *m_demuxer->stream();
    const AVCodecParameters& codec = *stream.codecpar;
    m_info.file = m_demuxer->file();
    m_info.container = format.iformat->name;
    m_info.codec = avcodec_get_name(codec.codec_id);
    const char* pixelFormat = av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format));
    m_info.pixelFormat = pixelFormat ? pixelFormat : "unknown";
    m_info.codedWidth = codec.width;
    m_info.codedHeight = codec.height;
    m_info.rotation = rotationOf(stream, m_info.warnings);
    const bool turned = m_info.rotation == 90 || m_info.rotation == 270;
    m_info.width = turned ? codec.height : codec.width;
    m_info.height = turned ? codec.width : codec.height;
    const AVRational aspect = av_guess_sample_aspect_ratio(m_demuxer->format(), &stream, nullptr);
    if (aspect.num > 0 && aspect.den > 0) {
        m_info.sarNum = turned ? aspect.den : aspect.num;
        m_info.sarDen = turned ? aspect.num : aspect.den;
    }
    m_info.timeBaseNum = stream.time_base.num;
    m_info.timeBaseDen = stream.time_base.den;
    m_info.streamIndex = stream.index;
    describeStreams(format, m_info);
    bool repaired = false;
    m_times = timesOf(m_index, stream, repaired);
    if (repaired)
        m_info.warnings.emplace_back(
            "some time stamps are missing or run backwards; they were replaced by regular steps");
    m_info.frameCount = m_index.frameCount();
    m_info.duration = m_times.duration();
    m_info.meanFps = m_times.meanFps();
    m_info.variableRate = hasVariableRate(m_index.shown());
    m_info.keyFrames = m_index.shownKeys();
    m_info.longestGop = m_index.longestGop();
    addIndexWarnings(complete);
}

void LibavFrameSource::addIndexWarnings(bool complete)
{
    const auto packets = static_cast<int64_t>(m_index.packets().size());
    const int64_t promised = m_demuxer->stream()->nb_frames;
    std::vector<std::string>& warnings = m_info.warnings;
    if (promised > packets || !complete)
        warnings.push_back("the file is cut short: "
            + (promised > packets ? std::to_string(packets) + " of " + std::to_string(promised)
                                  : std::to_string(packets))
            + " coded pictures are there; copy it again if the rest is needed");
    else if (const int64_t said = m_demuxer->format()->duration; !m_info.hasAudio
             && m_info.videoStreams.size() == 1 && said != AV_NOPTS_VALUE
             && MediaTime(said) - m_info.duration > std::max(MediaTime(1000000), m_info.duration / 20))
        warnings.push_back("the pictures end after " + std::to_string(m_times.seconds(m_info.frameCount))
            + " s although the file says " + std::to_string(static_cast<double>(said) * 1e-6)
            + " s; it may be cut short");
    if (m_index.damagedPackets() > 0)
        warnings.push_back(std::to_string(m_index.damagedPackets()) + " of " + std::to_string(packets)
            + " coded pictures are damaged or empty");
    if (m_index.hiddenPackets() > 0)
        warnings.push_back(std::to_string(m_index.hiddenPackets())
            + " coded pictures are not shown because an edit list cuts them off");
    if (m_index.madeByDecoding())
        warnings.push_back(
            "its time stamps alone do not tell its pictures, so they were counted by decoding: "
            + std::to_string(m_index.frameCount()) + " are shown");
    if (m_index.identity() == PictureIdentity::Count)
        warnings.emplace_back(
            "its pictures cannot be told apart by time stamp, so that jumping decodes from the start "
            "every time; remux it to mkv or mp4 to make that fast");
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
    VideoFrame result{index, m_times.timeOf(index), std::move(*converted)};
    // A stream may change its size on the way; the video keeps the size it began with.
    if (result.picture.width != m_info.width || result.picture.height != m_info.height)
        result.picture = scaled(result.picture, m_info.width, m_info.height);
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

Result<std::unique_ptr<FrameSource>> openVideo(const fs::path& file, ProgressSink* progress, int stream)
{
    auto source = std::make_unique<LibavFrameSource>();
    if (Status status = source->open(file, progress, stream); !status)
        return status.error();
    return std::unique_ptr<FrameSource>(std::move(source));
}

} // namespace telltale
