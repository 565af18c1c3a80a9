// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include <cstdint>
#include <span>
#include <string>

namespace telltale {

/// The numbers of a tensor of a mapped file where they lie; false if it is not there, of another type or not
/// aligned.
template <typename T>
bool takeTensor(
    const SafetensorsView& view, const std::string& name, const char* dtype, std::span<const T>& out)
{
    const auto found = view.tensors.find(name);
    if (found == view.tensors.end() || found->second.dtype != dtype
        || reinterpret_cast<uintptr_t>(found->second.bytes.data()) % alignof(T) != 0)
        return false;
    out = {reinterpret_cast<const T*>(found->second.bytes.data()), found->second.bytes.size() / sizeof(T)};
    return true;
}

} // namespace telltale
