// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/session.h"
#include "media/proxy.h"
#include <QObject>
#include <QThreadPool>

namespace telltale {

/// Small copies of videos for quick seeking: finds that of the shown video and has its pictures stand in,
/// makes it in the background when asked. GUI thread.
class Proxies : public QObject {
    Q_OBJECT
public:
    explicit Proxies(Session& session, QObject* parent = nullptr);
    ~Proxies() override;

    /// The shown video is slow to seek in and has no proxy.
    bool isWanted() const;
    bool hasProxy() const { return !m_proxy.empty(); }
    /// Makes the proxy of the shown video, leaving a core to whoever works on.
    void make();
    void cancel();
    bool running() const { return m_making.running(); }

signals:
    void changed(); ///< isWanted() or hasProxy()
    void started();
    void progressed(int permille, const QString& what);
    void finished(const QString& sentence);
    void cancelled();
    void failed(const QString& sentence);

private:
    using Found = std::optional<ProxyFile>;
    void look();
    void use(const std::filesystem::path& proxy);
    void take(int64_t videoId, const QString& name, const Result<ProxyFile>& made);
    std::filesystem::path cacheFolder() const;

    Session& m_session;
    int64_t m_videoId = 0; ///< whose proxy was looked for
    std::filesystem::path m_proxy; ///< of that video; empty: none
    QThreadPool m_pool;
    LatestJob<Found> m_looking;
    LatestJob<ProxyFile> m_making;
};

} // namespace telltale
