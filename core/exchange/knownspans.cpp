// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/knownspans.h"
#include "data/preparedrun.h"

namespace telltale {

KnownSpans::KnownSpans(const std::vector<Annotation>& spans)
{
    for (const Annotation& one : spans) {
        const bool open = one.state == SpanState::Proposed;
        const auto [place, fresh] = m_places.emplace(placeOf(one), Here{0, open ? one.id : 0});
        ++place->second.left;
        if (!open) {
            place->second.open = 0;
            m_decided[one.person].emplace(one.span.first, one.span.last);
        }
    }
}

bool KnownSpans::take(const Annotation& span)
{
    const auto place = m_places.find(placeOf(span));
    if (place == m_places.end() || place->second.left == 0)
        return false;
    --place->second.left;
    return true;
}

int64_t KnownSpans::proposal(const Annotation& span) const
{
    const auto place = m_places.find(placeOf(span));
    return place == m_places.end() ? 0 : place->second.open;
}

bool KnownSpans::decided(const Annotation& span) const
{
    const auto person = m_decided.find(span.person);
    if (person == m_decided.end())
        return false;
    // Two spans that share so much of their union cannot start further apart than this.
    const auto reach
        = static_cast<int64_t>(static_cast<double>(span.span.length()) * (1 / kDecidedOverlap - 1)) + 1;
    const auto end = person->second.upper_bound(span.span.first + reach);
    for (auto one = person->second.lower_bound(span.span.first - reach); one != end; ++one)
        if (temporalIou({one->first, one->second}, span.span) >= kDecidedOverlap)
            return true;
    return false;
}

} // namespace telltale
