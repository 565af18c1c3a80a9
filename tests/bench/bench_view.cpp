// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Measures the video view: milliseconds a painted frame, and pictures a second from decoder to screen.
//   bench_view [VIDEO]     without VIDEO one is made (1920x1080, H.264)
//   bench_view --paint     only what is painted, and what the overlays add to it
#include "media/frameserver.h"
#include "media/videowriter.h"
#include "pose/layout.h"
#include "widgets/video/videoview.h"
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace telltale {
namespace {

constexpr int kPaints = 200;
constexpr int kVideoFrames = 600;
constexpr int kDecodedFrames = 1200;

/// A person in the middle of a picture, moving a little with `frame`.
std::shared_ptr<const PoseTrack> movingPerson(const QSize& size, int64_t frames)
{
    auto track = std::make_shared<PoseTrack>();
    track->persons = 1;
    track->pointCount = kPointCount;
    track->points.reserve(static_cast<size_t>(frames) * kPointCount);
    track->frames.reserve(static_cast<size_t>(frames));
    const double unit = size.height() / 480.0;
    for (int64_t frame = 0; frame < frames; ++frame) {
        track->frames.push_back(frame);
        const double phase = static_cast<double>(frame) / 9;
        for (int i = 0; i < kPointCount; ++i) {
            const bool hand = i >= kLeftHandStart;
            const double side = hand ? (i >= kRightHandStart ? -1 : 1) : (i % 2 ? 1 : -1);
            const double angle = i * 0.7;
            const double reach = hand ? 34 : 110;
            const double x = 320 + (hand ? side * 70 : 0) + reach * std::cos(angle + phase * 0.05);
            const double y = 250 + (hand ? 90 : 0) + reach * std::sin(angle) + 8 * std::sin(phase + i);
            track->points.push_back({static_cast<float>(x * unit + (size.width() - 640 * unit) / 2),
                static_cast<float>(y * unit), 0.4f + 0.05f * static_cast<float>(i % 12)});
        }
    }
    return track;
}

QImage textured(const QSize& size, int frame)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const int value = 90 + (x * 40) / size.width() + ((x / 16 + y / 16) % 7) * 6;
            line[x] = qRgb(value + 20, value, value - 10);
        }
    }
    QPainter p(&image);
    p.setPen(Qt::NoPen);
    for (int blob = 0; blob < 24; ++blob) {
        const double phase = frame / 20.0 + blob;
        p.setBrush(QColor::fromHsv((blob * 47) % 360, 120, 160));
        p.drawEllipse(QPointF(size.width() * (0.5 + 0.45 * std::sin(phase * 0.7 + blob)),
                          size.height() * (0.5 + 0.45 * std::cos(phase))),
            size.height() / 18.0, size.height() / 14.0);
    }
    return image;
}

std::shared_ptr<const VideoFrame> frameOf(const QImage& image, int64_t index)
{
    auto frame = std::make_shared<VideoFrame>();
    frame->index = index;
    frame->picture
        = {image.width(), image.height(), {image.constBits(), image.constBits() + image.sizeInBytes()}};
    return frame;
}

double processSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> values)
{
    std::nth_element(
        values.begin(), values.begin() + static_cast<ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

struct Overlays {
    const char* name;
    bool skeleton;
    bool heatmap;
};
constexpr Overlays kOverlays[] = {{"picture", false, false}, {"+ skeleton", true, false},
    {"+ heat", false, true}, {"+ heat + skeleton", true, true}};

OverlayOptions optionsOf(const Overlays& overlays)
{
    OverlayOptions options;
    options.labels = false;
    options.skeleton = overlays.skeleton;
    options.heatmap = overlays.heatmap;
    return options;
}

void measurePaint(const QSize& size)
{
    VideoView view;
    view.setWindowFlag(Qt::BypassWindowManagerHint);
    view.resize(size);
    view.setTrack(movingPerson(size, kPaints));
    std::vector<std::shared_ptr<const VideoFrame>> frames;
    frames.reserve(kPaints);
    const QImage pictures[] = {textured(size, 0), textured(size, 9), textured(size, 18)};
    for (int i = 0; i < 12; ++i)
        frames.push_back(frameOf(pictures[i % 3], i));
    view.show();
    QApplication::processEvents();
    double plain = 0;
    for (const Overlays& overlays : kOverlays) {
        view.setOverlays(optionsOf(overlays));
        std::vector<double> wall;
        wall.reserve(kPaints);
        const double before = processSeconds();
        for (int i = 0; i < kPaints; ++i) {
            QElapsedTimer timer;
            timer.start();
            view.setFrame(frames[static_cast<size_t>(i) % frames.size()]);
            view.repaint();
            wall.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
        }
        const double cpu = (processSeconds() - before) * 1000 / kPaints;
        if (&overlays == kOverlays)
            plain = cpu;
        std::printf("%4dx%-5d %-20s %6.2f ms median  %6.2f ms CPU  adds %5.2f\n", size.width(), size.height(),
            overlays.name, median(wall), cpu, cpu - plain);
    }
}

Status makeVideo(const std::filesystem::path& file)
{
    const QSize size(1920, 1080);
    VideoWriterOptions options;
    options.width = size.width();
    options.height = size.height();
    options.preset = "superfast";
    options.threads = 0;
    auto writer = createVideo(file, options);
    if (!writer)
        return writer.error();
    for (int i = 0; i < kVideoFrames; ++i) {
        const QImage image = textured(size, i);
        const auto bytes = static_cast<size_t>(image.sizeInBytes());
        if (const Status status = (*writer)->writeBgra({image.constBits(), bytes}); !status)
            return status;
    }
    return (*writer)->finish();
}

/// Every picture is decoded, delivered and painted; the next one is asked for before this one is painted.
void measurePlaying(const std::filesystem::path& file, const Overlays& overlays, const QSize& widget)
{
    VideoView view;
    view.setWindowFlag(Qt::BypassWindowManagerHint);
    view.resize(widget);
    view.setOverlays(optionsOf(overlays));
    view.show();
    QApplication::processEvents();
    QEventLoop loop;
    QElapsedTimer timer;
    double cpu = 0;
    int64_t shown = 0;
    int64_t frames = 0;
    std::unique_ptr<FrameServer> server;
    FrameServer::Callbacks callbacks;
    callbacks.opened = [&](std::shared_ptr<const VideoInfo> info, std::shared_ptr<const FrameTimes>) {
        QMetaObject::invokeMethod(&view, [&, info] {
            const QSize size(info->width, info->height);
            view.setTrack(movingPerson(size, info->frameCount));
            view.setPictureSize(size);
            frames = std::min<int64_t>(info->frameCount, kDecodedFrames);
        });
    };
    callbacks.frame = [&](std::shared_ptr<const VideoFrame> frame) {
        QMetaObject::invokeMethod(&view, [&, frame] {
            if (frames == 0 || !frame->exact || frame->index != shown)
                return;
            if (shown == 20) { // warm
                timer.start();
                cpu = processSeconds();
            }
            if (++shown < frames)
                server->request(shown);
            view.setFrame(frame);
            view.repaint();
            if (shown == frames)
                loop.quit();
        });
    };
    callbacks.failed = [&](const Error& error) {
        std::fprintf(stderr, "%s\n", error.message.c_str());
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit);
    };
    server = std::make_unique<FrameServer>(file, callbacks);
    QObject::connect(
        &view, &VideoView::viewChanged, &view, [&](const PictureView& wanted) { server->setView(wanted); });
    server->request(0);
    loop.exec();
    const double seconds = static_cast<double>(timer.nsecsElapsed()) * 1e-9;
    std::printf("%4dx%-5d %-20s %6.0f pictures/s  %6.2f ms CPU each\n", widget.width(), widget.height(),
        overlays.name, static_cast<double>(shown - 20) / seconds,
        (processSeconds() - cpu) * 1000 / static_cast<double>(shown - 20));
    server.reset();
}

int run(const QStringList& arguments)
{
    std::printf("Painting one frame (%s)\n", qPrintable(QGuiApplication::platformName()));
    for (const QSize& size : {QSize(1280, 720), QSize(1920, 1080)})
        measurePaint(size);
    if (arguments.value(1) == QLatin1String("--paint"))
        return 0;
    const QTemporaryDir folder;
    std::filesystem::path file = arguments.value(1).toStdString();
    if (file.empty()) {
        file = std::filesystem::path(folder.path().toStdString()) / "made.mp4";
        if (const Status status = makeVideo(file); !status) {
            std::fprintf(stderr, "%s\n", status.error().message.c_str());
            return 1;
        }
    }
    std::printf("From decoder to screen\n");
    for (const QSize& size : {QSize(960, 540), QSize(1920, 1080)})
        for (const Overlays& overlays : {kOverlays[0], kOverlays[3]})
            measurePlaying(file, overlays, size);
    return 0;
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    return telltale::run(QApplication::arguments());
}
