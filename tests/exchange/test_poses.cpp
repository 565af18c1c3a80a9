// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchangetest.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <QUndoStack>
#include <fstream>

using namespace telltale;
using testing::HasSubstr;

namespace {

class PosesTest : public ExchangeTest {
protected:
    std::filesystem::path write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }

    static Result<ImportReport> import(Document& document, const std::vector<std::filesystem::path>& files)
    {
        ProgressSink progress;
        return (*findFormat("poses"))->read(document, files, {}, progress);
    }

    static PoseTrack trackOf(const Document& document, const std::string& video)
    {
        const VideoEntry* entry = document.videoByName(video);
        EXPECT_FALSE(entry->track.empty());
        auto track = readTrack(document.absolute(entry->track));
        EXPECT_TRUE(track.ok()) << track.error().message;
        return std::move(*track);
    }

    /// Columns of MediaPipe's body for nose, eyes and a wrist; two rows.
    static std::string body(const std::string& values)
    {
        return "nose_x,nose_y,left_eye_x,left_eye_y,left_wrist_x,left_wrist_y\n" + values + "\n" + values
            + "\n";
    }
};

std::filesystem::path testdata()
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/testdata";
}

} // namespace

TEST_F(PosesTest, FilesFindTheirVideoByNameOrAreToldIt)
{
    auto document = project("names", "own");
    addOffline(*document, "clip", 2, 25);
    addOffline(*document, "clip_two", 2, 25);
    const auto report = import(*document,
        {write("clip_two.body.csv", body("10,20,30,40,50,60")),
            "clip=" + write("other.csv", body("11,20,30,40,50,60")).string()});
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->tracksAdded, 2);
    EXPECT_EQ(report->videosAdded, 0);
    EXPECT_EQ(trackOf(*document, "clip").at(1, 0)[0].x, 11);
    EXPECT_EQ(trackOf(*document, "clip_two").at(1, 0)[0].x, 10);
    EXPECT_EQ(trackOf(*document, "clip_two").layout, "telltale68");
}

TEST_F(PosesTest, ALaterImportTakesThePlaceOfTheTrackAndCanBeUndone)
{
    auto document = project("again", "own");
    addOffline(*document, "clip", 2, 25);
    ASSERT_TRUE(import(*document, {write("clip.csv", body("10,20,30,40,50,60"))}).ok());
    const std::string before = document->videoByName("clip")->track;
    ASSERT_TRUE(import(*document, {write("clip.csv", body("99,20,30,40,50,60"))}).ok());
    EXPECT_EQ(trackOf(*document, "clip").at(0, 0)[0].x, 99);
    document->undoStack()->undo();
    EXPECT_EQ(document->videoByName("clip")->track, before);
    EXPECT_EQ(trackOf(*document, "clip").at(0, 0)[0].x, 10);
}

TEST_F(PosesTest, TheExactNameOfAVideoCountsBeforeAnyOther)
{
    auto document = project("exact", "own");
    addOffline(*document, "clip", 2, 25);
    addOffline(*document, "clip.cut", 2, 25);
    ASSERT_TRUE(import(*document, {"clip.cut=" + write("a.csv", body("10,20,30,40,50,60")).string()}).ok());
    EXPECT_TRUE(document->videoByName("clip")->track.empty());
    EXPECT_FALSE(document->videoByName("clip.cut")->track.empty());
    ASSERT_TRUE(import(*document, {"clip.mp4=" + write("b.csv", body("10,20,30,40,50,60")).string()}).ok());
    EXPECT_FALSE(document->videoByName("clip")->track.empty());
}

TEST_F(PosesTest, TheSamePointsInOtherFramesAreAnotherTrack)
{
    auto document = project("moved", "own");
    addOffline(*document, "clip", 9, 25);
    const std::string head = "frame,nose_x,nose_y,left_eye_x,left_eye_y\n";
    ASSERT_TRUE(import(*document, {write("clip.csv", head + "0,100,20,30,40\n1,11,20,30,40\n")}).ok());
    ASSERT_TRUE(import(*document, {write("clip.csv", head + "4,100,20,30,40\n5,11,20,30,40\n")}).ok());
    EXPECT_EQ(trackOf(*document, "clip").frames, (std::vector<int64_t>{4, 5}));
    document->undoStack()->undo();
    EXPECT_EQ(trackOf(*document, "clip").frames, (std::vector<int64_t>{0, 1}));
}

