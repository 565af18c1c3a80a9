// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include "data/rows.h"
#include "data/times.h"
#include <algorithm>

namespace telltale {

int64_t Draft::addAnnotation(Annotation wanted)
{
    if (!checkSpan(wanted.videoId, wanted.span) || !checkClass(wanted.classId))
        return 0;
    if (wanted.origin == SpanOrigin::Human) {
        if (wanted.annotator.empty())
            wanted.annotator = m_context.annotator;
        if (wanted.layer.empty())
            wanted.layer = workingLayer(m_state, wanted.videoId, m_context.annotator, m_context.role);
    }
    wanted.id = nextId(Table::Annotations);
    record(Table::Annotations, wanted.id, nullptr, rowOf(wanted));
    m_newAnnotations.push_back(wanted);
    return wanted.id;
}

void Draft::update(const Annotation& before, Annotation after)
{
    if (before == after)
        return;
    after.annotator = m_context.annotator;
    record(Table::Annotations, before.id, rowOf(before), rowOf(after));
}

void Draft::removeAnnotation(int64_t id)
{
    const Annotation* known = annotation(id);
    if (!known)
        return;
    // A remark outlives its span as a remark on the video.
    for (const Note& note : m_state.notes().all()) {
        if (note.annotationId != id)
            continue;
        Note loose = note;
        loose.annotationId = 0;
        loose.videoId = known->videoId;
        loose.frame = note.frame >= 0 ? note.frame : known->span.first;
        record(Table::Notes, note.id, rowOf(note), rowOf(loose));
    }
    record(Table::Annotations, id, rowOf(*known), nullptr);
}

void Draft::setSpan(int64_t id, FrameSpan span)
{
    const Annotation* known = annotation(id);
    if (!known || !checkSpan(known->videoId, span) || known->span == span)
        return;
    Annotation changed = *known;
    changed.span = span;
    changed.startUs = changed.endUs = -1;
    const bool accepted = known->state == SpanState::Accepted && known->predictionId > 0;
    if (known->state == SpanState::Proposed || accepted)
        changed.state = SpanState::Corrected;
    update(*known, changed);
}

void Draft::relabel(int64_t id, int classId)
{
    const Annotation* known = annotation(id);
    if (!known || !checkClass(classId))
        return;
    Annotation changed = *known;
    changed.classId = classId;
    const bool sameName = known->classId == classId;
    if (known->state == SpanState::Proposed)
        changed.state = sameName ? SpanState::Accepted : SpanState::Corrected;
    else if (known->state == SpanState::Accepted && known->predictionId > 0 && !sameName)
        changed.state = SpanState::Corrected;
    update(*known, changed);
}

void Draft::setState(int64_t id, SpanState state)
{
    const Annotation* known = annotation(id);
    if (!known)
        return;
    Annotation changed = *known;
    changed.state = state;
    update(*known, changed);
}

int64_t Draft::split(int64_t id, int64_t frame)
{
    const Annotation* known = annotation(id);
    if (!known)
        return 0;
    if (frame <= known->span.first || frame >= known->span.last) {
        fail(ErrorCode::InvalidArgument,
            "frame " + std::to_string(frame) + " is not inside the span, put the playhead between its ends");
        return 0;
    }
    setSpan(id, {known->span.first, frame});
    Annotation rest = *known;
    rest.span.first = frame;
    rest.startUs = rest.endUs = -1;
    rest.annotator = m_context.annotator;
    if (known->state == SpanState::Proposed || known->state == SpanState::Accepted)
        rest.state = known->predictionId > 0 ? SpanState::Corrected : known->state;
    rest.id = nextId(Table::Annotations);
    record(Table::Annotations, rest.id, nullptr, rowOf(rest));
    return rest.id;
}

void Draft::merge(const std::vector<int64_t>& ids)
{
    if (ids.size() < 2)
        return fail(ErrorCode::InvalidArgument, "two spans at least are needed to merge");
    const Annotation* first = annotation(ids.front());
    if (!first)
        return;
    FrameSpan whole = first->span;
    for (const int64_t id : ids) {
        const Annotation* one = annotation(id);
        if (!one)
            return;
        if (one->videoId != first->videoId || one->person != first->person || one->layer != first->layer)
            return fail(ErrorCode::InvalidArgument, "only spans of one person in one video can be merged");
        whole = {std::min(whole.first, one->span.first), std::max(whole.last, one->span.last)};
    }
    setSpan(first->id, whole);
    for (const int64_t id : ids)
        if (id != first->id)
            removeAnnotation(id);
}

void Draft::markReviewed(int64_t videoId, FrameSpan span)
{
    if (!checkSpan(videoId, span))
        return;
    ReviewedRange range{0, videoId, span, m_context.annotator,
        workingLayer(m_state, videoId, m_context.annotator, m_context.role)};
    const auto touches = [&](const ReviewedRange& one) {
        return one.videoId == videoId && one.layer == range.layer && one.annotator == range.annotator
            && one.span.first <= range.span.last && range.span.first <= one.span.last;
    };
    for (const ReviewedRange& one : m_state.reviewed().all()) {
        if (!touches(one))
            continue;
        if (one.span.first <= range.span.first && range.span.last <= one.span.last)
            return;
        range.span = {std::min(range.span.first, one.span.first), std::max(range.span.last, one.span.last)};
        record(Table::Reviewed, one.id, rowOf(one), nullptr);
    }
    range.id = nextId(Table::Reviewed);
    record(Table::Reviewed, range.id, nullptr, rowOf(range));
}

void Draft::unmarkReviewed(int64_t videoId, FrameSpan span)
{
    if (!checkSpan(videoId, span))
        return;
    const std::string layer = workingLayer(m_state, videoId, m_context.annotator, m_context.role);
    for (const ReviewedRange& one : m_state.reviewed().all()) {
        if (one.videoId != videoId || one.layer != layer || !one.span.overlaps(span))
            continue;
        record(Table::Reviewed, one.id, rowOf(one), nullptr);
        for (const FrameSpan rest : {FrameSpan{one.span.first, span.first}, {span.last, one.span.last}}) {
            if (rest.empty())
                continue;
            ReviewedRange kept = one;
            kept.id = nextId(Table::Reviewed);
            kept.span = rest;
            record(Table::Reviewed, kept.id, nullptr, rowOf(kept));
        }
    }
}

int64_t Draft::addNote(Note note)
{
    if (note.text.empty())
        fail(ErrorCode::InvalidArgument, "a note needs a text");
    if (note.annotationId > 0) {
        const Annotation* span = m_state.annotation(note.annotationId);
        if (!span)
            fail(ErrorCode::NotFound, "there is no span " + std::to_string(note.annotationId) + " any more");
        else
            note.videoId = span->videoId;
    }
    if (note.videoId > 0)
        (void)knownVideo(note.videoId);
    note.author = m_context.annotator;
    note.time = timeNow();
    note.id = nextId(Table::Notes);
    record(Table::Notes, note.id, nullptr, rowOf(note));
    return note.id;
}

void Draft::setNote(int64_t id, const std::string& text)
{
    const Note* known = m_state.notes().find(id);
    if (!known)
        return fail(ErrorCode::NotFound, "there is no note " + std::to_string(id) + " any more");
    if (known->author != m_context.annotator && !allowed(MemberRole::Reviewer, "change notes of others"))
        return;
    Note changed = *known;
    changed.text = text;
    record(Table::Notes, id, rowOf(*known), text.empty() ? nlohmann::json(nullptr) : rowOf(changed));
}

void Draft::removeNote(int64_t id) { setNote(id, {}); }

} // namespace telltale
