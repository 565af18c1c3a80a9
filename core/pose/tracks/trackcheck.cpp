// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/trackcheck.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace telltale {
namespace {

/// Coordinates up to this are shares of a picture if the picture is larger than kLeastPicture. Ours.
constexpr float kMostShare = 1.5F;
constexpr int kLeastPicture = 16;
/// Points may lie this share of the picture outside it (parts of a body that is cut off are guessed). Ours.
constexpr double kMargin = 0.25;
constexpr double kMostOutside = 0.02; ///< share of points that may lie further out. Ours.
constexpr double kCorner = 0.34; ///< a track that stays in this share of both sides is suspicious. Ours.

class Check {
public:
    Check(PoseTrack track, const std::string& name, const VideoShape& video)
        : m_track(std::move(track))
        , m_name(name)
        , m_video(video)
    {
    }

    Status shape() const;
    void finiteness();
    void order();
    Status length();
    Status coordinates(const TrackScale& scale);
    CheckedTrack result() { return {std::move(m_track), std::move(m_notes)}; }

private:
    Error bad(const std::string& what) const { return {ErrorCode::BadFormat, m_name + ": " + what}; }
    void note(const std::string& what) { m_notes.push_back(m_name + ": " + what + "."); }
    size_t perRow() const
    {
        return static_cast<size_t>(m_track.persons) * static_cast<size_t>(m_track.pointCount);
    }
    std::span<const PosePoint> row(size_t index) const
    {
        return m_track.points.view().subspan(index * perRow(), perRow());
    }
    /// The rows of these indices, in this order.
    void keepRows(const std::vector<size_t>& rows);
    void scaleBy(double x, double y);
    void missingFrames();

    PoseTrack m_track;
    const std::string& m_name;
    const VideoShape& m_video;
    std::vector<std::string> m_notes;
};

double sumOfScores(std::span<const PosePoint> points)
{
    return std::accumulate(points.begin(), points.end(), 0.0,
        [](double sum, const PosePoint& p) { return p.score > 0 ? sum + p.score : sum; });
}

Status Check::shape() const
{
    const auto layout = findPoseLayout(m_track.layout);
    if (!layout)
        return bad(layout.error().message);
    if (m_track.pointCount != static_cast<int>((*layout)->points.size()))
        return bad("has " + std::to_string(m_track.pointCount) + " points a person, layout " + m_track.layout
            + " has " + std::to_string((*layout)->points.size()) + "; name the layout it was made in");
    if (m_track.persons < 1 || m_track.points.size() != m_track.frames.size() * perRow())
        return bad("has " + std::to_string(m_track.points.size()) + " points where "
            + std::to_string(m_track.rows()) + " frames of " + std::to_string(m_track.persons)
            + " persons take another number; write the file again");
    if (m_track.rows() == 0)
        return bad("has no frames, so there are no poses in it");
    return {};
}

void Check::finiteness()
{
    int64_t odd = 0;
    bool seen = false;
    const std::span<const PosePoint> points = m_track.points.view();
    std::vector<size_t> places;
    for (size_t i = 0; i < points.size(); ++i) {
        const PosePoint& p = points[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.score))
            places.push_back(i);
        else
            seen = seen || p.score > 0;
    }
    for (const size_t i : places)
        m_track.points[i] = {};
    odd = static_cast<int64_t>(places.size());
    if (odd > 0)
        note(std::to_string(odd) + " points are no numbers (NaN), the first in frame "
            + std::to_string(m_track.frames[places.front() / perRow()]) + "; they count as missing");
    if (!seen)
        note("nobody is seen in any of its frames");
}

void Check::keepRows(const std::vector<size_t>& rows)
{
    std::vector<int64_t> frames;
    std::vector<PosePoint> points;
    frames.reserve(rows.size());
    points.reserve(rows.size() * perRow());
    for (const size_t index : rows) {
        frames.push_back(m_track.frames[index]);
        const auto source = row(index);
        points.insert(points.end(), source.begin(), source.end());
    }
    m_track.frames = std::move(frames);
    m_track.points = std::move(points);
}

