// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Formats that are folders, and so know frames alone.
#include "exchangetest.h"

using namespace telltale;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

namespace {
constexpr std::array<double, 7> kRates{23.976, 25, 28, 29.97, 30, 50, 59.94};
class Folders : public ExchangeTest { };
} // namespace

TEST_F(Folders, KeepEveryFrameOfAnHourAtEveryRate)
{
    for (const double fps : kRates)
        for (const std::string format : {"smg", "imigue"}) {
            const std::string name = format + std::to_string(fps);
            const auto frames = static_cast<int64_t>(3600 * fps);
            auto source = project("from" + name, format);
            const int64_t video = addOffline(*source, "Sample0003", frames, fps);
            std::vector<Annotation> spans{span(video, {frames - 1, frames}, 0)};
            const int classes = source->scheme().classCount();
            // Starts and ends of all sorts, over each other, of all classes.
            for (int64_t first = 0; first < frames - 1; first += 17)
                spans.push_back(span(video, {first, std::min(frames, first + 1 + first % 90)},
                    static_cast<int>(first % classes)));
            ASSERT_TRUE(source->addAnnotations(spans, QStringLiteral("test")).ok());
            ASSERT_TRUE(exportTo(*source, format, path("out" + name)).ok());
            auto target = project("to" + name, format);
            ImportOptions options;
            options.nominalFps = fps;
            const auto report = import(*target, format, path("out" + name), options);
            ASSERT_TRUE(report.ok()) << report.error().message;
            EXPECT_EQ(flat(*target).size(), spans.size()) << name;
            EXPECT_EQ(flat(*target), flat(*source)) << name;
        }
}

