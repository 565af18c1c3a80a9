// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include <memory>
#include <pugixml.hpp>

namespace telltale {

/// One XML file in memory, parsed with limits: what no label file needs (entities of its own, elements inside
/// each other 200 deep, ten million elements) is refused by name. Comments, processing instructions and
/// sections of raw text are kept, so that the document can be written again. One thread.
class XmlFile {
public:
    /// `rootName`: how the outermost element has to be called. `keys`: attributes that say which of several
    /// elements of one name it is, for messages. BadFormat, starting with the file's name.
    static Result<std::unique_ptr<XmlFile>> parse(
        const SourceFile& file, const std::string& rootName, std::vector<std::string> keys);

    pugi::xml_document& document() { return m_document; }
    pugi::xml_node root() const { return m_document.document_element(); }

    /// 1-based line where the element starts; 0 where the file is not in UTF-8. Nodes that were parsed only.
    int64_t line(pugi::xml_node node) const;
    /// "/ANNOTATION_DOCUMENT/TIER[TIER_ID=P1]/ANNOTATION"
    std::string pathOf(pugi::xml_node node) const;
    /// File, line and path.
    ImportPlace at(pugi::xml_node node) const { return {m_name, line(node), pathOf(node)}; }

private:
    XmlFile() = default;

    pugi::xml_document m_document;
    std::shared_ptr<const std::string> m_name;
    std::vector<std::string> m_keys;
    std::vector<uint32_t> m_lineEnds; ///< offsets of the line feeds
    bool m_countsLines = false;
};

/// `text` without what XML 1.0 (section 2.2) or UTF-8 forbids; each such character becomes U+FFFD.
std::string xmlText(std::string_view text);
/// The same for writing by hand: & < > " become references to them.
std::string xmlEscaped(std::string_view text);
/// An attribute as clean text; empty where there is none.
std::string attributeText(pugi::xml_node node, const char* name);
/// All text inside a node, clean, in one piece.
std::string innerText(pugi::xml_node node);

/// The attribute is set or, where the element has none, appended.
void setAttribute(pugi::xml_node node, const char* name, std::string_view value);
/// A child at the end, with the text where it is not empty.
pugi::xml_node appendElement(pugi::xml_node parent, const char* name, std::string_view text = {});

/// The whole document in UTF-8, indented by four spaces.
std::string xmlContent(const pugi::xml_document& document);

} // namespace telltale
