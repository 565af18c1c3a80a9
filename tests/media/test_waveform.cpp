// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/audiodecoder.h"
#include "media/waveform.h"
#include "soundsamples.h"
#include "videosamples.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

std::shared_ptr<const Waveform> mustLoad(const fs::path& video, const fs::path& cache = {})
{
    auto waveform = loadWaveform(video, cache);
    EXPECT_TRUE(waveform) << (waveform ? "" : waveform.error().message);
    return waveform ? *waveform : nullptr;
}

/// Whether the sound is loud anywhere from `from` to `to` milliseconds.
bool isLoud(const Waveform& waveform, int64_t from, int64_t to)
{
    const auto peaks
        = waveform.peaks(MediaTime(from * 1000), MediaTime(to * 1000), static_cast<int>(to - from));
    return std::any_of(
        peaks.begin(), peaks.end(), [](const WaveformPeak& peak) { return peak.high > 0.25F; });
}

/// Containers and codecs with different delays, and sound that begins later or earlier than the pictures.
struct Track {
    const char* name;
    const char* encode;
    const char* inputOptions;
    int64_t beepsAt; ///< milliseconds after each full second
};
const Track kTracks[] = {
    {"aac.mp4", "-c:v libx264 -preset ultrafast -c:a aac", "", 0},
    {"aac.mov", "-c:v libx264 -preset ultrafast -bf 2 -c:a aac", "", 0},
    {"aac.mkv", "-c:v libx264 -preset ultrafast -c:a aac", "", 0},
    {"aac.ts", "-c:v libx264 -preset ultrafast -c:a aac", "", 0},
    {"opus.webm", "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus", "", 0},
    {"opus.mkv", "-c:v mpeg4 -c:a libopus", "", 0},
    {"pcm.mov", "-c:v mjpeg -c:a pcm_s16le", "", 0},
    {"pcm.avi", "-c:v mpeg4 -c:a pcm_s16le", "", 0},
    {"flac.mkv", "-c:v mpeg4 -c:a flac", "", 0},
    {"late.mp4", "-c:v libx264 -preset ultrafast -bf 2 -c:a aac", "-itsoffset 0.4", 400},
    {"late.mkv", "-c:v libx264 -preset ultrafast -bf 2 -c:a aac", "-itsoffset 0.4", 400},
};

} // namespace

TEST(Waveform, StandsWhereTheSoundIsHeardWhateverTheContainerDelays)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    for (const Track& track : kTracks) {
        const fs::path video = sample::makeSounding(
            {std::string("beeps_") + track.name, sample::kBeeps, track.encode, 48000, 5, track.inputOptions});
        ASSERT_FALSE(video.empty()) << track.name;
        const auto waveform = mustLoad(video);
        ASSERT_TRUE(waveform) << track.name;
        for (int64_t second = 1; second < 4; ++second) {
            const int64_t beep = second * 1000 + track.beepsAt;
            EXPECT_TRUE(isLoud(*waveform, beep + 8, beep + 20)) << track.name << " second " << second;
            EXPECT_TRUE(isLoud(*waveform, beep + 80, beep + 92)) << track.name << " second " << second;
            EXPECT_FALSE(isLoud(*waveform, beep + 115, beep + 950)) << track.name << " second " << second;
            EXPECT_FALSE(isLoud(*waveform, beep - 40, beep - 12)) << track.name << " second " << second;
        }
        EXPECT_NEAR(waveform->loudest(), 0.5, 0.06) << track.name;
    }
}

