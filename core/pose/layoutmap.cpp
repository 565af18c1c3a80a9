// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layoutmap.h"
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace telltale {
namespace {

/// Head over the eyes, as far above them as this share of their way from the neck. Ours.
constexpr float kHeadOverEyes = 0.45f;

/// A joint that can be made from others. Of several rows for one joint the first whose ingredients are there
/// counts. SIDE stands for left and right.
struct JointRule {
    std::string_view joint;
    std::array<std::string_view, 2> mean; ///< the second may be empty
    std::string_view away = {};
    float push = 0;
};

/// Face points are those of the 68 of iBUG (and the pupils 68, 69 of OpenPose). A knuckle of MediaPipe's body
/// is the finger's first joint of its hand (nearest on real video). The root of a hand is its wrist, but a
/// body's wrist makes no hand.
constexpr std::array kRules = std::to_array<JointRule>({
    {"neck", {"left_shoulder", "right_shoulder"}},
    {"neck", {"spine_shoulder"}},
    {"spine_shoulder", {"neck"}},
    {"hip", {"spine_base"}},
    {"hip", {"left_hip", "right_hip"}},
    {"spine_base", {"hip"}},
    {"spine_mid", {"spine_shoulder", "spine_base"}},
    {"head", {"left_eye", "right_eye"}, "neck", kHeadOverEyes},
    {"nose", {"face30"}},
    {"face30", {"nose"}},
    {"left_eye", {"face69"}},
    {"left_eye", {"left_eye_inner", "left_eye_outer"}},
    {"left_eye", {"face42", "face45"}},
    {"right_eye", {"face68"}},
    {"right_eye", {"right_eye_inner", "right_eye_outer"}},
    {"right_eye", {"face36", "face39"}},
    {"face69", {"left_eye"}},
    {"face68", {"right_eye"}},
    {"left_eye_inner", {"face42"}},
    {"left_eye_outer", {"face45"}},
    {"right_eye_inner", {"face39"}},
    {"right_eye_outer", {"face36"}},
    {"face42", {"left_eye_inner"}},
    {"face45", {"left_eye_outer"}},
    {"face39", {"right_eye_inner"}},
    {"face36", {"right_eye_outer"}},
    {"left_mouth", {"face54"}},
    {"right_mouth", {"face48"}},
    {"face54", {"left_mouth"}},
    {"face48", {"right_mouth"}},
    {"SIDE_wrist", {"SIDE_hand_root"}},
    {"SIDE_hand", {"SIDE_hand_root"}},
    {"SIDE_hand_root", {"SIDE_hand"}},
    {"SIDE_hand_tip", {"SIDE_middle4"}},
    {"SIDE_middle4", {"SIDE_hand_tip"}},
    {"SIDE_thumb", {"SIDE_thumb4"}},
    {"SIDE_thumb4", {"SIDE_thumb"}},
    {"SIDE_thumb_knuckle", {"SIDE_thumb2"}},
    {"SIDE_index_knuckle", {"SIDE_index1"}},
    {"SIDE_pinky_knuckle", {"SIDE_little1"}},
    {"SIDE_big_toe", {"SIDE_foot"}},
    {"SIDE_big_toe", {"SIDE_foot_index"}},
    {"SIDE_foot", {"SIDE_big_toe"}},
    {"SIDE_foot", {"SIDE_foot_index"}},
    {"SIDE_foot_index", {"SIDE_big_toe"}},
    {"SIDE_foot_index", {"SIDE_foot"}},
});

std::string sided(std::string_view name, std::string_view side)
{
    return name.starts_with("SIDE_") ? std::string(side) + std::string(name.substr(4)) : std::string(name);
}

/// Looks joints up in one source layout.
class JointFinder {
public:
    explicit JointFinder(const PoseLayout& from) : m_from(from) { }

    std::optional<PointSource> direct(const std::string& joint) const
    {
        for (const JointName& named : m_from.joints)
            if (named.joint == joint)
                return PointSource{named.points, {}, 0};
        const auto found = std::find(m_from.points.begin(), m_from.points.end(), joint);
        if (found == m_from.points.end())
            return std::nullopt;
        return PointSource{{static_cast<int>(found - m_from.points.begin())}, {}, 0};
    }

    /// `depth` ends rules that lead back to their own joint.
    std::optional<PointSource> find(const std::string& joint, int depth = 0) const
    {
        if (auto source = direct(joint))
            return source;
        if (depth > kDeepest)
            return std::nullopt;
        const std::string_view side = joint.starts_with("left_") ? "left" : "right";
        for (const JointRule& rule : kRules)
            if (sided(rule.joint, side) == joint)
                if (auto source = byRule(rule, side, depth))
                    return source;
        return std::nullopt;
    }

private:
    static constexpr int kDeepest = 3;

    std::optional<PointSource> byRule(const JointRule& rule, std::string_view side, int depth) const
    {
        auto first = find(sided(rule.mean[0], side), depth + 1);
        if (!first || !first->away.empty())
            return std::nullopt;
        if (!rule.mean[1].empty()) {
            const auto second = find(sided(rule.mean[1], side), depth + 1);
            if (!second || !second->away.empty())
                return std::nullopt;
            first->mean = halfAndHalf(first->mean, second->mean);
        }
        if (!rule.away.empty()) {
            const auto away = find(sided(rule.away, side), depth + 1);
            if (!away || !away->away.empty())
                return std::nullopt;
            first->away = away->mean;
            first->push = rule.push;
        }
        return first;
    }

    /// The mean of two means: indices are repeated until both halves weigh the same.
    static std::vector<int> halfAndHalf(const std::vector<int>& a, const std::vector<int>& b)
    {
        const size_t each = std::lcm(a.size(), b.size());
        std::vector<int> all;
        all.reserve(2 * each);
        for (const auto* half : {&a, &b})
            for (size_t i = 0; i < each; ++i)
                all.push_back((*half)[i % half->size()]);
        return all;
    }

    const PoseLayout& m_from;
};

/// Missing unless all are there.
PosePoint meanOf(const PosePoint* points, const std::vector<int>& sources)
{
    if (sources.empty())
        return {};
    PosePoint mean{0, 0, points[sources.front()].score};
    for (const int source : sources) {
        const PosePoint& point = points[source];
        if (!(point.score > 0))
            return {};
        mean.x += point.x / static_cast<float>(sources.size());
        mean.y += point.y / static_cast<float>(sources.size());
        mean.score = std::min(mean.score, point.score);
    }
    return mean;
}

} // namespace

std::vector<PointSource> layoutMap(const PoseLayout& from, const PoseLayout& to)
{
    const JointFinder finder(from);
    std::vector<PointSource> map(to.points.size());
    for (size_t i = 0; i < to.points.size(); ++i) {
        // Under all the names that the target has for the point, before anything is made from others.
        std::vector<std::string> names;
        for (const JointName& named : to.joints)
            if (named.points == std::vector<int>{static_cast<int>(i)})
                names.push_back(named.joint);
        names.insert(names.begin(), to.points[i]);
        std::optional<PointSource> source;
        for (size_t k = 0; k < names.size() && !source; ++k)
            source = finder.direct(names[k]);
        for (size_t k = 0; k < names.size() && !source; ++k)
            source = finder.find(names[k]);
        if (source)
            map[i] = std::move(*source);
    }
    return map;
}

PosePoint makePoint(const PosePoint* points, const PointSource& source)
{
    PosePoint made = meanOf(points, source.mean);
    if (source.away.empty() || !(made.score > 0))
        return made;
    const PosePoint away = meanOf(points, source.away);
    if (!(away.score > 0))
        return {};
    made.x += (made.x - away.x) * source.push;
    made.y += (made.y - away.y) * source.push;
    return made;
}

Result<PoseTrack> mapTrack(const PoseTrack& track, const PoseLayout& target)
{
    const auto layout = findPoseLayout(track.layout);
    if (!layout)
        return layout.error();
    const PoseLayout& source = **layout;
    if (track.pointCount != static_cast<int>(source.points.size())
        || track.points.size() != static_cast<size_t>(track.rows() * track.persons * track.pointCount))
        return Error{ErrorCode::BadFormat,
            "the track has " + std::to_string(track.pointCount) + " points a person, but layout "
                + track.layout + " has " + std::to_string(source.points.size())};
    if (&target == &source)
        return track; // which may lie in a file, and need not come into memory for this
    const std::vector<PointSource> map = layoutMap(source, target);
    PoseTrack mapped;
    mapped.layout = target.name;
    mapped.persons = track.persons;
    mapped.pointCount = static_cast<int>(target.points.size());
    mapped.frames = track.frames;
    mapped.points.resize(static_cast<size_t>(track.rows()) * static_cast<size_t>(track.persons) * map.size());
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int person = 0; person < track.persons; ++person) {
            const PosePoint* in = track.at(row, person);
            PosePoint* out = mapped.at(row, person);
            for (size_t i = 0; i < map.size(); ++i)
                out[i] = makePoint(in, map[i]);
        }
    return mapped;
}

Result<PoseTrack> mapTrack(const PoseTrack& track, std::string_view targetLayout)
{
    const auto target = findPoseLayout(targetLayout);
    return target ? mapTrack(track, **target) : Result<PoseTrack>(target.error());
}

Result<PoseTrack> mapTo68(const PoseTrack& track) { return mapTrack(track, poseLayouts().front()); }

} // namespace telltale
