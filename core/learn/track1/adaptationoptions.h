// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/cmpl/protocol.h"
#include <cstdint>
#include <string>

namespace telltale {

/// Adapting a system to people it has not seen by cross-modal pseudo-labels (CMPL, arXiv 2606.13030; the
/// construction is ours).
struct AdaptationOptions {
    /// Without test subjects both protocols mean all clips that nobody labelled.
    AdaptationProtocol protocol = AdaptationProtocol::Transductive;
    int rounds = 0; ///< 0: as the recipe says
    uint64_t seed = 1; ///< inductive: which clips are adapted on
    std::string device = "auto";
    int workers = 0;
    /// The control of an experiment: the same further training without any pseudo-label.
    bool labelledOnly = false;
};

} // namespace telltale
