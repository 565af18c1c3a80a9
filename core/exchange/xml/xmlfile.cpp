// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/xml/xmlfile.h"
#include <algorithm>
#include <array>
#include <cstring>

namespace telltale {
namespace {

constexpr int kDeepest = 200;
/// A document needs up to 64 bytes for each of these; half an hour of boxes in every frame has a million.
constexpr int64_t kMostParts = 10'000'000;
constexpr size_t kLargest = 1ULL << 31U;
constexpr const char* kReplacement = "\xEF\xBF\xBD";
constexpr unsigned kKeep = pugi::parse_default | pugi::parse_comments | pugi::parse_pi | pugi::parse_doctype
    | pugi::parse_declaration | pugi::parse_ws_pcdata_single;

/// Bytes of the character at the start of `text` if UTF-8 and XML 1.0 allow it, else 0.
size_t characterLength(std::string_view text)
{
    const auto byte = [&text](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return 0;
    uint32_t code = first & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
        code = code << 6U | (byte(i) & 0x3FU);
    }
    constexpr std::array<uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < kSmallest.at(length) || code > 0x10FFFF || surrogate || code == 0xFFFE || code == 0xFFFF
        ? 0
        : length;
}

/// Where the first character stands that is not allowed; the size of the text if all are.
size_t firstForbidden(std::string_view text)
{
    size_t at = 0;
    while (at < text.size()) {
        // Most of it, and files have up to half a gigabyte of it.
        if (static_cast<signed char>(text[at]) >= 0x20) {
            ++at;
            continue;
        }
        const size_t length = characterLength(text.substr(at, 4));
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

int64_t lineOf(std::string_view text, size_t offset)
{
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
}

/// What is wrong with the bytes alone; empty: nothing.
std::string faultOf(std::string_view content)
{
    if (content.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return "is empty";
    if (content.find('<') == std::string_view::npos)
        return "is not XML";
    const auto parts = std::ranges::count(content, '<') + std::ranges::count(content, '=');
    if (content.size() > kLargest)
        return "is larger than 2 GB";
    if (parts > kMostParts)
        return "holds more than ten million elements and attributes, which no label file does";
    return {};
}

bool declaresEntities(std::string_view content) { return content.find("<!ENTITY") != std::string_view::npos; }

/// Elements inside each other; stops counting where it is too much.
bool isTooDeep(pugi::xml_node top)
{
    int depth = 0;
    pugi::xml_node node = top;
    while (node) {
        if (node.first_child()) {
            node = node.first_child();
            if (++depth > kDeepest)
                return true;
            continue;
        }
        while (node != top && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        if (node == top)
            return false;
        node = node.next_sibling();
    }
    return false;
}

/// Enough to find an element by; a hundred thousand places may hold it.
std::string_view beginning(const char* text)
{
    constexpr size_t kMost = 200;
    return {text, ::strnlen(text, kMost)};
}

class StringWriter final : public pugi::xml_writer {
public:
    void write(const void* data, size_t size) override { text.append(static_cast<const char*>(data), size); }
    std::string text;
};

} // namespace

Result<std::unique_ptr<XmlFile>> XmlFile::parse(
    const SourceFile& file, const std::string& rootName, std::vector<std::string> keys)
{
    if (const std::string fault = faultOf(file.content); !fault.empty())
        return file.broken(fault);
    std::unique_ptr<XmlFile> made(new XmlFile);
    const pugi::xml_parse_result result
        = made->m_document.load_buffer(file.content.data(), file.content.size(), kKeep);
    // Entities first: a file that is made to explode may be no XML otherwise either.
    if (declaresEntities(file.content))
        return file.broken("declares entities (<!ENTITY), which label files have no use for and which are "
                           "refused; save it without a document type");
    const bool utf8 = result.encoding == pugi::encoding_utf8;
    if (const size_t bad = utf8 ? firstForbidden(file.content) : file.content.size();
        bad < file.content.size())
        return file.broken(std::string("is not valid UTF-8, line ")
                               .append(std::to_string(lineOf(file.content, bad)))
                               .append("; save it in UTF-8"));
    if (!result) {
        const auto offset = static_cast<size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
        std::string where;
        if (utf8)
            where = ", line " + std::to_string(lineOf(file.content, std::min(offset, file.content.size())));
        return file.broken(
            std::string("is not valid XML").append(where).append(": ").append(result.description()));
    }
    for (const pugi::xml_node node : made->m_document.children())
        if (node.type() == pugi::node_doctype
            && std::string_view(node.value()).find('[') != std::string::npos)
            return file.broken("has a document type with declarations of its own (<!DOCTYPE ... [), which is "
                               "refused; save it without");
    if (isTooDeep(made->m_document))
        return file.broken("has elements inside each other more than 200 deep, which no label file has");
    if (made->root().name() != rootName)
        return file.broken(std::string("the outermost element is '")
                               .append(xmlText(made->root().name()).substr(0, 80))
                               .append("', wanted is '")
                               .append(rootName)
                               .append("'"));
    made->m_name = file.name;
    made->m_keys = std::move(keys);
    made->m_countsLines = utf8;
    if (utf8)
        made->m_lineEnds.reserve(static_cast<size_t>(std::ranges::count(file.content, '\n')));
    for (size_t at = 0; utf8 && (at = file.content.find('\n', at)) != std::string_view::npos; ++at)
        made->m_lineEnds.push_back(static_cast<uint32_t>(at));
    return made;
}

int64_t XmlFile::line(pugi::xml_node node) const
{
    const std::ptrdiff_t offset = node.offset_debug();
    if (!m_countsLines || offset < 0)
        return 0;
    return 1 + (std::ranges::lower_bound(m_lineEnds, static_cast<uint32_t>(offset)) - m_lineEnds.begin());
}

std::string XmlFile::pathOf(pugi::xml_node node) const
{
    std::vector<pugi::xml_node> steps;
    for (; node && node.type() == pugi::node_element; node = node.parent())
        steps.push_back(node);
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        path.append("/").append(beginning(step->name()));
        for (const std::string& key : m_keys)
            if (const pugi::xml_attribute attribute = step->attribute(key.c_str())) {
                path.append("[")
                    .append(key)
                    .append("=")
                    .append(xmlText(beginning(attribute.value())))
                    .append("]");
                break;
            }
    }
    return path;
}

std::string xmlText(std::string_view text)
{
    size_t good = firstForbidden(text);
    std::string clean(text.substr(0, good));
    while (good < text.size()) {
        clean += kReplacement;
        text.remove_prefix(good + 1);
        good = firstForbidden(text);
        clean += text.substr(0, good);
    }
    return clean;
}

std::string xmlEscaped(std::string_view text)
{
    std::string made;
    for (const char c : xmlText(text)) {
        switch (c) {
        case '&':
            made += "&amp;";
            break;
        case '<':
            made += "&lt;";
            break;
        case '>':
            made += "&gt;";
            break;
        case '"':
            made += "&quot;";
            break;
        default:
            made += c;
        }
    }
    return made;
}

std::string attributeText(pugi::xml_node node, const char* name)
{
    return xmlText(node.attribute(name).value());
}

std::string innerText(pugi::xml_node node)
{
    std::string text;
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            text += child.value();
    return xmlText(text);
}

void setAttribute(pugi::xml_node node, const char* name, std::string_view value)
{
    pugi::xml_attribute attribute = node.attribute(name);
    if (!attribute)
        attribute = node.append_attribute(name);
    attribute.set_value(xmlText(value).c_str());
}

pugi::xml_node appendElement(pugi::xml_node parent, const char* name, std::string_view text)
{
    pugi::xml_node child = parent.append_child(name);
    if (!text.empty())
        child.append_child(pugi::node_pcdata).set_value(xmlText(text).c_str());
    return child;
}

std::string xmlContent(const pugi::xml_document& document)
{
    StringWriter writer;
    document.save(writer, "    ", pugi::format_default, pugi::encoding_utf8);
    return std::move(writer.text);
}

} // namespace telltale
