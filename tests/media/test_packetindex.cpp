// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/bytestream.h"
#include "base/random.h"
#include "base/timebase.h"
#include "media/packetindex.h"
#include <gtest/gtest.h>

using namespace telltale;

namespace {

constexpr int64_t kTick = 512;

AVCodecParameters h264()
{
    AVCodecParameters parameters{};
    parameters.codec_id = AV_CODEC_ID_H264;
    return parameters;
}

/// Packet `n` of a stream with groups of 250 pictures, two B-frames after each other picture.
PacketInfo packetAt(int64_t n, Random& random)
{
    const int64_t inGop = n % 250;
    PacketInfo packet;
    packet.key = inGop == 0;
    packet.dts = (n - 1) * kTick;
    const int64_t shift = inGop == 0 || inGop >= 247 ? 0 : (inGop % 3 == 1 ? 2 : -1);
    packet.pts = (n + shift) * kTick;
    packet.size = static_cast<int32_t>(packet.key ? 60000 + random.below(9000) : 900 + random.below(9000));
    return packet;
}

PacketIndex longIndex(int64_t packets)
{
    Random random(4);
    PacketIndex index;
    int64_t position = 48;
    for (int64_t n = 0; n < packets; ++n) {
        PacketInfo packet = packetAt(n, random);
        packet.position = position;
        position += packet.size + random.below(700); // sound in between
        index.add(packet);
    }
    return index;
}

} // namespace

TEST(PacketIndex, TenHoursTakeAtMostThirtyTwoBytesAPictureWithTheirTimes)
{
    constexpr int64_t kFrames = int64_t{10} * 3600 * 30;
    PacketIndex growing = longIndex(kFrames);
    ASSERT_TRUE(growing.orderByTimeStamps(h264()));
    ASSERT_EQ(growing.frameCount(), kFrames);
    std::vector<MediaTime> starts;
    for (int64_t i = 0; i < kFrames; ++i)
        starts.emplace_back(growing.picture(i).pts * 1000000 / 15360);
    const FrameTimes times(starts, starts.back() + MediaTime(33333));
    const PacketIndex kept = growing; // what is published is a copy
    EXPECT_LE(kept.bytes() + times.bytes(), 32 * kFrames);
    EXPECT_LE(growing.bytes(), 32 * kFrames) << "while it is being made";
}

TEST(PacketIndex, EveryPictureIsFoundByItsTimeStampAndEveryPacketByItsPlace)
{
    PacketIndex index = longIndex(3000);
    ASSERT_TRUE(index.orderByTimeStamps(h264()));
    ASSERT_EQ(index.identity(), PictureIdentity::Pts);
    for (int64_t i = 0; i < index.frameCount(); ++i) {
        const ShownPicture picture = index.picture(i);
        ASSERT_EQ(picture.pts, i * kTick);
        ASSERT_EQ(index.findShown(picture.pts), i);
        ASSERT_EQ(index.shownOf(picture.packet), i);
        const PacketInfo packet = index.packet(picture.packet);
        ASSERT_EQ(packet.pts, picture.pts);
        ASSERT_EQ(index.findPacket(packet.position, packet.size, -1), picture.packet);
        ASSERT_EQ(index.findPacket(packet.position, packet.size + 1, -1), std::nullopt);
    }
    EXPECT_EQ(index.findShown(1), std::nullopt);
    EXPECT_EQ(index.longestGop(), 250);
    EXPECT_EQ(index.shownKeys(), 12);
}

TEST(PacketIndex, ABeginningHoldsOnlyPicturesThatNothingCanPrecedeAnyMore)
{
    PacketIndex whole = longIndex(1000);
    ASSERT_TRUE(whole.orderByTimeStamps(h264()));
    Random random(4);
    PacketIndex beginning;
    for (int64_t n = 0; n < 1000; ++n) {
        beginning.add(packetAt(n, random));
        if (!beginning.orderByTimeStamps(h264(), false))
            continue;
        ASSERT_GE(beginning.frameCount(), n - 4);
        for (int64_t i = std::max<int64_t>(0, beginning.frameCount() - 5); i < beginning.frameCount(); ++i)
            ASSERT_EQ(beginning.picture(i).packet, whole.picture(i).packet) << n;
    }
}

