// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/historymodel.h"
#include <QDateTime>
#include <QLocale>

namespace telltale {
namespace {

QString timeText(const std::string& time)
{
    const QDateTime when
        = QDateTime::fromString(QString::fromStdString(time), Qt::ISODateWithMs).toLocalTime();
    const QLocale locale;
    return when.isValid() ? locale.toString(when.date(), QLocale::ShortFormat) + QLatin1Char(' ')
            + when.time().toString(QStringLiteral("HH:mm:ss"))
                          : QString::fromStdString(time);
}

} // namespace

void HistoryModel::setEntries(std::vector<HistoryEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const HistoryEntry& entry = m_entries[m_entries.size() - 1 - static_cast<size_t>(index.row())];
    switch (index.column()) {
    case Number:
        return static_cast<qlonglong>(entry.sequence);
    case Time:
        return timeText(entry.time);
    case Person:
        return QString::fromStdString(entry.annotator);
    default:
        break;
    }
    const QString what = commandText(entry.command);
    if (entry.kind == "undo")
        return tr("Undo: %1").arg(what);
    return entry.kind == "redo" ? tr("Redo: %1").arg(what) : what;
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QString names[] = {tr("No."), tr("Time"), tr("Who"), tr("What")};
    return section < ColumnCount ? names[section] : QVariant();
}

} // namespace telltale
