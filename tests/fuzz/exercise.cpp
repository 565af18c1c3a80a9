// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exercise.h"
#include "base/random.h"
#include "media/frameserver.h"
#include "media/framesource.h"
#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <vector>

namespace telltale::fuzz {
namespace {

constexpr int64_t kJumps = 12;
constexpr int64_t kInARow = 24;

/// Fewer where harm has made the pictures huge.
int64_t asFarAsBearable(const VideoInfo& info, int64_t wanted)
{
    const int64_t pixels = std::max<int64_t>(1, int64_t{info.codedWidth} * info.codedHeight);
    return std::clamp<int64_t>(wanted * 640 * 480 / pixels, 2, wanted);
}

std::string checkTimes(const FrameSource& source)
{
    const int64_t count = source.info().frameCount;
    if (count <= 0)
        return "opened without pictures";
    if (source.times().frameCount() != count)
        return "another number of times than of pictures";
    for (int64_t i = 1; i < std::min<int64_t>(count, 5000); ++i)
        if (source.times().timeOf(i) < source.times().timeOf(i - 1))
            return "time falls back at picture " + std::to_string(i);
    return {};
}

/// Md5 of pictures, or the word error.
std::string md5Of(FrameSource& source, int64_t index)
{
    const auto digest = source.digest(index);
    return digest ? digest->md5 : "error";
}

void useFrameThread(const std::filesystem::path& file, Random& random)
{
    std::promise<void> something;
    std::atomic<bool> told = false;
    const auto tell = [&] {
        if (!told.exchange(true))
            something.set_value();
    };
    FrameServer::Callbacks callbacks;
    callbacks.frame = [&](const std::shared_ptr<const VideoFrame>&) { tell(); };
    callbacks.failed = [&](const Error&) { tell(); };
    FrameServer server(file, callbacks, int64_t{4} << 20);
    server.setView({{0, 0, 40, 30}, 20, 15});
    for (int i = 0; i < 5; ++i)
        server.request(random.below(100));
    something.get_future().wait();
}

/// Pictures in jumps, then a part of some, scaled.
std::map<int64_t, std::string> jumpAbout(FrameSource& source, Random& random, std::string& unsteady)
{
    const int64_t count = source.info().frameCount;
    std::map<int64_t, std::string> seen;
    const int64_t jumps = asFarAsBearable(source.info(), kJumps);
    for (int64_t i = 0; i < jumps; ++i) {
        const int64_t index = i == 0 ? count - 1 : random.below(std::min<int64_t>(count, 2000));
        const std::string md5 = md5Of(source, index);
        if (const auto before = seen.find(index); before != seen.end() && before->second != md5)
            unsteady = "picture " + std::to_string(index) + " is another one the second time";
        seen[index] = md5;
    }
    source.setView({{3, 5, 64, 48}, 32, 24});
    for (int64_t i = 0; i < 3; ++i)
        (void)source.read(random.below(count));
    return seen;
}

void readInARow(FrameSource& source, const std::map<int64_t, std::string>& jumped, std::string& unsteady)
{
    const int64_t row = std::min(source.info().frameCount, asFarAsBearable(source.info(), kInARow));
    for (int64_t i = 0; i < row; ++i) {
        const std::string md5 = md5Of(source, i);
        const auto before = jumped.find(i);
        if (before != jumped.end() && before->second != md5)
            unsteady = "picture " + std::to_string(i) + " is " + md5 + " in a row and " + before->second
                + " in a jump";
    }
}

/// Opens twice, jumps in the one and goes on in the other.
Findings compareOrders(const std::filesystem::path& file, const OpenOptions& options, Random& random)
{
    auto source = openVideo(file, options, nullptr);
    if (!source)
        return {source.error().message.empty() ? "refused without a sentence" : "", ""};
    Findings findings{checkTimes(**source), ""};
    if (!findings.wrong.empty())
        return findings;
    const auto jumped = jumpAbout(**source, random, findings.unsteady);
    auto again = openVideo(file, options, nullptr);
    if (!again || (*again)->info().frameCount != (*source)->info().frameCount)
        return {"opens in another way the second time", ""};
    readInARow(**again, jumped, findings.unsteady);
    return findings;
}

} // namespace

Findings exerciseVideo(const std::filesystem::path& file, uint64_t seed)
{
    Random random(seed);
    OpenOptions options;
    options.cacheBytes = int64_t{1} << 20;
    Findings findings = compareOrders(file, options, random);
    if (!findings.unsteady.empty()) {
        options.decodeAll = true;
        const Findings thorough = compareOrders(file, options, random);
        findings.wrong += thorough.wrong;
        if (!thorough.unsteady.empty())
            findings.unsteady += "; also after decoding all: " + thorough.unsteady;
    }
    if (random.chance(0.25))
        useFrameThread(file, random);
    return findings;
}

} // namespace telltale::fuzz
