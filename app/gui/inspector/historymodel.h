// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include <QAbstractTableModel>
#include <vector>

namespace telltale {

/// The log of a project as a table, newest first.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Time, Person, What, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /// As Document::history() gives them.
    void setEntries(std::vector<HistoryEntry> entries);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<HistoryEntry> m_entries;
};

} // namespace telltale
