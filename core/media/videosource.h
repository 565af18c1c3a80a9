// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the frame source of a video file, also while its index is being built.
#include "media/nativesource.h"
#include "media/pictureseeker.h"

namespace telltale {

/// Until isReady() nothing but the index functions may be called. Belongs to one thread at a time.
class VideoSource final : public NativeSource {
public:
    static Result<std::unique_ptr<VideoSource>> open(
        const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress);

    // The index.
    bool isReady() const { return m_seeker != nullptr; }
    bool isIndexed() const { return m_builder->stage() == IndexBuilder::Stage::Done; }
    /// Works on the index for about `budget`. True if info() and times() changed.
    Result<bool> advanceIndex(std::chrono::milliseconds budget);
    Status finishIndex();
    /// Whether pictures have got other numbers since this was asked last, because they had to be counted.
    bool takeRenumbered();
    /// Whether the file has grown; its index then needs work again.
    Result<bool> pollGrowth();

    // FrameSource and NativeSource.
    const VideoInfo& info() const override { return m_info; }
    const FrameTimes& times() const override { return m_video->times; }
    Result<VideoFrame> read(int64_t index) override;
    Result<FrameDigest> digest(int64_t index) override;
    Result<std::shared_ptr<const AVFrame>> native(int64_t index) override;
    const PacketIndex& packetIndex() const override { return m_video->packets; }
    void setInterrupt(const std::function<bool()>& wanted) override;
    void setView(const PictureView& view) override { m_view = view; }

    // For the frame server.
    /// Decodes picture `index` and those from `from` on that come by, as far as they fit. Errors as read().
    Status prepare(int64_t index, int64_t from);
    /// read() of a picture that is kept; `storage` is used again.
    Result<VideoFrame> show(int64_t index, std::vector<uint8_t> storage);
    PictureSeeker& pictures() { return *m_seeker; }
    /// Bytes that a decoded picture takes, about.
    int64_t pictureBytes() const;

private:
    VideoSource(const OpenOptions& options, std::unique_ptr<IndexBuilder> builder)
        : m_options(options)
        , m_builder(std::move(builder))
    {
    }
    Result<bool> takeIndex();
    Status openDecoder();
    Status openSeeker();
    Result<PictureSeeker::NativePicture> decoded(int64_t index, int64_t from);

    const OpenOptions m_options;
    std::unique_ptr<IndexBuilder> m_builder;
    std::shared_ptr<const IndexedVideo> m_video;
    VideoInfo m_info;
    std::unique_ptr<Demuxer> m_demuxer;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<PictureSeeker> m_seeker;
    std::function<bool()> m_interrupt;
    PictureView m_view;
    bool m_hardware = false; ///< asked for, and not refused yet
    bool m_renumbered = false;
    bool m_grown = false; ///< the reader knows only a shorter file
};

} // namespace telltale
