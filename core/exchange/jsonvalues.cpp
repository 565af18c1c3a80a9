// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/jsonvalues.h"
#include <nlohmann/json.hpp>

namespace telltale {

using nlohmann::json;

const json& jsonMember(const json& object, const char* key)
{
    static const json kNone;
    if (!object.is_object())
        return kNone;
    const auto found = object.find(key);
    return found == object.end() ? kNone : *found;
}

std::string jsonText(const json& value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

Error notJson(const SourceFile& file, const std::exception& exception)
{
    // What follows the library's own tag says line and column.
    const std::string what = exception.what();
    const size_t tag = what.find("] ");
    return file.broken("is not valid JSON, " + (tag == std::string::npos ? what : what.substr(tag + 2)));
}

} // namespace telltale
