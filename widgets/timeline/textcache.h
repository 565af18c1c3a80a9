// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QStaticText>

class QPainter;

namespace telltale {

/// Short texts that are drawn again and again in one font: laid out once, which takes longer than drawing
/// them.
class TextCache {
public:
    explicit TextCache(const QFont& font) : m_font(font), m_metrics(font) { }

    const QFont& font() const { return m_font; }
    const QFontMetricsF& metrics() const { return m_metrics; }
    double widthOf(const QString& text) { return laidOut(text, kWhole).width; }
    /// In one line from the left, in the middle of the height, cut with dots where there is no more room.
    /// The painter has the font.
    void draw(QPainter& painter, const QRectF& room, const QString& text);

private:
    static constexpr int kWhole = -1;
    struct Line {
        QStaticText text;
        double width = 0;
    };
    const Line& laidOut(const QString& text, int room);

    QFont m_font;
    QFontMetricsF m_metrics;
    QHash<std::pair<QString, int>, Line> m_lines; ///< by text and pixels of room
};

} // namespace telltale