TEST(Waveform, PeaksAreThoseOfTheSamplesAtEveryZoom)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video
        = sample::makeSounding({"noise.mov", "random(0)*2-1", "-c:v mjpeg -c:a pcm_s16le", 44100, 4, ""});
    ASSERT_FALSE(video.empty());
    auto decoder = AudioDecoder::open(video, {});
    ASSERT_TRUE(decoder);
    std::vector<float> samples;
    for (auto block = (*decoder)->read(); block && !block->samples.empty(); block = (*decoder)->read())
        samples.insert(samples.end(), block->samples.begin(), block->samples.end());
    ASSERT_EQ(samples.size(), 4U * 44100);
    const auto waveform = mustLoad(video);
    ASSERT_TRUE(waveform);
    EXPECT_EQ(waveform->start(), 0us);
    EXPECT_EQ(waveform->end(), 4s);
    // Columns of a whole number of finest buckets, so that both look at the same samples.
    for (const int buckets : {1, 3, 4, 16, 20, 64}) {
        const int64_t columnSamples = int64_t{buckets} * Waveform::kFinestSamples;
        const int columns = static_cast<int>(static_cast<int64_t>(samples.size()) / columnSamples);
        for (int c = 0; c < columns; ++c) {
            float low = 1;
            float high = -1;
            double squares = 0;
            for (int64_t i = c * columnSamples; i < (c + 1) * columnSamples; ++i) {
                low = std::min(low, samples[static_cast<size_t>(i)]);
                high = std::max(high, samples[static_cast<size_t>(i)]);
                squares += samples[static_cast<size_t>(i)] * samples[static_cast<size_t>(i)];
            }
            // A little inside, because times are whole microseconds.
            const auto timeOf = [](int64_t sample) { return MediaTime(sample * 1000000 / 44100); };
            const WaveformPeak peak = waveform->peaks(
                timeOf(c * columnSamples) + 30us, timeOf((c + 1) * columnSamples) - 30us, 1)[0];
            EXPECT_LE(peak.low, low + 1e-4F) << buckets << " column " << c;
            EXPECT_GE(peak.high, high - 1e-4F) << buckets << " column " << c;
            EXPECT_NEAR(peak.rms, std::sqrt(squares / static_cast<double>(columnSamples)), 0.05);
        }
    }
    const WaveformPeak all = waveform->peaks(0us, 4s, 1).front();
    EXPECT_NEAR(all.rms, 1 / std::sqrt(3.0), 0.01);
}

TEST(Waveform, IsSilentOutsideTheSoundAndTakesStrangeRequests)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video
        = sample::makeSounding({"edges.mov", "0.9", "-c:v mjpeg -c:a pcm_s16le", 8000, 2, ""});
    const auto waveform = mustLoad(video);
    ASSERT_TRUE(waveform);
    const auto peaks = waveform->peaks(-2s, 6s, 8);
    for (size_t c = 0; c < 8; ++c)
        EXPECT_NEAR(peaks[c].high, c == 2 || c == 3 ? 0.9 : 0.0, 0.001) << c;
    EXPECT_TRUE(waveform->peaks(0s, 1s, 0).empty());
    EXPECT_TRUE(waveform->peaks(0s, 1s, -3).empty());
    EXPECT_EQ(waveform->peaks(1s, 1s, 2).size(), 2U);
    EXPECT_EQ(waveform->peaks(1s, 0s, 2)[0], WaveformPeak{});
    EXPECT_EQ(waveform->peaks(MediaTime::min() / 4, MediaTime::max() / 4, 3).size(), 3U);
}

TEST(Waveform, IsKeptAndMadeAgainWhenWhatWasKeptIsDamaged)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video = sample::makeSounding(
        {"kept_sound.mp4", sample::kBeeps, "-c:v libx264 -preset ultrafast -c:a aac", 44100, 4, ""});
    const fs::path cache = sample::scratch("cache_waveform");
    EXPECT_FALSE(keptWaveform(video, cache));
    const auto made = mustLoad(video, cache);
    const auto kept = keptWaveform(video, cache);
    ASSERT_TRUE(made && kept);
    EXPECT_EQ(made->peaks(0s, 4s, 500), (*kept)->peaks(0s, 4s, 500));
    EXPECT_EQ(made->start(), (*kept)->start());
    EXPECT_EQ(made->end(), (*kept)->end());
    const fs::path file = fs::directory_iterator(cache / "waveform")->path();
    const std::string whole = sample::bytesOf(file);
    for (const std::string& bytes : {std::string(), whole.substr(0, 30), whole.substr(0, whole.size() - 1),
             whole + "x", std::string(whole.size(), '\xff')}) {
        sample::writeBytes(file, bytes);
        EXPECT_FALSE(keptWaveform(video, cache));
        EXPECT_EQ(mustLoad(video, cache)->peaks(0s, 4s, 500), made->peaks(0s, 4s, 500));
    }
}

