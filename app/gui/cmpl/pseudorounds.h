// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "pipeline/cmplrounds.h"
#include "widgets/timeline/timelineview.h"
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace telltale {

/// One round of one adaptation.
struct RoundRef {
    int64_t model = 0; ///< CmplRunView::model; 0: none
    int round = 0;

    explicit operator bool() const { return model != 0; }
    bool operator==(const RoundRef&) const = default;
};

/// A change between the two compared rounds, as a list shows it.
struct RoundChangeItem {
    RoundChange change = RoundChange::None;
    int64_t videoId = 0;
    int person = 0;
    FrameSpan span; ///< as it is after, or was before where it was dropped
    int classBefore = -1; ///< -1: new
    int classAfter = -1; ///< -1: dropped
    int64_t annotation = 0; ///< span of the project, 0: there is none (any more)

    bool operator==(const RoundChangeItem&) const = default;
};

/// The rounds of the open project, read and compared off the GUI thread, and marked on the timeline where
/// that is wanted. Works only while somebody watches or marks are shown. GUI thread.
class PseudoRounds : public QObject {
    Q_OBJECT
public:
    /// `auditShare`: asked whenever rounds are read.
    PseudoRounds(Session& session, std::function<double()> auditShare, QObject* parent = nullptr);

    const CmplRounds& rounds() const;
    const CmplRoundView* find(RoundRef ref) const; ///< null: there is none
    std::vector<RoundRef> refs() const; ///< rounds that can be shown, oldest first
    bool reading() const { return m_job.running() || m_delay.isActive(); }
    /// Rounds are read while this widget is seen, too; it calls wake() when it comes into view.
    void setWatcher(QWidget* widget) { m_watcher = widget; }
    void wake();

    RoundRef before() const; ///< of the comparison; none if there is but one round
    RoundRef after() const;
    void compare(RoundRef before, RoundRef after); ///< stays for as long as both rounds are there
    const std::vector<RoundChangeItem>& changes() const; ///< by video, person and start
    int64_t count(RoundChange change) const;

    void setMarked(bool on); ///< on the timeline
    bool marked() const { return m_marked; }
    RoundChange changeOf(int64_t annotation) const; ///< None where marks are off
    /// Changes of the video that lie on no span of the project; none where marks are off.
    std::vector<RoundChangeItem> withoutSpan(int64_t videoId) const;

signals:
    void changed(); ///< rounds() and what follows from them
    void marksChanged();

private:
    struct State;
    void refreshSoon();
    void refresh();
    void take(std::shared_ptr<const State> state);
    static std::shared_ptr<const State> stateOf(CmplRounds rounds, RoundRef before, RoundRef after);

    Session& m_session;
    std::function<double()> m_auditShare;
    std::shared_ptr<const State> m_state;
    RoundRef m_wantedBefore; ///< as somebody has chosen them
    RoundRef m_wantedAfter;
    QPointer<QWidget> m_watcher;
    bool m_marked = false;
    bool m_stale = true;
    BiasLimits m_limits;
    std::shared_ptr<RoundRecords> m_records; ///< of the open project
    QTimer m_delay;
    LatestJob<std::shared_ptr<const State>> m_job;
};

} // namespace telltale
