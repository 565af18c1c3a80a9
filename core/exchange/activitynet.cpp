// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
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

/// Walks a parsed file; what is wrong is told with the path of its element.
class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context) : m_file(file), m_context(context) { }

    Result<std::vector<IntakeVideo>> run(const json& document)
    {
        if (!document.is_object())
            return m_file.broken("the outermost element has to be an object");
        if (const auto results = document.find("results"); results != document.end())
            readResults(*results);
        else if (const auto database = document.find("database"); database != document.end())
            readDatabase(*database, "database");
        else
            readDatabase(document, "");
        return std::move(m_videos);
    }

private:
    void fail(const std::string& element, const std::string& what)
    {
        m_context.problem(m_file.at(0, element), what);
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
        for (size_t i = 0; i < list.size(); ++i) {
            const std::string place = element + "/" + std::to_string(i);
            if (!list[i].is_object())
                return fail(place, "has to be an object");
            readSpan(list[i], place, video, proposals);
        }
    }

    void readSpan(const json& entry, const std::string& element, IntakeVideo& video, bool proposal)
    {
        IntakeSpan span;
        span.place = m_file.at(0, element);
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

    const SourceFile& m_file;
    const ReadContext& m_context;
    std::vector<IntakeVideo> m_videos;
};

json formatSpan(const OutgoingSpan& span)
{
    json entry{{"segment", {span.start, span.end}}, {"label", span.label}, {"label_id", span.classId},
        {"state", nameOf(span.state)}};
    if (span.person != 0)
        entry["person"] = span.person;
    if (span.score)
        entry["score"] = *span.score;
    return entry;
}

json formatVideo(const OutgoingVideo& video)
{
    json entry{{"subset", subsetOf(video.role)}, {"subject", video.subject}, {"duration", video.seconds()},
        {"fps", video.fps}, {"frame", video.frameCount}, {"annotations", json::array()}};
    for (const OutgoingSpan& span : video.spans)
        entry["annotations"].push_back(formatSpan(span));
    // Where somebody has looked: outside of it no span means nothing. Not part of the format; others skip it.
    for (const FrameSpan& range : video.reviewed)
        entry["reviewed"].push_back({video.times.seconds(range.first), video.times.seconds(range.last)});
    return entry;
}

class ActivityNetFormat final : public SpanFormat {
public:
    std::string name() const override { return "activitynet"; }
    std::string title() const override { return "ActivityNet JSON (OpenTAD, ActionFormer)"; }
    std::string fileFilter() const override { return "*.json"; }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"seconds of the video's own time stamps", {}, "the end is exclusive", kTimesToFrames};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        if (file.content.find_first_not_of(" \t\r\n") == std::string_view::npos)
            return file.broken("is empty");
        try {
            return Reader(file, context).run(json::parse(file.content));
        } catch (const json::exception& exception) {
            // What follows the library's own tag says line and column.
            const std::string what = exception.what();
            const size_t tag = what.find("] ");
            return file.broken(
                "is not valid JSON, " + (tag == std::string::npos ? what : what.substr(tag + 2)));
        }
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>&) const override
    {
        json database = json::object();
        for (const OutgoingVideo& video : project.videos)
            database[video.name] = formatVideo(video);
        const json file{{"version", "telltale-" + versionText()}, {"taxonomy", project.scheme.name},
            {"database", std::move(database)}};
        return OutgoingFile{
            "annotations.json", file.dump(1, ' ', false, json::error_handler_t::replace) + "\n"};
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readActivityNet(const fs::path& file)
{
    return readSpanFile(ActivityNetFormat(), file, {});
}

std::unique_ptr<ExchangeFormat> makeActivityNetFormat() { return std::make_unique<ActivityNetFormat>(); }

} // namespace telltale
