// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/parallelreader.h"
#include "media/parallelrange.h"
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct OpenedRange {
    VideoInfo info;
    FrameTimes times;
    FrameSpan frames;
    std::unique_ptr<ParallelRange> range;
};

Result<OpenedRange> openRange(const fs::path& file, const ParallelOptions& options,
    const ParallelRange::MakeFactory& factory, ProgressSink* progress)
{
    ParallelRangeOptions range;
    range.file = file;
    range.open.stream = options.stream;
    range.open.cacheFolder = options.cacheFolder;
    range.open.cacheBytes = kWorkerCacheBytes;
    auto source = openNativeSource(file, range.open, progress);
    if (!source)
        return source.error();
    OpenedRange opened;
    opened.info = (*source)->info();
    opened.times = (*source)->times();
    opened.frames = options.frames.empty() ? FrameSpan{0, opened.info.frameCount}
                                           : clampSpan(options.frames, opened.info.frameCount);
    if (opened.frames.empty())
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": has no pictures " + std::to_string(options.frames.first) + " to "
                + std::to_string(options.frames.last - 1) + "; the video has pictures 0 to "
                + std::to_string(opened.info.frameCount - 1)};
    range.open.stream = opened.info.streamIndex;
    range.frames = opened.frames;
    range.workers = options.workers;
    range.queueBytes = options.queueBytes;
    range.inOrder = options.inOrder;
    opened.range = std::make_unique<ParallelRange>(std::move(range), *std::move(source), factory);
    return opened;
}

class PictureReader final : public ParallelReader {
public:
    explicit PictureReader(OpenedRange opened) : m_opened(std::move(opened)) { }
    const VideoInfo& info() const override { return m_opened.info; }
    const FrameTimes& times() const override { return m_opened.times; }
    FrameSpan frames() const override { return m_opened.frames; }
    int workers() const override { return m_opened.range->workers(); }
    Result<std::optional<VideoFrame>> next() override
    {
        auto item = m_opened.range->next();
        if (!item)
            return std::optional<VideoFrame>();
        if (!item->product)
            return item->product.error();
        return std::optional<VideoFrame>(std::get<VideoFrame>(*std::move(item->product)));
    }
    void cancel() override { m_opened.range->cancel(); }

private:
    OpenedRange m_opened;
};

NativePicture describe(const AVFrame& frame, int64_t index, MediaTime time)
{
    NativePicture picture;
    picture.index = index;
    picture.time = time;
    picture.width = frame.width;
    picture.height = frame.height;
    if (const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format)))
        picture.pixelFormat = name;
    for (size_t i = 0; i < picture.planes.size(); ++i) {
        picture.planes[i] = frame.data[i];
        picture.strides[i] = frame.linesize[i];
    }
    return picture;
}

/// Passes progress on and stops the range when somebody asks for it.
bool goesOn(ParallelRange& range, ProgressSink* progress, int64_t done, int64_t total)
{
    if (!progress)
        return true;
    if (progress->cancelled())
        range.cancel();
    progress->report(done, total, "decoding pictures");
    return !progress->cancelled();
}

} // namespace

Result<std::unique_ptr<ParallelReader>> ParallelReader::open(
    const fs::path& file, const ParallelOptions& options, ProgressSink* progress)
{
    const auto factory = [view = options.view](NativeSource& source) -> Result<ParallelRange::Make> {
        source.setView(view);
        return ParallelRange::Make([](NativeSource& from, int64_t index) -> Result<RangeProduct> {
            auto frame = from.read(index);
            if (!frame)
                return frame.error();
            return RangeProduct(*std::move(frame));
        });
    };
    auto opened = openRange(file, options, factory, progress);
    if (!opened)
        return opened.error();
    return std::unique_ptr<ParallelReader>(std::make_unique<PictureReader>(*std::move(opened)));
}

Result<int64_t> takeNativePictures(const fs::path& file, const ParallelOptions& options,
    const std::function<Status(const NativePicture&)>& take, ProgressSink* progress)
{
    const auto factory = [&take](NativeSource&) -> Result<ParallelRange::Make> {
        return ParallelRange::Make([&take](NativeSource& from, int64_t index) -> Result<RangeProduct> {
            auto frame = from.native(index);
            if (!frame)
                return frame.error();
            if (Status status = take(describe(**frame, index, from.times().timeOf(index))); !status)
                return Error{
                    status.error().code == ErrorCode::BadFormat ? ErrorCode::Internal : status.error().code,
                    status.error().message};
            return RangeProduct();
        });
    };
    ParallelOptions unordered = options;
    unordered.inOrder = false;
    auto opened = openRange(file, unordered, factory, progress);
    if (!opened)
        return opened.error();
    int64_t damaged = 0;
    for (int64_t done = 1; auto item = opened->range->next(); ++done) {
        if (!item->product && item->index < 0)
            return item->product.error();
        damaged += item->product ? 0 : 1;
        if (!goesOn(*opened->range, progress, done, opened->frames.length()))
            return Error{ErrorCode::Cancelled, file.string() + ": reading was cancelled"};
    }
    return damaged;
}

Result<std::vector<FrameDigest>> digestPictures(
    const fs::path& file, const ParallelOptions& options, ProgressSink* progress)
{
    const auto factory = [](NativeSource&) -> Result<ParallelRange::Make> {
        return ParallelRange::Make([](NativeSource& from, int64_t index) -> Result<RangeProduct> {
            auto digest = from.digest(index);
            if (!digest)
                return digest.error();
            return RangeProduct(*std::move(digest));
        });
    };
    ParallelOptions ordered = options;
    ordered.inOrder = true;
    auto opened = openRange(file, ordered, factory, progress);
    if (!opened)
        return opened.error();
    std::vector<FrameDigest> digests;
    digests.reserve(static_cast<size_t>(opened->frames.length()));
    while (auto item = opened->range->next()) {
        if (!item->product)
            return item->product.error();
        digests.push_back(std::get<FrameDigest>(*std::move(item->product)));
        if (!goesOn(*opened->range, progress, static_cast<int64_t>(digests.size()), opened->frames.length()))
            return Error{ErrorCode::Cancelled, file.string() + ": reading was cancelled"};
    }
    return digests;
}

} // namespace telltale
