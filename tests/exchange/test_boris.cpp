// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "formatvalues.h"
#include <nlohmann/json.hpp>
#include <zlib.h>

using namespace telltale;
using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

namespace {

class Boris : public ExchangeTest { };

/// A project with one observation.
std::string projectOf(const std::string& observation, const std::string& id = "o1")
{
    return R"({"project_format_version":"7.0","behaviors_conf":{"0":{"type":"Point event","code":"p"},
        "1":{"type":"State event","code":"s"},"2":{"type":"State event with coding map","code":"m"}},
        "observations":{")"
        + id + "\":" + observation + "}}";
}

std::string gzip(const std::string& text)
{
    std::string packed(text.size() + 1000, '\0');
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    return packed;
}

ImportOptions keepingModifiers()
{
    ImportOptions options;
    options.settings["modifiers"] = "keep";
    return options;
}

} // namespace

TEST_F(Boris, TheRealProjectHasAllItsEvents)
{
    const auto file = testData() / "formats" / "boris" / "test.boris";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    const auto back = readReal("boris", file);
    // Counted with python3: 50 point events, 41 pairs of state events, one of 's' open in "live not paired".
    ASSERT_EQ(back.problems.size(), 1U);
    EXPECT_THAT(back.told(), HasSubstr("observations/live not paired/events/"));
    EXPECT_THAT(back.told(), HasSubstr("the state 's' at 26.862 s is never stopped; close it in BORIS"));
    size_t points = 0;
    for (const IntakeVideo& video : *back.videos)
        points += static_cast<size_t>(std::ranges::count(video.spans, true, &IntakeSpan::point));
    EXPECT_EQ(points, 50U);
    EXPECT_EQ(back.spans(), 91U);
    EXPECT_EQ(back.video("live").spans.size(), 9U);
    EXPECT_TRUE(back.video("live").file.empty());
    EXPECT_EQ(back.video("video1").spans.size(), 1U);
    EXPECT_EQ(back.video("video1").spans[0].personName, "subject1");
    EXPECT_EQ(back.video("video1").fps, 25);
    EXPECT_DOUBLE_EQ(back.video("video1").seconds, 179.96);
    EXPECT_THAT(back.notes, Contains(HasSubstr("'2 video' has 1 more players")));
    EXPECT_THAT(back.notes, Contains(HasSubstr("'live' was coded live")));
}

TEST_F(Boris, TheRealProjectImportsButForTheOpenState)
{
    const auto file = testData() / "formats" / "boris" / "test.boris";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    auto document = project("p", "own");
    EXPECT_THAT(importError(*document, "boris", file), HasSubstr("live not paired"));
    ImportOptions options;
    options.skipBad = true;
    const auto report = import(*document, "boris", file, options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(document->scheme().classCount(), 4); // p, s, q and r are coded, m is not
    const auto spans = document->annotations(document->videoByName("video1")->id);
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].span, (FrameSpan{250, 4250})); // 10 to 170 s at 25
    EXPECT_EQ(document->persons(document->videoByName("video1")->id).at(0).name, "subject1");
}

TEST_F(Boris, TheRealTableOfEventsHasItsPairs)
{
    const auto file = testData() / "formats" / "boris" / "test_export_events_tabular.csv";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real file: " << file;
    const auto back = readReal("boris-events", file);
    EXPECT_EQ(back.told(), "");
    const auto& spans = back.video("video_test_25fps_360s").spans;
    ASSERT_EQ(spans.size(), 4U); // 4 START and 4 STOP rows: grep -c
    EXPECT_EQ(spans[0].start, 3.3);
    EXPECT_EQ(spans[0].end, 7.75);
    EXPECT_EQ(spans[3].personName, "subject2");
    EXPECT_EQ(spans[3].end, 46.1);
    EXPECT_EQ(back.video("video_test_25fps_360s").fps, 25);
    EXPECT_EQ(back.video("video_test_25fps_360s").seconds, 359.96);
    EXPECT_THAT(readReal("boris-aggregated", file).told(), HasSubstr("Stop (s)"));
}

