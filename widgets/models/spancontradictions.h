// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/types.h"
#include <unordered_map>
#include <vector>

namespace telltale {

/// contradictions() of many spans, kept up to date without looking at all of them again. A value.
class SpanContradictions {
public:
    void assign(const LabelScheme& scheme, const std::vector<Annotation>& rows);
    /// After an edit. `rows`: all spans as they are now; `changed`: those that came, went or changed, as they
    /// were and as they are. Returns the ids for which there now is a contradiction and was none, or the
    /// other way round; nothing is looked at if the scheme excludes nothing.
    std::vector<int64_t> update(const LabelScheme& scheme, const std::vector<Annotation>& rows,
        const std::vector<Annotation>& changed);
    /// The first span that this one contradicts; 0: none.
    int64_t partner(int64_t id) const;

private:
    std::unordered_map<int64_t, int64_t> m_partners;
};

} // namespace telltale
