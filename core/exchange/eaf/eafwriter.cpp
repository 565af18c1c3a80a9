// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafwriter.h"
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/eaf/eafmerge.h"
#include "exchange/eaf/eafskeleton.h"
#include "exchange/eaf/eafspans.h"
#include "exchange/eaf/mediaurl.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <queue>
#include <tuple>

namespace telltale {
namespace {

/// TIME_VALUE is an unsigned int.
constexpr int64_t kLastStep = 4'294'967'295;
constexpr const char* kLastUsed = "lastUsedAnnotationId";
/// So many tiers of the base are tried for a new span; then it gets a new one.
constexpr size_t kTriedTiers = 16;

std::string shortNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.9g", value);
    return text.data();
}

/// Proposals stand apart from what people say, by the model that made them.
bool isPredicted(const OutgoingSpan& span)
{
    const bool dismissed = span.state == SpanState::Rejected || span.state == SpanState::Skipped;
    return span.state == SpanState::Proposed || (dismissed && !span.model.empty());
}

std::string layerOf(const OutgoingSpan& span)
{
    if (!isPredicted(span))
        return "human";
    return span.model.empty() ? "pred" : xmlText("pred:" + span.model);
}

/// How a span came to be, for people; empty where no model had a part in it.
std::string provenanceOf(const OutgoingSpan& span)
{
    if (span.model.empty() && !span.predictedScore)
        return {};
    std::string text;
    const auto add = [&text](const char* what, const std::string& value) {
        text.append(text.empty() ? "" : "; ").append(what).append("=").append(value);
    };
    if (span.origin != SpanOrigin::Human)
        add("origin", std::string(nameOf(span.origin)));
    if (!span.model.empty())
        add("model", span.model);
    if (span.predictedScore)
        add("score", shortNumber(*span.predictedScore));
    return text;
}

/// One tier for spans of one person, layer and annotator, with its child tiers.
struct Lane {
    pugi::xml_node tier;
    std::string name;
    std::map<int64_t, int64_t> busy; ///< start and end of what a tier of the base has
    std::array<pugi::xml_node, 3> children; ///< score, status, provenance
};

class Writer {
public:
    /// `base`, `merge`: null where there is no imported file.
    Writer(pugi::xml_node root, const LabelScheme& scheme, const OutgoingVideo& video,
        const EafDocument* base, const EafMerge* merge)
        : m_root(root)
        , m_scheme(scheme)
        , m_video(video)
        , m_base(base)
        , m_merge(merge)
        , m_ids(root)
        , m_unit(base ? base->unit() : 0.001)
        , m_origin(base ? base->origin() : 0)
    {
        for (const pugi::xml_node one : root.child("HEADER").children("PROPERTY"))
            if (std::string_view(one.attribute("NAME").value()) == kLastUsed)
                if (const auto number = wholeNumber(one.text().get()); number && *number < INT32_MAX)
                    m_ids.raise("a", *number);
        for (const pugi::xml_node tier : root.children("TIER")) {
            m_tiers.emplace(attributeText(tier, "TIER_ID"), tier);
            m_lastTier = tier;
        }
    }

    void add(const std::vector<const OutgoingSpan*>& spans)
    {
        // Somebody else's file gets types and classes of ours only where it gets tiers of ours.
        if (m_base && spans.empty())
            return placeSlots();
        m_types = addEafTypes(m_root, m_scheme, m_ids);
        std::map<std::tuple<int, std::string, std::string>, std::vector<const OutgoingSpan*>> groups;
        for (const OutgoingSpan* span : spans)
            groups[{span->person, layerOf(*span), span->annotator}].push_back(span);
        for (const auto& [key, members] : groups)
            addGroup(std::get<1>(key), members);
        placeSlots();
        setEafProperty(m_root, kLastUsed, std::to_string(m_ids.largest("a")));
    }
    int64_t cut() const { return m_cut; }
    int64_t lost() const { return m_lost; }

private:
    struct NewSlot {
        int64_t step = 0;
        pugi::xml_attribute reference; ///< that gets its id; none: `moved`
        pugi::xml_node moved; ///< a slot of the base that got its time only now
    };

