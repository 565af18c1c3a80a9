// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/openposepicture.h"
#include "pose/layout.h"
#include "pose/readers/keypointarrays.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Error bad(const fs::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what};
}

/// Blocks of a person (the key and, before version 1.2, without its end) and the numbers that each has.
struct Block {
    std::string_view key;
    std::string_view oldKey;
    uint32_t numbers; ///< 0: by the model
};
constexpr std::array<Block, 4> kBlocks = {{{"pose_keypoints_2d", "pose_keypoints", 0},
    {"face_keypoints_2d", "face_keypoints", 210}, {"hand_left_keypoints_2d", "hand_left_keypoints", 63},
    {"hand_right_keypoints_2d", "hand_right_keypoints", 63}}};
constexpr int kPersonId = 4;
constexpr size_t kLongestName = 40;

/// Takes the numbers straight from the text: a tree of values would be ten times as large as the points, and
/// an hour of video has 90,000 such files.
class PictureHandler final : public nlohmann::json_sax<json> {
public:
    OpenPosePicture take() { return std::move(m_picture); }
    bool hasPeople() const { return m_list; }
    const std::string& wrong() const { return m_wrong; }

    bool null() override { return scalar(); }
    bool boolean(bool) override { return scalar(); }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& text) override
    {
        if (m_depth == 1 && m_isLayout)
            m_picture.layout = text.substr(0, kLongestName);
        return scalar();
    }
    bool binary(binary_t&) override { return scalar(); }

    bool start_object(std::size_t) override
    {
        if (!other())
            return false;
        ++m_depth;
        if (m_depth == 3 && m_inList) {
            m_picture.people.emplace_back();
            for (auto& block : m_blocks)
                block.clear();
        }
        return true;
    }
    bool key(string_t& name) override
    {
        if (m_depth == 1) {
            m_isPeople = name == "people";
            m_isLayout = name == "layout";
        }
        if (m_depth == 3 && m_inList) {
            m_block = name == "person_id" ? kPersonId : -1;
            for (size_t i = 0; i < kBlocks.size(); ++i)
                if (name == kBlocks[i].key || name == kBlocks[i].oldKey)
                    m_block = static_cast<int>(i);
        }
        return true;
    }
    bool end_object() override
    {
        if (m_depth == 3 && m_inList)
            endPerson();
        --m_depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        if (!scalar())
            return false;
        ++m_depth;
        if (m_depth == 2 && m_isPeople)
            m_list = m_inList = true;
        m_collecting = m_collecting || (m_depth == 4 && m_inList && m_block >= 0);
        return true;
    }
    bool end_array() override
    {
        --m_depth;
        if (m_depth == 3)
            m_collecting = false;
        if (m_depth == 1)
            m_inList = false;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override
    {
        return false;
    }

private:
    /// Anything but a number or an object; false ends the reading.
    bool scalar()
    {
        if (m_depth == 2 && m_inList)
            m_wrong = "an entry of 'people' is not an object";
        return other();
    }

    /// Anything but a number.
    bool other()
    {
        if (m_collecting && m_block < kPersonId)
            notANumber();
        return m_wrong.empty();
    }

    void notANumber()
    {
        const auto block = static_cast<size_t>(m_block);
        m_wrong = "person " + std::to_string(m_picture.people.size() - 1) + ": "
            + std::string(kBlocks[block].key) + "[" + std::to_string(m_blocks[block].size())
            + "] is not a number";
    }

    bool number(double value)
    {
        if (m_depth == 2 && m_inList)
            return scalar();
        if (m_block == kPersonId && m_inList && (m_depth == 3 || m_depth == 4)) {
            if (value >= 0 && value < 1e15 && std::floor(value) == value)
                m_picture.people.back().id = static_cast<int64_t>(value);
            return true;
        }
        if (!m_collecting || m_depth != 4)
            return true;
        const auto narrow = static_cast<float>(value);
        if (!std::isfinite(narrow)) {
            notANumber();
            return false;
        }
        m_blocks[static_cast<size_t>(m_block)].push_back(narrow);
        return true;
    }

    void endPerson()
    {
        OpenPosePerson& person = m_picture.people.back();
        size_t all = 0;
        for (const auto& block : m_blocks)
            all += block.size();
        person.numbers.reserve(all);
        for (size_t i = 0; i < m_blocks.size(); ++i) {
            person.lengths[i] = static_cast<uint32_t>(m_blocks[i].size());
            person.numbers.insert(person.numbers.end(), m_blocks[i].begin(), m_blocks[i].end());
        }
        m_block = -1;
    }

    OpenPosePicture m_picture;
    std::array<std::vector<float>, 4> m_blocks;
    std::string m_wrong;
    int m_depth = 0;
    int m_block = -1;
    bool m_isPeople = false;
    bool m_isLayout = false;
    bool m_list = false;
    bool m_inList = false;
    bool m_collecting = false;
};

/// What the body block's length and the other blocks allow; BODY_25 and BODY_25B are told apart by their
/// bones.
struct Shape {
    std::string layout; ///< that the files themselves name
    uint32_t bodyNumbers = 0;
    bool face = false;
    bool hands = false;
};

