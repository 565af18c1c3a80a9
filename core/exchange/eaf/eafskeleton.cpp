// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafskeleton.h"
#include "exchange/csv.h"
#include "exchange/eaf/eafwriter.h"
#include "exchange/eaf/mediaurl.h"
#include <algorithm>
#include <array>
#include <ctime>

namespace telltale {
namespace {

/// The order in which the schema wants the children of the root.
constexpr std::array<std::string_view, 12> kOrder{"LICENSE", "HEADER", "TIME_ORDER", "TIER",
    "LINGUISTIC_TYPE", "LOCALE", "LANGUAGE", "CONSTRAINT", "CONTROLLED_VOCABULARY", "LEXICON_REF",
    "REF_LINK_SET", "EXTERNAL_REF"};
/// Attributes of type xsd:ID.
constexpr std::array<std::string_view, 9> kIdAttributes{"ANNOTATION_ID", "TIME_SLOT_ID", "LANGUAGE_CODE",
    "STEREOTYPE", "EXT_REF_ID", "LEX_REF_ID", "LANG_ID", "LINK_SET_ID", "REF_LINK_ID"};

struct Stereotype {
    const char* name;
    const char* description;
};
/// As ELAN describes them.
constexpr std::array<Stereotype, 4> kStereotypes{{{"Time_Subdivision",
                                                      "Time subdivision of parent annotation's time "
                                                      "interval, no time gaps allowed within this interval"},
    {"Symbolic_Subdivision",
        "Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered"},
    {"Symbolic_Association", "1-1 association with a parent annotation"},
    {"Included_In",
        "Time alignable annotations within the parent annotation's time interval, gaps are allowed"}}};

size_t rankOf(std::string_view name)
{
    return static_cast<size_t>(std::ranges::find(kOrder, name) - kOrder.begin());
}

/// Up to 2.7 vocabularies have one language, and their entries are other elements.
bool hasLanguages(pugi::xml_node root)
{
    std::string version = attributeText(root, "FORMAT");
    if (version.empty())
        version = attributeText(root, "VERSION");
    const auto number = decimalNumber(version);
    return !number || *number >= 2.8;
}

void addStereotype(pugi::xml_node root, const Stereotype& one)
{
    const pugi::xml_node node = addEafChild(root, "CONSTRAINT");
    setAttribute(node, "DESCRIPTION", one.description);
    setAttribute(node, "STEREOTYPE", one.name);
}

pugi::xml_node childWith(
    pugi::xml_node root, const char* name, const char* attribute, const std::string& value)
{
    for (const pugi::xml_node node : root.children(name))
        if (value == node.attribute(attribute).value())
            return node;
    return {};
}

/// A linguistic type of this name and kind; of another name where somebody has used it otherwise.
std::string addType(
    pugi::xml_node root, const std::string& wanted, bool alignable, const std::string& vocabulary)
{
    const std::string constraint = alignable ? "" : "Symbolic_Association";
    for (int number = 1;; ++number) {
        const std::string name = number == 1 ? wanted : wanted + "-" + std::to_string(number);
        pugi::xml_node node = childWith(root, "LINGUISTIC_TYPE", "LINGUISTIC_TYPE_ID", name);
        if (node
            && (attributeText(node, "CONSTRAINTS") != constraint
                || attributeText(node, "CONTROLLED_VOCABULARY_REF") != vocabulary))
            continue;
        if (node)
            return name;
        node = addEafChild(root, "LINGUISTIC_TYPE");
        if (!constraint.empty())
            setAttribute(node, "CONSTRAINTS", constraint);
        if (!vocabulary.empty())
            setAttribute(node, "CONTROLLED_VOCABULARY_REF", vocabulary);
        setAttribute(node, "GRAPHIC_REFERENCES", "false");
        setAttribute(node, "LINGUISTIC_TYPE_ID", name);
        setAttribute(node, "TIME_ALIGNABLE", alignable ? "true" : "false");
        return name;
    }
}

/// The language of class names, which nobody has told.
std::string addLanguage(pugi::xml_node root, EafIds& ids)
{
    const std::string wanted = "und";
    if (childWith(root, "LANGUAGE", "LANG_ID", wanted))
        return wanted;
    const pugi::xml_node node = addEafChild(root, "LANGUAGE");
    const std::string id = ids.unique(wanted);
    setAttribute(node, "LANG_DEF", "http://cdb.iso.org/lg/CDB-00130975-001");
    setAttribute(node, "LANG_ID", id);
    setAttribute(node, "LANG_LABEL", "undetermined (und)");
    return id;
}

/// Entries of the classes that the vocabulary lacks.
void fillVocabulary(pugi::xml_node vocabulary, const LabelScheme& scheme, const std::string& language,
    std::map<std::string, std::string>& entries)
{
    std::unordered_set<std::string> taken;
    std::unordered_set<std::string> values; // of 2.7
    for (const pugi::xml_node entry : vocabulary.children()) {
        taken.insert(attributeText(entry, "CVE_ID"));
        values.insert(innerText(entry));
        for (const pugi::xml_node value : entry.children("CVE_VALUE"))
            entries.emplace(innerText(value), attributeText(entry, "CVE_ID"));
    }
    int number = 0;
    for (const LabelClass& one : scheme.classes) {
        const std::string name = xmlText(one.name);
        if (entries.contains(name) || (language.empty() && values.contains(name)))
            continue;
        if (language.empty()) {
            setAttribute(appendElement(vocabulary, "CV_ENTRY", name), "DESCRIPTION", one.description);
            continue;
        }
        std::string id;
        do
            id = std::string("cve").append(std::to_string(number++));
        while (!taken.insert(id).second);
        const pugi::xml_node entry = appendElement(vocabulary, "CV_ENTRY_ML");
        setAttribute(entry, "CVE_ID", id);
        const pugi::xml_node value = appendElement(entry, "CVE_VALUE", name);
        if (!one.description.empty())
            setAttribute(value, "DESCRIPTION", one.description);
        setAttribute(value, "LANG_REF", language);
        entries.emplace(name, id);
    }
}

} // namespace

EafIds::EafIds(pugi::xml_node root)
{
    struct Walker final : pugi::xml_tree_walker {
        explicit Walker(EafIds& owner) : ids(owner) { }
        bool for_each(pugi::xml_node& node) override
        {
            for (const pugi::xml_attribute attribute : node.attributes())
                if (std::ranges::find(kIdAttributes, attribute.name()) != kIdAttributes.end())
                    ids.take(attribute.value());
            return true;
        }
        EafIds& ids;
    } walker(*this);
    root.traverse(walker);
}

void EafIds::raise(const char* prefix, int64_t number)
{
    int64_t& largest = m_largest[prefix];
    largest = std::max(largest, number);
}

std::string EafIds::next(const char* prefix)
{
    int64_t& largest = m_largest[prefix];
    std::string id;
    do
        id = std::string(prefix).append(std::to_string(++largest));
    while (m_taken.contains(id)); // the counter keeps new ones apart
    return id;
}

void EafIds::take(const std::string& id)
{
    m_taken.insert(id);
    // "a17" and "ts17" count for the numbers.
    const size_t digits = id.find_first_of("0123456789");
    if (digits != std::string::npos && digits > 0 && digits < 4 && id.size() - digits < 16)
        if (const auto number = wholeNumber(std::string_view(id).substr(digits)))
            raise(id.substr(0, digits).c_str(), *number);
}

std::string EafIds::unique(const std::string& wanted)
{
    std::string id = wanted;
    for (int number = 2; !m_taken.insert(id).second; ++number)
        id = wanted + "-" + std::to_string(number);
    return id;
}

pugi::xml_node addEafChild(pugi::xml_node root, const char* name)
{
    const size_t rank = rankOf(name);
    pugi::xml_node before;
    for (const pugi::xml_node child : root.children())
        if (rankOf(child.name()) <= rank)
            before = child;
    return before ? root.insert_child_after(name, before) : root.prepend_child(name);
}

pugi::xml_node eafChild(pugi::xml_node root, const char* name)
{
    const pugi::xml_node there = root.child(name);
    return there ? there : addEafChild(root, name);
}

void setEafProperty(pugi::xml_node root, const char* name, const std::string& value)
{
    const pugi::xml_node header = eafChild(root, "HEADER");
    pugi::xml_node node = childWith(header, "PROPERTY", "NAME", name);
    if (!node) {
        node = appendElement(header, "PROPERTY");
        setAttribute(node, "NAME", name);
    }
    node.text().set(xmlText(value).c_str());
}

std::string eafDate()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    (void)std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+00:00", &parts);
    return text.data();
}

