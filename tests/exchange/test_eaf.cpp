// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eafschema.h"
#include "exchange/spanformat.h"
#include "exchangetest.h"

using namespace telltale;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// What a reader made of some content.
struct Read {
    std::vector<IntakeVideo> videos;
    std::string error;
    std::vector<std::string> problems;
    std::vector<std::string> notes;

    /// "label start-end" in milliseconds, in order of the file.
    std::vector<std::string> spans() const
    {
        std::vector<std::string> list;
        for (const IntakeVideo& video : videos)
            for (const IntakeSpan& span : video.spans)
                list.push_back(span.label + " " + std::to_string(std::lround(span.start * 1000)) + "-"
                    + std::to_string(std::lround(span.end * 1000)));
        return list;
    }
    /// The span of an annotation.
    const IntakeSpan& at(const std::string& annotation) const
    {
        static const IntakeSpan none;
        for (const IntakeVideo& video : videos)
            for (const IntakeSpan& span : video.spans)
                if (span.place.element.ends_with("[ANNOTATION_ID=" + annotation + "]"))
                    return span;
        ADD_FAILURE() << "no span of " << annotation;
        return none;
    }
    int64_t count(const std::string& tier) const
    {
        int64_t count = 0;
        for (const IntakeVideo& video : videos)
            for (const IntakeSpan& span : video.spans)
                count += span.place.element.find("TIER[TIER_ID=" + tier + "]/") != std::string::npos ? 1 : 0;
        return count;
    }
};

const SpanFormat& eaf() { return dynamic_cast<const SpanFormat&>(**findFormat("eaf")); }

Read readContent(const std::string& content, const std::string& name, const std::string& tiers = {})
{
    ImportOptions options;
    if (!tiers.empty())
        options.settings["tiers"] = tiers;
    ImportProblems problems;
    ProgressSink quiet;
    const LabelScheme scheme;
    const SourceFile file{name, content, std::make_shared<const std::string>(name)};
    Read result;
    auto videos = eaf().read(file, {options, scheme, problems, result.notes, quiet});
    if (videos)
        result.videos = std::move(*videos);
    else
        result.error = videos.error().message;
    for (const ImportProblem& one : problems.kept())
        result.problems.push_back(one.sentence());
    return result;
}

Read readReal(const std::filesystem::path& file, const std::string& tiers = {})
{
    return readContent(*readFile(file), file.string(), tiers);
}

/// A file with two aligned slots (1 s and 3 s) and one annotation a1 over them in the tier `top`, and what
/// else is given.
struct Parts {
    std::string format = "3.0";
    std::string header;
    std::string units = "milliseconds";
    std::string timeSlots;
    std::string tiers; ///< behind `top`
    std::string types;
    std::string rest; ///< behind the constraints
};

std::string fileOf(const Parts& parts)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"\" "
           "DATE=\"2026-01-02T03:04:05Z\" FORMAT=\""
        + parts.format + "\" VERSION=\"" + parts.format + "\">\n<HEADER TIME_UNITS=\"" + parts.units + "\">"
        + parts.header + "</HEADER>\n<TIME_ORDER>\n<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"1000\"/>\n"
        + parts.timeSlots
        + "<TIME_SLOT TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"3000\"/>\n</TIME_ORDER>\n"
          "<TIER TIER_ID=\"top\" LINGUISTIC_TYPE_REF=\"plain\">\n<ANNOTATION><ALIGNABLE_ANNOTATION "
          "ANNOTATION_ID=\"a1\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\"><ANNOTATION_VALUE>whole"
          "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n</TIER>\n"
        + parts.tiers
        + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"plain\" TIME_ALIGNABLE=\"true\"/>\n"
          "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"sub\" CONSTRAINTS=\"Symbolic_Subdivision\"/>\n"
          "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"same\" CONSTRAINTS=\"Symbolic_Association\"/>\n"
          "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"time\" CONSTRAINTS=\"Time_Subdivision\"/>\n"
        + parts.types
        + "<CONSTRAINT STEREOTYPE=\"Time_Subdivision\"/>\n<CONSTRAINT STEREOTYPE=\"Symbolic_Subdivision\"/>\n"
          "<CONSTRAINT STEREOTYPE=\"Symbolic_Association\"/>\n"
        + parts.rest + "</ANNOTATION_DOCUMENT>\n";
}

