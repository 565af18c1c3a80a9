// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// DeepLabCut's tables: three rows of names (scorer, bodyparts, coords), four for several animals (individuals
// before bodyparts); coords are x, y and, of predictions, likelihood.
#include "pose/readers/readers.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr size_t kMostPersons = 100;
constexpr size_t kLongestHeader = size_t{1} << 22;
constexpr size_t kMostPlaces = 8; ///< for a column. Ours.

Error bad(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat, name + ": " + what};
}

std::vector<std::string_view> cellsOf(std::string_view line)
{
    std::vector<std::string_view> cells;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    for (size_t at = 0; at <= line.size();) {
        const size_t end = std::min(line.find(',', at), line.size());
        std::string_view cell = line.substr(at, end - at);
        if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
            cell = cell.substr(1, cell.size() - 2);
        cells.push_back(cell);
        at = end + 1;
    }
    return cells;
}

std::string_view takeLine(std::string_view& text)
{
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// What a column holds: whose point, which one, and which of its three numbers.
struct Column {
    int person = -1;
    int joint = -1;
    int axis = -1;
};

/// Columns by the names of their levels, the last of which is x, y or likelihood.
struct Columns {
    std::vector<std::string> persons;
    std::vector<std::string> joints;
    std::vector<Column> all;
    bool scored = false;
};

int indexOf(std::vector<std::string>& list, const std::string& name)
{
    const auto found = std::ranges::find(list, name);
    if (found != list.end())
        return static_cast<int>(found - list.begin());
    list.push_back(name);
    return static_cast<int>(list.size()) - 1;
}

/// Levels are (scorer, bodypart, coord) or (scorer, individual, bodypart, coord).
Result<Columns> columnsOf(const std::vector<std::vector<std::string>>& levels, const std::string& name)
{
    constexpr size_t kMostJoints = 1000;
    Columns columns;
    for (const std::vector<std::string>& one : levels) {
        Column column;
        if (one.size() == 3 || one.size() == 4) {
            const std::string& axis = one.back();
            column.axis = axis == "x" ? 0 : axis == "y" ? 1 : axis == "likelihood" ? 2 : -1;
            column.person = indexOf(columns.persons, one.size() == 4 ? one[1] : std::string());
            column.joint = indexOf(columns.joints, one[one.size() - 2]);
            columns.scored = columns.scored || column.axis == 2;
        }
        columns.all.push_back(column);
        if (columns.joints.size() > kMostJoints || columns.persons.size() > kMostPersons)
            return bad(name, "has more individuals or bodyparts than are read (100 and 1000)");
    }
    if (columns.joints.empty())
        return bad(name, "names no bodyparts with coords x, y and likelihood");
    // A row of the track has all points of everybody: a few cells may not become many.
    if (columns.persons.size() * columns.joints.size() > kMostPlaces * levels.size())
        return bad(name,
            "has " + std::to_string(columns.persons.size()) + " individuals, but columns for hardly any of "
                + "their bodyparts; export it again with the columns of all");
    return columns;
}

/// A row of numbers becomes the people of a frame.
class Rows {
public:
    Rows(Columns columns, JointPlaces joints)
        : m_columns(std::move(columns))
        , m_joints(std::move(joints))
        , m_numbers(m_columns.persons.size() * m_columns.joints.size() * 3)
    {
        m_file.track.layout = m_joints.layout->name;
        m_file.track.persons = static_cast<int>(m_columns.persons.size());
        m_file.track.pointCount = static_cast<int>(m_joints.layout->points.size());
        if (!m_joints.note.empty())
            m_file.notes.push_back(m_joints.note);
    }
    const Columns& columns() const { return m_columns; }
    int64_t next() const { return m_file.track.frames.empty() ? 0 : m_file.track.frames.back() + 1; }

    void begin() { std::ranges::fill(m_numbers, std::numeric_limits<float>::quiet_NaN()); }
    void set(size_t column, float value)
    {
        const Column& where = m_columns.all[column];
        if (where.axis >= 0)
            m_numbers[(static_cast<size_t>(where.person) * m_columns.joints.size()
                          + static_cast<size_t>(where.joint))
                    * 3
                + static_cast<size_t>(where.axis)]
                = value;
    }
    void end(int64_t frame)
    {
        m_file.track.frames.push_back(frame);
        const size_t from = m_points.size();
        const auto count = m_joints.layout->points.size();
        m_points.resize(from + m_columns.persons.size() * count);
        const size_t joints = m_columns.joints.size();
        for (size_t person = 0; person < m_columns.persons.size(); ++person)
            for (size_t joint = 0; joint < joints; ++joint) {
                const float* v = m_numbers.data() + (person * joints + joint) * 3;
                const float score = m_columns.scored ? v[2] : 1.0F;
                const int place = m_joints.places[joint];
                if (place >= 0 && std::isfinite(v[0]) && std::isfinite(v[1]) && score > 0)
                    m_points[from + person * count + static_cast<size_t>(place)]
                        = {v[0], v[1], std::min(score, 1.0F)};
            }
    }
    SkeletonFile take()
    {
        m_file.track.points = PointBuffer(std::move(m_points));
        return std::move(m_file);
    }

private:
    Columns m_columns;
    JointPlaces m_joints;
    std::vector<float> m_numbers;
    std::vector<PosePoint> m_points;
    SkeletonFile m_file;
};

Result<Rows> rowsFor(const std::vector<std::vector<std::string>>& levels, const std::string& name)
{
    auto columns = columnsOf(levels, name);
    if (!columns)
        return columns.error();
    auto joints = placesOfJoints(columns->joints, name);
    if (!joints)
        return joints.error();
    return Rows(std::move(*columns), std::move(*joints));
}

/// "12", which pandas may have made "12.0", or the last number in "labeled-data/clip/img0012.png"; -1 for
/// others.
int64_t frameOf(std::string_view cell)
{
    constexpr std::string_view kDigits = "0123456789";
    const size_t dot = std::min(cell.find_last_of('.'), cell.size());
    const std::string_view ending = cell.substr(std::min(dot + 1, cell.size()));
    const bool number = cell.find_first_not_of(".0123456789") == std::string_view::npos;
    if (number && ending.find_first_not_of('0') != std::string_view::npos && dot < cell.size())
        return -1;
    if (number || ending.find_first_not_of(kDigits) != std::string_view::npos)
        cell = cell.substr(0, dot);
    return trailingNumber(cell);
}

/// The rows of names turned into the levels of each column. Old label files have the frame in three cells.
struct Header {
    size_t leading = 1; ///< cells before the numbers
    std::vector<std::vector<std::string>> levels;
};

Result<Header> readHeader(std::string_view& text, int64_t& line, const std::string& name)
{
    Header header;
    for (const std::string_view wanted : {"scorer", "individuals", "bodyparts", "coords"}) {
        std::string_view rest = text;
        const std::vector<std::string_view> cells = cellsOf(takeLine(rest));
        if (cells.front() != wanted) {
            if (wanted == "individuals")
                continue;
            return bad(name,
                "line " + std::to_string(line + 1) + ": starts with '"
                    + std::string(cells.front().substr(0, 40)) + "' where '" + std::string(wanted)
                    + "' was expected");
        }
        text = rest;
        ++line;
        if (wanted == "scorer") {
            while (header.leading < cells.size() && cells[header.leading].empty())
                ++header.leading;
            header.levels.resize(cells.size() - std::min(cells.size(), header.leading));
        }
        if (cells.size() != header.levels.size() + header.leading)
            return bad(name,
                "line " + std::to_string(line) + ": has " + std::to_string(cells.size())
                    + " cells, the first one has " + std::to_string(header.levels.size() + header.leading));
        for (size_t i = 0; i < header.levels.size(); ++i)
            header.levels[i].emplace_back(cells[i + header.leading]);
    }
    return header;
}

bool readNumber(std::string_view cell, float& value)
{
    value = std::numeric_limits<float>::quiet_NaN();
    if (cell.empty() || cell == "nan" || cell == "NaN")
        return true;
    double wide = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), wide);
    if (error != std::errc{} && error != std::errc::result_out_of_range)
        return false;
    if (error == std::errc{})
        value = static_cast<float>(wide);
    return end == cell.data() + cell.size();
}

} // namespace

