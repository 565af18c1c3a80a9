// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "formatvalues.h"
#include <nlohmann/json.hpp>

using namespace telltale;
using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;

namespace {

class ActivityNet : public ExchangeTest { };

json written(const FormatSettings& settings)
{
    return json::parse(rendered("activitynet", awkwardProject(), settings));
}

} // namespace

TEST_F(ActivityNet, EverythingThatOurOwnFlavourHoldsComesBack)
{
    auto project = awkwardProject();
    project.videos[0].persons.clear(); // numbers travel, names do not
    const auto back = readText("activitynet", rendered("activitynet", project));
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(plain(*back.videos, project), plain(project));
    EXPECT_EQ(back.video("höhe 2").role, SubjectRole::Test);
    EXPECT_EQ(back.video("höhe 2").subject, "s2");
}

TEST_F(ActivityNet, RealFilesHaveAllTheirSegments)
{
    const auto folder = testData() / "formats" / "activitynet_style";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no real files: " << folder;
    // 410 videos, 6318 segments: python3 json, sum(len(v["annotations"]))
    const auto thumos = readReal("activitynet", folder / "thumos14_gt.json");
    EXPECT_EQ(thumos.told(), "");
    EXPECT_EQ(thumos.videos->size(), 410U);
    EXPECT_EQ(thumos.spans(), 6318U);
    const auto small = readReal("activitynet", folder / "mmaction2_annotations_action_test_anno.json");
    EXPECT_EQ(small.told(), "");
    EXPECT_EQ(small.videos->size(), 2U);
    EXPECT_EQ(small.spans(), 2U);
}

TEST_F(ActivityNet, TrainingCodeGetsConfirmedSpansAndLongSubsetNames)
{
    for (const std::string flavour : {"opentad", "actionformer"}) {
        const json file = written({{"flavour", flavour}});
        const json& video = file["database"]["Sample0003"];
        EXPECT_EQ(video["subset"], "training");
        EXPECT_EQ(video["duration"], 40.0);
        EXPECT_EQ(video["fps"], 25.0);
        EXPECT_EQ(video["frame"], 1000);
        ASSERT_EQ(video["annotations"].size(), 5U);
        EXPECT_EQ(video["annotations"][1]["segment"], (json{0.4, 1.2}));
        EXPECT_EQ(video["annotations"][3]["label_id"], 1);
        EXPECT_EQ(file["database"]["höhe 2"]["subset"], "testing");
        EXPECT_EQ(file["database"]["höhe 2"]["annotations"].size(), 1U);
    }
    EXPECT_EQ(
        written({{"flavour", "opentad"}, {"subsets", "short"}})["database"]["Sample0003"]["subset"], "train");
    EXPECT_EQ(written({})["database"]["Sample0003"]["subset"], "train");
}

TEST_F(ActivityNet, TestVideosGoOutWithoutTheirSpansOnRequest)
{
    const json open = written({{"flavour", "opentad"}, {"test-annotations", "drop"}});
    EXPECT_FALSE(open["database"]["höhe 2"].contains("annotations"));
    EXPECT_EQ(open["database"]["Sample0003"]["annotations"].size(), 5U);
    // ActionFormer asks every video for its list
    const json action = written({{"flavour", "actionformer"}, {"test-annotations", "drop"}});
    EXPECT_EQ(action["database"]["höhe 2"]["annotations"], json::array());
}

TEST_F(ActivityNet, PredictionsAreTheProposalsWithTheirScores)
{
    std::vector<std::string> notes;
    const auto project = awkwardProject();
    const std::string text = rendered("activitynet", project, {{"flavour", "predictions"}}, &notes);
    const json file = json::parse(text);
    EXPECT_EQ(file["external_data"], json::object());
    ASSERT_EQ(file["results"]["Sample0003"].size(), 1U);
    EXPECT_EQ(file["results"]["Sample0003"][0],
        (json{{"segment", {2.4, 3.6}}, {"label", "höher; 手"}, {"score", 0.625}}));
    EXPECT_THAT(notes, Contains(HasSubstr("6 spans are no proposals")));
    const auto back = readText("activitynet", text);
    ASSERT_EQ(back.spans(), 2U);
    EXPECT_EQ(back.video("höhe 2").spans[0].state, SpanState::Proposed);
    EXPECT_EQ(back.video("höhe 2").spans[0].score, 0.25);
}

TEST_F(ActivityNet, TheClassMapOfOpenTadLiesBesideTheFile)
{
    auto document = project("p", "smg");
    addOffline(*document, "v", 100, 25);
    ExportOptions options;
    options.settings = {{"flavour", "opentad"}};
    ASSERT_TRUE(exportTo(*document, "activitynet", path("gt.json"), options).ok());
    const std::string names = *readFile(path("gt_classes.txt"));
    EXPECT_EQ(std::ranges::count(names, '\n'), 17);
    EXPECT_TRUE(names.starts_with(document->scheme().classes.front().name + "\n"));
    options.settings = {{"flavour", "actionformer"}};
    ASSERT_TRUE(exportTo(*document, "activitynet", path("af.json"), options).ok());
    EXPECT_FALSE(std::filesystem::exists(path("af_classes.txt")));
    options.settings = {{"flavour", "none"}};
    EXPECT_EQ(exportTo(*document, "activitynet", path("no.json"), options).error().code, ErrorCode::Usage);
}