std::string tier(const std::string& name, const std::string& type, const std::string& parent,
    const std::string& annotations, const std::string& more = {})
{
    return "<TIER TIER_ID=\"" + name + "\" LINGUISTIC_TYPE_REF=\"" + type + "\""
        + (parent.empty() ? "" : " PARENT_REF=\"" + parent + "\"") + more + ">\n" + annotations + "</TIER>\n";
}

std::string reference(
    const std::string& id, const std::string& parent, const std::string& value, const std::string& more = {})
{
    return "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"" + id + "\" ANNOTATION_REF=\"" + parent + "\"" + more
        + "><ANNOTATION_VALUE>" + value + "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>\n";
}

std::string aligned(const std::string& id, const std::string& first, const std::string& last,
    const std::string& value, const std::string& more = {})
{
    return "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"" + id + "\" TIME_SLOT_REF1=\"" + first
        + "\" TIME_SLOT_REF2=\"" + last + "\"" + more + "><ANNOTATION_VALUE>" + value
        + "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n";
}

const std::string kOpenSlot = "<TIME_SLOT TIME_SLOT_ID=\"";

} // namespace

TEST_F(ExchangeTest, EafRealFileOf27HasAllItsTiers)
{
    const auto file = testData() / "formats" / "elan" / "sample_2.7.eaf";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    const Read read = readReal(file);
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "r03_v20_s5");
    EXPECT_TRUE(read.videos[0].file.empty()); // a sound file, and not there
    // Counted with python's xml.etree.
    EXPECT_EQ(read.count("text"), 399);
    EXPECT_EQ(read.count("words-timesub"), 1995);
    EXPECT_EQ(read.count("words-symsub"), 1995);
    EXPECT_EQ(read.count("gestures"), 1197);
    EXPECT_EQ(read.count("gest_included"), 1197);
    EXPECT_EQ(read.count("words-pos"), 1995);
    EXPECT_EQ(read.videos[0].spans.size(), 8778U);
    EXPECT_THAT(read.notes, Contains(HasSubstr("gestures 1197")));
    // Five words without times of their own in 8 to 11 s: 600 ms each.
    EXPECT_DOUBLE_EQ(read.at("a410").start, 8);
    EXPECT_NEAR(read.at("a410").end, 8.6, 1e-9);
    EXPECT_NEAR(read.at("a413").start, 9.8, 1e-9);
    EXPECT_DOUBLE_EQ(read.at("a414").end, 11);
    // The second of five words of the text of 2 to 5 s, and what is said of it.
    EXPECT_EQ(read.at("a2396").label, "quick");
    EXPECT_NEAR(read.at("a2396").start, 2.6, 1e-9);
    EXPECT_NEAR(read.at("a2396").end, 3.2, 1e-9);
    EXPECT_EQ(read.at("a6785").label, "adj");
    EXPECT_NEAR(read.at("a6785").start, 2.6, 1e-9);
    EXPECT_EQ(read.at("a6784").label, "");
    EXPECT_EQ(read.at("a6784").place.line, 41121);

    // Words that two tiers have at the same time are two spans, and still the same two after a second import.
    auto document = project("p", "own");
    ASSERT_TRUE(import(*document, "eaf", file).ok());
    EXPECT_EQ(document->summary().annotations, 8778);
    const auto again = import(*document, "eaf", file);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again->spansAdded, 0);
    EXPECT_EQ(document->summary().annotations, 8778);
}

TEST_F(ExchangeTest, EafRealFileOf30NamesItsVideo)
{
    const auto file = testData() / "formats" / "elan" / "Test_Video.eaf";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    const Read read = readReal(file);
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "Test_Video");
    EXPECT_EQ(read.count("gesture_id"), 26);
    EXPECT_EQ(read.count("min"), 26);
    EXPECT_EQ(read.count("default"), 0);
    EXPECT_EQ(readReal(file, "gesture_*, default").videos[0].spans.size(), 26U);
    EXPECT_THAT(readReal(file, "gesture_*").notes, Contains(HasSubstr("left out: default 0, min 26")));

    auto document = project("p", "own");
    ImportOptions options;
    options.settings["tiers"] = "gesture_id";
    const auto report = import(*document, "eaf", file, options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(document->summary().annotations, 26);
}

