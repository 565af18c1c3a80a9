// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The two tables that BORIS exports: events one by one, and aggregated ones with start and stop.
#include "exchange/boris/observation.h"
#include "exchange/csv.h"
#include "exchange/formats.h"
#include "exchange/outgoing.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

constexpr const char* kNotAvailable = "NA";

/// How tables name what has no video.
constexpr const char* kLive = "LIVE";
constexpr const char* kPictures = "From directories of images";
constexpr std::string_view kDelimiters = ",\t;";

enum Column {
    Id,
    Kind,
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
    Modifiers
};

/// Of all versions; what a version lacks stays empty.
constexpr auto kColumnNames = std::to_array<CsvColumnName>({{"observation id", Id},
    {"observation type", Kind}, {"source", Source}, {"time offset (s)", Offset},
    {"media duration (s)", Durations}, {"total length", Durations}, {"fps (frame/s)", Rates}, {"fps", Rates},
    {"subject", Subject}, {"behavior", Behaviour}, {"status", Type}, {"behavior type", Type}, {"time", Time},
    {"start (s)", Start}, {"stop (s)", Stop}, {"media file path", Media}, {"media file name", Media},
    {"media file", Media}, {"comment", Comment}, {"comment start", Comment}, {"modifiers", Modifiers}});

/// Seconds, also as hh:mm:ss.
std::optional<double> timeOf(std::string_view text, char point)
{
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    double seconds = 0;
    for (size_t from = 0; from <= text.size();) {
        const size_t to = std::min(text.find(':', from), text.size());
        const auto part = decimalNumber(text.substr(from, to - from), point);
        if (!part || *part < 0 || seconds + *part > kFarBorisSeconds / 60)
            return std::nullopt;
        seconds = seconds * 60 + *part;
        from = to + 1;
    }
    return negative ? -seconds : seconds;
}

