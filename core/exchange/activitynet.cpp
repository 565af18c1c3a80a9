// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/intake.h"
#include "exchange/spanfiles.h"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct SubsetName {
    const char* name;
    SubjectRole role;
};
// The first of each role is what we write.
constexpr std::array<SubsetName, 9> kSubsets{{{"train", SubjectRole::Train}, {"val", SubjectRole::Validation},
    {"test", SubjectRole::Test}, {"unlabelled", SubjectRole::Unlabelled}, {"training", SubjectRole::Train},
    {"validation", SubjectRole::Validation}, {"testing", SubjectRole::Test},
    {"valid", SubjectRole::Validation}, {"unlabeled", SubjectRole::Unlabelled}}};

const char* subsetOf(SubjectRole role)
{
    for (const SubsetName& entry : kSubsets)
        if (entry.role == role)
            return entry.name;
    return "train";
}

/// Walks a parsed file; remembers the first thing that is wrong with the path of its element.
class Reader {
public:
    explicit Reader(std::string origin) : m_origin(std::move(origin)) { }

    Result<std::vector<IntakeVideo>> run(const json& document)
    {
        if (!document.is_object())
            return Error{ErrorCode::BadFormat, m_origin + ": the outermost element has to be an object"};
        if (const auto results = document.find("results"); results != document.end())
            readResults(*results);
        else if (const auto database = document.find("database"); database != document.end())
            readDatabase(*database, "database");
        else
            readDatabase(document, "");
        if (m_failure)
            return *m_failure;
        return std::move(m_videos);
    }

private:
    void fail(const std::string& element, const std::string& what)
    {
        if (!m_failure)
            m_failure = Error{ErrorCode::BadFormat, m_origin + ", element " + element + ": " + what};
    }

    static std::optional<double> number(const json& value)
    {
        if (value.is_number())
            return value.get<double>();
        return value.is_string() ? decimalNumber(value.get_ref<const std::string&>()) : std::nullopt;
    }

    static double firstNumber(const json& entry, std::initializer_list<const char*> keys)
    {
        for (const char* key : keys)
            if (const auto it = entry.find(key); it != entry.end())
                if (const auto value = number(*it); value && *value > 0)
                    return *value;
        return 0;
    }

    static std::string text(const json& entry, const char* key)
    {
        const auto it = entry.find(key);
        return it != entry.end() && it->is_string() ? it->get<std::string>() : std::string();
    }

    void readDatabase(const json& database, const std::string& prefix)
    {
        if (!database.is_object())
            return fail(prefix, "has to be an object of videos");
        for (const auto& [name, entry] : database.items()) {
            std::string element = prefix;
            element.append(prefix.empty() ? "" : "/").append(name);
            const bool isVideo = entry.is_object() && (!prefix.empty() || entry.contains("annotations"));
            if (!isVideo && prefix.empty())
                return fail(element, "is no video with \"annotations\"; this is not an ActivityNet file");
            if (!isVideo)
                return fail(element, "has to be an object");
            readVideo(name, entry, element);
        }
    }

    void readVideo(const std::string& name, const json& entry, const std::string& element)
    {
        IntakeVideo video;
        video.name = name;
        video.subject = text(entry, "subject");
        const std::string subset = text(entry, "subset");
        for (const SubsetName& known : kSubsets)
            if (subset == known.name)
                video.role = known.role;
        video.seconds = firstNumber(entry, {"duration", "duration_second"});
        video.fps = firstNumber(entry, {"fps"});
        // Their own "fps" is a rounded or sampling rate at times; frames and seconds together are the better
        // source.
        const double frames = firstNumber(entry, {"frame", "duration_frame"});
        video.frameCount = frames < 1e9 ? static_cast<int64_t>(frames) : 0;
        if (const auto list = entry.find("annotations"); list != entry.end())
            readSpans(*list, element + "/annotations", video, false);
        if (const auto list = entry.find("reviewed"); list != entry.end())
            readReviewed(*list, element + "/reviewed", video);
        m_videos.push_back(std::move(video));
    }

    void readReviewed(const json& list, const std::string& element, IntakeVideo& video)
    {
        if (!list.is_array())
            return fail(element, "has to be a list");
        video.reviewed.emplace();
        for (size_t i = 0; i < list.size(); ++i) {
            const bool pair = list[i].is_array() && list[i].size() == 2;
            const auto from = pair ? number(list[i][0]) : std::nullopt;
            const auto to = pair ? number(list[i][1]) : std::nullopt;
            if (!from || !to || *to < *from)
                return fail(element + "/" + std::to_string(i), "has to be a start and an end in seconds");
            video.reviewed->emplace_back(*from, *to);
        }
        std::ranges::sort(*video.reviewed);
    }

    void readResults(const json& results)
    {
        if (!results.is_object())
            return fail("results", "has to be an object of videos");
        for (const auto& [name, list] : results.items()) {
            IntakeVideo video;
            video.name = name;
            readSpans(list, "results/" + name, video, true);
            m_videos.push_back(std::move(video));
        }
    }

    void readSpans(const json& list, const std::string& element, IntakeVideo& video, bool proposals)
    {
        if (!list.is_array())
            return fail(element, "has to be a list");
        for (size_t i = 0; i < list.size() && !m_failure; ++i) {
            const std::string place = element + "/" + std::to_string(i);
            if (!list[i].is_object())
                return fail(place, "has to be an object");
            readSpan(list[i], place, video, proposals);
        }
    }

