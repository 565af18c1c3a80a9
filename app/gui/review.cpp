// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/review.h"
#include <QUndoStack>
#include <algorithm>

namespace telltale {
namespace {

constexpr double kLoopContext = 0.5; ///< seconds before and after a span that a loop shows. Ours.

} // namespace

Review::Review(Session& session, Player& player, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_player(player)
{
    m_queue.setSourceModel(&m_spans);
    connect(&session, &Session::projectChanged, this, &Review::followProject);
    connect(&session, &Session::edited, this, &Review::followEdit);
    connect(&session, &Session::videoChanged, this, [this] {
        const Annotation* span = selectedSpan();
        m_person = span && span->videoId == m_session.videoId() ? span->person : 0;
        clearDraft();
    });
    const auto touch = [this](int first, int last) {
        for (int row = first; m_walking && row <= last; ++row)
            m_touched.push_back(m_spans.annotationAt(row)->id);
    };
    connect(&m_spans, &QAbstractItemModel::dataChanged, this,
        [touch](const QModelIndex& first, const QModelIndex& last) { touch(first.row(), last.row()); });
    connect(&m_spans, &QAbstractItemModel::rowsInserted, this,
        [touch](const QModelIndex&, int first, int last) { touch(first, last); });
    followProject();
}

void Review::followProject()
{
    setLastClass(-1);
    select(0, false);
    showAll();
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
    if (m_selected != m_fresh)
        m_fresh = 0;
    m_queue.setPinned(m_selected);
    const Annotation* found = selectedSpan();
    if (found)
        setNewPerson(found->person);
    if (found && goThere) {
        const Annotation span = *found;
        const bool looping = m_player.loop().has_value(); // another video ends the loop
        const bool playing = looping && m_player.playing();
        m_player.stop();
        m_session.openVideo(span.videoId);
        if (looping)
            m_player.setLoop(loopOf(span.span));
        m_player.seek(span.span.first);
        if (playing) // one item after the other goes round until somebody decides
            m_player.play(1);
        emit fitWanted(span.span);
    }
    hintNext();
    emit selectionChanged(m_selected);
}

void Review::showOnly(const std::vector<int64_t>& ids, const QString& why)
{
    if (ids.empty()) {
        showAll();
        return;
    }
    m_why = why;
    m_queue.setOnly(ids);
    emit onlyChanged();
    // What was selected before stays in sight until something else is.
    const bool there = std::ranges::find(ids, m_selected) != ids.end();
    int64_t first = m_queue.idAt(0);
    if (!there && first == m_selected)
        first = m_queue.idAt(1);
    select(there ? m_selected : first, true);
}

void Review::showAll()
{
    if (!m_queue.hasOnly())
        return;
    m_why.clear();
    m_queue.setOnly(std::nullopt);
    emit onlyChanged();
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
    if (m_fresh != 0 && m_fresh == m_selected && m_queue.rowOfId(m_resume) >= 0) {
        select(m_resume, true);
        return;
    }
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
    int64_t next = row < 0 ? 0 : m_queue.idAt(row + 1);
    // What is left open lies before; a list that keeps what is decided ends at its end.
    if (!next && row > 0 && m_queue.shown() == SpanListFilter::Show::Open)
        next = m_queue.idAt(row - 1);
    const bool fresh = id == m_fresh; // naming what one has just made is no decision about the queue
    if (!id || !apply(edit(id)))
        return;
    if (next && !fresh)
        select(next, true);
}

/// Edits come back through the model while the stack walks, and what they touched is where to look.
void Review::walkUndo(void (QUndoStack::*way)())
{
    Document* document = m_session.document();
    if (!document)
        return;
    m_walking = true;
    m_touched.clear();
    (document->undoStack()->*way)();
    m_walking = false;
    const bool here = std::ranges::find(m_touched, m_selected) != m_touched.end();
    if (!m_touched.empty() && (!here || m_selected == 0))
        select(m_touched.front(), true);
    else if (m_touched.empty() && m_selected == 0 && m_queue.rowOfId(m_resume) >= 0)
        select(m_resume, false); // a new span is gone again: back to where the review was
}

void Review::undo() { walkUndo(&QUndoStack::undo); }

void Review::redo() { walkUndo(&QUndoStack::redo); }

void Review::accept()
{
    if (m_draft) { // what one has just marked, not what was selected before
        if (hasActiveClass())
            createSpan(m_lastClass);
        else
            emit classWanted();
        return;
    }
    const Annotation* span = selectedSpan();
    if (!span)
        return;
    if (span->classId < 0) {
        emit classWanted();
        return;
    }
    setLastClass(span->classId);
    const bool corrected
        = span->state == SpanState::Corrected; // stays what it is: a person has named or moved it
    editAndAdvance([this, corrected](int64_t id) {
        return corrected ? Status() : m_session.document()->setState(id, SpanState::Accepted);
    });
}

bool Review::draftWaits()
{
    if (!m_draft)
        return false;
    emit failed(tr("A new span is marked: Enter or A makes it, C names it, Esc drops it."));
    return true;
}

void Review::decide(SpanState state)
{
    if (draftWaits())
        return;
    editAndAdvance([this, state](int64_t id) { return m_session.document()->setState(id, state); });
}

void Review::takeCandidate(size_t rank)
{
    if (draftWaits())
        return;
    const std::vector<Candidate> offered = candidates();
    if (rank < offered.size())
        relabel(offered[rank].classId);
}

void Review::relabel(int classId)
{
    setLastClass(classId);
    editAndAdvance([this, classId](int64_t id) { return m_session.document()->relabel(id, classId); });
}

void Review::remove()
{
    editAndAdvance([this](int64_t id) { return m_session.document()->removeAnnotation(id); });
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

void Review::moveEdge(bool start, int64_t boundary)
{
    const Annotation* found = selectedSpan();
    if (!found)
        return;
    FrameSpan span = found->span;
    (start ? span.first : span.last) = boundary;
    m_player.stop();
    setSpan(found->id, span);
    m_player.seek(start ? span.first : span.last - 1);
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

int64_t Review::pressedFrame() const
{
    const auto times = m_player.times();
    if (!times || !m_player.playing())
        return m_player.frame();
    return reactedFrame(*times, m_player.time(), m_player.speed(), m_lag, m_player.range());
}

FrameSpan Review::loopOf(const FrameSpan& span) const
{
    const auto times = m_player.times();
    if (!times || times->frameCount() == 0)
        return span;
    const MediaTime context(static_cast<int64_t>(kLoopContext * 1e6));
    return {times->frameAt(times->timeOf(span.first) - context),
        std::max(span.last, times->nearestBoundary(times->timeOf(span.last) + context))};
}

bool Review::hasActiveClass() const
{
    const Document* document = m_session.document();
    return document && m_lastClass >= 0 && m_lastClass < document->scheme().classCount()
        && !document->scheme().classes[static_cast<size_t>(m_lastClass)].retired;
}

void Review::setLastClass(int classId)
{
    m_lastClass = classId;
    emit activeClassChanged();
}

void Review::setDraft(const FrameSpan& span)
{
    m_draft = span;
    m_live = false;
    emit draftChanged();
}

void Review::markIn()
{
    if (m_player.frameCount() == 0)
        return;
    const int64_t frame = pressedFrame();
    const bool live = m_player.playing();
    setDraft({frame, !live && m_draft && m_draft->last > frame ? m_draft->last : frame + 1});
    m_live = live;
}

void Review::markOut()
{
    if (m_player.frameCount() == 0)
        return;
    const int64_t last = pressedFrame() + 1;
    const bool begun = m_draft.has_value();
    const bool live = m_live;
    // Marks that were made backwards hold the same span.
    if (live && last <= m_draft->first)
        setDraft({last - 1, m_draft->first + 1});
    else
        setDraft({begun && m_draft->first < last ? m_draft->first : last - 1, last});
    if (live && hasActiveClass())
        createSpan(m_lastClass);
}

void Review::clearDraft()
{
    m_draft.reset();
    m_live = false;
    emit draftChanged();
}

void Review::setNewPerson(int person)
{
    if (m_person == person)
        return;
    m_person = person;
    emit draftChanged();
}

void Review::createSpan(int classId)
{
    if (!m_draft || !m_session.document() || !m_session.videoId())
        return;
    if (m_live && m_player.playing()) { // naming what goes on ends it
        const int64_t now = pressedFrame();
        m_draft = FrameSpan{std::min(m_draft->first, now), std::max(m_draft->first, now) + 1};
    }
    Annotation made;
    made.videoId = m_session.videoId();
    made.person = m_person;
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
    setLastClass(classId);
    clearDraft();
    if (m_fresh == 0 || m_selected != m_fresh)
        m_resume = m_selected;
    m_fresh = *id;
    select(*id, false);
}

} // namespace telltale
