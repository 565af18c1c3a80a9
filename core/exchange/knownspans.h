// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include <map>
#include <tuple>
#include <vector>

namespace telltale {

/// The spans that a video of the project has before an import.
class KnownSpans {
public:
    explicit KnownSpans(const std::vector<Annotation>& spans);
    /// Whether there is one of the same person, frames and class, in whatever state, that this did not take
    /// before.
    bool take(const Annotation& span);
    /// The open proposal of the same person, frames and class, if there is nothing else; 0: there is none.
    int64_t proposal(const Annotation& span) const;
    /// Whether somebody has decided about this part of the person already: a proposal is no news there, by
    /// the rule of the proposals of a model (kDecidedOverlap).
    bool decided(const Annotation& span) const;

private:
    using Place = std::tuple<int, int64_t, int64_t, int>; ///< person, first, last, class
    static Place placeOf(const Annotation& span)
    {
        return {span.person, span.span.first, span.span.last, span.classId};
    }

    struct Here {
        int64_t left = 0; ///< that are not taken
        int64_t open = 0; ///< id of the open proposal; 0: somebody has decided
    };

    std::map<Place, Here> m_places;
    std::map<int, std::multimap<int64_t, int64_t>> m_decided; ///< by person: first and last frames
};

} // namespace telltale
