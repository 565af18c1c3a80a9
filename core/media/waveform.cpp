// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/waveform.h"
#include "base/files.h"
#include "media/audiodecoder.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <system_error>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "telltale waveform 1\n";
/// A longer hole in the sound's stamps is damage: the sound then goes on without it.
constexpr int64_t kLongestGapSeconds = 3600;
constexpr double kFullScale = 32767.0;

/// What the file's header holds after the magic line; all in the machine's byte order, as caches never
/// travel.
struct Header {
    int64_t rate = 0;
    int64_t firstSample = 0;
    int64_t samples = 0;
};

int64_t bucketsOf(int64_t samples, int64_t bucketSamples)
{
    return (samples + bucketSamples - 1) / bucketSamples;
}

MediaTime timeOfSample(int64_t sample, int rate)
{
    return MediaTime(std::llround(static_cast<double>(sample) * 1e6 / rate));
}

Result<fs::path> keptFile(const fs::path& video, const fs::path& cacheFolder)
{
    auto fingerprint = fileFingerprint(video);
    if (!fingerprint)
        return fingerprint.error();
    return cacheFolder / "waveform" / (*fingerprint + ".waveform");
}

} // namespace

/// Fills a Waveform from samples or from a file, and writes it.
class WaveformBuilder {
public:
    static Result<std::shared_ptr<const Waveform>> decode(
        const fs::path& video, AudioDecoder& decoder, ProgressSink* progress);
    static Result<std::shared_ptr<const Waveform>> read(const fs::path& file);
    static std::string bytes(const Waveform& waveform);

private:
    using Bucket = Waveform::Bucket;
    void add(const std::vector<float>& samples, int channels);
    void addSilence(int64_t samples, int channels);
    void closeBucket();
    std::shared_ptr<const Waveform> finish();
    static Bucket joined(const Bucket* first, size_t count);
    static void addLevels(Waveform& waveform);

    std::shared_ptr<Waveform> m_waveform = std::make_shared<Waveform>();
    std::vector<Bucket> m_finest;
    float m_low = 0;
    float m_high = 0;
    double m_squares = 0;
    int m_inBucket = 0; ///< samples so far
    int m_channels = 1;
};

void WaveformBuilder::closeBucket()
{
    if (m_inBucket == 0)
        return;
    const auto scaled = [](double value) {
        return static_cast<int16_t>(std::lround(std::clamp(value, -1.0, 1.0) * kFullScale));
    };
    const double mean = m_squares / (static_cast<double>(m_inBucket) * m_channels);
    m_finest.push_back({scaled(m_low), scaled(m_high), static_cast<uint16_t>(scaled(std::sqrt(mean)))});
    m_inBucket = 0;
    m_squares = 0;
}

void WaveformBuilder::add(const std::vector<float>& samples, int channels)
{
    m_channels = channels;
    const auto step = static_cast<size_t>(channels);
    for (size_t at = 0; at + step <= samples.size(); at += step) {
        for (size_t c = 0; c < step; ++c) {
            const float value = std::isfinite(samples[at + c]) ? samples[at + c] : 0.0F;
            m_low = m_inBucket == 0 && c == 0 ? value : std::min(m_low, value);
            m_high = m_inBucket == 0 && c == 0 ? value : std::max(m_high, value);
            m_squares += static_cast<double>(value) * value;
        }
        if (++m_inBucket == Waveform::kFinestSamples)
            closeBucket();
    }
    m_waveform->m_samples += static_cast<int64_t>(samples.size() / step);
}

void WaveformBuilder::addSilence(int64_t samples, int channels)
{
    const std::vector<float> silence(
        static_cast<size_t>(Waveform::kFinestSamples) * static_cast<size_t>(channels));
    for (; samples >= Waveform::kFinestSamples; samples -= Waveform::kFinestSamples)
        add(silence, channels);
    add({silence.begin(), silence.begin() + samples * channels}, channels);
}

