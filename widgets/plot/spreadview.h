// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/plot/plotview.h"
#include <QColor>
#include <vector>

namespace telltale {

/// How a figure spreads in groups, one below the other: a box over the middle half, a line through it at the
/// median, thin lines to the 5th and 95th percentile, and a bar below for the interval of the median. The
/// arrow keys walk through the rows and read them, Enter or a click chooses one. GUI thread.
class SpreadView : public PlotView {
    Q_OBJECT
public:
    struct Row {
        int id = 0;
        QString name;
        QColor color;
        QString text; ///< right of the row: "4.2 s (31)"
        QString note; ///< what pointer and keyboard read
        double fifth = 0;
        double quarter = 0;
        double median = 0;
        double threeQuarters = 0;
        double ninetyFifth = 0;
        double medianLow = 0;
        double medianHigh = 0;
    };
    explicit SpreadView(QWidget* parent = nullptr);
    ~SpreadView() override;

    void setFigure(const QString& key, const QString& title); ///< as PlotView::setFigure()
    /// From top to bottom. `axis`: what is measured, with its unit.
    void setRows(std::vector<Row> rows, const QString& axis);
    /// What is read where there are no rows.
    void setEmptyText(const QString& text);
    QString message() const;
    QString readout() const; ///< what is said of the current row; empty: none is
    const std::vector<Row>& rows() const;

    bool isEmpty() const override;
    QSize paperSize() const override;

signals:
    void rowChosen(int id);

protected:
    void drawFigure(QPaintDevice& device, QSize size) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    class Private;
    Private* d; // child object
};

} // namespace telltale
