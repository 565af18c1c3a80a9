// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// One output of a network, with the dimension of the batch.
struct RawOutput {
    std::string name;
    NdArray array;
};

/// A network that somebody else's library runs. Belongs to one thread and computes on it alone: many pictures
/// are made faster by several networks, each on a thread of its own.
class NetworkBackend {
public:
    virtual ~NetworkBackend() = default;
    /// All outputs in the network's own order. Internal where the library fails.
    virtual Result<std::vector<RawOutput>> run(const NdArray& input) = 0;
};

using OpenBackend = Result<std::unique_ptr<NetworkBackend>> (*)(const std::filesystem::path& file);

/// ONNX, TensorFlow frozen graphs and Caffe through OpenCV. BadFormat without the file's name.
Result<std::unique_ptr<NetworkBackend>> openDnnBackend(const std::filesystem::path& file);
/// TorchScript through LibTorch. BadFormat without the file's name.
Result<std::unique_ptr<NetworkBackend>> openScriptBackend(const std::filesystem::path& file);
/// ONNX through ONNX Runtime. BadFormat without the file's name; Unsupported where it is not built in.
Result<std::unique_ptr<NetworkBackend>> openOnnxBackend(const std::filesystem::path& file);
bool hasOnnxBackend();

/// The first line of a library's message, which may have hundreds.
std::string firstLine(const std::string& text);

} // namespace telltale
