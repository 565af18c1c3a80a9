// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/weightfiles/weightfile.h"

namespace telltale {

/// torch.save() since 1.6: a zip archive with data.pkl and a member for each storage.
Result<WeightFile> parseTorchZip(std::string_view bytes, const std::string& name);
/// Before: five pickles in a row, then the storages.
Result<WeightFile> parseTorchLegacy(std::string_view bytes, const std::string& name);

} // namespace telltale
