// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include "widgets/timeline/timelineview.h"
#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <array>
#include <cmath>
#include <cstring>

/// Hand-made content for the widgets' tests: a seated person, a session's lanes.
namespace telltale::sample {

inline constexpr int kWidth = 640;
inline constexpr int kHeight = 480;

/// A hand of 21 points: fingers of four joints fan out from the wrist.
inline void addHand(
    std::vector<PosePoint>& points, int start, QPointF wrist, double angle, double size, float score)
{
    const auto set = [&points, score](int i, QPointF at) {
        points[static_cast<size_t>(i)] = {static_cast<float>(at.x()), static_cast<float>(at.y()), score};
    };
    set(start, wrist);
    for (int finger = 0; finger < 5; ++finger)
        for (int joint = 1; joint <= 4; ++joint) {
            const double direction = angle + (finger - 2) * 0.28;
            const double reach = size * (finger == 0 ? 0.16 : 0.24) * joint;
            set(start + finger * 4 + joint,
                wrist + QPointF(std::cos(direction), std::sin(direction)) * reach);
        }
}

/// One person, 68 points, the right hand at the neck.
inline std::vector<PosePoint> person()
{
    std::vector<PosePoint> points(kPointCount);
    const std::array<std::array<float, 3>, 20> body{
        {{320, 130, 0.98f}, {333, 120, 0.97f}, {307, 120, 0.97f}, {350, 126, 0.8f}, {290, 126, 0.85f},
            {388, 215, 0.95f}, {252, 215, 0.94f}, {412, 305, 0.9f}, {222, 300, 0.88f}, {372, 372, 0.92f},
            {278, 222, 0.9f}, {365, 400, 0.6f}, {275, 400, 0.6f}, {400, 468, 0.3f}, {240, 468, 0.3f},
            {0, 0, 0}, {0, 0, 0}, {320, 80, 0.9f}, {320, 205, 0.95f}, {320, 398, 0.6f}}};
    for (size_t i = 0; i < body.size(); ++i)
        points[i] = {body[i][0], body[i][1], body[i][2]};
    addHand(points, kLeftHandStart, {372, 372}, 2.6, 42, 0.8f);
    addHand(points, kRightHandStart, {278, 222}, -0.7, 40, 0.65f);
    return points;
}

inline std::shared_ptr<const PoseTrack> track(int64_t frame)
{
    auto track = std::make_shared<PoseTrack>();
    track->persons = 1;
    track->pointCount = kPointCount;
    track->frames = {frame};
    track->points = person();
    return track;
}

inline std::shared_ptr<const VideoFrame> frameOf(const QImage& image, int64_t index)
{
    auto frame = std::make_shared<VideoFrame>();
    const QImage rgb = image.convertToFormat(QImage::Format_RGB32);
    frame->index = index;
    frame->picture.width = rgb.width();
    frame->picture.height = rgb.height();
    frame->picture.bgra.resize(static_cast<size_t>(rgb.width()) * static_cast<size_t>(rgb.height()) * 4);
    for (int y = 0; y < rgb.height(); ++y)
        std::memcpy(
            frame->picture.bgra.data() + static_cast<size_t>(y) * static_cast<size_t>(rgb.width()) * 4,
            rgb.constScanLine(y), static_cast<size_t>(rgb.width()) * 4);
    return frame;
}

/// A person before a wall, painted coarsely.
inline std::shared_ptr<const VideoFrame> scene(int64_t index)
{
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    QPainter p(&image);
    QLinearGradient wall(0, 0, kWidth, kHeight);
    wall.setColorAt(0, QColor(168, 160, 146));
    wall.setColorAt(1, QColor(96, 92, 88));
    p.fillRect(image.rect(), wall);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(120, 84, 58));
    p.drawRect(470, 60, 120, 260);
    p.setBrush(QColor(60, 92, 76));
    p.drawEllipse(60, 180, 110, 150);
    p.setBrush(QColor(52, 66, 96));
    p.drawRoundedRect(240, 190, 160, 300, 50, 50);
    p.setPen(QPen(QColor(52, 66, 96), 44, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(385, 225, 412, 305);
    p.drawLine(412, 305, 375, 365);
    p.drawLine(255, 225, 224, 300);
    p.drawLine(224, 300, 272, 230);
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(205, 160, 130));
    p.drawEllipse(282, 78, 76, 100);
    p.drawEllipse(352, 355, 44, 40);
    p.drawEllipse(262, 196, 44, 40);
    return frameOf(image, index);
}

inline std::vector<float> wave(int64_t frames, double period, double phase, double sharpness)
{
    std::vector<float> values(static_cast<size_t>(frames));
    for (size_t i = 0; i < values.size(); ++i) {
        const double t = static_cast<double>(i);
        const double slow = 0.5 + 0.5 * std::sin(t / period + phase);
        const double fast = 0.5 + 0.5 * std::sin(t / 3.7 + phase * 3) * std::sin(t / 11.3);
        values[i] = static_cast<float>(std::pow(slow, sharpness) * (0.75 + 0.25 * fast));
    }
    return values;
}

/// Annotations, proposals and curves of a session of `frames` frames.
inline std::vector<TimelineLane> lanes(int64_t frames)
{
    struct Gesture {
        const char* name;
        QColor color;
    };
    const std::array<Gesture, 6> gestures{{{"Touching or scratching neck", QColor(0xe6, 0x9f, 0x00)},
        {"Rubbing hands", QColor(0x56, 0xb4, 0xe9)}, {"Folding arms", QColor(0x00, 0x9e, 0x73)},
        {"Pressing lips", QColor(0xcc, 0x79, 0xa7)}, {"Touching or covering face", QColor(0x00, 0x72, 0xb2)},
        {"Moving legs", QColor(0xd5, 0x5e, 0x00)}}};
    const std::array<SpanState, 6> decided{SpanState::Accepted, SpanState::Corrected, SpanState::Accepted,
        SpanState::Flagged, SpanState::Rejected, SpanState::Skipped};
    TimelineLane human{QString::fromLatin1("Annotations"), {}, {}, QColor(0x2e, 0x7d, 0x32), true, 26};
    TimelineLane proposals{QString::fromLatin1("Proposals"), {}, {}, QColor(0xf0, 0xa0, 0x30), true, 26};
    int64_t id = 1;
    int64_t at = frames / 60;
    for (size_t i = 0; at + 90 < frames; ++i) {
        const Gesture& gesture = gestures[(i * 5) % gestures.size()];
        const int64_t length = 24 + static_cast<int64_t>((i * 37) % 60);
        TimelineSpan span{id++, {at, at + length}, QString::fromLatin1(gesture.name), gesture.color,
            decided[i % decided.size()], 1};
        span.origin = i % 3 == 1 ? TimelineOrigin::Imported : TimelineOrigin::Human;
        human.spans.push_back(span);
        const Gesture& other = gestures[(i * 5 + 2) % gestures.size()];
        proposals.spans.push_back({id++, {at + length - 10, at + length * 2}, QString::fromLatin1(other.name),
            other.color, SpanState::Proposed, 0.35 + 0.6 * static_cast<double>(i % 4) / 3});
        proposals.spans.back().origin = i % 2 ? TimelineOrigin::PseudoLabel : TimelineOrigin::Model;
        proposals.spans.back().startSpread = i % 3 == 0 ? 6 : 0;
        proposals.spans.back().endSpread = i % 4 == 1 ? 9 : 0;
        proposals.spans.back().change = static_cast<RoundChange>(i % 6);
        if (i % 5 == 2)
            proposals.spans.push_back({id++, {at + length + 5, at + length * 2 + 14},
                QString::fromLatin1(gesture.name), gesture.color, SpanState::Proposed, 0.9});
        at += length * 2 + 20 + static_cast<int64_t>((i * 53) % 90);
    }
    std::vector<TimelineLane> all{human, proposals};
    const auto add = [&](const char* title, std::vector<float> curve, QColor color) {
        all.push_back({QString::fromLatin1(title), {}, std::move(curve), color, false, 22});
    };
    add("Joints", wave(frames, 61, 0, 3), QColor(0x00, 0x72, 0xb2));
    add("Heat map", wave(frames, 57, 0.6, 3), QColor(0xe6, 0x8a, 0x00));
    add("Picture", wave(frames, 66, 0.3, 4), QColor(0x00, 0x9e, 0x73));
    add("Fused", wave(frames, 61, 0.3, 2.4), QColor(0xcc, 0x5f, 0x9a));
    add("Motion energy", wave(frames, 23, 1.3, 1.5), QColor(0x80, 0x80, 0x90));
    return all;
}

} // namespace telltale::sample
