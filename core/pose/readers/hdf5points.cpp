// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// SLEAP's analysis files (datasets tracks, node_names, point_scores in Matlab's order of dimensions) and .slp
// (tables frames, instances, points, pred_points; docs of talmolab/sleap-io), and the tables of pandas that
// DeepLabCut writes.
#include "pose/readers/hdf5file.h"
#include "pose/readers/numpypickle.h"
#include "pose/readers/readers.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int64_t kMostPersons = 100;
constexpr int64_t kMostJoints = 10'000;
/// Frames that an HDF5 track may have beyond its rows: a video of a year.
constexpr int64_t kLastFrame = int64_t{1} << 31;

Error bad(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat, name + ": " + what};
}

/// NaN is missing. Labels of people have no score.
PosePoint pointOf(float x, float y, float score)
{
    if (!std::isfinite(x) || !std::isfinite(y) || !(score > 0))
        return {};
    return {x, y, std::min(score, 1.0F)};
}

SkeletonFile fileFor(const JointPlaces& joints)
{
    SkeletonFile file;
    file.track.layout = joints.layout->name;
    file.track.pointCount = static_cast<int>(joints.layout->points.size());
    if (!joints.note.empty())
        file.notes.push_back(joints.note);
    return file;
}

/// tracks [persons, 2, joints, frames]
Result<SkeletonFile> readAnalysis(const Hdf5File& in, const std::string& name)
{
    const auto names = in.texts("node_names");
    const auto tracks = in.numbers("tracks");
    if (!names)
        return names.error();
    if (!tracks)
        return tracks.error();
    const auto joints = placesOfJoints(*names, name);
    if (!joints)
        return joints.error();
    const auto nodes = static_cast<int64_t>(names->size());
    const std::vector<int64_t>& shape = tracks->shape;
    if (shape.size() != 4 || shape[1] != 2 || shape[2] != nodes || shape[0] < 1 || shape[0] > kMostPersons)
        return bad(name,
            "its dataset 'tracks' does not have the dimensions [tracks, 2, " + std::to_string(nodes)
                + " nodes, frames]; export it as an analysis file from SLEAP");
    Hdf5Numbers scores;
    if (in.contains("point_scores")) {
        auto read = in.numbers("point_scores");
        if (!read)
            return read.error();
        if (read->shape != std::vector<int64_t>{shape[0], nodes, shape[3]})
            return bad(name, "its datasets 'tracks' and 'point_scores' do not fit each other");
        scores = std::move(*read);
    }
    SkeletonFile file = fileFor(*joints);
    const int64_t frames = shape[3];
    if (frames * shape[0] > static_cast<int64_t>(tracks->values.size()))
        return bad(name, "its dataset 'tracks' is empty");
    const int points = file.track.pointCount;
    const std::string layout = file.track.layout;
    if (const Status status = checkTrackSize(frames, shape[0], points, name); !status)
        return status.error();
    file.track = emptyTrack(layout, points, frames, static_cast<int>(shape[0]));
    for (int64_t person = 0; person < shape[0]; ++person)
        for (int64_t node = 0; node < nodes; ++node) {
            const int place = joints->places[static_cast<size_t>(node)];
            const float* x = tracks->values.data() + ((person * 2 + 0) * nodes + node) * frames;
            const float* y = tracks->values.data() + ((person * 2 + 1) * nodes + node) * frames;
            const float* score
                = scores.values.empty() ? nullptr : scores.values.data() + (person * nodes + node) * frames;
            for (int64_t t = 0; place >= 0 && t < frames; ++t) {
                // SLEAP leaves the score out (NaN or 0) of points that people set.
                const float s = score && score[t] > 0 ? score[t] : 1.0F;
                file.track.at(t, static_cast<int>(person))[place] = pointOf(x[t], y[t], s);
            }
        }
    return file;
}

