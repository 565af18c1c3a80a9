// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/untrimmedsets/synthuntrimmed.h"
#include "base/files.h"
#include "base/slices.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/clipsets/clippictures.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/recipefile.h"
#include <algorithm>
#include <cmath>
#include <thread>

namespace telltale {
namespace {

constexpr int64_t kChunk = 128; ///< frames that are in memory at a time
constexpr int64_t kShortest = 4; ///< frames of a span
constexpr double kLookedAt = 10; ///< minutes from which the place of the person is told. Ours.
constexpr float kPadding = 0.05f; ///< around the person, share of the side. Ours.

std::vector<float> numbersOf(const PoseTrack& track)
{
    std::vector<float> values;
    values.reserve(track.points.size() * kSynthChannels);
    for (const PosePoint& point : track.points.view())
        values.insert(values.end(), {point.x, point.y, point.score});
    return values;
}

/// The square around the person all through the video, by a look at every second of its first minutes.
CropBox personBox(const SynthOptions& options, ProgressSink& progress)
{
    const std::unique_ptr<SynthStream> stream = streamSession(options);
    NdArray points({1, kPointCount, kSynthChannels});
    points.values.clear();
    const auto second = std::max<int64_t>(1, std::llround(options.fps));
    const auto enough = static_cast<int64_t>(kLookedAt * 60) * second;
    for (PoseTrack track = stream->next(second);
         track.rows() > 0 && track.frames.front() < enough && !progress.cancelled();
         track = stream->next(second))
        for (int i = 0; i < kPointCount; ++i) {
            const PosePoint& point = track.at(0, 0)[i];
            points.values.insert(points.values.end(), {point.x, point.y, point.score});
        }
    points.shape[0] = static_cast<int64_t>(points.values.size()) / (kPointCount * kSynthChannels);
    return poseBox(points, kPadding);
}

std::vector<TruthSpan> truthOf(
    const SynthStream& stream, const SynthPerson& person, const SynthUntrimmedRecipe& recipe)
{
    std::vector<TruthSpan> truth;
    truth.reserve(stream.spans().size());
    for (const SynthSpan& span : stream.spans()) {
        TruthSpan one;
        one.span
            = annotatedSpan(span.span, recipe.boundaryJitter, person.options, stream.frameCount(), kShortest);
        one.label = span.classId;
        // An annotator ends one gesture before the next begins.
        if (!truth.empty() && truth.back().span.last > one.span.first)
            truth.back().span.last = one.span.first = (truth.back().span.last + one.span.first) / 2;
        truth.push_back(one);
    }
    return truth;
}

/// Draws a person's pictures.
class Painter {
public:
    Painter(const SynthUntrimmedRecipe& recipe, const SynthPerson& person, ProgressSink& progress)
        : m_recipe(recipe)
        , m_progress(progress)
    {
        float scale = 1;
        const SynthOptions options = drawnOptions(recipe, person.options, scale);
        m_stream = streamSession(options);
        m_box = personBox(person.options, progress);
        for (float* side : {&m_box.x, &m_box.y, &m_box.width, &m_box.height})
            *side *= scale;
    }

    /// Those of frames [first, last) that are a multiple of the step.
    std::vector<uint8_t> draw(int64_t first, int64_t last) const
    {
        const int64_t step = m_recipe.pictureStep;
        const int64_t from = (first + step - 1) / step;
        const int64_t count = std::max<int64_t>(0, (last + step - 1) / step - from);
        const auto side = static_cast<size_t>(m_recipe.pictureSide);
        const size_t bytes = 3 * side * side;
        std::vector<uint8_t> all(static_cast<size_t>(count) * bytes);
        const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        inSlices(count, threads, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end && !m_progress.cancelled(); ++i)
                std::ranges::copy(drawn((from + i) * step),
                    all.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(i) * bytes));
        });
        return all;
    }

private:
    std::vector<uint8_t> drawn(int64_t frame) const
    {
        const auto pixels
            = static_cast<size_t>(m_recipe.drawnWidth) * static_cast<size_t>(m_recipe.drawnHeight);
        ClipPictures one;
        one.pictures.push_back({m_recipe.drawnWidth, m_recipe.drawnHeight, std::vector<uint8_t>(4 * pixels)});
        m_stream->draw(frame, one.pictures.front().bgra.data());
        return clipBytes(one, m_box, m_recipe.pictureSide);
    }

    const SynthUntrimmedRecipe& m_recipe;
    ProgressSink& m_progress;
    std::unique_ptr<SynthStream> m_stream;
    CropBox m_box;
};

