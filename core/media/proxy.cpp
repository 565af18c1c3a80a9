// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/proxy.h"
#include "base/files.h"
#include "media/intraencoder.h"
#include "media/muxfile.h"
#include "media/parallelrange.h"
#include <algorithm>
#include <cmath>
#include <system_error>
#include <tuple>
extern "C" {
#include <libavutil/dict.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// From here on a jump takes longer than a glance: half a group is decoded for it.
constexpr int64_t kLongGroup = 60;
constexpr AVRational kMicroseconds{1, 1000000};

struct Purpose {
    std::string fingerprint; ///< of the video
    int stream = -1;
    int64_t frames = 0;
    int64_t damaged = 0;
};

/// What the proxy says of itself, in the container's comment.
std::string commentOf(const Purpose& purpose)
{
    return "telltale proxy 1 of " + purpose.fingerprint + " stream " + std::to_string(purpose.stream)
        + " frames " + std::to_string(purpose.frames);
}

fs::path proxyPath(const fs::path& cacheFolder, const Purpose& purpose)
{
    const std::string suffix = purpose.stream < 0 ? "" : "-" + std::to_string(purpose.stream);
    return cacheFolder / "proxy" / (purpose.fingerprint + suffix + ".mp4");
}

/// The proxy in `file` if it says that it serves `purpose`, whose frames are filled in.
std::optional<ProxyFile> inspect(const fs::path& file, Purpose purpose)
{
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    if (error)
        return std::nullopt;
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, av::fileUrl(file).c_str(), nullptr, nullptr) < 0)
        return std::nullopt;
    const av::InputPtr input(context);
    const AVDictionaryEntry* comment = av_dict_get(input->metadata, "comment", nullptr, 0);
    if (!comment || input->nb_streams != 1)
        return std::nullopt;
    const AVStream& stream = *input->streams[0];
    purpose.frames = stream.nb_frames;
    if (commentOf(purpose) != comment->value)
        return std::nullopt;
    ProxyFile proxy;
    proxy.file = file;
    proxy.frames = stream.nb_frames;
    proxy.width = stream.codecpar->width;
    proxy.height = stream.codecpar->height;
    proxy.bytes = static_cast<int64_t>(bytes);
    return proxy;
}

/// Size of the proxy's pictures, even in both directions.
std::pair<int, int> proxySize(const VideoInfo& info, int height)
{
    const int shorter = std::max(1, std::min(info.width, info.height));
    const double scale = std::min(1.0, static_cast<double>(height) / shorter);
    const auto even
        = [&](int length) { return std::max(2, 2 * static_cast<int>(std::lround(length * scale / 2))); };
    return {even(info.width), even(info.height)};
}

/// Writes the proxy of one video.
class ProxyWriter {
public:
    ProxyWriter(const fs::path& video, const ProxyOptions& options, ProgressSink* progress)
        : m_video(video)
        , m_options(options)
        , m_progress(progress)
    {
    }
    Result<ProxyFile> write(const fs::path& file, Purpose purpose);

private:
    Status openOutput(const fs::path& file, const Purpose& purpose);
    Status writePictures(std::unique_ptr<NativeSource> source, Purpose& purpose);
    Status writePacket(int64_t index, const AVPacket& coded);
    /// Compares what was written with what the video promises.
    Status verify(const fs::path& file, const Purpose& purpose) const;

    const fs::path m_video;
    const ProxyOptions m_options;
    ProgressSink* m_progress;
    fs::path m_indexFolder; ///< of saved indexes, beside the proxies
    VideoInfo m_info;
    FrameTimes m_times;
    int m_width = 0;
    int m_height = 0;
    std::unique_ptr<MuxFile> m_output;
    AVStream* m_stream = nullptr;
    int64_t m_lastStamp = -1;
};

