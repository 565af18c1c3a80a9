// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/livewindows.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorfiles.h"
#include <algorithm>
#include <chrono>
#include <torch/utils.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr size_t kCostsKept = 4096; // looks that the median is taken of (ours)

/// Rows of the latest frames, in memory of one size.
class FrameRing {
public:
    FrameRing(int64_t frames, int64_t row)
        : m_frames(frames)
        , m_row(row)
        , m_values(static_cast<size_t>(frames * row), 0.F)
    {
    }
    int64_t seen() const { return m_seen; }
    int64_t kept() const { return std::min(m_seen, m_frames); }
    int64_t bytes() const { return static_cast<int64_t>(m_values.capacity() * sizeof(float)); }
    void clear()
    {
        std::fill(m_values.begin(), m_values.end(), 0.F);
        m_seen = 0;
    }
    void forget() { std::fill(m_values.begin(), m_values.end(), 0.F); }
    /// Frames up to `frame` are missing, however many.
    void skipTo(int64_t frame)
    {
        if (frame - m_seen >= m_frames)
            forget();
        else
            for (int64_t at = m_seen; at < frame; ++at)
                std::fill_n(place(at), m_row, 0.F);
        m_seen = frame;
    }
    void push(std::span<const float> values)
    {
        if (values.empty())
            std::fill_n(place(m_seen), m_row, 0.F);
        else
            std::copy(values.begin(), values.end(), place(m_seen));
        ++m_seen;
    }
    /// The frames that are kept, oldest first, the newest again until there are `frames`.
    void copyTo(float* target) const
    {
        const int64_t first = m_seen - kept();
        for (int64_t i = 0; i < m_frames; ++i)
            std::copy_n(place(std::min(first + i, m_seen - 1)), m_row, target + i * m_row);
    }

private:
    float* place(int64_t frame) { return m_values.data() + frame % m_frames * m_row; }
    const float* place(int64_t frame) const { return m_values.data() + frame % m_frames * m_row; }

    int64_t m_frames;
    int64_t m_row;
    int64_t m_seen = 0;
    std::vector<float> m_values;
};

class CostMeter {
public:
    void add(double seconds)
    {
        if (m_latest.size() < kCostsKept)
            m_latest.push_back(seconds);
        else
            m_latest[static_cast<size_t>(m_looks) % kCostsKept] = seconds;
        ++m_looks;
        m_worst = std::max(m_worst, seconds);
    }
    LiveCost cost() const
    {
        LiveCost cost{m_looks, 0, m_worst};
        if (std::vector<double> sorted = m_latest; !sorted.empty()) {
            const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
            std::nth_element(sorted.begin(), middle, sorted.end());
            cost.medianSeconds = *middle;
        }
        return cost;
    }

private:
    int64_t m_looks = 0;
    double m_worst = 0;
    std::vector<double> m_latest;
};

class RingWindows : public LiveWindows {
public:
    RingWindows(DetectorSystem system, ClipSkeleton skeleton, int64_t hop)
        : m_system(std::move(system))
        , m_skeleton(std::move(skeleton))
        , m_hop(hop)
        , m_row(int64_t{m_system.facts.set.skeleton.graph.points} * m_system.facts.set.channels)
        , m_ring(grid().frames(), m_row)
        , m_nextLook(hop)
    {
    }
    const DetectorFacts& facts() const override { return m_system.facts; }
    Result<std::optional<LiveLook>> add(int64_t frame, std::span<const float> points) override;
    Result<std::optional<LiveLook>> finish() override
    {
        if (m_ring.seen() == 0)
            return std::optional<LiveLook>();
        return look(true);
    }
    void restart() override
    {
        m_ring.clear();
        m_lastPerson = -1;
        m_nextLook = m_hop;
    }
    void forget() override
    {
        m_ring.forget();
        m_lastPerson = -1;
    }
    void setHop(int64_t hop) override
    {
        m_hop = std::max<int64_t>(1, hop);
        m_nextLook = (m_ring.seen() / m_hop + 1) * m_hop;
    }
    int64_t seen() const override { return m_ring.seen(); }
    int64_t capacity() const override { return grid().frames(); }
    int64_t bytes() const override { return m_ring.bytes(); }
    LiveCost cost() const override { return m_meter.cost(); }

private:
    const TimeGrid& grid() const { return m_system.facts.recipe.grid; }
    bool somebodyIn(std::span<const float> points) const;
    Result<std::optional<LiveLook>> look(bool last);

