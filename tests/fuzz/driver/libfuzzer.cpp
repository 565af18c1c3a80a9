// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The same under libFuzzer, for a build with clang and TELLTALE_FUZZER; start it with a folder of videos.
#include "../exercise.h"
#include <cstddef>
#include <fstream>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const std::filesystem::path kFile
        = std::filesystem::temp_directory_path() / ("telltale_fuzz_" + std::to_string(getpid()));
    std::ofstream(kFile, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    telltale::fuzz::exerciseVideo(kFile, size);
    return 0;
}
