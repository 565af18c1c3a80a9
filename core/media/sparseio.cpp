// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/sparseio.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
extern "C" {
#include <libavutil/mem.h>
}

namespace telltale {
namespace {

constexpr int kBufferBytes = 32 * 1024;

int64_t sizeOf(int descriptor)
{
    struct stat facts { };
    return ::fstat(descriptor, &facts) == 0 ? static_cast<int64_t>(facts.st_size) : 0;
}

} // namespace

Result<std::unique_ptr<SparseIo>> SparseIo::open(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return Error{errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
            file.string() + ": cannot be read (" + std::strerror(errno) + "); check its permissions"};
    std::unique_ptr<SparseIo> io(new SparseIo(descriptor, sizeOf(descriptor)));
    auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
    io->m_context
        = avio_alloc_context(buffer, kBufferBytes, 0, io.get(), readCallback, nullptr, seekCallback);
    if (!io->m_context) {
        av_free(buffer);
        return Error{ErrorCode::Internal, file.string() + ": out of memory"};
    }
    return io;
}

SparseIo::~SparseIo()
{
    if (m_context)
        av_freep(&m_context->buffer);
    avio_context_free(&m_context);
    ::close(m_descriptor);
}

int64_t SparseIo::readAt(int64_t place, void* to, int64_t bytes) const
{
    int64_t done = 0;
    while (done < bytes) {
        const ssize_t got = ::pread(
            m_descriptor, static_cast<char*>(to) + done, static_cast<size_t>(bytes - done), place + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += got;
    }
    m_bytesRead += done;
    return done;
}

int64_t SparseIo::refreshSize() { return m_size = sizeOf(m_descriptor); }

void SparseIo::pretend(std::vector<ByteRange> ranges)
{
    m_pretended = std::move(ranges);
    // Without a buffer in between libav asks for whole packets, which are then never copied.
    m_context->direct = 1;
}

void SparseIo::overlay(int64_t place, std::string bytes)
{
    m_overlayAt = place;
    m_overlay = std::move(bytes);
}

int SparseIo::read(uint8_t* to, int bytes)
{
    const int64_t left = m_size - m_place;
    if (left <= 0 || bytes <= 0)
        return AVERROR_EOF;
    int64_t wanted = std::min<int64_t>(bytes, left);
    const auto range = std::upper_bound(m_pretended.begin(), m_pretended.end(), m_place,
        [](int64_t place, const ByteRange& candidate) { return place < candidate.last; });
    const bool inside = range != m_pretended.end() && range->first <= m_place;
    if (range != m_pretended.end())
        wanted = std::min(wanted, (inside ? range->last : range->first) - m_place);
    if (!inside)
        wanted = readAt(m_place, to, wanted);
    if (wanted <= 0)
        return AVERROR(EIO);
    for (size_t i = 0; i < m_overlay.size(); ++i)
        if (const int64_t at = m_overlayAt + static_cast<int64_t>(i) - m_place; at >= 0 && at < wanted)
            to[at] = static_cast<uint8_t>(m_overlay[i]);
    m_place += wanted;
    return static_cast<int>(wanted);
}

int SparseIo::readCallback(void* self, uint8_t* to, int bytes)
{
    return static_cast<SparseIo*>(self)->read(to, bytes);
}

int64_t SparseIo::seekCallback(void* self, int64_t offset, int whence)
{
    auto& io = *static_cast<SparseIo*>(self);
    const int mode = whence & ~AVSEEK_FORCE;
    if (mode == AVSEEK_SIZE)
        return io.m_size;
    if (mode != SEEK_SET && mode != SEEK_CUR && mode != SEEK_END)
        return AVERROR(EINVAL);
    const int64_t base = mode == SEEK_CUR ? io.m_place : mode == SEEK_END ? io.m_size : 0;
    if (base + offset < 0)
        return AVERROR(EINVAL);
    return io.m_place = base + offset;
}

} // namespace telltale
