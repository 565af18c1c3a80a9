// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "seeds.h"
#include "../media/corpus.h"
#include "../media/videosamples.h"
#include "mutator.h"
#include <array>

namespace telltale::fuzz {
namespace {

constexpr std::array<std::string_view, 24> kNames{"h264_sound.mp4", "h264_bframes.mkv", "vp9.webm",
    "mpeg4_packed.avi", "h264_bframes.ts", "h264_editlist.mov", "h264_fragments.mp4", "h264_bframes.avi",
    "hevc_opengop.mp4", "hevc_opengop.ts", "av1.webm", "mjpeg.mov", "h264_nocues.mkv", "mpeg4_bframes.mp4",
    "hevc_opengop.mkv", "av1.mp4", "mjpeg.avi", "mpeg2.ts", "h264_fragmentsound.mp4", "h264_refresh.mp4",
    "vp9.mp4", "hevc_opengop.mov", "h264_interlaced.mp4", "mjpeg.mkv"};

} // namespace

std::vector<SeedFile> makeSeeds(size_t every)
{
    std::vector<SeedFile> seeds;
    seeds.reserve(kNames.size());
    for (size_t i = 0; i < kNames.size() && sample::hasFfmpeg(); i += every)
        for (const sample::CorpusVideo& video : sample::corpus())
            if (kNames[i] == video.name)
                if (const auto file = sample::makeCorpusVideo(video, 3); !file.empty())
                    seeds.push_back({video.name, sample::bytesOf(file)});
    return seeds;
}

SeedFile mutant(const std::vector<SeedFile>& seeds, uint64_t run, uint64_t number)
{
    const SeedFile& seed = seeds[number % seeds.size()];
    Random random = Random(run).fork(number);
    return {seed.name, mutated(seed.bytes, random)};
}

} // namespace telltale::fuzz
