// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/document.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/jsonvalues.h"
#include "exchange/spanfiles.h"
#include "exchange/spanformat.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double kMostClasses = 1e6;

struct SubsetName {
    const char* name;
    SubjectRole role;
};
// The first of each role is the short spelling, the second the long one.
constexpr std::array<SubsetName, 9> kSubsets{{{"train", SubjectRole::Train}, {"val", SubjectRole::Validation},
    {"test", SubjectRole::Test}, {"unlabelled", SubjectRole::Unlabelled}, {"training", SubjectRole::Train},
    {"validation", SubjectRole::Validation}, {"testing", SubjectRole::Test},
    {"valid", SubjectRole::Validation}, {"unlabeled", SubjectRole::Unlabelled}}};

const char* subsetOf(SubjectRole role, bool longSpelling)
{
    const SubsetName* found = nullptr;
    for (const SubsetName& entry : kSubsets)
        if (entry.role == role && (!found || longSpelling)) {
            if (found)
                return entry.name;
            found = &entry;
        }
    return found ? found->name : "train";
}

/// Walks a parsed file; what is wrong is told with the path of its element.
class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context) : m_file(file), m_context(context) { }

    Result<std::vector<IntakeVideo>> run(const json& document)
    {
        if (!document.is_object())
            return m_file.broken("the outermost element has to be an object");
        const bool truth = document.contains("database");
        const bool predictions = document.contains("results");
        if (truth)
            readDatabase(document["database"], "database");
        if (predictions)
            readResults(document["results"]);
        if (!truth && !predictions)
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
            if (const auto value = number(jsonMember(entry, key)); value && *value > 0)
                return *value;
        return 0;
    }

    void readDatabase(const json& database, const std::string& prefix)
    {
        if (!database.is_object())
            return fail(prefix, "has to be an object of videos");
        // Without the level "database" only its lists tell such a file.
        const auto isVideo = [&prefix](const json& entry) {
            return entry.is_object() && (!prefix.empty() || entry.contains("annotations"));
        };
        if (prefix.empty() && !database.empty() && std::none_of(database.begin(), database.end(), isVideo))
            return fail(
                database.begin().key(), "is no video with \"annotations\"; this is not an ActivityNet file");
        for (const auto& [name, entry] : database.items()) {
            std::string element = prefix;
            element.append(prefix.empty() ? "" : "/").append(name);
            if (!isVideo(entry))
                fail(element, prefix.empty() ? "is no video with \"annotations\"" : "has to be an object");
            else if (name.empty())
                fail(prefix, "has a video without a name");
            else
                readVideo(name, entry, element);
        }
    }

    static std::optional<SubjectRole> roleOf(std::string subset)
    {
        std::ranges::transform(
            subset, subset.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto* known = std::ranges::find(kSubsets, subset, &SubsetName::name);
        return known == kSubsets.end() ? std::nullopt : std::optional(known->role);
    }

    void readVideo(const std::string& name, const json& entry, const std::string& element)
    {
        IntakeVideo video;
        video.name = name;
        video.subject = jsonText(jsonMember(entry, "subject"));
        video.role = roleOf(jsonText(jsonMember(entry, "subset")));
        video.seconds = firstNumber(entry, {"duration", "duration_second"});
        video.fps = firstNumber(entry, {"fps"});
        // Their own "fps" is a rounded or sampling rate at times; frames and seconds together are the better
        // source.
        const double frames = firstNumber(entry, {"frame", "duration_frame"});
        video.frameCount = frames < 1e9 ? static_cast<int64_t>(frames) : 0;
        if (entry.contains("annotations"))
            readSpans(entry["annotations"], element + "/annotations", video, false);
        if (entry.contains("reviewed"))
            readReviewed(entry["reviewed"], element + "/reviewed", video);
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
            if (from && to && *to >= *from)
                video.reviewed->emplace_back(*from, *to);
            else
                fail(element + "/" + std::to_string(i), "has to be a start and an end in seconds");
        }
        std::ranges::sort(*video.reviewed);
    }

    void readResults(const json& results)
    {
        if (!results.is_object())
            return fail("results", "has to be an object of videos");
        for (const auto& [name, list] : results.items()) {
            if (name.empty()) {
                fail("results", "has a video without a name");
                continue;
            }
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
            if (list[i].is_object())
                readSpan(list[i], place, video, proposals);
            else
                fail(place, "has to be an object");
        }
    }

    void readSpan(const json& entry, const std::string& element, IntakeVideo& video, bool proposal)
    {
        IntakeSpan span;
        span.place = m_file.at(0, element);
        span.inSeconds = true;
        const json& segment = jsonMember(entry, "segment");
        const auto at = [&segment](size_t i) {
            return segment.is_array() && segment.size() == 2 ? number(segment[i]) : std::nullopt;
        };
        if (!at(0) || !at(1))
            return fail(element, "needs a \"segment\" of two numbers, start and end in seconds");
        span.start = *at(0);
        span.end = *at(1);
        if (!readClass(entry, element, span, proposal))
            return;
        const json& score = jsonMember(entry, "score");
        if (!score.is_null() && !(span.score = number(score)))
            return fail(element, "\"score\" has to be a number");
        span.state = proposal ? SpanState::Proposed : SpanState::Accepted;
        const std::string state = jsonText(jsonMember(entry, "state"));
        if (!state.empty() && !parseName(state, span.state))
            return fail(element, "there is no state '" + state + "'");
        const auto person = entry.contains("person") ? number(entry["person"]) : 0.0;
        if (!person || *person < 0 || *person > 1000)
            return fail(element, "\"person\" has to be a small whole number");
        span.person = static_cast<int>(*person);
        span.annotator = jsonText(jsonMember(entry, "annotator"));
        video.spans.push_back(std::move(span));
    }

    /// False: what stands there is a problem. Proposals may go without a class: a challenge asks for none.
    bool readClass(const json& entry, const std::string& element, IntakeSpan& span, bool proposal)
    {
        const json& label = jsonMember(entry, "label");
        const json& id = jsonMember(entry, "label_id");
        if (!label.is_null() && !label.is_string()) {
            fail(element, "\"label\" has to be a text; the number of a class is its \"label_id\"");
            return false;
        }
        span.label = jsonText(label);
        if (!span.label.empty())
            return true;
        if (id.is_null()) {
            if (label.is_null() && !proposal)
                fail(element, "has neither \"label\" nor \"label_id\"");
            return label.is_string() || proposal;
        }
        const auto value = number(id);
        if (!value || std::abs(*value) > kMostClasses || *value != std::floor(*value)) {
            fail(element, "\"label_id\" has to be a whole number");
            return false;
        }
        span.classId = static_cast<int>(*value);
        return true;
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    std::vector<IntakeVideo> m_videos;
};

