// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/segment.h"
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace telltale {

/// Finds the segments that overlap one: layers of segments of about the same length, in each of them cells
/// by their start, so that hardly any others are looked at. Segments are known by slots: places in memory
/// in the order in which they are visited. One thread.
class OverlapIndex {
public:
    OverlapIndex(const std::vector<Segment>& segments, std::span<const uint32_t> members);

    uint32_t size() const { return static_cast<uint32_t>(m_starts.size()); }
    /// Slot of each member, in their order.
    const std::vector<uint32_t>& slots() const { return m_slots; }
    float start(uint32_t slot) const { return m_starts[slot]; }
    float end(uint32_t slot) const { return m_ends[slot]; }

    /// From now on the segment is not visited.
    void remove(uint32_t slot) { m_starts[slot] = std::numeric_limits<float>::infinity(); }
    bool removed(uint32_t slot) const { return m_starts[slot] == std::numeric_limits<float>::infinity(); }

    /// Calls `visit(slot)` for all that share more than an end with (start, end).
    template <typename Visit> void overlapping(float start, float end, const Visit& visit) const
    {
        for (const Layer& layer : m_layers) {
            const uint32_t last = m_cells[layer.firstCell + layer.cellOf(end) + 1];
            for (uint32_t slot
                 = m_cells[layer.firstCell + layer.cellOf(static_cast<double>(start) - layer.length)];
                 slot < last; ++slot)
                if (m_starts[slot] < end && m_ends[slot] > start)
                    visit(slot);
        }
    }

private:
    struct Layer {
        double length = 0; ///< no segment is as long
        double origin = 0; ///< first start
        double perCell = 0; ///< cells in a unit of time
        uint32_t cells = 0;
        size_t firstCell = 0;
        uint32_t cellOf(double start) const
        {
            const double cell = (start - origin) * perCell;
            if (cell <= 0)
                return 0;
            return cell >= cells - 1 ? cells - 1 : static_cast<uint32_t>(cell);
        }
    };
    uint32_t fillLayer(const std::vector<Segment>& segments, std::span<const uint32_t> members,
        const std::vector<uint32_t>& places, double length, uint32_t firstSlot);

    std::vector<Layer> m_layers;
    std::vector<uint32_t> m_cells; ///< first slot of each cell, one more for each layer
    std::vector<uint32_t> m_slots;
    std::vector<float> m_starts;
    std::vector<float> m_ends;
};

} // namespace telltale
