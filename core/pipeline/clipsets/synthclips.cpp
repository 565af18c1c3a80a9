// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/synthclips.h"
#include "base/random.h"
#include "data/labelscheme.h"
#include "pipeline/clipsets/clippictures.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/recipefile.h"
#include "synth/synth.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int64_t kShortest = 4; ///< frames
constexpr int kPointChannels = 3;

struct Plan {
    SynthOptions options;
    ClipRole role = ClipRole::Train;
    std::string subject;
};

struct MadeClip {
    ClipInfo info;
    std::vector<float> points;
    std::vector<uint8_t> rgb;
};

std::vector<Plan> plansOf(const SynthClipRecipe& recipe, uint64_t seed)
{
    std::vector<Plan> plans;
    const auto add = [&](int count, ClipRole role) {
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<int>(plans.size());
            Plan plan;
            plan.role = role;
            plan.options.scheme = recipe.scheme == "smg" ? SynthScheme::Smg : SynthScheme::Imigue;
            plan.options.subject = recipe.firstSubject + index;
            plan.options.minutes = role == ClipRole::Test ? recipe.testMinutes : recipe.minutes;
            plan.options.seed = seed;
            plan.options.fps = recipe.fps;
            plan.options.gesturesPerMinute = recipe.gesturesPerMinute;
            plan.options.balanced = recipe.balanced;
            plan.options.shift = role == ClipRole::Test ? recipe.shift : 0;
            char name[16];
            std::snprintf(name, sizeof name, "s%03d", index + 1);
            plan.subject = name;
            plans.push_back(plan);
        }
    };
    add(recipe.trainSubjects, ClipRole::Train);
    add(recipe.validationSubjects, ClipRole::Validation);
    add(recipe.testSubjects, ClipRole::Test);
    return plans;
}

/// Each end moves by up to the share of the length, as an annotator or a detector errs.
FrameSpan jittered(const FrameSpan& span, double share, Random random, int64_t frames)
{
    const double reach = share * static_cast<double>(span.length());
    const FrameSpan moved{span.first + std::llround(random.uniform(-reach, reach)),
        span.last + std::llround(random.uniform(-reach, reach))};
    const FrameSpan inside = clampSpan(moved, frames);
    return inside.length() >= kShortest ? inside : span;
}

