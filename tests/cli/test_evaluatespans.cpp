// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

namespace {

class EvaluateSpans : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text)
    {
        const std::filesystem::path file = m_folder / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
        return file;
    }
    static CliRun evaluate(
        const std::string& truth, const std::string& predicted, const std::string& more = {})
    {
        return telltale(
            "evaluate --task spans --truth " + truth + " --pred " + predicted + " --json " + more);
    }
    /// Two subjects who are tested and one who was trained on; what the first ones do was decided, and
    /// proposals of a run lie beside it.
    std::string project()
    {
        const std::string folder = m_folder / "P";
        EXPECT_EQ(telltale("project new " + folder + " --labels smg").status, 0);
        const auto span = [](int from, int to, const std::string& label, const std::string& rest) {
            return json::parse("{\"segment\":[" + std::to_string(from) + "," + std::to_string(to)
                + "],\"label\":\"" + label + "\"" + rest + "}");
        };
        const std::string proposed = R"(,"state":"proposed","score":0.5)";
        json videos = json::object();
        videos["one"] = {{"subset", "test"}, {"subject", "anna"}, {"fps", 25}, {"duration", 100},
            {"annotations",
                {span(0, 10, "Arms akimbo", ""), span(20, 30, "Crossing legs", ""),
                    span(1, 10, "Arms akimbo", proposed), span(40, 50, "Arms akimbo", proposed),
                    span(60, 70, "Folding arms", R"(,"state":"rejected")"),
                    span(80, 90, "Folding arms", R"(,"state":"flagged")")}}};
        videos["two"] = {{"subset", "test"}, {"subject", "bert"}, {"fps", 25}, {"duration", 100},
            {"annotations", {span(0, 10, "Arms akimbo", ""), span(0, 9, "Arms akimbo", proposed)}}};
        videos["three"] = {{"subset", "train"}, {"subject", "carl"}, {"fps", 25}, {"duration", 100},
            {"annotations", {span(0, 10, "Arms akimbo", ""), span(50, 60, "Arms akimbo", proposed)}}};
        const std::string file = write("p.json", json{{"database", videos}}.dump());
        EXPECT_EQ(telltale("import " + folder + " --format activitynet " + file).status, 0);
        return folder;
    }

    ScratchFolder m_folder{"evaluatespans"};
};

} // namespace

TEST_F(EvaluateSpans, AProjectsRunIsScoredAgainstWhatWasDecidedOfItsTestSubjects)
{
    const std::string folder = project();
    const CliRun run = evaluate(folder, folder);
    ASSERT_EQ(run.status, 0) << run.err;
    const json result = run.json();
    EXPECT_EQ(result["truth_spans"], 3);
    EXPECT_EQ(result["predicted_spans"], 3);
    EXPECT_DOUBLE_EQ(result["precision"]["0.5"], 2.0 / 3);
    EXPECT_DOUBLE_EQ(result["recall"]["0.5"], 2.0 / 3);
    EXPECT_DOUBLE_EQ(result["per_subject"]["anna"]["0.5"]["recall"], 0.5);
    EXPECT_DOUBLE_EQ(result["per_subject"]["bert"]["0.5"]["f1"], 1);
    EXPECT_FALSE(result["per_subject"].contains("carl"));
    EXPECT_EQ(result["subjects"]["count"], 2);
    EXPECT_EQ(result["intervals"]["subjects"], 2);
    EXPECT_THAT(run.err, HasSubstr("test subjects of the truth"));
    EXPECT_THAT(run.err, HasSubstr("subjects: from the project"));
    EXPECT_THAT(run.err, HasSubstr("2 videos are not marked as reviewed"));
    EXPECT_THAT(run.err, HasSubstr("4 spans of the project are proposed, skipped or flagged"));
    EXPECT_THAT(run.err, HasSubstr("1 predicted spans lie in videos of other roles"));
    const json all = evaluate(folder, folder, "--role all").json();
    EXPECT_EQ(all["truth_spans"], 4);
    EXPECT_EQ(all["subjects"]["count"], 3);
    EXPECT_EQ(evaluate(folder, folder, "--role validation").status, 2);
    EXPECT_EQ(evaluate(folder, folder, "--role nobody").status, 2);
    const CliRun none = evaluate(folder, folder, "--run nothing-like-it");
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.err, HasSubstr("nothing-like-it"));
}

