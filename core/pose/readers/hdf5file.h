// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// Numbers of a dataset, row by row.
struct Hdf5Numbers {
    std::vector<int64_t> shape;
    std::vector<float> values;
};

/// A column of a table: [rows] or [rows, n]. double, as columns may hold numbers of other rows.
struct Hdf5Column {
    std::vector<int64_t> shape;
    std::vector<double> values;
};

/// An HDF5 file that is read. Nothing is taken into memory before its size was held against the size of the
/// file. One thread at a time in the whole program, which the methods see to: the library wants it so.
class Hdf5File {
public:
    /// NotFound; BadFormat if it is no HDF5 file.
    static Result<Hdf5File> open(const std::filesystem::path& file);
    ~Hdf5File();
    Hdf5File(Hdf5File&&) noexcept;
    Hdf5File& operator=(Hdf5File&&) noexcept;
    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;

    /// A group or dataset of that path ("metadata", "df_with_missing/table").
    bool contains(const std::string& path) const;
    /// Names in a group ("/" is the whole file), at most 1000.
    std::vector<std::string> names(const std::string& group) const;
    /// Dimensions of a dataset; NotFound.
    Result<std::vector<int64_t>> shape(const std::string& dataset) const;
    /// Numbers of any kind as float. BadFormat where there are none or more than the file can hold.
    Result<Hdf5Numbers> numbers(const std::string& dataset) const;
    /// One column of a table (a dataset of compounds). NotFound, and BadFormat as above.
    Result<Hdf5Column> column(const std::string& dataset, const std::string& field) const;
    /// Texts of one dimension, of fixed or variable length.
    Result<std::vector<std::string>> texts(const std::string& dataset) const;
    /// A text or a number that hangs on a group or dataset as text; its bytes as they are.
    Result<std::string> textAttribute(const std::string& path, const std::string& attribute) const;
    Result<double> numberAttribute(const std::string& path, const std::string& attribute) const;

private:
    struct Handle;
    explicit Hdf5File(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> m_handle;
};

/// A dataset that is written: numbers, or texts where there are any. A text without a shape stands alone.
struct Hdf5Dataset {
    std::string name;
    std::vector<int64_t> shape;
    std::vector<float> numbers;
    std::vector<std::string> texts = {};
    bool whole = false; ///< numbers are kept as 32-bit integers instead of floats
};

/// A new file with these datasets, atomically: a file beside it is renamed. Io.
Status writeHdf5(const std::filesystem::path& file, const std::vector<Hdf5Dataset>& datasets);

} // namespace telltale
