// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/layout.h"
#include "pose/layoutmap.h"
#include "pose/posetrack.h"
#include "pose/readers/numbertable.h"
#include "pose/readers/readers.h"
#include "pose/readers/zipfile.h"
#include "pose/tracks/peopleframes.h"
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
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
constexpr int64_t kMostRows = 10'000'000;

constexpr const char* kKinds
    = "skeletons are read from a folder of OpenPose JSON, JSON of MMPose, AlphaPose and COCO, .pose files, "
      "csv with named columns (NOSE_x, NOSE_y, ...), an SMG Kinect csv (275 columns), an iMiGUE table (411 "
      "columns, csv or xlsx) and .npz tracks";

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

Result<PoseTrack> readZip(const fs::path& path)
{
    const auto zip = ZipReader::open(path);
    if (!zip)
        return zip.error();
    if (zip->contains("points.npy"))
        return readTrack(path);
    if (!zip->contains("xl/workbook.xml"))
        return Error{ErrorCode::BadFormat,
            path.string() + ": is a zip container without a track or a table; " + kKinds};
    const auto table = readWorkbook(*zip, path.string());
    return table ? fromTable(*table, path.string()) : Result<PoseTrack>(table.error());
}

/// At most three decimals, no trailing zeros: 1/1000 pixel is more than any estimator knows.
void appendNumber(std::string& out, float value)
{
    char text[64];
    const auto [end, error]
        = std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, 3);
    if (error != std::errc{}) {
        out += '0';
        return;
    }
    const char* last = end;
    while (last[-1] == '0')
        --last;
    if (last[-1] == '.')
        --last;
    const std::string_view number(text, static_cast<size_t>(last - text));
    out += number == "-0" ? std::string_view("0") : number;
}

/// Our points in the order of `layoutName`: for each of its points the first of ours that is made of it
/// alone.
Result<std::vector<int>> inverseMap(const char* layoutName)
{
    const auto layout = findPoseLayout(layoutName);
    if (!layout)
        return layout.error();
    std::vector<int> inverse((*layout)->points.size(), -1);
    for (int i = kPointCount - 1; i >= 0; --i)
        if ((*layout)->sources68[i].size() == 1)
            inverse[static_cast<size_t>((*layout)->sources68[i].front())] = i;
    return inverse;
}

/// Calls `write` for the frames 0 .. last; frames without a row get 68 missing points.
Status forEachFrame(
    const fs::path& file, const PoseTrack& track68, const std::function<void(const PosePoint*)>& write)
{
    if (track68.pointCount != kPointCount || track68.persons < 1 || track68.frames.empty())
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": the track to write has no person of our 68 points"};
    if (track68.frames.back() >= kMostRows)
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": the track reaches frame " + std::to_string(track68.frames.back())
                + ", too far for a table with a row for each frame"};
    const std::vector<PosePoint> nothing(kPointCount);
    int64_t row = 0;
    for (int64_t frame = 0; frame <= track68.frames.back(); ++frame) {
        if (track68.frames[static_cast<size_t>(row)] == frame)
            write(track68.at(row++, 0));
        else
            write(nothing.data());
    }
    return {};
}