TEST_F(PosesTest, WhatDoesNotFitChangesNothing)
{
    auto document = project("wrong", "own");
    addOffline(*document, "clip", 2, 25);
    const auto message = [&](const std::filesystem::path& file) {
        const auto report = import(*document, {file});
        EXPECT_FALSE(report.ok());
        EXPECT_TRUE(document->videoByName("clip")->track.empty());
        return report.ok() ? std::string() : report.error().message;
    };
    EXPECT_THAT(message(write("stranger.csv", body("1,2,300,4,5,6"))), HasSubstr("VIDEO="));
    EXPECT_THAT(message("nobody=" + path("stranger.csv").string()), HasSubstr("'clip'"));
    EXPECT_THAT(message("clip=" + path("absent.csv").string()), HasSubstr("absent.csv"));
    EXPECT_THAT(message(write("clip.csv", "a shopping list")), HasSubstr("clip.csv"));
    EXPECT_THAT(message(write("clip.csv", body("0.5,0.5,0.6,0.4,0.1,0.2"))),
        HasSubstr("size of video 'clip' is not known"));
    EXPECT_THAT(message(write("clip.csv", body("nan,nan,nan,nan,nan,nan"))), HasSubstr("nobody is seen"));
}

TEST_F(PosesTest, RealFilesLandOnThePersonOfTheirVideo)
{
    if (!std::filesystem::exists(testdata()))
        GTEST_SKIP() << testdata() << " is not there";
    auto document = project("real", "own");
    for (const char* name : {"seated_hands_518f", "sign_soup_320x240", "gait_cam01_pose2sim"}) {
        VideoEntry video;
        video.path = (testdata() / "video" / (std::string(name) + ".mp4")).string();
        const auto source = openVideo(video.path);
        ASSERT_TRUE(source.ok()) << source.error().message;
        video.name = name;
        video.subject = "s1";
        video.frameCount = (*source)->info().frameCount;
        video.width = (*source)->info().width;
        video.height = (*source)->info().height;
        video.fps = (*source)->info().meanFps;
        ASSERT_TRUE(document->addVideo(video).ok());
    }
    const auto report = import(*document,
        {testdata() / "video/seated_hands_518f.mediapipe_body.csv",
            testdata() / "video/seated_hands_518f.mediapipe_hands.csv",
            "sign_soup_320x240=" + (testdata() / "formats/mmpose_wholebody/SOUP.json").string(),
            "gait_cam01_pose2sim=" + (testdata() / "formats/openpose_body25b").string()});
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->tracksAdded, 3);
    const PoseTrack seated = trackOf(*document, "seated_hands_518f");
    ASSERT_EQ(seated.rows(), 518);
    for (const int64_t row : {int64_t{0}, int64_t{259}, int64_t{517}}) {
        const PosePoint* points = seated.at(row, 0);
        EXPECT_TRUE(points[0].x > 400 && points[0].x < 800 && points[0].y < 360) << "nose, row " << row;
        EXPECT_GT(points[5].x, points[6].x) << "left shoulder on the right of the picture";
        EXPECT_GT(points[26].score, 0) << "hands are there";
    }
    EXPECT_EQ(trackOf(*document, "sign_soup_320x240").rows(), 41);
    EXPECT_EQ(trackOf(*document, "gait_cam01_pose2sim").rows(), 100);
}

TEST_F(PosesTest, EveryFlavourIsExportedAndComesBack)
{
    auto document = project("out", "own");
    addOffline(*document, "clip", 4, 25);
    addOffline(*document, "without", 4, 25);
    ASSERT_TRUE(import(*document,
        {write("clip.csv",
            "nose_x,nose_y,left_wrist_x,left_wrist_y,right_wrist_x,right_wrist_y\n100,200,30,40,50,60\n101,"
            "201,,,51,61\n")})
                    .ok());
    const PoseTrack before = trackOf(*document, "clip");
    const auto format = findFormat("poses");
    ASSERT_TRUE((*format)->canExport());
    const std::vector<std::string> flavours = (*format)->exportSettings().front().values;
    for (const std::string& flavour : flavours) {
        ExportOptions options;
        options.settings["flavour"] = flavour;
        const auto out = path("out_" + flavour);
        const auto notes = (*format)->write(*document, out, options, m_quiet);
        ASSERT_TRUE(notes.ok()) << flavour << ": " << notes.error().message;
        EXPECT_THAT(notes->front(), HasSubstr("poses of 1 videos as "));
        std::vector<std::filesystem::path> made;
        for (const auto& entry : std::filesystem::directory_iterator(out))
            made.push_back(entry.path());
        ASSERT_EQ(made.size(), 1U) << flavour;
        auto other = project("in_" + flavour, "own");
        addOffline(*other, "clip", 4, 25);
        const auto report = import(*other, made);
        ASSERT_TRUE(report.ok()) << flavour << ": " << report.error().message;
        const auto after = mapTo68(trackOf(*other, "clip"));
        const auto wanted = mapTo68(before);
        for (const int64_t frame : {0, 1})
            for (const int point : {0, 9, 10}) {
                if (flavour == "kinect" && point == 0)
                    continue; // Kinect knows no nose
                const PosePoint a = wanted->at(wanted->rowOf(frame), 0)[point];
                const PosePoint b = after->at(after->rowOf(frame), 0)[point];
                EXPECT_NEAR(a.x, b.x, 1e-4) << flavour << " " << frame << " " << point;
                EXPECT_NEAR(a.y, b.y, 1e-4) << flavour;
                EXPECT_EQ(a.score > 0, b.score > 0) << flavour;
            }
    }
    ExportOptions unknown;
    unknown.settings["flavour"] = "fbx";
    const auto refused = (*format)->write(*document, path("no"), unknown, m_quiet);
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().message, HasSubstr("'fbx' is no value of the setting flavour"));
}

