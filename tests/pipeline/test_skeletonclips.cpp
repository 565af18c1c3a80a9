// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/clips/clipset.h"
#include "pipeline/clipsets/skeletonclips.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class SkeletonClips : public testing::Test {
protected:
    SkeletonClips()
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_sets_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~SkeletonClips() override { fs::remove_all(m_folder); }

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
                text += " " + std::to_string(frame) + ".5";
            text += "\n";
        }
        write("joints_" + name + ".txt", text);
    }
    fs::path out() const { return m_folder / "set.safetensors"; }

    fs::path m_folder;
    ProgressSink m_quiet;
};

TEST_F(SkeletonClips, UtKinectSpansAreFrameNumbersAndDoubledRowsCountOnce)
{
    writeJoints("s01_e01", {10, 12, 12, 14, 18, 20});
    writeJoints("s02_e01", {10, 12});
    writeJoints("s03_e01", {10, 12});
    write("actionLabel.txt",
        "s01_e01\nwalk: 12 18 \npull: 10 12\ncarry:  NaN NaN\nthrow: 30 40\ns02_e01\nwalk: 10 "
        "12\n\ns03_e01\npush: "
        "10 12\n");
    const auto made = writeUtKinectClips(m_folder, "s02", out(), m_quiet);
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->clips, 4);
    EXPECT_THAT(made->subjects, ElementsAre("s01", "s02", "s03"));
    EXPECT_EQ(made->validation, "s03");
    EXPECT_THAT(made->notes, ElementsAre(HasSubstr("line 4"), HasSubstr("line 5")));
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok()) << set.error().message;
    EXPECT_EQ((*set)->info().channels, 4);
    EXPECT_EQ((*set)->info().classes[static_cast<size_t>((*set)->clips()[1].label)], "pull");
    ASSERT_EQ((*set)->rows(0), 3) << "frames 12, 14 and 18";
    EXPECT_EQ((*set)->points(0)[0], 12.5f);
    EXPECT_EQ((*set)->points(0)[3], 1.0f) << "score";
    EXPECT_EQ((*set)->points(0)[2 * 80], 18.5f);
    EXPECT_EQ((*set)->clips()[0].role, ClipRole::Train);
    EXPECT_EQ((*set)->clips()[2].role, ClipRole::Test);
    EXPECT_EQ((*set)->clips()[3].role, ClipRole::Validation);
}

TEST_F(SkeletonClips, UtKinectFilesThatAreDamagedAreNamedWithTheLine)
{
    writeJoints("s01_e01", {10, 12});
    writeJoints("s02_e01", {10, 12});
    write("actionLabel.txt", "s01_e01\nwalk: 10 12\njump: 10 12\n");
    auto made = writeUtKinectClips(m_folder, "", out(), m_quiet);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("actionLabel.txt, line 3"));
    write("actionLabel.txt", "s07_e01\nwalk: 10 12\n");
    made = writeUtKinectClips(m_folder, "", out(), m_quiet);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("joints_s07_e01.txt"));
    write("joints_s02_e01.txt", "10 1 2 3\n");
    made = writeUtKinectClips(m_folder, "", out(), m_quiet);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("joints_s02_e01.txt, line 1"));
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(SkeletonClips, ASubjectThatIsNotThereIsNamedWithThoseThatAre)
{
    writeJoints("s01_e01", {10, 12});
    writeJoints("s02_e01", {10, 12});
    write("actionLabel.txt", "s01_e01\nwalk: 10 12\ns02_e01\nwalk: 10 12\n");
    const auto made = writeUtKinectClips(m_folder, "s09", out(), m_quiet);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("s09"));
    EXPECT_THAT(made.error().message, HasSubstr("s01, s02"));
}

std::string phaseRow(int time, const std::string& phase)
{
    std::string text;
    for (int i = 0; i < 18; ++i)
        text += std::to_string(i) + ".5,";
    return text + std::to_string(time) + "," + phase + "\n";
}

const std::string kHeader
    = "lhx,lhy,lhz,rhx,rhy,rhz,hx,hy,hz,sx,sy,sz,lwx,lwy,lwz,rwx,rwy,rwz,timestamp,phase\n";

TEST_F(SkeletonClips, GesturePhaseIsCutWhereThePhaseChangesOrTheClockJumps)
{
    write("a1_raw.csv",
        kHeader + phaseRow(0, "Rest") + phaseRow(30, "Rest") + phaseRow(40060, "Rest")
            + phaseRow(40090, "Stroke"));
    write("b1_raw.csv",
        "\xef\xbb\xbf" + kHeader + phaseRow(0, "Preparation") + phaseRow(31, "Prepara\xc3\xa7\xc3\xa3o")
            + phaseRow(62, "Hold"));
    const auto made = writeGesturePhaseClips(m_folder, "b", out(), m_quiet);
    ASSERT_TRUE(made.ok()) << made.error().message;
    const auto set = ClipSet::open(out());
    ASSERT_TRUE(set.ok());
    std::vector<int64_t> rows;
    std::vector<std::string> phases;
    for (size_t i = 0; i < (*set)->clips().size(); ++i) {
        rows.push_back((*set)->rows(i));
        phases.push_back((*set)->info().classes[static_cast<size_t>((*set)->clips()[i].label)]);
    }
    EXPECT_THAT(rows, ElementsAre(2, 1, 1, 2, 1));
    EXPECT_THAT(phases, ElementsAre("Rest", "Rest", "Stroke", "Preparation", "Hold"));
    EXPECT_EQ((*set)->clips()[4].role, ClipRole::Test);
    EXPECT_EQ((*set)->points(0)[4], 3.5f) << "x of the second point";
}

TEST_F(SkeletonClips, APhaseThatIsUnknownIsNamedWithItsLine)
{
    write("a1_raw.csv", kHeader + phaseRow(0, "Rest") + phaseRow(0, "Sleep"));
    const auto made = writeGesturePhaseClips(m_folder, "", out(), m_quiet);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(made.error().message, HasSubstr("a1_raw.csv, line 3"));
}

fs::path realSets()
{
    const char* given = std::getenv("TELLTALE_TESTDATA");
    return fs::path(given ? given : TELLTALE_SOURCE_DIR "/../shared/testdata") / "skeleton";
}

TEST_F(SkeletonClips, TheRealSetsAreReadWhole)
{
    if (!fs::exists(realSets() / "UTKinect"))
        GTEST_SKIP() << "no " << realSets();
    const auto kinect = writeUtKinectClips(realSets() / "UTKinect", "s03", out(), m_quiet);
    ASSERT_TRUE(kinect.ok()) << kinect.error().message;
    EXPECT_EQ(kinect->clips, 199) << "200 labels, one of them without numbers";
    EXPECT_EQ(kinect->subjects.size(), 10U);
    EXPECT_EQ(kinect->notes.size(), 1U);
    const auto phases = writeGesturePhaseClips(realSets() / "GesturePhase", "b", out(), m_quiet);
    ASSERT_TRUE(phases.ok()) << phases.error().message;
    EXPECT_THAT(phases->subjects, ElementsAre("a", "b"));
    EXPECT_THAT(phases->notes, Contains(HasSubstr("calibration")));
}

} // namespace
