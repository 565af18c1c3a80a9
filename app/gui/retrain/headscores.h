// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include <QObject>
#include <QTimer>
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// What the heads in use say of open proposals that other heads had named. Nothing of it is stored: it is
/// found anew in the background when a project is opened, when other heads are in use (promoted, rolled back,
/// or by an undo), and when proposals come; so it never belongs to other heads than those in use. GUI thread.
class HeadScores : public QObject {
    Q_OBJECT
public:
    HeadScores(Session& session, QObject* parent = nullptr);
    /// By prediction id; proposals that are not in it are as their prediction says.
    const std::map<int64_t, std::vector<float>>& fused() const { return m_fused; }
    bool working() const { return m_delay.isActive() || m_job.running(); }

signals:
    void found();

private:
    using Scores = std::map<int64_t, std::vector<float>>;

    void followEdit(ChangeKinds kinds);
    bool lacks() const;
    void begin();
    void take(Scores scores);

    Session& m_session;
    QTimer m_delay; ///< changes come in bunches
    std::string m_heads; ///< file that `m_fused` is of
    Scores m_fused;
    LatestJob<Scores> m_job;
};

} // namespace telltale
