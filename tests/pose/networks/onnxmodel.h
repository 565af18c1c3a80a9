// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>

namespace telltale {

/// The bytes of an ONNX file: one convolution of 1 x 1 from a picture [1, 3, height, width] in red, green,
/// blue of 0..255 to 17 maps named "maps", of which 9 is red / 255 and 10 is green / 255.
std::string wristOnnx(int width, int height);

} // namespace telltale
