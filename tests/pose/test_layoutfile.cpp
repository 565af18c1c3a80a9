// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layoutmap.h"
#include "posefiles.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr const char* kUpper5 = R"({
 "layout": "upper5", "title": "Five points",
 "points": ["nose", "left_shoulder", "right_shoulder", "LW", "RW"],
 "edges": [["left_shoulder", "nose"], ["right_shoulder", 0], ["LW", "left_shoulder"], [4, 2]],
 "flips": [["left_shoulder", "right_shoulder"], ["LW", "RW"]],
 "parts": {"LW": "left_arm", "RW": "right_arm"},
 "joints": {"left_wrist": "LW", "right_wrist": ["RW"]}
})";

std::string errorOf(const std::string& text)
{
    const ScratchFolder folder("layouterror");
    const auto layout = readLayoutFile(folder.write("bad.json", text));
    EXPECT_FALSE(layout.ok()) << text;
    return layout.ok() ? "" : layout.error().message;
}

/// The user's folder of layouts for the time of a test.
class UserFolder {
public:
    UserFolder() : m_scratch("userlayouts")
    {
        const char* before = std::getenv("XDG_DATA_HOME");
        m_before = before ? before : "";
        setenv("XDG_DATA_HOME", m_scratch.path().c_str(), 1);
        std::filesystem::create_directories(userLayoutFolder());
    }
    ~UserFolder()
    {
        if (m_before.empty())
            unsetenv("XDG_DATA_HOME");
        else
            setenv("XDG_DATA_HOME", m_before.c_str(), 1);
    }
    UserFolder(const UserFolder&) = delete;
    UserFolder& operator=(const UserFolder&) = delete;
    std::filesystem::path write(const std::string& name, const std::string& text) const
    {
        return m_scratch.write("telltale/layouts/" + name, text);
    }

private:
    ScratchFolder m_scratch;
    std::string m_before;
};

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

} // namespace

TEST(LayoutFiles, WhatIsWrittenComesBackTheSame)
{
    const ScratchFolder folder("layouts");
    for (const PoseLayout& layout : poseLayouts()) {
        const std::string text = replaced(
            formatLayout(layout), "\"layout\": \"" + layout.name, "\"layout\": \"my_" + layout.name);
        const auto back = readLayoutFile(folder.write("my_" + layout.name + ".json", text));
        ASSERT_TRUE(back.ok()) << back.error().message;
        EXPECT_EQ(back->points, layout.points);
        EXPECT_EQ(back->edges, layout.edges);
        EXPECT_EQ(back->parents, layout.parents);
        EXPECT_EQ(back->flipPairs, layout.flipPairs);
        EXPECT_EQ(back->parts, layout.parts);
        EXPECT_EQ(back->bones, layout.bones);
        EXPECT_EQ(back->limbs, layout.limbs);
        EXPECT_EQ(back->leftLimbs, layout.leftLimbs);
        EXPECT_EQ(back->rightLimbs, layout.rightLimbs);
        EXPECT_EQ(back->graph, layout.graph);
        EXPECT_EQ(back->centre, layout.centre);
        EXPECT_EQ(back->sources68, layout.sources68);
        EXPECT_EQ(back->headFromEyes, layout.headFromEyes);
    }
}

TEST(LayoutFiles, ALayoutOfTheUserIsFoundByNameAndMapsByItsJoints)
{
    const UserFolder folder;
    folder.write("upper5.json", kUpper5);
    const auto layout = findPoseLayout("upper5");
    ASSERT_TRUE(layout.ok()) << layout.error().message;
    EXPECT_EQ((*layout)->flipPairs.size(), 2u);
    EXPECT_EQ((*layout)->parts[3], BodyPart::LeftArm);
    EXPECT_EQ((*layout)->limbs, (*layout)->edges);
    EXPECT_EQ(findPoseLayout("upper5").value(), *layout) << "the same table each time";
    PoseTrack track;
    track.layout = "upper5";
    track.persons = 1;
    track.pointCount = 5;
    track.frames = {0};
    track.points = {{50, 10, 1}, {80, 40, 1}, {20, 40, 0.5f}, {90, 90, 1}, {10, 90, 1}};
    const auto ours = mapTrack(track, "telltale68");
    ASSERT_TRUE(ours.ok()) << ours.error().message;
    EXPECT_EQ(ours->at(0, 0)[9].x, 90) << "left wrist";
    EXPECT_EQ(ours->at(0, 0)[10].x, 10) << "right wrist";
    EXPECT_EQ(ours->at(0, 0)[18].x, 50) << "neck between the shoulders";
    EXPECT_EQ(ours->at(0, 0)[18].score, 0.5f);
    const auto back = mapTrack(*ours, "upper5");
    ASSERT_TRUE(back.ok()) << back.error().message;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(back->at(0, 0)[i].x, track.points[static_cast<size_t>(i)].x) << i;
    EXPECT_THAT(findPoseLayout("nonsense").error().message, HasSubstr("upper5"));
}

