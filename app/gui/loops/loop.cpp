// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/loops/loop.h"
#include "app/gui/videothumbnails.h"
#include "media/framesource.h"
#include "pipeline/corrections.h"
#include "widgets/video/overlaypainter.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int64_t kDecodedBytes = int64_t{24} << 20; ///< of decoded pictures that a loop's source keeps
constexpr double kRoom = 0.25; ///< of the person's extent, on each side
constexpr double kLeastPart = 0.3; ///< of the picture's height: nobody is shown larger than that
constexpr QRgb kGround = qRgb(0x16, 0x18, 0x1c);

using Points = std::vector<std::vector<PosePoint>>;

Points pointsAt(const PoseTrack* track, int person, const std::vector<int64_t>& frames)
{
    Points points(frames.size());
    if (!track || person < 0 || person >= track->persons || track->pointCount != kPointCount)
        return points;
    for (size_t i = 0; i < frames.size(); ++i)
        if (const int64_t row = track->rowOf(frames[i]); row >= 0)
            points[i].assign(track->at(row, person), track->at(row, person) + kPointCount);
    return points;
}

bool anybody(const Points& points)
{
    return std::ranges::any_of(points, [](const auto& frame) {
        return std::ranges::any_of(frame, [](const PosePoint& point) { return point.score > 0; });
    });
}

QRect around(const QRectF& wanted, const QSize& picture, const QSize& shape)
{
    const double aspect = static_cast<double>(shape.width()) / std::max(1, shape.height());
    double height = std::max({wanted.height(), wanted.width() / aspect, picture.height() * kLeastPart});
    height = std::min({height, static_cast<double>(picture.height()), picture.width() / aspect});
    const double width = height * aspect;
    const double left = std::clamp(wanted.center().x() - width / 2, 0.0, picture.width() - width);
    // Of somebody who does not fit the upper part is shown: gestures are there.
    const double middle = wanted.height() > height ? wanted.top() + height / 2 : wanted.center().y();
    const double top = std::clamp(middle - height / 2, 0.0, picture.height() - height);
    // On even pixels, where the colours of most videos are.
    const auto even = [](double value) { return static_cast<int>(value) & ~1; };
    return {even(left), even(top), std::max(2, even(width)), std::max(2, even(height))};
}

/// Draws where a region of the video's picture fills an image.
class LoopPainter {
public:
    LoopPainter(const QSize& picture, const QRect& region, const QSize& pixels)
    {
        const double across = static_cast<double>(pixels.width()) / region.width();
        const double down = static_cast<double>(pixels.height()) / region.height();
        m_transform.setView({static_cast<int>(std::lround(picture.width() * across)),
            static_cast<int>(std::lround(picture.height() * down))});
        m_transform.setPicture(picture, across / down);
        m_origin = m_transform.toView(region.topLeft()).toPoint();
    }
    void skeleton(QImage& image, const std::vector<PosePoint>& points) const
    {
        if (!points.empty())
            blendSkeleton(image, points.data(), m_transform, m_origin, 1);
    }

private:
    ViewTransform m_transform;
    QPoint m_origin;
};

QSize sizeOf(const VideoInfo& info) { return {info.width, info.height}; }

} // namespace

std::vector<int64_t> loopFrames(const FrameSpan& span, int count)
{
    std::vector<int64_t> frames;
    const int64_t length = span.last - span.first;
    const int64_t parts = std::min<int64_t>(length, count);
    for (int64_t i = 0; i < parts; ++i)
        frames.push_back(span.first + (2 * i + 1) * length / (2 * parts));
    return frames;
}

QRect loopRegion(const Points& points, const QSize& picture, const QSize& shape)
{
    QRectF box;
    for (const auto& frame : points)
        for (const PosePoint& point : frame)
            if (point.score > 0) {
                const QRectF one(point.x, point.y, 1, 1);
                box = box.isNull() ? one : box.united(one);
            }
    if (box.isNull())
        return around(QRectF(QPointF(), picture), picture, shape);
    const double room = kRoom * std::max(box.width(), box.height());
    return around(box.adjusted(-room, -room, room, room), picture, shape);
}

LoopSources::LoopSources() = default;
LoopSources::~LoopSources() = default;

std::shared_ptr<const PoseTrack> LoopSources::track(const LoopTask& task)
{
    if (task.track.empty())
        return nullptr;
    if (task.videoId == m_trackOf && task.track == m_trackFile)
        return m_track;
    m_trackOf = task.videoId;
    m_trackFile = task.track;
    m_track = nullptr;
    const auto read = readTrack(task.track);
    auto mapped = read ? mapTo68(*read) : Result<PoseTrack>(read.error());
    if (!mapped)
        return nullptr;
    if (!task.edits.empty() || !task.corrections.empty())
        mapped = correctedTrack(*mapped, task.edits, task.corrections).track;
    m_track = std::make_shared<const PoseTrack>(std::move(*mapped));
    return m_track;
}

Result<FrameSource*> LoopSources::video(const LoopTask& task)
{
    if (m_video && task.video == m_videoFile)
        return m_video.get();
    std::error_code ignored;
    if (task.video.empty() || !std::filesystem::exists(task.video, ignored))
        return nullptr;
    m_video = nullptr;
    m_videoFile = task.video;
    OpenOptions options;
    options.cacheFolder = task.indexFolder;
    options.cacheBytes = kDecodedBytes;
    auto opened = openVideo(task.video, options, nullptr);
    if (!opened)
        return opened.error();
    m_video = std::move(*opened);
    return m_video.get();
}

Result<Loop> makeLoop(const LoopTask& task, LoopSources& sources, const ProgressSink& sink)
{
    const std::vector<int64_t> frames = loopFrames(task.span, kMostLoopPictures);
    const auto track = sources.track(task);
    const Points points = pointsAt(track.get(), task.person, frames);
    Loop loop;
    loop.hasSkeleton = anybody(points);
    loop.length = std::chrono::milliseconds(
        std::llround(1000 * static_cast<double>(task.span.last - task.span.first) / std::max(1.0, task.fps)));
    const auto opened = sources.video(task);
    if (!opened && !loop.hasSkeleton)
        return opened.error();
    FrameSource* const source = opened ? *opened : nullptr;
    if (!source && !loop.hasSkeleton)
        return Error{ErrorCode::NotFound, "there is neither a picture nor a skeleton of this span"};
    const QSize whole = source ? sizeOf(source->info()) : task.videoSize;
    const QRect region = loopRegion(points, whole, task.pixels);
    const LoopPainter painter(whole, region, task.pixels);
    if (source) {
        source->setInterrupt([&sink] { return sink.cancelled(); });
        source->setView({{region.x(), region.y(), region.width(), region.height()}, task.pixels.width(),
            task.pixels.height()});
    }
    for (size_t i = 0; i < frames.size(); ++i) {
        if (sink.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        QImage image(task.pixels, QImage::Format_RGB32);
        image.fill(kGround);
        if (source && frames[i] < source->info().frameCount) {
            const auto frame = source->read(frames[i]);
            if (!frame && frame.error().code == ErrorCode::Cancelled)
                return frame.error();
            if (frame && !frame->picture.empty()) {
                image = toImage(frame->picture);
                loop.hasPicture = true;
            }
        }
        painter.skeleton(image, points[i]);
        loop.pictures.push_back(std::move(image));
    }
    return loop;
}

} // namespace telltale
