// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pipeline/clipsets/clipskeleton.h"
#include "pipeline/clipsets/skeletonset.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPhases[] = {"Rest", "Preparation", "Stroke", "Hold", "Retraction"};
constexpr std::string_view kPortuguese = "Prepara\xc3\xa7\xc3\xa3o"; ///< one row of b1 says it so
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kEnding = "_raw.csv";
constexpr size_t kNumbers = 18; ///< six points of three
constexpr double kJump = 1000; ///< milliseconds without a row; ours: steps go up to 437, jumps are of 40,000

struct Row {
    double time = 0;
    int phase = 0;
};

int phaseNamed(std::string_view name)
{
    if (name == kPortuguese)
        name = "Preparation";
    const auto found = std::ranges::find(kPhases, name);
    return found == std::end(kPhases) ? -1 : static_cast<int>(found - std::begin(kPhases));
}

/// The next cell of a line as a number.
std::optional<double> takeCell(std::string_view& line)
{
    const std::optional<double> value = takeNumber(line);
    if (value && !line.empty() && line.front() == ',')
        line.remove_prefix(1);
    return value;
}

Status readRow(std::string_view line, const fs::path& file, int64_t number, SkeletonSequence& sequence,
    std::vector<Row>& rows)
{
    for (size_t i = 0; i < kNumbers; ++i) {
        const std::optional<double> value = takeCell(line);
        if (!value)
            return lineError(file, number, "18 coordinates, a time stamp and a phase are wanted");
        sequence.values.push_back(static_cast<float>(*value));
    }
    const std::optional<double> time = takeCell(line);
    const size_t end = line.find_last_not_of(" \t");
    const int phase = time && end != std::string_view::npos ? phaseNamed(line.substr(0, end + 1)) : -1;
    if (phase < 0)
        return lineError(file, number,
            "behind the 18 coordinates a time stamp and Rest, Preparation, Stroke, Hold or Retraction are "
            "wanted");
    rows.push_back({*time, phase});
    return {};
}

Status readFile(const fs::path& file, SkeletonSequence& sequence, std::vector<Row>& rows)
{
    const Result<std::string> content = telltale::readFile(file);
    if (!content)
        return content.error();
    std::string_view text = *content;
    std::string_view line;
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    if (!takeLine(text, line) || !line.starts_with("lhx,"))
        return lineError(file, 1, "the columns lhx, lhy, ... timestamp, phase are wanted");
    for (int64_t number = 2; takeLine(text, line); ++number)
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            if (Status status = readRow(line, file, number, sequence, rows); !status)
                return status;
    return {};
}

/// Stretches of one phase, none of them over a jump of the clock.
void addStretches(const std::vector<Row>& rows, size_t sequence, std::vector<SequenceClip>& clips)
{
    size_t first = 0;
    for (size_t i = 1; i <= rows.size(); ++i)
        if (i == rows.size() || rows[i].phase != rows[first].phase
            || std::abs(rows[i].time - rows[i - 1].time) > kJump) {
            clips.push_back(
                {sequence, {static_cast<int64_t>(first), static_cast<int64_t>(i)}, rows[first].phase});
            first = i;
        }
}

std::vector<fs::path> rawFiles(const fs::path& folder)
{
    std::error_code failure;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure))
        if (entry.path().filename().string().ends_with(kEnding))
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

} // namespace

Result<SkeletonClipCounts> writeGesturePhaseClips(
    const fs::path& folder, const std::string& test, const fs::path& out, ProgressSink& progress)
{
    const std::vector<fs::path> files = rawFiles(folder);
    if (files.empty())
        return Error{ErrorCode::NotFound,
            folder.string() + " has no *_raw.csv; name the folder of the Gesture Phase Segmentation set."};
    std::vector<SkeletonSequence> sequences;
    sequences.reserve(files.size());
    std::vector<SequenceClip> clips;
    for (const fs::path& file : files) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        SkeletonSequence sequence;
        const std::string name = file.filename().string();
        sequence.name = name.substr(0, name.size() - kEnding.size());
        sequence.subject = sequence.name.substr(0, 1);
        std::vector<Row> rows;
        if (Status status = readFile(file, sequence, rows); !status)
            return status.error();
        addStretches(rows, sequences.size(), clips);
        sequences.push_back(std::move(sequence));
    }
    ClipSetInfo info;
    info.scheme = "gesturephase";
    info.classes.assign(std::begin(kPhases), std::end(kPhases));
    info.skeleton = gesturePhaseSkeleton();
    info.channels = kSetChannels;
    info.origin = "Gesture Phase Segmentation (Madeo et al. 2013, UCI) in " + folder.string();
    return writeSequences(sequences, clips, std::move(info), "stretches of one phase", test, out, progress);
}

} // namespace telltale
