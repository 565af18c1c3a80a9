// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/untrimmedsets/projectvideos.h"
#include "base/files.h"
#include "media/parallelreader.h"
#include "pipeline/clipsets/clippictures.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/counted.h"
#include "pipeline/recipefile.h"
#include <algorithm>
#include <set>
#include <tuple>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int64_t kChunk = 256; ///< frames of points that are in memory at a time

/// One person in one video.
struct Seen {
    const VideoEntry* entry = nullptr;
    UntrimmedVideo video;
};

UntrimmedSetInfo infoOf(const VideoExportRequest& request)
{
    UntrimmedSetInfo info;
    info.scheme = request.scheme.name;
    info.classes.reserve(request.scheme.classes.size());
    for (const LabelClass& row : request.scheme.classes)
        info.classes.push_back(row.name);
    info.skeleton = clipSkeleton(poseLayouts().front());
    info.channels = kProjectChannels;
    info.pictureSide = request.pictures ? request.recipe.pictureSide : 0;
    info.pictureStep = request.recipe.pictureStep;
    info.origin = "the project " + request.project.string() + " at entry " + std::to_string(request.basedOn)
        + " of its log";
    info.recipe = Json({{"recipe", Json::parse(request.recipe.text, nullptr, false)},
                           {"crop", request.recipe.crop}, {"basedOn", request.basedOn}})
                      .dump();
    return info;
}

/// Behind the video's name where it is not its first person.
std::string suffixOf(int person) { return person == 0 ? std::string() : "#" + std::to_string(person); }

class VideoExport {
public:
    VideoExport(const VideoExportRequest& request, ProgressSink& progress)
        : m_request(request)
        , m_progress(progress)
        , m_cache(request.project / "cache" / "features")
    {
    }

    Result<VideoExportResult> run()
    {
        std::vector<Seen> all;
        for (const VideoEntry& entry : m_request.videos)
            if (Status status = addPersons(entry, all); !status)
                return status.error();
        std::vector<UntrimmedVideo> videos;
        videos.reserve(all.size());
        for (const Seen& seen : all)
            videos.push_back(seen.video);
        if (Status status = checkSplits(videos); !status)
            return status.error();
        if (m_request.forLearning)
            noteUnmarked(videos);
        auto writer = UntrimmedSetWriter::create(m_request.out, infoOf(m_request));
        if (!writer)
            return writer.error();
        for (Seen& seen : all)
            if (Status status = add(seen, **writer); !status)
                return status.error();
        if (m_result.videos == 0)
            return Error{ErrorCode::NotFound,
                "Of no video anything is left: neither its pictures nor its poses can be read. Connect the "
                "disk they lie on."};
        if (Status status = (*writer)->finish(m_progress); !status)
            return status.error();
        for (std::string& note : m_cache.takeNotes())
            m_result.notes.push_back(std::move(note));
        m_result.file = m_request.out;
        return std::move(m_result);
    }

private:
    void note(std::string text) { m_result.notes.push_back(std::move(text)); }

    /// As `evaluate` says it: without marks nobody knows where "no span" means "no gesture".
    void noteUnmarked(const std::vector<UntrimmedVideo>& videos)
    {
        const auto unmarked = std::ranges::count_if(videos,
            [](const UntrimmedVideo& video) { return !video.truth.empty() && video.reviewed.empty(); });
        if (unmarked > 0)
            note(counted(unmarked, "video with spans is", "videos with spans are")
                + " not marked as reviewed anywhere: whatever lies beside the spans counts as background. "
                  "If that is not so, mark what was looked through (R in the window).");
    }

    /// How many the video's track has.
    Result<int> personsInTrack(const VideoEntry& entry)
    {
        VideoParts parts(m_request, entry, m_cache, m_progress);
        if (Status status = parts.readPoses(); !status)
            return status.error();
        return parts.track() != nullptr ? parts.track()->persons : 0;
    }

    /// Those with spans, and all in the track if they are wanted; of a video without any the first one, if it
    /// is wanted.
    Status addPersons(const VideoEntry& entry, std::vector<Seen>& all)
    {
        std::set<int> persons;
        for (const Annotation& span : m_request.spans)
            if (span.videoId == entry.id)
                persons.insert(span.person);
        if (m_request.everyPerson) {
            const Result<int> count = personsInTrack(entry);
            if (!count)
                return count.error();
            for (int person = 0; person < *count; ++person)
                persons.insert(person);
        }
        if (persons.empty() && m_request.unlabelled)
            persons.insert(0);
        if (entry.frameCount < 1 && !persons.empty()) {
            note(
                "The video " + entry.name + " is left out: nobody knows how many frames it has. Connect it.");
            return {};
        }
        for (const int person : persons)
            all.push_back(seenOf(entry, person));
        const auto open = m_request.undecided.find(entry.id);
        if (m_request.forLearning && !persons.empty() && open != m_request.undecided.end()
            && open->second > 0)
            note(counted(open->second, "proposal of ", "proposals of ") + entry.name
                + " that nobody decided count as background; accept or reject them first.");
        return {};
    }

