// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/setfiles/spool.h"
#include "base/sha256.h"
#include "nn/safetensors.h"
#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace telltale {

namespace {

namespace fs = std::filesystem;

constexpr size_t kBlock = 1 << 20; ///< bytes

fs::path besides(const fs::path& file, const std::string& ending)
{
    return file.parent_path()
        / std::string(".")
              .append(file.filename().string())
              .append(".")
              .append(std::to_string(getpid()))
              .append(ending);
}

std::string chained(const std::string& digest, std::string_view block)
{
    return hexOf(sha256(digest + hexOf(sha256(block))));
}

Status writeParts(const fs::path& partial, const std::vector<SetTensor>& tensors,
    const std::map<std::string, std::string>& metadata, const ProgressSink& progress)
{
    const Descriptor out(partial, O_CREAT | O_TRUNC | O_WRONLY);
    std::vector<TensorPlan> plans;
    plans.reserve(tensors.size());
    for (const SetTensor& tensor : tensors)
        plans.push_back({tensor.name, tensor.dtype, tensor.shape,
            tensor.spool ? tensor.spool->size() : tensor.bytes.size()});
    if (!out.ok() || !writeAll(out.get(), safetensorsHeader(plans, metadata)))
        return ioError(partial, "cannot be written");
    for (const SetTensor& tensor : tensors) {
        if (tensor.spool) {
            if (Status status = tensor.spool->copyTo(out.get(), partial, progress); !status)
                return status;
        } else if (!writeAll(out.get(), tensor.bytes)) {
            return ioError(partial, "cannot be written");
        }
    }
    return fsync(out.get()) == 0 ? Status() : ioError(partial, "cannot be written");
}

} // namespace

Spool::Spool(const fs::path& file, const std::string& ending)
    : m_path(besides(file, ending))
    , m_file(m_path, O_CREAT | O_TRUNC | O_RDWR)
{
}

Spool::~Spool()
{
    std::error_code ignored;
    fs::remove(m_path, ignored);
}

Status Spool::append(std::string_view bytes)
{
    if (!m_file.ok() || !writeAll(m_file.get(), bytes))
        return ioError(m_path, "cannot be written");
    m_size += bytes.size();
    while (!bytes.empty()) {
        const size_t taken = std::min(bytes.size(), kBlock - m_block.size());
        m_block.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (m_block.size() < kBlock)
            break;
        m_digest = chained(m_digest, m_block);
        m_block.clear();
    }
    return {};
}

Status Spool::copyTo(int out, const fs::path& target, const ProgressSink& progress) const
{
    std::string block(kBlock, '\0');
    for (uint64_t at = 0; at < m_size; at += block.size()) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const auto bytes = static_cast<size_t>(std::min<uint64_t>(block.size(), m_size - at));
        if (!m_file.readAt(static_cast<int64_t>(at), block.data(), bytes))
            return ioError(m_path, "cannot be read back");
        if (!writeAll(out, {block.data(), bytes}))
            return ioError(target, "cannot be written");
    }
    return {};
}

std::string Spool::digest() const { return chained(m_digest, m_block); }

Status writeSetFile(const fs::path& file, const std::vector<SetTensor>& tensors,
    const std::map<std::string, std::string>& metadata, const ProgressSink& progress)
{
    const fs::path partial = besides(file, ".partial");
    Status written = writeParts(partial, tensors, metadata, progress);
    std::error_code error;
    if (written) {
        fs::rename(partial, file, error);
        if (error)
            written = Error{ErrorCode::Io, file.string() + " cannot be written: " + error.message() + "."};
    }
    if (!written)
        fs::remove(partial, error);
    return written;
}

} // namespace telltale
