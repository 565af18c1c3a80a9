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

class Session final : public SynthSession {
public:
    explicit Session(const SynthOptions& options)
        : m_subject(synth::makeSubject(options))
        , m_width(options.width)
        , m_height(options.height)
        , m_frames(std::max<int64_t>(1, std::llround(options.minutes * 60 * options.fps)))
    {
        const Random random = Random(options.seed).fork(0x7ac).fork(static_cast<uint64_t>(options.subject));
        const synth::Script script
            = synth::writeScript(m_subject, options, static_cast<double>(m_frames) / options.fps);
        m_spans = script.spans;
        const uint64_t idleSeed = random.fork(1).next();
        m_figures.reserve(static_cast<size_t>(m_frames));
        for (int64_t i = 0; i < m_frames; ++i)
            m_figures.push_back(
                synth::poseAt(m_subject, script, static_cast<double>(i) / options.fps, idleSeed));
        m_exact = synth::projectTrack(m_subject, m_figures, options.width, options.height);
        m_observed = synth::observeTrack(m_exact, options.fps, random.fork(2), m_subject.poseNoise);
    }

    int64_t frameCount() const override { return m_frames; }
    const std::vector<SynthSpan>& spans() const override { return m_spans; }
    const PoseTrack& exactTrack() const override { return m_exact; }
    const PoseTrack& observedTrack() const override { return m_observed; }

    void draw(int64_t frame, uint8_t* bgra) const override
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
        m_painter->draw(m_figures[static_cast<size_t>(std::clamp<int64_t>(frame, 0, m_frames - 1))], painter);
        synth::photograph(canvas, m_room.depth, m_subject.look, frame);
    }

private:
    synth::Subject m_subject;
    int m_width;
    int m_height;
    int64_t m_frames;
    std::vector<SynthSpan> m_spans;
    std::vector<synth::Figure> m_figures;
    PoseTrack m_exact;
    PoseTrack m_observed;
    mutable std::once_flag m_prepared;
    mutable std::unique_ptr<synth::FigurePainter> m_painter;
    mutable synth::RoomPicture m_room;
};

} // namespace

std::unique_ptr<SynthSession> makeSession(const SynthOptions& options)
{
    return std::make_unique<Session>(options);
}

} // namespace telltale
