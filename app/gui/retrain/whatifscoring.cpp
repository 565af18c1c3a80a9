// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/retrain/whatifscoring.h"
#include "pipeline/headmodels.h"
#include "pipeline/retrainscores.h"
#include <algorithm>

namespace telltale {
namespace {

std::filesystem::path fileOf(const Document& document, const ModelEntry* heads)
{
    return heads ? document.absolute(heads->file) : std::filesystem::path();
}

} // namespace

WhatIfScoring::WhatIfScoring(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_job(session.workers())
{
    connect(&session, &Session::projectAboutToClose, this, [this] { m_job.cancel(); });
    connect(&session, &Session::projectChanged, this, [this] {
        m_heads.clear();
        m_inUse.clear();
        set(State::None);
        followModels();
    });
    connect(&session, &Session::edited, this, &WhatIfScoring::followEdit);
}

void WhatIfScoring::followModels()
{
    const Document* document = m_session.document();
    if (!document)
        return;
    const auto heads = fileOf(*document, candidateHeads(*document));
    if (heads == m_heads && fileOf(*document, activeHeads(*document)) == m_inUse)
        return;
    m_job.cancel();
    m_heads.clear();
    set(State::None);
    if (!heads.empty())
        start(heads);
}

void WhatIfScoring::start(const std::filesystem::path& heads)
{
    const Document* document = m_session.document();
    if (!document)
        return;
    m_heads = heads;
    m_inUse = fileOf(*document, activeHeads(*document));
    m_job.start(
        [project = document->freeze(), heads](ProgressSink& sink) { return whatIf(project, heads, sink); },
        [this](const Result<WhatIf>& found) { take(found); },
        [this](int permille, const QString&) { emit progressed(permille); });
    set(State::Scoring);
}

void WhatIfScoring::restart()
{
    if (!m_heads.empty() && m_state != State::Scoring)
        start(m_heads);
}

void WhatIfScoring::cancel()
{
    if (m_state != State::Scoring)
        return;
    m_job.cancel();
    set(State::Stopped);
}

void WhatIfScoring::take(const Result<WhatIf>& found)
{
    if (!found) {
        m_error = QString::fromStdString(found.error().message);
        set(State::Failed);
        return;
    }
    m_all = *found;
    for (const ProposalChange& change : m_all.changes)
        m_spans.insert(change.spanId);
    keepOpen(); // some may have been decided meanwhile
    m_state = State::Ready;
    emit changed();
}

void WhatIfScoring::keepOpen()
{
    m_open = stillOpen(m_all, [document = m_session.document()](int64_t id) {
        const Annotation* span = document->annotation(id);
        return span && span->state == SpanState::Proposed;
    });
}

void WhatIfScoring::followEdit(ChangeKinds kinds)
{
    if (kinds.testFlag(ChangeKind::Models))
        followModels();
    if (m_state != State::Ready || !m_session.document() || m_all.changes.empty()
        || !(kinds & (ChangeKind::Annotations | ChangeKind::Predictions | ChangeKind::Videos)))
        return;
    const std::vector<int64_t>& touched = m_session.document()->changedSpans();
    const auto listed = [this](int64_t id) { return m_spans.contains(id); };
    if (!touched.empty() && std::ranges::none_of(touched, listed))
        return;
    keepOpen();
    emit changed();
}

void WhatIfScoring::set(State state)
{
    m_all = {};
    m_open = {};
    m_spans.clear();
    const bool same = state == m_state && state == State::None;
    m_state = state;
    if (!same)
        emit changed();
}

} // namespace telltale
