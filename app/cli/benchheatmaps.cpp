// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Heatmaps beside NumPy and beside clearing the same memory, and the first layer of PoseC3D beside
// LibTorch's.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "base/npy.h"
#include "base/random.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "nn/densestem.h"
#include "nn/sparsestem.h"
#include "pose/layout.h"
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 11;
constexpr int kFrames = 48;

/// The reference's way in its own language (PYSKL, GeneratePoseTarget): frame by frame, channel by channel,
/// person by person, the patch from a grid and an exponential. Reads orders and answers with CPU and wall
/// time in nanoseconds; the maps of the first order of a kind are saved for comparison.
constexpr const char* kNumpyProgram = R"py(
import sys, time
import numpy as np
points = np.load(sys.argv[1])
limbs = np.load(sys.argv[2])
side, sigma, least = int(sys.argv[3]), float(sys.argv[4]), 1e-3

def joint(area, centres, scores):
    for (mx, my), score in zip(centres, scores):
        if score < least:
            continue
        left, right = max(int(mx - 3 * sigma), 0), min(int(mx + 3 * sigma) + 1, area.shape[1])
        top, bottom = max(int(my - 3 * sigma), 0), min(int(my + 3 * sigma) + 1, area.shape[0])
        if left >= right or top >= bottom:
            continue
        xs, ys = np.meshgrid(np.arange(left, right, dtype=np.float32), np.arange(top, bottom, dtype=np.float32))
        patch = np.exp(-((xs - mx) ** 2 + (ys - my) ** 2) / 2 / sigma ** 2) * score
        area[top:bottom, left:right] = np.maximum(area[top:bottom, left:right], patch)

def limb(area, starts, ends, first, second):
    for a, b, sa, sb in zip(starts, ends, first, second):
        score = min(sa, sb)
        if score < least:
            continue
        left = max(int(min(a[0], b[0]) - 3 * sigma), 0)
        right = min(int(max(a[0], b[0]) + 3 * sigma) + 1, area.shape[1])
        top = max(int(min(a[1], b[1]) - 3 * sigma), 0)
        bottom = min(int(max(a[1], b[1]) + 3 * sigma) + 1, area.shape[0])
        if left >= right or top >= bottom:
            continue
        length = ((a - b) ** 2).sum()
        if length < 1:
            joint(area, a[None], sa[None])
            continue
        grid = np.stack(np.meshgrid(np.arange(left, right, dtype=np.float32),
                                    np.arange(top, bottom, dtype=np.float32)), axis=-1)
        from_a = ((grid - a) ** 2).sum(axis=-1)
        from_b = ((grid - b) ** 2).sum(axis=-1)
        share = (from_a - from_b + length) / 2 / length
        beside = ((grid - (a + share[..., None] * (b - a))) ** 2).sum(axis=-1)
        distance = np.where(share <= 0, from_a, np.where(share >= 1, from_b, beside))
        patch = np.exp(-distance / 2 / sigma ** 2) * score
        area[top:bottom, left:right] = np.maximum(area[top:bottom, left:right], patch)

def volume(with_limbs):
    channels = len(limbs) if with_limbs else points.shape[2]
    maps = np.zeros((points.shape[1], channels, side, side), dtype=np.float32)
    for frame in range(points.shape[1]):
        places, scores = points[:, frame, :, :2], points[:, frame, :, 2]
        for channel in range(channels):
            if with_limbs:
                a, b = limbs[channel]
                limb(maps[frame, channel], places[:, a], places[:, b], scores[:, a], scores[:, b])
            else:
                joint(maps[frame, channel], places[:, channel], scores[:, channel])
    return maps

print("ready", flush=True)
for line in sys.stdin:
    kind, file = line.split()
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    maps = volume(kind == "limbs")
    print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
    if file != "-":
        np.save(file, maps)
        print("saved", flush=True)
)py";

