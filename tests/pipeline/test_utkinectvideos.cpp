// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/untrimmedsets/utkinectuntrimmed.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class UtKinectVideos : public testing::Test {
protected:
    UtKinectVideos()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_utkinect_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~UtKinectVideos() override { fs::remove_all(m_folder); }

    void write(const std::string& name, const std::string& text) const
    {
        ASSERT_TRUE(writeFileAtomically(m_folder / name, text).ok());
    }
    /// Rows whose coordinates are the frame number.
    void writeJoints(const std::string& name, const std::vector<int>& frames) const
    {
        std::string text;
        for (const int frame : frames) {
            text += std::to_string(frame);
            for (int i = 0; i < 60; ++i)
                text += " " + std::to_string(frame);
            text += "\n";
        }
        write("joints_" + name + ".txt", text);
    }
    void writeFive() const
    {
        std::string labels;
        for (const char* subject : {"s01", "s02", "s03", "s04", "s05"}) {
            writeJoints(std::string(subject) + "_e01", {10, 12, 14});
            labels += std::string(subject) + "_e01\nwalk: 10 12\n";
        }
        write("actionLabel.txt", labels);
    }
    Result<SkeletonVideoCounts> made(const SubjectSplit& split)
    {
        return writeUtKinectVideos(m_folder, split, out(), m_quiet);
    }
    fs::path out() const { return m_folder / "set.safetensors"; }

    fs::path m_folder;
    ProgressSink m_quiet;
};

TEST_F(UtKinectVideos, UnevenFrameNumbersBecomeEvenFramesAndSpansFollow)
{
    writeJoints("s01_e01", {10, 12, 12, 18, 60, 62});
    writeJoints("s02_e01", {10, 12});
    write("actionLabel.txt",
        "s01_e01\npull: 60 62\nwalk: 12 18 \ncarry:  NaN NaN\nthrow: 100 140\ns02_e01\nwalk: 10 12\n");
    const auto counts = made({{"s02"}});
    ASSERT_TRUE(counts.ok()) << counts.error().message;
    EXPECT_THAT(counts->notes, ElementsAre(HasSubstr("line 4"), HasSubstr("line 5")));
    const auto set = UntrimmedSet::open(out());
    ASSERT_TRUE(set.ok()) << set.error().message;
    const UntrimmedVideo& video = (*set)->videos()[0];
    EXPECT_EQ(video.frames, 27) << "10, 12, ..., 62";
    EXPECT_EQ(video.rate, 15);
    ASSERT_EQ(video.truth.size(), 2U);
    EXPECT_EQ(video.truth[0], (TruthSpan{{1, 5}, 0, 1})) << "walk, which the file names later";
    EXPECT_EQ(video.truth[1], (TruthSpan{{25, 27}, 7, 1}));
    const float* points = (*set)->points(0).data();
    EXPECT_EQ(points[0], 10);
    EXPECT_EQ(points[3], 1) << "score";
    EXPECT_FLOAT_EQ(points[size_t{2} * 80], 14) << "between the rows 12 and 18";
    EXPECT_EQ(points[size_t{2} * 80 + 3], 1);
    EXPECT_EQ(points[size_t{10} * 80 + 3], 0) << "nothing is known between 18 and 60";
    EXPECT_EQ(points[size_t{25} * 80], 60);
}

TEST_F(UtKinectVideos, FoldsSplitAllSubjectsAndLeaveSomeToDecideOn)
{
    writeFive();
    std::vector<std::string> tested;
    for (int fold = 1; fold <= 2; ++fold) {
        const auto counts = made({{}, fold, 2});
        ASSERT_TRUE(counts.ok()) << counts.error().message;
        tested.insert(tested.end(), counts->test.begin(), counts->test.end());
        const auto set = UntrimmedSet::open(out());
        ASSERT_TRUE(set.ok());
        EXPECT_TRUE(checkSplits((*set)->videos()).ok());
        EXPECT_EQ(counts->validation.empty(), fold == 1) << "three are tested, two are left";
    }
    EXPECT_THAT(tested, testing::UnorderedElementsAre("s01", "s02", "s03", "s04", "s05"));
}

TEST_F(UtKinectVideos, SubjectsAndFoldsThatAreNotThereAreRefused)
{
    writeFive();
    EXPECT_THAT(made({{"s01", "s09"}}).error().message, HasSubstr("s01, s02, s03, s04, s05"));
    EXPECT_THAT(made({{}, 3, 2}).error().message, HasSubstr("fold 3 of 2"));
    EXPECT_THAT(made({{}, 1, 6}).error().message, HasSubstr("5 subjects"));
    EXPECT_THAT(
        made({{"s01", "s02", "s03", "s04", "s05"}}).error().message, HasSubstr("nobody is left to learn"));
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(UtKinectVideos, DamagedSequencesAreNamed)
{
    writeFive();
    write("joints_s06_e01.txt", "");
    EXPECT_THAT(made({{"s01"}}).error().message, HasSubstr("joints_s06_e01.txt has no rows"));
    writeJoints("s06_e01", {0, 2000000000});
    EXPECT_THAT(made({{"s01"}}).error().message, HasSubstr("joints_s06_e01.txt"));
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(UtKinectVideos, TheRealSetIsReadWhole)
{
    const char* given = std::getenv("TELLTALE_TESTDATA");
    const fs::path real
        = fs::path(given ? given : TELLTALE_SOURCE_DIR "/../shared/testdata") / "skeleton" / "UTKinect";
    if (!fs::exists(real))
        GTEST_SKIP() << real << " is not there";
    const auto counts = writeUtKinectVideos(real, {{}, 1, 5}, out(), m_quiet);
    ASSERT_TRUE(counts.ok()) << counts.error().message;
    EXPECT_EQ(counts->videos, 20);
    EXPECT_EQ(counts->spans, 199);
    EXPECT_EQ(counts->subjects.size(), 10U);
    EXPECT_EQ(counts->notes.size(), 1U);
    const auto set = UntrimmedSet::open(out());
    ASSERT_TRUE(set.ok()) << set.error().message;
    EXPECT_TRUE(checkSplits((*set)->videos()).ok());
}

} // namespace
