// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// An imported EAF file is the base of its export: what nobody changed stays.
#include "eafschema.h"
#include "exchange/spanformat.h"
#include "exchangetest.h"
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>

using namespace telltale;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// One line for each element with its path, attributes and text; order of attributes does not count.
void linesOf(pugi::xml_node node, const std::string& path, std::multiset<std::string>& lines)
{
    std::string line = path + "/" + node.name();
    std::map<std::string, std::string> attributes;
    for (const pugi::xml_attribute one : node.attributes())
        attributes[one.name()] = one.value();
    for (const auto& [key, value] : attributes)
        line.append(" ").append(key).append("=").append(value);
    lines.insert(line + " : " + node.text().get());
    // Annotations of one tier stay in it, so the path names the tier.
    std::string below = path + "/" + node.name();
    if (node.attribute("TIER_ID"))
        below.append("[").append(node.attribute("TIER_ID").value()).append("]");
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_element)
            linesOf(child, below, lines);
}

std::multiset<std::string> linesOf(const std::string& content)
{
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(content.data(), content.size()));
    std::multiset<std::string> lines;
    linesOf(document.document_element(), {}, lines);
    return lines;
}

struct Difference {
    std::vector<std::string> lost;
    std::vector<std::string> added;
};

Difference differenceOf(const std::string& before, const std::string& after)
{
    const auto first = linesOf(before);
    const auto second = linesOf(after);
    Difference difference;
    std::ranges::set_difference(first, second, std::back_inserter(difference.lost));
    std::ranges::set_difference(second, first, std::back_inserter(difference.added));
    return difference;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (size_t i = 0; i < std::min<size_t>(lines.size(), 12); ++i)
        text += lines[i] + "\n";
    return text;
}

/// The element with this id.
pugi::xml_node withId(const pugi::xml_document& document, const std::string& id)
{
    return document.find_node(
        [&id](const pugi::xml_node& node) { return id == node.attribute("ANNOTATION_ID").value(); });
}

class EafResaveTest : public ExchangeTest {
protected:
    /// A project with a file that was imported.
    std::unique_ptr<Document> imported(const std::filesystem::path& file, const std::string& tiers = "*")
    {
        auto document = project("p", "own");
        ImportOptions options;
        options.settings["tiers"] = tiers;
        const auto report = import(*document, "eaf", file, options);
        EXPECT_TRUE(report.ok()) << (report ? "" : report.error().message);
        return document;
    }

    std::string exported(const Document& document, const std::string& name = "out.eaf")
    {
        const auto notes = exportTo(document, "eaf", path(name));
        EXPECT_TRUE(notes.ok()) << (notes ? "" : notes.error().message);
        m_notes = notes ? *notes : std::vector<std::string>();
        return *readFile(path(name));
    }

    /// The first span of a class and start in microseconds.
    static Annotation find(const Document& document, const std::string& label, int64_t startUs)
    {
        for (const Annotation& one : document.allAnnotations())
            if (one.startUs == startUs && one.classId == document.scheme().find(label))
                return one;
        ADD_FAILURE() << "no span " << label;
        return {};
    }

    std::vector<std::string> m_notes;
};

std::string sample(const std::string& name)
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    const std::filesystem::path data = folder
        ? std::filesystem::path(folder)
        : std::filesystem::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "testdata";
    return (data / "formats" / "elan" / name).string();
}

