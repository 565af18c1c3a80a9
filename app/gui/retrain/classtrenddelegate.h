// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QStyledItemDelegate>

class QAbstractItemView;

namespace telltale {

struct ClassTrend;

/// Paints a row of a ClassTrendModel: the name on as many lines as it takes, below it the curve over the
/// epochs from 0 to 1 with the heads in use as a dashed mark, and the figures.
class ClassTrendDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ClassTrendDelegate(QAbstractItemView* view);
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// What stands beside the curve: "0.80 → 0.71".
    static QString figures(const ClassTrend& trend);

private:
    int nameHeight(QFont font, const QString& name) const;

    QAbstractItemView* m_view;
};

} // namespace telltale