TEST(Eaf, ReferencesTakeTheirTimesFromAbove)
{
    Parts parts;
    // Out of order in the file; b2 is the first part although it comes second.
    parts.tiers
        = tier("words", "sub", "top",
              reference("b1", "a1", "two", " PREVIOUS_ANNOTATION=\"b2\"") + reference("b2", "a1", "one")
                  + reference("b3", "a1", "three", " PREVIOUS_ANNOTATION=\"b1\"")
                  + reference("b4", "a1", "four", " PREVIOUS_ANNOTATION=\"b3\""))
        + tier("parts", "sub", "words",
            reference("c1", "b1", "x") + reference("c2", "b1", "y", " PREVIOUS_ANNOTATION=\"c1\""))
        + tier("notes", "same", "parts", reference("d1", "c2", "z"));
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(read.spans(),
        ElementsAre("whole 1000-3000", "two 1500-2000", "one 1000-1500", "three 2000-2500", "four 2500-3000",
            "x 1500-1750", "y 1750-2000", "z 1750-2000"));
}

TEST(Eaf, CirclesAreProblemsAndTheRestIsRead)
{
    Parts parts;
    parts.tiers = tier("loop", "same", "top", reference("b1", "b2", "x") + reference("b2", "b1", "y"))
        + tier("words", "sub", "top",
            reference("c1", "a1", "one", " PREVIOUS_ANNOTATION=\"c2\"")
                + reference("c2", "a1", "two", " PREVIOUS_ANNOTATION=\"c1\"")
                + reference("c3", "a1", "three", " PREVIOUS_ANNOTATION=\"c3\"")
                + reference("c4", "a1", "four"))
        + tier("below", "same", "loop", reference("d1", "b1", "z") + reference("d2", "d2", "self"));
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.spans(), ElementsAre("whole 1000-3000", "four 1000-1500"));
    ASSERT_EQ(read.problems.size(), 7U);
    for (const char* id : {"b1", "b2", "c1", "c2", "c3", "d1", "d2"})
        EXPECT_THAT(read.problems, Contains(HasSubstr(std::string("[ANNOTATION_ID=") + id + "]"))) << id;
}

TEST(Eaf, LongChainsOfReferencesAreNoRecursion)
{
    std::string annotations = reference("b0", "a1", "x");
    for (int i = 1; i < 50'000; ++i)
        annotations += reference(
            std::string("b").append(std::to_string(i)), std::string("b").append(std::to_string(i - 1)), "x");
    Parts parts;
    parts.tiers = tier("deep", "same", "top", annotations);
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos[0].spans.size(), 50'001U);
    EXPECT_DOUBLE_EQ(read.at("b49999").end, 3);
}

TEST(Eaf, SlotsWithoutATimeShareTheSpaceBetweenTheirNeighbours)
{
    Parts parts;
    // A chain of three in the order of the annotations, though TIME_ORDER has other slots in between.
    parts.timeSlots
        = kOpenSlot + "u1\"/>\n" + kOpenSlot + "m\" TIME_VALUE=\"1600\"/>\n" + kOpenSlot + "u2\"/>\n";
    parts.tiers = tier("words", "time", "top",
        aligned("b1", "ts1", "u1", "one") + aligned("b2", "u1", "u2", "two")
            + aligned("b3", "u2", "ts2", "three"));
    EXPECT_THAT(readContent(fileOf(parts), "x.eaf").spans(),
        ElementsAre("whole 1000-3000", "one 1000-1667", "two 1667-2333", "three 2333-3000"));
    // Without a parent tier the order of the slots decides.
    parts.timeSlots = kOpenSlot + "u1\"/>\n" + kOpenSlot + "u2\"/>\n" + kOpenSlot + "u3\"/>\n";
    parts.tiers = tier("free", "plain", "", aligned("b1", "u1", "u2", "one"));
    EXPECT_THAT(readContent(fileOf(parts), "x.eaf").spans(), ElementsAre("whole 1000-3000", "one 1500-2000"));
}

TEST(Eaf, FramesAndTheStartOfTheVideoCount)
{
    Parts parts;
    parts.units = "PAL-frames"; // 25 a second
    EXPECT_THAT(readContent(fileOf(parts), "x.eaf").spans(), ElementsAre("whole 40000-120000"));
    parts.units = "NTSC-frames"; // 30000 / 1001 a second
    EXPECT_THAT(readContent(fileOf(parts), "x.eaf").spans(), ElementsAre("whole 33367-100100"));
    parts.units = "milliseconds";
    // ELAN shows the picture at annotation time + TIME_ORIGIN.
    parts.header
        = R"(<MEDIA_DESCRIPTOR MEDIA_URL="file:///a/sound.wav" MIME_TYPE="audio/x-wav" TIME_ORIGIN="7"/>)"
          R"(<MEDIA_DESCRIPTOR MEDIA_URL="file:///a/My%20face%2B%C3%A4.mp4" MIME_TYPE="video/mp4" TIME_ORIGIN="250"/>)";
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.spans(), ElementsAre("whole 1250-3250"));
    EXPECT_EQ(read.videos[0].name, "My face+\xC3\xA4");
    parts.header
        = R"(<MEDIA_DESCRIPTOR MEDIA_URL="C:\films\b.mov" MIME_TYPE="video/quicktime" TIME_ORIGIN="soon"/>)";
    const Read bad = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(bad.problems, ElementsAre(AllOf(HasSubstr("TIME_ORIGIN 'soon'"), HasSubstr("line 3"))));
    EXPECT_EQ(bad.videos[0].name, "b");
    parts.header = R"(<MEDIA_DESCRIPTOR MEDIA_URL="b.mov" MIME_TYPE="video/quicktime" )"
                   R"(TIME_ORIGIN="-9223372036854775808"/>)";
    EXPECT_THAT(readContent(fileOf(parts), "x.eaf").problems, ElementsAre(HasSubstr("TIME_ORIGIN")));
}

