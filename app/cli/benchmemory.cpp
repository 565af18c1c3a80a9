// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Resident memory, each time in a process of its own.
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "app/cli/benchvideos.h"
#include "media/framesource.h"
#include <malloc.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Resident bytes after reading `indices` with this much cache.
Result<int64_t> residentAfter(const fs::path& file, int64_t cacheBytes, const std::vector<int64_t>& indices)
{
    const auto usage = inChild([&](const std::function<void()>& measure) -> Status {
        OpenOptions options;
        options.cacheBytes = cacheBytes;
        auto source = openVideo(file, options, nullptr);
        if (!source)
            return source.error();
        for (const int64_t index : indices)
            if (auto frame = (*source)->read(index); !frame)
                return frame.error();
        malloc_trim(0);
        measure();
        return {};
    });
    if (!usage)
        return usage.error();
    return usage->residentBytes;
}

Status benchCacheLimit(const BenchSettings& settings)
{
    constexpr int64_t kSmall = int64_t{16} << 20;
    constexpr int64_t kBig = int64_t{144} << 20;
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    std::vector<int64_t> indices(300);
    for (size_t i = 0; i < indices.size(); ++i)
        indices[i] = static_cast<int64_t>(i);
    const auto small = residentAfter(*file, kSmall, indices);
    const auto big = residentAfter(*file, kBig, indices);
    if (!small || !big)
        return (small ? big : small).error();
    BenchRow row{"memory of 128 MiB more cache", "MiB", "limit"};
    row.ours = static_cast<double>(*big - *small) / (1 << 20);
    row.theirs = static_cast<double>(kBig - kSmall) / (1 << 20);
    row.ratio = row.ours / row.theirs;
    row.goal = 1.1;
    settings.row(row);
    return {};
}

Status benchLongVideo(const BenchSettings& settings)
{
    const auto brief = benchVideo(settings.folder, BenchVideo::ShortTiny);
    const auto lengthy = benchVideo(settings.folder, BenchVideo::TenHoursTiny);
    if (!brief || !lengthy)
        return (brief ? lengthy : brief).error();
    const int64_t briefFrames = benchVideoFrames(BenchVideo::ShortTiny);
    const int64_t lengthyFrames = benchVideoFrames(BenchVideo::TenHoursTiny);
    const auto touched = [](int64_t frames) {
        return std::vector<int64_t>{0, frames / 3, frames - 1, frames / 2};
    };
    constexpr int64_t kCache = int64_t{1} << 20;
    const auto small = residentAfter(*brief, kCache, touched(briefFrames));
    const auto big = residentAfter(*lengthy, kCache, touched(lengthyFrames));
    if (!small || !big)
        return (small ? big : small).error();
    BenchRow row{"memory of 10 hours beyond 10 minutes, a picture", "bytes", "limit"};
    row.ours = static_cast<double>(*big - *small) / static_cast<double>(lengthyFrames - briefFrames);
    row.theirs = 32;
    row.ratio = row.ours / row.theirs;
    row.goal = 1;
    settings.row(row);
    return {};
}

} // namespace

Status benchMemory(const BenchSettings& settings)
{
    if (Status status = benchCacheLimit(settings); !status)
        return status;
    return benchLongVideo(settings);
}

} // namespace telltale
