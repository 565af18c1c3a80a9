// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/bardelegate.h"
#include "widgets/colors.h"
#include <QPainter>
#include <algorithm>

namespace telltale {

BarDelegate::BarDelegate(int role, QObject* parent) : QStyledItemDelegate(parent), m_role(role) { }

QSize BarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(12, 0);
}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    bool isNumber = false;
    const double share = index.data(m_role).toDouble(&isNumber);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (!isNumber || share < 0) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    const QWidget* widget = option.widget;
    const QStyle* style = widget ? widget->style() : nullptr;
    if (style)
        style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, widget);
    QRectF bar = QRectF(option.rect).adjusted(2, 3, -2, -3);
    bar.setWidth(bar.width() * std::min(1.0, share));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const QPalette::ColorRole ink = selected ? QPalette::HighlightedText : QPalette::Text;
    const QPalette::ColorRole fill = selected ? QPalette::HighlightedText : QPalette::Highlight;
    painter->setBrush(withAlpha(option.palette.color(fill), selected ? 0.25 : 0.38));
    painter->drawRoundedRect(bar, 2, 2);
    painter->setPen(option.palette.color(ink));
    painter->drawText(
        option.rect.adjusted(5, 0, -5, 0), Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    painter->restore();
}

} // namespace telltale
