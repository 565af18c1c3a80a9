// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "formatvalues.h"

using namespace telltale;
using testing::HasSubstr;

TEST(SpanList, TheWideListKeepsPeopleStatesScoresAndAnnotators)
{
    const auto project = awkwardProject();
    const std::string text = rendered("csv", project, {{"columns", "wide"}});
    EXPECT_TRUE(text.starts_with(
        "video,person,class_id,class,start_frame,end_frame_excl,start_s,end_s,source,model,score,"
        "score_calibrated,status,annotator,edited_at,n_edits,iou_with_prediction\n"
        "Sample0003,Anna,0,plain,0,50,0.000000,2.000000,human,,,,accepted,anna,,,\n"))
        << text;
    EXPECT_THAT(text,
        HasSubstr(
            "Sample0003,1,1,\"a, \"\"b\"\" / <c> & 'd'\",20,40,0.800000,1.600000,human,,,,accepted,,,,\n"));
    const auto back = readText("csv", text);
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(plain(*back.videos, project), plain(project));
}

TEST(SpanList, ColumnsAreFoundByTheirNamesInAnyOrder)
{
    const auto back = readText(
        "csv", "Status;END_S;start_s;class;video;remark\nflagged;2,5;1,25;Nod;v;x\n;4;3;Shake;v;\n");
    ASSERT_EQ(back.told(), "");
    const auto& spans = back.video("v").spans;
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_TRUE(spans[0].inSeconds);
    EXPECT_EQ(spans[0].start, 1.25);
    EXPECT_EQ(spans[0].end, 2.5);
    EXPECT_EQ(spans[0].label, "Nod");
    EXPECT_EQ(spans[0].state, SpanState::Flagged);
    EXPECT_EQ(spans[1].state, SpanState::Accepted);
}

TEST(SpanList, FramesWinOverSeconds)
{
    const auto back = readText(
        "csv", "video,start_s,end_s,start_frame,end_frame_excl,class_id\nv,1,2,10,20,3\nv,1,2,,,3\n");
    ASSERT_EQ(back.told(), "");
    const auto& spans = back.video("v").spans;
    EXPECT_FALSE(spans[0].inSeconds);
    EXPECT_EQ(spans[0].frames, (FrameSpan{10, 20}));
    EXPECT_TRUE(spans[1].inSeconds);
}

TEST(SpanList, WholeNumbersMayHaveADecimalPoint)
{
    // As pandas writes a column of numbers where one is missing.
    const auto back = readText("csv",
        "video,class_id,start_frame,end_frame,person\nv,3.0,10.0,20.0,1.0\nv,3,10.5,20,\nv,3,1e13,20,\n");
    EXPECT_EQ(back.problems.size(), 2U);
    EXPECT_THAT(back.told(), HasSubstr("line 3: start and end have to be whole frame numbers"));
    ASSERT_EQ(back.spans(), 1U);
    const IntakeSpan& span = back.video("v").spans[0];
    EXPECT_EQ(span.classId, 3);
    EXPECT_EQ(span.label, "");
    EXPECT_EQ(span.frames, (FrameSpan{10, 20}));
    EXPECT_EQ(span.person, 1);
    EXPECT_EQ(span.personName, "");
}

TEST(SpanList, OnlyTheScoreMayBeMissing)
{
    const auto back
        = readText("csv", "video,class,start_frame,end_frame,person\nv,Nod,1,2\nv,Nod,3,4,Anna\n");
    EXPECT_THAT(back.told(), HasSubstr("line 2: has 4 columns, its header has 5"));
    EXPECT_EQ(back.spans(), 1U);
}

