// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: finds out the presentation order of a video, in steps.
#include "media/decoder.h"
#include "media/videodescription.h"
#include <chrono>

namespace telltale {

/// All that is known of a video at one moment. Immutable once published, so any thread may read it.
struct IndexedVideo {
    PacketIndex packets; ///< ordered
    VideoInfo info;
    FrameTimes times;
    std::shared_ptr<const StreamFacts> facts;
    int64_t fileBytes = 0; ///< that the file had
};

/// The index of one video from its opening to its end, and beyond while it is still being recorded. Belongs
/// to one thread at a time; what it publishes may be read by all.
///
///     builder = IndexBuilder::open(file, options, progress)      // first picture: published() may be there
///     while (builder->stage() != Stage::Done) builder->advance(10ms), then look at published()
///     now and then, while nothing else is to do: builder->pollGrowth()
///
/// published() changes (another pointer) whenever more or other pictures are known. Between two of them the
/// pictures that both have keep their numbers, except after Stage::Counting.
class IndexBuilder {
public:
    enum class Stage {
        Reading, ///< demuxing; what is published so far is a beginning of the video
        Verifying, ///< all pictures are published, as the container's tables tell them; looking for damage
        Counting, ///< the tables are not to be trusted, or OpenOptions::decodeAll: decoding all pictures
        Done
    };
    /// Opens `file`. An index that was saved, or MP4/MOV whose tables tell everything, is published at once
    /// and nothing of the payload is read. NotFound, Io, BadFormat, InvalidArgument, Unsupported, Cancelled.
    static Result<std::unique_ptr<IndexBuilder>> open(
        const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress);

    Stage stage() const { return m_stage; }
    /// Works on for about `budget`, at least one packet. Cancelled, BadFormat (no picture in it).
    Status advance(std::chrono::milliseconds budget);
    /// advance() until Stage::Done. Whoever gets there saves the index in OpenOptions::cacheFolder.
    Status finish();
    /// Null until the first pictures are known.
    std::shared_ptr<const IndexedVideo> published() const { return m_published; }

    /// A decoder refused this packet or did not deliver its picture although decoding began well before it:
    /// the tables promise too much. stage() becomes Counting unless the pictures were counted already.
    void suspect(int64_t packet);
    /// Whether the file is longer than it was; if so stage() is Reading again, and only what is new is read.
    Result<bool> pollGrowth();

    /// A reader of the packets for decoding; independent of the builder and of other readers.
    Result<std::unique_ptr<Demuxer>> reader() const;

private:
    /// Pictures being counted by decoding.
    struct Counter {
        std::unique_ptr<Demuxer> demuxer;
        std::unique_ptr<Decoder> decoder;
        std::vector<ShownPicture> pictures;
        std::vector<int64_t> framePts;
        std::vector<int64_t> flawed; ///< packets whose pictures the decoder had to mend
    };
    using Deadline = std::chrono::steady_clock::time_point;

    IndexBuilder() = default;
    Status read(Deadline deadline);
    Status verify(Deadline deadline);
    Status count(Deadline deadline);
    /// All packets are there.
    Status order();
    /// What is to be done once the order is known from time stamps.
    Stage afterOrder() const;
    Status endCount();
    void publishBeginning();
    Status publish(Stage next);
    /// Once the work is done: saves the index and gives back the memory that it took.
    void settle() const;
    IndexedVideo describe(bool whole) const;
    /// The index to work on, which may have been given away when it was published.
    PacketIndex& working();
    Status noPictures() const;

    OpenOptions m_options;
    ProgressSink* m_progress = nullptr;
    std::filesystem::path m_file;
    std::string m_key; ///< of the saved index; empty: not to be saved
    std::unique_ptr<Demuxer> m_demuxer; ///< null where the index was loaded
    std::unique_ptr<Counter> m_counter;
    PacketIndex m_index;
    int64_t m_verified = 0; ///< packets
    int64_t m_publishAgain = 0; ///< once this many packets are known
    bool m_broken = false;
    Stage m_stage = Stage::Reading;
    std::shared_ptr<const IndexedVideo> m_published;
};

} // namespace telltale