TEST(LayoutFiles, ATrackInALayoutOfTheUserSurvivesItsFile)
{
    const UserFolder folder;
    folder.write("saved5.json", replaced(kUpper5, "upper5", "saved5"));
    PoseTrack track;
    track.layout = "saved5";
    track.persons = 1;
    track.pointCount = 5;
    track.frames = {3};
    track.points = {{1, 2, 1}, {3, 4, 1}, {5, 6, 1}, {7, 8, 1}, {9, 10, 1}};
    const ScratchFolder scratch("saved");
    ASSERT_TRUE(writeTrack(scratch / "t.npz", track).ok());
    const auto back = readTrack(scratch / "t.npz");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(back->layout, "saved5");
    track.layout = "elsewhere5";
    ASSERT_TRUE(writeTrack(scratch / "u.npz", track).ok());
    const auto unknown = readTrack(scratch / "u.npz");
    ASSERT_FALSE(unknown.ok());
    EXPECT_THAT(unknown.error().message, HasSubstr("elsewhere5"));
    EXPECT_THAT(unknown.error().message, HasSubstr(userLayoutFolder().string()));
}

TEST(LayoutFiles, APathGivesALayoutAndAnotherOneOfItsNameIsRefused)
{
    const ScratchFolder folder("paths");
    const std::string text = replaced(kUpper5, "upper5", "path5");
    const auto layout = openPoseLayout(folder.write("any.json", text).string());
    ASSERT_TRUE(layout.ok()) << layout.error().message;
    EXPECT_EQ(findPoseLayout("path5").value(), *layout);
    EXPECT_EQ(openPoseLayout(folder.write("same.json", text).string()).value(), *layout);
    const auto other
        = openPoseLayout(folder.write("other.json", replaced(text, "\"nose\"", "\"nase\"")).string());
    EXPECT_FALSE(other.ok()) << "its edges name the nose";
    const auto clash = openPoseLayout(
        folder.write("clash.json", replaced(text, "\"right_wrist\": [\"RW\"]", "\"right_elbow\": 4"))
            .string());
    ASSERT_FALSE(clash.ok());
    EXPECT_EQ(clash.error().code, ErrorCode::Conflict);
    EXPECT_THAT(clash.error().message, HasSubstr("clash.json"));
    EXPECT_EQ(openPoseLayout("coco17").value(), *findPoseLayout("coco17"));
    EXPECT_EQ(openPoseLayout((folder / "absent.json").string()).error().code, ErrorCode::NotFound);
}

TEST(LayoutFiles, NamesDoNotLeadOutOfTheFolder)
{
    const UserFolder folder;
    folder.write("../outside.json", kUpper5);
    EXPECT_EQ(findPoseLayout("../outside").error().code, ErrorCode::NotFound);
    EXPECT_EQ(findPoseLayout("").error().code, ErrorCode::NotFound);
}

TEST(LayoutFiles, AFileUnderAnotherNameIsRefused)
{
    const UserFolder folder;
    folder.write("renamed5.json", replaced(kUpper5, "upper5", "original5"));
    EXPECT_THAT(findPoseLayout("renamed5").error().message, HasSubstr("renamed5.json"));
}

TEST(LayoutFiles, MistakesNameFileFieldAndRemedy)
{
    const std::string good = kUpper5;
    const auto wrong = [&](const std::string& what, const std::string& by, const std::string& field) {
        const std::string message = errorOf(replaced(good, what, by));
        EXPECT_THAT(message, HasSubstr("bad.json"));
        EXPECT_THAT(message, HasSubstr("'" + field + "'")) << message;
    };
    wrong("\"title\"", "\"titel\"", "titel");
    wrong("\"upper5\"", "\"two words\"", "layout");
    wrong("\"upper5\"", "\"coco17\"", "layout");
    wrong("\"Five points\"", "5", "title");
    wrong("\"LW\", \"RW\"]", "\"LW\", \"LW\"]", "points");
    wrong("\"LW\", \"RW\"]", "\"LW\", 7]", "points");
    wrong("[4, 2]", "[5, 2]", "edges");
    wrong("[4, 2]", "[4]", "edges");
    wrong("[4, 2]", "[3, 2]", "edges"); // two parents
    wrong("[4, 2]", "[0, 3]", "edges"); // a circle
    wrong("[4, 2]", "[4, 4]", "edges");
    wrong("[\"LW\", \"RW\"]]", "[\"LW\", \"left_shoulder\"]]", "flips");
    wrong("\"left_arm\"", "\"left_wing\"", "parts");
    wrong("\"left_wrist\": \"LW\"", "\"nose\": \"LW\"", "joints");
    wrong("\"left_wrist\": \"LW\"", "\"left_wrist\": []", "joints");
    EXPECT_THAT(errorOf("[1, 2]"), HasSubstr("not a JSON object"));
    EXPECT_THAT(errorOf(good.substr(0, 200)), HasSubstr("cut short"));
    EXPECT_THAT(errorOf(replaced(good, "\"title\"", "\"left_limbs\": [9], \"right_limbs\": [0], \"title\"")),
        HasSubstr("'left_limbs'"));
    EXPECT_THAT(errorOf(replaced(good, "\"title\"", "\"centre\": 17, \"title\"")), HasSubstr("'centre'"));
}

TEST(LayoutFiles, EveryCutOfAFileIsRefused)
{
    const ScratchFolder folder("cuts");
    const std::string good = kUpper5;
    for (size_t cut = 0; cut + 1 < good.size(); cut += 7)
        EXPECT_FALSE(readLayoutFile(folder.write("cut.json", good.substr(0, cut))).ok()) << cut;
}
