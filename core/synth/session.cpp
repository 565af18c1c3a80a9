// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/figurepainter.h"
#include "synth/lens.h"
#include "synth/room.h"
#include "synth/synth.h"
#include "synth/tracks.h"
#include <cstring>
#include <mutex>

namespace telltale {
namespace {

/// Somebody who does what a script says before a camera.
class Scene {
public:
    explicit Scene(const SynthOptions& options)
        : m_subject(synth::makeSubject(options))
        , m_width(options.width)
        , m_height(options.height)
        , m_fps(options.fps)
        , m_frames(std::max<int64_t>(1, std::llround(options.minutes * 60 * options.fps)))
        , m_random(Random(options.seed).fork(0x7ac).fork(static_cast<uint64_t>(options.subject)))
        , m_script(synth::writeScript(m_subject, options, static_cast<double>(m_frames) / options.fps))
        , m_idleSeed(m_random.fork(1).next())
    {
    }

    int64_t frames() const { return m_frames; }
    const std::vector<SynthSpan>& spans() const { return m_script.spans; }
    synth::FramePoints exact(int64_t frame) const
    {
        return synth::projectFigure(m_subject, figureAt(frame), m_width, m_height);
    }
    synth::PoseObserver observer() const { return {m_fps, m_random.fork(2), m_subject.poseNoise}; }

    void draw(int64_t frame, uint8_t* bgra) const
    {
        // Who wants only the tracks does not pay for the paint.
        std::call_once(m_prepared, [this] {
            m_painter = std::make_unique<synth::FigurePainter>(m_subject);
            m_room = synth::drawRoom(m_subject, m_width, m_height);
        });
        std::vector<float> depth = m_room.depth;
        std::memcpy(bgra, m_room.bgra.data(), m_room.bgra.size());
        const synth::Canvas canvas{m_width, m_height, bgra, depth.data()};
        synth::Painter painter(canvas, m_subject.camera, synth::lightOf(m_subject.look));
        m_painter->draw(figureAt(std::clamp<int64_t>(frame, 0, m_frames - 1)), painter);
        synth::photograph(canvas, m_room.depth, m_subject.look, frame);
    }

private:
    synth::Figure figureAt(int64_t frame) const
    {
        return synth::poseAt(m_subject, m_script, static_cast<double>(frame) / m_fps, m_idleSeed);
    }

    synth::Subject m_subject;
    int m_width;
    int m_height;
    double m_fps;
    int64_t m_frames;
    Random m_random;
    synth::Script m_script;
    uint64_t m_idleSeed;
    mutable std::once_flag m_prepared;
    mutable std::unique_ptr<synth::FigurePainter> m_painter;
    mutable synth::RoomPicture m_room;
};

PoseTrack emptyTrack(int64_t rows)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    track.frames.reserve(static_cast<size_t>(rows));
    track.points.reserve(static_cast<size_t>(rows) * kPointCount);
    return track;
}

void addRow(PoseTrack& track, int64_t frame, const synth::FramePoints& points)
{
    track.frames.push_back(frame);
    for (const PosePoint& point : points)
        track.points.push_back(point);
}

class Session final : public SynthSession {
public:
    explicit Session(const SynthOptions& options)
        : m_scene(options)
        , m_exact(emptyTrack(m_scene.frames()))
        , m_observed(emptyTrack(m_scene.frames()))
    {
        synth::PoseObserver observer = m_scene.observer();
        for (int64_t i = 0; i < m_scene.frames(); ++i) {
            const synth::FramePoints exact = m_scene.exact(i);
            addRow(m_exact, i, exact);
            addRow(m_observed, i, observer.observe(exact));
        }
    }

    int64_t frameCount() const override { return m_scene.frames(); }
    const std::vector<SynthSpan>& spans() const override { return m_scene.spans(); }
    const PoseTrack& exactTrack() const override { return m_exact; }
    const PoseTrack& observedTrack() const override { return m_observed; }
    void draw(int64_t frame, uint8_t* bgra) const override { m_scene.draw(frame, bgra); }

private:
    Scene m_scene;
    PoseTrack m_exact;
    PoseTrack m_observed;
};

class Stream final : public SynthStream {
public:
    explicit Stream(const SynthOptions& options) : m_scene(options), m_observer(m_scene.observer()) { }

    int64_t frameCount() const override { return m_scene.frames(); }
    const std::vector<SynthSpan>& spans() const override { return m_scene.spans(); }
    PoseTrack next(int64_t most) override
    {
        const int64_t end = std::min(m_next + std::max<int64_t>(0, most), m_scene.frames());
        PoseTrack track = emptyTrack(end - m_next);
        for (; m_next < end; ++m_next)
            addRow(track, m_next, m_observer.observe(m_scene.exact(m_next)));
        return track;
    }
    void draw(int64_t frame, uint8_t* bgra) const override { m_scene.draw(frame, bgra); }

private:
    Scene m_scene;
    synth::PoseObserver m_observer;
    int64_t m_next = 0;
};

} // namespace

std::unique_ptr<SynthSession> makeSession(const SynthOptions& options)
{
    return std::make_unique<Session>(options);
}

std::unique_ptr<SynthStream> streamSession(const SynthOptions& options)
{
    return std::make_unique<Stream>(options);
}

} // namespace telltale
