// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/synthclips.h"
#include "pipeline/clipsets/clippictures.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/recipefile.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace telltale {
namespace {

constexpr int64_t kShortest = 4; ///< frames

struct MadeClip {
    ClipInfo info;
    std::vector<float> points;
    std::vector<uint8_t> rgb;
};

std::vector<float> pointsOf(const PoseTrack& track, const FrameSpan& span)
{
    std::vector<float> values;
    values.reserve(static_cast<size_t>(span.length()) * kPointCount * kSynthChannels);
    for (int64_t frame = span.first; frame < span.last; ++frame) {
        const PosePoint* row = track.at(frame, 0);
        for (int i = 0; i < kPointCount; ++i)
            values.insert(values.end(), {row[i].x, row[i].y, row[i].score});
    }
    return values;
}

/// [T, side, side, 3]: the moving part of `frames` uniform pictures.
std::vector<uint8_t> drawnClip(const SynthSession& small, const SynthClipRecipe& recipe,
    const FrameSpan& span, const PoseTrack& track, float scale)
{
    ClipPictures pictures;
    pictures.scale = scale;
    for (const int64_t frame : sampleUniform(span, recipe.rgbFrames)) {
        const auto bytes
            = static_cast<size_t>(recipe.drawnWidth) * static_cast<size_t>(recipe.drawnHeight) * 4;
        Picture picture{recipe.drawnWidth, recipe.drawnHeight, std::vector<uint8_t>(bytes)};
        small.draw(frame, picture.bgra.data());
        pictures.pictures.push_back(std::move(picture));
    }
    const CropBox box = clipBox(pictures, gatherPoints(track, 0, sampleUniform(span, kHeatmapFrames)));
    return clipBytes(pictures, box, recipe.rgbSide);
}

std::vector<MadeClip> makeClips(
    const SynthClipRecipe& recipe, const SynthPerson& plan, ProgressSink& progress)
{
    const std::unique_ptr<SynthSession> session = makeSession(plan.options);
    const PoseTrack& track = session->observedTrack();
    float scale = 1;
    std::unique_ptr<SynthSession> small;
    if (recipe.rgbFrames > 0 && !progress.cancelled())
        small = makeSession(drawnOptions(recipe, plan.options, scale));
    std::vector<MadeClip> clips;
    for (const SynthSpan& truth : session->spans()) {
        if (progress.cancelled())
            break;
        if (truth.span.length() < kShortest)
            continue;
        MadeClip clip;
        clip.info.video = plan.name;
        clip.info.subject = plan.name;
        clip.info.role = plan.role;
        clip.info.label = truth.classId;
        clip.info.span = annotatedSpan(
            truth.span, recipe.boundaryJitter, plan.options, session->frameCount(), kShortest);
        clip.info.id = plan.name + ":" + std::to_string(truth.span.first);
        clip.points = pointsOf(track, clip.info.span);
        if (small)
            clip.rgb = drawnClip(*small, recipe, clip.info.span, track, scale);
        clips.push_back(std::move(clip));
    }
    return clips;
}

/// Subjects made on all cores, handed out in order; at most a few wait.
class SubjectLine {
public:
    SubjectLine(const SynthClipRecipe& recipe, const std::vector<SynthPerson>& plans, ProgressSink& progress)
        : m_made(plans.size())
    {
        const unsigned workers = std::max(1U, std::thread::hardware_concurrency());
        for (unsigned w = 0; w < workers; ++w)
            m_workers.emplace_back([&, this] {
                for (size_t i = m_next++; i < plans.size() && !m_stopped && !progress.cancelled();
                     i = m_next++) {
                    std::vector<MadeClip> clips = makeClips(recipe, plans[i], progress);
                    const std::lock_guard lock(m_mutex);
                    m_made[i] = std::move(clips);
                    m_changed.notify_all();
                }
                const std::lock_guard lock(m_mutex);
                ++m_ended;
                m_changed.notify_all();
            });
    }
    ~SubjectLine() { m_stopped = true; }
    SubjectLine(const SubjectLine&) = delete;
    SubjectLine& operator=(const SubjectLine&) = delete;

    /// Nothing if the workers gave up.
    std::optional<std::vector<MadeClip>> take(size_t index)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_made[index] || m_ended == m_workers.size(); });
        return std::exchange(m_made[index], std::nullopt);
    }

private:
    std::vector<std::optional<std::vector<MadeClip>>> m_made;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    size_t m_ended = 0;
    std::atomic<size_t> m_next = 0;
    std::atomic<bool> m_stopped = false;
    std::vector<std::jthread> m_workers; ///< last: ends before what it uses
};

Result<ClipSetInfo> infoOf(const SynthClipRecipe& recipe, uint64_t seed)
{
    const Result<std::vector<std::string>> classes = synthClasses(recipe.scheme);
    if (!classes)
        return classes.error();
    ClipSetInfo info;
    info.scheme = recipe.scheme;
    info.classes = *classes;
    info.skeleton = clipSkeleton(poseLayouts().front());
    info.channels = kSynthChannels;
    info.rgbFrames = recipe.rgbFrames;
    info.rgbSide = recipe.rgbFrames > 0 ? recipe.rgbSide : 0;
    info.origin = synthOrigin(recipe.name, seed);
    info.recipe = synthRecipe(recipe.text, seed);
    return info;
}

Status checkRecipe(const SynthClipRecipe& recipe, const std::filesystem::path& file)
{
    const RecipeLimit limits[] = {{"pictures.frames", static_cast<double>(recipe.rgbFrames), 0, 256},
        {"pictures.side", static_cast<double>(recipe.rgbSide), 8, 1024}};
    if (Status status = checkPeople(file, recipe); !status)
        return status;
    return checkLimits(file, limits);
}

} // namespace

Result<SynthClipRecipe> readSynthClipRecipe(const std::filesystem::path& file)
{
    SynthClipRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        recipe.text = in.text();
        readPeople(in, recipe);
        in.get("pictures", "frames", recipe.rgbFrames);
        in.get("pictures", "side", recipe.rgbSide);
    });
    if (!status)
        return status.error();
    if (Status fits = checkRecipe(recipe, file); !fits)
        return fits.error();
    return recipe;
}

Result<SynthClipCounts> writeSynthClips(
    const std::filesystem::path& file, const SynthClipRecipe& recipe, uint64_t seed, ProgressSink& progress)
{
    const Result<ClipSetInfo> info = infoOf(recipe, seed);
    if (!info)
        return info.error();
    auto writer = ClipSetWriter::create(file, *info);
    if (!writer)
        return writer.error();
    const std::vector<SynthPerson> plans = listPeople(recipe, seed);
    SubjectLine line(recipe, plans, progress);
    SynthClipCounts counts;
    for (size_t i = 0; i < plans.size(); ++i) {
        std::optional<std::vector<MadeClip>> clips = line.take(i);
        if (!clips || progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        for (MadeClip& clip : *clips) {
            int64_t& count = clip.info.role == ClipRole::Train ? counts.train
                : clip.info.role == ClipRole::Validation       ? counts.validation
                                                               : counts.test;
            if (Status status = (*writer)->add(std::move(clip.info), clip.points, clip.rgb); !status)
                return status.error();
            ++count;
        }
        progress.report(
            static_cast<int64_t>(i) + 1, static_cast<int64_t>(plans.size()), "synthetic subjects");
    }
    if (Status status = (*writer)->finish(); !status)
        return status.error();
    return counts;
}

} // namespace telltale
