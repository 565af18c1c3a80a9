// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/writers/poseflavours.h"
#include "pose/layoutmap.h"
#include "pose/tracks/trackarrays.h"
#include "pose/writers/writers.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostRows = 10'000'000;
constexpr size_t kShownPoints = 12;

/// OpenPose's other models: their tracks stay as they are.
constexpr std::string_view kOpenPoseModels[] = {"openpose25b", "openpose25b_hands", "openpose18"};

std::string_view layoutFor(const PoseFlavour& flavour, const PoseTrack& track)
{
    if (flavour.name == "openpose"
        && std::ranges::find(kOpenPoseModels, track.layout) != std::end(kOpenPoseModels))
        return track.layout;
    return flavour.layout.empty() ? std::string_view(track.layout) : flavour.layout;
}

/// Points of `from` that no point of `to` is made of alone.
std::vector<std::string> pointsWithoutPlace(const PoseLayout& from, const PoseLayout& to)
{
    std::vector<bool> placed(from.points.size(), false);
    for (const PointSource& source : layoutMap(from, to))
        if (source.mean.size() == 1 && source.away.empty())
            placed[static_cast<size_t>(source.mean.front())] = true;
    std::vector<std::string> lost;
    for (size_t i = 0; i < placed.size(); ++i)
        if (!placed[i])
            lost.push_back(from.points[i]);
    return lost;
}

std::string lostNote(
    const PoseVideo& video, const PoseFlavour& flavour, const PoseLayout& from, const PoseLayout& to)
{
    const std::vector<std::string> lost = pointsWithoutPlace(from, to);
    if (lost.empty() || &from == &to)
        return {};
    std::string names;
    for (size_t i = 0; i < std::min(lost.size(), kShownPoints); ++i)
        names += (i > 0 ? ", " : "") + lost[i];
    return video.name + ": " + std::to_string(lost.size()) + " of its " + std::to_string(from.points.size())
        + " points have no place in " + std::string(flavour.title) + " and are left out: " + names
        + (lost.size() > kShownPoints ? ", ..." : "");
}

PoseTrack onePerson(const PoseTrack& track, int person)
{
    PoseTrack one;
    one.layout = track.layout;
    one.persons = 1;
    one.pointCount = track.pointCount;
    one.frames = track.frames;
    one.points.resize(static_cast<size_t>(track.rows() * track.pointCount));
    PosePoint* out = one.points.data();
    for (int64_t row = 0; row < track.rows(); ++row)
        std::copy_n(track.at(row, person), track.pointCount, out + row * track.pointCount);
    return one;
}

/// In the flavour's layout, with points that are numbers.
Result<PoseTrack> prepared(const PoseTrack& track, std::string_view layout)
{
    auto mapped = mapTrack(track, layout);
    if (!mapped || mapped->points.isMapped())
        return mapped; // of a track file, which was checked when it was written
    for (PosePoint& point : mapped->points)
        point = cleanPoint(point);
    return mapped;
}

} // namespace

const std::vector<PoseFlavour>& poseFlavours()
{
    static const std::vector<PoseFlavour> flavours = {
        {"openpose", "OpenPose JSON", "openpose137", "", true, false, writeOpenPoseJson},
        {"openpose-csv", "the table of 137 OpenPose points", "openpose137", "_openpose.csv", false, true,
            writeOpenPoseCsv},
        {"coco", "COCO keypoints", "coco17", "_coco.json", false, false, writeCocoJson},
        {"coco-wholebody", "COCO-WholeBody", "coco_wholebody133", "_coco_wholebody.json", false, false,
            writeCocoJson},
        {"halpe136", "Halpe-136 of AlphaPose", "halpe136", "_halpe136.json", false, false,
            writeAlphaPoseJson},
        {"kinect", "the Kinect csv of SMG", "kinect25", "_skeleton.csv", false, true, writeKinectTable},
        {"npy", "a NumPy array", "", ".npy", false, false, writeNpyPoints},
        {"npz", "a track of this program", "", ".npz", false, false, writeNpzTrack},
        {"npz-arrays", "NumPy arrays keypoint and keypoint_score", "", "_arrays.npz", false, false,
            writeNpzArrays},
        {"pyskl", "the pickle of PYSKL", "", ".pkl", false, false, writePyskl},
        {"sleap", "the analysis file of SLEAP", "", ".analysis.h5", false, false, writeSleapAnalysis},
        {"dlc-csv", "the csv of DeepLabCut", "", "_dlc.csv", false, false, writeDeepLabCutCsv},
    };
    return flavours;
}

const PoseFlavour* findPoseFlavour(std::string_view name)
{
    const auto found = std::ranges::find(poseFlavours(), name, &PoseFlavour::name);
    return found != poseFlavours().end() ? &*found : nullptr;
}

Result<int64_t> tableRows(const fs::path& file, const PoseTrack& track)
{
    const int64_t rows = track.frames.empty() ? 0 : track.frames.back() + 1;
    if (rows > kMostRows)
        return Error{ErrorCode::InvalidArgument,
            file.string() + ": the track reaches frame " + std::to_string(rows - 1)
                + ", too far for a table with a row for each frame"};
    return rows;
}

std::vector<std::string> poseFileNames(const std::string& name, int people)
{
    std::vector<std::string> names = {name};
    for (int person = 2; person <= people; ++person)
        names.push_back(std::string(name).append("_P").append(std::to_string(person)));
    return names;
}

Result<std::vector<std::string>> writePoses(
    const PoseFlavour& flavour, const PoseTrack& track, const PoseVideo& video, const fs::path& folder)
{
    const auto from = findPoseLayout(track.layout);
    const auto to = findPoseLayout(layoutFor(flavour, track));
    for (const auto* layout : {&from, &to})
        if (!*layout)
            return layout->error();
    if (track.persons < 1 || track.frames.empty())
        return Error{ErrorCode::InvalidArgument,
            video.name + ": its track has nobody in it, there is nothing to write"};
    const auto mapped = prepared(track, (*to)->name);
    if (!mapped)
        return mapped.error();
    std::vector<std::string> notes;
    if (std::string note = lostNote(video, flavour, **from, **to); !note.empty())
        notes.push_back(std::move(note));
    const std::string ending(flavour.ending);
    if (!flavour.onePerson || mapped->persons == 1) {
        if (const Status status = flavour.write(folder / (video.name + ending), *mapped, video); !status)
            return status.error();
        return notes;
    }
    const std::vector<std::string> names = poseFileNames(video.name, mapped->persons);
    for (int person = 0; person < mapped->persons; ++person)
        if (const Status status = flavour.write(
                folder / (names[static_cast<size_t>(person)] + ending), onePerson(*mapped, person), video);
            !status)
            return status.error();
    notes.push_back(video.name + ": its " + std::to_string(mapped->persons) + " people have a file each, as "
        + std::string(flavour.title) + " has a place for one");
    return notes;
}

} // namespace telltale
