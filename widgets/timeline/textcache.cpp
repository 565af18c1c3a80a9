// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/textcache.h"
#include <QPainter>

namespace telltale {

namespace {

constexpr qsizetype kMostTexts = 4096;

} // namespace

const TextCache::Line& TextCache::laidOut(const QString& text, int room)
{
    const std::pair key(text, room);
    const auto known = m_lines.constFind(key);
    if (known != m_lines.cend())
        return *known;
    if (m_lines.size() >= kMostTexts)
        m_lines.clear();
    Line line;
    const QString shown = room == kWhole ? text : m_metrics.elidedText(text, Qt::ElideRight, room);
    line.width = m_metrics.horizontalAdvance(shown);
    line.text.setText(shown);
    line.text.setTextFormat(Qt::PlainText);
    line.text.setPerformanceHint(QStaticText::AggressiveCaching);
    line.text.prepare({}, m_font);
    return *m_lines.insert(key, line);
}

void TextCache::draw(QPainter& painter, const QRectF& room, const QString& text)
{
    const bool fits = laidOut(text, kWhole).width <= room.width();
    const Line& line = laidOut(text, fits ? kWhole : static_cast<int>(room.width()));
    const double top = room.center().y() - m_metrics.height() / 2;
    painter.drawStaticText(QPointF(room.left(), std::round(top)), line.text);
}

} // namespace telltale
