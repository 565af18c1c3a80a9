// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/motionpath.h"
#include "base/files.h"
#include "pipeline/sequence.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr float kLeastRange = 4; ///< grey levels: less is noise of the sensor, not motion
constexpr size_t kSmoothing = 2; ///< rows on each side
constexpr double kMovingShare = 0.05; ///< of the pixels: a hand is small

/// Mean difference of the pixels that changed most.
float differenceOf(const std::vector<uint8_t>& a, const std::vector<uint8_t>& b)
{
    std::vector<uint8_t> difference(a.size());
    for (size_t i = 0; i < a.size(); ++i)
        difference[i] = static_cast<uint8_t>(std::abs(static_cast<int>(a[i]) - static_cast<int>(b[i])));
    const size_t count
        = std::max<size_t>(1, static_cast<size_t>(kMovingShare * static_cast<double>(a.size())));
    std::nth_element(difference.begin(), difference.begin() + static_cast<std::ptrdiff_t>(count - 1),
        difference.end(), std::greater<>());
    float sum = 0;
    for (size_t i = 0; i < count; ++i)
        sum += static_cast<float>(difference[i]);
    return sum / static_cast<float>(count);
}

float quantile(std::vector<float> values, double share)
{
    const auto at = values.begin()
        + static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

std::vector<uint8_t> grayOf(const Picture& picture)
{
    std::vector<uint8_t> gray(static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height));
    for (size_t i = 0; i < gray.size(); ++i)
        gray[i] = static_cast<uint8_t>(
            (picture.bgra[i * 4] + 2 * picture.bgra[i * 4 + 1] + picture.bgra[i * 4 + 2]) / 4);
    return gray;
}

std::vector<float> motionCurve(std::vector<float> energy, double background, double strong)
{
    if (energy.empty())
        return energy;
    std::vector<float> calm = energy;
    for (size_t r = 1; r + 1 < energy.size(); ++r)
        calm[r] = std::max(std::min(energy[r - 1], energy[r]),
            std::min(
                std::max(energy[r - 1], energy[r]), energy[r + 1])); // median of three: a cut is one row long
    for (size_t r = 0; r < energy.size(); ++r) {
        const size_t first = r > kSmoothing ? r - kSmoothing : 0;
        const size_t last = std::min(energy.size(), r + kSmoothing + 1);
        float sum = 0;
        for (size_t i = first; i < last; ++i)
            sum += calm[i];
        energy[r] = sum / static_cast<float>(last - first);
    }
    const float low = quantile(energy, background);
    const float range = std::max(kLeastRange, quantile(energy, strong) - low);
    for (float& value : energy)
        value = std::clamp((value - low) / range, 0.0f, 1.0f);
    return energy;
}

namespace {

/// To be raised with every change of how the energy is made.
constexpr const char* kExtractor = "motion rows 1";
constexpr const char* kEnergy = "energy";

CacheKey keyOf(const std::string& video, const VideoInfo& info, int side, int64_t rows)
{
    return {video, kExtractor,
        "stream=" + std::to_string(info.streamIndex) + ";side=" + std::to_string(side)
            + ";rate=" + std::to_string(kSequenceRate) + ";rows=" + std::to_string(rows),
        {}};
}

/// Energy in grey levels, one value a row; `damaged` counts pictures that could not be decoded.
Result<std::vector<float>> energyRows(FrameSource& source, int side, ProgressSink& progress, int64_t& damaged)
{
    const FrameTimes& times = source.times();
    const int64_t rows = sequenceRows(times);
    std::vector<float> energy(static_cast<size_t>(rows));
    const auto& info = source.info();
    const double factor = static_cast<double>(side) / std::max({1, info.width, info.height});
    const int width = std::max(2, static_cast<int>(std::lround(info.width * factor)));
    const int height = std::max(2, static_cast<int>(std::lround(info.height * factor)));
    std::vector<uint8_t> before;
    int64_t lastFrame = -1;
    for (int64_t row = 0; row < rows; ++row) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(row, rows, "motion");
        const auto middle = (rowStart(times, row) + rowStart(times, row + 1)) / 2;
        const int64_t frame = times.frameAt(middle);
        if (frame == lastFrame)
            continue;
        lastFrame = frame;
        const Result<VideoFrame> read = source.read(frame);
        if (!read && read.error().code != ErrorCode::BadFormat)
            return read.error();
        if (!read) {
            ++damaged;
            continue;
        }
        std::vector<uint8_t> gray = grayOf(scaled(read->picture, width, height));
        if (!before.empty())
            energy[static_cast<size_t>(row)] = differenceOf(before, gray);
        before = std::move(gray);
    }
    return energy;
}

} // namespace

Result<std::vector<float>> motionRows(
    FrameSource& source, const AnalyzeRecipe& recipe, ProgressSink& progress, FeatureCache* cache)
{
    const int64_t rows = sequenceRows(source.times());
    const auto finished = [&](std::vector<float> energy) {
        progress.report(rows, rows, "motion");
        return motionCurve(std::move(energy), recipe.motionBackground, recipe.motionStrong);
    };
    const Result<std::string> video
        = cache ? fileFingerprint(source.info().file) : Result<std::string>(std::string());
    const bool keeps = video.ok() && !video->empty();
    const CacheKey key = keyOf(keeps ? *video : std::string(), source.info(), recipe.motionPictureSide, rows);
    if (keeps)
        if (const auto entry = cache->get(key))
            if (const auto energy = entry->floats(kEnergy); energy && std::ssize(*energy) == rows)
                return finished({energy->begin(), energy->end()});
    int64_t damaged = 0;
    Result<std::vector<float>> energy = energyRows(source, recipe.motionPictureSide, progress, damaged);
    if (!energy)
        return energy.error();
    if (keeps && damaged == 0) { // a disk that failed once may be well the next time
        const CacheArray array = floatArray(kEnergy, *energy);
        (void)cache->put(key, {&array, 1}); // a note says why not
    }
    return finished(std::move(*energy));
}

} // namespace telltale
