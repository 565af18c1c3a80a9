// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/scorelists.h"
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/spanfiles.h"
#include <algorithm>
#include <map>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShownNames = 5;
constexpr int64_t kMostClasses = 100'000;

void noteMissing(const std::set<std::string>& wanted, const std::set<std::string>& there,
    const std::string& what, std::vector<std::string>& notes)
{
    std::string names;
    size_t missing = 0;
    for (const std::string& name : wanted)
        if (!there.contains(name) && ++missing <= kShownNames)
            names += (names.empty() ? "" : ", ") + name;
    if (missing > 0)
        notes.push_back(
            std::to_string(missing) + " " + what + ": " + names + (missing > kShownNames ? ", ..." : ""));
}

Result<bool> isJson(const fs::path& file)
{
    const auto content = readFile(file);
    if (!content)
        return content.error();
    const size_t first = content->find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return first != std::string::npos && ((*content)[first] == '{' || (*content)[first] == '[');
}

/// Numbers the classes of both files in the order they come.
class ClassNumbers {
public:
    int of(const IntakeSpan& span)
    {
        const std::string name = !span.label.empty() ? span.label : std::to_string(span.classId);
        const auto [known, fresh] = m_numbers.emplace(name, static_cast<int>(m_names.size()));
        if (fresh)
            m_names.push_back(name);
        return known->second;
    }
    std::vector<std::string> names() && { return std::move(m_names); }

private:
    std::map<std::string, int> m_numbers;
    std::vector<std::string> m_names;
};

std::vector<ScoredSpan> scored(
    const std::vector<IntakeVideo>& videos, ClassNumbers& classes, std::set<std::string>& names)
{
    std::vector<ScoredSpan> spans;
    for (const IntakeVideo& video : videos) {
        names.insert(video.name);
        for (const IntakeSpan& span : video.spans) {
            if (span.state == SpanState::Rejected)
                continue;
            const double start = span.inSeconds ? span.start : static_cast<double>(span.frames.first);
            const double end = span.inSeconds ? span.end : static_cast<double>(span.frames.last);
            spans.push_back({video.name, classes.of(span), start, end, span.score.value_or(1.0)});
        }
    }
    return spans;
}

/// Whether somebody has looked where the span lies: a truth that says so covers half of it at least, or has
/// a span there itself, be it a rejected one.
bool isJudged(const IntakeVideo& truth, const ScoredSpan& span)
{
    if (!truth.reviewed)
        return true;
    double seen = 0;
    double end = span.start;
    for (const auto& [from, to] : *truth.reviewed) {
        seen += std::max(0.0, std::min(to, span.end) - std::max(from, end));
        end = std::max(end, std::min(to, span.end));
    }
    return 2 * seen >= span.end - span.start || std::ranges::any_of(truth.spans, [&](const IntakeSpan& one) {
        return one.start < span.end && span.start < one.end;
    });
}

/// Unreviewed is never background: what lies where nobody has looked is neither right nor wrong.
size_t dropUnjudged(const std::vector<IntakeVideo>& truth, std::vector<ScoredSpan>& predicted)
{
    std::map<std::string, const IntakeVideo*> videos;
    for (const IntakeVideo& video : truth)
        videos.emplace(video.name, &video);
    return std::erase_if(predicted, [&videos](const ScoredSpan& span) {
        const auto video = videos.find(span.video);
        return video != videos.end() && !isJudged(*video->second, span);
    });
}

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

Result<SpanLists> readSpanLists(const fs::path& truth, const fs::path& predicted)
{
    const auto truthJson = isJson(truth);
    if (!truthJson)
        return truthJson.error();
    const auto predictedJson = isJson(predicted);
    if (!predictedJson)
        return predictedJson.error();
    if (*truthJson != *predictedJson)
        return Error{ErrorCode::BadFormat,
            predicted.string()
                + ": truth and prediction have to be of one kind, both ActivityNet JSON (seconds) or both "
                  "csv (frames)"};
    const auto read
        = [&](const fs::path& file) { return *truthJson ? readActivityNet(file) : readSpanList(file, 0); };
    const auto truthVideos = read(truth);
    if (!truthVideos)
        return truthVideos.error();
    const auto predictedVideos = read(predicted);
    if (!predictedVideos)
        return predictedVideos.error();

    SpanLists lists;
    ClassNumbers classes;
    std::set<std::string> truthNames;
    std::set<std::string> predictedNames;
    const auto all = scored(*truthVideos, classes, truthNames);
    lists.truth = withoutDuplicates(all);
    lists.predicted = scored(*predictedVideos, classes, predictedNames);
    lists.classes = std::move(classes).names();
    if (const size_t dropped = dropUnjudged(*truthVideos, lists.predicted); dropped > 0)
        lists.notes.push_back(std::to_string(dropped)
            + " predicted spans lie where the truth is not marked as reviewed and were left out");
    if (lists.truth.size() < all.size())
        lists.notes.push_back(std::to_string(all.size() - lists.truth.size())
            + " spans of the truth have no length or are there twice and were left out");
    noteMissing(truthNames, predictedNames, "videos of the truth have no prediction and count as missed",
        lists.notes);
    noteMissing(predictedNames, truthNames, "videos are only predicted and count as wrong", lists.notes);
    return lists;
}

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
