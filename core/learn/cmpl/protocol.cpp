// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/protocol.h"
#include "base/random.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace telltale {
namespace {

constexpr std::array<std::pair<AdaptationProtocol, std::string_view>, 2> kNames{{
    {AdaptationProtocol::Transductive, "transductive"},
    {AdaptationProtocol::Inductive, "inductive"},
}};

Error refused(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

/// Answers whether a clip shares frames of a person with one of a list.
class Overlaps {
public:
    Overlaps(const std::vector<ClipInfo>& clips, const std::vector<size_t>& indices) : m_clips(clips)
    {
        for (const size_t index : indices)
            if (!clips[index].video.empty())
                m_byTrack[{clips[index].video, clips[index].person}].push_back(index);
    }

    /// One that overlaps it and is not the clip itself.
    std::optional<size_t> with(size_t index) const
    {
        const ClipInfo& clip = m_clips[index];
        const auto track = m_byTrack.find({clip.video, clip.person});
        if (track == m_byTrack.end())
            return std::nullopt;
        const auto found = std::find_if(track->second.begin(), track->second.end(),
            [&](size_t other) { return other != index && clip.span.overlaps(m_clips[other].span); });
        return found == track->second.end() ? std::nullopt : std::optional<size_t>(*found);
    }

private:
    const std::vector<ClipInfo>& m_clips;
    std::map<std::pair<std::string, int>, std::vector<size_t>> m_byTrack;
};

std::map<std::string, std::vector<size_t>> testClipsBySubject(const std::vector<ClipInfo>& clips)
{
    std::map<std::string, std::vector<size_t>> bySubject;
    for (size_t i = 0; i < clips.size(); ++i)
        if (clips[i].role == ClipRole::Test)
            bySubject[clips[i].subject].push_back(i);
    return bySubject;
}

/// Splits one subject's clips; the order of the list plays no part, only ids and the seed do.
void drawPool(const std::vector<ClipInfo>& clips, std::vector<size_t> own, double share, Random random,
    AdaptationSplit& split)
{
    std::sort(own.begin(), own.end(), [&](size_t a, size_t b) { return clips[a].id < clips[b].id; });
    for (size_t i = own.size(); i > 1; --i)
        std::swap(own[i - 1], own[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    const auto pooled = static_cast<size_t>(std::lround(share * static_cast<double>(own.size())));
    for (size_t i = 0; i < own.size(); ++i) {
        if (i < pooled)
            split.pool.push_back(own[i]);
        else if (clips[own[i]].label >= 0)
            split.evaluation.push_back(own[i]);
    }
}

} // namespace

std::string_view nameOf(AdaptationProtocol protocol)
{
    return std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) {
        return entry.first == protocol;
    })->second;
}

std::optional<AdaptationProtocol> adaptationProtocolFromName(std::string_view name)
{
    for (const auto& [protocol, known] : kNames)
        if (known == name)
            return protocol;
    return std::nullopt;
}

Result<AdaptationSplit> adaptationSplit(
    const std::vector<ClipInfo>& clips, AdaptationProtocol protocol, double poolShare, uint64_t seed)
{
    const bool inductive = protocol == AdaptationProtocol::Inductive;
    if (inductive && !(poolShare >= 0 && poolShare < 1))
        return refused("The share of clips to adapt on must be from 0 to less than 1.");
    const auto bySubject = testClipsBySubject(clips);
    if (bySubject.empty())
        return refused(
            "There are no test clips, so there is nobody to adapt to: give some subjects the role test.");
    AdaptationSplit split;
    uint64_t number = 0;
    for (const auto& [subject, own] : bySubject) {
        drawPool(clips, own, inductive ? poolShare : 0, Random(seed).fork(number++), split);
        if (!inductive)
            split.pool.insert(split.pool.end(), own.begin(), own.end());
    }
    const Overlaps evaluated(clips, split.evaluation);
    for (size_t i = 0; i < clips.size(); ++i)
        if (clips[i].role == ClipRole::Unlabelled && bySubject.count(clips[i].subject) > 0)
            split.pool.push_back(i);
    if (inductive)
        std::erase_if(split.pool, [&](size_t index) { return evaluated.with(index).has_value(); });
    std::sort(split.pool.begin(), split.pool.end());
    std::sort(split.evaluation.begin(), split.evaluation.end());
    if (split.evaluation.empty())
        return refused("No labelled test clip is left to evaluate on: lower the share of clips to adapt on.");
    if (split.pool.empty())
        return refused("No clip is left to adapt on: raise the share, or use the transductive protocol.");
    if (const auto status = checkAdaptation(clips, split, protocol); !status)
        return status.error();
    return split;
}

Status checkAdaptation(
    const std::vector<ClipInfo>& clips, const AdaptationSplit& split, AdaptationProtocol protocol)
{
    std::set<std::string> evaluatedSubjects;
    for (const size_t index : split.evaluation)
        evaluatedSubjects.insert(clips[index].subject);
    for (const ClipInfo& clip : clips)
        if ((clip.role == ClipRole::Train || clip.role == ClipRole::Validation)
            && evaluatedSubjects.count(clip.subject) > 0)
            return refused("The subject " + clip.subject + " is evaluated, but the clip " + clip.id
                + " of the same subject has the role " + std::string(nameOf(clip.role)) + ".");
    if (protocol == AdaptationProtocol::Transductive)
        return {};
    const std::set<size_t> evaluated(split.evaluation.begin(), split.evaluation.end());
    const Overlaps overlaps(clips, split.evaluation);
    for (const size_t index : split.pool) {
        if (evaluated.count(index) > 0)
            return refused("The clip " + clips[index].id + " is adapted on and evaluated at once.");
        if (const auto other = overlaps.with(index))
            return refused("The clip " + clips[index].id + " is adapted on, but shares frames with "
                + clips[*other].id + ", which is evaluated.");
    }
    return {};
}

std::vector<std::optional<ClipDecision>> poolDecisions(
    const std::vector<ClipInfo>& clips, const AdaptationSplit& split)
{
    const std::set<size_t> evaluated(split.evaluation.begin(), split.evaluation.end());
    const Overlaps overlaps(clips, split.evaluation);
    std::vector<std::optional<ClipDecision>> decisions;
    decisions.reserve(split.pool.size());
    for (const size_t index : split.pool) {
        const ClipInfo& clip = clips[index];
        const bool open = evaluated.count(index) == 0 && !overlaps.with(index);
        if (clip.decided && clip.label >= 0 && open)
            decisions.emplace_back(ClipDecision{clip.label, clip.weight});
        else
            decisions.emplace_back(std::nullopt);
    }
    return decisions;
}

} // namespace telltale
