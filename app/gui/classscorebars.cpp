// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/classscorebars.h"
#include "widgets/colors.h"
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>

namespace telltale {

ClassScoreBars::ClassScoreBars(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("F1 per class"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ClassScoreBars::setRows(std::vector<Row> rows)
{
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    const QLocale locale;
    QStringList lines;
    for (const Row& row : m_rows)
        lines.append(tr("%1: now %2, new %3")
                         .arg(row.name, locale.toString(row.now, 'f', 2), locale.toString(row.next, 'f', 2)));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    if (resized)
        updateGeometry();
    update();
}

int ClassScoreBars::rowHeight() const { return fontMetrics().height() + 4; }

QSize ClassScoreBars::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, rowHeight() * static_cast<int>(m_rows.size())};
}

void ClassScoreBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    const QLocale locale;
    const int number = metrics.horizontalAdvance(QStringLiteral("+0.00 ")) + 6;
    int names = 0;
    for (const Row& row : m_rows)
        names = std::max(names, metrics.horizontalAdvance(row.name));
    names = std::min(names, width() * 2 / 5);
    const int left = names + 8;
    const int room = std::max(10, width() - left - number);
    const QColor ink = palette().color(QPalette::WindowText);
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const int top = static_cast<int>(i) * rowHeight();
        const QRect text(0, top, names, rowHeight());
        painter.setPen(ink);
        painter.drawText(
            text, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(row.name, Qt::ElideRight, names));
        const QRect track(left, top + 3, room, rowHeight() - 6);
        painter.fillRect(track, palette().color(QPalette::AlternateBase));
        painter.fillRect(QRect(track.topLeft(), QSize(qRound(row.next * room), track.height())), row.color);
        const int now = left + qRound(row.now * (room - 2));
        painter.fillRect(QRect(now, top + 1, 2, rowHeight() - 2), ink);
        const double change = row.next - row.now;
        painter.setPen(quietText(palette()));
        painter.drawText(QRect(left + room + 4, top, number, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
            (change > 0 ? QStringLiteral("+") : QString()) + locale.toString(change, 'f', 2));
    }
}

void ClassScoreBars::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace telltale
