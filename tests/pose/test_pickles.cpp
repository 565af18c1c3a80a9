// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/numpypickle.h"
#include "pose/readers/skeletonfile.h"
#include "tests/pose/picklesamples.h"
#include "tests/pose/posefiles.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

template <size_t N> std::string bytes(const char (&text)[N]) { return std::string(text, N - 1); }

class Pickles : public testing::Test {
protected:
    Result<SkeletonFile> read(const std::string& content, const std::string& clip = {})
    {
        const auto file = m_folder.write("clip.pkl", content);
        return readSkeletonFile(clip.empty() ? file.string() : file.string() + "#" + clip);
    }
    std::string errorOf(const std::string& content)
    {
        const auto file = read(content);
        return file ? "it was read" : file.error().message;
    }

    ScratchFolder m_folder{"pickles"};
};

/// What tests/pose/make_pickles.py put in.
void expectTheClip(const SkeletonFile& file)
{
    const PoseTrack& track = file.track;
    EXPECT_EQ(track.layout, "coco17");
    EXPECT_EQ(track.persons, 2);
    ASSERT_EQ(track.rows(), 3);
    EXPECT_EQ(file.width, 640);
    EXPECT_EQ(file.height, 480);
    EXPECT_FALSE(file.normalised);
    for (int person = 0; person < 2; ++person)
        for (int row = 0; row < 3; ++row)
            for (int point = 0; point < 17; ++point) {
                const auto x = static_cast<float>(100 * person + 10 * row + point + 1);
                const bool missing = person == 1 && row == 2 && point == 16;
                EXPECT_EQ(
                    track.at(row, person)[point], missing ? PosePoint{} : (PosePoint{x, x + 500, 0.5F}));
            }
}

} // namespace

TEST_F(Pickles, OfEveryProtocolOfPythonAreRead)
{
    for (const std::string& content : {bytes(sample::kPickle2), bytes(sample::kPickle3),
             bytes(sample::kPickle4), bytes(sample::kPickle5), bytes(sample::kFortranPickle)}) {
        const auto file = read(content);
        ASSERT_TRUE(file.ok()) << file.error().message;
        expectTheClip(*file);
    }
}

TEST_F(Pickles, OfSeveralClipsAreAskedForOne)
{
    EXPECT_THAT(errorOf(bytes(sample::kTwoClips)), HasSubstr("holds 2 clips (clip, other); write FILE#CLIP"));
    const auto file = read(bytes(sample::kTwoClips), "other");
    ASSERT_TRUE(file.ok()) << file.error().message;
    expectTheClip(*file);
    const auto none = read(bytes(sample::kTwoClips), "third");
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message, HasSubstr("has no clip 'third', it has clip, other"));
}

TEST_F(Pickles, MayHoldNumpysNumbersPythonsContainersAndArraysOfNothing)
{
    // 'clip' is there twice, but it is the same annotation.
    EXPECT_THAT(
        errorOf(bytes(sample::kContainers2)), HasSubstr("holds 2 clips (nobody, clip); write FILE#CLIP"));
    const auto file = read(bytes(sample::kContainers2), "clip");
    ASSERT_TRUE(file.ok()) << file.error().message;
    expectTheClip(*file);
    const auto nobody = read(bytes(sample::kContainers2), "nobody");
    ASSERT_FALSE(nobody.ok());
    EXPECT_THAT(nobody.error().message, HasSubstr("its points have the shape [0, 3, 17, 2]"));
}

TEST_F(Pickles, OfPlacesInSpaceAreRefused)
{
    EXPECT_THAT(errorOf(bytes(sample::kPointsInSpace)), HasSubstr("places in space"));
}

TEST_F(Pickles, ThatCallCodeAreRefusedByTheNameOfWhatTheyCall)
{
    // Python names the module that a function is defined in: posix for os.system.
    EXPECT_THAT(errorOf(bytes(sample::kCallsSystem)),
        HasSubstr("calls posix.system; a pickle may run code, this one is not opened"));
    EXPECT_THAT(
        errorOf(bytes(sample::kCallsSystem4)), HasSubstr("calls posix.system; a pickle may run code"));
    EXPECT_THAT(errorOf(bytes(sample::kCallsEval)), HasSubstr("calls builtins.eval; a pickle may run code"));
    using namespace std::string_literals;
    EXPECT_THAT(
        errorOf("\x80\x02"s + "cos\nsystem\n(X\x04\0\0\0true"s + "tR."), HasSubstr("calls os.system;"));
    // Names from the stack, and with signs that a terminal would obey.
    EXPECT_THAT(
        errorOf("\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."s), HasSubstr("calls posix.system;"));
    EXPECT_THAT(errorOf("\x80\x02"s + "cos\x1b[2J\nsystem\n."s), HasSubstr("calls os?[2J.system;"));
    // Known names of numpy's module are no door to its other ones.
    EXPECT_THAT(errorOf("\x80\x02"s + "cnumpy\nload\n."s), HasSubstr("calls numpy.load;"));
}

