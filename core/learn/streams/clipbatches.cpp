// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/streams/clipbatches.h"
#include "base/random.h"
#include "nn/inputs/heatmapinput.h"
#include "nn/inputs/pointinputs.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <torch/nn/functional/upsampling.h>
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

/// What a batch is made for: the clips' own seeds while training, or one of the views that scoring averages.
struct Look {
    bool augment = false;
    bool mirrored = false;
    std::vector<uint64_t> seeds; ///< by clip, empty unless augment
};

/// Streams of one key of a clip's seed, so that no two decisions draw from the same numbers.
enum class Draw : uint64_t { Time = 1, Points, Map, Crop };

std::vector<uint64_t> seedsFor(const Look& look, Draw draw)
{
    std::vector<uint64_t> seeds(look.seeds.size());
    std::transform(look.seeds.begin(), look.seeds.end(), seeds.begin(),
        [draw](uint64_t seed) { return Random(seed).fork(static_cast<uint64_t>(draw)).next(); });
    return seeds;
}

class ClipBatches : public BatchSource {
public:
    ClipBatches(std::shared_ptr<const ClipSet> set, const StreamInput& input, std::vector<StreamClip> clips)
        : m_set(std::move(set))
        , m_input(input)
        , m_clips(std::move(clips))
    {
    }

    int64_t size() const override { return static_cast<int64_t>(m_clips.size()); }
    int label(int64_t sample) const override { return m_clips[static_cast<size_t>(sample)].label; }
    double weight(int64_t sample) const override { return m_clips[static_cast<size_t>(sample)].weight; }
    int views() const override { return m_input.flipView ? 2 : 1; }

    Tensor inputs(std::span<const int64_t> samples, bool augment, uint64_t seed) const override
    {
        Look look;
        look.augment = augment;
        if (augment)
            for (const int64_t sample : samples)
                look.seeds.push_back(Random(seed).fork(static_cast<uint64_t>(sample)).next());
        return make(samples, look);
    }
    Tensor view(std::span<const int64_t> samples, int view) const override
    {
        Look look;
        look.mirrored = view == 1;
        return make(samples, look);
    }

protected:
    virtual Tensor make(std::span<const int64_t> samples, const Look& look) const = 0;

    size_t clipOf(int64_t sample) const { return m_clips[static_cast<size_t>(sample)].clip; }
    const ClipSet& set() const { return *m_set; }
    const StreamInput& input() const { return m_input; }

    /// Frames of clip `index` of the batch, which has `rows`.
    std::vector<int64_t> framesOf(int64_t rows, size_t index, const Look& look) const
    {
        if (!look.augment)
            return partPositions(rows, m_input.frames, 0, 1, {});
        Random random = Random(look.seeds[index]).fork(static_cast<uint64_t>(Draw::Time));
        const double length = random.uniform(m_input.least, 1);
        const double from = random.uniform(0, 1 - length);
        std::vector<double> within(static_cast<size_t>(m_input.frames));
        std::generate(within.begin(), within.end(), [&] { return random.uniform(); });
        return partPositions(rows, m_input.frames, from, length, within);
    }

private:
    std::shared_ptr<const ClipSet> m_set;
    StreamInput m_input;
    std::vector<StreamClip> m_clips;
};

/// Batches that are made of points.
class PointBatches : public ClipBatches {
public:
    using ClipBatches::ClipBatches;

protected:
    /// [N, frames, points, channels]: missing points filled in over the whole clip, then frames taken.
    Tensor gathered(std::span<const int64_t> samples, const Look& look) const
    {
        std::vector<Tensor> clips;
        clips.reserve(samples.size());
        const ClipSetInfo& info = set().info();
        for (size_t i = 0; i < samples.size(); ++i) {
            const size_t clip = clipOf(samples[i]);
            const auto points = set().points(clip);
            const int64_t rows = set().rows(clip);
            const Tensor all = torch::empty({1, rows, info.skeleton.graph.points, info.channels});
            std::memcpy(all.data_ptr<float>(), points.data(), points.size_bytes());
            std::vector<int64_t> frames = framesOf(rows, i, look);
            const Tensor index = torch::tensor(frames);
            clips.push_back(interpolateMissing(all, input().interpolateBelow).index_select(1, index));
        }
        return torch::cat(clips);
    }
};

