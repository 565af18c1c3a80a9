// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../media/videosamples.h"
#include "base/npy.h"
#include "base/sha256.h"
#include "exchange/csv.h"
#include "exchange/dataset/datasettables.h"
#include "exchange/outgoing.h"
#include "exchangetest.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

namespace fs = std::filesystem;

constexpr int kFrames = 60;

/// Point p of person q in frame t: told apart by its numbers.
PosePoint pointAt(int64_t frame, int person, int point)
{
    return {static_cast<float>(10 + frame), static_cast<float>(5 + person * 40 + point) * 0.5F, 0.75F};
}

/// Two persons, the second of whom is seen in frames 30 and later.
PoseTrack twoPeople()
{
    PoseTrack track;
    track.persons = 2;
    track.pointCount = 68;
    for (int64_t frame = 0; frame < kFrames; ++frame) {
        track.frames.push_back(frame);
        for (int person = 0; person < 2; ++person)
            for (int point = 0; point < 68; ++point)
                track.points.push_back(
                    person == 1 && frame < 30 ? PosePoint{} : pointAt(frame, person, point));
    }
    return track;
}

/// Says stop from the n-th question on, counted from the moment a stage begins.
class StopAt final : public ProgressSink {
public:
    StopAt(std::string stage, int questions) : m_stage(std::move(stage)), m_left(questions) { }
    bool cancelled() const override { return m_reached && m_left.fetch_sub(1) <= 0; }
    void report(int64_t, int64_t, std::string_view what) override
    {
        if (what == m_stage)
            m_reached = true;
    }
    bool reached() const { return m_reached; }

private:
    const std::string m_stage;
    std::atomic<bool> m_reached = false;
    mutable std::atomic<int> m_left;
};

class DatasetTest : public ExchangeTest {
protected:
    /// A train video with a track, and, of other subjects, one that is not there.
    void SetUp() override
    {
        DocumentOptions options;
        options.annotator = "Karl Coder";
        auto made = Document::create(path("HiddenStudy"), *loadLabelScheme("smg"), options);
        ASSERT_TRUE(made.ok()) << made.error().message;
        m_document = std::move(*made);
        m_file = sample::numberedVideo("Secret interview.mp4", {kFrames, 12, 160, 96});
        VideoEntry video;
        video.path = m_file.string();
        video.name = "Secret interview";
        video.subject = "Alice Adams";
        video.role = SubjectRole::Train;
        const auto source = openVideo(m_file);
        ASSERT_TRUE(source.ok()) << source.error().message;
        video.frameCount = (*source)->info().frameCount;
        video.durationUs = (*source)->info().duration.count();
        video.fps = (*source)->info().meanFps;
        video.width = 160;
        video.height = 96;
        m_video = *m_document->addVideo(video);
        VideoEntry away;
        away.name = "Lost tape";
        away.subject = "Bob Brown";
        away.role = SubjectRole::Test;
        away.frameCount = 100;
        away.fps = 25;
        away.durationUs = 4000000;
        away.offline = true;
        m_away = *m_document->addVideo(away);
        fs::create_directories(m_document->folder() / "tracks");
        ASSERT_TRUE(writeTrack(m_document->folder() / "tracks/t.npz", twoPeople()).ok());
        ASSERT_TRUE(m_document->setTrack(m_video, "tracks/t.npz").ok());
        ASSERT_TRUE(m_document
                        ->addAnnotations(
                            {span(m_video, {7, 19}, 2), span(m_video, {12, 30}, 4),
                                span(m_video, {40, 60}, 2, SpanState::Corrected), span(m_video, {3, 5}, -1),
                                span(m_video, {1, 9}, 1, SpanState::Rejected), span(m_away, {10, 20}, 2)},
                            QStringLiteral("test"))
                        .ok());
        ASSERT_TRUE(m_document->markReviewed(m_video, {5, 35}).ok());
    }

    /// The dataset in a folder, which has to come about.
    fs::path made(const FormatSettings& settings, const std::string& name = "out")
    {
        ExportOptions options;
        options.settings = settings;
        const auto notes = exportTo(*m_document, "dataset", path(name), options);
        EXPECT_TRUE(notes.ok()) << (notes ? "" : notes.error().message);
        if (notes)
            m_notes = *notes;
        return path(name);
    }

