// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/texture.h"
#include <cstdint>

namespace telltale::synth {

/// A picture under construction with the distance of each pixel from the camera.
struct Canvas {
    int width = 0;
    int height = 0;
    uint8_t* bgra = nullptr; ///< width * height * 4
    float* depth = nullptr; ///< width * height, metres
};

/// A corner after projection.
struct Corner {
    float x = 0; ///< pixels
    float y = 0;
    float z = 0; ///< metres from the camera
    float light = 1; ///< factor on the texture
    float gloss = 0; ///< added, 0 to 255
    float u = 0; ///< texture, 1 = one repeat
    float v = 0;
};

/// Draws the triangle where it is nearer than what is there. Either winding.
void drawTriangle(
    const Canvas& canvas, const Texture& texture, const Corner& a, const Corner& b, const Corner& c);

/// How a surface answers the light.
struct Finish {
    const Texture* texture = nullptr;
    float gloss = 0; ///< strength of the highlight, 0 to 255
};

struct Light {
    Vec3 towards{0, 1, 0};
    double ambient = 0.4;
};

/// A cross-section of a tube: ellipse with half axes a and b.
struct Ring {
    Vec3 centre;
    Vec3 a;
    Vec3 b;
    float v = 0; ///< texture
    float shade = 1; ///< darker where light does not get to
};

/// A surface of rows x columns points (columns wrap around).
struct Grid {
    int rows = 0;
    int columns = 0;
    std::vector<Vec3> points;
    std::vector<Vec3> normals;
    std::vector<float> u;
    std::vector<float> v;
};

/// Draws world-space surfaces into a canvas through a camera. Belongs to one thread.
class Painter {
public:
    Painter(const Canvas& canvas, const Camera& camera, const Light& light)
        : m_canvas(canvas)
        , m_camera(camera)
        , m_light(light)
        , m_half(unit(light.towards + camera.axes.z))
    {
    }

    /// A skin over the rings with `segments` corners each; `repeats` texture tiles around.
    void tube(const std::vector<Ring>& rings, int segments, float repeats, const Finish& finish);
    /// `place` = axes * scale; the normals need only the axes.
    void grid(
        const Grid& grid, const Mat3& axes, const Vec3& origin, const Vec3& scale, const Finish& finish);
    void ellipsoid(const Vec3& centre, const Mat3& axes, const Vec3& radii, const Finish& finish);
    /// Faces of a box, `tile` metres per texture repeat.
    void box(const Vec3& centre, const Vec3& half, const Finish& finish, double tile = 0.5);
    /// Parallelogram from `corner` along two sides, the texture once over it.
    void panel(const Vec3& corner, const Vec3& right, const Vec3& down, const Vec3& normal,
        const Finish& finish, double repeatsRight = 1, double repeatsDown = 1);

    const Canvas& canvas() const { return m_canvas; }

private:
    Corner corner(
        const Vec3& point, const Vec3& normal, float u, float v, float shade, const Finish& finish) const;
    void mesh(int rows, int columns, const Finish& finish);

    Canvas m_canvas;
    const Camera& m_camera;
    Light m_light;
    Vec3 m_half; ///< between the light and the viewer
    std::vector<Corner> m_corners; ///< kept between calls
};

} // namespace telltale::synth
