// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <QPointF>
#include <cmath>
#include <vector>

namespace telltale {

/// A point a class on two axes, with what was measured around it and a fitted curve. The pointer and the
/// arrow keys read the names, Enter or a click chooses a class. GUI thread.
class ClassPointsView : public PlotView {
    Q_OBJECT
public:
    struct Point {
        int classId = -1;
        QString name;
        QColor color;
        double x = 0;
        double y = 0;
        double low = std::nan(""); ///< ends of the interval of y; not a number: none
        double high = std::nan("");
        QString note; ///< what the pointer and the keyboard read
        bool hollow = false; ///< something is wrong with it
    };
    /// Between two values of x.
    struct Part {
        double from = 0;
        double to = 0;
        QString name;
        QColor color;
    };
    struct Axis {
        QString label;
        bool logarithmic = false; ///< points at 0 and below are then left out
        double low = 0; ///< low = high: as wide as the points
        double high = 0;
        bool whole = false; ///< whole numbers alone beside the axis
    };
    struct Figure {
        Axis x;
        Axis y;
        std::vector<Point> points; ///< in the order in which the keys walk
        std::vector<Part> parts;
        std::vector<QPointF> curve; ///< x ascends
        QString curveName;
        double mark = std::nan(""); ///< a line across at this y
        QString markName;
        QString caption; ///< below the plot: how to read it
    };
    explicit ClassPointsView(QWidget* parent = nullptr);
    void setFigure(const QString& key, const QString& title); ///< as PlotView::setFigure()
    void setContent(Figure figure);
    void setEmptyText(const QString& text);

    QString message() const; ///< what is read instead of points
    QString readout() const; ///< what is said of the current point
    QString caption() const;
    int shownPoints() const;
    /// Where the point of a class is drawn, outside the widget if it is not: tests, guides.
    QPoint placeOf(int classId) const;

    bool isEmpty() const override;
    QSize paperSize() const override { return {640, 420}; }

signals:
    void classClicked(int classId);

protected:
    void changeEvent(QEvent* event) override;
    void drawFigure(QPaintDevice& device, QSize size) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
