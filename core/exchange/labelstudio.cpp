// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Tasks of Label Studio. Frames of its time line count from 1 and both ends belong to the range: its own
// machine learning backend takes the array slice [start - 1, end) (label-studio-ml-backend, yolo,
// utils/converter.py).
#include "base/files.h"
#include "data/document.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/jsonvalues.h"
#include "exchange/spanformat.h"
#include "exchange/xml/xmlfile.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double kFarFrame = 1e12;
constexpr const char* kNameKey = "telltale_name";
constexpr const char* kLocalFiles = "/data/local-files/?d=";

/// Notes of ours on a region, where Label Studio has no field.
constexpr std::string_view kStateNote = "state=";
constexpr std::string_view kPersonNote = "person=";
constexpr std::string_view kAnnotatorNote = "annotator=";

int hexDigit(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

std::string percentDecoded(const std::string& text)
{
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            plain += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return isUtf8(plain) ? plain : text;
}

std::string percentEncoded(const std::string& text)
{
    std::string encoded;
    for (const char c : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0
            || std::string_view("-._~/").find(c) != std::string_view::npos;
        std::array<char, 4> code{};
        std::snprintf(
            code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        encoded += plain ? std::string(1, c) : code.data();
    }
    return encoded;
}

/// The path in an address: what follows "?d=" of local files, else all before a query.
std::string pathOf(const std::string& address)
{
    const size_t local = address.find("?d=");
    if (local != std::string::npos)
        return percentDecoded(address.substr(local + 3));
    return address.find("://") == std::string::npos && !address.starts_with("/data/")
        ? address
        : percentDecoded(address.substr(0, address.find_first_of("?#")));
}

std::string stemOf(const std::string& path)
{
    const size_t folder = path.find_last_of("/\\");
    std::string name = folder == std::string::npos ? path : path.substr(folder + 1);
    // Uploads are kept as eight digits of a hash, a dash and their name.
    const bool upload = path.find("/upload/") != std::string::npos && name.size() > 9 && name[8] == '-'
        && std::all_of(name.begin(), name.begin() + 8, [](char c) { return hexDigit(c) >= 0; });
    if (upload)
        name.erase(0, 9);
    const size_t dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

bool isMedia(const std::string& address)
{
    static const std::vector<std::string> endings{
        ".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".wav", ".mp3", ".m4a", ".ogg", ".flac"};
    return hasSuffix(pathOf(address), endings);
}

class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context, double rate)
        : m_file(file)
        , m_context(context)
        , m_rate(rate)
    {
    }

    Result<std::vector<IntakeVideo>> run(const json& document)
    {
        if (!document.is_array() && !document.is_object())
            return m_file.broken("is no list of Label Studio tasks");
        if (document.is_object())
            readTask(document, "0");
        else
            for (size_t i = 0; i < document.size(); ++i)
                readTask(document[i], std::to_string(i));
        if (m_others > 0)
            m_context.notes.push_back(
                std::to_string(m_others) + " results are no spans of time and were left out");
        if (m_cancelled > 0)
            m_context.notes.push_back(
                std::to_string(m_cancelled) + " annotations that somebody has skipped were left out");
        return std::move(m_videos);
    }

private:
    void fail(const std::string& element, const std::string& what, const std::string& remedy = {})
    {
        m_context.problem(m_file.at(0, element), what, remedy);
    }

    void readTask(const json& task, const std::string& element)
    {
        const json& data = jsonMember(task, "data");
        if (!data.is_object())
            return fail(element, "is no task with \"data\"", "export as JSON, not as JSON-MIN or CSV");
        IntakeVideo video;
        std::string address = jsonText(jsonMember(data, "video"));
        for (auto entry = data.begin(); address.empty() && entry != data.end(); ++entry)
            if (entry->is_string() && isMedia(entry->get_ref<const std::string&>()))
                address = entry->get<std::string>();
        video.name = jsonText(jsonMember(data, kNameKey));
        if (video.name.empty())
            video.name = stemOf(pathOf(address));
        if (video.name.empty())
            return fail(element + "/data", "names no video");
        video.file = existing(address);
        video.subject = jsonText(jsonMember(data, "subject"));
        if (SubjectRole role{}; parseName(jsonText(jsonMember(data, "role")), role))
            video.role = role;
        if (const json& fps = jsonMember(data, "fps"); fps.is_number() && fps.get<double>() > 0)
            video.fps = fps.get<double>();
        for (const char* key : {"annotations", "completions", "predictions"})
            readAll(
                jsonMember(task, key), element + "/" + key, std::string_view(key) == "predictions", video);
        m_videos.push_back(std::move(video));
    }

    fs::path existing(const std::string& address) const
    {
        if (address.empty() || address.find("://") != std::string::npos
            || address.find('\0') != std::string::npos)
            return {};
        std::error_code ec;
        const fs::path named(pathOf(address));
        const fs::path file
            = named.is_absolute() ? named : fs::absolute(m_file.path, ec).parent_path() / named;
        return fs::is_regular_file(file, ec) ? file : fs::path();
    }

    void readAll(const json& list, const std::string& element, bool proposals, IntakeVideo& video)
    {
        if (list.is_null())
            return;
        if (!list.is_array())
            return fail(element, "has to be a list");
        for (size_t i = 0; i < list.size(); ++i) {
            if (jsonMember(list[i], "was_cancelled") == json(true)) {
                ++m_cancelled;
                continue;
            }
            const json& results = jsonMember(list[i], "result");
            const std::string place = element + "/" + std::to_string(i) + "/result";
            if (!results.is_array()) {
                fail(place, "has to be a list");
                continue;
            }
            IntakeSpan span;
            span.state = proposals ? SpanState::Proposed : SpanState::Accepted;
            span.annotator = proposals ? "" : whoCompleted(jsonMember(list[i], "completed_by"));
            if (const json& score = jsonMember(list[i], "score"); proposals && score.is_number())
                span.score = score.get<double>();
            for (size_t k = 0; k < results.size(); ++k)
                readResult(results[k], place + "/" + std::to_string(k), span, video);
        }
    }

    static std::string whoCompleted(const json& who)
    {
        if (who.is_number_integer())
            return "user " + std::to_string(who.get<int64_t>());
        const std::string mail = jsonText(jsonMember(who, "email"));
        return mail.empty() ? jsonText(who) : mail;
    }

    void readResult(const json& result, const std::string& element, IntakeSpan span, IntakeVideo& video)
    {
        span.place = m_file.at(0, element);
        const std::string type = jsonText(jsonMember(result, "type"));
        const json& value = jsonMember(result, "value");
        const bool frames = type == "timelinelabels";
        // Labels of text have places of letters instead of times.
        const bool times
            = type == "labels" && jsonMember(value, "start").is_number() && !value.contains("text");
        if (!frames && !times) {
            ++m_others;
            return;
        }
        readNotes(jsonMember(jsonMember(result, "meta"), "text"), span);
        if (const json& score = jsonMember(result, "score"); score.is_number())
            span.score = score.get<double>();
        const json& labels = jsonMember(value, frames ? "timelinelabels" : "labels");
        std::vector<std::string> names;
        for (const json& label : labels)
            names.push_back(jsonText(label));
        if (names.empty())
            names.emplace_back();
        const json& ranges = frames ? jsonMember(value, "ranges") : json();
        if (frames && !ranges.is_array())
            return fail(element, "has no list of \"ranges\"");
        if (times)
            return readRange(value, names, span, false, video);
        for (const json& range : ranges)
            readRange(range, names, span, true, video);
    }

    void readRange(const json& range, const std::vector<std::string>& names, IntakeSpan span, bool frames,
        IntakeVideo& video)
    {
        const json& start = jsonMember(range, "start");
        const json& end = jsonMember(range, "end");
        if (!start.is_number() || !end.is_number())
            return fail(span.place.element, "start and end have to be numbers");
        const auto from = start.get<double>();
        const auto to = end.get<double>();
        if (std::max(std::abs(from), std::abs(to)) > kFarFrame)
            return fail(span.place.element, "lies beyond any video");
        span.inSeconds = !frames || m_rate > 0;
        if (frames && m_rate > 0) {
            span.start = (from - 1) / m_rate;
            span.end = to / m_rate;
        } else if (frames) {
            span.frames = {std::llround(from) - 1, std::llround(to)};
        } else {
            span.start = from;
            span.end = to;
        }
        for (const std::string& name : names) {
            span.label = name;
            video.spans.push_back(span);
        }
    }

    static void readNotes(const json& notes, IntakeSpan& span)
    {
        if (!notes.is_array())
            return;
        for (const json& note : notes) {
            const std::string text = jsonText(note);
            if (text.starts_with(kStateNote))
                parseName(std::string_view(text).substr(kStateNote.size()), span.state);
            else if (text.starts_with(kPersonNote))
                span.personName = text.substr(kPersonNote.size());
            else if (text.starts_with(kAnnotatorNote))
                span.annotator = text.substr(kAnnotatorNote.size());
        }
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    double m_rate; ///< of the labelling; 0: the video's own
    int64_t m_others = 0;
    int64_t m_cancelled = 0;
    std::vector<IntakeVideo> m_videos;
};

json regionOf(const OutgoingVideo& video, const OutgoingSpan& span)
{
    json notes = json::array();
    if (span.state != SpanState::Accepted && span.state != SpanState::Proposed)
        notes.push_back(std::string(kStateNote).append(nameOf(span.state)));
    if (span.person != 0 || video.personName(0) != "P0")
        notes.push_back(std::string(kPersonNote).append(video.personName(span.person)));
    if (!span.annotator.empty())
        notes.push_back(std::string(kAnnotatorNote).append(span.annotator));
    json labels = json::array();
    if (!span.label.empty())
        labels.push_back(span.label);
    json region{{"id", std::string("span").append(std::to_string(span.id))}, {"from_name", "timelineLabels"},
        {"to_name", "video"}, {"type", "timelinelabels"},
        {"value",
            {{"ranges", json::array({{{"start", span.frames.first + 1}, {"end", span.frames.last}}})},
                {"timelinelabels", labels}}}};
    if (!notes.empty())
        region["meta"] = {{"text", notes}};
    if (span.score)
        region["score"] = *span.score;
    return region;
}

json taskOf(const OutgoingVideo& video, const std::string& prefix)
{
    std::string file = video.file.filename().string();
    if (file.empty())
        file = video.name + ".mp4";
    json confirmed = json::array();
    std::map<std::string, json> proposed; // by model
    for (const OutgoingSpan& span : video.spans)
        if (span.state == SpanState::Proposed)
            proposed[span.model.empty() ? "telltale" : span.model].push_back(regionOf(video, span));
        else
            confirmed.push_back(regionOf(video, span));
    // Moved and not listed in braces, which copies.
    json predictions = json::array();
    for (auto& [model, regions] : proposed) {
        predictions.push_back({{"model_version", model}});
        predictions.back()["result"] = std::move(regions);
    }
    json annotations = json::array();
    if (!confirmed.empty()) {
        annotations.push_back(json::object());
        annotations.back()["result"] = std::move(confirmed);
    }
    json task{{"data",
        {{"video", prefix + percentEncoded(file)}, {kNameKey, video.name}, {"subject", video.subject},
            {"role", nameOf(video.role)}, {"fps", video.fps}}}};
    task["annotations"] = std::move(annotations);
    task["predictions"] = std::move(predictions);
    return task;
}

/// The labelling interface that shows the spans; `fps` 0: the videos differ.
std::string configOf(const LabelScheme& scheme, double fps)
{
    std::array<char, 32> rate{};
    std::snprintf(rate.data(), rate.size(), "%.9g", fps);
    std::string text = "<View>\n  <Video name=\"video\" value=\"$video\"";
    text += fps > 0 ? std::string(" frameRate=\"").append(rate.data()).append("\"/>\n") : "/>\n";
    text += "  <TimelineLabels name=\"timelineLabels\" toName=\"video\">\n";
    for (const LabelClass& one : scheme.classes)
        text += "    <Label value=\"" + xmlEscaped(one.name)
            + (one.color.empty() ? "" : "\" background=\"" + xmlEscaped(one.color)) + "\"/>\n";
    return text + "  </TimelineLabels>\n</View>\n";
}

class LabelStudioFormat final : public SpanFormat {
public:
    std::string name() const override { return "labelstudio"; }
    std::string title() const override { return "Label Studio JSON"; }
    std::string fileFilter() const override { return "*.json"; }

    std::vector<FormatSetting> importSettings() const override
    {
        return {{"frame-rate", "frameRate of the labelling interface (empty: that of the video)", {}, ""}};
    }
    std::vector<FormatSetting> exportSettings() const override
    {
        return {{"url-prefix", "What stands before the names of videos", {}, kLocalFiles}};
    }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"frames (seconds for labels of audio)", "frames count from 1", "both ends are included",
            kTimesToFrames};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        const auto setting = context.options.settings.find("frame-rate");
        double rate = 0;
        if (setting != context.options.settings.end() && !setting->second.empty()) {
            rate = decimalNumber(setting->second).value_or(-1);
            if (!(rate >= 0.001 && rate <= 1000))
                return Error{ErrorCode::Usage,
                    "frame-rate has to be 0.001 to 1000 frames a second, not '" + setting->second + "'"};
        }
        try {
            return Reader(file, context, rate).run(json::parse(file.content));
        } catch (const json::exception& exception) {
            return notJson(file, exception);
        }
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>&) const override
    {
        const std::string prefix = options.setting("url-prefix", kLocalFiles);
        json tasks = json::array();
        for (const OutgoingVideo& video : project.videos)
            tasks.push_back(taskOf(video, prefix));
        return OutgoingFile{"tasks.json", tasks.dump(1, ' ', false, json::error_handler_t::replace) + "\n"};
    }

    /// With the labelling interface beside it, without which Label Studio cannot show the spans.
    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        auto notes = SpanFormat::write(document, out, options, progress);
        if (!notes)
            return notes;
        double fps = document.videos().empty() ? 0 : document.videos().front().fps;
        for (const VideoEntry& video : document.videos())
            fps = std::abs(video.fps - fps) < 1e-6 ? fps : 0;
        const fs::path config = out.parent_path() / (out.stem().string() + "_config.xml");
        if (auto status = writeFileAtomically(config, configOf(document.scheme(), fps)); !status)
            return status.error();
        notes->push_back("the labelling interface is " + config.filename().string()
            + (fps > 0 ? "" : "; the videos have different rates, set its frameRate for each"));
        return notes;
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeLabelStudioFormat() { return std::make_unique<LabelStudioFormat>(); }

} // namespace telltale