TEST_F(Boris, StatesPairBySubjectBehaviourAndModifiers)
{
    const auto back
        = readText("boris", projectOf(R"({"type":"MEDIA","file":{"1":["C:\\films\\a.b.mp4"],"2":[]},
        "time offset":100.5,"media_info":{"length":{"C:\\films\\a.b.mp4":60.0},"fps":{"C:\\films\\a.b.mp4":30}},
        "events":[[103,"","s","",""],[101,"ann","s","x|None",""],[102,"ann","s","y",""],[104,"ann","s","x|None","so"],
        [105,"ann","s","y","",12],[106,"","s","",""],[107.5,"ann","p","",""],[108,"No focal subject","m","",""],
        [109,"","m","",""]]})"));
    ASSERT_EQ(back.told(), "");
    const auto& spans = back.video("a.b").spans;
    ASSERT_EQ(spans.size(), 5U);
    EXPECT_EQ(spans[0].start, 0.5); // the offset is no part of the video's time
    EXPECT_EQ(spans[0].end, 3.5);
    EXPECT_EQ(spans[0].label, "s");
    EXPECT_EQ(spans[0].personName, "ann");
    EXPECT_EQ(spans[1].start, 1.5);
    EXPECT_EQ(spans[1].end, 4.5);
    EXPECT_EQ(spans[2].personName, "No focal subject"); // somebody else than ann
    EXPECT_EQ(spans[2].end, 5.5);
    EXPECT_TRUE(spans[3].point);
    EXPECT_EQ(spans[4].label, "m");
    EXPECT_EQ(back.video("a.b").fps, 30);
    EXPECT_THAT(back.notes, Contains(HasSubstr("2 events have modifiers, which were left out")));
}

TEST_F(Boris, ModifiersBecomePartOfTheLabelOnRequest)
{
    const std::string text = projectOf(
        R"({"type":"LIVE","file":[],"events":[[1,"","s","x|None",""],[2,"","s","x|None",""],[3,"","p","x|y",""]]})");
    const auto back = readText("boris", text, "x", keepingModifiers());
    EXPECT_EQ(back.video("o1").spans[0].label, "s (x)");
    EXPECT_EQ(back.video("o1").spans[1].label, "p (x, y)");
    EXPECT_EQ(readText("boris", text).video("o1").spans[1].label, "p");
    EXPECT_EQ(readText("boris", text).video("o1").spans[1].personName, "");
}

TEST_F(Boris, FilesThatFollowEachOtherGetTheirOwnSpans)
{
    const std::string observation = R"({"type":"MEDIA","file":{"1":["a.mp4","b.mp4"]},
        "media_info":{"length":{"a.mp4":10.0004,"b.mp4":20}},
        "events":[[1,"","s","",""],[2,"","s","",""],[9,"","s","",""],[12,"","s","",""],[15,"","p","",""]]})";
    const auto back = readText("boris", projectOf(observation));
    ASSERT_EQ(back.told(), "");
    ASSERT_EQ(back.video("a").spans.size(), 2U);
    EXPECT_EQ(back.video("a").spans[1].end, 10);
    ASSERT_EQ(back.video("b").spans.size(), 2U);
    EXPECT_EQ(back.video("b").spans[0].start, 0);
    EXPECT_EQ(back.video("b").spans[0].end, 2);
    EXPECT_EQ(back.video("b").spans[1].start, 5);
    const std::string unknown
        = R"({"type":"MEDIA","file":{"1":["a.mp4","b.mp4"]},"events":[[15,"","p","",""]]})";
    EXPECT_THAT(readText("boris", projectOf(unknown)).told(), HasSubstr("lengths are not known"));
}

TEST_F(Boris, WhatMakesNoSenseIsLeftOutOneByOne)
{
    const auto back = readText("boris", projectOf(R"({"type":"LIVE","file":[],"events":[["x","","p","",""],
        [1,"","unknown","",""],7,[2,"","p"],[3,"","s","",""]]})"));
    EXPECT_EQ(back.problems.size(), 4U);
    EXPECT_THAT(back.told(), HasSubstr("observations/o1/events/1: the ethogram has no behaviour 'unknown'"));
    EXPECT_EQ(back.spans(), 1U);
    EXPECT_THAT(readText("boris",
                    projectOf(R"({"type":"LIVE","time offset":-1e308,"events":[[1e308,"","p","",""]]})"))
                    .told(),
        HasSubstr("time offset"));
    EXPECT_THAT(readText("boris", projectOf(R"({"type":"IMAGES","events":[]})")).told(),
        HasSubstr("single pictures"));
    EXPECT_THAT(readText("boris", "{}").told(), HasSubstr("x: is no BORIS project"));
}

TEST_F(Boris, PackedProjectsAreReadAndBombsAreNot)
{
    const std::string text = projectOf(R"({"type":"LIVE","file":[],"events":[[2,"","p","",""]]})");
    const std::string packed = gzip(text);
    EXPECT_EQ(readText("boris", packed).spans(), 1U);
    EXPECT_THAT(
        readText("boris", packed.substr(0, packed.size() / 2)).told(), HasSubstr("cannot be unpacked"));
    EXPECT_THAT(
        readText("boris", gzip(std::string(200'000'000, ' '))).told(), HasSubstr("cannot be unpacked"));
}

