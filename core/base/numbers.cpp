// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/numbers.h"
#include <clocale>

namespace telltale {

void numbersHavePoints() { std::setlocale(LC_NUMERIC, "C"); }

} // namespace telltale
