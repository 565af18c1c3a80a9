// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The two tables that BORIS exports: events one by one, and aggregated ones with start and stop.
#include "exchange/boris/observation.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr const char* kNotAvailable = "NA";

enum Column {
    Id,
    Source,
    Offset,
    Durations,
    Rates,
    Subject,
    Behaviour,
    Type,
    Time,
    Start,
    Stop,
    Media,
    Comment,
    Modifiers,
    ColumnCount
};

struct ColumnName {
    const char* name;
    Column column;
};
/// Of all versions; what a version lacks stays empty.
constexpr auto kColumnNames = std::to_array<ColumnName>({{"Observation id", Id}, {"Source", Source},
    {"Time offset (s)", Offset}, {"Media duration (s)", Durations}, {"FPS", Rates}, {"FPS (frame/s)", Rates},
    {"Subject", Subject}, {"Behavior", Behaviour}, {"Status", Type}, {"Behavior type", Type}, {"Time", Time},
    {"Start (s)", Start}, {"Stop (s)", Stop}, {"Media file path", Media}, {"Media file name", Media},
    {"Media file", Media}, {"Comment", Comment}, {"Comment start", Comment}, {"Modifiers", Modifiers}});

/// Seconds, also as hh:mm:ss.
std::optional<double> timeOf(const std::string& text)
{
    double seconds = 0;
    for (size_t from = 0; from <= text.size();) {
        const size_t to = std::min(text.find(':', from), text.size());
        const auto part = decimalNumber(std::string_view(text).substr(from, to - from));
        if (!part || (from > 0 && *part < 0) || std::abs(seconds) + std::abs(*part) > kFarBorisSeconds / 60)
            return std::nullopt;
        seconds = seconds * 60 + *part;
        from = to + 1;
    }
    return seconds;
}

