// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/projectclips.h"
#include "base/files.h"
#include "pipeline/clipinput.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/clipsets/videoclips.h"
#include "pipeline/counted.h"
#include "pipeline/recipefile.h"
#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

using Json = nlohmann::json;

ClipInfo clipOf(const ClipExportRequest& request, const VideoEntry& video, const Annotation& span)
{
    ClipInfo clip;
    clip.id = video.name + "#" + std::to_string(span.id);
    clip.video = video.name;
    std::tie(clip.subject, clip.role) = subjectOf(request, video, span.person);
    clip.span = span.span;
    clip.person = span.person;
    clip.annotation = span.id;
    clip.prediction = span.predictionId;
    if (isLabelled(span)) {
        clip.label = span.classId;
        clip.decided = isDecidedHere(span);
        clip.weight = clip.decided ? request.recipe.decidedWeight : 1;
    } else {
        clip.role = ClipRole::Unlabelled;
    }
    return clip;
}

ClipSetInfo infoOf(const ClipExportRequest& request)
{
    ClipSetInfo info;
    info.scheme = request.scheme.name;
    info.classes.reserve(request.scheme.classes.size());
    for (const LabelClass& row : request.scheme.classes)
        info.classes.push_back(row.name);
    info.skeleton = clipSkeleton(poseLayouts().front());
    info.channels = kProjectChannels;
    info.rgbFrames = request.pictures ? kRgbFrames : 0;
    info.rgbSide = request.pictures ? request.recipe.rgbSide : 0;
    info.origin = "the project " + request.project.string() + " at entry " + std::to_string(request.basedOn)
        + " of its log";
    info.recipe = Json({{"recipe", Json::parse(request.recipe.text, nullptr, false)},
                           {"crop", request.recipe.crop}, {"basedOn", request.basedOn}})
                      .dump();
    return info;
}

/// Writes the clips of one video after the other and counts.
class Export {
public:
    Export(const ClipExportRequest& request, ProgressSink& progress)
        : m_request(request)
        , m_progress(progress)
        , m_cache(request.project / "cache" / "features")
    {
    }

    Result<ClipExportResult> run()
    {
        std::map<int64_t, std::vector<ClipInfo>> byVideo;
        std::vector<ClipInfo> all;
        for (const VideoEntry& video : m_request.videos)
            for (const Annotation& span : m_request.spans)
                if (span.videoId == video.id)
                    byVideo[video.id].push_back(clipOf(m_request, video, span));
        for (const auto& [video, clips] : byVideo)
            all.insert(all.end(), clips.begin(), clips.end());
        if (Status status = checkSplits(all); !status)
            return status.error();
        auto writer = ClipSetWriter::create(m_request.out, infoOf(m_request));
        if (!writer)
            return writer.error();
        for (const VideoEntry& video : m_request.videos)
            if (const auto clips = byVideo.find(video.id); clips != byVideo.end())
                if (Status status = addVideo(video, clips->second, **writer); !status)
                    return status.error();
        finishNotes();
        if (m_result.labelled + m_result.unlabelled == 0)
            return Error{ErrorCode::NotFound,
                "Of no span anything is left: neither the pictures nor the poses of their videos can be "
                "read. "
                "Connect the disk they lie on."};
        if (Status status = (*writer)->finish(); !status)
            return status.error();
        m_result.file = m_request.out;
        return std::move(m_result);
    }

private:
    Status addVideo(const VideoEntry& video, std::vector<ClipInfo>& clips, ClipSetWriter& writer)
    {
        Result<VideoClips> made = cutVideo(m_request, video, clips, m_cache, m_progress);
        if (!made)
            return made.error();
        std::ranges::move(made->notes, std::back_inserter(m_result.notes));
        if (!made->foundCrops.empty())
            m_result.crops[video.id] = std::move(made->foundCrops);
        m_result.fromCache += made->fromCache;
        int64_t lost = 0;
        for (size_t i = 0; i < clips.size(); ++i) {
            const CutClip& cut = made->clips[i];
            if (cut.points.empty() && cut.rgb.empty()) {
                ++lost;
                continue;
            }
            m_short += clips[i].span.length() < m_request.recipe.window ? 1 : 0;
            (clips[i].label >= 0 ? m_result.labelled : m_result.unlabelled) += 1;
            m_result.withPoints += cut.points.empty() ? 0 : 1;
            m_result.withPictures += cut.rgb.empty() ? 0 : 1;
            if (Status status = writer.add(clips[i], cut.points, cut.rgb); !status)
                return status;
        }
        if (lost > 0)
            m_result.notes.push_back(counted(lost, "span", "spans") + " of " + video.name
                + " left out: neither its pictures nor its poses can be read.");
        return {};
    }

