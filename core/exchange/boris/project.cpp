// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/boris/observation.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/jsonvalues.h"
#include "exchange/outgoing.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <zlib.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kPacked = "\x1f\x8b";
/// Text of events packs 10 to 1 or so; what grows a hundred times is no project.
constexpr size_t kMostGrowth = 100;
constexpr size_t kSmallest = size_t{1} << 20;
constexpr const char* kSubjectVariable = "subject";
constexpr const char* kRoleVariable = "role";

/// The content of a gzip file; nothing where it is damaged or grows beyond all bounds.
std::optional<std::string> unpacked(std::string_view packed)
{
    z_stream stream{};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
        return std::nullopt;
    const size_t most = packed.size() * kMostGrowth + kSmallest;
    std::string text;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size()); // files are below 512 MB
    int state = Z_OK;
    while (state == Z_OK && text.size() < most) {
        const size_t before = text.size();
        text.resize(before + std::max<size_t>(packed.size(), kSmallest));
        stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
        stream.avail_out = static_cast<uInt>(text.size() - before);
        state = inflate(&stream, Z_NO_FLUSH);
        text.resize(text.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(std::move(text)) : std::nullopt;
}

/// The content as a gzip file without name and date, so that the same project gives the same file.
std::string packed(std::string_view text)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY)
        != Z_OK)
        return {};
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    const int state = deflate(&stream, Z_FINISH);
    bytes.resize(bytes.size() - stream.avail_out);
    deflateEnd(&stream);
    return state == Z_STREAM_END ? bytes : std::string();
}

/// Times that BORIS does not know are the word NaN in its files, which is no JSON: null takes their place.
std::string withoutNaN(std::string_view text)
{
    constexpr std::string_view kNaN = "NaN";
    std::string made;
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        if (!quoted && text.substr(i, kNaN.size()) == kNaN) {
            made += "null";
            i += kNaN.size() - 1;
            continue;
        }
        made += text[i];
        if (quoted && text[i] == '\\' && i + 1 < text.size())
            made += text[++i];
        else if (text[i] == '"')
            quoted = !quoted;
    }
    return made;
}

std::optional<double> numberOf(const json& value)
{
    if (value.is_number())
        return value.get<double>();
    return value.is_string() ? decimalNumber(value.get_ref<const std::string&>()) : std::nullopt;
}

double positive(const json& table, const std::string& key)
{
    const auto value = numberOf(jsonMember(table, key.c_str()));
    return value && *value > 0 && *value < kFarBorisSeconds ? *value : 0;
}

class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context)
        : m_file(file)
        , m_context(context)
        , m_intake(file, context)
    {
    }

    Result<std::vector<IntakeVideo>> run(const json& project)
    {
        const json& observations = jsonMember(project, "observations");
        const json& behaviours = jsonMember(project, "behaviors_conf");
        if (!observations.is_object() || !behaviours.is_object())
            return m_file.broken("is no BORIS project, it has no \"observations\" and \"behaviors_conf\"");
        for (const json& one : behaviours)
            m_types.emplace(jsonText(jsonMember(one, "code")), jsonText(jsonMember(one, "type")));
        for (const auto& [id, observation] : observations.items())
            readObservation(id, observation);
        return m_intake.finish();
    }

