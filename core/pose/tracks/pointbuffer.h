// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posepoint.h"
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace telltale {

/// The points of a track: memory of its own, or a window into a file that somebody mapped read-only. Copies
/// of a window share it. The first call that could write (any that is not const) turns a window into memory
/// of its own, so const access is what keeps a long track out of memory; use view() on a buffer that is not
/// const. A value type; const use is safe from any thread.
class PointBuffer {
public:
    using value_type = PosePoint;
    using iterator = PosePoint*;
    using const_iterator = const PosePoint*;

    PointBuffer() = default;
    PointBuffer(std::vector<PosePoint> points) : m_own(std::move(points)) { }
    PointBuffer(std::initializer_list<PosePoint> points) : m_own(points) { }
    /// Points that live as long as `keeper` does and never change.
    PointBuffer(std::shared_ptr<const void> keeper, std::span<const PosePoint> points)
        : m_keeper(std::move(keeper))
        , m_window(points)
    {
    }

    /// True while the points are those of a file.
    bool isMapped() const { return m_keeper != nullptr; }
    std::span<const PosePoint> view() const { return m_keeper ? m_window : std::span(m_own); }

    size_t size() const { return view().size(); }
    bool empty() const { return view().empty(); }
    const PosePoint* data() const { return view().data(); }
    const PosePoint* begin() const { return data(); }
    const PosePoint* end() const { return data() + size(); }
    const PosePoint& operator[](size_t i) const { return view()[i]; }
    const PosePoint& back() const { return view().back(); }

    PosePoint* data() { return own().data(); }
    PosePoint* begin() { return data(); }
    PosePoint* end() { return data() + own().size(); }
    PosePoint& operator[](size_t i) { return own()[i]; }
    PosePoint& back() { return own().back(); }
    void clear() { *this = PointBuffer(); }
    void reserve(size_t size) { own().reserve(size); }
    void resize(size_t size) { own().resize(size); }
    void assign(size_t size, const PosePoint& value) { *this = std::vector<PosePoint>(size, value); }
    void push_back(const PosePoint& point) { own().push_back(point); }
    template <typename Iterator> void insert(const PosePoint* before, Iterator first, Iterator last)
    {
        const auto place = before - std::as_const(*this).data();
        own().insert(own().begin() + place, first, last);
    }

    friend bool operator==(const PointBuffer& a, const PointBuffer& b)
    {
        return std::ranges::equal(a.view(), b.view());
    }

private:
    std::vector<PosePoint>& own()
    {
        if (m_keeper) {
            m_own.assign(m_window.begin(), m_window.end());
            m_window = {};
            m_keeper.reset();
        }
        return m_own;
    }

    std::vector<PosePoint> m_own; ///< empty while there is a keeper
    std::shared_ptr<const void> m_keeper;
    std::span<const PosePoint> m_window;
};

} // namespace telltale