    Seen seenOf(const VideoEntry& entry, int person)
    {
        Seen seen;
        seen.entry = &entry;
        UntrimmedVideo& video = seen.video;
        video.id = entry.name + suffixOf(person);
        std::tie(video.subject, video.role) = subjectOf(m_request, entry, person);
        video.frames = entry.frameCount;
        video.rate = entry.fps > 0 ? entry.fps : video.rate;
        video.person = person;
        int64_t cut = 0;
        for (const Annotation& span : m_request.spans) {
            if (span.videoId != entry.id || span.person != person)
                continue;
            const FrameSpan inside = clampSpan(span.span, video.frames);
            cut += inside == span.span ? 0 : 1;
            if (!inside.empty())
                video.truth.push_back(
                    {inside, span.classId, isDecidedHere(span) ? m_request.recipe.decidedWeight : 1});
        }
        if (cut > 0)
            note(counted(cut, "span of ", "spans of ") + entry.name + " outside its "
                + std::to_string(video.frames) + " frames cut to the video or left out.");
        if (const auto ranges = m_request.reviewed.find(entry.id); ranges != m_request.reviewed.end())
            for (const FrameSpan& range : ranges->second)
                if (const FrameSpan inside = clampSpan(range, video.frames); !inside.empty())
                    video.reviewed.push_back(inside);
        if (video.role == ClipRole::Unlabelled && !video.truth.empty()) {
            note("The spans of " + video.id + " are left out: its subject has the role unlabelled.");
            video.truth.clear();
        }
        if (video.truth.empty())
            video.role = ClipRole::Unlabelled;
        return seen;
    }

    Status add(Seen& seen, UntrimmedSetWriter& writer)
    {
        VideoParts parts(m_request, *seen.entry, m_cache, m_progress);
        Status read = addParts(seen, parts, writer);
        std::ranges::move(parts.notes, std::back_inserter(m_result.notes));
        if (!parts.foundCrops.empty())
            m_result.crops[seen.entry->id] = std::move(parts.foundCrops);
        return read;
    }

    Status addParts(Seen& seen, VideoParts& parts, UntrimmedSetWriter& writer)
    {
        if (Status status = parts.readPoses(); !status)
            return status;
        if (m_request.pictures)
            if (Status status = parts.openPictures(); !status)
                return status;
        if (!parts.hasPerson(seen.video.person) && !parts.source()) {
            note("The video " + seen.video.id
                + " is left out: neither its pictures nor its poses can be read.");
            return {};
        }
        m_result.spans += static_cast<int64_t>(seen.video.truth.size());
        m_result.frames += seen.video.frames;
        ++m_result.videos;
        if (Status status = writer.begin(seen.video); !status)
            return status;
        if (parts.hasPerson(seen.video.person))
            if (Status status = addPoints(seen.video, parts, writer); !status)
                return status;
        if (parts.source())
            if (Status status = addPictures(seen, parts, writer); !status)
                return status;
        return writer.end();
    }

    Status addPoints(const UntrimmedVideo& video, const VideoParts& parts, UntrimmedSetWriter& writer)
    {
        constexpr size_t kRow = kPointCount * kProjectChannels;
        std::vector<float> rows;
        for (int64_t first = 0; first < video.frames; first += kChunk) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            const int64_t count = std::min(kChunk, video.frames - first);
            rows.resize(static_cast<size_t>(count) * kRow);
            for (int64_t i = 0; i < count; ++i) {
                const Result<bool> any
                    = parts.pointsAt(first + i, video.person, rows.data() + static_cast<size_t>(i) * kRow);
                if (!any)
                    return any.error();
            }
            if (Status status = writer.addPoints(rows); !status)
                return status;
        }
        ++m_result.withPoints;
        return {};
    }

    Status addPictures(const Seen& seen, VideoParts& parts, UntrimmedSetWriter& writer)
    {
        if (Status status = parts.findCrops(); !status)
            return status;
        const VideoInfo info = parts.source()->info();
        const PictureSize size = clipPictureSize(info.width, info.height);
        CropBox box = parts.boxOf(m_request.recipe.crop, seen.video.person, {0, seen.video.frames});
        if (isEmptyBox(box))
            box = parts.boxOf("motion", seen.video.person, {0, seen.video.frames});
        const float scale
            = info.width > 0 ? static_cast<float>(size.width) / static_cast<float>(info.width) : 1.0f;
        for (float* side : {&box.x, &box.y, &box.width, &box.height})
            *side *= scale;
        ParallelOptions options;
        options.view.outputWidth = size.width;
        options.view.outputHeight = size.height;
        options.stream = info.streamIndex;
        options.cacheFolder = m_request.project / "cache" / "index";
        auto reader = ParallelReader::open(info.file, options, &m_progress);
        if (!reader)
            return reader.error();
        if (Status status = copyPictures(**reader, box, seen.video, writer); !status)
            return status;
        ++m_result.withPictures;
        return {};
    }

    /// Where a picture is damaged or missing, the one before it stands for it.
    Status copyPictures(
        ParallelReader& reader, const CropBox& box, const UntrimmedVideo& video, UntrimmedSetWriter& writer)
    {
        const int64_t step = m_request.recipe.pictureStep;
        const auto side = static_cast<size_t>(m_request.recipe.pictureSide);
        std::vector<uint8_t> last(3 * side * side);
        int64_t missing = 0;
        int64_t next = 0; ///< frame of the next picture
        const auto fillUpTo = [&](int64_t frame) -> Status {
            for (; next < frame && next < video.frames; next += step, ++missing)
                if (Status status = writer.addPictures(last); !status)
                    return status;
            return {};
        };
        for (;;) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            Result<std::optional<VideoFrame>> read = reader.next();
            if (!read && read.error().code != ErrorCode::BadFormat)
                return read.error();
            if (!read)
                continue;
            if (!*read)
                break;
            const VideoFrame& frame = **read;
            m_progress.report(frame.index, video.frames, "pictures of " + video.id);
            if (frame.index % step != 0 || frame.index >= video.frames)
                continue;
            if (Status status = fillUpTo(frame.index); !status)
                return status;
            ClipPictures one;
            one.pictures.push_back(frame.picture);
            last = clipBytes(one, box, m_request.recipe.pictureSide);
            if (Status status = writer.addPictures(last); !status)
                return status;
            next = frame.index + step;
        }
        if (Status status = fillUpTo(video.frames); !status)
            return status;
        if (missing > 0)
            note(counted(missing, "picture of ", "pictures of ") + video.id
                + " could not be decoded; the picture before stands for it.");
        return {};
    }

    const VideoExportRequest& m_request;
    ProgressSink& m_progress;
    FeatureCache m_cache;
    VideoExportResult m_result;
};

