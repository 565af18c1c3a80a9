// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/boxsmoothing.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

/// Low-passes look this many standard deviations far.
constexpr double kReachOfGaussian = 3;

using Edges = std::array<float, 4>; ///< left, top, right, bottom

/// Measurements of one shot without long gaps, and the frames that its boxes serve.
struct Stretch {
    std::vector<int64_t> frames; ///< of the measurements
    std::vector<Edges> edges;
    FrameSpan served;
};

/// Index range [first, last) of the frames within `reach` of frame i.
struct Window {
    size_t first = 0;
    size_t last = 0;
};

/// Slides along ascending frames.
class WindowSlider {
public:
    WindowSlider(const std::vector<int64_t>& frames, double reach) : m_frames(frames), m_reach(reach) { }
    Window around(size_t i)
    {
        const auto centre = static_cast<double>(m_frames[i]);
        while (static_cast<double>(m_frames[m_window.first]) < centre - m_reach)
            ++m_window.first;
        m_window.last = std::max(m_window.last, i + 1);
        while (m_window.last < m_frames.size()
            && static_cast<double>(m_frames[m_window.last]) <= centre + m_reach)
            ++m_window.last;
        return m_window;
    }

private:
    const std::vector<int64_t>& m_frames;
    double m_reach;
    Window m_window;
};

bool cutBetween(std::span<const int64_t> cuts, int64_t before, int64_t after)
{
    const auto next = std::upper_bound(cuts.begin(), cuts.end(), before);
    return next != cuts.end() && *next <= after;
}

std::vector<Stretch> stretchesOf(
    std::span<const BoxSample> samples, std::span<const int64_t> cuts, double bridge)
{
    std::vector<Stretch> all;
    for (const BoxSample& sample : samples) {
        const Edges edges{sample.left, sample.top, sample.right, sample.bottom};
        const bool finite = std::all_of(edges.begin(), edges.end(), [](float v) { return std::isfinite(v); });
        if (!sample.present || !finite || sample.right < sample.left || sample.bottom < sample.top)
            continue;
        if (!all.empty() && all.back().frames.back() >= sample.frame)
            continue; // frames that are doubled or out of order
        if (all.empty() || static_cast<double>(sample.frame - all.back().frames.back()) > bridge
            || cutBetween(cuts, all.back().frames.back(), sample.frame))
            all.emplace_back();
        all.back().frames.push_back(sample.frame);
        all.back().edges.push_back(edges);
    }
    return all;
}

/// Gives each stretch its measurements' frames and `hold` more on each side, as far as neighbours and cuts
/// let it.
void serve(std::vector<Stretch>& stretches, std::span<const int64_t> cuts, int64_t hold, int64_t lastFrame)
{
    constexpr int64_t kForever = INT64_MAX;
    for (Stretch& stretch : stretches)
        stretch.served
            = {std::max<int64_t>(std::min<int64_t>(stretch.frames.front(), 0), stretch.frames.front() - hold),
                stretch.frames.back() + hold >= lastFrame ? kForever : stretch.frames.back() + hold + 1};
    for (Stretch& stretch : stretches) {
        const auto next = std::upper_bound(cuts.begin(), cuts.end(), stretch.frames.back());
        if (next != cuts.end())
            stretch.served.last = std::min(stretch.served.last, *next);
        const auto own = std::upper_bound(cuts.begin(), cuts.end(), stretch.frames.front());
        if (own != cuts.begin())
            stretch.served.first = std::max(stretch.served.first, *std::prev(own));
    }
    for (size_t i = 1; i < stretches.size(); ++i) {
        Stretch& before = stretches[i - 1];
        Stretch& after = stretches[i];
        if (before.served.last <= after.served.first)
            continue;
        const int64_t middle
            = std::clamp(before.frames.back() + (after.frames.front() - before.frames.back()) / 2,
                before.frames.back() + 1, after.frames.front());
        const int64_t border = std::min(middle, before.served.last);
        before.served.last = border;
        after.served.first = std::max(border, after.served.first);
    }
}