/// Two people, three words, what is said of one, a link, and things that no other program knows.
const std::string kSmall = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- a remark -->
<ANNOTATION_DOCUMENT AUTHOR="somebody" DATE="2020-01-02T03:04:05Z" FORMAT="3.0" VERSION="3.0">
<LICENSE LICENSE_URL="http://example.org/cc">free</LICENSE>
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
<MEDIA_DESCRIPTOR MEDIA_URL="file:///v/face.mp4" MIME_TYPE="video/mp4" TIME_ORIGIN="200"/>
<LINKED_FILE_DESCRIPTOR LINK_URL="file:///v/face.csv" MIME_TYPE="text/plain"/>
<PROPERTY NAME="colour">blue</PROPERTY>
<PROPERTY NAME="lastUsedAnnotationId">40</PROPERTY>
</HEADER>
<TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/>
<TIME_SLOT TIME_SLOT_ID="ts2"/>
<TIME_SLOT TIME_SLOT_ID="ts3"/>
<TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="4000"/>
<TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="6000"/>
<TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="8000"/>
</TIME_ORDER>
<TIER TIER_ID="speech" LINGUISTIC_TYPE_REF="plain" PARTICIPANT="Anna" EXT_REF="er1">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts4" EXT_REF="er1"><ANNOTATION_VALUE>sentence</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts5" TIME_SLOT_REF2="ts6"><ANNOTATION_VALUE>second</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
</TIER>
<TIER TIER_ID="words" LINGUISTIC_TYPE_REF="time" PARENT_REF="speech">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>one</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>two</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a5" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4"><ANNOTATION_VALUE>three</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
</TIER>
<TIER TIER_ID="parts" LINGUISTIC_TYPE_REF="sub" PARENT_REF="speech">
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a6" ANNOTATION_REF="a2"><ANNOTATION_VALUE>left</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a7" ANNOTATION_REF="a2" PREVIOUS_ANNOTATION="a6"><ANNOTATION_VALUE>right</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
</TIER>
<TIER TIER_ID="glosses" LINGUISTIC_TYPE_REF="same" PARENT_REF="parts">
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a8" ANNOTATION_REF="a7"><ANNOTATION_VALUE>gloss</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
</TIER>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="plain" TIME_ALIGNABLE="true"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="time" TIME_ALIGNABLE="true" CONSTRAINTS="Time_Subdivision"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="sub" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Subdivision"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="same" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Association"/>
<LOCALE LANGUAGE_CODE="en"/>
<CONSTRAINT STEREOTYPE="Time_Subdivision"/>
<CONSTRAINT STEREOTYPE="Symbolic_Subdivision"/>
<CONSTRAINT STEREOTYPE="Symbolic_Association"/>
<LEXICON_REF LEX_REF_ID="lx1" NAME="n" TYPE="t" URL="u" LEXICON_ID="i" LEXICON_NAME="l"/>
<REF_LINK_SET LINK_SET_ID="rls1">
<CROSS_REF_LINK REF_LINK_ID="l1" REF1="a1" REF2="a2"/>
<CROSS_REF_LINK REF_LINK_ID="l2" REF1="l1" REF2="a3"/>
<GROUP_REF_LINK REF_LINK_ID="l3" REFS="a1 a3 l2"/>
<GROUP_REF_LINK REF_LINK_ID="l4" REFS="a2 a8"/>
</REF_LINK_SET>
<EXTERNAL_REF EXT_REF_ID="er1" TYPE="iso12620" VALUE="x"/>
</ANNOTATION_DOCUMENT>
)";

} // namespace

TEST_F(EafResaveTest, ARealFileThatNobodyChangedComesBackAsItWas)
{
    for (const char* name : {"sample_2.7.eaf", "Test_Video.eaf"}) {
        const std::string file = sample(name);
        if (!std::filesystem::exists(file))
            GTEST_SKIP() << "no real file: " << file;
        auto document = project(std::string("p") + name, "own");
        ASSERT_TRUE(import(*document, "eaf", file).ok());
        const std::string again = exported(*document, std::string("out_") + name);
        const Difference difference = differenceOf(*readFile(file), again);
        EXPECT_THAT(difference.lost, IsEmpty()) << joined(difference.lost);
        EXPECT_THAT(difference.added, IsEmpty()) << joined(difference.added);
        EXPECT_THAT(eafFaults(again), IsEmpty());
    }
}

