// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchangetest.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <QUndoStack>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {
constexpr std::array<double, 7> kRates{23.976, 25, 28, 29.97, 30, 50, 59.94};
}

TEST_F(ExchangeTest, EveryFormatKeepsEveryFrameOfAnHourAtEveryRate)
{
    for (const double fps : kRates)
        for (const std::string format : {"activitynet", "csv", "smg"}) {
            const std::string name = format + std::to_string(fps);
            const auto frames = static_cast<int64_t>(3600 * fps);
            auto source = project("from" + name, "smg");
            addManySpans(*source, addOffline(*source, "Sample0003", frames, fps), frames, 300, true);
            ASSERT_TRUE(exportTo(*source, format, path("out" + name)).ok());
            auto target = project("to" + name, "smg");
            ImportOptions options;
            options.nominalFps = fps;
            const auto report = import(*target, format, path("out" + name), options);
            ASSERT_TRUE(report.ok()) << report.error().message;
            EXPECT_EQ(flat(*target), flat(*source)) << name;
            EXPECT_EQ(report->videosAdded, 1);
            EXPECT_TRUE(target->videos().front().offline);
            if (format != "csv") {
                EXPECT_DOUBLE_EQ(target->videos().front().fps, fps);
            }
        }
}

TEST_F(ExchangeTest, VariableRateKeepsEveryFrame)
{
    const auto file = testData() / "awkward" / "vfr_hevc_face_noface.mov";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no real video: " << file;
    const auto video = openVideo(file);
    ASSERT_TRUE(video.ok()) << video.error().message;
    VideoEntry entry;
    entry.path = std::filesystem::absolute(file).string();
    entry.name = "vfr";
    entry.frameCount = (*video)->info().frameCount;
    auto source = project("a", "smg");
    auto target = project("b", "smg");
    const int64_t id = *source->addVideo(entry);
    ASSERT_TRUE(target->addVideo(entry).ok());
    std::vector<Annotation> spans;
    for (int64_t first = 0; first < entry.frameCount; first += 3)
        spans.push_back(span(
            id, {first, std::min(entry.frameCount, first + 1 + first % 40)}, static_cast<int>(first % 17)));
    ASSERT_TRUE(source->addAnnotations(spans, QStringLiteral("test")).ok());
    ASSERT_TRUE(exportTo(*source, "activitynet", path("x.json")).ok());
    const auto report = import(*target, "activitynet", path("x.json"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->videosAdded, 0);
    EXPECT_EQ(flat(*target), flat(*source));
}

TEST_F(ExchangeTest, OfflineSpansAlignExactlyWhenTheVideoIsFound)
{
    // A rate that changes half way; the file knows times only, the project nothing of the video.
    std::vector<MediaTime> starts;
    for (int64_t i = 0; i < 1000; ++i)
        starts.emplace_back(i < 500 ? i * 33367 : 500 * 33367 + (i - 500) * 41708);
    const FrameTimes times(starts, starts.back() + MediaTime(41708));
    std::string text = R"({"database":{"clip":{"annotations":[)";
    ImportBatch wanted;
    for (int64_t first = 0; first < 990; first += 7) {
        wanted.annotations.push_back(span(1, {first, first + 9}, 4));
        text += (first ? "," : "") + std::string(R"({"label":"Moving legs","segment":[)")
            + std::to_string(times.seconds(first)) + "," + std::to_string(times.seconds(first + 9)) + "]}";
    }
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "activitynet", write("x.json", text + "]}}}")).ok());
    const int64_t id = document->videos().front().id;
    VideoEntry found;
    found.path = "clip.mp4";
    found.subject = "s9";
    found.frameCount = 1000;
    ASSERT_TRUE(document->findVideo(id, found, times).ok());
    const auto spans = document->annotations(id);
    ASSERT_EQ(spans.size(), wanted.annotations.size());
    for (size_t i = 0; i < spans.size(); ++i)
        EXPECT_EQ(spans[i].span, wanted.annotations[i].span);
    EXPECT_FALSE(document->video(id)->offline);
    EXPECT_EQ(document->video(id)->name, "clip");
    found.path = "again.mp4";
    EXPECT_EQ(document->findVideo(id, found, times).error().code, ErrorCode::Conflict);
}

