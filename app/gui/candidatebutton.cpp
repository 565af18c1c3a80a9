// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/candidatebutton.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <algorithm>

namespace telltale {

CandidateButton::CandidateButton(const QString& key, QWidget* parent) : QAbstractButton(parent), m_key(key)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    offer({}, {}, {}, -1);
}

void CandidateButton::offer(const QString& name, const QString& longName, const QColor& color, double share)
{
    m_name = name;
    m_longName = longName;
    m_color = color;
    m_share = share;
    setEnabled(share >= 0);
    const QString key = m_key.isEmpty() ? tr("none") : m_key;
    const QString text = share >= 0 ? tr("%1, %2 (key %3)").arg(longName, percentText(share), key)
                                    : tr("No further candidate (key %1)").arg(key);
    setToolTip(text);
    setAccessibleName(text);
    update();
}

void CandidateButton::setKey(const QString& key)
{
    m_key = key;
    offer(m_name, m_longName, m_color, m_share);
}

QSize CandidateButton::sizeHint() const { return {180, fontMetrics().height() + 12}; }

void CandidateButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor base = palette().color(QPalette::Base);
    const bool hover = isEnabled() && (underMouse() || isDown());
    painter.setPen(hairline(palette()));
    painter.setBrush(hover ? mixed(base, palette().color(QPalette::Highlight), 0.14) : base);
    painter.drawRoundedRect(box, 4, 4);
    const int keyWidth
        = std::max(fontMetrics().horizontalAdvance(QLatin1Char('M')), fontMetrics().horizontalAdvance(m_key))
        + 10;
    const QRectF key(box.left() + 5, box.top() + 4, keyWidth, box.height() - 8);
    if (!m_key.isEmpty()) {
        painter.setBrush(palette().color(QPalette::Button));
        painter.drawRoundedRect(key, 3, 3);
        painter.setPen(isEnabled() ? palette().color(QPalette::ButtonText) : quietText(palette()));
        painter.drawText(key, Qt::AlignCenter, m_key);
    }
    if (m_share < 0) {
        painter.setPen(quietText(palette()));
        painter.drawText(QPointF(key.right() + 8, (height() + fontMetrics().ascent()) / 2.0 - 2), tr("none"));
        return;
    }
    QRectF content(key.right() + 8, box.top(), box.right() - key.right() - 14, box.height());
    const int percentWidth = fontMetrics().horizontalAdvance(percentText(1)) + 4;
    QRectF bar = content.adjusted(0, content.height() - 5, 0, -3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(hairline(palette()));
    painter.drawRoundedRect(bar, 1, 1);
    bar.setWidth(bar.width() * std::min(1.0, m_share));
    painter.setBrush(m_color);
    painter.drawRoundedRect(bar, 1, 1);
    content.adjust(0, 0, 0, -4);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(content, Qt::AlignRight | Qt::AlignVCenter, percentText(m_share));
    content.adjust(0, 0, -percentWidth, 0);
    painter.drawText(content, Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(m_name, Qt::ElideRight, static_cast<int>(content.width())));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4);
    }
}

} // namespace telltale
