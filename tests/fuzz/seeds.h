// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace telltale::fuzz {

struct SeedFile {
    std::string name;
    std::string bytes;
};
/// Short videos of the test corpus: one or more of every container and codec. Empty without ffmpeg. `every`:
/// takes only each n-th.
std::vector<SeedFile> makeSeeds(size_t every);
/// Seed `number % seeds`, harmed as this number says; the same in every run.
SeedFile mutant(const std::vector<SeedFile>& seeds, uint64_t run, uint64_t number);

} // namespace telltale::fuzz
