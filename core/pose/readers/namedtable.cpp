// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/readers.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace telltale {
namespace {

constexpr double kMillisecond = 1e-3;
/// A person of less than this many pixels is none: such numbers are shares of the picture.
constexpr float kLargestShare = 2;
constexpr size_t kShownColumns = 4;

/// Layouts that named columns may be in; the first that has all their joints is taken.
constexpr std::array<std::string_view, 8> kCandidates = {"mediapipe33", "mediapipe75", "coco17", "telltale68",
    "openpose25", "kinect25", "coco_wholebody133", "openpose137"};

enum Axis { X, Y, Z, Score, AxisCount };

struct AxisWord {
    std::string_view word;
    Axis axis;
};
constexpr std::array<AxisWord, 9> kAxisWords = {{{"x", X}, {"y", Y}, {"z", Z}, {"visibility", Score},
    {"score", Score}, {"confidence", Score}, {"likelihood", Score}, {"presence", Score}, {"c", Score}}};

/// One joint as the header has it: the column of each value, -1 for none.
struct ColumnGroup {
    std::string name;
    std::array<int, AxisCount> columns = {-1, -1, -1, -1};
};

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> cellsOf(std::string_view line, char separator)
{
    std::vector<std::string_view> cells;
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    for (size_t at = 0; at <= line.size();) {
        const size_t end = std::min(line.find(separator, at), line.size());
        std::string_view cell = line.substr(at, end - at);
        while (!cell.empty() && (cell.front() == ' ' || cell.front() == '"'))
            cell.remove_prefix(1);
        while (!cell.empty() && (cell.back() == ' ' || cell.back() == '"'))
            cell.remove_suffix(1);
        cells.push_back(cell);
        at = end + 1;
    }
    return cells;
}

char separatorOf(std::string_view line)
{
    for (const char c : {',', ';', '\t'})
        if (line.find(c) != std::string_view::npos)
            return c;
    return ' ';
}

/// "X_NOSE", "nose_x", "nose.visibility": the joint and what the column holds of it.
bool splitColumn(std::string_view column, std::string& joint, Axis& axis)
{
    const size_t first = column.find_first_of("_. ");
    const size_t last = column.find_last_of("_. ");
    if (first == std::string_view::npos)
        return false;
    const std::string front = lowered(column.substr(0, first));
    const std::string back = lowered(column.substr(last + 1));
    for (const bool atEnd : {true, false})
        for (const AxisWord& row : kAxisWords)
            if (row.word == (atEnd ? back : front)) {
                joint = std::string(atEnd ? column.substr(0, last) : column.substr(first + 1));
                axis = row.axis;
                return true;
            }
    return false;
}

struct Header {
    std::vector<ColumnGroup> groups;
    size_t columns = 0;
    int frame = -1;
    int time = -1;
    bool milliseconds = false;
};

Header readHeader(const std::vector<std::string_view>& cells)
{
    Header header;
    header.columns = cells.size();
    for (size_t i = 0; i < cells.size(); ++i) {
        const int column = static_cast<int>(i);
        const std::string plain = lowered(cells[i]);
        if (plain == "frame" || plain == "frame_id" || plain == "frame_index") {
            header.frame = column;
            continue;
        }
        if (plain.starts_with("time")) {
            header.time = column;
            header.milliseconds = !plain.ends_with("_s") && !plain.ends_with("seconds");
            continue;
        }
        std::string joint;
        Axis axis = X;
        if (!splitColumn(cells[i], joint, axis))
            continue;
        // The latest group of that name that still lacks the value: headers may repeat a name by mistake.
        auto group = std::find_if(header.groups.rbegin(), header.groups.rend(),
            [&](const ColumnGroup& one) { return one.name == joint && one.columns[axis] < 0; });
        if (group == header.groups.rend()) {
            header.groups.push_back({joint, {-1, -1, -1, -1}});
            group = header.groups.rbegin();
        }
        group->columns[axis] = column;
    }
    std::erase_if(
        header.groups, [](const ColumnGroup& one) { return one.columns[X] < 0 || one.columns[Y] < 0; });
    return header;
}

int indexIn(const PoseLayout& layout, std::string_view joint)
{
    const auto found = std::find(layout.points.begin(), layout.points.end(), joint);
    return found != layout.points.end() ? static_cast<int>(found - layout.points.begin()) : -1;
}

/// Where each group's joint lies in the layout; -1 for the ones it lacks.
std::vector<int> placesIn(const PoseLayout& layout, const std::vector<std::string>& joints)
{
    std::vector<int> places;
    places.reserve(joints.size());
    for (const std::string& joint : joints)
        places.push_back(indexIn(layout, joint));
    return places;
}

struct Assignment {
    const PoseLayout* layout = nullptr;
    std::vector<int> places; ///< one per group
    std::string note;
};

/// All points of a layout in their order, but for a name or two: the order counts.
bool isInOrder(const PoseLayout& layout, const std::vector<int>& places)
{
    constexpr int kMisnamed = 2;
    int wrong = 0;
    for (size_t i = 0; i < places.size(); ++i)
        wrong += places[i] == static_cast<int>(i) ? 0 : 1;
    return places.size() == layout.points.size() && wrong > 0 && wrong <= kMisnamed;
}

Result<Assignment> assignJoints(const Header& header, const std::string& name)
{
    bool anyFinger = false;
    std::vector<std::string> joints;
    for (const ColumnGroup& group : header.groups)
        anyFinger = anyFinger || isFingerJoint(group.name);
    const bool anyBody = std::any_of(header.groups.begin(), header.groups.end(),
        [](const ColumnGroup& group) { return jointOfName(group.name, false).ends_with("shoulder"); });
    joints.reserve(header.groups.size());
    for (const ColumnGroup& group : header.groups)
        joints.push_back(jointOfName(group.name, anyFinger && !anyBody));
    std::vector<const PoseLayout*> candidates;
    candidates.reserve(kCandidates.size());
    for (const std::string_view candidate : kCandidates)
        candidates.push_back(*findPoseLayout(candidate));
    for (const auto& file : userLayoutFiles())
        if (const auto layout = findPoseLayout(file.stem().string()))
            candidates.push_back(*layout);
    std::string lacking;
    for (const PoseLayout* layout : candidates) {
        // A user's layout has the names of the file itself.
        for (const bool translated : {true, false}) {
            std::vector<std::string> names = joints;
            for (size_t i = 0; i < names.size() && !translated; ++i)
                names[i] = header.groups[i].name;
            Assignment result{layout, placesIn(*layout, names), {}};
            if (isInOrder(*layout, result.places)) {
                for (size_t i = 0; i < result.places.size(); ++i)
                    result.places[i] = static_cast<int>(i);
                result.note = "its header names a point wrongly; its columns have all points of "
                    + layout->name + " in their order, which counts";
                return result;
            }
            const std::set<int> distinct(result.places.begin(), result.places.end());
            if (!distinct.contains(-1) && distinct.size() == result.places.size())
                return result;
        }
    }
    const PoseLayout& widest = **findPoseLayout("mediapipe75");
    size_t shown = 0;
    for (size_t i = 0; i < joints.size() && shown < kShownColumns; ++i)
        if (indexIn(widest, joints[i]) < 0) {
            lacking += (lacking.empty() ? "'" : ", '") + header.groups[i].name + "'";
            ++shown;
        }
    return Error{ErrorCode::BadFormat,
        name + ", line 1: no known skeleton layout has all the points of the header"
            + (lacking.empty() ? std::string(" once") : " (for example " + lacking + ")")
            + "; a layout file of your own with the header's names in " + userLayoutFolder().string()
            + " makes it readable (docs/layouts.md)"};
}

/// Cells of one row as numbers.
class RowReader {
public:
    RowReader(std::string place, std::vector<std::string_view> cells)
        : m_place(std::move(place))
        , m_cells(std::move(cells))
    {
    }
    const std::string& place() const { return m_place; }