TEST_F(EvaluateSpans, AProjectGivesFramesToOneSideAndSecondsToTheOther)
{
    const std::string folder = project();
    const std::string frames = write("p.csv", "one,8,0,250,0.9\none,9,500,750,0.8\ntwo,8,0,250,0.7\n");
    const std::string seconds = write("p2.json",
        R"({"results":{"one":[{"segment":[0,10],"label":"arms AKIMBO"},{"segment":[20,30],"label":"Crossing legs"}],
            "two":[{"segment":[0,10],"label":"Arms akimbo"}]}})");
    for (const std::string& predicted : {frames, seconds}) {
        const CliRun run = evaluate(folder, predicted, "--tiou 0.99");
        ASSERT_EQ(run.status, 0) << run.err;
        EXPECT_DOUBLE_EQ(run.json()["f1"]["0.99"], 1) << predicted;
        EXPECT_DOUBLE_EQ(run.json()["per_class"]["Arms akimbo"]["0.99"]["recall"], 1);
    }
}

TEST_F(EvaluateSpans, AFileAgreesWithItselfWhateverTheStatesOfItsSpans)
{
    const std::string exported = m_folder / "x.json";
    ASSERT_EQ(telltale("export " + project() + " --format activitynet --out " + exported).status, 0);
    const CliRun run = evaluate(exported, exported);
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_DOUBLE_EQ(run.json()["f1"]["0.3"], 1);
    EXPECT_THAT(run.err, HasSubstr("proposals, or skipped or flagged, and count like the others"));
    EXPECT_TRUE(run.json()["per_subject"].contains("carl"));
    EXPECT_EQ(evaluate(exported, exported, "--role train").json()["subjects"]["count"], 1);
}

TEST_F(EvaluateSpans, LabelFilesOfSmgAreReadAsTheirFoldersOrAlone)
{
    write("smg/Sample0036/Sample0036_finelabels.csv", "9,1,100\n10,201,300\n");
    write("smg/Sample0037/Sample0037_finelabels.csv", "9,1,50\n");
    write("smg/Sample0001/Sample0001_finelabels.csv", "9,1,50\n");
    const std::string predicted
        = write("p.csv", "Sample0036,8,0,100,0.9\nSample0036,9,200,300,0.8\nSample0037,8,0,50,0.7\n");
    const CliRun run = evaluate(m_folder / "smg", predicted);
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_DOUBLE_EQ(run.json()["f1"]["0.5"], 1);
    EXPECT_DOUBLE_EQ(run.json()["per_class"]["Arms akimbo"]["0.5"]["truth"], 2);
    EXPECT_TRUE(run.json()["per_subject"].contains("s36"));
    EXPECT_THAT(run.err, HasSubstr("every sample of SMG is one"));
    const CliRun alone = evaluate(
        m_folder / "smg/Sample0036/Sample0036_finelabels.csv", write("p36.csv", "Sample0036,8,0,100,0.9\n"));
    ASSERT_EQ(alone.status, 0) << alone.err;
    EXPECT_EQ(alone.json()["truth_spans"], 2);
    EXPECT_THAT(alone.err, HasSubstr("only one subject (s36)"));
    EXPECT_EQ(evaluate(m_folder / "smg", m_folder / "smg").json()["f1"]["0.5"], 1.0);
}

TEST_F(EvaluateSpans, TheKitsRuleCountsFramesOfItsOwnFilesAsTheKitDoes)
{
    // Labels 1 to 101 and 1 to 31: 30 / 100 in the kit, which is not more than 0.3; half-open it is 31 / 101.
    const std::string truth = write("k/Sample0040/Sample0040_finelabels.csv", "1,1,101\n");
    const std::string predicted = write("p.csv", "Sample0040,0,0,31,0.9\n");
    const json result = evaluate(truth, predicted, "--tiou 0.3").json();
    EXPECT_DOUBLE_EQ(result["rules"]["strict"]["0.3"]["f1"], 1);
    EXPECT_DOUBLE_EQ(result["rules"]["starter"]["0.3"]["f1"], 0);
}

TEST_F(EvaluateSpans, LabelFilesOfImigueAreReadAndTheirPlayersAreNotKnown)
{
    write("im/imigue_skeleton_validate/0001/0001_label.csv", "31,0,99\n99,200,299\n");
    write("im/imigue_skeleton_validate/0002/0002_label.csv", "31,0,99\n");
    const std::string predicted
        = write("p.csv", "0001,30,0,100,0.9\n0001,31,200,300,0.8\n0002,30,0,100,0.7\n");
    const CliRun run = evaluate(m_folder / "im", predicted);
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_DOUBLE_EQ(run.json()["f1"]["0.5"], 1);
    EXPECT_THAT(run.err, HasSubstr("do not name the players"));
    const CliRun named = evaluate(
        m_folder / "im", predicted, "--subjects " + write("s.csv", "video_id,subject\n0001,x\n0002,x\n"));
    EXPECT_THAT(named.err, HasSubstr("only one subject (x)"));
    EXPECT_TRUE(named.json()["intervals"].is_null());
    EXPECT_EQ(evaluate(write("0003_label.csv", "1,0,9\n"), predicted).status, 0);
    const CliRun seconds = evaluate(m_folder / "im",
        write("p.json", R"({"results":{"0001":[{"segment":[0,4],"label":"Shaking shoulders","score":1}]}})"),
        "--fps 25");
    ASSERT_EQ(seconds.status, 0) << seconds.err;
    EXPECT_EQ(seconds.json()["unit"], "seconds");
    EXPECT_DOUBLE_EQ(seconds.json()["rules"]["strict"]["0.5"]["correct"], 1);
}