    static std::string textOf(const fs::path& file)
    {
        const auto text = readFile(file);
        EXPECT_TRUE(text.ok()) << file;
        return text ? *text : std::string();
    }

    static std::vector<std::string> namesIn(const fs::path& folder)
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (!entry.is_directory())
                names.push_back(fs::relative(entry.path(), folder).generic_string());
        std::ranges::sort(names);
        return names;
    }

    /// The numbers that the pictures of a clip show.
    static std::vector<int> numbersIn(const fs::path& clip)
    {
        std::vector<int> numbers;
        const auto source = openVideo(clip);
        EXPECT_TRUE(source.ok()) << (source ? "" : source.error().message);
        for (int64_t i = 0; source && i < (*source)->info().frameCount; ++i) {
            const auto frame = (*source)->read(i);
            EXPECT_TRUE(frame.ok());
            numbers.push_back(frame ? sample::numberIn(frame->picture.bgra, frame->picture.width) : -1);
        }
        return numbers;
    }

    std::vector<std::string> leftovers() const
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path("")))
            if (entry.path().filename().string().starts_with("out"))
                names.push_back(entry.path().filename().string());
        return names;
    }

    std::unique_ptr<Document> m_document;
    fs::path m_file;
    int64_t m_video = 0;
    int64_t m_away = 0;
    std::vector<std::string> m_notes;
};

std::vector<int> counted(int first, int last)
{
    std::vector<int> numbers;
    for (int i = first; i < last; ++i)
        numbers.push_back(i);
    return numbers;
}

} // namespace

TEST_F(DatasetTest, ClipsHaveTheFramesOfTheirSpanAndNoOther)
{
    for (const char* way : {"encode", "auto"}) {
        const fs::path out = made({{"clips", way}}, std::string("out_") + way);
        EXPECT_EQ(numbersIn(out / "clips/Secret_interview_p0_000007_000019.mp4"), counted(7, 19)) << way;
        EXPECT_EQ(numbersIn(out / "clips/Secret_interview_p0_000012_000030.mp4"), counted(12, 30)) << way;
        EXPECT_EQ(numbersIn(out / "clips/Secret_interview_p0_000040_000060.mp4"), counted(40, 60)) << way;
        EXPECT_EQ(std::distance(fs::directory_iterator(out / "clips"), {}), 3) << way;
        EXPECT_EQ(textOf(out / "mmaction2/train_videos.txt"),
            "clips/Secret_interview_p0_000007_000019.mp4 2\nclips/Secret_interview_p0_000012_000030.mp4 4\n"
            "clips/Secret_interview_p0_000040_000060.mp4 2\n");
        EXPECT_EQ(textOf(out / "mmaction2/test_videos.txt"), "") << "the video is not there";
        EXPECT_THAT(m_notes, testing::Contains(HasSubstr("1 spans have no clip")));
        EXPECT_THAT(m_notes, testing::Contains(HasSubstr("1 spans without a class")));
    }
}

TEST_F(DatasetTest, ClipsMayLieInAFolderForEachClassAndEveryListSaysSo)
{
    LabelScheme scheme = m_document->scheme();
    scheme.classes[2].name = "Wave, left\thand";
    scheme.classes[4].name = "Wave  left_hand"; // the same name of a folder
    ASSERT_TRUE(m_document->setScheme(scheme).ok());
    const fs::path out = made({{"clip-folders", "class"}});
    EXPECT_EQ(numbersIn(out / "clips/Wave__left_hand/Secret_interview_p0_000007_000019.mp4"), counted(7, 19));
    EXPECT_EQ(
        numbersIn(out / "clips/Wave__left_hand_2/Secret_interview_p0_000012_000030.mp4"), counted(12, 30));
    EXPECT_EQ(std::distance(fs::directory_iterator(out / "clips"), {}), 2) << "folders of classes with clips";
    EXPECT_EQ(textOf(out / "mmaction2/train_videos.txt"),
        "clips/Wave__left_hand/Secret_interview_p0_000007_000019.mp4 2\n"
        "clips/Wave__left_hand_2/Secret_interview_p0_000012_000030.mp4 4\n"
        "clips/Wave__left_hand/Secret_interview_p0_000040_000060.mp4 2\n");
    EXPECT_THAT(textOf(out / "spans.csv"),
        HasSubstr(",clips/Wave__left_hand_2/Secret_interview_p0_000012_000030.mp4,"));
    EXPECT_THAT(textOf(out / "manifest.sha256"),
        HasSubstr("  clips/Wave__left_hand/Secret_interview_p0_000040_000060.mp4\n"));
    EXPECT_THAT(
        textOf(out / "classes.csv"), HasSubstr("\n2,\"Wave, left hand\",2,0,1,0,3,Wave__left_hand\n"));
    EXPECT_THAT(textOf(out / "README.md"), HasSubstr("`clips/CLASS/SAMPLE.mp4`"));
}

