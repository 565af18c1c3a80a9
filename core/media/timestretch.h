// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace telltale {

/// Plays sound slower or faster at its own pitch: pieces of it are laid over each other where they fit best
/// (waveform similarity overlap-add, Verhelst and Roelands 1993). Output sample n shows the input at
/// n * speed to within 10 ms, however long it runs; at speed 1 the output is the input. Belongs to one thread
/// at a time.
class TimeStretch {
public:
    /// Fills the whole span with the samples that come next, channels interleaved.
    using Input = std::function<void(std::span<float>)>;

    TimeStretch(int rate, int channels, Input input);
    /// Starts anew: the next sample of the input is the first of the output. `speed` is above 0.
    void restart(double speed);
    /// The next samples; `out` holds whole ones (a multiple of the channels).
    void read(std::span<float> out);

private:
    void makePiece();
    /// Reads on until sample `end` is there, and forgets what lies before `begin`.
    void provide(int64_t begin, int64_t end);
    const float* at(int64_t sample) const;
    /// Where near `wanted` the input continues best what would follow on `following`.
    int64_t bestMatch(int64_t wanted, int64_t following) const;
    double likeness(int64_t a, int64_t b, int64_t stride) const;

    int m_channels;
    int64_t m_hop; ///< samples of a piece
    int64_t m_reach; ///< how far a piece may be moved
    Input m_input;
    std::vector<float> m_fade; ///< rising half of a Hann window
    double m_speed = 1;
    int64_t m_pieces = 0;
    int64_t m_previous = 0; ///< input position of the piece before
    std::vector<float> m_buffer; ///< input from sample m_begin on
    int64_t m_begin = 0;
    std::vector<float> m_ready;
    size_t m_taken = 0; ///< of m_ready
};

} // namespace telltale
