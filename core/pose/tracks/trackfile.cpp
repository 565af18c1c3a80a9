// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/npy.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include "pose/readers/zipfile.h"
#include "pose/tracks/npzstream.h"
#include "pose/tracks/trackarrays.h"
#include "pose/tracks/trackfilter.h"
#include <cstring>

namespace telltale {
namespace {

constexpr int64_t kMostPersons = 1000;

Error bad(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat,
        file.string() + ": " + what
            + "; a track is an .npz with points [T, P, V, 3], frames [T] and layout (its name)"};
}

std::string placeOf(const std::filesystem::path& file, const std::string& key)
{
    return file.string() + ", array " + key;
}

/// `unpacked` holds the bytes of an array that is packed.
Result<NpyView> entryOf(
    const ZipReader& zip, const std::filesystem::path& file, const std::string& key, std::string& unpacked)
{
    const std::string entry = key + ".npy";
    if (!zip.contains(entry))
        return bad(file, "has no array '" + key + "'");
    const auto bytes = zip.read(entry, unpacked);
    return bytes ? viewNpy(*bytes, placeOf(file, key)) : Result<NpyView>(bytes.error());
}

Status checkFrames(const std::vector<int64_t>& frames, const std::filesystem::path& file)
{
    for (size_t i = 0; i < frames.size(); ++i)
        if (frames[i] < 0 || (i > 0 && frames[i] <= frames[i - 1]))
            return bad(file,
                "frames[" + std::to_string(i) + "] is " + std::to_string(frames[i])
                    + ", but frame indices start at 0 and ascend");
    return {};
}

/// Everything of the track but its points, held against the shape of those.
Result<PoseTrack> describe(
    const ZipReader& zip, const std::filesystem::path& file, const std::vector<int64_t>& shape)
{
    if (shape.size() != 4 || shape[3] != 3 || shape[1] > kMostPersons)
        return bad(file, "points does not have the shape [T, P, V, 3]");
    std::string unpackedFrames;
    std::string unpackedLayout;
    const auto rawFrames = entryOf(zip, file, "frames", unpackedFrames);
    const auto rawLayout = entryOf(zip, file, "layout", unpackedLayout);
    for (const auto* array : {&rawFrames, &rawLayout})
        if (!*array)
            return array->error();
    PoseTrack track;
    track.layout = toText(*rawLayout);
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return bad(file, layout.error().message);
    if (shape[2] != static_cast<int64_t>((*layout)->points.size()))
        return bad(file,
            "points has " + std::to_string(shape[2]) + " points a person, layout " + track.layout + " has "
                + std::to_string((*layout)->points.size()));
    auto frames = toWholeNumbers(*rawFrames, placeOf(file, "frames"));
    if (!frames)
        return frames.error();
    if (const Status status = checkFrames(*frames, file); !status)
        return status.error();
    track.frames = std::move(*frames);
    if (track.rows() != shape[0])
        return bad(file,
            "points has " + std::to_string(shape[0]) + " rows, frames has " + std::to_string(track.rows()));
    track.persons = static_cast<int>(shape[1]);
    track.pointCount = static_cast<int>(shape[2]);
    return track;
}

/// The points where they lie in the file, if this program wrote them there.
Result<PoseTrack> mappedTrack(const ZipReader& zip, const std::filesystem::path& file)
{
    const auto bytes = zip.inPlace("points.npy");
    if (!bytes)
        return bytes.error();
    const auto view = viewNpy(*bytes, placeOf(file, "points"));
    if (!view)
        return view.error();
    const bool fits
        = view->dtype == "f4" && reinterpret_cast<uintptr_t>(view->bytes.data()) % alignof(PosePoint) == 0;
    if (!fits)
        return Error{ErrorCode::Unsupported, "not in place"};
    auto track = describe(zip, file, view->shape);
    if (track)
        track->points = PointBuffer(zip.bytes(),
            {reinterpret_cast<const PosePoint*>(view->bytes.data()), view->bytes.size() / sizeof(PosePoint)});
    return track;
}

Result<PoseTrack> loadedTrack(const ZipReader& zip, const std::filesystem::path& file)
{
    std::string unpacked;
    const auto view = entryOf(zip, file, "points", unpacked);
    if (!view)
        return view.error();
    auto track = describe(zip, file, view->shape);
    if (!track)
        return track;
    std::vector<PosePoint> points(view->bytes.size() / sizeof(PosePoint));
    if (points.empty()) {
        // nobody at all
    } else if (view->dtype == "f4") {
        std::memcpy(static_cast<void*>(points.data()), view->bytes.data(), points.size() * sizeof(PosePoint));
    } else {
        const auto values = toFloat(*view, placeOf(file, "points"));
        if (!values)
            return values.error();
        points.resize(values->values.size() / 3);
        std::memcpy(
            static_cast<void*>(points.data()), values->values.data(), points.size() * sizeof(PosePoint));
    }
    for (size_t i = 0; i < points.size(); ++i) {
        const PosePoint& p = points[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.score))
            return bad(file,
                "row " + std::to_string(i / static_cast<size_t>(track->persons * track->pointCount))
                    + ", point " + std::to_string(i % static_cast<size_t>(track->pointCount))
                    + " is not a number, write 0, 0, 0 for a missing point");
        points[i] = cleanPoint(p);
    }
    track->points = std::move(points);
    if (track->persons == 0) { // nobody at all: one who is never seen
        track->persons = 1;
        track->points.resize(static_cast<size_t>(track->rows() * track->pointCount));
    }
    return track;
}

} // namespace