TEST_F(EvaluateSpans, AFileSaysWhoIsInWhichVideo)
{
    const std::string truth = write("t.csv", "a,0,0,10,\nb,0,0,10,\nc,0,0,10,\nd,0,0,10,\n");
    const std::string predicted = write("p.csv", "a,0,0,10,0.9\nc,0,50,60,0.9\n");
    const CliRun alone = evaluate(truth, predicted);
    EXPECT_EQ(alone.json()["subjects"]["count"], 4);
    EXPECT_THAT(alone.err, HasSubstr("each video counts as one of its own"));
    const CliRun run
        = evaluate(truth, predicted, "--subjects " + write("s.csv", "a,anna\nb,anna\nc,carl\nz,nobody\n"));
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json()["subjects"]["count"], 3);
    EXPECT_DOUBLE_EQ(run.json()["per_subject"]["anna"]["0.3"]["recall"], 0.5);
    EXPECT_THAT(run.err, HasSubstr("1 videos are not named there"));
    for (const std::string text : {"a\n", "a,\n", ",anna\n", "a,anna\na,bert\n"}) {
        const CliRun bad = evaluate(truth, predicted, "--subjects " + write("s.csv", text));
        EXPECT_EQ(bad.status, 1) << text;
        EXPECT_THAT(bad.err, HasSubstr("s.csv, line")) << text;
    }
    EXPECT_EQ(evaluate(truth, predicted, "--subjects " + m_folder / "none.csv").status, 1);
}

TEST_F(EvaluateSpans, IntervalsRepeatWithTheirSeed)
{
    std::string truth;
    std::string predicted;
    for (int i = 0; i < 8; ++i) {
        const std::string name = "v" + std::to_string(i);
        truth += name + ",0,0,100,\n" + name + ",1,200,300,\n";
        predicted += name + ",0,0," + std::to_string(20 + 10 * i) + ",0.9\n" + name + ",1,200,300,0.8\n";
    }
    const std::string t = write("t.csv", truth);
    const std::string p = write("p.csv", predicted);
    const json first = evaluate(t, p, "--bootstrap 50 --seed 3").json()["intervals"];
    EXPECT_EQ(first, evaluate(t, p, "--bootstrap 50 --seed 3").json()["intervals"]);
    EXPECT_NE(first["f1"], evaluate(t, p, "--bootstrap 50 --seed 4").json()["intervals"]["f1"]);
    EXPECT_EQ(first["resamples"], 50);
    EXPECT_EQ(first["seed"], 3);
    EXPECT_LT(first["f1"]["0.5"][0], first["f1"]["0.5"][1]);
    EXPECT_TRUE(first["per_class_f1"]["0"]["0.5"].is_array());
    EXPECT_TRUE(evaluate(t, p, "--bootstrap 0").json()["intervals"].is_null());
    EXPECT_THAT(evaluate(t, p, "--bootstrap 0").err, Not(HasSubstr("only one subject")));
    for (const std::string wrong : {"--bootstrap -1", "--bootstrap x", "--level 2", "--top-k 0",
             "--proposals a", "--score odd", "--fps 0", "--labels none.json"})
        EXPECT_NE(evaluate(t, p, wrong).status, 0) << wrong;
}

