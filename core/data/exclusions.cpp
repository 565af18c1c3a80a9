// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/exclusions.h"
#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

bool counts(const LabelScheme& scheme, const Annotation& span)
{
    return span.classId >= 0 && span.classId < scheme.classCount() && span.state != SpanState::Rejected
        && span.state != SpanState::Skipped;
}

} // namespace

bool exclude(const LabelScheme& scheme, int classId, int otherId)
{
    const auto names = [&scheme](int one, int other) {
        return one >= 0 && one < scheme.classCount()
            && std::ranges::find(scheme.classes[static_cast<size_t>(one)].excludes, other)
            != scheme.classes[static_cast<size_t>(one)].excludes.end();
    };
    return names(classId, otherId) || names(otherId, classId);
}

std::unordered_map<int64_t, int64_t> contradictions(
    const LabelScheme& scheme, const std::vector<Annotation>& spans)
{
    std::unordered_map<int64_t, int64_t> found;
    if (std::ranges::all_of(scheme.classes, [](const LabelClass& one) { return one.excludes.empty(); }))
        return found;
    std::vector<const Annotation*> sorted;
    sorted.reserve(spans.size());
    for (const Annotation& span : spans)
        if (counts(scheme, span))
            sorted.push_back(&span);
    const auto group = [](const Annotation& span) { return std::tie(span.videoId, span.person, span.layer); };
    std::ranges::sort(sorted, [&group](const Annotation* a, const Annotation* b) {
        return std::tuple(group(*a), a->span.first, a->id) < std::tuple(group(*b), b->span.first, b->id);
    });
    std::vector<const Annotation*> running; // those that have not ended yet
    for (const Annotation* span : sorted) {
        std::erase_if(running, [&](const Annotation* one) {
            return group(*one) != group(*span) || one->span.last <= span->span.first;
        });
        for (const Annotation* other : running) {
            if (!exclude(scheme, span->classId, other->classId))
                continue;
            found.try_emplace(span->id, other->id);
            found.try_emplace(other->id, span->id);
        }
        running.push_back(span);
    }
    return found;
}

} // namespace telltale
