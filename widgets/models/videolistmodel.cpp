// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/videolistmodel.h"
#include "widgets/models/texts.h"

namespace telltale {

VideoListModel::VideoListModel(QObject* parent) : QAbstractTableModel(parent) { }

void VideoListModel::setDocument(const Document* document)
{
    beginResetModel();
    if (document != m_document)
        m_pictures.clear();
    m_document = document;
    m_rows = document ? document->videos() : std::vector<VideoEntry>();
    countOpen();
    endResetModel();
}

void VideoListModel::countOpen()
{
    m_open.clear();
    if (!m_document)
        return;
    for (const Annotation& span : m_document->allAnnotations()) {
        if (span.state == SpanState::Proposed)
            ++m_open[span.videoId];
    }
}

void VideoListModel::refresh(ChangeKinds kinds)
{
    if (kinds.testFlag(ChangeKind::Videos)) {
        setDocument(m_document);
        return;
    }
    countOpen();
    if (!m_rows.empty())
        emit dataChanged(index(0, OpenColumn), index(rowCount() - 1, OpenColumn));
}

void VideoListModel::setPicture(int64_t videoId, const QImage& picture)
{
    m_pictures.insert(videoId, picture);
    if (const int row = rowOf(videoId); row >= 0)
        emit dataChanged(index(row, NameColumn), index(row, NameColumn), {PictureRole});
}

int VideoListModel::rowOf(int64_t videoId) const
{
    for (size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].id == videoId)
            return static_cast<int>(row);
    }
    return -1;
}

int VideoListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VideoListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VideoListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const VideoEntry& row = m_rows[static_cast<size_t>(index.row())];
    if (role == IdRole)
        return static_cast<qlonglong>(row.id);
    if (role == OfflineRole)
        return row.offline;
    if (role == PictureRole)
        return m_pictures.value(row.id);
    if (role == Qt::ToolTipRole) {
        return row.offline ? tr("%1 is not there; its spans are kept").arg(QString::fromStdString(row.path))
                           : tr("%1\n%2 x %3, %4 frames, %5 frames a second")
                                 .arg(QString::fromStdString(row.path))
                                 .arg(row.width)
                                 .arg(row.height)
                                 .arg(row.frameCount)
                                 .arg(row.fps, 0, 'f', 2);
    }
    if (role == Qt::TextAlignmentRole && index.column() == OpenColumn)
        return QVariant(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return QString::fromStdString(row.name);
    case SubjectColumn:
        return QString::fromStdString(row.subject);
    case RoleColumn:
        return roleText(row.role);
    case OpenColumn:
        return m_open.value(row.id);
    default:
        return {};
    }
}

QVariant VideoListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QString titles[] = {tr("Video"), tr("Subject"), tr("Role"), tr("Open")};
    return section >= 0 && section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

} // namespace telltale
