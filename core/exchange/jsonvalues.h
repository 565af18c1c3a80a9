// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"
#include <exception>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace telltale {

/// A member of an object; null where there is none, or no object.
const nlohmann::json& jsonMember(const nlohmann::json& object, const char* key);
/// Empty where the value is no text.
std::string jsonText(const nlohmann::json& value);
/// What a file is told that the library cannot parse, with line and column.
Error notJson(const SourceFile& file, const std::exception& exception);

} // namespace telltale
