// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <qcustomplot.h>
#include <vector>

namespace telltale {

/// A line through any number of points: only what the pixels can show is drawn (decimate.h), whatever is
/// zoomed to. A million points cost some milliseconds. The plot owns it.
class LongCurve : public QCPAbstractPlottable {
public:
    LongCurve(QCPAxis* keys, QCPAxis* values) : QCPAbstractPlottable(keys, values) { }
    /// `x` ascends; values that are not finite are gaps.
    void setPoints(std::vector<double> x, std::vector<double> y);

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    std::vector<double> m_x;
    std::vector<double> m_y;
};

} // namespace telltale
