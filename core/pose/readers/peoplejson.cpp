// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/layout.h"
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

/// Blocks of one OpenPose person and the numbers (x, y, score) each of them has.
constexpr std::array<std::pair<const char*, size_t>, 3> kOpenPoseBlocks
    = {{{"face_keypoints_2d", 210}, {"hand_left_keypoints_2d", 63}, {"hand_right_keypoints_2d", 63}}};
constexpr const char* kOpenPoseBody = "pose_keypoints_2d";

/// What the body block's length and the other blocks allow; BODY_25 and BODY_25B are told apart by their
/// bones.
struct OpenPoseShape {
    size_t bodyNumbers = 0;
    bool face = false;
    bool hands = false;
};

Status appendNumbers(const json& person, const char* key, size_t wanted, const std::string& place,
    const fs::path& file, std::vector<PosePoint>& points)
{
    const auto found = person.find(key);
    if (found == person.end() || !found->is_array() || found->empty()) {
        points.resize(points.size() + wanted / 3);
        return {};
    }
    if (found->size() != wanted)
        return bad(file,
            place + ": " + key + " has " + std::to_string(found->size()) + " numbers, "
                + std::to_string(wanted) + " were expected");
    for (size_t i = 0; i < wanted; i += 3) {
        float v[3];
        for (size_t k = 0; k < 3; ++k) {
            const json& value = (*found)[i + k];
            if (!value.is_number() || !std::isfinite(value.get<float>()))
                return bad(file, place + ": " + key + "[" + std::to_string(i + k) + "] is not a number");
            v[k] = value.get<float>();
        }
        points.push_back(v[2] > 0 ? PosePoint{v[0], v[1], v[2]} : PosePoint{});
    }
    return {};
}

size_t blockLength(const json& person, const char* key)
{
    const auto found = person.find(key);
    return found != person.end() && found->is_array() ? found->size() : 0;
}

Result<json> parsePicture(const fs::path& file, std::string_view text)
{
    json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return bad(file, "is not JSON (damaged or cut short)");
    if (!document.is_object() || !document.contains("people") || !document["people"].is_array())
        return bad(file, "is not a picture of OpenPose: the list 'people' is missing");
    for (const json& person : document["people"])
        if (!person.is_object())
            return bad(file, "an entry of 'people' is not an object");
    return document;
}

void widenShape(const json& picture, OpenPoseShape& shape)
{
    for (const json& person : picture["people"]) {
        shape.bodyNumbers = std::max(shape.bodyNumbers, blockLength(person, kOpenPoseBody));
        shape.face |= blockLength(person, kOpenPoseBlocks[0].first) > 0;
        shape.hands |= blockLength(person, kOpenPoseBlocks[1].first) > 0
            || blockLength(person, kOpenPoseBlocks[2].first) > 0;
    }
}

/// Body points, then face and hands in the order of openpose137.
Result<PeopleFrame> readPicture(
    const json& picture, const OpenPoseShape& shape, int64_t frame, const fs::path& file)
{
    PeopleFrame result{frame, {}};
    for (size_t p = 0; p < picture["people"].size(); ++p) {
        const json& person = picture["people"][p];
        const std::string place = "person " + std::to_string(p);
        std::vector<PosePoint> points;
        Status status = appendNumbers(person, kOpenPoseBody, shape.bodyNumbers, place, file, points);
        for (const auto& [key, wanted] : kOpenPoseBlocks)
            if (status)
                status = appendNumbers(person, key, wanted, place, file, points);
        if (!status)
            return status.error();
        result.people.push_back(std::move(points));
    }
    return result;
}

