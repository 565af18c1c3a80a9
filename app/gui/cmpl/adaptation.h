// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "app/gui/whenwritten.h"
#include "pipeline/projectadaptation.h"
#include <QObject>
#include <QStringList>

namespace telltale {

/// Adapts the Track 1 system in use to spans that nobody decided, in the background, while work goes on. What
/// comes out is entered when all of it is there; stopped or failed, the project is as it was. GUI thread.
class Adaptation : public QObject {
    Q_OBJECT
public:
    explicit Adaptation(Session& session, QObject* parent = nullptr);
    /// Which spans it adapts on: the evaluated ones themselves, or, as it begins, others of the same people.
    void setTransductive(bool on);
    bool transductive() const { return m_options.protocol == AdaptationProtocol::Transductive; }
    /// What keeps the open project from being adapted; NoSystem without a project.
    AdaptationObstacle obstacle() const;
    /// Begins as soon as all edits so far are written.
    void start();
    void cancel();
    bool running() const { return m_written.waiting() || m_job.running(); }

signals:
    void choiceChanged();
    void started();
    void progressed(int permille, const QString& what);
    void finished(const QStringList& notes);
    void cancelled();
    void failed(const QString& sentence);

private:
    void begin();
    void finish(const Result<AdaptationOutcome>& outcome);

    Session& m_session;
    AdaptationOptions m_options{.protocol = AdaptationProtocol::Inductive};
    WhenWritten m_written;
    LatestJob<AdaptationOutcome> m_job;
};

} // namespace telltale
