// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/pixelcanvas.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr int kOpaque = 256;
constexpr double kLeastSoft = 1.5; // pixels; less is a hard edge

/// How much of the pixel [y, y + 1) lies below `edge`, both in 256ths.
int coveredBelow(int edge, int y) { return std::clamp(y + kOpaque - edge, 0, kOpaque); }

/// For each radius from 0 to `most` the share of each pixel of a corner's square that belongs to the box, row
/// by row from the corner, in 256ths.
std::vector<std::vector<int>> cornersOf(int most)
{
    std::vector<std::vector<int>> corners(static_cast<size_t>(most) + 1);
    for (int radius = 1; radius <= most; ++radius)
        for (int y = 0; y < radius; ++y)
            for (int x = 0; x < radius; ++x) {
                const double away = std::hypot(radius - x - 0.5, radius - y - 0.5);
                corners[static_cast<size_t>(radius)].push_back(
                    static_cast<int>(std::clamp(radius - away + 0.5, 0.0, 1.0) * kOpaque));
            }
    return corners;
}

} // namespace

struct PixelCanvas::Place {
    int left; ///< of the nominal box
    int right;
    int top;
    int bottom;
    int from; ///< columns that are drawn, clipped
    int to;
    bool softLeft;
    bool softRight;
    bool soft() const { return softLeft || softRight; }
};

PixelCanvas::PixelCanvas(QImage& image, double pixelRatio, double em, const QRectF& clip)
    : m_bits(image.bits())
    , m_stride(image.bytesPerLine())
    , m_ratio(pixelRatio)
    , m_unit(std::max(1, static_cast<int>(std::lround(pixelRatio))))
    , m_period(std::max(4, static_cast<int>(std::lround(em * 0.42 * pixelRatio))))
    , m_radius(std::max(1, static_cast<int>(std::lround(em * 0.18 * pixelRatio))))
    , m_markSide(std::max(4, static_cast<int>(std::lround(em * 0.42 * pixelRatio))))
    , m_bandHeight(std::max(2, static_cast<int>(std::lround(em * 0.2 * pixelRatio))))
    , m_corners(cornersOf(m_radius))
    , m_left(std::clamp(toPixel(clip.left()), 0, image.width()))
    , m_right(std::clamp(toPixel(clip.right()), m_left, image.width()))
    , m_top(std::clamp(toPixel(clip.top()), 0, image.height()))
    , m_bottom(std::clamp(toPixel(clip.bottom()), m_top, image.height()))
{
}

int PixelCanvas::toPixel(double value) const
{
    return static_cast<int>(std::lround(std::clamp(value * m_ratio, -1e8, 1e8)));
}

void PixelCanvas::columns(double top, double bottom, const std::vector<QRgb>& colors)
{
    const int first = std::max(m_top, toPixel(top));
    const int last = std::min(m_bottom, toPixel(bottom));
    const int count = std::min(columnCount(), static_cast<int>(colors.size()));
    for (int x = 0; x < count;) {
        if (colors[static_cast<size_t>(x)] == 0) {
            ++x;
            continue;
        }
        const int begin = x;
        while (x < count && colors[static_cast<size_t>(x)] != 0)
            ++x;
        for (int y = first; y < last; ++y)
            std::copy(colors.begin() + begin, colors.begin() + x, lineAt(y) + m_left + begin);
    }
}

void PixelCanvas::box(const QRectF& box, const BoxLook& look)
{
    Place place{};
    place.left = toPixel(box.left());
    place.right = std::max(place.left + 1, toPixel(box.right()));
    place.top = toPixel(box.top());
    place.bottom = toPixel(box.bottom());
    // The uncertainty may reach to the middle of the box at most, or nothing of it would be sure.
    const double most = (place.right - place.left) * 0.5;
    const double softLeft = std::min(look.softStart * m_ratio, most);
    const double softRight = std::min(look.softEnd * m_ratio, most);
    place.softLeft = softLeft >= kLeastSoft;
    place.softRight = softRight >= kLeastSoft;
    place.from = std::max(m_left, place.left - (place.softLeft ? static_cast<int>(std::ceil(softLeft)) : 0));
    place.to
        = std::min(m_right, place.right + (place.softRight ? static_cast<int>(std::ceil(softRight)) : 0));
    if (place.from >= place.to)
        return;
    if (place.soft()) {
        m_alpha.assign(static_cast<size_t>(place.to - place.from), kOpaque);
        for (int x = place.from; x < place.to; ++x) {
            const double middle = x + 0.5;
            const double comes = place.softLeft ? (middle - place.left + softLeft) / (2 * softLeft) : 1;
            const double goes = place.softRight ? (place.right + softRight - middle) / (2 * softRight) : 1;
            m_alpha[static_cast<size_t>(x - place.from)]
                = static_cast<int>(std::clamp(std::min(comes, goes), 0.0, 1.0) * kOpaque);
        }
    }
    for (int y = std::max(m_top, place.top); y < std::min(m_bottom, place.bottom); ++y) {
        QRgb* line = lineAt(y);
        const int fromEdge = std::min(y - place.top, place.bottom - 1 - y);
        // All of what lies under the row is needed again, or what lies under its corners, or nothing.
        const bool whole = place.soft() || (look.cut != 0 && y - place.top < m_markSide);
        const bool under = whole || fromEdge < m_radius;
        if (under)
            keepUnder(line, place, whole);
        fillRow(line, y, place, look);
        if (look.band != BoxLook::Band::None)
            drawBand(line, y, place, look);
        drawMarks(line, y, place, look);
        if (under)
            finishRow(line, y, place, look);
    }
}

