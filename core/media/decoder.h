// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: pictures of one video stream in the order the decoder delivers them.
#include "media/demuxer.h"
#include "media/disposable.h"
#include <functional>

namespace telltale {

/// A decoded picture in its native pixel format, in memory.
struct DecodedPicture {
    std::shared_ptr<const AVFrame> frame; ///< null at the end, or when interrupted
    int64_t packet = -1; ///< number of the packet it came from
    bool interrupted = false;
};

/// Single-threaded decoding, as `ffmpeg -threads 1` does it. Belongs to one thread at a time.
class Decoder {
public:
    /// Unsupported where this FFmpeg has no decoder for the codec. `hardware`: on a device of this machine if
    /// there is one that can; what it delivers is then not exact to the bit.
    static Result<std::unique_ptr<Decoder>> open(Demuxer& demuxer, bool hardware = false);

    /// Starts afresh with packet `number`.
    Status start(const PacketIndex& index, int64_t number);
    /// The next picture; a null frame at the end. Damaged packets are passed over.
    DecodedPicture next(const PacketIndex& index);
    /// Whether pictures that nothing depends on can be left out; the others are the same without them.
    bool canSkip() const { return m_skipping != Skipping::None; }
    /// Until packet `number` is reached, pictures that nothing depends on are not decoded.
    void skipUntil(int64_t number) { m_skipUntil = number; }
    /// Asked before each packet; once it says true, next() returns at once and can be called again.
    void setInterrupt(const std::function<bool()>& wanted) { m_interrupt = wanted; }
    /// Packets that the decoder refused since it was opened.
    int64_t refused() const { return m_refused; }
    /// Of the codec; with the device that decoded the last picture: "h264 (vaapi)".
    std::string name() const;

private:
    explicit Decoder(Demuxer& demuxer) : m_demuxer(demuxer), m_packet(av_packet_alloc()) { }
    void send(int64_t number);

    Demuxer& m_demuxer;
    av::CodecPtr m_codec;
    av::PacketPtr m_packet;
    Skipping m_skipping = Skipping::None;
    DisposableTest m_disposable;
    int64_t m_skipUntil = 0;
    std::function<bool()> m_interrupt;
    std::string m_device; ///< that decoded the last picture
    bool m_draining = false;
    int64_t m_refused = 0;
};

/// 64-bit hash of what the picture shows.
uint64_t planesHash(const AVFrame& frame);
/// MD5 of the planes without padding, as ffmpeg's framemd5 prints it; empty where the format has no planes in
/// memory.
std::string planesMd5(const AVFrame& frame);

} // namespace telltale
