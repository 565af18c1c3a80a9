// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/retraining.h"
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
    , m_whatIf(session)
{
    connect(&session, &Session::projectAboutToClose, this, &Retraining::cancel);
    connect(&session, &Session::projectChanged, this, [this] { m_result.reset(); });
}

void Retraining::start()
{
    if (!m_session.document() || running())
        return;
    m_result.reset();
    m_written.listen(*m_session.document(), [this](const Status& written) {
        if (written)
            begin();
        else
            emit failed(QString::fromStdString(written.error().message));
    });
    emit started();
    m_written.look();
}

void Retraining::begin()
{
    const auto relay = EpochRelay::make(this, [this](const RetrainProgress& progress) {
        if (running())
            emit epochDone(progress);
    });
    m_job.start(
        [project = m_session.document()->freeze(), relay](ProgressSink& sink) -> Result<RetrainResult> {
            const Result<RetrainRequest> request = makeRetrainRequest(project, 1, false, sink);
            if (!request)
                return request.error();
            return retrainHeads(*request, sink,
                [&relay](const RetrainProgress& progress) { EpochRelay::post(relay, progress); });
        },
        [this](const Result<RetrainResult>& result) { finish(result); },
        [this](int permille, const QString& what) { emit progressed(permille, what); });
}

void Retraining::cancel()
{
    m_whatIf.cancel();
    if (!running())
        return;
    m_written.stop();
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
    if (!m_apply) {
        m_whatIf.start(m_result->file);
    } else if (const auto id = addCandidate(*m_session.document(), *m_result); !id) {
        emit failed(QString::fromStdString(id.error().message));
        return;
    }
    emit finished();
}

void Retraining::promote()
{
    if (const ModelEntry* heads = m_session.document() ? candidateHeads(*m_session.document()) : nullptr)
        tell(promoteHeads(*m_session.document(), heads->id));
}

void Retraining::discard()
{
    if (const ModelEntry* heads = m_session.document() ? candidateHeads(*m_session.document()) : nullptr)
        tell(m_session.document()->removeModel(heads->id));
}

void Retraining::rollBack()
{
    if (m_session.document())
        tell(rollBackHeads(*m_session.document()));
}

void Retraining::tell(const Status& status)
{
    if (!status)
        emit failed(QString::fromStdString(status.error().message));
}

} // namespace telltale
