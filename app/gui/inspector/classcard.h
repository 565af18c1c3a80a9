// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include <QString>

namespace telltale {

/// "head-hand" -> "Head and hand"; unknown codes come back as they are, "-" is empty.
QString familyText(const std::string& bodyPart);

/// What an annotator reads of a class, as rich text: name, family, definition, when a span of it starts and
/// ends, or that the scheme does not tell. Empty for no class.
QString classCard(const LabelScheme& scheme, int classId);

} // namespace telltale
