// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/readers.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>

namespace telltale {
namespace {

static_assert(std::endian::native == std::endian::little, "the container is little-endian");

constexpr size_t kMostComponents = 64;
constexpr size_t kMostPoints = 4000;
constexpr int kMostPeople = 1000;
constexpr size_t kShownNames = 6;

/// Blocks whose points lie in a fixed order, and the first point that they fill in the layout.
struct BlockPlace {
    std::string_view component;
    size_t points;
    std::string_view layout;
    int first;
};
constexpr std::array<BlockPlace, 6> kBlocks = {{{"pose_keypoints_2d", 25, "openpose137", 0},
    {"face_keypoints_2d", 70, "openpose137", 25}, {"hand_left_keypoints_2d", 21, "openpose137", 95},
    {"hand_right_keypoints_2d", 21, "openpose137", 116}, {"LEFT_HAND_LANDMARKS", 21, "mediapipe75", 33},
    {"RIGHT_HAND_LANDMARKS", 21, "mediapipe75", 54}}};
/// The block whose points are told by their names.
constexpr std::string_view kNamedBlock = "POSE_LANDMARKS";

struct Component {
    std::string name;
    size_t values = 0; ///< coordinates and the confidence
    std::vector<std::string> points;
};

/// Reads numbers one after the other; behind the end it gives zeros and says so.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : m_bytes(bytes) { }

    template <typename T> T take()
    {
        T value{};
        if (m_bytes.size() - m_at < sizeof(T)) {
            m_short = true;
            m_at = m_bytes.size();
            return value;
        }
        std::memcpy(&value, m_bytes.data() + m_at, sizeof(T));
        m_at += sizeof(T);
        return value;
    }

    std::string text()
    {
        const auto length = take<uint16_t>();
        if (m_bytes.size() - m_at < length) {
            m_short = true;
            m_at = m_bytes.size();
            return {};
        }
        std::string out(m_bytes.substr(m_at, length));
        m_at += length;
        return out;
    }

    void skip(size_t count) { m_at = std::min(m_at + count, m_bytes.size()); }
    size_t left() const { return m_bytes.size() - m_at; }
    bool cutShort() const { return m_short; }

private:
    std::string_view m_bytes;
    size_t m_at = 0;
    bool m_short = false;
};

class ContainerReader {
public:
    ContainerReader(std::string_view bytes, std::string name) : m_bytes(bytes), m_name(std::move(name)) { }

    Result<SkeletonFile> read()
    {
        for (const auto step : {&ContainerReader::readHeader, &ContainerReader::choosePlaces})
            if (Status status = (this->*step)(); !status)
                return status.error();
        const Status body = m_version < kFirstTensorVersion ? readPeople() : readTensors();
        if (!body)
            return body.error();
        if (m_notNumbers > 0)
            m_file.notes.push_back(m_name + ": " + std::to_string(m_notNumbers)
                + " coordinates are no numbers; their points count as missing");
        return std::move(m_file);
    }

private:
    static constexpr float kFirstTensorVersion = 0.05f;
    static constexpr float kWideVersion = 0.15f;

    Error bad(const std::string& what) const { return {ErrorCode::BadFormat, m_name + ": " + what}; }
    Error cut() const { return bad("is cut short or damaged; get the .pose file again"); }

    Status readHeader()
    {
        m_version = m_bytes.take<float>();
        if (!(m_version >= 0 && m_version < 0.25f))
            return bad("is a .pose file of a version that is not read; known are 0.0, 0.1 and 0.2");
        m_file.width = m_bytes.take<uint16_t>();
        m_file.height = m_bytes.take<uint16_t>();
        m_bytes.take<uint16_t>(); // depth
        const size_t components = m_bytes.take<uint16_t>();
        if (components == 0 || components > kMostComponents)
            return bad("has " + std::to_string(components) + " components, 1 to 64 were expected");
        for (size_t i = 0; i < components && !m_bytes.cutShort(); ++i)
            if (Status status = readComponent(); !status)
                return status;
        return m_bytes.cutShort() ? Status(cut()) : Status();
    }

    Status readComponent()
    {
        Component component;
        component.name = m_bytes.text();
        component.values = m_bytes.text().size();
        const size_t points = m_bytes.take<uint16_t>();
        const size_t limbs = m_bytes.take<uint16_t>();
        const size_t colors = m_bytes.take<uint16_t>();
        if (component.values < 3 || component.values > 8 || points + m_points > kMostPoints)
            return cut();
        for (size_t i = 0; i < points && !m_bytes.cutShort(); ++i)
            component.points.push_back(m_bytes.text());
        m_bytes.skip(limbs * 2 * sizeof(uint16_t) + colors * 3 * sizeof(uint16_t));
        m_points += points;
        m_values = std::max(m_values, component.values);
        m_components.push_back(std::move(component));
        return {};
    }

    /// The point of the layout for each point of the file, -1 for those that are left out.
    Status choosePlaces()
    {
        std::string_view layoutName;
        for (const Component& component : m_components) {
            if (component.name == kNamedBlock)
                layoutName = "mediapipe75";
            for (const BlockPlace& block : kBlocks)
                if (block.component == component.name && block.points == component.points.size())
                    layoutName = block.layout;
        }
        if (layoutName.empty()) {
            std::string found;
            for (size_t i = 0; i < std::min(m_components.size(), kShownNames); ++i)
                found += (i ? ", " : "") + m_components[i].name;
            return bad("holds no body or hands that are known (" + found
                + "); read are the components of MediaPipe Holistic and OpenPose");
        }
        const PoseLayout& layout = **findPoseLayout(layoutName);
        m_file.track.layout = layout.name;
        m_file.track.pointCount = static_cast<int>(layout.points.size());
        std::string left;
        for (const Component& component : m_components) {
            const std::vector<int> places = placesOf(component, layout);
            if (places.empty() || places.front() < 0)
                left += (left.empty() ? "" : ", ") + component.name;
            m_places.insert(m_places.end(), places.begin(), places.end());
        }
        if (!left.empty())
            m_file.notes.push_back(m_name + ": left out: " + left);
        return {};
    }