TEST_F(DatasetTest, ADamagedTrackCostsItsPointsAndNothingElse)
{
    std::ofstream(m_document->folder() / "tracks/t.npz", std::ios::binary) << "no track";
    const fs::path out = made({{"clips", "encode"}});
    EXPECT_THAT(m_notes, testing::Contains(HasSubstr("there are no points of Secret_interview: ")));
    EXPECT_THAT(m_notes, testing::Contains(HasSubstr("1 videos have a pose track that cannot be read")));
    EXPECT_EQ(numbersIn(out / "clips/Secret_interview_p0_000007_000019.mp4"), counted(7, 19));
    EXPECT_FALSE(fs::exists(out / "joints/Secret_interview_p0_000007_000019.npy"));
    EXPECT_FALSE(fs::exists(out / "tracks/Secret_interview.npz"));
}

TEST_F(DatasetTest, ASecondExportToTheSamePlaceDoesNotTouchTheFilesOfTheFirst)
{
    // Somebody stopped the first and began anew, while the first still clears up.
    FolderWriter second(path("out"));
    {
        FolderWriter first(path("out"));
        ASSERT_TRUE(first.begin().ok());
        ASSERT_TRUE(second.begin().ok());
        ASSERT_TRUE(writeFileAtomically(second.path("file"), "of the second").ok());
    }
    ASSERT_TRUE(second.finish().ok());
    EXPECT_EQ(textOf(path("out") / "file"), "of the second");
}

TEST_F(DatasetTest, PointsStartWithThePersonOfTheSpanAndHaveWhatPeopleCorrected)
{
    PoseCorrection correction;
    correction.frame = 8;
    correction.person = 0;
    correction.points = {{3, 77, 66, 1}};
    ASSERT_TRUE(m_document->correctPoses(m_video, {correction}).ok());
    Annotation second = span(m_video, {28, 33}, 6);
    second.person = 1;
    ASSERT_TRUE(m_document->addAnnotation(second).ok());
    const fs::path out = made({{"clips", "none"}, {"heatmaps", "limb"}});

    const auto alone = readNpy(out / "joints/Secret_interview_p0_000007_000019.npy");
    ASSERT_TRUE(alone.ok());
    EXPECT_EQ(alone->dtype, "f4");
    EXPECT_THAT(alone->shape, ElementsAre(12, 1, 68, 3));
    std::vector<float> values(alone->bytes.size() / 4);
    std::memcpy(values.data(), alone->bytes.data(), alone->bytes.size());
    EXPECT_EQ(values[0], 17) << "x of point 0 in frame 7";
    EXPECT_EQ(values[1], 2.5F);
    const float* corrected = values.data() + (1 * 68 + 3) * 3;
    EXPECT_EQ(corrected[0], 77);
    EXPECT_EQ(corrected[1], 66);
    EXPECT_EQ(corrected[2], 1);

    const auto both = readNpy(out / "joints/Secret_interview_p1_000028_000033.npy");
    ASSERT_TRUE(both.ok());
    EXPECT_THAT(both->shape, ElementsAre(5, 2, 68, 3));
    values.resize(both->bytes.size() / 4);
    std::memcpy(values.data(), both->bytes.data(), both->bytes.size());
    EXPECT_EQ(values[2], 0) << "person 1 is not seen in frame 28";
    const float* frame30 = values.data() + size_t{2} * 2 * 68 * 3;
    EXPECT_EQ(frame30[1], 22.5F) << "person 1 comes first";
    EXPECT_EQ(frame30[68 * 3 + 1], 2.5F) << "then person 0";

    const auto maps = readNpy(out / "heatmaps/Secret_interview_p0_000007_000019.npy");
    ASSERT_TRUE(maps.ok());
    EXPECT_EQ(maps->dtype, "u1");
    ASSERT_EQ(maps->shape.size(), 4U);
    EXPECT_THAT(std::vector<int64_t>(maps->shape.begin() + 1, maps->shape.end()), ElementsAre(48, 64, 64));
    const auto bright = [](char value) { return static_cast<uint8_t>(value) > 128; };
    EXPECT_GT(std::ranges::count_if(maps->bytes, bright), 0);

    const auto track = readTrack(out / "tracks/Secret_interview.npz");
    ASSERT_TRUE(track.ok());
    EXPECT_EQ(track->rows(), kFrames);
    EXPECT_EQ(track->at(8, 0)[3].x, 77);
    EXPECT_THAT(m_notes, testing::Contains(HasSubstr("1 spans have no points")));
}

