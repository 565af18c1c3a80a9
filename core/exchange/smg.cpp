// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/folderformat.h"
#include "exchange/formats.h"
#include "exchange/labelrows.h"
#include "exchange/spanfiles.h"
#include "pose/posetrack.h"
#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <string_view>

namespace telltale {
namespace {

namespace fs = std::filesystem;

// The organisers' accessor counts frames from 1 and includes both ends; other code of theirs slices the rows
// [start, end) from 0. So the last frame is the same and only the first depends on the base.
constexpr int kDefaultBase = 1;
constexpr int kFirstTestSubject = 36; // 36 to 40 are the test split

/// NNNN of SampleNNNN; 0 if the name is of another kind.
int sampleNumber(const std::string& name)
{
    const std::string prefix = "Sample";
    const auto number = name.starts_with(prefix) ? wholeNumber(name.substr(prefix.size())) : std::nullopt;
    return number && *number > 0 && *number < 1'000'000 ? static_cast<int>(*number) : 0;
}

constexpr const char* kLabelEnding = "_finelabels.csv";

fs::path withEnding(const fs::path& stem, const char* ending) { return stem.string() + ending; }

/// What the names of the files of a sample start with, if `folder` is one.
std::optional<fs::path> sampleStem(const fs::path& folder)
{
    const fs::path stem = folder / folder.filename();
    if (sampleNumber(stem.filename().string()) > 0
        && (isFile(withEnding(stem, kLabelEnding)) || isFile(withEnding(stem, "_skeleton.csv"))
            || isFile(withEnding(stem, "_data.csv"))))
        return stem;
    return std::nullopt;
}

/// The samples at or below `path` (the real set keeps them one or two levels deep), or the one that a label
/// file is of.
std::vector<fs::path> samplesIn(const fs::path& path, int depth = 2)
{
    const std::string name = path.filename().string();
    if (name.ends_with(kLabelEnding) && isFile(path)) {
        const std::string sample = name.substr(0, name.size() - std::string_view(kLabelEnding).size());
        if (sampleNumber(sample) > 0)
            return {path.parent_path() / sample};
    }
    if (const auto stem = sampleStem(path))
        return {*stem};
    std::vector<fs::path> samples;
    std::error_code ec;
    for (const fs::path& entry : sortedEntries(path))
        if (depth > 0 && fs::is_directory(entry, ec)) {
            const auto some = samplesIn(entry, depth - 1);
            samples.insert(samples.end(), some.begin(), some.end());
        }
    return samples;
}

/// The files name no role: the organisers split by number.
SubjectRole roleOf(int number)
{
    return number >= kFirstTestSubject ? SubjectRole::Test : SubjectRole::Train;
}

/// A sample has a folder of its own, unless its label file lies among others.
bool hasOwnFolder(const fs::path& stem) { return stem.parent_path().filename() == stem.filename(); }

/// The class names that the ids of a folder stand for: its own list, else those of SMG.
Result<std::vector<std::string>> classNames(const fs::path& root)
{
    std::vector<std::string> names;
    const fs::path list = root / "classes.csv";
    if (isFile(list)) {
        const auto rows = readCsv(list);
        if (!rows)
            return rows.error();
        for (const CsvRow& row : *rows) {
            if (row.fields.size() != 2
                || wholeNumber(row.fields[0]) != static_cast<int64_t>(names.size()) + 1)
                return Error{ErrorCode::BadFormat,
                    list.string() + ", line " + std::to_string(row.line)
                        + ": wanted is id,name with ids from 1 on"};
            names.push_back(row.fields[1]);
        }
        return names;
    }
    const auto scheme = loadLabelScheme("smg");
    if (!scheme)
        return scheme.error();
    for (const LabelClass& one : scheme->classes)
        names.push_back(one.name);
    return names;
}

Status readData(const fs::path& file, IntakeVideo& video)
{
    const auto rows = readCsv(file);
    if (!rows)
        return rows.error();
    if (rows->empty() || rows->front().fields.size() < 2)
        return Error{ErrorCode::BadFormat, file.string() + ", line 1: wanted is numFrames,fps,maxDepth"};
    const auto frames = decimalNumber(rows->front().fields[0]);
    const auto fps = decimalNumber(rows->front().fields[1]);
    if (!frames || !fps || *frames < 0 || *frames > 1e9 || *fps < 0)
        return Error{ErrorCode::BadFormat, file.string() + ", line 1: wanted is numFrames,fps,maxDepth"};
    video.frameCount = static_cast<int64_t>(*frames);
    video.fps = *fps;
    return {};
}

/// What a sample tells without its labels.
IntakeVideo bareSample(const fs::path& stem, ImportProblems& problems)
{
    const int number = sampleNumber(stem.filename().string());
    IntakeVideo video;
    video.name = stem.filename().string();
    video.subject = "s" + std::to_string(number);
    video.role = roleOf(number);
    if (hasOwnFolder(stem))
        video.file = findVideo(
            stem.parent_path(), {"color", "rgb"}, {"depth", "user", "silhouette", "mask", "skeleton"});
    if (const fs::path skeleton = withEnding(stem, "_skeleton.csv"); isFile(skeleton))
        video.skeletons = {skeleton};
    if (const fs::path data = withEnding(stem, "_data.csv"); isFile(data))
        if (auto status = readData(data, video); !status)
            problems.add({{}, status.error().message, {}, status.error().code});
    return video;
}

IntakeVideo readSample(
    const fs::path& stem, const std::vector<std::string>& classes, int base, ImportProblems& problems)
{
    IntakeVideo video = bareSample(stem, problems);
    const fs::path labels = withEnding(stem, kLabelEnding);
    if (!isFile(labels))
        return video;
    const auto rows = readLabelRows(labels, problems);
    if (!rows) {
        problems.add({{}, rows.error().message, {}, rows.error().code});
        return video;
    }
    for (const LabelRow& row : *rows) {
        if (row.id < 1 || row.id > static_cast<int64_t>(classes.size())) {
            problems.add({row.place,
                "class " + std::to_string(row.id) + " is not one of 1 to " + std::to_string(classes.size()),
                {}, ErrorCode::BadFormat});
            continue;
        }
        IntakeSpan span;
        span.place = row.place;
        span.label = classes[static_cast<size_t>(row.id - 1)];
        span.frames = {row.start - base, row.end};
        video.spans.push_back(std::move(span));
    }
    return video;
}

/// One sample at least.
Result<std::vector<fs::path>> wantedSamples(const fs::path& path)
{
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": there is no such folder"};
    auto samples = samplesIn(named(path));
    if (samples.empty())
        return Error{ErrorCode::BadFormat,
            path.string()
                + ": holds no SMG sample, wanted are folders SampleNNNN with SampleNNNN_finelabels.csv"};
    return samples;
}

int baseOf(int frameBase) { return frameBase < 0 ? kDefaultBase : frameBase; }

class SmgFormat final : public FolderFormat {
public:
    std::string name() const override { return "smg"; }
    std::string title() const override { return "SMG folders (SampleNNNN)"; }