TEST_F(Boris, ProjectsArePackedWhereTheNameSaysSo)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 1000, 25);
    addManySpans(*source, video, 1000, 50);
    ASSERT_TRUE(exportTo(*source, "boris", path("x.boris.gz")).ok());
    ASSERT_TRUE(exportTo(*source, "boris", path("x.boris")).ok());
    const std::string packed = *readFile(path("x.boris.gz"));
    EXPECT_TRUE(packed.starts_with("\x1f\x8b"));
    EXPECT_LT(packed.size(), readFile(path("x.boris"))->size());
    auto target = project("b", "smg");
    const auto report = import(*target, "boris", path("x.boris.gz"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*target), flat(*source));
}

TEST_F(Boris, EverythingThatItHoldsComesBack)
{
    const auto project = awkwardProject();
    for (const std::string format : {"boris", "boris-events", "boris-aggregated"}) {
        std::vector<std::string> notes;
        const auto back = readText(format, rendered(format, project, {}, &notes));
        ASSERT_EQ(back.told(), "") << format;
        EXPECT_EQ(plain(*back.videos, project), plain(project)) << format;
        EXPECT_THAT(notes, Not(Contains(HasSubstr("left out")))) << format;
    }
    const auto back = readText("boris", rendered("boris", project));
    EXPECT_EQ(back.video("höhe 2").role, SubjectRole::Test);
    EXPECT_EQ(back.video("höhe 2").subject, "s2");
    for (const std::string format : {"boris-events", "boris-aggregated"})
        EXPECT_EQ(readText(format, rendered(format, project, {{"separator", "tab"}})).spans(), 8U);
}

TEST_F(Boris, WrittenProjectsHaveWhatBorisAsksFor)
{
    const json file = json::parse(rendered("boris", awkwardProject()));
    for (const char* key :
        {"time_format", "project_date", "project_name", "project_description", "subjects_conf",
            "behaviors_conf", "observations", "behavioral_categories", "behavioral_categories_config",
            "independent_variables", "coding_map", "behaviors_coding_map", "converters"})
        EXPECT_TRUE(file.contains(key)) << key;
    EXPECT_EQ(file["project_format_version"], "7.0");
    EXPECT_EQ(file["subjects_conf"]["0"]["name"], "Anna");
    EXPECT_EQ(file["behaviors_conf"]["0"]["type"], "State event");
    EXPECT_EQ(file["behaviors_conf"]["0"]["modifiers"]["0"]["values"], (json{"overlap 2", "overlap 3"}));
    EXPECT_EQ(file["behaviors_conf"]["2"]["modifiers"], json::object());
    const json& one = file["observations"]["Sample0003"];
    EXPECT_EQ(one["file"]["1"], json::array({"/videos/Sample0003.mp4"}));
    EXPECT_EQ(one["media_info"]["length"]["/videos/Sample0003.mp4"], 40.0);
    ASSERT_EQ(one["events"].size(), 12U);
    EXPECT_EQ(one["events"][0], (json{0.0, "Anna", "plain", "", "state=accepted; annotator=anna", 0}));
    EXPECT_EQ(
        one["events"][1], (json{0.4, "Anna", "plain", "overlap 2", "state=corrected; annotator=bert", 10}));
    // A state that starts where another one stops comes behind it.
    EXPECT_EQ(one["events"][7], (json{2.0, "Anna", "plain", "", "", 50}));
    EXPECT_EQ(one["events"][8], (json{2.0, "Anna", "plain", "", "", 50}));
    EXPECT_EQ(one["events"][9], (json{2.04, "Anna", "plain", "", "", 51}));
    EXPECT_EQ(file["observations"]["höhe 2"]["events"][0][1], ""); // nobody is named
}

