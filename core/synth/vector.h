// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <cmath>

namespace telltale::synth {

/// Metres. World: x to the right of the picture, y up, z towards the camera; a subject who faces the camera
/// has the left hand at +x. Body frames are the same with their own origin.
struct Vec3 {
    double x = 0;
    double y = 0;
    double z = 0;
};

constexpr Vec3 operator+(const Vec3& a, const Vec3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
constexpr Vec3 operator-(const Vec3& a, const Vec3& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
constexpr Vec3 operator*(const Vec3& a, double k) { return {a.x * k, a.y * k, a.z * k}; }
constexpr double dot(const Vec3& a, const Vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
constexpr Vec3 cross(const Vec3& a, const Vec3& b)
{
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(const Vec3& a) { return std::sqrt(dot(a, a)); }
inline Vec3 unit(const Vec3& a, const Vec3& otherwise = {0, 1, 0})
{
    const double l = length(a);
    return l > 1e-9 ? a * (1 / l) : otherwise;
}
constexpr Vec3 mix(const Vec3& a, const Vec3& b, double s) { return a + (b - a) * s; }
constexpr double mix(double a, double b, double s) { return a + (b - a) * s; }
/// Mirrors a vector that is written for the left side; side is +1 (left) or -1 (right).
constexpr Vec3 sided(const Vec3& a, double side) { return {a.x * side, a.y, a.z}; }
constexpr Vec3 scaled(const Vec3& a, const Vec3& k) { return {a.x * k.x, a.y * k.y, a.z * k.z}; }

/// Columns are the axes of a frame in its parent.
struct Mat3 {
    Vec3 x{1, 0, 0};
    Vec3 y{0, 1, 0};
    Vec3 z{0, 0, 1};
};

constexpr Vec3 operator*(const Mat3& m, const Vec3& v) { return m.x * v.x + m.y * v.y + m.z * v.z; }
constexpr Mat3 operator*(const Mat3& a, const Mat3& b) { return {a * b.x, a * b.y, a * b.z}; }
constexpr Vec3 inverseTimes(const Mat3& m, const Vec3& v) { return {dot(m.x, v), dot(m.y, v), dot(m.z, v)}; }

/// Turns by yaw (about y, to the subject's left), then pitch (about x, forwards), then roll (about z).
inline Mat3 rotation(double yaw, double pitch, double roll)
{
    const double cy = std::cos(yaw);
    const double sy = std::sin(yaw);
    const double cp = std::cos(pitch);
    const double sp = std::sin(pitch);
    const double cr = std::cos(roll);
    const double sr = std::sin(roll);
    const Mat3 aboutY{{cy, 0, -sy}, {0, 1, 0}, {sy, 0, cy}};
    const Mat3 aboutX{{1, 0, 0}, {0, cp, sp}, {0, -sp, cp}};
    const Mat3 aboutZ{{cr, sr, 0}, {-sr, cr, 0}, {0, 0, 1}};
    return aboutY * aboutX * aboutZ;
}

/// Frame with y along `main` and z as near to `second` as can be.
inline Mat3 frameOf(const Vec3& main, const Vec3& second)
{
    Mat3 m;
    m.y = unit(main);
    Vec3 z = second - m.y * dot(second, m.y);
    if (dot(z, z) < 1e-10)
        z = std::abs(m.y.x) < 0.9 ? Vec3{1, 0, 0} - m.y * m.y.x : Vec3{0, 0, 1} - m.y * m.y.z;
    m.z = unit(z);
    m.x = cross(m.y, m.z);
    return m;
}

/// Rests at both ends: position of a minimum-jerk movement at the fraction s of its time.
inline double minimumJerk(double s)
{
    s = std::clamp(s, 0.0, 1.0);
    return s * s * s * (10 + s * (6 * s - 15));
}

} // namespace telltale::synth
