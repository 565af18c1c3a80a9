// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cliplists.h"
#include "app/cli/missingnames.h"
#include "exchange/csv.h"
#include <algorithm>
#include <map>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostClasses = 100'000;

struct Clip {
    std::string place;
    int classId = 0;
    std::vector<double> scores;
};

Result<Clip> readClip(const CsvRow& row, const std::string& place)
{
    Clip clip{place, 0, {}};
    const auto id = row.fields.size() > 1 ? wholeNumber(row.fields[1]) : std::nullopt;
    if (!id || *id < 0 || *id >= kMostClasses)
        return Error{ErrorCode::BadFormat,
            place + ": wanted is clip_id,class_id[,score_0,...] with a class id of 0 or more"};
    clip.classId = static_cast<int>(*id);
    for (size_t i = 2; i < row.fields.size(); ++i) {
        const auto score = decimalNumber(row.fields[i]);
        if (!score)
            return Error{ErrorCode::BadFormat, place + ": the score '" + row.fields[i] + "' is not a number"};
        clip.scores.push_back(*score);
    }
    return clip;
}

Result<std::map<std::string, Clip>> readClips(const fs::path& file)
{
    const auto rows = readCsv(file);
    if (!rows)
        return rows.error();
    std::map<std::string, Clip> clips;
    for (size_t i = 0; i < rows->size(); ++i) {
        const CsvRow& row = (*rows)[i];
        if (i == 0 && row.fields.front() == "clip_id")
            continue;
        const std::string place = file.string() + ", line " + std::to_string(row.line);
        auto clip = readClip(row, place);
        if (!clip)
            return clip.error();
        if (!clips.emplace(row.fields.front(), std::move(*clip)).second)
            return Error{ErrorCode::BadFormat, place + ": clip '" + row.fields.front() + "' is there twice"};
    }
    if (clips.empty())
        return Error{ErrorCode::BadFormat,
            file.string() + ": holds no clips, wanted is clip_id,class_id[,score_0,...]"};
    return clips;
}

std::set<std::string> namesOf(const std::map<std::string, Clip>& clips)
{
    std::set<std::string> names;
    for (const auto& [name, clip] : clips)
        names.insert(name);
    return names;
}

} // namespace

Result<ClipLists> readClipLists(const fs::path& truthFile, const fs::path& predictedFile)
{
    const auto truth = readClips(truthFile);
    if (!truth)
        return truth.error();
    const auto predicted = readClips(predictedFile);
    if (!predicted)
        return predicted.error();
    ClipLists lists;
    size_t classes = 0;
    for (const auto* side : {&*truth, &*predicted})
        for (const auto& [name, clip] : *side)
            classes = std::max({classes, static_cast<size_t>(clip.classId) + 1, clip.scores.size()});
    const size_t width = predicted->begin()->second.scores.size();
    for (const auto& [name, clip] : *truth) {
        const auto found = predicted->find(name);
        if (found == predicted->end())
            continue;
        if (found->second.scores.size() != width)
            return Error{ErrorCode::BadFormat,
                found->second.place + ": has " + std::to_string(found->second.scores.size())
                    + " scores, other clips have " + std::to_string(width)};
        lists.truth.push_back(clip.classId);
        lists.predicted.push_back(found->second.classId);
        if (width > 0)
            lists.scores.push_back(found->second.scores);
    }
    for (size_t i = 0; i < classes; ++i)
        lists.classes.push_back(std::to_string(i));
    noteMissing(namesOf(*truth), namesOf(*predicted),
        "clips of the truth have no prediction and were not scored", lists.notes);
    noteMissing(namesOf(*predicted), namesOf(*truth),
        "predicted clips are not in the truth and were not scored", lists.notes);
    if (lists.truth.empty())
        return Error{ErrorCode::BadFormat,
            predictedFile.string() + ": has no clip of " + truthFile.string() + ", compare the clip ids"};
    return lists;
}

} // namespace telltale
