// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/layouts/layoutspec.h"
#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kMostPoints = 1000;
constexpr size_t kLongestName = 60;
constexpr uintmax_t kLargestFile = 4 << 20;

constexpr std::array kFields = std::to_array<std::string_view>({"layout", "title", "points", "edges", "flips",
    "parts", "bones", "limbs", "left_limbs", "right_limbs", "graph", "centre", "joints"});

/// Reads the fields one after the other; the first error stays.
class LayoutReader {
public:
    LayoutReader(std::string file, const json& document) : m_file(std::move(file)), m_document(document) { }

    Result<LayoutSpec> read()
    {
        readNames();
        if (!m_error)
            readTables();
        if (!m_error)
            readMeanings();
        if (m_error)
            return *m_error;
        return std::move(m_spec);
    }

private:
    void bad(const std::string& field, const std::string& what)
    {
        if (!m_error)
            m_error = Error{ErrorCode::BadFormat, m_file + ", field '" + field + "': " + what};
    }

    static bool isName(const std::string& name)
    {
        return !name.empty() && name.size() <= kLongestName
            && std::none_of(name.begin(), name.end(), [](char c) {
                   return static_cast<unsigned char>(c) <= ' ' || c == 127 || c == '/' || c == '"';
               });
    }

    void readNames()
    {
        for (const auto& [key, value] : m_document.items())
            if (std::find(kFields.begin(), kFields.end(), key) == kFields.end()) {
                std::string known;
                for (const std::string_view field : kFields)
                    known += (known.empty() ? "" : ", ") + std::string(field);
                return bad(key, "is not a field of a layout; known are " + known);
            }
        const json name = m_document.value("layout", json());
        if (!name.is_string() || !isName(name.get<std::string>()))
            return bad("layout", "give the layout a name without blanks, at most 60 characters");
        m_spec.name = name.get<std::string>();
        for (const PoseLayout& layout : poseLayouts())
            if (layout.name == m_spec.name)
                return bad("layout", "'" + m_spec.name + "' is a layout of the program, choose another name");
        const json title = m_document.value("title", json(m_spec.name));
        if (!title.is_string())
            return bad("title", "is not a text");
        m_spec.title = title.get<std::string>();
        readPoints();
    }

    void readPoints()
    {
        const json points = m_document.value("points", json());
        if (!points.is_array() || points.empty() || points.size() > kMostPoints)
            return bad("points", "has to be the list of the points' names, 1 to 1000 of them");
        std::set<std::string> seen;
        for (size_t i = 0; i < points.size(); ++i) {
            if (!points[i].is_string() || !isName(points[i].get<std::string>()))
                return bad("points",
                    "point " + std::to_string(i)
                        + " is not a name (text without blanks, at most 60 characters)");
            m_spec.points.push_back(points[i].get<std::string>());
            if (!seen.insert(m_spec.points.back()).second)
                return bad("points", "'" + m_spec.points.back() + "' is there twice");
        }
    }

