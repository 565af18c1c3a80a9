// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/disagreements.h"
#include <algorithm>
#include <utility>

namespace telltale {
namespace {

Disagreement::Kind kindOf(const Disagreement& item)
{
    using Kind = Disagreement::Kind;
    if (!item.b)
        return Kind::OnlyA;
    if (!item.a)
        return Kind::OnlyB;
    if (item.a->label != item.b->label)
        return Kind::Names;
    return item.overlap < kEndsAgree ? Kind::Ends : Kind::Agreed;
}

std::optional<CodedSpan> spanAt(const std::optional<Coding>& coding, int64_t place)
{
    return coding && place >= 0 ? std::optional(coding->spans[static_cast<size_t>(place)]) : std::nullopt;
}

/// Spans of the model in one unit, found by place: sorted by start, with the end that any of those before
/// has.
class ModelSpans {
public:
    explicit ModelSpans(const std::optional<Coding>& coding)
    {
        if (coding)
            m_spans = coding->spans;
        std::ranges::sort(m_spans, {}, [](const CodedSpan& one) { return one.span.first; });
        for (const CodedSpan& one : m_spans)
            m_longest = std::max(m_longest, one.span.length());
    }
    /// The one that overlaps either of two spans most.
    std::optional<CodedSpan> best(const Disagreement& item) const
    {
        const FrameSpan hull = item.hull();
        const auto byFirst = [](const CodedSpan& one) { return one.span.first; };
        auto at = std::ranges::lower_bound(m_spans, hull.first - m_longest, {}, byFirst);
        std::optional<CodedSpan> found;
        double most = 0;
        for (; at != m_spans.end() && at->span.first < hull.last; ++at) {
            const double overlap = std::max(item.a ? temporalIou(item.a->span, at->span) : 0,
                item.b ? temporalIou(item.b->span, at->span) : 0);
            if (overlap > most) {
                most = overlap;
                found = *at;
            }
        }
        return found;
    }

private:
    std::vector<CodedSpan> m_spans;
    int64_t m_longest = 0;
};

} // namespace

FrameSpan Disagreement::hull() const
{
    if (!a || !b)
        return a ? a->span : b ? b->span : FrameSpan();
    return {std::min(a->span.first, b->span.first), std::max(a->span.last, b->span.last)};
}

std::vector<Disagreement> disagreementsOf(const AgreementAnalysis& analysis, size_t pairIndex)
{
    const PairAgreement& pair = analysis.report.pairs.at(pairIndex);
    const auto model = std::ranges::find(analysis.coders, AgreementCoder::Kind::Model, &AgreementCoder::kind);
    std::vector<Disagreement> items;
    items.reserve(pair.pairs.size());
    size_t unitOfModel = analysis.units.size();
    ModelSpans predicted{std::nullopt};
    for (const AgreementPair& one : pair.pairs) {
        const auto& codings = analysis.set.units[one.unit].codings;
        if (model != analysis.coders.end() && one.unit != unitOfModel) {
            unitOfModel = one.unit;
            predicted = ModelSpans(codings[static_cast<size_t>(model - analysis.coders.begin())]);
        }
        Disagreement item;
        item.videoId = analysis.units[one.unit].videoId;
        item.person = analysis.units[one.unit].person;
        item.a = spanAt(codings[static_cast<size_t>(pair.a)], one.a);
        item.b = spanAt(codings[static_cast<size_t>(pair.b)], one.b);
        item.overlap = one.overlap;
        item.unit = one.unit;
        item.kind = kindOf(item);
        item.model = predicted.best(item);
        items.push_back(item);
    }
    return items;
}

SettledSpans::SettledSpans(std::vector<Annotation> settled) : m_spans(std::move(settled))
{
    std::ranges::sort(m_spans, {}, [](const Annotation& one) { return one.span.first; });
    for (const Annotation& one : m_spans)
        m_longest = std::max(m_longest, one.span.length());
}

template <typename Visit>
void SettledSpans::visit(const Disagreement& item, double overlap, const Visit& visit) const
{
    const FrameSpan hull = item.hull();
    auto at = std::ranges::lower_bound(
        m_spans, hull.first - m_longest, {}, [](const Annotation& one) { return one.span.first; });
    for (; at != m_spans.end() && at->span.first < hull.last; ++at)
        if (at->person == item.person
            && ((item.a && temporalIou(item.a->span, at->span) >= overlap)
                || (item.b && temporalIou(item.b->span, at->span) >= overlap)))
            visit(*at);
}

std::vector<Annotation> SettledSpans::of(const Disagreement& item, double overlap) const
{
    std::vector<Annotation> own;
    visit(item, overlap, [&own](const Annotation& one) { own.push_back(one); });
    return own;
}

bool SettledSpans::settles(const Disagreement& item, double overlap) const
{
    bool any = false;
    visit(item, overlap, [&any](const Annotation&) { any = true; });
    return any;
}

FrameSpan meanSpan(const Disagreement& item)
{
    if (!item.a || !item.b)
        return item.hull();
    const FrameSpan middle{
        (item.a->span.first + item.b->span.first) / 2, (item.a->span.last + item.b->span.last) / 2};
    return middle;
}

} // namespace telltale
