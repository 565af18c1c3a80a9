// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/rulerticks.h"
#include <array>

namespace telltale {

namespace {

struct Step {
    int64_t label;
    int64_t minor;
};

constexpr std::array<Step, 6> kFrameSteps{{{1, 1}, {2, 1}, {5, 1}, {10, 2}, {20, 5}, {50, 10}}};
constexpr std::array<Step, 15> kSecondSteps{{{1, 1}, {2, 1}, {5, 1}, {10, 2}, {15, 5}, {30, 10}, {60, 10},
    {120, 30}, {300, 60}, {600, 120}, {900, 300}, {1800, 600}, {3600, 600}, {7200, 1800}, {14400, 3600}}};

std::vector<RulerTick> frameTicks(const TimelineMapping& mapping, const FrameTimes& times, const Step& step)
{
    std::vector<RulerTick> ticks;
    const FrameSpan visible = mapping.visible();
    for (int64_t f = visible.first / step.label * step.label; f <= visible.last; f += step.minor) {
        const bool labelled = f % step.label == 0;
        ticks.push_back({f, labelled, labelled ? clockText(times.timeOf(f), true) : QString()});
    }
    return ticks;
}

std::vector<RulerTick> timeTicks(const TimelineMapping& mapping, const FrameTimes& times, const Step& step)
{
    std::vector<RulerTick> ticks;
    const FrameSpan visible = mapping.visible();
    const auto secondOf = [&times](int64_t frame) {
        return std::chrono::floor<std::chrono::seconds>(times.timeOf(frame)).count();
    };
    const int64_t last = secondOf(visible.last);
    for (int64_t s = secondOf(visible.first) / step.label * step.label; s <= last; s += step.minor) {
        const MediaTime time = std::chrono::seconds(s);
        const bool labelled = s % step.label == 0;
        ticks.push_back(
            {times.nearestBoundary(time), labelled, labelled ? clockText(time, false) : QString()});
    }
    return ticks;
}

} // namespace

std::vector<RulerTick> rulerTicks(const TimelineMapping& mapping, const FrameTimes& times, double labelPixels)
{
    const double fps = times.meanFps();
    if (times.frameCount() == 0 || fps <= 0)
        return {};
    for (const Step& step : kFrameSteps) {
        const auto frames = static_cast<double>(step.label);
        if (frames < fps && frames * mapping.pixelsPerFrame() >= labelPixels)
            return frameTicks(mapping, times, step);
    }
    const double pixelsPerSecond = mapping.pixelsPerFrame() * fps;
    const auto fits
        = [&](const Step& s) { return static_cast<double>(s.label) * pixelsPerSecond >= labelPixels; };
    for (const Step& step : kSecondSteps)
        if (fits(step))
            return timeTicks(mapping, times, step);
    return timeTicks(mapping, times, kSecondSteps.back());
}

QString clockText(MediaTime time, bool milliseconds)
{
    const int64_t ms = std::chrono::round<std::chrono::milliseconds>(time).count();
    const int64_t seconds = ms / 1000;
    const auto two = [](int64_t n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    QString text = seconds >= 3600
        ? QString::number(seconds / 3600) + QLatin1Char(':') + two(seconds / 60 % 60)
        : QString::number(seconds / 60);
    text += QLatin1Char(':') + two(seconds % 60);
    if (milliseconds)
        text += QStringLiteral(".%1").arg(ms % 1000, 3, 10, QLatin1Char('0'));
    return text;
}

} // namespace telltale
