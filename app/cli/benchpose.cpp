// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Pose networks: beside the same network in Debian's python3-opencv, from the video to the track, and what
// memory that takes.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "app/cli/benchvideos.h"
#include "base/files.h"
#include "media/framesource.h"
#include "pipeline/posing.h"
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <thread>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kPairs = 5;
constexpr int64_t kPictures = 48; ///< of a round; decoded beforehand

/// What is measured on.
struct PoseBench {
    fs::path model;
    fs::path video;
    std::vector<Picture> pictures;
    int workers = 1; ///< networks side by side
};

/// The same work in Python: letterbox, network, highest place of each map. It reads orders and tells how long
/// each took, in nanoseconds.
constexpr const char* kPeerProgram = R"py(
import sys, time
import cv2
import numpy as np
model, video, width, height, pictures = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
net = cv2.dnn.readNetFromONNX(model) if model.endswith(".onnx") else cv2.dnn.readNetFromTensorflow(model)
capture = cv2.VideoCapture(video)
frames = []
while len(frames) < pictures:
    more, frame = capture.read()
    if not more:
        break
    frames.append(frame)
def points(frame):
    rows, columns = frame.shape[:2]
    scale = min(width / columns, height / rows)
    small = cv2.resize(frame, (round(columns * scale), round(rows * scale)), interpolation=cv2.INTER_AREA)
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    boxed = cv2.copyMakeBorder(small, top, height - top - small.shape[0], left, width - left - small.shape[1],
                               cv2.BORDER_CONSTANT)
    net.setInput(cv2.dnn.blobFromImage(boxed))
    maps = net.forward()[0]
    return np.argmax(maps.reshape(maps.shape[0], -1), axis=1)
points(frames[0])
print("ready", flush=True)
for line in sys.stdin:
    threads = int(line)
    cv2.setNumThreads(threads)
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    for frame in frames:
        points(frame)
    print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
)py";

Result<std::unique_ptr<PythonPeer>> startPeer(const PoseBench& bench, const PoseModelCard& card)
{
    return PythonPeer::start(pythonProgram(kPeerProgram)
            + QStringList{QString::fromStdString(bench.model.string()),
                QString::fromStdString(bench.video.string()), QString::number(card.inputWidth),
                QString::number(card.inputHeight), QString::number(kPictures)},
        "python3-opencv");
}

fs::path testdata()
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return folder ? fs::path(folder) : dataFolder() / ".." / "shared" / "testdata";
}

/// The network for the benchmark: from the test data, else the first one of the user's that OpenCV runs.
Result<fs::path> benchModel(const char* preferred)
{
    const fs::path file = testdata() / "models" / preferred;
    std::error_code ec;
    if (fs::exists(file, ec))
        return file;
    for (const KnownPoseModel& known : knownPoseModels())
        if (known.problem.empty() && known.content.decoder == "heatmap" && known.file.extension() != ".pt")
            return known.file;
    return Error{ErrorCode::NotFound, "no pose model here; name the test data in TELLTALE_TESTDATA"};
}

Result<fs::path> benchClip(const BenchSettings& settings)
{
    const fs::path file = testdata() / "video" / "seated_hands_518f.mp4";
    std::error_code ec;
    return fs::exists(file, ec) ? Result<fs::path>(file) : benchVideo(settings.folder, BenchVideo::Light);
}

/// `video` so many times in a row, or its first pictures.
Result<fs::path> copied(const BenchSettings& settings, const fs::path& video, int times, int64_t pictures)
{
    const fs::path file = settings.folder
        / ("pose_" + std::to_string(times) + "x" + std::to_string(pictures) + "_"
            + video.filename().string());
    std::error_code ec;
    if (fs::exists(file, ec))
        return file;
    if (Status status = ensureWritableFolder(settings.folder); !status)
        return status.error();
    const fs::path part = settings.folder / ("part_" + file.filename().string());
    const auto made = programCpuMs({"ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop",
        std::to_string(times - 1), "-i", video.string(), "-frames:v", std::to_string(pictures * times), "-an",
        "-c", "copy", part.string()});
    if (!made)
        return made.error();
    fs::rename(part, file, ec);
    return file;
}