WaveformBuilder::Bucket WaveformBuilder::joined(const Bucket* first, size_t count)
{
    Bucket result = *first;
    double squares = 0;
    for (const Bucket* bucket = first; bucket != first + count; ++bucket) {
        result.low = std::min(result.low, bucket->low);
        result.high = std::max(result.high, bucket->high);
        squares += static_cast<double>(bucket->rms) * bucket->rms;
    }
    result.rms = static_cast<uint16_t>(std::lround(std::sqrt(squares / static_cast<double>(count))));
    return result;
}

void WaveformBuilder::addLevels(Waveform& waveform)
{
    while (waveform.m_levels.back().size() > 1) {
        const std::vector<Bucket>& fine = waveform.m_levels.back();
        std::vector<Bucket> coarse;
        coarse.reserve(fine.size() / Waveform::kLevelFactor + 1);
        for (size_t at = 0; at < fine.size(); at += Waveform::kLevelFactor)
            coarse.push_back(joined(&fine[at], std::min<size_t>(Waveform::kLevelFactor, fine.size() - at)));
        waveform.m_levels.push_back(std::move(coarse));
    }
}

std::shared_ptr<const Waveform> WaveformBuilder::finish()
{
    closeBucket();
    m_waveform->m_levels.push_back(std::move(m_finest));
    addLevels(*m_waveform);
    return m_waveform;
}

Result<std::shared_ptr<const Waveform>> WaveformBuilder::decode(
    const fs::path& video, AudioDecoder& decoder, ProgressSink* progress)
{
    WaveformBuilder builder;
    builder.m_waveform->m_rate = decoder.rate();
    const int64_t length = decoder.lengthEstimate();
    int64_t expected = 0;
    for (bool first = true;; first = false) {
        if (progress && progress->cancelled())
            return Error{ErrorCode::Cancelled, video.string() + ": reading its sound was cancelled"};
        auto block = decoder.read();
        if (!block)
            return block.error();
        if (block->samples.empty())
            return builder.finish();
        if (first)
            builder.m_waveform->m_firstSample = block->first;
        else if (block->first > expected
            && block->first - expected <= kLongestGapSeconds * int64_t{decoder.rate()})
            builder.addSilence(block->first - expected, decoder.channels());
        builder.add(block->samples, decoder.channels());
        expected = block->first + static_cast<int64_t>(block->samples.size()) / decoder.channels();
        if (progress)
            progress->report(std::clamp<int64_t>(expected, 0, std::max(length, expected)),
                std::max(length, expected), "drawing the sound");
    }
}

std::string WaveformBuilder::bytes(const Waveform& waveform)
{
    const Header header{waveform.m_rate, waveform.m_firstSample, waveform.m_samples};
    std::string result(kMagic);
    result.append(reinterpret_cast<const char*>(&header), sizeof header);
    if (!waveform.m_levels.empty())
        result.append(reinterpret_cast<const char*>(waveform.m_levels.front().data()),
            waveform.m_levels.front().size() * sizeof(Bucket));
    return result;
}

Result<std::shared_ptr<const Waveform>> WaveformBuilder::read(const fs::path& file)
{
    auto content = readFile(file);
    if (!content)
        return content.error();
    Header header;
    const size_t start = kMagic.size() + sizeof header;
    const auto damaged = [&] {
        return Error{ErrorCode::BadFormat, file.string() + ": is not a kept waveform; it will be made again"};
    };
    if (content->size() < start || content->compare(0, kMagic.size(), kMagic) != 0)
        return damaged();
    std::memcpy(&header, content->data() + kMagic.size(), sizeof header);
    const size_t bytes = content->size() - start;
    if (header.rate <= 0 || header.rate > 1 << 24 || header.samples < 0 || bytes % sizeof(Bucket) != 0
        || header.samples > INT64_MAX / 2
        || static_cast<size_t>(bucketsOf(header.samples, Waveform::kFinestSamples)) != bytes / sizeof(Bucket))
        return damaged();
    auto waveform = std::make_shared<Waveform>();
    waveform->m_rate = static_cast<int>(header.rate);
    waveform->m_firstSample = header.firstSample;
    waveform->m_samples = header.samples;
    std::vector<Bucket> finest(bytes / sizeof(Bucket));
    if (bytes > 0)
        std::memcpy(finest.data(), content->data() + start, bytes);
    waveform->m_levels.push_back(std::move(finest));
    addLevels(*waveform);
    return std::shared_ptr<const Waveform>(std::move(waveform));
}

