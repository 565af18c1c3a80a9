// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/cmpl/pseudorounds.h"
#include <QAbstractTableModel>
#include <set>

namespace telltale {

/// Changes between two rounds, those of some kinds alone. A row: sign and classes, video and time.
class ChangesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    enum Column { WhatColumn, WhereColumn, ColumnCount };

    /// `document` may be null; it is asked for names only.
    void setItems(const Document* document, std::vector<RoundChangeItem> items);
    void setKinds(std::set<RoundChange> kinds);
    const RoundChangeItem& item(int row) const { return m_items[m_rows[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void filter();
    QString whatText(const RoundChangeItem& item) const;
    QString whereText(const RoundChangeItem& item) const;

    const Document* m_document = nullptr;
    std::vector<RoundChangeItem> m_items;
    std::set<RoundChange> m_kinds;
    std::vector<size_t> m_rows; ///< of m_items
};

} // namespace telltale
