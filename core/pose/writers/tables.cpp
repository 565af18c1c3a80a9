// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/layout.h"
#include "pose/readers/zipfile.h"
#include "pose/writers/textfile.h"
#include "pose/writers/writers.h"
#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kOpenPosePoints = 137;

/// At most three decimals, no trailing zeros: 1/1000 pixel is more than any estimator knows.
void appendShort(std::string& out, float value)
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

/// Calls `write` with all frames of a table, from 0 to the last, and their rows; -1: there is none.
Status eachFrame(
    const fs::path& file, const PoseTrack& track, const std::function<void(int64_t, int64_t)>& write)
{
    const auto rows = tableRows(file, track);
    if (!rows)
        return rows.error();
    int64_t row = 0;
    for (int64_t frame = 0; frame < *rows; ++frame)
        write(frame, track.frames[static_cast<size_t>(row)] == frame ? row++ : -1);
    return {};
}

/// The same for the first person of a track of our points; frames without a row get missing ones.
Status eachFrame68(
    const fs::path& file, const PoseTrack& track68, const std::function<void(const PosePoint*)>& write)
{
    if (track68.pointCount != kPointCount || track68.persons < 1 || track68.frames.empty())
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": the track to write has no person of our 68 points"};
    const std::vector<PosePoint> nothing(kPointCount);
    return eachFrame(
        file, track68, [&](int64_t, int64_t row) { write(row < 0 ? nothing.data() : track68.at(row, 0)); });
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

/// One of the lines of names over DeepLabCut's columns.
void appendNames(std::string& out, std::string_view first, const PoseTrack& track, const PoseLayout& layout,
    const std::function<std::string(int person, size_t point, size_t axis)>& name)
{
    out += first;
    for (int person = 0; person < track.persons; ++person)
        for (size_t point = 0; point < layout.points.size(); ++point)
            for (size_t axis = 0; axis < 3; ++axis)
                out.append(",").append(name(person, point, axis));
    out += '\n';
}

} // namespace

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
    const Status status = eachFrame68(file, track68, [&](const PosePoint* ours) {
        for (int j = 0; j < 25; ++j) {
            PosePoint p = (*inverse)[j] >= 0 ? ours[(*inverse)[j]] : PosePoint{};
            if (j == kSpineShoulder)
                p = ours[kOurNeck];
            if (j == kSpineMid && ours[kOurNeck].score > 0 && ours[kOurHip].score > 0)
                p = {(ours[kOurNeck].x + ours[kOurHip].x) / 2, (ours[kOurNeck].y + ours[kOurHip].y) / 2, 1};
            out += j == 0 ? "0,0,0,0,0,0,0," : ",0,0,0,0,0,0,0,";
            appendShort(out, p.x);
            out += ',';
            appendShort(out, p.y);
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
    Status status = eachFrame68(file, track68, [&](const PosePoint* ours) {
        sheet += "<row r=\"" + std::to_string(++line) + "\">";
        for (int i = 0; i < kOpenPosePoints; ++i) {
            const PosePoint p = (*inverse)[i] >= 0 ? ours[(*inverse)[i]] : PosePoint{};
            for (const float value : {p.x, p.y, p.score}) {
                sheet += "<c><v>";
                appendShort(sheet, value);
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

Status writeOpenPoseCsv(const fs::path& path, const PoseTrack& track, const PoseVideo&)
{
    TextFile file(path);
    const std::vector<PosePoint> nothing(static_cast<size_t>(track.pointCount));
    const Status status = eachFrame(path, track, [&](int64_t, int64_t row) {
        const PosePoint* points = row < 0 ? nothing.data() : track.at(row, 0);
        std::string& out = file.text();
        for (int i = 0; i < track.pointCount; ++i)
            for (const float value : {points[i].x, points[i].y, points[i].score}) {
                appendNumber(out, value);
                out += ',';
            }
        out.back() = '\n';
    });
    return status ? file.finish() : status;
}

Status writeKinectTable(const fs::path& path, const PoseTrack& track, const PoseVideo&)
{
    TextFile file(path);
    const std::vector<PosePoint> nothing(static_cast<size_t>(track.pointCount));
    const Status status = eachFrame(path, track, [&](int64_t, int64_t row) {
        const PosePoint* points = row < 0 ? nothing.data() : track.at(row, 0);
        std::string& out = file.text();
        for (int i = 0; i < track.pointCount; ++i) {
            out += "0,0,0,0,0,0,0,";
            appendNumber(out, points[i].x);
            out += ',';
            appendNumber(out, points[i].y);
            out += ",0,0,";
        }
        out.back() = '\n';
    });
    return status ? file.finish() : status;
}

Status writeDeepLabCutCsv(const fs::path& path, const PoseTrack& track, const PoseVideo&)
{
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return layout.error();
    TextFile file(path);
    std::string& head = file.text();
    constexpr std::array<const char*, 3> kAxes = {"x", "y", "likelihood"};
    appendNames(head, "scorer", track, **layout, [](int, size_t, size_t) { return std::string("telltale"); });
    if (track.persons > 1)
        appendNames(head, "individuals", track, **layout,
            [](int person, size_t, size_t) { return std::string("P").append(std::to_string(person + 1)); });
    appendNames(head, "bodyparts", track, **layout,
        [&](int, size_t point, size_t) { return (*layout)->points[point]; });
    appendNames(head, "coords", track, **layout,
        [&](int, size_t, size_t axis) { return std::string(kAxes.at(axis)); });
    const Status status = eachFrame(path, track, [&](int64_t frame, int64_t row) {
        std::string& out = file.text();
        appendNumber(out, frame);
        for (int person = 0; person < track.persons; ++person)
            for (int i = 0; i < track.pointCount; ++i) {
                const PosePoint point = row < 0 ? PosePoint{} : track.at(row, person)[i];
                if (!(point.score > 0)) {
                    out += ",,,";
                    continue;
                }
                for (const float value : {point.x, point.y, point.score}) {
                    out += ',';
                    appendNumber(out, value);
                }
            }
        out += '\n';
    });
    return status ? file.finish() : status;
}

} // namespace telltale
