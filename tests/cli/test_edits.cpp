// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

/// A project with four proposals in two videos.
class ProjectEdits : public testing::Test {
protected:
    void SetUp() override
    {
        std::ofstream(m_folder / "l.csv")
            << "one,2,10,60,0.9\none,3,100,160,0.6\ntwo,2,10,60,0.8\ntwo,3,70,90,0.3\n";
        ASSERT_EQ(telltale("project new " + m_project + " --labels smg").status, 0);
        const CliRun taken = telltale("import " + m_project + " --format csv " + m_folder / "l.csv");
        ASSERT_EQ(taken.status, 0) << taken.err;
    }
    std::string className(size_t id)
    {
        return telltale("project scheme " + m_project + " --json").json()["classes"][id]["name"];
    }

    ScratchFolder m_folder{"edits"};
    std::string m_project = m_folder / "p";
};

TEST_F(ProjectEdits, AcceptTakesWhatIsProbableEnoughInOneEdit)
{
    const CliRun run = telltale("project accept " + m_project + " --above 0.6 --json");
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json()["accepted"], 3);
    EXPECT_EQ(run.json()["open"], 1);
    const auto log = telltale("project log " + m_project + " --last 1 --json").json();
    ASSERT_EQ(log["entries"].size(), 1U);
    EXPECT_EQ(log["entries"][0]["command"], "accept_above");
    EXPECT_EQ(log["entries"][0]["sequence"], log["edits"]);
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
}

TEST_F(ProjectEdits, AcceptCanBeLimitedToAClassAndAVideo)
{
    const CliRun run = telltale(
        "project accept " + m_project + " --above 0 --class '" + className(3) + "' --video two --json");
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json()["accepted"], 1);
    EXPECT_EQ(run.json()["open"], 3);
}

TEST_F(ProjectEdits, AcceptSaysWhatIsWrong)
{
    const auto refused = [this](const std::string& options, int status, const char* because) {
        const CliRun run = telltale("project accept " + m_project + " " + options);
        EXPECT_EQ(run.status, status) << options;
        EXPECT_THAT(run.err, HasSubstr(because));
    };
    refused("", 2, "--above is missing");
    refused("--above 90", 2, "--above wants a number");
    refused("--above 0.5 --class Nothing", 1, "no class 'Nothing'");
    refused("--above 0.5 --video three", 1, "no video named 'three'");
    EXPECT_EQ(telltale("project log " + m_project + " --json").json()["edits"], 2); // made and imported
}

TEST_F(ProjectEdits, ASchemeGoesOutAndComesBackAsANewVersion)
{
    auto scheme = telltale("project scheme " + m_project + " --json").json();
    const int version = scheme["version"];
    scheme["classes"][2]["shortcut"] = "G";
    scheme["classes"][2]["excludes"] = {3};
    std::ofstream(m_folder / "s.json") << scheme.dump();
    const CliRun set = telltale("project scheme " + m_project + " --set " + m_folder / "s.json" + " --json");
    ASSERT_EQ(set.status, 0) << set.err;
    EXPECT_EQ(set.json()["version"], version + 1);
    EXPECT_EQ(set.json()["classes"][2]["shortcut"], "G");
    EXPECT_THAT(telltale("project scheme " + m_project).out, HasSubstr("excludes 3"));
    EXPECT_EQ(telltale("project check " + m_project).status, 0);
}

TEST_F(ProjectEdits, ClassesKeepTheirPlaces)
{
    auto scheme = telltale("project scheme " + m_project + " --json").json();
    std::swap(scheme["classes"][2], scheme["classes"][3]);
    std::ofstream(m_folder / "s.json") << scheme.dump();
    const CliRun moved = telltale("project scheme " + m_project + " --set " + m_folder / "s.json");
    EXPECT_EQ(moved.status, 1);
    EXPECT_THAT(moved.err, HasSubstr("keep their places"));
    std::swap(scheme["classes"][2], scheme["classes"][3]);
    scheme["classes"].erase(scheme["classes"].size() - 1);
    std::ofstream(m_folder / "s.json") << scheme.dump();
    const CliRun shorter = telltale("project scheme " + m_project + " --set " + m_folder / "s.json");
    EXPECT_EQ(shorter.status, 1);
    EXPECT_THAT(shorter.err, HasSubstr("retire"));
}

TEST_F(ProjectEdits, PredictionsWhereNobodyHasLookedAreNeitherRightNorWrong)
{
    std::ofstream(m_folder / "t.json") << R"({"database": {"one": {"duration": 100, "reviewed": [[0, 20]],
        "annotations": [{"segment": [1, 3], "label": "nod"}, {"segment": [60, 62], "label": "nod", "state": "rejected"}]}}})";
    std::ofstream(m_folder / "p.json") << R"({"results": {"one": [
        {"segment": [1, 3], "label": "nod", "score": 0.9}, {"segment": [10, 12], "label": "nod", "score": 0.8},
        {"segment": [40, 42], "label": "nod", "score": 0.7}, {"segment": [60, 62], "label": "nod", "score": 0.6}]}})";
    const CliRun run = telltale("evaluate --task spans --truth " + m_folder / "t.json" + " --pred "
        + m_folder / "p.json" + " --tiou 0.5 --json");
    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.json()["predicted_spans"], 3); // the one at 40 s is not judged, that on a refused span is
    EXPECT_THAT(run.err, HasSubstr("1 predicted spans lie where the truth is not marked as reviewed"));
}

TEST_F(ProjectEdits, AWholeTeamIsTakenInWithOneCommandInAnyOrder)
{
    const std::string members = "project members " + m_project + " --json";
    const CliRun made = telltale(members + " --set bert=annotator --set anna=owner --set rita=reviewer");
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.json()["members"].size(), 3U);
    EXPECT_EQ(telltale(members + " --set carl=chief").status, 2);
    // Whoever runs this is no member, so nothing more may be changed.
    const CliRun refused = telltale(members + " --remove bert");
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("ask an owner"));
}

} // namespace