TEST(PacketIndex, TimeStampsThatCannotBeTrustedAreNotTrusted)
{
    const auto ordered = [](const std::vector<int64_t>& stamps, bool keyFirst = true) {
        PacketIndex index;
        for (size_t n = 0; n < stamps.size(); ++n) {
            PacketInfo packet;
            packet.pts = stamps[n];
            packet.size = 100;
            packet.key = keyFirst && n == 0;
            index.add(packet);
        }
        return index.orderByTimeStamps(h264());
    };
    EXPECT_TRUE(ordered({0, 30, 10, 20}));
    EXPECT_FALSE(ordered({})) << "nothing";
    EXPECT_FALSE(ordered({0, 30, 30, 20})) << "twice the same";
    EXPECT_FALSE(ordered({0, AV_NOPTS_VALUE, 20})) << "one missing";
    EXPECT_FALSE(ordered({10, 0, 20})) << "shown before the first key picture";
    EXPECT_FALSE(ordered({0, 10, 20}, false)) << "no key picture";
}

TEST(PacketIndex, ADamagedPacketMakesThePicturesBeCounted)
{
    PacketIndex index = longIndex(100);
    index.markDamaged(7);
    index.markDamaged(7);
    EXPECT_EQ(index.damagedPackets(), 1);
    EXPECT_FALSE(index.orderByTimeStamps(h264()));
}

TEST(PacketIndex, CountedPicturesAreToldApartByTheStrongestSignThatIsUnique)
{
    PacketIndex index = longIndex(3);
    const std::vector<ShownPicture> pictures{{0, 100, 11}, {2, 200, 12}, {1, 300, 13}};
    index.orderByDecoding(pictures, {100, 200, 300});
    EXPECT_EQ(index.identity(), PictureIdentity::Pts);
    EXPECT_EQ(index.findShown(300), 2);
    EXPECT_EQ(index.picture(1).hash, 12U);
    index.orderByDecoding(pictures, {AV_NOPTS_VALUE, 200, 300});
    EXPECT_EQ(index.identity(), PictureIdentity::Packet);
    EXPECT_EQ(index.findShown(1), 2) << "the picture of packet 1";
    index.orderByDecoding({{0, 100, 1}, {0, 100, 2}, {1, 50, 3}}, {100, 100, 50});
    EXPECT_EQ(index.identity(), PictureIdentity::Count);
    EXPECT_TRUE(index.repairedStamps());
    EXPECT_LT(index.picture(1).pts, index.picture(2).pts);
}

TEST(PacketIndex, WhatWasForgottenCanComeAgain)
{
    PacketIndex whole = longIndex(800);
    PacketIndex index = longIndex(800);
    index.truncate(300);
    EXPECT_EQ(index.packetCount(), 300);
    EXPECT_EQ(index.frameCount(), 0);
    for (int64_t n = 300; n < 800; ++n)
        index.add(whole.packet(n));
    ASSERT_TRUE(index.orderByTimeStamps(h264()) && whole.orderByTimeStamps(h264()));
    for (int64_t i = 0; i < 800; ++i)
        ASSERT_EQ(index.picture(i).packet, whole.picture(i).packet);
}

TEST(PacketIndex, SurvivesBeingWrittenAndEverySpoiltByteIsRefusedOrHarmless)
{
    PacketIndex index = longIndex(400);
    ASSERT_TRUE(index.orderByTimeStamps(h264()));
    ByteWriter out;
    index.write(out);
    ByteReader in(out.bytes());
    PacketIndex back;
    ASSERT_TRUE(back.read(in));
    for (int64_t i = 0; i < 400; ++i) {
        ASSERT_EQ(back.packet(i), index.packet(i));
        ASSERT_EQ(back.picture(i).packet, index.picture(i).packet);
    }
    Random random(6);
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = out.bytes();
        bytes[static_cast<size_t>(random.below(static_cast<int64_t>(bytes.size())))]
            = static_cast<char>(random.below(256));
        ByteReader spoilt(bytes);
        PacketIndex strange;
        if (!strange.read(spoilt)) {
            ++refused;
            continue;
        }
        for (int64_t i = 0; i < strange.frameCount(); ++i)
            (void)strange.startsFor(i);
        (void)strange.longestGop();
    }
    EXPECT_GT(refused, 0);
}
