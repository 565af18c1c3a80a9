// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/miga/rowtemplate.h"
#include "formatvalues.h"
#include "pose/readers/zipfile.h"

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {

class Miga : public ExchangeTest { };

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& files)
{
    ZipWriter zip;
    for (const auto& [name, content] : files)
        EXPECT_TRUE(zip.add(name, content, ZipWriter::Method::Deflate).ok());
    return zip.finish();
}

ImportOptions with(FormatSettings settings)
{
    ImportOptions options;
    options.settings = std::move(settings);
    return options;
}

} // namespace

TEST_F(Miga, Track1NamesClipsByTheirFrames)
{
    std::vector<std::string> notes;
    const auto project = awkwardProject();
    const std::string text = rendered("miga-track1", project, {}, &notes);
    // Of the two spans at 20 to 40 one is left; the second video has two.
    EXPECT_EQ(text,
        "Sample0003_0_49,0\nSample0003_10_29,0\nSample0003_20_39,0\nSample0003_50_50,0\nSample0003_60_89,2\n"
        "höhe 2_7_7,1\nhöhe 2_999_999,2\n");
    EXPECT_THAT(notes, Contains(HasSubstr("1 clips have several classes")));
    EXPECT_TRUE(rendered("miga-track1", project, {{"class-base", "1"}}).starts_with("Sample0003_0_49,1\n"));
    const auto back = readText("miga-track1", text);
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(back.video("Sample0003").spans[1].frames, (FrameSpan{10, 30}));
    EXPECT_EQ(back.video("höhe 2").spans[0].classId, 1);
    EXPECT_EQ(back.video("höhe 2").spans[0].state, SpanState::Proposed);
}

TEST_F(Miga, Track1NamesVideosWithOneSpanByThemselves)
{
    auto source = project("a", "smg");
    const int64_t clip = addOffline(*source, "clip_3", 40, 25);
    ASSERT_TRUE(source->addAnnotation(span(clip, {0, 40}, 5)).ok());
    ASSERT_TRUE(exportTo(*source, "miga-track1", path("s.csv")).ok());
    EXPECT_EQ(*readFile(path("s.csv")), "clip_3,5\n");
    auto target = project("b", "smg");
    EXPECT_THAT(importError(*target, "miga-track1", path("s.csv")), HasSubstr("how long the video is"));
    const int64_t there = addOffline(*target, "clip_3", 40, 25);
    ASSERT_TRUE(import(*target, "miga-track1", path("s.csv")).ok());
    EXPECT_EQ(target->annotations(there).at(0).span, (FrameSpan{0, 40}));
    EXPECT_EQ(target->annotations(there).at(0).classId, 5);
}

TEST_F(Miga, Track1TakesClipNamesAsTheyAreOnRequest)
{
    const auto back
        = readText("miga-track1", "a_1_20,3\n", "x", with({{"samples", "clips"}, {"class-base", "1"}}));
    ASSERT_EQ(back.told(), "");
    EXPECT_TRUE(back.video("a_1_20").spans.at(0).whole);
    EXPECT_EQ(back.video("a_1_20").spans.at(0).classId, 2);
}

TEST_F(Miga, Track1IsPackedWithTheTableAtTheRoot)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 100, 25);
    ASSERT_TRUE(
        source->addAnnotations({span(video, {0, 10}, 1), span(video, {20, 30}, 2)}, QStringLiteral("t"))
            .ok());
    ASSERT_TRUE(exportTo(*source, "miga-track1", path("Submission.zip")).ok());
    const auto zip = ZipReader::open(path("Submission.zip"));
    ASSERT_TRUE(zip.ok());
    EXPECT_EQ(zip->names(), (std::vector<std::string>{"Submission.csv"}));
    EXPECT_EQ(*zip->read("Submission.csv"), "v_0_9,1\nv_20_29,2\n");
    EXPECT_EQ(readReal("miga-track1", path("Submission.zip")).spans(), 2U);
}

