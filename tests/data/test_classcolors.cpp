// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Whether classes can be told apart by their colours, also by people with red-green blindness.
#include "data/labelscheme.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace telltale;

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency" (2009): severity 1.0, applied to linear RGB.
constexpr Matrix kNobody{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix kProtanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

Triple linear(const std::string& color)
{
    Triple rgb{};
    for (size_t i = 0; i < 3; ++i) {
        const double c = std::stoi(color.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
        rgb[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return rgb;
}

Triple seenBy(const Matrix& eyes, const Triple& rgb)
{
    Triple seen{};
    for (size_t i = 0; i < 3; ++i)
        seen[i] = std::clamp(eyes[i][0] * rgb[0] + eyes[i][1] * rgb[1] + eyes[i][2] * rgb[2], 0.0, 1.0);
    return seen;
}

/// CIELAB under D65.
Triple lab(const Triple& rgb)
{
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    const double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
    const double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIE 1976 colour difference as these eyes see it; about 2.3 can just be noticed side by side.
double difference(const Matrix& eyes, const std::string& one, const std::string& other)
{
    const Triple a = lab(seenBy(eyes, linear(one)));
    const Triple b = lab(seenBy(eyes, linear(other)));
    return std::sqrt(
        (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
}

struct Least {
    double neighbours = 1e9;
    double any = 1e9;
};

Least leastOf(const std::vector<std::string>& colors)
{
    Least least;
    for (const Matrix& eyes : {kNobody, kProtanopia, kDeuteranopia})
        for (size_t i = 0; i < colors.size(); ++i)
            for (size_t j = 0; j < i; ++j) {
                const double apart = difference(eyes, colors[i], colors[j]);
                least.any = std::min(least.any, apart);
                if (i - j == 1)
                    least.neighbours = std::min(least.neighbours, apart);
            }
    return least;
}

std::vector<std::string> colorsOf(const LabelScheme& scheme)
{
    std::vector<std::string> colors;
    for (const LabelClass& each : scheme.classes)
        colors.push_back(each.color);
    return colors;
}

} // namespace

TEST(ClassColors, TheSimulationIsThatOfThePaper)
{
    // Grey stays grey for everybody: the rows of the matrices sum up to one.
    for (const Matrix& eyes : {kProtanopia, kDeuteranopia})
        for (const Triple& row : eyes)
            EXPECT_NEAR(row[0] + row[1] + row[2], 1, 2e-6);
    // Red and a green of the same lightness are far apart for most people and close without one of the cones.
    EXPECT_GT(difference(kNobody, "#c04040", "#5f7a20"), 60);
    EXPECT_LT(difference(kDeuteranopia, "#c04040", "#5f7a20"), 25);
}

TEST(ClassColors, ThirtyTwoClassesAreToldApartWithRedGreenBlindnessToo)
{
    std::vector<std::string> colors;
    for (int i = 0; i < 32; ++i)
        colors.push_back(defaultClassColor(i));
    const Least least = leastOf(colors);
    std::printf("least colour difference of 32 classes: neighbours %.1f, any two %.1f\n", least.neighbours,
        least.any);
    EXPECT_GT(least.neighbours, 40);
    EXPECT_GT(least.any, 10);
    EXPECT_EQ(defaultClassColor(32), defaultClassColor(0));
}

TEST(ClassColors, TheSchemesThatComeWithTheProgramUseThem)
{
    for (const char* name : {"smg", "imigue"}) {
        const auto scheme = loadLabelScheme(name);
        ASSERT_TRUE(scheme.ok());
        const Least least = leastOf(colorsOf(*scheme));
        EXPECT_GT(least.neighbours, 40) << name;
        EXPECT_GT(least.any, 10) << name;
    }
}