/// One person of the layout, whose points wander about the map.
PointClip wanderers(int pointCount, int side, uint64_t seed)
{
    Random random(seed);
    PointClip clip{1, kFrames, pointCount, side, side, {}};
    std::vector<PosePoint> at(static_cast<size_t>(pointCount));
    for (PosePoint& p : at)
        p = {static_cast<float>(random.uniform(0, side)), static_cast<float>(random.uniform(0, side)), 1};
    for (int frame = 0; frame < kFrames; ++frame)
        for (PosePoint& p : at) {
            p = {p.x + static_cast<float>(random.normal()), p.y + static_cast<float>(random.normal()),
                static_cast<float>(random.uniform(0.2, 1))};
            clip.points.push_back(p);
        }
    return clip;
}

std::vector<float> flat(const PointClip& clip)
{
    std::vector<float> values;
    values.reserve(clip.points.size() * 3);
    for (const PosePoint& p : clip.points)
        values.insert(values.end(), {p.x, p.y, p.score});
    return values;
}

/// What is measured: all take turns, each round beginning with another one.
struct Runner {
    std::string name;
    std::function<Result<Cost>()> run;
    std::vector<Cost> costs{};
    std::string missing{};
};

Status takeTurns(std::vector<Runner>& runners, const BenchSettings& settings)
{
    for (size_t round = 0; round < kRounds; ++round)
        for (size_t i = 0; i < runners.size(); ++i) {
            if (settings.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            Runner& runner = runners[(round + i) % runners.size()];
            if (!runner.missing.empty())
                continue;
            const auto cost = runner.run();
            if (cost)
                runner.costs.push_back(*cost);
            else
                runner.missing = cost.error().message;
        }
    return {};
}

struct Comparison {
    const char* what;
    const char* ours;
    const char* theirs;
    double goal;
    bool speed; ///< how many times as fast, otherwise times as long
    double Cost::*figure = &Cost::cpu;
};

void report(const BenchSettings& settings, const std::vector<Runner>& runners, const Comparison& comparison,
    const std::string& note = {})
{
    const auto named = [&](const char* name) -> const Runner& {
        return *std::find_if(
            runners.begin(), runners.end(), [&](const Runner& runner) { return runner.name == name; });
    };
    const Runner& ours = named(comparison.ours);
    const Runner& theirs = named(comparison.theirs);
    BenchRow row{comparison.what, comparison.speed ? "per second" : "ms", comparison.theirs};
    row.missing = ours.missing.empty() ? theirs.missing : ours.missing;
    row.goal = comparison.goal;
    row.atLeast = comparison.speed;
    row.note = note;
    if (row.missing.empty()) {
        row.ours = median(figures(ours.costs, comparison.figure));
        row.theirs = median(figures(theirs.costs, comparison.figure));
        row.ratio = medianRatio(ours.costs, theirs.costs, comparison.figure);
        if (comparison.speed) {
            row.ratio = 1 / row.ratio;
            row.ours = 1e3 / row.ours;
            row.theirs = 1e3 / row.theirs;
        }
    }
    settings.row(row);
}

std::string scientific(const char* text, double value)
{
    char line[80];
    std::snprintf(line, sizeof line, "%s %.1e", text, value);
    return line;
}

Result<Cost> timed(const std::function<Status()>& work)
{
    Status status;
    const Cost cost = costOf([&] { status = work(); });
    if (!status)
        return status.error();
    return cost;
}

/// Volumes of 68 points or their limbs on 48 maps of 64 x 64, sigma 0.6.
class HeatmapBench {
public:
    static constexpr int kSide = 64;

    explicit HeatmapBench(bool withLimbs) : m_kind(withLimbs ? "limbs" : "points")
    {
        m_spec.order = HeatmapOrder::FramesFirst; // as the reference leaves them
        m_spec.limbs = heatmapLimbs(poseLayouts().front());
        m_spec.withLimbs = withLimbs;
        for (uint64_t seed = 0; seed < 2; ++seed)
            m_clips.push_back(wanderers(kPointCount, kSide, seed));
        m_memory.resize(drawHeatmaps(m_clips.front(), m_spec)->size());
    }

    Status run(const BenchSettings& settings)
    {
        const auto peer = startPeer();
        std::vector<Runner> runners = ours();
        runners.push_back({"NumPy", [&]() -> Result<Cost> { return (*peer)->run(m_kind + " -"); }});
        const double difference = peer ? worstDifference(**peer) : 0;
        if (!peer)
            runners.back().missing = peer.error().message;
        else if (!(difference < 1e-5))
            runners.back().missing = scientific("it draws something else, by", difference);
        if (Status status = takeTurns(runners, settings); !status)
            return status;
        const std::string note = scientific("greatest difference", difference);
        if (m_spec.withLimbs) {
            report(settings, runners, {"maps of 67 limbs, 48 frames, 64 x 64", "volume", "NumPy", 0, true},
                note);
            report(settings, runners,
                {"the same where only old patches are cleared", "buffer", "NumPy", 0, true});
            return {};
        }
        report(
            settings, runners, {"maps of 68 points, 48 frames, 64 x 64", "volume", "NumPy", 60, true}, note);
        report(settings, runners, {"the same", "volume", "memset", 1.5, false});
        report(settings, runners,
            {"the same by two threads, wall time", "two threads", "NumPy", 0, true, &Cost::wall});
        report(settings, runners, {"the same into new memory", "new memory", "NumPy", 0, true});
        report(settings, runners, {"the same in half precision", "halves", "NumPy", 0, true});
        report(settings, runners, {"the same in bytes", "bytes", "NumPy", 0, true});
        report(
            settings, runners, {"the same where only old patches are cleared", "buffer", "NumPy", 60, true});
        report(
            settings, runners, {"the same where only old patches are cleared", "buffer", "memset", 0, false});
        return {};
    }

private:
    Result<std::unique_ptr<PythonPeer>> startPeer() const
    {
        const PointClip& clip = m_clips.front();
        NdArray points({1, clip.frames, clip.pointCount, 3});
        points.values = flat(clip);
        NpyArray limbs{"i4", {static_cast<int64_t>(m_spec.limbs.size()), 2}, {}};
        limbs.bytes.assign(
            reinterpret_cast<const char*>(m_spec.limbs.data()), m_spec.limbs.size() * 2 * sizeof(int));
        const auto place = [&](const char* name) { return m_folder.filePath(QString::fromLatin1(name)); };
        for (const auto& [name, array] : {std::pair{"points.npy", fromFloat(points)}, {"limbs.npy", limbs}})
            if (Status written = writeNpy(place(name).toStdString(), array); !written)
                return written.error();
        return PythonPeer::start(pythonProgram(kNumpyProgram)
                + QStringList{place("points.npy"), place("limbs.npy"), QString::number(kSide),
                    QString::number(m_spec.sigma)},
            "python3-numpy");
    }

    double worstDifference(PythonPeer& peer) const
    {
        const fs::path file = m_folder.filePath(QStringLiteral("maps.npy")).toStdString();
        const auto drawn = peer.run(m_kind + " " + file.string());
        const auto saved = drawn ? peer.answer() : Result<std::string>(drawn.error());
        const auto array = saved ? readNpy(file) : Result<NpyArray>(saved.error());
        const auto theirs = array ? toFloat(*array, file.string()) : Result<NdArray>(array.error());
        const auto ours = drawHeatmaps(m_clips.front(), m_spec);
        if (!theirs || !ours || ours->size() != theirs->values.size() * sizeof(float))
            return NAN;
        double worst = 0;
        for (size_t i = 0; i < theirs->values.size(); ++i) {
            float value = 0;
            std::memcpy(&value, ours->data() + i * sizeof value, sizeof value);
            worst = std::max(worst, static_cast<double>(std::abs(value - theirs->values[i])));
        }
        return worst;
    }

    Status draw(HeatmapSpec spec, NumberType type, int threads)
    {
        spec.type = type;
        spec.threads = threads;
        const auto planes = static_cast<int64_t>(m_memory.size() / (kSide * kSide * sizeof(float)));
        return drawHeatmaps(m_clips.front(), spec, 0, planes,
            std::span(m_memory).first(m_memory.size() / sizeof(float) * numberSize(type)));
    }

    std::vector<Runner> ours()
    {
        return {
            {"volume", [this] { return timed([&] { return draw(m_spec, NumberType::Float32, 1); }); }},
            {"two threads", [this] { return timed([&] { return draw(m_spec, NumberType::Float32, 2); }); }},
            {"halves", [this] { return timed([&] { return draw(m_spec, NumberType::Float16, 1); }); }},
            {"bytes", [this] { return timed([&] { return draw(m_spec, NumberType::UInt8, 1); }); }},
            {"memset",
                [this] {
                    return timed([&]() -> Status {
                        std::memset(m_memory.data(), ++m_turn & 1, m_memory.size());
                        return {};
                    });
                }},
            {"new memory",
                [this] {
                    return timed([&]() -> Status {
                        const auto volume = drawHeatmaps(m_clips.front(), m_spec);
                        return volume ? Status() : Status(volume.error());
                    });
                }},
            {"buffer",
                [this] { // one clip after the other, as a data set is read
                    return timed([&]() -> Status {
                        const auto volume = m_buffer.draw(m_clips[static_cast<size_t>(++m_turn % 2)], m_spec);
                        return volume ? Status() : Status(volume.error());
                    });
                }},
        };
    }

    std::string m_kind;
    HeatmapSpec m_spec;
    std::vector<PointClip> m_clips;
    std::vector<std::byte> m_memory;
    HeatmapBuffer m_buffer;
    QTemporaryDir m_folder;
    int m_turn = 0;
};

/// The stem of PoseC3D on 48 maps of 56 x 56 beside the dense convolution of maps that are there already.
Status benchStem(const BenchSettings& settings, int points, double sigma, double goal)
{
    constexpr int kSide = 56;
    constexpr int kOutputs = 32;
    const PointClip clip = wanderers(points, kSide, 3);
    const std::vector<float> values = flat(clip);
    HeatmapSpec spec;
    spec.sigma = sigma;
    const auto bytes = drawHeatmaps(clip, spec);
    if (!bytes)
        return bytes.error();
    NdArray volume({points, kFrames, kSide, kSide});
    std::memcpy(volume.values.data(), bytes->data(), bytes->size());
    Random random(4);
    StemWeights weights{points, kOutputs,
        std::vector<float>(static_cast<size_t>(points) * kOutputs * kStemKernel * kStemKernel)};
    std::generate(weights.kernel.begin(), weights.kernel.end(),
        [&] { return static_cast<float>(0.05 * random.normal()); });
    const auto sparse = SparseStem::create(weights);
    if (!sparse)
        return sparse.error();
    DenseStem dense(weights, false);
    DenseStem exact(weights, true);
    dense.setVolume(volume);
    exact.setVolume(volume);
    NdArray out({kOutputs, kFrames, kSide, kSide});
    const StemPoints view{values, 1, kFrames, points, kSide, kSide};
    char what[80];
    for (const bool pooled : {false, true}) {
        StemOptions options{.sigma = sigma, .relu = pooled, .pool = pooled};
        exact.run(options);
        const NdArray expected = exact.result();
        if (Status status = sparse->run(view, options, out.values); !status)
            return status;
        double error = 0;
        double most = 0;
        for (size_t i = 0; i < out.values.size(); ++i) {
            error = std::max(error, static_cast<double>(std::abs(out.values[i] - expected.values[i])));
            most = std::max(most, static_cast<double>(std::abs(expected.values[i])));
        }
        std::vector<Runner> runners{
            {"sparse", [&] { return timed([&] { return sparse->run(view, options, out.values); }); }},
            {"LibTorch", [&] {
                 return timed([&]() -> Status {
                     dense.run(options);
                     return {};
                 });
             }}};
        if (Status status = takeTurns(runners, settings); !status)
            return status;
        std::snprintf(what, sizeof what, "first layer%s, %d points, sigma %.1f",
            pooled ? ", ReLU and pooling" : "", points, sigma);
        report(settings, runners, {what, "sparse", "LibTorch", goal, true},
            scientific("relative error to float64", error / most));
    }
    return {};
}

} // namespace

Status benchHeatmaps(const BenchSettings& settings)
{
    for (const bool limbs : {false, true})
        if (Status status = HeatmapBench(limbs).run(settings); !status)
            return status;
    return {};
}

Status benchSparseStem(const BenchSettings& settings)
{
    if (Status status = benchStem(settings, kPointCount, 0.6, 20); !status)
        return status;
    if (Status status = benchStem(settings, 17, 0.6, 20); !status)
        return status;
    return benchStem(settings, kPointCount, 1.5, 0);
}

} // namespace telltale