TEST_F(ExchangeTest, AnImportIsOneUndoStep)
{
    auto source = project("a", "smg");
    addManySpans(*source, addOffline(*source, "v", 5000, 25), 5000, 20);
    ASSERT_TRUE(exportTo(*source, "csv", path("x.csv")).ok());
    auto target = project("b", "smg");
    ASSERT_TRUE(import(*target, "csv", path("x.csv")).ok());
    EXPECT_EQ(target->undoStack()->count(), 1);
    target->undoStack()->undo();
    EXPECT_TRUE(target->videos().empty());
    EXPECT_TRUE(target->allAnnotations().empty());
}

TEST_F(ExchangeTest, ImportingTwiceAddsNothing)
{
    auto source = project("a", "smg");
    addManySpans(*source, addOffline(*source, "v", 5000, 25), 5000, 20);
    ASSERT_TRUE(exportTo(*source, "activitynet", path("x.json")).ok());
    const auto before = flat(*source);
    const auto report = import(*source, "activitynet", path("x.json"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->spansAdded, 0);
    EXPECT_EQ(flat(*source), before);
}

TEST_F(ExchangeTest, ProposalsTravelWithTheirScores)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 5000, 25);
    Prediction one;
    one.span = {100, 150};
    one.detectorScore = 0.5;
    one.fused.assign(17, 0.01F);
    one.fused[7] = 0.75F;
    PredictionRun run;
    run.videoId = video;
    ASSERT_TRUE(source->importRun(run, {one}).ok());
    for (const std::string format : {"activitynet", "csv"}) {
        const auto notes = exportTo(*source, format, path("x." + format));
        ASSERT_TRUE(notes.ok());
        EXPECT_THAT(*notes, Contains(HasSubstr("1 of them are proposals")));
        auto target = project("b" + format, "smg");
        ASSERT_TRUE(import(*target, format, path("x." + format)).ok());
        const auto spans = target->allAnnotations();
        ASSERT_EQ(spans.size(), 1U);
        EXPECT_EQ(spans[0].state, SpanState::Proposed);
        EXPECT_EQ(spans[0].classId, 7);
        const auto prediction = target->prediction(spans[0].predictionId);
        ASSERT_NE(prediction, nullptr);
        EXPECT_DOUBLE_EQ(prediction->detectorScore, 0.75);
    }
}

TEST_F(ExchangeTest, StatesNarrowAnExport)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 500, 25);
    ASSERT_TRUE(source
                    ->addAnnotations({span(video, {0, 9}, 1), span(video, {10, 19}, 2, SpanState::Corrected),
                                         span(video, {20, 29}, 3, SpanState::Flagged),
                                         span(video, {30, 39}, 4, SpanState::Rejected)},
                        QStringLiteral("test"))
                    .ok());
    ASSERT_TRUE(exportTo(*source, "csv", path("default.csv")).ok());
    EXPECT_EQ(*readFile(path("default.csv")),
        "video_id,class_id,start_frame,end_frame,score\nv,1,0,9,\nv,2,10,19,\n");
    ExportOptions flagged;
    flagged.states = {SpanState::Flagged};
    ASSERT_TRUE(exportTo(*source, "csv", path("flagged.csv"), flagged).ok());
    EXPECT_EQ(*readFile(path("flagged.csv")), "video_id,class_id,start_frame,end_frame,score\nv,3,20,29,\n");
}

