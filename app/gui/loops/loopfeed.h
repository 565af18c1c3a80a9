// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/loops/loop.h"
#include "app/gui/session.h"
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <map>

namespace telltale {

/// Makes loops of spans in the background, one after the other, and keeps those that were asked for last and
/// no others: what it holds is bounded by what is asked for. When poses are corrected or videos change they
/// are made anew. GUI thread.
class LoopFeed : public QObject {
    Q_OBJECT
public:
    explicit LoopFeed(Session& session, QObject* parent = nullptr);
    ~LoopFeed() override;

    /// `ids` of spans, most urgent first; spans that the project does not have are left out. `withPicture`
    /// false: skeletons alone, no video is opened.
    void load(const std::vector<int64_t>& ids, const QSize& pixels, bool withPicture);
    void clear() { load({}, {}, true); }
    /// Null while it is being made, or if it cannot be.
    std::shared_ptr<const Loop> loop(int64_t id) const;
    QString trouble(int64_t id) const; ///< why there is none; empty: it is on its way, or there
    bool working() const { return m_job.running() || m_again.isActive(); }
    int64_t bytes() const; ///< of all pictures that are kept

signals:
    void made(qint64 id); ///< loop(id) or trouble(id)

private:
    struct Kept {
        FrameSpan span;
        int person = 0;
        std::shared_ptr<const Loop> loop;
        QString trouble;
    };
    LoopTask taskOf(const Annotation& span, const QSize& pixels, bool withPicture) const;
    void take(int serial, int64_t id, Kept kept);
    void renew(); ///< what is kept shows what was

    Session& m_session;
    QThreadPool m_thread;
    LatestJob<bool> m_job;
    QTimer m_again; ///< corrections come in bunches
    std::vector<int64_t> m_ids; ///< that were asked for last
    std::map<int64_t, Kept> m_kept;
    QSize m_pixels;
    bool m_withPicture = true;
    int m_serial = 0; ///< of what was asked last
};

} // namespace telltale