private:
    void readObservation(const std::string& id, const json& entry)
    {
        const std::string element = "observations/" + id;
        const std::string type = jsonText(jsonMember(entry, "type"));
        if (!entry.is_object())
            return m_context.problem(m_file.at(0, element), "has to be an object");
        if (id.empty())
            return m_context.problem(m_file.at(0, "observations"), "has an observation without a name");
        if (type == "IMAGES")
            return m_context.problem(m_file.at(0, element), "was coded on single pictures, not on a video");
        if (jsonMember(entry, "media_creation_date_as_offset") == json(true))
            return m_context.problem(m_file.at(0, element),
                "its times count from the dates at which its files were made",
                "switch that off in the observation's settings in BORIS");
        BorisObservation made;
        made.id = id;
        made.place = m_file.at(0, element);
        made.live = type == "LIVE";
        made.offset = numberOf(jsonMember(entry, "time offset")).value_or(0);
        if (std::abs(made.offset) > kFarBorisSeconds)
            return m_context.problem(m_file.at(0, element + "/time offset"), "makes no sense");
        readMedia(entry, made);
        const json& variables = jsonMember(entry, "independent_variables");
        made.filmed = jsonText(jsonMember(variables, kSubjectVariable));
        if (SubjectRole role{}; parseName(jsonText(jsonMember(variables, kRoleVariable)), role))
            made.role = role;
        const json& events = jsonMember(entry, "events");
        if (!events.is_array())
            return m_context.problem(m_file.at(0, element + "/events"), "has to be a list");
        for (size_t i = 0; i < events.size(); ++i)
            readEvent(events[i], m_file.at(0, element + "/events/" + std::to_string(i)), made);
        if (!made.media.empty() || !made.events.empty())
            m_intake.take(made);
    }

    /// Media by player ("1": [...]), in old projects a list.
    static void readMedia(const json& entry, BorisObservation& made)
    {
        const json& file = jsonMember(entry, "file");
        const json& info = jsonMember(entry, "media_info");
        const json& first = file.is_array() ? file : jsonMember(file, "1");
        if (first.is_array())
            for (const json& one : first)
                if (const std::string path = jsonText(one); !path.empty())
                    made.media.push_back({path, positive(jsonMember(info, "length"), path),
                        positive(jsonMember(info, "fps"), path)});
        if (file.is_object())
            for (const auto& [player, media] : file.items())
                made.otherPlayers += player != "1" && media.is_array() && !media.empty() ? 1 : 0;
    }

    void readEvent(const json& entry, ImportPlace place, BorisObservation& made)
    {
        // time, subject, behaviour, modifiers, comment and, since version 8, the number of the frame
        const auto time = entry.is_array() && entry.size() >= 3 ? numberOf(entry[0]) : std::nullopt;
        if (!time || std::abs(*time) > kFarBorisSeconds || !entry[2].is_string())
            return m_context.problem(
                std::move(place), "has to be a list of a time, a subject and a behaviour");
        BorisEvent event;
        event.place = std::move(place);
        event.time = *time;
        event.subject = jsonText(entry[1]);
        event.behaviour = jsonText(entry[2]);
        if (event.subject == kNoFocalSubject)
            event.subject.clear();
        if (entry.size() > 3)
            event.modifiers = jsonText(entry[3]);
        if (entry.size() > 4)
            event.comment = jsonText(entry[4]);
        const auto type = m_types.find(event.behaviour);
        if (type == m_types.end() || event.behaviour.empty())
            return m_context.problem(event.place, "the ethogram has no behaviour '" + event.behaviour + "'",
                "add it to the ethogram in BORIS");
        event.kind
            = type->second.starts_with("State") ? BorisEvent::Kind::Alternating : BorisEvent::Kind::Point;
        made.events.push_back(std::move(event));
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    BorisIntake m_intake;
    std::map<std::string, std::string> m_types; ///< "State event" by behaviour
};

/// One key each as long as there are some.
std::string keyOf(int index)
{
    constexpr std::string_view kKeys = "abcdefghijklmnopqrstuvwxyz0123456789";
    return static_cast<size_t>(index) < kKeys.size() ? std::string(1, kKeys[static_cast<size_t>(index)])
                                                     : std::string();
}

class Writer {
public:
    explicit Writer(const OutgoingProject& project) : m_project(project) { }

    json run(std::vector<std::string>& notes)
    {
        json observations = json::object();
        for (const OutgoingVideo& video : m_project.videos)
            observations[video.name] = observationOf(video);
        tellUnnamed(m_left, notes);
        json variables = json::object();
        for (const char* label : {kSubjectVariable, kRoleVariable})
            variables[std::to_string(variables.size())] = json{{"label", label}, {"description", ""},
                {"type", "text"}, {"default value", ""}, {"possible values", ""}};
        return {{"time_format", "hh:mm:ss"}, {"project_date", kBorisDate}, {"project_name", m_project.name},
            {"project_description", ""}, {"project_format_version", "7.0"}, {"subjects_conf", subjects()},
            {"behaviors_conf", behaviours()}, {"observations", std::move(observations)},
            {"behavioral_categories", json::array()}, {"behavioral_categories_config", json::object()},
            {"independent_variables", variables}, {"coding_map", json::object()},
            {"behaviors_coding_map", json::array()}, {"converters", json::object()}};
    }

private:
    json observationOf(const OutgoingVideo& video)
    {
        const std::string path = borisPath(video);
        const json info{{"length", {{path, video.seconds()}}}, {"fps", {{path, video.fps}}},
            {"hasVideo", {{path, true}}}, {"hasAudio", {{path, false}}}, {"offset", {{"1", 0.0}}}};
        json made{{"file", {{"1", {path}}, {"2", json::array()}}}, {"type", "MEDIA"}, {"date", kBorisDate},
            {"description", ""}, {"time offset", 0.0}, {"observation time interval", {0, 0}},
            {"independent_variables",
                {{kSubjectVariable, video.subject}, {kRoleVariable, nameOf(video.role)}}},
            {"visualize_spectrogram", false}, {"visualize_waveform", false},
            {"media_creation_date_as_offset", false}, {"media_scan_sampling_duration", 0},
            {"image_display_duration", 1}, {"close_behaviors_between_videos", false}, {"media_info", info}};
        made["events"] = eventsOf(video);
        return made;
    }

