// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/retrain/whatifscoring.h"
#include "app/gui/session.h"
#include "app/gui/whenwritten.h"
#include "pipeline/retrain.h"
#include <QObject>
#include <optional>

namespace telltale {

/// Retrains the heads in the background from the project as it is at the start, while work goes on. What
/// comes out stands beside the heads in use, as a candidate, until a person promotes or discards it. GUI
/// thread, which waits for nothing: the start takes rows that it shares with the document, and everything
/// else happens on the thread of the networks.
class Retraining : public QObject {
    Q_OBJECT
public:
    Retraining(Session& session, QObject* parent = nullptr);
    /// Begins as soon as all edits so far are written, so that the heads can say on which of them they rest.
    void start();
    void cancel();
    bool running() const { return m_written.waiting() || m_job.running(); }
    /// Off: the result is only shown, the project stays as it is.
    void setApply(bool apply) { m_apply = apply; }
    /// Each one undoable edit of the open project; failed() says why not.
    void promote();
    void discard();
    void rollBack();
    const std::optional<RetrainResult>& result() const { return m_result; }
    /// What the new heads would change.
    WhatIfScoring& whatIf() { return m_whatIf; }

signals:
    void started();
    void progressed(int permille, const QString& what);
    void epochDone(const telltale::RetrainProgress& progress);
    void finished();
    void cancelled();
    void failed(const QString& sentence);

private:
    void begin();
    void finish(const Result<RetrainResult>& result);
    void tell(const Status& status);

    Session& m_session;
    bool m_apply = true;
    WhenWritten m_written;
    std::optional<RetrainResult> m_result;
    LatestJob<RetrainResult> m_job;
    WhatIfScoring m_whatIf;
};

} // namespace telltale
