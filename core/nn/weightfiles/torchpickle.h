// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/pickle/pickle.h"

namespace telltale {

/// Reads a pickle of torch.save(). What it may call are tensors, plain containers and harmless things of
/// training states; it may name anything. A tensor is Kind::Made, with what _rebuild_tensor_v2 is given:
/// storage, offset, sizes, strides, ...; a storage is Kind::Outside, named by ("storage", type, key, place,
/// count of numbers). Errors: pickle::read().
Result<pickle::Content> readTorchPickle(std::string_view bytes, const std::string& name);

} // namespace telltale
