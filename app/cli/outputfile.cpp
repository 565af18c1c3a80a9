// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/outputfile.h"
#include "base/files.h"

namespace telltale {

namespace fs = std::filesystem;

Status ensureOutputFile(const fs::path& file)
{
    const fs::path folder = fs::absolute(file).parent_path();
    std::error_code ec;
    if (fs::is_directory(file, ec))
        return Error{ErrorCode::InvalidArgument, file.string() + ": is a folder, name a file for --out"};
    return ensureWritableFolder(folder);
}

} // namespace telltale
