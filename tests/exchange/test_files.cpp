// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "exchangetest.h"

using namespace telltale;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

TEST_F(ExchangeTest, RealThumosFileImportsIntoAnOpenScheme)
{
    const auto file = testData() / "formats" / "activitynet_style" / "thumos14_gt.json";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    auto document = project("p", "own");
    const auto report = import(*document, "activitynet", file);
    ASSERT_TRUE(report.ok()) << report.error().message;
    const std::string text = *readFile(file);
    int64_t segments = 0;
    for (size_t at = 0; (at = text.find("\"segment\"", at)) != std::string::npos; ++at)
        ++segments;
    const auto summary = document->summary();
    // What is there twice is left out and said so.
    EXPECT_LE(summary.annotations, segments);
    EXPECT_GT(summary.annotations, segments * 9 / 10);
    EXPECT_EQ(document->scheme().classCount(), static_cast<int>(summary.byClass.size()));
    ASSERT_NE(document->videoByName("video_test_0000896"), nullptr);
    const auto first = document->annotations(document->videoByName("video_test_0000896")->id).at(0);
    EXPECT_EQ(first.span, (FrameSpan{465, 620})); // 18.6 to 24.8 s at the nominal 25
    EXPECT_EQ(first.startUs, 18'600'000);
}

TEST_F(ExchangeTest, RealFileWithoutTheDatabaseLevelImports)
{
    const auto file
        = testData() / "formats" / "activitynet_style" / "mmaction2_annotations_action_test_anno.json";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    auto document = project("p", "own");
    const auto report = import(*document, "activitynet", file);
    ASSERT_TRUE(report.ok()) << report.error().message;
    ASSERT_NE(document->videoByName("v_test1"), nullptr);
    EXPECT_DOUBLE_EQ(document->videoByName("v_test1")->fps, 30);
    EXPECT_EQ(document->annotations(document->videoByName("v_test1")->id).at(0).span, (FrameSpan{9, 18}));
}

TEST_F(ExchangeTest, FixedSchemesRefuseUnknownLabelsUnlessAsked)
{
    const auto file
        = write("x.json", R"({"database":{"v":{"annotations":[{"segment":[0,1],"label":"Juggling"}]}}})");
    auto document = project("p", "smg");
    EXPECT_THAT(importError(*document, "activitynet", file),
        AllOf(HasSubstr("'Juggling'"), HasSubstr("--add-labels")));
    ImportOptions options;
    options.addLabels = true;
    ASSERT_TRUE(import(*document, "activitynet", file, options).ok());
    EXPECT_EQ(document->scheme().find("juggling"), 17);
    auto open = project("q", "own");
    ASSERT_TRUE(import(*open, "activitynet", file).ok());
    EXPECT_EQ(open->scheme().find("juggling"), 0);
}

TEST_F(ExchangeTest, PredictionsImportAsProposals)
{
    const auto file = write("x.json",
        R"({"version":"1","external_data":{},"results":{"v":[{"segment":["0.4","2"],"label":"Arms akimbo","score":0.25}]}})");
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "activitynet", file).ok());
    const auto spans = document->allAnnotations();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].state, SpanState::Proposed);
    EXPECT_EQ(spans[0].span, (FrameSpan{10, 50}));
    EXPECT_EQ(spans[0].classId, 8);
    EXPECT_DOUBLE_EQ(document->prediction(spans[0].predictionId)->detectorScore, 0.25);
    EXPECT_THAT(document->prediction(spans[0].predictionId)->birth, HasSubstr("x.json"));
}

