// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/writers/textfile.h"
#include "pose/writers/writers.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// The picture's number as OpenPose writes it.
std::string twelveDigits(int64_t frame)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%012lld", static_cast<long long>(frame));
    return text.data();
}

using Points = std::span<const PosePoint>;

bool anyOf(Points points)
{
    return std::ranges::any_of(points, [](const PosePoint& point) { return point.score > 0; });
}

/// x, y and what `third` makes of the score, for all points.
template <typename Third> void appendTriples(std::string& out, Points points, Third third)
{
    out += '[';
    for (const PosePoint& point : points) {
        if (out.back() != '[')
            out += ',';
        appendNumber(out, point.x);
        out += ',';
        appendNumber(out, point.y);
        out += ',';
        appendNumber(out, third(point.score));
    }
    out += ']';
}

float scoreItself(float score) { return score; }
int visible(float score) { return score > 0 ? 2 : 0; }

/// Where OpenPose's blocks start in our layouts of its models; -1: not there.
struct OpenPoseBlocks {
    std::string_view layout;
    int body;
    int face;
    int hands;
};
constexpr std::array<OpenPoseBlocks, 4> kOpenPoseBlocks = {{{"openpose137", 25, 25, 95},
    {"openpose25b", 25, -1, -1}, {"openpose25b_hands", 25, -1, 25}, {"openpose18", 18, -1, -1}}};
constexpr int kFacePoints = 70;
constexpr int kHandPoints = 21;

/// A block that nobody has a point of in the whole track is empty, as OpenPose leaves it without that model.
bool blockIsUsed(const PoseTrack& track, int start, int count)
{
    for (int64_t row = 0; start >= 0 && row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person)
            if (anyOf({track.at(row, person) + start, static_cast<size_t>(count)}))
                return true;
    return false;
}

/// Smallest rectangle around the points that are there.
struct Box {
    float left = 0;
    float top = 0;
    float width = 0;
    float height = 0;
};
Box boxOf(Points points)
{
    Box box;
    float right = 0;
    float bottom = 0;
    bool first = true;
    for (const PosePoint& point : points) {
        if (!(point.score > 0))
            continue;
        box.left = first ? point.x : std::min(box.left, point.x);
        box.top = first ? point.y : std::min(box.top, point.y);
        right = first ? point.x : std::max(right, point.x);
        bottom = first ? point.y : std::max(bottom, point.y);
        first = false;
    }
    box.width = right - box.left;
    box.height = bottom - box.top;
    return box;
}

void appendBox(std::string& out, const Box& box)
{
    out += '[';
    for (const float value : {box.left, box.top, box.width, box.height}) {
        if (out.back() != '[')
            out += ',';
        appendNumber(out, value);
    }
    out += ']';
}

float meanScore(Points points)
{
    double sum = 0;
    int count = 0;
    for (const PosePoint& point : points)
        if (point.score > 0) {
            sum += point.score;
            ++count;
        }
    return count > 0 ? static_cast<float>(sum / count) : 0.0F;
}

/// COCO-WholeBody's blocks after the 17 points of the body: how many points, and whether visibility is said
/// as for the body (2) or as a certainty.
struct WholeBodyBlock {
    std::string_view name;
    size_t points;
    bool certainty;
};
constexpr std::array<WholeBodyBlock, 4> kWholeBodyBlocks
    = {{{"foot", 6, false}, {"face", 68, true}, {"lefthand", 21, true}, {"righthand", 21, true}}};
constexpr size_t kCocoBody = 17;

void appendWholeBody(std::string& out, Points points)
{
    size_t at = kCocoBody;
    for (const WholeBodyBlock& block : kWholeBodyBlocks) {
        const Points part = points.subspan(at, block.points);
        at += block.points;
        out.append(",\"").append(block.name).append("_kpts\":");
        if (block.certainty)
            appendTriples(out, part, scoreItself);
        else
            appendTriples(out, part, visible);
        out.append(",\"").append(block.name).append(anyOf(part) ? "_valid\":true" : "_valid\":false");
    }
}

void appendCocoPerson(std::string& out, Points points, int64_t id, int64_t frame, int person)
{
    const Points body = points.first(kCocoBody);
    out += id > 1 ? ",\n{\"id\":" : "\n{\"id\":";
    appendNumber(out, id);
    out += ",\"image_id\":";
    appendNumber(out, frame);
    out += ",\"category_id\":1,\"iscrowd\":0,\"track_id\":";
    appendNumber(out, person);
    out += ",\"keypoints\":";
    appendTriples(out, body, visible);
    out += ",\"num_keypoints\":";
    appendNumber(out, std::ranges::count_if(body, [](const PosePoint& point) { return point.score > 0; }));
    if (points.size() > kCocoBody)
        appendWholeBody(out, points);
    out += ",\"keypoint_scores\":[";
    for (size_t i = 0; i < points.size(); ++i) {
        if (i > 0)
            out += ',';
        appendNumber(out, points[i].score);
    }
    const Box box = boxOf(points);
    out += "],\"bbox\":";
    appendBox(out, box);
    out += ",\"area\":";
    appendNumber(out, box.width * box.height);
    out += ",\"score\":";
    appendNumber(out, meanScore(points));
    out += '}';
}

/// Names of the 17 points, and the edges between them, which COCO counts from 1.
void appendCocoCategory(std::string& out)
{
    const auto layout = findPoseLayout("coco17");
    out += "\n],\"categories\":[{\"id\":1,\"name\":\"person\",\"supercategory\":\"person\",\"keypoints\":[";
    for (const std::string& point : (*layout)->points) {
        if (out.back() != '[')
            out += ',';
        appendJsonText(out, point);
    }
    out += "],\"skeleton\":[";
    for (const auto& [a, b] : (*layout)->limbs) {
        out += out.back() == '[' ? "[" : ",[";
        appendNumber(out, a + 1);
        out += ',';
        appendNumber(out, b + 1);
        out += ']';
    }
    out += "]}]}\n";
}

} // namespace