TEST_F(Folders, ImigueIsWrittenAsTheRealSetIs)
{
    auto source = project("a", "imigue");
    const int64_t train = addOffline(*source, "0007", 100, 25);
    VideoEntry other;
    other.name = "0300";
    other.subject = "other";
    other.role = SubjectRole::Test;
    other.frameCount = 100;
    other.fps = 25;
    other.offline = true;
    const int64_t test = *source->addVideo(other);
    ASSERT_TRUE(source
                    ->addAnnotations({span(train, {0, 10}, 0), span(train, {20, 21}, 31),
                                         span(train, {30, 40}, -1), span(test, {5, 10}, -1)},
                        QStringLiteral("test"))
                    .ok());
    other.name = "0200";
    other.subject = "third";
    other.role = SubjectRole::Validation;
    ASSERT_TRUE(source->addVideo(other).ok());
    const auto notes = exportTo(*source, "imigue", path("out"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, Contains("0007: 1 spans without a class were left out"));
    EXPECT_EQ(*readFile(path("out/imigue_skeleton_train/0007/0007_label.csv")), "1,0,9\n99,20,20\n");
    EXPECT_EQ(*readFile(path("out/imigue_skeleton_test/0300/0300_label.csv")), "0,5,9\n");
    EXPECT_EQ(*readFile(path("out/imigue_skeleton_validate/0200/0200_label.csv")), "");
    auto target = project("b", "imigue");
    ASSERT_TRUE(import(*target, "imigue", path("out")).ok());
    EXPECT_EQ(target->videoByName("0200")->role, SubjectRole::Validation);
    EXPECT_EQ(flat(*target), (Flat{{"0007", 0, 10, 0}, {"0007", 20, 21, 31}, {"0300", 5, 10, -1}}));
    EXPECT_EQ(target->videoByName("0300")->role, SubjectRole::Test);
}

TEST_F(Folders, ImigueTakesNoOtherClasses)
{
    auto source = project("a", "smg");
    const int64_t video = addOffline(*source, "v", 100, 25);
    ASSERT_TRUE(source->addAnnotation(span(video, {0, 10}, 0)).ok());
    EXPECT_THAT(exportTo(*source, "imigue", path("out")).error().message,
        HasSubstr("iMiGUE has no class '" + source->scheme().classes[0].name + "'"));
    EXPECT_FALSE(std::filesystem::exists(path("out")));
}

TEST_F(Folders, OneBadRowLeavesTheOthers)
{
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2,9\n18,3,4\nx,3,4\n2,10.0,20\n");
    write("smg/Sample0002/Sample0002_finelabels.csv", "3,1,5\n");
    write("smg/Sample0002/Sample0002_data.csv", "oops\n");
    write("smg/Sample0003/Sample0003_finelabels.csv", "\"3,1,5\n");
    write("imigue/imigue_skeleton_train/0001/0001_label.csv", "1,0,9\n44,3,4\n2,3\n99,20,20\n");
    ImportOptions options;
    options.skipBad = true;
    auto smg = project("a", "smg");
    EXPECT_THAT(importError(*smg, "smg", path("smg")), HasSubstr("4 problems"));
    auto report = import(*smg, "smg", path("smg"), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*smg), (Flat{{"Sample0001", 1, 9, 0}, {"Sample0001", 9, 20, 1}, {"Sample0002", 0, 5, 2}}));
    auto imigue = project("b", "imigue");
    EXPECT_THAT(importError(*imigue, "imigue", path("imigue")),
        AllOf(HasSubstr("0001_label.csv, line 2: class 44"), HasSubstr("line 3: wanted are three")));
    report = import(*imigue, "imigue", path("imigue"), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(flat(*imigue), (Flat{{"0001", 0, 10, 0}, {"0001", 20, 21, 31}}));
}

TEST_F(Folders, ASlashBehindTheFolderDoesNotMatter)
{
    write("smg/Sample0001/Sample0001_finelabels.csv", "1,2,9\n");
    write("imigue/0001/0001_label.csv", "1,0,9\n");
    for (const char* end : {"", "/", "/.", "/../Sample0001"}) {
        auto document = project(std::string("a") + std::to_string(std::string(end).size()), "smg");
        const auto report = import(*document, "smg", path("smg/Sample0001").string() + end);
        EXPECT_TRUE(report.ok()) << end << report.error().message;
    }
    for (const char* end : {"", "/", "/."}) {
        auto document = project(std::string("b") + std::to_string(std::string(end).size()), "imigue");
        const auto report = import(*document, "imigue", path("imigue/0001").string() + end);
        EXPECT_TRUE(report.ok()) << end << report.error().message;
    }
}

TEST_F(Folders, NoVideoTakesThePlaceOfAnother)
{
    auto smg = project("a", "smg");
    int classId = 1;
    for (const char* name : {"Sample1", "Sample0001", "other"})
        ASSERT_TRUE(smg->addAnnotation(span(addOffline(*smg, name, 100, 25), {0, 10}, classId++)).ok());
    const auto notes = exportTo(*smg, "smg", path("out"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, Contains("Sample1 became Sample0001"));
    EXPECT_THAT(*notes, Contains("Sample0001 became Sample0002"));
    EXPECT_EQ(*readFile(path("out/Sample0001/Sample0001_finelabels.csv")), "2,1,10\n");
    EXPECT_EQ(*readFile(path("out/Sample0002/Sample0002_finelabels.csv")), "3,1,10\n");
    EXPECT_EQ(*readFile(path("out/Sample0003/Sample0003_finelabels.csv")), "4,1,10\n");

    auto imigue = project("b", "imigue");
    addOffline(*imigue, "a/b", 100, 25);
    addOffline(*imigue, "a_b", 100, 25);
    EXPECT_THAT(exportTo(*imigue, "imigue", path("out2")).error().message,
        HasSubstr("a_b: another video of the project has the folder a_b already"));
    EXPECT_FALSE(std::filesystem::exists(path("out2")));
}

TEST_F(Folders, SayWhatTheyHaveNoPlaceFor)
{
    auto source = project("a", "smg");
    VideoEntry video;
    video.name = "Sample0036";
    video.subject = "s36";
    video.role = SubjectRole::Train;
    video.frameCount = 100;
    video.fps = 28;
    video.offline = true;
    const int64_t id = *source->addVideo(video);
    Annotation other = span(id, {20, 30}, 1);
    other.person = 1;
    ASSERT_TRUE(source->addAnnotations({span(id, {0, 10}, 0), other}, QStringLiteral("test")).ok());
    const auto notes = exportTo(*source, "smg", path("out"));
    ASSERT_TRUE(notes.ok()) << notes.error().message;
    EXPECT_THAT(*notes, Contains(HasSubstr("1 videos have another role than their number says")));
    EXPECT_THAT(*notes, Contains(HasSubstr("Sample0036: has spans of several people")));
}