    /// A point by its name or its number.
    int pointOf(const json& value, const std::string& field)
    {
        if (value.is_number_integer()) {
            const auto number = value.get<int64_t>();
            if (number >= 0 && number < static_cast<int64_t>(m_spec.points.size()))
                return static_cast<int>(number);
        }
        if (value.is_string()) {
            const auto found
                = std::find(m_spec.points.begin(), m_spec.points.end(), value.get<std::string>());
            if (found != m_spec.points.end())
                return static_cast<int>(found - m_spec.points.begin());
        }
        bad(field,
            value.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 80)
                + " is no point; write its name or its number from 0 to "
                + std::to_string(m_spec.points.size() - 1));
        return -1;
    }

    PointPairs readPairs(const char* field)
    {
        PointPairs pairs;
        const auto found = m_document.find(field);
        if (found == m_document.end())
            return pairs;
        if (!found->is_array()) {
            bad(field, "has to be a list of pairs of points");
            return pairs;
        }
        for (const json& pair : *found) {
            if (!pair.is_array() || pair.size() != 2) {
                bad(field, "entry " + std::to_string(pairs.size()) + " is not a pair of points");
                return pairs;
            }
            pairs.emplace_back(pointOf(pair[0], field), pointOf(pair[1], field));
            if (m_error)
                return pairs;
        }
        return pairs;
    }

    /// Each child once, and from every point a way to a root.
    void checkTree()
    {
        std::vector<int> parents(m_spec.points.size(), -1);
        for (const auto& [child, parent] : m_spec.edges) {
            if (child == parent)
                return bad("edges", "'" + nameOfPoint(child) + "' is joined with itself");
            if (parents[static_cast<size_t>(child)] >= 0)
                return bad("edges",
                    "'" + nameOfPoint(child)
                        + "' is the child (first of the pair) of two points, leave one out");
            parents[static_cast<size_t>(child)] = parent;
        }
        for (size_t i = 0; i < parents.size(); ++i) {
            int at = static_cast<int>(i);
            for (size_t steps = 0; steps <= parents.size() && at >= 0; ++steps)
                at = parents[static_cast<size_t>(at)];
            if (at >= 0)
                return bad("edges",
                    "go round in a circle at '" + m_spec.points[i]
                        + "'; an edge is [child, parent] and one point has no parent");
        }
    }

    std::string nameOfPoint(int point) const { return m_spec.points[static_cast<size_t>(point)]; }

    void readTables()
    {
        m_spec.edges = readPairs("edges");
        if (!m_error)
            checkTree();
        if (m_document.contains("flips")) {
            m_spec.flips = readPairs("flips");
            std::set<int> seen;
            for (const auto& [left, right] : *m_spec.flips)
                for (const int point : {left, right})
                    if (!m_error && !seen.insert(point).second)
                        bad("flips",
                            "'" + nameOfPoint(point) + "' stands twice; a point has one mirror partner");
        }
        m_spec.bones = readPairs("bones");
        m_spec.limbs = readPairs("limbs");
        m_spec.graph = readPairs("graph");
        const size_t limbs = m_spec.limbs.empty() ? m_spec.edges.size() : m_spec.limbs.size();
        m_spec.leftLimbs = readLimbs("left_limbs", limbs);
        m_spec.rightLimbs = readLimbs("right_limbs", limbs);
        if (m_spec.leftLimbs.size() != m_spec.rightLimbs.size())
            bad("right_limbs", "has not as many limbs as left_limbs");
        if (m_document.contains("centre"))
            m_spec.centre = pointOf(m_document["centre"], "centre");
    }

    std::vector<int> readLimbs(const char* field, size_t limbs)
    {
        std::vector<int> list;
        const json numbers = m_document.value(field, json::array());
        if (!numbers.is_array())
            bad(field, "has to be a list of numbers of limbs");
        for (const json& number : numbers) {
            const bool fits = number.is_number_integer() && number.get<int64_t>() >= 0
                && number.get<int64_t>() < static_cast<int64_t>(limbs);
            if (!fits) {
                bad(field,
                    "holds something else than numbers of limbs, 0 to " + std::to_string(limbs) + " - 1");
                break;
            }
            list.push_back(number.get<int>());
        }
        return list;
    }

    void readMeanings()
    {
        const json parts = m_document.value("parts", json::object());
        if (!parts.is_object())
            return bad("parts", "has to be an object {point: part}");
        for (const auto& [point, part] : parts.items()) {
            const int index = pointOf(json(point), "parts");
            if (m_error)
                return;
            const auto known = partNamed(part);
            if (!known)
                return bad("parts",
                    "'" + point
                        + "' has no known part; parts are head, torso, left_arm, right_arm, left_hand, "
                          "right_hand, left_leg and right_leg");
            m_spec.parts[index] = *known;
        }
        const json joints = m_document.value("joints", json::object());
        if (!joints.is_object())
            return bad("joints", "has to be an object {joint: point or [points]}");
        for (const auto& [joint, points] : joints.items()) {
            if (!isName(joint))
                return bad("joints", "'" + joint + "' is not a name of a joint");
            if (std::find(m_spec.points.begin(), m_spec.points.end(), joint) != m_spec.points.end())
                return bad("joints", "'" + joint + "' is the name of a point already, rename one of the two");
            JointName named{joint, {}};
            const json list = points.is_array() ? points : json::array({points});
            if (list.empty() || list.size() > kMostPoints)
                return bad("joints", "'" + joint + "' names no point");
            for (const json& point : list)
                named.points.push_back(pointOf(point, "joints"));
            m_spec.joints.push_back(std::move(named));
        }
    }

    static std::optional<BodyPart> partNamed(const json& value)
    {
        for (int i = 0; i <= static_cast<int>(BodyPart::RightLeg); ++i)
            if (value.is_string() && value.get<std::string>() == nameOf(static_cast<BodyPart>(i)))
                return static_cast<BodyPart>(i);
        return std::nullopt;
    }

    std::string m_file;
    const json& m_document;
    LayoutSpec m_spec;
    std::optional<Error> m_error;
};

json namedPairs(const PoseLayout& layout, const PointPairs& pairs)
{
    json list = json::array();
    for (const auto& [a, b] : pairs)
        list.push_back({layout.points[static_cast<size_t>(a)], layout.points[static_cast<size_t>(b)]});
    return list;
}

} // namespace

Result<PoseLayout> readLayoutFile(const fs::path& file)
{
    std::error_code ec;
    if (fs::file_size(file, ec) > kLargestFile && !ec)
        return Error{ErrorCode::BadFormat, file.string() + ": is far too large for a layout"};
    const auto text = readFile(file);
    if (!text)
        return text.error();
    const json document = json::parse(*text, nullptr, false);
    if (!document.is_object())
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": is not a JSON object (damaged or cut short); docs/layouts.md shows what a layout looks "
                  "like"};
    auto spec = LayoutReader(file.string(), document).read();
    if (!spec)
        return spec.error();
    PoseLayout layout = makeLayout(*spec);
    addSources68(layout, poseLayouts().front());
    return layout;
}

std::string formatLayout(const PoseLayout& layout)
{
    nlohmann::ordered_json out;
    out["layout"] = layout.name;
    out["title"] = layout.title;
    out["points"] = layout.points;
    out["edges"] = namedPairs(layout, layout.edges);
    out["flips"] = namedPairs(layout, layout.flipPairs);
    nlohmann::ordered_json parts;
    for (size_t i = 0; i < layout.points.size(); ++i)
        parts[layout.points[i]] = nameOf(layout.parts[i]);
    out["parts"] = parts;
    out["bones"] = namedPairs(layout, layout.bones);
    out["limbs"] = namedPairs(layout, layout.limbs);
    out["left_limbs"] = layout.leftLimbs;
    out["right_limbs"] = layout.rightLimbs;
    out["graph"] = namedPairs(layout, layout.graph);
    out["centre"] = layout.points[static_cast<size_t>(layout.centre)];
    nlohmann::ordered_json joints = nlohmann::ordered_json::object();
    for (const JointName& joint : layout.joints) {
        joints[joint.joint] = json::array();
        for (const int point : joint.points)
            joints[joint.joint].push_back(layout.points[static_cast<size_t>(point)]);
    }
    out["joints"] = joints;
    return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace telltale