TEST_F(EvaluateSpans, EveryFigureHasItsKey)
{
    const std::string truth = write("t.csv", "v,0,0,100,\nv,1,200,300,\nw,0,0,100,\n");
    const std::string predicted
        = write("p.csv", "v,0,0,100,0.9\nv,0,10,100,0.8\nv,0,200,300,0.7\nw,5,400,500,0.6\n");
    const json result = evaluate(truth, predicted, "--tiou 0.3,0.50 --top-k 1,3 --proposals 2").json();
    EXPECT_DOUBLE_EQ(result["top_k_recall"]["0.50"]["1"], 0.25);
    EXPECT_DOUBLE_EQ(result["proposal_recall"]["0.3"]["2"], 1.0 / 3);
    EXPECT_DOUBLE_EQ(result["average_recall"]["2"], 1.0 / 3);
    EXPECT_EQ(result["errors"]["0.3"]["correct"], 1);
    EXPECT_EQ(result["errors"]["0.3"]["double_detection"], 1);
    EXPECT_EQ(result["errors"]["0.3"]["wrong_label"], 1);
    EXPECT_EQ(result["errors"]["0.3"]["background"], 1);
    EXPECT_EQ(result["errors"]["0.3"]["missed"], 1);
    EXPECT_GT(result["errors"]["0.3"]["f1_without"]["wrong_label"], result["f1"]["0.3"]);
    EXPECT_DOUBLE_EQ(result["average_mAP"], result["mAP"]["0.3"]);
    EXPECT_DOUBLE_EQ(result["average_AP"]["0"], result["per_class"]["0"]["0.3"]["ap"]);
    EXPECT_TRUE(result["per_class"]["5"]["0.3"]["ap"].is_null()) << "a class that is only predicted has none";
    EXPECT_EQ(result["per_class"]["0"]["0.3"]["errors"]["double_detection"], 1);
    EXPECT_EQ(result["per_subject"]["v"]["0.3"]["per_class"]["0"]["correct"], 1);
    EXPECT_EQ(result["rules"]["starter"]["0.3"]["correct"], 1);
    const CliRun text = telltale("evaluate --task spans --truth " + truth + " --pred " + predicted);
    EXPECT_THAT(text.out, HasSubstr("double detection 1"));
    EXPECT_THAT(text.out, HasSubstr("1000 resamples of 2 subjects"));
}

TEST_F(EvaluateSpans, OddTruthsAndPredictionsHaveTheResultsThatAreDocumented)
{
    const std::string header = "video_id,class_id,start_frame,end_frame,score\n";
    const std::string nothing = write("none.csv", header);
    const std::string some = write("t.csv", "v,0,0,100,\n");
    for (const auto& [truth, predicted] : {std::pair{nothing, nothing}, {nothing, some}, {some, nothing}}) {
        const CliRun run = evaluate(truth, predicted);
        ASSERT_EQ(run.status, 0) << run.err;
        for (const char* key : {"f1", "precision", "recall", "mAP"})
            EXPECT_DOUBLE_EQ(run.json()[key]["0.3"], 0) << key;
        EXPECT_THAT(run.err, HasSubstr("0 because there is nothing"));
    }
    const CliRun twice = evaluate(write("t2.csv", "v,0,0,100,\nv,0,0,100,\nv,0,5,5,\n"), some);
    EXPECT_DOUBLE_EQ(twice.json()["f1"]["0.3"], 1);
    EXPECT_DOUBLE_EQ(twice.json()["rules"]["starter"]["0.3"]["recall"], 2.0 / 3);
    EXPECT_THAT(twice.err, HasSubstr("2 spans of the truth have no length or are there twice"));
    const CliRun outside = evaluate(
        write("o.json",
            R"({"database":{"v":{"duration":10,"annotations":[{"segment":[-5,5],"label":"a"},{"segment":[8,20],"label":"b"}]}}})"),
        write("op.json", R"({"results":{"v":[{"segment":[8,20],"label":"b","score":1}]}})"));
    EXPECT_DOUBLE_EQ(outside.json()["recall"]["0.5"], 0.5);
    EXPECT_THAT(outside.err, HasSubstr("2 spans of the truth and 1 predicted ones reach out of their video"));
    const CliRun names = evaluate(some, write("n.csv", "v,waving,0,100,0.5\n"), "--labels smg");
    EXPECT_DOUBLE_EQ(names.json()["f1"]["0.3"], 0);
    EXPECT_THAT(names.err, HasSubstr("not in the label scheme and kept as they are written: waving"));
    EXPECT_THAT(names.err, HasSubstr("only predicted, which counts as wrong"));
    EXPECT_TRUE(names.json()["per_class"].contains("Turtling neck and shoulder"));
    for (const std::string text : {"v,0,0,100,nan\n", "v,0,0,100,inf\n", "v,0,nan,100,1\n"}) {
        const CliRun run = evaluate(some, write("p.csv", text));
        EXPECT_EQ(run.status, 1) << text;
        EXPECT_THAT(run.err, HasSubstr("p.csv, line 1")) << text;
    }
    EXPECT_THAT(evaluate(m_folder / ".", some).err, HasSubstr("neither a project nor videos"));
    EXPECT_EQ(evaluate(m_folder / "absent", some).status, 1);
}
