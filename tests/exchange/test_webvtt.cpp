// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "marks.h"

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

struct RealFile {
    const char* name;
    size_t cues; ///< counted with grep -c -- '-->', less the bad ones
    size_t problems;
};

} // namespace

TEST_F(ExchangeTest, RealWebVttFilesGiveTheirCuesAndTheirProblems)
{
    const auto folder = testData() / "formats" / "subtitles";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no real files: " << folder;
    for (const RealFile& wanted : {RealFile{"sample.vtt", 16, 0}, RealFile{"captions_with_bom.vtt", 4, 0},
             RealFile{"cue_tags.vtt", 3, 0}, RealFile{"invalid_timeframe.vtt", 6, 1},
             RealFile{"missing_caption_text.vtt", 4, 1}}) {
        const auto read = readMarks("webvtt", folder / wanted.name, *readFile(folder / wanted.name));
        ASSERT_EQ(read.videos.size(), 1U) << wanted.name << read.error;
        EXPECT_EQ(read.videos[0].spans.size(), wanted.cues) << wanted.name;
        EXPECT_EQ(read.problems.size(), wanted.problems) << wanted.name;
        EXPECT_EQ(read.videos[0].name, std::filesystem::path(wanted.name).stem());
    }
    auto path = folder / "sample.vtt";
    auto read = readMarks("webvtt", path, *readFile(path));
    EXPECT_EQ(secondsOf(read.videos[0]).front(), SecondsRow(0.5, 7.0, "Caption text #1"));
    EXPECT_EQ(secondsOf(read.videos[0]).back(), SecondsRow(61.35, 64.3, "Caption text #16"));
    path = folder / "cue_tags.vtt";
    read = readMarks("webvtt", path, *readFile(path));
    EXPECT_THAT(secondsOf(read.videos[0]),
        ElementsAre(SecondsRow(16.5, 18.5, "When the moon hits your eye"),
            SecondsRow(18.5, 20.5, "Like a big-a pizza pie"), SecondsRow(20.5, 21.5, "That's amore")));
    path = folder / "invalid_timeframe.vtt";
    read = readMarks("webvtt", path, *readFile(path));
    EXPECT_THAT(read.problems, ElementsAre(AllOf(HasSubstr("line 6:"), HasSubstr("00:00:1d.890"))));
    path = folder / "missing_caption_text.vtt";
    read = readMarks("webvtt", path, *readFile(path));
    EXPECT_THAT(read.problems, ElementsAre(AllOf(HasSubstr("line 6:"), HasSubstr("no text"))));
}

TEST_F(ExchangeTest, WebVttKeepsEverythingOfASpan)
{
    const LabelScheme scheme = awkwardScheme();
    const OutgoingVideo video = marksVideo(scheme);
    const OutgoingFile file = renderMarks("webvtt", video, scheme);
    const auto read = readMarks("webvtt", file.name, file.content);
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, video.name);
    EXPECT_EQ(marksOf(read.videos, video.times), marksOf(video));
}

TEST_F(ExchangeTest, WebVttSkipsNotesStylesRegionsAndSettings)
{
    const auto read = readMarks("webvtt", "x.vtt",
        "WEBVTT - a title\r\nKind: captions\r\n\r\nNOTE 1\r\nnot --> this\r\n\r\nSTYLE\r\n::cue { color: red "
        "}\r\n\r\n"
        "REGION\r\nid:fred\r\n\r\nfirst\r\n01:02.5 --> 1:00:03.25 align:start line:0\r\n<v.loud Ann &amp; "
        "Bo>Head\r\n"
        "<b>shake</b> &lt;3\r\n00:00:09,000 --> 00:00:10,000\r\nNod\r\n");
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_THAT(secondsOf(read.videos[0]),
        ElementsAre(SecondsRow(62.5, 3603.25, "Head shake <3"), SecondsRow(9, 10, "Nod")));
    EXPECT_EQ(read.videos[0].spans[0].personName, "Ann & Bo");
    EXPECT_EQ(read.videos[0].spans[0].state, SpanState::Accepted);
}

TEST_F(ExchangeTest, WebVttTellsWhatIsWrongByLine)
{
    EXPECT_THAT(readMarks("webvtt", "x.vtt", "WEBVTTX\n").error, HasSubstr("WEBVTT"));
    const auto read = readMarks("webvtt", "x.vtt",
        "WEBVTT\n\nlonely line\n\n00:61:00.000 --> 00:62:00.000\na\n\n00:01.000 --> nan\nb\n\n1:2:3 --> "
        "4\nc\n\n"
        "00:01.000 --> 00:02.000\n<i></i>\n\n00:01.000 --> 00:02.000\ngood\n");
    EXPECT_THAT(read.problems,
        ElementsAre(HasSubstr("line 3:"), HasSubstr("line 5:"), HasSubstr("line 8:"), HasSubstr("line 11:"),
            HasSubstr("line 14:")));
    ASSERT_EQ(read.videos.size(), 1U);
    EXPECT_THAT(secondsOf(read.videos[0]), ElementsAre(SecondsRow(1, 2, "good")));
}

TEST_F(ExchangeTest, WebVttTravelsThroughAProject)
{
    auto source = project("a", "smg");
    addManySpans(*source, addOffline(*source, "v", 5000, 25), 5000, 200);
    ASSERT_TRUE(exportTo(*source, "webvtt", path("v.vtt")).ok());
    auto target = project("b", "smg");
    const auto report = import(*target, "webvtt", path("v.vtt"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*target), flat(*source));
}

TEST_F(ExchangeTest, PeopleWithoutANameAreNobodyWithANewOne)
{
    const auto file = write("v.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nNod\n\n00:01.000 --> 00:02.000\n<v Anna>Nod\n\n"
        "00:01.000 --> 00:02.000\n<v P3>Nod\n");
    auto document = project("p", "own");
    const auto report = import(*document, "webvtt", file);
    ASSERT_TRUE(report.ok()) << report.error().message;
    const int64_t video = document->videos().front().id;
    std::vector<int> numbers;
    for (const Annotation& one : document->annotations(video))
        numbers.push_back(one.person);
    std::ranges::sort(numbers);
    EXPECT_THAT(numbers, ElementsAre(0, 3, 4));
    ASSERT_EQ(document->persons(video).size(), 1U);
    EXPECT_EQ(document->persons(video).front().number, 4);
    EXPECT_EQ(document->persons(video).front().name, "Anna");
}
