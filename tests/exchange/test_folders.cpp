// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Formats that are folders, and so know frames alone.
#include "exchangetest.h"

using namespace telltale;
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
