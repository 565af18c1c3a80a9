// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "marks.h"

using namespace telltale;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

// As NOVA's AnnoListIO.cs writes them.
std::string header(const std::string& scheme, int size)
{
    return "<?xml version=\"1.0\" ?>\r\n<annotation ssi-v=\"3\">\r\n    <info ftype=\"ASCII\" size=\""
        + std::to_string(size) + "\" />\r\n    <meta annotator=\"Jo\" role=\"patient\"/>\r\n    " + scheme
        + "\r\n</annotation>\r\n";
}

constexpr const char* kLaughter = "<scheme name=\"laughter\" type=\"DISCRETE\"  color=\"#FFEEECE1\">\r\n"
                                  "<item name=\"LAUGH\" id=\"0\" color=\"#FFC0504D\" />\r\n"
                                  "<item name=\"SPEECH\" id=\"1\" color=\"#FF1F497D\" />\r\n</scheme>";

/// All that was written, read like an import does.
std::vector<IntakeVideo> readAll(const OutgoingFile& file)
{
    std::map<std::string, std::string> files{{file.name, file.content}};
    for (const OutgoingFile& one : file.more)
        files[one.name] = one.content;
    std::vector<IntakeVideo> videos;
    for (const auto& [name, content] : files)
        if (!name.ends_with('~')) {
            auto read = readMarks("nova", name, content, files.at(name + "~"));
            EXPECT_THAT(read.problems, IsEmpty());
            std::ranges::move(read.videos, std::back_inserter(videos));
        }
    return videos;
}

} // namespace

TEST_F(ExchangeTest, DiscreteRowsOfNovaAreSpansWithAConfidence)
{
    const auto read = readMarks("nova", "x.annotation", header(kLaughter, 4),
        "0.4;1.25;0;1\r\n2;2,5;1;0,25\r\n3;4;-1;1\r\n5;6;1;1\r\n");
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "x");
    EXPECT_THAT(secondsOf(read.videos[0]),
        ElementsAre(
            SecondsRow(0.4, 1.25, "LAUGH"), SecondsRow(2, 2.5, "SPEECH"), SecondsRow(5, 6, "SPEECH")));
    EXPECT_EQ(read.videos[0].spans[0].state, SpanState::Accepted);
    EXPECT_EQ(read.videos[0].spans[0].personName, "patient");
    EXPECT_EQ(read.videos[0].spans[0].annotator, "Jo");
    EXPECT_EQ(read.videos[0].spans[1].state, SpanState::Proposed);
    EXPECT_EQ(read.videos[0].spans[1].score, 0.25);
    EXPECT_THAT(read.notes, Contains(HasSubstr("1 rows of NOVA's class GARBAGE")));
}

TEST_F(ExchangeTest, SettingsSayWhatRowsOfNovaMean)
{
    const std::string rows = "0;1;0;1\n1;2;1;0.5\n";
    auto read = readMarks("nova", "x.annotation", header(kLaughter, 2), rows, {{"rest", "SPEECH"}});
    EXPECT_THAT(secondsOf(read.videos.at(0)), ElementsAre(SecondsRow(0, 1, "LAUGH")));
    read = readMarks("nova", "x.annotation", header(kLaughter, 2), rows, {{"confidence", "accepted"}});
    EXPECT_EQ(read.videos.at(0).spans.at(1).state, SpanState::Accepted);
    EXPECT_FALSE(read.videos.at(0).spans.at(1).score.has_value());
    read = readMarks("nova", "/data/session7/patient.laughter.Jo.annotation", header(kLaughter, 2), rows,
        {{"video", "folder"}});
    EXPECT_EQ(read.videos.at(0).name, "session7");
}

TEST_F(ExchangeTest, FreeTextsOfNovaMayHoldWhatSeparatesFields)
{
    const auto read = readMarks("nova", "x.annotation",
        header("<scheme name=\"t\" type=\"FREE\" color=\"#FF000000\"/>", 3),
        "0;1;hello;1\n1;2;a; b;0.5;color=#FF00FF00\n2;3;Füße;1\n");
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(secondsOf(read.videos.at(0)),
        ElementsAre(SecondsRow(0, 1, "hello"), SecondsRow(1, 2, "a; b"), SecondsRow(2, 3, "Füße")));
}

TEST_F(ExchangeTest, ContinuousValuesOfNovaAreSpansOnlyWithAThreshold)
{
    const std::string head
        = header("<scheme name=\"arousal\" type=\"CONTINUOUS\" sr=\"25\" min=\"-1\" max=\"1\"/>", 7);
    const std::string rows = "0.1;1\n0.5;1\n0.7;1\nNaN;1\n0.9;1\n0.2;1\n0.6;1\n";
    auto read = readMarks("nova", "x.annotation", head, rows);
    EXPECT_THAT(read.videos.at(0).spans, IsEmpty());
    EXPECT_THAT(read.notes, ElementsAre(AllOf(HasSubstr("7 values"), HasSubstr("threshold"))));
    read = readMarks("nova", "x.annotation", head, rows, {{"threshold", "0.5"}});
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(secondsOf(read.videos.at(0)),
        ElementsAre(SecondsRow(0.04, 0.12, "arousal"), SecondsRow(0.16, 0.2, "arousal"),
            SecondsRow(0.24, 0.28, "arousal")));
    EXPECT_EQ(read.videos.at(0).spans.at(0).state, SpanState::Proposed);
}

