// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/historymodel.h"
#include "app/gui/localtime.h"
#include <QLocale>
#include <array>

namespace telltale {
namespace {

/// Entries that are no steps have names here only.
struct OtherCommand {
    const char* command;
    const char* text;
};
constexpr std::array kOthers{
    OtherCommand{"create", QT_TRANSLATE_NOOP("telltale::HistoryModel", "Make the project")},
    OtherCommand{"conflict", QT_TRANSLATE_NOOP("telltale::HistoryModel", "Keep both versions of a conflict")},
    OtherCommand{"migrate", QT_TRANSLATE_NOOP("telltale::HistoryModel", "Bring the project up to date")},
    OtherCommand{"repair", QT_TRANSLATE_NOOP("telltale::HistoryModel", "Repair the project")}};

QString whatText(const std::string& command)
{
    for (const OtherCommand& other : kOthers)
        if (command == other.command)
            return HistoryModel::tr(other.text);
    return commandText(command);
}

QString timeText(const std::string& time, bool brief)
{
    const QDateTime when = localTimeOf(time);
    if (!when.isValid())
        return QString::fromStdString(time);
    return brief ? when.toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                 : QLocale().toString(when, QLocale::LongFormat);
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
        return timeText(entry.time, role == Qt::DisplayRole);
    case Person:
        return QString::fromStdString(entry.annotator);
    default:
        break;
    }
    const QString what = whatText(entry.command);
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
