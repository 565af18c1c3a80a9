// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/player.h"
#include "app/gui/session.h"
#include "widgets/models/spanlistfilter.h"
#include "widgets/models/spanlistmodel.h"
#include <QObject>
#include <optional>

namespace telltale {

/// The review: which span is under decision, the decisions, and what comes next. Every decision is one edit
/// of the document. GUI thread.
class Review : public QObject {
    Q_OBJECT
public:
    Review(Session& session, Player& player, QObject* parent = nullptr);

    SpanListModel& spans() { return m_spans; }
    SpanListFilter& queue() { return m_queue; }
    int64_t selected() const { return m_selected; }
    const Annotation* selectedSpan() const;
    std::vector<Candidate> candidates() const { return m_spans.candidates(m_selected); }
    /// Selects a span of any video. `goThere`: opens its video, seeks to its start and asks views to show it
    /// whole.
    void select(int64_t annotationId, bool goThere);
    /// Newer probabilities of open proposals, by prediction id.
    void setRescored(std::map<int64_t, std::vector<float>> fused);
    void step(int rows); ///< next or previous item of the queue

    void accept(); ///< a span without a name asks for one instead (classWanted)
    void decide(SpanState state); ///< rejected, skipped, flagged
    void takeCandidate(size_t rank);
    void relabel(int classId);
    void remove();
    void nudge(bool start, int64_t frames);
    void setEdgeToPlayhead(bool start);
    /// A drag on the timeline; previews the edge's picture, and edits once the drag is over.
    void drag(int64_t annotationId, const FrameSpan& span, int dragSerial, bool finished);

    /// The span that is being marked with in and out, not in the document yet.
    const std::optional<FrameSpan>& draft() const { return m_draft; }
    void markIn();
    void markOut();
    void clearDraft();
    void createSpan(int classId);
    int lastClass() const { return m_lastClass; }
    void setLastClass(int classId) { m_lastClass = classId; } ///< what the next new span is offered

signals:
    void selectionChanged(qint64 annotationId);
    void fitWanted(telltale::FrameSpan span);
    void draftChanged();
    void classWanted();
    void failed(const QString& sentence);

private:
    bool apply(const Status& status);
    void editAndAdvance(const std::function<Status(int64_t)>& edit);
    void setSpan(int64_t id, FrameSpan span, int dragSerial = 0);
    /// Lets the frame thread decode ahead where the next spans of the queue begin.
    void hintNext();
    void followProject();
    void followEdit(ChangeKinds kinds);

    Session& m_session;
    Player& m_player;
    SpanListModel m_spans;
    SpanListFilter m_queue;
    int64_t m_selected = 0;
    int m_lastClass = -1;
    std::optional<FrameSpan> m_draft;
};

} // namespace telltale
