// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <QString>
#include <cstdint>
#include <vector>

namespace telltale {

/// Brings the spans behind a figure to the review list; `why` says what they have in common. A list that
/// cannot show some spans alone goes to the first of them.
template <typename ReviewLike>
void listSpans(ReviewLike& review, const std::vector<int64_t>& spans, const QString& why)
{
    if (spans.empty())
        return;
    if constexpr (requires { review.showOnly(spans, why); })
        review.showOnly(spans, why);
    else
        review.select(spans.front(), true);
}

} // namespace telltale