TEST_F(ActivityNet, HugeClassNumbersAreAProblem)
{
    const auto back = readText("activitynet",
        R"({"database":{"v":{"annotations":[{"segment":[1,2],"label_id":1e300},{"segment":[1,2],"label_id":2}]}}})");
    EXPECT_THAT(back.told(), HasSubstr("label_id"));
    EXPECT_EQ(back.spans(), 1U);
}

TEST_F(ActivityNet, OneBadElementCostsNoOther)
{
    const auto back = readText("activitynet",
        R"({"version":1,"database":{"a":3,"b":{"annotations":[7,{"segment":[1,2],"label":"x"}]},)"
        R"("c":{"annotations":[{"segment":[3,4],"label":"y"}],"reviewed":[[0,1],"all",[5,4],[2,3]]}}})");
    ASSERT_EQ(back.problems.size(), 4U) << back.told();
    EXPECT_THAT(back.told(), HasSubstr("element database/a: has to be an object"));
    EXPECT_THAT(back.told(), HasSubstr("element database/b/annotations/0: has to be an object"));
    EXPECT_THAT(back.told(), HasSubstr("element database/c/reviewed/1: has to be"));
    EXPECT_THAT(back.told(), HasSubstr("element database/c/reviewed/2: has to be"));
    EXPECT_EQ(back.spans(), 2U);
    const std::vector<std::pair<double, double>> looked{{0, 1}, {2, 3}};
    EXPECT_EQ(back.video("c").reviewed, looked);
    // Without the level "database", too.
    const auto bare = readText(
        "activitynet", R"({"a":{"duration":3},"b":{"annotations":[{"segment":[1,2],"label":"x"}]},"c":1})");
    EXPECT_EQ(bare.problems.size(), 2U) << bare.told();
    EXPECT_EQ(bare.spans(), 1U);
    EXPECT_THAT(readText("activitynet", R"({"a":{"duration":3},"b":1})").told(),
        HasSubstr("this is not an ActivityNet file"));
}

TEST_F(ActivityNet, ANumberInPlaceOfANameIsAProblem)
{
    const auto back = readText("activitynet",
        R"({"database":{"v":{"annotations":[{"segment":[1,2],"label":5},{"segment":[3,4],"label":null,"label_id":1}]}}})");
    ASSERT_EQ(back.problems.size(), 1U) << back.told();
    EXPECT_THAT(back.told(), HasSubstr("annotations/0: \"label\" has to be a text"));
    ASSERT_EQ(back.spans(), 1U);
    EXPECT_EQ(back.video("v").spans[0].classId, 1);
}

// The proposals of ActivityNet's own challenge, where no class is asked for.
TEST_F(ActivityNet, PredictionsNeedNoClass)
{
    const auto back = readText("activitynet",
        R"({"version":"VERSION 1.3","external_data":{},"results":{"v":[{"score":0.5,"segment":[1.5,2]}]}})");
    ASSERT_EQ(back.told(), "");
    ASSERT_EQ(back.spans(), 1U);
    EXPECT_EQ(back.video("v").spans[0].classId, -1);
    EXPECT_EQ(back.video("v").spans[0].score, 0.5);
    EXPECT_THAT(readText("activitynet", R"({"database":{"v":{"annotations":[{"segment":[1,2]}]}}})").told(),
        HasSubstr("neither \"label\" nor \"label_id\""));
}

TEST_F(ActivityNet, PartsAreKnownInCapitalsAndPredictionsBesideTheTruth)
{
    const auto back = readText("activitynet",
        R"({"database":{"v":{"subset":"Validation","annotations":[{"segment":[1,2],"label":"x"}]}},)"
        R"("results":{"v":[{"segment":[3,4],"label":"x","score":0.5}]}})");
    ASSERT_EQ(back.told(), "");
    EXPECT_EQ(back.video("v").role, SubjectRole::Validation);
    EXPECT_EQ(back.spans(), 2U);
}

TEST_F(ActivityNet, LengthsBeyondAnyVideoDoNotReachTheProject)
{
    auto document = project("p", "own");
    ASSERT_TRUE(import(*document, "activitynet",
        write("x.json",
            R"({"database":{"v":{"duration":1e300,"frame":50,"annotations":[{"segment":[1,2],"label":"x"}]}}})"))
                    .ok());
    EXPECT_EQ(document->videoByName("v")->durationUs, 2'000'000); // 50 frames at the nominal 25 a second
}
