// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"

class QComboBox;

namespace telltale {

/// Puts the formats of the registry that can be imported or exported into the box: spans, poses and data sets
/// apart, each with its name as data.
void fillFormats(QComboBox& box, bool (ExchangeFormat::*wanted)() const);
/// Null where the chosen row is none of the registry.
const ExchangeFormat* formatOf(const QComboBox& box);

} // namespace telltale
