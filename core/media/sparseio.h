// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: a file as libav reads it, with parts that need not come from the disk.
#include "base/result.h"
#include "media/avhandles.h"
#include <filesystem>
#include <memory>
#include <vector>

namespace telltale {

struct ByteRange {
    int64_t first = 0;
    int64_t last = 0; ///< exclusive
};

/// Belongs to one thread at a time.
class SparseIo {
public:
    /// NotFound, Io.
    static Result<std::unique_ptr<SparseIo>> open(const std::filesystem::path& file);
    ~SparseIo();
    SparseIo(const SparseIo&) = delete;
    SparseIo& operator=(const SparseIo&) = delete;

    /// Reads up to `bytes` at `place`, always from the disk; fewer only at the end of the file or on failure.
    int64_t readAt(int64_t place, void* to, int64_t bytes) const;
    /// What libav reads and seeks with; owned by this object.
    AVIOContext* context() const { return m_context; }
    /// Bytes in the file when it was opened or refreshed last.
    int64_t size() const { return m_size; }
    int64_t refreshSize();

    /// From now on libav reads anything at all within these ranges (ascending), in no time and without
    /// touching the disk. An empty list: everything is real again.
    void pretend(std::vector<ByteRange> ranges);
    /// libav reads `bytes` at `place` instead of what the file has there.
    void overlay(int64_t place, std::string bytes);
    /// Bytes that came from the disk through this object.
    int64_t bytesRead() const { return m_bytesRead; }

private:
    SparseIo(int descriptor, int64_t size) : m_descriptor(descriptor), m_size(size) { }
    static int readCallback(void* self, uint8_t* to, int bytes);
    static int64_t seekCallback(void* self, int64_t offset, int whence);
    int read(uint8_t* to, int bytes);

    int m_descriptor;
    int64_t m_size;
    int64_t m_place = 0;
    mutable int64_t m_bytesRead = 0;
    AVIOContext* m_context = nullptr;
    std::vector<ByteRange> m_pretended;
    int64_t m_overlayAt = -1;
    std::string m_overlay;
};

} // namespace telltale
