// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eafschema.h"
#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <regex>
#include <set>
#include <sstream>

namespace telltale {
namespace {

struct Child {
    std::string name;
    int least;
    int most; ///< -1: any number
};
struct Rule {
    std::vector<Child> children; ///< in this order
    std::vector<std::string> required;
    std::vector<std::string> optional;
};

const std::map<std::string, Rule>& rules()
{
    static const std::vector<std::string> annotation{"EXT_REF", "LANG_REF", "CVE_REF"};
    static const std::map<std::string, Rule> table{
        {"ANNOTATION_DOCUMENT",
            {{{"LICENSE", 0, -1}, {"HEADER", 1, 1}, {"TIME_ORDER", 1, 1}, {"TIER", 0, -1},
                 {"LINGUISTIC_TYPE", 0, -1}, {"LOCALE", 0, -1}, {"LANGUAGE", 0, -1}, {"CONSTRAINT", 0, -1},
                 {"CONTROLLED_VOCABULARY", 0, -1}, {"LEXICON_REF", 0, -1}, {"REF_LINK_SET", 0, -1},
                 {"EXTERNAL_REF", 0, -1}},
                {"DATE", "AUTHOR", "VERSION"}, {"FORMAT", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}}},
        {"LICENSE", {{}, {}, {"LICENSE_URL"}}},
        {"HEADER",
            {{{"MEDIA_DESCRIPTOR", 0, -1}, {"LINKED_FILE_DESCRIPTOR", 0, -1}, {"PROPERTY", 0, -1}}, {},
                {"MEDIA_FILE", "TIME_UNITS"}}},
        {"MEDIA_DESCRIPTOR",
            {{}, {"MEDIA_URL", "MIME_TYPE"}, {"RELATIVE_MEDIA_URL", "TIME_ORIGIN", "EXTRACTED_FROM"}}},
        {"LINKED_FILE_DESCRIPTOR",
            {{}, {"LINK_URL", "MIME_TYPE"}, {"RELATIVE_LINK_URL", "TIME_ORIGIN", "ASSOCIATED_WITH"}}},
        {"PROPERTY", {{}, {}, {"NAME"}}},
        {"TIME_ORDER", {{{"TIME_SLOT", 0, -1}}, {}, {}}},
        {"TIME_SLOT", {{}, {"TIME_SLOT_ID"}, {"TIME_VALUE"}}},
        {"TIER",
            {{{"ANNOTATION", 0, -1}}, {"TIER_ID", "LINGUISTIC_TYPE_REF"},
                {"PARTICIPANT", "ANNOTATOR", "DEFAULT_LOCALE", "PARENT_REF", "EXT_REF", "LANG_REF"}}},
        {"ANNOTATION", {{{"ALIGNABLE_ANNOTATION", 0, 1}, {"REF_ANNOTATION", 0, 1}}, {}, {}}},
        {"ALIGNABLE_ANNOTATION",
            {{{"ANNOTATION_VALUE", 1, 1}}, {"ANNOTATION_ID", "TIME_SLOT_REF1", "TIME_SLOT_REF2"},
                {"SVG_REF", "EXT_REF", "LANG_REF", "CVE_REF"}}},
        {"REF_ANNOTATION",
            {{{"ANNOTATION_VALUE", 1, 1}}, {"ANNOTATION_ID", "ANNOTATION_REF"},
                {"PREVIOUS_ANNOTATION", "EXT_REF", "LANG_REF", "CVE_REF"}}},
        {"ANNOTATION_VALUE", {}},
        {"LINGUISTIC_TYPE",
            {{}, {"LINGUISTIC_TYPE_ID"},
                {"TIME_ALIGNABLE", "CONSTRAINTS", "GRAPHIC_REFERENCES", "CONTROLLED_VOCABULARY_REF",
                    "EXT_REF", "LEXICON_REF"}}},
        {"LOCALE", {{}, {"LANGUAGE_CODE"}, {"COUNTRY_CODE", "VARIANT"}}},
        {"LANGUAGE", {{}, {"LANG_ID"}, {"LANG_DEF", "LANG_LABEL"}}},
        {"CONSTRAINT", {{}, {"STEREOTYPE"}, {"DESCRIPTION"}}},
        {"CONTROLLED_VOCABULARY", {{{"DESCRIPTION", 0, -1}, {"CV_ENTRY_ML", 0, -1}}, {"CV_ID"}, {"EXT_REF"}}},
        {"DESCRIPTION", {{}, {"LANG_REF"}, {}}},
        {"CV_ENTRY_ML", {{{"CVE_VALUE", 1, -1}}, {"CVE_ID"}, {"EXT_REF"}}},
        {"CVE_VALUE", {{}, {"LANG_REF"}, {"DESCRIPTION"}}},
        {"LEXICON_REF",
            {{}, {"LEX_REF_ID", "NAME", "TYPE", "URL", "LEXICON_ID", "LEXICON_NAME"},
                {"DATCAT_ID", "DATCAT_NAME"}}},
        {"REF_LINK_SET",
            {{{"CROSS_REF_LINK", 0, -1}, {"GROUP_REF_LINK", 0, -1}}, {"LINK_SET_ID"},
                {"LINK_SET_NAME", "EXT_REF", "LANG_REF", "CV_REF"}}},
        {"CROSS_REF_LINK",
            {{}, {"REF1", "REF2", "REF_LINK_ID"}, {"DIRECTIONALITY", "REF_LINK_NAME", "REF_TYPE"}}},
        {"GROUP_REF_LINK", {{}, {"REFS", "REF_LINK_ID"}, {"REF_LINK_NAME", "REF_TYPE"}}},
        {"EXTERNAL_REF", {{}, {"EXT_REF_ID", "TYPE", "VALUE"}, {}}},
    };
    return table;
}

/// Vocabularies of 2.7.
const std::map<std::string, Rule>& oldRules()
{
    static const std::map<std::string, Rule> table{
        {"CONTROLLED_VOCABULARY", {{{"CV_ENTRY", 0, -1}}, {"CV_ID"}, {"DESCRIPTION", "EXT_REF"}}},
        {"CV_ENTRY", {{}, {}, {"DESCRIPTION", "EXT_REF"}}},
    };
    return table;
}

const std::set<std::string> kIds{"ANNOTATION_ID", "TIME_SLOT_ID", "LANGUAGE_CODE", "STEREOTYPE", "EXT_REF_ID",
    "LEX_REF_ID", "LANG_ID", "LINK_SET_ID", "REF_LINK_ID"};
const std::set<std::string> kReferences{"DEFAULT_LOCALE", "EXT_REF", "LANG_REF", "TIME_SLOT_REF1",
    "TIME_SLOT_REF2", "ANNOTATION_REF", "PREVIOUS_ANNOTATION", "CONSTRAINTS", "LEXICON_REF", "REF1", "REF2",
    "REFS"};
/// Names that have to be unique among their elements, and the attributes that point to them.
const std::map<std::string, std::string> kNames{{"PARENT_REF", "TIER_ID"}, {"TIME_SLOT_REF1", "TIME_SLOT_ID"},
    {"TIME_SLOT_REF2", "TIME_SLOT_ID"}, {"ANNOTATION_REF", "ANNOTATION_ID"},
    {"LINGUISTIC_TYPE_REF", "LINGUISTIC_TYPE_ID"}, {"CONTROLLED_VOCABULARY_REF", "CV_ID"}};
const std::map<std::string, std::regex> kPatterns{{"TIME_VALUE", std::regex("[0-9]{1,10}")},
    {"TIME_ALIGNABLE", std::regex("true|false|0|1")}, {"GRAPHIC_REFERENCES", std::regex("true|false|0|1")},
    {"TIME_ORIGIN", std::regex("-?[0-9]+")},
    {"TIME_UNITS", std::regex("milliseconds|PAL-frames|NTSC-frames")},
    {"DATE",
        std::regex(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?")},
    {"MEDIA_URL", std::regex("[!-~]*")}, {"RELATIVE_MEDIA_URL", std::regex("[!-~]*")}};

class Checker {
public:
    std::vector<std::string> run(const std::string& content)
    {
        pugi::xml_document document;
        if (!document.load_buffer(content.data(), content.size()))
            return {"is not XML"};
        const pugi::xml_node root = document.document_element();
        if (std::string(root.name()) != "ANNOTATION_DOCUMENT")
            return {"is no ANNOTATION_DOCUMENT"};
        m_old = std::string(root.attribute("FORMAT").value()) == "2.7";
        collect(root);
        check(root);
        return m_faults;
    }

private:
    void fault(pugi::xml_node node, const std::string& what)
    {
        if (m_faults.size() < 20)
            m_faults.push_back(std::string(node.name()) + ": " + what);
    }

    void collect(pugi::xml_node node)
    {
        static const std::regex name("[A-Za-z_][A-Za-z0-9_.-]*");
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string key = attribute.name();
            const std::string value = attribute.value();
            if (kIds.contains(key)) {
                if (!std::regex_match(value, name))
                    fault(node, key + " '" + value + "' is no xsd:ID");
                if (!m_ids.insert(value).second)
                    fault(node, key + " '" + value + "' is there twice");
            }
            const bool named
                = std::ranges::any_of(kNames, [&](const auto& one) { return one.second == key; });
            if (named && !m_names[key].insert(value).second)
                fault(node, key + " '" + value + "' is there twice");
        }
        if (std::string(node.name()) == "REF_ANNOTATION")
            m_referring.insert(node.attribute("ANNOTATION_ID").value());
        for (const pugi::xml_node child : node.children())
            if (child.type() == pugi::node_element)
                collect(child);
    }

    void check(pugi::xml_node node)
    {
        const std::string name = node.name();
        const auto& first = m_old && oldRules().contains(name) ? oldRules() : rules();
        const auto rule = first.find(name);
        if (rule == first.end())
            return fault(node, "is not in the schema");
        checkAttributes(node, rule->second);
        size_t place = 0;
        std::map<std::string, int> counts;
        for (const pugi::xml_node child : node.children()) {
            if (child.type() != pugi::node_element)
                continue;
            ++counts[child.name()];
            const auto& order = rule->second.children;
            const auto found = std::ranges::find(order, std::string(child.name()), &Child::name);
            if (found == order.end()) {
                fault(child, "must not stand in " + name);
                continue;
            }
            const auto at = static_cast<size_t>(found - order.begin());
            if (at < place && name != "REF_LINK_SET")
                fault(child, "is not in the order of the schema");
            place = std::max(place, at);
            check(child);
        }
        for (const Child& child : rule->second.children)
            if (counts[child.name] < child.least || (child.most >= 0 && counts[child.name] > child.most))
                fault(node, "has " + std::to_string(counts[child.name]) + " " + child.name);
        if (name == "ANNOTATION" && counts["ALIGNABLE_ANNOTATION"] + counts["REF_ANNOTATION"] != 1)
            fault(node, "holds not exactly one annotation");
    }

    void checkAttributes(pugi::xml_node node, const Rule& rule)
    {
        for (const std::string& key : rule.required)
            if (!node.attribute(key.c_str()))
                fault(node, "lacks " + key);
        std::set<std::string> seen;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string key = attribute.name();
            const std::string value = attribute.value();
            if (!seen.insert(key).second)
                fault(node, "has " + key + " twice");
            if (std::ranges::count(rule.required, key) + std::ranges::count(rule.optional, key) == 0)
                fault(node, "must not have " + key);
            if (const auto pattern = kPatterns.find(key);
                pattern != kPatterns.end() && !std::regex_match(value, pattern->second))
                fault(node, key + " must not be '" + value + "'");
            if (key == "TIME_VALUE" && std::regex_match(value, kPatterns.at(key))
                && std::stoull(value) > 4294967295ULL)
                fault(node, "TIME_VALUE is beyond an unsigned int");
            std::istringstream words(kReferences.contains(key) ? value : std::string());
            for (std::string id; words >> id;)
                if (!m_ids.contains(id))
                    fault(node, key + " points to '" + id + "', which is not there");
            if (key == "PREVIOUS_ANNOTATION" && !m_referring.contains(value))
                fault(node, key + " points to '" + value + "', which is no REF_ANNOTATION");
            if (const auto target = kNames.find(key);
                target != kNames.end() && !m_names[target->second].contains(value))
                fault(node, key + " points to '" + value + "', which is not there");
        }
    }

    bool m_old = false;
    std::set<std::string> m_ids;
    std::set<std::string> m_referring;
    std::map<std::string, std::set<std::string>> m_names;
    std::vector<std::string> m_faults;
};

} // namespace

std::vector<std::string> eafFaults(const std::string& content) { return Checker().run(content); }

} // namespace telltale
