// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

/// A share with its 95 % interval after Wilson 1927.
struct PrecisionEstimate {
    int64_t clips = 0;
    int64_t correct = 0;
    double precision = 0; ///< NaN without clips
    double low = 0;
    double high = 1;
};

/// [0, 1] without clips.
PrecisionEstimate wilsonInterval(int64_t correct, int64_t clips);

/// Both ends of Wilson's interval around a share in [0, 1] that `clips` independent looks have given; the
/// number need not be whole, as where a small population makes looks worth less. [0, 1] for none.
struct ShareInterval {
    double low = 0;
    double high = 1;
};
ShareInterval wilsonEnds(double share, double clips);

} // namespace telltale
