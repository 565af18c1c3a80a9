// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

struct PosePoint {
    float x = 0; ///< pixels of the displayed picture
    float y = 0;
    float score = 0; ///< 0 = missing, and then x = y = 0

    bool operator==(const PosePoint&) const = default;
};

} // namespace telltale
