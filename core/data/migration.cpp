// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/database.h"

namespace telltale {

Status migrateFile(Database& database, const std::filesystem::path&, int64_t version)
{
    return Error{ErrorCode::Unsupported,
        database.name() + ": was written by an older Telltale (schema " + std::to_string(version) + ")"};
}

} // namespace telltale