TEST_F(Miga, ArchivesThatLeadAstrayAreRefusedByName)
{
    const auto tell = [](const std::vector<std::pair<std::string, std::string>>& files) {
        return readText("miga-track1", zipOf(files), "s.zip").told();
    };
    EXPECT_THAT(
        tell({{"../Submission.csv", "a,1"}}), HasSubstr("s.zip: its entry '../Submission.csv' leads out"));
    EXPECT_THAT(tell({{"/etc/x.csv", "a,1"}}), HasSubstr("leads out"));
    EXPECT_THAT(tell({{"C:\\x.csv", "a,1"}}), HasSubstr("leads out"));
    EXPECT_THAT(
        tell({{"a.csv", "a,1"}, {"b.csv", "a,1"}}), HasSubstr("2 files (a.csv, b.csv), wanted is one"));
    EXPECT_THAT(tell({{"in/a.csv", "a,1"}}), HasSubstr("in/a.csv"));
    EXPECT_THAT(tell({}), HasSubstr("0 files"));
    EXPECT_THAT(tell({{"big.csv", std::string(70'000'000, ' ')}}), HasSubstr("claims 70000000 bytes"));
    EXPECT_EQ(tell({{"__MACOSX/._a.csv", "x"}, {"a.csv", "a,1\n"}}), "");
    EXPECT_THAT(readText("miga-track1", "PK\3\4 nothing", "s.zip").told(), HasSubstr("s.zip: "));
}

TEST_F(Miga, BadRowsAreLeftOutOneByOne)
{
    const auto one = readText("miga-track1", "a,1\nb\n,2\nc,x\nd,3,4\n");
    EXPECT_EQ(one.problems.size(), 4U);
    EXPECT_EQ(one.spans(), 1U);
    const auto two
        = readText("miga-track2", "1,2,3\n0,2,3\n1,2\nx,2,3\n1,2,99999999999999\n", "v_prediction.csv");
    EXPECT_EQ(two.problems.size(), 4U);
    EXPECT_EQ(two.video("v").spans.at(0).frames, (FrameSpan{1, 3}));
}

TEST_F(Miga, NamesMayBeginLikeAnArchive)
{
    const auto one = readText("miga-track1", "PK01,3\nPK02,4\n");
    EXPECT_EQ(one.told(), "");
    EXPECT_EQ(one.video("PK01").spans.at(0).classId, 3);
}

TEST_F(Miga, ClassesBeforeTheFirstOneAreProblems)
{
    EXPECT_THAT(readText("miga-track1", "a,0\nb,1\n", "x", with({{"class-base", "1"}})).told(),
        HasSubstr("line 1: wanted is the name of a sample and the number of a class, from 1 on"));
    EXPECT_EQ(readText("miga-track1", "a,-1\nb,1.0\n").spans(), 1U);
}

TEST_F(Miga, WhatIsNoTableInAnArchiveIsNoVideo)
{
    const auto back = readText(
        "miga-track2", zipOf({{"README.txt", "our best run"}, {"in/v_prediction.csv", "1,2,3\n"}}), "s.zip");
    EXPECT_EQ(back.told(), "");
    ASSERT_EQ(back.videos->size(), 1U);
    EXPECT_EQ(back.video("v").spans.at(0).frames, (FrameSpan{1, 3}));
    EXPECT_THAT(back.notes, Contains(HasSubstr("README.txt is no table")));
}

TEST_F(Miga, TwoVideosNeverShareAFileOfAnArchive)
{
    auto source = project("a", "smg");
    addOffline(*source, "a/b", 100, 25);
    addOffline(*source, "a_b", 100, 25);
    EXPECT_THAT(exportTo(*source, "miga-track2", path("out.zip")).error().message,
        HasSubstr("a_b_prediction.csv: two videos"));
    EXPECT_FALSE(std::filesystem::exists(path("out.zip")));
}

