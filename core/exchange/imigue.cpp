// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/folderformat.h"
#include "exchange/formats.h"
#include "exchange/labelrows.h"
#include "exchange/spanfiles.h"
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kIllustrative = 99; // in the label files; the last class in all code
constexpr int kFolderDepth = 3;

const std::array<const char*, 4> kSkeletonEndings{
    "_openpose.xlsx", "_openpose.csv", "_light_hand.csv", "_light_hand.xlsx"};

struct RoleWord {
    const char* word;
    SubjectRole role;
};
constexpr std::array<RoleWord, 3> kRoleWords{
    {{"_train", SubjectRole::Train}, {"_valid", SubjectRole::Validation}, {"_test", SubjectRole::Test}}};

/// The folders that the real set has.
constexpr std::array<RoleWord, 4> kFolders{
    {{"imigue_skeleton_train", SubjectRole::Train}, {"imigue_skeleton_validate", SubjectRole::Validation},
        {"imigue_skeleton_test", SubjectRole::Test}, {"imigue_skeleton_train", SubjectRole::Unlabelled}}};

fs::path skeletonOf(const fs::path& folder)
{
    for (const char* ending : kSkeletonEndings)
        if (fs::path file = folder / (folder.filename().string() + ending); isFile(file))
            return file;
    return {};
}

constexpr const char* kLabelEnding = "_label.csv";

fs::path labelsOf(const fs::path& folder) { return folder / (folder.filename().string() + kLabelEnding); }

void collect(
    const fs::path& path, int depth, std::vector<fs::path>& samples, std::map<std::string, fs::path>& videos)
{
    std::error_code ec;
    if (isFile(labelsOf(path)) || !skeletonOf(path).empty())
        samples.push_back(path);
    for (const fs::path& entry : sortedEntries(path)) {
        if (fs::is_directory(entry, ec) && depth > 0)
            collect(entry, depth - 1, samples, videos);
        else if (isNamedVideo(entry))
            videos.emplace(entry.stem().string(), entry);
    }
}

SubjectRole roleOf(const fs::path& folder)
{
    const std::string text = folder.parent_path().filename().string();
    for (const RoleWord& entry : kRoleWords)
        if (text.find(entry.word) != std::string::npos)
            return entry.role;
    return SubjectRole::Train;
}

void readLabels(
    const fs::path& file, const LabelScheme& classes, int base, IntakeVideo& video, ImportProblems& problems)
{
    const auto rows = readLabelRows(file, problems);
    if (!rows)
        return problems.add({{}, rows.error().message, {}, rows.error().code});
    for (const LabelRow& row : *rows) {
        const int64_t id = row.id == kIllustrative ? classes.classCount() : row.id;
        // The test part comes with placeholders instead of classes.
        const bool placeholder = video.role == SubjectRole::Test && id <= 0;
        if (!placeholder && (id < 1 || id > classes.classCount())) {
            problems.add({row.place,
                "class " + std::to_string(row.id) + " is not one of 1 to "
                    + std::to_string(classes.classCount()) + " or 99",
                {}, ErrorCode::BadFormat});
            continue;
        }
        IntakeSpan span;
        span.place = row.place;
        if (!placeholder)
            span.label = classes.classes[static_cast<size_t>(id - 1)].name;
        span.frames = {row.start - base, row.end - base + 1};
        video.spans.push_back(std::move(span));
    }
}

IntakeVideo readSample(const fs::path& folder, const LabelScheme& classes, int base, ImportProblems& problems)
{
    IntakeVideo video;
    video.name = folder.filename().string();
    video.subject = video.name;
    video.role = roleOf(folder);
    if (const fs::path skeleton = skeletonOf(folder); !skeleton.empty())
        video.skeletons = {skeleton};
    if (isFile(labelsOf(folder)))
        readLabels(labelsOf(folder), classes, base, video, problems);
    return video;
}

/// A label file that lies among others: nothing else is known of its video.
IntakeVideo readAlone(const fs::path& file, const LabelScheme& classes, int base, ImportProblems& problems)
{
    IntakeVideo video;
    const std::string name = file.filename().string();
    video.name = name.substr(0, name.size() - std::string_view(kLabelEnding).size());
    video.subject = video.name;
    readLabels(file, classes, base, video, problems);
    return video;
}