Result<UntrimmedSetInfo> infoOf(const SynthUntrimmedRecipe& recipe, uint64_t seed)
{
    const Result<std::vector<std::string>> classes = synthClasses(recipe.scheme);
    if (!classes)
        return classes.error();
    UntrimmedSetInfo info;
    info.scheme = recipe.scheme;
    info.classes = *classes;
    info.skeleton = clipSkeleton(poseLayouts().front());
    info.channels = kSynthChannels;
    info.pictureSide = recipe.pictureSide;
    info.pictureStep = recipe.pictureStep;
    info.origin = synthOrigin(recipe.name, seed);
    info.recipe = synthRecipe(recipe.text, seed);
    return info;
}

/// Writes one person after the other.
class Production {
public:
    Production(const SynthUntrimmedRecipe& recipe, UntrimmedSetWriter& writer, ProgressSink& progress)
        : m_recipe(recipe)
        , m_writer(writer)
        , m_progress(progress)
    {
    }

    Result<UntrimmedCounts> run(const std::vector<SynthPerson>& people)
    {
        for (const SynthPerson& person : people)
            m_total += std::max<int64_t>(1, std::llround(person.options.minutes * 60 * person.options.fps));
        for (const SynthPerson& person : people)
            if (Status status = add(person); !status)
                return status.error();
        if (Status status = m_writer.finish(m_progress); !status)
            return status.error();
        return m_counts;
    }

private:
    Status add(const SynthPerson& person)
    {
        const std::unique_ptr<SynthStream> stream = streamSession(person.options);
        UntrimmedVideo video;
        video.id = person.name;
        video.subject = person.name;
        video.role = person.role;
        video.frames = stream->frameCount();
        video.rate = person.options.fps;
        video.truth = truthOf(*stream, person, m_recipe);
        m_counts.spans += static_cast<int64_t>(video.truth.size());
        if (Status status = m_writer.begin(std::move(video)); !status)
            return status;
        std::unique_ptr<Painter> painter;
        if (m_recipe.pictureSide > 0)
            painter = std::make_unique<Painter>(m_recipe, person, m_progress);
        for (PoseTrack track = stream->next(kChunk); track.rows() > 0; track = stream->next(kChunk))
            if (Status status = add(track, painter.get()); !status)
                return status;
        ++m_counts.videos;
        return m_writer.end();
    }

    Status add(const PoseTrack& track, const Painter* painter)
    {
        if (Status status = m_writer.addPoints(numbersOf(track)); !status)
            return status;
        std::vector<uint8_t> pictures;
        if (painter)
            pictures = painter->draw(track.frames.front(), track.frames.back() + 1);
        if (m_progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        m_counts.frames += track.rows();
        m_progress.report(m_counts.frames, m_total, "frames of synthetic subjects");
        return m_writer.addPictures(pictures);
    }

    const SynthUntrimmedRecipe& m_recipe;
    UntrimmedSetWriter& m_writer;
    ProgressSink& m_progress;
    UntrimmedCounts m_counts;
    int64_t m_total = 0;
};

} // namespace

std::filesystem::path synthUntrimmedRecipeFile()
{
    return dataFolder() / "models" / "recipes" / "synthetic_smg_untrimmed.json";
}

Result<SynthUntrimmedRecipe> readSynthUntrimmedRecipe(const std::filesystem::path& file)
{
    SynthUntrimmedRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        recipe.text = in.text();
        readPeople(in, recipe);
        in.get("pictures", "side", recipe.pictureSide);
        in.get("pictures", "step", recipe.pictureStep);
    });
    if (!status)
        return status.error();
    if (Status fits = checkPeople(file, recipe); !fits)
        return fits.error();
    const RecipeLimit limits[] = {{"pictures.side", static_cast<double>(recipe.pictureSide), 0, 1024},
        {"pictures.step", static_cast<double>(recipe.pictureStep), 1, 1000}};
    if (Status fits = checkLimits(file, limits); !fits)
        return fits.error();
    return recipe;
}

Result<UntrimmedCounts> writeSynthUntrimmed(const std::filesystem::path& file,
    const SynthUntrimmedRecipe& recipe, uint64_t seed, ProgressSink& progress)
{
    const std::vector<SynthPerson> people = listPeople(recipe, seed);
    if (people.empty())
        return Error{
            ErrorCode::InvalidArgument, "A set of no people was asked for; give it at least one subject."};
    const Result<UntrimmedSetInfo> info = infoOf(recipe, seed);
    if (!info)
        return info.error();
    auto writer = UntrimmedSetWriter::create(file, *info);
    if (!writer)
        return writer.error();
    return Production(recipe, **writer, progress).run(people);
}

} // namespace telltale
