// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "data/document.h"
#include "learn/cmpl/roundrecord.h"
#include "pipeline/projectsystem.h"

namespace telltale::sample {

/// A system that is in use: its row, without networks.
inline Status addSystem(Document& document, const std::string& adapted = {})
{
    ModelEntry entry;
    entry.kind = kTrack1Kind;
    entry.file = "models/track1-1";
    entry.recipe = R"({"name": "sample", "seed": 1, "adapted": ")" + adapted + "\"}";
    entry.active = true;
    const auto id = document.addModel(entry);
    return id ? Status() : Status(id.error());
}

inline RecordedLabel pseudoLabel(FrameSpan span, int classId, const std::string& video = "clip")
{
    return {video, 0, span, classId, 0.91, {"joint", "rgb"}, false};
}

/// Of three modalities that agree on 60, 70 and 80 % of a pool of 40; `named` spans of each class that has
/// labels beside those accepted.
inline RecordedRound pseudoRound(
    int number, std::vector<RecordedLabel> labels, int classes, int64_t named = 4)
{
    RecordedRound round;
    round.round = number;
    round.pool = 40;
    const auto accepted = static_cast<int64_t>(labels.size());
    round.students = {{"joint", 40, accepted}, {"heatmap", 38, 1}, {"rgb", 36, accepted}};
    round.agreement = {{1, 0.6, 0.7}, {0.6, 1, 0.8}, {0.7, 0.8, 1}};
    round.named.assign(static_cast<size_t>(classes), 0);
    for (const RecordedLabel& label : labels) {
        int64_t& of = round.named[static_cast<size_t>(label.classId)];
        of += of == 0 ? named + 1 : 1;
    }
    round.labels = std::move(labels);
    return round;
}

/// An adapted system beside the one in use, into models/track1-`number`: its row and its rounds.
inline Status addAdaptation(Document& document, std::vector<RecordedRound> rounds,
    std::vector<int64_t> trainingCounts = {}, int number = 2)
{
    RecordedRun run;
    run.protocol = "inductive";
    run.scheme = document.scheme().name;
    for (const LabelClass& one : document.scheme().classes)
        run.classes.push_back(one.name);
    run.trainingCounts = std::move(trainingCounts);
    run.trainingCounts.resize(run.classes.size(), 10);
    run.rounds = std::move(rounds);
    ModelEntry entry;
    entry.kind = kTrack1Kind;
    entry.file = "models/track1-" + std::to_string(number);
    entry.recipe = R"({"name": "sample", "seed": 1, "adapted": "inductive"})";
    entry.time = "2026-03-04T10:20:30Z";
    const std::filesystem::path folder = document.folder() / entry.file;
    std::filesystem::create_directories(folder);
    if (Status status = writeFileAtomically(folder / kRoundsFile, toJson(run)); !status)
        return status;
    const auto id = document.addCandidate(entry);
    return id ? Status() : Status(id.error());
}

} // namespace telltale::sample
