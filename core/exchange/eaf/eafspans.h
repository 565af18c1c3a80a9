// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/eaf/eafdocument.h"

namespace telltale {

/// An annotation of a file as a span.
struct EafSpan {
    int annotation = 0; ///< index in the document
    IntakeSpan span;
};

/// The annotations of the tiers whose names are in `wanted` (separated by commas, `*` stands for any text),
/// in order of the file. Scores and states come from child tiers that this program writes.
std::vector<EafSpan> spansOf(EafDocument& document, const std::string& wanted, const EafProblem& problem);

/// Whether a name is in such a list.
bool inTierList(const std::string& name, const std::string& wanted);

/// The tiers that an import has chosen stand in the file that is kept, so that an export leaves the others
/// alone. Empty: all.
std::string chosenTiers(XmlFile& file);
void setChosenTiers(XmlFile& file, const std::string& wanted);

} // namespace telltale
