// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../videosamples.h"
#include "media/audiofeed.h"
#include "media/audiosource.h"
#include "media/soundclock.h"
#include "media/timestretch.h"
#include "soundsample.h"
#include <cmath>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numbers>
#include <thread>

using namespace telltale;
using sample::Sound;
using testing::HasSubstr;

namespace {

constexpr int kRate = 48000;

std::filesystem::path pictures()
{
    static const auto file = sample::numberedVideo("pictures.mp4", {.frames = 112});
    return file;
}

std::unique_ptr<AudioSource> openSound(const std::filesystem::path& file, int rate = kRate)
{
    AudioOptions options;
    options.rate = rate;
    options.channels = 2;
    auto source = AudioSource::open(file, options);
    EXPECT_TRUE(source) << source.error().message;
    return source ? std::move(*source) : nullptr;
}

std::vector<float> readAt(AudioSource& source, int64_t first, int64_t count)
{
    std::vector<float> samples(static_cast<size_t>(count) * 2, 99.0F);
    source.seek(first);
    const Status status = source.read(samples);
    EXPECT_TRUE(status) << status.error().message;
    return samples;
}

double largestError(const std::vector<float>& samples, const Sound& sound, int64_t first, int rate)
{
    double worst = 0;
    for (size_t i = 0; i < samples.size() / 2; ++i) {
        const double tone
            = sample::toneAt(sound, static_cast<double>(first + static_cast<int64_t>(i)) / rate);
        worst = std::max({worst, std::abs(samples[2 * i] - tone), std::abs(samples[2 * i + 1] + tone)});
    }
    return worst;
}

/// The left channel as it should be, from sample `first` of kRate a second on.
std::vector<float> toneFrom(const Sound& sound, int64_t first, size_t count)
{
    std::vector<float> tone(count);
    for (size_t i = 0; i < count; ++i)
        tone[i] = sample::toneAt(sound, static_cast<double>(first + static_cast<int64_t>(i)) / kRate);
    return tone;
}

constexpr int64_t kMostLag = 400;

/// By how many samples the left channel of `samples` comes later than `expected`, which begins kMostLag
/// earlier and ends kMostLag later.
int64_t lateness(const std::vector<float>& samples, const std::vector<float>& expected)
{
    double most = -1e9;
    int64_t found = 0;
    for (int64_t lag = -kMostLag; lag <= kMostLag; ++lag) {
        double product = 0;
        for (size_t i = 0; i < samples.size() / 2; ++i)
            product += static_cast<double>(samples[2 * i])
                * expected[static_cast<size_t>(static_cast<int64_t>(i) + kMostLag - lag)];
        if (product > most) {
            most = product;
            found = lag;
        }
    }
    return found;
}

/// Places all over, backwards and forwards, near and far.
const std::vector<int64_t> kPlaces{0, 1, 47999, 48000, 191000, 90001, 90000, 12345, 100, 150000, 150960, 2};

struct LosslessCase {
    const char* name;
    Sound sound;
};

class losslessSound : public testing::TestWithParam<LosslessCase> { };

TEST_P(losslessSound, isTheSameToTheSampleAfterAnyJump)
{
    const Sound& sound = GetParam().sound;
    const auto file = sample::withSound(pictures(), GetParam().name, sound);
    const auto source = openSound(file, sound.rate);
    ASSERT_TRUE(source);
    for (const int64_t place : kPlaces) {
        const auto samples = readAt(*source, place, 3000);
        EXPECT_LT(largestError(samples, sound, place, sound.rate), 1.0 / 30000) << "at sample " << place;
    }
}

INSTANTIATE_TEST_SUITE_P(audio, losslessSound,
    testing::Values(LosslessCase{"tone_flac.mkv", {}}, LosslessCase{"tone_pcm.mov", {.codec = "pcm_s16le"}},
        LosslessCase{"tone_late.mov", {.codec = "pcm_s16le", .delay = 0.25}},
        LosslessCase{"tone_flac.mp4", {.codec = "flac", .rate = 44100}}));

struct LossyCase {
    const char* name;
    Sound sound;
    int64_t tolerance; ///< samples: what the container's time stamps leave open
};

class lossySound : public testing::TestWithParam<LossyCase> { };

TEST_P(lossySound, comesNeitherEarlyNorLateAfterAJump)
{
    const Sound& sound = GetParam().sound;
    const auto file = sample::withSound(pictures(), GetParam().name, sound);
    const auto source = openSound(file);
    ASSERT_TRUE(source);
    for (const int64_t place : {20000, 150000, 60000, 90001, 90000}) {
        const auto samples = readAt(*source, place, 4800);
        const auto expected = toneFrom(sound, place - kMostLag, 4800 + 2 * kMostLag);
        EXPECT_LE(std::abs(lateness(samples, expected)), GetParam().tolerance) << "at sample " << place;
    }
}

/// Where the file itself does not tell the encoder's delay, decoding in sequence says what is right.
TEST(audio, aJumpGivesWhatDecodingInSequenceGives)
{
    for (const char* codec : {"libopus", "libmp3lame", "libvorbis", "ac3"}) {
        const auto file
            = sample::withSound(pictures(), std::string("tone_") + codec + ".mkv", {.codec = codec});
        const auto source = openSound(file);
        ASSERT_TRUE(source);
        const auto all = readAt(*source, 0, 4 * kRate);
        for (const int64_t place : {20000, 150000, 60000, 90001, 90000}) {
            std::vector<float> expected(4800 + 2 * kMostLag);
            for (size_t i = 0; i < expected.size(); ++i)
                expected[i] = all[2 * (static_cast<size_t>(place - kMostLag) + i)];
            // Matroska rounds time stamps to milliseconds.
            EXPECT_LE(std::abs(lateness(readAt(*source, place, 4800), expected)), 48) << codec << place;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(audio, lossySound,
    testing::Values(LossyCase{"tone_aac.mp4", {.codec = "aac"}, 0},
        LossyCase{"tone_aac44.mp4", {.codec = "aac", .rate = 44100}, 1},
        // The container keeps the delay in milliseconds.
        LossyCase{"tone_aac_late.mp4", {.codec = "aac", .delay = 0.5}, 48},
        LossyCase{"tone_aac.ts", {.codec = "aac"}, 1},
        LossyCase{"tone_pcm44.mkv", {.codec = "pcm_s16le", .rate = 44100}, 24}));

TEST(audio, beforeTheSoundAndBehindItsEndIsSilence)
{
    const Sound sound{.codec = "pcm_s16le", .delay = 0.25};
    const auto source = openSound(sample::withSound(pictures(), "silence.mov", sound));
    ASSERT_TRUE(source);
    for (const int64_t place : {int64_t{-4800}, int64_t{11000}, int64_t{4} * kRate, int64_t{100} * kRate})
        EXPECT_LT(largestError(readAt(*source, place, 20000), sound, place, kRate), 1.0 / 30000) << place;
}

TEST(audio, aVideoWithoutSoundSaysSoAndANonVideoIsASentence)
{
    AudioOptions options;
    const auto silent = AudioSource::open(pictures(), options);
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, ErrorCode::NotFound);
    EXPECT_THAT(silent.error().message, HasSubstr("has no sound"));
    sample::writeBytes(sample::scratch("text.mp4"), "no video at all");
    const auto text = AudioSource::open(sample::scratch("text.mp4"), options);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::BadFormat);
    EXPECT_THAT(text.error().message, HasSubstr("text.mp4"));
}

TEST(audio, stretchedSoundKeepsItsPitchAndItsTime)
{
    for (const double speed : {0.25, 0.5, 0.8, 1.0, 1.5, 2.0, 4.0}) {
        int64_t given = 0;
        const auto sine = [&given](std::span<float> out) {
            for (float& value : out)
                value = static_cast<float>(
                    std::sin(2 * std::numbers::pi * 440 * static_cast<double>(given++) / kRate));
        };
        TimeStretch stretch(kRate, 1, sine);
        stretch.restart(speed);
        std::vector<float> out(static_cast<size_t>(kRate) * 4);
        stretch.read(out);
        // What was taken of the input: the stretch looks ahead by less than 100 ms.
        EXPECT_NEAR(static_cast<double>(given) / kRate, 4 * speed, 0.1) << speed;
        int crossings = 0;
        for (size_t i = kRate; i < size_t{3} * kRate; ++i)
            crossings += (out[i - 1] < 0) != (out[i] < 0) ? 1 : 0;
        EXPECT_NEAR(crossings / 4.0, 440, 2) << speed;
        double power = 0;
        for (size_t i = kRate; i < size_t{3} * kRate; ++i)
            power += static_cast<double>(out[i]) * out[i];
        EXPECT_NEAR(power / (2.0 * kRate), 0.5, 0.03) << speed;
    }
}

TEST(audio, stretchedSoundStaysWithinTenMillisecondsOfItsPlaceForAnHour)
{
    // A click every second of the input tells where it is.
    const double speed = 0.75;
    int64_t given = 0;
    const auto clicks = [&given](std::span<float> out) {
        for (float& value : out)
            value = given++ % 1000 == 500 ? 1.0F : 0.0F;
    };
    TimeStretch stretch(1000, 1, clicks);
    stretch.restart(speed);
    int64_t heard = 0;
    double worst = 0;
    std::vector<float> out(1000);
    for (int64_t second = 0; second < 3600; ++second) {
        stretch.read(out);
        for (size_t i = 0; i < out.size(); ++i) {
            if (out[i] < 0.5F)
                continue;
            const double input = (static_cast<double>(second) * 1000 + static_cast<double>(i)) * speed;
            worst = std::max(worst, std::abs(std::remainder(input - 500, 1000.0)));
            ++heard;
        }
    }
    EXPECT_GT(heard, 2500);
    EXPECT_LE(worst, 31.0); // ten, and the length of one piece at 1000 samples a second
}

TEST(audio, atItsOwnSpeedTheOutputIsTheInput)
{
    float next = 0;
    TimeStretch stretch(kRate, 2, [&next](std::span<float> out) {
        for (float& value : out)
            value = next = std::fmod(next + 0.37F, 1.0F);
    });
    stretch.restart(1);
    std::vector<float> out(100000);
    stretch.read(out);
    float expected = 0;
    for (const float value : out) {
        expected = std::fmod(expected + 0.37F, 1.0F);
        ASSERT_FLOAT_EQ(value, expected);
    }
}

/// Pulls `count` samples from number `first` on as a device would, waiting until they are there.
std::vector<float> pullAll(AudioFeed& feed, int64_t first, int64_t count)
{
    std::vector<float> all;
    while (static_cast<int64_t>(all.size()) / 2 < count) {
        std::vector<float> some(960);
        const int64_t found = feed.pull(first, some);
        all.insert(all.end(), some.begin(), some.begin() + found * 2);
        first += found;
        if (found == 0)
            std::this_thread::yield();
    }
    all.resize(static_cast<size_t>(count) * 2);
    return all;
}

TEST(audio, theFeedPlaysFromTheOrderedTimeAndANewOrderOvertakesIt)
{
    const Sound sound{.codec = "pcm_s16le"};
    const auto file = sample::withSound(pictures(), "feed.mov", sound);
    AudioFeed feed(file, {}, {});
    feed.play({MediaTime(500000), 1, {}});
    EXPECT_LT(largestError(pullAll(feed, 0, 10000), sound, 24000, kRate), 1.0 / 30000);
    feed.play({MediaTime(2000000), 1, {}});
    EXPECT_LT(largestError(pullAll(feed, 0, 10000), sound, 96000, kRate), 1.0 / 30000);
    // A device that comes late gets what is due then, not what it has missed.
    feed.play({MediaTime(1000000), 1, {}});
    EXPECT_LT(largestError(pullAll(feed, 4800, 10000), sound, 52800, kRate), 1.0 / 30000);
}

TEST(audio, aLoopGoesRoundWithoutAGapAndWithoutDrift)
{
    const Sound sound{.codec = "pcm_s16le"};
    const auto file = sample::withSound(pictures(), "loop.mov", sound);
    AudioFeed feed(file, {}, {});
    // A length that is no whole number of samples: 33333 us are 1599.984.
    const MediaTime begin(1000000);
    const MediaTime end(1033333);
    feed.play({MediaTime(1010000), 1, std::pair(begin, end)});
    const int64_t count = 1599 * 200;
    const auto samples = pullAll(feed, 0, count);
    int64_t wrong = 0;
    for (int64_t i = 1600; i < count; ++i) {
        const double elapsed = 10000 + static_cast<double>(i) * 1e6 / kRate;
        const double at = 1e-6 * (1000000 + std::fmod(elapsed, 33333.0));
        // Within one sample of the right one.
        const float value = samples[static_cast<size_t>(i) * 2];
        const double step = 1.0 / kRate;
        const double low = std::min(
            {sample::toneAt(sound, at - step), sample::toneAt(sound, at), sample::toneAt(sound, at + step)});
        const double high = std::max(
            {sample::toneAt(sound, at - step), sample::toneAt(sound, at), sample::toneAt(sound, at + step)});
        wrong += value < low - 0.01 || value > high + 0.01 ? 1 : 0;
    }
    EXPECT_LT(wrong, 2 * 200); // the turn itself
}

TEST(audio, theFeedTellsWhetherThereIsSound)
{
    std::promise<bool> silent;
    const AudioFeed without(pictures(), {}, {[&silent](bool sound) { silent.set_value(sound); }, {}});
    EXPECT_FALSE(silent.get_future().get());
    std::promise<Error> failure;
    const AudioFeed broken(sample::scratch("not there.mp4"), {},
        {{}, [&failure](const Error& error) { failure.set_value(error); }});
    EXPECT_THAT(failure.get_future().get().message, HasSubstr("not there.mp4"));
}

TEST(audio, theClockFollowsTheSoundCardForAnHourAndNeverRunsBack)
{
    for (const double card : {0.999, 1.0, 1.002}) {
        SoundClock clock;
        const int64_t start = clock.at(1000);
        int64_t last = start;
        double worst = 0;
        double sum = 0;
        int64_t seen = 0;
        for (int64_t now = 0; now < 3600LL * 1000000; now += 8000) {
            if (now % 40000 == 0) {
                // The device tells its place in steps of 10 ms.
                const auto heard = static_cast<int64_t>(static_cast<double>(now) * card) / 10000 * 10000;
                clock.observe(1000 + now, start + heard);
            }
            const int64_t time = clock.at(1000 + now);
            ASSERT_GE(time, last);
            last = time;
            const double error = static_cast<double>(time - start) - static_cast<double>(now) * card;
            if (now > 10000000) {
                worst = std::max(worst, std::abs(error));
                sum += error;
                ++seen;
            }
        }
        EXPECT_LT(worst, 15000) << card;
        EXPECT_LT(std::abs(sum / static_cast<double>(seen)), 8000) << card;
    }
}

TEST(audio, aSoundCardThatStopsTellingDoesNotStopTheClock)
{
    SoundClock clock;
    clock.at(0);
    clock.observe(1000, 1000 + 90000); // far ahead: the clock hurries, but only while this is news
    const int64_t then = clock.at(10000000);
    EXPECT_GE(then, 10000000);
    EXPECT_LE(then, 10000000 + 90000);
    EXPECT_EQ(clock.at(20000000) - then, 10000000);
}

} // namespace
