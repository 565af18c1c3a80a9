// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/cmpl/changesmodel.h"
#include "app/gui/cmpl/roundtexts.h"
#include "widgets/models/texts.h"
#include <cmath>

namespace telltale {

void ChangesModel::setItems(const Document* document, std::vector<RoundChangeItem> items)
{
    if (document == m_document && items == m_items) { // who is on a row stays there
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_document = document;
    m_items = std::move(items);
    filter();
    endResetModel();
}

void ChangesModel::setKinds(std::set<RoundChange> kinds)
{
    beginResetModel();
    m_kinds = std::move(kinds);
    filter();
    endResetModel();
}

void ChangesModel::filter()
{
    m_rows.clear();
    for (size_t i = 0; i < m_items.size(); ++i)
        if (m_kinds.contains(m_items[i].change))
            m_rows.push_back(i);
}

int ChangesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ChangesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ChangesModel::whatText(const RoundChangeItem& item) const
{
    const LabelScheme& scheme = m_document->scheme();
    const QString after = classText(scheme, item.classAfter);
    if (item.change == RoundChange::Relabelled)
        return tr("%1 \u2192 %2").arg(classText(scheme, item.classBefore), after);
    return item.change == RoundChange::Dropped ? classText(scheme, item.classBefore) : after;
}

QString ChangesModel::whereText(const RoundChangeItem& item) const
{
    const VideoEntry* video = m_document->video(item.videoId);
    if (!video)
        return {};
    const double fps = video->fps > 0 ? video->fps : 25;
    const MediaTime time(std::llround(static_cast<double>(item.span.first) / fps * 1e6));
    return tr("%1, %2").arg(QString::fromStdString(video->name), clockText(time));
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_document)
        return {};
    const RoundChangeItem& one = item(index.row());
    const bool what = index.column() == WhatColumn;
    const int shown = one.change == RoundChange::Dropped ? one.classBefore : one.classAfter;
    switch (role) {
    case Qt::DisplayRole:
        return what ? changeSign(one.change) + QLatin1Char(' ') + whatText(one) : whereText(one);
    case Qt::DecorationRole:
        return what ? classDecoration(m_document->scheme(), shown) : QVariant();
    case Qt::AccessibleTextRole:
        return what ? changeName(one.change) + QLatin1Char(' ') + whatText(one) : whereText(one);
    case Qt::ToolTipRole:
        return tr("%1: %2, %3, frames %4 to %5%6")
            .arg(changeName(one.change), whatText(one), whereText(one))
            .arg(one.span.first)
            .arg(one.span.last - 1)
            .arg(one.annotation > 0 ? QString() : tr("; the project has no span there any more"));
    default:
        return {};
    }
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == WhatColumn ? tr("Pseudo-label") : tr("Where");
}

} // namespace telltale
