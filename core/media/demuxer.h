// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: packets of one video stream, numbered in decode order.
#include "base/progress.h"
#include "base/result.h"
#include "media/packetindex.h"
#include <filesystem>

namespace telltale {

/// Belongs to one thread at a time.
class Demuxer {
public:
    /// Opens the file and chooses the video stream: `stream`, or for -1 the first default one.
    /// NotFound, Io, BadFormat, InvalidArgument (no such stream), Cancelled.
    static Result<std::unique_ptr<Demuxer>> open(
        const std::filesystem::path& file, ProgressSink* progress, int stream);
    Demuxer(const Demuxer&) = delete;
    Demuxer& operator=(const Demuxer&) = delete;

    const std::filesystem::path& file() const { return m_file; }
    AVFormatContext* format() const { return m_format.get(); }
    AVStream* stream() const { return m_format->streams[m_stream]; }

    /// Reads every packet once. Returns false where reading stopped before the end of the file. Cancelled.
    Result<bool> scan(PacketIndex& index);
    /// Makes packet `number` the next one.
    Status seek(const PacketIndex& index, int64_t number);
    /// The next packet and its number; -1 at the end.
    int64_t read(const PacketIndex& index, AVPacket* packet);
    /// Number of the packet that read() gives next.
    int64_t position() const { return m_next; }
    bool cancelled() const { return m_progress && m_progress->cancelled(); }
    void setProgress(ProgressSink* progress) { m_progress = progress; }

private:
    explicit Demuxer(std::filesystem::path file) : m_file(std::move(file)), m_pending(av_packet_alloc()) { }
    Status openFormat(int wantedStream);
    Status chooseStream(int wanted);
    int readStream(AVPacket* packet);
    /// Reads on until packet `number` is pending. False if the place is unknown or lies behind it.
    bool advanceTo(const PacketIndex& index, int64_t number, bool fromStart);

    std::filesystem::path m_file;
    av::InputPtr m_format;
    av::PacketPtr m_pending; ///< read ahead while looking for a place
    bool m_hasPending = false;
    int m_stream = -1;
    int64_t m_next = 0;
    ProgressSink* m_progress = nullptr;
};

} // namespace telltale
