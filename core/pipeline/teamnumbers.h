// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"

namespace telltale {

/// Asks for the numbers of all predictions of a team's project that are still on the server, so that they
/// come to this machine: a frozen project reads what is here. Waits for them only where the document does.
void fetchNumbers(const Document& document);

} // namespace telltale
