// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/timelinemedia.h"
#include "app/gui/videothumbnails.h"
#include "widgets/timeline/timelineview.h"

namespace telltale {
namespace {

constexpr size_t kMostPictures = 600;
constexpr std::chrono::milliseconds kDelivery{120};

} // namespace

/// A video that small pictures are taken from.
struct TimelineMedia::Source {
    std::filesystem::path file;
    std::filesystem::path cacheFolder;
    int height = 0;
    std::unique_ptr<Thumbnails> thumbnails;

    Result<Thumbnails*> opened(int pixels)
    {
        if (!thumbnails || height != pixels) {
            thumbnails.reset();
            auto made = Thumbnails::open(file, cacheFolder, pixels);
            if (!made)
                return made.error();
            thumbnails = std::move(*made);
            height = pixels;
        }
        return thumbnails.get();
    }
};

TimelineMedia::TimelineMedia(Session& session, TimelineView& view)
    : m_session(session)
    , m_view(view)
    , m_pictureJob(m_pictureThread)
    , m_soundJob(m_soundThread)
{
    m_pictureThread.setMaxThreadCount(1);
    m_soundThread.setMaxThreadCount(1);
    m_delivery.setSingleShot(true);
    m_delivery.setInterval(kDelivery);
    connect(&m_delivery, &QTimer::timeout, this, &TimelineMedia::showPictures);
    connect(&view, &TimelineView::viewMoved, this, &TimelineMedia::loadPictures);
    connect(&session, &Session::videoChanged, this, &TimelineMedia::follow);
    connect(&session, &Session::timesChanged, this, [this] {
        loadPictures();
        loadSound();
    });
}

TimelineMedia::~TimelineMedia()
{
    m_pictureJob.cancel();
    m_soundJob.cancel();
    m_pictureThread.waitForDone(); // its work posts to this object
}

void TimelineMedia::setShown(bool pictures, bool sound)
{
    if (pictures == m_picturesShown && sound == m_soundShown)
        return;
    m_picturesShown = pictures;
    m_soundShown = sound;
    if (!pictures)
        m_pictureJob.cancel();
    if (!sound) {
        m_soundJob.cancel();
        m_soundUntil = MediaTime(-1);
    }
    emit changed();
    loadPictures();
    loadSound();
}

void TimelineMedia::note(QString& which, const QString& text)
{
    if (which == text)
        return;
    which = text;
    emit changed();
}

void TimelineMedia::follow()
{
    m_pictureJob.cancel();
    m_soundJob.cancel();
    m_pictures.clear();
    m_source.reset();
    m_videoId = m_session.videoId();
    m_view.setPictures({});
    m_view.setSound({}, 0);
    const std::filesystem::path file = m_session.fileOf(m_videoId);
    if (!file.empty())
        m_source
            = std::make_shared<Source>(Source{file, m_session.document()->folder() / "cache", 0, nullptr});
    const QString gone = file.empty() ? tr("The video file is not there.") : QString();
    m_picturesNote = gone;
    m_soundNote = gone;
    m_silent = false;
    m_soundUntil = MediaTime(-1);
    emit changed();
}

void TimelineMedia::loadPictures()
{
    const auto info = m_session.info();
    if (!m_picturesShown || !m_source || !info || info->width < 1 || info->height < 1)
        return;
    const double pixel = static_cast<double>(info->sarNum) / std::max(1, info->sarDen);
    const auto [range, count] = m_view.picturesWanted(pixel * info->width / info->height);
    if (count < 1)
        return;
    const int height = m_view.pictureHeight();
    if (m_pictures.empty())
        note(m_picturesNote, tr("Reading pictures..."));
    const auto take = [this, id = m_videoId](const Thumbnail& made) {
        QMetaObject::invokeMethod(
            this,
            [this, id, made] {
                if (id == m_videoId)
                    addPicture(made.frame, made.wanted);
            },
            Qt::QueuedConnection);
    };
    m_pictureJob.start(
        [source = m_source, range = range, count = count, height, take](ProgressSink& sink) -> Result<bool> {
            const auto thumbnails = source->opened(height);
            if (!thumbnails)
                return thumbnails.error();
            const auto strip
                = (*thumbnails)->strip(range, count, ThumbnailChoice::KeyPictureInside, &sink, take);
            if (!strip)
                return strip.error();
            return true;
        },
        [this](const Result<bool>& done) {
            if (!done && m_pictures.empty())
                note(m_picturesNote, QString::fromStdString(done.error().message));
        });
}

void TimelineMedia::addPicture(const VideoFrame& frame, int64_t wanted)
{
    m_pictures.insert_or_assign(wanted, toImage(frame.picture));
    m_picturesNote.clear();
    if (!m_delivery.isActive())
        m_delivery.start();
}

void TimelineMedia::showPictures()
{
    const FrameSpan seen = m_view.visibleFrames();
    if (m_pictures.size() > kMostPictures)
        std::erase_if(m_pictures, [&seen](const auto& entry) {
            return entry.first < seen.first - seen.length() || entry.first > seen.last + seen.length();
        });
    std::vector<TimelinePicture> pictures;
    pictures.reserve(m_pictures.size());
    for (const auto& [frame, image] : m_pictures)
        pictures.push_back({frame, image});
    m_view.setPictures(std::move(pictures));
}

void TimelineMedia::loadSound()
{
    const auto info = m_session.info();
    if (!m_soundShown || !m_source || !info || m_soundJob.running())
        return;
    if (m_silent != !info->hasAudio) {
        m_silent = !info->hasAudio;
        emit changed();
    }
    if (m_silent || m_soundUntil == info->duration)
        return;
    m_soundUntil = info->duration; // a file may grow
    note(m_soundNote, tr("Reading the sound..."));
    m_soundJob.start(
        [file = m_source->file, cache = m_source->cacheFolder](ProgressSink& sink)
            -> Result<std::shared_ptr<const Waveform>> { return loadWaveform(file, cache, &sink); },
        [this](const Result<std::shared_ptr<const Waveform>>& loaded) {
            if (!loaded) {
                note(m_soundNote, QString::fromStdString(loaded.error().message));
                return;
            }
            m_view.setSound(
                [waveform = *loaded](MediaTime from, MediaTime to, int columns) {
                    std::vector<TimelinePeak> peaks;
                    peaks.reserve(static_cast<size_t>(columns));
                    for (const WaveformPeak& peak : waveform->peaks(from, to, columns))
                        peaks.push_back({peak.low, peak.high, peak.rms});
                    return peaks;
                },
                (*loaded)->loudest());
            note(m_soundNote, {});
        });
}

} // namespace telltale
