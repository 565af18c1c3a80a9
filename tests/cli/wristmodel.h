// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>

/// Writes wrists.onnx with its card into the folder: a pose model that takes red spots as left wrists.
void writeWristModel(const std::string& folder);