TEST(SpanList, TheShortListSaysThatItKeepsNoPeople)
{
    std::vector<std::string> notes;
    (void)rendered("csv", awkwardProject(), {}, &notes);
    EXPECT_THAT(notes, testing::Contains(HasSubstr("1 videos have spans of several people")));
    notes.clear();
    (void)rendered("csv", awkwardProject(), {{"columns", "wide"}}, &notes);
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST(SpanList, BadRowsAreLeftOutOneByOne)
{
    const auto back = readText("csv",
        "video,class,start_frame,end_frame,status,person\nv,Nod,1,2,odd,\nv,Nod,1,2,accepted\nv,Nod,1,2,,-4\n"
        "v,\xff\xfe,1,2,,\nv,Nod,1,2,,Anna\n");
    EXPECT_EQ(back.problems.size(), 4U);
    EXPECT_THAT(back.told(), HasSubstr("x, line 2: there is no status 'odd'"));
    EXPECT_THAT(back.told(), HasSubstr("x, line 3: has 5 columns, its header has 6"));
    EXPECT_THAT(back.told(), HasSubstr("line 4: the person -4"));
    EXPECT_THAT(back.told(), HasSubstr("line 5: is not written in UTF-8"));
    ASSERT_EQ(back.spans(), 1U);
    EXPECT_EQ(back.video("v").spans[0].personName, "Anna");
    EXPECT_THAT(readText("csv", "video,class\nv,Nod\n").told(), HasSubstr("start_frame"));
}

TEST(Csv, KnowsWhatSeparatesFields)
{
    EXPECT_EQ(csvDelimiter("a,b;c,d\n;;;;"), ',');
    EXPECT_EQ(csvDelimiter("\n\"a,b,c\";d\n"), ';');
    EXPECT_EQ(csvDelimiter("a\tb"), '\t');
    EXPECT_EQ(csvDelimiter(""), ',');
    EXPECT_EQ(csvField("a;b", ';'), "\"a;b\"");
    EXPECT_EQ(csvField("a,b", ';'), "a,b");
}

TEST(Csv, TakesLineEndsOfAnySystem)
{
    const auto rows = parseCsv("a,b\rc,\"d\re\"\r\n\r\nf\n", "x");
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 3U);
    EXPECT_EQ((*rows)[0].fields, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ((*rows)[1].fields, (std::vector<std::string>{"c", "d\re"}));
    EXPECT_EQ((*rows)[2].fields, (std::vector<std::string>{"f"}));
    EXPECT_EQ((*rows)[1].line, 2);
    EXPECT_EQ((*rows)[2].line, 5);
    EXPECT_EQ(csvDelimiter("a,b\rc;d;e;f\r"), ',');
}

TEST(Csv, LeavesOutBlanksAroundQuotes)
{
    const auto rows = parseCsv("  \"a b\" , \"c \"\t,d e \n", "x");
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ((*rows)[0].fields, (std::vector<std::string>{"a b", "c ", "d e"}));
}

TEST(Csv, ReadsUtf16)
{
    const std::u16string text = u"video_id;class_id;start_frame;end_frame\nhöhe \U0001F44B;1;2;3\n";
    std::string little = "\xff\xfe";
    std::string big = "\xfe\xff";
    for (const char16_t c : text) {
        const char low = static_cast<char>(c & 0xff);
        const char high = static_cast<char>(c >> 8);
        little += {low, high};
        big += {high, low};
    }
    for (const std::string& wide : {little, big}) {
        const auto back = readText("csv", wide);
        EXPECT_EQ(back.told(), "");
        EXPECT_EQ(back.video("höhe \xf0\x9f\x91\x8b").spans.at(0).frames, (FrameSpan{2, 3}));
    }
}

TEST(Csv, NamesTheLineOfAQuotationMarkThatIsNeverClosed)
{
    EXPECT_EQ(
        parseCsv("a,b\n\n\"c,d\ne\n", "x").error().message, "x, line 3: a quotation mark is never closed");
}

TEST(Csv, AFieldFullOfQuotationMarksIsReadInOnePass)
{
    const std::string marks(1'000'000, '"');
    const auto rows = parseCsv("a" + marks + ",b\n", "x");
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ((*rows)[0].fields.at(0), "a" + marks);
}

TEST(Csv, KnowsUtf8)
{
    EXPECT_TRUE(isUtf8("h\xc3\xb6her \xe6\x89\x8b \xf0\x9f\x91\x8b"));
    EXPECT_TRUE(isUtf8(""));
    for (const char* bad : {"\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xe0\x80\xaf", "\xf4\x90\x80\x80", "\xff",
             "\x80", "\xf0\x9f\x91"})
        EXPECT_FALSE(isUtf8(bad));
}
