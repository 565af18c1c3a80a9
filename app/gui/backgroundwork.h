// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "pipeline/analyze.h"
#include "pipeline/retrain.h"
#include <QObject>
#include <QStringList>
#include <deque>
#include <optional>

namespace telltale {

/// Retrains the heads in the background from a snapshot of the project, while work goes on. What comes out
/// stands beside the heads in use, as a candidate, until a person promotes or discards it. GUI thread.
class Retraining : public QObject {
    Q_OBJECT
public:
    Retraining(Session& session, QObject* parent = nullptr);
    void start();
    void cancel();
    bool running() const { return m_job.running(); }
    /// Off: the result is only shown, the project stays as it is.
    void setApply(bool apply) { m_apply = apply; }
    /// Each one undoable edit of the open project; failed() says why not.
    void promote();
    void discard();
    void rollBack();
    const std::optional<RetrainResult>& result() const { return m_result; }

signals:
    void started();
    void progressed(int permille, const QString& what);
    void epochDone(const telltale::RetrainProgress& progress);
    void finished();
    /// Other heads are in use from now on; `fresh`: those of result().
    void headsChanged(bool fresh);
    void cancelled();
    void failed(const QString& sentence);

private:
    void finish(const Result<RetrainResult>& result);
    void tell(const Status& status, bool fresh);

    Session& m_session;
    bool m_apply = true;
    std::optional<RetrainResult> m_result;
    LatestJob<RetrainResult> m_job;
};

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
