// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The submissions of the MiGA challenges: classes of clips (track 1) and spans of untrimmed videos (track 2).
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/labelrows.h"
#include "exchange/marks/marktext.h"
#include "exchange/miga/submission.h"
#include "exchange/outgoing.h"
#include "pose/readers/zipfile.h"
#include <algorithm>
#include <map>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostClasses = 100'000;
constexpr const char* kSubmission = "Submission.csv";
constexpr std::string_view kPrediction = "_prediction";

bool isZip(const fs::path& out) { return out.extension() == ".zip"; }

std::string baseName(const std::string& path)
{
    const size_t folder = path.rfind('/');
    return folder == std::string::npos ? path : path.substr(folder + 1);
}

std::string stemOf(const std::string& name) { return name.substr(0, name.rfind('.')); }

int classBase(const FormatSettings& settings)
{
    const auto found = settings.find("class-base");
    return found != settings.end() && found->second == "1" ? 1 : 0;
}

FormatSetting classBaseSetting() { return {"class-base", "Number of the first class", {"0", "1"}}; }

/// video_FIRST_LAST; nothing where the name is of another kind.
std::optional<std::pair<std::string, FrameSpan>> partOf(const std::string& sample)
{
    const size_t second = sample.rfind('_');
    const size_t first
        = second == std::string::npos || second == 0 ? std::string::npos : sample.rfind('_', second - 1);
    if (first == std::string::npos || first == 0)
        return std::nullopt;
    const std::string_view text = sample;
    const std::string_view numbers = text.substr(first + 1);
    const auto from = frameNumber(text.substr(first + 1, second - first - 1));
    const auto to = frameNumber(text.substr(second + 1));
    if (!from || !to || *to < *from || numbers.find_first_not_of("0123456789_") != std::string_view::npos)
        return std::nullopt;
    return std::pair(sample.substr(0, first), FrameSpan{*from, *to + 1});
}

class Track1Format final : public SpanFormat {
public:
    std::string name() const override { return "miga-track1"; }
    std::string title() const override { return "MiGA submission, classes of clips (track 1)"; }
    std::string fileFilter() const override { return "*.csv *.zip"; }
    std::vector<FormatSetting> importSettings() const override
    {
        return {classBaseSetting(),
            {"samples", "name_10_20 means frames 10 to 20 of a video, or a clip of that name",
                {"frames", "clips"}}};
    }
    std::vector<FormatSetting> exportSettings() const override { return {classBaseSetting()}; }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"clips; name_FIRST_LAST is a part of a video, in frames", "frames count from 0",
            "both ends are included", "classes count from " + std::to_string(classBase(options.settings))};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto files = submissionFiles(file);
        if (!files)
            return files.error();
        if (files->size() != 1
            || (isArchive(file.content) && files->front().name.find('/') != std::string::npos))
            return file.broken(
                "holds " + listOf(*files) + ", wanted is one csv file at its root, " + kSubmission);
        const auto rows = parseCsv(files->front().content, *file.name);
        if (!rows)
            return rows.error();
        if (rows->empty())
            return file.broken("is empty, wanted are rows sample_name,class_index");
        const bool parts = settingOf(context, "samples", "frames") == "frames";
        const int base = classBase(context.options.settings);
        VideosByName videos;
        for (const CsvRow& row : *rows) {
            const auto id = row.fields.size() == 2 ? frameNumber(row.fields[1]) : std::nullopt;
            const bool named = row.fields.size() == 2 && !row.fields[0].empty() && isUtf8(row.fields[0]);
            if (!id || !named || *id < base || *id > kMostClasses) {
                context.problem(file.at(row.line),
                    "wanted is the name of a sample and the number of a class, from " + std::to_string(base)
                        + " on");
                continue;
            }
            IntakeSpan span;
            span.place = file.at(row.line);
            span.classId = static_cast<int>(*id) - base;
            span.state = SpanState::Proposed;
            const auto part = parts ? partOf(row.fields[0]) : std::nullopt;
            if (part)
                span.frames = part->second;
            span.whole = !part;
            videos.of(part ? part->first : row.fields[0]).spans.push_back(std::move(span));
        }
        return videos.take();
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const override
    {
        std::string text;
        int64_t left = 0;
        int64_t doubled = 0;
        int64_t shorter = 0;
        for (const OutgoingVideo& video : project.videos) {
            // One row a clip: a confirmed span wins, then the better score.
            std::map<std::pair<int64_t, int64_t>, const OutgoingSpan*> clips;
            for (const OutgoingSpan* span : namedSpans(video, left)) {
                const OutgoingSpan*& best = clips[{span->frames.first, span->frames.last}];
                doubled += best ? 1 : 0;
                if (!best || rankOf(*span) > rankOf(*best))
                    best = span;
            }
            for (const auto& [frames, span] : clips) {
                shorter += clips.size() == 1 && span->frames != FrameSpan{0, video.frameCount} ? 1 : 0;
                const std::string sample = clips.size() == 1 ? video.name
                                                             : video.name + "_" + std::to_string(frames.first)
                        + "_" + std::to_string(frames.second - 1);
                text += csvField(sample) + "," + std::to_string(span->classId + classBase(options.settings))
                    + "\n";
            }
        }
        tellUnnamed(left, notes);
        tellPeople(project, notes);
        if (doubled > 0)
            notes.push_back(std::to_string(doubled) + " clips have several classes, the likeliest was taken");
        if (shorter > 0)
            notes.push_back(std::to_string(shorter)
                + " videos have one span that is a part of them; its row has the name of the video, which "
                  "stands for all of it");
        return OutgoingFile{kSubmission, std::move(text)};
    }

    Result<std::string> bytesOf(std::string content, const fs::path& out) const override
    {
        if (!isZip(out))
            return content;
        ZipWriter zip;
        if (auto status = zip.add(kSubmission, content, ZipWriter::Method::Deflate); !status)
            return status.error();
        return zip.finish();
    }

