// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "videosamples.h"
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace telltale::sample {
namespace {

namespace fs = std::filesystem;

#define X264 "-c:v libx264 -preset veryfast "
#define X265 "-c:v libx265 -preset ultrafast "
#define VP9 "-c:v libvpx-vp9 -deadline good -cpu-used 6 -auto-alt-ref 1 -lag-in-frames 16 -g 60 "
#define OPEN_264 X264 "-bf 3 -x264-params open-gop=1:keyint=24:min-keyint=24:scenecut=0"
#define OPEN_265 X265 "-x265-params log-level=none:open-gop=1:keyint=24:min-keyint=24:bframes=4:b-adapt=0"

// Pictures that are uneven in time, in ticks of 1/2800 s, and pictures that are missing.
constexpr const char* kJitter = "settb=1/2800,setpts=N*100+mod(N*37\\,61)";
constexpr const char* kDropped = "select=gt(mod(n*7919\\,101)\\,20)";

constexpr CorpusVideo kCorpus[] = {
    {"h264_plain.mp4", X264 "-bf 0 -g 50"},
    {"h264_bframes.mp4", X264 "-bf 3 -g 250"},
    {"h264_sound.mp4", X264 "-bf 3 -g 60 -c:a aac"},
    {"h264_bframes.mov", X264 "-bf 3 -g 100"},
    {"h264_bframes.mkv", X264 "-bf 3 -g 100"},
    {"h264_bframes.ts", X264 "-bf 3 -g 100"},
    {"h264_bframes.avi", X264 "-bf 3 -g 100"},
    {"h264_opengop.mp4", OPEN_264},
    {"h264_opengop.mkv", OPEN_264},
    {"h264_opengop.ts", OPEN_264},
    {"h264_jitter.mp4", X264 "-bf 3 -g 100 -fps_mode passthrough -enc_time_base 1:2800", nullptr, kJitter},
    {"h264_jitter.mkv", X264 "-bf 3 -g 100 -fps_mode passthrough -enc_time_base 1:2800", nullptr, kJitter},
    {"h264_dropped.mp4", X264 "-bf 3 -g 100 -fps_mode passthrough", nullptr, kDropped},
    {"h264_editlist.mp4", X264 "-bf 3 -g 100", "-ss 1.3"},
    {"h264_editlist.mov", X264 "-bf 3 -g 100", "-ss 2.1"},
    {"h264_refresh.mp4", X264 "-x264-params intra-refresh=1:keyint=40"},
    {"h264_refresh.mkv", X264 "-bf 2 -x264-params intra-refresh=1:keyint=40"},
    {"h264_intra.mp4", X264 "-g 1"},
    {"h264_fragments.mp4", X264 "-bf 3 -g 50 -movflags frag_keyframe+empty_moov"},
    {"h264_fragmentsound.mp4",
        X264 "-bf 3 -g 50 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof"},
    {"h264_faststart.mp4", X264 "-bf 3 -g 100 -movflags faststart"},
    {"h264_nocues.mkv", X264 "-bf 3 -g 100 -flush_packets 1 -f matroska -live 1"},
    {"h264_interlaced.mp4", X264 "-bf 2 -g 60 -flags +ildct+ilme -x264-params tff=1"},
    {"h264_lateclock.ts", X264 "-bf 3 -g 50 -output_ts_offset 95441"},
    {"hevc_closed.mp4", X265 "-x265-params log-level=none:open-gop=0:keyint=60:bframes=4"},
    {"hevc_opengop.mp4", OPEN_265},
    {"hevc_opengop.mov", OPEN_265},
    {"hevc_opengop.mkv", OPEN_265},
    {"hevc_opengop.ts", OPEN_265},
    {"hevc_editlist.mp4", OPEN_265, "-ss 1.3"},
    {"vp9.webm", VP9},
    {"vp9.mkv", VP9},
    {"vp9.mp4", VP9},
    {"vp9_jitter.webm", VP9 "-fps_mode passthrough -enc_time_base 1:1000", nullptr, kJitter},
    {"av1.mp4", "-c:v libsvtav1 -preset 11 -g 48"},
    {"av1.mkv", "-c:v libsvtav1 -preset 11 -g 48"},
    {"av1.webm", "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -g 60"},
    {"av1_hidden.mp4", "-c:v libaom-av1 -cpu-used 8 -lag-in-frames 19 -g 60"},
    {"mpeg4_plain.avi", "-c:v mpeg4 -q:v 4 -g 40"},
    {"mpeg4_bframes.avi", "-c:v mpeg4 -bf 2 -q:v 4 -g 40"},
    {"mpeg4_packed.avi", "-c:v libxvid -bf 2 -q:v 4 -g 40"},
    {"mpeg4_bframes.mp4", "-c:v mpeg4 -bf 2 -q:v 4 -g 40"},
    {"mpeg4_bframes.mov", "-c:v mpeg4 -bf 2 -q:v 4 -g 40"},
    {"mpeg4_bframes.mkv", "-c:v mpeg4 -bf 2 -q:v 4 -g 40"},
    {"mpeg2.ts", "-c:v mpeg2video -bf 2 -q:v 4 -g 15"},
    {"mjpeg.avi", "-c:v mjpeg -q:v 5"},
    {"mjpeg.mov", "-c:v mjpeg -q:v 5"},
    {"mjpeg.mkv", "-c:v mjpeg -q:v 5"},
};

std::string quoted(const fs::path& file) { return "'" + file.string() + "'"; }

bool run(const std::string& command) { return std::system(command.c_str()) == 0; }

std::string outputOf(const std::string& command)
{
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string text;
    std::array<char, 4096> part{};
    while (pipe) {
        const size_t got = fread(part.data(), 1, part.size(), pipe.get());
        text.append(part.data(), got);
        if (got == 0)
            break;
    }
    return text;
}

constexpr const char* kFfmpeg = "ffmpeg -nostdin -hide_banner -loglevel error -y ";

} // namespace

std::span<const CorpusVideo> corpus() { return kCorpus; }

bool hasFfmpeg() { return run("ffmpeg -version >/dev/null 2>&1"); }

fs::path makeCorpusVideo(const CorpusVideo& video, int seconds)
{
    const fs::path file = scratch(video.name);
    // Noise makes every picture differ from every other one.
    std::string source = "testsrc2=s=160x96:r=28:d=" + std::to_string(seconds) + ",noise=alls=12:allf=t";
    if (*video.timing != '\0')
        source += std::string(",") + video.timing;
    std::string inputs = "-f lavfi -i \"" + source + "\"";
    if (std::string(video.encode).find("-c:a") != std::string::npos)
        inputs += " -f lavfi -i sine=d=" + std::to_string(seconds);
    const fs::path first = video.cut ? scratch("first_" + std::string(video.name)) : file;
    // Encoders of AV1 greet on stderr.
    if (!run(kFfmpeg + inputs + " -pix_fmt yuv420p " + video.encode + " " + quoted(first) + " 2>"
            + quoted(scratch("encoder.log")))
        && !run("cat " + quoted(scratch("encoder.log")) + " >&2; false"))
        return {};
    if (video.cut
        && !run(kFfmpeg + std::string(video.cut) + " -i " + quoted(first) + " -c copy " + quoted(file)))
        return {};
    return file;
}

LinearDecode linearDecode(const fs::path& file)
{
    std::istringstream sums(outputOf("ffmpeg -nostdin -v quiet -threads 1 -noautorotate -copyts -i "
        + quoted(file) + " -map 0:v:0 -fps_mode passthrough -enc_time_base -1 -f framemd5 -"));
    LinearDecode result;
    for (std::string line; std::getline(sums, line);) {
        if (line.empty() || line[0] == '#')
            continue;
        result.md5.push_back(line.substr(line.find_last_of(' ') + 1));
        const size_t second = line.find(',', line.find(',') + 1);
        result.pts.push_back(std::strtoll(line.c_str() + second + 1, nullptr, 10));
    }
    return result;
}

} // namespace telltale::sample