void appendJsonText(std::string& out, std::string_view text)
{
    out += '"';
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const size_t more = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 ? 2 : c >= 0xc2 ? 1 : 0;
        if (c < 0x20 || c == 0x7f) {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(c));
            out += escaped.data();
        } else if (c < 0x80) {
            out.append(c == '"' || c == '\\' ? "\\" : "").push_back(text[i]);
        } else if (c < 0xf5 && more > 0 && i + more < text.size()
            && std::ranges::all_of(text.substr(i + 1, more),
                [](char next) { return (static_cast<unsigned char>(next) & 0xc0) == 0x80; })) {
            out.append(text.substr(i, more + 1));
            i += more;
        } else {
            out += '?';
        }
    }
    out += '"';
}

Status writeOpenPoseJson(const fs::path& folder, const PoseTrack& track, const PoseVideo& video)
{
    const auto blocks
        = std::ranges::find(kOpenPoseBlocks, std::string_view(track.layout), &OpenPoseBlocks::layout);
    if (blocks == kOpenPoseBlocks.end())
        return Error{ErrorCode::InvalidArgument, folder.string() + ": the track is not one of OpenPose"};
    std::error_code ec;
    fs::create_directories(folder, ec);
    const bool face = blockIsUsed(track, blocks->face, kFacePoints);
    const bool hands = blockIsUsed(track, blocks->hands, 2 * kHandPoints);
    const auto append = [](std::string& out, std::string_view key, const PosePoint* points, int count) {
        out.append(",\"").append(key).append("\":");
        appendTriples(out, Points(points, static_cast<size_t>(count)), scoreItself);
    };
    for (int64_t row = 0; row < track.rows(); ++row) {
        const int64_t frame = track.frames[static_cast<size_t>(row)];
        TextFile file(folder / (video.name + "_" + twelveDigits(frame) + "_keypoints.json"));
        std::string& out = file.text();
        out = "{\"version\":1.3,\"people\":[";
        for (int person = 0; person < track.persons; ++person) {
            const PosePoint* points = track.at(row, person);
            if (!anyOf({points, static_cast<size_t>(track.pointCount)}))
                continue;
            out += out.back() == '[' ? "{\"person_id\":[" : ",{\"person_id\":[";
            appendNumber(out, person);
            out += ']';
            append(out, "pose_keypoints_2d", points, blocks->body);
            append(out, "face_keypoints_2d", points + (face ? blocks->face : 0), face ? kFacePoints : 0);
            const PosePoint* left = points + (hands ? blocks->hands : 0);
            append(out, "hand_left_keypoints_2d", left, hands ? kHandPoints : 0);
            append(out, "hand_right_keypoints_2d", left + (hands ? kHandPoints : 0), hands ? kHandPoints : 0);
            out += ",\"pose_keypoints_3d\":[],\"face_keypoints_3d\":[],\"hand_left_keypoints_3d\":[],"
                   "\"hand_right_keypoints_3d\":[]}";
        }
        out.append("],\"layout\":\"").append(track.layout).append("\"}");
        if (const Status status = file.finish(); !status)
            return status;
    }
    return {};
}

Status writeCocoJson(const fs::path& path, const PoseTrack& track, const PoseVideo& video)
{
    TextFile file(path);
    file.text() = "{\"info\":{\"description\":";
    appendJsonText(file.text(), video.name);
    file.text() += ",\"version\":\"1.0\"},\"licenses\":[],\"images\":[";
    for (int64_t row = 0; row < track.rows(); ++row) {
        const int64_t frame = track.frames[static_cast<size_t>(row)];
        std::string& out = file.text();
        out += row > 0 ? ",\n{\"id\":" : "\n{\"id\":";
        appendNumber(out, frame);
        out += ",\"frame_index\":";
        appendNumber(out, frame);
        out += ",\"width\":";
        appendNumber(out, video.width);
        out += ",\"height\":";
        appendNumber(out, video.height);
        out += ",\"file_name\":";
        appendJsonText(out, video.name + "_" + twelveDigits(frame) + ".jpg");
        out += '}';
    }
    file.text() += "\n],\"annotations\":[";
    int64_t id = 0;
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person) {
            const Points points(track.at(row, person), static_cast<size_t>(track.pointCount));
            if (anyOf(points))
                appendCocoPerson(file.text(), points, ++id, track.frames[static_cast<size_t>(row)], person);
        }
    appendCocoCategory(file.text());
    return file.finish();
}

Status writeAlphaPoseJson(const fs::path& path, const PoseTrack& track, const PoseVideo& video)
{
    TextFile file(path);
    file.text() = "[";
    bool first = true;
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person) {
            const Points points(track.at(row, person), static_cast<size_t>(track.pointCount));
            if (!anyOf(points))
                continue;
            std::string& out = file.text();
            out += first ? "\n{\"image_id\":" : ",\n{\"image_id\":";
            first = false;
            appendJsonText(
                out, video.name + "_" + twelveDigits(track.frames[static_cast<size_t>(row)]) + ".jpg");
            out += ",\"category_id\":1,\"keypoints\":";
            appendTriples(out, points, scoreItself);
            out += ",\"score\":";
            appendNumber(out, meanScore(points));
            out += ",\"box\":";
            appendBox(out, boxOf(points));
            out += ",\"idx\":";
            appendNumber(out, person);
            out += '}';
        }
    file.text() += "\n]\n";
    return file.finish();
}

} // namespace telltale
