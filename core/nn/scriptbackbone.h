// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/networkspec.h"

namespace telltale {

/// A network from a TorchScript file (e.g. an exported Video Swin) as a network among the others; its
/// parameters and statistics keep the names they have in the file. `spec.texts`: "file"; "output" is the
/// entry of a dictionary, or the place in a tuple or list, that holds the features (else the first).
/// `spec.numbers`: "frozen" other than 0 keeps the file's weights and statistics as they are; "mean" and
/// "deviation" normalise pictures per colour before the network sees them (else they stay in 0..1).
/// Features [N, D] are taken as they are; of [N, tokens, D] and of maps [N, C, ...] the mean is.
/// It is tried once with the sizes of `input`. NotFound, BadFormat, InvalidArgument name the file.
Result<std::shared_ptr<ClipNetwork>> makeScriptBackbone(const NetworkSpec& spec, const NetworkInput& input);

} // namespace telltale
