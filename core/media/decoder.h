// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: pictures of one video stream in the order the decoder delivers them.
#include "media/demuxer.h"

namespace telltale {

/// A decoded picture in its native pixel format.
struct DecodedPicture {
    std::shared_ptr<const AVFrame> frame;
    int64_t packet = -1; ///< number of the packet it came from
};

/// Single-threaded decoding, as `ffmpeg -threads 1` does it. Belongs to one thread at a time.
class Decoder {
public:
    /// Unsupported where this FFmpeg has no decoder for the codec.
    static Result<std::unique_ptr<Decoder>> open(Demuxer& demuxer);

    /// Starts afresh with packet `number`.
    Status start(const PacketIndex& index, int64_t number);
    /// The next picture; a null frame at the end. Damaged packets are passed over.
    DecodedPicture next(const PacketIndex& index);
    /// Packets that the decoder refused since it was opened.
    int64_t refused() const { return m_refused; }

private:
    explicit Decoder(Demuxer& demuxer) : m_demuxer(demuxer), m_packet(av_packet_alloc()) { }

    Demuxer& m_demuxer;
    av::CodecPtr m_codec;
    av::PacketPtr m_packet;
    bool m_draining = false;
    int64_t m_refused = 0;
};

/// 64-bit hash of what the picture shows.
uint64_t planesHash(const AVFrame& frame);
/// MD5 of the planes without padding, as ffmpeg's framemd5 prints it; empty where the format has no planes in
/// memory.
std::string planesMd5(const AVFrame& frame);

/// Counts the pictures of the whole stream by decoding it from the start, and gives `index` that order.
/// Cancelled.
Status orderByDecoding(Demuxer& demuxer, Decoder& decoder, PacketIndex& index, ProgressSink* progress);

} // namespace telltale
