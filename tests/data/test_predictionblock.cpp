// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "data/store/digest.h"
#include "data/store/predictionblock.h"
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

namespace {

using namespace telltale;

std::vector<float> numbers(Random& random, int64_t count)
{
    std::vector<float> all(static_cast<size_t>(count));
    for (float& number : all)
        number = static_cast<float>(random.normal());
    return all;
}

/// Whatever a run may hold: modalities missing, of different lengths, without numbers, none at all.
Prediction randomPrediction(Random& random)
{
    Prediction prediction;
    prediction.person = static_cast<int>(random.below(5)) - 1;
    prediction.span.first = random.below(1000000);
    prediction.span.last = prediction.span.first + random.below(500);
    prediction.detectorScore = random.uniform();
    prediction.fused = numbers(random, random.chance(0.2) ? 0 : 1 + random.below(32));
    for (const char* name : {"joint", "heatmap", "rgb"})
        if (random.chance(0.7))
            prediction.modalities[name] = {numbers(random, random.below(32)),
                numbers(random, random.chance(0.2) ? 0 : random.below(70))};
    prediction.pseudoLabel = random.chance(0.3);
    if (random.chance(0.6))
        prediction.birth = R"({"votes":)" + std::to_string(random.below(4)) + "}";
    return prediction;
}

std::vector<Prediction> randomRun(uint64_t seed, size_t count)
{
    Random random(seed);
    std::vector<Prediction> run;
    run.reserve(count);
    while (run.size() < count)
        run.push_back(randomPrediction(random));
    return run;
}

bool sameNumbers(const std::vector<float>& a, const std::vector<float>& b)
{
    return a.size() == b.size()
        && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

bool same(const Prediction& a, const Prediction& b)
{
    bool equal = a.person == b.person && a.span == b.span && a.pseudoLabel == b.pseudoLabel
        && a.birth == b.birth && std::memcmp(&a.detectorScore, &b.detectorScore, sizeof a.detectorScore) == 0
        && sameNumbers(a.fused, b.fused) && a.modalities.size() == b.modalities.size();
    for (const auto& [name, scores] : a.modalities) {
        const auto other = b.modalities.find(name);
        equal = equal && other != b.modalities.end()
            && sameNumbers(scores.probabilities, other->second.probabilities)
            && sameNumbers(scores.embedding, other->second.embedding);
    }
    return equal;
}

Result<PredictionBlock> readBytes(std::string bytes)
{
    return PredictionBlock::read(MappedBytes::of(std::move(bytes)));
}

TEST(predictionblock, everyPredictionComesBackBitForBit)
{
    for (const size_t count : {0U, 1U, 2U, 100U}) {
        const std::vector<Prediction> run = randomRun(count + 1, count);
        const auto block = readBytes(formatPredictions(run));
        ASSERT_TRUE(block.ok());
        ASSERT_EQ(block->count(), static_cast<int64_t>(count));
        for (size_t i = count; i-- > 0;) {
            const auto prediction = block->at(static_cast<int64_t>(i));
            ASSERT_TRUE(prediction.ok());
            EXPECT_TRUE(same(*prediction, run[i])) << i;
            EXPECT_EQ(block->span(static_cast<int64_t>(i)), run[i].span);
            EXPECT_EQ(block->detectorScore(static_cast<int64_t>(i)), run[i].detectorScore);
        }
    }
}

TEST(predictionblock, numbersThatAreNoneAndExtremesComeBackToo)
{
    Prediction odd;
    odd.person = std::numeric_limits<int>::min();
    odd.span = {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()};
    odd.detectorScore = std::nan("7");
    odd.fused = {std::nanf("3"), -0.0F, std::numeric_limits<float>::infinity()};
    odd.modalities[""] = {};
    odd.modalities[std::string("\0\xff/", 3)] = {{1}, {}};
    odd.birth = std::string("\0 \xff", 3);
    const auto block = readBytes(formatPredictions({odd}));
    ASSERT_TRUE(block.ok());
    EXPECT_TRUE(same(*block->at(0), odd));
}

TEST(predictionblock, theBestScoreIsTheHighestFusedProbability)
{
    std::vector<Prediction> run(4);
    run[0].fused = {0.25F, 0.5F, 0.125F};
    run[2].fused = {std::nanf(""), 0.75F};
    run[3].fused = {-1.0F};
    const auto block = readBytes(formatPredictions(run));
    ASSERT_TRUE(block.ok());
    EXPECT_EQ(block->bestScore(0), 0.5F);
    EXPECT_EQ(block->bestScore(1), 0.0F);
    EXPECT_EQ(block->bestScore(2), 0.75F);
    EXPECT_EQ(block->bestScore(3), 0.0F);
}

TEST(predictionblock, aRowThatIsNotThereIsRefused)
{
    const auto block = readBytes(formatPredictions(randomRun(1, 3)));
    ASSERT_TRUE(block.ok());
    for (const int64_t i : {int64_t{-1}, int64_t{3}, INT64_MAX, INT64_MIN}) {
        EXPECT_EQ(block->at(i).error().code, ErrorCode::InvalidArgument);
        EXPECT_EQ(block->span(i), FrameSpan());
        EXPECT_EQ(block->bestScore(i), 0.0F);
        EXPECT_EQ(block->detectorScore(i), 0.0);
    }
}

TEST(predictionblock, equalPredictionsGiveEqualBytesAndEqualBirthsAreStoredOnce)
{
    EXPECT_EQ(formatPredictions(randomRun(3, 20)), formatPredictions(randomRun(3, 20)));
    std::vector<Prediction> run(100);
    for (Prediction& prediction : run)
        prediction.birth = std::string(1000, 'b');
    const std::string bytes = formatPredictions(run);
    EXPECT_LT(bytes.size(), 20000U);
    EXPECT_EQ(readBytes(bytes)->at(99)->birth, run[99].birth);
}

TEST(predictionblock, rowsHaveOneWidthAndStartAtMultiplesOf64)
{
    const std::vector<Prediction> run = randomRun(4, 10);
    std::vector<Prediction> longer = run;
    longer.push_back(run.front());
    const size_t width = formatPredictions(longer).size() - formatPredictions(run).size();
    EXPECT_EQ(width % 64, 0U);
    longer.push_back(run.back());
    EXPECT_EQ(formatPredictions(longer).size() - formatPredictions(run).size(), 2 * width);
}

TEST(predictionblock, damageIsNeverTakenForAPrediction)
{
    const std::vector<Prediction> run = randomRun(5, 6);
    const std::string bytes = formatPredictions(run);
    int64_t refused = 0;
    for (size_t at = 0; at < bytes.size(); ++at) {
        for (const int bit : {0, 3, 7}) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            const auto block = readBytes(damaged);
            if (!block) {
                ++refused;
                continue;
            }
            ASSERT_EQ(block->count(), 6);
            int bad = 0;
            for (size_t i = 0; i < run.size(); ++i) {
                const auto index = static_cast<int64_t>(i);
                const auto prediction = block->at(index);
                bad += prediction.ok() ? 0 : 1;
                block->bestScore(index);
                if (prediction) {
                    EXPECT_TRUE(same(*prediction, run[i])) << "byte " << at;
                } else {
                    EXPECT_EQ(prediction.error().code, ErrorCode::BadFormat);
                }
            }
            refused += bad > 0 ? 1 : 0;
        }
    }
    EXPECT_GT(refused, static_cast<int64_t>(bytes.size() * 3 - 3 * 64)) << "only the padding may be changed";
}

TEST(predictionblock, aBlockThatWasCutOrGrewIsRefused)
{
    const std::string bytes = formatPredictions(randomRun(6, 4));
    for (size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(readBytes(bytes.substr(0, size)).ok()) << size;
    EXPECT_FALSE(readBytes(bytes + '\0').ok());
    EXPECT_EQ(readBytes("not a block").error().code, ErrorCode::BadFormat);
    EXPECT_EQ(readBytes(std::string(4096, '\0')).error().code, ErrorCode::BadFormat);
}

TEST(predictionblock, aNewerVersionIsNamedAsSuch)
{
    std::string bytes = formatPredictions(randomRun(7, 1));
    bytes[8] = 2;
    EXPECT_EQ(readBytes(bytes).error().code, ErrorCode::NewerSchema);
}

uint64_t get(const std::string& bytes, size_t at, size_t width = sizeof(uint64_t))
{
    uint64_t value = 0;
    std::memcpy(&value, bytes.data() + at, width);
    return value;
}

void put(std::string& bytes, size_t at, uint64_t value, size_t width = sizeof(uint64_t))
{
    std::memcpy(bytes.data() + at, &value, width);
}

/// Where the first row begins.
size_t rowsOf(const std::string& bytes) { return (64 + get(bytes, 32) + 63) / 64 * 64; }

/// Makes the checksum of the block's head right again, so that its numbers are believed.
void sealHead(std::string& bytes)
{
    constexpr size_t kAbove = 56;
    const std::string_view all = bytes;
    const uint64_t table = std::min<uint64_t>(get(bytes, 32), bytes.size() - 64);
    put(bytes, kAbove, checksum64(all.substr(0, kAbove), checksum64(all.substr(64, table))));
}

/// The same for the first of `count` rows; false if its text lies outside.
bool sealFirstRow(std::string& bytes, size_t count)
{
    const size_t rows = rowsOf(bytes);
    const uint64_t texts = get(bytes, 40);
    const uint64_t offset = get(bytes, rows + 32);
    const uint64_t length = get(bytes, rows + 40, 4);
    if (offset > texts || length > texts - offset)
        return false;
    const std::string_view all = bytes;
    const size_t width = (bytes.size() - texts - rows) / count;
    const std::string_view text = all.substr(bytes.size() - texts + offset, length);
    put(bytes, rows, checksum64(all.substr(rows + 8, width - 8), checksum64(text)));
    return true;
}

/// Lengths that somebody wrote on purpose, with right checksums.
TEST(predictionblock, hostileLengthsAreRefusedAndReadNothingOutside)
{
    const std::string bytes = formatPredictions(randomRun(8, 5));
    const size_t rows = rowsOf(bytes);
    const std::vector<uint64_t> values = {0, 1, 6, 0x7f, 0xff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
        0x100000000, 0x3fffffffffffffff, 0x4000000000000000, 0x7fffffffffffffff, 0xffffffffffffffc0,
        0xffffffffffffffff};
    Random random(9);
    for (int round = 0; round < 20000; ++round) {
        std::string damaged = bytes;
        for (int64_t changes = 1 + random.below(3); changes > 0; --changes) {
            const bool inHead = random.chance(0.5);
            const int64_t place = inHead ? 12 + 4 * random.below((static_cast<int64_t>(rows) - 20) / 4)
                                         : static_cast<int64_t>(rows) + 8 + 4 * random.below(16);
            const auto value = static_cast<size_t>(random.below(static_cast<int64_t>(values.size())));
            put(damaged, static_cast<size_t>(place), values[value], random.chance(0.5) ? 8 : 4);
        }
        sealHead(damaged);
        auto block = readBytes(damaged);
        for (int64_t i = 0; block && i < std::min<int64_t>(block->count(), 8); ++i) {
            block->bestScore(i);
            (void)block->at(i);
        }
        if (!block || block->count() != 5 || !sealFirstRow(damaged, 5))
            continue;
        block = readBytes(damaged);
        ASSERT_TRUE(block.ok());
        if (const auto prediction = block->at(0); !prediction) {
            EXPECT_EQ(prediction.error().code, ErrorCode::BadFormat);
        }
    }
}

TEST(predictionblock, aRowWithMoreNumbersThanItHasRoomForIsRefused)
{
    Prediction prediction;
    prediction.fused = {0.5F, 0.5F};
    prediction.modalities["joint"] = {{0.1F, 0.2F, 0.3F}, {1, 2, 3, 4}};
    const std::string bytes = formatPredictions({prediction});
    const size_t rows = rowsOf(bytes);
    const size_t lengths[] = {rows + 44, rows + 56, rows + 60};
    for (const size_t place : lengths) {
        std::string shorter = bytes;
        put(shorter, place, get(bytes, place, 4) - 1, 4);
        ASSERT_TRUE(sealFirstRow(shorter, 1));
        EXPECT_TRUE(readBytes(shorter)->at(0).ok());
        std::string longer = bytes;
        put(longer, place, get(bytes, place, 4) + 1, 4);
        ASSERT_TRUE(sealFirstRow(longer, 1));
        EXPECT_EQ(readBytes(longer)->at(0).error().code, ErrorCode::BadFormat);
        EXPECT_EQ(readBytes(longer)->bestScore(0), 0.5F);
    }
}

TEST(predictionblock, randomBytesAreRefused)
{
    Random random(10);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = formatPredictions({});
        bytes.resize(static_cast<size_t>(8 + random.below(300)));
        for (size_t at = 8; at < bytes.size(); ++at)
            bytes[at] = static_cast<char>(random.below(256));
        EXPECT_FALSE(readBytes(bytes).ok());
    }
}

} // namespace
