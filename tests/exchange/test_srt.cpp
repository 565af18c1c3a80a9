// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "marks.h"

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(ExchangeTest, TheRealSrtFileGivesItsFiveCues)
{
    const auto path = testData() / "formats" / "subtitles" / "sample.srt";
    if (!std::filesystem::exists(path))
        GTEST_SKIP() << "no real file: " << path;
    const auto read = readMarks("srt", path, *readFile(path));
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_THAT(secondsOf(read.videos[0]),
        ElementsAre(SecondsRow(0.5, 7, "Caption text #1"), SecondsRow(7, 11.89, "Caption text #2"),
            SecondsRow(11.89, 16.32, "Caption text #3"), SecondsRow(16.32, 21.58, "Caption text #4"),
            SecondsRow(21.58, 23.88, "Caption text #5")));
}

TEST_F(ExchangeTest, SrtKeepsEverythingOfASpanButTheNameOfTheVideo)
{
    const LabelScheme scheme = awkwardScheme();
    const OutgoingVideo video = marksVideo(scheme);
    const OutgoingFile file = renderMarks("srt", video, scheme);
    const auto read = readMarks("srt", "x.srt", file.content);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(marksOf(read.videos, video.times), marksOf(video));
    const OutgoingFile plain = renderMarks("srt", video, scheme, {{"details", "no"}});
    EXPECT_THAT(plain.content, Not(HasSubstr("state=")));
    EXPECT_EQ(readMarks("srt", "x.srt", plain.content).videos.at(0).spans.size(), video.spans.size());
}

TEST_F(ExchangeTest, AnEmptySrtFileIsAVideoWithoutSpans)
{
    const auto read = readMarks("srt", "x.srt", "\n");
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_THAT(read.videos[0].spans, IsEmpty());
    EXPECT_EQ(readMarks("srt", "x.srt", "no cue").videos.size(), 0U);
}

TEST_F(ExchangeTest, SrtFilesOfWindowsAndOfOldProgramsAreRead)
{
    const std::string lines = "\xEF\xBB\xBF"
                              "1\r\n00:00:01,000 --> 00:00:02,000 X1:10 "
                              "X2:20\r\n{\\an8}{\\fs12}<i>Nod</i>\r\n2\r\n0:00:03.5 --> 0:00:04\r\n<font "
                              "color=\"red\">Head\r\nshake</font>\r\n\r\n";
    auto read = readMarks("srt", "x.srt", lines);
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_THAT(
        secondsOf(read.videos[0]), ElementsAre(SecondsRow(1, 2, "Nod"), SecondsRow(3.5, 4, "Head shake")));
    read = readMarks("srt", "x.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nF\xFC\xDF"
        "e\n");
    EXPECT_THAT(secondsOf(read.videos.at(0)), ElementsAre(SecondsRow(1, 2, "Füße")));
    EXPECT_THAT(read.notes, ElementsAre(HasSubstr("Latin-1")));
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("1\n00:00:01,000 --> 00:00:02,000\nNod\n"))
        wide += std::string{c, '\0'};
    read = readMarks("srt", "x.srt", wide);
    EXPECT_THAT(secondsOf(read.videos.at(0)), ElementsAre(SecondsRow(1, 2, "Nod")));
}

TEST_F(ExchangeTest, SubtitlesTakeLineEndsOfAnySystem)
{
    for (const char* end : {"\n", "\r\n", "\r", "\r\r\n"}) {
        const auto lines = [end](std::initializer_list<const char*> all) {
            std::string text;
            for (const char* one : all)
                text.append(one).append(end);
            return text;
        };
        auto read = readMarks("srt", "x.srt",
            lines(
                {"1", "00:00:01,000 --> 00:00:02,000", "Head", "shake", "", "2", "00:00:03,000 --> x", "b"}));
        ASSERT_EQ(read.videos.size(), 1U) << read.error;
        EXPECT_THAT(secondsOf(read.videos[0]), ElementsAre(SecondsRow(1, 2, "Head shake")));
        EXPECT_THAT(read.problems, ElementsAre(HasSubstr("line 7:")));
        read = readMarks("webvtt", "x.vtt", lines({"WEBVTT", "", "00:01.000 --> 00:02.000", "Nod"}));
        ASSERT_EQ(read.videos.size(), 1U) << read.error;
        EXPECT_THAT(secondsOf(read.videos[0]), ElementsAre(SecondsRow(1, 2, "Nod")));
    }
}

TEST_F(ExchangeTest, SrtTellsWhatIsWrongByLine)
{
    EXPECT_THAT(readMarks("srt", "x.srt", "just text\n").error, HasSubstr("no cue"));
    const auto read = readMarks("srt", "x.srt",
        "1\n00:00:01,000 --> 00:00:0x,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\n\n3\n00:00:04,000 --> "
        "00:00:05,000\nc\n");
    EXPECT_THAT(read.problems, ElementsAre(HasSubstr("line 2:"), HasSubstr("line 6:")));
    EXPECT_THAT(secondsOf(read.videos.at(0)), ElementsAre(SecondsRow(4, 5, "c")));
}

TEST_F(ExchangeTest, AVideoBesideItsSubtitlesIsFound)
{
    write("clip.mp4", "no film, but a file");
    const auto read = readMarks("srt", path("clip.srt"), "1\n00:00:01,000 --> 00:00:02,000\na\n");
    EXPECT_EQ(read.videos.at(0).name, "clip");
    EXPECT_EQ(read.videos.at(0).file, path("clip.mp4"));
    EXPECT_TRUE(readMarks("srt", path("other.srt"), "1\n00:00:01,000 --> 00:00:02,000\na\n")
                    .videos.at(0)
                    .file.empty());
}