class ImigueFormat final : public FolderFormat {
public:
    std::string name() const override { return "imigue"; }
    std::string title() const override { return "iMiGUE folders"; }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"frames", "frames count from " + std::to_string(std::max(options.frameBase, 0)),
            "the end is inclusive", {}};
    }

protected:
    Result<std::vector<IntakeVideo>> readFolder(
        const fs::path& path, int frameBase, ImportProblems& problems) const override
    {
        return readImigue(path, frameBase, problems);
    }
    std::vector<std::string> importNotes() const override
    {
        return {"class 99 is illustrative",
            "the files do not name the players, so every video counts as a subject of its own"};
    }

    Status fill(const OutgoingProject& project, const FolderWriter& folder, ProgressSink& progress,
        std::vector<std::string>& notes) const override
    {
        const auto classes = loadLabelScheme("imigue");
        if (!classes)
            return classes.error();
        int64_t unlabelled = 0;
        for (const OutgoingVideo& video : project.videos) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            unlabelled += video.role == SubjectRole::Unlabelled ? 1 : 0;
            if (auto status = writeSample(video, *classes, folder, notes); !status)
                return status;
        }
        if (unlabelled > 0)
            notes.push_back(std::to_string(unlabelled) + " videos without a role went to the training part");
        tellPeople(project, notes);
        notes.emplace_back("class ids count from 1 and the last one is 99; the videos themselves and their "
                           "skeletons were not copied");
        return {};
    }

private:
    static Status writeSample(const OutgoingVideo& video, const LabelScheme& classes,
        const FolderWriter& folder, std::vector<std::string>& notes)
    {
        std::string labels;
        int64_t unnamed = 0;
        for (const OutgoingSpan& span : video.spans) {
            const int id = span.label.empty() ? -1 : classes.find(span.label);
            if (id < 0 && !span.label.empty())
                return Error{ErrorCode::Conflict,
                    video.name + ": iMiGUE has no class '" + span.label
                        + "'; export as smg, activitynet or csv, which take any classes"};
            // What has no class is a placeholder in the test part and nowhere else.
            if (id < 0 && video.role != SubjectRole::Test) {
                ++unnamed;
                continue;
            }
            labels += std::to_string(id + 1 == classes.classCount() ? kIllustrative : id + 1) + ","
                + std::to_string(span.frames.first) + "," + std::to_string(span.frames.last - 1) + "\n";
        }
        tellUnnamed(unnamed, notes, video.name);
        const std::string sample = safeFileName(video.name);
        if (sample != video.name)
            notes.push_back(video.name + " became " + sample);
        const fs::path place
            = folder.path(std::ranges::find(kFolders, video.role, &RoleWord::role)->word) / sample;
        std::error_code ec;
        if (fs::exists(place, ec))
            return Error{ErrorCode::Conflict,
                video.name + ": another video of the project has the folder " + sample
                    + " already; rename one of them"};
        if (auto status = ensureWritableFolder(place); !status)
            return status;
        return writeFileAtomically(labelsOf(place), labels);
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readImigue(const fs::path& given, int frameBase, ImportProblems& problems)
{
    const fs::path path = named(given);
    const int base = std::max(frameBase, 0);
    const auto classes = loadLabelScheme("imigue");
    if (!classes)
        return classes.error();
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": there is no such folder"};
    if (isFile(path) && path.filename().string().ends_with(kLabelEnding)) {
        const bool own = labelsOf(path.parent_path()) == path;
        return std::vector{own ? readSample(path.parent_path(), *classes, base, problems)
                               : readAlone(path, *classes, base, problems)};
    }
    std::vector<fs::path> samples;
    std::map<std::string, fs::path> files;
    collect(path, kFolderDepth, samples, files);
    if (samples.empty())
        return Error{ErrorCode::BadFormat,
            path.string()
                + ": holds no iMiGUE video, wanted are folders imigue_skeleton_*/NNNN with NNNN_label.csv"};
    std::vector<IntakeVideo> videos;
    for (const fs::path& sample : samples) {
        videos.push_back(readSample(sample, *classes, base, problems));
        if (const auto file = files.find(videos.back().name); file != files.end())
            videos.back().file = file->second;
    }
    return videos;
}

Result<std::vector<IntakeVideo>> readImigue(const fs::path& path, int frameBase)
{
    return withoutProblems([&](ImportProblems& problems) { return readImigue(path, frameBase, problems); });
}

std::unique_ptr<ExchangeFormat> makeImigueFormat() { return std::make_unique<ImigueFormat>(); }

} // namespace telltale
