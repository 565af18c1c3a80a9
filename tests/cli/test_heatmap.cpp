// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "clirunner.h"
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using testing::HasSubstr;

namespace {

/// Six frames of two people in OpenPose's 25 points.
class HeatmapCommand : public testing::Test {
protected:
    void SetUp() override
    {
        std::filesystem::create_directories(m_track);
        for (int frame = 0; frame < 6; ++frame) {
            nlohmann::json people = nlohmann::json::array();
            for (const int shift : {0, 60}) {
                nlohmann::json points = nlohmann::json::array();
                for (int point = 0; point < 25; ++point) {
                    points.push_back(100 + shift + 7 * point + 3 * frame);
                    points.push_back(80 + 9 * point);
                    points.push_back(0.9);
                }
                people.push_back({{"pose_keypoints_2d", points}});
            }
            std::ofstream(m_track + "/v_00000000000" + std::to_string(frame) + "_keypoints.json")
                << nlohmann::json{{"version", 1.3}, {"people", people}};
        }
    }
    CliRun heatmap(const std::string& options) const
    {
        return telltale("heatmap " + m_track + " --out " + m_maps + " --json " + options);
    }
    nlohmann::json shapeOf(const std::string& options) const
    {
        const CliRun run = heatmap(options);
        EXPECT_EQ(run.status, 0) << run.err;
        return run.json()["shape"];
    }

    ScratchFolder m_folder{"heatmap"};
    std::string m_track = m_folder / "poses";
    std::string m_maps = m_folder / "maps.npy";
};

} // namespace

TEST_F(HeatmapCommand, DrawsThePointsThatTheTrackHas)
{
    EXPECT_EQ(shapeOf(""), nlohmann::json({25, 6, 64, 64}));
    const std::string file = slurp(m_maps);
    EXPECT_THAT(
        file.substr(0, 128), HasSubstr("'descr': '<f4', 'fortran_order': False, 'shape': (25, 6, 64, 64)"));
    ASSERT_EQ(file.size(), 128U + 25 * 6 * 64 * 64 * 4);
    float most = 0;
    for (size_t at = 128; at < file.size(); at += 4) {
        float value = 0;
        std::memcpy(&value, file.data() + at, 4);
        most = std::max(most, value);
    }
    EXPECT_GT(most, 0.6f);
    EXPECT_LE(most, 0.9f);
    EXPECT_EQ(shapeOf("--layout telltale68"), nlohmann::json({68, 6, 64, 64}));
    EXPECT_EQ(shapeOf("--layout telltale68 --limbs"), nlohmann::json({67, 6, 64, 64}));
}

TEST_F(HeatmapCommand, TakesSizesNumbersOrdersAndPersons)
{
    EXPECT_EQ(shapeOf("--size 24x40 --frames 3 --order frames --dtype u1"), nlohmann::json({3, 25, 24, 40}));
    EXPECT_EQ(slurp(m_maps).size(), 128U + 3 * 25 * 24 * 40);
    EXPECT_EQ(shapeOf("--frames 2 --double --dtype f2 --person all"), nlohmann::json({2, 25, 2, 64, 64}));
    EXPECT_THAT(slurp(m_maps).substr(0, 128), HasSubstr("<f2"));
    shapeOf("--picture 480x640 --person 0");
    const std::string first = slurp(m_maps);
    shapeOf("--picture 480x640 --person 1");
    EXPECT_NE(slurp(m_maps), first);
    shapeOf("--picture 480x640 --person 0");
    EXPECT_EQ(slurp(m_maps), first) << "the same every time";
}

TEST_F(HeatmapCommand, SaysWhatIsWrongAndLeavesNothing)
{
    const auto fails = [&](const std::string& options, int status, const std::string& text) {
        const CliRun run = heatmap(options);
        EXPECT_EQ(run.status, status) << options;
        EXPECT_THAT(run.err, HasSubstr(text));
        EXPECT_FALSE(std::filesystem::exists(m_maps));
    };
    fails("--dtype f8", 2, "f8");
    fails("--size 64", 2, "64x64");
    fails("--picture wide", 2, "1080x1920");
    fails("--sigma 0", 2, "sigma");
    fails("--order rows", 2, "rows");
    fails("--variant mine", 2, "mmaction2");
    fails("--person 2", 1, "there is no person 2");
    fails("--layout nobody", 1, "nobody");
    EXPECT_EQ(telltale("heatmap " + m_track).status, 2);
    EXPECT_EQ(telltale("heatmap " + (m_folder / "absent") + " --out " + m_maps).status, 1);
}
