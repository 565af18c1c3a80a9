// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/retrain/retraining.h"
#include "app/gui/session.h"
#include "pipeline/analyze.h"
#include <QObject>
#include <QStringList>
#include <deque>

namespace telltale {

/// Analyses videos of the project one after the other, and enters each result when it is there. GUI thread.
class Analysis : public QObject {
    Q_OBJECT
public:
    Analysis(Session& session, QObject* parent = nullptr);
    void start(const std::vector<int64_t>& videoIds, const std::filesystem::path& poseModel);
    void cancel();
    bool running() const { return m_job.running(); }
    bool findsPoses() const { return !m_poseModel.empty(); } ///< the newest one: by a pose model

signals:
    void started();
    void progressed(int permille, const QString& what);
    void finished(const QStringList& notes);
    void cancelled();
    void failed(const QString& sentence);

private:
    void next();
    void take(int64_t videoId, const Result<AnalyzeResult>& result);

    Session& m_session;
    std::deque<int64_t> m_waiting;
    size_t m_total = 0;
    int64_t m_proposals = 0;
    std::filesystem::path m_poseModel;
    QStringList m_notes;
    LatestJob<AnalyzeResult> m_job;
};

} // namespace telltale