TEST_F(Pickles, ThatLieOrEndEarlyAreRefusedAndNeverRun)
{
    using namespace std::string_literals;
    const std::string head = "\x80\x04"s;
    EXPECT_THAT(errorOf(head + "\x8e\xff\xff\xff\xff\xff\xff\xff\x7f"s + "abc"), HasSubstr("ends too early"));
    EXPECT_THAT(errorOf(head + "X\xff\xff\xff\xff"s), HasSubstr("ends too early"));
    EXPECT_THAT(errorOf(head + "\x8a\x09"s + std::string(9, '\1') + "."), HasSubstr("more than 64 bits"));
    EXPECT_THAT(errorOf(head + "j\xff\xff\xff\x7f."s), HasSubstr("a value that is not there"));
    EXPECT_THAT(errorOf(head + "0."s), HasSubstr("more values than it has"));
    EXPECT_THAT(errorOf(head + "K\x01K\x02s."s), HasSubstr("is damaged"));
    EXPECT_THAT(errorOf(head + "P1\n."s), HasSubstr("which data do not need"));
    // An array that claims more than it has: numpy.ndarray((2**31 - 1, ...), '<f4', b'')
    EXPECT_THAT(errorOf(head + "cnumpy\nndarray\n((J\xff\xff\xff\x7fJ\xff\xff\xff\x7fJ\x02\0\0\0t"s
                    + "X\x03\0\0\0<f4C\x04"s + "abcd" + "tR."),
        HasSubstr("fewer numbers than its shape says"));
    for (const std::string& whole : {bytes(sample::kPickle2), bytes(sample::kPickle5)})
        for (size_t size = 3; size < whole.size(); size += 7)
            EXPECT_FALSE(read(whole.substr(0, size)).ok()) << size;
}

TEST_F(Pickles, AsDeepAsTheyLikeDoNoHarm)
{
    using namespace std::string_literals;
    // A million lists in each other, and one that holds itself.
    EXPECT_THAT(errorOf("\x80\x04"s + std::string(1'000'000, ']') + std::string(999'999, 'a') + "."),
        HasSubstr("without keypoints"));
    EXPECT_THAT(errorOf("\x80\x04]\x94h\0a."s), HasSubstr("without keypoints"));
    EXPECT_THAT(
        errorOf("\x80\x04"s + std::string(7'000'000, '}') + "."), HasSubstr("more values than skeletons"));
}

TEST_F(Pickles, ThatNameLargeValuesAgainAndAgainCostNoMoreThanTheirBytes)
{
    using namespace std::string_literals;
    std::string listed = "\x80\x02}q\x01("s;
    for (int i = 0; i < 200'000; ++i)
        listed += "NN";
    listed += "u0](";
    for (int i = 0; i < 1'000'000; ++i)
        listed += "h\x01";
    EXPECT_THAT(errorOf(listed + "e."), HasSubstr("pickle of 1 annotations without keypoints"));

    // 20,000 times a megabyte, were it made at once.
    std::string encoded = "\x80\x02"s + "c_codecs\nencode\nq\0X\0\0\x10\0"s + std::string(1 << 20, 'a')
        + "X\x06\0\0\0latin1\x86q\x01"s;
    for (int i = 0; i < 20'000; ++i)
        encoded += "h\0h\x01R0"s;
    EXPECT_THAT(errorOf(encoded + "N."), HasSubstr("without keypoints"));
}

TEST_F(Pickles, HarmedAtAnyByteNeverCrash)
{
    const std::string whole = bytes(sample::kPickle4);
    for (size_t i = 0; i < whole.size(); ++i)
        for (const char harm : {'\0', '\x7f', '\xff', 'R'}) {
            std::string broken = whole;
            broken[i] = harm;
            const auto content = readNumpyPickle(broken, "x");
            if (i % 16 == 0)
                (void)read(broken).ok();
            EXPECT_TRUE(content.ok() || !content.error().message.empty());
        }
}

TEST_F(Pickles, OfTheRealFileSayThatItHasNoKeypoints)
{
    const auto file = testdataFolder() / "formats/pyskl/mmaction2_posedataset_sample.pkl";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << file << " is not there";
    const auto read = readSkeletonFile(file);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(read.error().message, HasSubstr("annotations without keypoints"));
}
