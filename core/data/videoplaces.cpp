// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/videoplaces.h"
#include "base/files.h"
#include <charconv>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

std::filesystem::path fileIn(const std::filesystem::path& folder) { return folder / "places.json"; }

} // namespace

VideoPlaces readVideoPlaces(const std::filesystem::path& folder)
{
    VideoPlaces places;
    const auto content = readFile(fileIn(folder));
    const json document = content ? json::parse(*content, nullptr, false) : json();
    if (!document.is_object())
        return places;
    for (const auto& [key, path] : document.items()) {
        int64_t id = 0;
        const auto read = std::from_chars(key.data(), key.data() + key.size(), id);
        if (read.ec == std::errc() && path.is_string())
            places[id] = path.get<std::string>();
    }
    return places;
}

Status writeVideoPlaces(const std::filesystem::path& folder, const VideoPlaces& places)
{
    json document = json::object();
    for (const auto& [id, path] : places)
        document[std::to_string(id)] = path;
    return writeFileAtomically(
        fileIn(folder), document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

} // namespace telltale
