// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include "pose/readers/zipfile.h"
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

Error bad(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file.string() + ": " + what
            + "; a track is an .npz with points [T, P, V, 3], frames [T] and layout (its name)"};
}

Result<NpyArray> entryOf(const ZipReader& zip, const std::filesystem::path& file, const std::string& key)
{
    const std::string entry = key + ".npy";
    if (!zip.contains(entry))
        return bad(file, "has no array '" + key + "'");
    const auto bytes = zip.read(entry);
    return bytes ? parseNpy(*bytes, file.string() + ", array " + key) : Result<NpyArray>(bytes.error());
}

/// NumPy may hold the name as bytes (S), as UCS-4 text (U) or as plain uint8.
std::string textOf(const NpyArray& array)
{
    std::string text;
    const size_t step = array.dtype[0] == 'U' ? 4 : 1;
    for (size_t i = 0; i < array.bytes.size(); i += step)
        if (array.bytes[i] != '\0')
            text += array.bytes[i];
    return text;
}

Status readFrames(const NpyArray& array, const std::filesystem::path& file, std::vector<int64_t>& frames)
{
    if (array.dtype != "i8" && array.dtype != "i4")
        return bad(file, "frames has dtype '" + array.dtype + "', int64 was expected");
    const size_t size = array.dtype == "i8" ? 8 : 4;
    for (size_t i = 0; i + size <= array.bytes.size(); i += size) {
        int64_t frame = 0;
        if (size == 8) {
            std::memcpy(&frame, array.bytes.data() + i, 8);
        } else {
            int32_t narrow = 0;
            std::memcpy(&narrow, array.bytes.data() + i, 4);
            frame = narrow;
        }
        if (frame < 0 || (!frames.empty() && frame <= frames.back()))
            return bad(file,
                "frames[" + std::to_string(frames.size()) + "] is " + std::to_string(frame)
                    + ", but frame indices start at 0 and ascend");
        frames.push_back(frame);
    }
    return {};
}

} // namespace

Result<PoseTrack> readTrack(const std::filesystem::path& file)
{
    const auto zip = ZipReader::open(file);
    if (!zip)
        return zip.error();
    const auto rawPoints = entryOf(*zip, file, "points");
    const auto rawFrames = entryOf(*zip, file, "frames");
    const auto rawLayout = entryOf(*zip, file, "layout");
    for (const auto* array : {&rawPoints, &rawFrames, &rawLayout})
        if (!*array)
            return array->error();
    const auto points = toFloat(*rawPoints, file.string() + ", array points");
    if (!points)
        return points.error();
    if (points->shape.size() != 4 || points->shape[3] != 3 || points->shape[1] > 1000)
        return bad(file, "points does not have the shape [T, P, V, 3]");
    PoseTrack track;
    track.layout = textOf(*rawLayout);
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return bad(file, layout.error().message);
    if (points->shape[2] != static_cast<int64_t>((*layout)->points.size()))
        return bad(file,
            "points has " + std::to_string(points->shape[2]) + " points a person, layout " + track.layout
                + " has " + std::to_string((*layout)->points.size()));
    track.persons = static_cast<int>(points->shape[1]);
    track.pointCount = static_cast<int>(points->shape[2]);
    if (const Status status = readFrames(*rawFrames, file, track.frames); !status)
        return status.error();
    if (track.rows() != points->shape[0])
        return bad(file,
            "points has " + std::to_string(points->shape[0]) + " rows, frames has "
                + std::to_string(track.rows()));
    track.points.resize(points->values.size() / 3);
    for (size_t i = 0; i < track.points.size(); ++i) {
        const float* v = points->values.data() + 3 * i;
        if (!std::isfinite(v[0]) || !std::isfinite(v[1]) || !std::isfinite(v[2]))
            return bad(file,
                "row " + std::to_string(i / (track.persons * track.pointCount)) + ", point "
                    + std::to_string(i % track.pointCount)
                    + " is not a number, write 0, 0, 0 for a missing point");
        if (v[2] > 0)
            track.points[i] = {v[0], v[1], v[2]};
    }
    return track;
}

Status writeTrack(const std::filesystem::path& file, const PoseTrack& track)
{
    static_assert(sizeof(PosePoint) == 3 * sizeof(float));
    const NpyArray points{"f4", {track.rows(), track.persons, track.pointCount, 3},
        std::string(
            reinterpret_cast<const char*>(track.points.data()), track.points.size() * sizeof(PosePoint))};
    const NpyArray frames{"i8", {track.rows()},
        std::string(
            reinterpret_cast<const char*>(track.frames.data()), track.frames.size() * sizeof(int64_t))};
    const NpyArray layout{"u1", {static_cast<int64_t>(track.layout.size())}, track.layout};
    ZipWriter zip;
    const std::pair<const char*, const NpyArray*> entries[]
        = {{"points.npy", &points}, {"frames.npy", &frames}, {"layout.npy", &layout}};
    for (const auto& [name, array] : entries)
        if (const Status status = zip.add(name, formatNpy(*array), ZipWriter::Method::Deflate); !status)
            return Error{status.error().code, file.string() + ": " + status.error().message};
    return writeFileAtomically(file, zip.finish());
}

} // namespace telltale
