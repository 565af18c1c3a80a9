// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/layout.h"
#include "pose/layoutmap.h"
#include "pose/posetrack.h"
#include "pose/readers/keypointarrays.h"
#include "pose/readers/numbertable.h"
#include "pose/readers/readers.h"
#include "pose/readers/zipfile.h"
#include "pose/tracks/peopleframes.h"
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kKinectValues = 11; ///< a joint: world x, y, z; orientation w, x, y, z; image x, y; two unused
constexpr int kKinectX = 7;
constexpr int kKinectColumns = 25 * kKinectValues;
constexpr int kOpenPosePoints = 137;
constexpr int kOpenPoseColumns = kOpenPosePoints * 3;

constexpr const char* kKinds
    = "skeletons are read from a folder of OpenPose JSON, JSON of MMPose, AlphaPose and COCO, .pose files, "
      "csv with named columns (NOSE_x, NOSE_y, ...), an SMG Kinect csv (275 columns), an iMiGUE table (411 "
      "columns, csv or xlsx), DeepLabCut csv and h5, SLEAP .slp and analysis files, PYSKL pickles, .npy "
      "arrays, and .npz tracks and arrays";

/// Kinect knows no score: a joint it could not project is 0,0 or infinite.
PoseTrack fromKinect(const NumberTable& table)
{
    PoseTrack track = emptyTrack("kinect25", 25, table.rows());
    for (int64_t row = 0; row < table.rows(); ++row)
        for (int j = 0; j < 25; ++j) {
            const float x = table.row(row)[j * kKinectValues + kKinectX];
            const float y = table.row(row)[j * kKinectValues + kKinectX + 1];
            if (std::isfinite(x) && std::isfinite(y) && (x != 0 || y != 0))
                track.at(row, 0)[j] = {x, y, 1};
        }
    return track;
}

Result<PoseTrack> fromTable(const NumberTable& table, const std::string& name)
{
    if (table.rows() == 0)
        return Error{ErrorCode::BadFormat, name + ": holds no row of numbers; " + kKinds};
    if (table.columns == kKinectColumns)
        return fromKinect(table);
    if (table.columns != kOpenPoseColumns)
        return Error{ErrorCode::BadFormat,
            name + ", line " + std::to_string(table.lines.front()) + ": has " + std::to_string(table.columns)
                + " columns; " + kKinds};
    PoseTrack track = emptyTrack("openpose137", kOpenPosePoints, table.rows());
    for (int64_t row = 0; row < table.rows(); ++row)
        for (int i = 0; i < kOpenPosePoints; ++i) {
            const float* v = table.row(row) + 3 * i;
            if (!std::isfinite(v[0]) || !std::isfinite(v[1]) || !std::isfinite(v[2]))
                return Error{ErrorCode::BadFormat,
                    name + ", line " + std::to_string(table.lines[static_cast<size_t>(row)]) + ": columns "
                        + std::to_string(3 * i + 1) + " to " + std::to_string(3 * i + 3)
                        + " hold an infinite value"};
            if (v[2] > 0)
                track.at(row, 0)[i] = {v[0], v[1], v[2]};
        }
    return track;
}

Result<SkeletonFile> onlyTrack(Result<PoseTrack> track)
{
    if (!track)
        return track.error();
    SkeletonFile file;
    file.track = std::move(*track);
    return file;
}

/// Scores of their own are those of arrays.
bool looksLikeTrack(const ZipReader& zip)
{
    return zip.contains("points.npy") && zip.contains("frames.npy") && zip.contains("layout.npy")
        && pointsScoresKey(zip).empty();
}

Result<SkeletonFile> readZip(const fs::path& path)
{
    const auto zip = ZipReader::map(path);
    if (!zip)
        return zip.error();
    if (looksLikeTrack(*zip))
        return onlyTrack(readTrack(path));
    if (looksLikePointsArchive(*zip))
        return readPointsArchive(*zip, path.string());
    if (!zip->contains("xl/workbook.xml"))
        return Error{ErrorCode::BadFormat,
            path.string() + ": is a zip container without a track or a table; " + kKinds};
    const auto table = readWorkbook(*zip, path.string());
    return onlyTrack(table ? fromTable(*table, path.string()) : Result<PoseTrack>(table.error()));
}

