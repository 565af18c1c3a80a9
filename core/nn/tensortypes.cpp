// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/tensortypes.h"
#include "base/half.h"
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace telltale {

namespace {

template <typename T> T load(const char* from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

template <typename T> float widen(const char* from) { return static_cast<float>(load<T>(from)); }

float widenBfloat(const char* from)
{
    return std::bit_cast<float>(static_cast<uint32_t>(load<uint16_t>(from)) << 16);
}

float widenHalf(const char* from) { return fromHalf(load<uint16_t>(from)); }

constexpr std::array kTypes = {
    TensorType{"F32", "FloatStorage", 4, widen<float>},
    TensorType{"F16", "HalfStorage", 2, widenHalf},
    TensorType{"BF16", "BFloat16Storage", 2, widenBfloat},
    TensorType{"F64", "DoubleStorage", 8, widen<double>},
    TensorType{"I64", "LongStorage", 8, widen<int64_t>},
    TensorType{"I32", "IntStorage", 4, widen<int32_t>},
    TensorType{"I16", "ShortStorage", 2, widen<int16_t>},
    TensorType{"I8", "CharStorage", 1, widen<int8_t>},
    TensorType{"U8", "ByteStorage", 1, widen<uint8_t>},
    TensorType{"BOOL", "BoolStorage", 1, widen<uint8_t>},
};

const TensorType* find(std::string_view TensorType::*key, std::string_view wanted)
{
    const auto found = std::find_if(
        kTypes.begin(), kTypes.end(), [&](const TensorType& type) { return type.*key == wanted; });
    return found == kTypes.end() ? nullptr : &*found;
}

} // namespace

const TensorType* findTensorType(std::string_view name) { return find(&TensorType::name, name); }

const TensorType* findStorageType(std::string_view storage) { return find(&TensorType::storage, storage); }

} // namespace telltale
