// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/thumbnails.h"
#include "base/files.h"
#include "media/jpegpicture.h"
#include "media/keypictures.h"
#include "media/nativesource.h"
#include "media/pictureconvert.h"
#include "media/proxy.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Pictures that the sources of thumbnails keep: nobody comes back to them.
constexpr int64_t kSourceCacheBytes = int64_t{8} << 20;

/// A cache needs no flush to the disk: what was lost is made again.
void keepFile(const fs::path& file, const std::string& bytes)
{
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const fs::path part = file.string() + "." + std::to_string(::getpid()) + ".part";
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out << bytes;
        if (!out)
            error = std::make_error_code(std::errc::io_error);
    }
    if (!error)
        fs::rename(part, file, error);
    if (error)
        fs::remove(part, error);
}

class VideoThumbnails final : public Thumbnails {
public:
    VideoThumbnails(fs::path video, fs::path cacheFolder, int height, int stream)
        : m_video(std::move(video))
        , m_cacheFolder(std::move(cacheFolder))
        , m_height(height)
        , m_stream(stream)
    {
    }
    Status findFolder();
    Result<Thumbnail> at(int64_t index, ThumbnailChoice choice) override;
    Result<std::vector<Thumbnail>> strip(const FrameSpan& range, int count, ThumbnailChoice choice,
        ProgressSink* progress, const std::function<void(const Thumbnail&)>& made) override;

private:
    Status openSources();
    Result<Thumbnail> make(int64_t wanted, const FrameSpan& part, ThumbnailChoice choice);
    Result<Picture> picture(int64_t index);
    Result<Picture> decoded(int64_t index);
    /// The key picture nearest to `index`; `index` itself where there is none.
    int64_t nearestKey(int64_t index) const;
    bool isKey(int64_t index) const { return std::binary_search(m_keys.begin(), m_keys.end(), index); }

    const fs::path m_video;
    const fs::path m_cacheFolder;
    const int m_height;
    const int m_stream;
    fs::path m_kept; ///< folder of this video's thumbnails; empty: nothing is kept
    int m_width = 0;
    std::unique_ptr<NativeSource> m_source;
    std::unique_ptr<KeyPictures> m_keyPictures;
    std::unique_ptr<FrameSource> m_proxy;
    std::vector<int64_t> m_keys;
    int64_t m_lastIndex = -1; ///< neighbours in a strip may share a key picture
    Picture m_last;
};

Status VideoThumbnails::findFolder()
{
    auto fingerprint = fileFingerprint(m_video);
    if (!fingerprint)
        return fingerprint.error();
    if (!m_cacheFolder.empty())
        m_kept = m_cacheFolder / "thumbnails"
            / (*fingerprint + (m_stream < 0 ? "" : "-" + std::to_string(m_stream)))
            / std::to_string(m_height);
    return {};
}

Status VideoThumbnails::openSources()
{
    if (m_source)
        return {};
    OpenOptions options;
    options.stream = m_stream;
    options.cacheFolder = m_cacheFolder.empty() ? fs::path() : m_cacheFolder / "index";
    options.cacheBytes = kSourceCacheBytes;
    auto source = openNativeSource(m_video, options, nullptr);
    if (!source)
        return source.error();
    const VideoInfo& info = (*source)->info();
    const double aspect
        = static_cast<double>(info.width) * info.sarNum / (static_cast<double>(info.height) * info.sarDen);
    m_width = static_cast<int>(std::clamp(std::lround(m_height * aspect), 1L, 8L * m_height));
    m_keys = shownKeyPictures((*source)->packetIndex());
    if (auto keyPictures = KeyPictures::open(m_video, info.streamIndex))
        m_keyPictures = *std::move(keyPictures);
    const auto proxy = m_cacheFolder.empty() ? std::nullopt : findProxy(m_video, m_cacheFolder, m_stream);
    if (proxy && proxy->frames == info.frameCount && std::min(proxy->width, proxy->height) >= m_height) {
        OpenOptions quick;
        quick.cacheBytes = kSourceCacheBytes;
        if (auto opened = openVideo(proxy->file, quick, nullptr))
            m_proxy = *std::move(opened);
    }
    PictureView view;
    view.outputWidth = m_width;
    view.outputHeight = m_height;
    (*source)->setView(view);
    if (m_proxy)
        m_proxy->setView(view);
    m_source = *std::move(source);
    return {};
}

int64_t VideoThumbnails::nearestKey(int64_t index) const
{
    const auto after = std::lower_bound(m_keys.begin(), m_keys.end(), index);
    if (m_keys.empty())
        return index;
    if (after == m_keys.end())
        return m_keys.back();
    if (after == m_keys.begin() || *after - index < index - *std::prev(after))
        return *after;
    return *std::prev(after);
}

Result<Picture> VideoThumbnails::decoded(int64_t index)
{
    const PacketIndex& packets = m_source->packetIndex();
    if (m_keyPictures && isKey(index)) {
        const int64_t number = packets.shown()[static_cast<size_t>(index)].packet;
        if (const auto frame = m_keyPictures->read(packets, number))
            if (auto small = toPicture(*frame, m_source->info(), {{}, m_width, m_height}))
                return small;
    }
    if (m_proxy)
        if (auto frame = m_proxy->read(index))
            return std::move(frame->picture);
    auto frame = m_source->read(index);
    if (!frame)
        return frame.error();
    return std::move(frame->picture);
}