    void readSpan(const json& entry, const std::string& element, IntakeVideo& video, bool proposal)
    {
        IntakeSpan span;
        span.place = m_origin + ", element " + element;
        span.inSeconds = true;
        const auto segment = entry.find("segment");
        const auto at = [&](size_t i) {
            return segment != entry.end() && segment->is_array() && segment->size() == 2
                ? number((*segment)[i])
                : std::nullopt;
        };
        if (!at(0) || !at(1))
            return fail(element, "needs a \"segment\" of two numbers, start and end in seconds");
        span.start = *at(0);
        span.end = *at(1);
        span.label = text(entry, "label");
        if (span.label.empty() && entry.contains("label_id")) {
            const auto id = number(entry["label_id"]);
            if (!id || *id != static_cast<double>(static_cast<int>(*id)))
                return fail(element, "\"label_id\" has to be a whole number");
            span.classId = static_cast<int>(*id);
        } else if (!entry.contains("label")) {
            return fail(element, "has neither \"label\" nor \"label_id\"");
        }
        if (entry.contains("score") && !(span.score = number(entry["score"])))
            return fail(element, "\"score\" has to be a number");
        span.state = proposal ? SpanState::Proposed : SpanState::Accepted;
        const std::string state = text(entry, "state");
        if (!state.empty() && !parseName(state, span.state))
            return fail(element, "there is no state '" + state + "'");
        const auto person = entry.contains("person") ? number(entry["person"]) : 0.0;
        if (!person || *person < 0 || *person > 1000)
            return fail(element, "\"person\" has to be a small whole number");
        span.person = static_cast<int>(*person);
        video.spans.push_back(std::move(span));
    }

    std::string m_origin;
    std::vector<IntakeVideo> m_videos;
    std::optional<Error> m_failure;
};

json formatSpan(const Document& document, const Annotation& annotation, const FrameTimes& times)
{
    const bool exact = annotation.startUs >= 0 && annotation.endUs >= 0;
    const double start
        = exact ? static_cast<double>(annotation.startUs) / 1e6 : times.seconds(annotation.span.first);
    const double end
        = exact ? static_cast<double>(annotation.endUs) / 1e6 : times.seconds(annotation.span.last);
    json entry{{"segment", {start, end}}, {"label", classNameOf(document, annotation)},
        {"label_id", annotation.classId}, {"state", nameOf(annotation.state)}};
    if (annotation.person != 0)
        entry["person"] = annotation.person;
    if (annotation.state == SpanState::Proposed)
        entry["score"] = scoreOf(document, annotation);
    return entry;
}

/// Where somebody has looked: outside of it no span means nothing. Not part of the format; others skip it.
json formatReviewed(const Document& document, int64_t videoId, const FrameTimes& times)
{
    json list = json::array();
    for (const ReviewedRange& range : document.reviewed(videoId))
        list.push_back({times.seconds(range.span.first), times.seconds(range.span.last)});
    return list;
}

class ActivityNetFormat final : public ExchangeFormat {
public:
    std::string name() const override { return "activitynet"; }
    std::string title() const override { return "ActivityNet JSON (OpenTAD, ActionFormer)"; }
    std::string fileFilter() const override { return "*.json"; }

    Result<ImportPlan> plan(const Document& document, const std::vector<fs::path>& paths,
        const ImportOptions& options, ProgressSink& progress) const override
    {
        auto videos = readEach(paths, [](const fs::path& path) { return readActivityNet(path); });
        if (!videos)
            return videos.error();
        auto planned
            = planImport(document, std::move(*videos), paths.front().filename().string(), options, progress);
        if (planned)
            planned->report.notes.emplace_back(
                "segments are seconds, the end is exclusive; boundaries went to the nearest frame");
        return planned;
    }

    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        std::vector<std::string> notes;
        json database = json::object();
        const auto videos = outgoing(document, options, notes);
        for (size_t i = 0; i < videos.size(); ++i) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "the export was stopped, nothing was written"};
            progress.report(static_cast<int64_t>(i), static_cast<int64_t>(videos.size()), "exporting");
            const VideoEntry& video = *videos[i].video;
            const auto times = timesOf(document, video, nullptr, &notes);
            if (!times)
                return times.error();
            json entry{{"subset", subsetOf(video.role)}, {"subject", video.subject},
                {"duration", static_cast<double>(times->duration().count()) / 1e6}, {"fps", video.fps},
                {"frame", times->frameCount()}, {"annotations", json::array()}};
            for (const Annotation& annotation : videos[i].spans)
                entry["annotations"].push_back(formatSpan(document, annotation, *times));
            if (json reviewed = formatReviewed(document, video.id, *times); !reviewed.empty())
                entry["reviewed"] = std::move(reviewed);
            database[video.name] = std::move(entry);
        }
        progress.report(
            static_cast<int64_t>(videos.size()), static_cast<int64_t>(videos.size()), "exporting");
        const json file{{"version", "telltale-" + versionText()}, {"taxonomy", document.scheme().name},
            {"database", std::move(database)}};
        if (auto status
            = writeFileAtomically(out, file.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
            !status)
            return status.error();
        notes.emplace_back("segments are seconds of the video's own time stamps, the end is exclusive");
        return notes;
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readActivityNet(const fs::path& file)
{
    const auto content = readFile(file);
    if (!content)
        return content.error();
    if (content->find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{ErrorCode::BadFormat, file.string() + ": is empty"};
    try {
        return Reader(file.string()).run(json::parse(*content));
    } catch (const json::exception& exception) {
        // What follows the library's own tag says line and column.
        const std::string what = exception.what();
        const size_t tag = what.find("] ");
        return Error{ErrorCode::BadFormat,
            file.string() + ": is not valid JSON, "
                + (tag == std::string::npos ? what : what.substr(tag + 2))};
    }
}

std::unique_ptr<ExchangeFormat> makeActivityNetFormat() { return std::make_unique<ActivityNetFormat>(); }

} // namespace telltale
