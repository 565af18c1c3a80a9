// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

/// What was right of one class, of clips or spans.
struct ClassScore {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    int64_t truth = 0; ///< support
    int64_t predicted = 0;
    int64_t correct = 0;
};

} // namespace telltale