class SkeletonBatches : public PointBatches {
public:
    using PointBatches::PointBatches;

protected:
    Tensor make(std::span<const int64_t> samples, const Look& look) const override
    {
        const ClipSkeleton& skeleton = set().info().skeleton;
        Tensor points
            = normalizePoints(gathered(samples, look), {skeleton.origin, skeleton.unitFrom, skeleton.unitTo});
        if (look.augment) {
            const StreamInput& how = input();
            points = augmentPoints(points,
                {how.flip, how.rotation, how.turn, how.scale, how.shift, how.noise, how.drop},
                skeleton.flipPairs, seedsFor(look, Draw::Points));
        } else if (look.mirrored) {
            PointAugmentation mirror;
            mirror.flip = 1;
            points
                = augmentPoints(points, mirror, skeleton.flipPairs, std::vector<uint64_t>(samples.size(), 0));
        }
        return featuresOf(points).unsqueeze(1);
    }

private:
    Tensor featuresOf(const Tensor& joints) const
    {
        const auto& links = set().info().skeleton.graph.inward;
        const std::map<std::string, std::function<Tensor()>> makers{
            {"joint", [&] { return joints; }},
            {"bone", [&] { return boneStream(joints, links); }},
            {"joint-motion", [&] { return motionStream(joints); }},
            {"bone-motion", [&] { return motionStream(boneStream(joints, links)); }},
        };
        std::vector<Tensor> parts;
        parts.reserve(input().features.size());
        for (const std::string& feature : input().features)
            parts.push_back(makers.at(feature)());
        return torch::cat(parts, -1).contiguous();
    }
};

class HeatmapBatches : public PointBatches {
public:
    using PointBatches::PointBatches;

    Tensor onDevice(const Tensor& inputs) const override
    {
        HeatmapVolumeOptions options;
        options.height = input().side;
        options.width = input().side;
        options.sigma = input().sigma;
        if (input().limbs)
            for (const auto& [child, parent] : set().info().skeleton.graph.inward)
                options.limbs.emplace_back(child, parent);
        return heatmapVolumes(inputs, options);
    }

protected:
    Tensor make(std::span<const int64_t> samples, const Look& look) const override
    {
        const int64_t channels = set().info().channels;
        const Tensor points = gathered(samples, look);
        const Tensor flat
            = torch::cat({points.narrow(-1, 0, 2), points.narrow(-1, channels - 1, 1)}, -1).unsqueeze(1);
        MapOptions map;
        map.height = input().side;
        map.width = input().side;
        map.padding = input().padding;
        const Tensor placed = pointsToMap(flat, map);
        if (look.augment)
            return augmentOnMap(
                placed, map, augmentation(input().flip, input().leastArea, true), seedsFor(look, Draw::Map));
        if (look.mirrored)
            return augmentOnMap(
                placed, map, augmentation(1, 1, false), std::vector<uint64_t>(samples.size(), 0));
        return placed;
    }

private:
    MapAugmentation augmentation(double flip, double leastArea, bool crops) const
    {
        MapAugmentation how;
        how.flip = flip;
        how.leastArea = leastArea;
        if (!crops)
            how.leastAspect = how.mostAspect = 1;
        how.mirror.resize(static_cast<size_t>(set().info().skeleton.graph.points));
        for (size_t i = 0; i < how.mirror.size(); ++i)
            how.mirror[i] = static_cast<int64_t>(i);
        for (const auto& [left, right] : set().info().skeleton.flipPairs)
            std::swap(how.mirror[static_cast<size_t>(left)], how.mirror[static_cast<size_t>(right)]);
        return how;
    }
};