    int64_t stepOf(double seconds) const
    {
        const double step = (seconds - m_origin) / m_unit;
        return step < static_cast<double>(kLastStep) * 2 ? std::llround(step) : kLastStep * 2;
    }

    void addGroup(const std::string& layer, const std::vector<const OutgoingSpan*>& spans)
    {
        const OutgoingSpan& first = *spans.front();
        std::vector<Lane> there = lanesOfBase(layer, first);
        std::vector<Lane> fresh;
        std::priority_queue<std::pair<int64_t, size_t>, std::vector<std::pair<int64_t, size_t>>,
            std::greater<>>
            ends; // of the fresh ones
        for (const OutgoingSpan* span : spans) {
            int64_t start = stepOf(span->start);
            int64_t end = std::max(stepOf(span->end), start + 1);
            if (end <= 0 || end > kLastStep) {
                ++m_lost;
                continue;
            }
            m_cut += start < 0 ? 1 : 0;
            start = std::max<int64_t>(start, 0);
            if (Lane* lane = freeLane(there, start, end)) {
                lane->busy[start] = end;
                addAnnotation(*lane, *span, start, end);
                continue;
            }
            if (ends.empty() || ends.top().first > start) {
                ends.emplace(0, fresh.size());
                fresh.push_back(newLane(layer, first));
            }
            const size_t index = ends.top().second;
            ends.pop();
            ends.emplace(end, index);
            addAnnotation(fresh[index], *span, start, end);
        }
    }

    /// Tiers of this program that the imported file has for such spans.
    std::vector<Lane> lanesOfBase(const std::string& layer, const OutgoingSpan& span) const
    {
        std::vector<Lane> lanes;
        const std::string name = m_video.personName(span.person) + "/" + layer;
        for (size_t i = 0; m_base && i < m_base->tiers().size() && lanes.size() < kTriedTiers; ++i) {
            const EafTier& tier = m_base->tiers()[i];
            const bool further = tier.name.starts_with(name + "/")
                && wholeNumber(std::string_view(tier.name).substr(name.size() + 1));
            if (!tier.ours || tier.annotator != span.annotator || (tier.name != name && !further))
                continue;
            Lane lane{tier.node, tier.name, {}, {}};
            for (const int index : tier.annotations) {
                const EafAnnotation& one = m_base->annotations()[static_cast<size_t>(index)];
                if (one.good && !m_merge->removed[static_cast<size_t>(index)])
                    lane.busy[stepOf(one.start)] = stepOf(one.end);
            }
            lanes.push_back(std::move(lane));
        }
        return lanes;
    }

    static Lane* freeLane(std::vector<Lane>& lanes, int64_t start, int64_t end)
    {
        for (Lane& lane : lanes) {
            const auto next = lane.busy.lower_bound(start);
            const bool before = next != lane.busy.end() && next->first < end;
            const bool after = next != lane.busy.begin() && std::prev(next)->second > start;
            if (!before && !after)
                return &lane;
        }
        return nullptr;
    }

    Lane newLane(const std::string& layer, const OutgoingSpan& span)
    {
        const std::string person = xmlText(m_video.personName(span.person));
        const std::string wanted = person + "/" + layer;
        int& number = m_numbers[wanted];
        std::string name;
        do
            name = ++number == 1 ? wanted : wanted + "/" + std::to_string(number);
        while (m_tiers.contains(name));
        const pugi::xml_node tier = newTier(name, m_types.spans, person, span.annotator);
        return {tier, name, {}, {}};
    }

    pugi::xml_node newTier(const std::string& name, const std::string& type, const std::string& participant,
        const std::string& annotator)
    {
        pugi::xml_node tier
            = m_lastTier ? m_root.insert_child_after("TIER", m_lastTier) : addEafChild(m_root, "TIER");
        m_lastTier = tier;
        m_tiers.emplace(name, tier);
        if (!annotator.empty())
            setAttribute(tier, "ANNOTATOR", annotator);
        setAttribute(tier, "LINGUISTIC_TYPE_REF", type);
        if (!participant.empty())
            setAttribute(tier, "PARTICIPANT", participant);
        setAttribute(tier, "TIER_ID", name);
        return tier;
    }