    DetectorSystem m_system;
    ClipSkeleton m_skeleton;
    int64_t m_hop;
    int64_t m_row;
    FrameRing m_ring;
    CostMeter m_meter;
    int64_t m_nextLook;
    int64_t m_lastPerson = -1; ///< latest frame in which there was one
};

bool RingWindows::somebodyIn(std::span<const float> points) const
{
    const auto channels = static_cast<size_t>(m_system.facts.set.channels);
    for (size_t score = channels - 1; score < points.size(); score += channels)
        if (points[score] > 0)
            return true;
    return false;
}

Result<std::optional<LiveLook>> RingWindows::add(int64_t frame, std::span<const float> points)
{
    if (frame < m_ring.seen())
        return Error{ErrorCode::InvalidArgument,
            "Frame " + std::to_string(frame) + " comes behind frame " + std::to_string(m_ring.seen() - 1)
                + ", which was seen before; frames of a stream ascend."};
    if (!points.empty() && static_cast<int64_t>(points.size()) != m_row)
        return Error{ErrorCode::InvalidArgument,
            "Frame " + std::to_string(frame) + " has " + std::to_string(points.size())
                + " numbers instead of the " + std::to_string(m_row) + " that the detector learned from."};
    m_ring.skipTo(frame);
    m_ring.push(points);
    if (somebodyIn(points))
        m_lastPerson = frame;
    if (m_ring.seen() < m_nextLook)
        return std::optional<LiveLook>();
    m_nextLook = (m_ring.seen() / m_hop + 1) * m_hop;
    return look(false);
}

Result<std::optional<LiveLook>> RingWindows::look(bool last)
{
    LiveLook now{m_ring.seen(), {}, last};
    if (m_lastPerson < m_ring.seen() - m_ring.kept())
        return std::optional(now); // there is nobody to find anything of
    const auto start = Clock::now();
    try {
        const torch::NoGradGuard guard;
        const int64_t kept = m_ring.kept();
        const torch::Tensor frames
            = torch::empty({grid().frames(), m_skeleton.graph.points, m_system.facts.set.channels});
        m_ring.copyTo(frames.data_ptr<float>());
        GridSample sample = gridSample(
            frames, m_skeleton, m_system.facts.recipe.input, grid(), (kept + grid().step - 1) / grid().step);
        const auto classes = static_cast<int>(m_system.facts.classes.size());
        now.found = withoutDoubles({detectWindow(*m_system.network, m_system.facts.recipe, std::move(sample),
                                       classes, now.seen - kept, now.seen)},
            m_system.facts.recipe);
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
            "The detector could not be run: " + std::string(error.what_without_backtrace())};
    }
    m_meter.add(std::chrono::duration<double>(Clock::now() - start).count());
    return std::optional(std::move(now));
}

Status checkSkeletonsOnly(const DetectorFacts& facts, const ClipSkeleton& skeleton)
{
    const GridInput& input = facts.recipe.input;
    if (input.pictures)
        return Error{ErrorCode::Unsupported,
            "This detector sees pictures, and live mode runs detectors that see skeletons alone; train one "
            "with"
            " a recipe for skeletons (track2_skeleton.json)."};
    if (!input.features.empty())
        return Error{ErrorCode::Unsupported,
            "This detector sees the features \"" + input.features.front()
                + "\", which are computed beforehand, and live mode runs detectors that see skeletons alone; "
                  "train"
                  " one with a recipe for skeletons (track2_skeleton.json)."};
    if (skeleton.graph.points != facts.set.skeleton.graph.points)
        return Error{ErrorCode::InvalidArgument,
            "The detector learned from " + std::to_string(facts.set.skeleton.graph.points)
                + " points (layout " + facts.set.skeleton.layout + "), these have "
                + std::to_string(skeleton.graph.points) + " (layout " + skeleton.layout
                + "). Use a detector that was trained for them."};
    return {};
}

} // namespace

Result<std::unique_ptr<LiveWindows>> LiveWindows::open(
    const fs::path& folder, const ClipSkeleton& skeleton, int64_t hop, const std::string& device)
{
    if (hop < 1)
        return Error{ErrorCode::InvalidArgument, "From one look to the next there is at least one frame."};
    const auto facts = readDetectorFacts(folder);
    if (!facts)
        return facts.error();
    if (Status status = checkSkeletonsOnly(*facts, skeleton); !status)
        return status.error();
    auto system = readDetector(folder, device);
    if (!system)
        return system.error();
    return std::unique_ptr<LiveWindows>(new RingWindows(std::move(*system), skeleton, hop));
}

} // namespace telltale
