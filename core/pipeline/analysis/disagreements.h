// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/analysis/agreementanalysis.h"
#include <cstddef>
#include <optional>
#include <vector>

namespace telltale {

/// What two coders made of one gesture, to be settled by a third person.
struct Disagreement {
    enum class Kind {
        Names, ///< both have it, under different names
        OnlyA,
        OnlyB,
        Ends, ///< the same name, but the ends are far apart
        Agreed, ///< nothing to settle
    };
    Kind kind = Kind::Agreed;
    int64_t videoId = 0;
    int person = 0;
    std::optional<CodedSpan> a; ///< labels as in CodedSet; AgreementAnalysis::unnamed: without a name
    std::optional<CodedSpan> b;
    std::optional<CodedSpan> model; ///< the prediction that overlaps them most, if the model was asked for
    double overlap = 0; ///< of a and b
    size_t unit = 0; ///< in analysis.units

    bool operator==(const Disagreement&) const = default;
    FrameSpan hull() const; ///< of a and b
};

/// Overlap below which the ends of spans of the same name are far apart.
inline constexpr double kEndsAgree = 0.5;

/// Of two coders (place in analysis.report.pairs), by video and time.
std::vector<Disagreement> disagreementsOf(const AgreementAnalysis& analysis, size_t pair);

/// What the adjudicated layer says of a video.
class SettledSpans {
public:
    /// In any order; only those of kAdjudicatedLayer may be among them.
    explicit SettledSpans(std::vector<Annotation> settled);
    /// Spans of the item's person, in any state, that overlap a's or b's by at least `overlap`; a rejected
    /// one says that there is no gesture. The item is settled if there is one.
    std::vector<Annotation> of(const Disagreement& item, double overlap) const;
    bool settles(const Disagreement& item, double overlap) const;

private:
    template <typename Visit> void visit(const Disagreement& item, double overlap, const Visit& visit) const;
    std::vector<Annotation> m_spans; ///< by start
    int64_t m_longest = 0;
};

/// One span where both agree: their name, and the middle between their ends.
FrameSpan meanSpan(const Disagreement& item);

} // namespace telltale