TEST_F(ExchangeTest, SmgFoldersCarryTracksRatesAndOtherSchemes)
{
    auto source = project("a", "imigue");
    const int64_t video = addOffline(*source, "interview", 400, 29.97);
    ASSERT_TRUE(source->addAnnotation(span(video, {10, 40}, 31)).ok());
    PoseTrack track;
    track.persons = 1;
    track.pointCount = 68;
    for (int64_t t = 0; t < 400; ++t) {
        track.frames.push_back(t);
        track.points.resize(track.points.size() + 68);
        track.points[static_cast<size_t>(t * 68 + 9)] = {100.0F + static_cast<float>(t), 50.0F, 1.0F};
    }
    ASSERT_TRUE(ensureWritableFolder(source->folder() / "cache/tracks").ok());
    ASSERT_TRUE(writeTrack(source->folder() / "cache/tracks/t.npz", track).ok());
    ASSERT_TRUE(source->setTrack(video, "cache/tracks/t.npz").ok());
    const auto notes = exportTo(*source, "smg", path("smg"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, Contains("interview became Sample0001"));
    EXPECT_TRUE(std::filesystem::exists(path("smg/classes.csv")));

    auto target = project("b", "imigue");
    const auto report = import(*target, "smg", path("smg"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->tracksAdded, 1);
    const VideoEntry& back = target->videos().front();
    EXPECT_EQ(back.frameCount, 400);
    EXPECT_DOUBLE_EQ(back.fps, 29.97);
    EXPECT_EQ(target->annotations(back.id).at(0).classId, 31);
    const auto read = readTrack(target->absolute(back.track));
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_FLOAT_EQ(read->at(123, 0)[9].x, 223.0F);
    EXPECT_EQ(exportTo(*source, "smg", path("smg")).error().code, ErrorCode::Conflict);
}

TEST_F(ExchangeTest, SmgSubjectsSplitAsPublished)
{
    for (const int number : {1, 35, 36, 40}) {
        std::array<char, 16> name{};
        std::snprintf(name.data(), name.size(), "Sample%04d", number);
        const std::string stem = std::string("smg/") + name.data() + "/" + name.data();
        write(stem + "_finelabels.csv", "1,10,20\n17,30,45\n");
        write(stem + "_data.csv", "1000,28,0\n");
    }
    auto document = project("p", "smg");
    ASSERT_TRUE(import(*document, "smg", path("smg")).ok());
    ASSERT_EQ(document->videos().size(), 4U);
    EXPECT_EQ(document->videoByName("Sample0035")->role, SubjectRole::Train);
    EXPECT_EQ(document->videoByName("Sample0036")->role, SubjectRole::Test);
    EXPECT_EQ(document->videoByName("Sample0036")->subject, "s36");
    const auto spans = document->annotations(document->videoByName("Sample0001")->id);
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].span, (FrameSpan{9, 20})); // from 1, both ends included
    EXPECT_EQ(spans[1].classId, 16);
    auto sliced = project("q", "smg");
    ImportOptions fromZero;
    fromZero.frameBase = 0;
    ASSERT_TRUE(import(*sliced, "smg", path("smg"), fromZero).ok());
    EXPECT_EQ(sliced->annotations(1).at(0).span, (FrameSpan{10, 20}));
}

TEST_F(ExchangeTest, ImigueFoldersReadAsTheKitReadsThem)
{
    write("imigue/imigue_skeleton_train/0007/0007_label.csv", "1,0,9\n99,20,20\n32,40,50\n");
    write("imigue/imigue_skeleton_test/0300/0300_label.csv", "0,5,9\n");
    auto document = project("p", "imigue");
    const auto report = import(*document, "imigue", path("imigue"));
    ASSERT_TRUE(report.ok()) << report.error().message;
    const auto spans = document->annotations(document->videoByName("0007")->id);
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_EQ(spans[0].span, (FrameSpan{0, 10}));
    EXPECT_EQ(spans[0].classId, 0);
    EXPECT_EQ(spans[1].span, (FrameSpan{20, 21}));
    EXPECT_EQ(spans[1].classId, 31);
    EXPECT_EQ(spans[2].classId, 31);
    EXPECT_EQ(document->videoByName("0300")->role, SubjectRole::Test);
    EXPECT_EQ(document->annotations(document->videoByName("0300")->id).at(0).classId, -1);
}
