// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The few fields of onnx.proto that a network of one layer needs, written as protocol buffers are.
#include "onnxmodel.h"
#include <cstdint>
#include <cstring>
#include <vector>

namespace telltale {
namespace {

std::string varint(uint64_t value)
{
    std::string bytes;
    for (; value >= 128; value >>= 7)
        bytes += static_cast<char>(value % 128 + 128);
    return bytes + static_cast<char>(value);
}

std::string number(int field, uint64_t value)
{
    return varint(static_cast<uint64_t>(field) * 8) + varint(value);
}

std::string text(int field, const std::string& bytes)
{
    return varint(static_cast<uint64_t>(field) * 8 + 2) + varint(bytes.size()) + bytes;
}

/// A tensor of float32 with this shape, as the graph sees it from outside.
std::string valueInfo(const std::string& name, const std::vector<int>& shape)
{
    std::string dims;
    for (const int size : shape)
        dims += text(1, number(1, static_cast<uint64_t>(size)));
    return text(1, name) + text(2, text(1, number(1, 1) + text(2, dims)));
}

} // namespace

std::string wristOnnx(int width, int height)
{
    std::vector<float> weights(17 * 3);
    weights[9 * 3 + 0] = 1 / 255.0f;
    weights[10 * 3 + 1] = 1 / 255.0f;
    std::string raw(weights.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), weights.data(), raw.size());
    std::string initializer;
    for (const uint64_t size : {17, 3, 1, 1})
        initializer += number(1, size);
    initializer += number(2, 1) + text(8, "weights") + text(9, raw);
    const std::string kernel = text(1, "kernel_shape") + number(8, 1) + number(8, 1) + number(20, 7);
    const std::string node = text(1, "picture") + text(1, "weights") + text(2, "maps") + text(3, "layer")
        + text(4, "Conv") + text(5, kernel);
    const std::string graph = text(1, node) + text(2, "wrists") + text(5, initializer)
        + text(11, valueInfo("picture", {1, 3, height, width}))
        + text(12, valueInfo("maps", {1, 17, height, width}));
    return number(1, 6) + text(7, graph) + text(8, text(1, "") + number(2, 11));
}

} // namespace telltale
