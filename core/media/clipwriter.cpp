// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/clipwriter.h"
#include "base/files.h"
#include "media/clipparts.h"
#include "media/parallelreader.h"
#include <algorithm>
#include <array>
#include <system_error>

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct Container {
    const char* extension;
    const char* muxer;
    int64_t tolerance; ///< microseconds by which its time stamps are rounded, and ours
    bool rotates;
};
constexpr std::array kContainers{Container{".mp4", "mp4", 2, true}, Container{".mov", "mov", 2, true},
    Container{".mkv", "matroska", 1001, false}};

const Container* containerOf(const fs::path& file)
{
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
        [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    const auto* found = std::find_if(
        kContainers.begin(), kContainers.end(), [&](const Container& c) { return extension == c.extension; });
    return found == kContainers.end() ? nullptr : found;
}

Status checkTarget(const fs::path& video, const fs::path& file, bool overwrite)
{
    if (!containerOf(file))
        return Error{ErrorCode::InvalidArgument,
            "cannot write " + file.string() + ": give the clip a name that ends in .mp4, .mov or .mkv"};
    std::error_code error;
    if (fs::equivalent(video, file, error))
        return Error{ErrorCode::InvalidArgument,
            "cannot write " + file.string() + ": this is the video itself; give the clip another name"};
    if (!overwrite && fs::exists(file, error))
        return Error{ErrorCode::Conflict,
            "cannot write " + file.string() + ": there is such a file already; give the clip another name"};
    return ensureWritableFolder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

Status checkRange(const fs::path& video, const FrameSpan& frames, int64_t count)
{
    if (frames.first >= 0 && frames.last <= count && !frames.empty())
        return {};
    return Error{ErrorCode::InvalidArgument,
        video.string() + ": pictures " + std::to_string(frames.first) + " up to, not including, "
            + std::to_string(frames.last) + " are no range of it; it has pictures 0 to "
            + std::to_string(count - 1)};
}

class ClipWriter {
public:
    ClipWriter(
        const fs::path& video, const fs::path& file, const ClipOptions& options, ProgressSink* progress)
        : m_file(file)
        , m_container(*containerOf(file))
    {
        m_task.video = video;
        m_task.options = options;
        m_task.progress = progress;
    }
    Result<ClipResult> write();

private:
    Status openVideoFile();
    Status openOutput();
    /// Why the pictures cannot be copied; empty if they were, and `result` is filled in.
    Result<std::string> tryCopy(ClipResult& result);
    Status encode(ClipResult& result);
    /// What is different in the file that was written; empty if nothing is.
    Result<std::string> difference(bool asDisplayed, bool everyPicture);
    std::string differenceOf(const VideoInfo& info, const FrameTimes& times, bool asDisplayed) const;
    Status finish(ClipResult& result);

    const fs::path m_file;
    const Container& m_container;
    ClipTask m_task;
    std::unique_ptr<NativeSource> m_source;
    std::unique_ptr<Demuxer> m_demuxer;
    std::unique_ptr<MuxFile> m_output;
};

Status ClipWriter::openVideoFile()
{
    OpenOptions open;
    open.stream = m_task.options.stream;
    open.cacheFolder = m_task.options.cacheFolder;
    auto source = openNativeSource(m_task.video, open, m_task.progress);
    if (!source)
        return source.error();
    m_source = *std::move(source);
    m_task.source = m_source.get();
    // On the way to the first picture there may be hundreds of others.
    if (ProgressSink* progress = m_task.progress)
        m_source->setInterrupt([progress] { return progress->cancelled(); });
    if (Status status = checkRange(m_task.video, m_task.options.frames, m_source->info().frameCount); !status)
        return status;
    auto demuxer = Demuxer::open(m_task.video, nullptr, m_source->info().streamIndex);
    if (!demuxer)
        return demuxer.error();
    m_demuxer = *std::move(demuxer);
    m_task.demuxer = m_demuxer.get();
    return {};
}

Status ClipWriter::openOutput()
{
    m_output.reset();
    auto output = MuxFile::create(m_file, m_container.muxer);
    if (!output)
        return output.error();
    m_output = *std::move(output);
    m_task.output = m_output.get();
    return {};
}

std::string ClipWriter::differenceOf(const VideoInfo& info, const FrameTimes& times, bool asDisplayed) const
{
    const VideoInfo& video = m_source->info();
    const FrameSpan frames = m_task.options.frames;
    if (info.frameCount != frames.length())
        return "it shows " + std::to_string(info.frameCount) + " pictures instead of "
            + std::to_string(frames.length());
    if (info.rotation != (asDisplayed ? 0 : video.rotation) || info.width != video.width
        || info.height != video.height)
        return "its pictures would be turned or of another size";
    if (int64_t{info.sarNum} * video.sarDen != int64_t{video.sarNum} * info.sarDen)
        return "its pixels would have another shape";
    for (int64_t i = 0; i < frames.length(); ++i) {
        const MediaTime apart = times.timeOf(i) - times.timeOf(0) - m_task.timeOf(frames.first + i);
        if (std::abs(apart.count()) > m_container.tolerance)
            return "picture " + std::to_string(frames.first + i) + " would be shown "
                + std::to_string(apart.count()) + " microseconds late";
    }
    return {};
}

Result<std::string> ClipWriter::difference(bool asDisplayed, bool everyPicture)
{
    auto clip = openVideo(m_output->temporary(), m_task.progress);
    if (!clip && clip.error().code == ErrorCode::Cancelled)
        return clip.error();
    if (!clip)
        return "it cannot be read back (" + clip.error().message + ")";
    std::string found = differenceOf((*clip)->info(), (*clip)->times(), asDisplayed);
    if (!found.empty() || !everyPicture)
        return found;
    ParallelOptions options;
    options.frames = m_task.options.frames;
    options.stream = m_source->info().streamIndex;
    options.cacheFolder = m_task.options.cacheFolder;
    auto wanted = digestPictures(m_task.video, options, m_task.progress);
    if (!wanted)
        return wanted.error();
    auto written = digestPictures(m_output->temporary(), {}, m_task.progress);
    if (!written && written.error().code == ErrorCode::Cancelled)
        return written.error();
    if (!written)
        return "it cannot be decoded (" + written.error().message + ")";
    for (size_t i = 0; i < wanted->size(); ++i)
        if ((*wanted)[i].md5 != (*written)[i].md5 || (*wanted)[i].md5.empty())
            return "picture " + std::to_string((*wanted)[i].index) + " would look different";
    return std::string();
}

Status ClipWriter::finish(ClipResult& result)
{
    // Between the first look and now somebody may have made the file.
    if (Status status = checkTarget(m_task.video, m_file, m_task.options.overwrite); !status)
        return status;
    if (Status status = m_output->commit(); !status)
        return status;
    std::error_code error;
    const auto bytes = fs::file_size(m_file, error);
    result.bytes = error ? 0 : static_cast<int64_t>(bytes);
    result.frames = m_task.options.frames.length();
    return {};
}

Result<std::string> ClipWriter::tryCopy(ClipResult& result)
{
    if (m_source->info().rotation != 0 && !m_container.rotates)
        return std::string("a Matroska file cannot say that its pictures are turned");
    const CopyPlan plan = planCopy(m_source->packetIndex(), m_task.options.frames);
    if (!plan.obstacle.empty())
        return plan.obstacle;
    if (Status status = openOutput(); !status)
        return status.error();
    auto sound = copyPictures(m_task, plan);
    if (!sound && sound.error().code == ErrorCode::Unsupported)
        return "a " + std::string(m_container.muxer) + " file cannot hold " + m_source->info().codec
            + " as it is";
    if (!sound)
        return sound.error();
    if (Status status = m_output->close(); !status)
        return status.error();
    auto different = difference(false, true);
    if (!different || !different->empty())
        return different;
    result.copied = true;
    result.sound = *std::move(sound);
    return std::string();
}

Status ClipWriter::encode(ClipResult& result)
{
    const VideoInfo& info = m_source->info();
    const bool asDisplayed = !encoderTakes(info) || (info.rotation != 0 && !m_container.rotates);
    if (Status status = openOutput(); !status)
        return status;
    auto sound = encodePictures(m_task, asDisplayed);
    if (!sound)
        return sound.error();
    if (Status status = m_output->close(); !status)
        return status;
    auto different = difference(asDisplayed, false);
    if (!different)
        return different.error();
    if (!different->empty())
        return Error{ErrorCode::Internal,
            "the clip " + m_file.string() + " would not be the same as in " + m_task.video.string() + ": "
                + *different + "; it was not kept"};
    result.sound = *std::move(sound);
    return {};
}

Result<ClipResult> ClipWriter::write()
{
    if (Status status = openVideoFile(); !status)
        return status.error();
    ClipResult result;
    if (m_task.options.way == ClipWay::Reencode) {
        result.reason = "it was asked for";
    } else {
        auto obstacle = tryCopy(result);
        if (!obstacle)
            return obstacle.error();
        result.reason = *std::move(obstacle);
        if (!result.copied && m_task.options.way == ClipWay::CopyOnly)
            return Error{ErrorCode::Unsupported,
                m_task.video.string() + ": these pictures cannot be copied exactly: " + result.reason
                    + "; start at a key picture, or let them be encoded again"};
    }
    if (!result.copied)
        if (Status status = encode(result); !status)
            return status.error();
    if (Status status = finish(result); !status)
        return status.error();
    return result;
}

} // namespace

Result<ClipResult> writeClip(
    const fs::path& video, const fs::path& file, const ClipOptions& options, ProgressSink* progress)
{
    if (options.crf < 0 || options.crf > 51)
        return Error{ErrorCode::InvalidArgument,
            "a quality (crf) of " + std::to_string(options.crf) + " makes no sense; choose 0 to 51"};
    if (Status status = checkTarget(video, file, options.overwrite); !status)
        return status.error();
    return ClipWriter(video, file, options, progress).write();
}

} // namespace telltale
