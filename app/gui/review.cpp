// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review.h"
#include <algorithm>

namespace telltale {

Review::Review(Session& session, Player& player, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_player(player)
{
    m_queue.setSourceModel(&m_spans);
    connect(&session, &Session::projectChanged, this, &Review::followProject);
    connect(&session, &Session::edited, this, &Review::followEdit);
    connect(&session, &Session::videoChanged, this, &Review::clearDraft);
    followProject();
}

void Review::followProject()
{
    m_lastClass = -1;
    select(0, false);
    m_spans.setDocument(m_session.document());
}

void Review::followEdit(ChangeKinds kinds)
{
    m_spans.refresh(kinds);
    if (m_selected && !selectedSpan())
        select(0, false);
    else
        emit selectionChanged(m_selected); // its class, state or boundaries may have changed
}

const Annotation* Review::selectedSpan() const { return m_spans.annotationAt(m_spans.rowOf(m_selected)); }

void Review::select(int64_t annotationId, bool goThere)
{
    m_selected = m_spans.rowOf(annotationId) >= 0 ? annotationId : 0;
    m_queue.setPinned(m_selected);
    const Annotation* found = selectedSpan();
    if (found && goThere) {
        const Annotation span = *found;
        const bool looping = m_player.loop().has_value(); // another video ends the loop
        m_player.stop();
        m_session.openVideo(span.videoId);
        if (looping)
            m_player.setLoop(span.span);
        m_player.seek(span.span.first);
        emit fitWanted(span.span);
    }
    hintNext();
    emit selectionChanged(m_selected);
}

void Review::hintNext()
{
    constexpr int kAhead = 2;
    const int row = m_queue.rowOfId(m_selected);
    std::vector<int64_t> starts;
    for (int next = row + 1; next <= row + kAhead; ++next) {
        const Annotation* span = m_spans.annotationAt(m_spans.rowOf(m_queue.idAt(next)));
        if (span && span->videoId == m_session.videoId())
            starts.push_back(span->span.first);
    }
    m_session.feed().setHints(std::move(starts));
}

void Review::setRescored(std::map<int64_t, std::vector<float>> fused)
{
    m_spans.setRescored(std::move(fused));
    emit selectionChanged(m_selected);
}

void Review::step(int rows)
{
    const int count = m_queue.rowCount();
    if (count == 0)
        return;
    const int row = m_queue.rowOfId(m_selected);
    const int wanted = row < 0 ? (rows > 0 ? 0 : count - 1) : std::clamp(row + rows, 0, count - 1);
    select(m_queue.idAt(wanted), true);
}

bool Review::apply(const Status& status)
{
    if (!status)
        emit failed(QString::fromStdString(status.error().message));
    return status.ok();
}

void Review::editAndAdvance(const std::function<Status(int64_t)>& edit)
{
    const int row = m_queue.rowOfId(m_selected);
    const int64_t id = m_selected;
    const int64_t next = row < 0 ? 0 : m_queue.idAt(row + 1) ? m_queue.idAt(row + 1) : m_queue.idAt(row - 1);
    if (!id || !apply(edit(id)))
        return;
    if (next && m_queue.shown() == SpanListFilter::Show::Open)
        select(next, true);
}

void Review::accept()
{
    const Annotation* span = selectedSpan();
    if (!span)
        return;
    if (span->classId < 0) {
        emit classWanted();
        return;
    }
    m_lastClass = span->classId;
    const bool corrected
        = span->state == SpanState::Corrected; // stays what it is: a person has named or moved it
    editAndAdvance([this, corrected](int64_t id) {
        return corrected ? Status() : m_session.document()->setState(id, SpanState::Accepted);
    });
}

void Review::decide(SpanState state)
{
    editAndAdvance([this, state](int64_t id) { return m_session.document()->setState(id, state); });
}

void Review::takeCandidate(size_t rank)
{
    const std::vector<Candidate> offered = candidates();
    if (rank < offered.size())
        relabel(offered[rank].classId);
}

void Review::relabel(int classId)
{
    m_lastClass = classId;
    editAndAdvance([this, classId](int64_t id) { return m_session.document()->relabel(id, classId); });
}

void Review::remove()
{
    if (m_selected)
        apply(m_session.document()->removeAnnotation(m_selected));
}

void Review::setSpan(int64_t id, FrameSpan span, int dragSerial)
{
    span = clampSpan(span, m_player.frameCount());
    if (!span.empty())
        apply(m_session.document()->setSpan(id, span, dragSerial));
}

void Review::nudge(bool start, int64_t frames)
{
    const Annotation* found = selectedSpan();
    if (!found)
        return;
    FrameSpan span = found->span;
    if (start)
        span.first = std::clamp<int64_t>(span.first + frames, 0, span.last - 1);
    else
        span.last = std::clamp<int64_t>(span.last + frames, span.first + 1, m_player.frameCount());
    m_player.stop();
    setSpan(found->id, span);
    m_player.seek(start ? span.first : span.last - 1);
}

void Review::setEdgeToPlayhead(bool start)
{
    const Annotation* found = selectedSpan();
    if (!found)
        return;
    const int64_t frame = m_player.frame();
    FrameSpan span = found->span;
    (start ? span.first : span.last) = start ? frame : frame + 1;
    if (span.empty()) {
        emit failed(start ? tr("The start must lie before the end of the span: seek to an earlier frame.")
                          : tr("The end must lie behind the start of the span: seek to a later frame."));
        return;
    }
    setSpan(found->id, span);
}

void Review::drag(int64_t annotationId, const FrameSpan& span, int dragSerial, bool finished)
{
    const Annotation* found = m_spans.annotationAt(m_spans.rowOf(annotationId));
    if (!found)
        return;
    if (finished) {
        setSpan(annotationId, span, dragSerial);
        return;
    }
    m_player.stop();
    const bool startMoves = span.first != found->span.first;
    m_player.seek(startMoves ? span.first : span.last - 1);
}

void Review::markIn()
{
    if (m_player.frameCount() == 0)
        return;
    const int64_t frame = m_player.frame();
    const int64_t last = m_draft && m_draft->last > frame ? m_draft->last : frame + 1;
    m_draft = FrameSpan{frame, last};
    emit draftChanged();
}

void Review::markOut()
{
    if (m_player.frameCount() == 0)
        return;
    const int64_t last = m_player.frame() + 1;
    const int64_t first = m_draft && m_draft->first < last ? m_draft->first : last - 1;
    m_draft = FrameSpan{first, last};
    emit draftChanged();
}

void Review::clearDraft()
{
    m_draft.reset();
    emit draftChanged();
}

void Review::createSpan(int classId)
{
    if (!m_draft || !m_session.document() || !m_session.videoId())
        return;
    Annotation made;
    made.videoId = m_session.videoId();
    made.span = *m_draft;
    made.classId = classId;
    made.state = SpanState::Accepted;
    made.origin = SpanOrigin::Human;
    made.annotator = m_session.document()->annotator();
    const auto id = m_session.document()->addAnnotation(made);
    if (!id) {
        emit failed(QString::fromStdString(id.error().message));
        return;
    }
    m_lastClass = classId;
    clearDraft();
    select(*id, false);
}

} // namespace telltale