    /// NaN for a cell that is empty, not there, says nan, or holds more than a coordinate can be.
    Result<double> number(int column) const
    {
        if (column < 0 || static_cast<size_t>(column) >= m_cells.size())
            return std::nan("");
        std::string_view cell = m_cells[static_cast<size_t>(column)];
        const std::string plain = lowered(cell);
        if (cell.empty() || plain == "nan" || plain == "none" || plain == "na" || plain == "null")
            return std::nan("");
        if (cell.front() == '+')
            cell.remove_prefix(1);
        double value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error == std::errc::result_out_of_range && end == cell.data() + cell.size())
            return std::abs(value) > 1 ? std::nan("") : 0.0;
        if (error != std::errc{} || end != cell.data() + cell.size())
            return Error{ErrorCode::BadFormat,
                m_place + ": column " + std::to_string(column + 1) + " holds '"
                    + std::string(cell.substr(0, 40)) + "' where a number was expected"};
        return std::abs(value) > std::numeric_limits<float>::max() ? std::nan("") : value;
    }

private:
    std::string m_place;
    std::vector<std::string_view> m_cells;
};

/// Columns of two points under each other's name, as one published extractor writes them: the nose of such a
/// file lies at the hand and the index knuckle in the face, in nearly every row.
constexpr double kSwappedShare = 0.9;

