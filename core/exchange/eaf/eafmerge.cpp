// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafmerge.h"
#include "exchange/eaf/eafspans.h"
#include "exchange/personnumbers.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace telltale {
namespace {

/// Class ids for labels, each looked up once: a scheme compares all its names without case.
class ClassIds {
public:
    explicit ClassIds(const LabelScheme& scheme) : m_scheme(scheme) { }

    /// -1: no name. Names that the scheme lacks get numbers of their own below that.
    int of(const std::string& label)
    {
        if (label.empty())
            return -1;
        const auto [place, fresh] = m_known.emplace(label, 0);
        if (fresh) {
            const int id = m_scheme.find(label);
            place->second = id >= 0 ? id : -1 - static_cast<int>(m_known.size());
        }
        return place->second;
    }

private:
    const LabelScheme& m_scheme;
    std::unordered_map<std::string, int> m_known;
};

/// The number that an import gives a person: 3 of "P3", else by name; -1: nobody has that name.
int personOf(const IntakeSpan& span, const OutgoingVideo& video)
{
    if (span.personName.empty())
        return span.person;
    if (const auto number = numberOfPerson(span.personName))
        return *number;
    for (const auto& [id, name] : video.persons)
        if (name == span.personName)
            return id;
    return -1;
}

/// States in which a span that somebody else's file holds is still that span.
bool stands(SpanState state)
{
    return state == SpanState::Accepted || state == SpanState::Corrected || state == SpanState::Flagged;
}

class Merger {
public:
    Merger(EafDocument& document, const LabelScheme& scheme, const OutgoingVideo& video)
        : m_document(document)
        , m_scheme(scheme)
        , m_video(video)
        , m_classes(scheme)
        , m_taken(video.spans.size())
        , m_matches(document.annotations().size(), -1)
    {
        m_merge.kept.resize(video.spans.size());
        m_merge.removed.resize(document.annotations().size());
        m_merge.pinned.resize(document.timeSlots().size());
    }

    EafMerge run()
    {
        indexSpans();
        std::vector<Wanted> all;
        for (const EafSpan& one : spansOf(m_document, chosenTiers(m_document.file()), [](auto, auto) {}))
            if (auto wanted = wantedBy(one))
                all.push_back(*wanted);
        // Where fewer spans are left than equal annotations, those of the same annotators belong together.
        for (const Wanted& one : all)
            match(one, true);
        for (const Wanted& one : all)
            if (m_matches[one.annotation] < 0 && !match(one, false)) {
                m_merge.removed[one.annotation] = true;
                ++m_merge.gone;
            }
        spread();
        for (size_t i = 0; i < m_matches.size(); ++i)
            if (m_matches[i] >= 0 && !m_merge.removed[i])
                m_merge.kept[static_cast<size_t>(m_matches[i])] = true;
        cutOut();
        return std::move(m_merge);
    }

private:
    /// The state that is asked for or kAnyStanding, frames or milliseconds, person, class, first, last.
    using Key = std::tuple<int, bool, int, int, int64_t, int64_t>;
    static constexpr int kAnyStanding = -1;
    /// Equal spans.
    struct Candidates {
        std::multimap<std::string_view, size_t> free; ///< by annotator; some may be taken under another key
        int tier = -1; ///< of the last annotation that got one of them
        int span = -1; ///< that one
    };
    /// An annotation that needs a span, and what that may be like.
    struct Wanted {
        size_t annotation = 0;
        int tier = 0;
        std::array<Key, 2> keys;
    };

    static std::pair<int64_t, int64_t> milliseconds(double start, double end)
    {
        return {std::llround(start * 1000), std::llround(end * 1000)};
    }

    void indexSpans()
    {
        for (size_t i = 0; i < m_video.spans.size(); ++i) {
            const OutgoingSpan& span = m_video.spans[i];
            const int named = span.label.empty() ? span.classId : m_classes.of(span.label);
            const auto add = [&](bool frames, int64_t first, int64_t last) {
                m_spans[{static_cast<int>(span.state), frames, span.person, named, first, last}].free.emplace(
                    span.annotator, i);
                if (stands(span.state))
                    m_spans[{kAnyStanding, frames, span.person, named, first, last}].free.emplace(
                        span.annotator, i);
            };
            add(true, span.frames.first, span.frames.last);
            // Times of their own come from an import into an offline video, whose frames may be others today.
            if (std::abs(span.start - m_video.times.seconds(span.frames.first)) > 1e-6
                || std::abs(span.end - m_video.times.seconds(span.frames.last)) > 1e-6) {
                const auto [first, last] = milliseconds(span.start, span.end);
                add(false, first, last);
            }
        }
    }