/// Frames from one sample to the next, as a rule.
int64_t usualStep(std::span<const BoxSample> samples)
{
    std::vector<int64_t> steps;
    for (size_t i = 1; i < samples.size(); ++i)
        if (samples[i].frame > samples[i - 1].frame)
            steps.push_back(samples[i].frame - samples[i - 1].frame);
    if (steps.empty())
        return 1;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return *middle;
}

float medianOf(std::vector<float>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Running median of one edge with windows that shrink towards the ends, so that steady motion is not bent
/// there; the ends themselves by Tukey's rule (median of the value, its neighbour, and the line through the
/// next two).
void smoothByMedian(std::vector<Edges>& edges, size_t which, const std::vector<int64_t>& frames, double reach)
{
    const size_t count = edges.size();
    if (count < 3)
        return;
    std::vector<float> out(count);
    std::vector<float> values;
    WindowSlider slider(frames, reach);
    for (size_t i = 1; i + 1 < count; ++i) {
        const Window window = slider.around(i);
        const size_t side = std::max<size_t>(1, std::min(i - window.first, window.last - 1 - i));
        values.clear();
        for (size_t k = i - side; k <= i + side; ++k)
            values.push_back(edges[k][which]);
        out[i] = medianOf(values);
    }
    const auto end = [&](size_t at, size_t next, size_t afterNext) {
        std::vector<float> three{edges[at][which], out[next], 3 * out[next] - 2 * out[afterNext]};
        return medianOf(three);
    };
    out[0] = count > 3 ? end(0, 1, 2) : out[1];
    out[count - 1] = count > 3 ? end(count - 1, count - 2, count - 3) : out[1];
    for (size_t i = 0; i < count; ++i)
        edges[i][which] = out[i];
}

void gatherAround(std::vector<Edges>& edges, const std::vector<int64_t>& frames, double reach)
{
    const std::vector<Edges> own = edges;
    WindowSlider slider(frames, reach);
    for (size_t i = 0; i < own.size(); ++i) {
        const Window window = slider.around(i);
        for (size_t k = window.first; k < window.last; ++k)
            for (size_t e = 0; e < 4; ++e)
                edges[i][e] = e < 2 ? std::min(edges[i][e], own[k][e]) : std::max(edges[i][e], own[k][e]);
    }
}

/// Value at each frame of the straight line that fits best around it, weighted by a Gaussian.
std::vector<double> lowPassed(
    const std::vector<double>& values, const std::vector<int64_t>& frames, double deviation)
{
    std::vector<double> out(values.size());
    WindowSlider slider(frames, kReachOfGaussian * deviation);
    for (size_t i = 0; i < values.size(); ++i) {
        const Window window = slider.around(i);
        double weight = 0;
        double time = 0;
        double value = 0;
        double timeTime = 0;
        double timeValue = 0;
        for (size_t k = window.first; k < window.last; ++k) {
            const auto t = static_cast<double>(frames[k] - frames[i]);
            const double w = deviation > 0 ? std::exp(-0.5 * t * t / (deviation * deviation)) : 1.0;
            weight += w;
            time += w * t;
            value += w * values[k];
            timeTime += w * t * t;
            timeValue += w * t * values[k];
        }
        const double spread = weight * timeTime - time * time;
        const double slope
            = spread > 1e-9 * weight * weight ? (weight * timeValue - time * value) / spread : 0;
        out[i] = (value - slope * time) / weight;
    }
    return out;
}

/// Squares along a stretch, one key a measurement.
std::vector<CropKey> squaresOf(const Stretch& stretch, double fps, const BoxSmoothing& smoothing)
{
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> size;
    for (auto* list : {&x, &y, &size})
        list->reserve(stretch.edges.size());
    for (const Edges& e : stretch.edges) {
        x.push_back((static_cast<double>(e[0]) + static_cast<double>(e[2])) / 2);
        y.push_back((static_cast<double>(e[1]) + static_cast<double>(e[3])) / 2);
        const double side = std::max({static_cast<double>(e[2]) - static_cast<double>(e[0]),
            static_cast<double>(e[3]) - static_cast<double>(e[1]), 1.0});
        size.push_back(std::log(side * (1 + static_cast<double>(smoothing.padding))));
    }
    x = lowPassed(x, stretch.frames, smoothing.position * fps);
    y = lowPassed(y, stretch.frames, smoothing.position * fps);
    size = lowPassed(size, stretch.frames, smoothing.size * fps);
    std::vector<CropKey> keys;
    keys.reserve(x.size());
    for (size_t i = 0; i < x.size(); ++i) {
        const double side = std::exp(size[i]);
        keys.push_back({stretch.frames[i],
            {static_cast<float>(x[i] - side / 2), static_cast<float>(y[i] - side / 2),
                static_cast<float>(side), static_cast<float>(side)}});
    }
    return keys;
}

/// How far the key is from the line between two others, as a share of its side.
float bendAt(const CropKey& from, const CropKey& to, const CropKey& key)
{
    const auto share = static_cast<float>(key.frame - from.frame) / static_cast<float>(to.frame - from.frame);
    return boxDistance(mixedBox(from.box, to.box, share), key.box) / key.box.width;
}

/// Keeps the ends and, again and again, the key that is farthest from the lines so far (Ramer, Douglas and
/// Peucker).
std::vector<CropKey> thinned(const std::vector<CropKey>& keys, float tolerance)
{
    std::vector<char> kept(keys.size(), 0);
    kept.front() = kept.back() = 1;
    std::vector<Window> open{{0, keys.size() - 1}};
    while (!open.empty()) {
        const Window range = open.back();
        open.pop_back();
        size_t farthest = range.first;
        float bend = tolerance;
        for (size_t i = range.first + 1; i < range.last; ++i)
            if (const float here = bendAt(keys[range.first], keys[range.last], keys[i]); here > bend) {
                bend = here;
                farthest = i;
            }
        if (farthest == range.first)
            continue;
        kept[farthest] = 1;
        open.push_back({range.first, farthest});
        open.push_back({farthest, range.last});
    }
    std::vector<CropKey> out;
    for (size_t i = 0; i < keys.size(); ++i)
        if (kept[i])
            out.push_back(keys[i]);
    return out;
}

} // namespace