bool knucklePassesForNose(
    const PoseTrack& track, int nose, int knuckle, int wrist, const std::pair<int, int>& eyes)
{
    int64_t rows = 0;
    int64_t swapped = 0;
    const auto far = [](const PosePoint& a, float x, float y) { return std::hypot(a.x - x, a.y - y); };
    for (int64_t row = 0; row < track.rows(); ++row) {
        const PosePoint* points = track.at(row, 0);
        const PosePoint& left = points[eyes.first];
        const PosePoint& right = points[eyes.second];
        const PosePoint& hand = points[wrist];
        bool seen = true;
        for (const PosePoint* point : {&points[nose], &points[knuckle], &hand, &left, &right})
            seen = seen && point->score > 0;
        if (!seen)
            continue;
        ++rows;
        const float x = (left.x + right.x) / 2;
        const float y = (left.y + right.y) / 2;
        swapped += far(points[knuckle], x, y) < far(points[nose], x, y)
                && far(points[nose], hand.x, hand.y) < far(points[knuckle], hand.x, hand.y)
            ? 1
            : 0;
    }
    return rows > 0 && static_cast<double>(swapped) >= kSwappedShare * static_cast<double>(rows);
}

/// Puts such points right; a sentence where it did.
std::string unswapNose(PoseTrack& track)
{
    const PoseLayout& layout = **findPoseLayout(track.layout);
    const int nose = indexIn(layout, "nose");
    const std::pair<int, int> eyes = {indexIn(layout, "left_eye"), indexIn(layout, "right_eye")};
    for (const std::string side : {"left", "right"}) {
        const int knuckle = indexIn(layout, side + "_index_knuckle");
        const int wrist = indexIn(layout, side + "_wrist");
        if (nose < 0 || knuckle < 0 || wrist < 0 || eyes.first < 0 || eyes.second < 0
            || !knucklePassesForNose(std::as_const(track), nose, knuckle, wrist, eyes))
            continue;
        for (int64_t row = 0; row < track.rows(); ++row)
            std::swap(track.at(row, 0)[nose], track.at(row, 0)[knuckle]);
        return "its columns of the nose and the " + side
            + " index knuckle stand under each other's name (the nose would lie at the hand); they are "
              "exchanged";
    }
    return {};
}

class NamedTableReader {
public:
    NamedTableReader(std::string_view text, std::string name) : m_text(text), m_name(std::move(name)) { }

    Result<SkeletonFile> read()
    {
        const std::string_view first = nextLine();
        const char separator = separatorOf(first);
        m_header = readHeader(cellsOf(first, separator));
        auto joints = assignJoints(m_header, m_name);
        if (!joints)
            return joints.error();
        m_places = joints->places;
        PoseTrack& track = m_file.track;
        track.layout = joints->layout->name;
        track.persons = 1;
        track.pointCount = static_cast<int>(joints->layout->points.size());
        if (!joints->note.empty())
            m_file.notes.push_back(m_name + ": " + joints->note);
        while (!m_text.empty()) {
            const std::string_view line = nextLine();
            if (line.empty() || line == "\r")
                continue;
            const Status status = takeRow(
                RowReader(m_name + ", line " + std::to_string(m_line), checkedCells(line, separator)));
            if (m_tooLong)
                return Error{ErrorCode::BadFormat,
                    m_name + ", line " + std::to_string(m_line) + ": has more columns than the "
                        + std::to_string(m_header.columns) + " of the header"};
            if (!status)
                return status.error();
        }
        return finish();
    }

private:
    std::string_view nextLine()
    {
        const size_t end = std::min(m_text.find('\n'), m_text.size());
        const std::string_view line = m_text.substr(0, end);
        m_text.remove_prefix(std::min(end + 1, m_text.size()));
        ++m_line;
        return line;
    }

