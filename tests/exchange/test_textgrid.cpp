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

// Both as Praat 6.3.07 writes them: "Save as text file" and "Save as short text file" of one TextGrid.
constexpr const char* kLong = R"(File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0 
xmax = 3 
tiers? <exists> 
size = 3 
item []: 
    item [1]:
        class = "IntervalTier" 
        name = "Anna" 
        xmin = 0 
        xmax = 3 
        intervals: size = 3 
        intervals [1]:
            xmin = 0 
            xmax = 0.5 
            text = "" 
        intervals [2]:
            xmin = 0.5 
            xmax = 1.25 
            text = "he said ""no""" 
        intervals [3]:
            xmin = 1.25 
            xmax = 3 
            text = "" 
    item [2]:
        class = "IntervalTier" 
        name = "words" 
        xmin = 0 
        xmax = 3 
        intervals: size = 2 
        intervals [1]:
            xmin = 0 
            xmax = 1 
            text = "Füße ! 12" 
        intervals [2]:
            xmin = 1 
            xmax = 3 
            text = "" 
    item [3]:
        class = "TextTier" 
        name = "clicks" 
        xmin = 0 
        xmax = 3 
        points: size = 1 
        points [1]:
            number = 2.5 
            mark = "click" 
)";
constexpr const char* kShort = R"(File type = "ooTextFile"
Object class = "TextGrid"

0
3
<exists>
3
"IntervalTier"
"Anna"
0
3
3
0
0.5
""
0.5
1.25
"he said ""no"""
1.25
3
""
"IntervalTier"
"words"
0
3
2
0
1
"Füße ! 12"
1
3
""
"TextTier"
"clicks"
0
3
1
2.5
"click"
)";

/// UTF-16 with a byte order mark, of text in Latin-1's part of UTF-8.
std::string wide(const std::string& text, bool bigEnd)
{
    std::string made = bigEnd ? "\xFE\xFF" : "\xFF\xFE";
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (static_cast<unsigned char>(c) == 0xC3)
            c = static_cast<char>(static_cast<unsigned char>(text[++i]) + 0x40);
        made += bigEnd ? std::string{'\0', c} : std::string{c, '\0'};
    }
    return made;
}

} // namespace

TEST_F(ExchangeTest, EveryTextFormOfPraatIsTheSameTextGrid)
{
    for (const std::string& content : {std::string(kLong), std::string(kShort),
             "\xEF\xBB\xBF" + std::string(kLong), wide(kLong, true), wide(kShort, false)}) {
        const auto read = readMarks("textgrid", "clip.TextGrid", content);
        EXPECT_THAT(read.problems, IsEmpty());
        ASSERT_EQ(read.videos.size(), 1U) << read.error;
        EXPECT_EQ(read.videos[0].name, "clip");
        EXPECT_EQ(read.videos[0].seconds, 3);
        EXPECT_THAT(secondsOf(read.videos[0]),
            ElementsAre(SecondsRow(0.5, 1.25, "he said \"no\""), SecondsRow(0, 1, "Füße ! 12"),
                SecondsRow(2.5, 2.5, "click")));
        EXPECT_TRUE(read.videos[0].spans[2].point);
        EXPECT_EQ(read.videos[0].spans[0].personName, "");
        EXPECT_THAT(read.notes, Contains(HasSubstr("tier 'Anna' has 1 spans")));
    }
}

TEST_F(ExchangeTest, NamesOfTiersArePeopleWhereTheUserSaysSo)
{
    const auto people = readMarks("textgrid", "x.TextGrid", kLong, {}, {{"tiers", "person"}});
    EXPECT_EQ(people.videos.at(0).spans.at(0).personName, "Anna");
    const auto coders = readMarks("textgrid", "x.TextGrid", kLong, {}, {{"tiers", "annotator"}});
    EXPECT_EQ(coders.videos.at(0).spans.at(0).annotator, "Anna");
    EXPECT_EQ(coders.videos.at(0).spans.at(0).personName, "");
}

