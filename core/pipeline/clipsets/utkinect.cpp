// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/utkinect.h"
#include "base/files.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kActions[]
    = {"walk", "sitDown", "standUp", "pickUp", "carry", "throw", "push", "pull", "waveHands", "clapHands"};
constexpr size_t kJoints = 20;
constexpr std::string_view kPrefix = "joints_";

Result<NumberedSequence> readJoints(const fs::path& file)
{
    const Result<std::string> content = readFile(file);
    if (!content)
        return content.error();
    NumberedSequence read;
    read.sequence.name = file.stem().string().substr(kPrefix.size());
    read.sequence.subject = read.sequence.name.substr(0, read.sequence.name.find('_'));
    std::string_view text = *content;
    std::string_view line;
    for (int64_t number = 1; takeLine(text, line); ++number) {
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const std::optional<double> frame = takeNumber(line);
        std::vector<float> row;
        row.reserve(kJoints * 3);
        while (row.size() < kJoints * 3)
            if (const std::optional<double> value = takeNumber(line))
                row.push_back(static_cast<float>(*value));
            else
                break;
        if (!frame || row.size() < kJoints * 3)
            return lineError(file, number, "a frame number and 20 x 3 coordinates are wanted");
        if (!read.frames.empty() && *frame < read.frames.back())
            return lineError(file, number, "the frame number goes back");
        if (!read.frames.empty() && *frame == read.frames.back())
            continue; // the sensor delivered the same picture twice
        read.frames.push_back(*frame);
        read.sequence.values.insert(read.sequence.values.end(), row.begin(), row.end());
    }
    return read;
}

class LabelReader {
public:
    LabelReader(fs::path file, const std::vector<NumberedSequence>& sequences)
        : m_file(std::move(file))
        , m_sequences(sequences)
    {
    }

    Result<std::vector<SequenceClip>> read()
    {
        const Result<std::string> content = readFile(m_file);
        if (!content)
            return content.error();
        std::string_view text = *content;
        std::string_view line;
        for (m_line = 1; takeLine(text, line); ++m_line)
            if (Status status = readLine(line); !status)
                return status.error();
        return std::move(m_clips);
    }
    std::vector<std::string> notes;

private:
    Status readLine(std::string_view line)
    {
        const size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            const size_t end = line.find_last_not_of(" \t");
            if (end == std::string_view::npos)
                return {};
            return begin(std::string(line.substr(0, end + 1)));
        }
        const auto action = std::ranges::find(kActions, line.substr(0, colon));
        if (action == std::end(kActions) || m_sequence == m_sequences.size())
            return lineError(m_file, m_line,
                "a sequence (\"s01_e01\") and then its actions (\"walk: 252 390\") are wanted");
        line.remove_prefix(colon + 1);
        const std::optional<double> first = takeNumber(line);
        const std::optional<double> last = first ? takeNumber(line) : std::nullopt;
        if (!first || !last)
            return leaveOut("its ends are no numbers");
        const std::vector<double>& frames = m_sequences[m_sequence].frames;
        const auto from = std::ranges::lower_bound(frames, *first);
        const auto to = std::ranges::upper_bound(frames, *last);
        if (to <= from)
            return leaveOut("no row lies in it");
        m_clips.push_back({m_sequence, {from - frames.begin(), to - frames.begin()},
            static_cast<int>(action - std::begin(kActions))});
        return {};
    }

    Status begin(const std::string& name)
    {
        for (m_sequence = 0; m_sequence < m_sequences.size(); ++m_sequence)
            if (m_sequences[m_sequence].sequence.name == name)
                return {};
        return lineError(m_file, m_line, "there is no file joints_" + name + ".txt for this sequence");
    }

    Status leaveOut(const std::string& why)
    {
        notes.push_back("The span in line " + std::to_string(m_line) + " of " + m_file.string()
            + " is left out: " + why + ".");
        return {};
    }

    fs::path m_file;
    const std::vector<NumberedSequence>& m_sequences;
    size_t m_sequence = SIZE_MAX;
    int64_t m_line = 0;
    std::vector<SequenceClip> m_clips;
};

Result<std::vector<NumberedSequence>> readAll(const fs::path& folder, ProgressSink& progress)
{
    std::error_code failure;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure))
        if (entry.path().filename().string().starts_with(kPrefix) && entry.path().extension() == ".txt")
            files.push_back(entry.path());
    if (files.empty())
        return Error{ErrorCode::NotFound,
            folder.string() + " has no joints_sXX_eYY.txt; name the folder that UTKinect's joints.zip gave."};
    std::ranges::sort(files);
    std::vector<NumberedSequence> sequences;
    sequences.reserve(files.size());
    for (const fs::path& file : files) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        Result<NumberedSequence> read = readJoints(file);
        if (!read)
            return read.error();
        sequences.push_back(std::move(*read));
        progress.report(static_cast<int64_t>(sequences.size()), static_cast<int64_t>(files.size()), "files");
    }
    return sequences;
}

} // namespace

std::vector<std::string> utKinectClasses() { return {std::begin(kActions), std::end(kActions)}; }

Result<UtKinect> readUtKinect(const fs::path& folder, ProgressSink& progress)
{
    std::error_code ignored;
    const fs::path joints = fs::is_directory(folder / "joints", ignored) ? folder / "joints" : folder;
    Result<std::vector<NumberedSequence>> sequences = readAll(joints, progress);
    if (!sequences)
        return sequences.error();
    const fs::path beside = joints.parent_path() / "actionLabel.txt";
    LabelReader labels(
        fs::exists(joints / "actionLabel.txt", ignored) ? joints / "actionLabel.txt" : beside, *sequences);
    Result<std::vector<SequenceClip>> spans = labels.read();
    if (!spans)
        return spans.error();
    return UtKinect{std::move(*sequences), std::move(*spans), std::move(labels.notes)};
}

} // namespace telltale