    std::vector<std::string_view> checkedCells(std::string_view line, char separator)
    {
        std::vector<std::string_view> cells = cellsOf(line, separator);
        m_shortRows += cells.size() < m_header.columns ? 1 : 0;
        m_tooLong = cells.size() > m_header.columns;
        return cells;
    }

    Status takeRow(const RowReader& row)
    {
        const auto frame = row.number(m_header.frame);
        const auto time = row.number(m_header.time);
        for (const auto* value : {&frame, &time})
            if (!*value)
                return value->error();
        PoseTrack& track = m_file.track;
        int64_t index = track.rows();
        if (m_header.frame >= 0) {
            if (!(*frame >= 0 && *frame < 1e12) || std::floor(*frame) != *frame)
                return Error{ErrorCode::BadFormat, row.place() + ": the frame is not a number from 0 on"};
            index = static_cast<int64_t>(*frame);
        }
        if (!track.frames.empty() && index <= track.frames.back())
            return Error{ErrorCode::BadFormat,
                row.place() + ": frame " + std::to_string(index) + " comes after frame "
                    + std::to_string(track.frames.back()) + "; sort the rows and keep one for each frame"};
        track.frames.push_back(index);
        if (m_header.time >= 0)
            m_file.times.push_back(*time * (m_header.milliseconds ? kMillisecond : 1));
        const size_t start = m_points.size();
        m_points.resize(start + static_cast<size_t>(track.pointCount));
        for (size_t i = 0; i < m_header.groups.size(); ++i) {
            const auto point = pointOf(row, m_header.groups[i]);
            if (!point)
                return point.error();
            m_points[start + static_cast<size_t>(m_places[i])] = *point;
        }
        return {};
    }

    Result<PosePoint> pointOf(const RowReader& row, const ColumnGroup& group)
    {
        const auto x = row.number(group.columns[X]);
        const auto y = row.number(group.columns[Y]);
        const auto score = row.number(group.columns[Score]);
        for (const auto* value : {&x, &y, &score})
            if (!*value)
                return value->error();
        const double s = group.columns[Score] < 0 ? 1.0 : *score;
        if (!std::isfinite(*x) || !std::isfinite(*y) || !(s > 0))
            return PosePoint{};
        m_sizes.push_back(static_cast<float>(std::max(std::abs(*x), std::abs(*y))));
        return PosePoint{
            static_cast<float>(*x), static_cast<float>(*y), static_cast<float>(std::min(s, 1.0))};
    }

    Result<SkeletonFile> finish()
    {
        if (m_file.track.frames.empty())
            return Error{ErrorCode::BadFormat, m_name + ": has a header but no row of points"};
        m_file.track.points.resize(m_points.size());
        std::copy(m_points.begin(), m_points.end(), m_file.track.points.data());
        if (!m_sizes.empty()) {
            const auto middle = m_sizes.begin() + static_cast<std::ptrdiff_t>(m_sizes.size() / 2);
            std::nth_element(m_sizes.begin(), middle, m_sizes.end());
            m_file.normalised = *middle <= kLargestShare;
        }
        if (const std::string note = unswapNose(m_file.track); !note.empty())
            m_file.notes.push_back(m_name + ": " + note);
        if (m_shortRows > 0)
            m_file.notes.push_back(m_name + ": " + std::to_string(m_shortRows)
                + " rows are shorter than the header; what they lack is missing");
        return std::move(m_file);
    }

    std::string_view m_text;
    std::string m_name;
    Header m_header;
    std::vector<int> m_places;
    std::vector<PosePoint> m_points;
    std::vector<float> m_sizes;
    SkeletonFile m_file;
    int64_t m_line = 0;
    int64_t m_shortRows = 0;
    bool m_tooLong = false;
};

} // namespace

bool looksLikeNamedTable(std::string_view text)
{
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size()));
    return line.size() < (1 << 16) && readHeader(cellsOf(line, separatorOf(line))).groups.size() >= 2;
}

Result<SkeletonFile> readNamedTable(std::string_view text, const std::string& name)
{
    return NamedTableReader(text, name).read();
}

} // namespace telltale
