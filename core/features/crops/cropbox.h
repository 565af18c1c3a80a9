// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cmath>

namespace telltale {

/// Axis-aligned rectangle in pixels of the displayed picture; may reach outside it.
struct CropBox {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    bool operator==(const CropBox&) const = default;
};

/// True unless the box has an area and only finite numbers.
inline bool isEmptyBox(const CropBox& box)
{
    return !(box.width > 0) || !(box.height > 0) || !std::isfinite(box.x) || !std::isfinite(box.y)
        || !std::isfinite(box.width) || !std::isfinite(box.height);
}

} // namespace telltale
