// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafdocument.h"
#include "exchange/csv.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace telltale {
namespace {

/// Milliseconds; beyond it is damage.
constexpr int64_t kFarOrigin = 1'000'000'000'000;

struct UnitName {
    const char* name;
    double seconds;
};
constexpr std::array<UnitName, 3> kUnits{
    {{"milliseconds", 0.001}, {"PAL-frames", 1.0 / 25}, {"NTSC-frames", 1001.0 / 30000}}};

struct ConstraintName {
    const char* name;
    EafConstraint constraint;
};
constexpr std::array<ConstraintName, 4> kConstraints{{{"Time_Subdivision", EafConstraint::TimeSubdivision},
    {"Included_In", EafConstraint::IncludedIn}, {"Symbolic_Subdivision", EafConstraint::SymbolicSubdivision},
    {"Symbolic_Association", EafConstraint::SymbolicAssociation}}};

struct RoleName {
    const char* suffix;
    EafRole role;
};
constexpr std::array<RoleName, 3> kRoles{
    {{"/conf", EafRole::Score}, {"/status", EafRole::State}, {"/provenance", EafRole::Provenance}}};

std::string trimmed(const std::string& text)
{
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "human" and "pred:MODEL", with the number of a further tier behind it or not.
bool isLayer(std::string_view layer, bool& predicted)
{
    const auto startsWord = [layer](std::string_view word, std::string_view ends) {
        return layer.starts_with(word)
            && (layer.size() == word.size() || ends.find(layer[word.size()]) != std::string_view::npos);
    };
    predicted = startsWord("pred", ":/");
    return predicted || startsWord("human", "/");
}

/// Whether this program writes tiers of such names; takes the person from the name where the tier does not
/// say.
void recogniseOwn(EafTier& tier)
{
    std::string person = tier.participant;
    if (person.empty()) {
        person = tier.name.substr(0, tier.name.find('/'));
        if (!person.starts_with('P') || !wholeNumber(person.substr(1)))
            return;
    }
    const bool named = tier.name.starts_with(person + "/");
    bool predicted = false;
    if (!named || !isLayer(std::string_view(tier.name).substr(person.size() + 1), predicted))
        return;
    tier.ours = true;
    tier.predicted = predicted;
    tier.participant = person;
}

std::string entryKey(const std::string& vocabulary, const std::string& entry)
{
    return vocabulary + "\n" + entry;
}

} // namespace

Result<std::unique_ptr<EafDocument>> EafDocument::parse(const SourceFile& file, const EafProblem& problem)
{
    auto xml = XmlFile::parse(file, "ANNOTATION_DOCUMENT", {"TIER_ID", "ANNOTATION_ID", "TIME_SLOT_ID"});
    if (!xml)
        return xml.error();
    std::unique_ptr<EafDocument> made(new EafDocument);
    made->m_file = std::move(*xml);
    made->readHeader(problem);
    made->readSlots(problem);
    made->readTypes();
    made->readTiers(problem);
    made->finishTiers();
    made->readAnnotations(problem);
    made->followReferences(problem);
    made->interpolateSlots();
    made->alignAnnotations(problem);
    made->resolveReferences(problem);
    return made;
}

void EafDocument::readHeader(const EafProblem& problem)
{
    const pugi::xml_node header = m_file->root().child("HEADER");
    if (const std::string unit = attributeText(header, "TIME_UNITS"); !unit.empty()) {
        const auto* known
            = std::ranges::find_if(kUnits, [&unit](const UnitName& one) { return unit == one.name; });
        if (known == kUnits.end())
            problem(header, "there is no unit '" + unit + "', milliseconds are taken instead");
        else
            m_unit = known->seconds;
    }
    int best = 0;
    for (const pugi::xml_node media : header.children("MEDIA_DESCRIPTOR")) {
        const std::string type = attributeText(media, "MIME_TYPE");
        const int rank = type.starts_with("video") ? 3 : type.starts_with("audio") ? 1 : 2;
        if (rank > best) {
            best = rank;
            m_media = media;
        }
    }
    const std::string origin = attributeText(m_media, "TIME_ORIGIN");
    const auto number = origin.empty() ? std::optional<int64_t>(0) : wholeNumber(origin);
    if (!number || *number < -kFarOrigin || *number > kFarOrigin)
        problem(m_media, "TIME_ORIGIN '" + origin + "' is no time in milliseconds");
    else
        m_origin = static_cast<double>(*number) / 1000;
}

void EafDocument::readSlots(const EafProblem& problem)
{
    for (const pugi::xml_node node : m_file->root().child("TIME_ORDER").children("TIME_SLOT")) {
        EafSlot slot;
        slot.node = node;
        const std::string value = attributeText(node, "TIME_VALUE");
        const std::string id = attributeText(node, "TIME_SLOT_ID");
        if (!value.empty()) {
            const auto number = wholeNumber(value);
            slot.aligned = number && *number >= 0 && *number <= UINT32_MAX;
            slot.bad = !slot.aligned;
            if (slot.aligned)
                slot.seconds = static_cast<double>(*number) * m_unit;
            else
                problem(node, "TIME_VALUE '" + value + "' is no whole number from 0 to 4294967295");
        }
        if (id.empty() || !m_slotIndex.emplace(id, static_cast<int>(m_slots.size())).second)
            problem(node, id.empty() ? "has no TIME_SLOT_ID" : "there are two time slots '" + id + "'");
        else
            m_slots.push_back(slot);
    }
}

void EafDocument::readTypes()
{
    const pugi::xml_node root = m_file->root();
    for (const pugi::xml_node node : root.children("LINGUISTIC_TYPE")) {
        Type type;
        const std::string constraint = attributeText(node, "CONSTRAINTS");
        for (const ConstraintName& one : kConstraints)
            if (constraint == one.name)
                type.constraint = one.constraint;
        type.vocabulary = attributeText(node, "CONTROLLED_VOCABULARY_REF");
        m_types.emplace(attributeText(node, "LINGUISTIC_TYPE_ID"), std::move(type));
    }
    for (const pugi::xml_node vocabulary : root.children("CONTROLLED_VOCABULARY"))
        for (const pugi::xml_node entry : vocabulary.children())
            if (const std::string id = attributeText(entry, "CVE_ID"); !id.empty())
                m_entries.emplace(entryKey(attributeText(vocabulary, "CV_ID"), id), entry);
}

void EafDocument::readTiers(const EafProblem& problem)
{
    for (const pugi::xml_node node : m_file->root().children("TIER")) {
        EafTier tier;
        tier.node = node;
        tier.name = attributeText(node, "TIER_ID");
        tier.participant = attributeText(node, "PARTICIPANT");
        tier.annotator = attributeText(node, "ANNOTATOR");
        tier.language = attributeText(node, "LANG_REF");
        if (const auto type = m_types.find(attributeText(node, "LINGUISTIC_TYPE_REF"));
            type != m_types.end()) {
            tier.constraint = type->second.constraint;
            tier.vocabulary = type->second.vocabulary;
        }
        if (!node.attribute("TIER_ID"))
            problem(node, "the tier has no TIER_ID");
        else if (!m_tierIndex.emplace(tier.name, static_cast<int>(m_tiers.size())).second)
            problem(node, "there are two tiers '" + tier.name + "'");
        else
            m_tiers.push_back(std::move(tier));
    }
    for (EafTier& tier : m_tiers) {
        const std::string parent = attributeText(tier.node, "PARENT_REF");
        const auto found = m_tierIndex.find(parent);
        if (!parent.empty() && found == m_tierIndex.end())
            problem(tier.node, "there is no tier '" + parent + "', which PARENT_REF names");
        if (!parent.empty() && found != m_tierIndex.end())
            tier.parent = found->second;
    }
}

/// Participants come from above, so parents go first; the rest needs the parents' names.
void EafDocument::finishTiers()
{
    for (const int index : tiersParentsFirst()) {
        EafTier& tier = m_tiers[static_cast<size_t>(index)];
        const EafTier* parent = tier.parent < 0 ? nullptr : &m_tiers[static_cast<size_t>(tier.parent)];
        if (tier.participant.empty() && parent)
            tier.participant = parent->participant;
        if (!parent) {
            recogniseOwn(tier);
            continue;
        }
        for (const RoleName& one : kRoles)
            if (tier.constraint == EafConstraint::SymbolicAssociation && parent->ours
                && tier.name == parent->name + one.suffix)
                tier.role = one.role;
    }
}

void EafDocument::readAnnotations(const EafProblem& problem)
{
    for (size_t tier = 0; tier < m_tiers.size(); ++tier)
        for (const pugi::xml_node annotation : m_tiers[tier].node.children("ANNOTATION"))
            for (const pugi::xml_node node : annotation.children())
                if (node.type() == pugi::node_element)
                    readOne(node, static_cast<int>(tier), problem);
}

void EafDocument::readOne(pugi::xml_node node, int tier, const EafProblem& problem)
{
    EafAnnotation made;
    made.node = node;
    made.tier = tier;
    const std::string_view kind = node.name();
    made.reference = kind == "REF_ANNOTATION";
    if (!made.reference && kind != "ALIGNABLE_ANNOTATION")
        return problem(node, "is neither an ALIGNABLE_ANNOTATION nor a REF_ANNOTATION");
    const std::string id = attributeText(node, "ANNOTATION_ID");
    if (id.empty())
        return problem(node, "has no ANNOTATION_ID");
    const auto index = static_cast<int>(m_annotations.size());
    if (!m_annotationIndex.emplace(id, index).second)
        return problem(node, "there are two annotations '" + id + "'");
    if (!made.reference)
        for (const auto& [name, slot] :
            {std::pair("TIME_SLOT_REF1", &made.first), std::pair("TIME_SLOT_REF2", &made.last)}) {
            const std::string reference = attributeText(node, name);
            const auto found = m_slotIndex.find(reference);
            if (found != m_slotIndex.end()) {
                *slot = found->second;
            } else if (std::exchange(made.good, false)) {
                problem(node,
                    reference.empty()
                        ? std::string("has no ").append(name)
                        : "there is no time slot '" + reference + "', which " + name + " names");
            }
        }
    m_annotations.push_back(made);
    m_tiers[static_cast<size_t>(tier)].annotations.push_back(index);
}

/// References by id become references by index; they may point forward.
void EafDocument::followReferences(const EafProblem& problem)
{
    for (EafAnnotation& one : m_annotations) {
        if (!one.reference)
            continue;
        for (const auto& [name, target] :
            {std::pair("ANNOTATION_REF", &one.parent), std::pair("PREVIOUS_ANNOTATION", &one.previous)}) {
            const std::string id = attributeText(one.node, name);
            const auto found = m_annotationIndex.find(id);
            if (found != m_annotationIndex.end())
                *target = found->second;
            else if ((!id.empty() || target == &one.parent) && std::exchange(one.good, false))
                problem(one.node,
                    id.empty() ? std::string("has no ").append(name)
                               : "there is no annotation '" + id + "', which " + name + " names");
        }
    }
}

std::string EafDocument::property(const std::string& name) const
{
    for (const pugi::xml_node one : m_file->root().child("HEADER").children("PROPERTY"))
        if (name == one.attribute("NAME").value())
            return trimmed(innerText(one));
    return {};
}

std::optional<std::string> EafDocument::labelOf(const EafAnnotation& annotation) const
{
    std::string value = trimmed(innerText(annotation.node.child("ANNOTATION_VALUE")));
    const std::string entry = attributeText(annotation.node, "CVE_REF");
    if (!value.empty() || entry.empty())
        return value;
    const EafTier& tier = m_tiers[static_cast<size_t>(annotation.tier)];
    const auto found = m_entries.find(entryKey(tier.vocabulary, entry));
    if (found == m_entries.end())
        return std::nullopt;
    // 2.7 has the value in the entry, later versions one in each language.
    const pugi::xml_node values = found->second;
    pugi::xml_node chosen = values.child("CVE_VALUE");
    for (const pugi::xml_node one : values.children("CVE_VALUE"))
        if (!tier.language.empty() && tier.language == one.attribute("LANG_REF").value())
            chosen = one;
    return trimmed(innerText(chosen ? chosen : values));
}

} // namespace telltale
