// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "learn/spans/segment.h"
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

inline std::filesystem::path spanFixtures()
{
    const char* given = std::getenv("TELLTALE_FIXTURES");
    return given ? std::filesystem::path(given)
                 : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/fixtures";
}

/// Nothing where the file is not there. Objects keep their order.
inline std::optional<nlohmann::ordered_json> spanFixture(const std::string& name)
{
    const auto text = readFile(spanFixtures() / name);
    if (!text)
        return std::nullopt;
    return nlohmann::ordered_json::parse(*text);
}

/// Of lists beside each other, as the references give segments.
inline std::vector<Segment> segmentsOf(const nlohmann::ordered_json& bounds,
    const nlohmann::ordered_json& scores, const nlohmann::ordered_json& labels)
{
    std::vector<Segment> segments;
    for (size_t i = 0; i < bounds.size(); ++i)
        segments.push_back({bounds[i][0].get<float>(), bounds[i][1].get<float>(), scores[i].get<float>(),
            labels.is_null() ? 0 : labels[i].get<int>()});
    return segments;
}

#define TELLTALE_SPAN_FIXTURE(name, file)                                                                    \
    const auto name = spanFixture(file);                                                                     \
    if (!name)                                                                                               \
    GTEST_SKIP() << spanFixtures() << " has no " << (file)

} // namespace telltale
