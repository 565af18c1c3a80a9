// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once

namespace telltale {

/// From now on C functions (snprintf, strtod) of this process write and read numbers with a decimal point.
/// Qt's applications take over the user's language as they start, and many languages have a comma, which no
/// file may have. What people see is Qt's QLocale, which keeps the language. Before other threads start.
void numbersHavePoints();

} // namespace telltale
