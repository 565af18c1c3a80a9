// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// ST-GCN++ of the published size: inference beside what LibTorch's layers take and beside a great matrix
// product, and training steps beside python3-torch.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "base/memory.h"
#include "nn/fast/skeletonspeed.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <thread>

namespace telltale {
namespace {

constexpr int kRounds = 7;
constexpr int kTrainingPairs = 5;
constexpr double kShareGoal = 0.6;
constexpr double kStepGoal = 1.0;
constexpr SkeletonWork kTrainingWork{68, 64, 8, 1};

/// The network as its users write it, and one step of training for each line read.
constexpr const char* kTorchProgram = R"py(
import sys, time
import torch
from torch import nn

points, frames, clips, threads = (int(text) for text in sys.argv[1:5])
torch.set_num_threads(threads)

class Space(nn.Module):
    def __init__(self, channels, out, graph):
        super().__init__()
        self.graph = nn.Parameter(graph.clone())
        self.conv = nn.Conv2d(channels, out * graph.shape[0], 1)
        self.norm = nn.BatchNorm2d(out)
        self.shortcut = nn.Identity()
        if channels != out:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1), nn.BatchNorm2d(out))
    def forward(self, x):
        batch, _, time_steps, joints = x.shape
        sliced = self.conv(x).view(batch, self.graph.shape[0], -1, time_steps, joints)
        mixed = torch.einsum("bkctv,kvw->bctw", sliced, self.graph)
        return torch.relu(self.norm(mixed) + self.shortcut(x))

class Time(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        each = width // 6
        def start(size):
            return [nn.Conv2d(width, size, 1), nn.BatchNorm2d(size), nn.ReLU(inplace=True)]
        branches = []
        for dilation in (1, 2, 3, 4):
            size = width - 5 * each if dilation == 1 else each
            branches.append(nn.Sequential(*start(size), nn.Conv2d(
                size, size, (3, 1), (stride, 1), (dilation, 0), (dilation, 1))))
        branches.append(nn.Sequential(*start(each), nn.MaxPool2d((3, 1), (stride, 1), (1, 0))))
        branches.append(nn.Conv2d(width, each, 1, (stride, 1)))
        self.branches = nn.ModuleList(branches)
        self.last = nn.Sequential(nn.BatchNorm2d(width), nn.ReLU(inplace=True), nn.Conv2d(width, width, 1),
                                  nn.BatchNorm2d(width))
    def forward(self, x):
        return self.last(torch.cat([branch(x) for branch in self.branches], 1))

class Block(nn.Module):
    def __init__(self, channels, out, stride, graph, first):
        super().__init__()
        self.space, self.time, self.first = Space(channels, out, graph), Time(out, stride), first
        self.shortcut = nn.Identity()
        if channels != out or stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1, (stride, 1)), nn.BatchNorm2d(out))
    def forward(self, x):
        y = self.time(self.space(x))
        return torch.relu(y if self.first else y + self.shortcut(x))

class Network(nn.Module):
    def __init__(self, graph):
        super().__init__()
        self.norm = nn.BatchNorm1d(3 * points)
        sizes = [(3, 64, 1)] + [(64, 64, 1)] * 3 + [(64, 128, 2)] + [(128, 128, 1)] * 2 \
            + [(128, 256, 2)] + [(256, 256, 1)] * 2
        self.blocks = nn.Sequential(*(Block(a, b, s, graph, i == 0) for i, (a, b, s) in enumerate(sizes)))
        self.head = nn.Linear(256, 32)
    def forward(self, x):
        batch, time_steps = x.shape[:2]
        flat = self.norm(x.permute(0, 2, 3, 1).reshape(batch, -1, time_steps))
        x = flat.view(batch, points, 3, time_steps).permute(0, 2, 3, 1).contiguous()
        return self.head(self.blocks(x).mean((2, 3)))

inward = torch.zeros(points, points)
for point in range(1, points):
    inward[point - 1, point] = 1
model = Network(torch.stack([torch.eye(points), inward, inward.t()]))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, nesterov=True)
loss_of = nn.CrossEntropyLoss()
x = torch.rand(clips, frames, points, 3)
labels = torch.arange(clips) % 32
print("ready", flush=True)
for _ in sys.stdin:
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    optimizer.zero_grad()
    loss = loss_of(model(x), labels)
    loss.backward()
    optimizer.step()
    loss.item()
    print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
)py";

std::string named(const char* what, const SkeletonWork& work)
{
    std::array<char, 100> text{};
    std::snprintf(text.data(), text.size(), "%s, %d points, batch %d, %d thread%s", what, work.points,
        static_cast<int>(work.clips), work.threads, work.threads == 1 ? "" : "s");
    return text.data();
}

