// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "damage.h"
#include "base/files.h"
#include <fstream>
#include <gtest/gtest.h>

namespace telltale {

namespace fs = std::filesystem;

void truncateFile(const fs::path& file, int64_t bytes)
{
    fs::resize_file(file, static_cast<uintmax_t>(bytes));
}

void overwriteFile(const fs::path& file, int64_t offset, const std::string& bytes)
{
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(offset);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    EXPECT_TRUE(stream.flush()) << file;
}

std::string bytesAt(const fs::path& file, int64_t offset, int64_t count)
{
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(static_cast<size_t>(count), '\0');
    stream.seekg(offset);
    stream.read(bytes.data(), count);
    bytes.resize(static_cast<size_t>(stream.gcount()));
    return bytes;
}

void flipBit(const fs::path& file, int64_t bit)
{
    std::string byte = bytesAt(file, bit / 8, 1);
    ASSERT_EQ(byte.size(), 1U) << file << " has no bit " << bit;
    byte[0] = static_cast<char>(static_cast<unsigned char>(byte[0]) ^ (1U << (bit % 8)));
    overwriteFile(file, bit / 8, byte);
}

std::map<std::string, std::string> everythingIn(const fs::path& folder)
{
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto time = std::to_string(entry.last_write_time().time_since_epoch().count());
        all[entry.path().string()]
            = time + " " + (entry.is_regular_file() ? *readFile(entry.path()) : std::string("-"));
    }
    return all;
}

} // namespace telltale
