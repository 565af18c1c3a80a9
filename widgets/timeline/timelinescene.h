// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/curvepyramid.h"
#include "widgets/timeline/laneindex.h"
#include "widgets/timeline/lodpyramid.h"
#include "widgets/timeline/spanmarks.h"
#include "widgets/timeline/timelinemapping.h"
#include "widgets/timeline/timelineview.h"
#include <QFontMetricsF>
#include <array>
#include <optional>
#include <unordered_map>

namespace telltale {

inline constexpr double kPictureGap = 2; ///< pixels between the pictures of a lane
inline constexpr int kMostRows = 4; ///< of spans that overlap in a lane; further ones are folded onto these

/// What lies under the pointer.
struct SpanHit {
    enum class Part { Body, Start, End };
    int lane = -1; ///< -1: no span
    int item = -1; ///< in the lane's spans
    Part part = Part::Body;

    explicit operator bool() const { return lane >= 0; }
    bool operator==(const SpanHit&) const = default;
};

/// The spans of the lanes that can be edited, from afar: by columns over the whole video.
struct TimelineOutline {
    std::vector<uint32_t> marks; ///< the largest of each column, 0 for none
    std::vector<float> covered; ///< share of the column's frames, more than 1 where spans overlap
};

/// Lanes, their layout and where everything lies: what the painter draws and the pointer hits. No painting
/// here.
class TimelineScene {
public:
    void setFont(const QFont& font);
    void setVideo(std::shared_ptr<const FrameTimes> times);
    void setLanes(std::vector<TimelineLane> lanes);
    void setLane(int lane, TimelineLane content);
    void putSpan(int lane, TimelineSpan span); ///< of an id that is nowhere else
    bool removeSpan(int64_t annotationId);
    void setDamage(std::vector<TimelineDamage> damage) { m_damage = std::move(damage); }
    void setMarks(std::vector<TimelineMark> marks) { m_marks = std::move(marks); }
    void setSnapFrames(std::vector<int64_t> frames) { m_snapFrames = std::move(frames); }
    void setPictures(std::vector<TimelinePicture> pictures) { m_pictures = std::move(pictures); }
    void setSound(TimelineSound sound, float loudest);
    void resize(const QSizeF& size);
    void scrollTo(double y);
    void scrollToLane(int lane); ///< as little as possible

    /// Curves are not in them but in curve().
    const std::vector<TimelineLane>& lanes() const { return m_lanes; }
    int laneOf(const QString& key) const; ///< -1: none
    const LaneIndex& index(int lane) const { return layout(lane).index; }
    const CurvePyramid& curve(int lane) const { return layout(lane).curve; }
    /// Of each visual row, without folding them further in a collapsed lane; empty ones where a few spans
    /// are quicker without.
    const std::array<LodPyramid, kMostRows>& pyramids(int lane) const { return layout(lane).pyramids; }
    TimelineOutline outline(int columns) const;
    const std::vector<TimelineDamage>& damage() const { return m_damage; }
    /// The damaged stretch under `x`, given a little room, or null.
    const TimelineDamage* damageAt(double x) const;
    const std::vector<TimelineMark>& marks() const { return m_marks; }
    QStringList marksAt(double x) const; ///< as HTML
    double markSize() const { return std::max(6.0, std::round(em() * 0.62)); }
    const std::vector<TimelinePicture>& pictures() const { return m_pictures; }
    const TimelineSound& sound() const { return m_sound; }
    float loudest() const { return m_loudest; }
    const FrameTimes* times() const { return m_times.get(); }
    TimelineMapping& mapping() { return m_mapping; }
    const TimelineMapping& mapping() const { return m_mapping; }
    const QFontMetricsF& metrics() const { return m_metrics; }
    const QFont& font() const { return m_font; }

    double em() const { return m_metrics.height(); }
    double rulerHeight() const;
    double headerWidth() const { return m_headerWidth; }
    QSizeF size() const { return m_size; }
    QRectF content() const; ///< right of the titles, below the ruler
    double scrollY() const { return m_scrollY; }
    double lanesHeight() const { return m_lanesHeight; }
    double mostScroll() const { return std::max(0.0, m_lanesHeight - content().height()); }
    double gripWidth() const; ///< how far from an edge the pointer still takes it

    QRectF laneRect(int lane) const; ///< as wide as the widget, scrolled
    int laneAt(double y) const; ///< -1 if none
    /// Box of a span of length `span` in the row that the index gave `item`.
    QRectF boxOf(int lane, int item, const FrameSpan& span) const;
    /// Frames under one tile of the lane of pictures; tile k begins at k times this.
    double framesPerTile(double aspect) const;
    int pictureLane() const; ///< -1: none
    /// Top and height of visual row `row` of `lane`.
    QRectF rowRect(int lane, int row) const;
    int rows(int lane) const { return layout(lane).rows; } ///< visual ones
    int visualRow(int lane, int indexRow) const { return indexRow % rows(lane); }

    std::optional<std::pair<int, int>> find(int64_t annotationId) const; ///< lane and item
    const TimelineSpan& span(const SpanHit& hit) const
    {
        return m_lanes[static_cast<size_t>(hit.lane)].spans[static_cast<size_t>(hit.item)];
    }
    /// The span under `position`; the edges of `preferred` win over anything else.
    SpanHit hit(const QPointF& position, int64_t preferred) const;
    /// Nearest boundary in any lane, not of the span `exceptId`, or nearest snap frame.
    std::optional<int64_t> nearestBoundary(double position, double tolerance, int64_t exceptId) const;

private:
    struct Layout {
        LaneIndex index;
        std::array<LodPyramid, kMostRows> pyramids;
        CurvePyramid curve;
        std::unordered_map<int64_t, int> places; ///< annotation id to item
        double top = 0; ///< before scrolling, from the lower end of the ruler
        double height = 0;
        int rows = 1; ///< as drawn: more than these are folded onto each other
    };
    const Layout& layout(int lane) const { return m_layout[static_cast<size_t>(lane)]; }
    void layOut();
    void indexLane(const TimelineLane& lane, Layout& layout) const;
    void buildPyramids(Layout& layout) const;
    void followChanges(Layout& layout, const std::vector<LaneIndex::Change>& changes) const;
    void layOutIfRowsChanged(int lane);

    QFont m_font;
    QFontMetricsF m_metrics{QFont()};
    std::shared_ptr<const FrameTimes> m_times;
    std::vector<TimelineLane> m_lanes;
    std::vector<Layout> m_layout;
    std::vector<TimelineDamage> m_damage;
    std::vector<TimelineMark> m_marks;
    std::vector<TimelinePicture> m_pictures;
    std::vector<int64_t> m_snapFrames;
    TimelineSound m_sound;
    float m_loudest = 0;
    TimelineMapping m_mapping;
    QSizeF m_size;
    double m_headerWidth = 0;
    double m_lanesHeight = 0;
    double m_scrollY = 0;
};

} // namespace telltale