double medianOf(const SkeletonSpeed& speed, double SkeletonRound::*figure)
{
    std::vector<double> values;
    values.reserve(speed.rounds.size());
    for (const SkeletonRound& round : speed.rounds)
        values.push_back(round.*figure);
    return median(values);
}

Status inference(const BenchSettings& settings, const SkeletonWork& work)
{
    const auto speed = measureSkeletonSpeed(work, kRounds);
    if (!speed)
        return speed.error();
    const double fast = medianOf(*speed, &SkeletonRound::fast);
    BenchRow share{named("ST-GCN++", work), "GMAC/s", "product"};
    share.ours = static_cast<double>(speed->products) * 1e-6 / fast;
    share.theirs = speed->rounds.front().productOperations * 1e-6 / medianOf(*speed, &SkeletonRound::product);
    share.ratio = speed->shareOfProduct();
    share.goal = kShareGoal;
    share.atLeast = true;
    std::array<char, 100> note{};
    std::snprintf(note.data(), note.size(), "%s, results differ by %.1e of the greatest",
        work.threads == 1 ? "CPU time" : "wall time", speed->worstDifference);
    share.note = note.data();
    settings.row(share);

    std::vector<double> ratios;
    ratios.reserve(speed->rounds.size());
    for (const SkeletonRound& round : speed->rounds)
        ratios.push_back(round.fast / round.layers);
    BenchRow layers{named("ST-GCN++", work), "ms", "layers"};
    layers.ours = fast;
    layers.theirs = medianOf(*speed, &SkeletonRound::layers);
    layers.ratio = median(ratios);
    settings.row(layers);
    return {};
}

Status training(const BenchSettings& settings, SkeletonWork work)
{
    BenchRow row{named("training step of ST-GCN++", work), "ms", "python3-torch"};
    const auto peer = PythonPeer::start(
        pythonProgram(kTorchProgram,
            {work.points, static_cast<int>(work.frames), static_cast<int>(work.clips), work.threads}),
        "python3-torch");
    if (!peer) {
        row.missing = peer.error().message;
        settings.row(row);
        return {};
    }
    const auto ours = SkeletonTraining::create(work);
    if (!ours)
        return ours.error();
    std::vector<Cost> mine;
    std::vector<Cost> theirs;
    for (int pair = -1; pair < kTrainingPairs && !settings.cancelled(); ++pair) {
        const Cost cost = costOf([&] { (*ours)->run(1); });
        const auto other = (*peer)->run();
        if (!other)
            return other.error();
        if (pair < 0)
            continue; // the first step of both allocates
        mine.push_back(cost);
        theirs.push_back(*other);
    }
    if (mine.empty())
        return {};
    const auto figure = work.threads == 1 ? &Cost::cpu : &Cost::wall;
    row.ours = median(figures(mine, figure));
    row.theirs = median(figures(theirs, figure));
    row.ratio = medianRatio(mine, theirs, figure);
    row.goal = kStepGoal;
    row.note = work.threads == 1 ? "CPU time" : "wall time";
    settings.row(row);
    return {};
}

/// Peak memory of a batch, layer by layer and in the fast form, in a process of its own.
Status memory(const BenchSettings& settings, const SkeletonWork& work)
{
    std::array<double, 2> peaks{};
    for (size_t i = 0; i < peaks.size(); ++i) {
        const auto usage = inChild([&](const std::function<void()>& measure) -> Status {
            const Status status = runSkeletonOnce(work, i == 0);
            measure();
            return status;
        });
        if (!usage)
            return usage.error();
        peaks[i] = static_cast<double>(usage->peakBytes) / (1 << 20);
    }
    BenchRow row{named("peak memory of ST-GCN++", work), "MiB", "layers"};
    row.ours = peaks[0];
    row.theirs = peaks[1];
    row.ratio = peaks[0] / peaks[1];
    settings.row(row);
    return {};
}

} // namespace

Status benchSkeleton(const BenchSettings& settings)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    // First what forks, as long as there is one thread.
    if (Status status = memory(settings, {68, 100, 4, 1}); !status)
        return status;
    const std::set<int> threads{1, cores};
    for (const int count : threads)
        for (const int points : {17, 68}) {
            if (settings.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            if (Status status = inference(settings, {points, 100, 4, count}); !status)
                return status;
        }
    keepFreedMemory(); // as the commands that train do
    for (const int count : threads) {
        SkeletonWork work = kTrainingWork;
        work.threads = count;
        if (Status status = training(settings, work); !status)
            return status;
    }
    return {};
}

} // namespace telltale