std::vector<std::string> split(const std::string& text, char at)
{
    std::vector<std::string> parts;
    for (size_t from = 0; from <= text.size();) {
        const size_t to = std::min(text.find(at, from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

/// Reads both tables. In old ones a block of `key,value` rows stands before the header.
class Reader {
public:
    Reader(const SourceFile& file, const ReadContext& context, bool aggregated)
        : m_file(file)
        , m_context(context)
        , m_aggregated(aggregated)
    {
    }

    Result<std::vector<IntakeVideo>> run()
    {
        const auto rows = parseCsv(m_file.content, *m_file.name, csvDelimiter(m_file.content, ",\t;"));
        if (!rows)
            return rows.error();
        bool found = false;
        for (const CsvRow& row : *rows) {
            if (takeHeader(row)) {
                found = true;
            } else if (row.fields.front() == "Observation id") {
                m_preamble = {};
                m_preamble.id = row.fields.size() > 1 && isUtf8(row.fields[1]) ? row.fields[1] : "";
                m_inTable = false;
            } else if (m_inTable) {
                readRow(row);
            } else {
                readPreamble(row);
            }
        }
        if (!found)
            return m_file.broken(m_aggregated
                    ? "has no header with Behavior, Start (s) and Stop (s), so it is no table of aggregated "
                      "events"
                    : "has no header with Behavior and Time, so it is no table of events");
        BorisIntake intake(m_file, m_context);
        for (BorisObservation& one : m_observations) {
            if (m_at[Source] < 0)
                sortMedia(one);
            intake.take(one);
        }
        return intake.finish();
    }

private:
    bool takeHeader(const CsvRow& row)
    {
        std::array<int, ColumnCount> at{};
        at.fill(-1);
        std::vector<size_t> modifiers;
        for (size_t i = 0; i < row.fields.size(); ++i) {
            for (const ColumnName& known : kColumnNames)
                if (row.fields[i] == known.name && at[known.column] < 0)
                    at[known.column] = static_cast<int>(i);
            if (row.fields[i].starts_with("Modifier #"))
                modifiers.push_back(i);
        }
        const bool header = at[Behaviour] >= 0
            && (m_aggregated ? at[Start] >= 0 && at[Stop] >= 0 : at[Time] >= 0 && at[Type] >= 0);
        if (!header)
            return false;
        m_at = at;
        m_modifiers = std::move(modifiers);
        m_width = row.fields.size();
        m_inTable = true;
        return true;
    }

    void readPreamble(const CsvRow& row)
    {
        if (row.fields.size() < 2 || !isUtf8(row.fields[1]))
            return;
        if (row.fields[0] == "Player #1" && !row.fields[1].empty())
            m_preamble.media.push_back({row.fields[1], 0, 0});
        else if (row.fields[0].starts_with("Player #") && !row.fields[1].empty())
            ++m_preamble.otherPlayers;
        else if (row.fields[0] == "Time offset (s)")
            m_preamble.offset = timeOf(row.fields[1]).value_or(0);
    }

    static const std::string& field(const CsvRow& row, int index)
    {
        static const std::string none;
        return index >= 0 && static_cast<size_t>(index) < row.fields.size()
            ? row.fields[static_cast<size_t>(index)]
            : none;
    }

    const std::string& cell(const CsvRow& row, Column column) const { return field(row, m_at[column]); }

    void readRow(const CsvRow& row)
    {
        const auto bad = [&](const std::string& what) { m_context.problem(m_file.at(row.line), what); };
        if (row.fields.size() != m_width)
            return bad("has " + std::to_string(row.fields.size()) + " columns, its header has "
                + std::to_string(m_width));
        if (!std::ranges::all_of(row.fields, [](const std::string& one) { return isUtf8(one); }))
            return bad("is not written in UTF-8");
        BorisEvent event;
        event.place = m_file.at(row.line);
        event.behaviour = cell(row, Behaviour);
        if (event.behaviour.empty())
            return bad("names no behaviour");
        event.subject = cell(row, Subject) == kNoFocalSubject ? "" : cell(row, Subject);
        event.comment = cell(row, Comment);
        event.media = cell(row, Media) == kNotAvailable ? "" : cell(row, Media);
        event.modifiers = cell(row, Modifiers);
        for (const size_t column : m_modifiers)
            event.modifiers += (event.modifiers.empty() ? "" : "|") + row.fields[column];
        if (std::string fault = m_aggregated ? readWhole(row, event) : readSingle(row, event); !fault.empty())
            return bad(fault);
        BorisObservation* observation = observationOf(row, event);
        if (!observation)
            return bad("names no observation");
        observation->events.push_back(std::move(event));
    }

    /// What is wrong; empty: nothing.
    std::string readSingle(const CsvRow& row, BorisEvent& event) const
    {
        const auto time = timeOf(cell(row, Time));
        if (!time)
            return "the time '" + cell(row, Time) + "' is no number of seconds";
        event.time = *time;
        const std::string& type = cell(row, Type);
        if (type != "START" && type != "STOP" && type != "POINT")
            return "'" + type + "' is none of START, STOP and POINT";
        event.kind = type == "POINT" ? BorisEvent::Kind::Point
            : type == "START"        ? BorisEvent::Kind::Start
                                     : BorisEvent::Kind::Stop;
        return {};
    }

    std::string readWhole(const CsvRow& row, BorisEvent& event) const
    {
        const auto start = timeOf(cell(row, Start));
        const bool point = cell(row, Type) == "POINT";
        const auto stop = point ? start : timeOf(cell(row, Stop));
        if (!start || !stop)
            return "start and stop have to be numbers of seconds";
        event.kind = point ? BorisEvent::Kind::Point : BorisEvent::Kind::Whole;
        event.time = *start;
        event.stop = *stop;
        return {};
    }

    BorisObservation* observationOf(const CsvRow& row, const BorisEvent& event)
    {
        const std::string& id = m_at[Id] >= 0 ? cell(row, Id) : m_preamble.id;
        if (id.empty())
            return nullptr;
        const auto [place, fresh] = m_places.emplace(id, m_observations.size());
        if (fresh) {
            m_observations.push_back(m_preamble);
            BorisObservation& made = m_observations.back();
            made.id = id;
            made.place = m_file.at(row.line);
            readShared(row, made);
        }
        BorisObservation& observation = m_observations[place->second];
        // Tables without a list of sources name the file of each event.
        const auto known = std::ranges::find(observation.media, event.media, &BorisMedia::path);
        if (m_at[Source] < 0 && !event.media.empty() && known == observation.media.end())
            observation.media.push_back({event.media, 0, 0});
        observation.live = observation.media.empty();
        return &observation;
    }

    /// Rows come by behaviour: the file with the earliest event is the first.
    static void sortMedia(BorisObservation& observation)
    {
        std::map<std::string, double> earliest;
        for (const BorisEvent& event : observation.events) {
            const auto [place, fresh] = earliest.emplace(event.media, event.time);
            if (!fresh)
                place->second = std::min(place->second, event.time);
        }
        std::ranges::stable_sort(observation.media, {}, [&](const BorisMedia& media) {
            const auto found = earliest.find(media.path);
            return found == earliest.end() ? 0.0 : found->second;
        });
    }

    /// What every row says of its observation.
    void readShared(const CsvRow& row, BorisObservation& made) const
    {
        if (m_at[Offset] >= 0)
            made.offset = timeOf(cell(row, Offset)).value_or(0);
        std::string source = cell(row, Source);
        if (source.empty() || source == kNotAvailable)
            return;
        // "player #1:A;B|player #2:C", the lengths and rates in the same order
        const size_t second = source.find("|player #2:");
        made.otherPlayers = static_cast<int>(split(source, '|').size()) - 1;
        source = source.substr(0, second);
        if (second == std::string::npos)
            made.otherPlayers = 0;
        if (source.starts_with("player #1:"))
            source = source.substr(std::string_view("player #1:").size());
        const auto lengths = split(split(cell(row, Durations), '|').front(), ';');
        const auto rates = split(split(cell(row, Rates), '|').front(), ';');
        auto paths = split(source, ';');
        if (paths.size() != lengths.size()) // a name with a semicolon
            paths = {source};
        const auto above0 = [](const std::vector<std::string>& list, size_t i) {
            const auto value = i < list.size() ? decimalNumber(list[i]) : std::nullopt;
            return value && *value > 0 && *value < kFarBorisSeconds ? *value : 0.0;
        };
        for (size_t i = 0; i < paths.size(); ++i)
            made.media.push_back({paths[i], above0(lengths, i), above0(rates, i)});
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    bool m_aggregated;
    bool m_inTable = false;
    std::array<int, ColumnCount> m_at{};
    std::vector<size_t> m_modifiers;
    size_t m_width = 0;
    BorisObservation m_preamble;
    std::vector<BorisObservation> m_observations;
    std::map<std::string, size_t> m_places;
};

/// Both tables as BORIS 9 writes them.
class Writer {
public:
    Writer(const OutgoingProject& project, char delimiter, bool aggregated)
        : m_delimiter(delimiter)
        , m_aggregated(aggregated)
    {
        for (const OutgoingVideo& video : project.videos) {
            m_states.emplace_back(&video, borisStates(video, m_left));
            m_modified = m_modified
                || std::ranges::any_of(m_states.back().second, [](const auto& one) { return one.layer > 0; });
        }
    }

    std::string run(std::vector<std::string>& notes)
    {
        header();
        for (const auto& [video, states] : m_states)
            if (m_aggregated)
                for (const BorisState& state : states)
                    wholeRow(*video, state);
            else
                singleRows(*video, states);
        if (m_left > 0)
            notes.push_back(std::to_string(m_left) + " spans without a class were left out");
        return std::move(m_text);
    }

private:
    void add(const std::vector<std::string>& fields)
    {
        for (const std::string& one : fields) {
            if (!m_text.empty() && m_text.back() != '\n')
                m_text += m_delimiter;
            m_text += csvField(one, m_delimiter);
        }
    }

    void end() { m_text += '\n'; }

    void header()
    {
        if (m_aggregated)
            add({"Observation id", "Observation date", "Description", "Observation type", "Source",
                "Time offset (s)", "Coding duration", "Media duration (s)", "FPS (frame/s)", "Subject",
                "Observation duration by subject by observation", "Behavior", "Behavioral category"});
        else
            add({"Observation id", "Observation date", "Description", "Observation duration",
                "Observation type", "Source", "Time offset (s)", "Media duration (s)", "FPS", "Subject",
                "Behavior", "Behavioral category"});
        if (m_modified)
            add({"Modifier #1"});
        if (m_aggregated)
            add({"Behavior type", "Start (s)", "Stop (s)", "Duration (s)", "Media file name",
                "Image index start", "Image index stop", "Image file path start", "Image file path stop",
                "Comment start", "Comment stop"});
        else
            add({"Behavior type", "Time", "Media file name", "Image index", "Image file path", "Comment"});
        end();
    }

    static std::string date()
    {
        std::string text = kBorisDate;
        std::ranges::replace(text, 'T', ' ');
        return text;
    }

    void wholeRow(const OutgoingVideo& video, const BorisState& state)
    {
        const std::string path = borisPath(video);
        const OutgoingSpan& span = *state.span;
        const std::string length = borisSeconds(video.seconds());
        add({video.name, date(), "", "Media file", "player #1:" + path, "0.000", length, length,
            borisSeconds(video.fps), state.subject.empty() ? kNoFocalSubject : state.subject, kNotAvailable,
            span.label, "Not defined"});
        if (m_modified)
            add({state.modifier()});
        add({"STATE", borisSeconds(state.start), borisSeconds(state.stop),
            borisSeconds(state.stop - state.start), path, std::to_string(span.frames.first),
            std::to_string(span.frames.last), kNotAvailable, kNotAvailable, state.comment(), ""});
        end();
    }

    void singleRows(const OutgoingVideo& video, const std::vector<BorisState>& states)
    {
        struct Event {
            double time = 0;
            bool late = false; ///< behind the stops of the same moment
            bool starts = false;
            const BorisState* state = nullptr;
        };
        std::vector<Event> events;
        for (const BorisState& state : states) {
            events.push_back({state.start, true, true, &state});
            events.push_back({state.stop, state.start == state.stop, false, &state});
        }
        std::ranges::stable_sort(events, {}, [](const Event& one) { return std::pair(one.time, one.late); });
        for (const Event& event : events)
            singleRow(video, *event.state, event.time, event.starts);
    }

    void singleRow(const OutgoingVideo& video, const BorisState& state, double time, bool starts)
    {
        const std::string path = borisPath(video);
        const OutgoingSpan& span = *state.span;
        const std::string length = borisSeconds(video.seconds());
        add({video.name, date(), "", length, "Media file(s)", "player #1:" + path, "0.000", length,
            borisSeconds(video.fps), state.subject, span.label, ""});
        if (m_modified)
            add({state.modifier()});
        add({starts ? "START" : "STOP", borisSeconds(time), path,
            std::to_string(starts ? span.frames.first : span.frames.last), kNotAvailable,
            starts ? state.comment() : ""});
        end();
    }

    char m_delimiter;
    bool m_aggregated;
    bool m_modified = false;
    int64_t m_left = 0;
    std::vector<std::pair<const OutgoingVideo*, std::vector<BorisState>>> m_states;
    std::string m_text;
};

class BorisTable final : public SpanFormat {
public:
    explicit BorisTable(bool aggregated) : m_aggregated(aggregated) { }

    std::string name() const override { return m_aggregated ? "boris-aggregated" : "boris-events"; }
    std::string title() const override
    {
        return m_aggregated ? "BORIS aggregated events" : "BORIS tabular events";
    }
    std::string fileFilter() const override { return "*.csv *.tsv"; }
    std::vector<FormatSetting> importSettings() const override { return borisImportSettings(); }
    std::vector<FormatSetting> exportSettings() const override
    {
        return {{"separator", "What separates the columns", {"comma", "tab"}}};
    }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"seconds with 3 decimals", "times count from the start of the video, less the time offset",
            "the end is exclusive", kTimesToFrames};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        return Reader(file, context, m_aggregated).run();
    }

    Result<OutgoingFile> render(const OutgoingProject& project, const ExportOptions& options,
        std::vector<std::string>& notes) const override
    {
        const bool tab = options.setting("separator", "comma") == "tab";
        return OutgoingFile{std::string(m_aggregated ? "aggregated." : "events.") + (tab ? "tsv" : "csv"),
            Writer(project, tab ? '\t' : ',', m_aggregated).run(notes)};
    }

private:
    bool m_aggregated;
};

} // namespace

std::unique_ptr<ExchangeFormat> makeBorisEventsFormat() { return std::make_unique<BorisTable>(false); }
std::unique_ptr<ExchangeFormat> makeBorisAggregatedFormat() { return std::make_unique<BorisTable>(true); }

} // namespace telltale
