// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QTableWidgetItem>

namespace telltale {

/// A cell that is sorted by a number where it has one, whatever its text says.
class OrderCell : public QTableWidgetItem {
public:
    static constexpr int kOrderRole = Qt::UserRole + 2;

    using QTableWidgetItem::QTableWidgetItem;
    bool operator<(const QTableWidgetItem& other) const override
    {
        const QVariant own = data(kOrderRole);
        return own.isValid() ? own.toDouble() < other.data(kOrderRole).toDouble()
                             : QTableWidgetItem::operator<(other);
    }
};

} // namespace telltale
