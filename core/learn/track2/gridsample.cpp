// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/gridsample.h"
#include "nn/inputs/pointinputs.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <torch/nn/functional/upsampling.h>
#include <torch/utils.h>

namespace telltale {

namespace {

using torch::Tensor;
using torch::indexing::Slice;

constexpr int64_t kStillPictures = 32; // that a video's mean is taken from (ours)
constexpr double kStillGain = 2; // differences are smaller than pictures (ours)
constexpr double kGrey = 127.5;

BodyUnit bodyOf(const ClipSkeleton& skeleton)
{
    BodyUnit body;
    body.origin = skeleton.origin;
    body.from = skeleton.unitFrom;
    body.to = skeleton.unitTo;
    return body;
}

/// Frames of the video that the window's frames show, the last one again behind the end.
Tensor framesOf(const UntrimmedVideo& video, const GridWindow& window, int64_t count)
{
    const Tensor places = torch::arange(count, torch::kDouble) * window.speed + window.first;
    return places.floor().to(torch::kLong).clamp(0, std::max<int64_t>(video.frames - 1, 0));
}

/// [frames, points, channels] to [1, frames, points, channels] in body units.
Tensor inBodyUnits(const Tensor& seen, const GridInput& input, const BodyUnit& body)
{
    return normalizePoints(interpolateMissing(seen.unsqueeze(0), input.interpolateBelow), body);
}

/// [1, frames, points, channels] in body units.
Tensor bodyPoints(
    const UntrimmedSet& set, const GridInput& input, const GridWindow& window, const TimeGrid& grid)
{
    const UntrimmedSetInfo& info = set.info();
    const UntrimmedVideo& video = set.videos()[window.video];
    const std::span<const float> values = set.points(window.video);
    const int64_t points = info.skeleton.graph.points;
    if (values.empty())
        return torch::zeros({1, grid.frames(), points, info.channels});
    const Tensor all
        = torch::from_blob(const_cast<float*>(values.data()), {video.frames, points, info.channels});
    return inBodyUnits(
        all.index_select(0, framesOf(video, window, grid.frames())), input, bodyOf(info.skeleton));
}

/// [frames, points, channels] to [channels of the row, rows].
Tensor skeletonRows(const Tensor& points, const GridInput& input, const TimeGrid& grid)
{
    const int64_t axes = points.size(2) - 1;
    const Tensor score = points.index({Slice(), Slice(), Slice(axes)});
    const Tensor place = points.index({Slice(), Slice(), Slice(0, axes)});
    const Tensor present = score.gt(0).to(torch::kFloat);
    Tensor step = torch::zeros_like(place);
    step.narrow(0, 0, step.size(0) - 1)
        .copy_((place.narrow(0, 1, step.size(0) - 1) - place.narrow(0, 0, step.size(0) - 1))
            * present.narrow(0, 1, step.size(0) - 1) * present.narrow(0, 0, step.size(0) - 1));
    const auto pooled = [&](const Tensor& frames) {
        return frames.reshape({grid.rows, grid.step, -1}).mean(1).t();
    };
    std::vector<Tensor> parts;
    for (const std::string& name : input.skeleton) {
        if (name == "position")
            parts.push_back(pooled(place));
        else if (name == "displacement")
            parts.push_back(pooled(step) * grid.step);
        else if (name == "speed")
            parts.push_back(pooled(step.norm(2, 2)) * grid.step);
        else
            parts.push_back(pooled(score));
    }
    return torch::cat(parts, 0);
}

/// Cached rows of `kind` on the grid, by linear interpolation: [size, rows].
Tensor cachedRows(const UntrimmedSet& set, size_t kind, const GridWindow& window, const TimeGrid& grid)
{
    const FeatureKind& what = set.info().features[kind];
    const std::span<const float> values = set.features(window.video, kind);
    const int64_t rows = static_cast<int64_t>(values.size()) / what.size;
    if (rows == 0)
        return torch::zeros({what.size, grid.rows});
    const Tensor all = torch::from_blob(const_cast<float*>(values.data()), {rows, what.size});
    const Tensor middle
        = (torch::arange(grid.rows, torch::kDouble) + 0.5) * (grid.step * window.speed) + window.first;
    const Tensor place = (middle / what.step - 0.5).clamp(0, static_cast<double>(rows - 1));
    const Tensor low = place.floor().to(torch::kLong);
    const Tensor high = (low + 1).clamp_max(rows - 1);
    const Tensor share = (place - low).to(torch::kFloat).unsqueeze(1);
    return (all.index_select(0, low) * (1 - share) + all.index_select(0, high) * share).t();
}

Tensor rowsOf(const UntrimmedSet& set, const GridInput& input, const TimeGrid& grid, const GridWindow& window,
    const Tensor& points)
{
    std::vector<Tensor> parts;
    if (!input.skeleton.empty())
        parts.push_back(skeletonRows(points.squeeze(0), input, grid));
    for (const std::string& name : input.features)
        parts.push_back(cachedRows(set, featureKind(set.info(), name), window, grid));
    return parts.empty() ? Tensor() : torch::cat(parts, 0).contiguous();
}

/// What differs from the mean of the video's pictures `all`: grey where nothing does.
Tensor withoutStill(const Tensor& seen, const Tensor& all)
{
    const int64_t there = all.size(0);
    const Tensor some = torch::linspace(0, static_cast<double>(there - 1), std::min(there, kStillPictures))
                            .to(torch::kLong);
    const Tensor mean = all.index_select(0, some).to(torch::kFloat).mean(0);
    return ((seen.to(torch::kFloat) - mean) * kStillGain + kGrey).clamp(0, 255).round().to(torch::kByte);
}

/// Pictures that the window's frames show, [3, T, side, side].
Tensor picturesOf(const UntrimmedSet& set, bool still, const GridWindow& window, const TimeGrid& grid)
{
    const UntrimmedSetInfo& info = set.info();
    const std::span<const uint8_t> bytes = set.pictures(window.video);
    const int64_t side = info.pictureSide;
    const int64_t count = grid.frames() / info.pictureStep;
    const int64_t there = static_cast<int64_t>(bytes.size()) / (side * side * 3);
    if (there == 0)
        return torch::zeros({3, count, side, side}, torch::kByte);
    const Tensor all
        = torch::from_blob(const_cast<uint8_t*>(bytes.data()), {there, side, side, 3}, torch::kByte);
    const Tensor frames = torch::arange(count, torch::kDouble) * (info.pictureStep * window.speed)
        + static_cast<double>(window.first);
    const Tensor places = (frames / info.pictureStep).floor().to(torch::kLong).clamp(0, there - 1);
    Tensor seen = all.index_select(0, places);
    if (still)
        seen = withoutStill(seen, all);
    return seen.permute({3, 0, 1, 2}).contiguous();
}

/// How all pictures of a window are varied.
struct PictureChange {
    bool mirrored = false;
    double light = 0; ///< added, of 1
    double contrast = 0; ///< times 1 + this
    double crop = 0; ///< share of a side
    double cropX = 0; ///< where in the room there is, 0 to 1
    double cropY = 0;
    double erase = 0; ///< share of a side
    double eraseX = 0;
    double eraseY = 0;
};

Tensor changed(Tensor pictures, const PictureChange& change)
{
    namespace F = torch::nn::functional;
    const int64_t side = pictures.size(3);
    const auto cut = static_cast<int64_t>(change.crop * static_cast<double>(side));
    if (change.mirrored)
        pictures = pictures.flip(3);
    Tensor values = pictures.to(torch::kFloat).transpose(0, 1); // [T, 3, side, side]
    if (cut > 0) {
        const auto x = static_cast<int64_t>(change.cropX * static_cast<double>(cut));
        const auto y = static_cast<int64_t>(change.cropY * static_cast<double>(cut));
        values = F::interpolate(values.narrow(2, y, side - cut).narrow(3, x, side - cut),
            F::InterpolateFuncOptions()
                .size(std::vector<int64_t>{side, side})
                .mode(torch::kBilinear)
                .align_corners(false));
    }
    if (change.light != 0 || change.contrast != 0)
        values = (values - kGrey) * (1 + change.contrast) + (kGrey + 255 * change.light);
    if (const auto size = static_cast<int64_t>(change.erase * static_cast<double>(side)); size > 0) {
        const auto x = static_cast<int64_t>(change.eraseX * static_cast<double>(side - size));
        const auto y = static_cast<int64_t>(change.eraseY * static_cast<double>(side - size));
        values.narrow(2, y, size).narrow(3, x, size).fill_(kGrey);
    }
    return values.clamp(0, 255).round().to(torch::kByte).transpose(0, 1).contiguous();
}

void clearBehindEnd(GridSample& sample, const TimeGrid& grid)
{
    if (sample.rows < grid.rows && sample.features.defined())
        sample.features.narrow(1, sample.rows, grid.rows - sample.rows).zero_();
}

GridSample sampleOf(const UntrimmedSet& set, const GridInput& input, const TimeGrid& grid,
    const GridWindow& window, const Tensor& points)
{
    const UntrimmedVideo& video = set.videos()[window.video];
    GridSample sample{rowsOf(set, input, grid, window, points),
        input.pictures ? picturesOf(set, input.still, window, grid) : Tensor(), rowsIn(video, window, grid),
        truthIn(video, window, grid), countedRows(video, window, grid)};
    clearBehindEnd(sample, grid);
    return sample;
}

} // namespace

GridSample gridSample(
    const UntrimmedSet& set, const GridInput& input, const TimeGrid& grid, const GridWindow& window)
{
    const torch::NoGradGuard guard;
    const Tensor points = input.skeleton.empty() ? Tensor() : bodyPoints(set, input, window, grid);
    return sampleOf(set, input, grid, window, points);
}

GridSample gridSample(const Tensor& frames, const ClipSkeleton& skeleton, const GridInput& input,
    const TimeGrid& grid, int64_t rows)
{
    const torch::NoGradGuard guard;
    GridSample sample;
    sample.rows = rows;
    sample.features
        = skeletonRows(inBodyUnits(frames, input, bodyOf(skeleton)).squeeze(0), input, grid).contiguous();
    clearBehindEnd(sample, grid);
    return sample;
}

GridAugmenter::GridAugmenter(std::shared_ptr<const UntrimmedSet> set, const GridInput& input,
    const TimeGrid& grid, const std::vector<size_t>& videos)
    : m_set(std::move(set))
    , m_input(input)
    , m_grid(grid)
    , m_instances(static_cast<size_t>(m_set->classCount()))
{
    for (const size_t video : videos)
        for (const TruthSpan& truth : m_set->videos()[video].truth)
            m_instances[static_cast<size_t>(truth.label)].push_back({video, truth});
}

namespace {

/// Up to `range` to either side. Every number is drawn whether it is used or not, so that one chance does not
/// shift the others.
double ranged(double range, const AugmentationStrength& strength, Random& random)
{
    const double value = random.uniform(-1, 1) * range * strength.strength;
    return random.chance(strength.chance) ? value : 0;
}

} // namespace

double GridAugmenter::speed(const AugmentationStrength& strength, Random& random) const
{
    return std::exp(telltale::ranged(std::log1p(m_input.speed), strength, random));
}

GridSample GridAugmenter::varied(
    const GridWindow& window, const AugmentationStrength& strength, Random& random) const
{
    const auto ranged = [&](double range) { return telltale::ranged(range, strength, random); };
    PointAugmentation how;
    const auto upTo = [&](double range) { return std::abs(ranged(range)); };
    how.rotation = upTo(m_input.rotation);
    how.scale = upTo(m_input.scale);
    how.shift = upTo(m_input.shift);
    how.noise = upTo(m_input.noise);
    how.drop = upTo(m_input.drop);
    how.flip = random.chance(m_input.flip) ? 1 : 0;
    PictureChange change;
    change.mirrored = how.flip > 0;
    change.light = ranged(m_input.brightness);
    change.contrast = ranged(m_input.brightness);
    change.crop = upTo(m_input.crop);
    change.erase = upTo(m_input.erase);
    for (double* place : {&change.cropX, &change.cropY, &change.eraseX, &change.eraseY})
        *place = random.uniform();
    const double startShift = ranged(m_input.boundary / m_grid.step);
    const double endShift = ranged(m_input.boundary / m_grid.step);
    const std::array<uint64_t, 1> seeds{random.next()};
    Tensor points;
    if (!m_input.skeleton.empty())
        points = augmentPoints(
            bodyPoints(*m_set, m_input, window, m_grid), how, m_set->info().skeleton.flipPairs, seeds);
    GridSample sample = sampleOf(*m_set, m_input, m_grid, window, points);
    if (sample.pictures.defined())
        sample.pictures = changed(sample.pictures, change);
    for (GridTruth& truth : sample.truth)
        if (truth.end + endShift > truth.start + startShift) {
            truth.start += startShift;
            truth.end += endShift;
        }
    return sample;
}

size_t GridAugmenter::drawnClass(const ClassIntensities& intensities, Random& random) const
{
    // A class by its intensity: the rare and hard ones come oftener. The control treats all gestures alike.
    std::vector<double> weights = intensities.intensity();
    double sum = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
        weights[i] *= m_instances[i].empty() ? 0
            : intensities.options().adaptive ? 1
                                             : static_cast<double>(m_instances[i].size());
        sum += weights[i];
    }
    double at = random.uniform() * sum;
    for (size_t label = 0; label < weights.size(); ++label)
        if (weights[label] > 0 && (at -= weights[label]) <= 0)
            return label;
    return weights.size();
}

