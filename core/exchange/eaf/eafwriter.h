// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spans.h"

namespace telltale {

/// HEADER/PROPERTY of this program: what EAF has no place for.
inline constexpr const char* kEafVideoProperty = "telltale:video"; ///< name in the project
inline constexpr const char* kEafSubjectProperty = "telltale:subject";
inline constexpr const char* kEafFpsProperty = "telltale:fps";
inline constexpr const char* kEafFramesProperty = "telltale:frames";

/// One video as an EAF file (EAFv3.0.xsd). Where the video has an imported file, that is the base: what is
/// unchanged in it stays as it is, see mergeInto(); the rest goes into tiers of this program, `P1/human` and
/// `P1/pred:MODEL`, further ones (`/2`) where spans overlap or somebody else has made them, with scores,
/// states and models in child tiers. `notes` gets what became of the base.
std::string eafContent(
    const LabelScheme& scheme, const OutgoingVideo& video, std::vector<std::string>& notes);

} // namespace telltale