TEST_F(DatasetTest, NobodyIsInTwoSplitsAndAVideoOfTwoSplitsIsNamed)
{
    Person guest;
    guest.videoId = m_video;
    guest.number = 1;
    guest.subjectId = m_document->videoByName("Lost tape")->subjectId;
    ASSERT_TRUE(m_document->setPerson(guest).ok());
    Annotation second = span(m_video, {28, 33}, 6);
    second.person = 1;
    ASSERT_TRUE(m_document->addAnnotation(second).ok());
    const fs::path out = made({{"clips", "none"}});
    const std::string splits = textOf(out / "splits.json");
    EXPECT_EQ(splits.find("Alice Adams"), splits.rfind("Alice Adams"));
    EXPECT_EQ(splits.find("Bob Brown"), splits.rfind("Bob Brown"));
    EXPECT_THAT(textOf(out / "spans.csv"),
        HasSubstr("Secret_interview_p1_000028_000033,Secret_interview,Bob Brown,test,1,6,"));
    EXPECT_EQ(textOf(out / "annotations/unusable.txt"), "Secret_interview\nLost_tape\n");
    EXPECT_THAT(textOf(out / "annotations/activitynet.json"), Not(HasSubstr("p1_000028")))
        << "a test subject's gesture among those of a train video";
    // ActionFormer: len(label_dict) == num_classes, with the labels that occur in the database.
    EXPECT_EQ(textOf(out / "annotations/actionformer_classes.txt"),
        m_document->scheme().classes[2].name + "\n" + m_document->scheme().classes[4].name + "\n");
    EXPECT_THAT(textOf(out / "README.md"), HasSubstr("1 videos show people of different splits"));
}

TEST_F(DatasetTest, WhatNobodyHasReviewedIsMasked)
{
    const fs::path out = made({{"clips", "none"}});
    const auto mask = readNpy(out / "masks/Secret_interview.npy");
    ASSERT_TRUE(mask.ok());
    EXPECT_THAT(mask->shape, ElementsAre(kFrames));
    EXPECT_EQ(mask->bytes, std::string(5, '\0') + std::string(30, '\1') + std::string(25, '\0'));
    const auto none = readNpy(out / "masks/Lost_tape.npy");
    ASSERT_TRUE(none.ok());
    EXPECT_EQ(none->bytes, std::string(100, '\0'));
    EXPECT_EQ(textOf(out / "annotations/unreviewed.txt"), "Secret_interview\nLost_tape\n");
}

