// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/backgroundwork.h"
#include "pipeline/headmodels.h"
#include <functional>

namespace telltale {
namespace {

/// Carries epochs from the model thread. Shared by the work and its owner, so it outlives both ends.
class EpochRelay : public QObject {
public:
    using Handler = std::function<void(const RetrainProgress&)>;
    static std::shared_ptr<EpochRelay> make(QObject* receiver, const Handler& handler)
    {
        std::shared_ptr<EpochRelay> relay(new EpochRelay, [](QObject* object) { object->deleteLater(); });
        // The receiver's death switches the relay off; both live on the GUI thread.
        relay->m_handler = handler;
        QObject::connect(
            receiver, &QObject::destroyed, relay.get(), [raw = relay.get()] { raw->m_handler = {}; });
        return relay;
    }
    static void post(const std::shared_ptr<EpochRelay>& relay, const RetrainProgress& progress)
    {
        QMetaObject::invokeMethod(
            relay.get(),
            [relay, progress] {
                if (relay->m_handler)
                    relay->m_handler(progress);
            },
            Qt::QueuedConnection);
    }

private:
    Handler m_handler;
};

} // namespace

Retraining::Retraining(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_job(session.models())
{
    connect(&session, &Session::projectAboutToClose, this, &Retraining::cancel);
    connect(&session, &Session::projectChanged, this, [this] { m_result.reset(); });
}

void Retraining::start()
{
    if (!m_session.document() || running())
        return;
    auto request = makeRetrainRequest(*m_session.document());
    if (!request) {
        emit failed(QString::fromStdString(request.error().message));
        return;
    }
    m_result.reset();
    const auto relay = EpochRelay::make(this, [this](const RetrainProgress& progress) {
        if (running())
            emit epochDone(progress);
    });
    m_job.start(
        [request = std::move(*request), relay](ProgressSink& sink) {
            return retrainHeads(request, sink,
                [&relay](const RetrainProgress& progress) { EpochRelay::post(relay, progress); });
        },
        [this](const Result<RetrainResult>& result) { finish(result); },
        [this](int permille, const QString& what) { emit progressed(permille, what); });
    emit started();
}

void Retraining::cancel()
{
    if (!running())
        return;
    m_job.cancel();
    emit cancelled();
}

void Retraining::finish(const Result<RetrainResult>& result)
{
    if (!result) {
        emit failed(QString::fromStdString(result.error().message));
        return;
    }
    m_result = *result;
    if (m_apply) {
        if (const auto id = addCandidate(*m_session.document(), *m_result); !id) {
            emit failed(QString::fromStdString(id.error().message));
            return;
        }
    }
    emit finished();
}

void Retraining::promote()
{
    if (const ModelEntry* heads = m_session.document() ? candidateHeads(*m_session.document()) : nullptr)
        tell(promoteHeads(*m_session.document(), heads->id), true);
}

void Retraining::discard()
{
    if (const ModelEntry* heads = m_session.document() ? candidateHeads(*m_session.document()) : nullptr)
        tell(m_session.document()->removeModel(heads->id), false);
}

void Retraining::rollBack()
{
    if (m_session.document())
        tell(rollBackHeads(*m_session.document()), false);
}

void Retraining::tell(const Status& status, bool fresh)
{
    if (!status)
        emit failed(QString::fromStdString(status.error().message));
    else
        emit headsChanged(fresh && m_result.has_value());
}

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
