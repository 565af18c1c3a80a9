// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/sprint/sprintclasses.h"
#include "data/confirmed.h"
#include <algorithm>
#include <map>
#include <tuple>

namespace telltale {
namespace {

bool waits(const Annotation& span) { return span.state == SpanState::Proposed && span.predictionId != 0; }

} // namespace

std::vector<SprintClass> sprintClasses(const SpanListModel& spans, bool all)
{
    std::map<int, SprintClass> byClass;
    for (int row = 0; row < spans.rowCount(); ++row) {
        const Annotation& span = *spans.annotationAt(row);
        if (span.classId < 0)
            continue;
        SprintClass& own = byClass[span.classId];
        own.classId = span.classId;
        own.examples += isConfirmed(span.state) ? 1 : 0;
        own.waiting += waits(span) ? 1 : 0;
    }
    std::vector<SprintClass> classes;
    for (const auto& [id, own] : byClass)
        if (all || own.waiting > 0)
            classes.push_back(own);
    std::ranges::sort(classes, {},
        [](const SprintClass& one) { return std::tuple(one.examples, one.waiting, one.classId); });
    return classes;
}

std::vector<int64_t> sprintOrder(const SpanListModel& spans, int classId)
{
    std::vector<std::pair<double, int64_t>> found; // what is unsure, and the id
    for (int row = 0; row < spans.rowCount(); ++row) {
        const Annotation& span = *spans.annotationAt(row);
        if (span.classId != classId || !waits(span))
            continue;
        const SpanDigest* digest = spans.digest(span);
        double sure = 0;
        for (const Candidate& candidate : digest ? digest->best : std::vector<Candidate>())
            if (candidate.classId == classId)
                sure = candidate.probability;
        found.emplace_back(-sure, span.id);
    }
    std::ranges::sort(found);
    std::vector<int64_t> ids;
    for (const auto& [unsure, id] : found)
        ids.push_back(id);
    return ids;
}

} // namespace telltale