TEST_F(EafResaveTest, EditsOfARealFileLeaveTheRestAlone)
{
    const std::string file = sample("sample_2.7.eaf");
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    auto document = imported(file);
    // "prep" of 1.8 to 2.4 s is moved, "stroke" of 7.8 to 8.4 s is rejected, a new span is made.
    const Annotation moved = find(*document, "prep", 1'800'000);
    const Annotation rejected = find(*document, "stroke", 4'200'000);
    // Another tier says the same there: both spans go.
    std::vector<int64_t> equal;
    for (const Annotation& one : document->annotations(rejected.videoId))
        if (one.span == rejected.span && one.classId == rejected.classId)
            equal.push_back(one.id);
    ASSERT_EQ(equal.size(), 2U);
    ASSERT_TRUE(document->removeAnnotations(equal).ok());
    ASSERT_TRUE(document->setSpan(moved.id, {48, 60}).ok());
    ASSERT_TRUE(document
                    ->addAnnotations({span(moved.videoId, {100, 125}, document->scheme().find("hold"))},
                        QStringLiteral("t"))
                    .ok());
    const std::string content = exported(*document);
    EXPECT_THAT(eafFaults(content), IsEmpty());
    const Difference difference = differenceOf(*readFile(file), content);
    std::set<std::string> gone;
    for (const std::string& line : difference.lost) {
        const size_t id = line.find("ANNOTATION_ID=");
        if (id != std::string::npos)
            gone.insert(line.substr(id + 14, line.find(' ', id) - id - 14));
        const bool known = id != std::string::npos || line.find("/ANNOTATION :") != std::string::npos
            || line.find("/ANNOTATION_VALUE :") != std::string::npos
            || line.find("TIME_SLOT") != std::string::npos || line.find("lastUsed") != std::string::npos
            || line.starts_with("/ANNOTATION_DOCUMENT AUTHOR");
        EXPECT_TRUE(known) << line;
    }
    EXPECT_THAT(gone, testing::ElementsAre("a4390", "a4392", "a5589"));
    EXPECT_THAT(content, HasSubstr("NAME=\"lastUsedAnnotationId\">8780<"));
    // No language, because 2.7 has none.
    EXPECT_EQ(content.find("LANGUAGE "), std::string::npos);

    auto again = project("q", "own");
    ASSERT_TRUE(import(*again, "eaf", path("out.eaf")).ok());
    const auto named = [](const Document& from) {
        std::set<std::tuple<int64_t, int64_t, std::string>> rows;
        for (const Annotation& one : from.allAnnotations())
            rows.emplace(one.span.first, one.span.last,
                one.classId < 0 ? "" : from.scheme().classes[static_cast<size_t>(one.classId)].name);
        return rows;
    };
    EXPECT_EQ(named(*again), named(*document));
}

TEST_F(EafResaveTest, WhatIsGoneTakesItsDependentsAlong)
{
    ASSERT_THAT(eafFaults(kSmall), IsEmpty());
    auto document = imported(write("face.eaf", kSmall));
    ASSERT_EQ(document->summary().annotations, 8);
    // TIME_ORIGIN is added: "sentence" is at 1.2 s of the video.
    const Annotation sentence = find(*document, "sentence", 1'200'000);
    ASSERT_TRUE(document->removeAnnotations({sentence.id}).ok());
    const std::string content = exported(*document);
    EXPECT_THAT(eafFaults(content), IsEmpty());
    pugi::xml_document tree;
    ASSERT_TRUE(tree.load_buffer(content.data(), content.size(), pugi::parse_default | pugi::parse_comments));
    // Its words stood inside it; they are still spans of the project, so they go into a tier of ours.
    for (const char* id : {"a1", "a3", "a4", "a5"})
        EXPECT_FALSE(withId(tree, id)) << id;
    for (const char* id : {"a2", "a6", "a7", "a8"})
        EXPECT_TRUE(withId(tree, id)) << id;
    EXPECT_THAT(content, HasSubstr("TIER_ID=\"Anna/human\""));
    EXPECT_STREQ(withId(tree, "a41").text().get(), "");
    EXPECT_STREQ(withId(tree, "a41").child("ANNOTATION_VALUE").text().get(), "one");
    EXPECT_THAT(content, HasSubstr(">43<")); // lastUsedAnnotationId
    // Links to what is gone, and links to those links.
    EXPECT_EQ(content.find("REF_LINK_ID=\"l1\""), std::string::npos);
    EXPECT_EQ(content.find("REF_LINK_ID=\"l2\""), std::string::npos);
    EXPECT_EQ(content.find("REF_LINK_ID=\"l3\""), std::string::npos);
    EXPECT_THAT(content, HasSubstr("REFS=\"a2 a8\""));
    for (const char* kept : {"<!-- a remark -->", "LICENSE_URL", "NAME=\"colour\">blue", "LEX_REF_ID=\"lx1\"",
             "LANGUAGE_CODE=\"en\"", "EXT_REF_ID=\"er1\"", "face.csv", "AUTHOR=\"somebody\""})
        EXPECT_THAT(content, HasSubstr(kept));
    auto again = project("q", "own");
    ASSERT_TRUE(import(*again, "eaf", path("out.eaf")).ok());
    EXPECT_EQ(flat(*again).size(), 7U);
}

