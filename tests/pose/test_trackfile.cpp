// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "pose/readers/zipfile.h"
#include "posefiles.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

std::string npyOf(const std::string& dtype, std::vector<int64_t> shape, const std::string& bytes)
{
    return formatNpy({dtype, std::move(shape), bytes});
}

/// A track file put together by hand, so that single arrays can be wrong.
std::string trackBytes(const std::string& points, const std::string& frames, const std::string& layout)
{
    ZipWriter zip;
    EXPECT_TRUE(zip.add("points.npy", points, ZipWriter::Method::Store).ok());
    EXPECT_TRUE(zip.add("frames.npy", frames, ZipWriter::Method::Store).ok());
    EXPECT_TRUE(zip.add("layout.npy", layout, ZipWriter::Method::Deflate).ok());
    return zip.finish();
}

std::string framesNpy(std::vector<int64_t> frames)
{
    return npyOf("i8", {static_cast<int64_t>(frames.size())},
        std::string(reinterpret_cast<const char*>(frames.data()), frames.size() * 8));
}

std::string pointsNpy(std::vector<int64_t> shape, float value)
{
    NdArray array(std::move(shape));
    std::fill(array.values.begin(), array.values.end(), value);
    return formatNpy(fromFloat(array));
}

std::string errorOf(const ScratchFolder& folder, const std::string& bytes)
{
    const auto track = readTrack(folder.write("t.npz", bytes));
    EXPECT_FALSE(track.ok());
    return track.ok() ? "" : track.error().message;
}

} // namespace

TEST(ZipFile, StoredAndDeflatedEntriesComeBack)
{
    std::string long_text;
    for (int i = 0; i < 20000; ++i)
        long_text += std::to_string(i % 97) + ",";
    ZipWriter writer;
    ASSERT_TRUE(writer.add("a.txt", "hello", ZipWriter::Method::Store).ok());
    ASSERT_TRUE(writer.add("folder/b.txt", long_text, ZipWriter::Method::Deflate).ok());
    ASSERT_TRUE(writer.add("empty", "", ZipWriter::Method::Deflate).ok());
    const std::string bytes = writer.finish();
    EXPECT_LT(bytes.size(), long_text.size() / 5);
    const auto zip = ZipReader::parse(bytes, "x.zip");
    ASSERT_TRUE(zip.ok()) << zip.error().message;
    EXPECT_EQ(*zip->read("a.txt"), "hello");
    EXPECT_EQ(*zip->read("folder/b.txt"), long_text);
    EXPECT_EQ(*zip->read("empty"), "");
    EXPECT_EQ(zip->read("nothing").error().code, ErrorCode::NotFound);
}

TEST(ZipFile, EveryCutAndEveryFlippedByteIsRefusedOrHarmless)
{
    ZipWriter writer;
    const std::string content(300, 'x');
    ASSERT_TRUE(writer.add("a", content, ZipWriter::Method::Deflate).ok());
    const std::string bytes = writer.finish();
    for (size_t cut = 0; cut < bytes.size(); ++cut)
        EXPECT_FALSE(ZipReader::parse(bytes.substr(0, cut), "cut.zip").ok()) << cut;
    for (size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        const auto zip = ZipReader::parse(damaged, "damaged.zip");
        if (!zip)
            continue;
        const auto back = zip->read("a");
        EXPECT_TRUE(!back.ok() || *back == content) << "byte " << i;
    }
}

TEST(ZipFile, SizeThatNoDataCanHaveIsRefusedBeforeItIsReserved)
{
    ZipWriter writer;
    ASSERT_TRUE(writer.add("a", std::string(300, 'x'), ZipWriter::Method::Deflate).ok());
    std::string bytes = writer.finish();
    const size_t row = bytes.find("PK\x01\x02");
    bytes.replace(row + 24, 4, "\xff\xff\xff\x7f");
    const auto zip = ZipReader::parse(bytes, "bomb.zip");
    ASSERT_TRUE(zip.ok());
    const auto back = zip->read("a");
    ASSERT_FALSE(back.ok());
    EXPECT_THAT(back.error().message, HasSubstr("bomb.zip"));
    EXPECT_THAT(back.error().message, HasSubstr("size"));
}

TEST(ZipFile, WhatIsLargeOnlyOnceItIsUnpackedIsRefused)
{
    ZipWriter writer;
    ASSERT_TRUE(writer.add("a", std::string(size_t{129} << 20, '\0'), ZipWriter::Method::Deflate).ok());
    ASSERT_TRUE(writer.add("b", std::string(size_t{1} << 20, '\0'), ZipWriter::Method::Deflate).ok());
    const auto zip = ZipReader::parse(writer.finish(), "bomb.zip");
    ASSERT_TRUE(zip.ok());
    EXPECT_TRUE(zip->read("b").ok());
    const auto back = zip->read("a");
    ASSERT_FALSE(back.ok());
    EXPECT_THAT(back.error().message, HasSubstr("bomb.zip"));
    EXPECT_THAT(back.error().message, HasSubstr("fill the memory"));
}

