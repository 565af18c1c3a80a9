// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: packets of one video stream, numbered in decode order.
#include "base/progress.h"
#include "base/result.h"
#include "media/packetindex.h"
#include "media/streamfacts.h"
#include <chrono>
#include <filesystem>
#include <functional>

namespace telltale {

/// Belongs to one thread at a time.
class Demuxer {
public:
    /// Opens the file and chooses the video stream: `stream`, or for -1 the first default one.
    /// NotFound, Io, BadFormat, InvalidArgument (no such stream), Cancelled.
    static Result<std::unique_ptr<Demuxer>> open(
        const std::filesystem::path& file, ProgressSink* progress, int stream);
    /// For reading the packets of a file whose facts are known: libav opens it when that is needed at all.
    static Result<std::unique_ptr<Demuxer>> open(std::shared_ptr<const StreamFacts> facts);
    Demuxer(const Demuxer&) = delete;
    Demuxer& operator=(const Demuxer&) = delete;

    const std::filesystem::path& file() const { return m_file; }
    AVStream* stream() const { return m_facts->stream; }
    /// A context that describes the stream and reads nothing.
    AVFormatContext* format() const { return m_facts->shell.get(); }
    const std::shared_ptr<const StreamFacts>& facts() const { return m_facts; }
    const SparseIo& io() const { return *m_io; }
    /// Of the file when it was opened or scanned last; empty for a demuxer that was opened for reading.
    const ContainerLayout& layout() const { return m_layout; }

    enum class Scan { More, End, Broken };
    /// Reads every packet once, on and on until `deadline`. Broken: reading stopped before the end of the
    /// file. facts() may have changed afterwards. Cancelled.
    Result<Scan> scan(PacketIndex& index, std::chrono::steady_clock::time_point deadline);
    /// The file has grown since scan() came to its end: forgets the last packets, which may have been
    /// incomplete, and makes scan() go on from there. Only what is new is read, as far as the container
    /// allows.
    Status resume(PacketIndex& index);

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
    Status openIo();
    /// Opens with libav. `tables`: whatever an MP4's tables tell is taken from there.
    Status openFormat(bool tables);
    Status openForScan(int wantedStream);
    Status describe(int wantedStream);
    Result<int> chooseStream(int wanted) const;
    void listenTo(int stream);
    /// Whether each packet of it is one picture and is in the tables as it is in the file.
    bool tablesTellAll(int stream) const;
    int readStream(AVPacket* packet);
    /// Reads on until packet `number` is pending. False if the place is unknown or lies behind it.
    bool advanceTo(const PacketIndex& index, int64_t number, bool fromStart);
    bool seekByTime(const PacketIndex& index, int64_t number);
    int64_t readDirectly(const PacketIndex& index, AVPacket* packet);
    bool resumeFrom(PacketIndex& index, int64_t place);
    /// Forgets the packets from the one on that is read next. False if that one is unknown.
    bool meet(PacketIndex& index);

    std::filesystem::path m_file;
    std::shared_ptr<const StreamFacts> m_facts;
    ContainerLayout m_layout;
    std::unique_ptr<SparseIo> m_io; ///< before the context that reads from it
    av::InputPtr m_format; ///< null while it is not needed
    av::PacketPtr m_pending; ///< read ahead while looking for a place
    bool m_hasPending = false;
    bool m_tables = false; ///< the format gives packets from the tables of an MP4
    int m_stream = -1;
    int64_t m_next = 0;
    int64_t m_knownSize = 0; ///< bytes in the file when reading came to its end
    int64_t m_lastPts = AV_NOPTS_VALUE; ///< latest picture that scan() has met
    ProgressSink* m_progress = nullptr;
};

} // namespace telltale