TEST_F(PosesTest, AreExportedAsPeopleCorrectedThem)
{
    auto document = project("corrected", "own");
    const int64_t video = addOffline(*document, "clip", 2, 25);
    ASSERT_TRUE(import(*document, {write("clip.csv", body("10,20,30,40,50,60"))}).ok());
    PoseCorrection correction;
    correction.frame = 1;
    correction.points = {{9, 55.5, 66.5, 1}};
    ASSERT_TRUE(document->correctPoses(video, {correction}).ok());
    ExportOptions options;
    options.settings["flavour"] = "npz";
    const auto notes = (*findFormat("poses"))->write(*document, path("npz"), options, m_quiet);
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, testing::Contains(HasSubstr("as people corrected them")));
    const auto track = readTrack(path("npz") / "clip.npz");
    ASSERT_TRUE(track.ok());
    EXPECT_EQ(track->at(1, 0)[9], (PosePoint{55.5F, 66.5F, 1}));
    EXPECT_EQ(track->at(0, 0)[9].x, 50);
}

TEST_F(PosesTest, AProjectWithoutTracksHasNothingToExport)
{
    auto document = project("none", "own");
    addOffline(*document, "clip", 2, 25);
    const auto notes = (*findFormat("poses"))->write(*document, path("none_out"), {}, m_quiet);
    ASSERT_FALSE(notes.ok());
    EXPECT_THAT(notes.error().message, HasSubstr("no video of the project has a pose track"));
    EXPECT_FALSE(std::filesystem::exists(path("none_out")));
}

TEST_F(PosesTest, FilesOfSeveralPeopleAndOfOtherVideosDoNotMeet)
{
    auto document = project("meet", "own");
    addOffline(*document, "clip", 2, 25);
    addOffline(*document, "clip_P2", 2, 25);
    addOffline(*document, "gone", 2, 25);
    const std::string two = R"({"people":[{"pose_keypoints_2d":[)";
    std::string people[2];
    for (int person = 0; person < 2; ++person)
        for (int i = 0; i < 25; ++i)
            people[person] += std::string(i ? "," : "") + std::to_string(100 + 500 * person + i) + ",50,1";
    ASSERT_TRUE(import(*document,
        {"clip="
                + write("two.json", two + people[0] + R"(]},{"pose_keypoints_2d":[)" + people[1] + "]}]}")
                      .string(),
            "clip_P2=" + write("one.csv", body("10,20,30,40,50,60")).string(),
            "gone=" + write("gone.csv", body("10,20,30,40,50,60")).string()})
                    .ok());
    std::filesystem::remove(document->absolute(document->videoByName("gone")->track));
    ExportOptions options;
    options.settings["flavour"] = "openpose-csv";
    const auto notes = (*findFormat("poses"))->write(*document, path("tables"), options, m_quiet);
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(notes->front(), HasSubstr("poses of 2 videos as "));
    EXPECT_THAT(*notes, testing::Contains(HasSubstr("it was left out")));
    for (const char* name : {"clip_openpose.csv", "clip_P2_openpose.csv", "clip_P2_2_openpose.csv"})
        EXPECT_TRUE(std::filesystem::exists(path("tables") / name)) << name;
    // Two people are no parts of one.
    auto other = project("other", "own");
    addOffline(*other, "clip", 2, 25);
    const auto both
        = import(*other, {path("tables") / "clip_openpose.csv", path("tables") / "clip_P2_openpose.csv"});
    ASSERT_FALSE(both.ok());
    EXPECT_THAT(both.error().message, HasSubstr("it shows somebody else"));
}
