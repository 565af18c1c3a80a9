// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/proxies.h"
#include <QLocale>
#include <QThread>
#include <algorithm>

namespace telltale {

Proxies::Proxies(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_looking(session.workers())
    , m_making(m_pool)
{
    m_pool.setMaxThreadCount(1);
    connect(&session, &Session::projectAboutToClose, this, &Proxies::cancel);
    connect(&session, &Session::videoChanged, this, &Proxies::look);
    connect(&session, &Session::timesChanged, this, &Proxies::changed);
}

Proxies::~Proxies()
{
    m_making.cancel();
    m_pool.waitForDone();
}

std::filesystem::path Proxies::cacheFolder() const
{
    return m_session.document() ? m_session.document()->folder() / "cache" : std::filesystem::path();
}

bool Proxies::isWanted() const
{
    const auto info = m_session.info();
    return info && !hasProxy() && gainsByProxy(*info);
}

void Proxies::look()
{
    m_videoId = m_session.videoId();
    m_proxy.clear();
    m_looking.cancel();
    const std::filesystem::path file = m_session.fileOf(m_videoId);
    if (!file.empty())
        m_looking.start(
            [file, cache = cacheFolder()](ProgressSink&) -> Result<Found> { return findProxy(file, cache); },
            [this](const Result<Found>& found) {
                if (found && *found)
                    use((**found).file);
            });
    emit changed();
}

void Proxies::use(const std::filesystem::path& proxy)
{
    m_proxy = proxy;
    m_session.feed().setProxy(proxy);
    emit changed();
}

void Proxies::make()
{
    const VideoEntry* video = m_session.video();
    const std::filesystem::path file = m_session.fileOf(m_session.videoId());
    if (!video || file.empty() || running())
        return;
    ProxyOptions options;
    options.workers = std::max(1, QThread::idealThreadCount() - 1);
    m_making.start([file, cache = cacheFolder(), options](
                       ProgressSink& sink) { return makeProxy(file, cache, options, &sink); },
        [this, id = video->id, name = QString::fromStdString(video->name)](
            const Result<ProxyFile>& made) { take(id, name, made); },
        [this](int permille, const QString& what) { emit progressed(permille, what); });
    emit started();
}

void Proxies::take(int64_t videoId, const QString& name, const Result<ProxyFile>& made)
{
    if (!made) {
        emit failed(QString::fromStdString(made.error().message));
        return;
    }
    if (videoId == m_videoId)
        use(made->file);
    emit finished(tr("%1 is quick to seek in now; its proxy takes %2.")
                      .arg(name, QLocale().formattedDataSize(made->bytes)));
}

void Proxies::cancel()
{
    if (!running())
        return;
    m_making.cancel();
    emit cancelled();
}

} // namespace telltale