TEST_F(ExchangeTest, EafVideosAreLookedForFromTheFile)
{
    write("data/labels/x.eaf", "");
    write("data/clips/far.mp4", "");
    write("data/labels/near.mp4", "");
    const auto found = [this](const std::string& attributes) {
        Parts parts;
        parts.header = "<MEDIA_DESCRIPTOR MIME_TYPE=\"video/mp4\" " + attributes + "/>";
        const Read read = readContent(fileOf(parts), path("data/labels/x.eaf").string());
        return read.videos.empty() ? std::string("none") : read.videos[0].file.filename().string();
    };
    const std::string gone = "MEDIA_URL=\"file:///no/where/gone.mp4\" RELATIVE_MEDIA_URL=";
    EXPECT_EQ(found(gone + "\"../clips/far.mp4\""), "far.mp4");
    // As old versions of ELAN write it.
    EXPECT_EQ(found(gone + "\"file:/../clips/far.mp4\""), "far.mp4");
    EXPECT_EQ(found(gone + "\"file:/./near.mp4\""), "near.mp4");
    EXPECT_EQ(found(gone + "\"./gone.mp4\""), "");
    EXPECT_EQ(found("MEDIA_URL=\"near.mp4\""), "near.mp4");
    EXPECT_EQ(found("MEDIA_URL=\"file:///C:/films/near.mp4\""), "near.mp4");
    EXPECT_EQ(found("MEDIA_URL=\"" + path("data/clips/far.mp4").string() + "\""), "far.mp4");
    // Never from where the program happens to run.
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(path("data"));
    EXPECT_EQ(found("MEDIA_URL=\"clips/far.mp4\""), "");
    std::filesystem::current_path(before);
}

TEST(Eaf, BothKindsOfVocabularyNameWhatHasNoValue)
{
    Parts parts;
    parts.types = "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"coded\" CONTROLLED_VOCABULARY_REF=\"v\"/>\n";
    const std::string annotations = aligned("b1", "ts1", "ts2", "", " CVE_REF=\"e1\"")
        + aligned("b2", "ts1", "ts2", "own words", " CVE_REF=\"e1\"")
        + aligned("b3", "ts1", "ts2", "", " CVE_REF=\"e9\"");
    parts.tiers = tier("english", "coded", "", annotations)
        + tier("dutch", "coded", "", aligned("c1", "ts1", "ts2", "", " CVE_REF=\"e1\""), " LANG_REF=\"nld\"");
    parts.rest = "<CONTROLLED_VOCABULARY CV_ID=\"v\"><CV_ENTRY_ML CVE_ID=\"e1\"><CVE_VALUE "
                 "LANG_REF=\"eng\">hold</CVE_VALUE><CVE_VALUE "
                 "LANG_REF=\"nld\">vast</CVE_VALUE></CV_ENTRY_ML></CONTROLLED_VOCABULARY>";
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.spans(),
        ElementsAre("whole 1000-3000", "hold 1000-3000", "own words 1000-3000", "vast 1000-3000"));
    EXPECT_THAT(read.problems, ElementsAre(AllOf(HasSubstr("b3"), HasSubstr("CVE_REF"))));

    parts.format = "2.7";
    parts.tiers = tier("coded", "coded", "", aligned("b1", "ts1", "ts2", "", " CVE_REF=\"e1\""));
    parts.rest
        = "<CONTROLLED_VOCABULARY CV_ID=\"v\"><CV_ENTRY CVE_ID=\"e1\" DESCRIPTION=\"d\">stroke</CV_ENTRY>"
          "</CONTROLLED_VOCABULARY>";
    EXPECT_THAT(
        readContent(fileOf(parts), "x.eaf").spans(), ElementsAre("whole 1000-3000", "stroke 1000-3000"));
}

