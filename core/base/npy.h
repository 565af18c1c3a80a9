// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Raw content of a NumPy .npy file (format version 1 to 3) where it lies, valid as long as the parsed bytes
/// are: little-endian, C order.
struct NpyView {
    std::string dtype; ///< NumPy's descr without the byte order, e.g. "f4", "i8", "u1"
    std::vector<int64_t> shape;
    std::string_view bytes;
};

/// The same with bytes of its own.
struct NpyArray {
    std::string dtype;
    std::vector<int64_t> shape;
    std::string bytes;

    operator NpyView() const { return {dtype, shape, bytes}; }
};

/// Parses the bytes of one .npy file. `name` is used in messages. Big-endian and Fortran order are refused.
Result<NpyView> viewNpy(std::string_view bytes, const std::string& name);
/// viewNpy() and a copy of the numbers. `name` is used in messages.
Result<NpyArray> parseNpy(std::string_view bytes, const std::string& name);
/// The bytes of a .npy file (version 1.0), as NumPy writes them; the header alone for writers that have the
/// numbers piece by piece.
std::string formatNpyHeader(const std::string& dtype, const std::vector<int64_t>& dimensions);
std::string formatNpy(const NpyArray& array);

Result<NpyArray> readNpy(const std::filesystem::path& file);
Status writeNpy(const std::filesystem::path& file, const NpyArray& array);

/// Converts any real dtype to float32; `name` is used in messages. BadFormat: no numbers, or fewer bytes than
/// the shape says.
Result<NdArray> toFloat(const NpyView& array, const std::string& name);
/// Whole numbers of any size and sign. BadFormat for numbers that are not whole by their dtype, or too large.
Result<std::vector<int64_t>> toWholeNumbers(const NpyView& array, const std::string& name);
/// Text as NumPy may hold it: bytes (S), UCS-4 (U, of which ASCII is read), or plain uint8; without zeros.
std::string toText(const NpyView& array);
NpyArray fromFloat(const NdArray& array);

} // namespace telltale