void Check::order()
{
    const auto& frames = m_track.frames;
    if (std::ranges::adjacent_find(frames, std::greater_equal<>()) == frames.end())
        return;
    std::vector<size_t> rows(frames.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    const bool sorted = std::ranges::is_sorted(frames);
    std::ranges::stable_sort(rows, {}, [&](size_t i) { return frames[i]; });
    std::vector<size_t> kept;
    kept.reserve(rows.size());
    int64_t doubled = -1;
    for (const size_t i : rows) {
        if (kept.empty() || frames[kept.back()] != frames[i]) {
            kept.push_back(i);
            continue;
        }
        doubled = doubled < 0 ? frames[i] : doubled;
        if (sumOfScores(row(i)) > sumOfScores(row(kept.back())))
            kept.back() = i;
    }
    if (!sorted)
        note("its frames are not in order; they were sorted");
    if (doubled >= 0)
        note(std::to_string(rows.size() - kept.size()) + " frames come twice, the first is "
            + std::to_string(doubled) + "; the row with the surer points was taken");
    keepRows(kept);
}

Status Check::length()
{
    if (m_track.frames.front() < 0)
        return bad("has frame " + std::to_string(m_track.frames.front()) + ", frames are counted from 0");
    if (m_video.frames <= 0)
        return {};
    if (m_track.frames.front() == 1 && m_track.frames.back() == m_video.frames
        && m_track.rows() == m_video.frames) {
        for (int64_t& frame : m_track.frames)
            --frame;
        note("its frames are counted from 1; they were moved by one");
    }
    const auto end = std::ranges::lower_bound(m_track.frames, m_video.frames);
    const auto inside = static_cast<size_t>(end - m_track.frames.begin());
    const size_t outside = m_track.frames.size() - inside;
    const std::string frames = m_video.name + " has " + std::to_string(m_video.frames) + " frames";
    if (outside > inside)
        return bad("reaches to frame " + std::to_string(m_track.frames.back()) + ", but " + frames
            + "; it belongs to another video or to another frame rate, choose the video it was made from");
    if (outside > 0) {
        note("is longer than its video: " + frames + ", the " + std::to_string(outside)
            + " rows behind its end were left out");
        std::vector<size_t> rows(inside);
        std::iota(rows.begin(), rows.end(), size_t{0});
        keepRows(rows);
    }
    missingFrames();
    return {};
}

void Check::missingFrames()
{
    const auto& frames = m_track.frames;
    // A track of every n-th frame lacks none of those.
    int64_t step = frames.size() > 1 ? frames[1] - frames[0] : 1;
    for (size_t i = 1; i < frames.size(); ++i)
        step = std::min(step, frames[i] - frames[i - 1]);
    int64_t missing = 0;
    int64_t first = -1;
    for (size_t i = 1; i < frames.size(); ++i) {
        if (frames[i] - frames[i - 1] > step && first < 0)
            first = frames[i - 1] + step;
        missing += (frames[i] - frames[i - 1]) / step - 1;
    }
    if (step > 1)
        note("has poses in every " + std::to_string(step) + "th frame only");
    if (missing > 0)
        note("lacks " + std::to_string(missing) + " frames between its first and last, the first is "
            + std::to_string(first) + "; there are no poses there");
    if (frames.front() >= step)
        note("begins at frame " + std::to_string(frames.front()) + "; there are no poses before");
    if (m_video.frames - frames.back() > step)
        note("is shorter than its video: there are no poses from frame " + std::to_string(frames.back() + 1)
            + " to " + std::to_string(m_video.frames - 1));
}

void Check::scaleBy(double x, double y)
{
    if (x == 1 && y == 1)
        return;
    for (PosePoint& p : m_track.points)
        if (p.score > 0) {
            p.x = static_cast<float>(p.x * x);
            p.y = static_cast<float>(p.y * y);
        }
}

/// The extent of the seen points, and how many lie far outside a picture of this size.
struct Extent {
    float left = INFINITY;
    float top = INFINITY;
    float right = -INFINITY;
    float bottom = -INFINITY;
    int64_t seen = 0;
    int64_t outside = 0;
};

Extent extentOf(std::span<const PosePoint> points, double width, double height)
{
    Extent extent;
    for (const PosePoint& p : points) {
        if (!(p.score > 0))
            continue;
        ++extent.seen;
        extent.left = std::min(extent.left, p.x);
        extent.right = std::max(extent.right, p.x);
        extent.top = std::min(extent.top, p.y);
        extent.bottom = std::max(extent.bottom, p.y);
        const bool far = p.x < -kMargin * width || p.x > (1 + kMargin) * width || p.y < -kMargin * height
            || p.y > (1 + kMargin) * height;
        extent.outside += far ? 1 : 0;
    }
    return extent;
}

Status Check::coordinates(const TrackScale& scale)
{
    const double width = m_video.width;
    const double height = m_video.height;
    const bool known = m_video.width > 0 && m_video.height > 0;
    if (scale.factor) {
        if (!std::isfinite(*scale.factor) || *scale.factor <= 0)
            return Error{ErrorCode::InvalidArgument, "--scale wants a number above 0"};
        scaleBy(*scale.factor, *scale.factor);
    } else if (scale.size && known) {
        if (scale.size->first <= 0 || scale.size->second <= 0)
            return Error{ErrorCode::InvalidArgument, "--size wants a width and a height above 0"};
        scaleBy(width / scale.size->first, height / scale.size->second);
    }
    if (!known || std::min(m_video.width, m_video.height) < kLeastPicture)
        return {};
    Extent extent = extentOf(m_track.points.view(), width, height);
    if (extent.seen == 0)
        return {};
    const std::string picture
        = m_video.name + " is " + std::to_string(m_video.width) + " x " + std::to_string(m_video.height);
    const bool shares = std::max({-extent.left, -extent.top, extent.right, extent.bottom}) <= kMostShare;
    if (shares && !scale.factor && !scale.size) {
        if (std::min(extent.left, extent.top) < -kMargin)
            return bad("its coordinates lie between -1 and 1, which is no place in a picture; write pixels, "
                       "or shares of width and height from 0 to 1");
        scaleBy(width, height);
        note("its coordinates are shares of the picture (0 to 1); they were scaled, " + picture);
        return {};
    }
    const auto tooFar = [&] {
        return static_cast<double>(extent.outside) > kMostOutside * static_cast<double>(extent.seen);
    };
    if (tooFar() && scale.told && scale.told->first > 0 && scale.told->second > 0) {
        scaleBy(width / scale.told->first, height / scale.told->second);
        extent = extentOf(m_track.points.view(), width, height);
    }
    if (tooFar())
        return bad("reaches to (" + std::to_string(std::lround(extent.right)) + ", "
            + std::to_string(std::lround(extent.bottom)) + "), but " + picture
            + "; it is in pixels of another picture, say which: --size WIDTHxHEIGHT of that picture, or "
              "--scale FACTOR");
    if (!scale.factor && !scale.size && extent.right < kCorner * width && extent.bottom < kCorner * height)
        note("all of it lies in the upper left corner, " + picture
            + "; if it was made on a smaller picture, say so with --size WIDTHxHEIGHT or --scale FACTOR");
    return {};
}

} // namespace

Result<CheckedTrack> checkTrack(
    PoseTrack track, const std::string& name, const VideoShape& video, const TrackScale& scale)
{
    Check check(std::move(track), name, video);
    if (const Status fits = check.shape(); !fits)
        return fits.error();
    check.finiteness();
    check.order();
    if (const Status fits = check.length(); !fits)
        return fits.error();
    if (const Status fits = check.coordinates(scale); !fits)
        return fits.error();
    return check.result();
}

} // namespace telltale