double positiveNumber(const std::string& text, char point)
{
    const auto value = decimalNumber(text, point);
    return value && *value > 0 && *value < kFarBorisSeconds ? *value : 0;
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
        const auto rows = table();
        if (!rows)
            return rows.error();
        bool found = false;
        for (const CsvRow& row : *rows) {
            if (isHeader(row)) {
                takeHeader(row);
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
            if (!m_columns.has(Source))
                settleMedia(one);
            intake.take(one);
        }
        return intake.finish();
    }

private:
    /// The rows. What separates fields is not sure before the header: the names before it may hold anything.
    Result<std::vector<CsvRow>> table()
    {
        const char likely = csvDelimiter(m_file.content, kDelimiters);
        const auto parse = [&](char delimiter) {
            m_point = delimiter == ',' ? '.' : ',';
            return parseCsv(m_file.content, *m_file.name, delimiter);
        };
        const auto hasHeader = [this](const Result<std::vector<CsvRow>>& rows) {
            return rows && std::ranges::any_of(*rows, [this](const CsvRow& row) { return isHeader(row); });
        };
        auto rows = parse(likely);
        for (const char other : kDelimiters)
            if (other != likely && !hasHeader(rows))
                if (auto again = parse(other); hasHeader(again))
                    return again;
        return rows;
    }

    bool isHeader(const CsvRow& row) const
    {
        if (std::ranges::find(row.fields, "Behavior") == row.fields.end())
            return false;
        const CsvColumns columns(row, kColumnNames);
        return m_aggregated ? columns.has(Start) && columns.has(Stop)
                            : columns.has(Time) && columns.has(Type);
    }

    void takeHeader(const CsvRow& row)
    {
        m_columns = CsvColumns(row, kColumnNames);
        m_modifiers.clear();
        for (size_t i = 0; i < row.fields.size(); ++i)
            if (row.fields[i].starts_with("Modifier #"))
                m_modifiers.push_back(i);
        m_inTable = true;
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
            m_preamble.offset = timeOf(row.fields[1], m_point).value_or(0);
    }

    const std::string& cell(const CsvRow& row, Column column) const { return m_columns.field(row, column); }
    std::optional<double> time(const CsvRow& row, Column column) const
    {
        return timeOf(cell(row, column), m_point);
    }

    void readRow(const CsvRow& row)
    {
        const auto bad = [&](const std::string& what) { m_context.problem(m_file.at(row.line), what); };
        if (row.fields.size() != m_columns.width())
            return bad("has " + std::to_string(row.fields.size()) + " columns, its header has "
                + std::to_string(m_columns.width()));
        if (!std::ranges::all_of(row.fields, [](const std::string& one) { return isUtf8(one); }))
            return bad("is not written in UTF-8");
        if (cell(row, Kind) == kPictures)
            return bad("was coded on single pictures, not on a video");
        BorisEvent event;
        event.place = m_file.at(row.line);
        event.behaviour = cell(row, Behaviour);
        if (event.behaviour.empty())
            return bad("names no behaviour");
        event.subject = cell(row, Subject) == kNoFocalSubject ? "" : cell(row, Subject);
        event.comment = cell(row, Comment);
        const std::string& media = cell(row, Media);
        event.media = media == kNotAvailable || media == kLive ? "" : media;
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
        const auto at = time(row, Time);
        if (!at)
            return "the time '" + cell(row, Time) + "' is no number of seconds";
        event.time = *at;
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
        const auto start = time(row, Start);
        const bool point = cell(row, Type) == "POINT";
        const auto stop = point ? start : time(row, Stop);
        if (!start || !stop)
            return "start and stop have to be numbers of seconds";
        event.kind = point ? BorisEvent::Kind::Point : BorisEvent::Kind::Whole;
        event.time = *start;
        event.stop = *stop;
        return {};
    }

    BorisObservation* observationOf(const CsvRow& row, const BorisEvent& event)
    {
        const std::string& id = m_columns.has(Id) ? cell(row, Id) : m_preamble.id;
        if (id.empty())
            return nullptr;
        const auto [place, fresh] = m_places.emplace(id, m_observations.size());
        if (fresh) {
            m_observations.push_back(m_preamble);
            BorisObservation& made = m_observations.back();
            made.id = id;
            made.place = m_file.at(row.line);
            readShared(row, made);
            for (size_t i = 0; i < made.media.size(); ++i)
                m_media.emplace(std::pair(place->second, made.media[i].path), i);
        }
        BorisObservation& observation = m_observations[place->second];
        // Tables without a list of sources name the file of each event, and its rate.
        if (!m_columns.has(Source) && !event.media.empty()) {
            const auto [known, added]
                = m_media.emplace(std::pair(place->second, event.media), observation.media.size());
            if (added)
                observation.media.push_back({event.media, 0, 0});
            BorisMedia& shown = observation.media[known->second];
            shown.fps = positiveNumber(cell(row, Rates), m_point);
            shown.seconds = positiveNumber(cell(row, Durations), m_point);
        }
        observation.live = observation.media.empty();
        return &observation;
    }

    /// Rows come by behaviour: the file with the earliest event is the first. Lengths are those of all files
    /// together.
    static void settleMedia(BorisObservation& observation)
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
        if (observation.media.size() > 1)
            for (BorisMedia& media : observation.media)
                media.seconds = 0;
    }

    /// What every row says of its observation.
    void readShared(const CsvRow& row, BorisObservation& made) const
    {
        if (m_columns.has(Offset))
            made.offset = time(row, Offset).value_or(0);
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
        if (m_columns.has(Durations) && paths.size() != lengths.size()) // a name with a semicolon
            paths = {source};
        const auto at = [this](const std::vector<std::string>& list, size_t i) {
            return i < list.size() ? positiveNumber(list[i], m_point) : 0;
        };
        for (size_t i = 0; i < paths.size(); ++i)
            made.media.push_back({paths[i], at(lengths, i), at(rates, i)});
    }

    const SourceFile& m_file;
    const ReadContext& m_context;
    bool m_aggregated;
    bool m_inTable = false;
    char m_point = '.'; ///< before fractions
    CsvColumns m_columns;
    std::vector<size_t> m_modifiers;
    BorisObservation m_preamble;
    std::vector<BorisObservation> m_observations;
    std::map<std::string, size_t> m_places; ///< of the observations, by id
    std::map<std::pair<size_t, std::string>, size_t> m_media; ///< which one, by observation and path
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
        tellUnnamed(m_left, notes);
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