    Conventions conventions(const ImportOptions& options) const override
    {
        const int base = baseOf(options.frameBase);
        return {"frames", "frames count from " + std::to_string(base),
            base == 0 ? "the end is exclusive" : "both ends are included", {}};
    }

protected:
    Result<std::vector<IntakeVideo>> readFolder(
        const fs::path& path, int frameBase, ImportProblems& problems) const override
    {
        return readSmg(path, frameBase, problems);
    }
    std::vector<std::string> importNotes() const override { return {"subjects 36 to 40 are the test split"}; }

    Status fill(const OutgoingProject& project, const FolderWriter& folder, ProgressSink& progress,
        std::vector<std::string>& notes) const override
    {
        const std::vector<int> numbers = numbersOf(project);
        int64_t otherRole = 0;
        for (size_t i = 0; i < numbers.size(); ++i) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            const OutgoingVideo& video = project.videos[i];
            std::array<char, 32> sample{};
            std::snprintf(sample.data(), sample.size(), "Sample%04d", numbers[i]);
            if (video.name != sample.data())
                notes.push_back(video.name + " became " + sample.data());
            otherRole += video.role == roleOf(numbers[i]) ? 0 : 1;
            if (auto status = writeSample(video, folder, sample.data(), notes); !status)
                return status;
        }
        if (otherRole > 0)
            notes.push_back(std::to_string(otherRole)
                + " videos have another role than their number says: from 36 on they are the test split");
        tellPeople(project, notes);
        notes.emplace_back("class ids count from 1; the videos themselves were not copied");
        if (project.scheme.name == "smg")
            return {};
        return writeFileAtomically(folder.path("classes.csv"), classList(project.scheme));
    }

private:
    /// NNNN of each video: the one of its name, unless another video has it, else the next free one.
    static std::vector<int> numbersOf(const OutgoingProject& project)
    {
        std::set<int> taken;
        std::vector<int> numbers;
        for (const OutgoingVideo& video : project.videos) {
            const int known = sampleNumber(video.name);
            numbers.push_back(known > 0 && taken.insert(known).second ? known : 0);
        }
        int next = taken.empty() ? 1 : *taken.rbegin() + 1;
        for (int& number : numbers)
            number = number > 0 ? number : next++;
        return numbers;
    }