TEST_F(EafResaveTest, PartsOfASubdivisionGoTogetherAndNeighboursKeepTheirTimes)
{
    auto document = imported(write("face.eaf", kSmall));
    ASSERT_TRUE(document->removeAnnotations({find(*document, "left", 6'200'000).id}).ok());
    ASSERT_TRUE(document->removeAnnotations({find(*document, "two", 2'200'000).id}).ok());
    const std::string content = exported(*document);
    EXPECT_THAT(eafFaults(content), IsEmpty());
    pugi::xml_document tree;
    ASSERT_TRUE(tree.load_buffer(content.data(), content.size()));
    for (const char* id : {"a4", "a6", "a7", "a8"})
        EXPECT_FALSE(withId(tree, id)) << id;
    for (const char* id : {"a1", "a2", "a3", "a5"})
        EXPECT_TRUE(withId(tree, id)) << id;
    // The slots around "two" had no times; now they need some.
    EXPECT_THAT(content, HasSubstr("TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"2000\""));
    EXPECT_THAT(content, HasSubstr("TIME_SLOT_ID=\"ts3\" TIME_VALUE=\"3000\""));
    int64_t last = 0;
    for (const pugi::xml_node slot : tree.document_element().child("TIME_ORDER").children()) {
        EXPECT_GE(slot.attribute("TIME_VALUE").as_llong(), last);
        last = slot.attribute("TIME_VALUE").as_llong();
    }
    auto again = project("q", "own");
    ASSERT_TRUE(import(*again, "eaf", path("out.eaf")).ok());
    const auto times = [](const Document& from) {
        std::multiset<std::pair<int64_t, int64_t>> list;
        for (const Annotation& one : from.allAnnotations())
            list.emplace(one.span.first, one.span.last);
        return list;
    };
    EXPECT_EQ(times(*again), times(*document));
}

TEST_F(EafResaveTest, TiersThatWereNotImportedStay)
{
    auto document = imported(write("face.eaf", kSmall), "words");
    ASSERT_EQ(document->summary().annotations, 3);
    ASSERT_TRUE(document->removeAnnotations({find(*document, "two", 2'200'000).id}).ok());
    const std::string content = exported(*document);
    EXPECT_THAT(eafFaults(content), IsEmpty());
    for (const char* id : {"a1", "a2", "a3", "a5", "a6", "a7", "a8"})
        EXPECT_THAT(content, HasSubstr(std::string("ANNOTATION_ID=\"") + id + "\""));
    EXPECT_EQ(content.find("ANNOTATION_ID=\"a4\""), std::string::npos);
    EXPECT_EQ(content.find("telltale-tiers"), std::string::npos);
}