/// Names of the nodes of the first skeleton.
Result<std::vector<std::string>> slpNodes(const Hdf5File& in, const std::string& name)
{
    const auto text = in.textAttribute("metadata", "json");
    if (!text)
        return text.error();
    const json document = json::parse(text->substr(0, text->find('\0')), nullptr, false);
    std::vector<std::string> all;
    std::vector<std::string> names;
    if (!document.is_object() || !document.contains("nodes") || !document["nodes"].is_array())
        return bad(name, "its metadata list no nodes of a skeleton");
    for (const json& node : document["nodes"]) {
        const bool named = node.is_object() && node.contains("name") && node["name"].is_string();
        all.push_back(named ? node["name"].get<std::string>() : std::string());
    }
    const json skeletons = document.value("skeletons", json::array());
    if (!skeletons.is_array() || skeletons.empty() || !skeletons[0].is_object())
        return all;
    const json nodes = skeletons[0].value("nodes", json::array());
    for (const json& node : nodes) {
        const json id = node.is_object() ? node.value("id", json()) : json();
        const int64_t index = id.is_number_integer() ? id.get<int64_t>() : -1;
        if (index >= 0 && index < static_cast<int64_t>(all.size()))
            names.push_back(all[static_cast<size_t>(index)]);
    }
    return names.empty() ? all : names;
}

/// The tables of a .slp file, column by column.
struct SlpTables {
    std::map<std::string, std::vector<double>> columns; ///< "frames.video"
    const std::vector<double>& at(const std::string& key) const { return columns.at(key); }
};

Status readColumns(const Hdf5File& in, const std::string& table, std::initializer_list<const char*> fields,
    SlpTables& tables)
{
    for (const char* field : fields) {
        auto column = in.column(table, field);
        if (!column)
            return column.error();
        if (column->shape.size() != 1)
            return Error{
                ErrorCode::BadFormat, table + std::string(": the column ") + field + " is no column"};
        tables.columns[table + "." + field] = std::move(column->values);
    }
    return {};
}

bool isIndex(double value, size_t size) { return value >= 0 && value <= static_cast<double>(size); }

/// Rows of the table of points from which an instance is taken.
class SlpReader {
public:
    SlpReader(const Hdf5File& in, std::string name) : m_in(in), m_name(std::move(name)) { }

    Result<SkeletonFile> read()
    {
        const auto nodes = slpNodes(m_in, m_name);
        if (!nodes)
            return nodes.error();
        auto joints = placesOfJoints(*nodes, m_name);
        if (!joints)
            return joints.error();
        m_joints = std::move(*joints);
        m_nodes = nodes->size();
        Status status = readColumns(
            m_in, "frames", {"video", "frame_idx", "instance_id_start", "instance_id_end"}, m_tables);
        if (status)
            status = readColumns(m_in, "instances",
                {"instance_id", "instance_type", "track", "from_predicted", "point_id_start", "point_id_end"},
                m_tables);
        if (status)
            status = readColumns(m_in, "points", {"x", "y", "visible"}, m_tables);
        if (status)
            status = readColumns(m_in, "pred_points", {"x", "y", "visible", "score"}, m_tables);
        if (!status)
            return status.error();
        // Until 1.1 coordinates count from the middle of the first pixel's corner: half a pixel less is
        // shown.
        const auto version = m_in.numberAttribute("metadata", "format_id");
        m_shift = version && *version < 1.1 ? -0.5 : 0.0;
        return collect();
    }

private:
    Result<SkeletonFile> collect()
    {
        const auto& video = m_tables.at("frames.video");
        const auto& index = m_tables.at("frames.frame_idx");
        std::map<int64_t, PeopleFrame> byFrame;
        std::map<int64_t, std::vector<int64_t>> numbers;
        bool numbered = true;
        size_t others = 0;
        for (size_t i = 0; i < index.size(); ++i) {
            if (video[i] != video.front()) {
                ++others;
                continue;
            }
            if (!(index[i] >= 0 && index[i] < static_cast<double>(kLastFrame)))
                return bad(m_name, "row " + std::to_string(i) + " of 'frames' has no frame number");
            const auto frame = static_cast<int64_t>(index[i]);
            PeopleFrame& there = byFrame[frame];
            there.frame = frame;
            if (Status status = addInstances(i, there, numbers[frame], numbered); !status)
                return status.error();
        }
        if (byFrame.empty())
            return bad(m_name, "has no frame with a person");
        SkeletonFile file = fileFor(m_joints);
        if (others > 0)
            file.notes.push_back(m_name + ": " + std::to_string(others)
                + " frames belong to other videos than the first one and are left out");
        std::vector<PeopleFrame> frames;
        std::vector<std::vector<int64_t>> ids;
        for (auto& [frame, people] : byFrame) {
            frames.push_back(std::move(people));
            ids.push_back(std::move(numbers[frame]));
            std::vector<int64_t> sorted = ids.back();
            std::ranges::sort(sorted);
            numbered = numbered && std::ranges::adjacent_find(sorted) == sorted.end();
        }
        const std::string layout = file.track.layout;
        takeJoined(numbered ? joinNumbered(std::move(frames), ids, layout, file.track.pointCount)
                            : joinPeople(std::move(frames), layout, file.track.pointCount),
            m_name, file);
        return file;
    }

