// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "marks.h"
#include <map>

using namespace telltale;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

using FrameRow = std::tuple<std::string, int64_t, int64_t>;

std::vector<FrameRow> framesOf(const IntakeVideo& video)
{
    std::vector<FrameRow> rows;
    for (const IntakeSpan& span : video.spans)
        rows.emplace_back(span.label, span.frames.first, span.frames.last);
    return rows;
}

std::string withTracks(const std::string& tracks)
{
    return "<annotations>\n<version>1.1</version>\n" + tracks + "\n</annotations>\n";
}

} // namespace

TEST_F(ExchangeTest, ACvatTaskThatLeavesFramesOutHasFramesOfTheVideo)
{
    const auto path = testData() / "formats" / "cvat_video" / "datumaro_annotations.xml";
    if (!std::filesystem::exists(path))
        GTEST_SKIP() << "no real file: " << path;
    // start_frame 10, step=3: the shapes stand at 10, 13 and 16, which are frames of t.mp4.
    auto read = readMarks("cvat", path, *readFile(path));
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "t");
    EXPECT_THAT(framesOf(read.videos[0]),
        ElementsAre(FrameRow("II", 10, 13), FrameRow("klhg", 10, 13), FrameRow("II", 13, 16)));
    read = readMarks("cvat", path, *readFile(path), {}, {{"spans", "attributes"}});
    EXPECT_THAT(framesOf(read.videos.at(0)), ElementsAre(FrameRow("hgl=hgkf", 10, 13)));
}

TEST_F(ExchangeTest, RealTracksOfCvatEndBehindTheirLastShape)
{
    const auto folder = testData() / "formats" / "cvat_video";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no real files: " << folder;
    auto path = folder / "JAAD_video_0002.xml";
    auto read = readMarks("cvat", path, *readFile(path));
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "video_0002");
    EXPECT_EQ(read.videos[0].frameCount, 210);
    EXPECT_THAT(framesOf(read.videos[0]),
        ElementsAre(FrameRow("pedestrian", 18, 210), FrameRow("pedestrian", 52, 210)));
    path = folder / "JAAD_video_0004.xml";
    read = readMarks("cvat", path, *readFile(path));
    EXPECT_THAT(
        framesOf(read.videos.at(0)), ElementsAre(FrameRow("ped", 0, 176), FrameRow("pedestrian", 0, 119)));
}

TEST_F(ExchangeTest, RealAttributesThatChangeBecomeSpansWhereTheUserWantsThem)
{
    const auto folder = testData() / "formats" / "cvat_video";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no real files: " << folder;
    // Counted with a script of its own over the rows of equal values of what is marked "~" in the labels.
    auto path = folder / "JAAD_video_0002.xml";
    auto read = readMarks("cvat", path, *readFile(path), {}, {{"spans", "attributes"}});
    EXPECT_THAT(read.problems, IsEmpty());
    std::map<std::string, int> counts;
    for (const IntakeSpan& span : read.videos.at(0).spans)
        ++counts[span.label];
    EXPECT_EQ(counts,
        (std::map<std::string, int>{{"look=not-looking", 5}, {"action=walking", 2}, {"cross=not-crossing", 4},
            {"occlusion=full", 5}, {"occlusion=part", 6}, {"look=looking", 3}, {"occlusion=none", 2},
            {"hand_gesture=other", 2}, {"cross=crossing", 2}, {"reaction=speed_up", 1}}));
    EXPECT_THAT(framesOf(read.videos[0]),
        AllOf(Contains(FrameRow("cross=crossing", 54, 162)), Contains(FrameRow("cross=crossing", 82, 162)),
            Contains(FrameRow("cross=not-crossing", 162, 210))));
    EXPECT_EQ(read.videos[0].spans.front().personName, "P0");
    EXPECT_EQ(read.videos[0].spans.back().personName, "P1");
    path = folder / "JAAD_video_0004.xml";
    read = readMarks("cvat", path, *readFile(path), {}, {{"spans", "attributes"}});
    EXPECT_EQ(read.videos.at(0).spans.size(), 19U);
}

TEST_F(ExchangeTest, CvatKeepsEverythingOfASpan)
{
    const LabelScheme scheme = awkwardScheme();
    OutgoingVideo video = marksVideo(scheme);
    for (const int width : {640, 0}) {
        video.width = width;
        const OutgoingFile file = renderMarks("cvat", video, scheme);
        const auto read = readMarks("cvat", "x.xml", file.content);
        EXPECT_THAT(read.problems, IsEmpty());
        ASSERT_EQ(read.videos.size(), 1U) << read.error;
        EXPECT_EQ(read.videos[0].name, video.name);
        EXPECT_EQ(read.videos[0].frameCount, 1000);
        EXPECT_EQ(marksOf(read.videos, video.times), marksOf(video));
        // CVAT refuses frames that the video does not have.
        EXPECT_THAT(file.content, Not(HasSubstr("frame=\"1000\"")));
    }
}