std::vector<float> pointsOf(const PoseTrack& track, const FrameSpan& span)
{
    std::vector<float> values;
    values.reserve(static_cast<size_t>(span.length()) * kPointCount * kPointChannels);
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

std::vector<MadeClip> makeClips(const SynthClipRecipe& recipe, const Plan& plan, ProgressSink& progress)
{
    const std::unique_ptr<SynthSession> session = makeSession(plan.options);
    const PoseTrack& track = session->observedTrack();
    std::unique_ptr<SynthSession> small;
    if (recipe.rgbFrames > 0 && !progress.cancelled()) {
        SynthOptions options = plan.options;
        options.width = recipe.drawnWidth;
        options.height = recipe.drawnHeight;
        small = makeSession(options);
    }
    const float scale
        = static_cast<float>(recipe.drawnWidth) / static_cast<float>(std::max(1, plan.options.width));
    const Random random
        = Random(plan.options.seed).fork(0xc119).fork(static_cast<uint64_t>(plan.options.subject));
    std::vector<MadeClip> clips;
    for (const SynthSpan& truth : session->spans()) {
        if (progress.cancelled())
            break;
        if (truth.span.length() < kShortest)
            continue;
        MadeClip clip;
        clip.info.video = plan.subject;
        clip.info.subject = plan.subject;
        clip.info.role = plan.role;
        clip.info.label = truth.classId;
        clip.info.span = jittered(truth.span, recipe.boundaryJitter,
            random.fork(static_cast<uint64_t>(truth.span.first)), session->frameCount());
        clip.info.id = plan.subject + ":" + std::to_string(truth.span.first);
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
    SubjectLine(const SynthClipRecipe& recipe, const std::vector<Plan>& plans, ProgressSink& progress)
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
    const Result<LabelScheme> scheme = loadLabelScheme(recipe.scheme);
    if (!scheme)
        return scheme.error();
    ClipSetInfo info;
    info.scheme = recipe.scheme;
    info.classes.reserve(scheme->classes.size());
    for (const LabelClass& row : scheme->classes)
        info.classes.push_back(row.name);
    info.skeleton = clipSkeleton(poseLayouts().front());
    info.channels = kPointChannels;
    info.rgbFrames = recipe.rgbFrames;
    info.rgbSide = recipe.rgbFrames > 0 ? recipe.rgbSide : 0;
    info.origin = "synthetic subjects of the recipe " + recipe.name + ", seed " + std::to_string(seed);
    info.recipe = Json({{"recipe", Json::parse(recipe.text)}, {"seed", seed}}).dump();
    return info;
}

Status checkRecipe(const SynthClipRecipe& recipe, const std::filesystem::path& file)
{
    struct Limit {
        const char* key;
        double value;
        double least;
        double most;
    };
    const Limit limits[] = {
        {"subjects.train", static_cast<double>(recipe.trainSubjects), 1, 9999},
        {"subjects.validation", static_cast<double>(recipe.validationSubjects), 0, 9999},
        {"subjects.test", static_cast<double>(recipe.testSubjects), 0, 9999},
        {"subjects.first", static_cast<double>(recipe.firstSubject), 1, 1e8},
        {"sessions.minutes", recipe.minutes, 0.05, 600},
        {"sessions.testMinutes", recipe.testMinutes, 0.05, 600},
        {"sessions.gesturesPerMinute", recipe.gesturesPerMinute, 0.5, 60},
        {"sessions.fps", recipe.fps, 1, 240},
        {"difficulty.shift", recipe.shift, 0, 1},
        {"difficulty.boundaryJitter", recipe.boundaryJitter, 0, 0.45},
        {"pictures.frames", static_cast<double>(recipe.rgbFrames), 0, 256},
        {"pictures.side", static_cast<double>(recipe.rgbSide), 8, 1024},
        {"pictures.drawnWidth", static_cast<double>(recipe.drawnWidth), 64, 4096},
        {"pictures.drawnHeight", static_cast<double>(recipe.drawnHeight), 64, 4096},
    };
    for (const Limit& limit : limits)
        if (!(limit.value >= limit.least && limit.value <= limit.most))
            return Error{ErrorCode::BadFormat,
                file.string() + ": \"" + limit.key + "\" is out of range; it goes from "
                    + Json(limit.least).dump() + " to " + Json(limit.most).dump() + "."};
    if (recipe.scheme != "smg" && recipe.scheme != "imigue")
        return Error{
            ErrorCode::BadFormat, file.string() + ": \"sessions.scheme\" wants \"smg\" or \"imigue\"."};
    return {};
}

} // namespace

Result<SynthClipRecipe> readSynthClipRecipe(const std::filesystem::path& file)
{
    SynthClipRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        recipe.text = in.text();
        in.get("subjects", "train", recipe.trainSubjects);
        in.get("subjects", "validation", recipe.validationSubjects);
        in.get("subjects", "test", recipe.testSubjects);
        in.get("subjects", "first", recipe.firstSubject);
        in.get("sessions", "scheme", recipe.scheme);
        in.get("sessions", "fps", recipe.fps);
        in.get("sessions", "minutes", recipe.minutes);
        in.get("sessions", "testMinutes", recipe.testMinutes);
        in.get("sessions", "gesturesPerMinute", recipe.gesturesPerMinute);
        in.get("sessions", "balanced", recipe.balanced);
        in.get("difficulty", "shift", recipe.shift);
        in.get("difficulty", "boundaryJitter", recipe.boundaryJitter);
        in.get("pictures", "frames", recipe.rgbFrames);
        in.get("pictures", "side", recipe.rgbSide);
        in.get("pictures", "drawnWidth", recipe.drawnWidth);
        in.get("pictures", "drawnHeight", recipe.drawnHeight);
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
    const std::vector<Plan> plans = plansOf(recipe, seed);
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