    /// Instances that people made of predictions: these are not shown beside them.
    std::set<double> replacedIn(size_t from, size_t to) const
    {
        std::set<double> replaced;
        for (size_t i = from; i < to; ++i)
            if (m_tables.at("instances.instance_type")[i] == 0)
                replaced.insert(m_tables.at("instances.from_predicted")[i]);
        return replaced;
    }

    /// A person's own labels count before predictions of the same track.
    Status addInstances(size_t row, PeopleFrame& frame, std::vector<int64_t>& numbers, bool& numbered)
    {
        const auto& type = m_tables.at("instances.instance_type");
        const auto& track = m_tables.at("instances.track");
        const double from = m_tables.at("frames.instance_id_start")[row];
        const double to = m_tables.at("frames.instance_id_end")[row];
        if (!isIndex(from, type.size()) || !isIndex(to, type.size()) || to - from > kMostPersons)
            return bad(
                m_name, "row " + std::to_string(row) + " of 'frames' names instances that are not there");
        const auto end = static_cast<size_t>(to);
        m_instances += from < to ? end - static_cast<size_t>(from) : 0;
        if (m_instances > type.size())
            return bad(m_name, "its frames share instances, each of which belongs to one; it is damaged");
        const std::set<double> replaced = replacedIn(static_cast<size_t>(from), end);
        for (auto i = static_cast<size_t>(from); i < end; ++i) {
            const bool predicted = type[i] != 0;
            if (predicted && replaced.contains(m_tables.at("instances.instance_id")[i]))
                continue;
            const int64_t number = track[i] >= 0 ? static_cast<int64_t>(std::min(track[i], 1e9)) : -1;
            const auto same = std::ranges::find(numbers, number);
            std::vector<PosePoint> points(m_joints.layout->points.size());
            if (Status status = readPoints(i, predicted, points); !status)
                return status;
            if (number >= 0 && same != numbers.end()) {
                if (!predicted)
                    frame.people[static_cast<size_t>(same - numbers.begin())] = std::move(points);
                continue;
            }
            numbered = numbered && number >= 0;
            numbers.push_back(number);
            frame.people.push_back(std::move(points));
        }
        return {};
    }

