// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "base/timebase.h"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// An 8-bit picture as Qt's Format_RGB32 wants it: bytes B, G, R, 255; rows packed, stride = width * 4.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> bgra;
    bool empty() const { return bgra.empty(); }
    int stride() const { return width * 4; }
};

/// A rectangle in pixels of the displayed picture (rotation applied).
struct PictureRegion {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PictureRegion&) const = default;
};

/// What a viewer needs of each picture: the part that is seen, scaled to the pixels it is seen on. Scaling is
/// done before colour conversion, on the decode thread.
struct PictureView {
    PictureRegion region; ///< width 0: the whole picture
    int outputWidth = 0; ///< 0: unscaled
    int outputHeight = 0;
    uint32_t background = 0; ///< 0xRRGGBB, behind pictures that are transparent
    bool operator==(const PictureView&) const = default;
};

/// One decoded picture, turned the way it is displayed (rotation applied).
struct VideoFrame {
    int64_t index = -1; ///< presentation-order index of what is shown
    MediaTime time{};
    Picture picture;
    PictureRegion region{}; ///< the part of the displayed picture that `picture` shows
    bool exact = true; ///< false: a stand-in: a nearby picture or a proxy's
    bool pending = false; ///< true only for a stand-in: the exact picture will follow
    int64_t wanted = -1; ///< the index that was asked for; differs from `index` only for a stand-in
};

/// Pictures that the file promises and that are missing or not as they were coded.
struct DamagedRange {
    FrameSpan frames;
    std::string reason; ///< a sentence without a full stop
};

/// What `telltale-cli probe` prints.
struct VideoInfo {
    std::filesystem::path file;
    std::string container;
    std::string codec;
    std::string decoder; ///< "h264", with a device "h264 (vaapi)"
    std::string pixelFormat;
    int codedWidth = 0;
    int codedHeight = 0;
    int width = 0; ///< as displayed: rotation applied
    int height = 0;
    int rotation = 0; ///< degrees clockwise that the player applies: 0, 90, 180, 270
    int sarNum = 1; ///< width to height of one pixel as displayed (rotation applied)
    int sarDen = 1;
    int64_t timeBaseNum = 0;
    int64_t timeBaseDen = 1;
    int64_t frameCount = 0;
    MediaTime duration{};
    double meanFps = 0;
    bool variableRate = false;
    int64_t keyFrames = 0; ///< that are shown
    int64_t longestGop = 0; ///< pictures from one shown key frame to the next
    bool hasAudio = false;
    int streamIndex = -1; ///< of the video stream that is shown
    std::vector<int> videoStreams; ///< all of them
    bool cutShort = false; ///< the file ends before what its container promises
    std::string missing; ///< what it then lacks, for a sentence about the file; empty otherwise
    std::vector<DamagedRange> damaged; ///< ascending, for the timeline
    std::vector<std::string> warnings; ///< sentences: damage, missing time stamps, several streams
};

/// The sentence for who wants whole videos only: file, what is missing, remedy.
Error cutShortError(const VideoInfo& info);

/// Identity of a decoded picture, comparable with `ffmpeg -f framemd5`.
struct FrameDigest {
    int64_t index = -1;
    int64_t pts = 0; ///< in the stream's time base
    MediaTime time{};
    std::string md5; ///< of the planes in the native pixel format without padding, before rotation
};

/// Exact random access to the pictures of one video: frame i is the i-th picture that sequential decoding
/// delivers. An instance belongs to one thread at a time; read() blocks, so never call it on the GUI thread.
/// Reading i, i+1, i+2 ... costs one decode each.
class FrameSource {
public:
    virtual ~FrameSource() = default;
    virtual const VideoInfo& info() const = 0;
    virtual const FrameTimes& times() const = 0;
    /// InvalidArgument outside [0, frameCount); BadFormat where the file is damaged.
    virtual Result<VideoFrame> read(int64_t index) = 0;
    virtual Result<FrameDigest> digest(int64_t index) = 0;
    /// From now on read() and digest() ask `wanted` before each coded picture and return Cancelled once it
    /// says true. What was decoded until then is not lost.
    virtual void setInterrupt(const std::function<bool()>& wanted) { (void)wanted; }
    /// From now on read() gives this part in this size. A region is cut to the picture.
    virtual void setView(const PictureView& view) { (void)view; }
};

struct OpenOptions {
    int stream = -1; ///< which of several video streams; -1 takes the first that the file marks as default
    /// Where indexes are kept, by fingerprint of the file, so that a file that was open before opens at once.
    /// Empty: nowhere. Only verified ones are kept, and none that took `decodeAll`.
    std::filesystem::path cacheFolder;
    int64_t cacheBytes = int64_t{96} << 20; ///< of decoded pictures that are kept
    /// Look at the structure of every coded picture before saying how many there are. Without, a damaged MP4
    /// is found out when the damage is met; with, opening one takes longer the more pictures it has.
    bool verify = true;
    /// Also decode every picture once, to find the damage that only the decoder notices. Takes long.
    bool decodeAll = false;
    bool hardware = false; ///< decode on the graphics hardware if there is any; then not exact to the bit
};

/// Opens a video and indexes its presentation order. NotFound, Io, BadFormat (not a video, no pictures, cut
/// short), Unsupported (no decoder), Cancelled. The message names the file and what to do.
/// `stream`: which of several video streams; -1 takes the first one that the file marks as default.
/// Times start with the stream: the first picture is at its own time stamp minus the stream's start, normally
/// 0. A damaged file opens with the pictures that are there, and with warnings.
Result<std::unique_ptr<FrameSource>> openVideo(
    const std::filesystem::path& file, ProgressSink* progress = nullptr, int stream = -1);

Result<std::unique_ptr<FrameSource>> openVideo(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress);

/// `source` scaled to width x height (box filter when shrinking), for networks and thumbnails.
Picture scaled(const Picture& source, int width, int height);

} // namespace telltale