TEST_F(DatasetTest, EveryFileHasItsSum)
{
    const fs::path out = made({{"clips", "encode"}, {"videos", "copy"}});
    std::istringstream lines(textOf(out / "manifest.sha256"));
    std::vector<std::string> named{"manifest.sha256"};
    for (std::string line; std::getline(lines, line);) {
        ASSERT_GT(line.size(), 66U);
        named.push_back(line.substr(66));
        EXPECT_EQ(line.substr(0, 66), hexOf(sha256(textOf(out / named.back()))) + "  ") << line;
    }
    std::ranges::sort(named);
    EXPECT_EQ(named, namesIn(out));
    EXPECT_THAT(named,
        testing::IsSupersetOf({"README.md", "spans.csv", "classes.txt", "splits.json", "reviewed.json",
            "pyskl/HiddenStudy.pkl", "annotations/activitynet.json", "annotations/actionformer.json",
            "videos/Secret_interview.mp4"}));
    EXPECT_EQ(textOf(out / "videos/Secret_interview.mp4"), textOf(m_file));
}

TEST_F(DatasetTest, VideosAreLinkedAndNotCopied)
{
    const fs::path out = made({{"clips", "none"}});
    EXPECT_EQ(fs::read_symlink(out / "videos/Secret_interview.mp4"), m_file);
    EXPECT_THAT(textOf(out / "manifest.sha256"), Not(HasSubstr("videos/Secret")));
}

TEST_F(DatasetTest, WithoutIdentitiesNothingTellsWhoItWas)
{
    PredictionRun run;
    run.videoId = m_video;
    run.time = "2026-01-02T03:04:05Z";
    run.model = "heads_of_zoe 1234abcd";
    Prediction prediction;
    prediction.videoId = m_video;
    prediction.span = {33, 38};
    prediction.fused.assign(static_cast<size_t>(m_document->scheme().classCount()), 0.01F);
    prediction.fused[5] = 0.9F;
    ASSERT_TRUE(m_document->importRun(run, {prediction}).ok());
    const fs::path out = made({{"anonymous", "yes"}, {"clips", "encode"}, {"heatmaps", "joint"}});
    const std::vector<std::string> names = namesIn(out);
    EXPECT_THAT(names,
        testing::IsSupersetOf({"joints/V001_p0_000007_000019.npy", "tracks/V001.npz", "pyskl/dataset.pkl",
            "heatmaps/V001_p0_000040_000060.npy"}));
    std::string card = textOf(out / "README.md");
    for (const std::string& name : names) {
        EXPECT_THAT(name, Not(HasSubstr(".mp4")));
        std::string all = name + textOf(out / name);
        std::ranges::transform(
            all, all.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const char* secret : {"alice", "adams", "bob", "brown", "karl", "coder ", "secret", "interview",
                 "lost", "tape", "hiddenstudy", "zoe", "telltale_exchange", "telltale_media", "/tmp"})
            EXPECT_EQ(all.find(secret), std::string::npos) << secret << " in " << name;
    }
    EXPECT_THAT(card, testing::Not(testing::ContainsRegex("20[0-9][0-9]-")));
    EXPECT_THAT(textOf(out / "spans.csv"), HasSubstr("V001_p0_000007_000019,V001,S01,train,0,2,"));
    EXPECT_THAT(textOf(out / "spans.csv"), HasSubstr(",A01,"));
    EXPECT_THAT(textOf(out / "spans.csv"), HasSubstr("V001_p0_000033_000038"));
    EXPECT_THAT(textOf(out / "spans.csv"), HasSubstr(",M01,0.9"));
}

TEST_F(DatasetTest, AStoppedExportLeavesNothing)
{
    // In the clips' second one, while it is encoded.
    for (const auto& [stage, questions] : {std::pair{"writing points", 0}, {"writing clips", 30},
             {"placing videos", 0}, {"computing sums", 2}}) {
        StopAt stop(stage, questions);
        const auto result = (*findFormat("dataset"))->write(*m_document, path("out"), ExportOptions(), stop);
        ASSERT_FALSE(result.ok()) << stage;
        EXPECT_TRUE(stop.reached()) << stage;
        EXPECT_EQ(result.error().code, ErrorCode::Cancelled) << stage << ": " << result.error().message;
        EXPECT_THAT(leftovers(), IsEmpty()) << stage;
    }
}

