// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/videopresenter.h"
#include "widgets/models/texts.h"

namespace telltale {

VideoPresenter::VideoPresenter(Workbench& bench, VideoView& view)
    : QObject(&view)
    , m_bench(bench)
    , m_view(view)
{
    Session& session = bench.session;
    connect(&session, &Session::videoChanged, this, &VideoPresenter::showVideo);
    connect(&session, &Session::frameReady, this, [this](const std::shared_ptr<const VideoFrame>& frame) {
        m_view.setFrame(frame);
        showPoints();
        showLabels();
    });
    connect(&session, &Session::trackChanged, this, [this] {
        m_view.setTrack(m_bench.session.track());
        showPoints();
    });
    connect(&session, &Session::posesCorrected, this, &VideoPresenter::showPoints);
    connect(&session, &Session::timesChanged, this, [this] {
        m_bench.player.setTimes(m_bench.session.times());
        askForFrame();
    });
    connect(&session, &Session::edited, this, [this] {
        const Document* document = m_bench.session.document();
        m_spans = document ? document->annotations(m_bench.session.videoId()) : std::vector<Annotation>();
        showLabels();
    });
    connect(&bench.player, &Player::frameChanged, this, &VideoPresenter::askForFrame);
    showVideo();
}

void VideoPresenter::showVideo()
{
    const Session& session = m_bench.session;
    m_view.clear();
    m_view.setTrack(nullptr);
    m_view.setLabels({});
    m_view.setPlaceholder(placeholder());
    m_spans
        = session.document() ? session.document()->annotations(session.videoId()) : std::vector<Annotation>();
    m_bench.player.stop();
    m_bench.player.setLoop(std::nullopt);
    m_bench.player.setTimes(session.times());
    m_bench.player.seek(0);
    askForFrame();
}

void VideoPresenter::askForFrame()
{
    m_bench.session.requestFrame(m_bench.player.frame(), m_bench.player.playing());
    if (!m_bench.session.hasPicture())
        showLabels();
}

/// What was corrected since the track was made.
void VideoPresenter::showPoints()
{
    const int64_t frame = m_view.shownFrame();
    m_view.setFramePoints(
        frame, m_bench.session.poses().newerPoints(frame).value_or(std::vector<PosePoint>()));
}

void VideoPresenter::showLabels()
{
    const Document* document = m_bench.session.document();
    const int64_t frame = m_view.shownFrame();
    QList<OverlayLabel> labels;
    for (const Annotation& span : m_spans) {
        if (!document || !span.span.contains(frame) || span.state == SpanState::Rejected)
            continue;
        labels.append({classMarkedText(document->scheme(), span.classId),
            classColor(document->scheme(), span.classId), span.state == SpanState::Proposed});
    }
    m_view.setLabels(std::move(labels));
}

QString VideoPresenter::placeholder() const
{
    const Session& session = m_bench.session;
    const VideoEntry* video = session.video();
    if (!video)
        return tr("Choose a video on the left, or drop one here.");
    if (video->offline)
        return tr("The file of %1 was never here. Project > Find missing videos takes it; its spans can be "
                  "reviewed meanwhile.")
            .arg(QString::fromStdString(video->name));
    const QString file = toQString(session.document()->absolute(video->path));
    return session.hasPicture()
        ? tr("Opening %1...").arg(file)
        : tr("%1 is not there. Put it back to see it; its spans can be reviewed meanwhile.").arg(file);
}

} // namespace telltale
