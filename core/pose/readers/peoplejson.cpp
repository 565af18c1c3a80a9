// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/openposepicture.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Error bad(const fs::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what};
}

Result<std::vector<PosePoint>> mmposePoints(
    const json& instance, const fs::path& file, const std::string& place)
{
    const auto keypoints = instance.find("keypoints");
    const auto scores = instance.find("keypoint_scores");
    if (keypoints == instance.end() || scores == instance.end() || !keypoints->is_array()
        || !scores->is_array() || keypoints->size() != scores->size())
        return bad(file, place + ": keypoints and keypoint_scores are missing or differ in number");
    std::vector<PosePoint> points;
    for (size_t i = 0; i < keypoints->size(); ++i) {
        const json& xy = (*keypoints)[i];
        const json& score = (*scores)[i];
        const bool numbers
            = xy.is_array() && xy.size() == 2 && xy[0].is_number() && xy[1].is_number() && score.is_number();
        if (!numbers || !std::isfinite(xy[0].get<float>()) || !std::isfinite(xy[1].get<float>()))
            return bad(file,
                place + ": keypoint " + std::to_string(i)
                    + " is not two numbers with a score (places in space are not read)");
        const auto s = score.get<float>();
        points.push_back(
            s > 0 ? PosePoint{xy[0].get<float>(), xy[1].get<float>(), std::min(s, 1.0f)} : PosePoint{});
    }
    return points;
}

const char* mmposeLayout(size_t points)
{
    constexpr std::array<std::pair<size_t, const char*>, 3> table
        = {{{17, "coco17"}, {133, "coco_wholebody133"}, {136, "halpe136"}}};
    for (const auto& [count, name] : table)
        if (count == points)
            return name;
    return nullptr;
}

Result<SkeletonFile> readMmpose(const json& list, const fs::path& file)
{
    std::vector<PeopleFrame> frames;
    size_t count = 0;
    for (size_t i = 0; i < list.size(); ++i) {
        const std::string place = "entry " + std::to_string(i);
        const json& row = list[i];
        if (!row.is_object() || !row.contains("instances") || !row["instances"].is_array())
            return bad(file, place + ": has no list 'instances'");
        const json id = row.value("frame_id", json(static_cast<int64_t>(i)));
        if (!id.is_number_integer() || id.get<int64_t>() < 0
            || (!frames.empty() && id.get<int64_t>() <= frames.back().frame))
            return bad(file, place + ": frame_id is not a number that ascends");
        frames.push_back({id.get<int64_t>(), {}});
        for (const json& instance : row["instances"]) {
            auto points = mmposePoints(instance, file, place);
            if (!points)
                return points.error();
            if (count == 0)
                count = points->size();
            if (points->size() != count || !mmposeLayout(count))
                return bad(file,
                    place + ": has " + std::to_string(points->size())
                        + " points; read are 17 (COCO), 133 (COCO-WholeBody) and 136 (Halpe), the same in "
                          "all entries");
            frames.back().people.push_back(std::move(*points));
        }
    }
    if (count == 0)
        return bad(file, "shows no person in any picture");
    SkeletonFile skeleton;
    takeJoined(
        joinPeople(std::move(frames), mmposeLayout(count), static_cast<int>(count)), file.string(), skeleton);
    return skeleton;
}

/// What the name says where it is OpenPose's, "clip_000000000012_keypoints".
int64_t frameOfPicture(const fs::path& file)
{
    const std::string stem = file.stem().string();
    return stem.ends_with("_keypoints") ? std::max<int64_t>(openPoseFrame(stem), 0) : 0;
}

} // namespace

Result<SkeletonFile> readPeopleJson(const fs::path& file, std::string_view text)
{
    auto picture = parseOpenPosePicture(text, frameOfPicture(file), file);
    if (picture)
        return joinOpenPosePictures({std::move(*picture)}, {file.string()}, file);
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return bad(file, "is not JSON (damaged or cut short)");
    if (document.is_array())
        return readMmpose(document, file);
    if (document.is_object() && document.contains("instance_info") && document["instance_info"].is_array())
        return readMmpose(document["instance_info"], file);
    if (document.is_object() && document.contains("people"))
        return picture.error();
    return bad(file, "is neither a list of MMPose predictions nor a picture of OpenPose");
}

} // namespace telltale