void GridAugmenter::paste(GridSample& into, const ClassIntensities& intensities, Random random) const
{
    const size_t label = drawnClass(intensities, random);
    if (label >= m_instances.size())
        return;
    const auto& choices = m_instances[label];
    const Instance& instance
        = choices[static_cast<size_t>(random.below(static_cast<int64_t>(choices.size())))];
    // Varied as its own class asks, not as the window does: the same three gestures would be learned by
    // heart.
    const AugmentationStrength strength = intensities.strengthFor({static_cast<int>(label)});
    GridWindow window;
    window.video = instance.video;
    window.speed = speed(strength, random);
    const double step = m_grid.step * window.speed;
    const double rows = static_cast<double>(instance.truth.span.length()) / step;
    const auto length = static_cast<int64_t>(std::ceil(rows)) + 2;
    if (length >= into.rows)
        return;
    const int64_t row = random.below(into.rows - length + 1);
    const auto touches = [&](const GridTruth& truth) {
        return truth.start < static_cast<double>(row + length) && truth.end > static_cast<double>(row - 1);
    };
    if (std::any_of(into.truth.begin(), into.truth.end(), touches))
        return;
    // A row before it comes along.
    window.first = instance.truth.span.first - std::llround(static_cast<double>(row + 1) * step);
    window.seed = random.next();
    const GridSample from = varied(window, strength, random);
    if (into.features.defined())
        into.features.narrow(1, row, length).copy_(from.features.narrow(1, row, length));
    if (into.pictures.defined()) {
        const int64_t first = row * into.pictures.size(1) / m_grid.rows;
        const int64_t count = (row + length) * into.pictures.size(1) / m_grid.rows - first;
        into.pictures.narrow(1, first, count).copy_(from.pictures.narrow(1, first, count));
    }
    if (!into.counted.empty())
        std::fill_n(into.counted.begin() + row, length, char{1});
    const double start
        = m_grid.toRow(static_cast<double>(instance.truth.span.first - window.first) / window.speed, 0);
    into.truth.push_back({start, start + rows, static_cast<int>(label)});
}

GridSample GridAugmenter::sample(const GridWindow& window, const ClassIntensities& intensities) const
{
    const torch::NoGradGuard guard;
    Random random(window.seed);
    std::vector<int> labels;
    for (const GridTruth& truth : truthIn(m_set->videos()[window.video], window, m_grid))
        labels.push_back(truth.label);
    const AugmentationStrength strength = intensities.strengthFor(labels);
    GridWindow seen = window;
    seen.speed = speed(strength, random);
    GridSample sample = varied(seen, strength, random);
    for (int i = 0; i < m_input.pastes; ++i) {
        const bool wanted = random.chance(m_input.paste);
        Random draw = random.fork(static_cast<uint64_t>(i) + 1);
        if (wanted)
            paste(sample, intensities, draw);
    }
    return sample;
}

} // namespace telltale