void PixelCanvas::keepUnder(const QRgb* line, const Place& place, bool whole)
{
    const int count = place.to - place.from;
    if (m_under.size() < static_cast<size_t>(count))
        m_under.resize(static_cast<size_t>(count));
    const int part = whole ? count : std::min(count, m_radius);
    std::copy(line + place.from, line + place.from + part, m_under.begin());
    std::copy(line + place.to - part, line + place.to, m_under.begin() + (count - part));
}

void PixelCanvas::fillRow(QRgb* line, int y, const Place& place, const BoxLook& look) const
{
    const bool rim = y < place.top + m_unit || y >= place.bottom - m_unit;
    const auto dotted = [&](int x) { return look.dotted && ((x - place.left + y) / (2 * m_unit)) % 2 == 1; };
    if (rim && !look.dotted) {
        std::fill(line + place.from, line + place.to, look.edge);
        return;
    }
    std::fill(line + place.from, line + place.to, look.fill);
    if (rim) {
        for (int x = place.from; x < place.to; ++x)
            line[x] = dotted(x) ? look.fill : look.edge;
        return;
    }
    if (look.stripe != look.fill) {
        const int wide = std::max(1, m_period / 3);
        // Counted from the box, so that its stripes move along with it.
        int phase = (place.from - place.left + y - place.top) % m_period;
        phase += phase < 0 ? m_period : 0;
        for (int x = place.from; x < place.to; ++x) {
            if (phase < wide)
                line[x] = look.stripe;
            phase = phase + 1 == m_period ? 0 : phase + 1;
        }
    }
    // A soft edge has a broken line where the boundary is said to be.
    const auto upright = [&](int begin, bool soft) {
        for (int x = std::max(place.from, begin); x < std::min(place.to, begin + m_unit); ++x)
            if (!dotted(x) && !(soft && (y / (2 * m_unit)) % 2 == 0))
                line[x] = look.edge;
    };
    upright(place.left, place.softLeft);
    upright(place.right - m_unit, place.softRight);
}

void PixelCanvas::drawBand(QRgb* line, int y, const Place& place, const BoxLook& look) const
{
    const int lower = place.bottom - m_unit;
    const int row = y - (lower - m_bandHeight);
    if (row < 0 || y >= lower || place.bottom - place.top < 3 * m_bandHeight)
        return;
    const int begin = std::max(place.from, place.left + m_unit);
    const int end = std::min(place.to, place.right - m_unit);
    const int length = 4 * m_bandHeight; // of a dash and its gap
    for (int x = begin; x < end; ++x) {
        const int along = x - place.left;
        bool ink = false;
        switch (look.band) {
        case BoxLook::Band::None:
            break;
        case BoxLook::Band::Dashes:
            ink = along % length < length * 3 / 4;
            break;
        case BoxLook::Band::Dots:
            ink = along % (2 * m_bandHeight) < m_bandHeight;
            break;
        case BoxLook::Band::Teeth:
            ink = std::abs(along % (2 * m_bandHeight) - m_bandHeight) <= row;
            break;
        }
        line[x] = ink ? look.bandColor : look.bandBack;
    }
}