TEST_F(EafResaveTest, DecisionsAboutProposalsComeBackInTheSameTiers)
{
    auto first = project("p", "smg");
    addOffline(*first, "face", 1000, 25);
    ASSERT_TRUE(import(*first, "activitynet",
        write("x.json",
            R"({"results":{"face":[{"segment":[4,8],"label":"Arms akimbo","score":0.25},)"
            R"({"segment":[10,12],"label":"Arms akimbo","score":0.5},)"
            R"({"segment":[20,22],"label":"Arms akimbo","score":0.75}]}})"))
                    .ok());
    exported(*first, "first.eaf");
    auto second = project("q", "smg");
    ASSERT_TRUE(import(*second, "eaf", path("first.eaf")).ok());
    const auto proposals = second->allAnnotations();
    ASSERT_EQ(proposals.size(), 3U);
    ASSERT_TRUE(second->setState(proposals[1].id, SpanState::Accepted).ok());
    const std::string content = exported(*second, "second.eaf");
    EXPECT_THAT(eafFaults(content), IsEmpty());
    EXPECT_THAT(content, HasSubstr("TIER_ID=\"P0/human\""));
    EXPECT_EQ(content.find("P0/pred:import: first.eaf\""), std::string::npos);
    auto third = project("r", "smg");
    ASSERT_TRUE(import(*third, "eaf", path("second.eaf")).ok());
    std::vector<SpanState> states;
    for (const Annotation& one : third->allAnnotations())
        states.push_back(one.state);
    EXPECT_THAT(
        states, testing::UnorderedElementsAre(SpanState::Proposed, SpanState::Accepted, SpanState::Proposed));
    // A second span of the same person fits into the tier that is there.
    ASSERT_TRUE(
        third->addAnnotations({span(third->videoByName("face")->id, {600, 650}, 3)}, QStringLiteral("t"))
            .ok());
    const std::string last = exported(*third, "third.eaf");
    EXPECT_THAT(eafFaults(last), IsEmpty());
    EXPECT_EQ(last.find("P0/human/2"), std::string::npos);
}

namespace {

/// Two tiers that say the same of one stretch, by two annotators.
std::string twice(const std::string& first, const std::string& second)
{
    const auto tier = [](const std::string& name, const std::string& annotator, const std::string& id) {
        return "<TIER TIER_ID=\"" + name + "\" LINGUISTIC_TYPE_REF=\"plain\""
            + (annotator.empty() ? "" : " ANNOTATOR=\"" + annotator + "\"")
            + "><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"" + id
            + "\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\"><ANNOTATION_VALUE>nod</ANNOTATION_VALUE>"
              "</ALIGNABLE_ANNOTATION></ANNOTATION></TIER>\n";
    };
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"\" "
           "DATE=\"2026-01-02T03:04:05Z\" FORMAT=\"3.0\" VERSION=\"3.0\"><HEADER>"
           "<MEDIA_DESCRIPTOR MEDIA_URL=\"file:///v/face.mp4\" MIME_TYPE=\"video/mp4\"/></HEADER><TIME_ORDER>"
           "<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"1000\"/><TIME_SLOT TIME_SLOT_ID=\"ts2\" "
           "TIME_VALUE=\"2000\"/></TIME_ORDER>\n"
        + tier("one", first, "a1") + tier("two", second, "a2")
        + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"plain\" TIME_ALIGNABLE=\"true\"/></ANNOTATION_DOCUMENT>\n";
}

int64_t annotationsIn(const std::string& content)
{
    int64_t count = 0;
    for (size_t at = 0; (at = content.find("<ALIGNABLE_ANNOTATION", at)) != std::string::npos; ++at)
        ++count;
    return count;
}

} // namespace

