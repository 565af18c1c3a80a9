// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/colors.h"
#include <QFontMetricsF>
#include <QLabel>
#include <QStackedWidget>
#include <qcustomplot.h>

namespace telltale {

/// Text height of `widget`: the unit of every length here.
inline double emOf(const QWidget& widget) { return QFontMetricsF(widget.font()).height(); }

/// Colours and fonts of `widget` on the plot: background, axes, tick labels, legend.
void applyStyle(QCustomPlot& plot, const QWidget& widget);
void applyStyle(QCPAxis& axis, const QWidget& widget);
/// An axis of names: no line, no tick marks, no grid.
void showNamesOnly(QCPAxis& axis);

/// The plot as lines and letters on a device of its own, `place` in its pixels; the plot stays as it is.
void drawPlot(QCustomPlot& plot, QPaintDevice& device, const QRect& place);

/// A line of secondary text above or below a plot.
QLabel* makeCaption(QWidget* parent);
/// Gives `label` the quiet text colour of `palette`; call again when the palette changes.
void makeQuiet(QLabel& label, const QPalette& palette);

/// Either the content or, while there is nothing to show, a sentence that says what is missing.
class ContentOrMessage : public QStackedWidget {
public:
    ContentOrMessage(QWidget* content, const QString& message, QWidget* parent);
    void setMessage(const QString& text) { m_message->setText(text); }
    void showContent(bool content) { setCurrentIndex(content ? 1 : 0); }
    QString message() const { return m_message->text(); }
    void restyle(const QPalette& palette) { makeQuiet(*m_message, palette); }

private:
    QLabel* m_message;
};

} // namespace telltale