/// Whether learning sees frames of the span: where somebody has looked, or everywhere if nobody says where.
bool countsIn(const std::map<int64_t, std::vector<FrameSpan>>& reviewed, const Annotation& span)
{
    const auto ranges = reviewed.find(span.videoId);
    return ranges == reviewed.end() || ranges->second.empty()
        || std::ranges::any_of(
            ranges->second, [&](const FrameSpan& range) { return range.overlaps(span.span); });
}

} // namespace

std::filesystem::path projectVideoRecipeFile() { return dataFolder() / "models" / "recipes" / "videos.json"; }

Result<ProjectVideoRecipe> readProjectVideoRecipe(const std::filesystem::path& file)
{
    ProjectVideoRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        recipe.text = in.text();
        in.get("pictures", "crop", recipe.crop);
        in.get("pictures", "side", recipe.pictureSide);
        in.get("pictures", "step", recipe.pictureStep);
        in.get("spans", "decidedWeight", recipe.decidedWeight);
    });
    if (!status)
        return status.error();
    if (Status known = checkCrop(file.string() + ": \"pictures.crop\"", recipe.crop); !known)
        return known.error();
    if (recipe.pictureSide < 8 || recipe.pictureSide > kClipPictureSide || recipe.pictureStep < 1
        || recipe.pictureStep > 1000 || !(recipe.decidedWeight > 0 && recipe.decidedWeight <= 1000))
        return Error{ErrorCode::BadFormat,
            file.string() + ": \"pictures.side\" goes from 8 to " + std::to_string(kClipPictureSide)
                + ", \"pictures.step\" from 1 to 1000, \"spans.decidedWeight\" is above 0 and at most 1000."};
    return recipe;
}

Result<VideoExportRequest> makeVideoExport(
    Document& document, const std::filesystem::path& out, const VideoExportOptions& options)
{
    Result<ProjectCut> project = snapshotOf(document);
    if (!project)
        return project.error();
    Result<ProjectVideoRecipe> recipe
        = readProjectVideoRecipe(options.recipe.empty() ? projectVideoRecipeFile() : options.recipe);
    if (!recipe)
        return recipe.error();
    VideoExportRequest request{std::move(*project), out, std::move(*recipe), options.pictures,
        options.unlabelled, options.everyPerson, true, {}};
    if (!options.crop.empty()) {
        if (Status known = checkCrop("The crop", options.crop); !known)
            return known.error();
        request.recipe.crop = options.crop;
    }
    for (const Annotation& span : document.allAnnotations()) {
        if (!span.span.empty() && isLabelled(span))
            request.spans.push_back(span);
        else if (isOpen(span) && countsIn(request.reviewed, span))
            ++request.undecided[span.videoId];
    }
    sortSpans(request.spans);
    if (request.spans.empty() && !(options.unlabelled && !request.videos.empty()))
        return Error{ErrorCode::InvalidArgument,
            "No span of the project has a label that a person gave or accepted, or that was imported; accept "
            "or correct some proposals, add spans, or import labels first."};
    return request;
}

Result<VideoExportResult> exportVideos(const VideoExportRequest& request, ProgressSink& progress)
{
    return VideoExport(request, progress).run();
}

std::string videoNameOf(const UntrimmedVideo& row)
{
    return row.id.substr(0, row.id.size() - suffixOf(row.person).size());
}

} // namespace telltale