    void addAnnotation(Lane& lane, const OutgoingSpan& span, int64_t start, int64_t end)
    {
        const pugi::xml_node annotation = appendElement(lane.tier, "ANNOTATION");
        pugi::xml_node node = appendElement(annotation, "ALIGNABLE_ANNOTATION");
        const std::string id = m_ids.next("a");
        node.append_attribute("ANNOTATION_ID").set_value(id.c_str());
        if (const auto entry = m_types.entries.find(xmlText(span.label)); entry != m_types.entries.end())
            node.append_attribute("CVE_REF").set_value(entry->second.c_str());
        m_slots.push_back({start, node.append_attribute("TIME_SLOT_REF1"), {}});
        m_slots.push_back({end, node.append_attribute("TIME_SLOT_REF2"), {}});
        appendElement(node, "ANNOTATION_VALUE", span.label);
        const bool plain = span.state == SpanState::Accepted && !isPredicted(span);
        const std::string score
            = span.state == SpanState::Proposed && span.score ? shortNumber(*span.score) : std::string();
        addRemark(lane, 0, "/conf", m_types.score, id, score);
        addRemark(lane, 1, "/status", m_types.status, id, plain ? "" : std::string(nameOf(span.state)));
        addRemark(lane, 2, "/provenance", m_types.provenance, id, provenanceOf(span));
    }

    /// A reference in a child tier; none where there is nothing to say.
    void addRemark(Lane& lane, size_t which, const char* suffix, const std::string& type,
        const std::string& about, const std::string& text)
    {
        if (text.empty())
            return;
        pugi::xml_node& tier = lane.children.at(which);
        if (!tier) {
            const std::string name = lane.name + suffix;
            const auto there = m_tiers.find(name);
            tier = there != m_tiers.end() ? there->second
                                          : newTier(name, type, attributeText(lane.tier, "PARTICIPANT"), {});
            setAttribute(tier, "PARENT_REF", lane.name);
        }
        pugi::xml_node node = appendElement(appendElement(tier, "ANNOTATION"), "REF_ANNOTATION");
        node.append_attribute("ANNOTATION_ID").set_value(m_ids.next("a").c_str());
        node.append_attribute("ANNOTATION_REF").set_value(about.c_str());
        appendElement(node, "ANNOTATION_VALUE", text);
    }

    /// New slots, and those that got a time, go between the others in order of time.
    void placeSlots()
    {
        for (size_t i = 0; m_merge && i < m_merge->pinned.size(); ++i)
            if (const EafSlot& slot = m_base->timeSlots()[i]; m_merge->pinned[i]) {
                const int64_t step = std::max<int64_t>(0, std::llround(*slot.seconds / m_unit));
                setAttribute(slot.node, "TIME_VALUE", std::to_string(step));
                m_slots.push_back({step, {}, slot.node});
            }
        std::ranges::stable_sort(m_slots, {}, &NewSlot::step);
        pugi::xml_node order = eafChild(m_root, "TIME_ORDER");
        std::unordered_set<size_t> moved;
        for (const NewSlot& slot : m_slots)
            if (slot.moved)
                moved.insert(slot.moved.hash_value());
        auto next = m_slots.begin();
        for (pugi::xml_node at = order.first_child(); at && next != m_slots.end();) {
            const pugi::xml_node following = at.next_sibling();
            const pugi::xml_attribute value = at.attribute("TIME_VALUE");
            if (value && !moved.contains(at.hash_value())) {
                const auto step = static_cast<int64_t>(value.as_llong());
                for (; next != m_slots.end() && next->step < step; ++next)
                    place(*next,
                        next->moved ? order.insert_move_before(next->moved, at)
                                    : order.insert_child_before("TIME_SLOT", at));
            }
            at = following;
        }
        for (; next != m_slots.end(); ++next)
            place(*next, next->moved ? order.append_move(next->moved) : order.append_child("TIME_SLOT"));
    }

    void place(NewSlot& slot, pugi::xml_node node)
    {
        if (slot.moved)
            return;
        const std::string id = m_ids.next("ts");
        node.append_attribute("TIME_SLOT_ID").set_value(id.c_str());
        node.append_attribute("TIME_VALUE").set_value(std::to_string(slot.step).c_str());
        slot.reference.set_value(id.c_str());
    }

