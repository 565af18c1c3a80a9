// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/ensemble.h"
#include <array>

namespace telltale {

/// What each network takes; the order is that of kModalities.
struct ModalityShape {
    const char* name;
    NdArray ClipInput::*input;
    std::array<int64_t, 4> shape;
    size_t dimensions;

    std::vector<int64_t> dims() const
    {
        return {shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(dimensions)};
    }
};

inline constexpr std::array kModalityShapes = {
    ModalityShape{"joint", &ClipInput::joint, {9, 32, 68}, 3},
    ModalityShape{"heatmap", &ClipInput::heatmap, {68, 16, 32, 32}, 4},
    ModalityShape{"rgb", &ClipInput::rgb, {3, 8, 64, 64}, 4},
};

} // namespace telltale