TEST_F(DatasetTest, ItsAnnotationsComeBackAsTheyWere)
{
    const fs::path out = made({{"clips", "none"}});
    auto again = project("again", "smg");
    addOffline(*again, "Secret_interview", kFrames, m_document->video(m_video)->fps);
    addOffline(*again, "Lost_tape", 100, 25);
    for (const char* file : {"activitynet.json", "actionformer.json"})
        ASSERT_TRUE(import(*again, "activitynet", out / "annotations" / file).ok());
    EXPECT_THAT(flat(*again),
        ElementsAre(std::tuple("Lost_tape", 10, 20, 2), std::tuple("Secret_interview", 7, 19, 2),
            std::tuple("Secret_interview", 12, 30, 4), std::tuple("Secret_interview", 40, 60, 2)));
}

TEST_F(DatasetTest, OnlyTheWantedStatesAreInIt)
{
    ExportOptions options;
    options.states = {SpanState::Corrected};
    options.settings["clips"] = "none";
    ASSERT_TRUE(exportTo(*m_document, "dataset", path("out"), options).ok());
    const auto rows = readCsv(path("out") / "spans.csv");
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[1].fields[0], "Secret_interview_p0_000040_000060");
}

TEST_F(DatasetTest, NamesStayApartAndHaveNothingThatListsTakeApart)
{
    addOffline(*m_document, "a b", 50, 25);
    addOffline(*m_document, "a_b", 50, 25);
    const int64_t strange = addOffline(*m_document, "../\xC3\xA4,\"x", 50, 25);
    ASSERT_TRUE(m_document
                    ->addAnnotations({span(strange, {1, 5}, 0), span(strange, {1, 5}, 3)},
                        QStringLiteral("the same frames twice"))
                    .ok());
    const fs::path out = made({{"clips", "none"}});
    const std::string spans = textOf(out / "spans.csv");
    EXPECT_THAT(spans, HasSubstr("\n_.._____x_p0_000001_000005,"));
    EXPECT_THAT(spans, HasSubstr("\n_.._____x_p0_000001_000005_2,"));
    EXPECT_TRUE(fs::exists(out / "masks/a_b.npy"));
    EXPECT_TRUE(fs::exists(out / "masks/a_b_2.npy"));
}

namespace {

/// Every frame of a video as opentad/datasets/thumos.py counts: int(seconds / duration * frame).
void expectFramesMet(const FrameTimes& times)
{
    OutgoingVideo video;
    video.frameCount = times.frameCount();
    video.times = times;
    for (int64_t frame = 0; frame <= video.frameCount; ++frame) {
        const double seconds = secondsForOpenTad(video, frame);
        ASSERT_EQ(
            static_cast<int64_t>(seconds / video.seconds() * static_cast<double>(video.frameCount)), frame)
            << times.meanFps();
        ASSERT_GE(seconds, times.seconds(frame));
        ASSERT_LE((seconds - times.seconds(frame)) * times.meanFps(), 0.25);
    }
}

} // namespace

TEST(DatasetTimes, OpenTadMeetsEveryFrame)
{
    for (const double fps : {23.976, 24000.0 / 1001, 25.0, 28.0, 29.97, 30.0, 50.0, 59.94, 120.0}) {
        const int64_t frames = std::llround(fps * 3600);
        expectFramesMet(FrameTimes::nominal(frames, fps));
        // The same in a container that counts in milliseconds, as WebM does.
        std::vector<MediaTime> rounded;
        for (int64_t frame = 0; frame <= frames; ++frame)
            rounded.emplace_back(std::llround(static_cast<double>(frame) / fps * 1000) * 1000);
        const MediaTime end = rounded.back();
        rounded.pop_back();
        expectFramesMet(FrameTimes(rounded, end));
    }
}

TEST(DatasetTimes, OfAVariableRateTheTimeStampsStay)
{
    using namespace std::chrono_literals;
    OutgoingVideo video;
    video.frameCount = 4;
    video.times = FrameTimes({0us, 400000us, 500000us, 600000us}, 700000us);
    EXPECT_EQ(secondsForOpenTad(video, 2), 0.5);
}