TEST_F(Boris, TablesOfOldVersionsAreRead)
{
    const auto back = readText("boris-aggregated",
        "Observation id\tMedia file\tTotal length\tFPS\tSubject\tBehavior\tModifiers\tBehavior type\tStart "
        "(s)\t"
        "Stop (s)\tDuration (s)\tComment start\n"
        "o\t/x/second.mp4\t539.92\t25.0\tNo focal subject\ts\t\tSTATE\t266.165\t276.690\t10.525\t\n"
        "o\t/x/first.mp4\t539.92\t25.0\tNo focal subject\ts\t\tSTATE\t1.800\t8.125\t6.325\t\n"
        "o\t/x/first.mp4\t539.92\t25.0\tNo focal subject\tp\tm1\tPOINT\t5.000\t5.000\tNA\t\n");
    ASSERT_EQ(back.problems.size(), 1U);
    EXPECT_THAT(back.told(), HasSubstr("1 events may belong to a later one; import the BORIS project"));
    ASSERT_EQ(back.video("first").spans.size(), 2U);
    EXPECT_EQ(back.video("first").spans[0].end, 8.125);
    EXPECT_TRUE(back.video("first").spans[1].point);
}

TEST_F(Boris, BadRowsOfTablesAreLeftOutOneByOne)
{
    const std::string header
        = "Observation id,Source,Time offset (s),Media duration (s),FPS,Subject,Behavior,"
          "Modifier #1,Behavior type,Time,Media file name\n";
    const std::string row = "o,player #1:a.mp4;b.mp4|player #2:c.mp4,10,5.0;6.0|3.0,25;30|25,,s,m1,";
    const auto back = readText("boris-events",
        header + row + "START,00:00:11,a.mp4\n" + row + "STOP,12.5,a.mp4\n" + row + "NEXT,12.5,a.mp4\n" + row
            + "STOP,13,a.mp4\n" + row + "START,x,a.mp4\n" + row + "POINT,17,b.mp4\nshort\n");
    EXPECT_EQ(back.problems.size(), 4U) << back.told();
    EXPECT_THAT(
        back.told(), HasSubstr("line 5: observation 'o': the state 's' at 13.000 s stops without a start"));
    EXPECT_THAT(back.told(), HasSubstr("line 4: 'NEXT' is none of START, STOP and POINT"));
    ASSERT_EQ(back.video("a").spans.size(), 1U);
    EXPECT_EQ(back.video("a").spans[0].start, 1);
    EXPECT_EQ(back.video("a").spans[0].end, 2.5);
    EXPECT_EQ(back.video("b").spans.at(0).start, 2);
    EXPECT_EQ(back.video("b").fps, 30);
    EXPECT_THAT(back.notes, Contains(HasSubstr("1 more players")));
}

TEST_F(Boris, LiveObservationsOfTablesStayApart)
{
    // Rows of a table of BORIS 7 (tests/files of its repository) and of version 9.
    const auto old = readText("boris-aggregated",
        "Observation id\tObservation date\tMedia file\tTotal length\tFPS\tSubject\tBehavior\t"
        "Behavioral category\tModifiers\tBehavior type\tStart (s)\tStop (s)\tDuration (s)\n"
        "test1 live\t2019-02-26 10:30:23\tLIVE\t26.007\tNA\tNo focal subject\tp\t\tNone|111\tPOINT\t"
        "20.135\t20.135\tNA\n"
        "test2 live\t2019-02-26 10:30:23\tLIVE\t26.007\tNA\tNo focal subject\tp\t\tNone|c\tPOINT\t"
        "26.007\t26.007\tNA\n");
    ASSERT_EQ(old.told(), "");
    EXPECT_EQ(old.video("test1 live").spans.at(0).start, 20.135);
    EXPECT_EQ(old.video("test2 live").spans.at(0).start, 26.007);
    EXPECT_THAT(old.notes, Contains(HasSubstr("'test2 live' was coded live")));
    const std::string header = "Observation id,Observation type,Source,Time offset (s),Media duration (s),"
                               "FPS (frame/s),Subject,Behavior,Behavior type,Time,Media file name\n";
    const auto fresh = readText("boris-events",
        header + "o,Live observation,NA,10,NA,NA,,s,START,11.5,NA\n"
            + "o,Live observation,NA,10,NA,NA,,s,STOP,12,NA\n"
            + "i,From directories of images,/pictures,0,NA,NA,,s,START,NA,NA\n");
    ASSERT_EQ(fresh.problems.size(), 1U);
    EXPECT_THAT(fresh.told(), HasSubstr("line 4: was coded on single pictures"));
    EXPECT_EQ(fresh.video("o").spans.at(0).start, 1.5); // BORIS adds the offset to live times too
}

TEST_F(Boris, TheOffsetOfLiveObservationsIsTakenOff)
{
    const auto back = readText(
        "boris", projectOf(R"({"type":"LIVE","file":[],"time offset":100,"events":[[101.5,"","p","",""]]})"));
    EXPECT_EQ(back.video("o1").spans.at(0).start, 1.5);
}

