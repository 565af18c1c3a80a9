// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/skeletongraph.h"
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace telltale {

/// A network as a recipe describes it: its kind and what differs from that kind's defaults.
struct NetworkSpec {
    std::string kind; ///< "decoupled", "stgcnpp", "ctrgcn", "slowonly", "r2plus1d", "videomae", "script", ...
    std::map<std::string, std::vector<double>> numbers; ///< by name; a single number is a list of one
    std::map<std::string, std::string> texts; ///< by name, e.g. the file of a TorchScript module

    /// The first number of that name.
    double number(const std::string& name, double fallback) const
    {
        const std::vector<double>* found = find(name);
        return !found || found->empty() ? fallback : found->front();
    }
    int64_t count(const std::string& name, int64_t fallback) const
    {
        return static_cast<int64_t>(number(name, static_cast<double>(fallback)));
    }
    std::vector<int64_t> counts(const std::string& name, std::vector<int64_t> fallback) const
    {
        const std::vector<double>* found = find(name);
        return found ? std::vector<int64_t>(found->begin(), found->end()) : fallback;
    }
    /// Null if there is none.
    const std::vector<double>* find(const std::string& name) const
    {
        if (asked)
            asked->insert(name);
        const auto found = numbers.find(name);
        return found == numbers.end() ? nullptr : &found->second;
    }

    /// Where the names that a network asks for are noted, so that one it never heard of can be refused; may
    /// be null.
    std::set<std::string>* asked = nullptr;
};

/// What the network will be fed with; what a kind does not need is ignored.
struct NetworkInput {
    SkeletonGraph graph; ///< skeleton networks
    int64_t channels = 3; ///< of a point, or of a volume
    int64_t frames = 64;
    int64_t height = 56;
    int64_t width = 56;
};

} // namespace telltale
