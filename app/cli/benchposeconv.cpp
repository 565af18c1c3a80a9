// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// PoseConv3D from points to features beside LibTorch's eager network and OpenCV's, and its training step
// beside python3-torch. One thread and CPU time where nothing else is said: other programs disturb those
// least.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/random.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "nn/volumes/fastposeconv.h"
#include "nn/volumes/plainposeconv.h"
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

constexpr int kRounds = 5;
constexpr int kFrames = 48;
constexpr int kSide = 56;
constexpr int kTrainingFrames = 32;
constexpr int kTrainingBatch = 2;

/// The network as its users write it, and one step of training for each line read; answers with CPU and wall
/// time in nanoseconds.
constexpr const char* kTorchProgram = R"py(
import sys, time
import torch
from torch import nn

class ConvNorm(nn.Sequential):
    def __init__(self, channels, out, kernel, stride=(1, 1, 1)):
        padding = tuple(size // 2 for size in kernel)
        super().__init__(nn.Conv3d(channels, out, kernel, stride, padding, bias=False), nn.BatchNorm3d(out))

class Block(nn.Module):
    def __init__(self, channels, planes, first, stride):
        super().__init__()
        self.inner = nn.Sequential(
            ConvNorm(channels, planes, (first, 1, 1)), nn.ReLU(inplace=True),
            ConvNorm(planes, planes, (1, 3, 3), stride), nn.ReLU(inplace=True),
            ConvNorm(planes, 4 * planes, (1, 1, 1)))
        changes = channels != 4 * planes or stride != (1, 1, 1)
        self.shortcut = ConvNorm(channels, 4 * planes, (1, 1, 1), stride) if changes else nn.Identity()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.inner(x) + self.shortcut(x))

channels, frames, side, batch = (int(text) for text in sys.argv[1:5])
torch.set_num_threads(1)
layers = [ConvNorm(channels, 32, (1, 7, 7)), nn.ReLU(inplace=True), nn.MaxPool3d((1, 3, 3), 1, (0, 1, 1))]
width = 32
for planes, blocks, first, time_stride in ((32, 4, 1, 1), (64, 6, 3, 1), (128, 3, 3, 2)):
    for block in range(blocks):
        layers.append(Block(width, planes, first, (time_stride, 2, 2) if block == 0 else (1, 1, 1)))
        width = 4 * planes
model = nn.Sequential(*layers, nn.AdaptiveAvgPool3d(1), nn.Flatten(), nn.Linear(width, 32))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=3e-4)
loss_of = nn.CrossEntropyLoss()
clips = torch.rand(batch, channels, frames, side, side)
labels = torch.arange(batch) % 32
print("ready", flush=True)
for _ in sys.stdin:
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    optimizer.zero_grad(set_to_none=True)
    loss_of(model(clips), labels).backward()
    optimizer.step()
    print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
)py";

/// A clip of points that wander about the map, its volume, and the networks.
class PoseConvBench {
public:
    static Result<std::unique_ptr<PoseConvBench>> make(int channels)
    {
        std::unique_ptr<PoseConvBench> bench(new PoseConvBench(channels));
        auto fast = FastPoseConv::create(bench->m_options, bench->m_plain.weights(), "drawn weights");
        if (!fast)
            return fast.error();
        bench->m_fast.emplace(std::move(*fast));
        const auto bytes = drawHeatmaps(bench->m_clip, {});
        if (!bytes)
            return bytes.error();
        bench->m_volume = NdArray({channels, kFrames, kSide, kSide});
        std::memcpy(bench->m_volume.values.data(), bytes->data(), bytes->size());
        bench->m_plain.setVolume(bench->m_volume);
        return bench;
    }

    Result<NdArray> fast(int threads)
    {
        const StemPoints points{m_values, 1, kFrames, m_clip.pointCount, kSide, kSide};
        return m_fast->embed(points, {.threads = threads});
    }
    NdArray plain(int threads) { return m_plain.embed(threads); }

