// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The whole loop through the real program: synth -> import -> analyze -> retrain -> export -> evaluate.
#include "clirunner.h"
#include <gtest/gtest.h>

TEST(EndToEnd, SyntheticSubjectsComeInAndLabelledSpansGoOut)
{
    const ScratchFolder folder("endtoend");
    const std::string data = folder / "data";
    const std::string project = folder / "project";

    const CliRun synth = telltale("synth " + data + " --layout smg --subjects 2 --minutes 0.5 --seed 5");
    ASSERT_EQ(synth.status, 0) << synth.err;
    ASSERT_EQ(telltale("project new " + project + " --labels smg").status, 0);
    const CliRun import = telltale("import " + project + " --format smg " + data);
    ASSERT_EQ(import.status, 0) << import.err;

    const auto imported = telltale("project info " + project + " --json").json();
    ASSERT_TRUE(imported.is_object());
    EXPECT_EQ(imported["videos"].is_number() ? imported["videos"].get<int>() : -1, 2);
    const int truth = imported["annotations"]["total"];
    ASSERT_GT(truth, 2);

    const CliRun analyze = telltale("analyze " + project);
    ASSERT_EQ(analyze.status, 0) << analyze.err;
    EXPECT_NE(analyze.err.find('%'), std::string::npos) << "no progress was shown";

    const CliRun retrain = telltale("retrain " + project + " --json");
    ASSERT_EQ(retrain.status, 0) << retrain.err;
    EXPECT_TRUE(retrain.json().is_object());

    const auto after = telltale("project info " + project + " --json").json();
    EXPECT_GE(after["annotations"]["by_state"].value("accepted", 0), truth)
        << "a person's spans were touched";
    EXPECT_GT(after["edits"].get<int>(), imported["edits"].get<int>());

    const std::string exported = folder / "x.json";
    ASSERT_EQ(telltale("export " + project + " --format activitynet --out " + exported).status, 0);
    const auto json = nlohmann::json::parse(slurp(exported));
    int spans = 0;
    for (const auto& [name, video] : json["database"].items()) {
        const double duration = video["duration"];
        for (const auto& annotation : video["annotations"]) {
            ++spans;
            EXPECT_GE(annotation["segment"][0].get<double>(), 0.0);
            EXPECT_LE(annotation["segment"][1].get<double>(), duration + 1e-6);
            EXPECT_LT(annotation["segment"][0].get<double>(), annotation["segment"][1].get<double>());
        }
    }
    EXPECT_GE(spans, truth);

    const CliRun self
        = telltale("evaluate --task spans --truth " + exported + " --pred " + exported + " --json");
    ASSERT_EQ(self.status, 0) << self.err;
    EXPECT_NEAR(self.json()["f1"]["0.3"].get<double>(), 1.0, 1e-6) << "a file must agree with itself";

    EXPECT_EQ(telltale("project check " + project).status, 0);
}

TEST(EndToEnd, TheSameSeedGivesTheSameDataSet)
{
    const ScratchFolder folder("seeds");
    for (const char* name : {"a", "b"})
        ASSERT_EQ(
            telltale("synth " + (folder / name) + " --layout imigue --subjects 1 --minutes 0.1 --seed 3")
                .status,
            0);
    const std::string compare = "diff -r " + (folder / "a") + " " + (folder / "b") + " >/dev/null";
    EXPECT_EQ(std::system(compare.c_str()), 0);
}
