// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/descriptor.h"
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What the writers of clip sets and of untrimmed sets share: data that comes piece by piece waits on the
/// disk until the header, which stands first in the file, is known. Private to those writers.

template <typename T> std::string_view rawBytes(std::span<const T> values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}
template <typename T> std::string_view rawBytes(const std::vector<T>& values)
{
    return rawBytes(std::span<const T>(values));
}

/// Bytes that wait in a hidden file beside `file`, which goes with the object.
class Spool {
public:
    /// `ending` tells the spools of one file apart.
    Spool(const std::filesystem::path& file, const std::string& ending);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    Status append(std::string_view bytes);
    Status copyTo(int out, const std::filesystem::path& target, const ProgressSink& progress) const;
    uint64_t size() const { return m_size; }
    /// Of all that was appended, in whatever pieces.
    std::string digest() const;

private:
    std::filesystem::path m_path;
    Descriptor m_file;
    uint64_t m_size = 0;
    std::string m_block; ///< what is not hashed yet
    std::string m_digest;
};

/// A tensor whose numbers lie in `bytes` or, if there is one, in `spool`.
struct SetTensor {
    std::string name;
    std::string dtype;
    std::vector<int64_t> shape;
    std::string_view bytes = {};
    const Spool* spool = nullptr;
};

/// Writes a .safetensors file that appears whole or not at all. The widest numbers come first in `tensors`,
/// so that each is aligned where the file is mapped. Io; Cancelled.
Status writeSetFile(const std::filesystem::path& file, const std::vector<SetTensor>& tensors,
    const std::map<std::string, std::string>& metadata, const ProgressSink& progress);

} // namespace telltale