TEST_F(Boris, TablesSeparateAsTheirHeaderDoes)
{
    const std::string rows = "Time\tMedia file path\tTotal length\tFPS\tSubject\tBehavior\tComment\tStatus\n"
                             "-00:00:02.500\ta.mp4\t60\t50\t\ts\t\tSTART\n"
                             "00:01:02.500\ta.mp4\t60\t50\t\ts\t\tSTOP\n";
    const auto back = readText("boris-events",
        "Observation id\tmouse 3, cage 2, day 1\nPlayer #1\ta.mp4\nTime offset (s)\t-10.0\n" + rows);
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(back.video("a").fps, 50);
    EXPECT_EQ(back.video("a").spans.at(0).start, 7.5);
    EXPECT_EQ(back.video("a").spans.at(0).end, 72.5);
    std::string comma = "Observation id\to\n" + rows;
    std::ranges::replace(comma, '\t', ';');
    std::ranges::replace(comma, '.', ',');
    const auto decimals = readText("boris-events", comma);
    ASSERT_EQ(decimals.told(), "");
    EXPECT_EQ(decimals.video("a,mp4").spans.at(0).end, 62.5);
}

TEST_F(Boris, TimesThatAreNoNumberLoseNothingElse)
{
    // BORIS writes pictures without a time like this, and every other observation of the project beside them.
    const auto back = readText("boris",
        R"({"project_format_version":"8.7","behaviors_conf":{"0":{"type":"Point event","code":"NaN \"NaN"}},
        "observations":{"pictures":{"type":"IMAGES","events":[[NaN,"","NaN \"NaN","","",1,"a.jpg"]]},
        "film":{"type":"MEDIA","file":{"1":["a.mp4"]},"events":[[NaN,"","NaN \"NaN","",""],[2,"","NaN \"NaN","",""]]}}})");
    EXPECT_EQ(back.problems.size(), 2U) << back.told();
    EXPECT_THAT(back.told(), HasSubstr("observations/film/events/0"));
    ASSERT_EQ(back.video("a").spans.size(), 1U);
    EXPECT_EQ(back.video("a").spans[0].label, "NaN \"NaN");
}

TEST_F(Boris, VideosThatMovedWithTheProjectAreFound)
{
    write("a.mp4", "no film, but a file");
    const auto back = readText("boris",
        projectOf(R"({"type":"MEDIA","file":{"1":["D:\\films\\a.mp4"]},"events":[]})"), path("x.boris"));
    EXPECT_EQ(back.video("a").file, path("a.mp4"));
}

TEST_F(Boris, NamesThatAreNoFilesComeBack)
{
    OutgoingProject project = awkwardProject();
    project.videos[0].name = "day 1/morning";
    for (const std::string format : {"boris", "boris-events", "boris-aggregated"})
        EXPECT_EQ(readText(format, rendered(format, project)).video("day 1/morning").spans.size(), 6U)
            << format;
}

TEST_F(Boris, PointsOfVideosThatAreNotThereSurvive)
{
    // The last one at the start of frame 75 of a video whose length nobody knows.
    const auto file = write("x.boris",
        projectOf(
            R"({"type":"LIVE","file":[],"events":[[1,"","p","",""],[1.5,"","p","",""],[3,"","p","",""]]})"));
    auto source = project("a", "own");
    ASSERT_TRUE(import(*source, "boris", file).ok());
    EXPECT_EQ(flat(*source), (Flat{{"o1", 25, 26, 0}, {"o1", 37, 38, 0}, {"o1", 75, 76, 0}}));
    for (const std::string format : {"boris", "activitynet"}) {
        ASSERT_TRUE(exportTo(*source, format, path("y." + format)).ok());
        auto target = project(format, "own");
        const auto report = import(*target, format, path("y." + format));
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_EQ(flat(*target), flat(*source)) << format;
    }
}

TEST_F(Boris, StatesOverThousandsOfFilesAreRefused)
{
    json files = json::array();
    json lengths = json::object();
    json events = json::array();
    for (int i = 0; i < 1000; ++i) {
        files.push_back(std::to_string(i) + ".mp4");
        lengths[std::to_string(i) + ".mp4"] = 0.001;
    }
    for (int i = 0; i < 600; ++i)
        events.push_back({i % 2, std::to_string(i / 2), "s", "", ""});
    const json observation{{"type", "MEDIA"}, {"file", {{"1", files}}}, {"media_info", {{"length", lengths}}},
        {"events", events}};
    EXPECT_THAT(readText("boris", projectOf(observation.dump())).told(), HasSubstr("too many video files"));
}
