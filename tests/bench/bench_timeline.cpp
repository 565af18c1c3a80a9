// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures the timeline at 1600x480 with 32 lanes: a painter that walks over all spans, our view with as many
// and ten times as many, and how long a pan or zoom takes from the event to the painted image.
#include "base/random.h"
#include "widgets/timeline/overviewstrip.h"
#include "widgets/timeline/timelinepainter.h"
#include "widgets/timeline/timelineview.h"
#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace telltale {
namespace {

constexpr QSize kSize(1600, 480);
constexpr int kLanes = 32;
constexpr int64_t kFew = 100'000;
constexpr int64_t kMany = 1'000'000;
constexpr double kPaintLimitMs = 1.0;
constexpr double kRatioLimit = 200;
constexpr double kMoveLimitMs = 16;

/// Spans of `count` over all lanes, apart from each other or (`piled`) three deep.
struct Scene {
    int64_t frames = 0;
    std::vector<TimelineLane> lanes;
};

Scene sceneOf(int64_t count, bool piled, bool curves)
{
    Random random(7);
    Scene scene;
    scene.lanes.resize(kLanes);
    const int64_t perLane = count / kLanes;
    scene.frames = perLane * 29 + 100;
    int64_t id = 0;
    for (int l = 0; l < kLanes; ++l) {
        TimelineLane& lane = scene.lanes[static_cast<size_t>(l)];
        lane.title = QStringLiteral("Lane %1").arg(l + 1);
        lane.key = lane.title;
        lane.height = 12;
        lane.editable = l < 2;
        if (curves && l >= 4) { // as a session has it: few lanes of spans, some of curves
            lane.curve.resize(static_cast<size_t>(scene.frames));
            for (size_t f = 0; f < lane.curve.size(); ++f)
                lane.curve[f] = static_cast<float>(0.5 + 0.5 * std::sin(static_cast<double>(f) / (40 + l)));
            continue;
        }
        lane.spans.reserve(static_cast<size_t>(perLane));
        int64_t at = 0;
        for (int64_t i = 0; i < perLane; ++i) {
            const int64_t length = 5 + static_cast<int64_t>(random.uniform() * 25);
            TimelineSpan span;
            span.id = ++id;
            span.span = {at, at + (piled ? length * 4 : length)};
            span.text = QStringLiteral("Gesture %1").arg(i % 32);
            span.color = QColor::fromHsv(static_cast<int>(i % 32 * 11), 150, 200);
            span.state = static_cast<SpanState>(i % 6);
            span.score = random.uniform();
            span.origin = static_cast<TimelineOrigin>(i % 4);
            span.startSpread = i % 3 == 0 ? 2 : 0;
            at += length + static_cast<int64_t>(random.uniform() * 20);
            lane.spans.push_back(std::move(span));
        }
    }
    return scene;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Time that this thread was given, which other programs of a busy machine do not add to.
class Stopwatch {
public:
    double ms() const { return now() - m_start; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
    }
    double m_start = now();
};

/// Painters that walk over all spans: no index, no pyramid, no text.
struct Naive {
    const char* name;
    bool outlined;
    bool round; ///< antialiased, with round corners
};
constexpr std::array<Naive, 3> kNaive{{
    {"one fill a span", false, false},
    {"one outlined box a span", true, false},
    {"one smooth round box a span", true, true},
}};

double naiveMs(const Scene& scene, const Naive& how)
{
    QImage image(kSize, QImage::Format_RGB32);
    std::vector<double> times;
    for (int round = 0; round < 3; ++round) {
        const Stopwatch timer;
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing, how.round);
        const double scale = static_cast<double>(kSize.width()) / static_cast<double>(scene.frames);
        const double height = static_cast<double>(kSize.height()) / kLanes;
        for (size_t l = 0; l < scene.lanes.size(); ++l)
            for (const TimelineSpan& span : scene.lanes[l].spans) {
                const QRectF box(static_cast<double>(span.span.first) * scale,
                    static_cast<double>(l) * height + 1,
                    std::max(1.0, static_cast<double>(span.span.length()) * scale), height - 2);
                if (!how.outlined) {
                    painter.fillRect(box, span.color);
                    continue;
                }
                painter.setPen(span.color.darker());
                painter.setBrush(span.color);
                if (how.round)
                    painter.drawRoundedRect(box, 3, 3);
                else
                    painter.drawRect(box);
            }
        painter.end();
        times.push_back(timer.ms());
    }
    return median(times);
}

/// What the view's painter needs for everything on the whole video, into an image: ruler, names, spans,
/// playhead.
double painterMs(const Scene& scene, int rounds)
{
    TimelineScene shown;
    const QFont font = QApplication::font();
    const QPalette palette = QApplication::palette();
    shown.setFont(font);
    shown.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(scene.frames, 25)));
    shown.resize(kSize);
    shown.setLanes(scene.lanes);
    shown.mapping().fitAll();
    SpanPainter looks(palette, font);
    QImage image(kSize, QImage::Format_RGB32);
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const Stopwatch timer;
        const TimelinePainter painter(shown, palette, 1, looks);
        painter.drawStatic(image, 0);
        QPainter over(&image);
        painter.drawOverlay(over, {});
        over.end();
        times.push_back(timer.ms());
    }
    return median(times);
}

