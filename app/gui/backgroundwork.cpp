// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/backgroundwork.h"

namespace telltale {

Analysis::Analysis(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_job(session.models())
{
    connect(&session, &Session::projectAboutToClose, this, &Analysis::cancel);
}

void Analysis::start(const std::vector<int64_t>& videoIds, const std::filesystem::path& poseModel)
{
    if (!m_session.document() || running() || videoIds.empty())
        return;
    m_waiting.assign(videoIds.begin(), videoIds.end());
    m_total = m_waiting.size();
    m_proposals = 0;
    m_poseModel = poseModel;
    m_notes.clear();
    next();
    emit started();
}

void Analysis::next()
{
    const int64_t id = m_waiting.front();
    m_waiting.pop_front();
    const VideoEntry* video = m_session.document()->video(id);
    if (!video) {
        take(id, Error{ErrorCode::NotFound, tr("The video was removed meanwhile.").toStdString()});
        return;
    }
    const QString name = QString::fromStdString(video->name);
    const int done = static_cast<int>(m_total - m_waiting.size() - 1);
    m_job.start([request = makeAnalyzeRequest(*m_session.document(), *video, m_poseModel)](
                    ProgressSink& sink) { return analyzeVideo(request, sink); },
        [this, id](const Result<AnalyzeResult>& result) { take(id, result); },
        [this, name, done](int permille, const QString& what) {
            const int overall = (done * 1000 + permille) / static_cast<int>(m_total);
            emit progressed(overall, tr("%1: %2").arg(name, what));
        });
}

void Analysis::take(int64_t videoId, const Result<AnalyzeResult>& result)
{
    Status status = result ? applyAnalysis(*m_session.document(), videoId, *result) : Status(result.error());
    if (!status) {
        m_waiting.clear();
        emit failed(QString::fromStdString(status.error().message));
        return;
    }
    for (const std::string& note : result->notes)
        m_notes.append(QString::fromStdString(note));
    m_proposals += static_cast<int64_t>(result->predictions.size());
    if (!m_waiting.empty()) {
        next();
        return;
    }
    m_notes.prepend(tr("%n span(s) found.", nullptr, static_cast<int>(m_proposals)));
    emit finished(m_notes);
}

void Analysis::cancel()
{
    if (!running())
        return;
    m_waiting.clear();
    m_job.cancel();
    emit cancelled();
}

} // namespace telltale
