// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/skeletonset.h"
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

void trim(std::string_view& text)
{
    while (!text.empty() && (std::isspace(static_cast<unsigned char>(text.front())) != 0))
        text.remove_prefix(1);
}

/// Roles by subject.
Status chooseRoles(SkeletonClipCounts& counts, const std::string& test)
{
    counts.test = test.empty() ? counts.subjects.front() : test;
    const auto found = std::ranges::find(counts.subjects, counts.test);
    if (found == counts.subjects.end())
        return Error{ErrorCode::InvalidArgument,
            "There is no subject \"" + counts.test + "\" in the set; it has " + listed(counts.subjects)
                + "."};
    if (counts.subjects.size() < 2)
        return Error{ErrorCode::InvalidArgument,
            "The set has one subject only, so that nobody is left to learn from."};
    if (counts.subjects.size() == 2) {
        counts.notes.emplace_back("With two subjects nobody is held out for calibration.");
        return {};
    }
    const auto place = static_cast<size_t>(found - counts.subjects.begin());
    counts.validation = counts.subjects[(place + 1) % counts.subjects.size()];
    return {};
}

std::vector<float> withScores(const SkeletonSequence& sequence, const FrameSpan& rows, size_t points)
{
    std::vector<float> out;
    out.reserve(static_cast<size_t>(rows.length()) * points * kSetChannels);
    const float* from = sequence.values.data() + static_cast<size_t>(rows.first) * points * 3;
    for (size_t i = 0; i < static_cast<size_t>(rows.length()) * points; ++i, from += 3) {
        const bool seen = from[0] != 0 || from[1] != 0 || from[2] != 0;
        out.insert(out.end(), {from[0], from[1], from[2], seen ? 1.0f : 0.0f});
    }
    return out;
}

} // namespace

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::optional<double> takeNumber(std::string_view& text)
{
    trim(text);
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || !std::isfinite(value))
        return {};
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    trim(text);
    return value;
}

bool takeLine(std::string_view& text, std::string_view& line)
{
    if (text.empty())
        return false;
    const size_t end = text.find('\n');
    line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return true;
}

Error lineError(const std::filesystem::path& file, int64_t line, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ", line " + std::to_string(line) + ": " + what};
}

Result<SkeletonClipCounts> writeSequences(const std::vector<SkeletonSequence>& sequences,
    const std::vector<SequenceClip>& clips, ClipSetInfo info, const std::string& cut, const std::string& test,
    const std::filesystem::path& out, ProgressSink& progress)
{
    SkeletonClipCounts counts;
    std::set<std::string> subjects;
    for (const SequenceClip& clip : clips)
        subjects.insert(sequences[clip.sequence].subject);
    if (subjects.empty())
        return Error{ErrorCode::BadFormat, "The set has no labelled span to cut."};
    counts.subjects.assign(subjects.begin(), subjects.end());
    if (Status status = chooseRoles(counts, test); !status)
        return status.error();
    info.recipe
        = nlohmann::json({{"cut", cut}, {"test", counts.test}, {"validation", counts.validation}}).dump();
    const auto points = static_cast<size_t>(info.skeleton.graph.points);
    auto writer = ClipSetWriter::create(out, std::move(info));
    if (!writer)
        return writer.error();
    for (const SequenceClip& one : clips) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const SkeletonSequence& sequence = sequences[one.sequence];
        ClipInfo clip;
        clip.id = sequence.name + ":" + std::to_string(one.rows.first) + "-" + std::to_string(one.rows.last)
            + ":" + std::to_string(one.label);
        clip.video = sequence.name;
        clip.subject = sequence.subject;
        clip.role = clip.subject == counts.test ? ClipRole::Test
            : clip.subject == counts.validation ? ClipRole::Validation
                                                : ClipRole::Train;
        clip.span = one.rows;
        clip.label = one.label;
        if (Status status = (*writer)->add(clip, withScores(sequence, one.rows, points), {}); !status)
            return status.error();
        progress.report(++counts.clips, static_cast<int64_t>(clips.size()), "clips");
    }
    if (Status status = (*writer)->finish(); !status)
        return status.error();
    return counts;
}

} // namespace telltale
