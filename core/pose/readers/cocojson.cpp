// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/readers.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using nlohmann::json;

constexpr size_t kMostPeople = 100;
/// Places for people in all pictures; beyond that at least one of kEmptyShare has somebody. Ours.
constexpr size_t kSmallTrack = size_t{1} << 16;
constexpr size_t kEmptyShare = 32;
/// COCO's visibility: 2 seen, 1 guessed behind something, 0 not there. A guess counts half. Ours.
constexpr float kVisible = 2;

struct CocoBlock {
    const char* key;
    size_t points;
};
/// After the 17 body points, in the order of coco_wholebody133.
constexpr std::array<CocoBlock, 4> kWholeBodyBlocks
    = {{{"foot_kpts", 6}, {"face_kpts", 68}, {"lefthand_kpts", 21}, {"righthand_kpts", 21}}};

constexpr std::array<std::pair<size_t, std::string_view>, 5> kLayoutsByCount
    = {{{17, "coco17"}, {133, "coco_wholebody133"}, {136, "halpe136"}, {26, "halpe26"}, {14, "crowdpose14"}}};

struct CocoPerson {
    int64_t picture = 0;
    double area = 0;
    std::vector<PosePoint> points;
    int64_t number = -1; ///< who it is all over the video; -1: the file does not say
};

int64_t wholeOr(const json& object, const char* key, int64_t fallback)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int64_t>() : fallback;
}

/// Width or height of a picture; 0: not known.
int sideOf(const json& image, const char* key)
{
    constexpr int64_t kLargestSide = 1 << 20;
    const int64_t side = wholeOr(image, key, 0);
    return side > 0 && side <= kLargestSide ? static_cast<int>(side) : 0;
}

double areaOf(const json& annotation)
{
    for (const char* key : {"bbox", "box"}) {
        const auto box = annotation.find(key);
        if (box != annotation.end() && box->is_array() && box->size() == 4 && (*box)[2].is_number()
            && (*box)[3].is_number())
            return (*box)[2].get<double>() * (*box)[3].get<double>();
    }
    return 0;
}

/// `track_id` (also among CVAT's attributes) and AlphaPose's `idx`, a number or a list of one.
int64_t personNumber(const json& one)
{
    constexpr double kMost = 1e15;
    json id = one.value("track_id", json());
    if (id.is_null() && one.contains("attributes") && one["attributes"].is_object())
        id = one["attributes"].value("track_id", json());
    if (id.is_null())
        id = one.value("idx", json());
    for (int depth = 0; depth < 2 && id.is_array() && id.size() == 1; ++depth)
        id = json(id[0]);
    if (!id.is_number() || !(id.get<double>() >= 0) || !(id.get<double>() < kMost))
        return -1;
    return static_cast<int64_t>(id.get<double>());
}

class CocoReader {
public:
    explicit CocoReader(std::string name) : m_name(std::move(name)) { }

    Result<SkeletonFile> readAnnotations(const json& document)
    {
        const json& images = document["images"];
        const json& annotations = document["annotations"];
        if (!images.is_array() || !annotations.is_array())
            return bad("'images' and 'annotations' have to be lists");
        if (Status status = readImages(images); !status)
            return status.error();
        chooseLayout(document);
        for (size_t i = 0; i < annotations.size(); ++i) {
            const std::string place = "annotation " + std::to_string(i);
            const json& one = annotations[i];
            if (!one.is_object() || !one.contains("keypoints"))
                continue;
            const auto picture = m_frames.find(wholeOr(one, "image_id", -1));
            if (picture == m_frames.end())
                return bad(place + ": its image_id is not in the list of images");
            if (Status status = addPerson(one, picture->second, kVisible, place); !status)
                return status.error();
        }
        return finish();
    }

    /// A list of detections, each with its picture: results in COCO's form, AlphaPose.
    Result<SkeletonFile> readResults(const json& list)
    {
        std::set<int64_t> pictures;
        for (size_t i = 0; i < list.size(); ++i) {
            const std::string place = "entry " + std::to_string(i);
            const json& one = list[i];
            if (!one.is_object() || !one.contains("image_id") || !one.contains("keypoints"))
                return bad(place + ": has no image_id and keypoints");
            const int64_t frame = numberOf(one["image_id"]);
            if (frame < 0)
                return bad(place + ": its image_id holds no frame number");
            pictures.insert(frame);
            if (Status status = addPerson(one, frame, 1, place); !status)
                return status.error();
        }
        m_order.assign(pictures.begin(), pictures.end());
        return finish();
    }

private:
    Error bad(const std::string& what) const { return {ErrorCode::BadFormat, m_name + ": " + what}; }

    /// The last number in "000012.jpg" or a plain number.
    static int64_t numberOf(const json& id)
    {
        if (id.is_number_integer())
            return id.get<int64_t>();
        if (!id.is_string())
            return -1;
        const auto& text = id.get_ref<const std::string&>();
        return trailingNumber(std::string_view(text).substr(0, text.find_last_of('.')));
    }

