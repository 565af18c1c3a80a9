// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/modelfolder.h"

namespace telltale {

namespace fs = std::filesystem;

fs::path freshModelFolder(const Document& document, const std::string& kind)
{
    for (int number = 1;; ++number) {
        const fs::path folder = document.folder() / "models" / (kind + "-" + std::to_string(number));
        if (!fs::exists(folder))
            return folder;
    }
}

Result<fs::path> activeModelFolder(
    const Document& document, const std::string& kind, const std::string& otherwise)
{
    for (const ModelEntry& model : document.models())
        if (model.kind == kind && model.active)
            return document.absolute(model.file);
    return Error{ErrorCode::NotFound, otherwise};
}

} // namespace telltale
