// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/player.h"
#include "app/gui/session.h"
#include "review/reactionlag.h"
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
    /// Lists only these spans, whatever the filters of the queue say, and goes to the first of them; `why`
    /// says what they have in common. None: all again. Until another project is opened.
    void showOnly(const std::vector<int64_t>& ids, const QString& why);
    void showAll();
    QString onlyBecause() const { return m_why; } ///< empty while all are listed
    void step(int rows); ///< next or previous item of the queue; from a new span on where the review was
    /// Takes back the last edit, or makes it again, and selects the span that it was about.
    void undo();
    void redo();

    void accept(); ///< a span without a name asks for one instead (classWanted)
    void decide(SpanState state); ///< rejected, skipped, flagged
    void takeCandidate(size_t rank);
    void relabel(int classId);
    void remove();
    void nudge(bool start, int64_t frames);
    void moveEdge(bool start, int64_t boundary); ///< to where snapping found a better place
    void setEdgeToPlayhead(bool start);
    /// A drag on the timeline; previews the edge's picture, and edits once the drag is over.
    void drag(int64_t annotationId, const FrameSpan& span, int dragSerial, bool finished);

    /// The span that is being marked with in and out, not in the document yet.
    const std::optional<FrameSpan>& draft() const { return m_draft; }
    /// Where playback is for a person who presses a key now: while it plays, the reaction lag before.
    int64_t pressedFrame() const;
    void setReactionLag(std::chrono::milliseconds lag) { m_lag = lag; }
    std::chrono::milliseconds reactionLag() const { return m_lag; }
    void markIn();
    /// A span that was begun while the video plays is made at once if there is an active class.
    void markOut();
    void setDraft(const FrameSpan& span);
    void clearDraft();
    void createSpan(int classId);
    /// Whose span that is: of whom a span was selected last, or a lane or skeleton was chosen.
    int newPerson() const { return m_person; }
    void setNewPerson(int person);
    /// The active class, which new spans get: the last that was used; -1: none yet.
    int lastClass() const { return m_lastClass; }
    void setLastClass(int classId);
    bool hasActiveClass() const; ///< there is one, and the label scheme still has it
    /// What a loop of the span plays: a little before and after it, too.
    FrameSpan loopOf(const FrameSpan& span) const;

signals:
    void selectionChanged(qint64 annotationId);
    void fitWanted(telltale::FrameSpan span);
    void onlyChanged();
    void draftChanged();
    void classWanted();
    void activeClassChanged();
    void failed(const QString& sentence);

private:
    bool apply(const Status& status);
    /// Says so where a key would decide on the selected span while another one is being marked.
    bool draftWaits();
    void walkUndo(void (QUndoStack::*way)());
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
    QString m_why; ///< of the spans that are listed alone
    int64_t m_selected = 0;
    int m_lastClass = -1;
    int m_person = 0; ///< of new spans
    std::optional<FrameSpan> m_draft;
    bool m_live = false; ///< the draft was begun while the video played
    int64_t m_fresh = 0; ///< span that was made last, as long as it is selected
    int64_t m_resume = 0; ///< what was selected when it was made
    std::chrono::milliseconds m_lag = kReactionLag;
    bool m_walking = false; ///< an undo or redo is under way
    std::vector<int64_t> m_touched; ///< spans that it changed or brought back
};

} // namespace telltale