    /// For OpenCV: see tests/peers/opencvdnn.cpp.
    Status write(const std::filesystem::path& file) const
    {
        const auto folded = foldedLayers(m_options, m_plain.weights());
        if (!folded)
            return folded.error();
        std::vector<PoseConvLayer> layers{
            PoseConvLayer{{1, kStemKernel, kStemKernel}, {1, 1, 1}, m_options.channels, m_options.base, -1,
                PoseConvLayer::kNothing, true, folded->stem.kernel, folded->stem.bias}};
        for (PoseConvLayer layer : folded->layers) { // one place later, behind the stem
            layer.from += 1;
            layer.add += layer.add == PoseConvLayer::kNothing ? 0 : 1;
            layers.push_back(std::move(layer));
        }
        std::ostringstream out;
        out << layers.size();
        for (const int64_t side : m_volume.shape)
            out << ' ' << side;
        for (const PoseConvLayer& layer : layers) {
            out << '\n' << layer.inputs << ' ' << layer.outputs;
            for (const auto& three : {layer.kernel, layer.stride})
                out << ' ' << three[0] << ' ' << three[1] << ' ' << three[2];
            out << ' ' << layer.from << ' ' << layer.add << ' ' << layer.relu << ' '
                << (&layer == layers.data());
        }
        out << '\n';
        const auto append = [&](const std::vector<float>& values) {
            out.write(reinterpret_cast<const char*>(values.data()),
                static_cast<std::streamsize>(values.size() * sizeof(float)));
        };
        for (const PoseConvLayer& layer : layers) {
            append(layer.weight);
            append(layer.bias);
        }
        append(m_volume.values);
        return writeFileAtomically(file, out.str());
    }

private:
    explicit PoseConvBench(int channels) : m_options(optionsOf(channels)), m_plain(m_options, 5)
    {
        Random random(7);
        m_clip = {1, kFrames, channels, kSide, kSide, {}};
        std::vector<PosePoint> at(static_cast<size_t>(channels));
        for (PosePoint& p : at)
            p = {static_cast<float>(random.uniform(0, kSide)), static_cast<float>(random.uniform(0, kSide)),
                1};
        for (int frame = 0; frame < kFrames; ++frame)
            for (PosePoint& p : at) {
                p = {p.x + static_cast<float>(random.normal()), p.y + static_cast<float>(random.normal()),
                    static_cast<float>(random.uniform(0.2, 1))};
                m_clip.points.push_back(p);
                m_values.insert(m_values.end(), {p.x, p.y, p.score});
            }
    }
    static SlowOnlyOptions optionsOf(int channels)
    {
        SlowOnlyOptions options;
        options.channels = channels;
        return options;
    }

    SlowOnlyOptions m_options;
    PlainPoseConv m_plain;
    std::optional<FastPoseConv> m_fast;
    PointClip m_clip;
    std::vector<float> m_values;
    NdArray m_volume;
};

/// Greatest difference as a share of the greatest feature.
double difference(std::span<const float> ours, std::span<const float> theirs)
{
    double worst = ours.size() == theirs.size() ? 0 : NAN;
    double greatest = 0;
    for (size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
        worst = std::max(worst, static_cast<double>(std::abs(ours[i] - theirs[i])));
        greatest = std::max(greatest, static_cast<double>(std::abs(theirs[i])));
    }
    return worst / greatest;
}

std::string differenceNote(double value)
{
    std::array<char, 60> text{};
    std::snprintf(text.data(), text.size(), "greatest difference %.1e", value);
    return text.data();
}

struct Pair {
    std::vector<Cost> ours;
    std::vector<Cost> theirs;
};

void report(const BenchSettings& settings, const Pair& pair, BenchRow row, double Cost::*figure)
{
    row.ours = median(figures(pair.ours, figure));
    row.theirs = median(figures(pair.theirs, figure));
    row.ratio = medianRatio(pair.ours, pair.theirs, figure);
    settings.row(row);
}

Status cancelled() { return Error{ErrorCode::Cancelled, "cancelled"}; }

Status besideEager(const BenchSettings& settings, PoseConvBench& bench, int channels, double goal)
{
    const std::string what = "PoseConv3D, " + std::to_string(channels) + " x 48 x 56 x 56";
    const auto features = bench.fast(1);
    if (!features)
        return features.error();
    const std::string note = differenceNote(difference(features->values, bench.plain(1).values))
        + ", painting of maps not counted for LibTorch";
    for (const int threads : {1, 2}) {
        bench.fast(threads).ok();
        Pair pair;
        for (int round = 0; round < kRounds; ++round) {
            if (settings.cancelled())
                return cancelled();
            pair.ours.push_back(costOf([&] { bench.fast(threads).ok(); }));
            pair.theirs.push_back(costOf([&] { bench.plain(threads); }));
        }
        BenchRow row{threads == 1 ? what : what + ", two threads", "ms", "LibTorch"};
        row.goal = goal;
        row.note = threads == 1 ? note : "wall time";
        report(settings, pair, row, threads == 1 ? &Cost::cpu : &Cost::wall);
    }
    return {};
}