/// Runs networks side by side on the pictures, each on a thread of its own.
Result<Cost> runNetworks(const PoseBench& bench, std::vector<std::unique_ptr<PoseEstimator>>& networks)
{
    std::atomic<size_t> next = 0;
    std::atomic<bool> failed = false;
    const Cost cost = costOf([&] {
        std::vector<std::jthread> threads;
        threads.reserve(networks.size());
        for (auto& network : networks)
            threads.emplace_back([&] {
                for (size_t i = next++; i < bench.pictures.size() && !failed; i = next++) {
                    const Picture& picture = bench.pictures[i];
                    const PosePicture view{picture.bgra, picture.width, picture.height, 0, 0, {}};
                    failed = failed || !network->estimate(std::span(&view, 1));
                }
            });
    });
    if (failed)
        return Error{ErrorCode::Internal, bench.model.string() + ": the network failed"};
    return cost;
}

Result<std::vector<std::unique_ptr<PoseEstimator>>> openNetworks(const fs::path& model, int count)
{
    std::vector<std::unique_ptr<PoseEstimator>> networks;
    for (int i = 0; i < count; ++i) {
        auto network = openPoseModel(model);
        if (!network)
            return network.error();
        networks.push_back(*std::move(network));
    }
    return networks;
}

Status decode(PoseBench& bench)
{
    auto source = openVideo(bench.video);
    if (!source)
        return source.error();
    const int64_t count = std::min<int64_t>(kPictures, (*source)->info().frameCount);
    for (int64_t i = 0; i < count; ++i) {
        auto frame = (*source)->read(i);
        if (!frame)
            return frame.error();
        bench.pictures.push_back(std::move(frame->picture));
    }
    return {};
}

/// Times of ours and theirs for the same pictures as a row of pictures a second. `figure`: what the ratio is
/// of; the note tells the other one's.
void report(const BenchSettings& settings, BenchRow row, size_t pictures, const std::vector<Cost>& ours,
    const std::vector<Cost>& theirs, double Cost::*figure)
{
    const auto rate = static_cast<double>(pictures) * 1e3;
    row.ours = rate / median(figures(ours, figure));
    row.theirs = rate / median(figures(theirs, figure));
    row.ratio = medianRatio(theirs, ours, figure);
    row.atLeast = true;
    const bool wall = figure == &Cost::wall;
    char note[60];
    std::snprintf(note, sizeof note, "ratio of %s %.3f", wall ? "CPU time" : "wall time",
        medianRatio(theirs, ours, wall ? &Cost::cpu : &Cost::wall));
    row.note = note;
    settings.row(row);
}

/// One network on one thread, and networks on all cores, beside Python on as many threads.
Status besidePython(const BenchSettings& settings, const PoseBench& bench)
{
    auto networks = openNetworks(bench.model, bench.workers);
    if (!networks)
        return networks.error();
    const auto peer = startPeer(bench, networks->front()->card());
    for (const int workers : {bench.workers, 1}) {
        BenchRow row{workers > 1 ? "pose networks on all cores, wall" : "pose network on one thread", "1/s",
            "python3"};
        row.goal = 1.0;
        networks->resize(static_cast<size_t>(workers));
        std::vector<Cost> ours;
        std::vector<Cost> theirs;
        if (!peer)
            row.missing = peer.error().message;
        for (int pair = 0; pair < kPairs && peer && !settings.cancelled(); ++pair) {
            for (const bool first : {true, false}) {
                const bool own = first == (pair % 2 == 0);
                const auto took = own ? runNetworks(bench, *networks) : (*peer)->run(std::to_string(workers));
                if (!took)
                    return took.error();
                (own ? ours : theirs).push_back(*took);
            }
            settings.progress->report(pair + 1, kPairs, "pose network beside python3-opencv");
        }
        if (!peer)
            settings.row(row);
        else if (!ours.empty())
            report(
                settings, row, bench.pictures.size(), ours, theirs, workers > 1 ? &Cost::wall : &Cost::cpu);
    }
    return {};
}

