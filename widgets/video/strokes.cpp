// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/video/strokes.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

/// The stretch of a row that a stroke may touch.
struct Reach {
    float left = 1e9f;
    float right = -1e9f;
    void add(float x)
    {
        left = std::min(left, x);
        right = std::max(right, x);
    }
};

/// A stroke, ready to be asked row by row.
class Capsule {
public:
    Capsule(const Stroke& stroke, float reach)
        : m_ax(static_cast<float>(stroke.from.x()))
        , m_ay(static_cast<float>(stroke.from.y()))
        , m_dx(static_cast<float>(stroke.to.x()) - m_ax)
        , m_dy(static_cast<float>(stroke.to.y()) - m_ay)
        , m_reach(reach)
    {
        const float square = m_dx * m_dx + m_dy * m_dy;
        m_inverse = square > 1e-6f ? 1 / square : 0;
        const float scale = square > 1e-6f ? reach / std::sqrt(square) : 0;
        const float nx = -m_dy * scale;
        const float ny = m_dx * scale;
        m_corners = {{{m_ax + nx, m_ay + ny}, {m_ax + m_dx + nx, m_ay + m_dy + ny},
            {m_ax + m_dx - nx, m_ay + m_dy - ny}, {m_ax - nx, m_ay - ny}}};
    }
    Reach reachAt(float y) const
    {
        Reach reach;
        for (const float end : {0.0f, 1.0f}) {
            const float off = y - (m_ay + end * m_dy);
            const float half = m_reach * m_reach - off * off;
            if (half < 0)
                continue;
            const float x = m_ax + end * m_dx;
            reach.add(x - std::sqrt(half));
            reach.add(x + std::sqrt(half));
        }
        for (size_t i = 0; i < m_corners.size(); ++i) {
            const auto& [x0, y0] = m_corners[i];
            const auto& [x1, y1] = m_corners[(i + 1) % m_corners.size()];
            if ((y0 <= y) != (y1 <= y))
                reach.add(x0 + (y - y0) / (y1 - y0) * (x1 - x0));
        }
        return reach;
    }
    float distance(float x, float y) const
    {
        const float px = x - m_ax;
        const float py = y - m_ay;
        const float t = std::clamp((px * m_dx + py * m_dy) * m_inverse, 0.0f, 1.0f);
        const float ox = px - t * m_dx;
        const float oy = py - t * m_dy;
        return std::sqrt(ox * ox + oy * oy);
    }

private:
    float m_ax, m_ay, m_dx, m_dy;
    float m_reach;
    float m_inverse;
    std::array<std::pair<float, float>, 4> m_corners;
};

/// `share` 256ths of `color`.
QRgb mixedIn(QRgb below, QRgb color, uint32_t share)
{
    const uint32_t keep = 256 - share;
    const uint32_t redBlue = ((below & 0xff00ffU) * keep + (color & 0xff00ffU) * share) >> 8;
    const uint32_t green = ((below & 0x00ff00U) * keep + (color & 0x00ff00U) * share) >> 8;
    return 0xff000000U | (redBlue & 0xff00ffU) | (green & 0x00ff00U);
}

} // namespace

void blendStroke(QImage& picture, const Stroke& stroke, QRgb color, double opacity)
{
    constexpr double kFurthest = 1e5; // points far outside are no reason to overflow
    const auto near
        = [](const QPointF& p) { return std::abs(p.x()) < kFurthest && std::abs(p.y()) < kFurthest; };
    if (!near(stroke.from) || !near(stroke.to) || opacity <= 0)
        return;
    const auto edge = static_cast<float>(stroke.radius + 0.5); // where nothing is covered any more
    const Capsule outside(stroke, edge);
    const Capsule inside(stroke, std::max(0.0f, edge - 1)); // everything is covered
    const auto strength = static_cast<float>(std::min(opacity, 1.0) * 256);
    const double top = std::min(stroke.from.y(), stroke.to.y()) - stroke.radius - 1;
    const double bottom = std::max(stroke.from.y(), stroke.to.y()) + stroke.radius + 1;
    const int first = std::max(0, static_cast<int>(std::floor(top)));
    const int last = std::min(picture.height() - 1, static_cast<int>(std::ceil(bottom)));
    for (int y = first; y <= last; ++y) {
        const float middle = static_cast<float>(y) + 0.5f;
        const Reach reach = outside.reachAt(middle);
        const Reach core = inside.reachAt(middle);
        const int left = std::max(0, static_cast<int>(std::floor(reach.left)));
        const int right = std::min(picture.width(), static_cast<int>(std::ceil(reach.right)) + 1);
        const int solid = std::clamp(static_cast<int>(std::ceil(core.left)), left, std::max(left, right));
        const int thin = std::clamp(static_cast<int>(std::floor(core.right)), solid, std::max(solid, right));
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        const auto rim = [&](int from, int to) {
            for (int x = from; x < to; ++x) {
                const float covered = edge - outside.distance(static_cast<float>(x) + 0.5f, middle);
                if (covered > 0)
                    line[x]
                        = mixedIn(line[x], color, static_cast<uint32_t>(std::min(covered, 1.0f) * strength));
            }
        };
        rim(left, solid);
        for (int x = solid; x < thin; ++x)
            line[x] = mixedIn(line[x], color, static_cast<uint32_t>(strength));
        rim(thin, right);
    }
}

} // namespace telltale