MediaTime Waveform::start() const { return timeOfSample(m_firstSample, m_rate); }

MediaTime Waveform::end() const { return timeOfSample(m_firstSample + m_samples, m_rate); }

float Waveform::loudest() const
{
    if (m_levels.empty() || m_levels.back().empty())
        return 0;
    const Bucket& all = m_levels.back().front();
    return static_cast<float>(std::max(std::abs(int{all.low}), std::abs(int{all.high})) / kFullScale);
}

WaveformPeak Waveform::over(size_t level, double first, double last) const
{
    const std::vector<Bucket>& buckets = m_levels[level];
    const double size = kFinestSamples * std::pow(double{kLevelFactor}, static_cast<double>(level));
    const double count = static_cast<double>(buckets.size());
    const auto from = static_cast<size_t>(std::clamp(std::floor(first / size), 0.0, count));
    const auto to = static_cast<size_t>(std::clamp(std::ceil(last / size), 0.0, count));
    if (from >= to || last <= 0 || first >= static_cast<double>(m_samples))
        return {};
    int low = buckets[from].low;
    int high = buckets[from].high;
    double squares = 0;
    for (size_t i = from; i < to; ++i) {
        low = std::min<int>(low, buckets[i].low);
        high = std::max<int>(high, buckets[i].high);
        squares += static_cast<double>(buckets[i].rms) * buckets[i].rms;
    }
    return {static_cast<float>(low / kFullScale), static_cast<float>(high / kFullScale),
        static_cast<float>(std::sqrt(squares / static_cast<double>(to - from)) / kFullScale)};
}

std::vector<WaveformPeak> Waveform::peaks(MediaTime from, MediaTime to, int columns) const
{
    std::vector<WaveformPeak> result(static_cast<size_t>(std::max(0, columns)));
    if (to <= from || m_levels.empty() || m_rate <= 0)
        return result;
    const double start
        = static_cast<double>(from.count()) * 1e-6 * m_rate - static_cast<double>(m_firstSample);
    const double width = static_cast<double>((to - from).count()) * 1e-6 * m_rate / columns;
    // Buckets much narrower than a column, so that a column shows little of its neighbours.
    size_t level = 0;
    for (double size = double{kFinestSamples} * kLevelFactor;
         size * kLevelFactor <= width && level + 1 < m_levels.size(); size *= kLevelFactor)
        ++level;
    for (int c = 0; c < columns; ++c)
        result[static_cast<size_t>(c)] = over(level, start + c * width, start + (c + 1) * width);
    return result;
}

Result<std::shared_ptr<const Waveform>> keptWaveform(const fs::path& video, const fs::path& cacheFolder)
{
    auto file = keptFile(video, cacheFolder);
    if (!file)
        return file.error();
    return WaveformBuilder::read(*file);
}

Result<std::shared_ptr<const Waveform>> loadWaveform(
    const fs::path& video, const fs::path& cacheFolder, ProgressSink* progress)
{
    fs::path file;
    if (!cacheFolder.empty()) {
        auto kept = keptFile(video, cacheFolder);
        if (!kept)
            return kept.error();
        file = *std::move(kept);
        if (auto waveform = WaveformBuilder::read(file))
            return waveform;
    }
    auto decoder = AudioDecoder::open(video, {});
    if (!decoder)
        return decoder.error();
    auto waveform = WaveformBuilder::decode(video, **decoder, progress);
    if (!waveform || file.empty())
        return waveform;
    // A waveform that cannot be kept is still good.
    if (ensureWritableFolder(file.parent_path()))
        (void)writeFileAtomically(file, WaveformBuilder::bytes(**waveform));
    return waveform;
}

} // namespace telltale
