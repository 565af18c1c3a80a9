// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/overlapindex.h"
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace telltale {
namespace {

constexpr uint32_t kNoLayer = 128;
constexpr int kCellsInLength = 4;

/// Lengths from one power of four to the next; kNoLayer where there is nothing to overlap.
uint32_t layerOf(const Segment& segment)
{
    const float length = segment.length();
    return length > 0 ? std::bit_cast<uint32_t>(length) >> 24 : kNoLayer;
}

/// No segment of the layer is as long.
double lengthOf(uint32_t layer) { return std::ldexp(1.0, 2 * (static_cast<int>(layer) + 1) - 127); }

} // namespace

OverlapIndex::OverlapIndex(const std::vector<Segment>& segments, std::span<const uint32_t> members)
    : m_slots(members.size())
    , m_starts(members.size())
    , m_ends(members.size())
{
    std::array<std::vector<uint32_t>, kNoLayer + 1> layers;
    for (uint32_t place = 0; place < members.size(); ++place)
        layers[layerOf(segments[members[place]])].push_back(place);
    uint32_t slot = 0;
    for (uint32_t layer = 0; layer < kNoLayer; ++layer)
        if (!layers[layer].empty())
            slot = fillLayer(segments, members, layers[layer], lengthOf(layer), slot);
    for (const uint32_t place : layers[kNoLayer])
        m_slots[place] = slot++;
    for (uint32_t place = 0; place < members.size(); ++place) {
        m_starts[m_slots[place]] = segments[members[place]].start;
        m_ends[m_slots[place]] = segments[members[place]].end;
    }
}

uint32_t OverlapIndex::fillLayer(const std::vector<Segment>& segments, std::span<const uint32_t> members,
    const std::vector<uint32_t>& places, double length, uint32_t firstSlot)
{
    const auto start = [&](uint32_t place) { return static_cast<double>(segments[members[place]].start); };
    const auto [low, high] = std::minmax_element(
        places.begin(), places.end(), [&](uint32_t a, uint32_t b) { return start(a) < start(b); });
    Layer layer;
    layer.length = length;
    layer.origin = start(*low);
    const double wanted = std::ceil((start(*high) - layer.origin) * kCellsInLength / length);
    layer.cells = static_cast<uint32_t>(std::clamp(wanted, 1.0, static_cast<double>(places.size())));
    const double extent = start(*high) - layer.origin;
    layer.perCell = extent > 0 ? layer.cells / extent : 0;
    layer.firstCell = m_cells.size();
    m_cells.resize(m_cells.size() + layer.cells + 1);
    const std::span<uint32_t> cells = std::span(m_cells).subspan(layer.firstCell);
    for (const uint32_t place : places)
        ++cells[layer.cellOf(start(place))];
    std::exclusive_scan(cells.begin(), cells.end(), cells.begin(), firstSlot);
    std::vector<uint32_t> next(cells.begin(), cells.end());
    for (const uint32_t place : places)
        m_slots[place] = next[layer.cellOf(start(place))]++;
    m_layers.push_back(layer);
    return firstSlot + static_cast<uint32_t>(places.size());
}

} // namespace telltale
