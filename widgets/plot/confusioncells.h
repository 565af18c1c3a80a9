// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/confusion.h"
#include "widgets/plot/plotstyle.h"
#include <optional>
#include <vector>

namespace telltale {

/// Where a cell stands on the axes, not which classes it is of.
struct CellPlace {
    int panel = 0;
    int row = 0;
    int column = 0;
    bool operator==(const CellPlace&) const = default;
};

/// The cells of one matrix in the order of the axes, drawn plainly: a plot item for each would cost a
/// hundred times as much.
class ConfusionCells : public QCPAbstractPlottable {
public:
    ConfusionCells(QCPAxis* x, QCPAxis* y);

    ConfusionValues values; ///< that are written; square
    ConfusionValues shares; ///< that colour, in [0, 1], of a difference in [-1, 1]
    bool percent = false; ///< values are shares
    bool difference = false;
    std::vector<int> breaks; ///< rows and columns with a line before them
    QPalette palette;
    QFont font;

    int size() const { return static_cast<int>(values.size()); }
    QRect cell(int row, int column) const;
    std::optional<std::pair<int, int>> cellAt(const QPointF& position) const; ///< row, column
    QString number(int row, int column) const; ///< as it is written; empty for nothing and for zero

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override { return range(found); }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        return range(found);
    }

protected:
    QCPRange range(bool& found) const;
    void drawLegendIcon(QCPPainter*, const QRectF&) const override { }
    void draw(QCPPainter* painter) override;

private:
    QColor fillOf(int row, int column) const;
    void drawNumbers(QCPPainter* painter) const;
    void drawBreaks(QCPPainter* painter) const;
};

/// Frames around the cell under the mouse and the one that has the keyboard, on a layer of their own.
class CellFrames : public QCPLayerable {
public:
    CellFrames(QCustomPlot* plot, const QString& layer) : QCPLayerable(plot, layer) { }
    std::vector<const ConfusionCells*> panels;
    std::optional<CellPlace> hover;
    std::optional<CellPlace> focus; ///< while the keyboard is here

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override;
};

} // namespace telltale