    json eventsOf(const OutgoingVideo& video)
    {
        struct Event {
            double time = 0;
            bool starts = false;
            const BorisState* state = nullptr;
        };
        const std::vector<BorisState> states = borisStates(video, m_left);
        std::vector<Event> events;
        for (const BorisState& state : states) {
            events.push_back({state.start, true, &state});
            events.push_back({state.stop, false, &state});
            m_subjects.insert(state.subject);
            auto& layers = m_layers[state.span->label];
            layers = std::max(layers, state.layer);
        }
        // What starts where another one stops comes behind it. Two ends of the same span stay in order.
        std::ranges::stable_sort(events, [](const Event& a, const Event& b) {
            const auto key = [](const Event& one) {
                const bool late = one.starts || one.state->start == one.state->stop;
                return std::tuple(
                    one.time, std::cref(one.state->subject).get(), one.state->span->label, late);
            };
            return key(a) < key(b);
        });
        json list = json::array();
        for (const Event& event : events) {
            const OutgoingSpan& span = *event.state->span;
            list.push_back({event.time, event.state->subject, span.label, event.state->modifier(),
                event.starts ? event.state->comment() : "",
                event.starts ? span.frames.first : span.frames.last});
        }
        return list;
    }

    json subjects() const
    {
        json made = json::object();
        for (const std::string& name : m_subjects)
            if (!name.empty())
                made[std::to_string(made.size())] = json{{"key", ""}, {"name", name}, {"description", ""}};
        return made;
    }

    json behaviours() const
    {
        json made = json::object();
        for (int i = 0; i < m_project.scheme.classCount(); ++i) {
            const LabelClass& one = m_project.scheme.classes[static_cast<size_t>(i)];
            made[std::to_string(i)] = json{{"type", "State event"}, {"key", keyOf(i)}, {"code", one.name},
                {"description", one.description}, {"color", one.color}, {"category", ""},
                {"modifiers", modifiersOf(one.name)}, {"excluded", ""}, {"coding map", ""}};
        }
        return made;
    }

    json modifiersOf(const std::string& label) const
    {
        const auto layers = m_layers.find(label);
        if (layers == m_layers.end() || layers->second == 0)
            return json::object();
        json values = json::array();
        for (BorisState state; state.layer < layers->second;) {
            ++state.layer;
            values.push_back(state.modifier());
        }
        return {{"0",
            {{"name", "overlap"}, {"description", ""}, {"type", 0}, {"ask at stop", false},
                {"values", values}}}};
    }

    const OutgoingProject& m_project;
    std::set<std::string> m_subjects;
    std::map<std::string, int> m_layers; ///< the last one, by label
    int64_t m_left = 0;
};

class BorisFormat final : public SpanFormat {
public:
    std::string name() const override { return "boris"; }
    std::string title() const override { return "BORIS project"; }
    std::string fileFilter() const override { return "*.boris *.boris.gz"; }
    std::vector<FormatSetting> importSettings() const override { return borisImportSettings(); }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"seconds with 3 decimals", "times count from the start of the video, less the time offset",
            "the end is exclusive", kTimesToFrames};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        std::optional<std::string> text;
        std::string_view content = file.content;
        if (content.starts_with(kPacked)) {
            text = unpacked(content);
            if (!text)
                return file.broken(
                    "cannot be unpacked: it is damaged, or grows to more than a hundred times its "
                    "size, which no project does");
            content = *text;
        }
        if (content.find("NaN") != std::string_view::npos)
            content = text.emplace(withoutNaN(content));
        try {
            return Reader(file, context).run(json::parse(content));
        } catch (const json::exception& exception) {
            return notJson(file, exception);
        }
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>& notes) const override
    {
        const json file = Writer(project).run(notes);
        return OutgoingFile{"project.boris", file.dump(1, ' ', false, json::error_handler_t::replace) + "\n"};
    }

    Result<std::string> bytesOf(std::string content, const fs::path& out) const override
    {
        if (out.extension() != ".gz")
            return content;
        std::string bytes = packed(content);
        if (bytes.empty())
            return Error{ErrorCode::InvalidArgument,
                out.string() + ": cannot be packed, name a file that ends in .boris"};
        return bytes;
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeBorisFormat() { return std::make_unique<BorisFormat>(); }

} // namespace telltale
