// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/timestretch.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace telltale {
namespace {

constexpr double kHopSeconds = 0.02;
constexpr double kReachSeconds = 0.01;
constexpr int64_t kCoarse = 4; ///< every fourth place and sample first, then the neighbours of the best

} // namespace

TimeStretch::TimeStretch(int rate, int channels, Input input)
    : m_channels(channels)
    , m_hop(std::max<int64_t>(8, std::llround(rate * kHopSeconds)))
    , m_reach(std::max<int64_t>(1, std::llround(rate * kReachSeconds)))
    , m_input(std::move(input))
    , m_fade(static_cast<size_t>(m_hop))
{
    for (size_t i = 0; i < m_fade.size(); ++i)
        m_fade[i] = static_cast<float>(0.5
            - 0.5 * std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(m_hop)));
}

void TimeStretch::restart(double speed)
{
    m_speed = speed;
    m_pieces = 0;
    m_previous = 0;
    m_begin = 0;
    m_buffer.clear();
    m_ready.clear();
    m_taken = 0;
}

void TimeStretch::read(std::span<float> out)
{
    while (!out.empty()) {
        if (m_taken == m_ready.size())
            makePiece();
        const size_t count = std::min(out.size(), m_ready.size() - m_taken);
        std::copy_n(m_ready.begin() + static_cast<std::ptrdiff_t>(m_taken), count, out.begin());
        m_taken += count;
        out = out.subspan(count);
    }
}

void TimeStretch::provide(int64_t begin, int64_t end)
{
    const auto channels = static_cast<size_t>(m_channels);
    if (begin > m_begin) {
        const auto drop = std::min(static_cast<size_t>(begin - m_begin) * channels, m_buffer.size());
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(drop));
        m_begin += static_cast<int64_t>(drop / channels);
    }
    const size_t have = m_buffer.size();
    const auto wanted = static_cast<size_t>(std::max<int64_t>(0, end - m_begin)) * channels;
    if (wanted > have) {
        m_buffer.resize(wanted);
        m_input(std::span(m_buffer).subspan(have));
    }
    // A fast run may leave a gap between what was needed and what comes next.
    if (begin > m_begin)
        provide(begin, end);
}

const float* TimeStretch::at(int64_t sample) const
{
    return m_buffer.data() + (sample - m_begin) * m_channels;
}

double TimeStretch::likeness(int64_t a, int64_t b, int64_t stride) const
{
    double product = 0;
    double power = 1e-9;
    for (int64_t i = 0; i < m_hop; i += stride) {
        float left = 0;
        float right = 0;
        for (int c = 0; c < m_channels; ++c) {
            left += at(a + i)[c];
            right += at(b + i)[c];
        }
        product += static_cast<double>(left) * right;
        power += static_cast<double>(left) * left;
    }
    return product / std::sqrt(power);
}

int64_t TimeStretch::bestMatch(int64_t wanted, int64_t following) const
{
    if (wanted == following)
        return wanted;
    const int64_t first = std::max(wanted - m_reach, m_begin);
    const int64_t last = wanted + m_reach;
    const auto best = [&](int64_t from, int64_t to, int64_t stride) {
        int64_t place = std::clamp(wanted, from, to);
        double most = likeness(place, following, stride);
        for (int64_t candidate = from; candidate <= to; candidate += stride) {
            const double value = likeness(candidate, following, stride);
            if (value > most) {
                most = value;
                place = candidate;
            }
        }
        return place;
    };
    const int64_t near = best(first, last, kCoarse);
    return best(std::max(first, near - kCoarse + 1), std::min(last, near + kCoarse - 1), 1);
}

void TimeStretch::makePiece()
{
    const auto wanted = static_cast<int64_t>(std::llround(static_cast<double>(m_pieces * m_hop) * m_speed));
    const int64_t following = m_previous + m_hop;
    const int64_t begin = std::max<int64_t>(0, std::min(wanted - m_reach, m_pieces > 0 ? following : wanted));
    provide(begin, std::max(wanted + m_reach, following) + m_hop);
    const int64_t chosen = m_pieces > 0 ? bestMatch(wanted, following) : wanted;
    m_ready.resize(static_cast<size_t>(m_hop * m_channels));
    const float* from = at(chosen);
    const float* before = m_pieces > 0 ? at(following) : from;
    for (int64_t i = 0; i < m_hop; ++i) {
        const float share = m_fade[static_cast<size_t>(i)];
        for (int64_t at = i * m_channels; at < (i + 1) * m_channels; ++at)
            m_ready[static_cast<size_t>(at)] = before[at] + (from[at] - before[at]) * share;
    }
    m_previous = chosen;
    m_taken = 0;
    ++m_pieces;
}

} // namespace telltale