TEST(Waveform, OfASilentVideoAndACancelledOneAreTold)
{
    const auto none = loadWaveform(sample::numberedVideo("nosound.mp4", {10, 5, 160, 96}), {});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    CancelFlag cancel;
    cancel.cancel();
    const fs::path cache = sample::scratch("cache_cancelled_waveform");
    const auto cancelled = loadWaveform(
        sample::makeSounding({"cancelled.mov", "0.1", "-c:v mjpeg -c:a pcm_s16le", 48000, 2, ""}), cache,
        &cancel);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(fs::exists(cache / "waveform"));
}

TEST(AudioDecoder, AJumpGivesTheSamplesOfSequentialDecoding)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    struct Coded {
        const char* name;
        const char* encode;
        double tolerance; ///< AAC fills in noise anew each time
    };
    for (const Coded& coded : {Coded{"jump.mov", "-c:v mjpeg -c:a pcm_s16le", 0.0},
             Coded{"jump.mp4", "-c:v libx264 -preset ultrafast -c:a aac", 5e-3},
             Coded{"jump.ts", "-c:v libx264 -preset ultrafast -c:a aac", 5e-3}}) {
        const fs::path video
            = sample::makeSounding({coded.name, "0.4*sin(2*PI*(300+20*t)*t)", coded.encode, 48000, 5, ""});
        auto decoder = AudioDecoder::open(video, {});
        ASSERT_TRUE(decoder) << coded.name;
        std::vector<float> all;
        int64_t first = INT64_MIN;
        for (auto block = (*decoder)->read(); block && !block->samples.empty(); block = (*decoder)->read()) {
            first = first == INT64_MIN ? block->first : first;
            ASSERT_EQ(block->first, first + static_cast<int64_t>(all.size())) << coded.name;
            all.insert(all.end(), block->samples.begin(), block->samples.end());
        }
        for (const int64_t sample : {100000, 7, 48000, 200001, 0}) {
            ASSERT_TRUE((*decoder)->seek(sample)) << coded.name;
            const auto block = (*decoder)->read();
            ASSERT_TRUE(block && !block->samples.empty()) << coded.name;
            ASSERT_EQ(block->first, std::max(sample, first)) << coded.name;
            for (size_t i = 0; i < block->samples.size(); ++i)
                ASSERT_NEAR(
                    block->samples[i], all[static_cast<size_t>(block->first - first) + i], coded.tolerance)
                    << coded.name << " sample " << sample << " + " << i;
        }
    }
}

TEST(AudioDecoder, ResamplesAndMixesAsWanted)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video = sample::makeSounding(
        {"resample.mov", "0.5*sin(2*PI*100*t)", "-c:v mjpeg -c:a pcm_s16le", 48000, 2, ""});
    AudioOptions options;
    options.rate = 16000;
    options.channels = 2;
    auto decoder = AudioDecoder::open(video, options);
    ASSERT_TRUE(decoder);
    EXPECT_EQ((*decoder)->rate(), 16000);
    EXPECT_EQ((*decoder)->channels(), 2);
    EXPECT_NEAR(static_cast<double>((*decoder)->lengthEstimate()), 32000, 100);
    constexpr double kFull = 0.35355; // half of full scale, spread over two channels
    float loudest = 0;
    int64_t samples = 0;
    for (auto block = (*decoder)->read(); block && !block->samples.empty(); block = (*decoder)->read()) {
        for (size_t i = 0; i + 1 < block->samples.size(); i += 2) {
            const int64_t n = block->first + static_cast<int64_t>(i / 2);
            EXPECT_EQ(block->samples[i], block->samples[i + 1]);
            loudest = n > 200 && n < 31800 ? std::max(loudest, block->samples[i]) : loudest;
            if (n < 1600 || n >= 1760)
                continue;
            // One period of the tone, which begins with it.
            EXPECT_NEAR(
                block->samples[i] / kFull, std::sin(2 * M_PI * static_cast<double>(n - 1600) / 160), 0.02);
        }
        samples += static_cast<int64_t>(block->samples.size()) / 2;
    }
    EXPECT_NEAR(static_cast<double>(samples), 32000, 2);
    EXPECT_NEAR(loudest, kFull, 0.01);
}
