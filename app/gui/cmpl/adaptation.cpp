// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/adaptation.h"

namespace telltale {

Adaptation::Adaptation(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_job(session.models())
{
    connect(&session, &Session::projectAboutToClose, this, &Adaptation::cancel);
}

void Adaptation::setTransductive(bool on)
{
    if (transductive() == on)
        return;
    m_options.protocol = on ? AdaptationProtocol::Transductive : AdaptationProtocol::Inductive;
    emit choiceChanged();
}

AdaptationObstacle Adaptation::obstacle() const
{
    const Document* document = m_session.document();
    return document ? adaptationObstacle(*document) : AdaptationObstacle::NoSystem;
}

void Adaptation::start()
{
    if (!m_session.document() || running())
        return;
    m_written.listen(*m_session.document(), [this](const Status& written) {
        if (written)
            begin();
        else
            emit failed(QString::fromStdString(written.error().message));
    });
    emit started();
    m_written.look();
}

void Adaptation::begin()
{
    auto request = makeAdaptationRequest(*m_session.document(), m_options);
    if (!request) {
        emit failed(QString::fromStdString(request.error().message));
        return;
    }
    m_job.start([request = std::move(*request)](ProgressSink& sink) { return adaptClips(request, sink); },
        [this](const Result<AdaptationOutcome>& outcome) { finish(outcome); },
        [this](int permille, const QString& what) { emit progressed(permille, what); });
}

void Adaptation::cancel()
{
    if (!running())
        return;
    m_written.stop();
    m_job.cancel();
    emit cancelled();
}

void Adaptation::finish(const Result<AdaptationOutcome>& outcome)
{
    if (!outcome) {
        emit failed(QString::fromStdString(outcome.error().message));
        return;
    }
    const auto applied = applyAdaptation(*m_session.document(), *outcome);
    if (!applied) {
        emit failed(QString::fromStdString(applied.error().message));
        return;
    }
    QStringList notes{tr("%n pseudo-label(s) entered.", nullptr, static_cast<int>(applied->pseudoLabels))};
    for (const std::string& note : applied->notes)
        notes.append(QString::fromStdString(note));
    emit finished(notes);
}

} // namespace telltale