std::vector<CropKey> smoothedKeys(std::span<const BoxSample> samples, std::span<const int64_t> cuts,
    double fps, const BoxSmoothing& smoothing)
{
    const double rate = std::isfinite(fps) && fps > 0 ? fps : 25;
    const int64_t step = usualStep(samples);
    std::vector<Stretch> stretches
        = stretchesOf(samples, cuts, std::max(smoothing.bridge * rate, 1.5 * static_cast<double>(step)));
    if (stretches.empty())
        return {};
    int64_t lastFrame = 0;
    for (const BoxSample& sample : samples)
        lastFrame = std::max(lastFrame, sample.frame);
    serve(stretches, cuts, std::max<int64_t>(std::llround(smoothing.hold * rate), step / 2), lastFrame);
    std::vector<CropKey> path;
    for (size_t i = 0; i < stretches.size(); ++i) {
        Stretch& stretch = stretches[i];
        for (size_t edge = 0; edge < 4; ++edge)
            smoothByMedian(stretch.edges, edge, stretch.frames, smoothing.median * rate);
        if (smoothing.gather > 0)
            gatherAround(stretch.edges, stretch.frames, smoothing.gather * rate);
        const std::vector<CropKey> keys = thinned(squaresOf(stretch, rate, smoothing), smoothing.tolerance);
        if (stretch.served.first < keys.front().frame)
            path.push_back({stretch.served.first, keys.front().box});
        path.insert(path.end(), keys.begin(), keys.end());
        const bool joined = i + 1 < stretches.size() && stretches[i + 1].served.first == stretch.served.last;
        if (joined && keys.back().frame < stretch.served.last - 1)
            path.push_back({stretch.served.last - 1, keys.back().box});
        if (!joined && stretch.served.last < INT64_MAX)
            path.push_back({stretch.served.last, {}});
    }
    return path;
}

} // namespace telltale