Status ProxyWriter::openOutput(const fs::path& file, const Purpose& purpose)
{
    auto output = MuxFile::create(file, "mp4");
    if (!output)
        return output.error();
    m_output = *std::move(output);
    // The workers' encoders have the same headers.
    auto encoder = IntraEncoder::open(m_width, m_height, {m_info.sarNum, m_info.sarDen});
    if (!encoder)
        return encoder.error();
    m_stream = m_output->addStream();
    if (!m_stream || avcodec_parameters_from_context(m_stream->codecpar, &(*encoder)->codec()) < 0)
        return Error{ErrorCode::Internal, file.string() + ": out of memory"};
    m_stream->time_base = kMicroseconds;
    av_dict_set(&m_output->format().metadata, "comment", commentOf(purpose).c_str(), 0);
    AVDictionary* settings = nullptr;
    av_dict_set_int(&settings, "video_track_timescale", kMicroseconds.den, 0);
    Status status = m_output->writeHeader(&settings);
    av_dict_free(&settings);
    return status;
}

Status ProxyWriter::writePacket(int64_t index, const AVPacket& coded)
{
    const av::PacketPtr packet(av_packet_clone(&coded));
    if (!packet)
        return Error{ErrorCode::Internal, m_video.string() + ": out of memory"};
    const int64_t start = m_times.timeOf(0).count();
    packet->pts = std::max(m_times.timeOf(index).count() - start, m_lastStamp + 1);
    packet->dts = packet->pts;
    packet->duration = std::max<int64_t>(1, m_times.timeOf(index + 1).count() - start - packet->pts);
    packet->stream_index = m_stream->index;
    packet->flags |= AV_PKT_FLAG_KEY;
    m_lastStamp = packet->pts;
    av_packet_rescale_ts(packet.get(), kMicroseconds, m_stream->time_base);
    return m_output->write(*packet);
}

Status ProxyWriter::writePictures(std::unique_ptr<NativeSource> source, Purpose& purpose)
{
    ParallelRangeOptions options;
    options.file = m_video;
    options.open.stream = m_info.streamIndex;
    options.open.cacheFolder = m_indexFolder;
    options.open.cacheBytes = kWorkerCacheBytes;
    options.frames = {0, m_info.frameCount};
    options.workers = m_options.workers;
    const AVRational aspect{m_info.sarNum, m_info.sarDen};
    ParallelRange range(std::move(options), std::move(source),
        [width = m_width, height = m_height, aspect](NativeSource& from) -> Result<ParallelRange::Make> {
            auto opened = IntraEncoder::open(width, height, aspect);
            if (!opened)
                return opened.error();
            PictureView view;
            view.outputWidth = width;
            view.outputHeight = height;
            from.setView(view);
            const std::shared_ptr<IntraEncoder> encoder = *std::move(opened);
            return ParallelRange::Make([encoder](NativeSource& video, int64_t index) -> Result<RangeProduct> {
                auto frame = video.read(index);
                if (!frame)
                    return frame.error();
                auto packet = encoder->encode(frame->picture);
                if (!packet)
                    return packet.error();
                return RangeProduct(*std::move(packet));
            });
        });
    av::PacketPtr last;
    std::vector<int64_t> waiting; // damaged pictures before the first good one
    while (auto item = range.next()) {
        if (!item->product && item->index < 0)
            return item->product.error();
        if (m_progress) {
            if (m_progress->cancelled())
                return Error{ErrorCode::Cancelled, m_video.string() + ": making the proxy was cancelled"};
            m_progress->report(item->index + 1, m_info.frameCount, "making the proxy");
        }
        if (item->product)
            last = std::get<av::PacketPtr>(*std::move(item->product));
        else
            ++purpose.damaged;
        waiting.push_back(item->index);
        if (!last)
            continue;
        for (const int64_t index : waiting)
            if (Status status = writePacket(index, *last); !status)
                return status;
        waiting.clear();
    }
    if (!waiting.empty())
        return Error{ErrorCode::BadFormat,
            m_video.string() + ": none of its pictures can be decoded; copy it again from its source"};
    return {};
}

