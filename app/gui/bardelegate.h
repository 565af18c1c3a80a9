// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QStyledItemDelegate>

namespace telltale {

/// Draws a share in [0, 1] as a bar behind the cell's text; a share below 0 draws no bar.
class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `role`: where the model keeps the share.
    BarDelegate(int role, QObject* parent);
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_role;
};

} // namespace telltale