TEST_F(ExchangeTest, TextGridKeepsEverythingOfASpan)
{
    const LabelScheme scheme = awkwardScheme();
    OutgoingVideo video = marksVideo(scheme);
    const OutgoingFile file = renderMarks("textgrid", video, scheme);
    auto read = readMarks("textgrid", "x.TextGrid", file.content);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(marksOf(read.videos, video.times), marksOf(video));
    // An event without a length is a point of Praat's, which cannot be an interval.
    video.spans[0].end = video.spans[0].start = 0.1;
    read = readMarks("textgrid", "x.TextGrid", renderMarks("textgrid", video, scheme).content);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(secondsOf(read.videos.at(0)), Contains(SecondsRow(0.1, 0.1, "Arms akimbo")));
}

TEST_F(ExchangeTest, LongNamesOfPeopleComeBackFromATextGrid)
{
    const LabelScheme scheme = awkwardScheme();
    OutgoingVideo video = marksVideo(scheme);
    video.persons.front().second = std::string(150, '/') + "b";
    const auto read = readMarks("textgrid", "x.TextGrid", renderMarks("textgrid", video, scheme).content);
    EXPECT_EQ(marksOf(read.videos, video.times), marksOf(video));
}

TEST_F(ExchangeTest, ATextGridWithoutSpansHasATier)
{
    const LabelScheme scheme = awkwardScheme();
    OutgoingVideo video = marksVideo(scheme);
    video.spans.clear();
    const auto read = readMarks("textgrid", "x.TextGrid", renderMarks("textgrid", video, scheme).content);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(read.videos.at(0).spans, IsEmpty());
    EXPECT_EQ(read.videos.at(0).seconds, 40);
}

TEST_F(ExchangeTest, TextGridTellsWhatIsWrongByLine)
{
    EXPECT_THAT(readMarks("textgrid", "x", "ooBinaryFile\x08TextGrid").error, HasSubstr("Save as text file"));
    EXPECT_THAT(readMarks("textgrid", "x", "\"Praat chronological TextGrid text file\"\n0 3\n").error,
        HasSubstr("Save as text file"));
    EXPECT_THAT(readMarks("textgrid", "x", "\"ooTextFile\"\n\"Pitch 1\"\n").error, HasSubstr("no TextGrid"));
    std::string text = kLong;
    text.replace(text.find("xmin = 0.5"), 10, "xmin = 0:5");
    auto read = readMarks("textgrid", "x", text);
    EXPECT_THAT(
        read.problems, ElementsAre(AllOf(HasSubstr("line 22,"), HasSubstr("tier Anna"), HasSubstr("start"))));
    EXPECT_EQ(read.videos.at(0).spans.size(), 2U);
    // Cut in the middle of the second tier.
    text = kLong;
    read = readMarks(
        "textgrid", "x", text.substr(0, text.find("        intervals [2]:\n            xmin = 1 ")));
    EXPECT_THAT(read.problems,
        ElementsAre(AllOf(HasSubstr("tier words"), HasSubstr("holds 1"), HasSubstr("announces 2")),
            HasSubstr("holds 2 tiers where it announces 3")));
    EXPECT_EQ(read.videos.at(0).spans.size(), 2U);
    text = kShort;
    text.replace(text.find("\"TextTier\""), 10, "\"Spectrum\"");
    read = readMarks("textgrid", "x", text);
    EXPECT_THAT(read.problems, ElementsAre(AllOf(HasSubstr("line 33,"), HasSubstr("Spectrum"))));
    EXPECT_EQ(read.videos.at(0).spans.size(), 2U);
    // Counts that claim the world cost nothing.
    text = kShort;
    text.replace(text.find("0\n3\n3\n"), 6, "0\n3\n1e300\n");
    EXPECT_EQ(readMarks("textgrid", "x", text).videos.at(0).spans.size(), 3U);
}