    void finishNotes()
    {
        if (m_short > 0)
            m_result.notes.push_back(counted(m_short, "span is", "spans are") + " shorter than "
                + std::to_string(m_request.recipe.window)
                + " frames; some of their frames are taken more than once.");
        for (std::string& note : m_cache.takeNotes())
            m_result.notes.push_back(std::move(note));
    }

    const ClipExportRequest& m_request;
    ProgressSink& m_progress;
    FeatureCache m_cache;
    ClipExportResult m_result;
    int64_t m_short = 0;
};

} // namespace

std::filesystem::path projectClipRecipeFile() { return dataFolder() / "models" / "recipes" / "clips.json"; }

Result<ProjectClipRecipe> readProjectClipRecipe(const std::filesystem::path& file)
{
    ProjectClipRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        recipe.text = in.text();
        in.get("pictures", "crop", recipe.crop);
        in.get("pictures", "side", recipe.rgbSide);
        in.get("clips", "window", recipe.window);
        in.get("clips", "decidedWeight", recipe.decidedWeight);
    });
    if (!status)
        return status.error();
    if (Status known = checkCrop(file.string() + ": \"pictures.crop\"", recipe.crop); !known)
        return known.error();
    if (recipe.rgbSide < 8 || recipe.rgbSide > kClipPictureSide || recipe.window < 1
        || !(recipe.decidedWeight > 0 && recipe.decidedWeight <= 1000))
        return Error{ErrorCode::BadFormat,
            file.string() + ": \"pictures.side\" goes from 8 to " + std::to_string(kClipPictureSide)
                + ", \"clips.window\" from 1, \"clips.decidedWeight\" is above 0 and at most 1000."};
    return recipe;
}

Result<ClipExportRequest> makeClipExport(
    Document& document, const std::filesystem::path& out, const ClipExportOptions& options)
{
    Result<ProjectCut> project = snapshotOf(document);
    if (!project)
        return project.error();
    Result<ProjectClipRecipe> recipe
        = readProjectClipRecipe(options.recipe.empty() ? projectClipRecipeFile() : options.recipe);
    if (!recipe)
        return recipe.error();
    ClipExportRequest request{std::move(*project), out, std::move(*recipe), options.pictures};
    if (!options.crop.empty()) {
        if (Status known = checkCrop("The crop", options.crop); !known)
            return known.error();
        request.recipe.crop = options.crop;
    }
    for (const Annotation& span : document.allAnnotations())
        if (!span.span.empty() && (isLabelled(span) || (options.unlabelled && isOpen(span))))
            request.spans.push_back(span);
    sortSpans(request.spans);
    if (request.spans.empty())
        return Error{ErrorCode::InvalidArgument,
            options.unlabelled
                ? "The project has no spans to cut; import labels, add spans or analyze its videos first."
                : "No span of the project has a label that a person gave or accepted, or that was imported; "
                  "accept or correct some proposals, add spans, or import labels first."};
    return request;
}

Result<ClipExportResult> exportClips(const ClipExportRequest& request, ProgressSink& progress)
{
    return Export(request, progress).run();
}

} // namespace telltale
