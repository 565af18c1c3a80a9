// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/openposepicture.h"
#include "pose/layout.h"
#include "pose/readers/keypointarrays.h"
#include "pose/readers/readers.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

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
        m_wrong = std::string("person ").append(std::to_string(m_people)) + ": "
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
        m_block = -1;
        size_t all = 0;
        for (const auto& block : m_blocks)
            all += block.size();
        ++m_people;
        if (all == 0) {
            m_picture.people.pop_back();
            return;
        }
        OpenPosePerson& person = m_picture.people.back();
        person.place = m_people - 1;
        person.points.reserve(all / 3);
        for (size_t i = 0; i < m_blocks.size(); ++i) {
            const std::vector<float>& v = m_blocks[i];
            person.lengths[i] = static_cast<uint32_t>(v.size());
            for (size_t k = 0; k + 2 < v.size(); k += 3)
                person.points.push_back(v[k + 2] > 0 ? PosePoint{v[k], v[k + 1], v[k + 2]} : PosePoint{});
        }
    }

    OpenPosePicture m_picture;
    std::array<std::vector<float>, 4> m_blocks;
    std::string m_wrong;
    size_t m_people = 0; ///< that are complete
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
    uint32_t bodyNumbers = 0; ///< of three for each point; 0: nobody has a body
    bool face = false;
    bool hands = false;
};

/// What a layout of OpenPose's models has room for, one behind the other.
struct Room {
    std::string_view layout;
    uint32_t body;
    bool face;
    bool hands;

    bool has(size_t block) const { return block == 0 || (block == 1 ? face : hands); }
    uint32_t numbers(size_t block) const { return block == 0 ? body * 3 : kBlocks[block].numbers; }
};
constexpr std::array<Room, 5> kRooms
    = {{{"openpose137", 25, true, true}, {"openpose25", 25, false, false}, {"openpose25b", 25, false, false},
        {"openpose25b_hands", 25, false, true}, {"openpose18", 18, false, false}}};

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

/// The person's points in the layout; what somebody lacks is missing.
Result<std::vector<PosePoint>> pointsOf(OpenPosePerson& person, const Room& room, const fs::path& file)
{
    size_t count = 0;
    bool fits = true;
    for (size_t b = 0; b < kBlocks.size(); ++b) {
        const uint32_t there = person.lengths[b];
        const uint32_t wanted = room.numbers(b);
        if (there > 0 && there != wanted)
            return bad(file,
                std::string("person ").append(std::to_string(person.place)) + ": "
                    + std::string(kBlocks[b].key) + " has " + std::to_string(there) + " numbers, "
                    + std::to_string(wanted) + " were expected");
        fits = fits && (there > 0) == room.has(b);
        count += room.has(b) ? wanted / 3 : 0;
    }
    if (fits)
        return std::move(person.points);
    std::vector<PosePoint> points;
    points.reserve(count);
    const PosePoint* from = person.points.data();
    for (size_t b = 0; b < kBlocks.size(); ++b) {
        const PosePoint* to = from + person.lengths[b] / 3;
        if (room.has(b))
            points.insert(points.end(), from, to);
        if (room.has(b) && from == to)
            points.resize(points.size() + room.numbers(b) / 3);
        from = to;
    }
    return points;
}

/// Mean bone length of a reading, to compare readings of the same numbers: the wrong one joins far points.
double boneLength(const std::vector<OpenPosePicture>& pictures, const PoseLayout& layout)
{
    double sum = 0;
    int64_t count = 0;
    for (const OpenPosePicture& picture : pictures)
        for (const OpenPosePerson& person : picture.people) {
            if (person.lengths[0] != layout.points.size() * 3)
                continue;
            for (const auto& [child, parent] : layout.edges) {
                const PosePoint& a = person.points[static_cast<size_t>(child)];
                const PosePoint& b = person.points[static_cast<size_t>(parent)];
                if (a.score > 0 && b.score > 0) {
                    sum += std::hypot(a.x - b.x, a.y - b.y);
                    ++count;
                }
            }
        }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

/// A file may name its layout, as bones of few points tell little.
std::string_view layoutOf(const std::vector<OpenPosePicture>& pictures, const Shape& shape)
{
    if (shape.bodyNumbers == 54)
        return "openpose18";
    for (const Room& room : kRooms)
        if (room.layout == shape.layout && room.body == 25)
            return room.layout;
    const auto a = findPoseLayout("openpose25");
    const auto b = findPoseLayout("openpose25b");
    if (shape.bodyNumbers > 0 && boneLength(pictures, **b) < boneLength(pictures, **a))
        return shape.hands ? "openpose25b_hands" : "openpose25b";
    return shape.hands || shape.face ? "openpose137" : "openpose25";
}

Result<Room> roomFor(const std::vector<OpenPosePicture>& pictures, const Shape& shape, const fs::path& path)
{
    if (shape.bodyNumbers != 75 && shape.bodyNumbers != 54 && shape.bodyNumbers != 0)
        return bad(path,
            "its people have " + std::to_string(shape.bodyNumbers)
                + " body numbers; read are 75 (BODY_25, BODY_25B) and 54 (COCO)");
    return *std::ranges::find(kRooms, layoutOf(pictures, shape), &Room::layout);
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

int64_t openPoseFrame(const std::string& stem)
{
    size_t end = stem.size();
    while (end > 0 && (stem[end - 1] < '0' || stem[end - 1] > '9'))
        --end;
    return trailingNumber(std::string_view(stem).substr(0, end));
}

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
    std::vector<OpenPosePicture> pictures, const std::vector<std::string>& files, const fs::path& path)
{
    const Shape shape = shapeOf(pictures);
    const auto room = roomFor(pictures, shape, path);
    if (!room)
        return room.error();
    const bool numbered = areNumbered(pictures);
    std::vector<PeopleFrame> frames;
    std::vector<std::vector<int64_t>> numbers;
    frames.reserve(pictures.size());
    for (size_t i = 0; i < pictures.size(); ++i) {
        PeopleFrame frame{pictures[i].frame, {}};
        frame.people.reserve(pictures[i].people.size());
        numbers.emplace_back();
        for (OpenPosePerson& person : pictures[i].people) {
            auto points = pointsOf(person, *room, files[i]);
            if (!points)
                return points.error();
            frame.people.push_back(std::move(*points));
            numbers.back().push_back(person.id);
        }
        frames.push_back(std::move(frame));
        pictures[i] = {}; // both at once would be twice the memory
    }
    SkeletonFile file;
    const auto count = static_cast<int>((**findPoseLayout(room->layout)).points.size());
    takeJoined(numbered ? joinNumbered(std::move(frames), numbers, room->layout, count)
                        : joinPeople(std::move(frames), room->layout, count),
        path.string(), file);
    for (const auto& [there, has, what] :
        {std::tuple{shape.face, room->face, "face"}, {shape.hands, room->hands, "hands"}})
        if (there && !has)
            file.notes.push_back(path.string() + ": the points of the " + what
                + " have no place in the layout " + std::string(room->layout) + " and are left out");
    findShares(file);
    return file;
}

} // namespace telltale
