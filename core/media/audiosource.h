// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the sound of a video as one unbroken row of samples.
#include "media/audiodecoder.h"
#include <span>

namespace telltale {

/// Sample s is heard s / rate after the start of the pictures. Gaps, what lies before the sound and what lies
/// behind its end are silence. Belongs to one thread at a time.
class AudioSource {
public:
    /// NotFound where the video has no sound; Io, BadFormat, Unsupported.
    static Result<std::unique_ptr<AudioSource>> open(
        const std::filesystem::path& file, const AudioOptions& options);

    int rate() const { return m_decoder->rate(); }
    int channels() const { return m_decoder->channels(); }
    /// The next read() begins with this sample. Costs nothing where it goes on anyway.
    void seek(int64_t sample) { m_position = sample; }
    int64_t position() const { return m_position; }
    /// Fills the whole span. After an error it is silent from there to the next jump.
    Status read(std::span<float> out);

private:
    explicit AudioSource(std::unique_ptr<AudioDecoder> decoder) : m_decoder(std::move(decoder)) { }
    /// Copies or silences what is known of the front of `out`; 0 if the decoder must say more.
    size_t take(std::span<float> out) const;
    Status decodeOn();

    std::unique_ptr<AudioDecoder> m_decoder;
    AudioBlock m_block;
    int64_t m_position = 0;
    int64_t m_gap = 0; ///< from here to the block there is no sound
    int64_t m_decoded = 0; ///< where the decoder goes on
    bool m_placed = false; ///< the decoder was sent somewhere
    bool m_ended = false; ///< nothing comes after m_decoded
};

} // namespace telltale
