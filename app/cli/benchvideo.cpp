// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Opening and cold seeks.
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "app/cli/benchvideos.h"
#include "base/random.h"
#include "media/framesource.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Pictures that are far from what was shown before, the same in every run.
std::vector<int64_t> randomTargets(int64_t frames, int count)
{
    Random random(2026);
    std::vector<int64_t> targets(static_cast<size_t>(count));
    std::generate(targets.begin(), targets.end(), [&] { return random.below(frames); });
    return targets;
}

/// Somebody who can be given the same work as we are.
struct Contender {
    std::string name;
    std::unique_ptr<BenchPeer> peer; ///< null: ourselves, or missing
    std::string missing;
    std::vector<Cost> costs;
};

std::vector<Contender> contenders()
{
    std::vector<Contender> all;
    all.push_back({"ours", nullptr, {}, {}});
    for (const auto& [engine, name] : {std::pair{"ffms2", "ffms2"}, {"opencv", "OpenCV"}, {"mpv", "mpv"}}) {
        auto peer = BenchPeer::start(engine);
        all.push_back({name, nullptr, peer ? std::string() : peer.error().message, {}});
        if (peer)
            all.back().peer = std::move(*peer);
    }
    return all;
}

struct Work {
    std::function<Result<Cost>()> ours;
    std::function<Result<Cost>(BenchPeer&)> theirs;
};

/// Gives the same work to all, beginning with another one each time.
Status runRound(std::vector<Contender>& all, size_t round, const Work& work)
{
    for (size_t i = 0; i < all.size(); ++i) {
        Contender& contender = all[(round + i) % all.size()];
        if (!contender.missing.empty())
            continue;
        const auto cost = contender.peer ? work.theirs(*contender.peer) : work.ours();
        if (cost)
            contender.costs.push_back(*cost);
        else if (contender.peer)
            contender.missing = cost.error().message;
        else
            return cost.error();
    }
    return {};
}

void compare(const BenchSettings& settings, const std::vector<Contender>& all, const std::string& what,
    const std::string& theirName, double goal)
{
    const auto them = std::find_if(
        all.begin(), all.end(), [&](const Contender& contender) { return contender.name == theirName; });
    BenchRow row{what, "ms", theirName};
    row.missing = them->missing;
    if (row.missing.empty()) {
        const Contender& us = all.front();
        row.ours = median(figures(us.costs, &Cost::cpu));
        row.theirs = median(figures(them->costs, &Cost::cpu));
        row.ratio = medianRatio(us.costs, them->costs, &Cost::cpu);
        row.goal = goal;
        char note[64];
        std::snprintf(note, sizeof note, "wall ratio %.3f", medianRatio(us.costs, them->costs, &Cost::wall));
        row.note = note;
    }
    settings.row(row);
}

/// `verify`: with the search for damage that a viewer does behind the first picture.
Result<Cost> openOnce(const fs::path& file, bool verify)
{
    Status status;
    OpenOptions options;
    options.verify = verify;
    const Cost cost = costOf([&] {
        auto source = openVideo(file, options, nullptr);
        if (!source)
            status = source.error();
    });
    if (!status)
        return status.error();
    return cost;
}

constexpr int kRounds = 9;