    static std::string classList(const LabelScheme& scheme)
    {
        std::string text;
        for (int i = 0; i < scheme.classCount(); ++i)
            text
                += std::to_string(i + 1) + "," + csvField(scheme.classes[static_cast<size_t>(i)].name) + "\n";
        return text;
    }

    static Status writeSample(const OutgoingVideo& video, const FolderWriter& folder,
        const std::string& sample, std::vector<std::string>& notes)
    {
        const fs::path stem = folder.path(sample) / sample;
        if (auto status = ensureWritableFolder(folder.path(sample)); !status)
            return status;
        std::string labels;
        int64_t unnamed = 0;
        for (const OutgoingSpan* span : namedSpans(video, unnamed))
            labels += std::to_string(span->classId + 1) + ","
                + std::to_string(span->frames.first + kDefaultBase) + "," + std::to_string(span->frames.last)
                + "\n";
        tellUnnamed(unnamed, notes, video.name);
        std::array<char, 64> data{};
        std::snprintf(
            data.data(), data.size(), "%lld,%.9g,0\n", static_cast<long long>(video.frameCount), video.fps);
        if (auto status = writeFileAtomically(withEnding(stem, kLabelEnding), labels); !status)
            return status;
        if (auto status = writeFileAtomically(withEnding(stem, "_data.csv"), data.data()); !status)
            return status;
        if (video.track.empty())
            return {};
        const auto track = readTrack(video.track);
        if (!track) {
            notes.push_back(track.error().message + "; its skeleton was left out");
            return {};
        }
        return writeKinectCsv(withEnding(stem, "_skeleton.csv"), *track);
    }
};

} // namespace

Result<std::vector<std::string>> readSmgClasses(const fs::path& path)
{
    const auto samples = wantedSamples(path);
    if (!samples)
        return samples.error();
    const fs::path folder = samples->front().parent_path();
    return classNames(hasOwnFolder(samples->front()) ? folder.parent_path() : folder);
}

Result<std::vector<IntakeVideo>> readSmg(const fs::path& path, int frameBase, ImportProblems& problems)
{
    const auto classes = readSmgClasses(path);
    if (!classes)
        return classes.error();
    std::vector<IntakeVideo> videos;
    for (const fs::path& sample : samplesIn(named(path)))
        videos.push_back(readSample(sample, *classes, baseOf(frameBase), problems));
    return videos;
}

Result<std::vector<IntakeVideo>> readSmg(const fs::path& path, int frameBase)
{
    return withoutProblems([&](ImportProblems& problems) { return readSmg(path, frameBase, problems); });
}

std::unique_ptr<ExchangeFormat> makeSmgFormat() { return std::make_unique<SmgFormat>(); }

} // namespace telltale