    /// Pictures of one video come in the order of their ids.
    Status readImages(const json& images)
    {
        bool sameSize = true;
        for (size_t i = 0; i < images.size(); ++i) {
            const json& image = images[i];
            const int64_t id = image.is_object() ? wholeOr(image, "id", -1) : -1;
            if (id < 0 || !m_frames.emplace(id, 0).second)
                return bad("image " + std::to_string(i) + ": has no id, or one that another image has");
            const int width = sideOf(image, "width");
            const int height = sideOf(image, "height");
            sameSize = sameSize && (i == 0 || (width == m_file.width && height == m_file.height));
            m_file.width = width;
            m_file.height = height;
        }
        if (m_frames.empty())
            return bad("lists no image");
        m_oneVideo = sameSize;
        if (!sameSize)
            m_file.width = m_file.height = 0;
        if (!takeFrameIndices(images)) {
            int64_t frame = 0;
            for (auto& [id, place] : m_frames) {
                place = frame;
                m_order.push_back(frame++);
            }
        }
        m_file.notes.push_back(m_name + ": its " + std::to_string(m_frames.size())
            + (m_indexed ? " images are the frames that frame_index names"
                         : " images are frames in the order of their ids")
            + (sameSize ? "" : "; they differ in size, so they are not those of one video"));
        return {};
    }

    /// Images that say which frame of the video they are, each another one.
    bool takeFrameIndices(const json& images)
    {
        constexpr int64_t kLast = 1'000'000'000'000;
        std::set<int64_t> seen;
        for (const json& image : images)
            if (const int64_t frame = wholeOr(image, "frame_index", -1);
                frame < 0 || frame > kLast || !seen.insert(frame).second)
                return false;
        for (const json& image : images)
            m_frames[wholeOr(image, "id", -1)] = wholeOr(image, "frame_index", -1);
        m_order.assign(seen.begin(), seen.end());
        m_indexed = true;
        return true;
    }

    void chooseLayout(const json& document)
    {
        for (const json& one : document["annotations"])
            for (const CocoBlock& block : kWholeBodyBlocks)
                m_wholeBody = m_wholeBody || (one.is_object() && one.contains(block.key));
        const json categories = document.value("categories", json::array());
        if (m_wholeBody || !categories.is_array())
            return;
        for (const json& category : categories) {
            if (!category.is_object())
                continue;
            const json names = category.value("keypoints", json());
            for (const PoseLayout& layout : poseLayouts())
                if (names == json(layout.points))
                    m_layout = layout.name;
        }
    }

    Status appendPoints(const json& numbers, size_t wanted, float full, const std::string& place,
        std::vector<PosePoint>& points) const
    {
        if (!numbers.is_array() || numbers.size() % 3 != 0 || (wanted > 0 && numbers.size() != wanted * 3))
            return bad(place + ": has " + std::to_string(numbers.size()) + " numbers of points"
                + (wanted > 0 ? ", " + std::to_string(wanted * 3) + " were expected"
                              : ", which is not three for each"));
        for (size_t i = 0; i < numbers.size(); i += 3) {
            std::array<float, 3> v{};
            for (size_t k = 0; k < 3; ++k) {
                if (!numbers[i + k].is_number() || !std::isfinite(numbers[i + k].get<float>()))
                    return bad(place + ": point " + std::to_string(i / 3) + " is not three numbers");
                v[k] = numbers[i + k].get<float>();
            }
            points.push_back(v[2] > 0 ? PosePoint{v[0], v[1], std::min(v[2] / full, 1.0f)} : PosePoint{});
        }
        return {};
    }

    /// The scores that visibility has no place for, as this program writes them.
    static void takeScores(const json& one, std::vector<PosePoint>& points)
    {
        const auto scores = one.find("keypoint_scores");
        if (scores == one.end() || !scores->is_array() || scores->size() != points.size())
            return;
        for (size_t i = 0; i < points.size(); ++i)
            if ((*scores)[i].is_number() && points[i].score > 0) {
                const auto score = (*scores)[i].get<float>();
                points[i].score = score > 0 && score <= 1 ? score : points[i].score;
            }
    }

    Status addPerson(const json& one, int64_t frame, float full, const std::string& place)
    {
        if (one["keypoints"].is_array() && one["keypoints"].empty() && !m_wholeBody)
            return {}; // a box without points
        CocoPerson person{frame, areaOf(one), {}, personNumber(one)};
        if (Status status = appendPoints(one["keypoints"], m_wholeBody ? 17 : 0, full, place, person.points);
            !status)
            return status;
        for (const CocoBlock& block : kWholeBodyBlocks) {
            if (!m_wholeBody)
                break;
            if (!one.contains(block.key)) {
                person.points.resize(person.points.size() + block.points);
                continue;
            }
            // Hands and faces have 0 or 1 (or a certainty); only feet count like the body.
            const float blockFull = std::string_view(block.key) == "foot_kpts" ? kVisible : 1;
            if (Status status = appendPoints(
                    one[block.key], block.points, blockFull, place + ", " + block.key, person.points);
                !status)
                return status;
        }
        if (!m_people.empty() && person.points.size() != m_people.front().points.size())
            return bad(place + ": has " + std::to_string(person.points.size())
                + " points, the ones before it have " + std::to_string(m_people.front().points.size()));
        takeScores(one, person.points);
        if (std::any_of(person.points.begin(), person.points.end(),
                [](const PosePoint& point) { return point.score > 0; }))
            m_people.push_back(std::move(person));
        return {};
    }