Result<Picture> VideoThumbnails::picture(int64_t index)
{
    if (index == m_lastIndex)
        return m_last;
    const fs::path file = m_kept.empty() ? fs::path() : m_kept / (std::to_string(index) + ".jpg");
    Result<Picture> result = Error{};
    if (const auto bytes = file.empty() ? Result<std::string>(Error{}) : readFile(file))
        result = decodeJpeg(*bytes);
    if (!result || result->width != m_width || result->height != m_height) {
        result = decoded(index);
        if (!result)
            return result;
        if (const auto bytes = file.empty() ? Result<std::string>(Error{}) : encodeJpeg(*result))
            keepFile(file, *bytes);
    }
    m_lastIndex = index;
    m_last = *result;
    return result;
}

Result<Thumbnail> VideoThumbnails::make(int64_t wanted, const FrameSpan& part, ThumbnailChoice choice)
{
    const int64_t key = nearestKey(wanted);
    const bool takeKey = choice == ThumbnailChoice::KeyPicture
        || (choice == ThumbnailChoice::KeyPictureInside && part.contains(key));
    const int64_t index = takeKey ? key : wanted;
    auto small = picture(index);
    if (!small)
        return small.error();
    Thumbnail thumbnail;
    thumbnail.wanted = wanted;
    thumbnail.frame.index = index;
    thumbnail.frame.time = m_source->times().timeOf(index);
    thumbnail.frame.picture = *std::move(small);
    thumbnail.frame.region = {0, 0, m_source->info().width, m_source->info().height};
    thumbnail.frame.exact = index == wanted;
    return thumbnail;
}

Result<Thumbnail> VideoThumbnails::at(int64_t index, ThumbnailChoice choice)
{
    if (Status status = openSources(); !status)
        return status.error();
    const int64_t wanted = std::clamp<int64_t>(index, 0, m_source->info().frameCount - 1);
    return make(wanted, {wanted, wanted + 1}, choice);
}

Result<std::vector<Thumbnail>> VideoThumbnails::strip(const FrameSpan& range, int count,
    ThumbnailChoice choice, ProgressSink* progress, const std::function<void(const Thumbnail&)>& made)
{
    if (Status status = openSources(); !status)
        return status.error();
    const int64_t frames = m_source->info().frameCount;
    const FrameSpan span = range.empty() ? FrameSpan{0, frames} : clampSpan(range, frames);
    if (span.empty() || count < 1)
        return Error{ErrorCode::InvalidArgument,
            m_video.string() + ": no strip of " + std::to_string(count)
                + " pictures can be made from pictures " + std::to_string(range.first) + " to "
                + std::to_string(range.last - 1)};
    std::vector<Thumbnail> result;
    result.reserve(static_cast<size_t>(count));
    m_source->setInterrupt([progress] { return progress && progress->cancelled(); });
    Status status;
    for (int64_t k = 0; k < count && status; ++k) {
        if (progress && progress->cancelled()) {
            status = Error{ErrorCode::Cancelled, m_video.string() + ": making small pictures was cancelled"};
            break;
        }
        const auto edge = [&](int64_t part) { return span.first + part * span.length() / count; };
        const int64_t wanted = span.first + (2 * k + 1) * span.length() / (2 * int64_t{count});
        auto thumbnail = make(wanted, {edge(k), std::max(edge(k + 1), edge(k) + 1)}, choice);
        if (!thumbnail && (thumbnail.error().code != ErrorCode::BadFormat || result.empty())) {
            status = thumbnail.error();
            break;
        }
        if (!thumbnail) {
            thumbnail = result.back();
            thumbnail->wanted = wanted;
            thumbnail->frame.exact = false;
        }
        result.push_back(*std::move(thumbnail));
        if (made)
            made(result.back());
        if (progress)
            progress->report(k + 1, count, "making small pictures");
    }
    m_source->setInterrupt({});
    if (!status)
        return status.error();
    return result;
}

} // namespace

Result<std::unique_ptr<Thumbnails>> Thumbnails::open(
    const fs::path& video, const fs::path& cacheFolder, int height, int stream)
{
    av::silenceLog();
    if (height < 16 || height > 1080)
        return Error{ErrorCode::InvalidArgument,
            "small pictures of height " + std::to_string(height) + " make no sense; choose 16 to 1080"};
    auto thumbnails = std::make_unique<VideoThumbnails>(video, cacheFolder, height, stream);
    if (Status status = thumbnails->findFolder(); !status)
        return status.error();
    return std::unique_ptr<Thumbnails>(std::move(thumbnails));
}

Picture sideBySide(const std::vector<Thumbnail>& strip)
{
    Picture all;
    if (strip.empty() || strip.front().frame.picture.empty())
        return all;
    const Picture& first = strip.front().frame.picture;
    all.width = first.width * static_cast<int>(strip.size());
    all.height = first.height;
    all.bgra.resize(static_cast<size_t>(all.stride()) * static_cast<size_t>(all.height));
    for (size_t k = 0; k < strip.size(); ++k) {
        const Picture& picture = strip[k].frame.picture;
        if (picture.width != first.width || picture.height != first.height)
            continue;
        const auto row = static_cast<size_t>(first.stride());
        for (int y = 0; y < first.height; ++y)
            std::copy_n(picture.bgra.begin() + static_cast<ptrdiff_t>(y) * first.stride(), row,
                all.bgra.begin() + static_cast<ptrdiff_t>(y) * all.stride()
                    + static_cast<ptrdiff_t>(k * row));
    }
    return all;
}

} // namespace telltale