/// The command `pose` from opening to the written file beside its networks alone.
Status fromEndToEnd(const BenchSettings& settings, const PoseBench& bench)
{
    const auto clip = copied(settings, bench.video, 1, kPictures);
    if (!clip)
        return clip.error();
    auto networks = openNetworks(bench.model, bench.workers);
    if (!networks)
        return networks.error();
    std::vector<Cost> ours;
    std::vector<Cost> theirs;
    const fs::path track = settings.folder / "pose_bench.npz";
    for (int pair = 0; pair < kPairs && !settings.cancelled(); ++pair) {
        for (const bool first : {true, false}) {
            if (first != (pair % 2 == 0)) {
                const auto took = runNetworks(bench, *networks);
                if (!took)
                    return took.error();
                theirs.push_back(*took);
                continue;
            }
            PosingOptions options;
            options.workers = bench.workers;
            options.restart = true;
            auto result = Result<PosingResult>(PosingResult());
            Cost cost = costOf(
                [&] { result = extractPoses(*clip, bench.model, track, options, *settings.progress); });
            if (!result)
                return result.error();
            cost.wall = result->seconds * 1e3; // without reading the first network
            ours.push_back(cost);
        }
    }
    std::error_code ec;
    fs::remove(track, ec);
    if (ours.empty())
        return {};
    BenchRow row{"pose from the video to the track, wall", "1/s", "networks"};
    row.goal = 0.9;
    report(settings, row, bench.pictures.size(), ours, theirs, &Cost::wall);
    return {};
}

/// Peak memory for a video and for one four times as long.
Status memoryOfLength(const BenchSettings& settings, const fs::path& video)
{
    const auto model = benchModel("hourglass_mobilenetv2_14kp_192.pb");
    const auto brief = copied(settings, video, 1, 400);
    const auto lengthy = copied(settings, video, 4, 400);
    if (!model || !brief || !lengthy)
        return !model ? model.error() : (brief ? lengthy : brief).error();
    std::array<double, 2> peaks{};
    for (size_t i = 0; i < peaks.size(); ++i) {
        const auto usage = inChild([&](const std::function<void()>& measure) -> Status {
            PosingOptions options;
            options.restart = true;
            const fs::path track = settings.folder / "pose_memory.npz";
            ProgressSink quiet;
            const auto result = extractPoses(i == 0 ? *brief : *lengthy, *model, track, options, quiet);
            std::error_code ec;
            fs::remove(track, ec);
            measure();
            return result ? Status() : result.error();
        });
        if (!usage)
            return usage.error();
        peaks[i] = static_cast<double>(usage->peakBytes) / (1 << 20);
    }
    BenchRow row{"memory of pose, video four times as long", "MiB", "the video"};
    row.ours = peaks[1];
    row.theirs = peaks[0];
    row.ratio = peaks[1] / peaks[0];
    row.goal = 1.05;
    settings.row(row);
    return {};
}

} // namespace

Status benchPoses(const BenchSettings& settings)
{
    const auto model = benchModel("cpm_mobilenetv2_14kp_192.pb");
    if (!model) {
        BenchRow row{"pose network", "1/s", "python3-opencv"};
        row.missing = model.error().message;
        settings.row(row);
        return {};
    }
    PoseBench bench;
    bench.model = *model;
    bench.workers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto video = benchClip(settings);
    if (!video)
        return video.error();
    bench.video = *video;
    // First what forks, as long as there is one thread.
    if (Status status = memoryOfLength(settings, bench.video); !status)
        return status;
    if (Status status = decode(bench); !status)
        return status;
    if (Status status = besidePython(settings, bench); !status)
        return status;
    return fromEndToEnd(settings, bench);
}

} // namespace telltale