TEST_F(ExchangeTest, NovaKeepsEverythingOfASpan)
{
    const LabelScheme scheme = awkwardScheme();
    const OutgoingVideo video = marksVideo(scheme);
    const OutgoingFile file = renderMarks("nova", video, scheme);
    const auto videos = readAll(file);
    EXPECT_EQ(marksOf(videos, video.times), marksOf(video));
    for (const IntakeVideo& one : videos)
        EXPECT_EQ(one.name, video.name);
}

TEST_F(ExchangeTest, NovaTellsWhatIsWrongByLine)
{
    EXPECT_THAT(readMarks("nova", "x.annotation~", "0;1;0;1\n").error, HasSubstr("holds the rows alone"));
    EXPECT_THAT(readMarks("nova", "x.annotation", "<annotation/>").error, HasSubstr("'scheme'"));
    std::string binary = header(kLaughter, 1);
    binary.replace(binary.find("ASCII"), 5, "BINARY");
    EXPECT_THAT(readMarks("nova", "x.annotation", binary).error, HasSubstr("ASCII"));
    EXPECT_THAT(readMarks("nova", "x.annotation", header(kLaughter, 1)).problems,
        ElementsAre(AllOf(HasSubstr("rows are missing"), HasSubstr("x.annotation~"))));
    const auto read = readMarks("nova", "x.annotation", header(kLaughter, 9),
        "0;1;7;1\n\n0;x;0;1\n0;1\n0;1;0;nan\n0;1;0;1.5\n1e999;2;0;1\n0;1;0;1\n");
    EXPECT_THAT(read.problems,
        ElementsAre(AllOf(HasSubstr("x.annotation~, line 1:"), HasSubstr("no class '7'")),
            HasSubstr("line 3:"), HasSubstr("line 4:"), HasSubstr("line 5:"),
            AllOf(HasSubstr("line 6:"), HasSubstr("confidence")), HasSubstr("line 7:")));
    EXPECT_EQ(read.videos.at(0).spans.size(), 1U);
    EXPECT_THAT(read.notes, ElementsAre(HasSubstr("announces 9 rows and has 7")));
}

TEST_F(ExchangeTest, BothFilesOfNovaAreWrittenTogetherAndRead)
{
    auto source = project("a", "smg");
    addManySpans(*source, addOffline(*source, "v.1", 5000, 25), 5000, 200);
    // One file by name: the companions follow it.
    std::filesystem::create_directories(path("out"));
    ASSERT_TRUE(exportTo(*source, "nova", path("out/other.annotation")).ok());
    EXPECT_TRUE(std::filesystem::exists(path("out/other.annotation~")));
    EXPECT_TRUE(std::filesystem::exists(path("out/other.2.annotation")));
    EXPECT_TRUE(std::filesystem::exists(path("out/other.2.annotation~")));
    for (const auto& entry : std::filesystem::directory_iterator(path("out")))
        EXPECT_TRUE(entry.path().filename().string().starts_with("other.")
            && entry.path().string().find(".part") == std::string::npos)
            << entry.path();
    auto target = project("b", "smg");
    auto report = import(*target, "nova", path("out"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*target), flat(*source));
    // A folder for all videos.
    addManySpans(*source, addOffline(*source, "w", 4000, 25), 4000, 100);
    ASSERT_TRUE(exportTo(*source, "nova", path("all")).ok());
    auto both = project("c", "smg");
    report = import(*both, "nova", path("all"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->videosAdded, 2);
    EXPECT_EQ(flat(*both), flat(*source));
}

TEST_F(ExchangeTest, NamesThatEverySpanHoldsAreCut)
{
    std::string head = header(kLaughter, 1);
    head.replace(
        head.find("patient"), 7, "x" + [] {
            std::string text;
            for (int i = 0; i < 10'000; ++i)
                text += "ä";
            return text;
        }());
    const auto read = readMarks("nova", "x.annotation", head, "0;1;0;1\n");
    EXPECT_EQ(read.videos.at(0).spans.at(0).personName.size(), 199U); // whole characters only
}

TEST_F(ExchangeTest, TiersOfOneVideoOfNovaDoNotWriteOverAnotherVideo)
{
    // The second tier of "v" is the file that the first one of "v.2" would be.
    for (const auto& [first, second] : {std::pair("v", "v.2"), std::pair("v.2", "v")}) {
        auto document = project(std::string("p").append(first), "smg");
        for (const char* name : {first, second}) {
            const int64_t id = addOffline(*document, name, 500, 25);
            ASSERT_TRUE(
                document->addAnnotations({span(id, {1, 9}, 0), span(id, {2, 9}, 1)}, QStringLiteral("t"))
                    .ok());
        }
        const auto notes = exportTo(*document, "nova", path(std::string("out").append(first)));
        ASSERT_FALSE(notes.ok());
        EXPECT_THAT(notes.error().message, HasSubstr("v.2.annotation"));
        EXPECT_EQ(notes.error().code, ErrorCode::Conflict);
        EXPECT_FALSE(std::filesystem::exists(path(std::string("out").append(first))));
    }
}

TEST_F(ExchangeTest, DiscreteRowsOfNovaHaveTheirConfidenceInTheFourthField)
{
    const auto read
        = readMarks("nova", "x.annotation", header(kLaughter, 1), "0;1;0;0.5;\n1;2;1;0.25;more\n");
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.at(0).spans.size(), 2U);
    EXPECT_EQ(read.videos[0].spans[0].score, 0.5);
    EXPECT_EQ(read.videos[0].spans[1].score, 0.25);
}