TEST(Eaf, PeopleAndAnnotatorsComeFromTheTiers)
{
    Parts parts;
    parts.tiers = tier("anna", "plain", "", aligned("b1", "ts1", "ts2", "x"),
                      " PARTICIPANT=\"Anna\" ANNOTATOR=\"me\"")
        + tier("child", "same", "anna", reference("c1", "b1", "y"));
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_EQ(read.at("a1").personName, "");
    EXPECT_EQ(read.at("b1").personName, "Anna");
    EXPECT_EQ(read.at("b1").annotator, "me");
    EXPECT_EQ(read.at("c1").personName, "Anna");
    EXPECT_EQ(read.at("c1").annotator, "");
}

TEST(Eaf, BrokenElementsAreToldByLineAndTheRestIsRead)
{
    Parts parts;
    parts.timeSlots = kOpenSlot + "s1\" TIME_VALUE=\"soon\"/>\n" + kOpenSlot + "s2\" TIME_VALUE=\"-5\"/>\n"
        + kOpenSlot + "s3\" TIME_VALUE=\"4294967296\"/>\n" + kOpenSlot
        + "ts1\" TIME_VALUE=\"9\"/>\n<TIME_SLOT/>\n";
    parts.tiers = tier("bad", "plain", "",
                      aligned("b1", "s1", "ts2", "x") + aligned("b2", "none", "ts2", "x")
                          + aligned("a1", "ts1", "ts2", "x") + aligned("", "ts1", "ts2", "x")
                          + "<ANNOTATION><ODD_ANNOTATION ANNOTATION_ID=\"b3\"/></ANNOTATION>\n"
                          + reference("b4", "nobody", "x") + reference("b5", "b1", "x")
                          + reference("b6", "a1", "x", " PREVIOUS_ANNOTATION=\"gone\"")
                          + aligned("b7", "ts1", "ts2", "fine"))
        + tier("bad", "plain", "", aligned("c1", "ts1", "ts2", "x")) + "<TIER/>\n"
        + tier("lost", "same", "nowhere", "");
    const Read read = readContent(fileOf(parts), "x.eaf");
    EXPECT_THAT(read.spans(), ElementsAre("whole 1000-3000", "fine 1000-3000"));
    EXPECT_EQ(read.problems.size(), 16U);
    for (const char* what :
        {"line 6, element /ANNOTATION_DOCUMENT/TIME_ORDER/TIME_SLOT[TIME_SLOT_ID=s1]: TIME_VALUE 'soon'",
            "line 7, ", "line 8, ", "two time slots 'ts1'", "no TIME_SLOT_ID", "no time slot 'none'",
            "two annotations 'a1'", "no ANNOTATION_ID", "ODD_ANNOTATION", "no annotation 'nobody'",
            "[ANNOTATION_ID=b5]: the annotation that it refers to", "no annotation 'gone'", "two tiers 'bad'",
            "no TIER_ID", "no tier 'nowhere'", "no valid time"})
        EXPECT_THAT(read.problems, Contains(HasSubstr(what)));
    EXPECT_THAT(readContent("<EAF/>", "x.eaf").error, HasSubstr("'EAF'"));
    EXPECT_THAT(readContent("<!DOCTYPE a [<!ENTITY b \"c\">]><ANNOTATION_DOCUMENT/>", "x.eaf").error,
        HasSubstr("<!ENTITY"));
}