    static std::vector<int> placesOf(const Component& component, const PoseLayout& layout)
    {
        std::vector<int> places(component.points.size(), -1);
        for (const BlockPlace& block : kBlocks)
            if (block.component == component.name && block.layout == layout.name
                && block.points == places.size())
                for (size_t i = 0; i < places.size(); ++i)
                    places[i] = block.first + static_cast<int>(i);
        if (component.name == kNamedBlock)
            for (size_t i = 0; i < places.size(); ++i) {
                const std::string joint = jointOfName(component.points[i], false);
                const auto found = std::find(layout.points.begin(), layout.points.end(), joint);
                if (found != layout.points.end())
                    places[i] = static_cast<int>(found - layout.points.begin());
            }
        return places;
    }

    void put(PosePoint* person, size_t point, float x, float y, float score)
    {
        if (m_places[point] < 0 || !(score > 0))
            return;
        if (!std::isfinite(x) || !std::isfinite(y)) {
            ++m_notNumbers;
            return;
        }
        person[m_places[point]] = {x, y, std::min(score, 1.0f)};
    }

    /// Version 0.0: people of each frame in no order that lasts.
    Status readPeople()
    {
        m_file.fps = m_bytes.take<uint16_t>();
        const int frames = m_bytes.take<uint16_t>();
        std::vector<PeopleFrame> all;
        for (int frame = 0; frame < frames; ++frame) {
            const int people = m_bytes.take<uint16_t>();
            if (people > kMostPeople)
                return cut();
            all.push_back({frame, {}});
            for (int person = 0; person < people && !m_bytes.cutShort(); ++person) {
                m_bytes.take<int16_t>(); // a number that OpenPose does not keep over time
                std::vector<PosePoint> points(static_cast<size_t>(m_file.track.pointCount));
                size_t point = 0;
                for (const Component& component : m_components)
                    for (size_t i = 0; i < component.points.size(); ++i, ++point) {
                        std::array<float, 8> v{};
                        for (size_t k = 0; k < component.values; ++k)
                            v[k] = m_bytes.take<float>();
                        put(points.data(), point, v[0], v[1], v[component.values - 1]);
                    }
                all.back().people.push_back(std::move(points));
            }
            if (m_bytes.cutShort())
                return cut();
        }
        if (all.empty())
            return bad("has no frame");
        const std::string layout = m_file.track.layout;
        takeJoined(joinPeople(std::move(all), layout, m_file.track.pointCount), m_name, m_file);
        return {};
    }

    /// Versions 0.1 and 0.2: all coordinates, then all confidences; people keep their place.
    Status readTensors()
    {
        const bool wide = m_version > kWideVersion;
        m_file.fps = wide ? static_cast<double>(m_bytes.take<float>()) : m_bytes.take<uint16_t>();
        const uint64_t told = wide ? m_bytes.take<uint32_t>() : m_bytes.take<uint16_t>();
        const uint64_t people = m_bytes.take<uint16_t>();
        if (m_bytes.cutShort() || people > kMostPeople)
            return cut();
        const uint64_t numbers = people * m_points * m_values;
        if (numbers == 0)
            return bad("shows nobody");
        // The number of frames of version 0.1 wraps round at 65536; the length of the file does not.
        const uint64_t rows = m_bytes.left() / (numbers * sizeof(float));
        if (rows * numbers * sizeof(float) != m_bytes.left() || rows == 0
            || (wide ? rows : rows % 65536) != told)
            return cut();
        if (!std::isfinite(m_file.fps) || m_file.fps < 0)
            m_file.fps = 0;
        PoseTrack& track = m_file.track;
        track = emptyTrack(
            track.layout, track.pointCount, static_cast<int64_t>(rows), static_cast<int>(people));
        const size_t coordinates = m_values - 1;
        Bytes scores = m_bytes;
        scores.skip(rows * people * m_points * coordinates * sizeof(float));
        for (int64_t row = 0; row < track.rows(); ++row)
            for (int person = 0; person < track.persons; ++person)
                for (size_t point = 0; point < m_points; ++point) {
                    std::array<float, 8> v{};
                    for (size_t k = 0; k < coordinates; ++k)
                        v[k] = m_bytes.take<float>();
                    put(track.at(row, person), point, v[0], v[1], scores.take<float>());
                }
        return {};
    }

    Bytes m_bytes;
    std::string m_name;
    SkeletonFile m_file;
    float m_version = 0;
    std::vector<Component> m_components;
    std::vector<int> m_places;
    size_t m_points = 0;
    size_t m_values = 0;
    int64_t m_notNumbers = 0;
};

} // namespace

bool looksLikePoseFile(std::string_view bytes)
{
    Bytes in(bytes);
    const auto version = in.take<float>();
    in.skip(3 * sizeof(uint16_t));
    const auto components = in.take<uint16_t>();
    const std::string name = in.text();
    const std::string format = in.text();
    return version >= 0 && version < 1 && components > 0 && components <= kMostComponents && !name.empty()
        && !in.cutShort() && format.starts_with("XY") && format.ends_with("C");
}

Result<SkeletonFile> readPoseContainer(std::string_view bytes, const std::string& name)
{
    return ContainerReader(bytes, name).read();
}

} // namespace telltale