Shape shapeOf(const std::vector<OpenPosePicture>& pictures)
{
    Shape shape;
    shape.layout = pictures.empty() ? std::string() : pictures.front().layout;
    for (const OpenPosePicture& picture : pictures)
        for (const OpenPosePerson& person : picture.people) {
            shape.bodyNumbers = std::max(shape.bodyNumbers, person.lengths[0]);
            shape.face |= person.lengths[1] > 0;
            shape.hands |= person.lengths[2] > 0 || person.lengths[3] > 0;
        }
    return shape;
}

/// Body points, then face and hands in the order of openpose137.
Result<std::vector<PosePoint>> pointsOf(
    const OpenPosePerson& person, const Shape& shape, const std::string& place, const fs::path& file)
{
    std::vector<PosePoint> points;
    const float* from = person.numbers.data();
    for (size_t b = 0; b < kBlocks.size(); ++b) {
        const uint32_t wanted = b == 0 ? shape.bodyNumbers : kBlocks[b].numbers;
        const uint32_t there = person.lengths[b];
        if (there > 0 && there != wanted)
            return bad(file,
                place + ": " + std::string(kBlocks[b].key) + " has " + std::to_string(there) + " numbers, "
                    + std::to_string(wanted) + " were expected");
        for (uint32_t i = 0; i + 2 < there; i += 3, from += 3)
            points.push_back(from[2] > 0 ? PosePoint{from[0], from[1], from[2]} : PosePoint{});
        if (there == 0)
            points.resize(points.size() + wanted / 3);
    }
    return points;
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

/// Those of 25 points of the body that a file may name, as bones of few points tell little.
constexpr std::array<std::string_view, 4> kNamedLayouts
    = {"openpose137", "openpose25", "openpose25b", "openpose25b_hands"};

Result<std::string> layoutOf(const std::vector<PeopleFrame>& frames, const Shape& shape, const fs::path& file)
{
    if (shape.bodyNumbers == 54)
        return std::string("openpose18");
    if (shape.bodyNumbers != 75 && shape.bodyNumbers != 0)
        return bad(file,
            "its people have " + std::to_string(shape.bodyNumbers)
                + " body numbers; read are 75 (BODY_25, "
                  "BODY_25B) and 54 (COCO)");
    if (std::ranges::find(kNamedLayouts, shape.layout) != kNamedLayouts.end())
        return shape.layout;
    const auto a = findPoseLayout("openpose25");
    const auto b = findPoseLayout("openpose25b");
    if (shape.bodyNumbers > 0 && boneLength(frames, **b) < boneLength(frames, **a))
        return std::string(shape.hands ? "openpose25b_hands" : "openpose25b");
    return std::string(shape.hands || shape.face ? "openpose137" : "openpose25");
}

/// Cuts a person's points (body, 70 face, 42 hands) to those of the layout.
void fitToLayout(std::vector<PosePoint>& points, const std::string& layout, const Shape& shape, int count)
{
    if (shape.bodyNumbers == 0)
        points.insert(points.begin(), 25, PosePoint{});
    if (layout == "openpose25b_hands")
        points.erase(points.begin() + 25, points.begin() + 95);
    points.resize(static_cast<size_t>(count));
}

/// Everybody has a number, and no two the same in one picture.
bool areNumbered(const std::vector<OpenPosePicture>& pictures)
{
    for (const OpenPosePicture& picture : pictures) {
        std::set<int64_t> seen;
        for (const OpenPosePerson& person : picture.people)
            if (person.id < 0 || !seen.insert(person.id).second)
                return false;
    }
    return true;
}

} // namespace

Result<OpenPosePicture> parseOpenPosePicture(std::string_view text, int64_t frame, const fs::path& file)
{
    PictureHandler handler;
    const bool whole = json::sax_parse(text, &handler);
    if (!handler.wrong().empty())
        return bad(file, handler.wrong());
    if (!whole)
        return bad(file, "is not JSON (damaged or cut short)");
    if (!handler.hasPeople())
        return bad(file, "is not a picture of OpenPose: the list 'people' is missing");
    OpenPosePicture picture = handler.take();
    picture.frame = frame;
    return picture;
}

Result<SkeletonFile> joinOpenPosePictures(
    std::vector<OpenPosePicture> pictures, const std::vector<fs::path>& files, const fs::path& path)
{
    const Shape shape = shapeOf(pictures);
    const bool numbered = areNumbered(pictures);
    std::vector<PeopleFrame> frames;
    std::vector<std::vector<int64_t>> numbers;
    frames.reserve(pictures.size());
    for (size_t i = 0; i < pictures.size(); ++i) {
        PeopleFrame frame{pictures[i].frame, {}};
        numbers.emplace_back();
        for (size_t p = 0; p < pictures[i].people.size(); ++p) {
            const OpenPosePerson& person = pictures[i].people[p];
            auto points = pointsOf(person, shape, "person " + std::to_string(p), files[i]);
            if (!points)
                return points.error();
            frame.people.push_back(std::move(*points));
            numbers.back().push_back(person.id);
        }
        frames.push_back(std::move(frame));
        pictures[i] = {}; // both at once would be twice the memory
    }
    const auto name = layoutOf(frames, shape, path);
    if (!name)
        return name.error();
    const auto count = static_cast<int>((**findPoseLayout(*name)).points.size());
    for (PeopleFrame& frame : frames)
        for (auto& points : frame.people)
            fitToLayout(points, *name, shape, count);
    SkeletonFile file;
    file.track = numbered ? joinNumbered(frames, numbers, *name, count) : joinPeople(frames, *name, count);
    findShares(file);
    return file;
}

} // namespace telltale
