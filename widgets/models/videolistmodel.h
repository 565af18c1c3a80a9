// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QAbstractTableModel>
#include <QHash>
#include <QImage>
#include <vector>

namespace telltale {

/// The project's videos with the number of spans that wait for a decision. GUI thread.
class VideoListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, SubjectColumn, RoleColumn, OpenColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1, OfflineRole, PictureRole };
    explicit VideoListModel(QObject* parent = nullptr);

    void setDocument(const Document* document); ///< null: empty
    void refresh(ChangeKinds kinds);
    void setPicture(int64_t videoId, const QImage& picture); ///< a small one; PictureRole
    int rowOf(int64_t videoId) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void countOpen();

    const Document* m_document = nullptr;
    std::vector<VideoEntry> m_rows;
    QHash<qint64, int> m_open;
    QHash<qint64, QImage> m_pictures;
};

} // namespace telltale