/// Mean bone length of a reading, to compare readings of the same numbers: the wrong one joins far points.
double boneLength(const std::vector<PeopleFrame>& frames, const PoseLayout& layout)
{
    double sum = 0;
    int64_t count = 0;
    for (const PeopleFrame& frame : frames)
        for (const auto& points : frame.people)
            for (const auto& [child, parent] : layout.edges) {
                const PosePoint& a = points[static_cast<size_t>(child)];
                const PosePoint& b = points[static_cast<size_t>(parent)];
                if (a.score > 0 && b.score > 0) {
                    sum += std::hypot(a.x - b.x, a.y - b.y);
                    ++count;
                }
            }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

Result<std::string> openPoseLayout(
    const std::vector<PeopleFrame>& frames, const OpenPoseShape& shape, const fs::path& file)
{
    if (shape.bodyNumbers == 54)
        return std::string("openpose18");
    if (shape.bodyNumbers != 75 && shape.bodyNumbers != 0)
        return bad(file,
            "its people have " + std::to_string(shape.bodyNumbers)
                + " body numbers; read are 75 (BODY_25, "
                  "BODY_25B) and 54 (COCO)");
    const auto a = findPoseLayout("openpose25");
    const auto b = findPoseLayout("openpose25b");
    if (boneLength(frames, **b) < boneLength(frames, **a))
        return std::string(shape.hands ? "openpose25b_hands" : "openpose25b");
    return std::string(shape.hands || shape.face ? "openpose137" : "openpose25");
}

/// Cuts each person's points (body, 70 face, 42 hands) to those of the layout.
void fitToLayout(std::vector<PeopleFrame>& frames, const std::string& layout, int pointCount)
{
    for (PeopleFrame& frame : frames)
        for (auto& points : frame.people) {
            if (layout == "openpose25b_hands")
                points.erase(points.begin() + 25, points.begin() + 95);
            points.resize(static_cast<size_t>(pointCount));
        }
}

Result<PoseTrack> joinOpenPose(
    std::vector<PeopleFrame> frames, const OpenPoseShape& shape, const fs::path& path)
{
    const auto name = openPoseLayout(frames, shape, path);
    if (!name)
        return name.error();
    const auto layout = findPoseLayout(*name);
    const auto points = static_cast<int>((*layout)->points.size());
    fitToLayout(frames, *name, points);
    return joinPeople(frames, *name, points);
}

/// Last run of digits in a file name; -1 without one.
int64_t frameNumber(const std::string& name)
{
    size_t end = name.size();
    while (end > 0 && (name[end - 1] < '0' || name[end - 1] > '9'))
        --end;
    size_t start = end;
    while (start > 0 && name[start - 1] >= '0' && name[start - 1] <= '9')
        --start;
    return end > start && end - start <= 15 ? std::stoll(name.substr(start, end - start)) : -1;
}

/// "_keypoints" and the like stand after the number; digits in "25b" or "cam01" before it.
std::vector<std::pair<int64_t, fs::path>> numberedFiles(const fs::path& folder, std::error_code& ec)
{
    std::vector<std::pair<int64_t, fs::path>> files;
    for (const auto& entry : fs::directory_iterator(folder, ec))
        if (entry.path().extension() == ".json")
            files.emplace_back(frameNumber(entry.path().stem().string()), entry.path());
    std::sort(files.begin(), files.end());
    return files;
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
            = xy.is_array() && xy.size() >= 2 && xy[0].is_number() && xy[1].is_number() && score.is_number();
        if (!numbers || !std::isfinite(xy[0].get<float>()) || !std::isfinite(xy[1].get<float>()))
            return bad(file, place + ": keypoint " + std::to_string(i) + " is not two numbers with a score");
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

Result<PoseTrack> readMmpose(const json& list, const fs::path& file)
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
    return joinPeople(frames, mmposeLayout(count), static_cast<int>(count));
}

} // namespace

Result<PoseTrack> readOpenPoseFolder(const fs::path& folder)
{
    std::error_code ec;
    const auto files = numberedFiles(folder, ec);
    if (ec)
        return Error{ErrorCode::Io, folder.string() + ": cannot be listed (" + ec.message() + ")"};
    if (files.empty())
        return bad(folder, "holds no .json file; a folder of OpenPose has one for each picture");
    std::vector<json> pictures;
    OpenPoseShape shape;
    for (size_t i = 0; i < files.size(); ++i) {
        const auto& [frame, file] = files[i];
        if (frame < 0 || (i > 0 && frame == files[i - 1].first))
            return bad(file, "its name must end in a frame number of its own");
        const auto text = readFile(file);
        if (!text)
            return text.error();
        auto picture = parsePicture(file, *text);
        if (!picture)
            return picture.error();
        widenShape(*picture, shape);
        pictures.push_back(std::move(*picture));
    }
    std::vector<PeopleFrame> frames;
    for (size_t i = 0; i < files.size(); ++i) {
        auto frame = readPicture(pictures[i], shape, files[i].first, files[i].second);
        if (!frame)
            return frame.error();
        frames.push_back(std::move(*frame));
    }
    return joinOpenPose(std::move(frames), shape, folder);
}

Result<PoseTrack> readPeopleJson(const fs::path& file, std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return bad(file, "is not JSON (damaged or cut short)");
    if (document.is_array())
        return readMmpose(document, file);
    if (document.is_object() && document.contains("instance_info") && document["instance_info"].is_array())
        return readMmpose(document["instance_info"], file);
    const auto picture = parsePicture(file, text);
    if (!picture)
        return bad(file, "is neither a list of MMPose predictions nor a picture of OpenPose");
    OpenPoseShape shape;
    widenShape(*picture, shape);
    auto frame = readPicture(*picture, shape, 0, file);
    if (!frame)
        return frame.error();
    return joinOpenPose({std::move(*frame)}, shape, file);
}

} // namespace telltale
