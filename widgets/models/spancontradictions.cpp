// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spancontradictions.h"
#include "data/exclusions.h"
#include <algorithm>
#include <iterator>
#include <set>

namespace telltale {
namespace {

bool meet(const Annotation& a, const Annotation& b)
{
    return a.videoId == b.videoId && a.person == b.person && a.layer == b.layer && a.span.overlaps(b.span);
}

/// The spans that overlap one of `those`, and themselves.
std::vector<Annotation> around(const std::vector<Annotation>& rows, const std::vector<Annotation>& those)
{
    std::set<int64_t> videos;
    for (const Annotation& one : those)
        videos.insert(one.videoId);
    std::vector<Annotation> found;
    std::ranges::copy_if(rows, std::back_inserter(found), [&](const Annotation& row) {
        return videos.contains(row.videoId) && std::ranges::any_of(those, [&row](const Annotation& one) {
            return one.id == row.id || meet(one, row);
        });
    });
    return found;
}

} // namespace

void SpanContradictions::assign(const LabelScheme& scheme, const std::vector<Annotation>& rows)
{
    m_partners = contradictions(scheme, rows);
}

std::vector<int64_t> SpanContradictions::update(
    const LabelScheme& scheme, const std::vector<Annotation>& rows, const std::vector<Annotation>& changed)
{
    const bool none
        = std::ranges::all_of(scheme.classes, [](const LabelClass& one) { return one.excludes.empty(); });
    if (none && m_partners.empty())
        return {};
    // What a span contradicts hangs on the spans that overlap it, so only those that overlap a change are
    // judged anew, and they by all that overlap them.
    const std::vector<Annotation> judged = around(rows, changed);
    const auto found = contradictions(scheme, around(rows, judged));
    std::set<int64_t> ids;
    for (const Annotation& one : changed)
        ids.insert(one.id); // one that went is not among the judged
    for (const Annotation& one : judged)
        ids.insert(one.id);
    std::vector<int64_t> turned;
    for (const int64_t id : ids) {
        const auto now = found.find(id);
        const bool was = m_partners.erase(id) > 0;
        if (now != found.end())
            m_partners.emplace(id, now->second);
        if (was != (now != found.end()))
            turned.push_back(id);
    }
    return turned;
}

int64_t SpanContradictions::partner(int64_t id) const
{
    const auto known = m_partners.find(id);
    return known == m_partners.end() ? 0 : known->second;
}

} // namespace telltale
