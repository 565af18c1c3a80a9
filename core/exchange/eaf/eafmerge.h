// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/eaf/eafdocument.h"
#include "exchange/spans.h"

namespace telltale {

/// How a file that was imported and the spans of today fit together.
struct EafMerge {
    std::vector<bool> kept; ///< by span of the video: the file has it already
    std::vector<bool> removed; ///< by annotation of the file
    std::vector<bool> pinned; ///< by slot: had no time, and got the one that it stood for
    int64_t gone = 0; ///< annotations that no span stands for any more
    int64_t dependents = 0; ///< annotations that went with them
};

/// Takes out of the document what is not among the spans of the video any more, with all that depends on it:
/// references, annotations of child tiers inside it, links. The members of a symbolic subdivision go
/// together, because those that stay would change their times. An annotation stays if a span has its frames,
/// class and person, and in tiers of this program its state; of equal annotations in several tiers as many
/// stay as there are spans. What an import could not have taken stays too.
EafMerge mergeInto(EafDocument& document, const LabelScheme& scheme, const OutgoingVideo& video);

} // namespace telltale
