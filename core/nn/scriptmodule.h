// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

struct NamedArray {
    std::string name;
    NdArray array;
};

/// A network in a TorchScript file: code and weights in one. The file's code can compute and nothing else.
/// Belongs to one thread, and computes on that thread alone.
class ScriptModule {
public:
    virtual ~ScriptModule() = default;
    /// NotFound; BadFormat with what is the matter, without the file's name.
    static Result<std::unique_ptr<ScriptModule>> open(const std::filesystem::path& file);

    /// The tensors that come out, as float32: of a dictionary by their keys, of a tuple or list by their
    /// place
    /// ("0", "1"), a single one as "0". Internal where the network fails or gives something else.
    virtual Result<std::vector<NamedArray>> forward(const NdArray& input) = 0;
};

} // namespace telltale
