// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/muxfile.h"
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Hidden from people and from folder scans, and another one for each process.
fs::path temporaryName(const fs::path& file)
{
    return file.parent_path()
        / ("." + file.stem().string() + ".part" + std::to_string(::getpid()) + file.extension().string());
}

bool flushToDisk(const fs::path& file)
{
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    const bool flushed = ::fsync(handle) == 0;
    ::close(handle);
    return flushed;
}

} // namespace

MuxFile::MuxFile(fs::path file) : m_file(std::move(file)), m_temporary(temporaryName(m_file)) { }

MuxFile::~MuxFile()
{
    if (m_format) {
        avio_closep(&m_format->pb);
        avformat_free_context(m_format);
    }
    std::error_code ignored;
    if (m_begun && !m_committed)
        fs::remove(m_temporary, ignored);
}

Error MuxFile::failure(ErrorCode code, const std::string& what) const
{
    return {code, "cannot write " + m_file.string() + ": " + what};
}

Error MuxFile::ioFailure(int code) const
{
    return failure(
        ErrorCode::Io, av::errorText(code) + "; check the folder, its permissions and the free space");
}

Result<std::unique_ptr<MuxFile>> MuxFile::create(const fs::path& file, const char* muxer)
{
    av::silenceLog();
    std::unique_ptr<MuxFile> result(new MuxFile(file));
    const std::string url = av::fileUrl(result->m_temporary);
    if (const int code = avformat_alloc_output_context2(&result->m_format, nullptr, muxer, url.c_str());
        code < 0)
        return result->failure(ErrorCode::Unsupported, av::errorText(code));
    result->m_format->flags |= AVFMT_FLAG_BITEXACT;
    return result;
}

Status MuxFile::writeHeader(AVDictionary** settings)
{
    if (const int code = avio_open(&m_format->pb, m_format->url, AVIO_FLAG_WRITE); code < 0)
        return ioFailure(code);
    m_begun = true;
    if (const int code = avformat_write_header(m_format, settings); code < 0)
        return failure(ErrorCode::Unsupported,
            std::string("a ") + m_format->oformat->name + " file cannot hold this (" + av::errorText(code)
                + "); choose another ending such as .mkv");
    return {};
}

Status MuxFile::write(AVPacket& packet)
{
    const int code = av_interleaved_write_frame(m_format, &packet);
    if (code < 0)
        return ioFailure(code);
    if (m_format->pb->error < 0)
        return ioFailure(m_format->pb->error);
    return {};
}

Status MuxFile::close()
{
    if (const int code = av_write_trailer(m_format); code < 0)
        return ioFailure(code);
    avio_flush(m_format->pb);
    const int failed = m_format->pb->error;
    const int code = avio_closep(&m_format->pb);
    if (failed < 0 || code < 0)
        return ioFailure(failed < 0 ? failed : code);
    return {};
}

Status MuxFile::commit()
{
    if (!flushToDisk(m_temporary))
        return failure(ErrorCode::Io, "the disk does not take it; check the free space");
    std::error_code error;
    fs::rename(m_temporary, m_file, error);
    if (error)
        return failure(ErrorCode::Io, error.message());
    m_committed = true;
    return {};
}

} // namespace telltale
