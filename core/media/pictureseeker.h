// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: decodes the picture that is asked for, and keeps what came by.
#include "media/decoder.h"
#include "media/indexbuilder.h"
#include "media/lrucache.h"
#include <set>

namespace telltale {

/// Exact random access to the pictures of an indexed video in their native format. A run of decoding begins
/// at a key picture; it goes on as long as what is asked for lies ahead of it. Belongs to one thread at a
/// time.
class PictureSeeker {
public:
    using NativePicture = std::shared_ptr<const AVFrame>;

    /// `demuxer` and `decoder`, which reads from it, outlive the seeker.
    PictureSeeker(
        std::shared_ptr<const IndexedVideo> video, Demuxer& demuxer, Decoder& decoder, int64_t cacheBytes);

    /// Picture `index`, decoded if it is not kept. Pictures from `from` on that lie in the same group are
    /// decoded on the way, so that they are kept as far as they fit. InvalidArgument, BadFormat (damaged),
    /// Cancelled (interrupted; the run goes on with the next call), Io.
    Result<NativePicture> picture(int64_t index, int64_t from);
    bool isKept(int64_t index) const { return m_kept.contains(index); }
    NativePicture kept(int64_t index) { return m_kept.find(index); }
    std::optional<int64_t> nearestKept(int64_t index) const { return m_kept.nearest(index); }
    /// The picture that decoding towards `index` delivers first.
    int64_t keyOf(int64_t index) const;
    int64_t keptBytes() const { return m_kept.bytes(); }
    int64_t keptCount() const { return m_kept.count(); }

    /// Called with the first picture that a run delivers, which is kept while the call lasts.
    void setFirstDelivered(std::function<void(int64_t)> delivered)
    {
        m_firstDelivered = std::move(delivered);
    }
    void setProtected(std::function<bool(int64_t)> isProtected)
    {
        m_kept.setProtected(std::move(isProtected));
    }
    /// More is known of the same file; what is kept stays only if the pictures kept their numbers.
    void setVideo(std::shared_ptr<const IndexedVideo> video, bool sameNumbers);
    void setReader(Demuxer& demuxer, Decoder& decoder);

private:
    Result<NativePicture> runTo(int64_t index, int64_t from);
    Result<NativePicture> decodeUntil(int64_t index);
    Status startRun(int64_t packet);
    /// Leaves out what nobody asked for on the way to the pictures `from` to `index`.
    void skipTowards(int64_t index, int64_t from);
    std::optional<int64_t> identify(const DecodedPicture& decoded);
    /// Whether `decoded` looks exactly as it does when the file is decoded from its start.
    bool isTrue(const DecodedPicture& decoded, const ShownPicture& picture) const;
    bool canContinueTo(int64_t index) const;
    /// Whether the run, which begins by delivering `decoded`, shows exactly what decoding from the file's
    /// start shows.
    bool provesRun(const DecodedPicture& decoded);
    /// Where decoding may begin for picture `index`, nearest first.
    std::vector<int64_t> startsFor(int64_t index) const;
    void keep(int64_t index, const NativePicture& picture);
    ShownPicture shown(int64_t index) const;
    PacketInfo packet(int64_t number) const;

    std::shared_ptr<const IndexedVideo> m_video;
    Demuxer* m_demuxer;
    Decoder* m_decoder;
    LruCache<AVFrame> m_kept; ///< so that stepping back inside a group of pictures is a look-up
    std::function<void(int64_t)> m_firstDelivered;
    std::set<int64_t> m_unfit; ///< key packets that are no clean start
    std::set<int64_t> m_missing; ///< pictures that no run could deliver
    bool m_maySkip = true;
    // The run of decoding in progress.
    bool m_running = false;
    bool m_proven = false; ///< see provesRun()
    int64_t m_runStart = 0; ///< packet it began with
    int64_t m_completeFrom = 0; ///< from this packet on the run leaves nothing out
    int64_t m_delivered = 0; ///< pictures since the start of the file, for PictureIdentity::Count
    int64_t m_last = -1; ///< presentation index delivered last
};

} // namespace telltale
