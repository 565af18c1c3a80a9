// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/synth.h"
#include "synth/tracks.h"
#include <cstring>

namespace telltale {
namespace {

class Session final : public SynthSession {
public:
    explicit Session(const SynthOptions& options)
        : m_subject(synth::makeSubject(options))
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
        m_observed = synth::observeTrack(m_exact, options.fps, random.fork(2));
    }

    int64_t frameCount() const override { return m_frames; }
    const std::vector<SynthSpan>& spans() const override { return m_spans; }
    const PoseTrack& exactTrack() const override { return m_exact; }
    const PoseTrack& observedTrack() const override { return m_observed; }
    void draw(int64_t, uint8_t*) const override { }

private:
    synth::Subject m_subject;
    int64_t m_frames;
    std::vector<SynthSpan> m_spans;
    std::vector<synth::Figure> m_figures;
    PoseTrack m_exact;
    PoseTrack m_observed;
};

} // namespace

std::unique_ptr<SynthSession> makeSession(const SynthOptions& options)
{
    return std::make_unique<Session>(options);
}

} // namespace telltale
