// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QImage>
#include <QRectF>
#include <vector>

namespace telltale {

/// How one box is drawn.
struct BoxLook {
    enum class Band { None, Dashes, Dots, Teeth };

    QRgb fill = 0;
    QRgb stripe = 0; ///< diagonal stripes over the fill; the same as `fill`: none
    QRgb edge = 0;
    QRgb strike = 0; ///< line through the middle; 0: none
    QRgb cut = 0; ///< the upper right corner is gone behind a line of this colour; 0: it is there
    QRgb pennant = 0; ///< at the upper left; 0: none
    bool dotted = false; ///< the outline
    Band band = Band::None; ///< along the lower edge
    QRgb bandColor = 0;
    QRgb bandBack = 0;
    double softStart = 0; ///< widget pixels over which the box comes, on either side of its edge
    double softEnd = 0;
};

/// `alpha` in [0, 256] of `over` on `under`; both opaque.
inline QRgb blended(QRgb under, QRgb over, int alpha)
{
    const auto a = static_cast<uint32_t>(alpha);
    const uint32_t b = 256 - a;
    const uint32_t redBlue = (((over & 0xff00ff) * a + (under & 0xff00ff) * b) >> 8) & 0xff00ff;
    const uint32_t green = (((over & 0x00ff00) * a + (under & 0x00ff00) * b) >> 8) & 0x00ff00;
    return 0xff000000 | redBlue | green;
}

/// Writes many small things straight into the pixels of an opaque 32-bit image, which is some ten times
/// quicker than a general painter: columns, boxes, curves. All places are in widget coordinates. Nobody else
/// paints on the image meanwhile.
class PixelCanvas {
public:
    /// Nothing outside `clip` is touched. `em`: height of the text, which patterns follow.
    PixelCanvas(QImage& image, double pixelRatio, double em, const QRectF& clip);

    int firstColumn() const { return m_left; } ///< in pixels of the image
    int columnCount() const { return m_right - m_left; }
    double pixelRatio() const { return m_ratio; }

    /// One colour for each column of the clip; 0 leaves it as it is.
    void columns(double top, double bottom, const std::vector<QRgb>& colors);
    void box(const QRectF& box, const BoxLook& look);
    /// Filled below, lightly between; one value in [0, 1] for each column of the clip up to `count`.
    void curve(const QRectF& rect, const std::vector<float>& low, const std::vector<float>& high, QRgb color,
        QRgb line);

private:
    struct Place; ///< of a box in pixels
    QRgb* lineAt(int y) const
    {
        return reinterpret_cast<QRgb*>(m_bits + static_cast<ptrdiff_t>(y) * m_stride);
    }
    int toPixel(double value) const;
    void keepUnder(const QRgb* line, const Place& place, bool whole);
    void fillRow(QRgb* line, int y, const Place& place, const BoxLook& look) const;
    void drawBand(QRgb* line, int y, const Place& place, const BoxLook& look) const;
    void drawMarks(QRgb* line, int y, const Place& place, const BoxLook& look) const;
    void finishRow(QRgb* line, int y, const Place& place, const BoxLook& look) const;

    uchar* m_bits;
    qsizetype m_stride;
    double m_ratio;
    int m_unit; ///< thickness of a thin line
    int m_period; ///< of stripes
    int m_radius;
    int m_markSide;
    int m_bandHeight;
    std::vector<std::vector<int>> m_corners; ///< by radius
    int m_left;
    int m_right;
    int m_top;
    int m_bottom;
    std::vector<QRgb> m_under; ///< what lay under the row that is being drawn
    std::vector<int> m_alpha; ///< of its columns
    std::vector<int> m_columns; ///< of the curve that is being drawn
};

} // namespace telltale
