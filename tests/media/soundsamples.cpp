// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "soundsamples.h"
#include "videosamples.h"
#include <cstdlib>

namespace telltale::sample {

const char* const kBeeps = "0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)";
const char* const kCounting = "mod(n\\,20000)/32768";

std::filesystem::path makeSounding(const Sounding& video)
{
    const std::filesystem::path file = scratch(video.name);
    const std::string seconds = std::to_string(video.seconds);
    const std::string command
        = "ffmpeg -nostdin -hide_banner -loglevel error -y -f lavfi -i \"testsrc2=s=160x96:r=25:d=" + seconds
        + ",noise=alls=12:allf=t\" " + video.inputOptions + " -f lavfi -i \"aevalsrc='" + video.sound
        + "':s=" + std::to_string(video.rate) + ":d=" + seconds + "\" -pix_fmt yuv420p " + video.encode + " '"
        + file.string() + "'";
    return std::system(command.c_str()) == 0 ? file : std::filesystem::path();
}

} // namespace telltale::sample
