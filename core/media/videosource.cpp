// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videosource.h"
#include "media/pictureconvert.h"
#include <algorithm>
#include <utility>

namespace telltale {
namespace {

/// Pictures before the one that is asked for that are worth having: the next step is often a small one back.
constexpr int64_t kBefore = 14;

} // namespace

Result<std::unique_ptr<VideoSource>> VideoSource::open(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress)
{
    auto builder = IndexBuilder::open(file, options, progress);
    if (!builder)
        return builder.error();
    std::unique_ptr<VideoSource> source(new VideoSource(options, *std::move(builder)));
    if (auto taken = source->takeIndex(); !taken)
        return taken.error();
    return source;
}

Result<bool> VideoSource::advanceIndex(std::chrono::milliseconds budget)
{
    if (Status status = m_builder->advance(budget); !status)
        return status.error();
    return takeIndex();
}

Status VideoSource::finishIndex()
{
    if (Status status = m_builder->finish(); !status)
        return status;
    if (auto taken = takeIndex(); !taken)
        return taken.error();
    return {};
}

Result<bool> VideoSource::takeIndex()
{
    const std::shared_ptr<const IndexedVideo> published = m_builder->published();
    if (!published || published == m_video)
        return false;
    const bool sameNumbers
        = !m_video || m_video->packets.madeByDecoding() == published->packets.madeByDecoding();
    m_renumbered = m_renumbered || !sameNumbers;
    m_video = published;
    const std::string decoder = m_info.decoder;
    m_info = published->info;
    m_info.decoder = decoder;
    if (m_seeker) {
        if (std::exchange(m_grown, false))
            if (Status status = openDecoder(); !status)
                return status.error();
        m_seeker->setVideo(published, sameNumbers);
        return true;
    }
    m_hardware = m_options.hardware;
    Status opened = openSeeker();
    if (m_hardware && (!opened || !m_seeker->picture(0, 0))) {
        m_hardware = false;
        opened = openSeeker();
    }
    if (!opened)
        return opened.error();
    m_info.decoder = m_decoder->name();
    return true;
}

Result<bool> VideoSource::pollGrowth()
{
    auto grown = m_builder->pollGrowth();
    m_grown = m_grown || (grown && *grown);
    return grown;
}

Status VideoSource::openDecoder()
{
    auto reader = m_builder->reader();
    if (!reader)
        return reader.error();
    auto decoder = Decoder::open(**reader, m_hardware);
    if (!decoder)
        return decoder.error();
    m_decoder = *std::move(decoder);
    m_demuxer = *std::move(reader);
    m_decoder->setInterrupt(m_interrupt);
    if (m_seeker)
        m_seeker->setReader(*m_demuxer, *m_decoder);
    return {};
}

Status VideoSource::openSeeker()
{
    m_seeker.reset();
    if (Status status = openDecoder(); !status)
        return status;
    m_seeker = std::make_unique<PictureSeeker>(m_video, *m_demuxer, *m_decoder, m_options.cacheBytes);
    return {};
}

void VideoSource::setInterrupt(const std::function<bool()>& wanted)
{
    m_interrupt = wanted;
    if (m_decoder)
        m_decoder->setInterrupt(wanted);
}

Result<PictureSeeker::NativePicture> VideoSource::decoded(int64_t index, int64_t from)
{
    auto picture = m_seeker->picture(index, from);
    if (picture || picture.error().code != ErrorCode::BadFormat || !isIndexed())
        return picture;
    m_builder->suspect(m_video->packets.shown()[static_cast<size_t>(index)].packet);
    return picture;
}

Status VideoSource::prepare(int64_t index, int64_t from)
{
    if (auto picture = decoded(index, from); !picture)
        return picture.error();
    return {};
}

Result<std::shared_ptr<const AVFrame>> VideoSource::native(int64_t index)
{
    return decoded(index, index - kBefore);
}

Result<VideoFrame> VideoSource::read(int64_t index)
{
    if (auto picture = native(index); !picture)
        return picture.error();
    return show(index, {});
}

Result<VideoFrame> VideoSource::show(int64_t index, std::vector<uint8_t> storage)
{
    auto picture = m_seeker->picture(index, index);
    if (!picture)
        return picture.error();
    auto converted = toPicture(**picture, m_info, m_view, std::move(storage));
    if (!converted)
        return Error{converted.error().code, m_info.file.string() + ": " + converted.error().message};
    VideoFrame frame;
    frame.index = index;
    frame.wanted = index;
    frame.time = times().timeOf(index);
    frame.picture = *std::move(converted);
    frame.region = clipped(m_view.region, m_info.width, m_info.height);
    return frame;
}

Result<FrameDigest> VideoSource::digest(int64_t index)
{
    auto picture = native(index);
    if (!picture)
        return picture.error();
    return FrameDigest{index, m_video->packets.shown()[static_cast<size_t>(index)].pts, times().timeOf(index),
        planesMd5(**picture)};
}

bool VideoSource::takeRenumbered() { return std::exchange(m_renumbered, false); }

int64_t VideoSource::pictureBytes() const
{
    if (m_seeker && m_seeker->keptCount() > 0)
        return std::max<int64_t>(1, m_seeker->keptBytes() / m_seeker->keptCount());
    // Three bytes for two pixels in 4:2:0, as nearly every camera delivers.
    return std::max<int64_t>(1, int64_t{m_info.codedWidth} * m_info.codedHeight * 3 / 2);
}

Result<std::unique_ptr<NativeSource>> openNativeSource(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress)
{
    auto source = VideoSource::open(file, options, progress);
    if (!source)
        return source.error();
    if (Status status = (*source)->finishIndex(); !status)
        return status.error();
    return std::unique_ptr<NativeSource>(*std::move(source));
}

} // namespace telltale
