// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/plotstyle.h"
#include <QResizeEvent>
#include <algorithm>

namespace telltale {

void applyStyle(QCustomPlot& plot, const QWidget& widget)
{
    const QPalette& palette = widget.palette();
    plot.setBackground(palette.color(QPalette::Base));
    for (QCPAxisRect* rect : plot.axisRects())
        for (QCPAxis* axis : rect->axes())
            applyStyle(*axis, widget);
    if (plot.legend) {
        plot.legend->setFont(widget.font());
        plot.legend->setTextColor(palette.color(QPalette::Text));
        plot.legend->setBrush(Qt::NoBrush);
        plot.legend->setBorderPen(Qt::NoPen);
    }
}

void applyStyle(QCPAxis& axis, const QWidget& widget)
{
    const QPalette& palette = widget.palette();
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const double em = emOf(widget);
    const QPen line(mixed(base, text, 0.35), 1);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(line);
    axis.setSubTicks(false);
    axis.setTickLength(0, static_cast<int>(em * 0.25));
    axis.setTickLabelPadding(static_cast<int>(em * 0.35));
    axis.setLabelPadding(static_cast<int>(em * 0.25));
    axis.setTickLabelColor(mixed(text, base, 0.15));
    axis.setTickLabelFont(widget.font());
    axis.setLabelColor(quietText(palette));
    axis.setLabelFont(widget.font());
    axis.grid()->setPen(QPen(mixed(base, text, 0.12), 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

void showNamesOnly(QCPAxis& axis)
{
    axis.setBasePen(Qt::NoPen);
    axis.setTickPen(Qt::NoPen);
    axis.setTickLength(0, 0);
    axis.grid()->setVisible(false);
}

void drawPlot(QCustomPlot& plot, QPaintDevice& device, const QRect& place)
{
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.translate(place.topLeft());
    plot.toPainter(&painter, place.width(), place.height());
}

namespace {

/// Never lower than its words need at this width: a layout that is short of room takes it from the plot, not
/// from the lines below it.
class Caption : public QLabel {
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override
    {
        const QSize hint = QLabel::minimumSizeHint();
        return {hint.width(), std::max(hint.height(), heightForWidth(width()))};
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        if (event->size().width() != event->oldSize().width())
            updateGeometry();
    }
};

} // namespace

QLabel* makeCaption(QWidget* parent)
{
    auto* label = new Caption(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void makeQuiet(QLabel& label, const QPalette& palette)
{
    QPalette quiet = palette;
    quiet.setColor(QPalette::WindowText,
        mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.3));
    label.setPalette(quiet);
}

ContentOrMessage::ContentOrMessage(QWidget* content, const QString& message, QWidget* parent)
    : QStackedWidget(parent)
    , m_message(new QLabel(message, this))
{
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(static_cast<int>(emOf(*this)));
    addWidget(m_message);
    addWidget(content);
}

} // namespace telltale