    Result<SkeletonFile> finish()
    {
        if (m_people.empty())
            return bad("shows no person with points in any picture");
        const size_t points = m_people.front().points.size();
        for (const auto& [count, layout] : kLayoutsByCount)
            if (m_layout.empty() && count == points)
                m_layout = layout;
        const auto layout = findPoseLayout(m_layout);
        if (!layout || (*layout)->points.size() != points)
            return bad("its people have " + std::to_string(points)
                + " points; read are 14 (CrowdPose), 17 (COCO), 26 and 136 (Halpe) and 133 (COCO-WholeBody)");
        const bool numbered = areNumbered();
        if (numbered || m_oneVideo)
            return join(static_cast<int>(points), numbered);
        bySize(static_cast<int>(points));
        return std::move(m_file);
    }

    /// Pictures that are not of one video do not say who is who: the largest person of each comes first.
    void bySize(int points)
    {
        std::stable_sort(m_people.begin(), m_people.end(),
            [](const CocoPerson& a, const CocoPerson& b) { return a.area > b.area; });
        const size_t room = std::max(kSmallTrack, m_people.size() * kEmptyShare) / m_order.size();
        const size_t mostPeople = std::clamp<size_t>(room, 1, kMostPeople);
        size_t lost = 0;
        std::map<int64_t, std::vector<const CocoPerson*>> byFrame;
        size_t most = 1;
        for (const CocoPerson& person : m_people) {
            auto& there = byFrame[person.picture];
            if (there.size() < mostPeople)
                there.push_back(&person);
            else
                ++lost;
            most = std::max(most, there.size());
        }
        PoseTrack& track = m_file.track;
        track = emptyTrack(m_layout, points, static_cast<int64_t>(m_order.size()), static_cast<int>(most));
        track.frames = m_order;
        for (int64_t row = 0; row < track.rows(); ++row) {
            const auto& people = byFrame[track.frames[static_cast<size_t>(row)]];
            for (size_t i = 0; i < people.size(); ++i)
                std::copy(
                    people[i]->points.begin(), people[i]->points.end(), track.at(row, static_cast<int>(i)));
        }
        if (lost > 0)
            m_file.notes.push_back(m_name + ": " + std::to_string(lost)
                + " people of pictures with more than " + std::to_string(mostPeople)
                + " of them are left out");
    }

    /// Everybody has a number, and no two the same in one picture.
    bool areNumbered() const
    {
        std::set<std::pair<int64_t, int64_t>> seen;
        return std::ranges::all_of(m_people, [&](const CocoPerson& person) {
            return person.number >= 0 && seen.emplace(person.picture, person.number).second;
        });
    }

    Result<SkeletonFile> join(int points, bool numbered)
    {
        std::map<int64_t, size_t> rows;
        std::vector<PeopleFrame> frames;
        for (const int64_t frame : m_order) {
            rows.emplace(frame, frames.size());
            frames.push_back({frame, {}});
        }
        std::vector<std::vector<int64_t>> numbers(frames.size());
        for (CocoPerson& person : m_people) {
            const size_t row = rows.at(person.picture);
            frames[row].people.push_back(std::move(person.points));
            numbers[row].push_back(person.number);
        }
        takeJoined(numbered ? joinNumbered(std::move(frames), numbers, m_layout, points)
                            : joinPeople(std::move(frames), m_layout, points),
            m_name, m_file);
        return std::move(m_file);
    }

    std::string m_name;
    SkeletonFile m_file;
    std::map<int64_t, int64_t> m_frames; ///< of an image's id
    std::vector<int64_t> m_order;
    std::vector<CocoPerson> m_people;
    std::string m_layout;
    bool m_wholeBody = false;
    bool m_indexed = false; ///< the images name their frames
    bool m_oneVideo = true; ///< as far as their sizes tell
};

} // namespace

bool looksLikeCoco(std::string_view text)
{
    const bool annotations = text.find("\"annotations\"") != std::string_view::npos
        && text.find("\"images\"") != std::string_view::npos;
    return annotations || text.substr(0, 4096).find("\"image_id\"") != std::string_view::npos;
}

Result<SkeletonFile> readCoco(std::string_view text, const std::string& name)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return Error{ErrorCode::BadFormat, name + ": is not JSON (damaged or cut short)"};
    CocoReader reader(name);
    if (document.is_array())
        return reader.readResults(document);
    if (!document.is_object() || !document.contains("images") || !document.contains("annotations"))
        return Error{ErrorCode::BadFormat, name + ": the lists 'images' and 'annotations' are missing"};
    return reader.readAnnotations(document);
}

} // namespace telltale
