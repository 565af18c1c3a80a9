// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/raster.h"
#include <numbers>

namespace telltale::synth {
namespace {

struct Gradient {
    float dx = 0;
    float dy = 0;
    float at = 0; ///< value at pixel (0, 0)
};

/// A plane through three values over the triangle.
Gradient gradientOf(
    const Corner& a, const Corner& b, const Corner& c, float area, float va, float vb, float vc)
{
    Gradient g;
    g.dx = ((vb - va) * (c.y - a.y) - (vc - va) * (b.y - a.y)) / area;
    g.dy = ((vc - va) * (b.x - a.x) - (vb - va) * (c.x - a.x)) / area;
    g.at = va - g.dx * a.x - g.dy * a.y;
    return g;
}

struct Spans {
    Gradient z;
    Gradient light;
    Gradient gloss;
    Gradient u;
    Gradient v;
};

void drawRow(const Canvas& canvas, const Texture& texture, const Spans& s, int y, int from, int to)
{
    const float py = static_cast<float>(y) + 0.5f;
    const float px = static_cast<float>(from) + 0.5f;
    const auto start = [&](const Gradient& g) { return g.at + g.dx * px + g.dy * py; };
    float z = start(s.z);
    float light = start(s.light);
    float gloss = start(s.gloss);
    float u = start(s.u);
    float v = start(s.v);
    const auto row = static_cast<size_t>(y) * static_cast<size_t>(canvas.width);
    float* depth = canvas.depth + row;
    uint8_t* pixels = canvas.bgra + row * 4;
    const int mask = texture.side() - 1;
    for (int x = from; x < to; ++x) {
        if (z < depth[x]) {
            depth[x] = z;
            const int tu = static_cast<int>(u) & mask;
            const int tv = static_cast<int>(v) & mask;
            const int place = (tv << texture.bits) + tu;
            const uint32_t texel = texture.texels[static_cast<size_t>(place)];
            const int k = static_cast<int>(light);
            const int add = static_cast<int>(gloss);
            uint8_t* pixel = pixels + static_cast<std::ptrdiff_t>(x) * 4;
            pixel[0] = static_cast<uint8_t>(std::min(255, ((static_cast<int>(texel & 0xff) * k) >> 8) + add));
            pixel[1]
                = static_cast<uint8_t>(std::min(255, ((static_cast<int>(texel >> 8 & 0xff) * k) >> 8) + add));
            pixel[2] = static_cast<uint8_t>(
                std::min(255, ((static_cast<int>(texel >> 16 & 0xff) * k) >> 8) + add));
        }
        z += s.z.dx;
        light += s.light.dx;
        gloss += s.gloss.dx;
        u += s.u.dx;
        v += s.v.dx;
    }
}

} // namespace

void drawTriangle(
    const Canvas& canvas, const Texture& texture, const Corner& a, const Corner& b, const Corner& c)
{
    const float area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    if (std::abs(area) < 1e-3f)
        return;
    const float top = std::max(0.0f, std::min({a.y, b.y, c.y}));
    const float bottom = std::min(static_cast<float>(canvas.height), std::max({a.y, b.y, c.y}));
    const int firstRow = static_cast<int>(std::ceil(top - 0.5f));
    const int lastRow = static_cast<int>(std::ceil(bottom - 0.5f));
    if (firstRow >= lastRow)
        return;
    const auto gradient = [&](float va, float vb, float vc) { return gradientOf(a, b, c, area, va, vb, vc); };
    const auto side = static_cast<float>(texture.side());
    // Texture coordinates are moved up so that the conversion to int always rounds down.
    const float lift = 64 * side;
    const Spans spans{gradient(a.z, b.z, c.z), gradient(a.light * 256, b.light * 256, c.light * 256),
        gradient(a.gloss, b.gloss, c.gloss),
        gradient(a.u * side + lift, b.u * side + lift, c.u * side + lift),
        gradient(a.v * side + lift, b.v * side + lift, c.v * side + lift)};
    const Corner* corners[] = {&a, &b, &c, &a};
    for (int y = firstRow; y < lastRow; ++y) {
        const float py = static_cast<float>(y) + 0.5f;
        float low = 1e9f;
        float high = -1e9f;
        for (int e = 0; e < 3; ++e) {
            const Corner& p = *corners[e];
            const Corner& q = *corners[e + 1];
            if ((p.y <= py) == (q.y <= py))
                continue;
            const float x = p.x + (q.x - p.x) * (py - p.y) / (q.y - p.y);
            low = std::min(low, x);
            high = std::max(high, x);
        }
        const int from = std::max(0, static_cast<int>(std::ceil(std::max(low, -1.0f) - 0.5f)));
        const int to = std::min(canvas.width,
            static_cast<int>(std::ceil(std::min(high, static_cast<float>(canvas.width)) - 0.5f)));
        if (from < to)
            drawRow(canvas, texture, spans, y, from, to);
    }
}

Corner Painter::corner(
    const Vec3& point, const Vec3& normal, float u, float v, float shade, const Finish& finish) const
{
    const Vec3 p = m_camera.project(point);
    const double facing = dot(normal, m_light.towards);
    // Half-Lambert: soft like a room with white walls.
    const double soft = 0.5 + 0.5 * facing;
    const double light = m_light.ambient * (0.8 + 0.2 * normal.y) + (1.15 - m_light.ambient) * soft * soft;
    double shine = 0;
    if (finish.gloss > 0) {
        const double h = std::max(0.0, dot(normal, m_half));
        const double h4 = h * h * h * h;
        shine = finish.gloss * h4 * h4 * h4;
    }
    return {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z),
        static_cast<float>(std::clamp(light * shade, 0.02, 1.9)), static_cast<float>(shine * shade), u, v};
}

