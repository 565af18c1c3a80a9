// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/averageprecision.h"
#include "eval/spangroups.h"
#include <algorithm>
#include <string_view>
#include <utility>

namespace telltale {
double averagePrecision(const std::vector<bool>& hits, const std::vector<int>& weights, int64_t positives)
{
    if (positives <= 0)
        return 0;
    const auto weight = [&](size_t i) { return weights.empty() ? 1.0 : static_cast<double>(weights[i]); };
    std::vector<double> precision(hits.size(), 0);
    double correct = 0;
    double seen = 0;
    for (size_t i = 0; i < hits.size(); ++i) {
        correct += hits[i] ? weight(i) : 0;
        seen += weight(i);
        precision[i] = seen > 0 ? correct / seen : 0;
    }
    double area = 0;
    double highest = 0;
    for (size_t i = hits.size(); i-- > 0;) {
        highest = std::max(highest, precision[i]);
        if (hits[i])
            area += weight(i) * highest / static_cast<double>(positives);
    }
    return area;
}

SpanRecall::SpanRecall(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted)
    : m_truth(&truth)
    , m_predicted(&predicted)
{
    SpanGroups byClass;
    std::map<std::string_view, std::vector<size_t>> byVideo;
    for (const size_t index : rankedByScore(predicted)) {
        byClass[{predicted[index].video, predicted[index].classId}].push_back(index);
        byVideo[predicted[index].video].push_back(index);
    }
    for (const auto& [key, wanted] : groupedSpans(truth))
        m_classes.push_back({key.classId, wanted, spansLike(byClass, truth[wanted.front()])});
    std::map<std::string_view, Group> videos;
    for (size_t i = 0; i < truth.size(); ++i)
        videos[truth[i].video].wanted.push_back(i);
    for (auto& [video, group] : videos) {
        group.candidates = std::move(byVideo[video]);
        m_videos.push_back(std::move(group));
    }
}

int64_t SpanRecall::found(const Group& group, size_t limit, double tiou) const
{
    const auto last
        = group.candidates.begin() + static_cast<std::ptrdiff_t>(std::min(limit, group.candidates.size()));
    return std::ranges::count_if(group.wanted, [&](size_t index) {
        return std::any_of(group.candidates.begin(), last, [&](size_t candidate) {
            const double overlap = temporalOverlap((*m_truth)[index], (*m_predicted)[candidate]);
            return overlap > 0 && overlap >= tiou;
        });
    });
}

std::map<int, double> SpanRecall::topKx(double tiou, int k) const
{
    std::map<int, int64_t> truths;
    std::map<int, int64_t> hits;
    for (const Group& group : m_classes) {
        truths[group.classId] += static_cast<int64_t>(group.wanted.size());
        hits[group.classId] += found(group, group.wanted.size() * static_cast<size_t>(std::max(k, 0)), tiou);
    }
    std::map<int, double> recall;
    for (const auto& [classId, count] : truths)
        recall[classId] = static_cast<double>(hits[classId]) / static_cast<double>(count);
    return recall;
}

double SpanRecall::proposals(double tiou, int k) const
{
    int64_t hits = 0;
    for (const Group& group : m_videos)
        hits += found(group, static_cast<size_t>(std::max(k, 0)), tiou);
    return m_truth->empty() ? 0 : static_cast<double>(hits) / static_cast<double>(m_truth->size());
}

} // namespace telltale