    pugi::xml_node m_root;
    const LabelScheme& m_scheme;
    const OutgoingVideo& m_video;
    const EafDocument* m_base;
    const EafMerge* m_merge;
    EafIds m_ids;
    EafTypes m_types;
    double m_unit;
    double m_origin;
    pugi::xml_node m_lastTier;
    std::unordered_map<std::string, pugi::xml_node> m_tiers;
    std::map<std::string, int> m_numbers; ///< of further tiers, by name of the first
    std::vector<NewSlot> m_slots;
    int64_t m_cut = 0;
    int64_t m_lost = 0;
};

/// The name that an import would give the video without being told.
void tellName(pugi::xml_node root, const std::string& guessed, const OutgoingVideo& video)
{
    if (guessed != video.name)
        setEafProperty(root, kEafVideoProperty, video.name);
}

void tellLosses(const Writer& writer, const OutgoingVideo& video, std::vector<std::string>& notes)
{
    if (writer.cut() > 0)
        notes.push_back(video.name
            + ": spans that were cut at the start of the file's time line: " + std::to_string(writer.cut()));
    if (writer.lost() > 0)
        notes.push_back(video.name
            + ": spans outside of the file's time line, left out: " + std::to_string(writer.lost()));
}

std::string contentFromNothing(
    const LabelScheme& scheme, const OutgoingVideo& video, std::vector<std::string>& notes)
{
    pugi::xml_document document;
    makeEafSkeleton(document, video);
    Writer writer(document.document_element(), scheme, video, nullptr, nullptr);
    std::vector<const OutgoingSpan*> spans;
    for (const OutgoingSpan& span : video.spans)
        spans.push_back(&span);
    writer.add(spans);
    tellName(document.document_element(), xmlText(video.file.stem().string()), video);
    tellLosses(writer, video, notes);
    return xmlContent(document);
}

std::string contentOnBase(
    EafDocument& base, const LabelScheme& scheme, const OutgoingVideo& video, std::vector<std::string>& notes)
{
    const EafMerge merge = mergeInto(base, scheme, video);
    pugi::xml_document& document = base.file().document();
    pugi::xml_node root = base.file().root();
    std::vector<const OutgoingSpan*> fresh;
    for (size_t i = 0; i < video.spans.size(); ++i)
        if (!merge.kept[i])
            fresh.push_back(&video.spans[i]);
    if (merge.gone > 0 || !fresh.empty()) {
        Writer writer(root, scheme, video, &base, &merge);
        writer.add(fresh);
        setAttribute(root, "DATE", eafDate());
        tellLosses(writer, video, notes);
    }
    if (base.media() && base.property(kEafVideoProperty).empty())
        tellName(root,
            xmlText(
                std::filesystem::path(pathOfUrl(attributeText(base.media(), "MEDIA_URL"))).stem().string()),
            video);
    setChosenTiers(base.file(), {});
    for (pugi::xml_node node : document.children())
        if (node.type() == pugi::node_declaration && node.attribute("encoding"))
            setAttribute(node, "encoding", "UTF-8");
    const int64_t stay = std::ranges::count(merge.removed, false);
    notes.push_back(video.name + ": of the imported file " + std::to_string(stay)
        + " annotations stay as they are, " + std::to_string(merge.gone) + " are gone with "
        + std::to_string(merge.dependents) + " that depend on them, " + std::to_string(fresh.size())
        + " spans are new or changed");
    return xmlContent(document);
}

} // namespace

std::string eafContent(const LabelScheme& scheme, const OutgoingVideo& video, std::vector<std::string>& notes)
{
    if (video.original.empty())
        return contentFromNothing(scheme, video, notes);
    const auto content = readFile(video.original);
    const std::string name = video.original.string();
    const SourceFile file{video.original, content ? std::string_view(*content) : std::string_view(),
        std::make_shared<const std::string>(name)};
    auto base = content ? EafDocument::parse(file, [](auto, auto) {})
                        : Result<std::unique_ptr<EafDocument>>(content.error());
    if (base)
        return contentOnBase(**base, scheme, video, notes);
    notes.push_back(base.error().message + "; the file is written without what was in it");
    return contentFromNothing(scheme, video, notes);
}

} // namespace telltale