void makeEafSkeleton(pugi::xml_document& document, const OutgoingVideo& video)
{
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    setAttribute(declaration, "version", "1.0");
    setAttribute(declaration, "encoding", "UTF-8");
    const pugi::xml_node root = document.append_child("ANNOTATION_DOCUMENT");
    setAttribute(root, "AUTHOR", "");
    setAttribute(root, "DATE", eafDate());
    setAttribute(root, "FORMAT", "3.0");
    setAttribute(root, "VERSION", "3.0");
    setAttribute(root, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    setAttribute(root, "xsi:noNamespaceSchemaLocation", "http://www.mpi.nl/tools/elan/EAFv3.0.xsd");
    const pugi::xml_node header = appendElement(root, "HEADER");
    setAttribute(header, "MEDIA_FILE", "");
    setAttribute(header, "TIME_UNITS", "milliseconds");
    if (!video.file.empty()) {
        const pugi::xml_node media = appendElement(header, "MEDIA_DESCRIPTOR");
        setAttribute(media, "MEDIA_URL", fileUrl(video.file));
        setAttribute(media, "MIME_TYPE", mimeTypeOf(video.file));
        setAttribute(media, "RELATIVE_MEDIA_URL", "./" + percentEncoded(video.file.filename().string()));
    }
    appendElement(root, "TIME_ORDER");
    for (const Stereotype& one : kStereotypes)
        addStereotype(root, one);
    std::array<char, 32> fps{};
    std::snprintf(fps.data(), fps.size(), "%.9g", video.fps);
    setEafProperty(root, kEafFpsProperty, fps.data());
    setEafProperty(root, kEafFramesProperty, std::to_string(video.frameCount));
    if (!video.subject.empty())
        setEafProperty(root, kEafSubjectProperty, video.subject);
}

EafTypes addEafTypes(pugi::xml_node root, const LabelScheme& scheme, EafIds& ids)
{
    const bool languages = hasLanguages(root);
    const std::string name = xmlText(scheme.name + " (Telltale)");
    pugi::xml_node vocabulary = childWith(root, "CONTROLLED_VOCABULARY", "CV_ID", name);
    const std::string language = languages ? addLanguage(root, ids) : std::string();
    EafTypes types;
    const bool wanted = !scheme.classes.empty();
    if (!vocabulary && wanted) {
        vocabulary = addEafChild(root, "CONTROLLED_VOCABULARY");
        setAttribute(vocabulary, "CV_ID", name);
        if (languages)
            setAttribute(appendElement(vocabulary, "DESCRIPTION", scheme.title), "LANG_REF", language);
        else
            setAttribute(vocabulary, "DESCRIPTION", scheme.title);
    }
    if (vocabulary)
        fillVocabulary(vocabulary, scheme, language, types.entries);
    if (const Stereotype& association = kStereotypes[2];
        !childWith(root, "CONSTRAINT", "STEREOTYPE", association.name))
        addStereotype(root, association);
    types.spans = addType(root, "mg", true, vocabulary ? name : std::string());
    types.score = addType(root, "mg-conf", false, {});
    types.status = addType(root, "mg-status", false, {});
    types.provenance = addType(root, "mg-provenance", false, {});
    return types;
}

} // namespace telltale