    /// A span that no annotation has yet, of one annotator or of anybody (null). Equal annotations of one
    /// tier share theirs: an import makes one span of them.
    int candidate(const Key& key, int tier, const std::string* annotator)
    {
        const auto found = m_spans.find(key);
        if (found == m_spans.end())
            return -1;
        Candidates& equal = found->second;
        if (equal.tier == tier)
            return equal.span;
        auto at = annotator ? equal.free.lower_bound(*annotator) : equal.free.begin();
        while (at != equal.free.end() && m_taken[at->second])
            at = equal.free.erase(at);
        if (at == equal.free.end() || (annotator && at->first != *annotator))
            return -1;
        m_taken[at->second] = true;
        equal.tier = tier;
        equal.span = static_cast<int>(at->second);
        equal.free.erase(at);
        return equal.span;
    }

    /// The frames that an import makes of it; empty: it could not take it.
    FrameSpan framesOf(const IntakeSpan& span) const
    {
        if (!(span.start >= 0 && span.end > span.start))
            return {};
        FrameSpan frames = m_video.times.spanOf(span.start, span.end);
        if (frames.empty() && frames.first < m_video.times.frameCount())
            frames.last = frames.first + 1;
        return clampSpan(frames, m_video.times.frameCount());
    }

    /// Nothing: an import could not have taken it.
    std::optional<Wanted> wantedBy(const EafSpan& one)
    {
        const FrameSpan frames = framesOf(one.span);
        const int named = m_classes.of(one.span.label);
        // A fixed scheme has refused labels that it does not have.
        if (frames.empty() || (named < -1 && m_scheme.fixed))
            return std::nullopt;
        Wanted wanted;
        wanted.annotation = static_cast<size_t>(one.annotation);
        wanted.tier = m_document.annotations()[wanted.annotation].tier;
        const bool ours = m_document.tiers()[static_cast<size_t>(wanted.tier)].ours;
        const int state = ours ? static_cast<int>(one.span.state) : kAnyStanding;
        const int person = personOf(one.span, m_video);
        const auto [first, last] = milliseconds(one.span.start, one.span.end);
        wanted.keys = {Key{state, true, person, named, frames.first, frames.last},
            Key{state, false, person, named, first, last}};
        return wanted;
    }

    bool match(const Wanted& one, bool sameAnnotator)
    {
        const EafTier& tier = m_document.tiers()[static_cast<size_t>(one.tier)];
        int& match = m_matches[one.annotation];
        for (size_t i = 0; i < one.keys.size() && match < 0; ++i)
            match = candidate(one.keys.at(i), one.tier, sameAnnotator ? &tier.annotator : nullptr);
        return match >= 0;
    }

    /// Annotations of time subdivisions and inclusions say by their times alone on which they depend.
    int parentInTime(const EafAnnotation& one, std::map<int, std::vector<int>>& sorted) const
    {
        const EafTier& tier = m_document.tiers()[static_cast<size_t>(one.tier)];
        if (one.reference || tier.parent < 0 || !one.good)
            return -1;
        const auto& all = m_document.annotations();
        const auto startOf = [&all](int index) { return all[static_cast<size_t>(index)].start; };
        auto [place, fresh] = sorted.emplace(tier.parent, std::vector<int>());
        if (fresh) {
            for (const int index : m_document.tiers()[static_cast<size_t>(tier.parent)].annotations)
                if (all[static_cast<size_t>(index)].good)
                    place->second.push_back(index);
            std::ranges::stable_sort(place->second, {}, startOf);
        }
        const double middle = (one.start + one.end) / 2;
        const auto after = std::ranges::upper_bound(place->second, middle, {}, startOf);
        if (after == place->second.begin())
            return -1;
        const int candidate = *std::prev(after);
        return all[static_cast<size_t>(candidate)].end >= middle ? candidate : -1;
    }

    /// What depends on something that is gone goes too.
    void spread()
    {
        const auto& all = m_document.annotations();
        std::vector<std::vector<int>> dependents(all.size());
        std::map<int, std::vector<int>> sorted;
        std::map<std::pair<int, int>, std::vector<int>> subdivisions; // by tier and parent
        for (size_t i = 0; i < all.size(); ++i) {
            const int parent = all[i].reference ? all[i].parent : parentInTime(all[i], sorted);
            if (parent >= 0)
                dependents[static_cast<size_t>(parent)].push_back(static_cast<int>(i));
            if (isMember(all[i]))
                subdivisions[{all[i].tier, all[i].parent}].push_back(static_cast<int>(i));
        }
        std::vector<int> open;
        for (size_t i = 0; i < all.size(); ++i)
            if (m_merge.removed[i])
                open.push_back(static_cast<int>(i));
        const auto remove = [&](const std::vector<int>& list) {
            for (const int index : list)
                if (!m_merge.removed[static_cast<size_t>(index)]) {
                    m_merge.removed[static_cast<size_t>(index)] = true;
                    ++m_merge.dependents;
                    open.push_back(index);
                }
        };
        while (!open.empty()) {
            const auto at = static_cast<size_t>(open.back());
            open.pop_back();
            remove(dependents[at]);
            if (isMember(all[at])) {
                // Once for a whole subdivision.
                const auto found = subdivisions.find({all[at].tier, all[at].parent});
                if (found != subdivisions.end()) {
                    const std::vector<int> members = std::move(found->second);
                    subdivisions.erase(found);
                    remove(members);
                }
            }
        }
    }