TEST(TrackFile, RoundTripKeepsEveryValue)
{
    const ScratchFolder folder("round");
    PoseTrack track = randomTrack(50, 2, 3);
    track.frames[49] = 1000;
    ASSERT_TRUE(writeTrack(folder / "t.npz", track).ok());
    for (const auto& back : {readTrack(folder / "t.npz"), readSkeleton(folder / "t.npz")}) {
        ASSERT_TRUE(back.ok()) << back.error().message;
        EXPECT_EQ(back->layout, "telltale68");
        EXPECT_EQ(back->persons, 2);
        EXPECT_EQ(back->frames, track.frames);
        ASSERT_EQ(back->points.size(), track.points.size());
        for (size_t i = 0; i < track.points.size(); ++i) {
            EXPECT_EQ(back->points[i].x, track.points[i].x);
            EXPECT_EQ(back->points[i].score, track.points[i].score);
        }
    }
}

TEST(TrackFile, SameTrackGivesTheSameBytes)
{
    const ScratchFolder folder("same");
    const PoseTrack track = randomTrack(5, 1, 4);
    ASSERT_TRUE(writeTrack(folder / "a.npz", track).ok());
    ASSERT_TRUE(writeTrack(folder / "b.npz", track).ok());
    EXPECT_EQ(*readFile(folder / "a.npz"), *readFile(folder / "b.npz"));
}

TEST(TrackFile, NumPysTextAndNarrowNumbersAreRead)
{
    const ScratchFolder folder("dtypes");
    const std::string doubles(static_cast<size_t>(1 * 1 * 14 * 3 * 8), '\0');
    const std::string narrow("\x07\0\0\0", 4);
    const auto track = readTrack(folder.write("t.npz",
        trackBytes(npyOf("f8", {1, 1, 14, 3}, doubles), npyOf("i4", {1}, narrow),
            npyOf("U8", {},
                std::string("m\0\0\0o\0\0\0b\0\0\0i\0\0\0l\0\0\0e\0\0\0"
                            "1\0\0\0004\0\0\0",
                    32)))));
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->layout, "mobile14");
    EXPECT_EQ(track->frames, std::vector<int64_t>{7});
}

TEST(TrackFile, ATrackOfNobodyIsOneOfSomebodyWhoIsNeverSeen)
{
    const ScratchFolder folder("nobody");
    const auto track = readTrack(folder.write("t.npz",
        trackBytes(pointsNpy({3, 0, 68, 3}, 0), framesNpy({0, 1, 2}), npyOf("u1", {10}, "telltale68"))));
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->rows(), 3);
    ASSERT_EQ(track->persons, 1);
    EXPECT_EQ(track->at(2, 0)[67].score, 0);
}

TEST(TrackFile, WrongContentIsASentence)
{
    const ScratchFolder folder("wrong");
    const std::string layout = npyOf("u1", {8}, "mobile14");
    const std::string good = pointsNpy({2, 1, 14, 3}, 1);
    EXPECT_THAT(errorOf(folder, trackBytes(pointsNpy({2, 1, 13, 3}, 1), framesNpy({0, 1}), layout)),
        HasSubstr("13 points"));
    EXPECT_THAT(errorOf(folder, trackBytes(good, framesNpy({0, 1, 2}), layout)), HasSubstr("2 rows"));
    EXPECT_THAT(errorOf(folder, trackBytes(good, framesNpy({1, 1}), layout)), HasSubstr("ascend"));
    EXPECT_THAT(errorOf(folder, trackBytes(good, framesNpy({-1, 1}), layout)), HasSubstr("frames[0]"));
    EXPECT_THAT(errorOf(folder, trackBytes(pointsNpy({2, 1, 14, 3}, NAN), framesNpy({0, 1}), layout)),
        HasSubstr("row 0, point 0 is not a number"));
    EXPECT_THAT(
        errorOf(folder, trackBytes(good, framesNpy({0, 1}), npyOf("u1", {4}, "what"))), HasSubstr("what"));
    EXPECT_THAT(errorOf(folder, "PK no zip at all"), HasSubstr("t.npz"));
    EXPECT_EQ(readTrack(folder / "absent.npz").error().code, ErrorCode::NotFound);
}
