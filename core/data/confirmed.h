// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"

namespace telltale {

/// Whether a person stands behind a span: as it was, or as it was corrected.
constexpr bool isConfirmed(SpanState state)
{
    return state == SpanState::Accepted || state == SpanState::Corrected;
}

} // namespace telltale
