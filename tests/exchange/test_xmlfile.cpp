// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/xml/xmlfile.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

Result<std::unique_ptr<XmlFile>> parsed(const std::string& text)
{
    const SourceFile file{"a.xml", text, std::make_shared<const std::string>("a.xml")};
    return XmlFile::parse(file, "list", {"id"});
}

std::string refusal(const std::string& text)
{
    const auto file = parsed(text);
    return file ? "it was taken" : file.error().message;
}

} // namespace

TEST(XmlFile, TellsWhereAnElementStands)
{
    const auto file = parsed("<?xml version=\"1.0\"?>\n<list>\n <group id=\"g1\">\n  <item/>\n\n  <item\n"
                             "    id=\"b\"/>\n </group>\n</list>");
    ASSERT_TRUE(file.ok()) << file.error().message;
    const auto group = (*file)->root().child("group");
    const auto second = group.last_child();
    EXPECT_EQ((*file)->line((*file)->root()), 2);
    EXPECT_EQ((*file)->line(group), 3);
    EXPECT_EQ((*file)->line(second), 6);
    EXPECT_EQ((*file)->at(second).text(), "a.xml, line 6, element /list/group[id=g1]/item[id=b]");
}

TEST(XmlFile, RefusesEntitiesByName)
{
    EXPECT_THAT(refusal("<!DOCTYPE list [<!ENTITY a \"b\">]>\n<list>&a;</list>"),
        testing::AllOf(StartsWith("a.xml: "), HasSubstr("<!ENTITY")));
    EXPECT_THAT(refusal("<!DOCTYPE list [<!ENTITY a \"b\">]>\n<list"), HasSubstr("<!ENTITY"));
    EXPECT_THAT(refusal("<!DOCTYPE list [<!ELEMENT list ANY>]>\n<list/>"), HasSubstr("<!DOCTYPE"));
    EXPECT_TRUE(parsed("<!DOCTYPE list SYSTEM \"list.dtd\">\n<list/>").ok());
}

TEST(XmlFile, RefusesWhatIsTooDeepOrBroken)
{
    std::string deep = "<list>";
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    EXPECT_THAT(refusal(deep), StartsWith("a.xml: is not valid XML"));
    for (int i = 0; i < 100'000; ++i)
        deep += "</a>";
    EXPECT_THAT(refusal(deep + "</list>"), HasSubstr("200 deep"));
    EXPECT_THAT(refusal(""), StartsWith("a.xml: is empty"));
    EXPECT_THAT(refusal("list"), StartsWith("a.xml: is not XML"));
    EXPECT_THAT(refusal("<other/>"), HasSubstr("'other'"));
    EXPECT_THAT(refusal("<list>\n<a></b>\n</list>"), HasSubstr("line 2"));
    EXPECT_THAT(refusal("<list>\n\xff</list>"), HasSubstr("UTF-8, line 2"));
    EXPECT_THAT(refusal(std::string("<list>\n\0</list>", 15)), HasSubstr("UTF-8, line 2"));
    EXPECT_THAT(refusal(std::string(10'000'001, '<')), HasSubstr("ten million"));
}

TEST(XmlFile, TextIsWhatXmlAllows)
{
    const std::string gone = "\xEF\xBF\xBD";
    EXPECT_EQ(
        xmlText("a\tb\n\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), "a\tb\n\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
    EXPECT_EQ(xmlText(std::string("a\0b\x1b", 4)), "a" + gone + "b" + gone);
    EXPECT_EQ(xmlText("\xC0\xAF"), gone + gone); // overlong
    EXPECT_EQ(xmlText("\xED\xA0\x80"), gone + gone + gone); // a surrogate
    EXPECT_EQ(xmlText("\xF4\x90\x80\x80"), gone + gone + gone + gone); // beyond Unicode
    EXPECT_EQ(xmlText("x\xE2\x82"), "x" + gone + gone); // cut
    // References to characters can name what the file itself could not hold.
    const auto file = parsed("<list name=\"&#xD800;\">a&#x1;b<![CDATA[<c>]]></list>");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(attributeText((*file)->root(), "name"), gone + gone + gone);
    EXPECT_EQ(innerText((*file)->root()), "a" + gone + "b<c>");
}

TEST(XmlFile, WritesWhatItReads)
{
    const std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!--note-->\n<?tool keep?>\n<list "
                             "a=\"1 &lt; &quot;2&quot; &amp; 3\">\n    <b>x &lt; y</b>\n    <c> "
                             "</c>\n    <d/>\n    <e><![CDATA[<raw>]]></e>\n</list>\n";
    const auto file = parsed(text);
    ASSERT_TRUE(file.ok());
    const std::string written = xmlContent((*file)->document());
    const auto again = parsed(written);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(xmlContent((*again)->document()), written);
    EXPECT_THAT(written, HasSubstr("<!--note-->"));
    EXPECT_THAT(written, HasSubstr("<?tool keep?>"));
    EXPECT_THAT(written, HasSubstr("<c> </c>"));
    EXPECT_THAT(written, HasSubstr("<![CDATA[<raw>]]>"));
    EXPECT_EQ(attributeText((*again)->root(), "a"), "1 < \"2\" & 3");
}