bool looksLikeDeepLabCut(std::string_view text)
{
    std::string_view rest = text.substr(0, kLongestHeader);
    return cellsOf(takeLine(rest)).front() == "scorer"
        && (rest.starts_with("bodyparts,") || rest.starts_with("individuals,"));
}

Result<SkeletonFile> readDeepLabCutCsv(std::string_view text, const std::string& name)
{
    int64_t line = 0;
    const auto header = readHeader(text, line, name);
    if (!header)
        return header.error();
    auto rows = rowsFor(header->levels, name);
    if (!rows)
        return rows.error();
    while (!text.empty()) {
        const std::string_view row = takeLine(text);
        ++line;
        if (row.empty() || row == "\r")
            continue;
        const std::vector<std::string_view> cells = cellsOf(row);
        const std::string place = "line " + std::to_string(line);
        if (cells.size() != header->levels.size() + header->leading)
            return bad(name,
                place + ": has " + std::to_string(cells.size()) + " cells, the header has "
                    + std::to_string(header->levels.size() + header->leading));
        const int64_t frame = frameOf(cells[header->leading - 1]);
        if (frame < rows->next())
            return bad(name,
                place + ": its frame '" + std::string(cells[header->leading - 1].substr(0, 60))
                    + "' is not a number that ascends");
        rows->begin();
        for (size_t i = header->leading; i < cells.size(); ++i) {
            float value = 0;
            if (!readNumber(cells[i], value))
                return bad(name,
                    place + ": column " + std::to_string(i + 1) + " holds '"
                        + std::string(cells[i].substr(0, 40)) + "' where a number was expected");
            rows->set(i - header->leading, value);
        }
        rows->end(frame);
    }
    if (rows->next() == 0)
        return bad(name, "has a header but no row of points");
    return rows->take();
}

Result<SkeletonFile> readDeepLabCutValues(const std::vector<std::vector<std::string>>& levels,
    const std::vector<double>& values, const std::vector<int64_t>& frames, const std::string& name)
{
    auto rows = rowsFor(levels, name);
    if (!rows)
        return rows.error();
    const size_t width = levels.size();
    if (!frames.empty() && frames.size() * width != values.size())
        return bad(name, "does not have a frame for each row of its points");
    for (size_t row = 0; row * width + width <= values.size(); ++row) {
        const int64_t frame = frames.empty() ? static_cast<int64_t>(row) : frames[row];
        if (frame < rows->next())
            return bad(name, "row " + std::to_string(row) + ": its frame is not a number that ascends");
        rows->begin();
        for (size_t i = 0; i < width; ++i)
            rows->set(i, static_cast<float>(values[row * width + i]));
        rows->end(frame);
    }
    if (rows->next() == 0)
        return bad(name, "has no row of points");
    return rows->take();
}

} // namespace telltale