class Bench {
public:
    explicit Bench(Scene scene)
    {
        view.setWindowFlag(Qt::BypassWindowManagerHint);
        view.resize(kSize);
        view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(scene.frames, 25)));
        const Stopwatch timer;
        view.setLanes(std::move(scene.lanes));
        indexMs = timer.ms();
        view.show();
        QApplication::processEvents();
    }

    /// Everything anew on the whole video, ruler and names too.
    double wholeMs()
    {
        std::vector<double> times;
        for (int i = 0; i < 60; ++i) {
            view.fitAll(); // nothing of the picture before is used
            const Stopwatch timer;
            view.repaint();
            times.push_back(timer.ms());
        }
        return median(times);
    }

    std::vector<double> moves(int count)
    {
        Random random(11);
        std::vector<double> times;
        view.fitAll();
        for (int i = 0; i < count; ++i) {
            const QPointF at(300 + random.uniform() * 1200, 100 + random.uniform() * 200);
            const bool zoom = random.uniform() < 0.5;
            // Deep and shallow zooms are as likely as each other.
            const double notches
                = zoom ? std::round((random.uniform() - 0.48) * 40) : (random.uniform() - 0.5) * 20;
            QWheelEvent wheel(at, at, {}, QPoint(0, static_cast<int>(notches * 120)), Qt::NoButton,
                zoom ? Qt::ControlModifier : Qt::ShiftModifier, Qt::NoScrollPhase, false);
            const Stopwatch timer;
            QCoreApplication::sendEvent(&view, &wheel);
            view.repaint();
            view.overview().repaint();
            times.push_back(timer.ms());
        }
        std::sort(times.begin(), times.end());
        return times;
    }

    double editMs()
    {
        std::vector<double> times;
        for (int i = 0; i < 40; ++i) {
            TimelineSpan span
                = view.lanes()[0].spans[static_cast<size_t>(i * 31) % view.lanes()[0].spans.size()];
            span.span.last += i % 2 ? 3 : -3;
            const Stopwatch timer;
            view.putSpan(0, span);
            view.repaint();
            times.push_back(timer.ms());
        }
        return median(times);
    }

    TimelineView view;
    double indexMs = 0;
};

void reportMoves(const char* name, Bench& bench)
{
    const std::vector<double> times = bench.moves(600);
    std::printf("pan/zoom, %-34s p50 %6.2f ms   p95 %6.2f ms   worst %6.2f ms   (limit p95 %.0f ms)\n", name,
        times[times.size() / 2], times[times.size() * 95 / 100], times.back(), kMoveLimitMs);
}

int run(const QStringList& arguments)
{
    if (arguments.value(1) == QLatin1String("whole")) { // for profilers
        std::printf("%.3f ms\n", painterMs(sceneOf(kMany, false, false), 3000));
        return 0;
    }
    std::printf("Timeline of %dx%d, %d lanes, %s, milliseconds of the processor\n", kSize.width(),
        kSize.height(), kLanes, qPrintable(QGuiApplication::platformName()));
    std::vector<double> naive;
    for (const Naive& how : kNaive) {
        naive.push_back(naiveMs(sceneOf(kFew, false, false), how));
        std::printf("naive, whole, %8lld spans, %-28s %9.3f ms\n", static_cast<long long>(kFew), how.name,
            naive.back());
    }
    for (const int64_t count : {kFew, kMany}) {
        Bench bench(sceneOf(count, false, false));
        const double whole = painterMs(sceneOf(count, false, false), 200);
        std::printf(
            "ours,  whole, %8lld spans, %-28s %9.3f ms   (limit %.0f ms; with the window's own work %.3f)\n",
            static_cast<long long>(count), "everything", whole, kPaintLimitMs, bench.wholeMs());
        for (size_t i = 0; i < naive.size(); ++i)
            std::printf("    %6.0f times quicker than %s at %lld   (limit %.0f)\n", naive[i] / whole,
                kNaive[i].name, static_cast<long long>(kFew), kRatioLimit);
        std::printf("    one edit with its repaint %.3f ms, indexing them all %.0f ms\n", bench.editMs(),
            bench.indexMs);
        reportMoves(count == kFew ? "100,000 spans" : "1,000,000 spans", bench);
    }
    Bench piled(sceneOf(kFew, true, false));
    reportMoves("100,000 spans, piled three deep", piled);
    Bench curves(sceneOf(kFew, false, true));
    reportMoves("4 lanes of spans, 28 of curves", curves);
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    return telltale::run(QApplication::arguments());
}