class PictureBatches : public ClipBatches {
public:
    using ClipBatches::ClipBatches;

protected:
    Tensor make(std::span<const int64_t> samples, const Look& look) const override
    {
        std::vector<Tensor> clips;
        clips.reserve(samples.size());
        for (size_t i = 0; i < samples.size(); ++i)
            clips.push_back(clip(clipOf(samples[i]), i, look));
        return torch::stack(clips);
    }

private:
    /// [3, frames, side, side]
    Tensor clip(size_t clip, size_t index, const Look& look) const
    {
        const ClipSetInfo& info = set().info();
        const auto bytes = set().rgb(clip);
        const Tensor all = torch::empty({info.rgbFrames, info.rgbSide, info.rgbSide, 3}, torch::kUInt8);
        std::memcpy(all.data_ptr<uint8_t>(), bytes.data(), bytes.size());
        const std::vector<int64_t> frames = framesOf(info.rgbFrames, index, look);
        Tensor pictures
            = all.index_select(0, torch::tensor(frames)).permute({0, 3, 1, 2}).to(torch::kFloat).div(255);
        bool mirrored = look.mirrored;
        if (look.augment) {
            Random random = Random(look.seeds[index]).fork(static_cast<uint64_t>(Draw::Crop));
            pictures = changed(cropped(pictures, random), random);
            mirrored = random.chance(input().flip);
        }
        if (pictures.size(2) != input().side || pictures.size(3) != input().side)
            pictures = resized(pictures);
        if (mirrored)
            pictures = pictures.flip({3});
        return pictures.permute({1, 0, 2, 3}).contiguous();
    }

    Tensor resized(const Tensor& pictures) const
    {
        namespace F = torch::nn::functional;
        return F::interpolate(pictures,
            F::InterpolateFuncOptions()
                .size(std::vector<int64_t>{input().side, input().side})
                .mode(torch::kBilinear)
                .align_corners(false));
    }

    Tensor cropped(const Tensor& pictures, Random& random) const
    {
        const auto side = static_cast<double>(pictures.size(2));
        const double area = random.uniform(input().leastArea, 1);
        const double aspect = std::exp(random.uniform(-std::log(4.0 / 3), std::log(4.0 / 3)));
        const auto cut = [side](double share) {
            return static_cast<int64_t>(std::clamp(std::round(share * side), 1.0, side));
        };
        const int64_t width = cut(std::sqrt(area * aspect));
        const int64_t height = cut(std::sqrt(area / aspect));
        const int64_t left = random.below(pictures.size(3) - width + 1);
        const int64_t top = random.below(pictures.size(2) - height + 1);
        return pictures.narrow(2, top, height).narrow(3, left, width);
    }

    Tensor changed(const Tensor& pictures, Random& random) const
    {
        const double most = input().brightness;
        const double contrast = 1 + random.uniform(-most, most);
        const double brightness = random.uniform(-most, most) / 2;
        return ((pictures - 0.5) * contrast + (0.5 + brightness)).clamp(0, 1);
    }
};

} // namespace

std::vector<int64_t> partPositions(
    int64_t rows, int count, double from, double length, const std::vector<double>& random)
{
    std::vector<int64_t> positions(static_cast<size_t>(count));
    for (size_t i = 0; i < positions.size(); ++i) {
        const double within = random.empty() ? 0.5 : random[i];
        const double at = from + length * (static_cast<double>(i) + within) / count;
        positions[i] = std::clamp(
            static_cast<int64_t>(std::floor(at * static_cast<double>(rows))), int64_t{0}, rows - 1);
    }
    return positions;
}

Result<std::shared_ptr<const BatchSource>> makeClipBatches(
    std::shared_ptr<const ClipSet> set, const StreamInput& input, std::vector<StreamClip> clips)
{
    if (Status status = checkStreamInput(input); !status)
        return status.error();
    for (const StreamClip& clip : clips)
        if (clip.clip >= set->clips().size() || !hasInput(*set, clip.clip, input))
            return Error{ErrorCode::InvalidArgument,
                "Clip \"" + (clip.clip < set->clips().size() ? set->clips()[clip.clip].id : std::string("?"))
                    + "\" has nothing for a " + input.kind + " stream."};
    if (input.kind == "skeleton")
        return std::shared_ptr<const BatchSource>(
            std::make_shared<SkeletonBatches>(std::move(set), input, std::move(clips)));
    if (input.kind == "heatmap")
        return std::shared_ptr<const BatchSource>(
            std::make_shared<HeatmapBatches>(std::move(set), input, std::move(clips)));
    return std::shared_ptr<const BatchSource>(
        std::make_shared<PictureBatches>(std::move(set), input, std::move(clips)));
}

} // namespace telltale
