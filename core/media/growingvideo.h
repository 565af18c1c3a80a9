// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include <memory>
#include <optional>

namespace telltale {

/// A video file that may still be written, picture by picture, each decoded once. Pictures have the numbers
/// that they have in the whole file. Followed while they grow: MP4 in fragments, Matroska and WebM, MPEG
/// transport streams; others are read as they were when they were opened. One thread at a time.
class GrowingVideo {
public:
    /// As openVideo(). BadFormat while no picture is in the file or, as with an MP4 whose tables come last,
    /// it cannot be read before it is finished: it may be tried again.
    static Result<std::unique_ptr<GrowingVideo>> open(
        const std::filesystem::path& file, ProgressSink* progress = nullptr);
    virtual ~GrowingVideo() = default;

    virtual const VideoInfo& info() const = 0; ///< of what is known so far
    virtual void setView(const PictureView& view) = 0; ///< as FrameSource::setView()
    /// The next picture; nothing where none is certain yet. The coded pictures that end the file wait until
    /// others follow or endsHere() was called: they may not be whole. BadFormat where a picture cannot be
    /// converted; ask for the next.
    virtual Result<std::optional<VideoFrame>> next() = 0;
    /// Looks whether the file has grown and takes in what is new. True if it has.
    virtual Result<bool> poll() = 0;
    /// Nothing more will be written: what ends the file comes too.
    virtual void endsHere() = 0;
    virtual bool atEnd() const = 0; ///< endsHere() was called and every picture has come
    /// Coded pictures that could not be decoded.
    virtual int64_t damaged() const = 0;
};

/// Whether somebody has the file open for writing; nothing where the system does not tell (other people's
/// files, network drives).
std::optional<bool> isBeingWritten(const std::filesystem::path& file);

} // namespace telltale