void PixelCanvas::drawMarks(QRgb* line, int y, const Place& place, const BoxLook& look) const
{
    const int side = std::min(m_markSide, (place.bottom - place.top) / 2);
    if (look.strike != 0) {
        const int middle = (place.top + place.bottom - m_unit) / 2;
        if (y >= middle && y < middle + m_unit)
            std::fill(line + place.from, line + place.to, look.strike);
    }
    const bool room = place.right - place.left >= side * 3 / 2;
    const int down = y - place.top;
    if (look.pennant != 0 && room && down < side * 5 / 4) {
        const int half = side * 5 / 8;
        const int length = (half - std::abs(down - half)) * 2;
        const int begin = place.left + side / 2;
        for (int x = std::max(place.from, begin); x < std::min(place.to, begin + length); ++x)
            line[x] = look.pennant;
    }
    if (look.cut != 0 && room && down <= side) {
        const int at = place.right - 1 - side + down; // the line from the upper edge to the right one
        for (int x = std::max(place.from, at); x < std::min(place.to, std::min(place.right, at + 2 * m_unit));
             ++x)
            line[x] = look.cut;
    }
}

void PixelCanvas::finishRow(QRgb* line, int y, const Place& place, const BoxLook& look) const
{
    const auto under = [&](int x) { return m_under[static_cast<size_t>(x - place.from)]; };
    const int side = std::min(m_markSide, (place.bottom - place.top) / 2);
    if (look.cut != 0 && place.right - place.left >= side * 3 / 2 && y - place.top < side)
        for (int x = std::max(place.from, place.right - 1 - side + (y - place.top) + 2 * m_unit);
             x < place.to; ++x)
            line[x] = under(x);
    const int fromEdge = std::min(y - place.top, place.bottom - 1 - y);
    const int radius = std::min({m_radius, (place.right - place.left) / 3, (place.bottom - place.top) / 3});
    if (fromEdge < radius) {
        const int* corner = m_corners[static_cast<size_t>(radius)].data() + fromEdge * radius;
        for (int i = 0; i < radius; ++i) {
            const auto round = [&](int x, bool soft) {
                if (!soft && x >= place.from && x < place.to)
                    line[x] = blended(under(x), corner[i] < kOpaque ? look.edge : line[x], corner[i]);
            };
            round(place.left + i, place.softLeft);
            if (look.cut == 0 || y - place.top >= radius)
                round(place.right - 1 - i, place.softRight);
        }
    }
    if (place.soft())
        for (int x = place.from; x < place.to; ++x)
            line[x] = blended(under(x), line[x], m_alpha[static_cast<size_t>(x - place.from)]);
}

void PixelCanvas::curve(
    const QRectF& rect, const std::vector<float>& low, const std::vector<float>& high, QRgb color, QRgb line)
{
    constexpr int kLight = 56; // 0.22 between the lowest and the highest
    constexpr int kFull = 100; // two of these, one over the other, below the lowest
    struct Column { // in 256ths of a pixel
        int upper;
        int lower;
        int lineTop;
        int lineBottom;
    };
    const auto count = std::min({static_cast<size_t>(columnCount()), low.size(), high.size()});
    const double bottom = rect.bottom() * m_ratio;
    const double height = rect.height() * m_ratio;
    const auto yOf = [bottom, height](float value) {
        return static_cast<int>(
            (bottom - static_cast<double>(std::clamp(value, 0.0F, 1.0F)) * height) * kOpaque);
    };
    m_columns.resize(count * sizeof(Column) / sizeof(int));
    auto* columns = reinterpret_cast<Column*>(m_columns.data());
    int highest = m_bottom * kOpaque;
    int before = count > 0 ? yOf(high[0]) : 0;
    int upper = before;
    for (size_t i = 0; i < count; ++i) {
        // Half of the way to either neighbour belongs to this column's piece of the line.
        const int next = yOf(high[i + 1 < count ? i + 1 : i]);
        const int left = (upper + before) / 2;
        const int right = (upper + next) / 2;
        columns[i] = {upper, yOf(low[i]), std::min({upper, left, right}) - m_unit * kOpaque / 2,
            std::max({upper, left, right}) + m_unit * kOpaque / 2};
        highest = std::min(highest, columns[i].lineTop);
        before = upper;
        upper = next;
    }
    const int lowest = std::min(m_bottom, toPixel(rect.bottom()));
    for (int y = std::max(m_top, highest / kOpaque); y < lowest; ++y) {
        QRgb* pixels = lineAt(y) + m_left;
        const int at = y * kOpaque;
        for (size_t i = 0; i < count; ++i) {
            const Column& column = columns[i];
            if (column.lineTop >= at + kOpaque)
                continue;
            const int area = (coveredBelow(column.upper, at) * kLight
                                 + coveredBelow(column.lower, at) * (kFull - kLight))
                / kOpaque;
            const int thin = coveredBelow(column.lineTop, at) - coveredBelow(column.lineBottom, at);
            const QRgb under = blended(pixels[i], color, area);
            pixels[i] = thin > 0 ? blended(under, line, thin) : under;
        }
    }
}

} // namespace telltale