/// What a file is for. The first is ours and holds everything; the others hold what their readers want.
enum class Flavour { Telltale, OpenTad, ActionFormer, Predictions };
constexpr std::array<const char*, 4> kFlavours{"telltale", "opentad", "actionformer", "predictions"};

/// One export.
class Writer {
public:
    explicit Writer(const ExportOptions& options)
    {
        const std::string flavour = options.setting("flavour", kFlavours.front());
        const auto found = std::ranges::find(kFlavours, flavour);
        m_flavour
            = found == kFlavours.end() ? Flavour::Telltale : static_cast<Flavour>(found - kFlavours.begin());
        const std::string subsets = options.setting("subsets", "auto");
        m_long = subsets == "auto" ? m_flavour != Flavour::Telltale : subsets == "long";
        m_dropTest = options.setting("test-annotations", "keep") == "drop";
    }

    json document(const OutgoingProject& project, std::vector<std::string>& notes)
    {
        json videos = json::object();
        const bool predictions = m_flavour == Flavour::Predictions;
        for (const OutgoingVideo& video : project.videos)
            videos[video.name] = predictions ? spansOf(video) : entryOf(video);
        if (m_left > 0)
            notes.push_back(std::to_string(m_left)
                + (predictions ? " spans are no proposals with a class and were left out"
                               : " spans are not confirmed or have no class and were left out"));
        if (predictions)
            return {
                {"version", version()}, {"external_data", json::object()}, {"results", std::move(videos)}};
        return {{"version", version()}, {"taxonomy", project.scheme.name}, {"database", std::move(videos)}};
    }

private:
    static std::string version() { return "telltale-" + versionText(); }