TEST_F(ExchangeTest, EafKeepsPeopleStatesScoresAndAnnotators)
{
    auto document = project("p", "smg");
    addOffline(*document, "one", 1000, 25);
    addOffline(*document, "two/\xC3\xA4 b", 1000, 29.97);
    for (const VideoEntry& video : document->videos()) {
        std::vector<Annotation> spans;
        for (int i = 0; i < 6; ++i)
            spans.push_back(
                span(video.id, {10 + i, 30 + i * 2}, i, i % 2 ? SpanState::Accepted : SpanState::Corrected));
        spans[1].person = spans[2].person = 3;
        spans[3].annotator = "anna";
        spans[4].annotator = "bob \"<b>\"";
        ASSERT_TRUE(document->addAnnotations(spans, QStringLiteral("test")).ok());
    }
    ASSERT_TRUE(import(*document, "activitynet",
        write("x.json",
            R"({"results":{"one":[{"segment":[4,8],"label":"Arms akimbo","score":0.125},)"
            R"({"segment":[5,9],"label":"Arms akimbo","score":0.5}]}})"))
                    .ok());
    const auto notes = exportTo(*document, "eaf", path("out"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    const std::string content = *readFile(path("out") / "one.eaf");
    EXPECT_THAT(eafFaults(content), IsEmpty());
    EXPECT_THAT(eafFaults(*readFile(path("out") / "two_\xC3\xA4 b.eaf")), IsEmpty());
    EXPECT_THAT(content, HasSubstr("TIER_ID=\"P3/human\""));
    EXPECT_THAT(content, HasSubstr("TIER_ID=\"P0/pred:import: x.json/2\""));

    auto again = project("q", "smg");
    const auto report = import(*again, "eaf", path("out"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*again), flat(*document));
    using Row = std::tuple<std::string, int64_t, int64_t, int, int, SpanState, std::string, double>;
    const auto rows = [](const Document& from) {
        std::vector<Row> list;
        for (const Annotation& one : from.allAnnotations()) {
            const auto prediction = from.prediction(one.predictionId);
            list.emplace_back(from.video(one.videoId)->name, one.span.first, one.span.last, one.classId,
                one.person, one.state, one.annotator, prediction ? prediction->detectorScore : -1);
        }
        std::ranges::sort(list);
        return list;
    };
    EXPECT_EQ(rows(*again), rows(*document));
    EXPECT_EQ(rows(*again).size(), 14U);
    EXPECT_DOUBLE_EQ(again->videoByName("one")->fps, 25);
    EXPECT_EQ(again->videoByName("one")->frameCount, 1000);
}

TEST(Eaf, NewFilesFollowTheSchema)
{
    const LabelScheme scheme = *loadLabelScheme("smg");
    OutgoingProject project;
    project.scheme = scheme;
    OutgoingVideo video;
    video.name = "a & <b>";
    video.file = "/videos/\xC3\xA4 100%/a & <b>.MOV";
    video.fps = 30;
    video.frameCount = 300;
    video.times = FrameTimes::nominal(300, 30);
    const auto add = [&video](int64_t first, int64_t last, const std::string& label, SpanState state) {
        OutgoingSpan span;
        span.label = label;
        span.classId = 1;
        span.frames = {first, last};
        span.start = video.times.seconds(first);
        span.end = video.times.seconds(last);
        span.state = state;
        video.spans.push_back(span);
    };
    add(0, 1, "<&>\"'\x01\xff", SpanState::Accepted);
    add(0, 300, "", SpanState::Flagged);
    add(3, 9, "1 digit first", SpanState::Proposed);
    video.spans.back().score = 0.1;
    video.spans.back().model = "m/2 & \x02";
    project.videos.push_back(video);
    std::vector<std::string> notes;
    const auto file = eaf().render(project, {}, notes);
    ASSERT_TRUE(file.ok());
    EXPECT_THAT(eafFaults(file->content), IsEmpty());
    EXPECT_THAT(file->content,
        AllOf(HasSubstr("MEDIA_URL=\"file:///videos/%C3%A4%20100%25/a%20&amp;%20%3Cb%3E.MOV\""),
            HasSubstr("MIME_TYPE=\"video/quicktime\""),
            HasSubstr("RELATIVE_MEDIA_URL=\"./a%20&amp;%20%3Cb%3E.MOV\"")));
    const Read read = readContent(file->content, "x.eaf");
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos[0].spans.size(), 3U);
    EXPECT_EQ(read.videos[0].name, "a & <b>");
    EXPECT_EQ(read.videos[0].spans[0].label, "<&>\"'\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(read.videos[0].spans[1].state, SpanState::Flagged);
    EXPECT_EQ(read.videos[0].spans[2].state, SpanState::Proposed);
    EXPECT_DOUBLE_EQ(*read.videos[0].spans[2].score, 0.1);

    project.videos[0].spans.clear();
    const auto empty = eaf().render(project, {}, notes);
    EXPECT_THAT(eafFaults(empty->content), IsEmpty());
}