    bool isMember(const EafAnnotation& one) const
    {
        return one.reference
            && m_document.tiers()[static_cast<size_t>(one.tier)].constraint
            == EafConstraint::SymbolicSubdivision;
    }

    void cutOut()
    {
        fixSlots();
        if (m_merge.gone == 0)
            return;
        std::unordered_set<std::string> ids;
        for (size_t i = 0; i < m_merge.removed.size(); ++i)
            if (m_merge.removed[i])
                ids.insert(m_document.annotations()[i].node.attribute("ANNOTATION_ID").value());
        cutLinks(std::move(ids));
        for (size_t i = 0; i < m_merge.removed.size(); ++i) {
            const EafAnnotation& one = m_document.annotations()[i];
            if (m_merge.removed[i]) {
                // The schema wants one in each ANNOTATION; in a file that has several the others stay.
                pugi::xml_node holder = one.node.parent();
                holder.remove_child(one.node);
                if (!holder.find_child([](pugi::xml_node left) { return left.type() == pugi::node_element; }))
                    holder.parent().remove_child(holder);
            } else if (one.previous >= 0 && m_merge.removed[static_cast<size_t>(one.previous)]) {
                pugi::xml_node node = one.node;
                node.remove_attribute("PREVIOUS_ANNOTATION");
            }
        }
    }

    /// Slots that nothing uses any more go. One that was placed between its neighbours has to get the time
    /// that it had, because the neighbours change: some go, and new ones may come in between.
    void fixSlots()
    {
        enum Use : unsigned char { kGone = 1, kStays = 2 };
        std::vector<unsigned char> uses(m_document.timeSlots().size());
        for (size_t i = 0; i < m_merge.removed.size(); ++i) {
            const EafAnnotation& one = m_document.annotations()[i];
            for (const int slot : {one.first, one.last})
                if (slot >= 0)
                    uses[static_cast<size_t>(slot)] |= m_merge.removed[i] ? kGone : kStays;
        }
        for (size_t i = 0; i < uses.size(); ++i) {
            const EafSlot& slot = m_document.timeSlots()[i];
            if (uses[i] == kGone) {
                pugi::xml_node order = slot.node.parent();
                order.remove_child(slot.node);
            } else if (!slot.aligned && slot.seconds && (slot.byOrder || uses[i] == (kGone | kStays))) {
                m_merge.pinned[i] = true;
            }
        }
    }

    /// Links between annotations, and links between links. A group loses those that are gone, and goes where
    /// none is left.
    void cutLinks(std::unordered_set<std::string> gone) const
    {
        struct Link {
            pugi::xml_node node;
            size_t needed = 1; ///< so many references have to be gone before it goes
        };
        std::vector<Link> links;
        std::unordered_map<std::string, std::vector<size_t>> pointing;
        for (const pugi::xml_node set : m_document.file().root().children("REF_LINK_SET"))
            for (const pugi::xml_node node : set.children()) {
                std::unordered_set<std::string> targets;
                for (const char* name : {"REF1", "REF2", "REFS"})
                    for (std::string& id : words(node.attribute(name).value()))
                        targets.insert(std::move(id));
                for (const std::string& id : targets)
                    pointing[id].push_back(links.size());
                links.push_back({node, node.attribute("REFS") ? targets.size() : 1});
            }
        std::vector<std::string> open(gone.begin(), gone.end());
        std::unordered_set<size_t> shortened;
        while (!open.empty()) {
            const auto found = pointing.find(open.back());
            open.pop_back();
            if (found == pointing.end())
                continue;
            for (const size_t index : found->second) {
                Link& link = links[index];
                shortened.insert(index);
                if (link.needed == 0 || --link.needed > 0)
                    continue;
                if (const std::string id = link.node.attribute("REF_LINK_ID").value(); gone.insert(id).second)
                    open.push_back(id);
            }
        }
        for (const size_t index : shortened) {
            const Link& link = links[index];
            if (link.needed == 0) {
                link.node.parent().remove_child(link.node);
                continue;
            }
            std::string left;
            for (const std::string& id : words(link.node.attribute("REFS").value()))
                if (!gone.contains(id))
                    left.append(left.empty() ? "" : " ").append(id);
            setAttribute(link.node, "REFS", left);
        }
    }

    static std::vector<std::string> words(const char* text)
    {
        std::istringstream stream(text);
        return {std::istream_iterator<std::string>(stream), {}};
    }

    EafDocument& m_document;
    const LabelScheme& m_scheme;
    const OutgoingVideo& m_video;
    ClassIds m_classes;
    std::map<Key, Candidates> m_spans;
    std::vector<bool> m_taken; ///< by span
    std::vector<int> m_matches; ///< span by annotation
    EafMerge m_merge;
};

} // namespace

EafMerge mergeInto(EafDocument& document, const LabelScheme& scheme, const OutgoingVideo& video)
{
    return Merger(document, scheme, video).run();
}

} // namespace telltale