TEST_F(ExchangeTest, BrokenActivityNetFilesNameThePlaceAndChangeNothing)
{
    auto document = project("p", "smg");
    const auto tell = [&](const std::string& text) {
        return importError(*document, "activitynet", write("x.json", text));
    };
    const auto span = [](const std::string& body) {
        return R"({"database":{"v":{"annotations":[{"segment":[0,1],"label":"Arms akimbo"},)" + body + "]}}}";
    };
    EXPECT_THAT(importError(*document, "activitynet", path("none.json")), HasSubstr("none.json"));
    EXPECT_THAT(tell(""), HasSubstr("is empty"));
    EXPECT_THAT(
        tell("{\n\"database\": [}"), AllOf(HasSubstr("x.json"), HasSubstr("line 2"), HasSubstr("column")));
    EXPECT_THAT(tell("[]"), HasSubstr("object"));
    EXPECT_THAT(tell(R"({"version":"1"})"), HasSubstr("version"));
    EXPECT_THAT(
        tell(span(R"({"segment":[5,2],"label":"Arms akimbo"})")), HasSubstr("database/v/annotations/1"));
    EXPECT_THAT(tell(span(R"({"segment":[-1,2],"label":"Arms akimbo"})")), HasSubstr("annotations/1"));
    EXPECT_THAT(tell(span(R"({"segment":["x",2],"label":"Arms akimbo"})")), HasSubstr("segment"));
    EXPECT_THAT(tell(span(R"({"segment":[1],"label":"Arms akimbo"})")), HasSubstr("segment"));
    EXPECT_THAT(tell(span(R"({"segment":[1,2]})")), HasSubstr("label"));
    EXPECT_THAT(tell(span(R"({"segment":[1,2],"label":"Arms akimbo","state":"odd"})")), HasSubstr("'odd'"));
    EXPECT_THAT(tell(span(R"({"segment":[1,1e300],"label":"Arms akimbo"})")), HasSubstr("annotations/1"));
    EXPECT_THAT(tell(span(R"({"segment":[1,2],"label_id":44})")), HasSubstr("44"));
    EXPECT_THAT(tell(std::string(100000, '[')), HasSubstr("JSON"));
}

TEST_F(ExchangeTest, BrokenCsvFilesNameTheLine)
{
    auto document = project("p", "smg");
    const auto tell
        = [&](const std::string& text) { return importError(*document, "csv", write("x.csv", text)); };
    const std::string header = "video_id,class_id,start_frame,end_frame,score\n";
    EXPECT_THAT(tell(""), HasSubstr("is empty"));
    EXPECT_THAT(tell(header + "v,1,0,9,\nv,1,x,9,\n"), AllOf(HasSubstr("x.csv"), HasSubstr("line 3")));
    EXPECT_THAT(tell(header + "v,1,9,0,\n"), HasSubstr("line 2"));
    EXPECT_THAT(tell(header + "v,1,-4,9,\n"), HasSubstr("line 2"));
    EXPECT_THAT(tell(header + "v,99,0,9,\n"), HasSubstr("no class 99"));
    EXPECT_THAT(tell(header + "v,1,0,9,nan\n"), HasSubstr("score"));
    EXPECT_THAT(tell(header + "v,1\n"), HasSubstr("columns"));
    EXPECT_THAT(tell(header + "v,1,0,999999999999999999999,\n"), HasSubstr("line 2"));
    EXPECT_THAT(tell(header + "\"v,1,0,9,\n"), HasSubstr("quotation"));
    EXPECT_THAT(tell(std::string("\0\1\2", 3)), HasSubstr("text"));
}

TEST_F(ExchangeTest, CsvTakesNamesQuotesAndOtherLineEnds)
{
    auto document = project("p", "smg");
    const auto file = write("x.csv",
        "\xef\xbb\xbfvideo_id,class_id,start_frame,end_frame\r\n\"a, \"\"b\"\"\",arms "
        "AKIMBO,5,9\r\n\r\nv,2,7,8");
    const auto report = import(*document, "csv", file);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*document), (Flat{{"a, \"b\"", 5, 9, 8}, {"v", 7, 8, 2}}));
    ASSERT_TRUE(exportTo(*document, "csv", path("y.csv")).ok());
    auto again = project("q", "smg");
    ASSERT_TRUE(import(*again, "csv", path("y.csv")).ok());
    EXPECT_EQ(flat(*again), flat(*document));
}

