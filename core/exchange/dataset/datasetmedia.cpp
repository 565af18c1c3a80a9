// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/dataset/datasetmedia.h"
#include "base/files.h"
#include "base/quietprogress.h"
#include "media/clipwriter.h"
#include <fstream>

namespace telltale {
namespace {

namespace fs = std::filesystem;

Error stopped() { return {ErrorCode::Cancelled, "the export was stopped, nothing was written"}; }

bool isThere(const DatasetVideo& video)
{
    std::error_code ec;
    return !video.source.file.empty() && fs::is_regular_file(video.source.file, ec);
}

/// Where the clip of a sample goes, in the dataset.
std::string clipNameOf(const DatasetPlan& plan, const DatasetSample& sample)
{
    std::string name = "clips/";
    if (!plan.classFolders.empty())
        name.append(plan.classFolders[static_cast<size_t>(sample.span.classId)]).append("/");
    return name.append(sample.id).append(".mp4");
}

/// ".mp4", without anything that lists take apart.
std::string extensionOf(const fs::path& file)
{
    const std::string extension = file.extension().string();
    return extension.empty() ? extension : "." + datasetName(extension.substr(1));
}

Status copyFile(const fs::path& from, const fs::path& to, const ProgressSink& progress)
{
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    std::vector<char> block(size_t{4} << 20U);
    while (in && out) {
        if (progress.cancelled())
            return stopped();
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        out.write(block.data(), in.gcount());
    }
    out.close();
    if (!in.eof() || !out)
        return Error{ErrorCode::Io,
            from.string() + ": could not be copied to " + to.string() + "; is there room on the disk?"};
    return {};
}

} // namespace

Status writeClips(DatasetPlan& plan, const fs::path& folder, const fs::path& indexes, ProgressSink& progress,
    std::vector<std::string>& notes)
{
    using Clips = DatasetOptions::Clips;
    if (plan.options.clips == Clips::None)
        return {};
    QuietProgress quiet(progress);
    ClipOptions options;
    options.way = plan.options.clips == Clips::Encode ? ClipWay::Reencode : ClipWay::CopyWhereExact;
    options.sound = false;
    options.cacheFolder = indexes;
    int64_t missing = 0;
    int64_t broken = 0;
    const auto total = static_cast<int64_t>(plan.samples.size());
    for (size_t i = 0; i < plan.samples.size(); ++i) {
        if (progress.cancelled())
            return stopped();
        progress.report(static_cast<int64_t>(i), total, "writing clips");
        DatasetSample& sample = plan.samples[i];
        const DatasetVideo& video = plan.videoOf(sample);
        if (!isThere(video)) {
            ++missing;
            continue;
        }
        options.frames = sample.span.frames;
        const std::string name = clipNameOf(plan, sample);
        const auto written = writeClip(video.source.file, folder / name, options, &quiet);
        if (written) {
            sample.clip = name;
            continue;
        }
        if (written.error().code == ErrorCode::Cancelled)
            return stopped();
        if (written.error().code == ErrorCode::Io)
            return written.error();
        ++broken;
        notes.push_back("there is no clip of " + sample.id + ": " + written.error().message);
        std::error_code ec;
        if (!plan.classFolders
                 .empty()) // goes if no other clip is in it: loaders take each folder for a class
            fs::remove((folder / name).parent_path(), ec);
    }
    if (missing > 0)
        plan.left.push_back(std::to_string(missing) + " spans have no clip: their videos were not there.");
    if (broken > 0)
        plan.left.push_back(
            std::to_string(broken) + " spans have no clip: their videos do not have all of these pictures.");
    progress.report(total, total, "writing clips");
    return {};
}

Status placeVideos(
    DatasetPlan& plan, const fs::path& folder, ProgressSink& progress, std::vector<std::string>& notes)
{
    using Videos = DatasetOptions::Videos;
    if (plan.options.videos == Videos::None)
        return {};
    int64_t missing = 0;
    bool links = true;
    for (size_t i = 0; i < plan.videos.size(); ++i) {
        if (progress.cancelled())
            return stopped();
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(plan.videos.size()), "placing videos");
        DatasetVideo& video = plan.videos[i];
        if (!isThere(video)) {
            ++missing;
            continue;
        }
        const std::string name = "videos/" + video.key + extensionOf(video.source.file);
        std::error_code ec;
        if (plan.options.videos == Videos::Copy) {
            if (auto status = copyFile(video.source.file, folder / name, progress); !status)
                return status;
        } else {
            fs::create_symlink(fs::absolute(video.source.file), folder / name, ec);
        }
        links = links && !ec;
        if (ec)
            continue;
        // Readers want all videos of a folder to end in the same way, and look into them to see what they
        // are.
        const fs::path alike = folder / "videos" / (video.key + ".mp4");
        if (!fs::exists(alike, ec))
            fs::create_symlink(fs::path(name).filename(), alike, ec);
        video.file = name;
    }
    if (!links)
        notes.push_back("this disk has no links: videos.csv alone says where the videos are");
    if (missing > 0)
        plan.left.push_back(std::to_string(missing) + " videos were not there.");
    return {};
}

} // namespace telltale
