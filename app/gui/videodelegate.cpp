// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/videodelegate.h"
#include "widgets/colors.h"
#include "widgets/models/videolistmodel.h"
#include <QApplication>
#include <QPainter>

namespace telltale {
namespace {

constexpr int kGap = 5;

/// The picture in a plate of one shape for all videos; an empty plate where there is none.
void paintPicture(QPainter& painter, const QRectF& plate, const QImage& picture, const QPalette& palette)
{
    painter.fillRect(plate, mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.14));
    if (picture.isNull())
        return;
    const QSizeF size = QSizeF(picture.size()).scaled(plate.size(), Qt::KeepAspectRatio);
    QRectF place(QPointF(), size);
    place.moveCenter(plate.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, picture);
}

QString aboutText(const QModelIndex& index)
{
    const QStringList parts{index.siblingAtColumn(VideoListModel::SubjectColumn).data().toString(),
        index.siblingAtColumn(VideoListModel::RoleColumn).data().toString(),
        index.data(VideoListModel::OfflineRole).toBool() ? VideoDelegate::tr("not there") : QString()};
    QStringList filled;
    for (const QString& part : parts)
        if (!part.isEmpty())
            filled.append(part);
    return filled.join(QStringLiteral(" \u00b7 "));
}

} // namespace

QSize VideoDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    return {plain.width(), pictureHeight(option.fontMetrics) + 2 * kGap};
}

void VideoDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString name = cell.text;
    cell.text.clear();
    const QWidget* widget = option.widget;
    const QStyle* style = widget ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, widget);
    painter->save();
    const double height = pictureHeight(option.fontMetrics);
    const QRectF room = QRectF(option.rect).adjusted(kGap, 0, -kGap, 0);
    const QRectF plate(room.left(), room.center().y() - height / 2, std::round(height * 1.6), height);
    paintPicture(*painter, plate, index.data(VideoListModel::PictureRole).value<QImage>(), cell.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ink = cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor ground = cell.palette.color(selected ? QPalette::Highlight : QPalette::Base);
    const QRectF text = room.adjusted(plate.width() + kGap * 1.6, 0, 0, 0);
    const QRectF upper(text.left(), plate.top(), text.width(), height / 2);
    painter->setFont(cell.font);
    painter->setPen(ink);
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(name, Qt::ElideMiddle, static_cast<int>(text.width())));
    painter->setPen(mixed(ink, ground, selected ? 0.2 : 0.38));
    painter->drawText(upper.translated(0, height / 2), Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(aboutText(index), Qt::ElideRight, static_cast<int>(text.width())));
    painter->restore();
}

} // namespace telltale