TEST_F(ExchangeTest, SpansBehindTheEndAreCutAndSaidSo)
{
    auto document = project("p", "smg");
    // Its length is known, though its file has gone meanwhile.
    VideoEntry video;
    video.name = "v";
    video.path = path("gone.mp4").string();
    video.frameCount = 100;
    video.fps = 25;
    const int64_t id = *document->addVideo(video);
    const auto report = import(*document, "csv", write("x.csv", "v,1,90,120,\nv,1,200,220,\nv,2,50,50,\n"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    ASSERT_EQ(document->annotations(id).size(), 1U);
    EXPECT_EQ(document->annotations(id)[0].span, (FrameSpan{90, 100}));
    EXPECT_THAT(report->notes, Contains(HasSubstr("cut at the end of their video: 1")));
    EXPECT_THAT(report->notes, Contains(HasSubstr("left out: 2")));
}

TEST_F(ExchangeTest, BrokenFoldersNameFileAndLine)
{
    auto document = project("p", "smg");
    EXPECT_THAT(importError(*document, "smg", path("none")), HasSubstr("none"));
    std::filesystem::create_directories(path("empty"));
    EXPECT_THAT(importError(*document, "smg", path("empty")), HasSubstr("SampleNNNN"));
    EXPECT_THAT(importError(*document, "imigue", path("empty")), HasSubstr("imigue_skeleton"));
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2,9\n18,3,4\n");
    EXPECT_THAT(
        importError(*document, "smg", path("smg")), AllOf(HasSubstr("line 2"), HasSubstr("class 18")));
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2\n");
    EXPECT_THAT(importError(*document, "smg", path("smg")), HasSubstr("line 1"));
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2,9\n");
    write("smg/Sample0001/Sample0001_data.csv", "oops\n");
    EXPECT_THAT(importError(*document, "smg", path("smg")), HasSubstr("_data.csv"));
    write("smg/Sample0001/Sample0001_data.csv", "100,28,0\n");
    write("smg/Sample0001/Sample0001_skeleton.csv", "1,2,3\n");
    EXPECT_THAT(importError(*document, "smg", path("smg")), HasSubstr("_skeleton.csv"));
    std::filesystem::remove(path("smg/Sample0001/Sample0001_skeleton.csv"));
    write("smg/Sample0001/Sample0001_color.mp4", "no video at all");
    EXPECT_THAT(importError(*document, "smg", path("smg")), HasSubstr("_color.mp4"));
    EXPECT_TRUE(!std::filesystem::exists(document->folder() / "tracks")
        || std::filesystem::is_empty(document->folder() / "tracks"));
}

TEST_F(ExchangeTest, ExportsThatCannotBeWrittenSaySo)
{
    auto document = project("p", "smg");
    write("plain", "x");
    EXPECT_EQ(exportTo(*document, "activitynet", path("plain/x.json")).error().code, ErrorCode::Io);
    EXPECT_EQ(exportTo(*document, "csv", path("plain/x.csv")).error().code, ErrorCode::Io);
    EXPECT_FALSE(exportTo(*document, "smg", path("plain/x")).ok());
    EXPECT_FALSE(exportTo(*document, "imigue", path("plain/x")).ok());
    EXPECT_EQ(*readFile(path("plain")), "x");
}

TEST_F(ExchangeTest, UnknownFormatsListTheKnownOnes)
{
    EXPECT_THAT(findFormat("elan2").error().message,
        AllOf(HasSubstr("elan2"), HasSubstr("activitynet, smg, imigue, csv")));
}

TEST_F(ExchangeTest, ACancelledImportChangesNothing)
{
    CancelFlag flag;
    flag.cancel();
    auto document = project("p", "smg");
    const auto file = write("x.csv", "v,1,0,9,\n");
    const auto report = (*findFormat("csv"))->read(*document, {file}, {}, flag);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(document->videos().empty());
}
