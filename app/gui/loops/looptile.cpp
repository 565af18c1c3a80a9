// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/loops/looptile.h"
#include "widgets/colors.h"
#include <QAccessible>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int kRoom = 4; ///< around the picture, for frame and focus
constexpr QColor kGround(0x16, 0x18, 0x1c);

/// What a mark looks like. Blue and orange stay apart for every common kind of colour blindness, and the sign
/// says the same.
struct MarkStyle {
    QColor color;
    const char16_t* sign;
};
const MarkStyle kAccept{QColor(0x2f, 0x8f, 0xe0), u"\u2713"};
const MarkStyle kReject{QColor(0xe0, 0x7b, 0x1c), u"\u2715"};

} // namespace

LoopTile::LoopTile(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_Hover);
}

void LoopTile::setBadge(const QString& badge)
{
    m_badge = badge;
    tell();
}

void LoopTile::setCaption(const QString& caption, const QString& detail)
{
    m_caption = caption;
    m_detail = detail;
    tell();
}

void LoopTile::setLoop(std::shared_ptr<const Loop> loop, const QString& message)
{
    m_loop = std::move(loop);
    m_message = message;
    tell();
}

void LoopTile::setMark(Mark mark)
{
    if (std::exchange(m_mark, mark) == mark)
        return;
    tell();
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void LoopTile::tell()
{
    QStringList parts;
    for (const QString& part : {m_badge, m_caption, m_detail})
        if (!part.isEmpty())
            parts.append(part);
    if (m_mark != Mark::None)
        parts.append(m_mark == Mark::Accept ? tr("marked: accept") : tr("marked: reject"));
    if (!m_loop && !m_message.isEmpty())
        parts.append(m_message);
    setAccessibleName(parts.isEmpty() ? tr("no span") : parts.join(QStringLiteral(", ")));
    setToolTip(parts.join(QLatin1Char('\n')));
    update();
}

int LoopTile::shownPicture() const
{
    if (!m_loop || m_loop->pictures.empty())
        return -1;
    const auto count = static_cast<int>(m_loop->pictures.size());
    return std::clamp(static_cast<int>(m_phase * count), 0, count - 1);
}

void LoopTile::setPhase(double phase)
{
    const int before = shownPicture();
    m_phase = phase - std::floor(phase);
    if (shownPicture() != before)
        update(pictureRect());
}

void LoopTile::setPictureSize(const QSize& pixels)
{
    m_pixels = pixels;
    updateGeometry();
}

QSize LoopTile::sizeHint() const
{
    return m_pixels + QSize(2 * kRoom, 2 * kRoom + 2 * fontMetrics().height() + 2);
}

QSize LoopTile::minimumSizeHint() const
{
    return QSize(96, 72) + QSize(2 * kRoom, 2 * kRoom + 2 * fontMetrics().height() + 2);
}

QRect LoopTile::pictureRect() const
{
    const QRect room = rect().adjusted(kRoom, kRoom, -kRoom, -kRoom - 2 * fontMetrics().height() - 2);
    const QSize size = m_pixels.scaled(room.size(), Qt::KeepAspectRatio);
    return {room.left() + (room.width() - size.width()) / 2, room.top() + (room.height() - size.height()) / 2,
        size.width(), size.height()};
}

void LoopTile::paintPicture(QPainter& painter, const QRect& place) const
{
    const int shown = shownPicture();
    if (shown >= 0) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, m_loop->pictures[static_cast<size_t>(shown)]);
        return;
    }
    painter.fillRect(place, kGround);
    painter.setPen(QColor(0xc9, 0xcd, 0xd3));
    painter.drawText(place.adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_message);
}

void LoopTile::paintMark(QPainter& painter, const QRect& place) const
{
    if (m_mark == Mark::None)
        return;
    const MarkStyle& style = m_mark == Mark::Accept ? kAccept : kReject;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.color, 4));
    painter.drawRect(place.adjusted(2, 2, -2, -2));
    const int side = fontMetrics().height() * 3 / 2;
    const QRect sign(place.right() - side - 5, place.top() + 6, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.color);
    painter.drawEllipse(sign);
    painter.setPen(readableOn(style.color));
    painter.drawText(sign, Qt::AlignCenter, QString::fromUtf16(style.sign));
}

void LoopTile::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect place = pictureRect();
    if (!m_loop && m_message.isEmpty()) { // nothing belongs here
        painter.setPen(QPen(hairline(palette()), 1, Qt::DashLine));
        painter.drawRect(place);
        return;
    }
    paintPicture(painter, place);
    paintMark(painter, place);
    if (!m_badge.isEmpty()) {
        const int side = fontMetrics().height() * 3 / 2;
        const QRect key(place.left() + 6, place.top() + 6, side, side);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(kGround, 0.8));
        painter.drawRoundedRect(key, 4, 4);
        painter.setPen(Qt::white);
        painter.drawText(key, Qt::AlignCenter, m_badge);
    }
    const int line = fontMetrics().height();
    QRect text(kRoom, place.bottom() + 3, width() - 2 * kRoom, line);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignVCenter,
        fontMetrics().elidedText(m_caption, Qt::ElideRight, text.width()));
    text.translate(0, line);
    painter.setPen(quietText(palette()));
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignVCenter,
        fontMetrics().elidedText(m_detail, Qt::ElideMiddle, text.width()));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 4, 4);
    } else if (underMouse() && isEnabled()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(hairline(palette()));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void LoopTile::mouseReleaseEvent(QMouseEvent* event)
{
    const bool shifted = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier);
    if ((shifted || event->button() == Qt::RightButton) && hitButton(event->pos())) {
        setDown(false);
        emit rejected();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

} // namespace telltale
