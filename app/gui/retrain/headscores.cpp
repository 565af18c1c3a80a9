// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/headscores.h"
#include "pipeline/headmodels.h"
#include "pipeline/retrainscores.h"
#include <algorithm>

namespace telltale {
namespace {

std::string headsIn(const Document& document)
{
    const ModelEntry* heads = activeHeads(document);
    return heads ? heads->file : std::string();
}

/// Whether a run was named by other heads than those in the file; empty: those of the weights.
bool isOfOthers(const PredictionRun& run, const std::string& heads)
{
    const std::string name = std::filesystem::path(heads).filename().string();
    return heads.empty() ? run.model.find(" + heads-") != std::string::npos : !run.model.ends_with(name);
}

} // namespace

HeadScores::HeadScores(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_job(session.workers())
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(0);
    connect(&m_delay, &QTimer::timeout, this, &HeadScores::begin);
    connect(&session, &Session::projectAboutToClose, this, [this] {
        m_delay.stop();
        m_job.cancel();
    });
    connect(&session, &Session::projectChanged, this, [this] {
        m_fused.clear();
        m_heads.clear();
        if (m_session.document())
            m_delay.start();
    });
    connect(&session, &Session::edited, this, &HeadScores::followEdit);
}

void HeadScores::followEdit(ChangeKinds kinds)
{
    if (!m_session.document())
        return;
    const bool others = kinds.testFlag(ChangeKind::Models) && headsIn(*m_session.document()) != m_heads;
    if (others || kinds.testFlag(ChangeKind::Predictions)
        || (kinds.testFlag(ChangeKind::Annotations) && lacks()))
        m_delay.start();
}

/// Whether the edit opened a proposal again that was decided when the scores were found.
bool HeadScores::lacks() const
{
    return !m_fused.empty() && std::ranges::any_of(m_session.document()->changedSpans(), [this](int64_t id) {
        const Annotation* span = m_session.document()->annotation(id);
        return span && span->state == SpanState::Proposed && span->predictionId != 0
            && !m_fused.contains(span->predictionId);
    });
}

void HeadScores::begin()
{
    const Document& document = *m_session.document();
    const std::string heads = headsIn(document);
    const std::vector<VideoEntry>& videos = document.videos();
    const bool needed = std::ranges::any_of(videos, [&](const VideoEntry& video) {
        return std::ranges::any_of(document.runs(video.id),
            [&](const PredictionRun& run) { return run.predictions > 0 && isOfOthers(run, heads); });
    });
    m_heads = heads;
    m_job.cancel();
    if (!needed) {
        take({});
        return;
    }
    m_job.start([project = document.freeze()](ProgressSink& sink) { return rescoreProposals(project, sink); },
        // Heads that cannot be read name nothing: then the predictions stand as they are.
        [this](const Result<Scores>& scores) { take(scores ? *scores : Scores()); });
}

void HeadScores::take(Scores scores)
{
    const bool same = scores == m_fused;
    m_fused = std::move(scores);
    if (!same)
        emit found();
}

} // namespace telltale
