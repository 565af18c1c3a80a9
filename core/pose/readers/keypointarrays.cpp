// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/keypointarrays.h"
#include "base/npy.h"
#include "pose/layout.h"
#include "pose/readers/readers.h"
#include "pose/readers/zipfile.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

constexpr int64_t kMostPersons = 100;
constexpr int64_t kMostPoints = 10'000;

constexpr std::string_view kShapes
    = "; read are [frames, points, 2 or 3], [frames, persons, points, 2 or 3] and [persons, frames, points, "
      "2 or 3]";

/// What a number of points means where nothing says more.
constexpr std::array<std::pair<int64_t, std::string_view>, 13> kLayoutsByCount
    = {{{14, "mobile14"}, {17, "coco17"}, {18, "openpose18"}, {22, "imigue22"}, {25, "openpose25"},
        {26, "halpe26"}, {33, "mediapipe33"}, {67, "openpose25b_hands"}, {68, "telltale68"},
        {75, "mediapipe75"}, {133, "coco_wholebody133"}, {136, "halpe136"}, {137, "openpose137"}}};

std::string shapeText(const std::vector<int64_t>& shape)
{
    std::string text;
    for (const int64_t size : shape)
        text += (text.empty() ? "[" : ", ") + std::to_string(size);
    return text + "]";
}

/// How many of what, and how far the next one lies, in points.
struct Grid {
    int64_t frames = 0;
    int64_t persons = 1;
    int64_t points = 0;
    int64_t numbers = 0;
    int64_t frameStep = 0;
    int64_t personStep = 0;
};

Result<Grid> gridOf(const KeypointArrays& arrays, const std::string& name)
{
    const std::vector<int64_t>& shape = arrays.points.shape;
    const Error wrong{ErrorCode::BadFormat,
        name + ": its points have the shape " + shapeText(shape) + std::string(kShapes)};
    if ((shape.size() != 3 && shape.size() != 4) || std::ranges::find(shape, 0) != shape.end())
        return wrong;
    Grid grid;
    grid.numbers = shape.back();
    grid.points = shape[shape.size() - 2];
    grid.frames = shape[0];
    grid.frameStep = grid.points;
    if (shape.size() == 4) {
        const bool personsFirst = arrays.order == KeypointArrays::Order::PersonsFirst
            || (arrays.order == KeypointArrays::Order::Unknown && shape[1] > shape[0]);
        grid.frames = shape[personsFirst ? 1 : 0];
        grid.persons = shape[personsFirst ? 0 : 1];
        grid.frameStep = personsFirst ? grid.points : grid.points * grid.persons;
        grid.personStep = personsFirst ? grid.points * grid.frames : grid.points;
    }
    if ((grid.numbers != 2 && grid.numbers != 3) || grid.persons > kMostPersons || grid.points > kMostPoints
        || static_cast<int64_t>(arrays.points.values.size()) != arrays.points.count())
        return wrong;
    if (arrays.scores
        && (static_cast<int64_t>(arrays.scores->values.size()) * grid.numbers != arrays.points.count()
            || !std::equal(shape.begin(), shape.end() - 1, arrays.scores->shape.begin(),
                arrays.scores->shape.begin()
                    + static_cast<std::ptrdiff_t>(std::min(arrays.scores->shape.size(), shape.size() - 1)))))
        return Error{ErrorCode::BadFormat,
            name + ": its scores have the shape " + shapeText(arrays.scores->shape) + ", its points "
                + shapeText(shape)};
    return grid;
}

Result<std::string> layoutOf(
    const KeypointArrays& arrays, int64_t points, SkeletonFile& file, const std::string& name)
{
    std::string layout = arrays.layout;
    for (const auto& [count, known] : kLayoutsByCount)
        if (layout.empty() && count == points) {
            layout = known;
            file.notes.push_back(name + ": does not name its joints; its " + std::to_string(points)
                + " points are taken for those of the layout " + layout);
        }
    const auto found = findPoseLayout(layout);
    if (layout.empty() || !found || (*found)->points.size() != static_cast<size_t>(points))
        return Error{ErrorCode::BadFormat,
            name + ": its people have " + std::to_string(points) + " points"
                + (layout.empty() ? std::string(", which no known layout has")
                                  : ", which is not the number of the layout '" + layout + "'")};
    return layout;
}

/// Third numbers of points none of which may be below 0 if it is a score; some programs write -1 for missing.
bool areDepths(const std::vector<float>& values)
{
    for (size_t i = 2; i < values.size(); i += 3)
        if (values[i] < 0 && values[i] != -1)
            return true;
    return false;
}

PosePoint pointOf(const float* numbers, bool withScore, const float* score)
{
    const float x = numbers[0];
    const float y = numbers[1];
    const bool scored = withScore || score;
    const float s = score ? *score : withScore ? numbers[2] : 1.0F;
    if (!std::isfinite(x) || !std::isfinite(y) || !(s > 0) || (!scored && x == 0 && y == 0))
        return {};
    return {x, y, std::min(s, 1.0F)};
}

/// An array of an archive where it lies, or unpacked into `unpacked`.
Result<NpyView> arrayOf(
    const ZipReader& zip, const std::string& key, const std::string& place, std::string& unpacked)
{
    const auto bytes = zip.read(key + ".npy", unpacked);
    return bytes ? viewNpy(*bytes, place) : Result<NpyView>(bytes.error());
}

std::string placeOf(const std::string& name, const std::string& key) { return name + ", array " + key; }

Result<NdArray> numbersOf(const ZipReader& zip, const std::string& key, const std::string& name)
{
    std::string unpacked;
    const auto array = arrayOf(zip, key, placeOf(name, key), unpacked);
    return array ? toFloat(*array, placeOf(name, key)) : Result<NdArray>(array.error());
}