void Painter::mesh(int rows, int columns, const Finish& finish)
{
    for (int r = 0; r + 1 < rows; ++r)
        for (int c = 0; c + 1 < columns; ++c) {
            const Corner* p = m_corners.data() + static_cast<std::ptrdiff_t>(r) * columns + c;
            const Corner* q = p + columns;
            drawTriangle(m_canvas, *finish.texture, p[0], p[1], q[1]);
            drawTriangle(m_canvas, *finish.texture, p[0], q[1], q[0]);
        }
}

void Painter::tube(const std::vector<Ring>& rings, int segments, float repeats, const Finish& finish)
{
    m_corners.clear();
    for (const Ring& ring : rings) {
        const double aa = std::max(1e-8, dot(ring.a, ring.a));
        const double bb = std::max(1e-8, dot(ring.b, ring.b));
        for (int i = 0; i <= segments; ++i) {
            const double angle = 2 * std::numbers::pi * i / segments;
            const double c = std::cos(angle);
            const double s = std::sin(angle);
            const Vec3 normal = unit(ring.a * (c / aa) + ring.b * (s / bb));
            m_corners.push_back(corner(ring.centre + ring.a * c + ring.b * s, normal,
                repeats * static_cast<float>(i) / static_cast<float>(segments), ring.v, ring.shade, finish));
        }
    }
    mesh(static_cast<int>(rings.size()), segments + 1, finish);
}

void Painter::grid(
    const Grid& surface, const Mat3& axes, const Vec3& origin, const Vec3& scale, const Finish& finish)
{
    m_corners.clear();
    for (size_t i = 0; i < surface.points.size(); ++i)
        m_corners.push_back(corner(origin + axes * scaled(surface.points[i], scale),
            axes * surface.normals[i], surface.u[i], surface.v[i], 1, finish));
    mesh(surface.rows, surface.columns, finish);
}

void Painter::ellipsoid(const Vec3& centre, const Mat3& axes, const Vec3& radii, const Finish& finish)
{
    constexpr int kRows = 9;
    constexpr int kColumns = 13;
    m_corners.clear();
    for (int r = 0; r < kRows; ++r)
        for (int c = 0; c < kColumns; ++c) {
            const double up = std::numbers::pi * (static_cast<double>(r) / (kRows - 1) - 0.5);
            const double around = 2 * std::numbers::pi * c / (kColumns - 1);
            const Vec3 n{std::cos(up) * std::sin(around), std::sin(up), std::cos(up) * std::cos(around)};
            m_corners.push_back(corner(centre + axes * scaled(n, radii),
                unit(axes * Vec3{n.x / radii.x, n.y / radii.y, n.z / radii.z}),
                static_cast<float>(c) / (kColumns - 1), static_cast<float>(r) / (kRows - 1), 1, finish));
        }
    mesh(kRows, kColumns, finish);
}

void Painter::panel(const Vec3& origin, const Vec3& right, const Vec3& down, const Vec3& normal,
    const Finish& finish, double repeatsRight, double repeatsDown)
{
    constexpr int kCells = 12;
    m_corners.clear();
    for (int r = 0; r <= kCells; ++r)
        for (int c = 0; c <= kCells; ++c) {
            const double s = static_cast<double>(c) / kCells;
            const double t = static_cast<double>(r) / kCells;
            m_corners.push_back(corner(origin + right * s + down * t, normal,
                static_cast<float>(s * repeatsRight), static_cast<float>(t * repeatsDown), 1, finish));
        }
    mesh(kCells + 1, kCells + 1, finish);
}

void Painter::box(const Vec3& centre, const Vec3& half, const Finish& finish, double tile)
{
    const Vec3 size = half * 2;
    const auto face = [&](const Vec3& from, const Vec3& right, const Vec3& down, const Vec3& normal) {
        panel(from, right, down, normal, finish, length(right) / tile, length(down) / tile);
    };
    const Vec3 low = centre - half;
    const Vec3 high = centre + half;
    face({low.x, high.y, high.z}, {size.x, 0, 0}, {0, -size.y, 0}, {0, 0, 1});
    face({low.x, high.y, low.z}, {size.x, 0, 0}, {0, 0, size.z}, {0, 1, 0});
    face({low.x, high.y, low.z}, {0, 0, size.z}, {0, -size.y, 0}, {-1, 0, 0});
    face({high.x, high.y, high.z}, {0, 0, -size.z}, {0, -size.y, 0}, {1, 0, 0});
    face({low.x, low.y, low.z}, {size.x, 0, 0}, {0, 0, size.z}, {0, -1, 0});
}

} // namespace telltale::synth
