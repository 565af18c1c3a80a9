// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "videosamples.h"
#include "media/videowriter.h"
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

namespace telltale::sample {
namespace {

namespace fs = std::filesystem;
constexpr int kSquare = 12;
constexpr int kBits = 12;

struct Folder {
    fs::path path = fs::temp_directory_path() / ("telltale_media_" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

} // namespace

fs::path scratch(const std::string& name)
{
    static const Folder folder;
    return folder.path / name;
}

std::vector<uint8_t> numberedPixels(int number, int width, int height)
{
    std::vector<uint8_t> pixels(static_cast<size_t>(width * height * 4));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            uint8_t* p = &pixels[static_cast<size_t>((y * width + x) * 4)];
            const bool white = (number >> (x / kSquare) & 1) != 0;
            const bool square = y < 2 * kSquare && x < kBits * kSquare;
            p[0] = square ? (white ? 255 : 0) : static_cast<uint8_t>(x + 3 * number);
            p[1] = square ? p[0] : static_cast<uint8_t>(2 * y + number);
            p[2] = square ? p[0] : 90;
            p[3] = 255;
        }
    }
    return pixels;
}

int numberIn(const std::vector<uint8_t>& bgra, int width)
{
    int number = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        const int x = bit * kSquare + kSquare / 2;
        const int value = bgra[static_cast<size_t>((kSquare * width + x) * 4 + 1)];
        if (value > 80 && value < 176)
            return -1;
        number |= (value >= 176 ? 1 : 0) << bit;
    }
    return number;
}

fs::path numberedVideo(const std::string& name, const Numbered& options)
{
    const fs::path file = scratch(name);
    VideoWriterOptions encoding;
    encoding.width = options.width;
    encoding.height = options.height;
    encoding.gop = options.gop;
    auto writer = createVideo(file, encoding);
    EXPECT_TRUE(writer) << (writer ? "" : writer.error().message);
    for (int i = 0; writer && i < options.frames; ++i) {
        const Status written = (*writer)->writeBgra(numberedPixels(i, options.width, options.height));
        EXPECT_TRUE(written) << written.error().message;
    }
    if (writer) {
        const Status finished = (*writer)->finish();
        EXPECT_TRUE(finished) << finished.error().message;
    }
    return file;
}

std::string bytesOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeBytes(const fs::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

fs::path testData()
{
    const char* given = std::getenv("TELLTALE_TESTDATA");
    return given ? fs::path(given) : fs::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "testdata";
}

} // namespace telltale::sample
