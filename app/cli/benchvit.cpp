// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The video transformer ViT-S on chunks of 16 frames of 160 pixels: inference beside python3-torch, beside
// what LibTorch's layers take and beside a great matrix product; memory of inference and of learning.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "nn/vit/transformerspeed.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <thread>

namespace telltale {
namespace {

constexpr int kRounds = 7;
constexpr int kSide = 160;
constexpr double kShareGoal = 0.75;
constexpr double kPeerGoal = 1.0;
constexpr int64_t kWindowChunks = 8;

/// The network as its users write it, and one chunk for each line read; answers with CPU and wall time in
/// nanoseconds.
constexpr const char* kTorchProgram = R"py(
import sys, time
import torch
from torch import nn
from torch.nn import functional as F

side, threads = (int(text) for text in sys.argv[1:3])
torch.set_num_threads(threads)
width, depth, heads, patch = 384, 12, 6, 16

class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.q_bias, self.v_bias = nn.Parameter(torch.rand(width)), nn.Parameter(torch.rand(width))
        self.proj = nn.Linear(width, width)
    def forward(self, x):
        batch, tokens, _ = x.shape
        bias = torch.cat((self.q_bias, torch.zeros_like(self.v_bias, requires_grad=False), self.v_bias))
        qkv = F.linear(x, self.qkv.weight, bias).reshape(batch, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        shares = ((q * (width // heads) ** -0.5) @ k.transpose(-2, -1)).softmax(dim=-1)
        return self.proj((shares @ v).transpose(1, 2).reshape(batch, tokens, -1))

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.attn = Attention()
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))

embed = nn.Conv3d(3, width, (2, patch, patch), (2, patch, patch))
blocks = nn.Sequential(*(Block() for _ in range(depth)))
clip = torch.rand(1, 3, 16, side, side)
places = torch.rand(1, 8 * (side // patch) ** 2, width)
print("ready", flush=True)
with torch.no_grad():
    for _ in sys.stdin:
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        blocks(embed(clip).flatten(2).transpose(1, 2) + places)
        print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
)py";

std::string named(const char* what, int threads)
{
    std::array<char, 100> text{};
    std::snprintf(text.data(), text.size(), "%s, %d thread%s", what, threads, threads == 1 ? "" : "s");
    return text.data();
}

/// What a round took of each.
struct Rounds {
    std::vector<Cost> ours;
    std::vector<Cost> product;
    std::vector<Cost> layers;
    std::vector<Cost> python;
};

void showShare(const BenchSettings& settings, TransformerSpeed& speed, const Rounds& rounds, int threads)
{
    const auto figure = threads == 1 ? &Cost::cpu : &Cost::wall;
    BenchRow row{named("ViT-S, a chunk of 16 frames", threads), "GMAC/s", "product"};
    row.ours = speed.operations() * 1e-6 / median(figures(rounds.ours, figure));
    row.theirs = speed.productOperations() * 1e-6 / median(figures(rounds.product, figure));
    row.ratio
        = medianRatio(rounds.product, rounds.ours, figure) * speed.operations() / speed.productOperations();
    row.goal = kShareGoal;
    row.atLeast = true;
    std::array<char, 100> note{};
    std::snprintf(note.data(), note.size(), "%s, results differ by %.1e of the greatest",
        threads == 1 ? "CPU time" : "wall time", speed.worstDifference());
    row.note = note.data();
    settings.row(row);
}

void showBeside(const BenchSettings& settings, const char* against, const Rounds& rounds,
    const std::vector<Cost>& theirs, int threads)
{
    const auto figure = threads == 1 ? &Cost::cpu : &Cost::wall;
    BenchRow row{named("ViT-S, a chunk of 16 frames", threads), "ms", against};
    row.ours = median(figures(rounds.ours, figure));
    row.theirs = median(figures(theirs, figure));
    row.ratio = medianRatio(rounds.ours, theirs, figure);
    row.goal = kPeerGoal;
    row.note = threads == 1 ? "CPU time" : "wall time";
    settings.row(row);
}

Status inference(const BenchSettings& settings, int threads)
{
    const auto speed = TransformerSpeed::create({"S", kSide, 1, threads});
    if (!speed)
        return speed.error();
    const auto peer = PythonPeer::start(pythonProgram(kTorchProgram, {kSide, threads}), "python3-torch");
    Rounds rounds;
    for (int round = -1; round < kRounds && !settings.cancelled(); ++round) {
        const Cost ours = costOf([&] { (*speed)->infer(); });
        const Cost product = costOf([&] { (*speed)->product(); });
        const Cost layers = costOf([&] { (*speed)->layers(); });
        Cost python;
        if (peer) {
            const auto told = (*peer)->run();
            if (!told)
                return told.error();
            python = *told;
        }
        if (round < 0)
            continue; // the first of all allocate
        rounds.ours.push_back(ours);
        rounds.product.push_back(product);
        rounds.layers.push_back(layers);
        rounds.python.push_back(python);
    }
    if (rounds.ours.empty())
        return {};
    showShare(settings, **speed, rounds, threads);
    showBeside(settings, "layers", rounds, rounds.layers, threads);
    if (peer) {
        showBeside(settings, "python3-torch", rounds, rounds.python, threads);
    } else {
        BenchRow row{named("ViT-S, a chunk of 16 frames", threads), "ms", "python3-torch"};
        row.missing = peer.error().message;
        settings.row(row);
    }
    return {};
}

using Work = std::function<Status()>;

/// Peak memory of both, each in a process of its own.
Status memory(const BenchSettings& settings, const char* what, const char* against, const Work& ours,
    const Work& theirs)
{
    std::array<double, 2> peaks{};
    for (size_t i = 0; i < peaks.size(); ++i) {
        const auto usage = inChild([&](const std::function<void()>& measure) -> Status {
            const Status status = i == 0 ? ours() : theirs();
            measure();
            return status;
        });
        if (!usage)
            return usage.error();
        peaks[i] = static_cast<double>(usage->peakBytes) / (1 << 20);
    }
    BenchRow row{what, "MiB", against};
    row.ours = peaks[0];
    row.theirs = peaks[1];
    row.ratio = peaks[0] / peaks[1];
    settings.row(row);
    return {};
}

Status memoryOfInference(const BenchSettings& settings)
{
    const auto once = [](void (TransformerSpeed::*run)()) -> Status {
        const auto speed = TransformerSpeed::create({"S", kSide, 4, 1});
        if (!speed)
            return speed.error();
        (speed->get()->*run)();
        return {};
    };
    return memory(
        settings, "peak memory of ViT-S, 4 chunks", "layers", [&] { return once(&TransformerSpeed::infer); },
        [&] { return once(&TransformerSpeed::layers); });
}

Status memoryOfLearning(const BenchSettings& settings)
{
    const TransformerWork work{"S", kSide, kWindowChunks, 1};
    return memory(
        settings, "peak memory of learning, 128 frames, ViT-S", "kept",
        [&] { return trainTransformerOnce(work, true); }, [&] { return trainTransformerOnce(work, false); });
}

} // namespace

Status benchVit(const BenchSettings& settings)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    // First what forks, as long as there is one thread.
    for (const auto part : {memoryOfInference, memoryOfLearning})
        if (Status status = part(settings); !status)
            return status;
    for (const int threads : std::set<int>{1, cores}) {
        if (settings.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (Status status = inference(settings, threads); !status)
            return status;
    }
    return {};
}

} // namespace telltale
