// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <filesystem>

namespace telltale {

/// Writes manifest.sha256 with the sum of every file in `folder`, by name; `sha256sum -c` reads it. Links are
/// left out: what they point to is not in the folder. Cancelled, Io.
Status writeManifest(const std::filesystem::path& folder, ProgressSink& progress);

} // namespace telltale
