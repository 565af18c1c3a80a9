// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/formats.h"
#include "exchange/intake.h"
#include "exchange/labelrows.h"
#include "exchange/outgoing.h"
#include "exchange/spanfiles.h"
#include <algorithm>
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

bool isFile(const fs::path& file)
{
    std::error_code ec;
    return fs::is_regular_file(file, ec);
}

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
        else if (entry.extension() == ".mp4" || entry.extension() == ".avi")
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

Status readLabels(const fs::path& file, const LabelScheme& classes, int base, IntakeVideo& video)
{
    const auto rows = readLabelRows(file);
    if (!rows)
        return rows.error();
    for (const LabelRow& row : *rows) {
        const int64_t id = row.id == kIllustrative ? classes.classCount() : row.id;
        // The test part comes with placeholders instead of classes.
        const bool placeholder = video.role == SubjectRole::Test && id <= 0;
        if (!placeholder && (id < 1 || id > classes.classCount()))
            return Error{ErrorCode::BadFormat,
                row.place.text() + ": class " + std::to_string(row.id) + " is not one of 1 to "
                    + std::to_string(classes.classCount()) + " or 99"};
        IntakeSpan span;
        span.place = row.place;
        if (!placeholder)
            span.label = classes.classes[static_cast<size_t>(id - 1)].name;
        span.frames = {row.start - base, row.end - base + 1};
        video.spans.push_back(std::move(span));
    }
    return {};
}

Result<IntakeVideo> readSample(const fs::path& folder, const LabelScheme& classes, int base)
{
    IntakeVideo video;
    video.name = folder.filename().string();
    video.subject = video.name;
    video.role = roleOf(folder);
    if (const fs::path skeleton = skeletonOf(folder); !skeleton.empty())
        video.skeletons = {skeleton};
    if (isFile(labelsOf(folder)))
        if (Status status = readLabels(labelsOf(folder), classes, base, video); !status)
            return status.error();
    return video;
}

/// A label file that lies among others: nothing else is known of its video.
Result<IntakeVideo> readAlone(const fs::path& file, const LabelScheme& classes, int base)
{
    IntakeVideo video;
    const std::string name = file.filename().string();
    video.name = name.substr(0, name.size() - std::string_view(kLabelEnding).size());
    video.subject = video.name;
    if (Status status = readLabels(file, classes, base, video); !status)
        return status.error();
    return video;
}

class ImigueFormat final : public ExchangeFormat {
public:
    FormatKind kind() const override { return FormatKind::Spans; }
    std::string name() const override { return "imigue"; }
    std::string title() const override { return "iMiGUE folders"; }
    std::string fileFilter() const override { return {}; }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"frames", "frames count from " + std::to_string(std::max(options.frameBase, 0)),
            "the end is inclusive", {}};
    }

    Result<ImportPlan> plan(const Document& document, const std::vector<fs::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const override
    {
        const int base = options.frameBase < 0 ? 0 : options.frameBase;
        auto videos = readEach(paths, [base](const fs::path& path) { return readImigue(path, base); });
        if (!videos)
            return videos.error();
        auto planned = planImport(document, std::move(*videos), "iMiGUE " + paths.front().filename().string(),
            name(), options, progress);
        if (planned) {
            planned->report.conventions = conventions(options);
            planned->report.notes.emplace_back("class 99 is illustrative");
            planned->report.notes.emplace_back(
                "the files do not name the players, so every video counts as a subject of its own");
        }
        return planned;
    }

    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        const auto classes = loadLabelScheme("imigue");
        if (!classes)
            return classes.error();
        std::vector<std::string> notes;
        FolderWriter folder(out);
        if (auto status = folder.begin(); !status)
            return status.error();
        const auto project = outgoing(document, name(), options, progress, notes);
        if (!project)
            return project.error();
        for (const OutgoingVideo& video : project->videos) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            if (auto status = writeSample(video, *classes, folder, out, notes); !status)
                return status.error();
        }
        if (auto status = folder.finish(); !status)
            return status.error();
        notes.emplace_back(
            "frames count from 0, the end is inclusive, class ids count from 1 and the last one is "
            "99; the videos themselves and their skeletons were not copied");
        return notes;
    }

private:
    static Status writeSample(const OutgoingVideo& video, const LabelScheme& classes,
        const FolderWriter& folder, const fs::path& out, std::vector<std::string>& notes)
    {
        std::string labels;
        int64_t unnamed = 0;
        for (const OutgoingSpan& span : video.spans) {
            const int id = span.label.empty() ? -1 : classes.find(span.label);
            if (id < 0 && !span.label.empty())
                return Error{ErrorCode::Conflict,
                    out.string() + ": iMiGUE has no class '" + span.label
                        + "'; export as smg, activitynet or csv, which take any classes"};
            // What has no class is a placeholder in the test part and nowhere else.
            if (id < 0 && video.role != SubjectRole::Test) {
                ++unnamed;
                continue;
            }
            labels += std::to_string(id + 1 == classes.classCount() ? kIllustrative : id + 1) + ","
                + std::to_string(span.frames.first) + "," + std::to_string(span.frames.last - 1) + "\n";
        }
        if (unnamed > 0)
            notes.push_back(
                video.name + ": " + std::to_string(unnamed) + " spans without a class were left out");
        const std::string sample = safeFileName(video.name);
        if (sample != video.name)
            notes.push_back(video.name + " became " + sample);
        const fs::path parent = folder.path(std::ranges::find(kFolders, video.role, &RoleWord::role)->word);
        if (auto status = ensureWritableFolder(parent / sample); !status)
            return status;
        return writeFileAtomically(labelsOf(parent / sample), labels);
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readImigue(const fs::path& path, int frameBase)
{
    const int base = std::max(frameBase, 0);
    const auto classes = loadLabelScheme("imigue");
    if (!classes)
        return classes.error();
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, path.string() + ": there is no such folder"};
    std::vector<IntakeVideo> videos;
    if (isFile(path) && path.filename().string().ends_with(kLabelEnding)) {
        const bool own = labelsOf(path.parent_path()) == path;
        auto video = own ? readSample(path.parent_path(), *classes, base) : readAlone(path, *classes, base);
        if (!video)
            return video.error();
        videos.push_back(std::move(*video));
        return videos;
    }
    std::vector<fs::path> samples;
    std::map<std::string, fs::path> files;
    collect(path, kFolderDepth, samples, files);
    if (samples.empty())
        return Error{ErrorCode::BadFormat,
            path.string()
                + ": holds no iMiGUE video, wanted are folders imigue_skeleton_*/NNNN with NNNN_label.csv"};
    for (const fs::path& sample : samples) {
        auto video = readSample(sample, *classes, base);
        if (!video)
            return video.error();
        if (const auto file = files.find(video->name); file != files.end())
            video->file = file->second;
        videos.push_back(std::move(*video));
    }
    return videos;
}

std::unique_ptr<ExchangeFormat> makeImigueFormat() { return std::make_unique<ImigueFormat>(); }

} // namespace telltale
