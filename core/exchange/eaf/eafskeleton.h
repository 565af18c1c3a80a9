// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spans.h"
#include "exchange/xml/xmlfile.h"
#include <map>
#include <unordered_set>

namespace telltale {

/// All values of type xsd:ID of an EAF document, and new ones that none of them is.
class EafIds {
public:
    explicit EafIds(pugi::xml_node root);
    void take(const std::string& id);
    /// "a17": the prefix and a number above all that there are with this prefix.
    std::string next(const char* prefix);
    /// `wanted` or, where that is taken, with a number behind it.
    std::string unique(const std::string& wanted);
    /// The largest number so far.
    int64_t largest(const char* prefix) { return m_largest[prefix]; }
    /// Numbers start above this one.
    void raise(const char* prefix, int64_t number);

private:
    std::unordered_set<std::string> m_taken;
    std::map<std::string, int64_t> m_largest;
};

/// A document without annotations: root, header, time order and the four constraints.
void makeEafSkeleton(pugi::xml_document& document, const OutgoingVideo& video);
/// The child of the root, made at its place in the order of the schema where there is none.
pugi::xml_node eafChild(pugi::xml_node root, const char* name);
/// One more child of the root, behind those of its name.
pugi::xml_node addEafChild(pugi::xml_node root, const char* name);
/// Sets a property of the header.
void setEafProperty(pugi::xml_node root, const char* name, const std::string& value);
/// Now, as xsd:dateTime in UTC.
std::string eafDate();

/// The types of the tiers of this program and the classes as a vocabulary, in a document that may have them.
struct EafTypes {
    std::string spans;
    std::string score;
    std::string status;
    std::string provenance;
    std::map<std::string, std::string> entries; ///< CVE_ID by label; empty before EAF 2.8
};
EafTypes addEafTypes(pugi::xml_node root, const LabelScheme& scheme, EafIds& ids);

} // namespace telltale