constexpr std::pair<const char*, const char*> kWorkbookParts[] = {
    {"[Content_Types].xml",
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)"},
    {"_rels/.rels",
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)"},
    {"xl/workbook.xml",
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
    {"xl/_rels/workbook.xml.rels",
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)"},
};

Result<SkeletonFile> onlyTrack(Result<PoseTrack> track)
{
    if (!track)
        return track.error();
    SkeletonFile file;
    file.track = std::move(*track);
    return file;
}

/// A pickle is a program, not data; it is looked at, never run.
Error pickleError(const std::string& text, const fs::path& path)
{
    if (text.find("keypoint") == std::string::npos)
        return {ErrorCode::BadFormat,
            path.string()
                + ": is a Python pickle of annotations without keypoints (it has no array 'keypoint'), there "
                  "are no skeletons in it"};
    return {ErrorCode::BadFormat,
        path.string()
            + ": is a Python pickle, which is not read because opening one can run code; in Python, save its "
              "keypoints with numpy.savez(FILE, points=..., frames=..., layout=...) as a track"};
}

Result<SkeletonFile> readContent(const std::string& text, const fs::path& path)
{
    const std::string name = path.string();
    if (text.size() > 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5)
        return pickleError(text, path);
    if (looksLikePoseFile(text))
        return readPoseContainer(text, name);
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (text[first] == '{' || text[first] == '['))
        return looksLikeCoco(text) ? readCoco(text, name) : onlyTrack(readPeopleJson(path, text));
    if (text.substr(0, 4096).find('\0') != std::string::npos)
        return Error{ErrorCode::BadFormat, name + ": is no text; " + kKinds};
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

Result<SkeletonFile> readSkeletonFile(const fs::path& path)
{
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": there is no such skeleton file or folder"};
    if (fs::is_directory(path, ec))
        return onlyTrack(readOpenPoseFolder(path));
    std::array<char, 2> start{};
    std::ifstream(path, std::ios::binary).read(start.data(), start.size());
    if (std::string_view(start.data(), start.size()) == "PK")
        return onlyTrack(readZip(path));
    const auto text = readFile(path);
    return text ? readContent(*text, path) : Result<SkeletonFile>(text.error());
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

Status writeKinectCsv(const fs::path& file, const PoseTrack& track68)
{
    const auto inverse = inverseMap("kinect25");
    if (!inverse)
        return inverse.error();
    constexpr int kSpineMid = 1;
    constexpr int kSpineShoulder = 20;
    constexpr int kOurNeck = 18;
    constexpr int kOurHip = 19;
    std::string out;
    const Status status = forEachFrame(file, track68, [&](const PosePoint* ours) {
        for (int j = 0; j < 25; ++j) {
            PosePoint p = (*inverse)[j] >= 0 ? ours[(*inverse)[j]] : PosePoint{};
            if (j == kSpineShoulder)
                p = ours[kOurNeck];
            if (j == kSpineMid && ours[kOurNeck].score > 0 && ours[kOurHip].score > 0)
                p = {(ours[kOurNeck].x + ours[kOurHip].x) / 2, (ours[kOurNeck].y + ours[kOurHip].y) / 2, 1};
            out += j == 0 ? "0,0,0,0,0,0,0," : ",0,0,0,0,0,0,0,";
            appendNumber(out, p.x);
            out += ',';
            appendNumber(out, p.y);
            out += ",0,0";
        }
        out += '\n';
    });
    return status ? writeFileAtomically(file, out) : status;
}

Status writeOpenPoseTable(const fs::path& file, const PoseTrack& track68)
{
    const auto inverse = inverseMap("openpose137");
    if (!inverse)
        return inverse.error();
    std::string sheet = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)";
    int64_t line = 0;
    Status status = forEachFrame(file, track68, [&](const PosePoint* ours) {
        sheet += "<row r=\"" + std::to_string(++line) + "\">";
        for (int i = 0; i < kOpenPosePoints; ++i) {
            const PosePoint p = (*inverse)[i] >= 0 ? ours[(*inverse)[i]] : PosePoint{};
            for (const float value : {p.x, p.y, p.score}) {
                sheet += "<c><v>";
                appendNumber(sheet, value);
                sheet += "</v></c>";
            }
        }
        sheet += "</row>";
    });
    if (!status)
        return status;
    sheet += "</sheetData></worksheet>";
    ZipWriter zip;
    for (const auto& [name, content] : kWorkbookParts)
        if (Status added = zip.add(name, content, ZipWriter::Method::Deflate); !added)
            return added;
    if (Status added = zip.add("xl/worksheets/sheet1.xml", sheet, ZipWriter::Method::Deflate); !added)
        return added;
    return writeFileAtomically(file, zip.finish());
}

} // namespace telltale