TEST_F(ExchangeTest, CvatShapesOfEveryKindMakeSpans)
{
    const auto read = readMarks("cvat", "clip.xml", withTracks(R"(
<track label="a"><polygon frame="3"/><polygon frame="9" outside="0"/><polygon frame="12" outside="1"/>
<polygon frame="20" outside="0"/></track>
<track label="b" source="auto"><skeleton frame="1" keyframe="1"><points label="1" outside="1"/><points label="2" outside="0"/>
</skeleton><skeleton frame="5" keyframe="1"><points label="1" outside="1"/><points label="2" outside="1"/></skeleton></track>
<track label="c"><ellipse frame="7" outside="1"/><ellipse frame="4" outside="0"/></track>
<track label="d"><box frame="0" outside="1"/></track>)"));
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 1U) << read.error;
    EXPECT_EQ(read.videos[0].name, "clip");
    EXPECT_THAT(framesOf(read.videos[0]),
        ElementsAre(FrameRow("a", 3, 12), FrameRow("a", 20, 21), FrameRow("b", 1, 5), FrameRow("c", 4, 7)));
    EXPECT_EQ(read.videos[0].spans[2].state, SpanState::Proposed);
}

TEST_F(ExchangeTest, TickedBoxesOfCvatAreSpansAndOthersAreNot)
{
    const auto read = readMarks("cvat", "x.xml", withTracks(R"(
<meta><task><labels><label><name>head</name><attributes><attribute><name>nods</name><mutable>True</mutable></attribute>
<attribute><name>glasses</name><mutable>False</mutable></attribute></attributes></label></labels></task></meta>
<track label="head"><box frame="0"><attribute name="nods">false</attribute><attribute name="glasses">true</attribute></box>
<box frame="5"><attribute name="nods">true</attribute></box><box frame="8"><attribute name="nods">true</attribute></box>
<box frame="9"><attribute name="nods">false</attribute></box><box frame="11"><attribute name="nods">true</attribute></box>
<box frame="13" outside="1"><attribute name="nods">true</attribute></box></track>)"),
        {}, {{"spans", "attributes"}});
    EXPECT_THAT(framesOf(read.videos.at(0)), ElementsAre(FrameRow("nods", 5, 9), FrameRow("nods", 11, 13)));
}

TEST_F(ExchangeTest, CvatTellsWhatIsWrongByLine)
{
    EXPECT_THAT(readMarks("cvat", "x.xml", "<annotations><image id=\"0\"/></annotations>").error,
        HasSubstr("CVAT for images"));
    EXPECT_THAT(readMarks("cvat", "x.xml", "<annotations/>").error, HasSubstr("no file of CVAT"));
    EXPECT_THAT(readMarks("cvat", "x.xml", "<annotation/>").error, HasSubstr("wanted is 'annotations'"));
    const auto read = readMarks("cvat", "x.xml",
        withTracks(
            "<track id=\"0\"><box frame=\"1\"/></track>\n<track id=\"1\" label=\"a\"/>\n"
            "<track id=\"2\" label=\"a\"><box frame=\"x\"/>\n<box frame=\"-3\"/>\n<box "
            "frame=\"2\"/></track>\n"
            "<track id=\"3\" label=\"b\"><box frame=\"1\"><attribute name=\"status\">proposed</attribute>"
            "<attribute name=\"confidence\">nan</attribute></box></track>"));
    EXPECT_THAT(read.problems,
        ElementsAre(AllOf(HasSubstr("line 3,"), HasSubstr("no label")),
            AllOf(HasSubstr("line 4,"), HasSubstr("no shape")), HasSubstr("line 5,"), HasSubstr("line 6,"),
            AllOf(HasSubstr("line 8,"), HasSubstr("'nan'"))));
    EXPECT_THAT(framesOf(read.videos.at(0)), ElementsAre(FrameRow("a", 2, 3), FrameRow("b", 1, 2)));
}

// A project of CVAT holds several tasks, and each leaves out frames of its own.
TEST_F(ExchangeTest, TasksOfOneCvatFileCountTheirOwnSteps)
{
    const auto read = readMarks("cvat", "x.xml", withTracks(R"(
<meta><project><tasks>
<task><id>4</id><name>a</name><start_frame>0</start_frame><frame_filter>step=5</frame_filter></task>
<task><id>9</id><name>b</name><start_frame>0</start_frame><frame_filter></frame_filter></task>
</tasks></project></meta>
<track id="0" label="nod" task_id="4"><box frame="10"/><box frame="15"/></track>
<track id="1" label="nod" task_id="9"><box frame="10"/><box frame="15"/></track>)"));
    EXPECT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.videos.size(), 2U) << read.error;
    EXPECT_THAT(framesOf(read.videos[0]), ElementsAre(FrameRow("nod", 10, 20)));
    EXPECT_THAT(framesOf(read.videos[1]), ElementsAre(FrameRow("nod", 10, 16)));
}
