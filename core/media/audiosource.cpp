// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/audiosource.h"
#include <algorithm>

namespace telltale {
namespace {

/// Decoding on is cheaper than a jump over less than this.
constexpr double kReadOnSeconds = 0.5;

} // namespace

Result<std::unique_ptr<AudioSource>> AudioSource::open(
    const std::filesystem::path& file, const AudioOptions& options)
{
    auto decoder = AudioDecoder::open(file, options);
    if (!decoder)
        return decoder.error();
    return std::unique_ptr<AudioSource>(new AudioSource(std::move(*decoder)));
}

size_t AudioSource::take(std::span<float> out) const
{
    const auto width = static_cast<int64_t>(channels());
    const auto wanted = static_cast<int64_t>(out.size()) / width;
    const int64_t end = m_block.first + static_cast<int64_t>(m_block.samples.size()) / width;
    int64_t count = 0;
    if (m_position >= m_block.first && m_position < end) {
        count = std::min(wanted, end - m_position);
        std::copy_n(
            m_block.samples.begin() + (m_position - m_block.first) * width, count * width, out.begin());
        return static_cast<size_t>(count * width);
    }
    if (!m_block.samples.empty() && m_position >= m_gap && m_position < m_block.first)
        count = std::min(wanted, m_block.first - m_position);
    else if (m_placed && m_ended && m_position >= m_decoded)
        count = wanted;
    std::fill_n(out.begin(), count * width, 0.0F);
    return static_cast<size_t>(count * width);
}

Status AudioSource::decodeOn()
{
    const auto near = static_cast<int64_t>(kReadOnSeconds * rate());
    if (!m_placed || m_position < m_decoded || m_position - m_decoded > near) {
        m_block = {};
        m_ended = false;
        m_placed = true;
        m_decoded = m_position;
        if (Status status = m_decoder->seek(m_position); !status) {
            m_ended = true;
            return status;
        }
    }
    auto block = m_decoder->read();
    m_ended = !block || block->samples.empty();
    if (!block)
        return block.error();
    m_gap = m_decoded;
    m_block = std::move(*block);
    if (!m_ended)
        m_decoded = m_block.first + static_cast<int64_t>(m_block.samples.size()) / channels();
    return {};
}

Status AudioSource::read(std::span<float> out)
{
    Status result;
    while (!out.empty()) {
        const size_t taken = take(out);
        m_position += static_cast<int64_t>(taken) / channels();
        out = out.subspan(taken);
        if (taken > 0)
            continue;
        if (Status status = decodeOn(); !status)
            result = status;
    }
    return result;
}

} // namespace telltale
