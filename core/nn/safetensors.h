// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace telltale {

/// Content of a .safetensors file. Every dtype is widened to float32 while reading.
struct TensorFile {
    std::map<std::string, NdArray> tensors;
    std::map<std::string, std::string> metadata; ///< the header's __metadata__
};

/// Where a tensor lies among the bytes of a file.
struct TensorView {
    std::string dtype; ///< as the format names it: "F32", "U8", ...
    std::vector<int64_t> shape;
    std::string_view bytes;
};

struct SafetensorsView {
    std::map<std::string, TensorView> tensors;
    std::map<std::string, std::string> metadata;
};

/// The checks of parseSafetensors() without reading a tensor: for files that are mapped. Views into `bytes`.
Result<SafetensorsView> viewSafetensors(std::string_view bytes, const std::string& name);
/// A tensor that is going to be written.
struct TensorPlan {
    std::string name;
    std::string dtype;
    std::vector<int64_t> shape;
    uint64_t bytes = 0;
};
/// The header of a file; the tensors' bytes follow it in the order of the list.
std::string safetensorsHeader(
    const std::vector<TensorPlan>& tensors, const std::map<std::string, std::string>& metadata);

/// How matrices and kernels (two dimensions and more) are stored; vectors always stay float32, because means
/// and variances of normalisation layers do not survive halving.
enum class MatrixStorage { F32, F16 };

/// Parses the bytes of a file; `name` is used in messages. Nothing is allocated before the header was
/// checked: sizes, offsets inside the file, no gaps or overlaps. BadFormat names the tensor.
Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string& name);
/// The bytes of a file with tensors in the order of their names: equal content gives equal bytes.
std::string formatSafetensors(const TensorFile& content, MatrixStorage storage = MatrixStorage::F32);

Result<TensorFile> readSafetensors(const std::filesystem::path& file);
Status writeSafetensors(
    const std::filesystem::path& file, const TensorFile& content, MatrixStorage storage = MatrixStorage::F32);

/// "[3, 4]"
std::string shapeText(const std::vector<int64_t>& shape);

} // namespace telltale
