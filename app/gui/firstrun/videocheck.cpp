// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/videocheck.h"
#include "widgets/models/texts.h"
#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QFont>
#include <QLocale>
#include <QMimeDatabase>
#include <QPalette>
#include <algorithm>
#include <set>

namespace telltale {
namespace {

bool isVideo(const QMimeDatabase& types, const QString& file)
{
    const QList<QMimeType> all = types.mimeTypesForFileName(file);
    return std::any_of(all.begin(), all.end(), [](const QMimeType& type) {
        return type.name().startsWith(QLatin1String("video/"))
            || type.name() == QLatin1String("application/mxf");
    });
}

/// Any thread: a large folder takes a while.
QStringList videosIn(const QStringList& paths, const ProgressSink& progress)
{
    const QMimeDatabase types;
    QStringList files;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (!info.isDir()) {
            files.append(info.absoluteFilePath());
            continue;
        }
        QStringList found;
        QDirIterator each(info.absoluteFilePath(), QDir::Files, QDirIterator::Subdirectories);
        while (each.hasNext() && !progress.cancelled())
            if (const QString file = each.next(); isVideo(types, file))
                found.append(file);
        found.sort();
        files += found;
    }
    return files;
}

} // namespace

VideoCheck::VideoCheck(QThreadPool& pool, QObject* parent)
    : QAbstractTableModel(parent)
    , m_search(pool)
    , m_probe(pool)
{
}

void VideoCheck::add(const QStringList& paths)
{
    m_wanted.push_back(paths);
    searchNext();
}

void VideoCheck::searchNext()
{
    if (m_search.running() || m_wanted.empty())
        return;
    const QStringList paths = m_wanted.front();
    m_wanted.pop_front();
    m_search.start(
        [paths](ProgressSink& progress) -> Result<QStringList> { return videosIn(paths, progress); },
        [this](const Result<QStringList>& files) {
            if (files)
                addFiles(*files);
            searchNext();
            emit changed();
        });
    emit changed();
}

void VideoCheck::addFiles(const QStringList& files)
{
    QStringList fresh;
    for (const QString& file : files)
        if (rowOf(file) < 0 && !fresh.contains(file))
            fresh.append(file);
    if (fresh.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (const QString& file : fresh)
        m_videos.push_back({file, State::Waiting, {}, nullptr});
    endInsertRows();
    probeNext();
}

void VideoCheck::probeNext()
{
    const auto next = std::ranges::find(m_videos, State::Waiting, &Video::state);
    if (m_probe.running() || next == m_videos.end())
        return;
    next->state = State::Reading;
    const auto row = static_cast<int>(next - m_videos.begin());
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    m_probe.start(
        [path = toPath(next->file)](ProgressSink& progress) { return probeVideoFile(path, progress); },
        [this, file = next->file](const Result<ProbedVideo>& probed) {
            put(file, probed);
            probeNext();
            emit changed();
        });
}

void VideoCheck::put(const QString& file, const Result<ProbedVideo>& probed)
{
    const int row = rowOf(file);
    if (row < 0)
        return;
    Video& video = m_videos[static_cast<size_t>(row)];
    video.state = probed ? State::Good : State::Bad;
    if (probed)
        video.probed = std::make_shared<const ProbedVideo>(*probed);
    else
        video.sentence // the file stands beside it
            = QString::fromStdString(probed.error().message).remove(video.file + QLatin1String(": "));
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void VideoCheck::remove(const QModelIndexList& rows)
{
    std::set<int, std::greater<>> gone;
    for (const QModelIndex& each : rows)
        gone.insert(each.row());
    for (const int row : gone) {
        beginRemoveRows({}, row, row);
        if (state(row) == State::Reading)
            m_probe.cancel();
        m_videos.erase(m_videos.begin() + row);
        endRemoveRows();
    }
    probeNext();
    emit changed();
}

int VideoCheck::count(State state) const
{
    return static_cast<int>(std::ranges::count(m_videos, state, &Video::state));
}

std::vector<std::shared_ptr<const ProbedVideo>> VideoCheck::goodVideos() const
{
    std::vector<std::shared_ptr<const ProbedVideo>> good;
    for (const Video& video : m_videos)
        if (video.state == State::Good)
            good.push_back(video.probed);
    return good;
}

QStringList VideoCheck::goodFiles() const
{
    QStringList files;
    for (const Video& video : m_videos)
        if (video.state == State::Good)
            files.append(video.file);
    return files;
}

int VideoCheck::rowOf(const QString& file) const
{
    const auto place = std::ranges::find(m_videos, file, &Video::file);
    return place == m_videos.end() ? -1 : static_cast<int>(place - m_videos.begin());
}

int VideoCheck::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_videos.size());
}

int VideoCheck::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString VideoCheck::stateText(const Video& video) const
{
    if (video.state == State::Waiting)
        return tr("waits");
    if (video.state == State::Reading)
        return tr("is being read...");
    if (video.state == State::Bad)
        return tr("Cannot be read: %1").arg(video.sentence);
    const VideoEntry& entry = video.probed->entry;
    return tr("%1 x %2, %3 frames a second, %4")
        .arg(entry.width)
        .arg(entry.height)
        .arg(QLocale().toString(entry.fps, 'f', 2), clockText(MediaTime(entry.durationUs)));
}

QVariant VideoCheck::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Video& video = m_videos[static_cast<size_t>(index.row())];
    const QFileInfo file(video.file);
    if (role == Qt::DisplayRole)
        return index.column() == FileColumn  ? file.fileName()
            : index.column() == FolderColumn ? QDir::toNativeSeparators(file.path())
                                             : stateText(video);
    if (role == Qt::ToolTipRole)
        return index.column() == StateColumn ? stateText(video) : QDir::toNativeSeparators(video.file);
    if (role == Qt::FontRole && video.state == State::Bad) {
        QFont font = QApplication::font();
        font.setItalic(true);
        return font;
    }
    return {};
}

QVariant VideoCheck::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("File"), tr("Folder"), tr("What it is")};
    return section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

} // namespace telltale
