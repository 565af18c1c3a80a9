// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <array>
#include <cstdlib>
#include <map>
#include <string>

namespace telltale {

/// What the command line says; options without a word of their own have the one that stands here.
struct Arguments {
    std::string verb;
    std::string set;
    std::map<std::string, std::string> options{{"system", "track1"}, {"seed", "1"}, {"device", "auto"},
        {"workers", "0"}, {"rounds", "0"}, {"protocol", "transductive"}, {"seeds", "3"}, {"recipe", ""},
        {"weights", ""}, {"out", ""}, {"model", ""}, {"folder", ""}, {"resume", ""}, {"role", "all"},
        {"all-spans", ""}};

    const std::string& text(const char* name) const { return options.at(name); }
    bool has(const char* name) const { return !text(name).empty(); }
    int number(const char* name) const { return std::atoi(text(name).c_str()); }
    uint64_t seed() const { return std::strtoull(text("seed").c_str(), nullptr, 10); }
};

struct Verb {
    const char* name;
    Status (*run)(const Arguments& arguments, ProgressSink& progress);
};

extern const std::array<Verb, 4> kTrack1Verbs; ///< on sets of clips
extern const std::array<Verb, 3> kTrack2Verbs; ///< on sets of untrimmed videos

} // namespace telltale