Status besideOpenCv(const BenchSettings& settings, PoseConvBench& bench, double goal)
{
    BenchRow row{"PoseConv3D, 17 x 48 x 56 x 56", "ms", "OpenCV DNN"};
    row.goal = goal;
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("network")).toStdString();
    if (Status status = bench.write(file); !status)
        return status;
    auto peer = BenchPeer::start("opencv-dnn");
    const auto opened = peer ? (*peer)->open(file) : Result<Cost>(peer.error());
    const auto first = opened ? (*peer)->frame(0) : opened;
    const auto bytes = readFile(file.string() + ".features");
    if (!first || !bytes) {
        row.missing = first ? bytes.error().message : first.error().message;
        settings.row(row);
        return {};
    }
    std::vector<float> theirs(bytes->size() / sizeof(float));
    std::memcpy(theirs.data(), bytes->data(), theirs.size() * sizeof(float));
    row.note = differenceNote(difference(bench.fast(1)->values, theirs));
    Pair pair;
    for (int round = 0; round < kRounds; ++round) {
        if (settings.cancelled())
            return cancelled();
        pair.ours.push_back(costOf([&] { bench.fast(1).ok(); }));
        const auto cost = (*peer)->frame(0);
        if (!cost)
            return cost.error();
        pair.theirs.push_back(*cost);
    }
    report(settings, pair, row, &Cost::cpu);
    return {};
}

/// Each in a process of its own that has made one clip's features.
Status memoryBesideEager(const BenchSettings& settings, int channels)
{
    const auto peak = [&](bool fast) {
        return inChild([&](const std::function<void()>& measure) -> Status {
            const auto bench = PoseConvBench::make(channels);
            if (!bench)
                return bench.error();
            if (fast)
                (*bench)->fast(1).ok();
            else
                (*bench)->plain(1);
            measure();
            return {};
        });
    };
    const auto ours = peak(true);
    const auto theirs = peak(false);
    BenchRow row{"peak memory, " + std::to_string(channels) + " x 48 x 56 x 56", "MiB", "LibTorch"};
    if (!ours || !theirs) {
        row.missing = (ours ? theirs : ours).error().message;
    } else {
        row.ours = static_cast<double>(ours->peakBytes) / (1 << 20);
        row.theirs = static_cast<double>(theirs->peakBytes) / (1 << 20);
        row.ratio = row.ours / row.theirs;
        row.note = "of the whole process";
    }
    settings.row(row);
    return {};
}

Status benchTraining(const BenchSettings& settings)
{
    constexpr int kChannels = 17;
    BenchRow row{"training step, 2 x 17 x 32 x 56 x 56", "ms", "python3-torch"};
    row.goal = 1;
    auto peer = PythonPeer::start(
        pythonProgram(kTorchProgram, {kChannels, kTrainingFrames, kSide, kTrainingBatch}), "python3-torch");
    if (!peer) {
        row.missing = peer.error().message;
        settings.row(row);
        return {};
    }
    PlainPoseConv plain({}, 5);
    NdArray volume({kChannels, kTrainingFrames, kSide, kSide});
    Random random(3);
    for (float& value : volume.values)
        value = static_cast<float>(random.uniform());
    plain.setVolume(volume);
    plain.trainingStep(kTrainingBatch, 1);
    (*peer)->run().ok();
    Pair pair;
    for (int round = 0; round < kRounds; ++round) {
        if (settings.cancelled())
            return cancelled();
        pair.ours.push_back(costOf([&] { plain.trainingStep(kTrainingBatch, 1); }));
        const auto cost = (*peer)->run();
        if (!cost)
            return cost.error();
        pair.theirs.push_back(*cost);
    }
    report(settings, pair, row, &Cost::cpu);
    return {};
}

} // namespace

Status benchPoseConv(const BenchSettings& settings)
{
    // First of all: a process that has threads already cannot be forked.
    for (const int channels : {17, 68})
        if (Status status = memoryBesideEager(settings, channels); !status)
            return status;
    for (const auto& [channels, goal] : {std::pair{17, 0.5}, {68, 0.4}}) {
        const auto bench = PoseConvBench::make(channels);
        if (!bench)
            return bench.error();
        if (Status status = besideEager(settings, **bench, channels, goal); !status)
            return status;
        if (channels == 17)
            if (Status status = besideOpenCv(settings, **bench, 0.21); !status)
                return status;
    }
    keepFreedMemory(); // as the commands that train do
    return benchTraining(settings);
}

} // namespace telltale
