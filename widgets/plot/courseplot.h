// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <QPoint>
#include <QString>
#include <vector>

namespace telltale {

/// Shares in [0, 1] over the epochs of a training, a line each; the pointer reads the numbers.
class CoursePlot : public PlotView {
    Q_OBJECT
public:
    struct Line {
        QString name;
        QColor color; ///< invalid: the next of the plot's own
        std::vector<double> values; ///< by epoch; what is not a number leaves a gap
        QStringList notes; ///< by epoch, a line more of what the pointer reads; may be empty
    };
    explicit CoursePlot(QWidget* parent = nullptr);
    /// `epochs` ascend and are as many as the values of each line. `quantity` names the vertical axis.
    void setLines(const std::vector<int>& epochs, std::vector<Line> lines, const QString& quantity);
    /// A line across at this epoch, with a word beside it; 0: none.
    void setMark(int epoch, const QString& text);
    QStringList shownLines() const; ///< in the order of the legend
    /// What the pointer reads there, and where a value is drawn (outside the widget if it is not): tests.
    QString readAt(const QPoint& position) const;
    QPoint placeOf(int line, int epoch) const;
    bool isEmpty() const override;

protected:
    void drawFigure(QPaintDevice& device, QSize size) override;
    void changeEvent(QEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
