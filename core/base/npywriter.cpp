// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/npywriter.h"
#include "base/descriptor.h"
#include "base/npy.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace telltale {
namespace {

/// Of one number, from NumPy's name of its type.
int64_t bytesOf(const std::string& dtype)
{
    int64_t size = 0;
    std::from_chars(dtype.data() + std::min<size_t>(1, dtype.size()), dtype.data() + dtype.size(), size);
    return size;
}

} // namespace

Result<NpyWriter> NpyWriter::open(
    const std::filesystem::path& file, const std::string& dtype, const std::vector<int64_t>& shape)
{
    NpyWriter writer;
    writer.m_file = file;
    writer.m_temporary = file.string() + ".part" + std::to_string(::getpid());
    writer.m_expected = bytesOf(dtype);
    for (const int64_t size : shape)
        writer.m_expected *= size;
    writer.m_descriptor = ::open(writer.m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (writer.m_descriptor < 0)
        return writer.failure("cannot be written, choose another folder");
    const std::string header = formatNpyHeader(dtype, shape);
    if (!writeAll(writer.m_descriptor, header))
        return writer.failure("could not be written completely, nothing was changed");
    return writer;
}

NpyWriter::NpyWriter(NpyWriter&& other) noexcept { *this = std::move(other); }

NpyWriter& NpyWriter::operator=(NpyWriter&& other) noexcept
{
    if (this != &other) {
        abandon();
        m_file = std::move(other.m_file);
        m_temporary = std::move(other.m_temporary);
        m_descriptor = std::exchange(other.m_descriptor, -1);
        m_expected = other.m_expected;
        m_written = other.m_written;
    }
    return *this;
}

NpyWriter::~NpyWriter() { abandon(); }

Status NpyWriter::write(std::span<const std::byte> bytes)
{
    if (m_descriptor < 0)
        return Error{ErrorCode::Internal, m_file.string() + ": the file was given up or finished before"};
    if (!writeAll(m_descriptor, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}))
        return failure("could not be written completely, nothing was changed");
    m_written += static_cast<int64_t>(bytes.size());
    return {};
}

Status NpyWriter::finish()
{
    if (m_descriptor < 0 || m_written != m_expected) {
        abandon();
        return Error{ErrorCode::Internal,
            m_file.string() + ": another number of bytes was written than the shape has"};
    }
    if (::fsync(m_descriptor) != 0 || ::rename(m_temporary.c_str(), m_file.c_str()) != 0)
        return failure("could not be written completely, nothing was changed");
    ::close(std::exchange(m_descriptor, -1));
    return {};
}

Error NpyWriter::failure(const std::string& what)
{
    const std::string reason = std::strerror(errno);
    abandon();
    return {ErrorCode::Io, m_file.string() + ": " + what + " (" + reason + ")"};
}

void NpyWriter::abandon()
{
    if (m_descriptor < 0)
        return;
    ::close(std::exchange(m_descriptor, -1));
    ::unlink(m_temporary.c_str());
}

} // namespace telltale
