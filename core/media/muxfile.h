// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: a media file that is written under a temporary name and appears whole or not at all.
#include "base/result.h"
#include "media/avhandles.h"
#include <filesystem>
#include <memory>
#include <string>

namespace telltale {

class MuxFile {
public:
    /// `muxer`: libav's name of the container. The folder must be there. Unsupported, Io.
    static Result<std::unique_ptr<MuxFile>> create(const std::filesystem::path& file, const char* muxer);
    ~MuxFile(); ///< removes the temporary file unless commit() was reached
    MuxFile(const MuxFile&) = delete;
    MuxFile& operator=(const MuxFile&) = delete;

    AVFormatContext& format() { return *m_format; }
    /// A new stream; null if there is no memory.
    AVStream* addStream() { return avformat_new_stream(m_format, nullptr); }
    /// `settings` are the muxer's; null for none.
    Status writeHeader(AVDictionary** settings);
    /// Takes the contents of `packet`, whose stamps are in its stream's time base.
    Status write(AVPacket& packet);
    /// Writes what is left and closes. The file then lies at temporary().
    Status close();
    const std::filesystem::path& temporary() const { return m_temporary; }
    /// After close(): flushes to the disk and takes the final name.
    Status commit();
    Error ioFailure(int code) const;

private:
    explicit MuxFile(std::filesystem::path file);
    Error failure(ErrorCode code, const std::string& what) const;

    std::filesystem::path m_file;
    std::filesystem::path m_temporary;
    AVFormatContext* m_format = nullptr;
    bool m_begun = false;
    bool m_committed = false;
};

} // namespace telltale
