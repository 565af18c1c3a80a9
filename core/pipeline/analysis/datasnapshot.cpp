// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/datasnapshot.h"
#include "base/sha256.h"
#include "data/confirmed.h"
#include "pipeline/projectadaptation.h"
#include <algorithm>
#include <map>
#include <set>

namespace telltale {
namespace {

std::string digestOfText(const std::string& text)
{
    return text.empty() ? std::string() : hexOf(sha256(text));
}

std::string lineOf(const Annotation& span, const std::string& video, const LabelScheme& scheme)
{
    const bool known = span.classId >= 0 && span.classId < scheme.classCount();
    std::string line = video;
    for (const std::string& part :
        {known ? scheme.classes[static_cast<size_t>(span.classId)].name : std::to_string(span.classId),
            std::to_string(span.span.first), std::to_string(span.span.last), std::to_string(span.person),
            std::string(nameOf(span.state))})
        line.append(",").append(part);
    return line.append("\n");
}

void addSpans(const FrozenProject& project, DataSnapshot& snapshot)
{
    std::vector<std::string> lines;
    for (const Annotation& span : project.annotations()) {
        const VideoEntry* video = project.video(span.videoId);
        lines.push_back(lineOf(span, video ? video->name : std::string(), project.scheme()));
        ++snapshot.spans;
        snapshot.open += span.state == SpanState::Proposed ? 1 : 0;
        snapshot.decided += isConfirmed(span.state) || span.state == SpanState::Rejected ? 1 : 0;
    }
    std::ranges::sort(lines);
    std::string all;
    for (const std::string& line : lines)
        all += line;
    snapshot.labelsDigest = hexOf(sha256(all));
}

void addModels(const FrozenProject& project, DataSnapshot& snapshot)
{
    for (const ModelEntry& model : project.models()) {
        SnapshotModel one{model.id, model.kind, model.file, model.digest, digestOfText(model.recipe),
            protocolOf(model), model.basedOn, model.active, 0};
        snapshot.transductive |= one.active && one.protocol == "transductive";
        snapshot.models.push_back(std::move(one));
    }
    std::map<std::pair<std::string, std::string>, int64_t> named; // by model and recipe
    for (const PredictionRun& run : project.runs())
        ++named[{run.model, run.recipe}];
    for (const auto& [run, count] : named)
        snapshot.models.push_back(
            {0, "analysis", run.first, {}, digestOfText(run.second), {}, 0, false, count});
}

Table factsTable(const DataSnapshot& snapshot)
{
    Table table{"snapshot", "Data", {}, {{"fact", "Fact"}, {"value", "Value"}}, {}};
    const auto add = [&table](const char* fact, TableCell value) {
        table.rows.push_back({std::string(fact), std::move(value)});
    };
    add("Label scheme", snapshot.labels);
    add("Entry of the edit log", std::to_string(snapshot.sequence));
    add("SHA-256 of the labels", snapshot.labelsDigest);
    add("Videos", std::to_string(snapshot.videos));
    add("Subjects", std::to_string(snapshot.subjects));
    add("Minutes of video", cellText(cellOf(snapshot.minutes), {"", "", 1}));
    add("Spans", std::to_string(snapshot.spans));
    add("Decided by a person", std::to_string(snapshot.decided));
    add("Open proposals", std::to_string(snapshot.open));
    return table;
}

} // namespace

DataSnapshot dataSnapshot(const FrozenProject& project)
{
    DataSnapshot snapshot;
    snapshot.sequence = project.sequence();
    snapshot.labels = project.scheme().name;
    std::set<std::string> subjects;
    for (const VideoEntry& video : project.videos()) {
        ++snapshot.videos;
        subjects.insert(video.subject);
        snapshot.minutes += static_cast<double>(video.durationUs) / 6e7;
    }
    snapshot.subjects = static_cast<int64_t>(subjects.size());
    addSpans(project, snapshot);
    addModels(project, snapshot);
    return snapshot;
}

std::vector<Table> tables(const DataSnapshot& snapshot)
{
    Table models{"models", "Models",
        "Transductive: adapted, without their labels, to the very people that it "
        "is measured on.",
        {{"kind", "Kind"}, {"name", "File or name"}, {"in_use", "In use"}, {"protocol", "Adapted"},
            {"runs", "Runs"}, {"based_on", "Log entry"}, {"digest", "SHA-256"},
            {"recipe_digest", "Recipe SHA-256"}},
        {}};
    for (const SnapshotModel& model : snapshot.models)
        models.rows.push_back({model.kind, model.file, std::string(model.active ? "yes" : ""), model.protocol,
            model.runs > 0 ? TableCell(model.runs) : TableCell(),
            model.basedOn > 0 ? TableCell(model.basedOn) : TableCell(), model.digest.substr(0, 16),
            model.recipeDigest.substr(0, 16)});
    std::vector<Table> all{factsTable(snapshot)};
    if (!models.rows.empty())
        all.push_back(std::move(models));
    return all;
}

} // namespace telltale
