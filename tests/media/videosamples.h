// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale::sample {

/// A folder of this test program's own, removed when it ends.
std::filesystem::path scratch(const std::string& name);

struct Numbered {
    int frames = 60;
    int gop = 12;
    int width = 160;
    int height = 96;
};
/// A video whose picture i shows the number i as a row of 12 black or white squares over a moving background.
std::filesystem::path numberedVideo(const std::string& name, const Numbered& options);
/// The BGRA pixels of picture `number`.
std::vector<uint8_t> numberedPixels(int number, int width, int height);
/// Reads the number back; -1 if a square is neither black nor white.
int numberIn(const std::vector<uint8_t>& bgra, int width);

std::string bytesOf(const std::filesystem::path& file);
void writeBytes(const std::filesystem::path& file, const std::string& bytes);
/// $TELLTALE_TESTDATA, else ../shared/testdata beside the source tree.
std::filesystem::path testData();

} // namespace telltale::sample
