// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "formatvalues.h"
#include <nlohmann/json.hpp>

using namespace telltale;
using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;

namespace {

class LabelStudio : public ExchangeTest { };

// Made by hand after the form that its documentation shows.
constexpr const char* kTasks = R"([
 {"id": 1, "data": {"video": "/data/upload/3/0a1b2c3d-my%20clip.v2.mp4"},
  "annotations": [
   {"id": 7, "completed_by": {"id": 1, "email": "ann@example.org"}, "was_cancelled": false, "result": [
     {"id": "a", "from_name": "timelineLabels", "to_name": "video", "type": "timelinelabels", "origin": "manual",
      "value": {"ranges": [{"start": 1, "end": 1}], "timelinelabels": ["Nod"]}},
     {"id": "b", "from_name": "timelineLabels", "to_name": "video", "type": "timelinelabels",
      "value": {"ranges": [{"start": 3, "end": 5}], "timelinelabels": ["Nod", "Shake"]}},
     {"id": "c", "from_name": "c", "to_name": "video", "type": "choices", "value": {"choices": ["good"]}}]},
   {"id": 8, "completed_by": 4, "was_cancelled": true, "result": [
     {"type": "timelinelabels", "value": {"ranges": [{"start": 1, "end": 9}], "timelinelabels": ["Nod"]}}]}],
  "predictions": [{"model_version": "m", "score": 0.5, "result": [
     {"type": "timelinelabels", "value": {"ranges": [{"start": 10, "end": 20}], "timelinelabels": ["Nod"]}},
     {"type": "timelinelabels", "score": 0.75,
      "value": {"ranges": [{"start": 30, "end": 40}], "timelinelabels": ["Shake"]}}]}]},
 {"id": 2, "data": {"id": 5, "sound": "https://example.org/x/talk.wav?token=1"},
  "annotations": [{"completed_by": 4, "result": [
     {"type": "labels", "value": {"start": 1.5, "end": 2.25, "channel": 0, "labels": ["Cough"]}},
     {"type": "labels", "value": {"start": 3, "end": 9, "text": "a name", "labels": ["Person"]}}]}]}
])";

} // namespace

TEST_F(LabelStudio, TasksAreReadAsItsOwnCodeReadsThem)
{
    const auto back = readText("labelstudio", kTasks);
    ASSERT_EQ(back.told(), "");
    const auto& spans = back.video("my clip.v2").spans;
    ASSERT_EQ(spans.size(), 5U);
    EXPECT_EQ(spans[0].frames, (FrameSpan{0, 1}));
    EXPECT_EQ(spans[0].annotator, "ann@example.org");
    EXPECT_EQ(spans[1].frames, (FrameSpan{2, 5})); // the slice [3 - 1, 5)
    EXPECT_EQ(spans[2].label, "Shake");
    EXPECT_EQ(spans[2].frames, (FrameSpan{2, 5}));
    EXPECT_EQ(spans[3].state, SpanState::Proposed);
    EXPECT_EQ(spans[3].score, 0.5);
    EXPECT_EQ(spans[4].score, 0.75);
    const auto& talk = back.video("talk").spans;
    ASSERT_EQ(talk.size(), 1U);
    EXPECT_TRUE(talk[0].inSeconds);
    EXPECT_EQ(talk[0].start, 1.5);
    EXPECT_EQ(talk[0].end, 2.25);
    EXPECT_EQ(talk[0].annotator, "user 4");
    EXPECT_THAT(back.notes, Contains("2 results are no spans of time and were left out"));
    EXPECT_THAT(back.notes, Contains(HasSubstr("1 annotations that somebody has skipped")));
}

TEST_F(LabelStudio, FramesOfAnotherRateBecomeTimes)
{
    ImportOptions options;
    options.settings["frame-rate"] = "24";
    const auto back = readText("labelstudio", kTasks, "x", options);
    const auto& span = back.video("my clip.v2").spans[1];
    EXPECT_TRUE(span.inSeconds);
    EXPECT_DOUBLE_EQ(span.start, 2.0 / 24);
    EXPECT_DOUBLE_EQ(span.end, 5.0 / 24);
    options.settings["frame-rate"] = "fast";
    EXPECT_THAT(readText("labelstudio", kTasks, "x", options).told(), HasSubstr("'fast'"));
}

TEST_F(LabelStudio, EverythingComesBack)
{
    const auto project = awkwardProject();
    const auto back = readText("labelstudio", rendered("labelstudio", project));
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(plain(*back.videos, project), plain(project));
    EXPECT_EQ(back.video("höhe 2").subject, "s2");
    EXPECT_EQ(back.video("höhe 2").role, SubjectRole::Test);
}

TEST_F(LabelStudio, TasksAreWrittenAsItWantsThem)
{
    const json file
        = json::parse(rendered("labelstudio", awkwardProject(), {{"url-prefix", "http://host/v/"}}));
    ASSERT_EQ(file.size(), 2U);
    EXPECT_EQ(file[1]["data"]["video"], "http://host/v/h%C3%B6he%202.mp4");
    const json& result = file[0]["annotations"][0]["result"];
    ASSERT_EQ(result.size(), 5U);
    EXPECT_EQ(result[0]["type"], "timelinelabels");
    EXPECT_EQ(
        result[0]["value"], json::parse(R"({"ranges":[{"start":1,"end":50}],"timelinelabels":["plain"]})"));
    EXPECT_EQ(result[1]["meta"]["text"], (json{"state=corrected", "person=Anna", "annotator=bert"}));
    EXPECT_EQ(file[0]["predictions"][0]["result"][0]["score"], 0.625);
}

TEST_F(LabelStudio, TheLabellingInterfaceLiesBesideTheTasks)
{
    auto document = project("p", "smg");
    addOffline(*document, "v", 100, 29.97);
    ASSERT_TRUE(exportTo(*document, "labelstudio", path("t.json")).ok());
    const std::string config = *readFile(path("t_config.xml"));
    EXPECT_THAT(config, HasSubstr("frameRate=\"29.97\""));
    EXPECT_THAT(config, HasSubstr("<Label value=\"" + document->scheme().classes[8].name));
}

TEST_F(LabelStudio, WhatMakesNoSenseIsLeftOutOneByOne)
{
    const auto back = readText("labelstudio", R"([7, {"data": {"text": "hello"}},
        {"data": {"video": "a.mp4"}, "annotations": [{"result": [
          {"type": "timelinelabels", "value": {"timelinelabels": ["Nod"]}},
          {"type": "timelinelabels", "value": {"ranges": [{"start": null, "end": 4}, {"start": 2, "end": 1e300},
            {"start": 2, "end": 4}], "timelinelabels": ["Nod"]}}]}, {"result": 3}], "predictions": {}}])");
    EXPECT_EQ(back.problems.size(), 7U) << back.told();
    EXPECT_THAT(back.told(), HasSubstr("element 0: is no task with \"data\"; export as JSON"));
    EXPECT_THAT(back.told(), HasSubstr("element 2/annotations/0/result/1: lies beyond any video"));
    EXPECT_EQ(back.spans(), 1U);
    EXPECT_THAT(readText("labelstudio", "5").told(), HasSubstr("x: is no list"));
}
