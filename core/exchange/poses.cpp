// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/formats.h"
#include "exchange/intake.h"
#include "exchange/outgoing.h"
#include "exchange/posetracks.h"
#include "pose/writers/poseflavours.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShownNames = 8;

std::string knownVideos(const Document& document)
{
    std::string names;
    for (size_t i = 0; i < std::min(document.videos().size(), kShownNames); ++i)
        names += (i ? ", '" : "'") + document.videos()[i].name + "'";
    return names + (document.videos().size() > kShownNames ? ", ..." : "");
}

/// By its name in the project, else the name of its file, else that name without its ending.
const VideoEntry* videoOf(const Document& document, const std::string& text)
{
    if (const VideoEntry* video = document.videoByName(text))
        return video;
    const fs::path path = text;
    for (const VideoEntry& video : document.videos())
        if (fs::path(video.path).filename() == path.filename())
            return &video;
    return document.videoByName(path.stem().string());
}

/// The video with the longest name that the file's name starts with: "clip.mediapipe_body.csv" is of "clip".
const VideoEntry* videoByFileName(const Document& document, const fs::path& file)
{
    const std::string name = (file.filename().empty() ? file.parent_path() : file).filename().string();
    const VideoEntry* best = nullptr;
    for (const VideoEntry& video : document.videos()) {
        const std::string& start = video.name;
        const bool fits = name.starts_with(start)
            && (name.size() == start.size()
                || std::string_view("._- ").find(name[start.size()]) != std::string_view::npos);
        if (fits && (!best || start.size() > best->name.size()))
            best = &video;
    }
    return best;
}

/// Skeleton files for videos that the project has. Files of the same video are parts of one track.
class PosesFormat final : public ExchangeFormat {
public:
    FormatKind kind() const override { return FormatKind::Poses; }
    std::string name() const override { return "poses"; }
    std::string title() const override
    {
        return "Skeletons (OpenPose, COCO, Halpe, SLEAP, DeepLabCut, PYSKL, NumPy, ...)";
    }
    std::string fileFilter() const override
    {
        return "*.json *.csv *.pose *.xlsx *.npz *.npy *.pkl *.slp *.h5";
    }
    Conventions conventions(const ImportOptions&) const override
    {
        return {"frames, and pixels of the picture as it is shown",
            "frames have the numbers that the file gives them; rows without a number count from 0", {}, {}};
    }
    std::vector<FormatSetting> exportSettings() const override
    {
        FormatSetting flavour{"flavour", "Form of the files", {}};
        for (const PoseFlavour& one : poseFlavours())
            flavour.values.emplace_back(one.name);
        return {flavour};
    }

    Result<ImportPlan> plan(const Document& document, const std::vector<fs::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const override
    {
        if (document.videos().empty())
            return Error{ErrorCode::NotFound,
                "skeletons belong to videos, and the project has none yet; add the video first"};
        std::vector<IntakeVideo> videos;
        for (const fs::path& argument : paths) {
            fs::path file = argument;
            const auto video = findVideo(document, file);
            if (!video)
                return video.error();
            const auto there = std::find_if(videos.begin(), videos.end(),
                [&](const IntakeVideo& one) { return one.name == (*video)->name; });
            if (there != videos.end()) {
                there->skeletons.push_back(file);
                continue;
            }
            IntakeVideo one;
            one.name = (*video)->name;
            one.skeletons = {file};
            one.replaceTrack = true;
            videos.push_back(std::move(one));
        }
        ImportReport report;
        report.conventions = conventions(options);
        return planImport(document, std::move(videos), "poses", name(), options, progress, std::move(report));
    }

    /// A folder with a file or folder for each video that has a track.
    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        if (auto status = checkSettings(options.settings, exportSettings()); !status)
            return status.error();
        const PoseFlavour& flavour
            = *findPoseFlavour(options.setting("flavour", std::string(poseFlavours().front().name)));
        std::vector<const VideoEntry*> videos;
        for (const VideoEntry& video : document.videos())
            if (!video.track.empty())
                videos.push_back(&video);
        if (videos.empty())
            return Error{ErrorCode::InvalidArgument,
                out.string() + ": no video of the project has a pose track, there is nothing to write"};
        FolderWriter folder(out);
        if (auto status = folder.begin(); !status)
            return status.error();
        std::vector<std::string> notes;
        std::set<std::string> taken;
        const auto total = static_cast<int64_t>(videos.size());
        int64_t written = 0;
        for (int64_t i = 0; i < total; ++i) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            progress.report(i, total, "writing");
            const VideoEntry& video = *videos[static_cast<size_t>(i)];
            const auto done = writeOne(document, video, flavour, folder, taken, notes);
            if (!done)
                return done.error();
            written += *done ? 1 : 0;
        }
        if (written == 0)
            return Error{ErrorCode::NotFound, out.string() + ": nothing was written; " + notes.front()};
        progress.report(total, total, "writing");
        if (auto status = folder.finish(); !status)
            return status.error();
        notes.insert(notes.begin(),
            "poses of " + std::to_string(written) + " videos as " + std::string(flavour.title)
                + ": pixels of the displayed picture, frames count from 0");
        return notes;
    }

private:
    /// False: there is nothing of it to write, which a note says.
    static Result<bool> writeOne(const Document& document, const VideoEntry& video,
        const PoseFlavour& flavour, const FolderWriter& folder, std::set<std::string>& taken,
        std::vector<std::string>& notes)
    {
        const auto track = outgoingTrack(document, video, notes);
        if (!track && track.error().code == ErrorCode::NotFound) {
            notes.push_back(track.error().message + "; it was left out");
            return false;
        }
        if (!track)
            return track.error();
        if (track->frames.empty()) {
            notes.push_back(video.name + ": its track has no frame; it was left out");
            return false;
        }
        const int files = flavour.onePerson ? track->persons : 1;
        std::string name = safeFileName(video.name);
        for (int number = 2; !takeNames(poseFileNames(name, files), taken); ++number)
            name = safeFileName(video.name) + "_" + std::to_string(number);
        const auto said = writePoses(flavour, *track, {name, video.width, video.height}, folder.path(""));
        if (!said)
            return said.error();
        notes.insert(notes.end(), said->begin(), said->end());
        return true;
    }

    /// All of them or none.
    static bool takeNames(const std::vector<std::string>& names, std::set<std::string>& taken)
    {
        if (std::ranges::any_of(names, [&](const std::string& name) { return taken.contains(name); }))
            return false;
        taken.insert(names.begin(), names.end());
        return true;
    }

    /// Takes "VIDEO=FILE" apart; `file` becomes FILE.
    static Result<const VideoEntry*> findVideo(const Document& document, fs::path& file)
    {
        std::error_code ec;
        const std::string text = file.string();
        const size_t sign = text.find('=');
        if (sign == std::string::npos || fs::exists(file, ec)) {
            if (const VideoEntry* video = videoByFileName(document, file))
                return video;
            return Error{ErrorCode::NotFound,
                text + ": is named like no video of the project; write VIDEO=" + text + ", VIDEO one of "
                    + knownVideos(document)};
        }
        file = text.substr(sign + 1);
        if (const VideoEntry* video = videoOf(document, text.substr(0, sign)))
            return video;
        return Error{ErrorCode::NotFound,
            "the project has no video '" + text.substr(0, sign) + "', it has " + knownVideos(document)};
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makePosesFormat() { return std::make_unique<PosesFormat>(); }

} // namespace telltale
