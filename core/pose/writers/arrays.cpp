// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "pose/layout.h"
#include "pose/readers/hdf5file.h"
#include "pose/readers/zipfile.h"
#include "pose/writers/pysklpickle.h"
#include "pose/writers/textfile.h"
#include "pose/writers/writers.h"
#include <algorithm>
#include <limits>

namespace telltale {
namespace {

namespace fs = std::filesystem;

std::string_view bytesOf(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

} // namespace

Status writeNpyPoints(const fs::path& path, const PoseTrack& track, const PoseVideo&)
{
    const auto rows = tableRows(path, track);
    if (!rows)
        return rows.error();
    static_assert(sizeof(PosePoint) == 3 * sizeof(float));
    TextFile file(path);
    file.text() = formatNpyHeader("f4", {*rows, track.persons, track.pointCount, 3});
    const size_t size = static_cast<size_t>(track.persons * track.pointCount) * sizeof(PosePoint);
    int64_t row = 0;
    for (int64_t frame = 0; frame < *rows; ++frame) {
        if (track.frames[static_cast<size_t>(row)] == frame)
            file.text().append(reinterpret_cast<const char*>(track.at(row++, 0)), size);
        else
            file.text().append(size, '\0');
    }
    return file.finish();
}

Status writeNpzTrack(const fs::path& file, const PoseTrack& track, const PoseVideo&)
{
    return writeTrack(file, track);
}

Status writeNpzArrays(const fs::path& file, const PoseTrack& track, const PoseVideo& video)
{
    const auto rows = tableRows(file, track);
    if (!rows)
        return rows.error();
    const PysklSample sample = pysklSample(track, {0, *rows}, video.name);
    ZipWriter zip;
    Status status = zip.add("keypoint.npy",
        formatNpyHeader("f4", {sample.persons, *rows, sample.points, 2}).append(bytesOf(sample.keypoint)),
        ZipWriter::Method::Store);
    if (status)
        status = zip.add("keypoint_score.npy",
            formatNpyHeader("f4", {sample.persons, *rows, sample.points}).append(bytesOf(sample.score)),
            ZipWriter::Method::Store);
    if (status)
        status = zip.add("layout.npy",
            formatNpy({"u1", {static_cast<int64_t>(track.layout.size())}, track.layout}),
            ZipWriter::Method::Store);
    return status ? writeFileAtomically(file, zip.finish()) : status;
}

Status writePyskl(const fs::path& file, const PoseTrack& track, const PoseVideo& video)
{
    const auto rows = tableRows(file, track);
    if (!rows)
        return rows.error();
    PysklSet set;
    set.samples.push_back(pysklSample(track, {0, *rows}, video.name));
    set.samples.front().width = video.width;
    set.samples.front().height = video.height;
    set.splits = {{"all", {video.name}}};
    return writeFileAtomically(file, pysklPickle(set));
}

Status writeSleapAnalysis(const fs::path& file, const PoseTrack& track, const PoseVideo& video)
{
    const auto rows = tableRows(file, track);
    const auto layout = findPoseLayout(track.layout);
    if (!rows)
        return rows.error();
    if (!layout)
        return layout.error();
    constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
    const int64_t persons = track.persons;
    const int64_t nodes = track.pointCount;
    const int64_t frames = *rows;
    Hdf5Dataset tracks{"tracks", {persons, 2, nodes, frames}, {}, {}};
    Hdf5Dataset scores{"point_scores", {persons, nodes, frames}, {}, {}};
    Hdf5Dataset instances{"instance_scores", {persons, frames}, {}, {}};
    Hdf5Dataset tracking{"tracking_scores", {persons, frames}, {}, {}};
    Hdf5Dataset there{"track_occupancy", {frames, persons}, {}, {}, true};
    tracks.numbers.assign(static_cast<size_t>(persons * 2 * nodes * frames), kMissing);
    scores.numbers.assign(static_cast<size_t>(persons * nodes * frames), kMissing);
    instances.numbers.assign(static_cast<size_t>(persons * frames), kMissing);
    tracking.numbers = instances.numbers;
    there.numbers.resize(static_cast<size_t>(persons * frames));
    for (int64_t row = 0; row < track.rows(); ++row)
        for (int64_t person = 0; person < persons; ++person) {
            const int64_t t = track.frames[static_cast<size_t>(row)];
            const PosePoint* points = track.at(row, static_cast<int>(person));
            float sum = 0;
            for (int64_t node = 0; node < nodes; ++node) {
                if (!(points[node].score > 0))
                    continue;
                const auto x = static_cast<size_t>((person * 2 * nodes + node) * frames + t);
                tracks.numbers[x] = points[node].x;
                tracks.numbers[x + static_cast<size_t>(nodes * frames)] = points[node].y;
                scores.numbers[static_cast<size_t>((person * nodes + node) * frames + t)]
                    = points[node].score;
                sum += points[node].score;
            }
            if (!(sum > 0))
                continue;
            instances.numbers[static_cast<size_t>(person * frames + t)] = sum;
            there.numbers[static_cast<size_t>(t * persons + person)] = 1;
        }
    Hdf5Dataset nodeNames{"node_names", {nodes}, {}, (*layout)->points};
    Hdf5Dataset trackNames{"track_names", {persons}, {}, {}};
    for (int64_t person = 0; person < persons; ++person)
        trackNames.texts.push_back(std::string("P").append(std::to_string(person + 1)));
    std::vector<Hdf5Dataset> all = {std::move(tracks), std::move(scores), std::move(instances),
        std::move(tracking), std::move(there), std::move(nodeNames), std::move(trackNames)};
    const auto edges = static_cast<int64_t>((*layout)->edges.size());
    if (edges > 0) {
        Hdf5Dataset indices{"edge_inds", {edges, 2}, {}, {}, true};
        Hdf5Dataset names{"edge_names", {edges, 2}, {}, {}};
        for (const auto& [child, parent] : (*layout)->edges)
            for (const int point : {parent, child}) {
                indices.numbers.push_back(static_cast<float>(point));
                names.texts.push_back((*layout)->points[static_cast<size_t>(point)]);
            }
        all.push_back(std::move(indices));
        all.push_back(std::move(names));
    }
    all.push_back({"video_path", {}, {}, {video.name}});
    all.push_back({"provenance", {}, {}, {"{}"}});
    all.push_back({"labels_path", {}, {}, {"-"}});
    return writeHdf5(file, all);
}

} // namespace telltale