    Status readPoints(size_t instance, bool predicted, std::vector<PosePoint>& points) const
    {
        const std::string table = predicted ? "pred_points" : "points";
        const auto& x = m_tables.at(table + ".x");
        const auto& y = m_tables.at(table + ".y");
        const auto& visible = m_tables.at(table + ".visible");
        const double start = m_tables.at("instances.point_id_start")[instance];
        const double end = m_tables.at("instances.point_id_end")[instance];
        if (!isIndex(start, x.size()) || end - start != static_cast<double>(m_nodes)
            || !isIndex(end, x.size()))
            return bad(m_name,
                "row " + std::to_string(instance) + " of 'instances' does not name a point for each of the "
                    + std::to_string(m_nodes) + " nodes of its first skeleton, which alone is read");
        for (size_t n = 0; n < m_nodes; ++n) {
            const size_t at = static_cast<size_t>(start) + n;
            const int place = m_joints.places[n];
            const double score = predicted ? m_tables.at("pred_points.score")[at] : 1.0;
            // Where SLEAP has put a point that nobody sees is no place of it.
            if (place >= 0 && visible[at] != 0)
                points[static_cast<size_t>(place)] = pointOf(static_cast<float>(x[at] + m_shift),
                    static_cast<float>(y[at] + m_shift), static_cast<float>(score));
        }
        return {};
    }

    const Hdf5File& m_in;
    std::string m_name;
    JointPlaces m_joints;
    SlpTables m_tables;
    size_t m_nodes = 0;
    size_t m_instances = 0; ///< that frames have named so far
    double m_shift = 0;
};

/// Names of the columns as pandas keeps them at the group: a pickle of [(1, [(scorer, bodypart, coord),
/// ...])].
Result<std::vector<std::vector<std::string>>> pandasColumns(
    const Hdf5File& in, const std::string& group, const std::string& name)
{
    const auto text = in.textAttribute(group, "non_index_axes");
    if (!text)
        return text.error();
    const auto content = readNumpyPickle(*text, name + ", the names of its columns");
    if (!content)
        return content.error();
    std::vector<std::vector<std::string>> columns;
    const pickle::Value* axis = content->item(content->top(), 0);
    const pickle::Value* names = axis ? content->item(*axis, 1) : nullptr;
    for (size_t column = 0; names && content->item(*names, column); ++column) {
        columns.emplace_back();
        const pickle::Value& levels = *content->item(*names, column);
        for (size_t i = 0; i < 8 && content->item(levels, i); ++i)
            columns.back().emplace_back(content->item(levels, i)->text.substr(0, 200));
    }
    return columns;
}

Result<SkeletonFile> readPandas(const Hdf5File& in, const std::string& group, const std::string& name)
{
    const std::string table = group + "/table";
    const auto columns = pandasColumns(in, group, name);
    if (!columns)
        return columns.error();
    const auto values = in.column(table, "values_block_0");
    if (!values)
        return values.error();
    if (values->shape.size() != 2 || values->shape[1] != static_cast<int64_t>(columns->size())
        || values->shape[1] > kMostJoints * 3)
        return bad(name, "the table '" + table + "' does not have a column for each name");
    std::vector<int64_t> frames;
    const auto index = in.column(table, "index");
    if (!index && index.error().code != ErrorCode::NotFound)
        return bad(name, "its rows have texts for an index, not frames; read the csv that lies beside it");
    if (index && index->shape.size() == 1)
        for (const double frame : index->values)
            frames.push_back(
                frame >= 0 && frame < static_cast<double>(kLastFrame) ? static_cast<int64_t>(frame) : -1);
    return readDeepLabCutValues(*columns, values->values, frames, name);
}

} // namespace

bool looksLikeHdf5(std::string_view bytes) { return bytes.starts_with("\x89HDF\r\n\x1a\n"); }

Result<SkeletonFile> readHdf5Points(const fs::path& path)
{
    const auto in = Hdf5File::open(path);
    if (!in)
        return in.error();
    const std::string name = path.string();
    if (in->contains("tracks") && in->contains("node_names"))
        return readAnalysis(*in, name);
    if (in->contains("metadata") && in->contains("frames") && in->contains("instances"))
        return SlpReader(*in, name).read();
    for (const std::string& group : in->names("/"))
        if (in->contains(group + "/table"))
            return readPandas(*in, group, name);
    return bad(name,
        "is an HDF5 file, but none of SLEAP (analysis or .slp) or DeepLabCut; it holds no skeletons that are "
        "known");
}

} // namespace telltale
