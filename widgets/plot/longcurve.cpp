// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/longcurve.h"
#include "widgets/plot/decimate.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

bool isIn(double value, QCP::SignDomain domain)
{
    return std::isfinite(value) && (domain == QCP::sdBoth || (domain == QCP::sdPositive) == (value > 0));
}

QCPRange rangeOf(const std::vector<double>& values, QCP::SignDomain domain, bool& found)
{
    QCPRange range;
    found = false;
    for (const double value : values) {
        if (!isIn(value, domain))
            continue;
        if (!found)
            range = {value, value};
        range.expand(value);
        found = true;
    }
    return range;
}

} // namespace

void LongCurve::setPoints(std::vector<double> x, std::vector<double> y)
{
    m_x = std::move(x);
    m_y = std::move(y);
}

QCPRange LongCurve::getKeyRange(bool& found, QCP::SignDomain domain) const
{
    return rangeOf(m_x, domain, found);
}

QCPRange LongCurve::getValueRange(bool& found, QCP::SignDomain domain, const QCPRange&) const
{
    return rangeOf(m_y, domain, found);
}

void LongCurve::draw(QCPPainter* painter)
{
    const QCPRange range = keyAxis()->range();
    const int columns = keyAxis()->orientation() == Qt::Horizontal ? keyAxis()->axisRect()->width()
                                                                   : keyAxis()->axisRect()->height();
    painter->setPen(pen());
    // A line of one pixel over a million points hides its steps; smoothing them costs most of the time.
    const bool dense = m_x.size() > static_cast<size_t>(columns) * 4;
    painter->setAntialiasing(!dense || painter->modes().testFlag(QCPPainter::pmVectorized));
    QPolygonF line;
    const auto flush = [&] {
        if (line.size() > 1)
            painter->drawPolyline(line);
        line.clear();
    };
    // A logarithmic axis has other columns: more of them than pixels is right there, too.
    const bool linear = keyAxis()->scaleType() == QCPAxis::stLinear;
    for (const size_t i : decimated(m_x, m_y, range.lower, range.upper, linear ? columns : columns * 16)) {
        if (std::isfinite(m_y[i]))
            line.append(coordsToPixels(m_x[i], m_y[i]));
        else
            flush();
    }
    flush();
}

void LongCurve::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const
{
    painter->setPen(pen());
    painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
}

} // namespace telltale