Result<std::vector<int64_t>> framesOf(const ZipReader& zip, const std::string& name)
{
    std::string unpacked;
    const auto array = arrayOf(zip, "frames", placeOf(name, "frames"), unpacked);
    return array ? toWholeNumbers(*array, placeOf(name, "frames"))
                 : Result<std::vector<int64_t>>(array.error());
}

Result<std::string> layoutNameOf(const ZipReader& zip, const std::string& name)
{
    constexpr size_t kLongestName = 100;
    std::string unpacked;
    const auto array = arrayOf(zip, "layout", placeOf(name, "layout"), unpacked);
    return array ? toText(*array).substr(0, kLongestName) : Result<std::string>(array.error());
}

constexpr std::array<std::string_view, 3> kPointKeys = {"points", "keypoints", "keypoint"};

std::string firstKey(const ZipReader& zip, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        if (zip.contains(std::string(key) + ".npy"))
            return std::string(key);
    return {};
}

} // namespace

Result<SkeletonFile> trackOfArrays(const KeypointArrays& arrays, const std::string& name)
{
    const auto grid = gridOf(arrays, name);
    if (!grid)
        return grid.error();
    SkeletonFile file;
    const auto layout = layoutOf(arrays, grid->points, file, name);
    if (!layout)
        return layout.error();
    if (const Status status = checkTrackSize(grid->frames, grid->persons, grid->points, name); !status)
        return status.error();
    if (grid->numbers == 3 && !arrays.scores && areDepths(arrays.points.values))
        return Error{ErrorCode::BadFormat,
            name
                + ": the third number of its points is below 0, so it is no score: places in space are not "
                  "read; save x and y of a picture"};
    PoseTrack& track = file.track;
    track
        = emptyTrack(*layout, static_cast<int>(grid->points), grid->frames, static_cast<int>(grid->persons));
    if (!arrays.frames.empty()) {
        const bool ascend
            = std::ranges::adjacent_find(arrays.frames, std::greater_equal<>()) == arrays.frames.end();
        if (!ascend || arrays.frames.front() < 0 || arrays.frames.size() != static_cast<size_t>(grid->frames))
            return Error{ErrorCode::BadFormat,
                name + ": its array 'frames' does not have an ascending number from 0 on for each of its "
                    + std::to_string(grid->frames) + " rows"};
        track.frames = arrays.frames;
    }
    for (int64_t row = 0; row < grid->frames; ++row)
        for (int64_t person = 0; person < grid->persons; ++person) {
            const auto from = static_cast<size_t>(row * grid->frameStep + person * grid->personStep);
            PosePoint* out = track.at(row, static_cast<int>(person));
            for (size_t i = 0; i < static_cast<size_t>(grid->points); ++i)
                out[i]
                    = pointOf(arrays.points.values.data() + (from + i) * static_cast<size_t>(grid->numbers),
                        grid->numbers == 3, arrays.scores ? &arrays.scores->values[from + i] : nullptr);
        }
    findShares(file);
    return file;
}

void findShares(SkeletonFile& file)
{
    float least = 0;
    float most = 0;
    for (const PosePoint& point : std::as_const(file.track.points))
        if (point.score > 0) {
            least = std::min({least, point.x, point.y});
            most = std::max({most, point.x, point.y});
        }
    if (most > 1 || least < -1 || (most == 0 && least == 0))
        return;
    file.normalised = true;
    if (least >= 0)
        return;
    for (PosePoint& point : file.track.points)
        if (point.score > 0) {
            point.x = (point.x + 1) / 2;
            point.y = (point.y + 1) / 2;
        }
}

bool looksLikeNpy(std::string_view bytes) { return bytes.starts_with("\x93NUMPY"); }

Result<SkeletonFile> readNpyPoints(std::string_view bytes, const std::string& name)
{
    const auto array = viewNpy(bytes, name);
    if (!array)
        return array.error();
    auto numbers = toFloat(*array, name);
    if (!numbers)
        return numbers.error();
    return trackOfArrays({std::move(*numbers), {}, {}, {}, {}}, name);
}

bool looksLikePointsArchive(const ZipReader& zip)
{
    return std::ranges::any_of(
        kPointKeys, [&](std::string_view key) { return zip.contains(std::string(key) + ".npy"); });
}

std::string pointsScoresKey(const ZipReader& zip)
{
    return firstKey(zip, {"keypoint_score", "keypoint_scores", "scores"});
}

Result<SkeletonFile> readPointsArchive(const ZipReader& zip, const std::string& name)
{
    const std::string key = firstKey(zip, {kPointKeys[0], kPointKeys[1], kPointKeys[2]});
    auto points = numbersOf(zip, key, name);
    if (!points)
        return points.error();
    KeypointArrays arrays{std::move(*points), {}, {}, {}, {}};
    // 'keypoint' is PYSKL's word, and its persons come first; 'points' is ours, with the frames first.
    arrays.order = key == "keypoint" ? KeypointArrays::Order::PersonsFirst
        : key == "points"            ? KeypointArrays::Order::FramesFirst
                                     : KeypointArrays::Order::Unknown;
    if (const std::string scores = pointsScoresKey(zip); !scores.empty()) {
        auto numbers = numbersOf(zip, scores, name);
        if (!numbers)
            return numbers.error();
        arrays.scores = std::move(*numbers);
    }
    if (zip.contains("frames.npy")) {
        auto frames = framesOf(zip, name);
        if (!frames)
            return frames.error();
        arrays.frames = std::move(*frames);
    }
    if (zip.contains("layout.npy")) {
        auto layout = layoutNameOf(zip, name);
        if (!layout)
            return layout.error();
        arrays.layout = std::move(*layout);
    }
    return trackOfArrays(arrays, name);
}

} // namespace telltale