    /// Training code takes whatever is listed as the truth, and an empty name as a class.
    bool wanted(const OutgoingSpan& span) const
    {
        if (m_flavour == Flavour::Telltale)
            return true;
        const bool proposal = span.state == SpanState::Proposed;
        return span.classId >= 0 && proposal == (m_flavour == Flavour::Predictions);
    }

    json entryOf(const OutgoingVideo& video)
    {
        json entry{{"subset", subsetOf(video.role, m_long)}, {"subject", video.subject},
            {"duration", video.seconds()}, {"fps", video.fps}, {"frame", video.frameCount}};
        const bool drop = m_dropTest && video.role == SubjectRole::Test;
        // ActionFormer looks for the list in every video, an empty one is enough.
        if (drop && m_flavour == Flavour::ActionFormer)
            entry["annotations"] = json::array();
        else if (!drop)
            entry["annotations"] = spansOf(video);
        // Where somebody has looked: outside of it no span means nothing. Not part of the format; others skip
        // it.
        for (const FrameSpan& range : video.reviewed)
            entry["reviewed"].push_back({video.times.seconds(range.first), video.times.seconds(range.last)});
        return entry;
    }

    json spansOf(const OutgoingVideo& video)
    {
        json list = json::array();
        for (const OutgoingSpan& span : video.spans)
            if (wanted(span))
                list.push_back(spanOf(span));
            else
                ++m_left;
        return list;
    }

    json spanOf(const OutgoingSpan& span) const
    {
        json entry{{"segment", {span.start, span.end}}, {"label", span.label}};
        if (m_flavour != Flavour::Predictions)
            entry["label_id"] = span.classId;
        if (m_flavour == Flavour::Telltale) {
            entry["state"] = nameOf(span.state);
            if (!span.annotator.empty())
                entry["annotator"] = span.annotator;
        }
        if (span.person != 0)
            entry["person"] = span.person;
        if (span.score)
            entry["score"] = *span.score;
        return entry;
    }

    Flavour m_flavour = Flavour::Telltale;
    bool m_long = false;
    bool m_dropTest = false;
    int64_t m_left = 0;
};

class ActivityNetFormat final : public SpanFormat {
public:
    std::string name() const override { return "activitynet"; }
    std::string title() const override { return "ActivityNet JSON (OpenTAD, ActionFormer)"; }
    std::string fileFilter() const override { return "*.json"; }

    std::vector<FormatSetting> exportSettings() const override
    {
        return {{"flavour", "What the file is for", {kFlavours.begin(), kFlavours.end()}},
            {"test-annotations", "Spans of test videos", {"keep", "drop"}},
            {"subsets", "Names of the parts: train or training", {"auto", "short", "long"}}};
    }

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
            return notJson(file, exception);
        }
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const override
    {
        const json file = Writer(options).document(project, notes);
        return OutgoingFile{
            "annotations.json", file.dump(1, ' ', false, json::error_handler_t::replace) + "\n"};
    }

    /// OpenTAD finds the numbers of the classes in a second file, one name a line.
    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        auto notes = SpanFormat::write(document, out, options, progress);
        if (!notes || options.setting("flavour", "") != "opentad")
            return notes;
        std::string names;
        for (const LabelClass& one : document.scheme().classes)
            names += one.name + "\n";
        const fs::path map = out.parent_path() / (out.stem().string() + "_classes.txt");
        if (auto status = writeFileAtomically(map, names); !status)
            return status.error();
        notes->push_back("the class map is " + map.filename().string());
        return notes;
    }
};

} // namespace

Result<std::vector<IntakeVideo>> readActivityNet(const fs::path& file)
{
    return readSpanFile(ActivityNetFormat(), file, {});
}

std::unique_ptr<ExchangeFormat> makeActivityNetFormat() { return std::make_unique<ActivityNetFormat>(); }

} // namespace telltale
