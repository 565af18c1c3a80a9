// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string_view>

namespace telltale {

/// A type in which files store numbers, little-endian.
struct TensorType {
    std::string_view name; ///< as .safetensors names it: "F32", "BF16", "I64", ...
    std::string_view storage; ///< as PyTorch names it: "FloatStorage", ...
    uint64_t bytes;
    float (*widen)(const char*); ///< the number at that address, which need not be aligned
};

/// nullptr: unknown.
const TensorType* findTensorType(std::string_view name);
const TensorType* findStorageType(std::string_view storage);

} // namespace telltale