/// Whether opening looks at the pictures' bytes: by counting them, and by the time of a file with more.
Status benchFileSize(const BenchSettings& settings)
{
    const auto light = benchVideo(settings.folder, BenchVideo::Light);
    const auto heavy = benchVideo(settings.folder, BenchVideo::Heavy);
    BenchRow time{"open a file of the same pictures, more bytes", "ms", "light"};
    if (!light || !heavy) {
        time.missing = (light ? heavy : light).error().message;
        settings.row(time);
        return {};
    }
    std::vector<Cost> ofHeavy;
    std::vector<Cost> ofLight;
    for (int round = 0; round < kRounds; ++round) {
        for (const bool first : {true, false}) {
            const bool isHeavy = first == (round % 2 == 0);
            const auto cost = openOnce(isHeavy ? *heavy : *light, false);
            if (!cost)
                return cost.error();
            (isHeavy ? ofHeavy : ofLight).push_back(*cost);
        }
    }
    time.ours = median(figures(ofHeavy, &Cost::cpu));
    time.theirs = median(figures(ofLight, &Cost::cpu));
    time.ratio = medianRatio(ofHeavy, ofLight, &Cost::cpu);
    time.goal = 1.25;
    time.note = "sizes " + std::to_string(fs::file_size(*heavy) >> 20) + " and "
        + std::to_string(fs::file_size(*light) >> 20) + " MiB";
    settings.row(time);
    const auto before = bytesRead();
    if (const auto cost = openOnce(*heavy, false); !cost)
        return cost.error();
    const auto after = bytesRead();
    BenchRow bytes{"bytes read to open it", "KiB", "its size"};
    if (!before || !after) {
        bytes.missing = "the system does not tell";
    } else {
        bytes.ours = static_cast<double>(*after - *before) / 1024;
        bytes.theirs = static_cast<double>(fs::file_size(*heavy)) / 1024;
        bytes.ratio = bytes.ours / bytes.theirs;
        bytes.goal = 0.05;
    }
    settings.row(bytes);
    return {};
}

} // namespace

Status benchOpening(const BenchSettings& settings)
{
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    std::vector<Contender> all = contenders();
    std::vector<Contender> verifying = contenders();
    for (const bool verify : {false, true}) {
        std::vector<Contender>& them = verify ? verifying : all;
        const Work work{
            [&] { return openOnce(*file, verify); }, [&](BenchPeer& peer) { return peer.open(*file); }};
        for (size_t round = 0; round < kRounds && !settings.cancelled(); ++round)
            if (Status status = runRound(them, round, work); !status)
                return status;
    }
    const std::string what = "open and index 10 minutes of 720p";
    compare(settings, all, what, "ffms2", 0.15);
    compare(settings, all, what, "OpenCV", 0); // which makes no index
    compare(settings, all, what, "mpv", 0); // neither
    compare(settings, verifying, "the same and look for damage everywhere", "ffms2", 0);
    return benchFileSize(settings);
}

Status benchSeeking(const BenchSettings& settings)
{
    const auto file = benchVideo(settings.folder, BenchVideo::TenMinutes);
    if (!file)
        return file.error();
    OpenOptions options;
    options.cacheBytes = 1; // every seek is a cold one
    auto source = openVideo(*file, options, nullptr);
    if (!source)
        return source.error();
    std::vector<Contender> all = contenders();
    for (Contender& contender : all)
        if (contender.peer)
            if (const auto opened = contender.peer->open(*file); !opened)
                contender.missing = opened.error().message;
    const std::vector<int64_t> targets
        = randomTargets(benchVideoFrames(BenchVideo::TenMinutes), settings.targets);
    for (size_t round = 0; round < targets.size() && !settings.cancelled(); ++round) {
        const int64_t target = targets[round];
        const Work work{[&]() -> Result<Cost> {
                            Status status;
                            const Cost cost = costOf([&] {
                                if (auto frame = (*source)->read(target); !frame)
                                    status = frame.error();
                            });
                            if (!status)
                                return status.error();
                            return cost;
                        },
            [&](BenchPeer& peer) { return peer.frame(target); }};
        if (Status status = runRound(all, round, work); !status)
            return status;
        settings.progress->report(static_cast<int64_t>(round + 1), settings.targets, "cold seeks");
    }
    const std::string what = "cold exact seek, key picture every 250";
    compare(settings, all, what, "ffms2", 0.60);
    compare(settings, all, what, "OpenCV", 0);
    compare(settings, all, what, "mpv", 1.1);
    return {};
}

} // namespace telltale
