// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// One reader of files of other tools under libFuzzer; the build makes a program of this for each reader.
// Start it with a folder for what it finds interesting; `--seeds FOLDER` alone writes files to begin with.
#include "../exchangefiles.h"
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);

int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    if (*argc != 3 || std::string((*argv)[1]) != "--seeds")
        return 0;
    const std::filesystem::path folder = (*argv)[2];
    std::filesystem::create_directories(folder);
    for (const auto& seed : telltale::fuzz::exchangeSeeds(TELLTALE_FUZZ_READER))
        std::ofstream(folder / std::filesystem::path(seed.name).filename(), std::ios::binary) << seed.bytes;
    std::exit(0);
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto findings = telltale::fuzz::exerciseExchange(TELLTALE_FUZZ_READER, bytes);
    if (findings.wrong.empty())
        return 0;
    std::fprintf(stderr, "%s: %s\n", TELLTALE_FUZZ_READER, findings.wrong.c_str());
    std::abort();
}