TEST_F(EafResaveTest, OfEqualAnnotationsAsManyStayAsSpansAreLeft)
{
    auto document = imported(write("face.eaf", twice("", "")));
    ASSERT_EQ(document->summary().annotations, 2);
    EXPECT_EQ(annotationsIn(exported(*document, "both.eaf")), 2);
    ASSERT_TRUE(document->removeAnnotation(document->allAnnotations().back().id).ok());
    const std::string content = exported(*document, "one.eaf");
    EXPECT_THAT(eafFaults(content), IsEmpty());
    EXPECT_EQ(annotationsIn(content), 1);
    auto again = project("q", "own");
    ASSERT_TRUE(import(*again, "eaf", path("one.eaf")).ok());
    EXPECT_EQ(again->summary().annotations, 1);
    // The file as it was brings the second one back, like every other span that was deleted.
    const auto report = import(*document, "eaf", path("face.eaf"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 1);
    EXPECT_EQ(document->summary().annotations, 2);
    EXPECT_EQ(annotationsIn(exported(*document, "again.eaf")), 2);
}

TEST_F(EafResaveTest, OfEqualAnnotationsThoseStayWhoseAnnotatorsAreLeft)
{
    for (const std::string gone : {"anna", "ben"}) {
        auto document = project("p" + gone, "own");
        ASSERT_TRUE(import(*document, "eaf", write("face.eaf", twice("anna", "ben"))).ok());
        for (const Annotation& one : document->allAnnotations())
            if (one.annotator == gone) {
                ASSERT_TRUE(document->removeAnnotation(one.id).ok());
            }
        ASSERT_EQ(document->summary().annotations, 1);
        const std::string content = exported(*document, gone + ".eaf");
        EXPECT_EQ(annotationsIn(content), 1);
        EXPECT_EQ(content.find("ANNOTATION_ID=\"a1\"") != std::string::npos, gone == "ben");
        EXPECT_EQ(content.find("ANNOTATION_ID=\"a2\"") != std::string::npos, gone == "anna");
    }
}

// Against the schema, and yet no reason to write into memory that is gone.
TEST_F(EafResaveTest, SeveralAnnotationsInOneElementGoOneByOne)
{
    std::string content = twice("", "");
    const size_t end = content.find("</ANNOTATION>");
    content.insert(end,
        "<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a8\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\">"
        "<ANNOTATION_VALUE>smile</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION><ALIGNABLE_ANNOTATION "
        "ANNOTATION_ID=\"a9\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\"><ANNOTATION_VALUE>blink"
        "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>");
    auto document = imported(write("face.eaf", content));
    ASSERT_EQ(document->summary().annotations, 4);
    ASSERT_TRUE(document->removeAnnotation(find(*document, "smile", 1'000'000).id).ok());
    std::string left = exported(*document, "first.eaf");
    EXPECT_EQ(left.find("\"a8\""), std::string::npos);
    EXPECT_THAT(left, HasSubstr("\"a1\""));
    EXPECT_THAT(left, HasSubstr("\"a9\""));
    std::vector<int64_t> all;
    for (const Annotation& one : document->allAnnotations())
        all.push_back(one.id);
    ASSERT_TRUE(document->removeAnnotations(all).ok());
    left = exported(*document, "second.eaf");
    EXPECT_EQ(annotationsIn(left), 0);
    EXPECT_THAT(eafFaults(left), IsEmpty());
}

TEST_F(EafResaveTest, ANewSpanDoesNotMoveSlotsWithoutATime)
{
    // A tier without a parent tier whose annotation starts between 1 s and 2 s: at 1.5 s.
    std::string content = twice("", "");
    content.replace(content.find("<TIME_SLOT TIME_SLOT_ID=\"ts2\""), 0, "<TIME_SLOT TIME_SLOT_ID=\"open\"/>");
    content.replace(content.rfind("TIME_SLOT_REF1=\"ts1\""), 20, "TIME_SLOT_REF1=\"open\"");
    auto document = imported(write("face.eaf", content));
    const Annotation late = find(*document, "nod", 1'500'000);
    ASSERT_TRUE(
        document->addAnnotations({span(late.videoId, {28, 31}, late.classId)}, QStringLiteral("t")).ok());
    const std::string saved = exported(*document);
    EXPECT_THAT(eafFaults(saved), IsEmpty());
    auto again = project("q", "own");
    ASSERT_TRUE(import(*again, "eaf", path("out.eaf")).ok());
    EXPECT_EQ(find(*again, "nod", 1'500'000).endUs, 2'000'000);
}

TEST_F(EafResaveTest, APersonsNameWithAZeroInFrontIsAName)
{
    std::string content = twice("", "");
    content.replace(content.find("TIER_ID=\"one\""), 0, "PARTICIPANT=\"P01\" ");
    auto document = imported(write("face.eaf", content));
    const auto persons = document->persons(document->allAnnotations().front().videoId);
    ASSERT_EQ(persons.size(), 1U);
    EXPECT_EQ(persons[0].name, "P01");
    EXPECT_THAT(differenceOf(content, exported(*document)).lost, IsEmpty());
    // What is new about this person stands in a tier of that name.
    Annotation fresh = span(document->allAnnotations().front().videoId, {100, 125}, 0);
    fresh.person = persons[0].number;
    ASSERT_TRUE(document->addAnnotations({fresh}, QStringLiteral("t")).ok());
    EXPECT_THAT(exported(*document, "more.eaf"), HasSubstr("PARTICIPANT=\"P01\" TIER_ID=\"P01/human\""));
}
