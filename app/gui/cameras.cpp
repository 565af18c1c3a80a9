// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cameras.h"
#include <algorithm>

namespace telltale {
namespace {

/// Time stamps are rounded, at worst to milliseconds: pictures that begin together count as together.
constexpr MediaTime kRounding{3000};
/// Nudges of the spin box and the keys are told apart from those of other rows by this.
constexpr int kFirstSerial = 1 << 20;

} // namespace

Cameras::Cameras(Session& session, Player& player)
    : m_session(session)
    , m_player(player)
    , m_serial(kFirstSerial)
{
    connect(&session, &Session::videoChanged, this, [this] {
        m_arrive.reset();
        follow();
    });
    connect(&session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Cameras) || kinds.testFlag(ChangeKind::Videos))
            follow();
    });
    connect(&session, &Session::timesChanged, this, [this] {
        if (m_arrive && m_session.info())
            m_player.seek(m_session.times()->frameAt(*std::exchange(m_arrive, std::nullopt)));
        showAll();
    });
    connect(&player, &Player::frameChanged, this, &Cameras::showAll);
    connect(&player, &Player::ticked, this, &Cameras::showAll);
    connect(&player, &Player::stateChanged, this, &Cameras::showAll);
}

void Cameras::follow()
{
    const Document* document = m_session.document();
    const int64_t main = m_session.videoId();
    std::vector<int64_t> wanted;
    for (const SyncedVideo& camera : document ? document->camerasOf(main) : std::vector<SyncedVideo>())
        if (camera.videoId != main)
            wanted.push_back(camera.videoId);
    const bool same = std::ranges::equal(
        wanted, m_cameras, {}, {}, [](const std::unique_ptr<Camera>& camera) { return camera->videoId; });
    if (!same)
        rebuild();
    readOffsets();
}

void Cameras::rebuild()
{
    m_cameras.clear();
    const Document* document = m_session.document();
    const int64_t main = m_session.videoId();
    for (const SyncedVideo& synced : document ? document->camerasOf(main) : std::vector<SyncedVideo>()) {
        const VideoEntry* entry = document->video(synced.videoId);
        if (synced.videoId == main || !entry)
            continue;
        const int index = count();
        auto camera = std::make_unique<Camera>();
        camera->videoId = synced.videoId;
        camera->name = QString::fromStdString(entry->name);
        camera->feed = std::make_unique<VideoFeed>(m_session.workers());
        connect(camera->feed.get(), &VideoFeed::opened, this, [this, index] { show(index); });
        connect(
            camera->feed.get(), &VideoFeed::frameReady, this, [this, index] { emit pictureChanged(index); });
        connect(camera->feed.get(), &VideoFeed::failed, this, [this, index](const QString& sentence) {
            m_cameras[static_cast<size_t>(index)]->failure = sentence;
            emit pictureChanged(index);
        });
        m_cameras.push_back(std::move(camera));
        Camera& made = *m_cameras.back();
        if (const std::filesystem::path file = m_session.fileOf(made.videoId); !file.empty())
            made.feed->open(file, m_session.indexFolder());
        else
            made.failure = tr("%1 is not there. Put it back to see it.")
                               .arg(QString::fromStdString(document->absolute(entry->path).string()));
    }
    m_current = m_cameras.empty() ? -1 : 0;
    emit changed();
    emit currentChanged();
}

void Cameras::readOffsets()
{
    const Document* document = m_session.document();
    if (!document)
        return;
    const std::vector<SyncedVideo> session = document->camerasOf(m_session.videoId());
    const auto offsetOf = [&session](int64_t video) {
        const auto at = std::ranges::find(session, video, &SyncedVideo::videoId);
        return MediaTime(at != session.end() ? at->offsetUs : 0);
    };
    for (const auto& camera : m_cameras)
        camera->offset = offsetOf(camera->videoId) - offsetOf(m_session.videoId());
    emit offsetsChanged();
    showAll();
}

int64_t Cameras::frameOf(int index) const
{
    const Camera& camera = at(index);
    const auto times = camera.feed->times();
    if (!times || times->frameCount() == 0)
        return -1;
    const MediaTime now = m_player.time() - camera.offset + (m_player.playing() ? MediaTime(0) : kRounding);
    if (now < times->timeOf(0))
        return -1;
    return now >= times->duration() ? times->frameCount() : times->frameAt(now);
}

void Cameras::show(int index)
{
    const int64_t frame = frameOf(index);
    const auto times = at(index).feed->times();
    if (times && frame >= 0 && frame < times->frameCount())
        at(index).feed->request(frame, m_player.playing());
    emit pictureChanged(index);
}

void Cameras::showAll()
{
    for (int i = 0; i < count(); ++i)
        show(i);
}

void Cameras::setCurrent(int index)
{
    if (index < 0 || index >= count() || index == m_current)
        return;
    m_current = index;
    emit currentChanged();
}

MediaTime Cameras::frameLength(int index) const
{
    const auto times = at(index).feed->times();
    if (!times || times->frameCount() == 0)
        return MediaTime(40000);
    const int64_t frame = std::clamp<int64_t>(frameOf(index), 0, times->frameCount() - 1);
    return std::max(MediaTime(1), times->timeOf(frame + 1) - times->timeOf(frame));
}

void Cameras::setOffset(int index, MediaTime offset, int dragSerial)
{
    Document* document = m_session.document();
    const Camera& camera = at(index);
    for (const SyncedVideo& synced : document->camerasOf(camera.videoId)) {
        if (synced.videoId != m_session.videoId())
            continue;
        const Status status
            = document->setCameraOffset(camera.videoId, synced.offsetUs + offset.count(), dragSerial);
        if (!status)
            emit failed(QString::fromStdString(status.error().message));
        return;
    }
}

void Cameras::nudge(int index, int64_t frames)
{
    if (index < 0 || index >= count())
        return;
    setOffset(index, at(index).offset + frames * frameLength(index));
}

void Cameras::makeMain(int index)
{
    if (index < 0 || index >= count())
        return;
    const MediaTime moment = std::max(m_player.time() - at(index).offset, MediaTime(0)) + kRounding;
    m_player.stop();
    m_session.openVideo(at(index).videoId);
    if (const auto times = m_session.times())
        m_player.seek(times->frameAt(moment));
    m_arrive = moment; // the time stamps so far are nominal
}

} // namespace telltale