Result<SkeletonFile> readContent(std::string_view text, const fs::path& path, const std::string& clip)
{
    const std::string name = path.string();
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (looksLikePickle(text))
        return readPyskl(text, name, clip);
    if (looksLikeNpy(text))
        return readNpyPoints(text, name);
    if (looksLikePoseFile(text))
        return readPoseContainer(text, name);
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (text[first] == '{' || text[first] == '['))
        return looksLikeCoco(text) ? readCoco(text, name) : readPeopleJson(path, text);
    if (text.substr(0, 4096).find('\0') != std::string_view::npos)
        return Error{ErrorCode::BadFormat, name + ": is no text; " + kKinds};
    if (looksLikeDeepLabCut(text))
        return readDeepLabCutCsv(text, name);
    if (looksLikeNamedTable(text))
        return readNamedTable(text, name);
    const auto table = parseNumberText(text, name);
    if (!table && table.error().message.find(", line 1: ") != std::string::npos)
        return Error{table.error().code, table.error().message + "; " + kKinds};
    return onlyTrack(table ? fromTable(*table, name) : Result<PoseTrack>(table.error()));
}

} // namespace

PoseTrack emptyTrack(std::string_view layout, int points, int64_t rows, int persons)
{
    PoseTrack track;
    track.layout = layout;
    track.persons = persons;
    track.pointCount = points;
    track.frames.resize(static_cast<size_t>(rows));
    std::iota(track.frames.begin(), track.frames.end(), int64_t{0});
    track.points.resize(static_cast<size_t>(rows * persons * points));
    return track;
}

Status checkTrackSize(int64_t rows, int64_t persons, int64_t points, const std::string& name)
{
    constexpr int64_t kMostPoints = int64_t{1} << 28;
    // Tracks are kept in our points, which may be more than the file's.
    const int64_t perRow = std::max<int64_t>(persons, 1) * std::max<int64_t>(points, kPointCount);
    if (rows <= kMostPoints / perRow)
        return {};
    return Error{ErrorCode::BadFormat,
        name + ": " + std::to_string(rows) + " frames of " + std::to_string(persons)
            + " people are more than a track can hold; cut it into parts"};
}

int64_t trailingNumber(std::string_view name)
{
    constexpr size_t kMostDigits = 15;
    size_t start = name.size();
    while (start > 0 && name[start - 1] >= '0' && name[start - 1] <= '9')
        --start;
    int64_t number = -1;
    if (start < name.size() && name.size() - start <= kMostDigits)
        std::from_chars(name.data() + start, name.data() + name.size(), number);
    return number;
}

Result<SkeletonFile> readSkeletonFile(const fs::path& given)
{
    std::error_code ec;
    fs::path path = given;
    std::string clip;
    if (const std::string text = given.string(); !fs::exists(path, ec)) {
        const size_t sign = text.rfind('#');
        path = text.substr(0, sign);
        if (sign == std::string::npos || !fs::is_regular_file(path, ec))
            return Error{ErrorCode::NotFound, text + ": there is no such skeleton file or folder"};
        clip = text.substr(sign + 1);
    }
    if (fs::is_directory(path, ec))
        return readOpenPoseFolder(path);
    std::array<char, 8> start{};
    std::ifstream(path, std::ios::binary).read(start.data(), start.size());
    const std::string_view first(start.data(), start.size());
    if (first.starts_with("PK"))
        return readZip(path);
    if (looksLikeHdf5(first))
        return readHdf5Points(path);
    const auto text = readFile(path);
    return text ? readContent(*text, path, clip) : Result<SkeletonFile>(text.error());
}

Status toPixels(SkeletonFile& file, int width, int height)
{
    if (width < 1 || height < 1)
        return Error{ErrorCode::InvalidArgument, "a picture has at least one pixel a side"};
    if (!file.normalised)
        return {};
    for (PosePoint& point : file.track.points)
        if (point.score > 0) {
            point.x *= static_cast<float>(width);
            point.y *= static_cast<float>(height);
        }
    file.normalised = false;
    file.width = width;
    file.height = height;
    return {};
}

Result<PoseTrack> readSkeleton(const fs::path& path)
{
    auto file = readSkeletonFile(path);
    if (!file)
        return file.error();
    if (!file->normalised)
        return std::move(file->track);
    if (file->width < 1 || file->height < 1)
        return Error{ErrorCode::InvalidArgument,
            path.string()
                + ": its coordinates are shares of the picture; import it together with its video (import "
                  "PROJECT --format poses VIDEO=FILE), whose size makes them pixels"};
    if (Status status = toPixels(*file, file->width, file->height); !status)
        return status.error();
    return std::move(file->track);
}

} // namespace telltale