TEST_F(Miga, TheOnlySpanOfALongerVideoIsTold)
{
    OutgoingProject project = awkwardProject();
    project.videos.resize(1);
    project.videos[0].spans.resize(1);
    std::vector<std::string> notes;
    EXPECT_EQ(rendered("miga-track1", project, {}, &notes), "Sample0003,0\n");
    EXPECT_THAT(notes, Contains(HasSubstr("1 videos have one span that is a part of them")));
    notes.clear();
    project.videos[0].spans[0].frames = {0, 1000};
    (void)rendered("miga-track1", project, {}, &notes);
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST_F(Miga, ATemplateReadsTheSubject)
{
    const auto back = readText("miga", "anna,v,1,10,20\nanna,v,1,30,40\n", "x",
        with({{"columns", "{subject},{video},{class},{start},{end}"}}));
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(back.video("v").subject, "anna");
    EXPECT_EQ(back.video("v").spans.size(), 2U);
}

TEST_F(Miga, Track2HasAFileForEachVideo)
{
    auto source = project("a", "smg");
    const int64_t one = addOffline(*source, "Sample0036", 100, 28);
    addOffline(*source, "Sample0037", 100, 28);
    ASSERT_TRUE(
        source->addAnnotations({span(one, {0, 10}, 0), span(one, {5, 31}, 16)}, QStringLiteral("t")).ok());
    ASSERT_TRUE(exportTo(*source, "miga-track2", path("out")).ok());
    EXPECT_EQ(*readFile(path("out/Sample0036_prediction.csv")), "1,1,10\n17,6,31\n");
    EXPECT_EQ(*readFile(path("out/Sample0037_prediction.csv")), "");
    ASSERT_TRUE(exportTo(*source, "miga-track2", path("out.zip")).ok());
    for (const char* from : {"out", "out.zip"}) {
        auto target = project(std::string("to ") + from, "smg");
        const auto report = import(*target, "miga-track2", path(from));
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_EQ(flat(*target), flat(*source));
        EXPECT_EQ(target->videos().size(), 2U);
        EXPECT_EQ(target->allAnnotations().at(0).state, SpanState::Proposed);
    }
}

TEST_F(Miga, ATemplateWritesAndReadsItsOwnRows)
{
    const auto project = awkwardProject();
    for (const char* columns : {"{video},{label},{start+1},{end},{score},{person},{state},{annotator}",
             "{state};{video}_{start}_{end-1};{class+1};{person};{score};{annotator}",
             "row {video} ({start}-{end}) = {class-1}\\t{state}\\t{person}|{score}|{annotator}"}) {
        const FormatSettings settings{{"columns", columns}, {"header", "first line"}};
        const std::string text = rendered("miga", project, settings);
        EXPECT_TRUE(text.starts_with("first line\n"));
        const auto back = readText("miga", text, "x", with(settings));
        ASSERT_EQ(back.told(), "") << columns;
        EXPECT_EQ(plain(*back.videos, project), plain(project)) << columns;
    }
    EXPECT_THAT(rendered("miga", project, {{"columns", "{video},{class+1},{start_s},{end_s},{score}"}}),
        HasSubstr("Sample0003,1,0.400000,1.200000,1\n"));
}

TEST_F(Miga, NamesThatHoldTheTextBetweenPlaceholdersAreFound)
{
    const auto columns = RowTemplate::parse("{video}_{start}_{end},{class}");
    ASSERT_TRUE(columns.ok());
    IntakeSpan span;
    IntakeVideo video;
    EXPECT_EQ(columns->read("a_b_1_2_30_40,7", span, video), "");
    EXPECT_EQ(video.name, "a_b_1_2");
    EXPECT_EQ(span.frames, (FrameSpan{30, 40}));
    EXPECT_EQ(span.classId, 7);
    EXPECT_THAT(columns->read("a_30,7", span, video), HasSubstr("does not fit"));
    EXPECT_THAT(columns->read("a_30_40,99999999999", span, video), HasSubstr("no class"));
    EXPECT_THAT(columns->read(std::string(5000, 'a'), span, video), HasSubstr("longer than"));
}

TEST_F(Miga, TemplatesThatMakeNoSenseSayWhy)
{
    for (const auto& [columns, why] :
        std::map<std::string, std::string>{{"{video},{clazz}", "'{clazz}', known are video"},
            {"{video}{class}", "some text before '{class}'"}, {"{video", "never closed"},
            {"abc", "no placeholder"}, {"{label+1}", "'{label+1}'"}})
        EXPECT_THAT(readText("miga", "x", "x", with({{"columns", columns}})).told(), HasSubstr(why));
    EXPECT_THAT(readText("miga", "x", "x", with({{"columns", "{video},{start},{end}"}})).told(),
        HasSubstr("{label}"));
    EXPECT_THAT(
        readText("miga", "x", "x", with({{"columns", "{label},{start}"}})).told(), HasSubstr("{end}"));
    auto document = project("p", "smg");
    ExportOptions options;
    options.settings["columns"] = "{no}";
    EXPECT_EQ(exportTo(*document, "miga", path("x.csv"), options).error().code, ErrorCode::Usage);
}
