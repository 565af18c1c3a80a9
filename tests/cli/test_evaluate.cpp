// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

class Evaluate : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text)
    {
        std::ofstream(m_folder / name) << text;
        return m_folder / name;
    }
    static CliRun evaluate(const std::string& task, const std::string& truth, const std::string& predicted,
        const std::string& more = {})
    {
        return telltale(
            "evaluate --task " + task + " --truth " + truth + " --pred " + predicted + " --json " + more);
    }

    ScratchFolder m_folder{"evaluate"};
};

} // namespace

TEST_F(Evaluate, SpansOfCsvGiveTheKeysThatArePromised)
{
    const std::string truth
        = write("t.csv", "video_id,class_id,start_frame,end_frame,score\nv,1,0,100,\nv,2,200,300,\n");
    const std::string predicted = write("p.csv", "v,1,0,60,0.9\nv,2,400,500,0.8\n");
    const CliRun run = evaluate("spans", truth, predicted, "--tiou 0.30,0.7");
    ASSERT_EQ(run.status, 0) << run.err;
    const auto result = run.json();
    EXPECT_DOUBLE_EQ(result["f1"]["0.30"], 0.5);
    EXPECT_DOUBLE_EQ(result["f1"]["0.7"], 0.0);
    EXPECT_DOUBLE_EQ(result["precision"]["0.30"], 0.5);
    EXPECT_DOUBLE_EQ(result["recall"]["0.30"], 0.5);
    EXPECT_DOUBLE_EQ(result["mAP"]["0.30"], 0.5);
    EXPECT_DOUBLE_EQ(result["per_class"]["1"]["0.30"]["f1"], 1.0);
}

TEST_F(Evaluate, SpansOfActivityNetMatchByLabel)
{
    const std::string truth = write("t.json",
        R"({"database":{"v":{"annotations":[{"segment":[0,1],"label":"a"},{"segment":[0.1,0.9],"label":"a"}]}}})");
    const std::string predicted
        = write("p.json", R"({"results":{"v":[{"segment":[0.05,0.95],"label":"a","score":0.4}],"w":[]}})");
    const CliRun strict = evaluate("spans", truth, predicted);
    ASSERT_EQ(strict.status, 0) << strict.err;
    EXPECT_DOUBLE_EQ(strict.json()["recall"]["0.3"], 0.5);
    EXPECT_THAT(strict.err, HasSubstr("1 videos are only predicted"));
    EXPECT_DOUBLE_EQ(evaluate("spans", truth, predicted, "--match starter").json()["recall"]["0.3"], 1.0);
}

TEST_F(Evaluate, SecondsAndFramesAreNotCompared)
{
    const std::string truth
        = write("t.json", R"({"database":{"v":{"annotations":[{"segment":[0,1],"label":"a"}]}}})");
    const CliRun run = evaluate("spans", truth, write("p.csv", "v,1,0,60,0.9\n"));
    EXPECT_EQ(run.status, 1);
    EXPECT_THAT(run.err, HasSubstr("one kind"));
}

TEST_F(Evaluate, ClipsWithAndWithoutScores)
{
    const std::string truth = write("t.csv", "clip_id,class_id\na,0\nb,1\nc,1\nonly,0\n");
    const CliRun plain = evaluate("clips", truth, write("p.csv", "a,0\nb,1\nc,0\nextra,1\n"));
    ASSERT_EQ(plain.status, 0) << plain.err;
    EXPECT_DOUBLE_EQ(plain.json()["accuracy"], 2.0 / 3.0);
    EXPECT_TRUE(plain.json()["top5"].is_null());
    EXPECT_EQ(plain.json()["confusion"], nlohmann::json::parse("[[1,0],[1,1]]"));
    EXPECT_THAT(plain.err, HasSubstr("1 clips of the truth have no prediction and were not scored: only"));
    EXPECT_THAT(plain.err, HasSubstr("extra"));
    const CliRun scored = evaluate(
        "clips", truth, write("s.csv", "clip_id,class_id,score_0,score_1\na,0,0.9,0.1\nb,1,0.2,0.8\n"));
    EXPECT_DOUBLE_EQ(scored.json()["top5"], 1.0);
}

TEST_F(Evaluate, BrokenListsNameFileAndLine)
{
    const std::string truth = write("t.csv", "clip_id,class_id\na,0\n");
    for (const std::string text : {"a,x\n", "a,-1\n", "a,0,wide\n", "a,0\na,1\n", "", "z,0\n"}) {
        const CliRun run = evaluate("clips", truth, write("p.csv", text));
        EXPECT_EQ(run.status, 1) << text;
        EXPECT_THAT(run.err, HasSubstr("p.csv")) << text;
    }
    EXPECT_EQ(evaluate("clips", truth, m_folder / "none.csv").status, 1);
    EXPECT_EQ(evaluate("poses", truth, truth).status, 2);
    EXPECT_EQ(evaluate("spans", truth, truth, "--tiou 7").status, 2);
    EXPECT_EQ(evaluate("spans", truth, truth, "--match loosely").status, 2);
}

TEST_F(Evaluate, AProjectTakesSpansInAndChecksItself)
{
    const std::string project = m_folder / "P";
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    const std::string list = write("l.csv", "Sample0001,8,10,60,\nSample0001,7,100,160,0.7\n");
    const CliRun taken = telltale("import " + project + " --format csv " + list + " --fps 28 --json");
    ASSERT_EQ(taken.status, 0) << taken.err;
    EXPECT_EQ(taken.json()["spans"], 2);
    const auto info = telltale("project info " + project + " --json").json();
    EXPECT_EQ(info["schema"], 5);
    EXPECT_EQ(info["videos"], 1);
    EXPECT_EQ(info["proposals"], 1);
    EXPECT_EQ(info["annotations"]["by_state"]["accepted"], 1);
    EXPECT_EQ(info["annotations"]["by_class"]["Arms akimbo"], 1);
    EXPECT_EQ(info["edits"], 2);
    EXPECT_DOUBLE_EQ(info["video_list"][0]["fps"], 28);
    const CliRun exported
        = telltale("export " + project + " --format activitynet --out " + m_folder / "x.json");
    EXPECT_EQ(exported.status, 0);
    EXPECT_THAT(exported.err, HasSubstr("1 of them are proposals"));
    EXPECT_EQ(
        telltale("export " + project + " --format csv --states odd --out " + m_folder / "y.csv").status, 2);
    EXPECT_EQ(telltale("project check " + project + " --json").json()["ok"], true);
}