Status ProxyWriter::verify(const fs::path& file, const Purpose& purpose) const
{
    const auto differs = [&](const std::string& what) {
        return Error{ErrorCode::Internal,
            file.string() + ": the proxy of " + m_video.string() + " " + what + "; it was not kept"};
    };
    if (!inspect(file, purpose))
        return differs("does not tell what it is the proxy of");
    auto proxy = openVideo(file, m_progress);
    if (!proxy)
        return proxy.error();
    if ((*proxy)->info().frameCount != purpose.frames)
        return differs("has " + std::to_string((*proxy)->info().frameCount) + " pictures instead of "
            + std::to_string(purpose.frames));
    const MediaTime start = m_times.timeOf(0);
    for (int64_t i = 0; i < purpose.frames; ++i)
        if ((*proxy)->times().timeOf(i) != m_times.timeOf(i) - start)
            return differs("shows picture " + std::to_string(i) + " at another time");
    for (const int64_t index : {int64_t{0}, purpose.frames / 2, purpose.frames - 1})
        if (auto frame = (*proxy)->read(index); !frame)
            return frame.error();
    return {};
}

Result<ProxyFile> ProxyWriter::write(const fs::path& file, Purpose purpose)
{
    OpenOptions open;
    open.stream = m_options.stream;
    m_indexFolder = file.parent_path().parent_path() / "index";
    open.cacheFolder = m_indexFolder;
    open.cacheBytes = kWorkerCacheBytes;
    auto source = openNativeSource(m_video, open, m_progress);
    if (!source)
        return source.error();
    m_info = (*source)->info();
    m_times = (*source)->times();
    purpose.frames = m_info.frameCount;
    std::tie(m_width, m_height) = proxySize(m_info, m_options.height);
    const auto kept = inspect(file, purpose);
    if (kept && kept->frames == purpose.frames && kept->width == m_width && kept->height == m_height)
        return *kept;
    if (Status status = openOutput(file, purpose); !status)
        return status.error();
    if (Status status = writePictures(*std::move(source), purpose); !status)
        return status.error();
    if (Status status = m_output->close(); !status)
        return status.error();
    if (Status status = verify(m_output->temporary(), purpose); !status)
        return status.error();
    auto now = fileFingerprint(m_video);
    if (!now || *now != purpose.fingerprint)
        return Error{ErrorCode::Conflict,
            m_video.string() + ": the video changed while its proxy was made; make the proxy again"};
    if (Status status = m_output->commit(); !status)
        return status.error();
    auto proxy = inspect(file, purpose);
    if (!proxy)
        return Error{ErrorCode::Io, file.string() + ": the proxy is gone right after it was written"};
    proxy->damaged = purpose.damaged;
    return *std::move(proxy);
}

} // namespace

bool gainsByProxy(const VideoInfo& info)
{
    return info.longestGop >= kLongGroup && info.frameCount > kLongGroup;
}

std::optional<ProxyFile> findProxy(const fs::path& video, const fs::path& cacheFolder, int stream)
{
    av::silenceLog();
    auto fingerprint = fileFingerprint(video);
    if (!fingerprint)
        return std::nullopt;
    const Purpose purpose{*fingerprint, stream, 0, 0};
    return inspect(proxyPath(cacheFolder, purpose), purpose);
}

Result<ProxyFile> makeProxy(
    const fs::path& video, const fs::path& cacheFolder, const ProxyOptions& options, ProgressSink* progress)
{
    if (options.height < 16 || options.height > 4320)
        return Error{ErrorCode::InvalidArgument,
            "a proxy of height " + std::to_string(options.height) + " makes no sense; choose 16 to 4320"};
    std::error_code error;
    if (!fs::exists(video, error))
        return Error{
            ErrorCode::NotFound, video.string() + ": there is no such file; check the name and the folder"};
    auto fingerprint = fileFingerprint(video);
    if (!fingerprint)
        return fingerprint.error();
    const Purpose purpose{*fingerprint, options.stream, 0, 0};
    const fs::path file = proxyPath(cacheFolder, purpose);
    if (Status status = ensureWritableFolder(file.parent_path()); !status)
        return status.error();
    return ProxyWriter(video, options, progress).write(file, purpose);
}

} // namespace telltale