private:
    static std::string listOf(const std::vector<SubmissionFile>& files)
    {
        std::string text = std::to_string(files.size()) + " files";
        for (size_t i = 0; i < std::min<size_t>(files.size(), 3); ++i)
            text += std::string(i == 0 ? " (" : ", ").append(files[i].name);
        return files.empty() ? text : text + (files.size() > 3 ? ", ...)" : ")");
    }

    static double rankOf(const OutgoingSpan& span)
    {
        return span.state == SpanState::Proposed ? span.score.value_or(0) : 2;
    }
};

class Track2Format final : public SpanFormat {
public:
    std::string name() const override { return "miga-track2"; }
    std::string title() const override { return "MiGA submission, spans of videos (track 2)"; }
    std::string fileFilter() const override { return "*.csv *.zip"; }
    bool perVideo() const override { return true; }

    Conventions conventions(const ImportOptions& options) const override
    {
        return {"frames", "frames count from " + std::to_string(baseOf(options)),
            baseOf(options) == 0 ? "the end is exclusive" : "both ends are included", "classes count from 1"};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto files = submissionFiles(file);
        if (!files)
            return files.error();
        std::vector<IntakeVideo> videos;
        for (const SubmissionFile& one : *files) {
            if (isArchive(file.content) && !hasSuffix(one.name, {".csv"})) {
                context.notes.push_back(*file.name + ": " + one.name + " is no table and was left out");
                continue;
            }
            auto video = readVideo(one, file, context);
            if (!video)
                return video.error();
            videos.push_back(std::move(*video));
        }
        return videos;
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>& notes) const override
    {
        std::string text;
        int64_t left = 0;
        const OutgoingVideo& video = project.videos.front();
        for (const OutgoingSpan* span : namedSpans(video, left))
            text += std::to_string(span->classId + 1) + "," + std::to_string(span->frames.first + 1) + ","
                + std::to_string(span->frames.last) + "\n";
        tellUnnamed(left, notes, video.name);
        tellPeople(project, notes);
        return OutgoingFile{video.name + std::string(kPrediction) + ".csv", std::move(text)};
    }

    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        if (!isZip(out))
            return SpanFormat::write(document, out, options, progress);
        if (auto status = checkSettings(options.settings, exportSettings()); !status)
            return status.error();
        std::vector<std::string> notes;
        auto project = outgoing(document, name(), options, progress, notes);
        if (!project)
            return project.error();
        ZipWriter zip;
        std::set<std::string> names;
        for (OutgoingVideo& video : std::exchange(project->videos, {})) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            project->videos.assign(1, std::move(video));
            const auto file = render(*project, options, notes);
            if (!file)
                return file.error();
            const std::string name = safeFileName(file->name);
            if (!names.insert(name).second)
                return Error{ErrorCode::Conflict,
                    name + ": two videos of the project would have this file; rename one of them"};
            if (auto status = zip.add(name, file->content, ZipWriter::Method::Deflate); !status)
                return status.error();
        }
        if (auto status = writeFileAtomically(out, zip.finish()); !status)
            return status.error();
        notes.push_back(conventions({}).sentence());
        return notes;
    }

private:
    static int baseOf(const ImportOptions& options) { return options.frameBase < 0 ? 1 : options.frameBase; }

    static Result<IntakeVideo> readVideo(
        const SubmissionFile& one, const SourceFile& file, const ReadContext& context)
    {
        IntakeVideo video;
        video.name = stemOf(baseName(one.name));
        const bool named = video.name.ends_with(kPrediction);
        if (named)
            video.name.resize(video.name.size() - kPrediction.size());
        if (video.name.empty() || !isUtf8(video.name))
            return file.broken("'" + one.name + "' names no video");
        const auto rows = parseCsv(one.content, *file.name);
        if (!rows)
            return rows.error();
        if (rows->empty() && !named) // where it is named like one, a video without any gesture
            return file.broken("is empty, wanted are rows class,start,end");
        const auto place = std::make_shared<const std::string>(
            isArchive(file.content) ? *file.name + "/" + one.name : *file.name);
        for (const CsvRow& row : *rows) {
            std::array<std::optional<int64_t>, 3> numbers;
            for (size_t i = 0; i < numbers.size() && row.fields.size() == numbers.size(); ++i)
                numbers[i] = frameNumber(row.fields[i]);
            const bool good
                = std::ranges::all_of(numbers, [](const auto& number) { return number.has_value(); });
            IntakeSpan span;
            span.place = {place, row.line, {}};
            if (!good || *numbers[0] < 1 || *numbers[0] > kMostClasses) {
                context.problem(span.place, "wanted are three whole numbers: class (from 1), start, end");
                continue;
            }
            span.classId = static_cast<int>(*numbers[0]) - 1;
            span.frames = {*numbers[1] - baseOf(context.options), *numbers[2]};
            span.state = SpanState::Proposed;
            video.spans.push_back(std::move(span));
        }
        return video;
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeMigaTrack1Format() { return std::make_unique<Track1Format>(); }
std::unique_ptr<ExchangeFormat> makeMigaTrack2Format() { return std::make_unique<Track2Format>(); }

} // namespace telltale