Result<PoseTrack> readTrack(const std::filesystem::path& file)
{
    const auto zip = ZipReader::map(file);
    if (!zip)
        return zip.error();
    if (!zip->contains("points.npy"))
        return bad(file, "has no array 'points'");
    if (markOf(zip->extraOf("points.npy")) == kCheckedPoints) {
        auto mapped = mappedTrack(*zip, file);
        if (mapped || mapped.error().code != ErrorCode::Unsupported)
            return mapped;
    }
    return loadedTrack(*zip, file);
}

namespace {

Status writeArrays(const std::filesystem::path& file, const PoseTrack& track, std::span<const uint8_t> filled)
{
    static_assert(sizeof(PosePoint) == 3 * sizeof(float));
    const auto wanted = static_cast<size_t>(track.rows() * track.persons * track.pointCount);
    if (track.persons < 0 || track.pointCount < 0 || track.points.size() != wanted
        || (!filled.empty() && filled.size() != wanted))
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": the track to write has " + std::to_string(track.points.size())
                + " points where its frames and persons take " + std::to_string(wanted)};
    auto stream = NpzStream::create(file);
    if (!stream)
        return stream.error();
    Status status
        = stream->begin("points", "f4", {track.rows(), track.persons, track.pointCount, 3}, kCheckedPoints);
    const std::span<const PosePoint> points = track.points.view();
    constexpr size_t kPiece = 4096;
    std::vector<PosePoint> clean(kPiece);
    for (size_t i = 0; i < points.size() && status; i += kPiece) {
        const auto piece = points.subspan(i, std::min(kPiece, points.size() - i));
        std::ranges::transform(piece, clean.begin(), cleanPoint);
        status
            = stream->append({reinterpret_cast<const char*>(clean.data()), piece.size() * sizeof(PosePoint)});
    }
    if (status)
        status = stream->end();
    if (status)
        status = stream->add("frames", "i8", {track.rows()},
            {reinterpret_cast<const char*>(track.frames.data()), track.frames.size() * sizeof(int64_t)});
    if (status)
        status = stream->add("layout", "u1", {static_cast<int64_t>(track.layout.size())}, track.layout);
    if (status && !filled.empty())
        status = stream->add("filled", "u1", {track.rows(), track.persons, track.pointCount},
            {reinterpret_cast<const char*>(filled.data()), filled.size()});
    return status ? stream->finish() : status;
}

} // namespace

Status writeTrack(const std::filesystem::path& file, const PoseTrack& track)
{
    return writeArrays(file, track, {});
}

Status writeTrack(const std::filesystem::path& file, const FilteredTrack& filtered)
{
    return writeArrays(file, filtered.track, filtered.filled);
}

Result<std::vector<uint8_t>> readFilledMarks(const std::filesystem::path& file)
{
    const auto zip = ZipReader::map(file);
    if (!zip)
        return zip.error();
    if (!zip->contains("filled.npy"))
        return std::vector<uint8_t>();
    std::string unpacked;
    const auto marks = entryOf(*zip, file, "filled", unpacked);
    if (!marks)
        return marks.error();
    const auto track = readTrack(file);
    if (!track)
        return track.error();
    if ((marks->dtype != "u1" && marks->dtype != "b1") || marks->bytes.size() != track->points.size())
        return bad(file, "the array filled does not have one byte for each point");
    return std::vector<uint8_t>(marks->bytes.begin(), marks->bytes.end());
}

} // namespace telltale
